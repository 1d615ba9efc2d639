"""Where sentences begin: at every block, and after a stop that ends one; not after abbreviations and initials."""

import re
from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from corpus.vocabulary import table
from pipeline.extract.document import blocks, reading

_STOP = re.compile(r"[.?!…]+[\"”»’)]*(?=(?P<space>\s+)[\"”“»(–•-]*[A-ZÅÄÖ0-9])")
_LAST_WORD = re.compile(r"[^\s(”\"]+$")
_INITIAL = re.compile(r"[A-ZÅÄÖa-zåäö]|§")


@Language.component("aktspar_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` on every token."""
    starts = {start for block in blocks(doc) for start, _ in split(reading(doc).text, block.start, block.end)}
    starts |= {block.end + 1 for block in blocks(doc)}  # the mark of a list item stands between two blocks
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in starts
    return doc


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text[start:end]` as (start, end), without white space at the edges."""
    at = start
    for match in _STOP.finditer(text, start, end):
        if _ends_sentence(text, at, match.start(), match[0]):
            yield at, match.end()
            at = match.end() + len(match["space"])
    if text[at:end].strip():
        yield at, at + len(text[at:end].rstrip())


def _ends_sentence(text: str, start: int, stop: int, sign: str) -> bool:
    if sign[0] != ".":
        return True
    word = _LAST_WORD.search(text, max(start, stop - 40), stop)
    if word is None or word[0].lower() in _abbreviations() or _INITIAL.fullmatch(word[0]):
        return False
    return not (word.start() == start and word[0].isdigit())  # the mark of a list item


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(table("layout")["abbreviations"])
