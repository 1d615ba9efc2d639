"""Sök: one box, what was found with its passages, how it divides, and searches that are kept.

An empty box finds every document. Where a slip is answered with what was meant, every link is of what was meant. The
start page shows the box, what the library holds, and what is new in the saved searches.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from starlette.responses import Response
from starlette.routing import Route

from corpus.errors import WrongUse
from corpus.store import Store
from index import everything, saved
from index.engines.protocol import Facet, Order
from index.export import hits, interface
from index.holdings import Holding, holdings
from index.search import Result, Window, like
from index.words import facet_value
from web.answers import Answer, Asked, address, fetch, get, post

PER_PAGE = 20
ORDERS: Mapping[str, Order] = {"bast": "relevance", "nyast": "newest", "aldst": "oldest"}
ORDER_TITLES = {"bast": "bäst först", "nyast": "nyast först", "aldst": "äldst först"}
FIELDS: Mapping[Facet, tuple[str, str]] = {
    "kind": ("typ", "Typ"),
    "year": ("år", "År"),
    "body": ("nämnd", "Nämnd"),
    "party": ("parti", "Parti"),
    "person": ("person", "Person"),
    "matter": ("ärende", "Ärende"),
    "status": ("status", "Frågor"),
}
MEDIA: Mapping[str, str] = {
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
}
LABELS = 12  # years of the histogram that are named, at most


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A facet's value: what it is called, how many documents have it, and the search narrowed to those."""

    name: str
    count: int
    link: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the histogram of years, in the units of its picture."""

    year: int
    count: int
    x: float
    height: float
    link: str
    named: bool


def start(asked: Asked, store: Store) -> Answer:
    """Show the box, what the library holds, and the saved searches."""
    watched = saved.watched(store, asked.home)
    held, failed = store.count(), store.unsure().failed()
    told = {"documents": held, "failed": failed, "pages": store.count_pages(), "saved": [asdict(w) for w in watched]}
    shown = {"read": held - failed, "failed": failed, "pages": told["pages"], "watched": watched}
    return Answer("start.html", told, shown)


def search(asked: Asked, store: Store) -> Answer:
    """Search, and show one page of hits."""
    typed, order = asked.text("q"), asked.text("ordning") if asked.text("ordning") in ORDERS else "bast"
    page = max(asked.number("sida", 1, 10_000), 1)
    window = Window(PER_PAGE, (page - 1) * PER_PAGE, ORDERS[order])
    name = asked.text("sparad")
    if name:
        result, since = saved.unseen(store, asked.home, name, window), saved.named(store, name).since
    else:
        result, since = everything.answer(store, asked.home, typed, window), ""
    shown = _shown(result, order, page, since, name)
    return Answer(
        "sok.html", interface.search(result), shown, known=holdings(store, [hit.document for hit in result.hits])
    )


def _shown(result: Result, order: str, page: int, since: str, name: str) -> dict[str, object]:
    typed = result.suggestion if result.replaced and result.suggestion else result.query
    chosen = "" if order == "bast" else order
    last = (result.total + PER_PAGE - 1) // PER_PAGE
    pages = {
        "before": address("/sok", q=typed, ordning=chosen, sida=page - 1) if page > 1 else "",
        "after": address("/sok", q=typed, ordning=chosen, sida=page + 1) if page < last else "",
        "told": f"Sida {page} av {max(last, 1)}",
    }
    if not typed and order == "bast":
        order = "nyast"
    orders = [
        (title, address("/sok", q=typed, ordning=key), key == order)
        for key, title in ORDER_TITLES.items()
        if typed or key != "bast"
    ]
    return {
        "typed": typed,
        "result": result,
        "orders": orders,
        "pager": pages,
        "facets": [(title, list(_narrowings(facet, field, typed, result))) for facet, (field, title) in FIELDS.items()],
        "columns": _columns(typed, result),
        "name": name,
        "exports": [
            (form, address("/sok/export", q=typed, ordning=chosen, format=form)) for form in ("csv", "xlsx", "json")
        ],
        "since": since,
        "without_date": address("/sok", q=f"{typed} år:saknas"),
    }


def _narrowings(facet: Facet, field: str, typed: str, result: Result) -> Iterator[Narrowing]:
    values = list(result.facets.get(facet, {}).items())
    for value, count in sorted(values, reverse=True) if facet == "year" else values:
        name = facet_value(facet, value)
        one = f'{field}:"{name}"' if " " in name else f"{field}:{name}"
        left = re.sub(rf"(?<!\S){re.escape(one)}(?!\S)", " ", typed)  # `parti:S` is no part of `parti:SD`
        chosen = left != typed
        narrowed = " ".join(left.split()) if chosen else f"{typed} {one}".strip()
        yield Narrowing(name, count, address("/sok", q=narrowed), chosen)


def _columns(typed: str, result: Result) -> list[Column]:
    """Return the years as columns 0–100 high, with the years between that have nothing."""
    counts = {int(year): count for year, count in result.facets.get("year", {}).items()}
    if len(counts) < 2:
        return []
    most, first, last = max(counts.values()), min(counts), max(counts)
    step, every = 1000 / (last - first + 1), -(-(last - first + 1) // LABELS)
    return [
        Column(year, held, round((year - first) * step, 1), round(100 * held / most, 1),
               address("/sok", q=f"{typed} år:{year}".strip()) if held else "", (year - first) % every == 0)
        for year in range(first, last + 1)
        for held in [counts.get(year, 0)]
    ]  # fmt: skip


def export(asked: Asked, store: Store) -> Response:
    """Send the hits as a file, at most `index.export.hits.MOST` of them."""
    form = asked.text("format")
    if f".{form}" not in MEDIA:
        raise WrongUse("Träffarna kan inte hämtas i det formatet.", "Välj csv, xlsx eller json.")
    order = ORDERS.get(asked.text("ordning"), "relevance")
    result = everything.answer(store, asked.home, asked.text("q"), Window(hits.MOST, 0, order))
    disposition = f'attachment; filename="traffar.{form}"'
    return Response(
        hits.content_of(result, f".{form}"), media_type=MEDIA[f".{form}"], headers={"Content-Disposition": disposition}
    )


def similar(asked: Asked, store: Store) -> Answer:
    """Show documents on the subject of one."""
    document = int(asked.path["document"])
    result = like(store, asked.home, document, PER_PAGE)
    held = holdings(store, [document, *(hit.document for hit in result.hits)])
    shown = {"result": result, "document": held.get(document, Holding(document, result.query))}
    return Answer("liknande.html", interface.search(result), shown, known=held)


def save(asked: Asked, store: Store) -> str:
    """Save a search."""
    typed, name = asked.text("q"), asked.text("namn")
    saved.save(store, asked.home, name or typed[: saved.LONGEST_NAME], typed)
    return "/"


def seen(asked: Asked, store: Store) -> str:
    """Note that what was new in a saved search has been seen."""
    documents = [
        int(one) for one in asked.text("handlingar").split(",") if one.isascii() and one.isdigit() and len(one) < 10
    ]
    saved.mark(store, asked.text("namn"), documents)
    return "/"


def remove(asked: Asked, store: Store) -> str:
    """Remove a saved search."""
    store.remove_search(saved.named(store, asked.text("namn")).name)
    return "/"


ROUTES: list[Route] = [
    *get("/", start),
    *get("/sok", search),
    *fetch("/sok/export", export),
    *get("/handling/{document:int}/liknande", similar),
    *post("/sparade", save),
    *post("/sparade/sedda", seen),
    *post("/sparade/bort", remove),
]
