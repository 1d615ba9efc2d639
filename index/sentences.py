"""A document read sentence by sentence, each with its page and the heading above it, for those who look in its text.

Lines are joined into blocks and blocks parted into sentences by simple signs; what needs the layout of a page is found
by the pipeline and stored.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus.store import Store
from corpus.swedish.sentences import split
from corpus.vocabulary import table

SHORT_LINE = 0.7  # of a page's full lines: a shorter one ends its block
HEADING_LETTERS, SECTION_LETTERS = 120, 250
FURNITURE_PAGES = 3  # a line at the edge of so many pages belongs to the form
EDGE_LINES = 3
KEPT = 300  # documents, for who turns from one view of a matter to the next
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad][ \t]*\n[ \t]*(?!(?:och|eller|samt|resp)\b)(?=[a-zåäöé])")
_STARTS = re.compile(r"\s*(?:§+\s?\d|[•●▪◦*»–—-]\s|\d{1,2}[.)]\s|att\s)")
_SECTION = re.compile(r"(?:\w+\s)?§+\s?\d+")
_SENTENCE_ENDS = (".", "?", "!", ":", ";", ",")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, verbatim but for white space and hyphens at the end of lines; `heading` is the last above it."""

    text: str
    page: int
    heading: str
    is_heading: bool = False


def sentences(store: Store, document: int) -> Sequence[Sentence]:
    """Return the sentences and headings of a document in order."""
    return _sentences(tuple((number, text) for number, text, _ in store.texts(document)))


@lru_cache(maxsize=KEPT)
def _sentences(pages: tuple[tuple[int, str], ...]) -> tuple[Sentence, ...]:
    form = _form([text for _, text in pages])
    found: list[Sentence] = []
    heading = ""
    for number, text in pages:
        for block in _blocks(text, form):
            if _is_heading(block):
                heading = block
                found.append(Sentence(block, number, heading, is_heading=True))
            else:
                found += [Sentence(block[start:end], number, heading) for start, end in split(block)]
    return tuple(found)


def _form(pages: Sequence[str]) -> frozenset[str]:
    """The lines that stand at the edges of several pages, but for their numbers."""
    edges: Counter[str] = Counter()
    for text in pages:
        lines = [_numberless(line) for line in text.splitlines() if line.strip()]
        edges.update(set(lines[:EDGE_LINES] + lines[-EDGE_LINES:]))
    return frozenset(line for line, count in edges.items() if count >= FURNITURE_PAGES)


def _numberless(line: str) -> str:
    return re.sub(r"\d+", "", " ".join(line.split()))


def _blocks(text: str, form: frozenset[str]) -> Iterator[str]:
    """Yield the paragraphs, headings and list items of a page, white space folded."""
    lines = _HYPHEN.sub("", text).splitlines()
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    full = lengths[int(len(lengths) * 0.9)] if lengths else 0
    held: list[str] = []
    for line in lines:
        bare = " ".join(line.split())
        ends = not bare or bool(_STARTS.match(line))
        if held and ends:
            yield " ".join(held)
            held = []
        if not bare or _numberless(bare) in form or _furniture().fullmatch(bare):
            continue
        held.append(bare)
        if len(bare) < SHORT_LINE * full and not bare.endswith(","):
            yield " ".join(held)
            held = []
    if held:
        yield " ".join(held)


def _is_heading(block: str) -> bool:
    if _SECTION.match(block):
        return len(block) <= SECTION_LETTERS and not block.endswith(".")
    upper = block[:1].isupper()
    return upper and len(block) <= HEADING_LETTERS and not block.endswith(_SENTENCE_ENDS)


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in table("layout")["furniture"]), re.IGNORECASE)
