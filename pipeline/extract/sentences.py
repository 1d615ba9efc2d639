"""Where sentences begin: after a full stop that ends one, at every block; not after abbreviations, ordinals, initials."""

import re
from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from corpus.vocabulary import table
from pipeline.extract.document import blocks

_STOP = re.compile(r"[.?!…]+[\"”»’)]*(?=(?P<space>\s+)[\"”“»(–•-]*[A-ZÅÄÖ0-9])")
_LAST_WORD = re.compile(r"[^\s(”\"]+$")
_NO_END = re.compile(r"[A-ZÅÄÖa-zåäö]|\d{1,2}|§")  # an initial, an ordinal


@Language.component("aktspar_sentences")
def mark_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` on every token."""
    starts = {start for block in blocks(doc) for start, _ in split(doc.text, block.start, block.end)}
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
    return bool(word and word[0].lower() not in _abbreviations() and not _NO_END.fullmatch(word[0]))


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(table("layout")["abbreviations"])
