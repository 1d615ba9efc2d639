"""What is held: each document with the few facts every answer shows, and the source of a quote."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from corpus.dates import UNKNOWN, When
from corpus.records import Finding
from corpus.store import Store
from corpus.values import Body, Kind, OwnDate, OwnNumber, Title
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
    listed = store.documents(among=documents)
    held = {one.id: Holding(one.id, one.file) for one in listed if one.pages_held}
    for (document, _), finding in store.findings(Kind, Title, OwnDate, OwnNumber, Body, documents=documents):
        if document in held:
            held[document] = _with(held[document], finding)
    return held


def source(held: Mapping[int, Holding], document: int, finding: Finding) -> Source:
    """Return where a finding is said."""
    return Source(document, held[document].file, finding.page, finding.text)


def _with(holding: Holding, finding: Finding) -> Holding:
    match finding.value:
        case Kind(name):
            return replace(holding, kind=name)
        case Title(text):
            return replace(holding, title=text)
        case OwnDate(when):
            return replace(holding, when=when)
        case OwnNumber(number):
            return replace(holding, numbers=(*holding.numbers, str(number)))
        case Body(name):
            return replace(holding, body=name)
        case _:
            return holding
