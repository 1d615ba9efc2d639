"""Where the sentences of a running text end: at a stop that ends one, not after abbreviations and initials."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.vocabulary import table

_STOP = re.compile(r"[.?!…]+[\"”»’)]*(?=(?P<space>\s+)[\"”“»(–•-]*[A-ZÅÄÖ0-9])")
_LAST_WORD = re.compile(r"[^\s(”\"]+$")
_INITIAL = re.compile(r"[A-ZÅÄÖa-zåäö]|§")
LONGEST_WORD = 40


def split(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text as (start, end), without white space between."""
    at = 0
    for match in _STOP.finditer(text):
        if _ends_sentence(text, at, match.start(), match[0]):
            yield at, match.end()
            at = match.end() + len(match["space"])
    if text[at:].strip():
        yield at, len(text.rstrip())


def _ends_sentence(text: str, start: int, stop: int, sign: str) -> bool:
    if sign[0] != ".":
        return True
    word = _LAST_WORD.search(text, max(start, stop - LONGEST_WORD), stop)
    if word is None or word[0].lower() in _abbreviations() or _INITIAL.fullmatch(word[0]):
        return False
    return not (word.start() == start and word[0].isdigit())  # the mark of a list item


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(table("layout")["abbreviations"])
