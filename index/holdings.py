"""What is held: each document with the few facts every answer shows, and the source of a quote."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.dates import UNKNOWN, When
from corpus.records import Finding
from corpus.store import Store
from corpus.values import Body, Kind, OwnDate, OwnNumber, Title, Value
from corpus.vocabulary import kind_titles


@dataclass(frozen=True, slots=True)
class Holding:
    """A document held: `kind` is a key of the vocabulary, `numbers` are written in their common form."""

    id: int
    file: str
    kind: str = "ovrigt"
    title: str = ""
    when: When = UNKNOWN
    body: str = ""
    numbers: tuple[str, ...] = ()

    @property
    def kind_title(self) -> str:
        """The kind in words."""
        return kind_titles()[self.kind]

    @property
    def name(self) -> str:
        """What a person would call it: its title, or its file's name where it has none."""
        return self.title or self.file


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is said: document, page, and the verbatim words (white space folded)."""

    document: int
    file: str
    page: int
    quote: str


def holdings(store: Store, documents: Collection[int] | None = None) -> dict[int, Holding]:
    """Return every document that holds text, or those of some, by its id."""
    facts: dict[int, dict[str, Any]] = {}
    for document, value in store.values(Kind, Title, OwnDate, OwnNumber, Body, documents=documents):
        _note(facts.setdefault(document, {}), value)
    listed = store.documents(among=documents)
    return {one.id: Holding(one.id, one.file, **facts.get(one.id, {})) for one in listed if one.pages_held}


def known_too(
    store: Store, documents: Collection[int] | None, known: Mapping[int, Holding] | None
) -> Mapping[int, Holding]:
    """Return some documents (all, where none are named), those that are known already without looking them up."""
    if known is None or documents is None:
        return holdings(store, documents)
    missing = set(documents).difference(known)
    return {**known, **holdings(store, missing)} if missing else known


def source(held: Mapping[int, Holding], document: int, finding: Finding) -> Source:
    """Return where a finding is said."""
    return Source(document, held[document].file, finding.page, finding.text)


def _note(facts: dict[str, Any], value: Value) -> None:
    match value:
        case Kind(name):
            facts["kind"] = name
        case Title(text):
            facts["title"] = text
        case OwnDate(when):
            facts["when"] = when
        case OwnNumber(number):
            facts["numbers"] = (*facts.get("numbers", ()), str(number))
        case Body(name):
            facts["body"] = name
        case _:
            pass
