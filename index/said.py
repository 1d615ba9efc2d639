"""What people have judged, the newest first: who said what of which link, question, page or correction, if it holds."""

from dataclasses import dataclass

from corpus import approvals, judgements, rulings
from corpus.approvals import Approval
from corpus.judgements import AnswerJudgement, LinkJudgement
from corpus.links import STATUS_TITLES
from corpus.rulings import Rejection
from corpus.store import Store
from index import approved, judged
from index.holdings import holdings
from index.words import LINK_TITLES

VERDICTS = {"accepted": "godtog kopplingen", "rejected": "underkände kopplingen", "undone": "tog tillbaka"}


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement: by whom, on which day (ISO), what was said in Swedish, and of what.

    `id` is what to type for the thing, empty where it is no longer held; a correction that was rejected, `before` and
    `after`, has the `number` of what was said in its file instead (0 else). `quotes` are the passages chosen or
    rejected. It `holds` until it is taken back or something later is said of the same.
    """

    id: str
    by: str
    on: str
    what: str
    about: str
    quotes: tuple[str, ...]
    holds: bool
    number: int = 0
    before: str = ""
    after: str = ""


def said(store: Store, limit: int, offset: int = 0) -> tuple[tuple[Said, ...], int]:
    """Return judgements, the newest first, and how many there are in all."""
    links, answers = judgements.links(store.home), judgements.answers(store.home)
    rejected, good = rulings.load(store.home).said, approvals.said(store.home)
    every = [
        *((one.on, number, "link") for number, one in enumerate(links)),
        *((one.on, number, "answer") for number, one in enumerate(answers)),
        *((one.ruled, number, "rejection") for number, one in enumerate(rejected)),
        *((one.on, number, "approval") for number, one in enumerate(good)),
    ]
    told = {
        "link": lambda n: _link(store, links[n], links[n + 1 :]),
        "answer": lambda n: _answer(store, answers[n], answers[n + 1 :]),
        "rejection": lambda n: _rejection(store, n + 1, rejected[n], rejected[n + 1 :]),
        "approval": lambda n: _approval(store, good[n], good[n + 1 :]),
    }
    wanted = sorted(every, reverse=True)[offset : offset + limit]
    return tuple(told[kind](number) for _, number, kind in wanted), len(every)


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


def _rejection(store: Store, number: int, one: Rejection, later: tuple[Rejection, ...]) -> Said:
    held = store.find_content(one.document) if one.document else None
    where = f"{held.file}, s. {one.page}" if held else "en handling som inte finns kvar" if one.document else "överallt"
    what = "tog tillbaka" if one.undone else "underkände rättelsen"
    holds = not one.undone and not any(o.about == one.about for o in later)
    return Said("", one.by, one.ruled, what, f"{one.before} → {one.after} ({where})", (), holds, number, one.before,
                one.after)  # fmt: skip


def _approval(store: Store, one: Approval, later: tuple[Approval, ...]) -> Said:
    document = approved.held(store, one)
    known = holdings(store, [document]) if document is not None else {}
    where = f"{known[document].name if document in known else one.document.file}, s. {one.page}"
    found_good = "godkände rättelsen" if one.of_correction else "fann sidan läsbar nog"
    about = f"{one.before} → {one.after} ({where})" if one.of_correction else where
    holds = not one.undone and not any(o.about == one.about for o in later)
    return Said(
        approved.id_of(store, document, one) if document is not None else "", one.by, one.on,
        "tog tillbaka" if one.undone else found_good, about, (), holds,
    )  # fmt: skip
