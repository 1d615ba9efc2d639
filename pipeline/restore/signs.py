"""Signs that an English OCR run misreads, in a stretch known to be broken by one: §, bullets, dashes, quotes, numerals.

Only what Swedish print leaves no doubt about is changed: a dollar sign after the number of a clause, an em dash between
spaces, a straight quotation mark where the same text closes its quotations with round ones.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from corpus.records import Correction
from pipeline.restore.confusions import listed
from pipeline.restore.slots import Slot

CONFIDENCE = 0.95
_AFTER_NUMBER = r"(?:(?<=\d )|(?<=\d [a-z] ))"  # `12 $`, `12 a $`
_ENDS = r"(?=[\s,.;:)\"”]|$)"
_SIGNS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("paragraph sign", re.compile(rf"{_AFTER_NUMBER}[$S§]{{2}}{_ENDS}|(?<!\S)\$[$S](?= \d)"), "§§"),
    ("paragraph sign", re.compile(rf"{_AFTER_NUMBER}\${_ENDS}|(?<!\S)\$(?= \d)"), "§"),
    ("paragraph sign", re.compile(rf"{_AFTER_NUMBER}S(?= (?!och |samt |eller )[a-zåäö]{{2}})"), "§"),
    ("capital", re.compile(r"(?<=[A-ZÅÄÖ]{2})l(?=-)"), "I"),
    ("dash", re.compile(r"(?<=\s)(?:—-?|-—|~)(?=\s)|(?<=\d)—(?=\d)"), "–"),
)
_CLOSING = re.compile(r"(?<=[\w.,?!])[”\"](?!\w)")
_STRAIGHT = re.compile(r"\"")
_ROMAN = re.compile(r"(?=.*[IVX])(?=.*[l1|])[IVXl1|]{2,6}")
_ROMAN_VALUE = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_TO_ONE = str.maketrans("l1|", "III")


def sign_corrections(text: str, start: int, end: int, row: Iterable[Slot]) -> Iterator[Correction]:
    """Yield the corrections of signs in text[start:end], whose slots are `row`, in order and not overlapping."""
    at = start
    for found in sorted(_all(text, start, end, row), key=lambda c: (c.start, -c.end)):
        if found.start >= at:
            yield found
            at = found.end


def _all(text: str, start: int, end: int, row: Iterable[Slot]) -> Iterator[Correction]:
    for match in _bullets().finditer(text, start, end):
        yield Correction(*match.span("bullet"), match["bullet"], "•", "bullet", CONFIDENCE)
    for rule, pattern, sign in _SIGNS:
        for match in pattern.finditer(text, start, end):
            if match[0] != sign:
                yield Correction(*match.span(), match[0], sign, rule, CONFIDENCE)
    yield from _quotes(text, start, end)
    for slot in row:
        numeral = _numeral(slot.string)
        if numeral:
            yield Correction(*slot.spans[0], slot.string, numeral, "roman numeral", CONFIDENCE)


@cache
def _bullets() -> re.Pattern[str]:
    """Return the pattern of a misread bullet at a line's start."""
    readings = re.escape("".join(listed("bullets")))
    return re.compile(rf"(?m)^(?P<indent>[ \t]*)(?P<bullet>[{readings}])(?=[ \t]+[A-ZÅÄÖ])")


def _quotes(text: str, start: int, end: int) -> Iterator[Correction]:
    """Yield round marks for straight ones where most quotations close with round ones: Swedish opens with the same."""
    closing = [match[0] for match in _CLOSING.finditer(text, start, end)]
    if 2 * closing.count("”") > len(closing) and "“" not in text[start:end]:
        for match in _STRAIGHT.finditer(text, start, end):
            yield Correction(*match.span(), match[0], "”", "quotation mark", CONFIDENCE)


def _numeral(string: str) -> str | None:
    """Return the roman numeral that was misread (`VIl`), or None."""
    if not _ROMAN.fullmatch(string):
        return None
    numeral = string.translate(_TO_ONE)
    return numeral if _ROMAN_VALUE.fullmatch(numeral) else None
