"""A matter as a workbook (.xlsx): a sheet for each ledger, with filters, and a link from each row to its document."""

import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from corpus.dates import When
from index.export.sheets import Cell, Sheet, sheets
from index.holdings import Source
from index.trace import Trace

MOST_LETTERS = 32_767  # that a cell holds
CUT = " … [avkortat: cellen rymmer inte mer]"
FIRST_DATE = date(1900, 3, 1)  # days before it are counted wrong by spreadsheets
DOCUMENTS = "Handlingar"
HEADING = {"bold": True, "bg_color": "#E3EDED", "bottom": 1, "valign": "top", "text_wrap": True}


def to_xlsx(found: Trace) -> bytes:
    """Return the workbook of a matter."""
    rows = {holding.id: row for row, holding in enumerate(found.documents, start=2)}
    return book_of(found.query, sheets(found), rows)


def book_of(title: str, pages: Iterable[Sheet], rows: Mapping[int, int]) -> bytes:
    """Return a workbook of sheets; `rows` tells where each document stands in the sheet of documents, to be linked to.

    Whatever a cell begins with it is text: nothing in it is ever taken for a formula.
    """
    import xlsxwriter

    out = io.BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, **as_text}) as book:
        book.set_properties({"title": title, "comments": "Gjord av Aktspår. Varje rad har handling, sida och citat."})
        plain = {"valign": "top", "text_wrap": True}
        formats = {
            "heading": book.add_format(HEADING),
            "text": book.add_format(plain),
            "date": book.add_format({**plain, "num_format": "yyyy-mm-dd", "align": "left"}),
            "link": book.add_format({**plain, "font_color": "#0B5E5E", "underline": 1}),
        }
        for sheet in pages:
            _Page(book.add_worksheet(sheet.name), formats, rows).fill(sheet)
    return out.getvalue()


class _Page:
    """A worksheet being filled; `rows` tells where each document stands in the sheet of documents."""

    def __init__(self, page: Any, formats: dict[str, Any], rows: Mapping[int, int]) -> None:
        self.page = page
        self.formats = formats
        self.rows = rows

    def fill(self, sheet: Sheet) -> None:
        """Write the heading and every row, and set the page up for reading and printing."""
        for at, column in enumerate(sheet.columns):
            self.page.set_column(at, at, column.width)
            self.page.write_string(0, at, column.title, self.formats["heading"])
        for row, cells in enumerate(sheet.rows, start=1):
            for at, cell in enumerate(cells):
                self._write(row, at, cell)
        self.page.freeze_panes(1, 0)
        self.page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
        self.page.repeat_rows(0)
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)

    def _write(self, row: int, at: int, cell: Cell) -> None:
        match cell:
            case When():
                self._write_when(row, at, cell)
            case Source() if cell.document in self.rows:
                target = f"internal:'{DOCUMENTS}'!A{self.rows[cell.document]}"
                self.page.write_url(row, at, target, self.formats["link"], _fitting(cell.file), "Till handlingen")
            case Source():
                self.page.write_string(row, at, _fitting(cell.file), self.formats["text"])
            case int():
                self.page.write_number(row, at, cell, self.formats["text"])
            case None | "":
                self.page.write_blank(row, at, None, self.formats["text"])
            case str():
                self.page.write_string(row, at, _fitting(cell), self.formats["text"])

    def _write_when(self, row: int, at: int, when: When) -> None:
        """A day is a date that sorts and filters; what is less exact stays words."""
        if when.year and when.month and when.day and (day := date(when.year, when.month, when.day)) >= FIRST_DATE:
            self.page.write_datetime(row, at, day, self.formats["date"])
        else:
            self.page.write_string(row, at, str(when), self.formats["text"])


def _fitting(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - len(CUT)] + CUT
