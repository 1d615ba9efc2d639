"""How good a text is as Swedish: a grade from 0 to 1 with its reasons.

A text layer being there says nothing about it being good. The share of å, ä and ö among the letters separates best:
about 5 % in Swedish, 0.0 % in what an English OCR run left. Function words tell another language from broken Swedish.
"""

import re
from dataclasses import dataclass

GOOD = 0.75  # at or above this a text layer is kept as it stands
FEW_LETTERS = 40  # below this a page is too short to judge

_DOTTED = re.compile("[åäöÅÄÖ]")
_SWEDISH = frozenset(
    "och att det som en på är av för med den till i har inte om ett de ska vi kan var från men".split()
)
_ENGLISH = frozenset("the of and to in is that it was are with as be this by from at have or not which".split())
_MOJIBAKE = re.compile("Ã[¥¤¶…„–\x84\x85\x96]|�|\x00")
_SPACED = re.compile(r"(?:\b\w ){4,}")


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
    words = re.findall(r"[^\W\d_]+", text.lower())
    score, reasons = 1.0, []
    dotted = len(_DOTTED.findall(text)) / letters
    if dotted < 0.02 and not _is_english(words):
        score -= 0.6 if dotted < 0.01 else 0.3
        reasons.append(f"bara {100 * dotted:.1f} % å, ä och ö")
    if damage := len(_MOJIBAKE.findall(text)):
        score -= min(0.6, 20 * damage / letters + 0.2)
        reasons.append(f"{damage} tecken i fel kodning")
    if spaced := sum(len(m[0]) for m in _SPACED.finditer(text)) / len(text):
        score -= min(0.5, 2 * spaced)
        reasons.append("spärrad text")
    short = sum(len(word) == 1 for word in words) / len(words)
    if short > 0.15:
        score -= 0.3
        reasons.append(f"{100 * short:.0f} % av orden är en enda bokstav")
    return Grade(max(0.0, score), tuple(reasons))


def _is_english(words: list[str]) -> bool:
    english = sum(word in _ENGLISH for word in words)
    return english > 0.1 * len(words) and english > sum(word in _SWEDISH for word in words)
