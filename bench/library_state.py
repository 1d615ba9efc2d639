"""All that a library holds, to be compared with another: every row, the originals, and what searches find."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from shutil import copytree

from corpus import originals
from corpus.store import DATABASE, Store
from index.search import search

QUERIES = (
    "kajen",
    "interpellation arbetet",
    '"när är arbetet"',
    "bad*",
    "parti:v",
    "år:2019",
    "lövhamn kostat",
    "blad",
)
HITS, SHOWN = 20, 3
# When something was last changed depends on how often it was tried; what a library is known by is its own.
_COUNTED = {"change", "connected"}
_OWN = {"library"}


@dataclass(frozen=True, slots=True)
class State:
    """The documents by their hash, the rows by table, and what each query finds."""

    documents: frozenset[str]
    rows: Mapping[str, Sequence[str]]
    found: Mapping[str, Sequence[str]]

    def unlike(self, wanted: "State") -> list[str]:
        """Tell in what this differs from another."""
        told = []
        for what, here, there in (("table", self.rows, wanted.rows), ("query", self.found, wanted.found)):
            for name in there:
                if here.get(name) != there[name]:
                    lost = [row for row in there[name] if row not in set(here.get(name, ()))][:SHOWN]
                    new = [row for row in here.get(name, ()) if row not in set(there[name])][:SHOWN]
                    told.append(f"{what} {name}: lost {lost} new {new}"[:600])
        return told


def state(home: Path) -> State:
    """Read all of a library."""
    with Store(home) as store:
        found = {query: _found(store, home, query) for query in QUERIES}
        documents = frozenset(listed.sha256 for listed in store.documents())
    with closing(sqlite3.connect(home / DATABASE)) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: _rows(db, name) for name in names if name not in _OWN}
    rows["originals"] = sorted(
        f"{file.name} {originals.sha256(file)}" for file in (home / originals.FOLDER).rglob("*") if file.is_file()
    )
    return State(documents, rows, found)


def _rows(db: sqlite3.Connection, table: str) -> list[str]:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[1] not in _COUNTED]
    return sorted(map(repr, db.execute(f"SELECT {', '.join(columns)} FROM {table}")))


def _found(store: Store, home: Path, query: str) -> list[str]:
    result = search(store, home, query, HITS)
    hits = [f"{hit.document} {hit.file} {hit.page} {hit.snippet} {hit.why}" for hit in result.hits]
    return [f"{result.total} {result.complete}", *hits, str({name: dict(v) for name, v in result.facets.items()})]


def old_library(full: Path, home: Path) -> None:
    """Make what the first version of the program would have left, from a library of today."""
    copytree(full / originals.FOLDER, home / originals.FOLDER)
    schema = (resources.files("corpus") / "schema" / "0001.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(home / DATABASE)) as db:
        db.execute("PRAGMA journal_mode = WAL")
        db.executescript(schema)
        db.execute("ATTACH ? AS full", (str(full / DATABASE),))
        for (table,) in db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            held = {row[1] for row in db.execute(f"PRAGMA full.table_info({table})")}
            columns = [row[1] for row in db.execute(f"PRAGMA main.table_info({table})")]
            values = [name if name in held else "'[]'" for name in columns]
            db.execute(f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM full.{table}")
        db.execute("PRAGMA user_version = 1")
        db.commit()
