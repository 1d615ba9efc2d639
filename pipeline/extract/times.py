"""Dates: the document's own, and the others its text mentions."""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from corpus import dates
from corpus.dates import Precision, When
from corpus.values import OtherDate, OwnDate
from corpus.vocabulary import pattern
from pipeline.extract.document import blocks, found, note, reading, text_of
from pipeline.extract.layout import Block

METHOD = "dates@1"
HEAD_BLOCKS = 14
DATE_LINE = 90  # letters; a longer block is running text
_SIGNED = re.compile(r"(?:[A-ZÅÄÖ][\wåäö-]*,?\s(?:[a-zåäö]+,?\s)?){1,3}(?:den\s|\d\d(?:\d\d)?[- ]\d\d[- ]\d\d)")


@Language.component("aktspar_dates")
def note_dates(doc: Doc) -> Doc:
    """Note the document's date, then every other day, month, season and period, resolved against it."""
    own = _own_date(doc)
    if own:
        when, start, end = own
        note(doc, OwnDate(when), start, end, METHOD, 0.95)
    for block in blocks(doc):
        for match in dates.find(reading(doc).text[block.start : block.end], own[0] if own else None):
            if not own or match.when != own[0]:
                note(doc, OtherDate(match.when), block.start + match.start, block.start + match.end, METHOD, 0.9)
    return doc


def own_date(doc: Doc) -> When | None:
    """Return the document's own date, once noted."""
    return next((value.when for value in found(doc, OwnDate)), None)


def _own_date(doc: Doc) -> tuple[When, int, int] | None:
    """The last day a plan was adopted or revised; a date on a line of the head; where signed; the meeting's."""
    held = blocks(doc)
    adopted = [day for b in held[:HEAD_BLOCKS] if _says(doc, b, "says_adopted") for day in _all(doc, b, "day")]
    if adopted:
        return max(adopted, key=lambda day: day[0].order)
    for block in held[:HEAD_BLOCKS]:
        if _says(doc, block, "says_meeting") and (day := _day(doc, block)):
            return day
        text = text_of(doc, block)
        if len(text) < DATE_LINE and (day := _day(doc, block)) and _is_date_line(text, day[2] - day[1]):
            return day
        if (
            len(text) < DATE_LINE
            and pattern("dates", "says_month").match(text)
            and (month := _first(doc, block, "month"))
        ):
            return month
    for block in reversed(held):
        if len(text_of(doc, block)) < DATE_LINE and _SIGNED.match(text_of(doc, block)) and (day := _day(doc, block)):
            return day
    return next(
        (
            day
            for block in held
            if pattern("dates", "says_date").match(text_of(doc, block)) and (day := _day(doc, block))
        ),
        None,
    )


def _says(doc: Doc, block: Block, key: str) -> bool:
    return bool(pattern("dates", key).match(text_of(doc, block)))


def _is_date_line(text: str, date_letters: int) -> bool:
    """A line that is mostly its date, or says that a date follows."""
    return bool(pattern("dates", "says_date").match(text)) or date_letters > 0.35 * len(text)


def _day(doc: Doc, block: Block) -> tuple[When, int, int] | None:
    return _first(doc, block, "day")


def _first(doc: Doc, block: Block, precision: Precision) -> tuple[When, int, int] | None:
    return next(_all(doc, block, precision), None)


def _all(doc: Doc, block: Block, precision: Precision) -> Iterator[tuple[When, int, int]]:
    for match in dates.find(reading(doc).text[block.start : block.end]):
        if match.when.precision == precision:
            yield match.when, block.start + match.start, block.start + match.end
