"""What the program is unsure of, in its database: links, answers, pages poorly read and doubtful corrections.

Each comes the least sure first, off the end of an index that holds nothing else: it takes as long in a large library as
in a small one.
"""

import sqlite3
from collections.abc import Iterator
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

    def pages(self, limit: int, offset: int = 0) -> list[PoorPage]:
        """Return the pages that are read badly."""
        query = f"SELECT document, number, grade, method, reasons {_PAGES} ORDER BY grade, document, number"
        return [
            PoorPage(
                row["document"], row["number"], row["grade"], row["method"],
                msgspec.json.decode(row["reasons"], type=tuple[str, ...]),
            )
            for row in self._db.execute(f"{query} LIMIT ? OFFSET ?", (limit, offset))
        ]  # fmt: skip

    def corrections(self, limit: int, offset: int = 0) -> list[DoubtfulCorrection]:
        """Return the corrections that may be wrong."""
        wanted = f"SELECT * {_CORRECTIONS} ORDER BY confidence, document, page, start LIMIT :limit OFFSET :offset"
        rows = self._db.execute(
            "SELECT c.*, substr(p.original, max(c.start - :near, 0) + 1, min(c.start, :near)) AS left,"
            " substr(p.original, c.end + 1, :near) AS right,"
            " (SELECT count(*) FROM correction o WHERE o.document = c.document AND o.page = c.page"
            " AND o.start <= c.start) AS number"
            f" FROM ({wanted}) c"
            " JOIN page p ON p.document = c.document AND p.number = c.page"
            " ORDER BY c.confidence, c.document, c.page, c.start",
            {"near": NEAR, "limit": limit, "offset": offset},
        )
        return [_correction(row) for row in rows]

    def counts(self) -> tuple[int, int, int, int]:
        """Return how many links, answers, pages and corrections there are, each at most `MOST_COUNTED`."""
        parts = (_LINKS, _ANSWERS, _PAGES, _CORRECTIONS)
        links, answers, pages, corrections = (
            int(self._db.execute(f"SELECT count(*) FROM (SELECT 1 {part} LIMIT {MOST_COUNTED})").fetchone()[0])
            for part in parts
        )
        return links, answers, pages, corrections


def _correction(row: sqlite3.Row) -> DoubtfulCorrection:
    made = Correction(row["start"], row["end"], row["before"], row["after"], row["rule"], row["confidence"])
    return DoubtfulCorrection(row["document"], row["page"], row["number"], made, row["left"], row["right"])
