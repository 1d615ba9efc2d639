"""Opens a library's database file: connects, brings its schema up to date, and tells what went wrong in plain words.

Schema changes are numbered files in `corpus/schema/`, applied one transaction each; a copy of the database is made
before. A database of a newer program is refused untouched.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path

from corpus.errors import LibraryBusy, LibraryClosed, LibraryDamaged

BUSY_SECONDS = 30.0


def connect(path: Path) -> sqlite3.Connection:
    """Open the database, made where there is none. Raises LibraryClosed, LibraryBusy or LibraryDamaged."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except (sqlite3.DatabaseError, OSError) as error:
        raise readable(error, path) from error
    db.row_factory = sqlite3.Row
    try:
        _migrate(db, path)
    except sqlite3.DatabaseError as error:
        db.close()
        raise readable(error, path) from error
    except LibraryClosed:
        db.close()
        raise
    return db


def schema_version() -> int:
    """Return the schema this program writes: the number of its newest schema file."""
    return max(_schema_files())


def _schema_files() -> dict[int, str]:
    folder = resources.files("corpus") / "schema"
    return {int(f.name[:4]): f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".sql")}


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring the database to this program's schema; a newer one is refused before anything is written."""
    held = db.execute("PRAGMA user_version").fetchone()[0]
    if held > schema_version():
        raise LibraryClosed(
            f"Biblioteket {path.parent} är skrivet av en nyare aktspar (schema {held}, här {schema_version()}).",
            "Uppgradera aktspar; biblioteket är orört.",
        )
    db.execute("PRAGMA foreign_keys = ON")
    if held == schema_version():
        return
    db.execute("PRAGMA journal_mode = WAL")
    if held:
        with closing(sqlite3.connect(path.with_suffix(f".schema{held}.db"))) as copy:
            db.backup(copy)  # not a copy of the file: what a killed run wrote may still stand beside it
    for number, script in sorted(_schema_files().items()):
        _apply(db, number, script)


def _apply(db: sqlite3.Connection, number: int, script: str) -> None:
    """Apply one schema file in one transaction, unless another process was first."""
    db.execute("BEGIN IMMEDIATE")
    try:
        if db.execute("PRAGMA user_version").fetchone()[0] < number:
            for statement in _statements(script):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {number}")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def readable(error: Exception, path: Path) -> LibraryBusy | LibraryClosed | LibraryDamaged:
    """Return the error a person understands for one of SQLite's."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return LibraryBusy(
            f"Biblioteket {path.parent} används av en annan körning.",
            "Vänta tills den är klar och försök igen.",
        )
    if "malformed" in text:
        return LibraryDamaged(
            f"Databasen {path} är skadad.",
            "Återställ den från en säkerhetskopia, eller lägg in originalen på nytt.",
        )
    return LibraryClosed(
        f"Biblioteket {path.parent} kan inte öppnas: {text}.",
        "Kontrollera sökvägen och rättigheterna (--home).",
    )
