"""From lines of words with their places to a page's text: paragraphs apart, columns in turn, tables as rows.

A line comes as the engine gives it, in its reading order, and is cut into cells where two words stand far apart. Lines
cut at the same places are either columns of prose, which are read one after the other, or rows of a table, whose cells
are parted by tabs. A clearly larger step between lines is a blank line. What is set larger or bolder than the page's
body is a heading; what is set smaller at its foot and begins with a number is a footnote.
"""

import re
import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.records import Part, PartKind, WordBox
from corpus.vocabulary import pattern
from pipeline.read.page import PageText

GAP = 1.6  # of a line's height: words so far apart belong to different cells
SAME_PLACE = 1.0  # of a line's height: cells that begin or end so near each other stand in one column
TABLE_ROWS = 3
COLUMN_LINES = 5  # so many lines side by side may be columns of prose,
PROSE_WORDS = 3.5  # where they hold so many words a cell
PARAGRAPH_STEP = 1.25  # a step this many times the usual one parts two paragraphs;
HINTED_STEP, UNSIZED_STEP = 1.1, 1.4  # where the engine saw one; where lines may be a large heading's for all we know
USUAL_STEP = 0.25  # quantile: a page of lists has more steps between items than within them
MOST_COMPARED = 40  # words of a line; a broken file may have a line of a million
LARGER, SMALLER = 1.15, 0.9  # of the body's size: set as a heading, as a footnote
HEADING_WORDS = 18
_ITEM = re.compile(r"(?:\d{1,2}|[a-z])[.)]|\(\d{1,2}\)|[•●▪◦–—*»¢+>oe-]|§+")
_HANGS = re.compile("[gjpqyçQ,;()|]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box."""

    text: str
    box: WordBox


@dataclass(frozen=True, slots=True)
class Line:
    """Words on one baseline. `size` is the height of the print in any unit, 0 where it is not known (OCR).

    `apart` forces a blank line before it, or forbids one; None lets the step decide, more readily where the engine saw
    a paragraph (`hinted`).
    `columns` are the cells of a table's row, empty for any other line.
    """

    words: tuple[Word, ...]
    size: float
    bold: bool = False
    apart: bool | None = None
    hinted: bool = False
    columns: tuple[str, ...] = ()

    @property
    def left(self) -> float:
        """The left edge."""
        return self.words[0].box.left

    @property
    def right(self) -> float:
        """The right edge."""
        return self.words[-1].box.right

    @property
    def base(self) -> float:
        """How low most of its words reach, in points from the page's top."""
        return statistics.median_low(word.box.bottom for word in self.words)

    @property
    def text(self) -> str:
        """The words, a space between; a table's cells parted by tabs."""
        return "\t".join(self.columns) if self.columns else spaced(self.words)


def spaced(words: Iterable[Word]) -> str:
    """Return words with a space between."""
    return " ".join(word.text for word in words)


def cells(line: Line) -> list[tuple[Word, ...]]:
    """Return the line's words, cut where two stand far apart; not after the mark of a list's item."""
    cut = [0]
    for i, (one, other) in enumerate(pairwise(line.words), start=1):
        if i == 1 and _ITEM.fullmatch(one.text):
            continue
        if other.box.left - one.box.right > GAP * (one.box.bottom - one.box.top):
            cut.append(i)
    return [line.words[a:b] for a, b in pairwise([*cut, len(line.words)])]


def assembled(lines: Sequence[Line]) -> PageText:
    """Put a page together from its lines in reading order."""
    lines = list(_in_order([line for line in lines if line.words]))
    if not lines:
        return PageText("")
    usual, body = _usual_step(lines), _body_size(lines)
    notes_from = _notes_from(lines, body)
    text: list[str] = []
    words: list[WordBox] = []
    parts: list[Part] = []
    at = 0
    for i, line in enumerate(lines):
        if i and _is_apart(lines[i - 1], line, usual, body):
            text.append("\n")
            at += 1
        written = line.text
        kind: PartKind | None = "footnote" if i >= notes_from else _kind(line, body)
        if kind:
            parts.append(Part(kind, at, at + len(written)))
        text += written, "\n"
        at += len(written) + 1
        words += (word.box for word in line.words)
    return PageText("".join(text), tuple(words), tuple(_joined(parts)))


# ---- columns and tables ----------------------------------------------------------------------------------------------


def _in_order(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines with columns one after the other and the rows of tables marked."""
    cut = [[line.words] if line.columns else cells(line) for line in lines]
    i = 0
    while i < len(lines):
        end = i + 1
        if len(cut[i]) > 1:
            while end < len(lines) and _goes_on(cut, i, end):
                end += 1
        if len(cut[i]) > 1 and _is_prose(cut[i:end]):
            yield from _columns(lines[i:end], cut[i:end])
        elif end - i >= TABLE_ROWS and sum(len(row) > 1 for row in cut[i:end]) >= TABLE_ROWS:
            yield from map(_as_row, lines[i:end], cut[i:end])
        else:
            yield from lines[i:end]
        i = end


def _as_row(line: Line, row: Sequence[tuple[Word, ...]]) -> Line:
    return replace(line, columns=tuple(map(spaced, row)))


def _goes_on(cut: Sequence[Sequence[tuple[Word, ...]]], first: int, at: int) -> bool:
    """Tell whether line `at` is cut like the lines from `first` on, or fits within one of their columns."""
    row = cut[at]
    if len(row) == 1:
        before = cut[at - 1]
        return len(before) > 1 and at + 1 < len(cut) and len(cut[at + 1]) > 1 and _fits_in_one(row[0], cut[at + 1])
    return any(_alike(row, other) for other in cut[max(first, at - 3) : at] if len(other) > 1)


def _alike(row: Sequence[tuple[Word, ...]], other: Sequence[tuple[Word, ...]]) -> bool:
    """Tell whether a cell after the first begins, ends or is centred where one of the other row does."""
    near = SAME_PLACE * (row[0][0].box.bottom - row[0][0].box.top)
    return any(
        min(abs(a - b) for a, b in zip(_sides(one), _sides(two), strict=True)) < near
        for one in row[1:]
        for two in other[1:]
    )


def _sides(cell: tuple[Word, ...]) -> tuple[float, float, float]:
    left, right = cell[0].box.left, cell[-1].box.right
    return left, right, (left + right) / 2


def _fits_in_one(cell: tuple[Word, ...], row: Sequence[tuple[Word, ...]]) -> bool:
    return cell[-1].box.right < row[1][0].box.left or cell[0].box.left > row[-2][-1].box.right


def _is_prose(rows: Sequence[Sequence[tuple[Word, ...]]]) -> bool:
    """Tell columns of prose from a table: two cells a line, many lines, and whole clauses in the cells of both."""
    both = [row for row in rows if len(row) == 2]
    if len(both) < COLUMN_LINES or len(both) < 0.6 * len(rows) or any(len(row) > 2 for row in rows):
        return False
    return all(statistics.fmean(len(row[side]) for row in both) >= PROSE_WORDS for side in (0, 1))


def _columns(lines: Sequence[Line], rows: Sequence[Sequence[tuple[Word, ...]]]) -> Iterator[Line]:
    """Yield the left column's lines, then the right one's."""
    middle = statistics.median(row[1][0].box.left for row in rows if len(row) == 2)
    for right_side in (False, True):
        for line, row in zip(lines, rows, strict=True):
            for cell in row:
                if (cell[0].box.left >= middle - SAME_PLACE * (cell[0].box.bottom - cell[0].box.top)) is right_side:
                    yield replace(line, words=cell)


# ---- paragraphs and parts --------------------------------------------------------------------------------------------


def _usual_step(lines: Sequence[Line]) -> float:
    steps = sorted(step for step in map(_step, lines, lines[1:]) if step > 0)
    return steps[int(USUAL_STEP * len(steps))] if steps else 0.0


def _step(above: Line, below: Line) -> float:
    """How far a line stands below another, measured where both have words: on a scan lines slant."""
    steps = [
        one.box.bottom - other.box.bottom
        for one in _standing(below)[:MOST_COMPARED]
        for other in _standing(above)[:MOST_COMPARED]
        if other.box.left < one.box.right and one.box.left < other.box.right
    ]
    return statistics.median(steps) if steps else below.base - above.base


def _standing(line: Line) -> Sequence[Word]:
    """The words that stand on the line with nothing hanging below it; all where there is none."""
    return [word for word in line.words if not _HANGS.search(word.text)] or line.words


def _is_apart(above: Line, below: Line, usual: float, body: float) -> bool:
    if below.apart is not None:
        return below.apart
    step = _step(above, below)
    larger = max(1.0, min(above.size, below.size) / max(body, 1.0))  # two lines of a large heading step further
    wanted = HINTED_STEP if below.hinted else PARAGRAPH_STEP if below.size else UNSIZED_STEP
    return step > wanted * larger * usual or step < -2 * usual or bool(above.columns) is not bool(below.columns)


def _body_size(lines: Iterable[Line]) -> float:
    """The size most letters are set in."""
    letters: dict[float, int] = {}
    for line in lines:
        size = round(line.size * 2) / 2
        letters[size] = letters.get(size, 0) + sum(len(word.text) for word in line.words)
    return max(letters, key=letters.__getitem__)


def _kind(line: Line, body: float) -> PartKind | None:
    if line.columns:
        return "table"
    is_set_off = line.size > LARGER * body or line.bold
    return "heading" if is_set_off and len(line.words) <= HEADING_WORDS else None


def _notes_from(lines: Sequence[Line], body: float) -> int:
    """The number of the first line of the footnotes: small print to the page's foot, begun by a mark."""
    first = len(lines)
    if not body:
        return first
    for i in range(len(lines) - 1, -1, -1):
        if lines[i].size > SMALLER * body or lines[i].columns:
            break
        if pattern("layout", "footnotes").match(lines[i].words[0].text):
            first = i
    return first


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """Join what belongs together on following lines."""
    last: Part | None = None
    for part in parts:
        if last and last.kind == part.kind and part.start <= last.end + 1:
            last = replace(last, end=part.end)
            continue
        if last:
            yield last
        last = part
    if last:
        yield last
