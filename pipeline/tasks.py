"""The tasks a worker does: what must not run in the process that holds the library. Plain functions of plain values.

What they need is heavy and is imported when they run: the process that gives out the tasks need not load it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import Unreadable
from corpus.records import Correction, Finding, Method, Page, Record, apply_corrections
from corpus.rulings import Rulings
from corpus.settings import Settings
from pipeline.read.page import PageText

Counts = Mapping[str, Mapping[str, int]]
NOTHING: Counts = {}
SHADES = 31  # between white and black in a picture: the grain of a scan would else be most of it
QUICKLY = 3  # how hard a picture is pressed together, of 9
DOUBTED = 0.5  # the grade of a page whose picture may hold more than its text


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file is: its media type, its number of pages, and the pages themselves where it is read in one go."""

    media_type: str
    pages_in: int
    pages: tuple[Page, ...] | None


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as it is shown: a PNG, and its resolution in dots an inch."""

    png: bytes
    dpi: float


@dataclass(frozen=True, slots=True)
class PageTask:
    """A page to look at: in which file, of which type, for which library."""

    file: Path
    media_type: str
    page: Page
    settings: Settings
    home: Path


def open_file(file: Path) -> Opened:
    """Tell what a file is, and read it where its format has no pages of their own. Raises Unreadable."""
    from pipeline.read import PAGED, READERS, media_type

    kind = media_type(file)
    if kind in PAGED:
        return Opened(kind, PAGED[kind].count(file), None)
    if kind not in READERS:
        raise Unreadable("archive", "Arkivet kunde inte packas upp.", "Lägg in det igen med aktspar add.")
    texts = READERS[kind](file)
    return Opened(kind, len(texts), tuple(_graded(number, text, "plain") for number, text in enumerate(texts, start=1)))


def members(file: Path) -> tuple[bool, tuple[str, ...]]:
    """Return whether a file is a document itself, and the names of the files in it. Raises Unreadable."""
    from pipeline.read import CONTAINERS, PAGED, READERS, media_type

    kind = media_type(file)
    return kind in READERS or kind in PAGED, CONTAINERS[kind].names(file) if kind in CONTAINERS else ()


def unpack(file: Path, number: int, target: Path) -> None:
    """Write member `number` of a file (as `members` counts them) to `target`. Raises Unreadable."""
    from pipeline.read import CONTAINERS, media_type

    CONTAINERS[media_type(file)].unpack(file, number, target)


def read_pages(file: Path, kind: str, numbers: Sequence[int]) -> list[Page]:
    """Read the text layer of some pages (from 1) and grade it."""
    from pipeline.read import PAGED

    return [_graded(n, text, "layer") for n, text in zip(numbers, PAGED[kind].read(file, numbers), strict=True)]


def _graded(number: int, read: PageText, method: Method) -> Page:
    from pipeline.grade import grade

    graded = grade(read.text)
    page = Page(number, read.text, read.text, method, graded.score, graded.reasons, words=read.words, parts=read.parts)
    if read.doubt and read.text.strip():
        return replace(page, grade=min(DOUBTED, page.grade), reasons=(*page.reasons, read.doubt))
    return page


def recognise_page(task: PageTask) -> Page:
    """Return the page with the better of layer and OCR. Raises Unreadable where it has neither."""
    from pipeline.recognise import recognise

    return recognise(task)


def picture(file: Path, media_type: str, page: int, dpi: int, longest: int) -> Picture:
    """Return a page of a format in PAGED as a picture of about `dpi` dots an inch, no side longer than `longest`.

    Raises Unreadable.
    """
    from io import BytesIO

    from pipeline.read import PAGED

    rendered = PAGED[media_type].render(file, page, dpi)
    image, shown = rendered.image, rendered.dpi
    scale = min(dpi / shown, longest / max(image.size), 1.0)
    if scale < 1:
        image = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    image = image.point([round(round(grey / 255 * SHADES) * 255 / SHADES) for grey in range(256)])
    target = BytesIO()
    image.save(target, "PNG", compress_level=QUICKLY)
    return Picture(target.getvalue(), shown * scale)


@dataclass(frozen=True, slots=True)
class Restored:
    """Pages restored, and the skeletons of which it was asked how the library spells them."""

    pages: tuple[Page, ...]
    asked: frozenset[str]


def restore_pages(pages: tuple[Page, ...], document: str, ruled: Rulings, known: Counts = NOTHING) -> Restored:
    """Restore the pages of a document (its sha256), by what its library is known to spell and what people have ruled.

    `known` are the words of clean pages and how often they stand, by skeleton.
    """
    from pipeline.restore.repair import restore_pages

    asked: set[str] = set()

    def library(key: str) -> Mapping[str, int]:
        asked.add(key)
        return Counter(known.get(key, {})) + Counter(ruled.counts(key))

    found = restore_pages([page.original for page in pages], library)
    held = (
        _restored(page, ruled.upheld(document, page.number, corrections))
        for page, corrections in zip(pages, found, strict=True)
    )
    return Restored(tuple(held), frozenset(asked))


def _restored(page: Page, corrections: tuple[Correction, ...]) -> Page:
    from pipeline.grade import grade

    method: Method = "layer" if page.method == "restored layer" else page.method
    if not corrections:
        return replace(page, text=page.original, corrections=(), method=method)
    text = apply_corrections(page.original, corrections)
    method = "restored layer" if method == "layer" else method
    return replace(page, text=text, corrections=corrections, method=method, grade=grade(text).score)


def find(record: Record) -> tuple[Finding, ...]:
    """Find what a document says."""
    from pipeline.extract import extract

    return extract(record)
