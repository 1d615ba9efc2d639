"""Pages once recognised, kept by their image and how they were looked at, so that none is ever recognised twice.

A cache in a file of its own beside the library's truth: workers write each page as it is done, so a killed run goes on
where it was, and the file may be deleted at any time. A cache that cannot be read or written is left alone.
"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

FILE = Path("cache") / "ocr.db"
WAIT_SECONDS = 10.0


def key(*parts: bytes | str) -> bytes:
    """Return what a reading is kept under: a hash of the image and of everything that decides how it is read."""
    digest = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.digest()


def get(home: Path, reading: bytes) -> bytes | None:
    """Return what was kept, None where there is nothing."""
    with suppress(sqlite3.Error, OSError, zlib.error), _open(home) as db:
        row = db.execute("SELECT content FROM reading WHERE key = ?", (reading,)).fetchone()
        return zlib.decompress(row[0]) if row else None
    return None


def put(home: Path, reading: bytes, content: bytes) -> None:
    """Keep a reading."""
    with suppress(sqlite3.Error, OSError), _open(home) as db:
        db.execute("INSERT OR REPLACE INTO reading VALUES (?, ?)", (reading, zlib.compress(content)))


def clear(home: Path) -> None:
    """Remove all readings, so that no byte of them is left: nothing tells which pages they are of."""
    path = home / FILE
    if not path.exists():
        return
    with suppress(sqlite3.Error, OSError), _open(home) as db:
        db.execute("DELETE FROM reading")
        db.execute("VACUUM")
        if not db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            return
    for left in path.parent.glob(f"{path.name}*"):
        left.unlink(missing_ok=True)


@contextmanager
def _open(home: Path) -> Iterator[sqlite3.Connection]:
    path = home / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS, isolation_level=None)) as db:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("CREATE TABLE IF NOT EXISTS reading (key BLOB PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID")
        except sqlite3.DatabaseError as error:
            if "malformed" in str(error) or "not a database" in str(error):
                path.unlink(missing_ok=True)  # a cache: the pages are recognised again
            raise
        yield db
