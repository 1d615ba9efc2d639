"""What was decided on a demand: the decision with its quote, the votes and the reservations of the same §.

In minutes it is sought under the § the demand stands under; for a motion, a skrivelse or an initiativ, in documents
linked to it, where a § treats it. What the meeting did with a yrkande is read from the decision it asked for; where the
text does not say, the decision is shown without an outcome. Nothing here judges: every line is a quote.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.dates import UNKNOWN, When
from corpus.links import Link
from corpus.records import Finding
from corpus.store import Store
from corpus.values import Decision, Demand, Statement, Vote
from corpus.vocabulary import pattern, table
from index.holdings import Holding, Source, source
from index.minutes import MINUTES, Paragraph, Subject, paragraph_number, paragraphs, subjects, treating
from index.rulings import Asked, Ruling, asked, ruled, settled

RESERVATION = "reservation"


@dataclass(frozen=True, slots=True)
class Tally:
    """A vote with its numbers, and where they stand."""

    vote: Vote
    told: Source


@dataclass(frozen=True, slots=True)
class Reserved:
    """A reservation against a decision, and where it stands."""

    persons: tuple[str, ...]
    parties: tuple[str, ...]
    made: Source


@dataclass(frozen=True, slots=True)
class DecidedOn:
    """What was decided on a demand; `outcome` is a key of `[titles]` in `vocabulary/outcomes.toml`, None where unsaid.

    `proposed` where only a proposal to decide was found. `others` are the other decisions on it, the latest first.
    """

    outcome: str | None
    quote: Source
    when: When
    proposed: bool
    why: tuple[str, ...]
    votes: tuple[Tally, ...] = ()
    reservations: tuple[Reserved, ...] = ()
    others: tuple["DecidedOn", ...] = ()

    @property
    def title(self) -> str:
        """The outcome in words."""
        return outcome_title(self.outcome)


def outcome_title(outcome: str | None) -> str:
    """Return an outcome in Swedish."""
    return str(table("outcomes")["titles"].get(outcome, "beslut"))


@dataclass(frozen=True, slots=True)
class _Case:
    """A § (or a document without §§) as it decides: rulings, votes, reservations and its sentences."""

    when: When
    why: tuple[str, ...]
    decides: bool
    rulings: tuple[Ruling, ...]
    votes: tuple[Tally, ...]
    reservations: tuple[Reserved, ...]
    sentences: tuple[Source, ...]


def decisions_on(
    store: Store, held: Mapping[int, Holding], links: Iterable[Link], demands: Sequence[tuple[tuple[int, int], Finding]]
) -> dict[tuple[int, int], DecidedOn]:
    """Return what was decided on each demand (by document id and finding number) on which something was found."""
    cases = _Cases(store, held, links, {document for (document, _), _ in demands})
    groups: dict[tuple[int, str], list[tuple[int, Demand]]] = {}
    for (document, number), finding in demands:
        if isinstance(finding.value, Demand):
            under = paragraph_number(finding.value.under)
            groups.setdefault((document, under), []).append((number, finding.value))
    found = {}
    for (document, under), put in groups.items():
        treated = cases.of(document, under)
        for number, one in asked(put) if treated else ():
            made = [_decided(one, case) for case in treated]
            if decided := _latest([decision for decision in made if decision]):
                found[document, number] = decided
    return found


class _Cases:
    """Finds the cases that treat a document; what was read of a document is kept for the next demand."""

    def __init__(
        self, store: Store, held: Mapping[int, Holding], links: Iterable[Link], documents: Collection[int]
    ) -> None:
        self._store, self._held = store, held
        self._subjects = subjects(store, documents)
        self._linked: dict[int, dict[int, bool]] = {}  # … and whether the other answers it
        for link in links:
            for one, other in ((link.source, link.target), (link.target, link.source)):
                if one in documents and other in held:
                    answers = link.kind == "answers" and other == link.source
                    linked = self._linked.setdefault(one, {})
                    linked[other] = linked.get(other, False) or answers
        self._said: dict[int, list[Finding]] = {}
        deciding = {*documents, *(other for linked in self._linked.values() for other in linked)}
        for (document, _), finding in store.findings(Decision, Vote, Statement, documents=deciding):
            self._said.setdefault(document, []).append(finding)
        self._read: dict[int, list[Paragraph]] = {}

    def of(self, document: int, under: str) -> list[_Case]:
        """Return the cases: the § a demand of minutes stands under, else those of linked documents."""
        if under or self._held[document].kind == MINUTES:
            held = self._paragraphs(document)
            why = f"samma paragraf, § {under}" if under else "samma handling"
            return [self._case(paragraph, (why,)) for paragraph in held if paragraph.number == under][:1]
        subject = self._subjects[document]
        linked = dict(self._linked.get(document, {}))
        if self._held[document].kind in table("demands")["telling"]:
            linked[document] = True  # an answer tells what it answers asked for, and proposes what to decide
        return [case for other, answers in linked.items() for case in self._in(other, subject, answers=answers)]

    def _in(self, document: int, subject: Subject, *, answers: bool) -> Iterator[_Case]:
        """Yield the cases of a linked document; what only mentions the matter decides it where it names it."""
        held = self._paragraphs(document)
        for paragraph, why in treating(held, subject):
            case = self._case(paragraph, why or ("handlingen hör till ärendet",))
            if not answers and not paragraph.number:
                named = tuple(r for r in case.rulings if pattern("outcomes", "matter").search(r.text))
                case = replace(case, rulings=named)
            if case.rulings:
                yield case

    def _paragraphs(self, document: int) -> list[Paragraph]:
        if document not in self._read:
            self._read[document] = paragraphs(self._store, document)
        return self._read[document]

    def _case(self, paragraph: Paragraph, why: tuple[str, ...]) -> _Case:
        document = paragraph.document
        own = [f for f in self._said.get(document, ()) if paragraph_number(_under(f)) == paragraph.number]
        when, decides = self._held[document].when, self._held[document].kind == MINUTES

        def said(finding: Finding) -> Source:
            return source(self._held, document, finding)

        return _Case(
            when,
            why,
            decides,
            tuple(
                ruling
                for f in own
                if isinstance(f.value, Decision)
                for ruling in ruled(f.value, said(f), when, decides=decides)
            ),
            tuple(Tally(f.value, said(f)) for f in own if isinstance(f.value, Vote)),
            tuple(
                Reserved(f.value.persons, f.value.parties, said(f))
                for f in own
                if isinstance(f.value, Statement) and f.value.kind == RESERVATION
            ),
            tuple(Source(document, self._held[document].file, s.page, s.text) for s in paragraph.sentences),
        )


def _under(finding: Finding) -> str:
    value = finding.value
    return value.paragraph if isinstance(value, Statement) else str(getattr(value, "under", ""))


def _decided(put: Asked, case: _Case) -> DecidedOn | None:
    found = settled(put, case.rulings, case.sentences, decides=case.decides)
    if found is None:
        return None
    outcome, quote = found
    only_proposed = any(ruling.proposed and ruling.said == quote for ruling in case.rulings)
    proposed = only_proposed and not (put.is_yrkande and case.decides)  # what a meeting proposes is how it decided
    return DecidedOn(outcome, quote, case.when, proposed, case.why, case.votes, case.reservations)


def _latest(found: Sequence[DecidedOn]) -> DecidedOn | None:
    """Return the decision that holds: what was decided before what was only proposed, the latest first."""
    if not found:
        return None
    dated = [one for one in found if one.when != UNKNOWN]
    undated = [one for one in found if one.when == UNKNOWN]
    ordered = [*sorted(dated, key=lambda one: one.when.order, reverse=True), *undated]
    first, *others = sorted(ordered, key=lambda one: one.proposed)
    return replace(first, others=tuple(others))
