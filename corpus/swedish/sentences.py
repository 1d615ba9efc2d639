"""Where the sentences of a running text end: at a stop that ends one, not after abbreviations and initials."""

import re
from collections.abc import Iterator
from functools import cache

from corpus.vocabulary import table

_STOP = re.compile(r"[.?!…]+[\"”»’)]*(?=(?P<space>\s+)[\"”“»(–•-]*[A-ZÅÄÖ0-9])")
_LAST_WORD = re.compile(r"[^\s(”\"]+$")
_INITIAL = re.compile(r"[A-ZÅÄÖa-zåäö]|§")
LONGEST_WORD = 40
SENTENCE_LETTERS = 1500  # what is longer is a list, or no language


def split(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text[start:end]` as (start, end), without white space at the edges."""
    at, end = start, len(text) if end is None else end
    for match in _STOP.finditer(text, start, end):
        if _ends_sentence(text, at, match.start(), match[0]):
            yield from _parts(text, at, match.end())
            at = match.end() + len(match["space"])
    if text[at:end].strip():
        yield from _parts(text, at, at + len(text[at:end].rstrip()))


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, in parts where no one would write so long a one."""
    while end - start > SENTENCE_LETTERS:
        cut = text.rfind(" ", start, start + SENTENCE_LETTERS)
        if cut <= start:
            break
        yield start, cut
        start = cut + 1
    yield start, end


def _ends_sentence(text: str, start: int, stop: int, sign: str) -> bool:
    if sign[0] != ".":
        return True
    word = _LAST_WORD.search(text, max(start, stop - LONGEST_WORD), stop)
    if word is None or _INITIAL.fullmatch(word[0]):
        return False
    if word[0].lower() in _words("abbreviations"):
        return word[0].lower() in _words("closing") and text[stop + len(sign) :].lstrip()[:1].isupper()
    return not (word.start() == start and word[0].isdigit())  # the mark of a list item


@cache
def _words(which: str) -> frozenset[str]:
    return frozenset(table("layout")[which])
