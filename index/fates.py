"""What minutes tell of a question or a motion besides its answer: withdrawn, lapsed, tabled, or answered there.

Sought in the minutes linked to it, in the §§ that treat it; of several the latest holds. Nothing of it is stored.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.dates import When
from corpus.links import Link, Status
from corpus.store import Store
from corpus.vocabulary import table
from index.holdings import Holding, Source
from index.minutes import MINUTES, Paragraph, Subject, paragraphs, reasons, subjects, treating
from index.sentences import Sentence

NEAR = 2  # sentences back in which what is spoken of was named


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a document by the minutes of a day; `why` says how the § was told to treat it, in Swedish."""

    status: Status
    when: When
    told: Source
    why: tuple[str, ...]


def fates(
    store: Store, held: Mapping[int, Holding], links: Iterable[Link], documents: Collection[int]
) -> dict[int, Fate]:
    """Return the last thing minutes tell of each of these documents, for those of which they tell something."""
    meetings: dict[int, list[int]] = {}
    for link in links:
        for one, other in ((link.source, link.target), (link.target, link.source)):
            if one in documents and other in held and held[other].kind == MINUTES:
                meetings.setdefault(one, []).append(other)
    known = subjects(store, meetings)
    read: dict[int, list[Paragraph]] = {}
    found: dict[int, Fate] = {}
    for document, others in meetings.items():
        for other in sorted(dict.fromkeys(others), key=lambda one: held[one].when.order):
            if other not in read:
                read[other] = paragraphs(store, other)
            for fate in _told(read[other], known[document], held[other]):
                found[document] = fate
    return found


def _told(held: Sequence[Paragraph], subject: Subject, meeting: Holding) -> Iterator[Fate]:
    for paragraph, why in treating(held, subject):
        last: Fate | None = None
        for number, sentence in enumerate(paragraph.sentences):
            status = _status(sentence)
            if status and _is_of(paragraph, number, subject):
                told = Source(paragraph.document, meeting.file, sentence.page, sentence.text)
                last = Fate(status, meeting.when, told, why)
        if last:
            yield last


def _status(sentence: Sentence) -> Status | None:
    if sentence.is_heading:
        return None
    return next((status for status, signs in _signs().items() if signs.search(sentence.text)), None)


@cache
def _signs() -> Mapping[Status, re.Pattern[str]]:
    """The signs of each fate, in the order of the vocabulary: the first that fits counts."""
    known: dict[Status, list[str]] = table("outcomes")["fates"]
    return {status: re.compile("|".join(signs), re.IGNORECASE) for status, signs in known.items()}


def _is_of(paragraph: Paragraph, number: int, subject: Subject) -> bool:
    """Tell whether a sentence of a § speaks of the document: its § does, or it names it, or leads in a list with it."""
    if reasons(paragraph.heading, subject, heading=True):
        return True
    said = paragraph.sentences
    if said[number].text.endswith(":"):
        listed = _up_to_next_lead_in(said[number + 1 :])
        return any(reasons(sentence.text, subject) for sentence in listed)
    return any(reasons(sentence.text, subject) for sentence in said[max(0, number - NEAR) : number + 1])


def _up_to_next_lead_in(said: Sequence[Sentence]) -> Iterator[Sentence]:
    for sentence in said:
        if sentence.text.endswith(":"):
            return
        yield sentence
