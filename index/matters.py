"""The matters of a library, the newest first: what somebody asked, moved or proposed, and how far it has come.

A matter is opened by a document of a kind that others answer (`answers` in `vocabulary/kinds.toml`). They come page by
page from the index; nothing else is read than what is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.links import Status
from corpus.store import Store
from corpus.vocabulary import kind_titles, table
from index import ledger
from index.holdings import Holding, holdings
from index.search import Window, listed


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that opens a matter, what to follow it by, and how many of its questions have each status."""

    by: Holding
    query: str
    questions: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class Matters:
    """Some of the matters, and how many documents there are that open one."""

    opened: tuple[Opened, ...]
    total: int


def newest(store: Store, home: Path, limit: int, offset: int = 0) -> Matters:
    """Return the matters last opened, each once: of several documents with one number the newest stands for it.

    A copy of a paper whose questions stand at another opens none.
    """
    found = listed(store, home, _opening(), Window(limit, offset, "newest"))
    held = holdings(store, found.documents)
    asked: dict[int, dict[Status, int]] = {}
    copies: set[int] = set()
    for question in ledger.questions(store, found.documents):
        copies.update(source.document for source in question.also)
        counts = asked.setdefault(question.asked.document, {})
        counts[question.status] = counts.get(question.status, 0) + 1
    opened: dict[str, Opened] = {}
    for document in found.documents:
        if document in held and (document in asked or document not in copies):
            query = _query(held[document])
            opened.setdefault(query, Opened(held[document], query, asked.get(document, {})))
    return Matters(tuple(opened.values()), found.total)


def _query(opening: Holding) -> str:
    """A number gathers the whole matter; without one the document itself leads to it."""
    return opening.numbers[0] if opening.numbers else str(opening.id)


@cache
def _opening() -> str:
    """Return the query for documents of the kinds that others answer."""
    answered = dict.fromkeys(kind for entry in table("kinds").values() for kind in entry.get("answers", ()))
    return " OR ".join(f'typ:"{kind_titles()[kind]}"' for kind in answered)
