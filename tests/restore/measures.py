"""How restored text is measured."""

import difflib

from corpus.records import apply_corrections
from pipeline.restore import restore

_DOTS = str.maketrans("åäöÅÄÖéÉ", "aaoAAOeE")


def restored(text: str) -> str:
    """The text with its corrections made."""
    return apply_corrections(text, restore(text))


def without_dots(text: str) -> str:
    """The text as a program that knows no Swedish would leave it."""
    return text.translate(_DOTS)


def wrong_words(got: str, truth: str) -> float:
    """The share of words wrong, missing or too many."""
    a, b = truth.split(), got.split()
    changes = difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for kind, i1, i2, j1, j2 in changes if kind != "equal") / max(1, len(a))
