"""Swedish stems (Snowball), and the form a word takes when its dots are lost.

Stemming comes first and never folds: `råd` and `rad` stay two words. `fold` is for comparing what was typed or printed
without dots, always ranked below the real form.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

_STEMMER = Stemmer.Stemmer("swedish", 0)  # its own cache is not safe between threads; ours is
_DOTS = str.maketrans("åäöéèüÅÄÖÉÈÜ", "aaoeeuAAOEEU")
_WORD = re.compile(r"[^\W_]+(?:[-:’'][^\W_]+)*")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case word: `handlingsplanens` → `handlingsplan`."""
    return str(_STEMMER.stemWord(word))


def fold(word: str) -> str:
    """Return the word without dots and accents: `äldrenämnden` → `aldrenamnden`."""
    return word.translate(_DOTS)


def words(text: str) -> list[str]:
    """Return the words of a text, lower case and composed (NFC); hyphenated words stay whole."""
    return [match[0].lower() for match in _WORD.finditer(unicodedata.normalize("NFC", text))]


def stems(text: str) -> list[str]:
    """Return the stems of the words of a text."""
    return [stem(word) for word in words(text)]
