"""The parts of a query: what a person asked for, whatever way it was typed. `index/query.py` reads them."""

from dataclasses import dataclass

from corpus.case_numbers import CaseNumber
from corpus.links import Status


@dataclass(frozen=True, slots=True)
class Word:
    """A word, lower case."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so, lower case."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row, lower case."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A case number, or the words it was typed in where it turns out to be none."""

    number: CaseNumber
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A motion or its like by its number (`motion 2016:5`), with no `kind` where only the number was typed.

    `words` are the two of the number, for texts where it is not known as one.
    """

    kind: str
    number: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A paragraph of minutes or law (`§ 63/20`) by its number."""

    number: str


@dataclass(frozen=True, slots=True)
class Party:
    """A party by name or code, and the words it was typed in."""

    code: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonym:
    """Any name of a concept (`index/synonyms.py`) that was asked for by several words in a row, `typed`."""

    concept: str
    typed: str


@dataclass(frozen=True, slots=True)
class InTitle:
    """Words of the title."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfKind:
    """A kind of document by its key or Swedish name; in quotes (`exact`) no other kind with that word in its name."""

    name: str
    exact: bool


@dataclass(frozen=True, slots=True)
class OfBody:
    """A board or council by words of its name."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfParty:
    """A party the document names, by its code (or what was typed, in capitals)."""

    code: str


@dataclass(frozen=True, slots=True)
class OfPerson:
    """A person the document names, by surname or whole name, lower case."""

    name: str


@dataclass(frozen=True, slots=True)
class OfNumber:
    """A case number the document carries or mentions."""

    number: CaseNumber


@dataclass(frozen=True, slots=True)
class OfMatter:
    """The case number of a matter the document belongs to, by its own number or by that of what it answers."""

    number: CaseNumber


@dataclass(frozen=True, slots=True)
class OfStatus:
    """A question in the document of which one of these holds (`corpus.links.Status`); `name` as typed."""

    name: str
    statuses: tuple[Status, ...]


@dataclass(frozen=True, slots=True)
class Holds:
    """A finding of a kind (a key of `vocabulary/holds.toml`) in the document; `name` as typed."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A date that may lie between two days (YYYYMMDD, both included)."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Undated:
    """No date of its own."""


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of several."""

    choices: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Query:
    """Everything asked for: `wanted` ranks, `filters` only narrow, `excluded` must not be met."""

    wanted: tuple["Node", ...] = ()
    filters: tuple["Node", ...] = ()
    excluded: tuple["Node", ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.filters or self.excluded)


Filter = OfKind | OfBody | OfParty | OfPerson | OfNumber | OfMatter | OfStatus | Holds | Dated | Undated
Node = Word | Synonym | Prefix | Phrase | Number | Numbered | Section | Party | InTitle | Either | Query | Filter


def leaves(node: Node) -> list[Node]:
    """Return the words, phrases, keys and filters a query asks for, not those it excludes, in order."""
    if isinstance(node, Query):
        return [leaf for child in (*node.wanted, *node.filters) for leaf in leaves(child)]
    if isinstance(node, Either):
        return [leaf for child in node.choices for leaf in leaves(child)]
    return [node]
