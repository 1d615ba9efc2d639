"""Small files and records of Lövhamns stad, made for the test that needs them."""

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from PIL import Image, ImageDraw, ImageFont

from corpus.account import Taken
from corpus.records import Finding, Page, Record
from corpus.values import Value
from pipeline.extract import extract
from pipeline.read import CONTAINERS, PAGED, READERS, media_type
from pipeline.read.image import Rendered
from pipeline.read.page import PageText

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

        self.pages = 0

    def files_ahead(self, files: int) -> None:
        """So many more files are to come."""

    def pages_ahead(self, pages: int) -> None:
        """A document with so many pages has been opened."""

    def pages_done(self, pages: int) -> None:
        """So many more pages are read."""
        self.pages += pages

    def done(self, name: str, taken: Taken, pages: int) -> None:
        """Work on a file has ended."""
        del pages
        self.ended.append((name, taken))

    def settling(self, done: int, documents: int) -> None:
        """So many documents, of so many, are restored once more."""


def pages(*texts: str) -> tuple[Page, ...]:
    return tuple(Page(number, text, text, "plain", 1.0) for number, text in enumerate(texts, start=1))


def findings(*texts: str) -> tuple[Finding, ...]:
    """What is found in a document of these pages."""
    return extract(Record("x.txt", "x", "text/plain", pages(*texts), len(texts)))


def values(kind: type[V], *texts: str) -> list[V]:
    """The values of one kind found in a document of these pages."""
    return [finding.value for finding in findings(*texts) if isinstance(finding.value, kind)]


@contextmanager
def on_disk(data: bytes) -> Iterator[Path]:
    """A file of these bytes, whose name tells nothing."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "fil"
        file.write_bytes(data)
        yield file


def kind_of(data: bytes) -> str:
    """The media type of a file of these bytes."""
    with on_disk(data) as file:
        return media_type(file)


def read_pages(data: bytes) -> list[PageText]:
    """The pages of a document of these bytes."""
    with on_disk(data) as file:
        kind = media_type(file)
        if kind in PAGED:
            return PAGED[kind].read(file, range(1, PAGED[kind].count(file) + 1))
        return READERS[kind](file)


def rendered(data: bytes, page: int, dpi: int) -> Rendered:
    """A page of a file of these bytes as an image."""
    with on_disk(data) as file:
        return PAGED[media_type(file)].render(file, page, dpi)


def member_names(data: bytes) -> tuple[str, ...]:
    """The names of the files in a container of these bytes."""
    with on_disk(data) as file:
        return CONTAINERS[media_type(file)].names(file)


def member(data: bytes, number: int) -> bytes:
    """File `number` (from 0) in a container of these bytes."""
    with on_disk(data) as file:
        target = file.with_name("ur")
        CONTAINERS[media_type(file)].unpack(file, number, target)
        return target.read_bytes()


def font(size: int) -> ImageFont.FreeTypeFont:
    """Roboto, from its package: what a machine has installed may lack å, ä and ö, or be nothing at all."""
    from font_roboto import Roboto

    return ImageFont.truetype(Roboto, size)


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
    made = _empty_pdf("mm")
    made.set_compression(not plain)
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


def drawn_pdf(*draws: Callable[[Any], None], size: tuple[float, float] = (595, 842)) -> bytes:
    """A PDF of pages drawn by hand (with fpdf2, in points, in Helvetica 11)."""
    made = _empty_pdf("pt")
    for draw in draws:
        made.add_page(format=size)
        draw(made)
    return bytes(made.output())


def _empty_pdf(unit: str) -> Any:
    from fpdf import FPDF

    made = FPDF(unit=unit)
    made.core_fonts_encoding = "windows-1252"
    made.set_font("Helvetica", size=11)  # one of those every reader of PDF carries
    return made


def reset_pdf(data: bytes, *, turn: int = 0, crop: tuple[float, float, float, float] | None = None) -> bytes:
    """The PDF with its first page turned (clockwise) and cropped (left, bottom, right, top)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    page = document[0]
    page.set_rotation(turn)
    if crop:
        page.set_cropbox(*crop)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def archive(**files: str | bytes) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return out.getvalue()
