"""Across documents: which reply answers which question document, and which passage answers which question.

Links and answers are derived from findings alone and can always be made again.
"""

from corpus.store import Store
from pipeline.connect.answers import answer_all
from pipeline.connect.profiles import profiles
from pipeline.connect.replies import find_replies


def connect(store: Store) -> None:
    """Find the links between all documents held and the answers to all questions, and write them."""
    held = profiles(store)
    links = find_replies(held)
    store.replace_connections(links, answer_all(store, held, links))
