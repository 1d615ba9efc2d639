"""Search: from what a person typed to documents, best first, each with its best passage and why it was found.

All words are wanted; where few documents have them all, those with most of the words follow. A word no document holds
is answered with the nearest one ("menade du"), which is searched for instead where nothing else was found. Documents
without a date never pass a date filter and are never dropped in silence either: they are counted.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from corpus.dates import When
from corpus.store import Store
from index import plan
from index.catalogue import discard, open_index
from index.engines.protocol import FACETS, Engine, Facet, Found, IndexBroken
from index.engines.protocol import Hit as Ranked
from index.entries import read_card
from index.nodes import Dated, Query
from index.passages import Matcher, matches, met_filters
from index.query import parse
from index.suggestions import suggestion
from index.topics import mentions, topic_terms

__all__ = ["Hit", "Result", "each_ranked", "matches", "mentions", "ranked", "search", "topic_terms"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. `snippet` is plain text from page `page`; `highlights` are (start, end) characters of it.

    `kind` is a key of `vocabulary/kinds.toml`; `why` says in Swedish what was met, in the query's order.
    """

    document: int
    file: str
    title: str
    kind: str | None
    date: When | None
    score: float
    page: int
    snippet: str
    highlights: tuple[tuple[int, int], ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """An answer: `total` documents, of which `complete` have every word, and one page of hits.

    `undated` documents meet the query but have no date for its date filter to judge. `suggestion` is a better spelling
    of the query; where `replaced`, the hits are for that.
    """

    query: str
    total: int
    complete: int
    hits: tuple[Hit, ...]
    facets: Mapping[Facet, Mapping[str, int]]
    suggestion: str | None = None
    replaced: bool = False
    undated: int = 0


def search(store: Store, home: Path, query: str, limit: int = 10, offset: int = 0) -> Result:
    """Search the library in `home`. Never raises for what was typed; a blank query finds nothing."""

    def answer(engine: Engine) -> Result:
        asked, found, better, replaced = _found(engine, query, max(limit, 0), max(offset, 0))
        hits = _hits(store, asked, found)
        undated = _undated(engine, asked)
        return Result(query, found.total, found.complete, hits, found.facets, better, replaced, undated)

    if not parse(query):
        return Result(query, 0, 0, (), {facet: {} for facet in FACETS})
    return _with_index(store, home, answer)


def ranked(store: Store, home: Path, query: str, limit: int) -> list[tuple[int, float]]:
    """Return the ids and scores of the documents `search` finds, best first, without reading any of their pages."""
    return each_ranked(store, home, [query], limit)[0]


def each_ranked(store: Store, home: Path, queries: Sequence[str], limit: int) -> list[list[tuple[int, float]]]:
    """Return what `ranked` does for each of several queries; the index is opened once, which costs as a search does."""

    def answer(engine: Engine) -> list[list[tuple[int, float]]]:
        found = [_found(engine, query, limit, 0)[1].hits if parse(query) else () for query in queries]
        return [[(hit.id, hit.score) for hit in hits] for hits in found]

    return _with_index(store, home, answer) if any(map(parse, queries)) else [[] for _ in queries]


def _with_index(store: Store, home: Path, use: Callable[[Engine], T]) -> T:
    """Use the index; one that turns out to be broken is built anew and used once more."""
    try:
        with open_index(home, store) as engine:
            return use(engine)
    except IndexBroken:
        discard(home)
    with open_index(home, store) as engine:
        return use(engine)


def _found(engine: Engine, typed: str, limit: int, offset: int) -> tuple[Query, Found, str | None, bool]:
    """Return the query that was searched for, what it found, a better spelling, and whether that is what was used."""
    asked = parse(typed)
    found = engine.search(plan.clause(asked), limit=limit, offset=offset)
    better = suggestion(typed, asked, engine) if not found.complete else None
    if better:
        instead = engine.search(plan.clause(parse(better)), limit=limit, offset=offset)
        if instead.complete or not found.total:
            return parse(better), instead, better, True
    return asked, found, better, False


def _undated(engine: Engine, asked: Query) -> int:
    if not any(isinstance(node, Dated) for node in asked.filters):
        return 0
    return engine.search(plan.clause(asked, dated=False), limit=0).total


def _hits(store: Store, asked: Query, found: Found) -> tuple[Hit, ...]:
    matcher, met = Matcher(asked), met_filters(asked)
    return tuple(_hit(store, matcher, met, ranked) for ranked in found.hits)


def _hit(store: Store, matcher: Matcher, met: tuple[str, ...], ranked: Ranked) -> Hit:
    card, best = read_card(ranked.card), matcher.best(store.pages(ranked.id))
    return Hit(
        ranked.id,
        card.file,
        card.title,
        card.kind,
        card.date,
        ranked.score,
        best.page,
        best.text,
        best.highlights,
        (*best.why, *met),
    )
