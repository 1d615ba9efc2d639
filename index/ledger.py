"""The ledgers: every question with its answer or the lack of one, and every promise with who gave it.

A ledger shows quotes and states what was found; it never judges a person.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from corpus.dates import When
from corpus.links import Answer, Status
from corpus.people import same_person
from corpus.store import Store
from corpus.values import Demand, Grade, Mention, Promise, Question, Statement
from index.holdings import Holding, Source, holdings, source

STATUS_TITLES: Mapping[Status, str] = {
    "answered": "besvarad",
    "partly": "delvis besvarad",
    "unanswered": "ej besvarad",
    "no_reply": "svar saknas",
    "withdrawn": "återtagen",
    "lapsed": "förfallen",
    "tabled": "bordlagd",
}
SAME_QUESTION = 80  # likeness (0–100) from which a heading is the question itself
OPEN: frozenset[Status] = frozenset({"partly", "unanswered", "no_reply", "tabled"})


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with who asked whom, what answers it (best first) and what the reply leaves out."""

    asked: Source
    when: When
    by: tuple[str, ...]
    to: tuple[str, ...]
    status: Status
    answers: tuple[Source, ...]
    reply: str | None
    missing: str
    why: tuple[str, ...]
    confidence: float

    @property
    def status_title(self) -> str:
        """The status in words."""
        return STATUS_TITLES[self.status]


@dataclass(frozen=True, slots=True)
class GivenPromise:
    """A promise: who gave it (where no one signs, the document does), how firm it is, when it is due."""

    given: Source
    when: When
    by: str | None
    document: str
    grade: Grade
    due: When | None


@dataclass(frozen=True, slots=True)
class PutDemand:
    """A demand and who put it; in minutes under which §."""

    put: Source
    when: When
    by: tuple[str, ...]
    under: str


@dataclass(frozen=True, slots=True)
class MadeStatement:
    """A statement beside a decision, with its signers; `points_to` where it has no text of its own."""

    made: Source
    when: When
    kind: str
    persons: tuple[str, ...]
    parties: tuple[str, ...]
    points_to: str | None


def questions(store: Store, documents: Collection[int] | None = None) -> list[AskedQuestion]:
    """Return every question put in these documents (all, unless named), in the order of their documents."""
    held = holdings(store)
    answers = store.answers()
    reasons = {(k.target, k.source): k.reasons for k in store.links() if k.kind == "answers"}
    people = _people(store)
    replying = {reply: asked for asked, reply in reasons}
    put = [(d, f.text) for (d, _), f in store.findings(Question, documents=set(replying.values()))]
    asked = []
    for (document, number), finding in store.findings(Question, documents=documents):
        answer = answers.get((document, number))
        if document in replying and _is_put(finding.text, [text for d, text in put if d == replying[document]]):
            continue  # a heading of the reply: it stands where it was put
        if answer and document in held and isinstance(finding.value, Question):
            by, to = people.get(document, ((), ()))
            if finding.value.answered_below:
                by, to = to, ()
            why = reasons.get((document, answer.reply or 0), ())
            asked.append(_asked(held, source(held, document, finding), answer, by, to, why))
    return asked


def _is_put(heading: str, questions: list[str]) -> bool:
    return any(fuzz.token_set_ratio(heading.lower(), question.lower()) >= SAME_QUESTION for question in questions)


def matching(
    asked: list[AskedQuestion], *, still_open: bool = False, to: str | None = None, party: str | None = None
) -> list[AskedQuestion]:
    """Return the questions that are open, were put to a person, or were put by a party (its code)."""
    return [
        q
        for q in asked
        if (not still_open or q.status in OPEN)
        and (to is None or any(same_person(to, name.split(" (")[0]) for name in q.to))
        and (party is None or any(name.endswith(f"({party})") for name in q.by))
    ]


def promises(store: Store, documents: Collection[int] | None = None) -> list[GivenPromise]:
    """Return every promise given in these documents."""
    held = holdings(store)
    return [
        GivenPromise(source(held, d, f), held[d].when, f.value.by, held[d].name, f.value.grade, f.value.due)
        for (d, _), f in store.findings(Promise, documents=documents)
        if isinstance(f.value, Promise)
    ]


def demands(store: Store, documents: Collection[int] | None = None) -> list[PutDemand]:
    """Return every demand put in these documents."""
    held = holdings(store)
    return [
        PutDemand(source(held, d, f), held[d].when, f.value.by, f.value.under)
        for (d, _), f in store.findings(Demand, documents=documents)
        if isinstance(f.value, Demand)
    ]


def statements(store: Store, documents: Collection[int] | None = None) -> list[MadeStatement]:
    """Return every statement beside a decision in these documents."""
    held = holdings(store)
    return [
        MadeStatement(
            source(held, d, f), held[d].when, f.value.kind, f.value.persons, f.value.parties, f.value.points_to
        )
        for (d, _), f in store.findings(Statement, documents=documents)
        if isinstance(f.value, Statement)
    ]


def _people(store: Store) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Who wrote each document and to whom, as `Namn (P)`."""
    people: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for (document, _), finding in store.findings(Mention):
        if isinstance(finding.value, Mention) and finding.value.part != "mentioned":
            name = finding.value.name + (f" ({finding.value.party})" if finding.value.party else "")
            by, to = people.get(document, ((), ()))
            people[document] = ((*by, name), to) if finding.value.part == "author" else (by, (*to, name))
    return people


def _asked(
    held: Mapping[int, Holding], asked: Source, answer: Answer, by: tuple[str, ...], to: tuple[str, ...],
    why: tuple[str, ...],
) -> AskedQuestion:  # fmt: skip
    reply = held.get(answer.reply) if answer.reply is not None else None
    passages = tuple(Source(reply.id, reply.file, p.place.page, p.text) for p in answer.passages) if reply else ()
    return AskedQuestion(
        asked, held[asked.document].when, by, to, answer.status, passages, reply.file if reply else None,
        answer.missing, why, answer.confidence,
    )  # fmt: skip
