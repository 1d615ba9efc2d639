"""From Tesseract's table of words to lines, and from lines to what was recognised on the page."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from corpus.records import Part, WordBox
from pipeline.read.assembly import Line, Word, assembled

DOUBTFUL = 0.5  # confidence below which a word says nothing
SPECK_CONFIDENCE, SPECK_CONFIDENCE_AFTER_STOP = 60.0, 90.0  # per cent
WORD_LEVEL = "5"


@dataclass(frozen=True, slots=True)
class Recognised:
    """What OCR read on a page: its text, the boxes of `text.split()`, and the page's parts."""

    text: str
    words: tuple[WordBox, ...]
    parts: tuple[Part, ...] = ()

    @property
    def confidence(self) -> float:
        """The words' mean confidence (0–1), 0 where there is none."""
        return sum(word.confidence for word in self.words) / len(self.words) if self.words else 0.0


def recognised(lines: Sequence[Line]) -> Recognised:
    """Put the lines of a page together."""
    page = assembled(lines)
    return Recognised(page.text, page.words, page.parts)


def worth(lines: Sequence[Line]) -> float:
    """How much was read, doubtful words counting against it: what tells two readings of a page apart."""
    return sum(word.box.confidence - DOUBTFUL for line in lines for word in line.words)


def confidence(lines: Sequence[Line]) -> float:
    """Return the mean confidence of the words, 0 where there is none."""
    words = [word.box.confidence for line in lines for word in line.words]
    return sum(words) / len(words) if words else 0.0


def lines(table: str, dpi: int) -> list[Line]:
    """Return the lines of Tesseract's TSV, in its reading order, places in points; specks of dirt are left out."""
    rows = csv.reader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if len(row) == 12 and row[0] == WORD_LEVEL and row[11].strip()]
    found: list[Line] = []
    before: list[str] = []
    for place, group in groupby(words, key=lambda row: row[1:5]):  # page, block, paragraph, line
        kept = tuple(_words(group, 72 / dpi))
        if kept:
            found.append(
                Line(kept, 0.0, apart=place[:2] != before[:2] or None, hinted=place[:3] != before[:3])
            )  # ink is no measure of type
            before = place
    return found


def _words(rows: Iterable[list[str]], points: float) -> Iterator[Word]:
    row_list = list(rows)
    before = ""
    for i, row in enumerate(row_list):
        text, sure = "".join(row[11].split()), float(row[10])
        after = row_list[i + 1][11] if i + 1 < len(row_list) else ""
        if before and _is_speck(text, sure, before) and not _may_be_section_sign(text, before, after):
            continue
        left, top, width, height = (float(side) * points for side in row[6:10])
        yield Word(text, WordBox(left, top, left + width, top + height, min(1.0, max(0.0, sure / 100))))
        before = text


def _is_speck(word: str, sure: float, before: str) -> bool:
    """A single sign within a line that the engine hardly believes in is dirt on the page, more so after a full stop."""
    doubt = SPECK_CONFIDENCE_AFTER_STOP if before.endswith((".", "?", "!", ":")) else SPECK_CONFIDENCE
    return len(word) == 1 and not word.isdigit() and sure < doubt


def _may_be_section_sign(word: str, before: str, after: str) -> bool:
    """Keep for `signs` what a section sign beside its number is read as."""
    return word in "$&" and (before[-1:].isdigit() or after[:1].isdigit())
