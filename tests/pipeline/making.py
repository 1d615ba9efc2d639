"""Small files and records of Lövhamns stad, made for the test that needs them."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.account import Taken
from corpus.records import Finding, Page, Record
from corpus.values import Value
from pipeline.extract import extract

FONT = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")
V = TypeVar("V", bound=Value)

PROSE = (
    "Nämnden behandlade frågan om kajen på sitt möte i våras. Förvaltningen har därefter sett över\n"
    "hur arbetet är ordnat och vad som återstår att göra innan hösten. Det är både fråga om pengar\n"
    "och om vilka som ska utföra arbetet, och nämnden återkommer därför när allt är på plats här.\n"
)


class Silence:
    """Hears how a run goes and remembers what it heard."""

    def __init__(self) -> None:
        self.ended: list[tuple[str, Taken]] = []

    def begin(self, files: int) -> None:
        """The run will see this many files."""

    def file(self, name: str) -> None:
        """Work on a file begins."""

    def done(self, name: str, taken: Taken, pages: int) -> None:
        """Work on a file has ended."""
        del pages
        self.ended.append((name, taken))


def pages(*texts: str) -> tuple[Page, ...]:
    return tuple(Page(number, text, text, "plain", 1.0) for number, text in enumerate(texts, start=1))


def findings(*texts: str) -> tuple[Finding, ...]:
    """What is found in a document of these pages."""
    return extract(Record("x.txt", "x", "text/plain", pages(*texts), len(texts)))


def values(kind: type[V], *texts: str) -> list[V]:
    """The values of one kind found in a document of these pages."""
    return [finding.value for finding in findings(*texts) if isinstance(finding.value, kind)]


def font(size: int) -> ImageFont.FreeTypeFont:
    """The Liberation font, or the test is left out."""
    if not FONT.exists():
        pytest.skip("the Liberation fonts are not installed (fonts-liberation)")
    return ImageFont.truetype(str(FONT), size)


def page_image(text: str, *, dpi: int = 200) -> Image.Image:
    """A page of black print on white, about as a scanner gives it."""
    image = Image.new("L", (int(8.27 * dpi), int(4 * dpi)), 255)
    ImageDraw.Draw(image).multiline_text((dpi, dpi // 2), text, fill=0, font=font(12 * dpi // 72), spacing=dpi // 20)
    return image


def image_bytes(images: Sequence[Image.Image], kind: str, dpi: int = 200) -> bytes:
    """The bytes of an image file; a TIFF may hold several pages."""
    out = io.BytesIO()
    more = {"save_all": True, "append_images": list(images[1:])} if len(images) > 1 else {}
    images[0].save(out, kind, dpi=(dpi, dpi), **more)
    return out.getvalue()


def pdf(*texts: str, password: str | None = None, images: Sequence[Image.Image] = (), plain: bool = False) -> bytes:
    """A PDF with one page of text for each text (paragraphs parted by a blank line), then one for each image.

    `plain` leaves it uncompressed, to be broken by hand.
    """
    from fpdf import FPDF

    made = FPDF()
    made.set_compression(not plain)
    if texts:
        font(12)
        made.add_font("Liberation", "", str(FONT))
        made.set_font("Liberation", size=11)
    for text in texts:
        made.add_page()
        for paragraph in text.split("\n\n"):
            made.multi_cell(0, 6, paragraph)
            made.ln(6)
    for image in images:
        made.add_page()
        made.image(image, x=0, y=0, w=210)
    if password:
        made.set_encryption(owner_password="owner of " + password, user_password=password)
    return bytes(made.output())


def archive(**files: str) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return out.getvalue()
