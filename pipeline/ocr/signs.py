"""The signs that Tesseract's small Swedish model lacks (% @ * § # °), put back where something else has seen them.

The model reads `90`, `20` or `96` for a per cent sign, `Q` for an at sign, `8`, `$` or `&` for a section sign and a
quotation mark for an asterisk. A second witness is asked about such words alone: the English model, which has them, or
the text layer that an English OCR left. Letters are never taken from a witness, only signs.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from corpus.records import WordBox
from corpus.swedish.stems import fold
from pipeline.read.assembly import Line, Word

LANGUAGE = "eng"
MENDED_CONFIDENCE = 0.9  # a witness saw it, but the page's own reader did not
ALIKE = 75  # per cent: two readings of one word
OVERLAP = 0.5  # of a word's width, for the layer's word to be the same one
LACKING = frozenset("%@*§#°")

Witness = Callable[[Word], str]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_PERCENT = re.compile(r"[29]\d{1,2}[.,]?")
_ADDRESS = re.compile(r"[\w.-]+[QÖ(M©]+[\w.-]+\.[a-z]{2,3}[.,]?")
_STARRED = re.compile(r'"[^\W_]\S*[^"]|[^"]\S*[\w)]"[.,]?')
_SECTION, _SECTIONS = re.compile(r"[8$&]|38"), re.compile(r"88|\$\$|&&")
_SECTION_NUMBER = re.compile(r"\d{1,3}(?:/\d\d(?:\d\d)?|[.,:]?)")
_YEAR = re.compile(r"(?:19|20)\d\d,")
_CHAPTER = re.compile(r"kap\.?", re.IGNORECASE)
_LAW = re.compile(r"(?:lagen?|balken|förordningen|ordningen|stadgan?|reglementet)\W*$", re.IGNORECASE)
_EDGES = re.compile(r"^([^\w]*)(.*?)([^\w]*)$")


def mended(lines: Sequence[Line], witness: Witness) -> list[Line]:
    """Return the lines with the signs put back in the words that look as if they lost one."""
    return [
        replace(line, words=tuple(_mended(line.words, i, witness) for i in range(len(line.words)))) for line in lines
    ]


def _mended(words: Sequence[Word], i: int, witness: Witness) -> Word:
    word = words[i]
    before = words[i - 1].text if i else ""
    is_percent = bool(_PERCENT.fullmatch(word.text) and _NUMBER.fullmatch(before))
    if word.text in {"$", "&"} and _NUMBER.fullmatch(before) and witness(word).startswith("%"):
        return Word("%", replace(word.box, confidence=MENDED_CONFIDENCE))
    if section := _section_sign(words, i):
        return Word(section, replace(word.box, confidence=MENDED_CONFIDENCE))
    if not (is_percent or _ADDRESS.fullmatch(word.text) or _STARRED.fullmatch(word.text)):
        return word
    return with_signs(word, witness(word))


def _section_sign(words: Sequence[Word], i: int) -> str:
    """Return the section sign that a digit or a sign must be by its place: `8 52 Svar på …`, `5 kap. 35 8 lagen`."""
    text = words[i].text
    before, after = words[max(0, i - 2) : i], words[i + 1 : i + 3]
    if _SECTIONS.fullmatch(text) and after and after[0].text[:1].isdigit():
        return "§§"
    if not _SECTION.fullmatch(text):
        return ""
    is_sign = text in {"$", "&"}
    leads = bool(after) and bool(_SECTION_NUMBER.fullmatch(after[0].text))
    heads = i == 0 and len(after) > 1 and after[1].text[:1].isupper()
    of_meeting = bool(before) and bool(_YEAR.fullmatch(before[-1].text))  # `… den 15 mars 2016, § 27`
    if leads and (is_sign or "/" in after[0].text or heads or of_meeting):
        return "§"
    numbered = bool(before) and before[-1].text.isdigit() and (not after or after[0].text[:1].isalpha())
    in_law = len(before) > 1 and _CHAPTER.fullmatch(before[0].text)
    if numbered and (in_law or (is_sign and after and _LAW.search(after[0].text))):
        return "§"
    return ""


def with_signs(word: Word, seen: str) -> Word:
    """Return the word with the signs a witness saw in it; unchanged where it saw none, or another word."""
    if not LACKING & set(seen) or " " in seen:
        return word
    start, core, end = _edges(seen)
    own = _edges(word.text)[1]
    if not core:
        text = re.sub(f"[^{''.join(LACKING)}]", "", seen) + (word.text[-1] if word.text[-1] in ".," else "")
    elif "@" in core:
        text = seen
    elif own and ratio(fold(own), fold(core)) >= ALIKE:
        text = start + own + end
    else:
        return word
    return Word(text, replace(word.box, confidence=MENDED_CONFIDENCE))


def _edges(text: str) -> tuple[str, str, str]:
    match = _EDGES.match(text)
    return (match[1], match[2], match[3]) if match else ("", text, "")


def layer_witness(texts: Sequence[str], boxes: Sequence[WordBox]) -> Witness:
    """Return a witness that knows what a text layer has where a word stands; it says nothing where there is no word."""
    rows = sorted(zip(boxes, texts, strict=True), key=lambda row: row[0].top)

    def seen(word: Word) -> str:
        return next((text for box, text in rows if _is_same_place(word.box, box)), "")

    return seen


def _is_same_place(one: WordBox, other: WordBox) -> bool:
    middle = (one.top + one.bottom) / 2
    if not other.top <= middle <= other.bottom:
        return False
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > OVERLAP * max(one.right - one.left, other.right - other.left)
