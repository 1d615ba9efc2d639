"""The fields of the query language: what `parti:V`, `år:2019..2021` and their like ask for."""

from collections.abc import Callable, Mapping

from corpus import case_numbers, dates
from corpus.case_numbers import CaseNumber
from corpus.dates import When
from corpus.links import OPEN, STATUS_TITLES
from corpus.swedish.stems import fold
from corpus.vocabulary import party_code, table
from index import analysis
from index.nodes import (
    Dated,
    Holds,
    InTitle,
    Node,
    OfBody,
    OfKind,
    OfMatter,
    OfNumber,
    OfParty,
    OfPerson,
    OfStatus,
    Undated,
)

NAMES = r"parti|n[äa]mnd|typ|person|dnr|[äa]rende|status|har|[åa]r|f[öo]re|efter|titel"
NUMBERED: Mapping[str, type[OfNumber] | type[OfMatter]] = {"dnr": OfNumber, "arende": OfMatter}
_LAST_DAY = 99999999


def read(name: str, value: str, *, quoted: bool) -> Node | None:
    """Return the filter of a field, or None where the value makes no sense in it."""
    if not analysis.words(value)[0]:
        return None
    return _of_kind(value, quoted=quoted) if name == "typ" else _READERS[fold(name)](value)


def _of_kind(value: str, *, quoted: bool) -> Node:
    return OfKind(" ".join(analysis.words(value)[0]), quoted)


def _party(value: str) -> Node:
    return OfParty(party_code(value) or value.upper())


def _body(value: str) -> Node:
    return OfBody(tuple(analysis.words(value)[0]))


def _person(value: str) -> Node:
    return OfPerson(" ".join(analysis.words(value)[0]))


def _title(value: str) -> Node:
    return InTitle(tuple(analysis.words(value)[0]))


def _number(value: str) -> Node | None:
    number = parse_number(value)
    return OfNumber(number) if number else None


def _matter(value: str) -> Node | None:
    number = parse_number(value)
    return OfMatter(number) if number else None


def _holds(value: str) -> Node | None:
    wanted = fold(value.lower())
    kind = next((kind for kind, names in table("holds").items() if wanted in map(fold, names)), None)
    return Holds(value.lower(), kind) if kind else None


def _status(value: str) -> Node | None:
    """Read a status by its name; `öppen` and its like stand for all that is not settled."""
    name = " ".join(value.split()).lower()
    if fold(name) in map(fold, table("answers")["open"]):
        return OfStatus(name, tuple(sorted(OPEN)))
    statuses = tuple(status for status, title in STATUS_TITLES.items() if fold(title) == fold(name))
    return OfStatus(name, statuses) if statuses else None


def _years(value: str) -> Dated | Undated | None:
    if analysis.composed(value) in {"saknas", "okänt", "okant"}:
        return Undated()
    first, dots, last = value.partition("..")
    begin, end = dates.parse(first), dates.parse(last)
    if not dots:
        return Dated(*span(begin)) if begin and begin.year else None
    if (first and not begin) or (last and not end) or not (begin or end):
        return None
    return Dated(span(begin)[0] if begin else 1, span(end)[1] if end else _LAST_DAY)


def _before(value: str) -> Node | None:
    when = dates.parse(value)
    return Dated(1, span(when)[0] - 1) if when and when.year else None


def _after(value: str) -> Node | None:
    when = dates.parse(value)
    return Dated(span(when)[1] + 1, _LAST_DAY) if when and when.year else None


_READERS: Mapping[str, Callable[[str], Node | None]] = {
    "parti": _party,
    "namnd": _body,
    "person": _person,
    "titel": _title,
    "dnr": _number,
    "arende": _matter,
    "har": _holds,
    "status": _status,
    "ar": _years,
    "fore": _before,
    "efter": _after,
}


def parse_number(typed: str) -> CaseNumber | None:
    """Read a case number that is all of what was typed (`ks2019-756`, `Dnr KS 2019/756`, `2024/1319`), or None."""
    for candidate in (typed.upper(), f"dnr {typed}"):
        match = next(case_numbers.find(candidate), None)
        if match and match.start == 0 and match.end == len(candidate):
            return match.number
    return None


def span(when: When) -> tuple[int, int]:
    """Return the first and last day a date may mean, as YYYYMMDD that sort rightly; zeros where nothing is known."""
    if when.year is None:
        return 0, 0
    if when.season is not None:
        begin = {21: 3, 22: 6, 23: 9, 24: 12}[when.season]
        return when.year * 10000 + begin * 100 + 1, when.year * 10000 + min(begin + 2, 12) * 100 + 31
    first = when.year * 10000 + (when.month or 1) * 100 + (when.day or 1)
    return first, (when.until or when.year) * 10000 + (when.month or 12) * 100 + (when.day or 31)
