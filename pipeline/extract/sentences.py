"""Where sentences begin: at every block, and after a stop that ends one; not after abbreviations and initials."""

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from corpus.vocabulary import table
from pipeline.extract.document import blocks, reading

SENTENCE_LETTERS = 1500  # what is longer is a list, or no language
_STOP = re.compile(r"[.?!…]+[\"”»’)]*(?=(?P<space>\s+)[\"”“»(–•-]*[A-ZÅÄÖ0-9])")
_LAST_WORD = re.compile(r"[^\s(”\"]+$")
_INITIAL = re.compile(r"[A-ZÅÄÖa-zåäö]|§")


@Language.component("aktspar_sentences", requires=["doc._.reading"], assigns=["token.is_sent_start", "doc.sents"])
def mark_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` on every token."""
    starts = {start for block in blocks(doc) for start, _ in split(reading(doc).text, block.start, block.end)}
    starts |= {block.end + 1 for block in blocks(doc)}  # the mark of a list item stands between two blocks
    marks = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
    doc.from_array(["SENT_START"], np.array(marks, dtype=np.int64).astype(np.uint64))  # type: ignore[arg-type]
    return doc


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of `text[start:end]` as (start, end), without white space at the edges."""
    at = start
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
    word = _LAST_WORD.search(text, max(start, stop - 40), stop)
    if word is None or word[0].lower() in _abbreviations() or _INITIAL.fullmatch(word[0]):
        return False
    return not (word.start() == start and word[0].isdigit())  # the mark of a list item


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(table("layout")["abbreviations"])
