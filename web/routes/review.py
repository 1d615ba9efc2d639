"""Granska: what the program is unsure of, to be judged; and what has been judged, to be taken back.

A judgement is kept with who and when (`index/review.py`). It is said of a question (f12-3) or of a link (s14-12), from
a list or from a page of its own, where every passage offered is shown.
"""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.routing import Route

from corpus import rulings
from corpus.errors import WrongUse
from corpus.judgements import Verdict
from corpus.links import STATUS_TITLES
from corpus.store import Store
from corpus.unsure import MOST_COUNTED
from index import judged
from index import review as judge
from index.catalogue import open_index
from index.export import interface
from index.said import said
from pipeline import run
from web.answers import Answer, Asked, Json, address, get, post
from web.taking_in import Ear

PER_PAGE = 10
VIEWS = {
    "svar": "Osäkra svar",
    "kopplingar": "Osäkra kopplingar",
    "sidor": "Svårlästa sidor",
    "rattelser": "Osäkra rättelser",
    "bedomt": "Bedömt",
}
VERDICTS: Mapping[str, Verdict] = {"godta": "accepted", "underkann": "rejected", "ta-tillbaka": "undone"}
Shown = tuple[tuple[Any, ...], Callable[[Any], Json]]


def review(asked: Asked, store: Store) -> Answer:
    """Show one of the lists, page by page."""
    counts, everything = judge.counts(store), said(store, 0)[1]
    held = dict(zip(VIEWS, (counts.answers, counts.links, counts.pages, counts.corrections, everything), strict=True))
    view = asked.text("visa")
    if view not in VIEWS:
        view = next((name for name, count in held.items() if count), "svar")
    page = max(asked.number("sida", 1, MOST_COUNTED), 1)
    items, tell = _items(store, view, (page - 1) * PER_PAGE)
    told = {"view": view, "counts": held, "page": page, "items": [tell(one) for one in items]}
    last = max(-(-held[view] // PER_PAGE), 1)
    pager = {
        "before": address("/granska", visa=view, sida=page - 1) if page > 1 else "",
        "after": address("/granska", visa=view, sida=page + 1) if page < last else "",
        "told": f"Sida {page} av {last}",
    }
    shown = {"view": view, "views": [(name, title, held[name]) for name, title in VIEWS.items()], "most": MOST_COUNTED,
             "items": items, "pager": pager, "page": page, "done": asked.text("klart")}  # fmt: skip
    return Answer("granska.html", told, {**shown, **_forms(asked)})


def _items(store: Store, view: str, offset: int) -> Shown:
    if view == "kopplingar":
        return judge.unsure_links(store, PER_PAGE, offset), interface.link
    if view == "sidor":
        return judge.poor_pages(store, PER_PAGE, offset), interface.poor_page
    if view == "rattelser":
        return judge.doubtful_corrections(store, PER_PAGE, offset), interface.doubtful_correction
    if view == "bedomt":
        return said(store, PER_PAGE, offset)[0], interface.said
    return judge.unsure_answers(store, PER_PAGE, offset), interface.question


def one(asked: Asked, store: Store) -> Answer:
    """Show a question with every passage offered, or a link, as it stands."""
    named = str(asked.path["id"])
    question, link = judged.find_question(store, named), judged.find_link(store, named)
    if question:
        stands, offered = judge.question(store, question)
        chosen = {answer.quote for answer in stands.answers}
        shown = {"question": stands, "offered": offered, "chosen": chosen, "link": None}
        return Answer("bedom.html", interface.reviewed(stands, offered), {**shown, **_forms(asked)})
    held = judge.link(store, link) if link else None
    if held is None:
        raise WrongUse(f"Det finns inget att granska som heter {named}.", "Granska visar vad som kan bedömas.")
    return Answer("bedom.html", interface.link(held), {"question": None, "offered": (), "link": held, **_forms(asked)})


def _forms(asked: Asked) -> dict[str, object]:
    return {"nameless": not asked.by, "titles": list(STATUS_TITLES.values())}


def judge_question(asked: Asked, store: Store) -> str:
    """Set a question's status, choose or reject one of its passages, or take all of it back."""
    named, who = asked.text("id"), _who(asked)
    key = judged.find_question(store, named)
    if key is None:
        raise WrongUse(f"Det finns ingen fråga {named}.", "Granska visar frågorna.")
    if asked.text("ta-tillbaka"):
        judge.undo_question(store, key, who)
    else:
        status, chosen, rejected = asked.text("status") or None, _passage(asked, "passage"), _passage(asked, "inte")
        if (status, chosen, rejected) == (None, None, None):
            raise WrongUse("Det framgår inte vad som bedöms.", "Välj ett läge eller en passage.")
        judge.judge_question(store, key, who, status=status, accept=chosen, reject=rejected)
    return _back(asked, named)


def _passage(asked: Asked, name: str) -> int | None:
    return asked.number(name, 0) if asked.text(name) else None


def judge_link(asked: Asked, store: Store) -> str:
    """Accept or reject a link, or take back what was said of it."""
    named, who, verdict = asked.text("id"), _who(asked), asked.text("dom")
    key = judged.find_link(store, named)
    if key is None or verdict not in VERDICTS:
        raise WrongUse(f"Det finns ingen koppling {named}.", "Granska visar kopplingarna.")
    judge.judge_link(store, key, who, VERDICTS[verdict])
    return _back(asked, named) if judge.link(store, key) else "/granska"  # one set by hand is gone when taken back


def set_reply(asked: Asked, store: Store) -> str:
    """Set which document answers a question's document, in place of the one that is rejected with it."""
    named, who = asked.text("id"), _who(asked)
    reply = store.resolve(asked.text("handling"))
    question, wrong = judged.find_question(store, named), judged.find_link(store, named)
    if question is None and (wrong is None or wrong[0] != "answers"):
        raise WrongUse(f"{named} är ingen fråga och inget svar.", "Granska visar vad som kan bedömas.")
    document = question[0] if question else wrong[2] if wrong else 0
    right = judged.find_link(store, judged.link_id(("answers", reply, document)))
    if right is not None:
        if wrong is not None and wrong != right:
            judge.judge_link(store, wrong, who, "rejected")
        judge.judge_link(store, right, who, "accepted")
    return address(f"/granska/{named if question or right is None else judged.link_id(right)}")


def restore_correction(asked: Asked, store: Store) -> str:
    """Take back that a correction was rejected: it is made again, in the text and in what is found there."""
    number, who = asked.number("nummer", 0), _who(asked)
    said_of_it = rulings.load(asked.home).said[:number][-1:]
    written = asked.text("stod").split(), asked.text("blev").split()  # line breaks are not sent as they were
    if not said_of_it or (said_of_it[0].before.split(), said_of_it[0].after.split()) != written:
        raise WrongUse("Den bedömningen finns inte längre.", "Granska visar vad som är bedömt.")
    rejection = said_of_it[0]
    rulings.take_back(asked.home, rejection, who)
    held = store.find_content(rejection.document)
    documents = ([held.id] if held else []) if rejection.document else store.spelled([rejection.before])
    run.restore_again(store, asked.home, documents, Ear("rättelse"), asked.state.draughtsman.crew())
    open_index(asked.home, store, suited=True).close()
    return address("/granska", visa="bedomt")


def _who(asked: Asked) -> str:
    """Return who judges: who has logged in, whose machine it is, or the name that was typed where neither is known."""
    who = asked.by or asked.text("av")
    if not who:
        raise WrongUse("Det framgår inte vem som bedömer.", "Ange ditt namn.")
    return who


def _back(asked: Asked, named: str) -> str:
    """Return where the judgement was made from: a list, or the page of the thing itself."""
    view = asked.text("visa")
    if view in VIEWS:
        return address("/granska", visa=view, sida=max(asked.number("sida", 1), 1), klart=named)
    return f"/granska/{named}"


ROUTES: list[Route] = [
    *get("/granska", review),
    *get("/granska/{id}", one),
    *post("/granska/fraga", judge_question),
    *post("/granska/koppling", judge_link),
    *post("/granska/svar", set_reply),
    *post("/granska/rattelse", restore_correction),
]
