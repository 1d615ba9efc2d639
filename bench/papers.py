"""Documents made for a bench: copied scans of which no two pages are alike, small scans, long digital ones, tables."""

import io
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from pipeline.read import pdf

SCAN_DPI = 300
SCAN_QUALITY = 60  # of JPEG: a little better than the scans themselves have, so that a copy is not a worse one
DOT = 12  # pixels: larger than grain, smaller than a letter
SMALL_DPI = 150
SMALL_PAGE = (4.1, 5.8)  # inches, A6
SMALL_TEXT = 40  # pixels
SMALL_WORDS = """namn arbete uppdrag kommun verksamhet ansvar samtal beslut politik majoritet budget personal skola
omsorg vatten kultur park bibliotek trafik plan framtid medarbetare ledning utveckling resultat uppgift""".split()
TABLE_ROWS = 24
TABLE_HEADS = ("Enhet", "Antal", "Andel", "Anm.")


def copied_scans(scans: Sequence[Path], copies: int, target: Path) -> int:
    """Make one PDF of the scans' pages, each `copies` times and each time with a dot elsewhere; return its pages."""
    return _bound(_dotted(scans, copies), SCAN_DPI, target)


def _dotted(scans: Sequence[Path], copies: int) -> Iterator[Image.Image]:
    for copy in range(copies):
        for scan in scans:
            for number in range(1, pdf.count(scan) + 1):
                image = pdf.render(scan, number, SCAN_DPI).image.copy()
                at = 2 * DOT * (copy + 1), image.height - 4 * DOT  # in the lower margin
                ImageDraw.Draw(image).ellipse((*at, at[0] + DOT, at[1] + DOT), fill=0)
                yield image


def small_scans(pages: int, target: Path) -> None:
    """Make a PDF of small page images with a few words each, no two alike."""
    _bound(map(_small_page, range(1, pages + 1)), SMALL_DPI, target)


def _small_page(number: int) -> Image.Image:
    words = random.Random(number).sample(SMALL_WORDS, 8)  # noqa: S311 – no secret
    image = Image.new("L", (round(SMALL_DPI * SMALL_PAGE[0]), round(SMALL_DPI * SMALL_PAGE[1])), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(SMALL_TEXT)
    for i, line in enumerate([f"Sida {number}", " ".join(words[:3]), " ".join(words[3:6]), " ".join(words[6:])]):
        draw.text((40, 60 + 2 * SMALL_TEXT * i), line, font=font, fill=0)
    return image


def _bound(images: Iterable[Image.Image], dpi: int, target: Path) -> int:
    """Write a PDF with an image a page, holding one image at a time; return its number of pages."""
    document = pdfium.PdfDocument.new()
    for image in images:
        page = io.BytesIO()
        image.save(page, "PDF", resolution=dpi, quality=SCAN_QUALITY)
        document.import_pages(pdfium.PdfDocument(page.getvalue()))
    return _saved(document, target)


def repeated(files: Sequence[Path], pages: int, target: Path) -> int:
    """Make a PDF of at least `pages` pages by repeating those of some files; return its number of pages.

    Each file is imported in one go, so that its repeated pages share their fonts as a long document's pages do.
    """
    documents = [pdfium.PdfDocument(file) for file in files]
    times = -(-pages // sum(map(len, documents)))
    long = pdfium.PdfDocument.new()
    for document in documents:
        long.import_pages(document, pages=list(range(len(document))) * times)
    return _saved(long, target)


def _saved(document: Any, target: Path) -> int:
    pages = len(document)
    document.save(target)
    document.close()
    return pages


def tables(pages: int, target: Path) -> None:
    """Make a PDF with a heading, some prose and a ruled table on each page; needs fpdf2."""
    from fpdf import FPDF

    paper = FPDF()
    for number in range(1, pages + 1):
        paper.add_page()
        paper.set_font("Helvetica", "B", 14)
        paper.cell(0, 10, f"Personalomsättning {2000 + number}", new_x="LMARGIN", new_y="NEXT")
        paper.set_font("Helvetica", size=10)
        paper.multi_cell(0, 6, "Tabellen visar hur många som slutat vid varje enhet under året. " * 4)
        with paper.table() as table:
            for row in [TABLE_HEADS, *_rows(number)]:
                cells = table.row()
                for text in row:
                    cells.cell(text)
    paper.output(str(target))


def _rows(page: int) -> Iterator[tuple[str, ...]]:
    for row in range(TABLE_ROWS):
        yield f"Enhet {page}:{row}", str(page * row), f"{(page + row) % 100},5 %", "Se bilaga"
