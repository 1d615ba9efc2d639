"""What the program is unsure of, in its database: links, answers, pages poorly read and doubtful corrections.

Each comes the least sure first, off the end of an index that holds nothing else: it takes as long in a large library as
in a small one. Beside it stands what could not be read at all.
"""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import msgspec

from corpus.connections import read_link
from corpus.links import UNSURE, Link
from corpus.records import DOUBTFUL, GOOD, Correction, Method

MOST_COUNTED = 10_000
NEAR = 60  # characters shown on either side of a correction
# As the indexes are written: SQLite uses one where the words are the same.
_LINKS = f"FROM link WHERE confidence < {UNSURE}"
_ANSWERS = f"FROM answer WHERE status = 'partly' OR (reply IS NOT NULL AND confidence < {UNSURE})"
_PAGES = f"FROM page WHERE grade < {GOOD}"
_CORRECTIONS = f"FROM correction WHERE confidence < {DOUBTFUL}"
PageKey = tuple[int, int]
CorrectionKey = tuple[int, int, int, str, str]
_PAGE_KEY, _CORRECTION_KEY = "document, number", "document, page, start, before, after"
_AT = "json_extract(value, '$[{}]')"


def _but(columns: str, keys: Collection[tuple[object, ...]]) -> str:
    """Return what leaves out rows by these columns; nothing where there are none to leave out."""
    parts = ", ".join(_AT.format(number) for number, _ in enumerate(columns.split(", ")))
    return f"AND ({columns}) NOT IN (SELECT {parts} FROM json_each(:but))" if keys else ""


@dataclass(frozen=True, slots=True)
class PoorPage:
    """A page that is not read well, and why it is thought so."""

    document: int
    page: int
    grade: float
    method: Method
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoubtfulCorrection:
    """A correction that may be wrong, with the original text before and after it. `number` is its place on the page."""

    document: int
    page: int
    number: int
    made: Correction
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A document, or a page of it, that could not be read: the reason and what may help."""

    document: int
    file: str
    page: int | None
    reason: str
    remedy: str


class Unsure:
    """What is doubtful in an open library."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def links(self) -> Iterator[Link]:
        """Yield the links that a person should look at."""
        for row in self._db.execute(f"SELECT * {_LINKS} ORDER BY confidence, kind, source, target"):
            yield read_link(row)

    def answers(self) -> Iterator[tuple[int, int]]:
        """Yield the questions (document id, finding number) that are answered in part, or not surely."""
        for row in self._db.execute(f"SELECT document, question {_ANSWERS} ORDER BY confidence, document, question"):
            yield row["document"], row["question"]

    def pages(self, limit: int, offset: int = 0, but: Collection[PageKey] = ()) -> list[PoorPage]:
        """Return the pages that are read badly, but for some."""
        rows = self._db.execute(
            f"SELECT document, number, grade, method, reasons {_PAGES} {_but(_PAGE_KEY, but)}"
            " ORDER BY grade, document, number LIMIT :limit OFFSET :offset",
            {"but": _json(but), "limit": limit, "offset": offset},
        )
        return [
            PoorPage(
                row["document"], row["number"], row["grade"], row["method"],
                msgspec.json.decode(row["reasons"], type=tuple[str, ...]),
            )
            for row in rows
        ]  # fmt: skip

    def corrections(self, limit: int, offset: int = 0, but: Collection[CorrectionKey] = ()) -> list[DoubtfulCorrection]:
        """Return the corrections that may be wrong, but for some."""
        wanted = (
            f"SELECT * {_CORRECTIONS} {_but(_CORRECTION_KEY, but)}"
            " ORDER BY confidence, document, page, start LIMIT :limit OFFSET :offset"
        )
        rows = self._db.execute(
            "SELECT c.*, substr(p.original, max(c.start - :near, 0) + 1, min(c.start, :near)) AS left,"
            " substr(p.original, c.end + 1, :near) AS right,"
            " (SELECT count(*) FROM correction o WHERE o.document = c.document AND o.page = c.page"
            " AND o.start <= c.start) AS number"
            f" FROM ({wanted}) c"
            " JOIN page p ON p.document = c.document AND p.number = c.page"
            " ORDER BY c.confidence, c.document, c.page, c.start",
            {"near": NEAR, "but": _json(but), "limit": limit, "offset": offset},
        )
        return [_correction(row) for row in rows]

    def unread(self, limit: int, offset: int = 0) -> list[Unread]:
        """Return what could not be read, the latest taken in first."""
        query = (
            "SELECT p.document, (SELECT min(file) FROM source s WHERE s.document = p.document) AS file, p.page,"
            " p.reason, p.remedy FROM problem p ORDER BY p.document DESC, p.page LIMIT ? OFFSET ?"
        )
        return [Unread(*row) for row in self._db.execute(query, (limit, offset))]

    def count_unread(self) -> int:
        """Return how many documents and pages of documents could not be read."""
        return int(self._db.execute("SELECT count(*) FROM problem").fetchone()[0])

    def failed(self) -> int:
        """Return how many documents could not be read at all; each has a line that says why."""
        query = "SELECT count(*) FROM document WHERE outcome = 'failed' AND id IN (SELECT document FROM problem)"
        return int(self._db.execute(query).fetchone()[0])

    def counts(
        self, pages: Collection[PageKey] = (), corrections: Collection[CorrectionKey] = ()
    ) -> tuple[int, int, int, int]:
        """Return how many links, answers, pages and corrections there are, each at most `MOST_COUNTED`.

        Some pages and corrections are left out.
        """
        return (
            self._count(_LINKS),
            self._count(_ANSWERS),
            self._count(f"{_PAGES} {_but(_PAGE_KEY, pages)}", pages),
            self._count(f"{_CORRECTIONS} {_but(_CORRECTION_KEY, corrections)}", corrections),
        )

    def _count(self, part: str, but: Collection[tuple[object, ...]] = ()) -> int:
        query = f"SELECT count(*) FROM (SELECT 1 {part} LIMIT {MOST_COUNTED})"
        return int(self._db.execute(query, {"but": _json(but)}).fetchone()[0])


def _json(keys: Collection[tuple[object, ...]]) -> str:
    return msgspec.json.encode(list(keys)).decode()


def _correction(row: sqlite3.Row) -> DoubtfulCorrection:
    made = Correction(row["start"], row["end"], row["before"], row["after"], row["rule"], row["confidence"])
    return DoubtfulCorrection(row["document"], row["page"], row["number"], made, row["left"], row["right"])
