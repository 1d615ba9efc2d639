"""`./run bench confusions`: learns what an English OCR reads for å, ä and ö, and writes it where the restorer looks.

Two kinds of pairs, each with half the say: pages of training text printed, scanned and read here, and the pairs of a
real broken record. A letter's reading is what stands between its neighbours in an alignment of the two words with the
fewest edits (Levenshtein 1966); what a letter's neighbours were read as falls to the letter.
"""

import csv
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from bench import misread
from bench.talk import say
from corpus.swedish.build_model import paragraphs
from pipeline.restore import confusions

SHARED = Path(__file__).parents[2] / "shared"
PAGES, SEED = 250, 5
LETTERS = "åäö"
FARTHEST = 0.6  # of a word's letters changed: what differs more was not the same word
LEAST_SHARE = 0.0002
HEAD = """# What an English OCR reads for the three letters it does not have, and in what share of the places (weights).
# Made by `./run bench confusions` from pages printed, scanned and read, and from the pairs of a real record.
"""

Readings = Counter[tuple[str, str]]


def words(pairs: Iterable[misread.Pair]) -> Iterator[misread.Pair]:
    """Yield the words of lines that have equally many on both sides."""
    for noisy, true in pairs:
        left, right = noisy.split(), true.split()
        if len(left) == len(right):
            yield from zip(left, right, strict=True)


def readings(pairs: Iterable[misread.Pair]) -> Readings:
    """Count what was read for each of the letters, in pairs of words."""
    found: Readings = Counter()
    for noisy, true in pairs:
        if len(true) > 3 and Levenshtein.normalized_distance(noisy.lower(), true.lower()) > FARTHEST:
            continue
        for letter, reading in _differences(noisy.lower(), true.lower()):
            if letter in LETTERS and len(reading) <= 2:
                found[letter, reading] += 1
    return found


def _differences(noisy: str, true: str) -> Iterator[tuple[str, str]]:
    """Yield the stretches that differ, edits that touch as one, and the letters that are the same."""
    left = right = ""
    for edit in Levenshtein.opcodes(true, noisy):
        was, became = true[edit.src_start : edit.src_end], noisy[edit.dest_start : edit.dest_end]
        if edit.tag != "equal":
            left, right = left + was, right + became
            continue
        yield from [(left, right)] * bool(left or right)
        yield from zip(was, was, strict=True)
        left = right = ""
    yield from [(left, right)] * bool(left or right)


def shares(found: Readings) -> dict[str, dict[str, float]]:
    """Return each letter's readings as shares."""
    totals: Counter[str] = Counter()
    for (letter, _), count in found.items():
        totals[letter] += count
    return {
        letter: {reading: count / totals[letter] for (one, reading), count in found.items() if one == letter}
        for letter in LETTERS
    }


def written(both: Sequence[dict[str, dict[str, float]]]) -> str:
    """Set the mean of the shares as TOML, the most frequent reading first."""
    lines = [HEAD]
    for letter in LETTERS:
        mean = {r: sum(s[letter].get(r, 0.0) for s in both) / len(both) for s in both for r in s[letter]}
        kept = sorted(((r, p) for r, p in mean.items() if p >= LEAST_SHARE), key=lambda one: (-one[1], one[0]))
        lines += [f'["{letter}"]', *(f'"{reading}" = {100 * share:.2f}' for reading, share in kept), ""]
    return "\n".join(lines)


def _printed() -> Iterator[misread.Pair]:
    texts = [re.sub("[\u00ad\u200b]", "", p).strip() for p in paragraphs(SHARED / "language")]
    chosen = random.Random(SEED).sample([p for p in texts if 60 < len(p) < 1500 and "//" not in p], 20 * PAGES)  # noqa: S311
    for number, lines in enumerate(misread.pages(chosen)):
        if number == PAGES:
            return
        if number % 25 == 0:
            say(f"page {number} of {PAGES} …")
        yield from misread.read(lines, misread.SCANS[number % len(misread.SCANS)], number)


def _record() -> Iterator[misread.Pair]:
    with (SHARED / "gold" / "002.pairs.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["noisy"], row["gold"]


def main(arguments: list[str]) -> int:  # noqa: ARG001 – takes none
    """Learn and write."""
    text = written([shares(readings(words(_printed()))), shares(readings(_record()))])
    Path(confusions.__file__).with_name("readings.toml").write_text(text, encoding="utf-8")
    return 0
