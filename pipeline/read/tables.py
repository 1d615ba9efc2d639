"""Ruled tables of a PDF page, as rows of cells. The only module that knows pdfplumber.

pdfplumber finds cells by their rules, but reads a page some forty times slower than PDFium; it is asked only for pages
that PDFium says are drawn on.
"""

import io
from collections.abc import Collection
from dataclasses import dataclass

DRAWN = 8  # a table of two columns and a heading has at least so many rules


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its upper and lower edge in points from the page's upper edge, and its rows, white space folded."""

    top: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]

    @property
    def lines(self) -> list[str]:
        """The rows as lines, cells parted by tabs."""
        return ["\t".join(row) for row in self.rows]


def ruled(data: bytes, pages: Collection[int]) -> dict[int, list[Table]]:
    """Return the ruled tables of the pages asked for (from 1); a table has at least two rows and two columns."""
    import pdfplumber

    if not pages:
        return {}
    with pdfplumber.open(io.BytesIO(data), pages=sorted(pages)) as document:
        return {
            page.page_number: [_table(found) for found in page.find_tables() if _is_table(found)]
            for page in document.pages
        }


def _is_table(found: object) -> bool:
    rows = found.extract()  # type: ignore[attr-defined]  # pdfplumber ships no types
    return len(rows) > 1 and len(rows[0]) > 1


def _table(found: object) -> Table:
    _, top, _, bottom = found.bbox  # type: ignore[attr-defined]
    rows = found.extract()  # type: ignore[attr-defined]
    return Table(top, bottom, tuple(tuple(" ".join((cell or "").split()) for cell in row) for row in rows))
