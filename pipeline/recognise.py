"""The best text of a page: its own layer where that is good, OCR where it is missing or bad, with the reason kept."""

from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from typing import Protocol

from PIL.Image import Image

from corpus.errors import Unreadable
from corpus.records import Page, Problem, Record
from corpus.settings import Settings
from pipeline import ocr
from pipeline.grade import FEW_LETTERS, GOOD, grade
from pipeline.ocr import Recognised
from pipeline.pictures import evened, smoothed
from pipeline.read import RENDERERS

SURE = 0.93  # mean word confidence; below it a page is worth a second look


class Render(Protocol):
    """Gives page `page` (from 1) of a file as an image."""

    def __call__(self, *, page: int, dpi: int) -> Image:
        """Render one page."""


def recognise(record: Record, data: bytes, settings: Settings, hands: Executor) -> Record:
    """Return the record with OCR text on the pages that need it; a page that cannot be read is listed instead."""
    renderer = RENDERERS.get(record.media_type)
    wanted = [page for page in record.pages if page.grade < GOOD]
    if renderer is None or not wanted:
        return record
    ocr.require(settings.ocr_language)

    def render(*, page: int, dpi: int) -> Image:
        return renderer(data, page, dpi)

    results = hands.map(partial(_best, render, settings), wanted)
    done = {page.number: result for page, result in zip(wanted, results, strict=True)}
    outcomes = [done.get(page.number, page) for page in record.pages]
    return replace(
        record,
        pages=tuple(page for page in outcomes if isinstance(page, Page)),
        problems=(*record.problems, *(lost for lost in outcomes if isinstance(lost, Problem))),
    )


def _best(render: Render, settings: Settings, page: Page) -> Page | Problem:
    """Return the page with the better of layer and OCR, or why it has neither."""
    try:
        return _better(page, _read(render(page=page.number, dpi=settings.ocr_dpi), settings))
    except Unreadable as error:
        if page.text.strip():
            return replace(page, reasons=(*page.reasons, f"OCR gick inte: {error.cause}"))
        return Problem(error.code, error.cause, error.remedy, page.number)


def _read(image: Image, settings: Settings) -> Recognised:
    """Read a page image, and again with evened light and adaptive thresholds where the first reading is unsure."""
    readings = [ocr.recognise(smoothed(image), settings.ocr_dpi, settings.ocr_language)]
    if readings[0].confidence < SURE:
        readings.append(ocr.recognise(evened(image), settings.ocr_dpi, settings.ocr_language))
    if max(reading.confidence for reading in readings) < SURE:
        readings.append(ocr.recognise(image, settings.ocr_dpi, settings.ocr_language, adaptive=True))
    return max(readings, key=lambda reading: reading.worth)


def _better(page: Page, read: Recognised) -> Page:
    graded = grade(read.text)
    if not page.text.strip():
        reasons: tuple[str, ...] = ("ingen text i filen",) if read.words else ("tom sida",)
    elif graded.score > page.grade or len(page.text) < FEW_LETTERS < len(read.text):
        reasons = tuple(f"textlagret: {reason}" for reason in page.reasons)
    else:
        return replace(page, words=read.words, reasons=(*page.reasons, "OCR blev inte bättre än textlagret"))
    return replace(
        page,
        original=read.text,
        text=read.text,
        method="ocr",
        grade=graded.score,
        reasons=(*reasons, *graded.reasons),
        confidence=read.confidence,
        words=read.words,
    )
