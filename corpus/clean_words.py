"""How often each word stands on the library's clean pages: how its places, people and terms are spelled.

Kept in the library's database by skeleton, so that a worker restoring a page asks only for the strings it has in hand.
A page counts where it was read as it was written and, restored by itself, needed no repair (OCR reads a name it does
not know as one it does). Which pages count does not depend on the counts, so that these are the same in whatever order
the documents came. A document's words are taken out again when it is restored anew.
"""

import json
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


def recount(db: sqlite3.Connection, document: int, pages: Iterable[Page]) -> frozenset[int]:
    """Count a document's clean pages in place of those that stand in the database; return their numbers.

    Within the caller's transaction; `pages` are as they were restored by themselves.
    """
    held = db.execute("SELECT original FROM page WHERE document = ? AND clean", (document,)).fetchall()
    clean = [page for page in pages if _is_clean(page)]
    change = Counter(word for page in clean for word in words(page.original))
    change.subtract(word for row in held for word in words(row[0]))
    db.executemany(
        "INSERT INTO clean_word VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
        [(skeleton(word), word, count) for word, count in change.items() if count],
    )
    return frozenset(page.number for page in clean)


def counted(db: sqlite3.Connection, document: int) -> frozenset[int]:
    """Return which pages of a document are counted."""
    return frozenset(row[0] for row in db.execute("SELECT number FROM page WHERE document = ? AND clean", (document,)))


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

    def of(self, keys: Iterable[str]) -> Mapping[str, Mapping[str, int]]:
        """Return the words of each of these skeletons that stands at all, and how often."""
        found: dict[str, dict[str, int]] = {}
        if self._db is not None:
            for key, word, count in self._db.execute(_OF, (json.dumps(list(keys)),)):
                found.setdefault(key, {})[word] = count
        return found


_OF = "SELECT * FROM clean_word WHERE skeleton IN (SELECT value FROM json_each(?)) AND count > 0"
