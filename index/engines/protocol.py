"""What a search engine must do for us: hold analysed documents and find them by a small tree of clauses.

The query language and the analysis are ours; an engine sees neither, only terms in named fields and how they are to be
combined. A third engine is one more module with `create`, `open_folder`, `VERSION` and `PARTS` (`index/sums.py`) that
gives the same answers: the tests of `tests/index/test_engines.py` say what that means.
"""

import errno
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, Self

from corpus.errors import is_the_machines
from index.analysis import Field

Facet = Literal["kind", "year", "party", "body", "person", "matter", "status"]
FACETS: tuple[Facet, ...] = ("kind", "year", "party", "body", "person", "matter", "status")
MOST_VALUES = 50  # values of a facet that are counted, the commonest first

Order = Literal["relevance", "newest", "oldest"]

FAR_DAY = 99999999  # where a document without a date stands, oldest first
MISSED = 3  # how hard a missing word weighs
NEWER = 0.0045  # what the newest document's score gains on an undated one's: equals stand newest first


class IndexBroken(Exception):
    """The index cannot be read; it is to be built again from the store."""


class IndexBusy(Exception):
    """Another process is writing to the index."""


_SYSTEMS = re.compile(r"os error (\d+)")  # so Rust ends its messages


def what_is_wrong(error: BaseException) -> Exception:
    """Return what an engine's error means: a full disk, say, or too little memory, else a broken index."""
    told = _SYSTEMS.search(str(error))
    if told:
        error = OSError(int(told[1]), os.strerror(int(told[1])))
    if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno == errno.ENOMEM):
        return MemoryError(str(error))
    return error if isinstance(error, OSError) and is_the_machines(error) else IndexBroken(str(error))


@dataclass(frozen=True, slots=True)
class Document:
    """One analysed document. `first` and `last` bound its date as YYYYMMDD, 0 without one; `card` is given back."""

    id: int
    terms: Mapping[Field, list[str]]
    first: int
    last: int
    facets: Mapping[Facet, tuple[str, ...]]
    card: str


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with a term in a field, scored by BM25F times `boost`."""

    field: Field
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Documents with a term in a field that begins so."""

    field: Field
    text: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Documents with these words in a row."""

    words: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Between:
    """Documents whose date may lie between two days (YYYYMMDD, both included); never those without a date."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Undated:
    """Documents without a date."""


@dataclass(frozen=True, slots=True)
class Among:
    """Documents with these ids."""

    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """All documents."""


@dataclass(frozen=True, slots=True)
class All:
    """Documents that meet every clause; scores add up."""

    clauses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Documents that meet at least one clause; scores add up."""

    clauses: tuple["Clause", ...]


@dataclass(frozen=True, slots=True)
class Most:
    """Documents that meet every clause and, where those are fewer than `enough`, also those that meet `least`.

    A document's score is the sum times the share of clauses it meets to the power of MISSED.
    """

    clauses: tuple["Clause", ...]
    least: int
    enough: int


@dataclass(frozen=True, slots=True)
class Filtered:
    """Documents of `clause` that meet every one of `only` and none of `without`; the score is that of `clause`."""

    clause: "Clause"
    only: tuple["Clause", ...] = ()
    without: tuple["Clause", ...] = ()


Clause = Term | Prefix | Phrase | Between | Undated | Among | Everything | All | Either | Most | Filtered


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found: its id, score and card."""

    id: int
    score: float
    card: str


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: how many in all, how many of them meet every clause, one page of hits, facets of all of them.

    A facet's values come commonest first, at most MOST_VALUES of them; none are counted where none were asked for.
    """

    total: int
    complete: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, Mapping[str, int]]


class Engine(Protocol):
    """An open index. Not to be shared between threads."""

    def update(self, documents: Iterable[Document], gone: Iterable[int] = ()) -> None:
        """Write documents in place of those with the same id and take others away, all or nothing, and on the disk.

        Raises IndexBusy while another process writes, IndexBroken where the index cannot be read, and OSError where
        the machine has no room left.
        """
        ...

    def search(
        self, clause: Clause, *, limit: int, offset: int = 0, order: Order = "relevance", facets: bool = True
    ) -> Found:
        """Find documents in an order: best first (equals newest first), or by date, those without one last.

        Raises IndexBroken where the index cannot be read.
        """
        ...

    def holds(self, field: Field, text: str) -> bool:
        """Tell whether any document has the term."""
        ...

    def words(self, prefix: str) -> list[str]:
        """Return the words of all documents that begin so, among them such as no document holds any more."""
        ...

    def beginning(self, field: Field, prefix: str, most: int) -> list[tuple[str, int]]:
        """Return the terms of a field that begin so, with about how many documents hold each, the commonest first."""
        ...

    def frequency(self, word: str) -> int:
        """Return about how many documents hold a word."""
        ...

    def close(self) -> None:
        """Release the files."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...


def recency(last: int) -> float:
    """Return what a score is multiplied by for a document's date (YYYYMMDD, 0 without one), from 1 to 1 + NEWER."""
    return 1 + NEWER * min(max(last - _FIRST_DAY, 0) / (_LAST_DAY - _FIRST_DAY), 1.0) if last else 1.0


_FIRST_DAY, _LAST_DAY = 19000101, 20991231
