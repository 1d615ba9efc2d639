"""Which engine reads: Tesseract inside this process where tesserocr is installed, otherwise the command line.

Both give Tesseract's own table of words (TSV), so everything after it is the same. tesserocr keeps the language model
between pages and needs no files; it is about a fifth faster.
"""

import importlib.util
import os
from functools import cache
from typing import Literal, Protocol

from PIL.Image import Image

from corpus.checks import Check
from corpus.errors import PartMissing

# How a page is looked at: laid out as it stands, its light thresholded place by place (Sauvola & Pietikäinen 2000),
# or as the single word it is.
Look = Literal["page", "adaptive", "word"]

_INSTALL = (
    "sudo apt-get install tesseract-ocr tesseract-ocr-{language}   (macOS: brew install tesseract tesseract-lang)"
)


class Engine(Protocol):
    """Reads page images."""

    version: str

    def languages(self) -> frozenset[str]:
        """Return the languages it can read."""

    def table(self, image: Image, dpi: int, language: str, look: Look, seconds: float) -> str:
        """Return Tesseract's TSV of an image. Raises Unreadable where the engine fails or takes too long."""

    def turned(self, image: Image, dpi: int) -> int | None:
        """Return by how many degrees clockwise the image must be turned to stand upright; None where it cannot tell."""


@cache
def engine() -> Engine:
    """Return the engine of this machine. Raises PartMissing, with the command that installs it, where there is none."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    if importlib.util.find_spec("tesserocr"):
        from pipeline.ocr.in_process import InProcess

        if InProcess.data_folder():
            return InProcess()
    from pipeline.ocr.command_line import CommandLine

    if not CommandLine.is_installed():
        raise PartMissing(
            "Programmet tesseract, som läser skannade sidor, är inte installerat.", _INSTALL.format(language="swe")
        )
    return CommandLine()


def require(language: str) -> Engine:
    """Return the engine if it reads the language. Raises PartMissing, with the command that installs it, else."""
    found = engine()
    if language not in found.languages():
        raise PartMissing(f"Tesseract saknar språket {language}.", _INSTALL.format(language=language))
    return found


def model(language: str) -> bytes:
    """Return the language's trained model as it is installed. Raises PartMissing where it is not found."""
    from pipeline.ocr.in_process import InProcess

    folder = InProcess.data_folder()
    if folder is None or not (folder / f"{language}.traineddata").is_file():
        raise PartMissing(f"Tesseract saknar språket {language}.", _INSTALL.format(language=language))
    return (folder / f"{language}.traineddata").read_bytes()


def check(language: str) -> Check:
    """Check that Tesseract and its language are there, for `aktspar doctor`."""
    try:
        return Check("tesseract", ok=True, seen=f"{require(language).version} med {language}")
    except PartMissing as error:
        return Check("tesseract", ok=False, seen=error.cause, remedy=error.remedy, exit_code=error.exit_code)
