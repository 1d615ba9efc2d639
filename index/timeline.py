"""The timeline of a topic: every dated happening the documents tell of it, in order, each with its quotes.

Sources that tell the same are one line with all their quotes; where they contradict each other the lines say so
(`index/telling_same.py`, `index/differences.py`). Documents stand on it themselves by their own date. What has no time
at all is not put anywhere by guess: it is not on the timeline.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from corpus.dates import When
from corpus.store import Store
from corpus.values import Decision, Event, Title
from corpus.vocabulary import pattern
from index.differences import with_differences
from index.happenings import Difference, Entry, Said
from index.holdings import Holding, Source, known_too, source
from index.search import mentions, topic_terms
from index.telling_same import joined_documents, lines_of

__all__ = ["Difference", "Entry", "Said", "timeline", "within"]

ENOUGH = 0.5  # the share of the topic a sentence must name by itself
MINUTES = "protokoll"


def timeline(
    store: Store, query: str, documents: Collection[int], first: int | None = None, last: int | None = None,
    known: Mapping[int, Holding] | None = None,
) -> list[Entry]:  # fmt: skip
    """Return what these documents tell of the topic between the years `first` and `last`, in order of time.

    `known` are documents that need not be looked up again.
    """
    held = known_too(store, documents, known)
    topic = topic_terms(query)
    happened = [*_happenings(store, held, topic, documents), *_decisions(store, held, topic, documents)]
    entries = [
        *with_differences(lines_of(happened, held), held),
        *joined_documents(_documents(store, held, documents)),
    ]
    return within(sorted(entries, key=lambda entry: entry.when.order), first, last)


def within(entries: Iterable[Entry], first: int | None, last: int | None) -> list[Entry]:
    """Return the lines that touch the years from `first` to `last`; what has no year touches none."""
    return [entry for entry in entries if _is_within(entry.when, first, last)]


def _happenings(
    store: Store, held: Mapping[int, Holding], topic: frozenset[str], documents: Collection[int]
) -> Iterator[Entry]:
    for (document, _), finding in store.findings(Event, documents=documents):
        event = finding.value
        if not isinstance(event, Event):
            continue
        needed = ENOUGH if not event.about_plan else ENOUGH * (1 - mentions(held[document].title, topic))
        if mentions(event.text, topic) >= needed:
            yield Entry(event.when, event.action, finding.text, (source(held, document, finding),), event.about_plan)


def _decisions(
    store: Store, held: Mapping[int, Holding], topic: frozenset[str], documents: Collection[int]
) -> Iterator[Entry]:
    """What minutes record was decided that day."""
    for (document, _), finding in store.findings(Decision, documents=documents):
        decision, holding = finding.value, held[document]
        if holding.kind != MINUTES or not isinstance(decision, Decision) or decision.proposed:
            continue
        if pattern("decisions", "procedural").search(decision.text):
            continue
        if max(mentions(decision.text, topic), mentions(decision.under, topic)) >= ENOUGH:
            about_plan = bool(pattern("references", "plan_words").search(f"{decision.text} {decision.under}"))
            yield Entry(holding.when, "decided", finding.text, (source(held, document, finding),), about_plan)


def _documents(store: Store, held: Mapping[int, Holding], documents: Collection[int]) -> Iterator[Entry]:
    """The documents themselves, quoted where they say what they are called: minutes are called what nobody wrote."""
    minutes = [document for document in documents if held[document].kind == MINUTES]
    called = {
        document: source(held, document, title) for (document, _), title in store.findings(Title, documents=minutes)
    }
    for document in documents:
        holding = held[document]
        if holding.when.year is not None:
            said = called.get(document) or Source(document, holding.file, 1, holding.name)
            yield Entry(holding.when, holding.kind, holding.name, (said,))


def _is_within(when: When, first: int | None, last: int | None) -> bool:
    if when.year is None:
        return False
    return (first is None or (when.until or when.year) >= first) and (last is None or when.year <= last)
