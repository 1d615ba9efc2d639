"""Sets a source as a digital A4 PDF with a true text layer, embedded fonts and the same bytes every time."""

from datetime import UTC, datetime
from functools import singledispatchmethod

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from corpus.samples.rendering.fonts import font_file
from corpus.samples.rendering.source import (
    Block,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Source,
    Style,
    Table,
    marks,
)

DATE = datetime(2025, 1, 1, tzinfo=UTC)
MARGIN = 25
LINE = 5.2
SIZE = 11
HEADINGS = {1: 15, 2: 12, 3: 11}


class Sheet(FPDF):
    """A4 pages with the header and footer of one source; `pages` is how many there will be."""

    def __init__(self, style: Style, pages: int) -> None:
        super().__init__(format="A4")
        self.style = style
        self.total = pages
        for weight, mark in (("Regular", ""), ("Bold", "B")):
            self.add_font("body", mark, font_file(style.font, weight))
        self.creation_date = DATE
        self.set_margins(MARGIN, 18, MARGIN)
        self.set_auto_page_break(auto=True, margin=22)
        self.set_title(style.file)
        self.set_producer("Aktspår samples")

    def header(self) -> None:
        """Print the running head: one text to the left, one to the right."""
        self.set_font("body", "", 9)
        top = self.get_y()
        self.multi_cell(0, 4.2, self._filled(self.style.header), align="L")
        bottom = self.get_y()
        self.set_xy(MARGIN, top)
        right = self._filled(self.style.header_right)
        self.multi_cell(0, 4.2, right, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(max(bottom, self.get_y()) + 7)

    def footer(self) -> None:
        """Print the running foot."""
        self.set_y(-16)
        self.set_font("body", "", 9)
        self.cell(0, 4, self._filled(self.style.footer))

    def _filled(self, text: str) -> str:
        return text.replace("{page}", str(self.page_no())).replace("{pages}", str(self.total))

    def lines(self, text: str, size: float = SIZE, weight: str = "", indent: float = 0) -> None:
        """Print wrapped text, `indent` millimetres in from the margin."""
        self.set_font("body", weight, size)
        self.set_x(MARGIN + indent)
        self.multi_cell(0, LINE * max(1, size / 12), text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    @singledispatchmethod
    def block(self, block: Block) -> None:
        """Print one block of the source."""
        raise NotImplementedError(block)

    @block.register
    def _(self, block: Heading) -> None:
        if self.will_page_break(24):
            self.add_page()
        self.ln(1 if block.level > 2 else 2.5)
        self.lines(block.text, HEADINGS[block.level], "B")
        self.ln(2)

    @block.register
    def _(self, block: Paragraph) -> None:
        self.lines("\n".join(block.lines))
        self.ln(2.6)

    @block.register
    def _(self, block: Listing) -> None:
        for mark, item in marks(block, self.style.bullet):
            top = self.get_y()
            if self.will_page_break(LINE):
                self.add_page()
                top = self.get_y()
            self.lines(mark, indent=4)
            self.set_y(top)
            self.lines(item, indent=11)
        self.ln(2.6)

    @block.register
    def _(self, block: Table) -> None:
        self.set_font("body", "", 10)
        widths = (2.4, *(1.0 for _ in block.rows[0][1:]))
        with self.table(block.rows, col_widths=widths, line_height=LINE):
            pass
        self.ln(4)

    @block.register
    def _(self, _block: PageBreak) -> None:
        self.add_page()


def _set(source: Source, pages: int) -> Sheet:
    sheet = Sheet(source.style, pages)
    sheet.add_page()
    for block in source.blocks:
        sheet.block(block)
    return sheet


def pdf(source: Source) -> bytes:
    """Return the PDF; it is set twice, since the first page already says how many there are."""
    return bytes(_set(source, _set(source, 0).pages_count).output())
