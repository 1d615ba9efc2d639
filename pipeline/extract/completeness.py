"""Whether a document is whole: pages its own numbering misses, or a text that ends in the middle.

Printed page numbers are read from the pages themselves, since layout leaves furniture out. What is said to be enclosed
and does not follow is no sign of anything: attachments are documents of their own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from corpus.records import Page
from corpus.values import BrokenOff
from corpus.vocabulary import pattern, table
from pipeline.extract.document import blocks, note, reading, text_of
from pipeline.layout import Block

METHOD = "completeness@1"
EDGE_LINES = 4
HEAD_LETTERS = 1500
LINE_LETTERS = 200
PAGE_LETTERS = 4000  # a printed page holds no more: a longer text is several, whatever its file says
RUNNING_WORDS = 8  # a block of fewer without a stop may be a line of any kind
RUNNING_SHARE = 0.6  # of its words begin with a small letter
SHOWN = 60  # letters
_CUT = re.compile(r"[^\W\d_][-,]$|[^\W_]$")


@dataclass(frozen=True, slots=True)
class _Printed:
    """A page number as printed: number `n` of `total`, on page `page`, on its edge or within."""

    n: int
    total: int
    page: int
    text: str
    at_head: bool


@Language.component("aktspar_completeness", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
def note_breaks(doc: Doc) -> Doc:
    """Note why the document is not whole, where it is not."""
    held = blocks(doc)
    if not held:
        return doc
    missing = () if _is_extract(doc) else _missing(reading(doc).pages)
    for reason in (*missing, *_cut(doc)):
        note(doc, BrokenOff(reason), held[-1].start, held[-1].end, METHOD, 0.8)
    return doc


def _is_extract(doc: Doc) -> bool:
    """Tell whether the head says that only some pages of a longer document are meant to be here."""
    head = reading(doc).pages[0].text[:HEAD_LETTERS] if reading(doc).pages else ""
    return bool(pattern("completeness", "extracts").search(head))


# ---- page numbers ----------------------------------------------------------------------------------------------------


def _missing(pages: Sequence[Page]) -> Iterator[str]:
    """Say which pages the printed numbers miss; a file may hold several documents, each numbered from 1."""
    series = list(_series(_numbered(pages)))
    last_page = pages[-1].number if pages else 0
    for i, one in enumerate(series):
        for before, after in pairwise(one):
            if after.n - before.n > max(1, after.page - before.page):
                yield f"{_named(before.n + 1, after.n - 1)} saknas: efter ”{before.text}” följer ”{after.text}”."
        first, last = one[0], one[-1]
        if i == 0 and first.n > first.page and (len(pages) > 1 or first.at_head):
            yield f"{_named(1, first.n - first.page)} saknas: den första sidnumreringen är ”{first.text}”."
        held_after = (series[i + 1][0].page - 1 if i + 1 < len(series) else last_page) - last.page
        more_than_a_page = len(pages) == 1 and len(pages[0].text) > PAGE_LETTERS * last.n
        if last.total - last.n > max(0, held_after) and not more_than_a_page:
            yield f"{_named(last.n + 1, last.total)} saknas: den sista sidnumreringen är ”{last.text}”."


def _named(first: int, last: int) -> str:
    return f"Sida {first}" if first == last else f"Sidorna {first}–{last}"


def _series(printed: Sequence[_Printed]) -> Iterator[list[_Printed]]:
    """Part the numbers where another total or a lower number begins a new document."""
    series: list[_Printed] = []
    for one in printed:
        if series and (one.total != series[-1].total or one.n < series[-1].n):
            yield series
            series = []
        if not series or one.n > series[-1].n:
            series.append(one)
    if series:
        yield series


def _numbered(pages: Sequence[Page]) -> list[_Printed]:
    """Return the page numbers printed; the less sure form counts where several pages have it."""
    strict = [one for page in pages for one in _on(page, "strict")]
    if strict:
        return strict
    loose = [one for page in pages for one in _on(page, "loose")]
    return loose if len({one.page for one in loose}) > 1 and len({one.total for one in loose}) == 1 else []


def _on(page: Page, form: str) -> Iterator[_Printed]:
    lines = [line.rstrip() for line in page.text.split("\n") if line.strip()]
    for i, line in enumerate(lines):
        at_edge = i < EDGE_LINES or i >= len(lines) - EDGE_LINES
        if len(line) > LINE_LETTERS or not (at_edge or form == "strict"):
            continue
        for sign in _forms(form):
            match = sign.search(line)
            if match is None:
                continue
            n, total = int(match["n"]), int(next(filter(None, match.groups()[1:])))
            if 0 < n <= total:
                yield _Printed(n, total, page.number, " ".join(match[0].split()), i < EDGE_LINES)
            break


@cache
def _forms(form: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(sign, re.IGNORECASE) for sign in table("completeness")["numbered"][form])


# ---- the end of the text ---------------------------------------------------------------------------------------------


def _cut(doc: Doc) -> Iterator[str]:
    """Say that the text ends in the middle of a sentence."""
    held = [block for block in blocks(doc) if block.kind != "footnote"]
    if held and _is_cut(doc, held[-1], held[-2] if len(held) > 1 else None):
        text = text_of(doc, held[-1])
        shown = text if len(text) <= SHOWN else f"… {text[-SHOWN:].partition(' ')[2]}"
        yield f"Texten slutar mitt i en mening: ”{shown}”."


def _is_cut(doc: Doc, block: Block, above: Block | None) -> bool:
    text = text_of(doc, block)
    if block.kind == "row" or not text:
        return False
    if re.search(r"[a-zåäö]{2}-$", text) or (block.kind != "heading" and _unfinished().search(text)):
        return True
    if block.kind == "item" or not _is_running(text) or _no_stop().match(text) or _in_table(doc, block):
        return False
    if text.endswith(","):
        return True
    above_text = text_of(doc, above) if above and above.kind == "paragraph" else ""
    return bool(_CUT.search(text)) and not _CUT.search(above_text)  # several without a stop are a list


def _is_running(text: str) -> bool:
    """Tell a sentence, wherever layout put it (what ends in the middle looks like a heading), from lists of names."""
    words = text.split()
    return len(words) >= RUNNING_WORDS and sum(word[0].islower() for word in words) >= RUNNING_SHARE * len(words)


def _in_table(doc: Doc, block: Block) -> bool:
    return any(span.start_char <= block.start < span.end_char for span in doc.spans.get("table", ()))


@cache
def _unfinished() -> re.Pattern[str]:
    words = "|".join(table("completeness")["ends"]["unfinished"])
    return re.compile(rf"(?<=\s)(?:{words})$")


@cache
def _no_stop() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in table("completeness")["ends"]["no_stop"]), re.IGNORECASE)
