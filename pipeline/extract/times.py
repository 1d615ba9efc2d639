"""Dates: the document's own, and the others its text mentions."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from spacy.language import Language
from spacy.tokens import Doc

from corpus import dates
from corpus.dates import Precision, When
from corpus.values import OtherDate, OwnDate
from corpus.vocabulary import pattern
from pipeline.extract.document import blocks, found, note, reading, text_of
from pipeline.layout import Block

METHOD = "dates@2"
Dated = tuple[When, int, int]  # a time and the characters it was read from
HEAD_BLOCKS, LAST_BLOCKS = 14, 8
LABEL = 30  # letters
DATE_LINE = 90  # letters; a longer block is running text
_TOLD = r"\w*(?:de|te|des|tes|gs|vs|lls|ts|kom)\b"  # a verb of the past: a sentence, no place
_SIGNED = re.compile(
    rf"(?:[A-ZÅÄÖ][\wåäö-]*,?\s(?:(?!{_TOLD})[a-zåäö]+,?\s)?){{1,3}}(?:den\s|\d\d(?:\d\d)?[- ]\d\d[- ]\d\d"
    r"|\d{1,2}\s[a-zåäö]+\s(?:19|20)\d\d\b)"
)

_SIX_DIGITS = re.compile(r"(\d\d)(\d\d)(\d\d)")


@Language.component("aktspar_dates", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
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


def _own_date(doc: Doc) -> Dated | None:
    """The last day a plan was adopted or revised; a date in the head; where it was signed; the day it was received."""
    held = blocks(doc)
    head = list(_labelled(doc, held[:HEAD_BLOCKS]))
    adopted = [day for label, block in head if _says(label, "says_adopted") for day in _all(doc, block, "day")]
    if adopted:
        return max(adopted, key=lambda day: day[0].order)
    own = (block for label, block in head if not _says(label, "received") and not _says(label, "not_own"))
    in_head = (_in_head(doc, block) for block in own)
    signed = (_signed(doc, block) for block in reversed(held))
    beside_name = (_alone(doc, block) for block in reversed(held[HEAD_BLOCKS:][-LAST_BLOCKS:]))
    said = (_day(doc, block) for label, block in _labelled(doc, held) if _says(label, "says_date", "received"))
    return next(filter(None, chain(in_head, signed, beside_name, said)), None)


def _in_head(doc: Doc, block: Block) -> Dated | None:
    """The date a line of the head gives as the document's own: of the meeting or the writing, or only its month."""
    text = text_of(doc, block)
    if short := _SIX_DIGITS.fullmatch(text):
        return next(((day.when, block.start, block.end) for day in dates.find("-".join(short.groups()))), None)
    day = _day(doc, block)
    if day and (_says(text, "says_meeting") or (len(text) < DATE_LINE and _is_date_line(text, day[2] - day[1]))):
        return day
    says_month = len(text) < DATE_LINE and _says(text, "says_month")
    return _first(doc, block, "month") if says_month else None


def _signed(doc: Doc, block: Block) -> Dated | None:
    """The day of a place and date; `Programmet antogs den 15 mars 2016 och …` is none, though it begins like one."""
    text = text_of(doc, block)
    day = _day(doc, block) if len(text) < DATE_LINE and _SIGNED.match(text) else None
    return day if day and not text[day[2] - block.start :].strip(" .,")[:1].islower() else None


def _alone(doc: Doc, block: Block) -> Dated | None:
    """The day in a form's field at the end, beside who signs it."""
    day = _day(doc, block)
    return day if day and day[1:] == (block.start, block.end) else None


def _labelled(doc: Doc, head: Sequence[Block]) -> Iterator[tuple[str, Block]]:
    """Yield each block with the text that says what it is: its own, after that of the label it stands beside."""
    label = ""
    for block in head:
        text = text_of(doc, block)
        yield f"{label} {text}".lstrip(), block
        stamp = _says(text, "received") and not re.search(r"\d", text)
        if (text.endswith(":") or stamp) and len(text) < LABEL:
            label = text
        elif not (label and _says(label, "received") and len(text) < LABEL and not re.search(r"\d", text)):
            label = ""  # whose stamp it is may stand between


def _says(text: str, *keys: str) -> bool:
    return any(pattern("dates", key).match(text) for key in keys)


def _is_date_line(text: str, date_letters: int) -> bool:
    """A line that is mostly its date, says that a date follows, or is a letterhead with its date."""
    said = pattern("dates", "says_date").match(text) or pattern("dates", "letterhead").match(text)
    return bool(said) or date_letters > 0.35 * len(text)


def _day(doc: Doc, block: Block) -> Dated | None:
    return _first(doc, block, "day")


def _first(doc: Doc, block: Block, precision: Precision) -> Dated | None:
    return next(_all(doc, block, precision), None)


def _all(doc: Doc, block: Block, precision: Precision) -> Iterator[Dated]:
    for match in dates.find(reading(doc).text[block.start : block.end]):
        if match.when.precision == precision:
            yield match.when, block.start + match.start, block.start + match.end
