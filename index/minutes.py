"""Minutes § by §, and which § treats a document: by its number, its key, or its asker and what it is about.

A document without §§ (an extract, a PM) is one paragraph without a number.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from corpus import case_numbers, keys
from corpus.store import Store
from corpus.swedish.likeness import share, telling, without
from corpus.swedish.stems import stem
from corpus.values import Key, Mention, OwnNumber, Title
from corpus.vocabulary import table
from index.sentences import Sentence, sentences

SAME_TOPIC = 0.6  # of what a title is about, for a heading to be about the same
SAME_TOPIC_WITH_ASKER = 0.35
MINUTES = "protokoll"
_NUMBER = re.compile(r"§+\s?(\d+)")
_SECTION = re.compile(r"(?:[A-ZÅÄÖ]\w+\s)?§\s?(\d+)(?:/\d+)?\b")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A § of minutes: its number, its heading, and its sentences (the heading is the first)."""

    document: int
    number: str
    heading: str
    sentences: tuple[Sentence, ...]


@dataclass(slots=True)
class Subject:
    """What tells a document in the text of another: its numbers and keys, what it is about, who wrote it."""

    document: int
    title: str = ""
    numbers: set[str] = field(default_factory=set)
    keys: set[tuple[str, str]] = field(default_factory=set)
    askers: list[str] = field(default_factory=list)
    topic: Mapping[str, float] = field(default_factory=dict)


def paragraph_number(heading: str) -> str:
    """Return the number of the § a heading begins with, empty where there is none."""
    found = _NUMBER.search(heading)
    return found[1] if found else ""


def paragraphs(store: Store, document: int) -> list[Paragraph]:
    """Return a document's §§ in order; all of it as one where it has none."""
    held: list[tuple[str, list[Sentence]]] = []
    for sentence in sentences(store, document):
        begins = _SECTION.match(sentence.text) if sentence.is_heading else None
        if begins:
            held.append((begins[1], [sentence]))
        elif held:
            held[-1][1].append(sentence)
    if not held:
        return [Paragraph(document, "", "", tuple(sentences(store, document)))]
    return [Paragraph(document, number, said[0].text, tuple(said)) for number, said in held]


def subjects(store: Store, documents: Collection[int]) -> dict[int, Subject]:
    """Return what tells each of these documents in another's text."""
    found = {document: Subject(document) for document in documents}
    for document, value in store.values(Title, OwnNumber, Key, Mention, documents=documents):
        subject = found[document]
        match value:
            case Title(text):
                subject.title = text
            case OwnNumber(number):
                subject.numbers.add(number.key)
            case Key(kind, number) if kind != keys.PARAGRAPH:
                subject.keys.add((kind, number))
            case Mention(name, _, _, "author"):
                subject.askers.append(name)
            case _:
                continue
    for subject in found.values():
        names = [stem(part.lower()) for name in subject.askers for part in name.split()]
        subject.topic = without(telling(subject.title), [*_frame(), *names])
    return found


def reasons(text: str, subject: Subject, *, heading: bool = False) -> tuple[str, ...]:
    """Say why a text is about a document, in Swedish; empty where it is not."""
    return tuple(_reasons(text, subject, heading=heading))


def _reasons(text: str, subject: Subject, *, heading: bool) -> Iterator[str]:
    if shared := sorted(str(m.number) for m in case_numbers.find(text) if m.number.key in subject.numbers):
        yield f"samma ärendenummer ({shared[0]})"
    for match in keys.find(text, heading=heading):
        if (match.key.kind, match.key.number) in subject.keys:
            yield f"samma nummer ({match.key.number})"
            break
    asker = next((name for name in subject.askers if name.split()[-1].lower() in text.lower()), None)
    held = share(subject.topic, telling(text)) if subject.topic else 0.0
    if held >= SAME_TOPIC or (asker and held >= SAME_TOPIC_WITH_ASKER):
        words = ", ".join(_common(subject, text))
        yield f"samma ämne: {words}" + (f", och {asker} nämns" if asker else "")


def _common(subject: Subject, text: str) -> list[str]:
    """The most telling words of the title that the text has too, as the title writes them."""
    said = set(telling(text))
    words = {stem(word): word for word in re.findall(r"[^\W\d_]+", subject.title.lower())}
    shared = sorted((one for one in subject.topic if one in said), key=lambda one: -subject.topic[one])
    return [words.get(one, one) for one in shared[:3]]


def treating(held: Iterable[Paragraph], subject: Subject) -> Iterator[tuple[Paragraph, tuple[str, ...]]]:
    """Yield the §§ that treat a document, each with why; what is no minutes treats what it is linked to."""
    for paragraph in held:
        if not paragraph.number:
            yield paragraph, ()
            continue
        why = reasons(paragraph.heading, subject, heading=True)
        if not why:
            why = tuple(one for one in _mentions(paragraph, subject) if not one.startswith("samma ämne"))
        if why:
            yield paragraph, (f"§ {paragraph.number}", *why)


def _mentions(paragraph: Paragraph, subject: Subject) -> tuple[str, ...]:
    return reasons("\n".join(sentence.text for sentence in paragraph.sentences), subject)


@cache
def _frame() -> frozenset[str]:
    return frozenset(stem(word) for word in table("outcomes")["frame"])
