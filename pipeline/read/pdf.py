"""PDF: the text layer of each page with its paragraphs, and pages as images for OCR. The only reader that knows PDFium.

PDFium gives lines but not paragraphs; where the step between two lines is clearly larger than the page's usual one, a
blank line is put in, so that the layout stage sees what a reader sees. Ruled tables come in as rows, their cells parted
by tabs.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice, pairwise
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from corpus.errors import Unreadable
from pipeline.read.image import Image
from pipeline.read.tables import DRAWN, Table, ruled

PARAGRAPH_STEP = 1.25  # a step this many times the usual one parts two paragraphs
USUAL_STEP = 0.25  # quantile: a page of lists has more steps between items than within them
_ONE_AT_A_TIME = threading.Lock()  # PDFium must not be called from two threads at once
_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-", "\u00ad": "-"})  # PDFium's marks for a hyphen at a line's end


def read(data: bytes) -> list[str]:
    """Return the text layer of each page, empty where a page has none or is broken (then `render` says so)."""
    with _document(data) as document:
        count = len(document)
        tables = ruled(data, [number for number in range(1, count + 1) if _is_drawn(document, number)])
        return [_text_or_none(document, number, tables.get(number, ())) for number in range(1, count + 1)]


def render(data: bytes, page: int, dpi: int) -> Image:
    """Return page `page` (from 1) as a grey image of `dpi` dots an inch. Raises Unreadable for a broken page."""
    with _document(data) as document:
        try:
            image: Image = document[page - 1].render(scale=dpi / 72, grayscale=True).to_pil()
        except pdfium.PdfiumError as error:
            raise Unreadable("damaged", "Sidan är skadad.", "Hämta filen på nytt från källan.") from error
    return image


@contextmanager
def _document(data: bytes) -> Iterator[Any]:
    with _ONE_AT_A_TIME:
        document = _open(data)
        try:
            yield document
        finally:
            document.close()


def _open(data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(
                "encrypted", "PDF-filen är låst med lösenord.", "Spara en olåst kopia och lägg in den."
            ) from error
        raise Unreadable("damaged", "PDF-filen är skadad.", "Hämta filen på nytt från källan.") from error


def _is_drawn(document: Any, number: int) -> bool:
    """Tell whether a page holds text and enough drawn lines for a table."""
    try:
        page = document[number - 1]
        drawn = sum(1 for _ in islice(page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH]), DRAWN))
        return drawn >= DRAWN and page.get_textpage().count_chars() > 0
    except pdfium.PdfiumError:
        return False


def _text_or_none(document: Any, number: int, tables: Sequence[Table]) -> str:
    try:
        return _page_text(document[number - 1], tables)
    except pdfium.PdfiumError:
        return ""


def _page_text(page: Any, tables: Sequence[Table]) -> str:
    layer = page.get_textpage()
    text: str = layer.get_text_range().translate(_HYPHENS).replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    tops = _tops(layer, lines)
    if tables:
        lines, tops = _with_tables(lines, tops, tables, page.get_height())
    steps = [above - below for above, below in pairwise(tops) if above and below and above > below]
    if not steps:
        return text
    usual = sorted(steps)[int(USUAL_STEP * len(steps))]
    out = [lines[0].rstrip()]
    for line, above, below in zip(lines[1:], tops, tops[1:], strict=False):
        if above and below and above - below > PARAGRAPH_STEP * usual and out[-1]:
            out.append("")
        out.append(line.rstrip())
    return "\n".join(out) + "\n"


def _with_tables(
    lines: Sequence[str], tops: Sequence[float | None], tables: Sequence[Table], height: float
) -> tuple[list[str], list[float | None]]:
    """Put each table's rows where its first line stood, in place of the lines within it."""
    out: list[tuple[str, float | None]] = []
    placed: set[int] = set()
    for line, top in zip(lines, tops, strict=True):
        inside = next((i for i, t in enumerate(tables) if top is not None and t.top <= height - top <= t.bottom), None)
        if inside is None:
            out.append((line, top))
        elif inside not in placed:
            placed.add(inside)
            out += [("", None), *((row, top) for row in tables[inside].lines), ("", None)]
    return [line for line, _ in out], [top for _, top in out]


def _tops(layer: Any, lines: list[str]) -> list[float | None]:
    """Return how high each line's baseline stands (points from the page's foot); None for a blank line."""
    tops: list[float | None] = []
    at = 0
    for line in lines:
        first = next((i for i, sign in enumerate(line) if not sign.isspace()), None)
        tops.append(None if first is None else _baseline(layer, at + first))
        at += len(line) + 2  # PDFium ends a line with two signs
    return tops


def _baseline(layer: Any, index: int) -> float | None:
    if index >= layer.count_chars():
        return None
    bottom: float = layer.get_charbox(index, loose=True)[1]
    return bottom
