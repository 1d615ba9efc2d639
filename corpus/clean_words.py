"""How often each word stands on the library's clean pages: how its places, people and terms are spelled.

Kept in the library's database by skeleton, so that a worker restoring a page asks only for the strings it has in hand.
A page counts where it was read as it was written and needed no repair (OCR reads a name it does not know as one it
does); a document's words are taken out again when it is saved anew.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from corpus.records import GOOD, Page
from corpus.swedish.skeletons import skeleton

_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{3,40}(?![^\W_])")


def words(text: str) -> Iterator[str]:
    """Yield the words in lower case; strings with digits, and those of one or two letters, tell nothing."""
    return (match[0].lower() for match in _WORD.finditer(text))


def recount(db: sqlite3.Connection, document: int, pages: Iterable[Page]) -> None:
    """Count a document's clean pages in place of those that stand in the database; within the caller's transaction."""
    held = db.execute(_HELD, (document,)).fetchall()
    change = Counter(word for page in pages if _is_clean(page) for word in words(page.text))
    change.subtract(word for row in held for word in words(row[0]))
    db.executemany(
        "INSERT INTO clean_word VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
        [(skeleton(word), word, count) for word, count in change.items() if count],
    )
    db.execute("UPDATE document SET counted = 1 WHERE id = ?", (document,))


_HELD = (
    "SELECT text FROM page p JOIN document d ON d.id = p.document"
    f" WHERE d.id = ? AND d.counted AND method IN ('layer', 'plain') AND grade >= {GOOD}"
    " AND NOT EXISTS (SELECT 1 FROM correction c WHERE c.document = p.document AND c.page = p.number)"
)


def _is_clean(page: Page) -> bool:
    return page.method in {"layer", "plain"} and page.grade >= GOOD and not page.corrections


class CleanWords:
    """The counts of a library, open for reading. Use as a context manager; the library need not exist."""

    def __init__(self, database: Path) -> None:
        self._db = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True) if database.exists() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._db is not None:
            self._db.close()

    def counts(self, key: str) -> Mapping[str, int]:
        """Return the words with this skeleton and how often they stand."""
        if self._db is None:
            return {}
        return dict(self._db.execute("SELECT word, count FROM clean_word WHERE skeleton = ? AND count > 0", (key,)))
