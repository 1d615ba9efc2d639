"""What people have judged, the newest first: who said what of which link or question, and whether it holds still."""

from dataclasses import dataclass

from corpus import judgements
from corpus.judgements import AnswerJudgement, LinkJudgement
from corpus.links import STATUS_TITLES
from corpus.store import Store
from index import judged
from index.holdings import holdings
from index.words import LINK_TITLES

VERDICTS = {"accepted": "godtog kopplingen", "rejected": "underkände kopplingen", "undone": "tog tillbaka"}


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement: by whom, on which day (ISO), what was said in Swedish, and of what.

    `id` is what to type for the thing, empty where it is no longer held; `quotes` are the passages chosen or rejected.
    It `holds` until it is taken back or something later is said of the same.
    """

    id: str
    by: str
    on: str
    what: str
    about: str
    quotes: tuple[str, ...]
    holds: bool


def said(store: Store, limit: int, offset: int = 0) -> tuple[tuple[Said, ...], int]:
    """Return judgements, the newest first, and how many there are in all."""
    links, answers = judgements.links(store.home), judgements.answers(store.home)
    every: list[tuple[str, int, LinkJudgement | AnswerJudgement]] = [
        *((one.on, number, one) for number, one in enumerate(links)),
        *((one.on, number, one) for number, one in enumerate(answers)),
    ]
    wanted = sorted(every, key=lambda one: one[:2], reverse=True)[offset : offset + limit]
    told = (
        _link(store, one, links[number + 1 :])
        if isinstance(one, LinkJudgement)
        else _answer(store, one, answers[number + 1 :])
        for _, number, one in wanted
    )
    return tuple(told), len(every)


def _link(store: Store, one: LinkJudgement, later: tuple[LinkJudgement, ...]) -> Said:
    key = judged.link_of(store, one)
    held = holdings(store, key[1:]) if key else {}
    source, target = (
        held[number].name if number in held else named.file
        for number, named in zip(key[1:] if key else (0, 0), (one.source, one.target), strict=True)
    )
    same = any((o.kind, o.source, o.target) == (one.kind, one.source, one.target) for o in later)
    return Said(
        judged.link_id(key) if key else "", one.by, one.on, VERDICTS[one.verdict],
        f"{source} {LINK_TITLES[one.kind]} {target}", (), one.verdict != "undone" and not same,
    )  # fmt: skip


def _answer(store: Store, one: AnswerJudgement, later: tuple[AnswerJudgement, ...]) -> Said:
    key = judged.question_of(store, one)
    taken_back = any(
        o.undone and o.document == one.document and judged.same_words(o.question, one.question) for o in later
    )
    what = [
        *(["tog tillbaka"] if one.undone else []),
        *([f"satte läget {STATUS_TITLES[one.status]}"] if one.status else []),
        *(["valde en passage"] if one.accepted else []),
        *(["underkände en passage"] if one.rejected else []),
    ]
    return Said(
        judged.question_ids(store, [key[0]])[key] if key else "", one.by, one.on, ", ".join(what), one.question,
        (*one.accepted, *one.rejected), not one.undone and not taken_back,
    )  # fmt: skip
