"""How a page's text is shown: cut where a mark begins or ends, and where the marks stand on the page's image.

Pure functions of texts and spans. A span is (start, end) characters of the text that is shown: the restored one or the
original. Matches and quotes are marked through the text, corrections stand around the words they made, and a finding
has a sign where it begins.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.records import Correction, Finding, Page, WordBox
from index.passages import Matcher, matches

Span = tuple[int, int]

LONGEST_QUOTE = 20_000  # characters that are looked for
PART = 20  # letters and digits of a quote that must stand on a page for it to be a part of the quote,
FULL = 0.75  # of the length of a page's longest lines: a line that ends where the paper did
FURNITURE = 150  # and so near the page's end or beginning, or more than half of it
_BULLET = re.compile(r"\s*(?:[•·◦▪–—*-]|[oe]\s|\(?\d{1,3}[.)]|[a-zåäö]\)|§)")


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that are marked in one way."""

    text: str
    hit: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Segments in a row that one change made, or none (`change` is its number); `begins` are the findings there."""

    segments: tuple[Segment, ...]
    change: int | None = None
    begins: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked in a text: where it answers a query, and where it says a quote."""

    hits: tuple[Span, ...] = ()
    quotes: tuple[Span, ...] = ()


# ---- what to mark ----------------------------------------------------------------------------------------------------


def marks(page: Page, query: str, quotes: Iterable[str], *, original: bool = False) -> Marks:
    """Return what to mark in a page's text; what stands in its other text alone is marked where it stands in this."""
    text, other = (page.original, page.text) if original else (page.text, page.original)
    to_this = _to_original if original else _to_restored
    hits = matches(text, query) if query else []
    if query and not hits and other != text:
        hits = [to_this(page, span) for span in matches(other, query)]
    said: list[Span] = []
    for quote in quotes:
        found = spans_of(text, quote)
        said += found or ([to_this(page, span) for span in spans_of(other, quote)] if other != text else [])
    return Marks(tuple(merged(hits)), tuple(merged(said)))


def pages_with(pages: Iterable[tuple[int, str]], query: str) -> list[int]:
    """Return the numbers of the pages that answer a query, of pages given with their texts."""
    matcher = Matcher(query)
    return [number for number, text in pages if matcher.spans(text)] if query else []


def spans_of(text: str, quote: str) -> list[Span]:
    """Return where a text says a quote, whatever white space, hyphens and punctuation stand between its letters.

    Where it says only the quote's beginning or its end, as at the turn of a page, that part.
    """
    letters, places = _letters(text)
    wanted, _ = _letters(quote[:LONGEST_QUOTE])
    if not wanted:
        return []
    whole = [(places[at], places[at + len(wanted) - 1] + 1) for at in _occurrences(letters, wanted)]
    found = [span for span in whole if _is_of_words(text, span)]
    return found or _part(letters, places, wanted)


def _letters(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of a text in lower case, and where each stands."""
    found = [(char.lower()[:1], at) for at, char in enumerate(text) if char.isalnum()]
    return "".join(char for char, _ in found), [at for _, at in found]


def _occurrences(text: str, wanted: str) -> Iterable[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + len(wanted))


def _is_of_words(text: str, span: Span) -> bool:
    """Tell whether a span begins and ends with words, not within them."""
    start, end = span
    return not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum()


def _part(letters: str, places: Sequence[int], wanted: str) -> list[Span]:
    """Return where the longest beginning of a quote stands at a text's end, or its longest end at the beginning."""
    begins = _longest(len(wanted), lambda length: wanted[:length] in letters)
    ends = _longest(len(wanted), lambda length: wanted[len(wanted) - length :] in letters)
    length = max(begins, ends)
    at = letters.rfind(wanted[:begins]) if begins >= ends else letters.find(wanted[len(wanted) - ends :])
    at_the_turn = len(letters) - at - length < FURNITURE if begins >= ends else at < FURNITURE
    if length < PART or not (at_the_turn or length > len(wanted) / 2):
        return []
    return [(places[at], places[at + length - 1] + 1)]


def _longest(most: int, holds: Callable[[int], bool]) -> int:
    """Return the largest number up to `most` that `holds`, where it holds for all smaller ones too."""
    return bisect_left(range(1, most + 1), 1, key=lambda number: int(not holds(number)))


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans in order, those that meet or overlap made one; empty ones are left out."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


# ---- the text in lines -----------------------------------------------------------------------------------------------


def flowed(page: Page, *, original: bool = False) -> str:
    """Return a page's text with a space for each line break within a paragraph: as long as it was, to be set anew.

    A line that the next goes on from ends before a small letter, or is long and does not end what it says. Tables
    keep their lines.
    """
    text = page.original if original else page.text
    tables = [(part.start, part.end) for part in page.parts if part.kind == "table"]
    kept = tables if original else [_to_restored(page, span) for span in tables]
    lines = text.split("\n")
    full = FULL * (sorted(len(line.strip()) for line in lines)[-(len(lines) // 10) - 1])
    letters, at = list(text), -1
    for line, following in pairwise(lines):
        at += len(line) + 1
        if _goes_on(line.rstrip(), following, full) and not any(start <= at < end for start, end in kept):
            letters[at] = " "
    return "".join(letters)


def _goes_on(line: str, following: str, full: float) -> bool:
    if not line.strip() or not following.strip() or line.endswith("-") or _BULLET.match(following):
        return False
    goes_on = following[0].islower() and len(line) > full / 2
    return goes_on or (len(line) > full and line[-1] not in ".:!?" and not following[0].isspace())


# ---- the text in stretches -------------------------------------------------------------------------------------------


def changes(corrections: Iterable[Correction], *, original: bool = False) -> list[Span]:
    """Return what each correction of a page covers, of its restored text or of the original."""
    spans, shift = [], 0
    for made in corrections:
        start, end = made.start + shift, made.start + shift + len(made.after)
        spans.append((made.start, made.end) if original else (start, end))
        shift += len(made.after) - (made.end - made.start)
    return spans


def stretches(
    text: str, marked: Marks, changed: Sequence[Span] = (), begins: Mapping[int, int] | None = None
) -> list[Stretch]:
    """Cut a text where something begins or ends; put together, the stretches are the text.

    `changed` are in order and do not overlap; `begins` tells where each finding begins. One that begins within a change
    begins with it.
    """
    signs: dict[int, list[int]] = {}
    for finding, at in (begins or {}).items():
        inside = next((start for start, end in changed if start < at < end), at)
        signs.setdefault(min(max(inside, 0), len(text)), []).append(finding)
    found: list[Stretch] = []
    at = 0
    for number, (start, end) in enumerate(changed):
        found += _plain(text, at, start, marked, signs)
        found.append(Stretch(_segments(text, start, end, marked), number, tuple(signs.pop(start, ()))))
        at = end
    return [*found, *_plain(text, at, len(text), marked, signs)]


def _plain(text: str, start: int, end: int, marked: Marks, signs: dict[int, list[int]]) -> list[Stretch]:
    """Return the stretches that nothing changed; each sign begins one, at the very end one without text."""
    cuts = sorted({start, *(at for at in signs if start <= at < end or at == end == len(text))})
    found = []
    for at, until in zip(cuts, [*cuts[1:], end], strict=True):
        begun = tuple(signs.pop(at, ()))
        if begun or at < until:
            found.append(Stretch(_segments(text, at, until, marked), None, begun))
    return found


def _segments(text: str, start: int, end: int, marked: Marks) -> tuple[Segment, ...]:
    near = [
        [(max(s, start), min(e, end)) for s, e in spans if s < end and e > start]
        for spans in (marked.hits, marked.quotes)
    ]
    cuts = sorted({start, end, *(at for spans in near for span in spans for at in span)})
    return tuple(
        Segment(text[at:until], *(any(s <= at < e for s, e in spans) for spans in near)) for at, until in pairwise(cuts)
    )


def begins_on(page: Page, findings: Iterable[tuple[int, Finding]], *, original: bool = False) -> dict[int, int]:
    """Return where on a page each finding begins first, by its number; those that begin on an earlier page at 0."""
    found: dict[int, int] = {}
    for number, finding in findings:
        here = [0 if p.page < page.number else p.start for p in finding.places if p.page <= page.number <= p.end_page]
        if here:
            found[number] = _to_original(page, (min(here), min(here)))[0] if original else min(here)
    return found


def covered_by(page: Page, finding: Finding, *, original: bool = False) -> list[Span]:
    """Return the characters of a page that a finding covers, at every place it stands there."""
    spans = [
        (p.start if p.page == page.number else 0, p.end if p.end_page == page.number else len(page.text))
        for p in finding.places
        if p.page <= page.number <= p.end_page
    ]
    return merged(_to_original(page, span) if original else span for span in spans)


# ---- between the two texts, and the image ----------------------------------------------------------------------------


def _to_original(page: Page, span: Span) -> Span:
    """Return where a span of the restored text stands in the original; what a change covers, it covers whole."""
    return _carried(span, changes(page.corrections), changes(page.corrections, original=True))


def _to_restored(page: Page, span: Span) -> Span:
    """Return where a span of the original stands in the restored text; what a change covers, it covers whole."""
    return _carried(span, changes(page.corrections, original=True), changes(page.corrections))


def _carried(span: Span, here: Sequence[Span], there: Sequence[Span]) -> Span:
    start, end = span
    new_start, new_end = start, end
    for (s, e), (other_s, other_e) in zip(here, there, strict=True):
        if e <= start and s < start:
            new_start = start + other_e - e
        elif s < start:
            new_start = other_s
        if e <= end:
            new_end = end + other_e - e
        elif s < end:
            new_end = other_e
    return new_start, max(new_start, new_end)


def boxes(page: Page, spans: Iterable[Span], *, original: bool = False) -> list[WordBox]:
    """Return where the words of some spans of a page's text stand on its image, each up to the next on its line.

    Nothing where the words have no places.
    """
    words = [match.span() for match in re.finditer(r"\S+", page.original)]
    if len(words) != len(page.words):
        return []
    starts, ends = [start for start, _ in words], [end for _, end in words]
    found: list[WordBox] = []
    for start, end in merged(span if original else _to_original(page, span) for span in spans):
        said = page.words[bisect_right(ends, start) : bisect_left(starts, end)]
        found += (_up_to(one, other) for one, other in pairwise(said))
        found += said[-1:]
    return found


def _up_to(one: WordBox, other: WordBox) -> WordBox:
    """Return a word's box with the space up to the next one, where that follows it on its line."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    height = min(one.bottom - one.top, other.bottom - other.top)
    if shared > height / 2 and one.right < other.left < one.right + 2 * height:
        return replace(one, right=other.left)
    return one
