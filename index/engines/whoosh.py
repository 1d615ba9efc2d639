"""The embedded engine: Whoosh holds the postings and scores terms (BM25F); clauses are combined here, set by set.

What Whoosh is known to trip on is kept away from it. Documents come as lists of terms through its own field types, so
its pickled schema names no module of ours. A changed document is looked up, deleted and added (`update_document`
opens a searcher each time: 80 ms). A segment's files are kept apart: joined in one they are copied at each opening.
Clauses are evaluated one posting list at a time into `{document: score}`: it costs time with the hits, never with
their combinations. Its lock is the operating system's and dies with its process; it is held here, because a writer that
meets a full disk while it is made leaves it locked.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import Any, Self, TypeVar

import whoosh
from whoosh import columns, fields, query, reading, scoring
from whoosh.filedb.filestore import FileStorage

from corpus.durable import settle
from index.analysis import Field
from index.engines.protocol import (
    FACETS,
    FAR_DAY,
    MISSED,
    MOST_VALUES,
    All,
    Among,
    Between,
    Clause,
    Document,
    Either,
    Everything,
    Facet,
    Filtered,
    Found,
    Hit,
    IndexBroken,
    IndexBusy,
    Most,
    Order,
    Phrase,
    Prefix,
    Term,
    Undated,
    recency,
    what_is_wrong,
)
from index.engines.unpickling import be_careful

be_careful()
VERSION = f"whoosh {'.'.join(map(str, whoosh.__version__))}, schema 3"
PARTS = "MAIN_*.*"
WRITER_MEGABYTES = 128
ATTEMPTS = 5  # to read while others merge
MOST_PREFIXED = 2_000  # words a prefix may stand for
_BETWEEN_FACETS, _BETWEEN_VALUES = "\x1e", "\x1f"
_TERM_FIELDS: tuple[Field, ...] = ("word", "stem", "part", "fold", "title", "original", "key")
_NO_FACETS: dict[Facet, dict[str, int]] = {facet: {} for facet in FACETS}

T = TypeVar("T")
Scores = dict[int, float]


def create(folder: Path) -> "WhooshEngine":
    """Make an empty index in a new folder."""
    folder.mkdir(parents=True)
    return WhooshEngine(_Storage(str(folder)).create_index(_schema()))


def open_folder(folder: Path) -> "WhooshEngine":
    """Open the index in a folder. Raises IndexBroken where there is none that can be read."""
    with _or_broken():
        return WhooshEngine(_Storage(str(folder)).open_index())


@contextmanager
def _or_broken() -> Iterator[None]:
    """Do something with an index; what Whoosh does not like of its files is a broken index."""
    try:
        yield
    except Exception as error:
        raise what_is_wrong(error) from error


class _Storage(FileStorage):  # type: ignore[misc]
    """Files that are on the disk before the table of contents that names them."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: FBT001, FBT002 – Whoosh's
        """Put a file in use under its name: Whoosh does so with its table of contents alone."""
        for file in Path(self.folder).iterdir():
            if file.is_file():
                settle(file)
        super().rename_file(oldname, newname, safe)
        settle(Path(self.folder))


def _schema() -> Any:
    listed = fields.KEYWORD(scorable=True)
    return fields.Schema(
        id=fields.ID(unique=True),
        word=fields.TEXT(analyzer=listed.analyzer),
        **{name: fields.KEYWORD(scorable=True) for name in _TERM_FIELDS if name not in {"word", "key"}},
        key=fields.KEYWORD(scorable=False),
        number=fields.COLUMN(columns.NumericColumn("q")),
        first=fields.COLUMN(columns.NumericColumn("i")),
        last=fields.COLUMN(columns.NumericColumn("i")),
        facets=fields.COLUMN(columns.VarBytesColumn()),
        card=fields.STORED(),
    )


class _Weighting(scoring.BM25F):  # type: ignore[misc]
    """BM25 with the inverse document frequency that Lucene and tantivy use: engines rank alike."""

    def idf(self, searcher: Any, fieldname: str, text: bytes) -> float:
        """Return how telling a term is."""
        parent = searcher.get_parent()
        held, of = parent.doc_frequency(fieldname, text), parent.doc_count_all()
        return math.log(1 + (of - held + 0.5) / (held + 0.5))


class WhooshEngine:
    """An open Whoosh index."""

    def __init__(self, held: Any) -> None:
        self._index = held
        self._open: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the files."""
        if self._open is not None:
            self._open.close()
            self._open = None
        self._index.close()

    def update(self, documents: Iterable[Document], gone: Iterable[int] = ()) -> None:
        """Write documents in place of those with the same id and take others away, in one commit."""
        with self._alone():
            with _or_broken():
                writer = self._index.writer(limitmb=WRITER_MEGABYTES, compound=False, _lk=False)
            try:
                self._write(writer, documents, gone)
            except BaseException:
                with suppress(Exception):  # what went wrong first is what matters
                    writer.cancel()
                raise
        self._refresh()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = self._index.lock("WRITELOCK")
        with _or_broken():
            taken = lock.acquire()
        if not taken:
            raise IndexBusy("another process writes")
        try:
            yield
        finally:
            lock.release()

    def _write(self, writer: Any, documents: Iterable[Document], gone: Iterable[int]) -> None:
        with _or_broken():
            held = self._index.refresh().searcher()
        with held:
            for document in gone:
                _delete(writer, held, document)
            for entry in documents:
                with _or_broken():
                    _delete(writer, held, entry.id)
                    writer.add_document(**_row(entry))
        with _or_broken():
            writer.commit()

    def search(
        self, clause: Clause, *, limit: int, offset: int = 0, order: Order = "relevance", facets: bool = True
    ) -> Found:
        """Find documents in an order. Raises IndexBroken where the index cannot be read."""
        return self._reading(lambda: self._search(clause, limit, offset, order, facets=facets))

    def holds(self, field: Field, text: str) -> bool:
        """Tell whether any document has the term."""
        return self._reading(lambda: self._holds(field, text))

    def words(self, prefix: str) -> list[str]:
        """Return the words of all documents that begin so."""
        return self._reading(lambda: [w.decode() for w in self._searcher().reader().expand_prefix("word", prefix)])

    def beginning(self, field: Field, prefix: str, most: int) -> list[tuple[str, int]]:
        """Return the terms of a field that begin so, the commonest first."""
        return self._reading(lambda: self._beginning(field, prefix, most))

    def frequency(self, word: str) -> int:
        """Return about how many documents hold a word."""
        return self._reading(lambda: int(self._searcher().reader().doc_frequency("word", word)))

    def _reading(self, work: Callable[[], T]) -> T:
        """Read; a file that a writer's merge took away is looked for where the index is now."""
        for _ in range(ATTEMPTS):
            try:
                return work()
            except FileNotFoundError:
                with _or_broken():
                    self._refresh()
            except Exception as error:
                raise what_is_wrong(error) from error
        raise IndexBroken("its files are gone")

    def _holds(self, field: Field, text: str) -> bool:
        reader = self._searcher().reader()
        held = (field, text.encode()) in reader
        return held and reader.postings(field, text).is_active()  # a term outlives its last document until a merge

    def _beginning(self, field: Field, prefix: str, most: int) -> list[tuple[str, int]]:
        reader = self._searcher().reader()
        held = [(term.decode(), int(reader.doc_frequency(field, term))) for term in reader.expand_prefix(field, prefix)]
        return sorted(held, key=lambda one: (-one[1], one[0]))[:most]

    def _search(self, clause: Clause, limit: int, offset: int, order: Order, *, facets: bool) -> Found:
        searcher = self._searcher()
        reader = searcher.reader()
        if not reader.doc_count():  # Whoosh's reader of nothing has no columns
            return Found(0, 0, (), _NO_FACETS)
        evaluation = _Evaluation(searcher)
        scores = evaluation.scores(clause)
        number = reader.column_reader("number")
        places, score = _ordered(reader, scores, order)
        hits = [Hit(number[at], score(at), reader.stored_fields(at)["card"]) for at in places[offset : offset + limit]]
        counted = _facets(reader, scores) if facets else dict(_NO_FACETS)
        return Found(len(scores), evaluation.complete(len(scores)), tuple(hits), counted)

    def _searcher(self) -> Any:
        if self._open is None:
            self._open = self._index.searcher(weighting=_Weighting())
        return self._open

    def _refresh(self) -> None:
        if self._open is not None:
            self._open.close()
        self._index, self._open = self._index.refresh(), None


class _Evaluation:
    """Evaluates the clauses of one search over one state of the index."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self._reader = searcher.reader()
        self._complete: int | None = None

    def complete(self, total: int) -> int:
        """Return how many documents met every wanted clause."""
        return total if self._complete is None else self._complete

    def scores(self, clause: Clause) -> Scores:
        """Return the documents that meet a clause, by Whoosh's numbers, with their scores."""
        match clause:
            case Term(field, text, boost):
                return self._postings(query.Term(field, text), boost)
            case Phrase(words, boost):
                return self._postings(query.Phrase("word", list(words)), boost)
            case Prefix(field, text, boost):
                return self._prefixed(field, text, boost)
            case All(clauses):
                return reduce(_both, map(self.scores, clauses))
            case Either(clauses):
                return _sum(map(self.scores, clauses))
            case Most():
                return self._most(clause, lambda _: True)
            case Filtered():
                return self._filtered(clause)
            case _:
                return self._narrowing(clause)

    def _narrowing(self, clause: Between | Undated | Among | Everything) -> Scores:
        match clause:
            case Among(ids):
                return dict.fromkeys(self._numbered(ids), 0.0)
            case Everything():
                return dict.fromkeys(self._reader.all_doc_ids(), 1.0)
            case _:
                return dict.fromkeys(filter(self._within(clause), self._reader.all_doc_ids()), 0.0)

    def _postings(self, leaf: Any, boost: float) -> Scores:
        """Read one posting list. Its matcher is Whoosh's own; a term that is not held gives nothing."""
        found: Scores = {}
        for searcher, offset in self._searcher.leaf_searchers():
            matcher = leaf.matcher(searcher, searcher.context(weighting=self._searcher.weighting))
            while matcher.is_active():
                found[matcher.id() + offset] = matcher.score() * boost
                matcher.next()
        return found

    def _prefixed(self, field: Field, text: str, boost: float) -> Scores:
        found: Scores = {}
        for term in islice(self._reader.expand_prefix(field, text), MOST_PREFIXED):
            found.update(dict.fromkeys(self._reader.postings(field, term).all_ids(), boost))
        return found

    def _most(self, clause: Most, allowed: Callable[[int], bool]) -> Scores:
        met = [self.scores(part) for part in clause.clauses]
        times = Counter(at for scores in met for at in scores if allowed(at))
        total, complete = _sum(met), sum(count == len(met) for count in times.values())
        self._complete = complete
        least = clause.least if complete < clause.enough else len(met)
        return {at: total[at] * (count / len(met)) ** MISSED for at, count in times.items() if count >= least}

    def _filtered(self, clause: Filtered) -> Scores:
        kept = [self._meets(part) for part in clause.only]
        dropped = [self._meets(part) for part in clause.without]

        def allowed(at: int) -> bool:
            return all(meets(at) for meets in kept) and not any(meets(at) for meets in dropped)

        if isinstance(clause.clause, Most):
            return self._most(clause.clause, allowed)
        return {at: score for at, score in self.scores(clause.clause).items() if allowed(at)}

    def _numbered(self, ids: Iterable[int]) -> Iterator[int]:
        for held in ids:
            with suppress(reading.TermNotFound):
                yield self._reader.first_id("id", str(held))

    def _meets(self, clause: Clause) -> Callable[[int], bool]:
        """Return what tells whether a document meets a clause: a date is read of the documents asked about alone."""
        return self._within(clause) if isinstance(clause, Between | Undated) else self.scores(clause).__contains__

    def _within(self, clause: Between | Undated) -> Callable[[int], bool]:
        first, last = self._reader.column_reader("first"), self._reader.column_reader("last")
        if isinstance(clause, Undated):
            return lambda at: not first[at]
        return lambda at: bool(first[at]) and first[at] <= clause.last and last[at] >= clause.first


def _ordered(reader: Any, scores: Scores, order: Order) -> tuple[list[int], Callable[[int], float]]:
    """Return the documents found in order, and what gives the score of one: 0 in order of time."""
    if order == "relevance":
        last = reader.column_reader("last")
        weighed = {at: score * recency(last[at]) for at, score in scores.items()}
        return sorted(weighed, key=lambda at: (-weighed[at], at)), weighed.__getitem__
    if order == "newest":
        last = reader.column_reader("last")
        return sorted(scores, key=lambda at: (-last[at], at)), lambda _: 0.0
    first = reader.column_reader("first")
    return sorted(scores, key=lambda at: (first[at] or FAR_DAY, at)), lambda _: 0.0


def _both(one: Scores, other: Scores) -> Scores:
    return {at: score + other[at] for at, score in one.items() if at in other}


def _sum(several: Iterable[Scores]) -> Scores:
    total: Scores = {}
    for scores in several:
        for at, score in scores.items():
            total[at] = total.get(at, 0.0) + score
    return total


def _facets(reader: Any, found: Iterable[int]) -> dict[Facet, dict[str, int]]:
    """Count the facet values of all documents found."""
    column = reader.column_reader("facets")
    rows = [column[at].decode().split(_BETWEEN_FACETS) for at in found]
    return {facet: _commonest(_BETWEEN_VALUES.join(row[i] for row in rows)) for i, facet in enumerate(FACETS)}


def _commonest(packed: str) -> dict[str, int]:
    counts = Counter(filter(None, packed.split(_BETWEEN_VALUES)))
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_VALUES])


def _row(entry: Document) -> dict[str, Any]:
    packed = _BETWEEN_FACETS.join(_BETWEEN_VALUES.join(entry.facets.get(facet, ())) for facet in FACETS)
    return {
        **{name: entry.terms.get(name, []) for name in _TERM_FIELDS},
        "id": str(entry.id),
        "number": entry.id,
        "first": entry.first,
        "last": entry.last,
        "facets": packed.encode(),
        "card": entry.card,
    }


def _delete(writer: Any, held: Any, document: int) -> None:
    with suppress(reading.TermNotFound):
        writer.delete_document(held.reader().first_id("id", str(document)))
