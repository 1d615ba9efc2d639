"""A person's judgement: what the program is unsure of, and putting down what somebody says of a link or an answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus import judgements
from corpus.errors import WrongUse
from corpus.judgements import AnswerJudgement, LinkJudgement, Verdict
from corpus.links import STATUS_TITLES, Status
from corpus.store import Store
from corpus.values import Question
from index import judged, ledger
from index.holdings import Holding, Source, holdings
from index.judged import JudgedLink, Key, LinkKey
from index.ledger import AskedQuestion

UNSURE = 0.75  # the confidence below which a person should look
STATUSES: Mapping[str, Status] = {
    **{title: status for status, title in STATUS_TITLES.items()},
    **{status: status for status in STATUS_TITLES},
    "delvis": "partly",
}


@dataclass(frozen=True, slots=True)
class LinkToReview:
    """A link with its two documents and what was judged of it."""

    held: JudgedLink
    source: Holding
    target: Holding


@dataclass(frozen=True, slots=True)
class Doubts:
    """What the program is unsure of and nobody has judged."""

    links: tuple[LinkToReview, ...]
    questions: tuple[AskedQuestion, ...]


def doubts(store: Store) -> Doubts:
    """Return the links and answers that a person should look at, the least sure first."""
    unsure = [one for one in judged.judged_links(store) if not one.judged and one.link.confidence < UNSURE]
    asked = [
        one
        for one in ledger.questions(store)
        if not one.judged and (one.status == "partly" or (one.reply and one.confidence < UNSURE))
    ]
    held = holdings(store)
    return Doubts(
        tuple(_to_review(held, one) for one in sorted(unsure, key=lambda one: one.link.confidence)),
        tuple(sorted(asked, key=lambda one: one.confidence)),
    )


def question(store: Store, key: Key) -> tuple[AskedQuestion, tuple[Source, ...]]:
    """Return a question as it stands, and the passages the program offers, in the order they are numbered."""
    wanted = judged.question_ids(store, [key[0]])[key]
    asked = next((one for one in ledger.questions(store, [key[0]]) if one.id == wanted), None)
    if asked is None:
        raise WrongUse(
            f"{wanted} är en rubrik i ett svar; frågan står där den ställdes.", "aktspar review visar frågorna."
        )
    found, held = judged.answers(store)[key], holdings(store)
    reply = held.get(found.answer.reply) if found.answer.reply is not None else None
    offered = tuple(Source(reply.id, reply.file, p.place.page, p.text) for p in found.offered) if reply else ()
    return asked, offered


def link(store: Store, key: LinkKey) -> LinkToReview | None:
    """Return a link as it stands, None where there is none."""
    found = (one for one in judged.judged_links(store) if (one.link.kind, one.link.source, one.link.target) == key)
    one = next(found, None)
    return _to_review(holdings(store), one) if one else None


def judge_question(
    store: Store, key: Key, by: str, *, status: str | None = None, accept: int | None = None, reject: int | None = None
) -> None:
    """Put down what somebody says of a question: its status, and passages by their numbers. Raises WrongUse."""
    if status is not None and status.lower() not in STATUSES:
        raise WrongUse(f"Det finns inget läge som heter {status}.", f"Välj bland {', '.join(STATUS_TITLES.values())}.")
    offered = judged.answers(store)[key].offered
    judgement = AnswerJudgement(
        judged.named(store, key[0]),
        _text(store, key),
        by,
        STATUSES[status.lower()] if status else None,
        tuple(offered[number - 1].text for number in _numbers(accept, len(offered))),
        tuple(offered[number - 1].text for number in _numbers(reject, len(offered))),
    )
    judgements.add_answer(store.home, judgement)


def undo_question(store: Store, key: Key, by: str) -> None:
    """Take back everything said of a question: what the program found holds again."""
    judgements.add_answer(store.home, AnswerJudgement(judged.named(store, key[0]), _text(store, key), by, undone=True))


def judge_link(store: Store, key: LinkKey, by: str, verdict: Verdict) -> None:
    """Put down what somebody says of a link; accepting one that is not there sets it."""
    kind, source, target = key
    if verdict != "accepted" and link(store, key) is None:
        raise WrongUse("Det finns ingen sådan koppling.", "aktspar review visar de osäkra; --accept gör en ny.")
    named = LinkJudgement(kind, judged.named(store, source), judged.named(store, target), verdict, by)
    judgements.add_link(store.home, named)


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
