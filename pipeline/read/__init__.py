"""One file per format: a file in, pages with text out. Which reader is chosen by the content, never by the name.

To read a new format, add a module and a line here. A format whose pages are known only when it is read whole has
`read(file) -> list[PageText]` and stands in READERS; one with pages that can be shown as images has `count`, `read` of
some pages and `render`, and stands in PAGED; one that holds other files has `names` and `unpack` and stands in
CONTAINERS (an e-mail is both a document and a container). A reader raises `Unreadable` for what it cannot read; what
the library it stands on raises is turned into that by `guard`.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from pipeline.read import archive, docx, guard, html, image, mail, odt, pdf, rtf, text
from pipeline.read.image import Rendered
from pipeline.read.kinds import DOCX, HTML, JPEG, MAIL, ODT, PDF, PLAIN, PNG, RTF, TIFF, ZIP, media_type
from pipeline.read.page import PageText


class Paged(Protocol):
    """A format with page images; pages are numbered from 1."""

    def count(self, file: Path) -> int:
        """Return the number of pages."""

    def read(self, file: Path, numbers: Sequence[int]) -> list[PageText]:
        """Return the text layer of some pages."""

    def render(self, file: Path, page: int, dpi: int) -> Rendered:
        """Return a page as an image of about `dpi` dots an inch."""


class Container(Protocol):
    """A format that holds other files."""

    def names(self, file: Path) -> tuple[str, ...]:
        """Return the names of the files in it."""

    def unpack(self, file: Path, number: int, target: Path) -> None:
        """Write file `number` (from 0) to `target`."""


READERS: Mapping[str, Callable[[Path], list[PageText]]] = {
    DOCX: guard.reader(docx.read, "Word-filen", "Öppna den i Word och spara om den."),
    ODT: guard.reader(odt.read, "Dokumentet", "Öppna det i LibreOffice och spara om det."),
    RTF: guard.reader(rtf.read, "RTF-filen", "Öppna den i Word och spara om den."),
    HTML: guard.reader(html.read, "Webbsidan", "Öppna den i en webbläsare och skriv ut den som PDF."),
    MAIL: guard.reader(mail.read, "Brevet", "Öppna det i e-postprogrammet och spara om det."),
    PLAIN: guard.reader(text.read, "Textfilen", "Öppna den i en textredigerare och spara om den."),
}
PAGED: Mapping[str, Paged] = {PDF: pdf, PNG: image, JPEG: image, TIFF: image}
CONTAINERS: Mapping[str, Container] = {ZIP: archive, MAIL: mail}

__all__ = ["CONTAINERS", "PAGED", "READERS", "Paged", "media_type"]
