"""Restore a document's text once more when all of a run are in, by how the library's clean pages spell.

A run restores every document by itself first; only then is it known how the names and words of its places are spelled.
So a document gets the same text in whatever order the documents came, however many were worked on at a time, and
wherever a run was broken off: what is not yet settled is noted in the store.
"""

from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace

from corpus.clean_words import CleanWords, words
from corpus.errors import Unreadable
from corpus.records import Record
from corpus.store import DATABASE, Store
from corpus.swedish.skeletons import skeleton
from pipeline import stages

Begin = Callable[[Record], Future[Record]]
Save = Callable[[int, Record], None]


def settle(store: Store, begin: Begin, save: Save, at_once: int, told: Callable[[int, int], None]) -> None:
    """Settle the documents that are not; `begin` begins `settled` of one, of so many at once, `save` saves it.

    `told` is called with how many are done, and of how many.
    """
    unsettled = store.unsettled()
    under_way = deque[tuple[int, Record, Future[Record]]]()

    def save_oldest() -> None:
        document, alone, future = under_way.popleft()
        among = future.result()
        if among is alone:
            store.settle(document)
        else:
            save(document, among)

    for done, document in enumerate(unsettled):
        told(done, len(unsettled))
        if len(under_way) == at_once:
            save_oldest()
        record = store.record(document)
        under_way.append((document, record, begin(record)))
    while under_way:
        save_oldest()


def settled(record: Record, work: stages.Work) -> Record:
    """Return a document with its text as it is among the others; the same record where they tell nothing of it."""
    known: dict[str, Mapping[str, int]] = {}
    pages = record.pages
    with CleanWords(work.home / DATABASE) as clean:
        asked = {skeleton(word) for page in pages for word in words(page.original)}
        looked_up: set[str] = set()
        while found := clean.of(asked - looked_up):
            looked_up |= asked
            known |= found
            try:
                restored = stages.restored_pages(record, work, known)
            except Unreadable:  # the text as the document had it by itself is better than none
                return record
            pages, asked = restored.pages, set(restored.asked)
    if pages == record.pages:
        return record
    return stages.run(replace(record, pages=pages), work, stages.number("extract"))
