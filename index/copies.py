"""The same question in several papers: alone, among the papers of a meeting, in scans of one sheet. It is asked once.

Of copies the one stands that tells most: that a person has judged, or that is answered; the others are named with it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from corpus.dates import When
from corpus.people import key, same_person
from index.holdings import Holding

if TYPE_CHECKING:
    from index.ledger import AskedQuestion

SAME = 90  # likeness (0–100) of two readings of one question
NEAR_DAYS = 90  # a question asked again later than this, under another number, is another one
NOT_ANSWERED = frozenset({"no_reply", "unanswered"})


def folded(asked: Sequence["AskedQuestion"], held: Mapping[int, Holding]) -> list["AskedQuestion"]:
    """Return the questions each once, in their order, with where else they stand (`also`)."""
    near: dict[str, list[list[AskedQuestion]]] = {}
    copies: dict[str, list[AskedQuestion]] = {}
    for question in asked:
        known = (group for handle in _handles(question) for group in near.get(handle, ()))
        group = next((one for one in known if all(_is_same(question, other, held) for other in one)), None)
        if group is None:
            group = []
            for handle in _handles(question):
                near.setdefault(handle, []).append(group)
        group.append(question)
        copies[question.id] = group
    return [
        replace(question, also=tuple(other.asked for other in copies[question.id] if other is not question))
        for question in asked
        if question is _standing(copies[question.id])
    ]


def _handles(question: "AskedQuestion") -> Iterator[str]:
    """By what a question's copies are found: who asks, or its words where nobody is named."""
    names = [key(_bare(name)).split()[-1] for name in question.by]
    yield from dict.fromkeys(names or [_letters(question.asked.quote)])


def _is_same(one: "AskedQuestion", other: "AskedQuestion", held: Mapping[int, Holding]) -> bool:
    if one.asked.document == other.asked.document:
        return False
    if not fuzz.ratio(_letters(one.asked.quote), _letters(other.asked.quote), score_cutoff=SAME):
        return False
    if not _is_one_time(held[one.asked.document], held[other.asked.document]):
        return False
    return _share_a_person(one.by, other.by) and _share_a_person(one.to, other.to)


def _share_a_person(ones: Collection[str], others: Collection[str]) -> bool:
    """Tell whether somebody is among both, or nobody named in one of them."""
    if not ones or not others:
        return True
    return any(same_person(_bare(one), _bare(other)) for one in ones for other in others)


def _is_one_time(one: Holding, other: Holding) -> bool:
    """Tell whether two papers carry the same number, or no two days far apart."""
    days = _day(one.when), _day(other.when)
    if frozenset(one.numbers) & frozenset(other.numbers) or None in days:
        return True
    first, second = (day for day in days if day)
    return abs((first - second).days) <= NEAR_DAYS


def _day(when: When) -> date | None:
    return date(when.year, when.month or 1, when.day or 1) if when.year else None


def _standing(copies: Iterable["AskedQuestion"]) -> "AskedQuestion":
    """The copy that stands for all: one that is judged, else one that is answered; of equals the first."""
    return min(copies, key=lambda one: (not one.judged, one.status in NOT_ANSWERED))


def _bare(name: str) -> str:
    return name.split(" (", maxsplit=1)[0]


@lru_cache(maxsize=10_000)
def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()
