"""From pages to reading text: lines joined to blocks as a reader joins them, every character traceable to its page.

Wrapped lines, hyphens at line ends, paragraphs that run over a blank line or a page, list items and headings are put
in order; page furniture is left out. What later stages find in the reading text has its place on the page, exactly.
"""

import re
import statistics
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corpus.people import NAME
from corpus.records import Page, PartKind, Place, moved
from corpus.vocabulary import pattern, table

BlockKind = Literal["paragraph", "heading", "item", "row", "footnote"]
HEADING_LETTERS = 110  # a longer line is a sentence
QUESTION_LETTERS = 260  # a question used as a heading may be longer
SIGNATURE_LETTERS = 40
PARAGRAPH_HEADING = 200  # of a §
NUMBERED_HEADING = 60
MOSTLY_AT_EDGES = 0.6  # of all places where a running head stands
COLUMN_APART = 20  # letters
UNWRAPPED = 150  # lines this long were never wrapped to a page's width
# No text is longer than this in one piece: what is was written by no one, and would take for ever to look through.
WORD_LETTERS, GAP_LETTERS, BLOCK_LETTERS, PAGES_A_BLOCK = 200, 40, 4000, 2
_MARKED = re.compile(r"(?<!\s)\s*(?:att|[-–•]|\(?\d{1,2}[.)]|\(?[a-z]\))(?:\t|\s{2,})", re.IGNORECASE)
_CELL, _WHOLE = re.compile(r"\S+(?: {1,2}\S+)*"), re.compile(r"\S(?:.*\S)?")
_PIECE = re.compile(rf"\S{{1,{WORD_LETTERS}}}")
_SIGNED_NAME = re.compile(rf"(?:\(\w{{1,3}}\) )?{NAME}(?: \(\w{{1,3}}\))?")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: its text without edges, where it stands, and what its setting says it is."""

    text: str
    page: int
    start: int
    blank_before: bool
    part: PartKind | None = None
    column: int = 0
    is_beside: bool = False  # something stands before it on its line


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, row or footnote at `start:end` of the reading text; `marker` of an item."""

    kind: BlockKind
    start: int
    end: int
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it is read: the text, its blocks, and the origin of every stretch of it.

    `origins` holds (start in `text`, page, start on page) for each stretch that was copied unbroken; `pages` are what
    was read, with the furniture and the spaces that the text lacks.
    """

    text: str
    blocks: tuple[Block, ...]
    origins: tuple[tuple[int, int, int], ...]
    pages: tuple[Page, ...] = ()

    def place(self, start: int, end: int) -> Place:
        """Return where `start:end` of the reading text stands on the pages."""
        page, first = self._origin(start)
        end_page, last = self._origin(max(start, end - 1))
        return Place(page, first, last + 1, end_page)

    def block_number(self, at: int) -> int:
        """Return the number, from 0, of the block that the place `at` of the text stands in."""
        return max(0, bisect_right(self.blocks, at, key=lambda block: block.start) - 1)

    def block_text(self, block: Block) -> str:
        """Return the text of a block."""
        return self.text[block.start : block.end]

    def _origin(self, at: int) -> tuple[int, int]:
        start, page, offset = self.origins[max(0, bisect_right(self.origins, (at, 10**9, 0)) - 1)]
        return page, offset + at - start


def read(pages: Sequence[Page]) -> Reading:
    """Put a document's pages together to reading text."""
    lines = sorted((line for line in _lines(pages) if line.text), key=lambda line: line.part == "footnote")
    width = _width(lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _is_long(groups[-1][0], line) and _continues(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return _assembled(groups, pages)


def _lines(pages: Sequence[Page]) -> Iterator[Line]:
    heads = _repeated(pages)
    for page in pages:
        repeated = heads if page is not pages[0] else frozenset[str]()  # on the first page the head may name the kind
        parts = _parts(page)
        at, blank = 0, True
        for raw in page.text.split("\n"):
            blank = blank or not raw.strip()
            if not (pattern("layout", "furniture").fullmatch(raw.strip()) or _shape(raw.strip()) in repeated):
                for number, (start, text) in enumerate(_cells(raw)):
                    part = next((kind for first, end, kind in parts if first <= at + start < end), None)
                    if part != "furniture" and not pattern("layout", "furniture").fullmatch(text):
                        yield Line(text, page.number, at + start, blank, part, start, number > 0)
                        blank = True  # what stands beside it does not go on from it
                blank = blank and not raw.strip()
            at += len(raw) + 1


def _cells(raw: str) -> Iterator[tuple[int, str]]:
    """Yield what stands side by side on a line, with its place: letterheads and lists are set in columns.

    Rows of tables are left whole; so is an item with its mark, however far apart they are set.
    """
    raw = _MARKED.sub(lambda match: match[0].replace("\t", " "), raw)
    whole = "\t" in raw or _MARKED.match(raw)
    for cell in (_WHOLE if whole else _CELL).finditer(raw):
        if len(cell[0]) <= WORD_LETTERS:
            yield cell.start(), cell[0]
        else:
            yield from _pieces(cell[0], cell.start())


def _pieces(text: str, at: int) -> Iterator[tuple[int, str]]:
    """Yield a long line in pieces that can be handled, cut where a sentence ends: most are one piece."""
    start = end = stop = 0
    for word in _PIECE.finditer(text):
        if end and (word.start() == end or word.start() - end > GAP_LETTERS):
            yield at + start, text[start:end]
            start = stop = word.start()
        elif word.end() - start > BLOCK_LETTERS:
            cut = stop if stop > start else end
            yield at + start, text[start:cut]
            start = stop = cut + len(text[cut : word.start()]) - len(text[cut : word.start()].lstrip())
        end = word.end()
        if word[0][-1] in ".?!":
            stop = end
    if end > start:
        yield at + start, text[start:end]


def _parts(page: Page) -> list[tuple[int, int, PartKind]]:
    """The page's parts as (start, end, kind) in its restored text."""
    return [(moved(part.start, page.corrections), moved(part.end, page.corrections), part.kind) for part in page.parts]


def _repeated(pages: Sequence[Page]) -> frozenset[str]:
    """Running heads and feet: short lines at the top or foot of at least three pages, or of both of two.

    What stands as often between them (`Beslut`) is a heading that happens to come there.
    """
    edges = Counter(shape for page in pages for shape in {_shape(line) for line in _edge_lines(page.text)})
    wanted = max(2, min(3, len(pages)))
    everywhere = Counter(_shape(line.strip()) for page in pages for line in page.text.split("\n"))
    return frozenset(
        shape for shape, count in edges.items() if count >= wanted and count >= MOSTLY_AT_EDGES * everywhere[shape]
    )


def _edge_lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return [line for line in [*lines[:3], *lines[-3:]] if len(line) < HEADING_LETTERS]


def _shape(line: str) -> str:
    """A line with its numbers hidden: `Sida 2 (4)` and `Sida 3 (4)` have one shape."""
    return re.sub(r"\d+", "#", line.lower())


def _width(lines: Sequence[Line]) -> int:
    """The usual length of a full line, where lines were wrapped; 0 where each line is a paragraph of its own."""
    lengths = [len(line.text) for line in lines if len(line.text) > 40]
    if len(lengths) < 3 or statistics.quantiles(lengths, n=10)[8] > UNWRAPPED:
        return 0
    return int(statistics.quantiles(lengths, n=10)[7])


def _continues(block: list[Line], line: Line, width: int) -> bool:
    """Tell whether a line goes on where the block before it stopped."""
    last = block[-1].text
    if _is_apart(block[-1], line):
        return False
    if line.part == "footnote":
        return not pattern("layout", "footnotes").match(line.text) and line.page == block[-1].page
    if line.part == "heading":
        return not line.blank_before and line.page == block[-1].page
    if "\t" in last or "\t" in line.text or item_marker(line.text) or pattern("layout", "starts").match(line.text):
        return False
    if _is_att_clause(line.text) and _begins_att(block, width):
        return False
    lower = line.text[0].islower()
    if lower and len(last) < SIGNATURE_LETTERS and _SIGNED_NAME.fullmatch(last) and len(block) == 1:
        return False  # a name over its office
    if line.blank_before or line.page != block[-1].page:
        return lower and last[-1] not in ".?!:;" and len(last) > 25
    if not width:
        return False
    if lower and last[-1] not in ".?!:":
        return True
    room = width - len(last)
    return room < 0.25 * width if last[-1] in ".?!:" else room < 0.45 * width or lower


def _is_apart(last: Line, line: Line) -> bool:
    """Tell whether a line is of another part of its page, or back in the column to the left."""
    if line.part != last.part and "table" not in {line.part, last.part}:
        return True
    return last.is_beside and line.column + COLUMN_APART < last.column


def _begins_att(block: list[Line], width: int) -> bool:
    """Tell whether an att-clause begins a block of its own: after another, or under what leads it in.

    Running prose has them too, where a full line ends before one.
    """
    last = block[-1].text
    if _is_att_clause(block[0].text):
        return True
    if len(block) == 1 and last[0].isupper() and pattern("layout", "over_att").fullmatch(last):
        return True
    if not pattern("layout", "leads_in_att").match(last):
        return False
    is_full = width - len(last) < 0.25 * width
    return last[-1] != "," or not is_full or any(pattern("layout", "asks_att").match(line.text) for line in block)


def _is_long(first: Line, line: Line) -> bool:
    """Tell whether a block that begins with `first` would be too long with `line`."""
    begin = first.start if line.page == first.page else 0
    return line.start + len(line.text) - begin > BLOCK_LETTERS or line.page - first.page > PAGES_A_BLOCK


def _is_att_clause(text: str) -> bool:
    return text.lower().startswith("att ")


def item_marker(text: str) -> str:
    """Return the mark that makes a line an item of a list (`1.`, `•`), empty where it is none."""
    match = _items().match(text)
    return match[1] if match else ""


def _assembled(groups: Sequence[Sequence[Line]], pages: Sequence[Page]) -> Reading:
    parts: list[str] = []
    blocks: list[Block] = []
    origins: list[tuple[int, int, int]] = []
    at = 0
    for i, group in enumerate(groups):
        start = at
        for number, line in enumerate(group):
            text = line.text
            if number + 1 < len(group):
                text = _joined(text, group[number + 1].text)
            origins.append((at, line.page, line.start))
            parts.append(text)
            at += len(text)
        marker = item_marker(group[0].text)
        begin = start + _marker_length("".join(parts[-len(group) :]), marker)
        blocks.append(Block(_kind(groups, i), begin, at, marker))
        parts.append("\n")
        at += 1
    return Reading("".join(parts), tuple(blocks), tuple(origins) or ((0, 1, 0),), tuple(pages))


def _joined(text: str, following: str) -> str:
    """Return a line as it stands before the next: a hyphen that only breaks a word goes, otherwise a space comes."""
    suspended = re.match(r"(?:och|eller|samt)\b", following)
    if text.endswith("-") and len(text) > 1 and text[-2].isalpha() and following[0].islower() and not suspended:
        return text[:-1]
    return text if text.endswith("-") and text[-2:-1].isdigit() else text + " "


def _marker_length(text: str, marker: str) -> int:
    if not marker or marker[0] == "§" or marker.startswith("att"):
        return 0
    return len(marker) + len(text[len(marker) :]) - len(text[len(marker) :].lstrip())


def _kind(groups: Sequence[Sequence[Line]], i: int) -> BlockKind:
    first, text = groups[i][0], " ".join(line.text for line in groups[i])
    if first.part == "footnote":
        return "footnote"
    if "\t" in text:
        return "row"
    marker = item_marker(text)
    if marker and marker[0] != "§":
        return "heading" if _is_numbered_heading(groups, i, marker) else "item"
    if first.part == "heading" and len(text) < HEADING_LETTERS:
        return "heading"
    alone = first.blank_before and (i + 1 == len(groups) or groups[i + 1][0].blank_before)
    if text.endswith("?") and first.blank_before and len(text) < QUESTION_LETTERS and ". " not in text:
        return "heading"
    if len(text) < HEADING_LETTERS and text[-1] not in ".,;:!" and (text[0].isupper() or text[0] in "§0123456789"):
        return "heading" if alone or first.blank_before or len(text) < 50 else "paragraph"
    return "paragraph"


def _is_numbered_heading(groups: Sequence[Sequence[Line]], i: int, marker: str) -> bool:
    """Tell `2. Bakgrund` over its text from a point of a list, which has the next number before or after it."""
    text = groups[i][0].text
    if len(groups[i]) > 1 or len(text) > NUMBERED_HEADING or text[-1] in ".,;:?!" or not groups[i][0].blank_before:
        return False
    number = _number(marker)
    beside = [_number(item_marker(group[0].text)) for group in (*groups[i - 1 : i], *groups[i + 1 : i + 2])]
    return number is not None and i + 1 < len(groups) and not {number - 1, number + 1} & set(beside)


def _number(marker: str) -> int | None:
    digits = re.sub(r"\D", "", marker)
    return int(digits) if digits else None


@cache
def _items() -> re.Pattern[str]:
    return re.compile(rf"({'|'.join(table('layout')['items'])})(?=\s|$)")
