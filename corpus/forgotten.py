"""What the library has been told to forget: of each document its number, the day and who said so, and nothing it held.

Works within the store's transactions. The note must tell the same bytes when they come again, and nobody else what
they were: it bears a mark, their hash keyed with a secret of the library's, which says nothing without both library and
file. Numbers and changes never go back, so that no bookmark and no index takes a new document for one that is gone.
"""

import hmac
import sqlite3
from dataclasses import dataclass
from datetime import date

from corpus import clean_words, saved_searches
from corpus.connections import NEXT_CHANGE

NEXT_NUMBER = (
    "(SELECT 1 + max(coalesce((SELECT max(id) FROM document), 0), coalesce((SELECT max(document) FROM forgotten), 0)))"
)
# Within a document, as files in an e-mail or an archive are (of one that failed the type may not be known); "0" is the
# sign after "/".
_WITHIN = (
    "s.file >= o.file || '/' AND s.file < o.file || '0' AND (SELECT media_type FROM document WHERE id = o.document)"
    " IN ('message/rfc822', 'application/zip', '')"
)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The note of a document: its number, on which day and by whom it was forgotten; whether nothing is left to do.

    One that was taken back may be taken in again.
    """

    document: int
    day: str
    by: str
    done: bool
    taken_back: bool


class Forgetting:
    """The forgotten documents of an open library, within a transaction of the store."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def begin(self, document: int, by: str) -> None:
        """Write the note and take away the text, and what was found in it: the document stands empty.

        Does nothing more where that has been done, or the document is gone.
        """
        row = self._db.execute("SELECT sha256 FROM document WHERE id = ?", (document,)).fetchone()
        if row is None:
            return
        clean_words.recount(self._db, document, ())
        self._db.execute("DELETE FROM clean_word WHERE count <= 0")
        for table in ("page", "finding", "problem"):
            self._db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
        self._db.execute(
            f"UPDATE document SET outcome = 'failed', pages_in = 0, change = {NEXT_CHANGE} WHERE id = ?", (document,)
        )
        self._leave_name(document)
        today = date.today().isoformat()  # noqa: DTZ011 – the day where the person sits
        self._db.execute(
            f"INSERT OR IGNORE INTO forgotten VALUES (?, ?, ?, ?, {NEXT_CHANGE}, 0)",
            (document, self._mark(row["sha256"]), today, by),
        )

    def _leave_name(self, document: int) -> None:
        """Take its name from parts of it that also came in by themselves."""
        parts = self._db.execute(
            "DELETE FROM source WHERE (file, document) IN (SELECT s.file, s.document FROM source s"
            f" JOIN source o ON o.document = ?1 AND s.document != ?1 AND {_WITHIN}"
            " WHERE s.document NOT IN (SELECT value FROM json_each(?2))) RETURNING document",
            (document, str(self.within(document))),
        ).fetchall()
        for (part,) in parts:
            self._db.execute(f"UPDATE document SET change = {NEXT_CHANGE} WHERE id = ?", (part,))

    def remove(self, document: int) -> None:
        """Take the emptied document itself away, once those around it are connected without it."""
        self._db.execute(f"UPDATE forgotten SET change = {NEXT_CHANGE} WHERE document = ?", (document,))
        for table, column in (("link_profile", "document"), ("link_key", "document"), ("document", "id")):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (document,))
        saved_searches.drop(self._db, document)

    def done(self, document: int) -> None:
        """Note that no trace is left."""
        self._db.execute("UPDATE forgotten SET done = 1 WHERE document = ?", (document,))

    def take_back(self, document: int) -> bool:
        """Let the same bytes be taken in again; the note stays. Tell whether there was one."""
        return self._db.execute("UPDATE forgotten SET mark = NULL WHERE document = ?", (document,)).rowcount > 0

    def held(self) -> list[Forgotten]:
        """Return the notes."""
        return [_note(row) for row in self._db.execute("SELECT * FROM forgotten ORDER BY document")]

    def of_bytes(self, sha256: str) -> Forgotten | None:
        """Return the note of the bytes with this hash, where they are not to be taken in."""
        row = self._db.execute("SELECT * FROM forgotten WHERE mark = ?", (self._mark(sha256),)).fetchone()
        return _note(row) if row else None

    def within(self, document: int) -> list[int]:
        """Return the documents that came in as parts of this one alone: attachments, files of an archive."""
        inside = f"EXISTS (SELECT 1 FROM source o WHERE o.document = ?1 AND {_WITHIN})"
        rows = self._db.execute(
            "SELECT s.document FROM source s WHERE s.document != ?1"
            f" GROUP BY s.document HAVING min({inside}) ORDER BY s.document",
            (document,),
        )
        return [row[0] for row in rows]

    def around(self, document: int) -> list[int]:
        """Return the documents that this one came in as a part of."""
        rows = self._db.execute(
            f"SELECT DISTINCT o.document FROM source s JOIN source o ON {_WITHIN}"
            " WHERE s.document = ?1 AND o.document != ?1 ORDER BY o.document",
            (document,),
        )
        return [row[0] for row in rows]

    def _mark(self, sha256: str) -> bytes:
        secret = self._db.execute("SELECT secret FROM library").fetchone()["secret"]
        return hmac.digest(secret, sha256.encode(), "sha256")


def _note(row: sqlite3.Row) -> Forgotten:
    return Forgotten(row["document"], row["day"], row["by"], bool(row["done"]), row["mark"] is None)
