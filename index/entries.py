"""What the index holds of one document: the terms of its pages, and what was found true of it.

Text gives the words; title, kind, body, date, persons and parties come from findings alone. The words a page had before
it was restored are kept in a field of their own, so that a search for the broken spelling still finds the page.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from corpus.dates import UNKNOWN, When
from corpus.records import Page, Record
from corpus.swedish.stems import fold, stem
from corpus.values import Body, Kind, Mention, OwnDate, OwnNumber, PartyMention, Title
from corpus.vocabulary import kind_titles
from index import analysis
from index.analysis import Field
from index.engines.protocol import Document, Facet
from index.query import span


@dataclass(frozen=True, slots=True)
class Card:
    """What a list of hits says of a document without opening it. `kind` is a key of `vocabulary/kinds.toml`."""

    file: str
    title: str
    kind: str | None
    date: When | None


def read_card(text: str) -> Card:
    """Read a card as the index gives it back."""
    return msgspec.json.decode(text, type=Card)


def entry(document: int, record: Record) -> Document:
    """Return the analysed form of a document."""
    kind = next((value.name for value, _ in record.of(Kind)), None)
    title = next((value.text for value, _ in record.of(Title)), "")
    date = next((value.when for value, _ in record.of(OwnDate)), None)
    first, last = span(date or UNKNOWN)
    card = msgspec.json.encode(Card(record.file, title, kind, date)).decode()
    return Document(document, _terms(record, title, kind), first, last, _facets(record, kind, date), card)


def _terms(record: Record, title: str, kind: str | None) -> dict[Field, list[str]]:
    body = analysis.analyse("\n".join(page.text for page in record.pages))
    head = analysis.analyse(f"{title} {kind_titles().get(kind or '', '')}")
    return {
        "word": body.words,
        "stem": body.stems,
        "part": body.parts,
        "fold": body.folds,
        "title": [*head.stems, *head.parts, *head.folds],
        "original": [word for page in record.pages for word in lost_words(page)],
        "key": _keys(record, kind),
    }


def lost_words(page: Page) -> list[str]:
    """Return the words a page was read with that restoration changed."""
    if page.original == page.text:
        return []
    kept = set(analysis.words(page.text)[0])
    return [word for word in analysis.words(page.original)[0] if word not in kept]


def _keys(record: Record, kind: str | None) -> list[str]:
    written = [key.text for page in record.pages for key in analysis.keys(page.text)]
    own = [analysis.number_key(value.number) for value, _ in record.of(OwnNumber)]
    numbers = [key for key in (*written, *own) if key.startswith("nr:")]
    parties = _parties(record)
    return [
        *(key for key in written if not key.startswith("nr:")),
        *(form for key in numbers for form in (key, analysis.unitless(key))),
        *(f"own {form}" for key in own for form in (key, analysis.unitless(key))),
        *(f"party {code}" for code in parties),
        *(analysis.party_key(code) for code in parties),
        *(f"person {key}" for value, _ in record.of(Mention) for key in _person_keys(value.name)),
        *(f"body {term}" for value, _ in record.of(Body) for term in _body_terms(value.name)),
        *([f"kind {kind}"] if kind else []),
    ]


def _parties(record: Record) -> tuple[str, ...]:
    named = [value.code for value, _ in record.of(PartyMention)]
    with_persons = [value.party for value, _ in record.of(Mention) if value.party]
    return tuple(dict.fromkeys(named + with_persons))


def _person_keys(name: str) -> Iterable[str]:
    """Every word of the name, the whole name, and the first with the last word."""
    words = fold(analysis.composed(name)).replace("-", " ").split()
    return dict.fromkeys((*words, " ".join(words), " ".join((words[0], words[-1])))) if words else ()


def _body_terms(name: str) -> Iterable[str]:
    terms = analysis.analyse(name)
    return dict.fromkeys(fold(term) for term in (*terms.stems, *terms.parts, *map(stem, terms.words)))


def _facets(record: Record, kind: str | None, date: When | None) -> dict[Facet, tuple[str, ...]]:
    years = (str(date.year),) if date and date.year else ()
    bodies = tuple(dict.fromkeys(value.name for value, _ in record.of(Body)))
    return {"kind": (kind,) if kind else (), "year": years, "party": _parties(record), "body": bodies}
