"""How good a text is as Swedish: a grade from 0 to 1 with its reasons.

A text layer being there says nothing about it being good. The share of å, ä and ö among the letters separates best:
about 5 % in Swedish, 0.0 % in what an English OCR run left. Known words tell a text from garbage, function words tell
another language from broken Swedish.
"""

import re
from collections import Counter
from dataclasses import dataclass

from corpus.swedish.lexicon import lexicon

FEW_LETTERS = 40  # below this a page is too short to judge
FEW_WORDS = 12  # below this unknown words prove nothing: they may be names
USUALLY_UNKNOWN = 0.15  # of the words of good council text no list knows so many: compounds, names
MOST_SINGLE = 0.15  # of the words may be single letters
MOST_REPEATED = 0.5  # of the long lines may stand twice before the layer is taken for doubled

_DOTTED = re.compile("[åäöÅÄÖ]")
_WORD = re.compile(r"[^\W\d_]+")
_SWEDISH = frozenset(
    "och att det som en på är av för med den till i har inte om ett de ska vi kan var från men".split()
)
_ENGLISH = frozenset("the of and to in is that it was are with as be this by from at have or not which".split())
_MOJIBAKE = re.compile("Ã[¥¤¶…„–\x84\x85\x96]|�")
_GLYPHS = re.compile("\\(cid:\\d+\\)|[\ue000-\uf8ff\x00-\x08\x0e-\x1f]")  # codes a font without a map leaves
_SPACED = re.compile(r"(?:\b\w ){4,}")
_EACH = ("nästan varje", "vartannat", "vart tredje", "vart fjärde", "vart femte", "vart sjätte", "vart sjunde")


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade from 0 (unusable) to 1 (good Swedish) and the reasons, in Swedish."""

    score: float
    reasons: tuple[str, ...]


def grade(text: str) -> Grade:
    """Judge a page's text."""
    letters = sum(map(str.isalpha, text))
    if not letters:
        return Grade(0.0, ("ingen text",))
    if letters < FEW_LETTERS:
        return Grade(0.5, ("för lite text att bedöma",))
    words = _WORD.findall(text)
    lower = [word.lower() for word in words]
    score, reasons = 1.0, []
    dotted = len(_DOTTED.findall(text)) / letters
    foreign = _is_english(lower)
    if dotted < 0.02 and not foreign:
        score -= 0.6 if dotted < 0.01 else 0.3
        reasons.append("å, ä och ö saknas" if dotted < 0.002 else "få å, ä och ö")
    if damage := len(_MOJIBAKE.findall(text)):
        score -= min(0.6, 20 * damage / letters + 0.2)
        reasons.append(f"{damage} tecken i fel kodning")
    if glyphs := len(_GLYPHS.findall(text)):
        score -= min(0.8, 10 * glyphs / letters + 0.2)
        reasons.append(f"{glyphs} tecken utan betydelse")
    if spaced := sum(len(m[0]) for m in _SPACED.finditer(text)) / len(text):
        score -= min(0.5, 2 * spaced)
        reasons.append("spärrad text")
    short = sum(len(word) == 1 for word in words) / len(words)
    if short > MOST_SINGLE:
        score -= 0.3
        reasons.append(f"{_one_in(short)} ord är en enda bokstav")
    unknown = 0.0 if foreign else _unknown_share(words)
    if unknown > USUALLY_UNKNOWN:
        score -= min(0.6, 2 * (unknown - USUALLY_UNKNOWN))
        reasons.append(f"{_one_in(unknown)} ord är okänt")
    if _repeated_share(text) > MOST_REPEATED:
        score -= 0.5
        reasons.append("de flesta raderna står två gånger")
    return Grade(max(0.0, score), tuple(reasons))


def _one_in(share: float) -> str:
    """Return a share in words: vart femte."""
    each = min(max(round(1 / share), 1), len(_EACH))
    return _EACH[each - 1]


def _unknown_share(words: list[str]) -> float:
    """The share of words no list knows, among those that are neither names nor too short to tell."""
    asked = [word.lower() for word in words if len(word) > 2 and not word.istitle()]
    if len(asked) < FEW_WORDS:
        return 0.0
    known = lexicon()
    return sum(word not in known for word in asked) / len(asked)


def _repeated_share(text: str) -> float:
    """The share of the longer lines that stand exactly twice: a layer laid on a layer."""
    lines = Counter(line.strip() for line in text.split("\n") if len(line) > FEW_LETTERS // 2)
    return 2 * sum(count == 2 for count in lines.values()) / lines.total() if lines.total() > 3 else 0.0


def _is_english(words: list[str]) -> bool:
    english = sum(word in _ENGLISH for word in words)
    return english > 0.1 * len(words) and english > sum(word in _SWEDISH for word in words)
