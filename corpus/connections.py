"""What ties the library's documents together, in its database: links, answers, and the keys documents are found by.

A document stands under each of its keys, on the side of those that ask, that answer or that keep minutes, in the year
of its date: a *bucket*. Every question here reads a few buckets of a bounded size, so that it takes as long in a large
library as in a small one. Which keys a document has, and what a profile holds, linking decides (`pipeline/connect`).
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from corpus.links import Answer, Link, Passage

_AMONG = "(SELECT value FROM json_each(:documents))"
FULL = 64  # a bucket with more documents tells nothing of any of them


class Bucket(NamedTuple):
    """The documents that stand under a key, on one side, in one year (0: undated, or for all time)."""

    key: str
    side: str
    year: int


# The first two are read off the end of an index; few documents are ever forgotten.
_LAST_SAVED = "coalesce((SELECT max(change) FROM document), 0)"
_LAST_CONNECTED = "coalesce((SELECT max(connected) FROM document), 0)"
_LAST_FORGOTTEN = "coalesce((SELECT max(change) FROM forgotten), 0)"
NEXT_CHANGE = f"(SELECT max({_LAST_SAVED}, {_LAST_CONNECTED}, {_LAST_FORGOTTEN}) + 1)"


@dataclass(frozen=True, slots=True)
class Saved:
    """A document saved since the last connecting."""

    document: int
    change: int
    holds_text: bool


class Connections:
    """The connections of an open library, within a transaction of the store."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # ---- how far connecting has come -------------------------------------------------------------------------------

    def prepare(self, version: str) -> None:
        """Forget all connections that another version made."""
        row = self._db.execute("SELECT version FROM linking").fetchone()
        if row is None or row["version"] != version:
            self._db.execute(
                f"UPDATE document SET connected = {NEXT_CHANGE} WHERE id IN"
                " (SELECT source FROM link UNION SELECT target FROM link UNION SELECT document FROM answer)"
            )
            for table in ("link", "answer", "link_profile", "link_key", "linking"):
                self._db.execute(f"DELETE FROM {table}")
            self._db.execute("INSERT INTO linking VALUES (?, -1)", (version,))

    def saved(self, most: int) -> list[Saved]:
        """Return the first documents saved since the last that is connected."""
        rows = self._db.execute(
            "SELECT id, change, EXISTS (SELECT 1 FROM page p WHERE p.document = d.id) AS holds_text FROM document d"
            " WHERE change > (SELECT change FROM linking) ORDER BY change LIMIT ?",
            (most,),
        )
        return [Saved(row["id"], row["change"], bool(row["holds_text"])) for row in rows]

    def done(self, change: int) -> None:
        """Note that all documents saved so far are connected."""
        self._db.execute("UPDATE linking SET change = ?", (change,))

    # ---- profiles and keys -----------------------------------------------------------------------------------------

    def profile(self, document: int) -> str | None:
        """Return what was written of a document."""
        row = self._db.execute("SELECT profile FROM link_profile WHERE document = ?", (document,)).fetchone()
        return str(row["profile"]) if row else None

    def buckets(self, document: int) -> list[Bucket]:
        """Return the buckets a document stands in."""
        rows = self._db.execute("SELECT key, side, year FROM link_key WHERE document = ?", (document,))
        return [Bucket(*row) for row in rows]

    def enter(self, document: int, profile: str, buckets: Iterable[Bucket]) -> None:
        """Write a document's profile and keys in place of those that stood there."""
        self.leave(document)
        self._db.execute("INSERT INTO link_profile VALUES (?, ?)", (document, profile))
        self._db.executemany("INSERT OR IGNORE INTO link_key VALUES (?, ?, ?, ?)", [(*b, document) for b in buckets])

    def leave(self, document: int) -> None:
        """Take a document's profile and keys away."""
        self._db.execute("DELETE FROM link_profile WHERE document = ?", (document,))
        self._db.execute("DELETE FROM link_key WHERE document = ?", (document,))

    def members(self, bucket: Bucket) -> list[int] | None:
        """Return the documents in a bucket; None where they are too many to tell anything."""
        query = "SELECT document FROM link_key WHERE key = ? AND side = ? AND year = ? LIMIT ?"
        rows = self._db.execute(query, (*bucket, FULL + 1)).fetchall()
        return [row[0] for row in rows] if len(rows) <= FULL else None

    def years(self, key: str, side: str) -> Iterator[int]:
        """Yield the years in which any document stands under a key, skipping from one to the next."""
        query, year = "SELECT min(year) FROM link_key WHERE key = ? AND side = ? AND year > ?", -1
        while (found := self._db.execute(query, (key, side, year)).fetchone()[0]) is not None:
            yield (year := found)

    # ---- links and answers -----------------------------------------------------------------------------------------

    def links(
        self, *, source: int | None = None, target: int | None = None, kind: str | None = None,
        documents: Collection[int] | None = None,
    ) -> list[Link]:  # fmt: skip
        """Return the links: from or to a document, of a kind, from or to any of `documents`, where these are given."""
        given: dict[str, Any] = {"source": source, "target": target, "kind": kind}
        wanted = [f"{name} = :{name}" for name, value in given.items() if value is not None]
        if documents is not None:
            wanted.append(f"(source IN {_AMONG} OR target IN {_AMONG})")
            given["documents"] = _json(list(documents))
        where = " AND ".join(wanted) or "TRUE"
        rows = self._db.execute(f"SELECT * FROM link WHERE {where} ORDER BY kind, source, target", given)
        return [read_link(row) for row in rows]

    def drop_links(self, document: int, kind: str, *, both_ways: bool = True) -> None:
        """Take away a document's links of a kind: those from it, and to it unless not `both_ways`."""
        self._drop("kind = ? AND source = ?", (kind, document))
        if both_ways:
            self._drop("kind = ? AND target = ?", (kind, document))

    def add_links(self, links: Iterable[Link]) -> None:
        """Write links, each in place of the one that stood there."""
        added = list(links)
        self._db.executemany(
            "INSERT OR REPLACE INTO link VALUES (?, ?, ?, ?, ?)",
            [(k.kind, k.source, k.target, _json(k.reasons), k.confidence) for k in added],
        )
        self.touch({end for link in added for end in (link.source, link.target)})

    def answers(self, documents: Collection[int] | None = None) -> dict[tuple[int, int], Answer]:
        """Return what was found for each question of some documents or of all, by its key (document id, number)."""
        where = "TRUE" if documents is None else f"document IN {_AMONG}"
        given = {} if documents is None else {"documents": _json(list(documents))}
        rows = self._db.execute(f"SELECT * FROM answer WHERE {where}", given)
        return {(row["document"], row["question"]): _answer(row) for row in rows}

    def replace_answers(self, document: int, answers: Sequence[Answer]) -> None:
        """Write the answers to a document's questions in place of those that stood there."""
        self._db.execute("DELETE FROM answer WHERE document = ?", (document,))
        self._db.executemany(
            "INSERT INTO answer VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (a.document, a.question, a.reply, a.status, a.missing, _json(a.passages), a.confidence)
                for a in answers
            ],
        )  # fmt: skip
        self.touch({document})

    def touch(self, documents: Collection[int]) -> None:
        """Note that the connections of documents have changed: what the index tells of them is told anew."""
        if documents:
            self._db.execute(
                f"UPDATE document SET connected = {NEXT_CHANGE} WHERE id IN {_AMONG}",
                {"documents": _json(list(documents))},
            )

    def _drop(self, where: str, values: tuple[str, int]) -> None:
        gone = self._db.execute(f"DELETE FROM link WHERE {where} RETURNING source, target", values).fetchall()
        self.touch({end for row in gone for end in row})


def read_link(row: sqlite3.Row) -> Link:
    """Read a row of the table of links."""
    reasons = msgspec.json.decode(row["reasons"], type=tuple[str, ...])
    return Link(row["kind"], row["source"], row["target"], reasons, row["confidence"])


def _answer(row: sqlite3.Row) -> Answer:
    passages = msgspec.json.decode(row["passages"], type=tuple[Passage, ...])
    return Answer(
        row["document"], row["question"], row["reply"], row["status"], row["missing"], passages, row["confidence"]
    )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()
