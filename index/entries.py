"""What the index holds of one document: the terms of its pages, and what was found true of it.

Text gives the words; title, kind, body, date, persons and parties come from findings alone. The words a page had before
it was restored are kept in a field of their own, so that a search for the broken spelling still finds the page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec

from corpus.dates import UNKNOWN, When
from corpus.keys import PARAGRAPH
from corpus.records import Page, Record
from corpus.swedish.stems import fold
from corpus.values import Body, Key, Kind, Mention, OwnDate, OwnNumber, PartyMention, Title
from corpus.vocabulary import kind_titles, table
from index import actors, analysis
from index.analysis import Field
from index.engines.protocol import Document, Facet
from index.fields import span
from index.forms import stem
from index.likes import sketch
from index.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Card:
    """What a list of hits says of a document without opening it. `kind` is a key of `vocabulary/kinds.toml`.

    `sketch` tells documents of nearly the same text (index/likes.py).
    """

    file: str
    title: str
    kind: str | None
    date: When | None
    sketch: bytes = b""


def read_card(text: str) -> Card:
    """Read a card as the index gives it back."""
    return msgspec.json.decode(text, type=Card)


def entry(document: int, record: Record, beside: Surroundings) -> Document:
    """Return the analysed form of a document, with what is known from those around it."""
    kind = next((value.name for value, _ in record.of(Kind)), None)
    title = next((value.text for value, _ in record.of(Title)), "")
    date = next((value.when for value, _ in record.of(OwnDate)), None)
    first, last = span(date or UNKNOWN)
    terms = _terms(record, title, kind, beside)
    card = msgspec.json.encode(Card(record.file, title, kind, date, sketch(terms["word"]))).decode()
    return Document(document, terms, first, last, _facets(record, kind, date, beside), card)


def _terms(record: Record, title: str, kind: str | None, beside: Surroundings) -> dict[Field, list[str]]:
    body = analysis.analyse("\n".join(page.text for page in record.pages))
    authors = " ".join(value.name for value, _ in record.of(Mention) if value.part == "author")
    head = analysis.analyse(f"{title} {kind_titles().get(kind or '', '')} {authors}")
    return {
        "word": body.words,
        "stem": body.stems,
        "part": body.parts,
        "fold": body.folds,
        "title": [*head.stems, *head.parts, *head.folds],
        "original": [word for page in record.pages for word in lost_words(page)],
        "key": [*_keys(record, kind), *_keys_beside(beside), *actors.name_keys(record, map(str, beside.matters))],
    }


def lost_words(page: Page) -> list[str]:
    """Return the words a page was read with that restoration changed."""
    if page.original == page.text:
        return []
    kept = set(analysis.words(page.text)[0])
    return [word for word in analysis.words(page.original)[0] if word not in kept]


def _keys(record: Record, kind: str | None) -> list[str]:
    written = [key.text for page in record.pages for key in analysis.shaped_keys(page.text)]
    own = [analysis.number_key(value.number) for value, _ in record.of(OwnNumber)]
    sole = own if len(own) == 1 else []  # one of several stands on an agenda
    numbers = [key for key in (*written, *own) if key.startswith("nr:")]
    parties = _parties(record)
    return [
        *(form for key in written if not key.startswith("nr:") for form in {key, analysis.yearless(key)}),
        *(form for key in numbers for form in (key, analysis.unitless(key))),
        *(f"own {form}" for key in own for form in (key, analysis.unitless(key))),
        *(f"sole {form}" for key in sole for form in (key, analysis.unitless(key))),
        *_numbered(record, kind),
        *(f"party {code}" for code in parties),
        *(analysis.party_key(code) for code in parties),
        *(f"person {key}" for value, _ in record.of(Mention) for key in actors.person_keys(value.name)),
        *(f"body {term}" for value, _ in record.of(Body) for term in _body_terms(value.name)),
        *(f"body {fold(stem(value.number.unit.lower()))}" for value, _ in record.of(OwnNumber) if value.number.unit),
        *(f"holds {held}" for held in table("holds") if any(type(f.value).__name__ == held for f in record.findings)),
        *([f"kind {kind}"] if kind else []),
        *actors.keys(record),
    ]


def _keys_beside(beside: Surroundings) -> Iterator[str]:
    for number in map(analysis.number_key, beside.matters):
        yield from (f"matter {number}", f"matter {analysis.unitless(number)}")
    yield from (f"status {status}" for status in beside.statuses)


def _numbered(record: Record, kind: str | None) -> Iterable[str]:
    """The numbers of motions and their like, and the one that is the document's own: the first of its own kind."""
    held = [value for value, _ in record.of(Key) if value.kind != PARAGRAPH]
    found = [analysis.numbered_key(value.kind, value.number) for value in held]
    own = next((key for key, value in zip(found, held, strict=True) if value.kind == kind), None)
    for key in found:
        yield from (key, analysis.kindless(key))
    if own:
        yield from (f"own {own}", f"own {analysis.kindless(own)}")


def _parties(record: Record) -> tuple[str, ...]:
    named = [value.code for value, _ in record.of(PartyMention)]
    with_persons = [value.party for value, _ in record.of(Mention) if value.party]
    return tuple(dict.fromkeys(named + with_persons))


def _body_terms(name: str) -> Iterable[str]:
    terms = analysis.analyse(name)
    return dict.fromkeys(fold(term) for term in (*terms.stems, *terms.parts, *map(stem, terms.words)))


def _facets(
    record: Record, kind: str | None, date: When | None, beside: Surroundings
) -> dict[Facet, tuple[str, ...]]:  # fmt: skip
    years = (str(date.year),) if date and date.year else ()
    return {
        "kind": (kind,) if kind else (),
        "year": years,
        "party": _parties(record),
        "body": tuple(dict.fromkeys(value.name for value, _ in record.of(Body))),
        "person": tuple(dict.fromkeys(value.name for value, _ in record.of(Mention))),
        "matter": tuple(map(str, beside.matters)),
        "status": beside.statuses,
    }
