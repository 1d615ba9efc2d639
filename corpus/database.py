"""Opens a library's database file: connects, brings its schema up to date, and tells what went wrong in plain words.

Schema changes are numbered files in `corpus/schema/`, applied in one transaction; a copy of the database is made
before. A database of a newer program is refused untouched. What is committed is on the disk: a document told as done
stands after a power failure. Where nothing can be written the library is read as it stands.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path

from corpus.errors import AktsparError, DiskFull, LibraryBusy, LibraryClosed, LibraryDamaged, refused

BUSY_SECONDS = 30.0
ROOM = 1 << 16  # bytes: with less left, a disk error is the full disk's


def connect(path: Path) -> sqlite3.Connection:
    """Open the database, made where there is none. Raises LibraryClosed, LibraryBusy or LibraryDamaged."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        db = _opened(path)
    except sqlite3.DatabaseError as error:
        raise readable(error, path) from error
    except OSError as error:
        raise refused(error, path.parent) from error
    try:
        _migrate(db, path)
    except sqlite3.DatabaseError as error:
        db.close()
        raise readable(error, path) from error
    except BaseException:
        db.close()
        raise
    return db


def _opened(path: Path) -> sqlite3.Connection:
    db = _connected(path.absolute().as_uri())
    try:
        db.execute("PRAGMA user_version")
    except sqlite3.OperationalError as error:
        db.close()
        return _as_it_stands(path, error)
    return db


def _as_it_stands(path: Path, error: sqlite3.OperationalError) -> sqlite3.Connection:
    """Open for reading what SQLite cannot put its own files beside: the folder is read-only, or the disk is full.

    Raises LibraryClosed where the last writes stand in such a file, and the error again where it is another.
    """
    read_only = path.exists() and not os.access(path.parent, os.W_OK)
    if not read_only and not (error.sqlite_errorname.startswith("SQLITE_IOERR") and _is_full(path.parent)):
        raise error
    log = path.with_name(f"{path.name}-wal")
    if not log.exists() or not log.stat().st_size:
        return _connected(f"{path.absolute().as_uri()}?immutable=1")
    if not read_only:
        raise error
    raise LibraryClosed(
        f"Det sista som skrevs i biblioteket {path.parent} kan inte läsas så länge mappen är skrivskyddad.",
        "Kopiera hela mappen till en disk som kan skrivas och öppna den där.",
    )


def _connected(uri: str) -> sqlite3.Connection:
    db = sqlite3.connect(uri, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    db.row_factory = sqlite3.Row
    return db


def schema_version() -> int:
    """Return the schema this program writes: the number of its newest schema file."""
    return max(_schema_files())


def _schema_files() -> dict[int, str]:
    folder = resources.files("corpus") / "schema"
    return {int(f.name[:4]): f.read_text(encoding="utf-8") for f in folder.iterdir() if f.name.endswith(".sql")}


def _migrate(db: sqlite3.Connection, path: Path) -> None:
    """Bring the database to this program's schema; a newer one is refused before anything is written."""
    held = _version(db)
    if held > schema_version():
        raise LibraryClosed(
            f"Biblioteket {path.parent} är skrivet av en nyare aktspar (schema {held}, här {schema_version()}).",
            "Uppgradera aktspar; biblioteket är orört.",
        )
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA fullfsync = ON")  # without it macOS leaves what is synced in the disk's own memory
    if held == schema_version():
        return
    if not os.access(path.parent, os.W_OK):
        raise LibraryClosed(
            f"Biblioteket {path.parent} är skrivet av en äldre aktspar och kan inte göras om: det är skrivskyddat.",
            "Kopiera hela mappen till en disk som kan skrivas och öppna den där.",
        )
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("BEGIN IMMEDIATE")
    try:
        held = _version(db)  # another process may have been first
        if held:
            _copy(path, held)
        for number, script in sorted(_schema_files().items()):
            if number > held:
                for statement in _statements(script):
                    db.execute(statement)
        db.execute(f"PRAGMA user_version = {schema_version()}")
        db.execute("COMMIT")
    except BaseException:
        roll_back(db)
        raise


def _version(db: sqlite3.Connection) -> int:
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _copy(path: Path, held: int) -> None:
    """Keep the database as it was; whole or not at all, so that a killed run leaves no half copy."""
    target, half = path.with_suffix(f".schema{held}.db"), path.with_suffix(f".schema{held}.part")
    half.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(half)) as copy:
            source.backup(copy)  # not a copy of the file: what a killed run wrote may still stand beside it
        half.replace(target)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def roll_back(db: sqlite3.Connection) -> None:
    """Undo what was begun. SQLite has done so by itself where the disk was full or gone."""
    if db.in_transaction:
        db.execute("ROLLBACK")


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def readable(error: Exception, path: Path) -> AktsparError:
    """Return the error a person understands for one of SQLite's."""
    text, name = str(error), getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")):
        return LibraryBusy(
            f"Biblioteket {path.parent} används av en annan körning.",
            "Vänta tills den är klar och försök igen.",
        )
    if name.startswith("SQLITE_CORRUPT"):
        return LibraryDamaged(
            f"Databasen {path} är skadad.",
            "Ta fram biblioteket ur en säkerhetskopia: aktspar recover SÄKERHETSKOPIA --home NY_MAPP",
        )
    if name == "SQLITE_NOMEM":
        return refused(MemoryError())
    if name == "SQLITE_FULL" or (name.startswith(("SQLITE_IOERR", "SQLITE_READONLY")) and _is_full(path.parent)):
        return DiskFull(
            f"Disken är full: biblioteket {path.parent} kunde inte skrivas.",
            "Gör plats på disken och kör samma kommando igen: det som hann bli klart är sparat.",
        )
    if name.startswith("SQLITE_READONLY"):
        return LibraryClosed(
            f"Biblioteket {path.parent} kan inte ändras: mappen eller disken är skrivskyddad.",
            "Ge skrivrätt till mappen, eller kopiera biblioteket till en disk som kan skrivas.",
        )
    if name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")):
        return LibraryClosed(
            f"Biblioteket {path.parent} går inte att nå: {text}.",
            "Kontrollera sökvägen (--home) och rättigheterna, och att disken eller nätverksmappen är ansluten.",
        )
    return LibraryClosed(
        f"Biblioteket {path.parent} kan inte öppnas: {text}.",
        "Kontrollera sökvägen och rättigheterna (--home).",
    )


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < ROOM
    except OSError:
        return False
