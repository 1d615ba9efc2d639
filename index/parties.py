"""What a party has asked, demanded, stated and promised, on a topic or at all, in time's order: quotes and outcomes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from corpus.dates import When
from corpus.store import Store
from corpus.values import Grade, Mention
from index import ledger
from index.holdings import Holding, Source, holdings
from index.topics import mentions, topic_terms
from index.trace import MINUTES, ON_TOPIC, matter
from index.words import GRADE_TITLES

OTHERS: Grade = "other's duty"  # told, but not promised


@dataclass(frozen=True, slots=True)
class Deed:
    """A thing a party did: `kind` is fråga, krav, löfte or a kind of statement; `became` is in Swedish what came of it.

    `under` is the heading of the § it stands under in minutes; `text` the statement's own, where it has one.
    """

    kind: str
    when: When
    by: tuple[str, ...]
    said: Source
    became: str
    under: str = ""
    text: str = ""


def deeds(store: Store, code: str, topic: str = "", documents: Collection[int] | None = None) -> list[Deed]:
    """Return what a party (its code) has asked, demanded, stated and promised, in `documents` where they are named."""
    if topic and documents is None:
        documents = matter(store, store.home, topic)[1]
    found = [
        *_questions(store, code, documents),
        *_demands(store, code, documents),
        *_statements(store, code, documents),
        *_promises(store, code, documents),
    ]
    if topic:
        held, terms = holdings(store, {deed.said.document for deed in found}), topic_terms(topic)
        found = [deed for deed in found if _is_about(deed, held, terms)]
    return sorted(found, key=lambda deed: deed.when.order)


def _questions(store: Store, code: str, documents: Collection[int] | None) -> Iterator[Deed]:
    for asked in ledger.matching(ledger.questions(store, documents), party=code):
        yield Deed("fråga", asked.when, asked.by, asked.asked, asked.status_title)


def _demands(store: Store, code: str, documents: Collection[int] | None) -> Iterator[Deed]:
    for demand in ledger.demands(store, documents):
        if code in demand.by:
            became = ""
            if demand.decision:
                became = f"{'föreslås: ' if demand.decision.proposed else ''}{demand.decision.title}"
            yield Deed("krav", demand.when, demand.givers, demand.put, became, demand.under)


def _statements(store: Store, code: str, documents: Collection[int] | None) -> Iterator[Deed]:
    for made in ledger.statements(store, documents):
        if code in made.parties:
            became = f"hänvisar till {made.points_to}" if made.points_to else ""
            yield Deed(made.kind, made.when, made.givers, made.made, became, made.under, made.text)


def _promises(store: Store, code: str, documents: Collection[int] | None) -> Iterator[Deed]:
    """Yield what the party's people promise in what they sign."""
    signed = {
        (document, finding.value.name)
        for (document, _), finding in store.findings(Mention, documents=documents)
        if isinstance(finding.value, Mention) and finding.value.part == "author" and finding.value.party == code
    }
    for given in ledger.promises(store, documents) if signed else ():
        if given.by and (given.given.document, given.by) in signed and given.grade != OTHERS:
            became = f"{GRADE_TITLES[given.grade]} {given.due_title}".strip()
            yield Deed("löfte", given.when, (f"{given.by} ({code})",), given.given, became)


def _is_about(deed: Deed, held: Mapping[int, Holding], terms: frozenset[str]) -> bool:
    """Tell whether a deed is about a topic: by its words, its § heading, or its document, if that is of one matter."""
    holding = held[deed.said.document]
    title = holding.title if holding.kind != MINUTES else ""
    return max(mentions(text, terms) for text in (deed.said.quote, deed.under, deed.text, title)) >= ON_TOPIC
