"""Pages of originals as pictures, with what was searched for and quoted marked on them.

A page is drawn by a process of its own, with limits on its time and memory (`pipeline/workers.py`): the file may be
hostile. The last pictures are kept, and the reasons of those that could not be drawn. Marks are laid on afterwards, as
a marker pen does: the print shows through.
"""

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import ExitStack
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self

from PIL import Image, ImageChops, ImageDraw, ImageFont

from corpus import originals, settings
from corpus.errors import Unreadable
from corpus.records import WordBox
from pipeline import tasks
from pipeline.tasks import Picture
from pipeline.temporary import temporary_folder
from pipeline.workers import Workers

DPI, LARGE_DPI = 110, 220
LONGEST = 3400  # pixels of a side
KEPT = 64
PROCESSES = 2
SECONDS = 20
MEGABYTE = 1 << 20
QUICKLY = 1  # how hard a marked picture is pressed together, of 9
POINTS = 72  # an inch
AROUND = 1.5  # points of a mark beyond its words
HIT, QUOTE, QUOTE_LINE = (255, 226, 110), (190, 222, 255), (31, 79, 134)  # the quote has a line under it besides
PLAIN_SIZE = (910, 1287)  # A4 at DPI
PAPER, INK = 245, 70


class Draughtsman:
    """Draws pages. Use as a context manager; no process runs before the first page is asked for."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._stack = ExitStack()
        self._workers: Workers | None = None
        self._lock = Lock()
        self._kept: OrderedDict[tuple[str, int, int], Picture | Unreadable] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def crew(self) -> Workers:
        """Return the processes that draw, which may do other short work too."""
        with self._lock:
            if self._workers is None:
                memory = settings.load(self._home).worker_megabytes * MEGABYTE
                folder = self._stack.enter_context(temporary_folder(self._home))
                self._workers = Workers(folder, PROCESSES, memory)
                self._stack.callback(self._workers.stop)  # no one waits for a picture any more
            return self._workers

    def picture(self, sha256: str, media_type: str, page: int, dpi: int = DPI) -> Picture:
        """Return a page of an original. Raises Unreadable, with the reason, where it cannot be drawn."""
        key = (sha256, page, dpi)
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            kept = self._drawn(sha256, media_type, page, dpi)
        with self._lock:
            self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        if isinstance(kept, Unreadable):
            raise Unreadable(kept.code, kept.cause, kept.remedy)
        return kept

    def _drawn(self, sha256: str, media_type: str, page: int, dpi: int) -> Picture | Unreadable:
        if not has_pictures(media_type):
            return Unreadable("no picture", "Handlingar av det här slaget har ingen bild.", "Läs texten.")
        file = originals.path(self._home, sha256)
        if not file.is_file():
            return Unreadable("missing", "Originalet finns inte i biblioteket.", "Lägg in filen igen.")
        try:
            return self.crew().submit(SECONDS, tasks.picture, file, media_type, page, dpi, LONGEST)()
        except Unreadable as error:
            return error


def has_pictures(media_type: str) -> bool:
    """Tell whether documents of a type have pages that can be drawn."""
    from pipeline.read import PAGED

    return media_type in PAGED


def marked(picture: Picture, hits: Iterable[WordBox], quotes: Iterable[WordBox]) -> bytes:
    """Return a page as a PNG with marks on it."""
    on_hits, on_quotes = list(hits), list(quotes)
    if not on_hits and not on_quotes:
        return picture.png
    with Image.open(BytesIO(picture.png)) as page:
        image = page.convert("RGB")
    scale = picture.dpi / POINTS
    ink = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(ink)
    for boxes, colour in ((on_quotes, QUOTE), (on_hits, HIT)):
        for box in boxes:
            draw.rectangle(_pixels(box, scale), fill=colour)
    for box in on_quotes:
        left, _, right, bottom = _pixels(box, scale)
        draw.line((left, bottom, right, bottom), fill=QUOTE_LINE, width=max(1, round(scale)))
    return _png(ImageChops.multiply(image, ink))  # the print shows through


def plain(reason: str) -> bytes:
    """Return an empty page that says why there is no picture."""
    image = Image.new("L", PLAIN_SIZE, PAPER)
    draw = ImageDraw.Draw(image)
    lines = [""]
    for word in reason.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, _font()) > PLAIN_SIZE[0] * 0.8 and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    middle = (PLAIN_SIZE[0] / 2, PLAIN_SIZE[1] / 3)
    draw.multiline_text(middle, "\n".join(lines), fill=INK, font=_font(), anchor="mm", align="center")
    return _png(image)


@cache
def _font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(24)


def _pixels(box: WordBox, scale: float) -> tuple[int, int, int, int]:
    sides = (box.left - AROUND, box.top - AROUND, box.right + AROUND, box.bottom + AROUND)
    left, top, right, bottom = (round(side * scale) for side in sides)
    return left, top, right, bottom


def _png(image: Image.Image) -> bytes:
    target = BytesIO()
    image.save(target, "PNG", compress_level=QUICKLY)
    return target.getvalue()
