"""Search: from what a person typed to documents, best first, each with its best passage and why it was found.

All words are wanted; where few documents have them all, those with most of the words follow. A word no document holds
is answered with the nearest one ("menade du"), which is searched for instead where nothing else was found. Documents
without a date never pass a date filter and are never dropped in silence either: they are counted. A document whose text
is nearly that of one above it stands right under that one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from corpus.dates import When
from corpus.store import Store
from corpus.values import Title
from index import likes, plan
from index.catalogue import discard, folder_in_use, open_index
from index.engines.protocol import FACETS, Among, Clause, Engine, Facet, Filtered, Found, IndexBroken, Order
from index.engines.protocol import Hit as Ranked
from index.entries import read_card
from index.nodes import Dated, Query
from index.passages import Matcher, Passage, matches, met_filters
from index.query import parse
from index.suggestions import suggestion
from index.topics import mentions, topic_terms

__all__ = [
    "Hit", "Listed", "Result", "Window", "counted", "each", "each_ranked", "like", "listed", "matches", "mentions",
    "ranked", "search", "topic_terms", "with_index",
]  # fmt: skip

REASONS = 4  # that are given for a document on the same subject: they could be as many as its words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found. `snippet` is plain text from page `page`; `highlights` are (start, end) characters of it.

    `kind` is a key of `vocabulary/kinds.toml`; `why` says in Swedish what was met, in the query's order. `also` are
    passages of other pages, best first. `same_as` is the document above it that has nearly the same text.
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
    also: tuple[Passage, ...] = ()
    same_as: int | None = None


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


@dataclass(frozen=True, slots=True)
class Window:
    """Which of the documents found are wanted, in which order; `among` narrows to some, `only` by what they meet."""

    limit: int = 10
    offset: int = 0
    order: Order = "relevance"
    among: tuple[int, ...] | None = None
    only: tuple[Clause, ...] = ()


def search(
    store: Store, home: Path, query: str, limit: int = 10, offset: int = 0, order: Order = "relevance"
) -> Result:
    """Search the library in `home`. Never raises for what was typed; a blank query finds nothing."""
    return each(store, home, [query], Window(limit, offset, order))[0]


def each(store: Store, home: Path, queries: Sequence[str], window: Window) -> list[Result]:
    """Return what `search` does for each of several queries; the index is opened once."""

    def answer(engine: Engine) -> list[Result]:
        return [_answer(store, engine, query, window) if parse(query) else _nothing(query) for query in queries]

    return with_index(store, home, answer) if any(map(parse, queries)) else [_nothing(query) for query in queries]


@dataclass(frozen=True, slots=True)
class Listed:
    """The documents of one window of what a query finds, how many there are in all, and how all of them divide."""

    documents: tuple[int, ...]
    total: int
    facets: Mapping[Facet, Mapping[str, int]]


def listed(store: Store, home: Path, query: str, window: Window) -> Listed:
    """Return what `search` finds, without reading any document: for those who show something else of it."""

    def answer(engine: Engine) -> Listed:
        found = _found(engine, query, window)[1]
        return Listed(tuple(hit.id for hit in found.hits), found.total, found.facets)

    return with_index(store, home, answer) if parse(query) else Listed((), 0, _nothing(query).facets)


def counted(store: Store, home: Path, query: str, narrowed: Sequence[Sequence[Clause]]) -> list[int]:
    """Return how many documents a query finds under each of several narrowings; the index is opened once."""

    def answer(engine: Engine) -> list[int]:
        windows = [Window(0, only=tuple(only)) for only in narrowed]
        return [_found(engine, query, window, facets=False)[1].total for window in windows]

    return with_index(store, home, answer) if parse(query) and narrowed else [0 for _ in narrowed]


def like(store: Store, home: Path, document: int, limit: int = 10) -> Result:
    """Return the documents on the same subject as one, nearest first."""
    text = "\n".join(text for _, text, _ in store.texts(document))
    clause, asked = likes.subject(f"{_title(store, document)}\n{text}")
    wanted = Filtered(clause, without=(Among((document,)),))

    def answer(engine: Engine) -> Result:
        found = engine.search(wanted, limit=max(limit, 0))
        hits = tuple(replace(hit, why=hit.why[:REASONS]) for hit in _hits(store, asked, found))
        return Result(store.listed(document).file, found.total, found.total, hits, found.facets)

    return with_index(store, home, answer)


def ranked(store: Store, home: Path, query: str, limit: int) -> list[tuple[int, float]]:
    """Return the ids and scores of the documents `search` finds, best first, without reading any of their pages."""
    return understood(store, home, query, limit)[1]


def understood(store: Store, home: Path, query: str, limit: int) -> tuple[str, list[tuple[int, float]]]:
    """Return what `ranked` does, after the query in the spelling it was searched by."""

    def answer(engine: Engine) -> tuple[str, list[tuple[int, float]]]:
        _, found, better, replaced = _found(engine, query, Window(limit), facets=False)
        return (better if better and replaced else query), [(hit.id, hit.score) for hit in found.hits]

    return with_index(store, home, answer) if parse(query) else (query, [])


def each_ranked(store: Store, home: Path, queries: Sequence[str], limit: int) -> list[list[tuple[int, float]]]:
    """Return what `ranked` does for each of several queries; the index is opened once, which costs as a search does."""
    window = Window(limit)

    def answer(engine: Engine) -> list[list[tuple[int, float]]]:
        found = [_found(engine, query, window, facets=False)[1].hits if parse(query) else () for query in queries]
        return [[(hit.id, hit.score) for hit in hits] for hits in found]

    return with_index(store, home, answer) if any(map(parse, queries)) else [[] for _ in queries]


def with_index(store: Store, home: Path, use: Callable[[Engine], T]) -> T:
    """Use the index; one that turns out to be broken is built anew and used once more."""
    before = folder_in_use(home)
    try:
        with open_index(home, store) as engine:
            return use(engine)
    except IndexBroken:
        discard(home, before)
    with open_index(home, store) as engine:
        return use(engine)


def _nothing(query: str) -> Result:
    return Result(query, 0, 0, (), {facet: {} for facet in FACETS})


def _answer(store: Store, engine: Engine, query: str, window: Window) -> Result:
    asked, found, better, replaced = _found(engine, query, window)
    hits = _hits(store, asked, found)
    return Result(query, found.total, found.complete, hits, found.facets, better, replaced, _undated(engine, asked))


def _found(
    engine: Engine, typed: str, window: Window, *, facets: bool = True
) -> tuple[Query, Found, str | None, bool]:  # fmt: skip
    """Return the query that was searched for, what it found, a better spelling, and whether that is what was used."""

    def find(asked: Query) -> Found:
        wanted = _narrowed(plan.clause(asked), window)
        return engine.search(wanted, limit=window.limit, offset=window.offset, order=window.order, facets=facets)

    asked = parse(typed)
    found = find(asked)
    better = suggestion(typed, asked, engine) if not found.complete else None
    if better:
        instead = find(parse(better))
        if instead.complete or not found.total:
            return parse(better), instead, better, True
    return asked, found, better, False


def _narrowed(clause: Clause, window: Window) -> Clause:
    among = () if window.among is None else (Among(window.among),)
    return replace(clause, only=(*clause.only, *among, *window.only)) if isinstance(clause, Filtered) else clause


def _undated(engine: Engine, asked: Query) -> int:
    if not any(isinstance(node, Dated) for node in asked.filters):
        return 0
    return engine.search(plan.clause(asked, dated=False), limit=0, facets=False).total


def _title(store: Store, document: int) -> str:
    return next(
        (f.value.text for _, f in store.findings(Title, documents=[document]) if isinstance(f.value, Title)), ""
    )


def _hits(store: Store, asked: Query, found: Found) -> tuple[Hit, ...]:
    """Return the hits with their passages, those of nearly the same text together, under the best of them."""
    matcher, met = Matcher(asked), met_filters(asked)
    groups: list[list[tuple[Hit, bytes]]] = []
    for one in found.hits:
        hit, sketch = _hit(store, matcher, met, one)
        group = next((group for group in groups if likes.same_text(group[0][1], sketch)), None)
        if group is None:
            groups.append([(hit, sketch)])
        else:
            group.append((replace(hit, same_as=group[0][0].document), sketch))
    return tuple(hit for group in groups for hit, _ in group)


def _hit(store: Store, matcher: Matcher, met: tuple[str, ...], ranked: Ranked) -> tuple[Hit, bytes]:
    card, (best, *also) = read_card(ranked.card), matcher.best(store.pages(ranked.id))
    hit = Hit(
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
        tuple(also),
    )
    return hit, card.sketch
