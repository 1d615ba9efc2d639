"""A matter as a calendar (.ics): what happened, and what has been promised to be done by a time.

Every entry lasts whole days: the day itself, or all the days of the month, season or year that is known, and then its
description says how exact the source is. Nothing of it makes anyone busy.
"""

import hashlib
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from corpus.dates import When
from index.export.privacy import masked
from index.holdings import Source
from index.trace import Trace
from index.words import ACTION_TITLES, GRADE_TITLES, PRECISION_TITLES

if TYPE_CHECKING:
    from icalendar import Event

MOST_LETTERS = 120  # of a heading in a calendar
SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}  # first and last month; a winter ends in the next year


@dataclass(frozen=True, slots=True)
class _Note:
    """What is to stand in the calendar."""

    when: When
    kind: str
    text: str
    sources: Sequence[Source]
    dispute: str = ""


def to_ics(found: Trace) -> bytes:
    """Return the calendar. An entry keeps its UID from one export to the next, so that it is updated, not doubled."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Aktspår//Ärende//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", found.query)
    calendar.add("x-wr-calname", found.query)
    stamp = datetime.now(UTC)
    held: set[str] = set()
    for note in _notes(found):
        uid = _uid(note)
        if uid not in held:
            held.add(uid)
            calendar.add_component(_event(note, uid, stamp))
    return bytes(calendar.to_ical())


def _notes(found: Trace) -> Iterator[_Note]:
    for entry in found.events:
        yield _Note(entry.when, ACTION_TITLES.get(entry.kind, entry.kind), entry.text, entry.sources, entry.dispute)
    for promise in found.promises:
        if promise.due and promise.due.year:
            kind = f"ska vara klart ({GRADE_TITLES[promise.grade]})"
            yield _Note(promise.due, kind, promise.given.quote, (promise.given,))


def _event(note: _Note, uid: str, stamp: datetime) -> "Event":
    from icalendar import Event

    first, last = days(note.when)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", stamp)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))  # the first day it does not last
    event.add("summary", _shortened(f"{note.kind[:1].upper()}{note.kind[1:]}: {note.text}"))
    event.add("description", _description(note))
    event.add("categories", [note.kind])
    event.add("transp", "TRANSPARENT")
    return event


def days(when: When) -> tuple[date, date]:
    """Return the first and last day of the time that is known."""
    year = when.year or date.min.year
    if when.until:
        return date(year, 1, 1), date(when.until, 12, 31)
    if when.month and when.day:
        return date(year, when.month, when.day), date(year, when.month, when.day)
    first, last = (when.month, when.month) if when.month else SEASONS.get(when.season or 0, (1, 12))
    end = year + (last < first)
    return date(year, first, 1), date(end, last, monthrange(end, last)[1])


def _description(note: _Note) -> str:
    exact = note.when.precision == "day"
    time = "" if exact else f"Källan säger bara: {note.when} ({PRECISION_TITLES[note.when.precision]})."
    quotes = (f"”{source.quote}”\n{source.file}, s. {source.page}" for source in note.sources)
    return "\n\n".join((*filter(None, (time, note.dispute)), *quotes))


def _uid(note: _Note) -> str:
    """The same for the same entry whether personal numbers are masked or not."""
    told = "\n".join((note.when.iso, note.kind, masked(note.text)))
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@aktspar"


def _shortened(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - 2].rsplit(" ", 1)[0] + " …"
