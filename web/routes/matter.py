"""Ärende: the story of a matter as `aktspar trace` tells it, and the same as a file to send.

Without a question the page shows the matters last opened. The timeline is a picture and a table of the same events,
between years one chooses; later evidence of promises is looked for when asked for: it costs a search for each.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import quote

from starlette.responses import Response
from starlette.routing import Route

from corpus import settings
from corpus.dates import When
from corpus.errors import WrongUse
from corpus.links import Status
from corpus.store import Store
from index import ledger, matters
from index.export import chart, content_of, interface, report
from index.happenings import Difference, Entry
from index.holdings import Holding, Source
from index.ledger import AskedQuestion, GivenPromise, PutDemand
from index.trace import MOST_FOLLOWED, Tie, Trace, trace
from web.answers import Answer, Asked, address, fetch, get
from web.paging import pager

PER_PAGE = 20
FIRST_YEAR, LAST_YEAR = 1000, 9999
SLUG = 60  # letters of a file's name
FORMATS: Mapping[str, tuple[str, str]] = {  # what each is called, and its media type
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": ("PDF", "application/pdf"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "html": ("Webbsida", "text/html; charset=utf-8"),
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "json": ("JSON", "application/json"),
    "ics": ("Kalender", "text/calendar; charset=utf-8"),
    "svg": ("Bild", "image/svg+xml"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the timeline: its number in the picture, what differs, and what of that is told here in full."""

    number: int
    entry: Entry
    document: Holding | None  # where the line is a document itself
    told: tuple[Difference, ...]
    before: tuple[int, ...]  # lines that already tell what differs


@dataclass(frozen=True, slots=True)
class Asking:
    """The questions of one document, and what answers it."""

    document: Holding
    reply: Holding | None
    questions: tuple[AskedQuestion, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A document of the matter with what ties it to the others: the tie and the other document."""

    held: Holding
    ties: tuple[tuple[Tie, Holding], ...]
    beside: tuple[Holding, ...]  # that only are of the same matter


def matter(asked: Asked, store: Store) -> Answer:
    """Tell the story of a matter; without a question, the matters last opened."""
    query = asked.text("q")
    if not query:
        return _newest(asked, store)
    first, last = _years(asked)
    followed = MOST_FOLLOWED if asked.text("belagg") else 0
    since = first if first is not None else settings.load(asked.home).timeline_from
    found = trace(store, asked.home, query, since, last, followed=followed)
    shown = _Story(found, store, first, last, followed=bool(followed)).shown()
    known = {one.id: one for one in found.documents}
    return Answer("arende.html", interface.trace(found), {**shown, "since": since}, known=known)


def _newest(asked: Asked, store: Store) -> Answer:
    page = max(asked.number("sida", 1, 10_000), 1)
    held = matters.newest(store, asked.home, PER_PAGE, (page - 1) * PER_PAGE)
    last = max((held.total + PER_PAGE - 1) // PER_PAGE, 1)
    shown = {"held": held, "pager": pager("/arende", page, last)}
    return Answer("arenden.html", interface.matters(held), shown)


def _years(asked: Asked) -> tuple[int | None, int | None]:
    """Return the years asked for, the earlier first; what is no year of four figures is none."""
    given = [asked.number("fran", 0) or asked.number("från", 0), asked.number("till", 0)]
    first, last = (year if FIRST_YEAR <= year <= LAST_YEAR else None for year in given)
    return (last, first) if first and last and first > last else (first, last)


class _Story:
    """What the page shows of a matter, arranged for reading."""

    def __init__(self, found: Trace, store: Store, first: int | None, last: int | None, *, followed: bool) -> None:
        self.found, self.store, self.followed = found, store, followed
        self.first, self.last = first, last
        self.documents = {one.id: one for one in found.documents}
        self.files = {one.file: one for one in found.documents}

    def shown(self) -> dict[str, object]:
        """Return everything the template needs."""
        found = self.found
        today = date.today()  # noqa: DTZ011  the day where the page is printed
        picture = chart.lay_out(found.events, self.first, self.last)
        return {
            "found": found,
            "overview": report.overview(found),
            "today": str(When(today.year, today.month, today.day)),
            "asked_for": "" if found.query.isdecimal() or found.topic.lower() == found.query.lower() else found.query,
            "first": self.first,
            "last": self.last,
            "picture": picture,
            "chart": {"width": chart.WIDTH, "margin": chart.MARGIN},
            "years": [(year, list(lines)) for year, lines in groupby(self._lines(), lambda line: line.entry.when.year)],
            "disputed": [number for number, entry in enumerate(found.events, 1) if entry.differs],
            "asking": list(self._asking()),
            "counts": _counts(found.questions),
            "demands": [(under, list(put)) for under, put in groupby(found.demands, self._put_in)],
            "promises": [(giver, list(given)) for giver, given in groupby(found.promises, self._given_by)],
            "followed": self.followed,
            "passed": self._passed(),
            "standing": list(self._standings()),
            "files": self.files,
            "formats": [(key, title, self.link("/arende/export", format=key)) for key, (title, _) in FORMATS.items()],
            "with_evidence": self.link("/arende", belagg=1) + "#loften",
            "zoom": self.link("/arende", fran="", till=""),
            "year_link": lambda year: self.link("/arende", fran=year, till=year) + "#tidslinje",
            "outcome": report.outcome,
        }

    def link(self, path: str, **other: object) -> str:
        """Return a link to this matter, with these years unless it says others."""
        asked = {"q": self.found.query, "fran": self.first, "till": self.last, "belagg": self.followed and 1, **other}
        return address(path, **asked)

    def _lines(self) -> Iterator[Line]:
        first_told: dict[Difference, int] = {}
        for number, entry in enumerate(self.found.events, 1):
            new = tuple(one for one in entry.differs if one not in first_told)
            before = tuple(first_told[one] for one in entry.differs if one in first_told)
            first_told |= dict.fromkeys(new, number)
            held = self.documents.get(entry.sources[0].document)
            itself = held if held and entry.kind == held.kind and entry.text == held.name else None
            yield Line(number, entry, itself, new, before)

    def _asking(self) -> Iterator[Asking]:
        for _, put in groupby(self.found.questions, lambda one: one.asked.document):
            questions = tuple(put)
            replies = (self.files.get(one.reply or "") for one in questions)
            reply = next((reply for reply in replies if reply), None)
            yield Asking(self._holding(questions[0].asked), reply, questions)

    def _holding(self, source: Source) -> Holding:
        return self.documents.get(source.document) or Holding(source.document, source.file)

    def _put_in(self, put: PutDemand) -> tuple[Holding, str]:
        return self._holding(put.put), put.under

    def _given_by(self, promise: GivenPromise) -> tuple[Holding, str]:
        return self._holding(promise.given), promise.by or ""

    def _passed(self) -> frozenset[GivenPromise]:
        """The promises whose time has passed."""
        if not any(promise.due for promise in self.found.promises):
            return frozenset()
        day = ledger.newest(self.store)
        return frozenset(one for one in self.found.promises if ledger.is_due_before(one, day))

    def _standings(self) -> Iterator[Standing]:
        ties: dict[str, list[tuple[Tie, Holding]]] = {}
        for tie in self.found.links:
            for one, other in ((tie.one, tie.other), (tie.other, tie.one)):
                if one != other:
                    ties.setdefault(one, []).append((tie, self.files[other]))
        for held in self.found.documents:
            own = ties.get(held.file, [])
            telling = tuple((tie, other) for tie, other in own if tie.kind != "same matter" and tie.one == held.file)
            same = dict.fromkeys(other.id for tie, other in own if tie.kind == "same matter")
            yield Standing(held, telling, tuple(self.documents[other] for other in same))


def _counts(questions: Iterable[AskedQuestion]) -> list[tuple[Status, str, int]]:
    counts: dict[tuple[Status, str], int] = {}
    for one in questions:
        counts[one.status, one.status_title] = counts.get((one.status, one.status_title), 0) + 1
    return [(*status, many) for status, many in sorted(counts.items(), key=lambda pair: -pair[1])]


def export(asked: Asked, store: Store) -> Response:
    """Send a matter as a file, personal numbers masked. Raises WrongUse for a form there is not, and for nothing."""
    form, query = asked.text("format"), asked.text("q")
    if form not in FORMATS:
        raise WrongUse("Den formen finns inte.", f"Välj {', '.join(FORMATS)}.")
    first, last = _years(asked)
    since = first if first is not None else settings.load(asked.home).timeline_from
    found = trace(store, asked.home, query, since, last)
    if not found.documents:
        cause = f"Inget hittat för {query}; ingen fil gjordes." if query else "Inget ärende angavs."
        raise WrongUse(cause, "Sök upp ärendet först.")
    content = content_of(found, f".{form}", home=asked.home)
    return Response(content, media_type=FORMATS[form][1], headers={"Content-Disposition": _attached(query, form)})


def _attached(query: str, form: str) -> str:
    """Return the header that gives the file its name: letters and figures of the query, percent-encoded."""
    words = "".join(letter if letter.isalnum() else " " for letter in query)[:SLUG].split()
    name = "-".join(words) or "arende"
    return f"attachment; filename=\"arende.{form}\"; filename*=UTF-8''{quote(name, safe='')}.{form}"


ROUTES: list[Route] = [*get("/arende", matter), *fetch("/arende/export", export)]
