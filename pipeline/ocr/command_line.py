"""Tesseract as a program of its own for every page, through pytesseract. The only module that knows it."""

import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from PIL.Image import Image

from corpus.errors import Unreadable
from pipeline.ocr.engine import Look

_OPTIONS: dict[Look, str] = {"page": "--psm 3", "adaptive": "--psm 3 -c thresholding_method=2", "word": "--psm 8"}


class CommandLine:
    """Starts `tesseract` once a page."""

    def __init__(self) -> None:
        import pytesseract

        self.version = f"tesseract {pytesseract.get_tesseract_version()}"

    @staticmethod
    def is_installed() -> bool:
        """Tell whether the program is there."""
        import pytesseract

        return shutil.which(pytesseract.pytesseract.tesseract_cmd) is not None

    @staticmethod
    @cache
    def languages() -> frozenset[str]:
        """Return the languages installed."""
        import pytesseract

        return frozenset(pytesseract.get_languages())

    def table(self, image: Image, dpi: int, language: str, look: Look, seconds: float) -> str:
        """Return Tesseract's TSV of an image. Raises Unreadable where the engine fails or takes too long."""
        import pytesseract

        config = f"{_OPTIONS[look]} --dpi {dpi}"
        return str(_asked(pytesseract.image_to_data, image, seconds, lang=language, config=config))

    def turned(self, image: Image, dpi: int) -> int | None:
        """Return by how many degrees clockwise the image must be turned to stand upright; None where it cannot tell."""
        import pytesseract

        if "osd" not in self.languages():
            return None
        try:
            told = str(_asked(pytesseract.image_to_osd, image, 30, config=f"--psm 0 --dpi {dpi}"))
        except Unreadable:  # too few letters
            return None
        found = re.search(r"^Rotate: (\d+)", told, re.MULTILINE)
        return int(found[1]) if found else None


def _asked(function: Any, image: Image, seconds: float, **options: str) -> Any:
    """Call pytesseract with a file of our own: it would write the page as PNG, which takes as long as some OCR."""
    with tempfile.NamedTemporaryFile(suffix=".pgm", prefix="sida-") as file:
        image.save(file, "PPM")
        file.flush()
        try:
            return function(str(Path(file.name)), timeout=seconds, **options)
        except RuntimeError as error:  # TesseractError is one, and so is what pytesseract raises when time is up
            raise Unreadable("ocr", f"Sidan gick inte att tolka: {error}", "Skanna sidan på nytt.") from error
        except OSError as error:
            raise Unreadable("ocr", f"Tesseract gick inte att starta: {error}", "Kör aktspar doctor.") from error
