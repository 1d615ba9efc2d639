"""All documents, as a search that asks for nothing: newest first unless it says otherwise, each with how it begins."""

from pathlib import Path

from corpus.store import Store
from index.engines.protocol import Engine, Everything
from index.engines.protocol import Hit as Ranked
from index.entries import read_card
from index.query import parse
from index.search import Hit, Result, Window, each, with_index

BEGINNING = 240  # characters of a document that are shown


def answer(store: Store, home: Path, query: str, window: Window) -> Result:
    """Return what a query finds; a blank one finds every document."""
    return each(store, home, [query], window)[0] if parse(query) else everything(store, home, window)


def everything(store: Store, home: Path, window: Window) -> Result:
    """Return the documents."""
    order = "newest" if window.order == "relevance" else window.order

    def find(engine: Engine) -> Result:
        found = engine.search(Everything(), limit=window.limit, offset=window.offset, order=order)
        hits = tuple(_hit(store, one) for one in found.hits)
        return Result("", found.total, found.total, hits, found.facets)

    return with_index(store, home, find)


def _hit(store: Store, ranked: Ranked) -> Hit:
    card, pages = read_card(ranked.card), store.page_numbers(ranked.id)
    page = store.page(ranked.id, pages[0]) if pages else None
    text = " ".join(page.text.split()) if page else ""
    begins = f"{text[:BEGINNING].rpartition(' ')[0]} …" if len(text) > BEGINNING else text
    number = pages[0] if pages else 1
    return Hit(ranked.id, card.file, card.title, card.kind, card.date, 0.0, number, begins, (), ())
