"""Frågor and Löften: the ledgers, page by page, narrowed by a form and by facets; every row with its quote and page.

What later documents say of a promise is looked for when it is asked for, one promise at a time: it costs a search.
"""

from collections.abc import Mapping

from starlette.routing import Route

from corpus.links import STATUS_TITLES
from corpus.store import Store
from corpus.vocabulary import parties
from index import browse
from index.browse import Leaf, Narrowed, T
from index.export import interface
from web.answers import Answer, Asked, get
from web.paging import LAST, choices, leaf_holdings, pager

OPEN = "öppen"


def questions(asked: Asked, store: Store) -> Answer:
    """Show a page of the questions."""
    query = {name: asked.text(name) for name in ("amne", "status", "parti", "till", "ar")}
    wanted = Narrowed(query["amne"], query["ar"], query["parti"], query["till"], query["status"])
    leaf = browse.questions(store, asked.home, wanted, _page(asked))
    statuses = choices("/fragor", query, "status", leaf.facets["status"].items(), _status)
    facets = [("Läge", statuses), *_facets("/fragor", query, leaf)]
    shown = {**_shown("/fragor", query, leaf), "facets": facets, "status_names": [OPEN, *STATUS_TITLES.values()]}
    return Answer("fragor.html", interface.leaf_of_questions(leaf), shown, known=leaf_holdings(leaf))


def promises(asked: Asked, store: Store) -> Answer:
    """Show a page of the promises."""
    query = {name: asked.text(name) for name in ("amne", "av", "parti", "ar")}
    overdue = asked.text("forsenade") == "1"
    wanted = Narrowed(query["amne"], query["ar"], query["parti"], query["av"], overdue=overdue)
    leaf = browse.promises(store, asked.home, wanted, _page(asked))
    query["forsenade"] = "1" if overdue else ""
    shown = {**_shown("/loften", query, leaf), "facets": _facets("/loften", query, leaf)}
    return Answer("loften.html", interface.leaf_of_promises(leaf), shown, known=leaf_holdings(leaf))


def evidence(asked: Asked, store: Store) -> Answer:
    """Show one promise with what later documents say of it."""
    one = browse.promise(store, asked.text("lofte"))
    return Answer("belagg.html", interface.numbered_promise(one), {"one": one})


def _page(asked: Asked) -> int:
    return max(asked.number("sida", 1, LAST), 1)


def _shown(path: str, query: Mapping[str, str], leaf: Leaf[T]) -> dict[str, object]:
    codes = {party.code: party.name for party in parties()}
    chosen = browse.code_of(query["parti"])
    return {
        "asked": query,
        "leaf": leaf,
        "pager": pager(path, leaf.page, leaf.pages, **query),
        "parties": codes if chosen in codes or not chosen else {**codes, chosen: chosen},
        "chosen_party": chosen,
        "narrowed": any(query.values()),
    }


def _facets(path: str, query: Mapping[str, str], leaf: Leaf[T]) -> list[tuple[str, object]]:
    years = sorted(leaf.facets["year"].items(), reverse=True)
    return [
        ("Parti", choices(path, query, "parti", leaf.facets["party"].items())),
        ("År", choices(path, query, "ar", years)),
    ]


def _status(key: str) -> str:
    return next((title for status, title in STATUS_TITLES.items() if status == key), key)


ROUTES: list[Route] = [*get("/fragor", questions), *get("/loften", promises), *get("/loften/belagg", evidence)]
