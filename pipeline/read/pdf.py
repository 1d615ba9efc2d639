"""PDF: the text layer of each page with its words' places, and pages as images. The only module that knows PDFium.

PDFium's lines are put together by `assembly`; ruled tables come in as rows through pdfplumber, which is asked only for
pages that are drawn on. A page with a large picture that text does not cover is doubted: a stamped scan has text too.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.errors import Unreadable
from corpus.records import WordBox
from pipeline.read.assembly import Line, Word, assembled
from pipeline.read.guard import MOST_PAGES, guarded, too_large
from pipeline.read.image import LEAST_DPI, MOST_PIXELS, Image, Rendered
from pipeline.read.page import PageText
from pipeline.read.tables import DRAWN, MOST_DRAWN, Table, ruled

LARGE_PICTURE = 0.12  # of the page's area
CROWDED = 1 / 5000  # words a square point: a page of print has five times as many
MOST_OBJECTS = 20_000  # looked at on a page; a map may have a million
MOST_ANGLES = 50  # letters looked at to tell which way up a page's text stands
MOST_SIGNS = 300_000  # on a page; a page of print has four thousand
MOST_SIDE = 32_000  # pixels; Tesseract takes no more
FARTHEST = 1e6  # points from a page's corner
BOLD = 600
_THE_PAGE = ("Sidan", "Hämta filen på nytt från källan.")
_FONT_NAME = 128  # bytes
_SAME_LINE = 2.0  # points: two lines nearer each other than this lie on each other
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\u00ad": "-"})  # PDFium's marks for a hyphen at a line's end
_WORDS = re.compile(r"\S+")

Box = tuple[float, float, float, float]


def count(file: Path) -> int:
    """Return the number of pages. Raises Unreadable for a locked or damaged file."""
    with _document(file) as document:
        pages = len(document)
    if pages > min(MOST_PAGES, file.stat().st_size):  # the number is what the file says: no page takes less than a byte
        raise too_large("PDF-filen")
    return pages


def read(file: Path, numbers: Sequence[int]) -> list[PageText]:
    """Return the text layer of some pages (from 1), empty where one has none or is broken (then `render` says so)."""
    with _document(file) as document:
        looks = [_looked_at(document, number) for number in numbers]
        tables = ruled(file, [number for number, look in zip(numbers, looks, strict=True) if look and look.is_drawn])
        with guarded(*_THE_PAGE):
            return [
                look.page(tables.get(n, ())) if look else PageText("") for n, look in zip(numbers, looks, strict=True)
            ]


def render(file: Path, page: int, dpi: int) -> Rendered:
    """Return page `page` (from 1) as a grey image of at most `dpi` dots an inch. Raises Unreadable for a broken one."""
    with _document(file) as document, guarded(*_THE_PAGE):
        shown = document[page - 1]
        fitting = _fitting(shown.get_width(), shown.get_height(), dpi)
        image: Image = shown.render(scale=fitting / 72, grayscale=True).to_pil()
    return Rendered(image, fitting)


def _fitting(width: float, height: float, dpi: int) -> int:
    """Return the resolution at which a page (in points) keeps within the pixels a worker, and a side, may have."""
    square_inches, longest = width * height / 72**2, max(width, height) / 72
    most = min((MOST_PIXELS / max(square_inches, 1e-6)) ** 0.5, MOST_SIDE / max(longest, 1e-6))
    fitting = min(dpi, int(most)) if math.isfinite(most) else 0
    if fitting < min(dpi, LEAST_DPI):
        raise Unreadable("too large", "Sidan är för stor för att tolkas som bild.", "Dela upp den i mindre sidor.")
    return fitting


@contextmanager
def _document(file: Path) -> Iterator[Any]:
    """Lend the open document; the last one stays open, since a worker is given page after page of it."""
    status = file.stat()
    yield _opened(file, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=1)
def _opened(file: Path, size: int, changed: int) -> Any:
    del size, changed  # another file of the same name is another file
    try:
        return pdfium.PdfDocument(file)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(
                "encrypted", "PDF-filen är låst med lösenord.", "Spara en olåst kopia och lägg in den."
            ) from error
        raise Unreadable("damaged", "PDF-filen är skadad.", "Hämta filen på nytt från källan.") from error


# ---- the text layer --------------------------------------------------------------------------------------------------


def _looked_at(document: Any, number: int) -> "_Look | None":
    try:
        with guarded(*_THE_PAGE):
            return _Look(document[number - 1])
    except Unreadable as error:
        if error.code == "too large":
            raise
        return None


class _Look:
    """What PDFium tells of one page: its lines, its pictures, and whether it is drawn on."""

    def __init__(self, page: Any) -> None:
        self._left, self._bottom, self._right, self._top = page.get_bbox()
        self._turned = page.get_rotation()
        layer = page.get_textpage()
        if layer.count_chars() > MOST_SIGNS:
            raise too_large("Sidan")
        self._upright = _upright(layer)
        self._lines = list(self._read_lines(layer))
        self._pictures, self.is_drawn = self._read_objects(page)

    def page(self, tables: Sequence[Table]) -> PageText:
        """Put the page together, with its ruled tables in place."""
        lines = _without_doubles(self._lines)
        if self._upright == self._turned:
            lines = _with_tables(lines, tables)
        else:  # PDFium orders the lines by how the page is shown, which is not how they are read
            lines.sort(key=lambda line: (line.base, line.left))
        text = assembled(lines)
        return PageText(text.text, tuple(map(self._as_shown, text.words)), text.parts, self._doubt())

    def _read_lines(self, layer: Any) -> Iterator[Line]:
        text = _characters(layer)
        at = 0
        for raw in text.split("\n"):
            words = [(match[0], at + match.start(), at + match.end() - 1) for match in _WORDS.finditer(raw)]
            at += len(raw) + 1
            if words:
                placed = tuple(Word(word, self._box(layer, first, last)) for word, first, last in words)
                box = placed[0].box
                is_bold = _is_bold(layer, words[0][1]) and _is_bold(layer, words[-1][2])
                yield Line(placed, box.bottom - box.top, is_bold)

    def _box(self, layer: Any, first: int, last: int) -> WordBox:
        rect = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(layer, first, rect)
        left, top, right, bottom = rect.left, rect.top, rect.right, rect.bottom
        if last != first:
            pdfium_c.FPDFText_GetLooseCharBox(layer, last, rect)
            left, right = min(left, rect.left), max(right, rect.right)
            top, bottom = max(top, rect.top), min(bottom, rect.bottom)
        return WordBox(*map(_within, self._seen((left, bottom, right, top), self._upright)))

    def _as_shown(self, word: WordBox) -> WordBox:
        """Return where a word stands on the page as it is shown, which may be another way up than its text."""
        left, top, right, bottom = word.left, word.top, word.right, word.bottom
        width, height = self._right - self._left, self._top - self._bottom
        for turn in range(self._upright, self._upright + (self._turned - self._upright) % 360, 90):
            across = width if turn % 180 else height  # how high the page stands before this turn
            left, top, right, bottom = across - bottom, left, across - top, right
        return WordBox(left, top, right, bottom, word.confidence)

    def _seen(self, box: Box, turned: int) -> Box:
        """Return a box of the page's own space (origin lower left) as seen on the turned page (origin upper left)."""
        left, bottom, right, top = box
        match turned:
            case 90:
                return bottom - self._bottom, left - self._left, top - self._bottom, right - self._left
            case 180:
                return self._right - right, bottom - self._bottom, self._right - left, top - self._bottom
            case 270:
                return self._top - top, self._right - right, self._top - bottom, self._right - left
            case _:
                return left - self._left, self._top - top, right - self._left, self._top - bottom

    def _read_objects(self, page: Any) -> tuple[list[Box], bool]:
        """Return the boxes of the page's pictures, and whether it has text and enough drawn lines for a table."""
        pictures: list[Box] = []
        drawn = 0
        sides = [ctypes.c_float() for _ in range(4)]
        for i in range(min(pdfium_c.FPDFPage_CountObjects(page), MOST_OBJECTS)):
            thing = pdfium_c.FPDFPage_GetObject(page, i)
            kind = pdfium_c.FPDFPageObj_GetType(thing)
            drawn += kind == pdfium_c.FPDF_PAGEOBJ_PATH
            if kind in {pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_FORM} and pdfium_c.FPDFPageObj_GetBounds(
                thing, *sides
            ):
                if kind == pdfium_c.FPDF_PAGEOBJ_FORM and not _holds_picture(thing):
                    continue
                left, bottom, right, top = (side.value for side in sides)
                pictures.append(self._seen((left, bottom, right, top), self._upright))
        return pictures, DRAWN <= drawn <= MOST_DRAWN and bool(self._lines)

    def _doubt(self) -> str:
        """Say why the page's image must be looked at: a large picture with little text on it."""
        area = (self._right - self._left) * (self._top - self._bottom)
        boxes = [word.box for line in self._lines for word in line.words]
        for left, top, right, bottom in self._pictures:
            size = (right - left) * (bottom - top)
            if size < LARGE_PICTURE * area:
                continue
            within = sum(
                left <= (b.left + b.right) / 2 <= right and top <= (b.top + b.bottom) / 2 <= bottom for b in boxes
            )
            if within < CROWDED * size:
                return "en bild täcker en stor del av sidan"
        return ""


def _within(points: float) -> float:
    """Return a place that can be reckoned with: a broken file has words anywhere, and nowhere."""
    return min(max(points, -FARTHEST), FARTHEST) if math.isfinite(points) else 0.0


def _upright(layer: Any) -> int:
    """Return by how many degrees clockwise the page must be turned for most of its text to stand upright."""
    total = layer.count_chars()
    angles = Counter(
        round(math.degrees(pdfium_c.FPDFText_GetCharAngle(layer, i)) / 90) * 90 % 360
        for i in range(0, total, max(1, total // MOST_ANGLES))
    )
    return -angles.most_common(1)[0][0] % 360 if angles else 0


def _characters(layer: Any) -> str:
    """Return the page's characters, one for each of PDFium's, so that an index means the same in both."""
    text: str = layer.get_text_range()
    if len(text) != layer.count_chars():  # signs outside the basic plane, or without a code
        text = "".join(chr(pdfium_c.FPDFText_GetUnicode(layer, i) or 0xFFFD) for i in range(layer.count_chars()))
    return text.translate(_HYPHENS).replace("\r\n", " \n").replace("\r", "\n")


def _is_bold(layer: Any, index: int) -> bool:
    """Tell by the font's name, where its weight (which Word always gives as light) does not say it."""
    if pdfium_c.FPDFText_GetFontWeight(layer, index) >= BOLD:
        return True
    name = ctypes.create_string_buffer(_FONT_NAME)
    pdfium_c.FPDFText_GetFontInfo(layer, index, name, _FONT_NAME, ctypes.c_int())
    return b"bold" in name.value.lower()


def _holds_picture(form: Any) -> bool:
    parts = min(pdfium_c.FPDFFormObj_CountObjects(form), MOST_OBJECTS)
    kinds = (pdfium_c.FPDFPageObj_GetType(pdfium_c.FPDFFormObj_GetObject(form, i)) for i in range(parts))
    return pdfium_c.FPDF_PAGEOBJ_IMAGE in kinds


def _without_doubles(lines: Sequence[Line]) -> list[Line]:
    """Leave out a line that lies on the same words: some programs print a line twice to make it bold."""
    seen: dict[tuple[str, int, int], list[Line]] = {}  # by text and by squares, for a page may say one thing everywhere
    kept: list[Line] = []
    for line in lines:
        x, y = int(line.left // _SAME_LINE), int(line.base // _SAME_LINE)
        near = (one for i in (-1, 0, 1) for j in (-1, 0, 1) for one in seen.get((line.text, x + i, y + j), ()))
        if any(abs(line.left - one.left) < _SAME_LINE and abs(line.base - one.base) < _SAME_LINE for one in near):
            continue
        seen.setdefault((line.text, x, y), []).append(line)
        kept.append(line)
    return kept


def _with_tables(lines: Sequence[Line], tables: Sequence[Table]) -> list[Line]:
    """Put each table's rows where its first line stood, in place of the words within it."""
    out: list[Line] = []
    coming = list(tables)
    for line in lines:
        for table in [table for table in coming if any(map(table.holds, line.words))]:
            coming.remove(table)
            out += (replace(row, size=line.size) for row in table.lines)  # pdfplumber measures print otherwise
        beside = tuple(word for word in line.words if not any(table.holds(word) for table in tables))
        if beside:
            out.append(replace(line, words=beside))
    return out
