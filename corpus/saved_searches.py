"""Searches that people have saved, each with the documents it had found when it was last looked at.

Works within the store's transactions, on its connection. Which documents a search finds is not known here.
"""

import sqlite3
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search by its name: the query as typed, the documents seen, and when (ISO 8601, UTC) it was last looked at."""

    name: str
    query: str
    seen: frozenset[int]
    since: str


def put(db: sqlite3.Connection, name: str, query: str, seen: Iterable[int]) -> None:
    """Save a search in place of one of the same name."""
    db.execute(
        "INSERT OR REPLACE INTO saved_search VALUES (?, ?, ?, ?)",
        (name, query, array("I", sorted(set(seen))).tobytes(), datetime.now(UTC).isoformat(timespec="seconds")),
    )


def held(db: sqlite3.Connection) -> list[SavedSearch]:
    """Return the saved searches by name."""
    rows = db.execute("SELECT name, query, seen, since FROM saved_search ORDER BY name")
    return [SavedSearch(name, query, frozenset(memoryview(seen).cast("I")), since) for name, query, seen, since in rows]


def remove(db: sqlite3.Connection, name: str) -> bool:
    """Remove a saved search; tell whether there was one."""
    return db.execute("DELETE FROM saved_search WHERE name = ?", (name,)).rowcount > 0


def drop(db: sqlite3.Connection, document: int) -> None:
    """Take a document that is gone out of what every search has found."""
    for one in held(db):
        if document in one.seen:
            seen = array("I", sorted(one.seen - {document})).tobytes()
            db.execute("UPDATE saved_search SET seen = ? WHERE name = ?", (seen, one.name))
