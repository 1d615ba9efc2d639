"""The trace of a matter: from a question typed to its documents, events, questions, demands, promises and statements.

What belongs to it is found by search, by case number or by naming a document, and widened by the links between
documents. Gaps are named, not filled.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from corpus.dates import When
from corpus.errors import WrongUse
from corpus.links import Link, LinkKind
from corpus.store import Store
from corpus.values import Reference
from index import judged, ledger
from index.happenings import Difference, Entry
from index.holdings import Holding, Source, holdings, known_too, source
from index.kept import Kept
from index.ledger import AskedQuestion, GivenPromise, MadeStatement, PutDemand
from index.participants import Party, Person, participants
from index.plan_changes import changes_of, names_period
from index.search import mentions, topic_terms, understood
from index.timeline import timeline, within

MOST_DOCUMENTS = 200
NEAR_BEST = 0.12  # a hit scoring a smaller share of the best one is another matter
KEPT = 16  # matters: one of 200 documents takes some megabytes
MOST_FOLLOWED = 50  # promises whose later evidence is looked for: each costs a search
GAP_YEARS = 2
ON_TOPIC = 0.5
NUMBER_KEYS = ("nr:", "any:")  # topic terms that are case numbers
MINUTES = "protokoll"  # treat many matters: what is said there belongs to its paragraph
DECIDING = frozenset({"decided", "revised", "extended"})


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a plan: the period it holds for, when it was decided as far as the sources say, and its sources.

    `changed` is what its own document says is new in it, and what others tell was revised. Where sources do not agree
    on when it was decided, `differs` tells it.
    """

    name: str
    period: When | None
    decided: When | None
    changed: tuple[Source, ...]
    sources: tuple[Source, ...]
    differs: tuple[Difference, ...] = ()

    @property
    def changes(self) -> tuple[str, ...]:
        """What changed with it, in the words of the sources alone."""
        return tuple(source.quote for source in self.changed)


@dataclass(frozen=True, slots=True)
class Tie:
    """What one document of a matter has to do with another, by their files, and why we think so."""

    one: str
    other: str
    kind: LinkKind
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """Everything found of a matter, in order of time; `query` as typed, `topic` what it was taken to be about."""

    query: str
    topic: str
    documents: tuple[Holding, ...]
    links: tuple[Tie, ...]
    events: tuple[Entry, ...]
    questions: tuple[AskedQuestion, ...]
    demands: tuple[PutDemand, ...]
    promises: tuple[GivenPromise, ...]
    statements: tuple[MadeStatement, ...]
    versions: tuple[Version, ...]
    gaps: tuple[str, ...]
    people: tuple[Person, ...] = ()
    parties: tuple[Party, ...] = ()

    @property
    def period(self) -> tuple[When, When] | None:
        """The dates of the first and the last document; None where none has one."""
        dated = [document.when for document in self.documents if document.when.year]
        return (dated[0], dated[-1]) if dated else None


_kept: Kept[Trace] = Kept(KEPT)


def trace(
    store: Store, home: Path, query: str, first: int | None = None, last: int | None = None, *,
    followed: int = MOST_FOLLOWED,
) -> Trace:  # fmt: skip
    """Follow the matter a person means by words, a case number or a document.

    The timeline alone is told between the years `first` and `last`, with its gaps; later evidence is looked for of so
    many promises as `followed` says.
    """
    found = _kept.get(home, (query, followed), lambda: _traced(store, home, query, followed))
    return replace(found, events=tuple(within(found.events, first, last)), gaps=tuple(gaps(found.events, first, last)))


def _traced(store: Store, home: Path, query: str, followed: int) -> Trace:
    """Follow a matter through all years."""
    topic, documents, known = _matter(store, home, query)
    linked = judged.links(store, documents)
    held = known_too(store, {*documents, *(one for link in linked for one in (link.source, link.target))}, known)
    events = timeline(store, topic, documents, known=held)  # a version is decided whatever years are looked at
    terms = topic_terms(topic)
    names = {d: held[d].file for d in documents}
    links = [link for link in linked if link.source in names and link.target in names]
    on_topic = {d for d in documents if mentions(held[d].title, terms) >= ON_TOPIC}
    on_topic |= {other for link in links for one, other in _ways(link, held) if one in on_topic}
    given = [p for p in ledger.promises(store, documents, held) if _is_about(p.given, "", on_topic, held, terms)]
    return Trace(
        query,
        topic,
        tuple(sorted((held[d] for d in documents), key=lambda h: h.when.order)),
        tuple(Tie(names[k.source], names[k.target], k.kind, k.reasons) for k in links),
        tuple(events),
        tuple(sorted(ledger.questions(store, documents, held), key=lambda q: q.when.order)),
        tuple(d for d in ledger.demands(store, documents, held) if _is_about(d.put, d.under, on_topic, held, terms)),
        (*ledger.followed(store, given[:followed]), *given[followed:]),
        tuple(ledger.statements(store, documents, held)),
        tuple(versions(store, held, documents, events, terms)),
        (),
        *participants(store, documents),
    )


def matter(store: Store, home: Path, query: str) -> tuple[str, list[int]]:
    """Return the topic in words and the documents that belong to the matter, those found first before those linked."""
    topic, documents, _ = _matter(store, home, query)
    return topic, documents


def _matter(store: Store, home: Path, query: str) -> tuple[str, list[int], Mapping[int, Holding]]:
    """Return what `matter` does, and what has been looked up for it."""
    named = _named_document(store, query)
    meant, hits = understood(store, home, query, MOST_DOCUMENTS) if named is None else (query, [(named, 1.0)])
    found = [document for document, score in hits if score >= NEAR_BEST * hits[0][1]]
    held = holdings(store, found)
    best = held.get(found[0]) if found else None
    called = (best.title if best else "") or query
    topic = called if named is not None else _topic(query, meant, best)
    linked = [other for link in judged.links(store, found) for _, other in _ways(link, held)]
    known = known_too(store, linked, held)
    return topic, [document for document in dict.fromkeys((*found, *linked)) if document in known], known


def _ways(link: Link, held: Mapping[int, Holding]) -> Iterator[tuple[int, int]]:
    """Yield the ways a matter may be widened along a link: not from minutes to every matter they treat."""
    for one, other in ((link.source, link.target), (link.target, link.source)):
        if one in held and (link.kind == "answers" or held[one].kind != MINUTES):
            yield one, other


def _topic(query: str, meant: str, best: Holding | None) -> str:
    """What a query is about in words: a number is about what its document is called, a slip about what was meant."""
    if best and all(term.startswith(NUMBER_KEYS) for term in topic_terms(query)):
        return best.name
    return meant


def versions(
    store: Store, held: Mapping[int, Holding], documents: Collection[int], events: Iterable[Entry],
    terms: frozenset[str],
) -> list[Version]:  # fmt: skip
    """Return the versions of the plan that the documents name, by period, and decisions on one yet unnamed."""
    named: dict[str, list[tuple[Reference, Source]]] = {}
    for (document, _), finding in store.findings(Reference, documents=documents):
        plan = finding.value
        if isinstance(plan, Reference) and plan.kind == "plan" and plan.when and plan.when.until:
            near = max(mentions(plan.text, terms), mentions(held[document].title, terms))
            if near >= ON_TOPIC:
                named.setdefault(plan.when.iso, []).append((plan, source(held, document, finding)))
    deciding = [entry for entry in events if entry.about_plan and entry.kind in DECIDING and entry.when.until is None]
    told = changes_of(store, held, documents, named)
    found = [_version(mentioned, deciding, told.get(iso, ())) for iso, mentioned in named.items()]
    return sorted([*found, *_unnamed(found, deciding)], key=_version_order)


def _version(
    mentioned: list[tuple[Reference, Source]], deciding: Iterable[Entry], told: Collection[Source]
) -> Version:  # fmt: skip
    longest, _ = max(mentioned, key=lambda pair: len(pair[0].text))
    period = longest.when
    own = [e for e in deciding if period and any(names_period(period, words) for words in (e.text, *_quotes(e)))]
    first = min((e for e in own if e.when.year), key=lambda e: _exactness(e.when), default=None)
    decided, differs = (first.when, first.differs) if first else (None, ())
    sources = dict.fromkeys([s for _, s in mentioned] + [s for e in own for s in e.sources])
    revised = (replace(e.sources[0], quote=e.text) for e in own if e.kind == "revised")
    changed = {source.quote: source for source in (*told, *revised)}
    of_time = tuple(difference for difference in differs if difference.about == "time")
    return Version(longest.text, period, decided, tuple(changed.values()), tuple(sources), of_time)


def _quotes(entry: Entry) -> Iterator[str]:
    return (source.quote for source in entry.sources)


def _exactness(when: When) -> tuple[bool, tuple[int, int, int]]:
    """A day or month tells more of when than a year does; among equals the first counts."""
    return when.precision not in {"day", "month"}, when.order


def _unnamed(found: Iterable[Version], deciding: Iterable[Entry]) -> Iterator[Version]:
    """A decision on the plan after the last period named is a version whose period the sources do not tell."""
    last = max((v.period.until or 0 for v in found if v.period), default=0)
    for entry in deciding:
        if entry.kind == "decided" and last and entry.when.year and entry.when.year > last:
            yield Version("period framgår inte", None, entry.when, (), entry.sources, entry.differs)


def _version_order(version: Version) -> tuple[int, int, int]:
    when = version.period or version.decided
    return when.order if when else (9999, 0, 0)


def gaps(events: Iterable[Entry], first: int | None = None, last: int | None = None) -> Iterator[str]:
    """Say where nothing was found for more than two years, if the years looked at touch that time."""
    dated = sorted((e.when for e in events if e.when.until is None and e.when.year), key=lambda when: when.order)
    for before, after in pairwise(dated):
        begins, ends = before.year or 0, after.year or 0
        if ends - begins > GAP_YEARS and begins < (last or ends) and ends > (first or begins):
            yield f"Inget hittat mellan {before} och {after}."


def _is_about(
    said: Source, under: str, on_topic: Collection[int], held: Mapping[int, Holding], terms: frozenset[str]
) -> bool:
    """Tell whether something said is about the topic: by its words, its heading in minutes, or its document."""
    if max(mentions(said.quote, terms), mentions(under, terms)) >= ON_TOPIC:
        return True
    return said.document in on_topic and held[said.document].kind != MINUTES


def _named_document(store: Store, query: str) -> int | None:
    try:
        return store.resolve(query)
    except WrongUse:
        return None
