"""Saved searches: what a search finds that it had not found when it was last looked at.

A document is new to a search when it has not been shown as found by it: one that was taken in, or read better, since.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import WrongUse
from corpus.saved_searches import SavedSearch
from corpus.store import Store
from index.query import LONGEST
from index.search import Result, Window, each, each_ranked, ranked

LONGEST_NAME = 200  # characters


@dataclass(frozen=True, slots=True)
class Watched:
    """A saved search, how many documents it finds, and how many of them are new."""

    name: str
    query: str
    since: str
    total: int
    new: int


def save(store: Store, home: Path, name: str, query: str) -> None:
    """Save a search under a name; all it finds by now counts as seen. Raises WrongUse where either is too long."""
    name = " ".join("".join(sign for sign in name if sign.isprintable() or sign.isspace()).split())  # as it is shown
    if not name or len(name) > LONGEST_NAME or len(query) > LONGEST:
        cause = f"Ett namn har 1–{LONGEST_NAME} tecken och en sökning högst {LONGEST}."
        raise WrongUse(cause, "Välj ett kortare namn, eller sök på färre ord.")
    store.save_search(name, query, (document for document, _ in ranked(store, home, query, store.count())))


def named(store: Store, name: str) -> SavedSearch:
    """Return a saved search. Raises WrongUse where none has the name."""
    for held in store.saved_searches():
        if held.name == name:
            return held
    raise WrongUse(f"Det finns ingen sparad sökning som heter {name}.", "aktspar saved visar dem som finns.")


def news(store: Store, home: Path, name: str, window: Window) -> Result:
    """Return what a saved search finds that has not been shown; what is shown now is not new the next time."""
    result = unseen(store, home, name, window)
    mark(store, name, (hit.document for hit in result.hits))
    return result


def unseen(store: Store, home: Path, name: str, window: Window) -> Result:
    """Return what a saved search finds that has not been shown, and leave it new."""
    held = named(store, name)
    found = (document for document, _ in ranked(store, home, held.query, store.count()))
    new = tuple(document for document in found if document not in held.seen)
    return each(store, home, [held.query], Window(window.limit, window.offset, window.order, new))[0]


def mark(store: Store, name: str, documents: Iterable[int]) -> None:
    """Note that a saved search has shown some documents."""
    held = named(store, name)
    store.save_search(name, held.query, held.seen.union(documents))


def watched(store: Store, home: Path) -> list[Watched]:
    """Return all saved searches with how much is new in each."""
    held = store.saved_searches()
    found = each_ranked(store, home, [one.query for one in held], store.count())
    return [
        Watched(one.name, one.query, one.since, len(hits), sum(document not in one.seen for document, _ in hits))
        for one, hits in zip(held, found, strict=True)
    ]
