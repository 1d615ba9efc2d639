"""A person's judgement: what the program is unsure of, and putting down what somebody says of a link or an answer.

What has been said is told in `index/said.py`.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

from corpus import judgements
from corpus.errors import WrongUse
from corpus.judgements import AnswerJudgement, LinkJudgement, Verdict
from corpus.links import SETTABLE, STATUS_TITLES, UNSURE, Status
from corpus.store import Store
from corpus.unsure import DoubtfulCorrection, PoorPage
from corpus.values import Question
from index import judged, ledger
from index.approved import approved, correction_id, page_id
from index.holdings import Holding, Source, holdings
from index.judged import JudgedLink, Key, LinkKey
from index.ledger import AskedQuestion

FEW = 20  # questions that are looked at to be counted
STATUSES: Mapping[str, Status] = {
    **{STATUS_TITLES[status]: status for status in SETTABLE},
    **{status: status for status in SETTABLE},
    "delvis": "partly",
}


@dataclass(frozen=True, slots=True)
class LinkToReview:
    """A link with its two documents and what was judged of it."""

    held: JudgedLink
    source: Holding
    target: Holding


@dataclass(frozen=True, slots=True)
class Counts:
    """How many links, answers, pages and corrections nobody has judged, each at most `corpus.unsure.MOST_COUNTED`."""

    links: int
    answers: int
    pages: int
    corrections: int


@dataclass(frozen=True, slots=True)
class Doubts:
    """A window of what the program is unsure of and nobody has judged; `counts` says how much there is in all."""

    links: tuple[LinkToReview, ...]
    questions: tuple[AskedQuestion, ...]
    pages: tuple["PageToReview", ...]
    corrections: tuple["CorrectionToReview", ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class PageToReview:
    """A page that is read badly, and its document."""

    held: Holding
    poor: PoorPage

    @property
    def id(self) -> str:
        """What to type for it."""
        return page_id(self.held.id, self.poor.page)


@dataclass(frozen=True, slots=True)
class CorrectionToReview:
    """A correction that may be wrong, and its document."""

    held: Holding
    doubtful: DoubtfulCorrection

    @property
    def id(self) -> str:
        """What to type for it."""
        return correction_id(self.held.id, self.doubtful.page, self.doubtful.number)


def doubts(store: Store, limit: int, offset: int = 0) -> Doubts:
    """Return what a person should look at, the least sure first, so many of each."""
    return Doubts(
        unsure_links(store, limit, offset),
        unsure_answers(store, limit, offset),
        poor_pages(store, limit, offset),
        doubtful_corrections(store, limit, offset),
        counts(store),
    )


def unsure_links(store: Store, limit: int, offset: int = 0) -> tuple[LinkToReview, ...]:
    """Return links that nobody has judged, the least sure first."""
    known, _ = judged.judged_already(store)
    left = (one for one in store.unsure().links() if (one.kind, one.source, one.target) not in known)
    wanted = list(islice(left, offset, offset + limit))
    held = holdings(store, {document for one in wanted for document in (one.source, one.target)})
    return tuple(_to_review(held, JudgedLink(one, "")) for one in wanted)


def unsure_answers(store: Store, limit: int, offset: int = 0) -> tuple[AskedQuestion, ...]:
    """Return questions answered in part or not surely, which nobody has judged, the least sure first.

    What turns out to be a heading of a reply, or a copy of a question that stands elsewhere, is left out: a window may
    hold fewer than there is place for.
    """
    _, known = judged.judged_already(store)
    wanted = list(islice((key for key in store.unsure().answers() if key not in known), offset, offset + limit))
    documents = {document for document, _ in wanted}
    near = ledger.questions(store, documents | _answered_with(store, documents))
    ids, asked = judged.question_ids(store, documents), {one.id: one for one in near}
    return tuple(asked[ids[key]] for key in wanted if ids[key] in asked)


def _answered_with(store: Store, documents: Collection[int]) -> set[int]:
    """Return the documents that the replies to some documents answer as well: their copies."""
    replies = {link.source for link in store.links(documents) if link.kind == "answers" and link.target in documents}
    return {link.target for link in store.links(replies) if link.kind == "answers" and link.source in replies}


def poor_pages(store: Store, limit: int, offset: int = 0) -> tuple[PageToReview, ...]:
    """Return pages that are read badly and nobody has found good enough, the worst first."""
    found = store.unsure().pages(limit, offset, approved(store).pages)
    held = holdings(store, {one.document for one in found})
    return tuple(PageToReview(held[one.document], one) for one in found)


def doubtful_corrections(store: Store, limit: int, offset: int = 0) -> tuple[CorrectionToReview, ...]:
    """Return corrections that may be wrong and nobody has found right, the least sure first."""
    found = store.unsure().corrections(limit, offset, approved(store).corrections)
    held = holdings(store, {one.document for one in found})
    return tuple(CorrectionToReview(held[one.document], one) for one in found)


def counts(store: Store) -> Counts:
    """Return how much there is to look at."""
    good = approved(store)
    links, answers, pages, corrections = store.unsure().counts(good.pages, good.corrections)
    known, asked = judged.judged_already(store)
    near = store.links({document for key in known for document in key[1:]})
    links -= sum((one.kind, one.source, one.target) in known and one.confidence < UNSURE for one in near)
    held = store.answers({document for document, _ in asked})
    doubted = (one for key, one in held.items() if key in asked)
    answers -= sum(one.status == "partly" or (one.reply is not None and one.confidence < UNSURE) for one in doubted)
    if answers <= FEW:  # headings of replies among them are told apart, and would be seen to be missing
        answers = len(unsure_answers(store, FEW))
    return Counts(max(links, 0), answers, pages, corrections)


def question(store: Store, key: Key) -> tuple[AskedQuestion, tuple[Source, ...]]:
    """Return a question as it stands, and the passages the program offers, in the order they are numbered."""
    wanted = judged.question_ids(store, [key[0]])[key]
    asked = next((one for one in ledger.questions(store, [key[0]]) if one.id == wanted), None)
    if asked is None:
        raise WrongUse(
            f"{wanted} är en rubrik i ett svar; frågan står där den ställdes.", "aktspar review visar frågorna."
        )
    found = judged.answers(store, [key[0]])[key]
    answering = found.answer.reply
    reply = holdings(store, [answering]).get(answering) if answering is not None else None
    offered = tuple(Source(reply.id, reply.file, p.place.page, p.text) for p in found.offered) if reply else ()
    return asked, offered


def link(store: Store, key: LinkKey) -> LinkToReview | None:
    """Return a link as it stands, None where there is none."""
    near = judged.judged_links(store, key[1:])
    one = next((one for one in near if (one.link.kind, one.link.source, one.link.target) == key), None)
    return _to_review(holdings(store, key[1:]), one) if one else None


def judge_question(
    store: Store, key: Key, by: str, *, status: str | None = None, accept: int | None = None, reject: int | None = None
) -> None:
    """Put down what somebody says of a question: its status, and passages by their numbers. Raises WrongUse."""
    if status is not None and status.lower() not in STATUSES:
        known = ", ".join(STATUS_TITLES[one] for one in SETTABLE)
        raise WrongUse(f"Det finns inget läge som heter {status}.", f"Välj bland {known}.")
    offered = judged.answers(store, [key[0]])[key].offered
    judgement = AnswerJudgement(
        judged.named(store, key[0]),
        _text(store, key),
        by,
        STATUSES[status.lower()] if status else None,
        tuple(offered[number - 1].text for number in _numbers(accept, len(offered))),
        tuple(offered[number - 1].text for number in _numbers(reject, len(offered))),
    )
    with _told_anew(store, [key[0]]):
        judgements.add_answer(store.home, judgement)


def agree(store: Store, key: Key, by: str) -> None:
    """Put down that a question's answer is as the program found it. Raises WrongUse where that is not known."""
    asked, _ = question(store, key)
    if asked.status not in SETTABLE:
        raise WrongUse("Hur långt svaret räcker är inte sagt.", "Sätt läget.")
    judge_question(store, key, by, status=asked.status)


def undo_question(store: Store, key: Key, by: str) -> None:
    """Take back everything said of a question: what the program found holds again."""
    taken_back = AnswerJudgement(judged.named(store, key[0]), _text(store, key), by, undone=True)
    with _told_anew(store, [key[0]]):
        judgements.add_answer(store.home, taken_back)


def judge_link(store: Store, key: LinkKey, by: str, verdict: Verdict) -> None:
    """Put down what somebody says of a link; accepting one that is not there sets it."""
    kind, source, target = key
    if verdict != "accepted" and link(store, key) is None:
        raise WrongUse("Det finns ingen sådan koppling.", "aktspar review visar de osäkra; --accept gör en ny.")
    named = LinkJudgement(kind, judged.named(store, source), judged.named(store, target), verdict, by)
    with _told_anew(store, [source, target]):
        judgements.add_link(store.home, named)


@contextmanager
def _told_anew(store: Store, documents: Collection[int]) -> Iterator[None]:
    """Note, together with what is put down, that the index must be told of these documents again."""
    with store.connecting() as held:
        yield
        held.touch(documents)


def _numbers(number: int | None, most: int) -> tuple[int, ...]:
    if number is None:
        return ()
    if not 1 <= number <= most:
        raise WrongUse(f"Frågan har {most} passager, inte {number}.", "aktspar review NUMMER visar dem numrerade.")
    return (number,)


def _text(store: Store, key: Key) -> str:
    return next(finding.text for one, finding in store.findings(Question, documents=[key[0]]) if one == key)


def _to_review(held: Mapping[int, Holding], one: JudgedLink) -> LinkToReview:
    return LinkToReview(one, held[one.link.source], held[one.link.target])
