"""Who does what in a document, as keys of the index: so that the ledgers come page by page without being read whole.

A document says who asked, who was asked, who promised, demanded and signed, each by party and by name, and in which
year what it promises is due. Names stand besides as they are printed, under every word of them, to be found as one
types.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Literal

from corpus.people import same_person
from corpus.records import Record
from corpus.swedish.stems import fold
from corpus.values import Body, Demand, Mention, Promise, Question, Statement
from index import analysis
from index.engines.protocol import Clause, Either, Prefix, Term
from index.fields import span
from index.givers import is_code

Doing = Literal["asks", "asked", "promises", "demands", "signs"]  # `asked` is who the question was put to
Named = Literal["person", "body", "matter"]

BEFORE_NAME = "\x1f"  # between what is typed and the name as printed


def keys(record: Record) -> Iterator[str]:
    """Yield the keys of a document's actors and of when its promises are due, each once."""
    yield from dict.fromkeys(_keys(record))


def _keys(record: Record) -> Iterator[str]:
    mentions = [value for value, _ in record.of(Mention)]
    authors = [one for one in mentions if one.part == "author"]
    addressees = [one for one in mentions if one.part == "addressee"]
    for question, _ in record.of(Question):
        by, to = (addressees, []) if question.answered_below else (authors, addressees)
        yield from _people("asks", by)
        yield from _people("asked", to)
    for promise, _ in record.of(Promise):
        yield from _people("promises", [one for one in authors if one.name == promise.by])
        if promise.due and promise.due.year:
            yield f"due {span(promise.due)[1] // 10000}"
    for demand, _ in record.of(Demand):
        yield from _signed("demands", demand.by)
    for statement, _ in record.of(Statement):
        yield from _signed("signs", (*statement.parties, *statement.persons))


def _people(doing: Doing, people: Iterable[Mention]) -> Iterator[str]:
    for one in people:
        yield from _signed(doing, (one.name, *([one.party] if one.party else ())))


def _signed(doing: Doing, names: Iterable[str]) -> Iterator[str]:
    """Yield the keys of party codes, in capitals, and of names, in small letters."""
    for name in names:
        if is_code(name):
            yield f"{doing} {name}"
        else:
            yield from (f"{doing} {key}" for key in person_keys(name))


def person_keys(name: str) -> Iterable[str]:
    """Return every word of a name, the whole name, and the first with the last word."""
    words = _words(name)
    return dict.fromkeys((*words, " ".join(words), " ".join((words[0], words[-1])))) if words else ()


def _words(name: str) -> list[str]:
    return fold(analysis.composed(name)).replace("-", " ").split()


def of_party(doing: Doing, code: str) -> Clause:
    """Ask for documents in which a party's people do something."""
    return Term("key", f"{doing} {code}")


def of_begun(doing: Doing, begun: str) -> Clause:
    """Ask for documents in which somebody does something whose first, last or whole name begins so."""
    return Either((Prefix("key", f"{doing} {' '.join(_words(begun))}"), of_person(doing, begun)))


def is_called(name: str, begun: str) -> bool:
    """Tell whether a printed name, or its first or last name, begins so; the same people as `of_begun` asks for."""
    typed = " ".join(_words(begun))
    return same_person(name, begun) or any(one.startswith(typed) for one in person_keys(name))


def of_person(doing: Doing, name: str) -> Clause:
    """Ask for documents in which a person (by surname or whole name) does something."""
    words = _words(name)
    wanted = (" ".join(words), " ".join((words[0], words[-1]))) if words else ("",)
    genitives = [key[:-1] for key in wanted if key.endswith("s")]
    return Either(tuple(Term("key", f"{doing} {key}") for key in dict.fromkeys((*wanted, *genitives))))


def due_by(year: int) -> Clause:
    """Ask for documents that promise something for a year or one before it."""
    return Either(tuple(Term("key", f"due {one}") for one in range(1950, year + 1)))


def name_keys(record: Record, matters: Iterable[str]) -> Iterator[str]:
    """Yield the names of a document's people, its body and its matters, as they are found by their beginnings."""
    people = dict.fromkeys(value.name for value, _ in record.of(Mention))
    bodies = dict.fromkeys(value.name for value, _ in record.of(Body) if value.name)
    for name in people:
        yield from _beginnings("person", name)
    for name in bodies:
        yield from _beginnings("body", name)
    for name in matters:
        yield from _beginnings("matter", name)


def _beginnings(kind: Named, name: str) -> Iterator[str]:
    words = typed(name).split()
    for at in range(len(words)):
        yield f"{beginning(kind, ' '.join(words[at:]))}{BEFORE_NAME}{name}"


def beginning(kind: Named, letters: str) -> str:
    """Return what the keys of names begin with that begin so, or of which a word does."""
    return f"name {kind} {letters}"


def typed(text: str) -> str:
    """Return a name as it is compared with what was typed: small letters without dots, words parted by one space."""
    return " ".join(re.findall(r"[^\W_]+", fold(unicodedata.normalize("NFC", text)).lower()))
