"""No text takes more than time in proportion to its length: a page can be a megabyte of anything.

Each page is one kind of monotony, of what the words looked for might begin. It is looked through at two lengths: what
grows with the square of the length takes sixteen times as long on a page four times as long, and hours on a megabyte.
"""

import random
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import layout
from tests.pipeline.making import PROSE, findings, pages

PROJECT = Path(__file__).parents[2]
SHORT, TIMES = 40_000, 4
HANGS = 60  # seconds
GROWS, START = 2.5 * TIMES, 1.0  # so much longer may it take, after a second that no length explains
HEAD = "Motion av Karin Alm (S) om kajen\n\n"
DRAWN = random.Random(1)  # noqa: S311 – no secret
WORDS = "kajen hamnen staden som inte har fått vara den plats alla vill ha och nu för av".split()
REPEATED = {
    "att": "att ",
    "names": "och Karin Alm, ",
    "codes": "(S) ",
    "numbers": "1. ",
    "question marks": "?",
    "capitals": "KAJEN ",
    "tabs": "\t",
    "spaces": " ",
    "dashes": " - att",
    "paragraphs": "§ 1 \n",
    "lines of a word": "kaj\n",
    "letters": "a",
    "brackets": "(",
    "rows": "kaj\t12\n",
    "points": "- att staden rustar kajen\n",
    "questions": "1. Vad gör staden?\n",
    "lead-ins": "ställer fråga ",
    "signed": "Karin Alm (S), ",
    "years": "2019 ",
    "references": "handlingsplan för ",
}


LOOK_THROUGH = """
import sys, time
from tests.pipeline.making import findings
short, long = sys.stdin.read().split("\\0")
findings(short[:5000])
for text in (short, long):
    began = time.process_time()
    assert findings(text)
    print(time.process_time() - began)
"""


def _text(name: str, letters: int) -> str:
    if name == "one sentence":
        return " ".join(DRAWN.choices(WORDS, k=letters // 5))
    if name == "digits and slashes":
        return "".join(DRAWN.choices("0123456789/", k=letters))
    return REPEATED[name] * (letters // len(REPEATED[name]))


@pytest.mark.parametrize("name", ["one sentence", "digits and slashes", *REPEATED])
def test_what_is_four_times_as_long_takes_about_four_times_as_long(name: str) -> None:
    given = "\0".join(HEAD + _text(name, letters) for letters in (SHORT, TIMES * SHORT))
    command = [sys.executable, "-c", LOOK_THROUGH]
    ended = subprocess.run(
        command, input=given, text=True, cwd=PROJECT, timeout=HANGS, check=True, stdout=subprocess.PIPE
    )
    short, long = map(float, ended.stdout.split())
    assert long <= GROWS * short + START


def test_what_stands_after_a_long_stretch_of_nothing_is_found() -> None:
    """No text is left out because what stands before it is no language."""
    asked = "Jag vill därför fråga:\n\n1. När rustas kajen?\n"
    text = f"Interpellation av Karin Alm (S) om kajen\n\n{'x' * 5000}\n\n{PROSE}\n\n{asked}"
    assert "När rustas kajen?" in {found.text for found in findings(text)}


@pytest.mark.parametrize(
    "text", ["x" * 5000, "kaj " * 5000, "Kajen är hel. " * 3000, f"a{' ' * 900}b", f"a\t{' ' * 900}b"]
)
def test_a_long_line_is_read_in_pieces_without_loss(text: str) -> None:
    read = layout.read(pages(text))
    assert "".join(read.text.split()) == "".join(text.split())
    assert all(block.end - block.start <= 1.1 * layout.BLOCK_LETTERS for block in read.blocks)
    for block in read.blocks:
        place = read.place(block.start, block.end)
        assert "".join(text[place.start : place.end].split()) == "".join(read.block_text(block).split())


def test_a_long_line_is_cut_where_a_sentence_ends() -> None:
    read = layout.read(pages("Kajen är hel. " * 3000))
    assert {read.block_text(block).strip()[-1] for block in read.blocks} == {"."}
