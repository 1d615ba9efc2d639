"""`./run bench restoration`: how much of broken Swedish comes out whole, how little of clean is touched, and how fast.

Every set is kept apart from what the model was built from: the records and their gold, every fiftieth document of the
language data (held out), and the project's own municipal prose of invented cities. A word is right where it stands as
it was written, punctuation and all; words that should have dots are counted by themselves.
"""

import argparse
import json
import random
import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import permutations
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bench import library, misread
from bench.talk import beside, percent, say, show, whole
from corpus.records import apply_corrections
from corpus.swedish.build_model import paragraphs
from pipeline.restore import restore

SHARED = library.PROJECT.parent / "shared"
PROSE = sorted((library.PROJECT / "tests" / "gold" / "extraction").glob("*/*.txt"))
TABLES = ("cp1252", "latin-1", "cp850", "cp437", "mac_roman")
OCR_PAGES, QUICK_PAGES, PROSE_PAGES = 60, 10, 20
BROKEN_RATE, CLEAN_RATE = 20_000, 200_000  # words a second and core
_DOTS = str.maketrans("åäöÅÄÖéÉ", "aaoAAOeE")
_DOTTED = re.compile("[åäöÅÄÖ]")
_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")


@dataclass(frozen=True, slots=True)
class Count:
    """Words of one set: all and those that should have dots, wrong before and after, and right ones made wrong."""

    words: int = 0
    dotted: int = 0
    wrong_before: int = 0
    wrong: int = 0
    dotted_wrong: int = 0
    spoilt: int = 0
    seconds: float = 0.0

    def __add__(self, other: "Count") -> "Count":
        """Both together."""
        return Count(*(a + b for a, b in zip(asdict(self).values(), asdict(other).values(), strict=True)))

    @property
    def rate(self) -> float:
        """The share of words wrong."""
        return self.wrong / max(1, self.words)

    @property
    def dotted_rate(self) -> float:
        """The share of words wrong among those that should have dots."""
        return self.dotted_wrong / max(1, self.dotted)


@dataclass(frozen=True, slots=True)
class Goal:
    """The shares that may be wrong: of all words, of dotted ones, of right ones changed."""

    rate: float
    dotted: float | None = None
    spoilt: float | None = None


def stripped(text: str) -> str:
    """Return the text as a program that knows no Swedish leaves it."""
    return text.translate(_DOTS)


def measured(pairs: Iterable[tuple[str, str]]) -> Count:
    """Restore each broken text and compare it with the true one."""
    total = Count()
    for broken, true in pairs:
        begun = time.process_time()
        mended = apply_corrections(broken, restore(broken))
        total += _compared(true, broken, mended, time.process_time() - begun)
    return total


def _compared(true: str, broken: str, mended: str, seconds: float) -> Count:
    wanted = true.split()
    wrong, places = _wrong(wanted, mended.split())
    wrong_before, places_before = _wrong(wanted, broken.split())
    return Count(
        words=len(wanted),
        dotted=sum(bool(_DOTTED.search(word)) for word in wanted),
        wrong_before=wrong_before,
        wrong=wrong,
        dotted_wrong=sum(bool(_DOTTED.search(wanted[i])) for i in places),
        spoilt=len(places - places_before),
        seconds=seconds,
    )


def _wrong(wanted: list[str], got: list[str]) -> tuple[int, set[int]]:
    """Return how many words are wrong, missing or too many, and which of the wanted ones."""
    wrong, places = 0, set[int]()
    for edit in Levenshtein.opcodes(wanted, got):
        if edit.tag != "equal":
            wrong += max(edit.src_end - edit.src_start, edit.dest_end - edit.dest_start)
            places.update(range(edit.src_start, edit.src_end))
    return wrong, places


# ---- the sets --------------------------------------------------------------------------------------------------------


def _records(names: Sequence[str]) -> list[str]:
    return [(SHARED / "records" / f"{name}.txt").read_text(encoding="utf-8") for name in names]


def _held_out() -> list[str]:
    """Return the held-out documents' paragraphs: the Riksdag's first, then the statutes'."""
    return [_INVISIBLE.sub("", p) for p in paragraphs(SHARED / "language", held_out=True)]


def _prose() -> list[str]:
    return [file.read_text(encoding="utf-8") for file in PROSE]


def _pages(texts: Iterable[str], most: int) -> list[tuple[str, str]]:
    """Print, scan and read pages of the texts; return each as it was read and as it was printed."""
    found = []
    for number, lines in enumerate(misread.pages([p for p in texts if p.strip()])):
        if number == most:
            break
        pairs = misread.read(lines, misread.SCANS[number % len(misread.SCANS)], number)
        found.append(("\n".join(read for read, _ in pairs), "\n".join(line for _, line in pairs)))
    return found


def _half_broken(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Return each text with every other of its paragraphs, by chance, without dots."""
    chance = random.Random(3)  # noqa: S311 – no secret
    halves = []
    for text in texts:
        parts = re.split(r"(\n\s*\n)", text)
        halves.append(("".join(stripped(p) if chance.random() < 0.5 else p for p in parts), text))
    return halves


def accuracy(pages: int) -> dict[str, tuple[Count, Goal]]:
    """Measure every set beside its goal."""
    held, prose = _held_out(), _prose()
    running = [p for p in held[: len(held) // 2] if 60 < len(p) < 1500]
    random.Random(5).shuffle(running)  # noqa: S311
    documents = ["\n\n".join(held[i : i + 40]) for i in range(0, len(held) // 2, 40)]
    clean = _records(("000", "001", "003", "004"))
    gold = (SHARED / "gold" / "002.gold.txt").read_text(encoding="utf-8")
    sets: dict[str, tuple[Callable[[], list[tuple[str, str]]], Goal]] = {
        "002 against its gold": (lambda: [(_records(["002"])[0], gold)], Goal(0, 0, 0)),
        "records, stripped": (lambda: [(stripped(t), t) for t in clean], Goal(0.003, 0.01)),
        "held out, stripped": (lambda: [(stripped(t), t) for t in documents], Goal(0.002, 0.006)),
        "other cities' prose, stripped": (lambda: [(stripped(t), t) for t in prose], Goal(0.005, 0.01)),
        "held out, read with eng": (lambda: _pages(running, pages), Goal(0.005, None, 0.001)),
        "other cities, read with eng": (
            lambda: _pages(_folded(prose), min(pages, PROSE_PAGES)),
            Goal(0.005, None, 0.001),
        ),
        "held out, clean": (lambda: [(t, t) for t in documents], Goal(0.0001, None, 0.0001)),
        "other cities' prose, clean": (lambda: [(t, t) for t in prose], Goal(0.0001, None, 0.0001)),
        "held out, half broken": (lambda: _half_broken(documents), Goal(0.002 + 0.003)),
        "other cities, half broken": (lambda: _half_broken(prose), Goal(0.005 + 0.003)),
    }
    found = {}
    for name, (made, goal) in sets.items():
        say(f"{name} …")
        found[name] = measured(made()), goal
    return found


def _folded(texts: Iterable[str]) -> list[str]:
    return [" ".join(p.split()) for text in texts for p in re.split(r"\n\s*\n|\f", text)]


def encodings() -> dict[str, float]:
    """Return for each way to garble a text the share of words that do not come back."""
    text = "\n".join(p.strip() for p in _folded(_prose())[:60])
    kinds: dict[str, str] = {f"utf-8 as {wrong}": text.encode().decode(wrong, "replace") for wrong in TABLES}
    for right, wrong in permutations(TABLES, 2):
        shown = text.encode(right, "ignore")
        kinds[f"{right} as {wrong}"] = shown.decode(wrong, "replace")
    kinds["utf-8 as latin-1, twice"] = text.encode().decode("latin-1").encode().decode("latin-1")
    kinds["? for a letter"] = text.translate(dict.fromkeys(map(ord, "åäöÅÄÖ"), "?"))
    kinds["decomposed"] = unicodedata.normalize("NFD", text)
    found = {}
    for name, garbled in kinds.items():
        right = name.split(" as ")[0]
        true = text.encode(right, "ignore").decode(right) if right in TABLES else text
        if garbled != true and "\ufffd" not in garbled:
            found[name] = measured([(garbled, true)]).rate
    return found


def speed() -> dict[str, float]:
    """Return the words a second and core on clean text, on stripped text and on text read with the wrong language."""
    text = "\n".join(_held_out()[:4000])
    restore("Namnden beslutade att forbattra arendet.")
    clean, broken = measured([(text, text)]), measured([(stripped(text), text)])
    return {"clean": clean.words / clean.seconds, "broken": broken.words / broken.seconds}


# ---- the table -------------------------------------------------------------------------------------------------------


def main(arguments: list[str]) -> int:
    """Run all parts; print tables, and write JSON where asked to."""
    parser = argparse.ArgumentParser(prog="./run bench restoration")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("--quick", action="store_true", help="fewer pages are printed and read")
    asked = parser.parse_args(arguments)
    rates = speed()
    sets = accuracy(QUICK_PAGES if asked.quick else OCR_PAGES)
    garbled = encodings()
    heads = "set|words|wrong before|wrong (goal)|of dotted words (goal)|right ones spoilt (goal)".split("|")
    show("Words wrong after restoring", heads, [_row(name, *one) for name, one in sets.items()])
    show(
        "Words a second and core",
        ["", "rate (goal)"],
        [
            ["clean", beside(rates["clean"], CLEAN_RATE, whole, least=True)],
            ["broken", beside(rates["broken"], BROKEN_RATE, whole, least=True)],
        ],
    )
    exact = [name for name, rate in garbled.items() if rate == 0]
    short = [[name, percent(rate)] for name, rate in garbled.items() if rate]
    show(f"Encodings: {len(exact)} of {len(garbled)} come back exactly", ["kind", "words wrong"], short)
    if asked.json:
        told = {
            "rates": rates,
            "sets": {name: {**asdict(count), "goal": asdict(goal)} for name, (count, goal) in sets.items()},
            "encodings": garbled,
        }
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


def _row(name: str, count: Count, goal: Goal) -> list[str]:
    spoilt = count.spoilt / max(1, count.words - count.wrong_before)
    return [
        name,
        str(count.words),
        percent(count.wrong_before / max(1, count.words)),
        beside(count.rate, goal.rate, percent),
        percent(count.dotted_rate) if goal.dotted is None else beside(count.dotted_rate, goal.dotted, percent),
        percent(spoilt) if goal.spoilt is None else beside(spoilt, goal.spoilt, percent),
    ]
