"""Across documents: what answers, treats or goes with what, and which passage answers which question.

Links and answers are derived from findings alone and can always be made again. What was saved since the last time is
linked, with what its keys lead to and nothing else; the outcome is the same in whatever order documents came.
"""

from corpus import vocabulary
from corpus.store import Store
from pipeline.connect.linking import Linking

VERSION = "7"  # a new one makes every connection again
BATCH = 100  # documents a transaction


def connect(store: Store) -> None:
    """Bring links and answers up to date with the documents saved since the last time."""
    while _connect_some(store):
        pass


def version() -> str:
    """Return what connections depend on beside the documents: this code and what the library adds to vocabularies."""
    return f"{VERSION} {vocabulary.digest()}".strip()


def _connect_some(store: Store) -> bool:
    """Connect a batch; tell whether there was anything left to do."""
    with store.connecting() as held:
        held.prepare(version())
        saved = held.saved(BATCH)
        if saved:
            Linking(store, held).link(saved)
            held.done(saved[-1].change)
    return bool(saved)
