"""The figures a sentence tells: amounts, shares, votes, counts; and which of two sentences' cannot both be true.

A figure is compared with one of the same unit only, and as exactly as it is told: 12 miljoner and 12,3 miljoner may be
one figure, rounded; drygt 12 is less exact still.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.swedish.stems import stem
from corpus.vocabulary import pattern, table

ROUGHLY = 0.2  # the share by which what is `drygt`, `cirka`, `minst` so much may be off
BEFORE = 24  # letters in which stands what a number is
YES, NO = "ja-röster", "nej-röster"
_VOTES = re.compile(r"(?<![\w/§:.,–-])(\d{1,3})\s?(?:ja|röster|ja-?\s?röster)?,?\s?(?:mot|[-–])\s?(\d{1,3})(?![\w:/-])")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of something, standing at `start:end` of a text; it is told to the nearest `step`."""

    value: float
    unit: str
    step: float
    text: str
    start: int
    end: int


def figures(text: str, taken: Sequence[tuple[int, int]] = ()) -> list[Figure]:
    """Return the figures of a text in order, but for those in the spans `taken` by dates and numbers of matters."""
    free = [one for one in _all(text) if not any(one.start < end and start < one.end for start, end in taken)]
    return sorted(free, key=lambda one: one.start)


def differing(ones: Sequence[Figure], others: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Return the figures of two sentences that cannot both be true, side by side.

    Where one tells more figures of a unit than the other, which is which is not known, and nothing is said.
    """
    found = []
    for unit in dict.fromkeys(one.unit for one in ones):
        mine, theirs = (sorted((f for f in told if f.unit == unit), key=lambda f: f.value) for told in (ones, others))
        if len(mine) == len(theirs):
            found += [pair for pair in zip(mine, theirs, strict=True) if not _may_be_one(*pair)]
    return found


def can_agree(ones: Sequence[Figure], others: Sequence[Figure]) -> bool:
    """Tell whether all figures of two sentences may be true: of each unit, those of one are among the other's."""
    for unit in {one.unit for one in ones}:
        few, many = sorted(([f for f in told if f.unit == unit] for told in (ones, others)), key=len)
        if not all(any(_may_be_one(one, other) for other in many) for one in few):
            return False
    return True


def _may_be_one(one: Figure, other: Figure) -> bool:
    return abs(one.value - other.value) <= max(one.step, other.step) / 2


def _all(text: str) -> Iterator[Figure]:
    votes = _VOTES.search(text) if pattern("figures", "voted").search(text) else None
    if votes:
        for unit, group in ((YES, 1), (NO, 2)):
            yield Figure(int(votes[group]), unit, 0, votes[0], *votes.span(group))
    for match in _counted().finditer(text):
        in_votes = votes and match.start("number") < votes.end() and votes.start() < match.end("number")
        before = text[max(0, match.start() - BEFORE) : match.start()]
        if not in_votes and not _ends(before, "not_counted") and (figure := _figure(match, before)):
            yield figure


def _figure(match: re.Match[str], before: str) -> Figure | None:
    many, word = (match["many"] or "").lower(), (match["unit"] or "").lower()
    unit, each = _units().get(word, (stem(word), 1))
    if not word or word in table("figures")["not_units"]:
        if not many:
            return None
        unit, each, word = "kronor", 1, ""
    times = each * int(table("figures")["many"].get(many, 1))
    value, step = _number(match["number"].lower())
    if _ends(before, "about"):
        step = max(step, 2 * ROUGHLY * value)
    end = match.end() if word else match.end("many")
    return Figure(
        value * times, unit, step * times, match.string[match.start("number") : end], match.start("number"), end
    )


def _number(written: str) -> tuple[float, float]:
    """Return a number and how exactly it is told: `12,3` to the tenth, `12 000` to the thousand."""
    words = table("votes")["numbers"]
    if written in words:
        return float(words[written]), 1.0
    whole, _, tenths = re.sub(r"[\s.]", "", written).partition(",")
    if tenths:
        return float(f"{whole}.{tenths}"), 10.0 ** -len(tenths)
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(whole), 10.0**zeros if zeros > 1 else 1.0


def _ends(before: str, key: str) -> bool:
    return bool(_at_end(key).search(before))


@cache
def _at_end(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(table('figures')[key])})\s?$", re.IGNORECASE)


@cache
def _units() -> dict[str, tuple[str, int]]:
    return {word: (unit, times) for unit, ways in table("figures")["units"].items() for word, times in ways.items()}


@cache
def _counted() -> re.Pattern[str]:
    """A number, how many of it, and what it counts."""
    words = "|".join(word for word, number in table("votes")["numbers"].items() if number > 1)
    many = "|".join(table("figures")["many"])
    return re.compile(
        rf"(?<![\w/§:.,–-])(?P<number>\d{{1,3}}(?:[\s.]\d{{3}})+(?!\d)|\d+(?:,\d+)?|(?:{words})\b)(?![\d/:–-])"
        rf"(?:\s?(?P<many>{many})\b)?(?:\s?(?P<unit>%|[^\W\d_]+(?:-[^\W\d_]+)*))?",
        re.IGNORECASE,
    )
