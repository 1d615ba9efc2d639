"""The ledgers: every question with its answer or the lack of one, every demand with the decision on it, every promise.

A ledger shows quotes and states what was found; it never judges a person. What people have judged of links and answers
wins (`index/judged.py`); what minutes tell of a question that no reply answers is laid over it (`index/fates.py`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from corpus.dates import UNKNOWN, When
from corpus.links import OPEN, STATUS_TITLES, UNSURE, Answer, Link, Status
from corpus.store import Store
from corpus.values import Demand, Grade, Mention, Promise, Question, Statement
from index import actors, judged
from index.copies import folded
from index.evidence import Evidence, Finder, Looked, Promised
from index.fates import Fate, fates
from index.fields import span
from index.givers import givers, parties_of
from index.holdings import Holding, Source, known_too, source
from index.judged import JudgedAnswer
from index.outcomes import DecidedOn, decisions_on

SAME_QUESTION = 80  # likeness (0–100) from which a heading is the question itself


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question with who asked whom, what answers it (best first) and what the reply leaves out.

    `id` is what to type to judge it, `judged` says in Swedish what was judged and by whom; `fate` is what minutes tell;
    `also` is where else the same question stands, in copies of the paper.
    """

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
    id: str = ""
    judged: str = ""
    fate: Fate | None = None
    also: tuple[Source, ...] = ()

    @property
    def status_title(self) -> str:
        """The status in words."""
        return STATUS_TITLES[self.status]

    @property
    def doubt(self) -> str:
        """Why a person should look at it, in words; empty where the program is sure, or a person has judged."""
        if self.judged or self.reply is None:
            return ""
        about = []
        if self.confidence < UNSURE:
            about.append(f"om {self.reply} är svaret (säkerhet {round(100 * self.confidence)}\N{NO-BREAK SPACE}%)")
        if self.status == "partly":
            about.append("om svaret besvarar hela frågan")
        return f"Osäkert {' och '.join(about)}." if about else ""


@dataclass(frozen=True, slots=True)
class GivenPromise:
    """A promise: who gave it (where no one signs, the document does), how firm it is, when it is due.

    `evidence` are later passages about it, best first, None where they were not looked for; `searched` says in Swedish
    how they were, or why they could not be. `overdue` where its time has passed and nothing was found, None where that
    cannot be said.
    """

    given: Source
    when: When
    by: str | None
    document: str
    grade: Grade
    due: When | None
    evidence: tuple[Evidence, ...] | None = None
    searched: str = ""
    overdue: bool | None = None

    @property
    def due_title(self) -> str:
        """When it is due, in words: `senast 2016`; empty where no time is given."""
        return f"senast {self.due.until or self.due}" if self.due else ""


@dataclass(frozen=True, slots=True)
class PutDemand:
    """A demand and who put it, in minutes under which §; `decision` is what was decided on it, where it was found.

    `by` are codes of parties and names; `givers` the same as shown: `Karin Alm (M)`.
    """

    put: Source
    when: When
    by: tuple[str, ...]
    under: str
    decision: DecidedOn | None = None
    givers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MadeStatement:
    """A statement beside a decision, with its signers; `points_to` where it has no text of its own.

    `under` is the heading of the § it stands under in minutes; `givers` are persons and parties as shown.
    """

    made: Source
    when: When
    kind: str
    persons: tuple[str, ...]
    parties: tuple[str, ...]
    points_to: str | None
    text: str = ""
    under: str = ""
    givers: tuple[str, ...] = ()


def questions(
    store: Store, documents: Collection[int] | None = None, known: Mapping[int, Holding] | None = None
) -> list[AskedQuestion]:
    """Return every question put in these documents (all, unless named), in the order of their documents.

    One that stands in several of them, in copies of a paper, is returned once.

    `known` are documents that need not be looked up again; so with the other ledgers.
    """
    answers, links = judged.answers(store, documents), judged.links(store, documents)
    replies = (one.answer.reply for one in answers.values())
    held = known_too(store, _and_linked(documents, links, replies), known)
    reasons = {(k.target, k.source): k.reasons for k in links if k.kind == "answers"}
    people = _people(store, documents)
    replying = {reply: asked for asked, reply in reasons if documents is None or reply in documents}
    put = [(d, f.text) for (d, _), f in store.findings(Question, documents=set(replying.values()))]
    ids = judged.question_ids(store, documents)
    told = fates(store, held, links, {document for document, _ in ids})
    asked = []
    for (document, number), finding in store.findings(Question, documents=documents):
        answer = answers.get((document, number))
        if document in replying and _is_put(finding.text, [text for d, text in put if d == replying[document]]):
            continue  # a heading of the reply: it stands where it was put
        if answer and document in held and isinstance(finding.value, Question):
            by, to = people.get(document, ((), ()))
            if finding.value.answered_below:
                by, to = to, ()
            why = reasons.get((document, answer.answer.reply or 0), ())
            one = _asked(held, source(held, document, finding), answer, by, to, why)
            asked.append(_with_fate(held, replace(one, id=ids[document, number]), answer, told.get(document)))
    return folded(asked, held)


def _with_fate(
    held: Mapping[int, Holding], asked: AskedQuestion, answer: JudgedAnswer, fate: Fate | None
) -> AskedQuestion:
    """Return a question with what minutes tell of it, where no reply answers it and nobody has judged."""
    reply = held.get(answer.answer.reply) if answer.answer.reply is not None else None
    answered = reply is not None and answer.answer.status != "unanswered"
    later = reply is not None and fate is not None and reply.when.order >= fate.when.order
    if fate is None or answer.judged or answered or later:
        return asked
    if fate.status == "answered":
        day = f" {fate.when}" if fate.when != UNKNOWN else ""
        missing = f"Enligt protokollet{day} besvarad; svaret finns inte bland handlingarna."
        return replace(asked, missing=missing, fate=fate)
    return replace(asked, status=fate.status, missing="", fate=fate)


def _is_put(heading: str, questions: list[str]) -> bool:
    return any(fuzz.token_set_ratio(heading.lower(), question.lower()) >= SAME_QUESTION for question in questions)


def matching(
    asked: list[AskedQuestion], *, still_open: bool = False, to: str | None = None, party: str | None = None
) -> list[AskedQuestion]:
    """Return the questions that are open, were put to a person (as a name begins), or by a party (its code)."""
    return [
        q
        for q in asked
        if (not still_open or q.status in OPEN)
        and (to is None or any(actors.is_called(name.split(" (")[0], to) for name in q.to))
        and (party is None or any(name.endswith(f"({party})") for name in q.by))
    ]


def promises(
    store: Store, documents: Collection[int] | None = None, known: Mapping[int, Holding] | None = None
) -> list[GivenPromise]:
    """Return every promise given in these documents, without evidence: that is looked for on demand (`followed`)."""
    held = known_too(store, documents, known)
    return [
        GivenPromise(source(held, d, f), held[d].when, f.value.by, held[d].name, f.value.grade, f.value.due)
        for (d, _), f in store.findings(Promise, documents=documents)
        if isinstance(f.value, Promise) and d in held
    ]


def followed(store: Store, given: Iterable[GivenPromise], today: When | None = None) -> list[GivenPromise]:
    """Return promises with what later documents say of them; each costs a search.

    `today` decides what is overdue; where it is not given, the day of the newest document does.
    """
    promised, day = list(given), today or newest(store)
    looked = Finder(store).look([Promised(promise.given, promise.when, promise.due) for promise in promised])
    return [_followed(promise, found, day) for promise, found in zip(promised, looked, strict=True)]


def _followed(promise: GivenPromise, looked: Looked, today: When) -> GivenPromise:
    overdue = None
    if promise.due is not None and looked.searched:
        overdue = is_due_before(promise, today) and not looked.evidence
    evidence = looked.evidence if looked.searched else None
    return replace(promise, evidence=evidence, searched=looked.how, overdue=overdue)


def newest(store: Store) -> When:
    """Return the date of the newest document."""
    return max(store.latest_dates(), key=lambda when: when.order, default=UNKNOWN)


def is_due_before(promise: GivenPromise, day: When) -> bool:
    """Tell whether a promise's time, as exact as it was given, has wholly passed before a day."""
    return promise.due is not None and day.year is not None and span(promise.due)[1] < span(day)[0]


def demands(
    store: Store, documents: Collection[int] | None = None, known: Mapping[int, Holding] | None = None
) -> list[PutDemand]:
    """Return every demand put in these documents, each with the decision on it where one was found."""
    links = judged.links(store, documents)
    held = known_too(store, _and_linked(documents, links), known)
    put = [(key, finding) for key, finding in store.findings(Demand, documents=documents) if key[0] in held]
    decided, parties = decisions_on(store, held, links, put), parties_of(store, documents)
    return [
        PutDemand(
            source(held, key[0], f),
            held[key[0]].when,
            f.value.by,
            f.value.under,
            decided.get(key),
            givers(f.value.by, key[0], parties),
        )
        for key, f in put
        if isinstance(f.value, Demand)
    ]


def statements(
    store: Store, documents: Collection[int] | None = None, known: Mapping[int, Holding] | None = None
) -> list[MadeStatement]:
    """Return every statement beside a decision in these documents."""
    held, parties = known_too(store, documents, known), parties_of(store, documents)
    return [
        MadeStatement(
            source(held, d, f),
            held[d].when,
            f.value.kind,
            f.value.persons,
            f.value.parties,
            f.value.points_to,
            f.value.text,
            f.value.paragraph,
            givers((*f.value.persons, *f.value.parties), d, parties),
        )
        for (d, _), f in store.findings(Statement, documents=documents)
        if isinstance(f.value, Statement) and d in held
    ]


def _and_linked(
    documents: Collection[int] | None, links: Iterable[Link], replies: Iterable[int | None] = ()
) -> set[int] | None:
    """Return some documents with those linked to them and those that reply, None for all."""
    if documents is None:
        return None
    linked = {document for link in links for document in (link.source, link.target)}
    return {*documents, *linked, *(reply for reply in replies if reply is not None)}


def _people(store: Store, documents: Collection[int] | None) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Who wrote each document and to whom, as `Namn (P)`."""
    people: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for document, one in store.values(Mention, documents=documents):
        if isinstance(one, Mention) and one.part != "mentioned":
            name = one.name + (f" ({one.party})" if one.party else "")
            by, to = people.get(document, ((), ()))
            people[document] = ((*by, name), to) if one.part == "author" else (by, (*to, name))
    return people


def _asked(
    held: Mapping[int, Holding], asked: Source, answer: JudgedAnswer, by: tuple[str, ...], to: tuple[str, ...],
    why: tuple[str, ...],
) -> AskedQuestion:  # fmt: skip
    found = answer.answer
    reply = held.get(found.reply) if found.reply is not None else None
    return AskedQuestion(
        asked, held[asked.document].when, by, to, found.status, _passages(reply, found), reply.file if reply else None,
        found.missing, why, found.confidence, judged=answer.judged,
    )  # fmt: skip


def _passages(reply: Holding | None, answer: Answer) -> tuple[Source, ...]:
    return tuple(Source(reply.id, reply.file, p.place.page, p.text) for p in answer.passages) if reply else ()
