"""Ruled tables of a PDF page, as rows of cells. The only module that knows pdfplumber.

pdfplumber finds cells by their rules, but reads a page some forty times slower than PDFium; it is asked only for pages
that PDFium says are drawn on.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.records import WordBox
from pipeline.read.assembly import Line, Word, spaced

# A table of two columns and a heading has at least so many rules; a page with more than the most is a map or a chart,
# over which pdfplumber would sit for minutes.
DRAWN, MOST_DRAWN = 8, 3000

Cell = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the boxes of its cells, in points from the upper left corner of the page as shown, and its rows."""

    cells: tuple[Cell, ...]
    lines: tuple[Line, ...]

    def holds(self, word: Word) -> bool:
        """Tell whether a word stands in one of the cells."""
        return any(_is_in(cell, word) for cell in self.cells)


def ruled(file: Path, pages: Collection[int]) -> dict[int, list[Table]]:
    """Return the ruled tables of the pages asked for (from 1); a table has at least two rows and two columns.

    pdfminer, on which pdfplumber stands, refuses some files that PDFium reads; they are read without tables.
    """
    import pdfplumber

    if not pages:
        return {}
    try:
        with pdfplumber.open(file, pages=sorted(pages)) as document:
            return {page.page_number: _tables(page) for page in document.pages}
    except Exception:  # noqa: BLE001 – whatever pdfminer says, the page's lines are there
        return {}


def _tables(page: Any) -> list[Table]:
    found = [table for table in page.find_tables() if len(table.rows) > 1 and len(table.rows[0].cells) > 1]
    return [_table(page, table, *_corner(page)) for table in found]


def _corner(page: Any) -> tuple[float, float]:
    """Return where the page as shown begins on its sheet, which pdfplumber measures by."""
    sheet, shown = page.mediabox, page.cropbox
    left = sheet[2] - shown[2] if page.rotation in {180, 270} else shown[0] - sheet[0]
    top = sheet[3] - shown[3] if page.rotation in {90, 180} else shown[1] - sheet[1]
    return sheet[0] + max(left, 0.0), sheet[1] + max(top, 0.0)


def _table(page: Any, table: Any, left: float, top: float) -> Table:
    words = [
        Word(word["text"], WordBox(word["x0"] - left, word["top"] - top, word["x1"] - left, word["bottom"] - top))
        for word in page.crop(table.bbox, strict=False).extract_words(keep_blank_chars=False)
    ]
    rows = [[cell and (cell[0] - left, cell[1] - top, cell[2] - left, cell[3] - top) for cell in row.cells]
            for row in table.rows]  # fmt: skip
    lines = [line for line in (_row([_within(words, cell) for cell in row]) for row in rows) if line.words]
    together = (*lines[:1], *(replace(line, apart=False) for line in lines[1:]))
    return Table(tuple(cell for row in rows for cell in row if cell), together)


def _within(words: Sequence[Word], cell: Cell | None) -> list[Word]:
    """Return the words in a cell; a cell that is part of a wider one is None, and empty."""
    return [word for word in words if _is_in(cell, word)] if cell else []


def _is_in(cell: Cell, word: Word) -> bool:
    """Tell by the word's middle."""
    left, top, right, bottom = cell
    box = word.box
    return left <= (box.left + box.right) / 2 <= right and top <= (box.top + box.bottom) / 2 <= bottom


def _row(cells: Sequence[Sequence[Word]]) -> Line:
    words = tuple(word for cell in cells for word in cell)
    size = words[0].box.bottom - words[0].box.top if words else 0.0
    return Line(words, size, columns=tuple(map(spaced, cells)))
