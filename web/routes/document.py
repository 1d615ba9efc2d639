"""Dokument: a document at a page, its image beside the restored text, what is found there and what is around it.

Hits and quotes are marked in both. A correction is rejected here, and the original is handed out as it came.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.responses import FileResponse, Response
from starlette.routing import Route

from corpus import originals, rulings
from corpus.account import Taken
from corpus.errors import Unreadable, WrongUse
from corpus.records import Correction, Finding, Page
from corpus.store import Store
from corpus.values import (
    Decision,
    Demand,
    Event,
    Mention,
    OtherDate,
    PartyMention,
    Promise,
    Question,
    Reference,
    Statement,
    Value,
    Vote,
)
from index import view
from index.export import interface
from index.givers import Parties, givers, parties_of
from index.holdings import Source
from index.ledger import AskedQuestion
from index.opened import Around, Opened, around, found_on, opened, page_saying, sheet
from index.view import Marks
from index.words import finding_title
from pipeline import run
from web import drawing
from web.answers import Answer, Asked, address, fetch, get, post
from web.drawing import Draughtsman
from web.judging import key_of, list_of

DOUBTFUL = 0.95  # the confidence below which a correction stands first in the list and is marked so
FEW = 10  # corrections that are listed at once, the least sure first
GROUPS: Mapping[str, tuple[type[Value], ...]] = {
    "Frågor": (Question,),
    "Krav och beslut": (Demand, Decision, Vote),
    "Löften": (Promise,),
    "Uttalanden": (Statement,),
    "Händelser": (Event,),
}
SIGNED = (Question, Demand, Promise, Decision, Vote, Statement)  # whose beginning has a sign in the text
KEPT = ("q", "citat", "fynd", "visa", "original")  # of the query, where a link leads to the same page


@dataclass(frozen=True, slots=True)
class Note:
    """A finding in the margin: its number, what it is, what more is known of it, where it is marked, and its source."""

    number: int
    title: str
    more: str
    link: str
    source: Source
    question: AskedQuestion | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Tag:
    """Something short that is named on the page, and where its link leads."""

    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Change:
    """A correction of the page with its number there."""

    number: int
    made: Correction

    @property
    def doubtful(self) -> bool:
        """Whether it is worth a look."""
        return self.made.confidence < DOUBTFUL

    @property
    def key(self) -> str:
        """What a form calls it."""
        return key_of(self.made)


def document(asked: Asked, store: Store) -> Answer:
    """Show a document where it says a quote, else at a page named or at its first."""
    held = int(asked.path["document"])
    return _leaf(asked, store, held, asked.number("sida", 0) or page_saying(store, held, asked.text("citat")))


def leaf(asked: Asked, store: Store) -> Answer:
    """Show a document at a page."""
    return _leaf(asked, store, int(asked.path["document"]), int(asked.path["page"]))


def picture(asked: Asked, store: Store) -> Response:
    """Return a page as a picture, with hits and quote marked on it."""
    held, number = int(asked.path["document"]), int(asked.path["page"])
    listed, page = sheet(store, held, number)
    draughtsman: Draughtsman = asked.state.draughtsman
    dpi = drawing.LARGE_DPI if asked.text("stor") else drawing.DPI
    try:
        drawn = draughtsman.picture(listed.sha256, listed.media_type, number, dpi)
    except Unreadable as error:
        return Response(drawing.plain(f"Sidan kan inte visas som bild. {error.cause}"), 422, media_type="image/png")
    if page is None:
        return Response(drawn.png, media_type="image/png")
    marked = _marks(asked, page, found_on(store, held, number) if asked.text("fynd") else {}, original=False)
    hits, quotes = (view.boxes(page, spans) for spans in (marked.hits, marked.quotes))
    return Response(drawing.marked(drawn, hits, quotes), media_type="image/png")


def original(asked: Asked, store: Store) -> Response:
    """Return the original as it came, to be saved: nothing of it is ever shown as a page of ours."""
    held = store.listed(int(asked.path["document"]))
    file = originals.path(asked.home, held.sha256)
    if not file.is_file():
        raise WrongUse("Originalet finns inte i biblioteket.", "Lägg till filen på nytt.")
    name = "".join(char for char in Path(held.file).name if char.isprintable()) or "handling"
    return FileResponse(file, media_type=held.media_type or "application/octet-stream", filename=name)


def reject(asked: Asked, store: Store) -> str:
    """Reject a correction: what stood there stands again, in the text and in what is found in it."""
    from index.catalogue import open_index

    held, number = int(asked.path["document"]), int(asked.path["page"])
    listed, page = sheet(store, held, number)
    made = next((one.made for one in _changes(page) if one.key == asked.text("rattelse")), None)
    if made is None:
        raise WrongUse("Rättelsen finns inte längre.", "Öppna sidan på nytt.")
    rulings.reject(
        asked.home, rulings.Rejection(made.before, made.after, listed.sha256, number, made.start, by=asked.by)
    )
    run.restore_again(store, asked.home, [held], _Unheard(), asked.state.draughtsman.crew())
    open_index(asked.home, store, suited=True).close()
    back = address(f"/handling/{held}/{number}", q=asked.text("q"), underkand=1) + "#rattelser"
    return list_of(asked, "rattelse") or back


class _Unheard:
    """Lets a run go on without telling anyone."""

    def files_ahead(self, files: int) -> None: ...

    def pages_ahead(self, pages: int) -> None: ...

    def pages_done(self, pages: int) -> None: ...

    def done(self, name: str, taken: Taken, pages: int) -> None: ...

    def settling(self, done: int, documents: int) -> None: ...


# ---- what the page shows ---------------------------------------------------------------------------------------------


def _leaf(asked: Asked, store: Store, held: int, number: int) -> Answer:
    is_original = bool(asked.text("original"))
    at, beside = opened(store, held, number, asked.text("q")), around(store, held)
    marked = _marks(asked, at.page, dict(at.findings), original=is_original) if at.page else Marks()
    shown = {
        "at": at,
        "beside": beside,
        "q": asked.text("q"),
        "quote": asked.text("citat"),
        "is_original": is_original,
        "marked": marked,
        "stretches": _stretches(at, marked, original=is_original),
        "signs": {number: finding_title(one.value).partition(":")[0] for number, one in at.findings},
        "changes": _changes(at.page),
        "few": FEW,
        "rejected": bool(asked.text("underkand")),
        "groups": _groups(asked, at, beside, parties_of(store, [held])),
        "tags": _tags(asked, at),
        "boxed": bool(at.page and len(at.page.words)),
        "has_picture": drawing.has_pictures(at.listed.media_type),
        "text_only": asked.text("visa") == "text",
        "links": _links(asked, at),
    }
    known = {one.id: one for one in (at.holding, *(tie.other for tie in beside.ties))}
    return Answer("handling.html", interface.opened(at, beside, marked), shown, known=known)


def _marks(asked: Asked, page: Page, findings: Mapping[int, Finding], *, original: bool) -> Marks:
    """Return what to mark: what answers the query, the quote, and the finding that was chosen."""
    found = view.marks(page, asked.text("q"), filter(None, [asked.text("citat")]), original=original)
    chosen = findings.get(asked.number("fynd", -1))
    covered = view.covered_by(page, chosen, original=original) if chosen else []
    return Marks(found.hits, tuple(view.merged([*found.quotes, *covered])))


def _stretches(at: Opened, marked: Marks, *, original: bool) -> list[view.Stretch]:
    if at.page is None:
        return []
    signed = [(number, one) for number, one in at.findings if isinstance(one.value, SIGNED)]
    begins = view.begins_on(at.page, signed, original=original)
    text = view.flowed(at.page, original=original)
    return view.stretches(text, marked, view.changes(at.page.corrections, original=original), begins)


def _changes(page: Page | None) -> list[Change]:
    return [Change(number, made) for number, made in enumerate(page.corrections if page else ())]


def _groups(asked: Asked, at: Opened, beside: Around, parties: Parties) -> dict[str, list[Note]]:
    """Return what is found on the page, under headings, in the order it stands."""
    questions = {one.asked.quote: one for one in (*beside.asked, *beside.answered)}
    chosen = asked.number("fynd", -1)

    def note(number: int, one: Finding) -> Note:
        source = Source(at.holding.id, at.listed.file, one.page, one.text)
        link = _here(asked, at, citat="", fynd=number) + "#markt"
        question = questions.get(one.text) if isinstance(one.value, Question) else None
        more = _more(one.value, lambda by: ", ".join(givers(by, at.holding.id, parties)))
        return Note(number, finding_title(one.value), more, link, source, question, number == chosen)

    return {
        title: [note(number, one) for number, one in at.findings if isinstance(one.value, kinds)]
        for title, kinds in GROUPS.items()
    }


def _more(value: Value, named: Callable[[Collection[str]], str]) -> str:
    """Return what is known of a finding beside its words; `named` tells who gives it."""
    match value:
        case Demand(_, by) if by:
            return named(by)
        case Promise(_, by, _, due, to):
            told = (by or "", f"senast {due.until or due}" if due else "", f"uppdrag till {to}" if to else "")
            return "; ".join(filter(None, told))
        case Statement(_, persons, codes, _, points_to):
            return named((*persons, *codes)) + (f", hänvisar till {points_to}" if points_to else "")
        case _:
            return ""


def _tags(asked: Asked, at: Opened) -> dict[str, list[Tag]]:
    """Return the people, parties, dates and references of the page."""
    found: dict[str, dict[str, str]] = {"Personer": {}, "Partier": {}, "Datum": {}, "Hänvisningar": {}}
    for number, one in at.findings:
        marked = _here(asked, at, citat="", fynd=number) + "#markt"
        match one.value:
            case Mention(name, party):
                party_shown = f" ({party})" if party else ""
                found["Personer"].setdefault(name + party_shown, address("/person", namn=name))
            case PartyMention(code):
                found["Partier"].setdefault(code, f"/parti/{quote(code)}")
            case OtherDate(when):
                found["Datum"].setdefault(str(when), marked)
            case Reference(text):
                found["Hänvisningar"].setdefault(text, marked)
            case _:
                continue
    return {title: [Tag(text, link) for text, link in tags.items()] for title, tags in found.items() if tags}


def _links(asked: Asked, at: Opened) -> dict[str, str]:
    """Return where the page's own links lead; empty where there is nowhere to go."""
    marks = {name: asked.text(name) for name in ("q", "citat", "fynd")}
    drawn = f"/handling/{at.holding.id}/{at.number}.png"
    return {
        "before": _page(asked, at, at.number - 1) if at.number > 1 else "",
        "after": _page(asked, at, at.number + 1) if at.number < at.pages else "",
        "picture": address(drawn, **marks),
        "large": address(drawn, **marks, stor=1),
        "text": _here(asked, at, visa="" if asked.text("visa") else "text"),
        "original": _here(asked, at, original="" if asked.text("original") else "1"),
        "unmarked": _here(asked, at, q="", citat="", fynd="") if any(marks.values()) else "",
        "download": f"/handling/{at.holding.id}/original",
        "similar": f"/handling/{at.holding.id}/liknande",
        "matter": address("/arende", q=(*at.holding.numbers, at.holding.file)[0]),
        "pages": f"/handling/{at.holding.id}",
    }


def _here(asked: Asked, at: Opened, **changed: object) -> str:
    """Return a link to the same page, with what is changed of its query."""
    return address(f"/handling/{at.holding.id}/{at.number}", **{**{n: asked.text(n) for n in KEPT}, **changed})


def _page(asked: Asked, at: Opened, number: int) -> str:
    kept = {name: asked.text(name) for name in ("q", "visa", "original")}
    return address(f"/handling/{at.holding.id}/{number}", **kept)


ROUTES: list[Route] = [
    *fetch("/handling/{document:int}/original", original),
    *fetch("/handling/{document:int}/{page:int}.png", picture),
    *get("/handling/{document:int}", document),
    *get("/handling/{document:int}/{page:int}", leaf),
    *post("/handling/{document:int}/{page:int}/underkann", reject),
]
