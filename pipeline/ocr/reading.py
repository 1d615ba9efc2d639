"""Reads one page image: looks at it, and looks again otherwise while the engine is unsure; the surest reading wins.

A page that was read badly may lie on its side or aslant, be faded, unevenly lit or specked (docs/decisions/0005).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from PIL.Image import Image

from corpus.errors import Unreadable
from corpus.records import Part, WordBox
from pipeline import pictures
from pipeline.ocr import signs, words
from pipeline.ocr.engine import Engine, Look, require
from pipeline.ocr.words import Recognised
from pipeline.read.assembly import Line, Word

VERSION = "10"  # raised when the same image may be read otherwise: pages kept from before are then read anew
SECONDS_A_LOOK = 120
SURE = 0.95  # mean word confidence; below it a page is worth a second look
LOST = 0.75  # below it the page may lie on its side
FEW_WORDS = 5  # so few may be all there is, or all that could be seen of faded print
MARGIN = 8  # pixels around a word looked at alone


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one look gave: lines on an image that was turned clockwise by `degrees` from the page."""

    lines: list[Line]
    degrees: float = 0.0


def read(image: Image, dpi: int, language: str, layer: signs.Witness | None = None) -> Recognised:
    """Return what stands on a page image; `layer` is a text layer to ask about signs the language's model lacks.

    Raises Unreadable where the engine fails or takes too long, PartMissing where it or the language is not installed.
    """
    engine = require(language)
    readings: list[_Reading] = []
    try:
        for reading in _looks(engine, image, dpi, language):
            readings.append(reading)
            if _is_read(reading):
                break
    except Unreadable:
        if not readings:
            raise
    best = max(readings, key=lambda reading: words.worth(reading.lines))
    found = words.recognised(best.lines)
    size = (72 * image.width / dpi, 72 * image.height / dpi)
    found = replace(found, words=tuple(_unturned(box, best.degrees, size) for box in found.words))
    return _with_layers_signs(found, layer) if layer else found


def _looks(engine: Engine, image: Image, dpi: int, language: str) -> Iterator[_Reading]:
    """Yield readings of the page, the next one asked for only where those before were unsure."""

    def looked(prepared: Image, degrees: float, look: Look = "page") -> _Reading:
        lines = words.lines(engine.table(prepared, dpi, language, look, SECONDS_A_LOOK), dpi)
        if language != signs.LANGUAGE:
            lines = signs.mended(lines, _english_witness(engine, prepared, dpi))
        return _Reading(lines, degrees)

    first = looked(pictures.smoothed(image), 0.0)
    yield first
    upright, degrees = image, 0
    if words.confidence(first.lines) < LOST and (turn := engine.turned(pictures.evened(image), dpi)):
        aside = pictures.turned(image, turn)
        second = looked(pictures.smoothed(aside), turn)
        yield second
        if words.worth(second.lines) > words.worth(first.lines):  # the engine is at times sure of a wrong turn
            upright, degrees = aside, turn
    slant = pictures.skew(upright, dpi)
    straight = pictures.turned(upright, slant)
    yield looked(pictures.evened(straight), degrees + slant)
    yield looked(pictures.evened(pictures.cleared(straight)), degrees + slant)
    yield looked(straight, degrees + slant, "adaptive")


def _is_read(reading: _Reading) -> bool:
    count = sum(len(line.words) for line in reading.lines)
    return words.confidence(reading.lines) >= SURE and count >= FEW_WORDS


def _english_witness(engine: Engine, image: Image, dpi: int) -> Callable[[Word], str]:
    """Return a witness that looks at a word alone with the English model; silent where that is not installed."""

    def seen(word: Word) -> str:
        left, top, right, bottom = (round(side * dpi / 72) for side in _sides(word.box))
        crop = image.crop((left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN))
        try:
            lines = words.lines(engine.table(crop, dpi, signs.LANGUAGE, "word", SECONDS_A_LOOK), dpi)
        except Unreadable:
            return ""
        return " ".join(line.text for line in lines)

    return seen if signs.LANGUAGE in engine.languages() else lambda _: ""


def _with_layers_signs(found: Recognised, layer: signs.Witness) -> Recognised:
    """Take the signs that the text layer has and the language's model lacks."""
    text: list[str] = []
    boxes: list[WordBox] = []
    at = 0
    for token, box in zip(found.text.split(), found.words, strict=True):
        start = found.text.index(token, at)
        given = Word(token, box)
        word = signs.with_signs(given, layer(given))
        text += found.text[at:start], word.text
        boxes.append(word.box)
        at = start + len(token)
    mended = "".join([*text, found.text[at:]])
    # Parts point into the text: where its length changed they are moved along by finding their lines again.
    return Recognised(mended, tuple(boxes), found.parts if len(mended) == len(found.text) else _moved(found, mended))


def _moved(found: Recognised, mended: str) -> tuple[Part, ...]:
    """Return the parts in a text whose words changed but not its lines."""
    line_at = {offset: number for number, offset in enumerate(_line_starts(found.text))}
    starts = _line_starts(mended)
    ends = [start + len(line) for start, line in zip(starts, mended.split("\n"), strict=True)]
    moved = []
    for part in found.parts:
        first = line_at[part.start]
        last = first + found.text[part.start : part.end].count("\n")
        moved.append(replace(part, start=starts[first], end=ends[last]))
    return tuple(moved)


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.split("\n")[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _unturned(box: WordBox, degrees: float, size: tuple[float, float]) -> WordBox:
    return WordBox(*pictures.unturned(_sides(box), degrees, size), box.confidence) if degrees else box


def _sides(box: WordBox) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom
