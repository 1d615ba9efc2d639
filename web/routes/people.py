"""Partier and Personer: what each has asked, demanded, promised and signed; and what may be meant as one types."""

from dataclasses import asdict

from starlette.routing import Route

from corpus.errors import WrongUse
from corpus.store import Store
from corpus.vocabulary import parties as known
from index import browse, party_doings, persons, suggest
from index.export import interface
from web.answers import Answer, Asked, address, get
from web.paging import LAST, choices, leaf_holdings, pager

MOST_NAMES = 60
KINDS = {"fråga": "Frågor", "krav": "Krav", "löfte": "Löften"}  # what is none of these is a statement
STATEMENTS = "Reservationer och uttalanden"


def parties(asked: Asked, store: Store) -> Answer:
    """Show the parties with how many documents name each."""
    names = {party.code: party.name for party in known()}
    counts = suggest.party_counts(store, asked.home)
    rows = [{"code": code, "name": names.get(code, code), "documents": count} for code, count in counts.items()]
    does = {doing: party_doings.documents(store, asked.home, doing, counts) for doing in ("asks", "promises")}
    shown = {"rows": rows, "most": max(counts.values(), default=1), "does": does}
    return Answer("partier.html", {"items": rows}, shown)


def party(asked: Asked, store: Store) -> Answer:
    """Show a page of what a party has done, by what it is."""
    code = browse.code_of(str(asked.path["code"]))
    query = {"amne": asked.text("amne"), "ar": asked.text("ar")}
    page = max(asked.number("sida", 1, LAST), 1)
    leaf = browse.party(store, asked.home, code, query["amne"], query["ar"], page)
    by_kind: dict[str, list[object]] = {title: [] for title in ("Frågor", "Krav", STATEMENTS, "Löften")}
    for deed in leaf.items:
        by_kind[KINDS.get(deed.kind, STATEMENTS)].append(deed)
    path = f"/parti/{code}"
    years = sorted(leaf.facets["year"].items(), reverse=True)
    shown = {
        "code": code,
        "name": next((party.name for party in known() if party.code == code), code),
        "asked": query,
        "leaf": leaf,
        "by_kind": by_kind,
        "anchors": {title: f"slag-{number}" for number, title in enumerate(by_kind, start=1)},
        "years": choices(path, query, "ar", years),
        "pager": pager(path, leaf.page, leaf.pages, **query),
        "everything": address("/sok", q=f"parti:{code} {query['amne']}".strip()),
    }
    return Answer("parti.html", interface.leaf_of_party(code, query["amne"], leaf), shown, known=leaf_holdings(leaf))


def people(asked: Asked, store: Store) -> Answer:
    """Show the people whose name begins as typed, or those most often named."""
    name = asked.text("namn")
    found = suggest.people(store, asked.home, name, MOST_NAMES)
    shown = {"typed": name, "found": found, "cut": len(found) == MOST_NAMES}
    return Answer("personer.html", {"items": [asdict(one) for one in found]}, shown)


def person(asked: Asked, store: Store) -> Answer:
    """Show a page of what a person asked, was asked, promised and signed."""
    name = asked.text("namn")
    if not name:
        raise WrongUse("Det framgår inte vem.", "Sök efter en person under Personer.")
    page = max(asked.number("sida", 1, LAST), 1)
    found = persons.person(store, asked.home, name, page)
    shown = {
        "name": name,
        "found": found,
        "pager": pager("/person", page, found.leaf.pages, namn=name),
        "everything": address("/sok", q=f"person:{browse.quoted(name)}"),
    }
    return Answer("person.html", interface.person(found), shown, known=leaf_holdings(found.leaf))


def suggestions(asked: Asked, store: Store) -> Answer:
    """Tell what may be meant by what was typed so far."""
    return Answer("forslag.html", [asdict(one) for one in suggest.suggestions(store, asked.home, asked.text("q"))])


ROUTES: list[Route] = [
    *get("/partier", parties),
    *get("/parti/{code}", party),
    *get("/personer", people),
    *get("/person", person),
    *get("/forslag", suggestions)[:1],  # as JSON alone: the box asks for it while one types
]
