"""Tesseract: a page image in, its text with word boxes and confidence out. The only module that knows the engine.

Swedish alone (`swe`): mixing languages loses dots. Each process runs on one thread (OMP_THREAD_LIMIT=1): several
pages at a time beat several threads a page, by 2 to 15 times.
"""

import os
import re
import shutil
from dataclasses import dataclass
from functools import cache
from typing import Any

from PIL.Image import Image

from corpus.checks import Check
from corpus.errors import PartMissing, Unreadable
from corpus.records import WordBox

SECONDS_A_PAGE = 120
DOUBTFUL = 0.5  # confidence below which a word says nothing
SPECK_CONFIDENCE, SPECK_CONFIDENCE_AFTER_STOP = 60.0, 90.0  # per cent
SIGNS_LANGUAGE = "eng"
MENDED_CONFIDENCE = 90.0  # per cent: a second model saw it, but the first did not
MARGIN = 8  # pixels around a word looked at alone
MOST_SIGNS = 3  # "% 1": the sign and a speck beside it
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_AS_PERCENT = re.compile(r"[29]\d{1,2}[.,]?")
_AS_ADDRESS = re.compile(r"[\w.-]+Q[\w.-]+\.[a-z]{2,3}[.,]?")
_INSTALL = (
    "sudo apt-get install tesseract-ocr tesseract-ocr-{language}   (macOS: brew install tesseract tesseract-lang)"
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What OCR read on a page: text with a blank line between paragraphs, word boxes, mean confidence (0–1)."""

    text: str
    words: tuple[WordBox, ...]
    confidence: float

    @property
    def worth(self) -> float:
        """How much was read, doubtful words counting against it: what tells two readings of a page apart."""
        return sum(word.confidence - DOUBTFUL for word in self.words)


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


def recognise(image: Image, dpi: int, language: str, *, adaptive: bool = False) -> Recognised:
    """Read one page image; `adaptive` thresholds it place by place (Sauvola & Pietikäinen 2000).

    Raises Unreadable where the engine fails or takes too long.
    """
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        data = pytesseract.image_to_data(
            image,
            lang=language,
            config=f"--psm 3 --dpi {dpi}{' -c thresholding_method=2' if adaptive else ''}",
            output_type=pytesseract.Output.DICT,
            timeout=SECONDS_A_PAGE,
        )
    except (pytesseract.TesseractError, RuntimeError, OSError) as error:
        raise Unreadable(
            "ocr", f"Sidan gick inte att tolka: {error}", "Skanna sidan på nytt och lägg in den."
        ) from error
    _mend_signs(image, data)
    return _assembled(data, 72 / dpi)


def _mend_signs(image: Image, data: dict[str, list[Any]]) -> None:
    """Put back the signs that Tesseract's small Swedish model lacks, in place.

    It reads 90, 20, 96 … for a per cent sign and Q for an at sign. What looks like that is looked at once more, alone,
    by the English model, which has them; where that is not installed, the text stays as read.
    """
    words: list[str] = data["text"]
    percent = [i for i in range(1, len(words)) if _AS_PERCENT.fullmatch(words[i]) and _NUMBER.fullmatch(words[i - 1])]
    address = [i for i in range(len(words)) if _AS_ADDRESS.fullmatch(words[i])]
    if not (percent or address) or SIGNS_LANGUAGE not in _languages():
        return
    for i in percent + address:
        seen = _alone(image, data, i)
        if i in percent and seen.startswith("%") and len(seen) <= MOST_SIGNS:
            words[i] = "%" + (words[i][-1] if words[i][-1] in ".," else "")
        elif i in address and "@" in seen and " " not in seen:
            words[i] = seen
        else:
            continue
        data["conf"][i] = MENDED_CONFIDENCE


def _alone(image: Image, data: dict[str, list[Any]], i: int) -> str:
    """Return what the model that has the signs reads in the box of one word."""
    import pytesseract

    left, top, width, height = (int(data[side][i]) for side in ("left", "top", "width", "height"))
    box = (left - MARGIN, top - MARGIN, left + width + MARGIN, top + height + MARGIN)
    return str(pytesseract.image_to_string(image.crop(box), lang=SIGNS_LANGUAGE, config="--psm 8")).strip()


@cache
def _languages() -> frozenset[str]:
    import pytesseract

    return frozenset(pytesseract.get_languages())


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
