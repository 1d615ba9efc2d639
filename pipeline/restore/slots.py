"""A stretch of text as the row of slots the decoder fills: each slot is one string that may be a misread word.

What must not be touched never becomes a slot to fill: addresses, numbers, codes like `(SD)`, abbreviations in capitals.
A word hyphenated over a line's end is one slot of two pieces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["word", "number", "fixed", "boundary"]

_PART = r"[\w-]{1,63}"  # of a name on the net: bounded, so that no text takes more than linear time
_ADDRESS = re.compile(
    r"(?<![^\s(<,;])\S{1,100}@\S{1,100}\.\w+\S{0,100}|\w{2,9}://\S+|www\.\S+"
    rf"|(?<![\w.-]){_PART}(?:\.{_PART}){{0,6}}\.(?:se|com|nu|org|eu|net)\b\S{{0,200}}"
    rf"|(?<![\w.-]){_PART}(?:\.{_PART}){{0,6}}\.(?:pdf|docx?|xlsx?|pptx?|txt|html?|eml|jpe?g|png|tiff?|zip)\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"(?P<glued>[^\W\d_]{4,}(?=\d\d))"  # a heading and its date: `Sammantradesdatum2019-01-28`
    r"|(?P<core>(?:\|(?=[a-zåäö]))?(?:[\w&#@©°�]|(?<=[a-zåäö])[§¢£](?=[a-zåäö]))+(?:[\]|{}]+(?:[a-zåäö]+|(?<=[a-zåäö][\]|])))?)"
    r"|(?P<lone>(?<!\S)(?:\[|(?<!\|.)\|(?!.{0,300}\|))(?=\s+\w))"  # a capital I read as [ or |, no table's
    r"|(?P<end>[.!?](?=\s|$)|\n[ \t]*(?=\n))"
)
_HYPHENATED = re.compile(r"-[ \t]*\n[ \t]*(?=[a-zåäö])")
_CODE_AROUND = re.compile(r"\([A-ZÅÄÖ][A-Za-zåäö]{0,2}\)")
_DIGITS_READ_FOR_LETTERS = set("0145689")
_NOT_ABBREVIATIONS = {"AR", "FOR", "PA", "DA", "FA", "NAR", "SA", "OCH", "ATT", "MED", "OVER", "FRAN", "SVAR", "NYA"}
_LONGEST_ABBREVIATION = 4
_LONGEST_ENDING = 4
_CODE_BEFORE = re.compile(r"\w:\Z")
_SHORTENED = re.compile(r"\W?\w{1,3}\.\w{1,3}\.|\.\w{1,3}\.")
_SHORT_LINE = 45  # signs: a line so short is a heading or ends its paragraph


@dataclass(frozen=True, slots=True)
class Slot:
    """One string of the text: where its pieces stand (two where a line's end parts them), what may be done with it."""

    string: str
    kind: Kind
    spans: tuple[tuple[int, int], ...]
    opens: bool = False  # stands first in its sentence
    leads: bool = False  # stands first in a heading, a list's item or a sentence
    rule: str = "letters"
    prefix: str = ""  # what was left out before it: the space of two words run together


def slots(text: str, start: int, end: int) -> list[Slot]:
    """Return the slots of text[start:end]; the spans are places in the whole text."""
    return list(_joined(text, list(_cut(text, start, end))))


def _cut(text: str, start: int, end: int) -> Iterator[Slot]:
    fixed = _fixed(text, start, end)
    shouted = _is_shouted(text[start:end])
    opens = True
    for match in _TOKEN.finditer(text, start, end):
        span = match.span()
        if match.lastgroup == "end":
            yield Slot("", "boundary", (span,))
            opens = True
            continue
        kind: Kind = "word" if match.lastgroup == "lone" else _kind(match.group(), shouted=shouted)
        if span[0] in fixed or (span[1] - span[0] == 1 and _is_list_mark(text, span)) or _is_ending(text, span):
            kind = "fixed"
        yield Slot(match.group(), kind, (span,), opens, opens or _leads(text, span[0]))
        opens = opens and kind == "number"  # after `1.` the sentence is still to begin


def _fixed(text: str, start: int, end: int) -> set[int]:
    """Return the places that lie in addresses and in codes like `(SD)`."""
    return {
        at
        for pattern in (_ADDRESS, _CODE_AROUND)
        for match in pattern.finditer(text, start, end)
        for at in range(*match.span())
    }


def _is_list_mark(text: str, span: tuple[int, int]) -> bool:
    """Tell whether a single letter numbers a list or leads a word: `a)`, `a-kassa`."""
    return text[span[1] : span[1] + 1] in {")", "-", "–", ":"}


@lru_cache(maxsize=1 << 15)
def _kind(string: str, *, shouted: bool) -> Kind:
    letters = sum(ch.isalpha() for ch in string)
    digits = [ch for ch in string if ch.isdigit()]
    if not letters:
        return "number" if digits else "fixed"
    if len(string) == 1 and string.isupper():
        return "fixed"
    if "_" in string or len(digits) > max(1, letters // 2) or not set(digits) <= _DIGITS_READ_FOR_LETTERS:
        return "fixed"
    if string.isupper() and (digits or (_is_short(string) and not shouted)):
        return "fixed"
    return "word"


def _is_short(string: str) -> bool:
    return 1 < len(string) <= _LONGEST_ABBREVIATION and string not in _NOT_ABBREVIATIONS


def _is_shouted(text: str) -> bool:
    """Tell whether capitals are just how the text is set, so that short words in them are no abbreviations."""
    upper = sum(ch.isupper() for ch in text)
    return upper > 2 * sum(ch.islower() for ch in text)


def _is_ending(text: str, span: tuple[int, int]) -> bool:
    """Tell whether the string is an ending put to a code with a colon, or shortens a word: `E65:an`, `fr.o.m.`."""
    start, end = span
    if end - start > _LONGEST_ENDING:
        return False
    return bool(_CODE_BEFORE.search(text, max(0, start - 2), start)) or (
        end - start < _LONGEST_ENDING and bool(_SHORTENED.match(text, max(0, start - 1)))
    )


def _leads(text: str, at: int) -> bool:
    """Tell whether a place stands first in a line that does not just go on from the line before."""
    line = text.rfind("\n", 0, at) + 1
    if any(ch.isalnum() for ch in text[line:at]):
        return False
    before = text[text.rfind("\n", 0, max(0, line - 1)) + 1 : max(0, line - 1)].strip()
    return len(before) < _SHORT_LINE or before[-1] in ".!?:"


def _joined(text: str, cut: list[Slot]) -> Iterator[Slot]:
    """Make one slot of two that a hyphen at a line's end parts."""
    held: Slot | None = None
    for slot in cut:
        if held is not None and held.kind == slot.kind == "word" and _hyphenated(text, held, slot):
            held = Slot(held.string + slot.string, "word", held.spans + slot.spans, held.opens, held.leads)
            continue
        if held is not None:
            yield held
        held = slot
    if held is not None:
        yield held


def _hyphenated(text: str, left: Slot, right: Slot) -> bool:
    between = text[left.spans[-1][1] : right.spans[0][0]]
    return len(left.spans) == 1 and _HYPHENATED.fullmatch(between) is not None
