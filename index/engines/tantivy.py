"""The engine for large libraries: tantivy, in this process. Clauses become its queries, one to one.

What tantivy is known to trip on is kept away from it. Its query parser (which drops the star of `social*`) and its
highlighter (whose offsets are UTF-8 bytes) are not used. Text comes as terms in a row, parted by spaces, through its
tokenizer of white space; a key is a whole value. An index of another format is broken, and so built again. There is
one writer to an index, held to that by a lock of the operating system's that dies with its process. Even who reads
takes a lock: an index that cannot be written is opened through links in a folder that can.
"""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self, TypeVar

import tantivy
from tantivy import FieldType, Occur, Query, TextAnalyzerBuilder, Tokenizer

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

VERSION = f"tantivy {version('tantivy')}, schema 1"
PARTS = "[0-9a-f]*.*"  # named by hexadecimal numbers
WRITER_BYTES = 128_000_000
_WORDLIKE: tuple[Field, ...] = ("stem", "part", "fold", "title", "original")
_NO_FACETS: dict[Facet, dict[str, int]] = {facet: {} for facet in FACETS}

T = TypeVar("T")


def create(folder: Path) -> "TantivyEngine":
    """Make an empty index in a new folder."""
    folder.mkdir(parents=True)
    return TantivyEngine(tantivy.Index(_schema(), path=str(folder), reuse=False))


def open_folder(folder: Path) -> "TantivyEngine":
    """Open the index in a folder. Raises IndexBroken where there is none that can be read."""
    if folder.is_dir() and not os.access(folder, os.W_OK):
        return _opened_beside(folder)
    return _or_broken(lambda: TantivyEngine(tantivy.Index.open(str(folder))))


def _opened_beside(folder: Path) -> "TantivyEngine":
    beside = TemporaryDirectory(prefix="aktspar-")
    try:
        for file in folder.iterdir():
            if file.suffix != ".lock":
                (Path(beside.name) / file.name).symlink_to(file.absolute())
        return _or_broken(lambda: TantivyEngine(tantivy.Index.open(beside.name), beside))
    except BaseException:
        beside.cleanup()
        raise


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", indexed=True, fast=True)  # deleting by an unsigned one deletes nothing
    builder.add_text_field("word", tokenizer_name="whitespace", index_option="position")
    for name in _WORDLIKE:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    for facet in FACETS:
        builder.add_text_field(_column(facet), tokenizer_name="raw", index_option="basic", fast=True)
    for day in ("first", "last", "oldest"):
        builder.add_unsigned_field(day, fast=True)
    builder.add_float_field("recency", fast=True)
    builder.add_bytes_field("card", stored=True)
    return builder.build()


def _column(facet: Facet) -> str:
    return f"facet_{facet}"


class TantivyEngine:
    """An open tantivy index."""

    def __init__(self, held: tantivy.Index, beside: TemporaryDirectory[str] | None = None) -> None:
        """Open an index; `beside` is the folder it was opened in, where its own cannot be written."""
        self._index, self._beside = held, beside
        self._index.config_reader(reload_policy="Manual")  # no thread that watches the folder
        self._index.register_tokenizer("whitespace", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
        self._schema = held.schema
        self._searcher = held.searcher()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the state that was read; tantivy closes its files with the last who holds them."""
        del self._searcher
        if self._beside is not None:
            self._beside.cleanup()

    def update(self, documents: Iterable[Document], gone: Iterable[int] = ()) -> None:
        """Write documents in place of those with the same id and take others away, in one commit."""
        try:
            writer = self._index.writer(heap_size=WRITER_BYTES, num_threads=1)
        except ValueError as error:
            raise IndexBusy(str(error)) from error
        try:
            for document in gone:
                writer.delete_documents_by_term("id", document)
            for entry in documents:
                writer.delete_documents_by_term("id", entry.id)
                _or_broken(partial(writer.add_document, _row(entry)))
            _or_broken(writer.commit)
        except BaseException:
            with suppress(ValueError):  # as after a full disk: the last commit stands all the same
                writer.rollback()
            raise
        _or_broken(writer.wait_merging_threads)
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(
        self, clause: Clause, *, limit: int, offset: int = 0, order: Order = "relevance", facets: bool = True
    ) -> Found:
        """Find documents in an order. Raises IndexBroken where the index cannot be read."""
        return _or_broken(lambda: self._search(clause, limit, offset, order, facets=facets))

    def holds(self, field: Field, text: str) -> bool:
        """Tell whether any document has the term."""
        # A term outlives its last document until a merge: the dictionary alone would not do.
        return bool(self._searcher.search(self._query(Term(field, text)), limit=1, count=False).hits)

    def words(self, prefix: str) -> list[str]:
        """Return the words of all documents that begin so."""
        return [word for word, _ in self._searcher.terms_with_prefix("word", prefix)]

    def beginning(self, field: Field, prefix: str, most: int) -> list[tuple[str, int]]:
        """Return the terms of a field that begin so, the commonest first."""
        return _or_broken(lambda: self._searcher.terms_with_prefix(field, prefix, limit=most))

    def frequency(self, word: str) -> int:
        """Return about how many documents hold a word."""
        return self._searcher.doc_freq("word", word)

    def _search(self, clause: Clause, limit: int, offset: int, order: Order, *, facets: bool) -> Found:
        wanted, complete = self._relaxed(clause)
        found = self._top(wanted, limit, offset, order)
        total = found.count
        counted = self._facets(wanted) if facets and total else _NO_FACETS
        return Found(total, total if complete is None else complete, self._hits(found, limit), counted)

    def _relaxed(self, clause: Clause) -> tuple[Query, int | None]:
        """Return the query for all of what is wanted, or for most of it where few have all, and how many have all."""
        inner = clause.clause if isinstance(clause, Filtered) else clause
        if not isinstance(inner, Most) or len(inner.clauses) < 2:
            return self._query(clause), None
        strict = self._query(_around(clause, All(inner.clauses)))
        complete = self._count(strict)
        return (strict, complete) if complete >= inner.enough else (self._query(clause), complete)

    def _count(self, query: Query) -> int:
        found: Any = self._searcher.search(query, limit=1)
        return int(found.count)

    def _top(self, query: Query, limit: int, offset: int, order: Order) -> Any:  # its stub leaves out the count
        most = max(limit, 1)
        match order:
            case "newest":
                return self._searcher.search(query, most, offset=offset, order_by_field="last")
            case "oldest":
                return self._searcher.search(
                    query, most, offset=offset, order_by_field="oldest", order=tantivy.Order.Asc
                )
            case _:
                return self._searcher.search(query, most, offset=offset, weight_by_field="recency")

    def _hits(self, found: Any, limit: int) -> tuple[Hit, ...]:
        """Return the hits with their cards. A hit in order of time has no score."""
        places = [place for _, place in found.hits[:limit]]
        ids = self._searcher.fast_field_values("id", places)
        scores = [key if isinstance(key, float) else 0.0 for key, _ in found.hits]
        cards = [(self._searcher.doc(place).get_first("card") or b"").decode() for place in places]
        return tuple(Hit(int(held or 0), score, card) for held, score, card in zip(ids, scores, cards, strict=False))

    def _facets(self, query: Query) -> dict[Facet, dict[str, int]]:
        wanted = {facet: {"terms": {"field": _column(facet), "size": MOST_VALUES}} for facet in FACETS}
        counted = self._searcher.aggregate(query, wanted)
        return {facet: _commonest_first(counted[facet]["buckets"]) for facet in FACETS}

    def _query(self, clause: Clause) -> Query:
        """Return the query for a clause; its scores are those of the protocol."""
        match clause:
            case Term(field, text, boost):
                leaf = Query.term_query(self._schema, field, text, "freq")
                return _constant(leaf, boost) if field == "key" else Query.boost_query(leaf, boost)
            case Phrase(words, boost):
                return self._phrase(words, boost)
            case Prefix(field, text, boost):
                return _constant(Query.regex_query(self._schema, field, f"{re.escape(text)}.*"), boost)
            case All(clauses):
                return _combined(Occur.Must, map(self._query, clauses))
            case Either(clauses):
                return _combined(Occur.Should, map(self._query, clauses))
            case Most():
                return self._most(clause)
            case Filtered(inner, only, without):
                kept = [(Occur.Must, _constant(self._query(part), 0.0)) for part in only]
                dropped = [(Occur.MustNot, self._query(part)) for part in without]
                return Query.boolean_query([(Occur.Must, self._query(inner)), *kept, *dropped])
            case Everything():
                return _constant(Query.all_query(), 1.0)
            case _:
                return _constant(self._narrowing(clause), 0.0)

    def _phrase(self, words: Sequence[str], boost: float) -> Query:
        """Words in a row score what they score each."""
        terms = [Query.boost_query(Query.term_query(self._schema, "word", word, "freq"), boost) for word in words]
        if len(words) < 2:
            return _combined(Occur.Must, terms)
        row = _constant(Query.phrase_query(self._schema, "word", list(words)), 0.0)
        return _combined(Occur.Must, [row, *terms])

    def _narrowing(self, clause: Between | Undated | Among) -> Query:
        match clause:
            case Between(first, last):
                begun = Query.range_query(self._schema, "first", FieldType.Unsigned, 1, last)
                return _combined(
                    Occur.Must, [begun, Query.range_query(self._schema, "last", FieldType.Unsigned, first, None)]
                )
            case Undated():
                return Query.range_query(self._schema, "first", FieldType.Unsigned, 0, 0)
            case Among(ids):
                return Query.term_set_query(self._schema, "id", list(ids))

    def _most(self, clause: Most) -> Query:
        """Add up over how many clauses a document meets exactly: each number scores by its share."""
        parts = [(Occur.Should, self._query(part)) for part in clause.clauses]
        levels = []
        for met in range(max(clause.least, 1), len(parts) + 1):
            exactly = [(Occur.Must, Query.boolean_query(parts, met))]
            if met < len(parts):
                exactly.append((Occur.MustNot, Query.boolean_query(parts, met + 1)))
            levels.append(Query.boost_query(Query.boolean_query(exactly), (met / len(parts)) ** MISSED))
        return _combined(Occur.Should, levels)


def _around(clause: Clause, inner: Clause) -> Clause:
    return replace(clause, clause=inner) if isinstance(clause, Filtered) else inner


def _constant(query: Query, score: float) -> Query:
    return Query.const_score_query(query, score)


def _combined(occur: Occur, queries: Iterable[Query]) -> Query:
    parts = [(occur, query) for query in queries]
    return Query.boolean_query(parts) if parts else Query.empty_query()


def _commonest_first(buckets: Iterable[dict[str, Any]]) -> dict[str, int]:
    counted = [(bucket["key"], bucket["doc_count"]) for bucket in buckets]
    return dict(sorted(counted, key=lambda pair: (-pair[1], pair[0])))


def _row(entry: Document) -> tantivy.Document:
    row = tantivy.Document()
    row.add_integer("id", entry.id)
    for name in ("word", *_WORDLIKE):
        row.add_text(name, " ".join(entry.terms.get(name, ())))
    for key in dict.fromkeys(entry.terms.get("key", ())):
        row.add_text("key", key)
    for facet in FACETS:
        for value in entry.facets.get(facet, ()):
            row.add_text(_column(facet), value)
    row.add_unsigned("first", entry.first)
    row.add_unsigned("last", entry.last)
    row.add_unsigned("oldest", entry.first or FAR_DAY)
    row.add_float("recency", 2 ** recency(entry.last) - 2)  # tantivy multiplies a score by log2(2 + recency)
    row.add_bytes("card", entry.card.encode())
    return row


def _or_broken(work: Callable[[], T]) -> T:
    """Do something with an index; what tantivy does not like of its files is a broken index."""
    try:
        return work()
    except Exception as error:
        raise what_is_wrong(error) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # what Rust throws is no Exception, and cannot be imported
            raise what_is_wrong(error) from error
        raise
