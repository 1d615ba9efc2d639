"""Granska: what the program is unsure of, to be judged; what it could not read; what has been judged, to be taken back.

A judgement is kept with who and when (`index/review.py`). It is said of a question (f12-3), a link (s14-12), a page
(p12-3) or a correction, from a list or, of the first two, from a page of its own, where every passage offered is shown.
"""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.routing import Route

from corpus import rulings
from corpus.errors import WrongUse
from corpus.judgements import Verdict
from corpus.links import SETTABLE, STATUS_TITLES
from corpus.store import Store
from corpus.unsure import MOST_COUNTED, Unread
from index import approved, judged, replies
from index import review as judge
from index.catalogue import open_index
from index.export import interface
from index.said import said
from pipeline import run
from web.answers import Answer, Asked, Json, address, get, post
from web.judging import VIEWS, key_of, list_of, who
from web.taking_in import Ear

PER_PAGE = 10
COUNTED = ("svar", "kopplingar", "sidor", "rattelser")  # no further than MOST_COUNTED
VERDICTS: Mapping[str, Verdict] = {"godta": "accepted", "underkann": "rejected", "ta-tillbaka": "undone"}
Shown = tuple[tuple[Any, ...], Callable[[Any], Json]]


def review(asked: Asked, store: Store) -> Answer:
    """Show one of the lists, page by page."""
    counts, everything = judge.counts(store), said(store, 0)[1]
    unread = store.unsure().count_unread()
    several = (counts.answers, counts.links, counts.pages, counts.corrections, unread, everything)
    held = dict(zip(VIEWS, several, strict=True))
    view = asked.text("visa")
    if view not in VIEWS:
        view = next((name for name, count in held.items() if count), "svar")
    last = max(-(-held[view] // PER_PAGE), 1)
    page = min(max(asked.number("sida", 1), 1), last)  # what is judged leaves the list: its last page may be gone
    items, tell = _items(store, view, (page - 1) * PER_PAGE)
    told = {"view": view, "counts": held, "page": page, "items": [tell(one) for one in items]}
    pager = {
        "before": address("/granska", visa=view, sida=page - 1) if page > 1 else "",
        "after": address("/granska", visa=view, sida=page + 1) if page < last else "",
        "told": f"Sida {page} av {last}",
    }
    views = [(name, title, held[name], name in COUNTED and held[name] >= MOST_COUNTED) for name, title in VIEWS.items()]
    shown = {"view": view, "views": views, "items": items, "pager": pager, "page": page, "done": asked.text("klart"),
             "key_of": key_of}  # fmt: skip
    return Answer("granska.html", told, {**shown, **_forms(asked)})


def _items(store: Store, view: str, offset: int) -> Shown:
    if view == "kopplingar":
        return judge.unsure_links(store, PER_PAGE, offset), interface.link
    if view == "sidor":
        return judge.poor_pages(store, PER_PAGE, offset), interface.poor_page
    if view == "rattelser":
        return judge.doubtful_corrections(store, PER_PAGE, offset), interface.doubtful_correction
    if view == "olasta":
        return tuple(store.unsure().unread(PER_PAGE, offset)), _unread
    if view == "bedomt":
        return said(store, PER_PAGE, offset)[0], interface.said
    return judge.unsure_answers(store, PER_PAGE, offset), interface.question


def _unread(one: Unread) -> Json:
    told = {"document": one.document, "file": one.file, "page": one.page}
    return {**told, "reason": one.reason, "remedy": one.remedy}


def one(asked: Asked, store: Store) -> Answer:
    """Show a question with every passage offered, or a link, as it stands."""
    named = str(asked.path["id"])
    question, link = judged.find_question(store, named), judged.find_link(store, named)
    if question:
        stands, offered = judge.question(store, question)
        chosen = {answer.quote for answer in stands.answers}
        likely = replies.likely(store, asked.home, question[0], offered[0].document if offered else None)
        shown = {"question": stands, "offered": offered, "chosen": chosen, "link": None, "likely": likely}
        return Answer("bedom.html", interface.reviewed(stands, offered), {**shown, **_forms(asked)})
    held = judge.link(store, link) if link else None
    if held is None:
        raise WrongUse(f"Det finns inget att granska som heter {named}.", "Granska visar vad som kan bedömas.")
    of_reply = held.held.link.kind == "answers"
    likely = replies.likely(store, asked.home, held.target.id, held.source.id) if of_reply else ()
    shown = {"question": None, "offered": (), "link": held, "likely": likely}
    return Answer("bedom.html", interface.link(held), {**shown, **_forms(asked)})


def _forms(asked: Asked) -> dict[str, object]:
    titles = [STATUS_TITLES[one] for one in SETTABLE]
    return {"nameless": not asked.by, "titles": titles, "unknown": asked.text("okand")}


def judge_question(asked: Asked, store: Store) -> str:
    """Set a question's status, choose or reject one of its passages, or take all of it back."""
    named, by = asked.text("id"), who(asked)
    key = judged.find_question(store, named)
    if key is None:
        raise WrongUse(f"Det finns ingen fråga {named}.", "Granska visar frågorna.")
    if asked.text("ta-tillbaka"):
        judge.undo_question(store, key, by)
    elif asked.text("stammer"):
        judge.agree(store, key, by)
    else:
        status, chosen, rejected = asked.text("status") or None, _passage(asked, "passage"), _passage(asked, "inte")
        if (status, chosen, rejected) == (None, None, None):
            raise WrongUse("Det framgår inte vad som bedöms.", "Välj ett läge eller en passage.")
        judge.judge_question(store, key, by, status=status, accept=chosen, reject=rejected)
    return _back(asked, named)


def _passage(asked: Asked, name: str) -> int | None:
    return asked.number(name, 0) if asked.text(name) else None


def judge_link(asked: Asked, store: Store) -> str:
    """Accept or reject a link, or take back what was said of it."""
    named, by, verdict = asked.text("id"), who(asked), asked.text("dom")
    key = judged.find_link(store, named)
    if key is None or verdict not in VERDICTS:
        raise WrongUse(f"Det finns ingen koppling {named}.", "Granska visar kopplingarna.")
    judge.judge_link(store, key, by, VERDICTS[verdict])
    return _back(asked, named) if judge.link(store, key) else "/granska"  # one set by hand is gone when taken back


def set_reply(asked: Asked, store: Store) -> str:
    """Set which document answers a question's document, in place of the one that is rejected with it."""
    named, by, typed = asked.text("id"), who(asked), asked.text("handling")
    question, wrong = judged.find_question(store, named), judged.find_link(store, named)
    if question is None and (wrong is None or wrong[0] != "answers"):
        raise WrongUse(f"{named} är ingen fråga och inget svar.", "Granska visar vad som kan bedömas.")
    try:
        reply = store.resolve(typed)
    except WrongUse:  # told beside the field
        return address(f"/granska/{named}", okand=typed or "?") + "#ratt-svar"
    document = question[0] if question else wrong[2] if wrong else 0
    right = judged.find_link(store, judged.link_id(("answers", reply, document)))
    if right is not None:
        if wrong is not None and wrong != right:
            judge.judge_link(store, wrong, by, "rejected")
        judge.judge_link(store, right, by, "accepted")
    return address(f"/granska/{named if question or right is None else judged.link_id(right)}")


def approve(asked: Asked, store: Store) -> str:
    """Put down that a page is read well enough or that a correction on it is right, or take that back."""
    named, by = asked.text("id"), who(asked)
    found, key = approved.find(store, named), asked.text("rattelse")
    if found is None:
        raise WrongUse(f"Det finns ingen sida eller rättelse {named}.", "Granska visar vad som kan bedömas.")
    if key and (found.made is None or key_of(found.made) != key):
        raise WrongUse("Rättelsen finns inte längre.", "Granska visar vad som kan bedömas.")
    if asked.text("ta-tillbaka"):
        approved.take_back(store, found, by)
    else:
        approved.approve(store, found, by)
    return list_of(asked, named) or f"/handling/{found.document}/{found.page}"


def restore_correction(asked: Asked, store: Store) -> str:
    """Take back that a correction was rejected: it is made again, in the text and in what is found there."""
    number, by = asked.number("nummer", 0), who(asked)
    said_of_it = rulings.load(asked.home).said[:number][-1:]
    written = asked.text("stod").split(), asked.text("blev").split()  # line breaks are not sent as they were
    if not said_of_it or (said_of_it[0].before.split(), said_of_it[0].after.split()) != written:
        raise WrongUse("Den bedömningen finns inte längre.", "Granska visar vad som är bedömt.")
    rejection = said_of_it[0]
    rulings.take_back(asked.home, rejection, by)
    held = store.find_content(rejection.document)
    documents = ([held.id] if held else []) if rejection.document else store.spelled([rejection.before])
    run.restore_again(store, asked.home, documents, Ear("rättelse"), asked.state.draughtsman.crew())
    open_index(asked.home, store, suited=True).close()
    return address("/granska", visa="bedomt")


def _back(asked: Asked, named: str) -> str:
    """Return where the judgement was made from: a list, or the page of the thing itself."""
    return list_of(asked, named) or f"/granska/{named}"


ROUTES: list[Route] = [
    *get("/granska", review),
    *get("/granska/{id}", one),
    *post("/granska/fraga", judge_question),
    *post("/granska/koppling", judge_link),
    *post("/granska/svar", set_reply),
    *post("/granska/godkann", approve),
    *post("/granska/rattelse", restore_correction),
]
