"""Tesseract: a page image in, its text with word boxes and confidence out. The only module that knows the engine.

Swedish alone (`swe`): mixing languages loses dots. Each process runs on one thread (OMP_THREAD_LIMIT=1): several
pages at a time beat several threads a page, by 2 to 15 times.
"""

import os
import shutil
from dataclasses import dataclass
from functools import cache

from PIL.Image import Image

from corpus.checks import Check
from corpus.errors import PartMissing, Unreadable
from corpus.records import WordBox

SECONDS_A_PAGE = 120
SPECK_CONFIDENCE, SPECK_CONFIDENCE_AFTER_STOP = 60.0, 90.0  # per cent
_INSTALL = (
    "sudo apt-get install tesseract-ocr tesseract-ocr-{language}   (macOS: brew install tesseract tesseract-lang)"
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What OCR read on a page: text with a blank line between paragraphs, word boxes, mean confidence (0–1)."""

    text: str
    words: tuple[WordBox, ...]
    confidence: float


@cache
def require(language: str) -> str:
    """Return Tesseract's version. Raises PartMissing, with the command that installs it, where a part is not there."""
    import pytesseract

    remedy = _INSTALL.format(language=language)
    if not shutil.which(pytesseract.pytesseract.tesseract_cmd):
        raise PartMissing("Programmet tesseract, som läser skannade sidor, är inte installerat.", remedy)
    if language not in pytesseract.get_languages():
        raise PartMissing(f"Tesseract saknar språket {language}.", remedy)
    return str(pytesseract.get_tesseract_version())


def recognise(image: Image, dpi: int, language: str) -> Recognised:
    """Read one page image. Raises Unreadable where the engine fails or takes too long."""
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        data = pytesseract.image_to_data(
            image,
            lang=language,
            config=f"--psm 3 --dpi {dpi}",
            output_type=pytesseract.Output.DICT,
            timeout=SECONDS_A_PAGE,
        )
    except (pytesseract.TesseractError, RuntimeError, OSError) as error:
        raise Unreadable(
            "ocr", f"Sidan gick inte att tolka: {error}", "Skanna sidan på nytt och lägg in den."
        ) from error
    return _assembled(data, 72 / dpi)


def _assembled(data: dict[str, list[str]], points: float) -> Recognised:
    """Put Tesseract's words together: space within a line, a new line within a paragraph, a blank line between."""
    text: list[str] = []
    words: list[WordBox] = []
    last: tuple[str, str, str] | None = None
    for i, word in enumerate(data["text"]):
        here = (data["block_num"][i], data["par_num"][i], data["line_num"][i])
        if not word.strip() or (here == last and _is_speck(word, float(data["conf"][i]), text[-1])):
            continue
        if last is not None:
            text.append(" " if here == last else "\n" if here[:2] == last[:2] else "\n\n")
        text.append(word)
        last = here
        words.append(_box(data, i, points))
    confidence = sum(word.confidence for word in words) / len(words) if words else 0.0
    return Recognised("".join(text) + "\n" if text else "", tuple(words), confidence)


def _is_speck(word: str, confidence: float, before: str) -> bool:
    """A single sign within a line that the engine hardly believes in is dirt on the page, more so after a full stop."""
    doubt = SPECK_CONFIDENCE_AFTER_STOP if before.endswith((".", "?", "!", ":")) else SPECK_CONFIDENCE
    return len(word) == 1 and not word.isdigit() and confidence < doubt


def _box(data: dict[str, list[str]], i: int, points: float) -> WordBox:
    left, top, width, height = (float(data[side][i]) * points for side in ("left", "top", "width", "height"))
    return WordBox(data["text"][i], left, top, left + width, top + height, max(0.0, float(data["conf"][i])) / 100)


def check(language: str) -> Check:
    """Check that Tesseract and its language are there, for `aktspar doctor`."""
    try:
        return Check("tesseract", ok=True, seen=f"{require(language)} med {language}")
    except PartMissing as error:
        return Check("tesseract", ok=False, seen=error.cause, remedy=error.remedy, exit_code=error.exit_code)
