"""Tables as data: caption, header and rows of cells as printed.

Works on the pages' own lines, since the reading text has taken the spaces between cells for the edges of blocks. Three
kinds of line may be rows: cells parted by tabs (from a ruled table, a Word file), cells set apart by spaces, and a
label followed by numbers (`Parkenheten 11,5 % 3`). Rows that follow one another become a table if its columns hold
numbers, or it has a header over what is no list of names.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from corpus.people import NAME
from corpus.values import Table
from corpus.vocabulary import pattern, table
from pipeline.extract.document import blocks, note, reading, text_of

METHOD = "tables@1"
LONGEST_LINE, LONGEST_LABEL, MOST_CELLS = 300, 100, 40
BLANK_LINES = 2  # between two rows at most
TEXT_ROWS, TEXT_COLUMNS = 3, 3  # a table of words alone has so many rows with its header, and so many columns
MARK = 3  # letters of a vote or a party
SINGLE_ROWS = 3  # and a column of percentages without header so many
_GAP = re.compile(r"\S+(?: \S+)*")
_RULE = re.compile(r"[\s\-–—_=+|.]*[-–—_=]{4}[\s\-–—_=+|.]*")
_DIGITS = re.compile(r"[-–−+±]?\d{1,3}(?:[  ]\d{3})+(?:,\d+)?|[-–−+±]?\d+(?:[.,]\d+)?")
_TOKEN = re.compile(r"[-–−+±]?\d+(?:[.,]\d+)?%?|%")
_YEAR = re.compile(r"(?:19|20)\d\d")
_KEY = re.compile(r"\d{5}|\d[-/:]\d")  # of a date, a case: no header holds one
_WITH_CODE = re.compile(rf"{NAME}(?:,? .{{1,40}})?(?:\s\(.{{1,4}}\))?.{{0,30}}")
_SENTENCES = re.compile(r"[a-zåäö]\.\s[A-ZÅÄÖ]")
RowKind = Literal["tab", "gap", "shape"]


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line: where it stands in the reading text (`at` to `end`), and its cells as a row of one kind."""

    text: str
    at: int
    end: int
    cells: tuple[_Cell, ...]
    kind: RowKind | None
    page: int
    in_table: bool = False


@Language.component("aktspar_tables", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
def note_tables(doc: Doc) -> Doc:
    """Note each table where its rows stand."""
    lines, headings = list(_lines(doc)), _headings(doc)
    at = 0
    while at < len(lines):
        end = _run_end(lines, at)
        if end - at > 1 and (made := _made(lines, at, end)):
            first, header, rows = made
            found = Table(_caption(headings, lines, first), header, rows)
            note(doc, found, lines[first].at, max(line.end for line in lines[first:end]), METHOD, 0.85)
        at = max(end, at + 1)
    return doc


def number(cell: str) -> float | None:
    """Return the number a cell holds (`12,5 %` → 12.5, `1 234` → 1234), None where it holds none."""
    units = "|".join(map(re.escape, table("tables")["units"]))
    bare = re.sub(rf"\s?(?:{units})$", "", cell.strip(), flags=re.IGNORECASE)
    if not _DIGITS.fullmatch(bare):
        return None
    return float(re.sub(r"[\s ]", "", bare).replace(",", ".").replace("–", "-").replace("−", "-").lstrip("+±"))


# ---- lines and rows --------------------------------------------------------------------------------------------------


def _lines(doc: Doc) -> Iterator[_Line]:
    """Yield the printed lines that belong to the text, blank ones between them too; furniture is left out."""
    held = reading(doc)
    places: dict[int, list[tuple[int, int]]] = {}
    for start, number_of_page, on_page in held.origins:
        places.setdefault(number_of_page, []).append((on_page, start))
    for page in held.pages:
        kept, k = sorted(places.get(page.number, [])), 0
        tables = [(part.start, part.end) for part in page.parts if part.kind == "table"]
        at = 0
        for raw in page.text.split("\n"):
            while k < len(kept) and kept[k][0] < at:
                k += 1
            here = k
            while k < len(kept) and kept[k][0] <= at + len(raw):
                k += 1
            if here < k:
                last_at, last = kept[k - 1]
                end = last + len(raw.rstrip()) - (last_at - at)
                in_table = any(a <= at + len(raw) // 2 <= b for a, b in tables)
                line = _Line(raw.strip(), kept[here][1], min(end, len(held.text)), (), None, page.number, in_table)
                yield _with_cells(line, raw)
            elif not raw.strip() or _RULE.fullmatch(raw):
                yield _Line(raw.strip(), 0, 0, (), None, page.number)
            at += len(raw) + 1


def _with_cells(line: _Line, raw: str) -> _Line:
    """Return a line with its cells, if it can be a row."""
    text = raw.strip(" ")
    if len(raw) > LONGEST_LINE * 10 or pattern("tables", "not_rows").match(text):
        return line
    kind: RowKind = "tab" if "\t" in text else "gap"
    cells: tuple[_Cell, ...] = ()
    if kind == "tab":
        cells = _tabbed(raw)
    elif len(raw) <= LONGEST_LINE:
        cells = tuple(_Cell(match[0], match.start(), match.end()) for match in _GAP.finditer(raw))
    if 1 < len(cells) <= MOST_CELLS and not any(pattern("tables", "not_cells").search(cell.text) for cell in cells):
        return replace(line, cells=cells, kind=kind)
    shaped = _shaped(text) if len(raw) <= LONGEST_LINE and "\t" not in text else ()
    return replace(line, cells=shaped, kind="shape") if shaped else line


def _tabbed(raw: str) -> tuple[_Cell, ...]:
    cells, at = [], 0
    for text in raw.split("\t"):
        cells.append(_Cell(" ".join(text.split()), at, at + len(text)))
        at += len(text) + 1
    return tuple(cells)


def _shaped(text: str) -> tuple[_Cell, ...]:
    """Return a label and the numbers after it as cells; none where the line has another shape."""
    words = text.split()
    first = len(words)
    while first and (_TOKEN.fullmatch(words[first - 1]) or words[first - 1].lower() in table("tables")["units"]):
        first -= 1
    label, numbers = " ".join(words[:first]), _numbers(words[first:])
    is_label = 0 < len(label) <= LONGEST_LABEL and label[0].isalpha() and label[0].isupper()
    if not numbers or not is_label or pattern("tables", "not_labels").search(label):
        return ()
    return tuple(_Cell(cell, 0, 0) for cell in (label, *numbers))


def _numbers(words: Sequence[str]) -> list[str]:
    """Join the words to numbers with their units: thousands stand in groups of three."""
    numbers: list[str] = []
    for word in words:
        grouped = (
            numbers
            and re.fullmatch(r"\d{3}(?:,\d+)?", word)
            and re.fullmatch(r"[-–−+±]?[1-9]\d{0,2}(?: \d{3})*", numbers[-1])
        )
        if numbers and (grouped or not re.search(r"\d", word)):
            numbers[-1] += " " + word
        elif not re.search(r"\d", word):
            return []
        else:
            numbers.append(word)
    return numbers


# ---- tables ----------------------------------------------------------------------------------------------------------


def _run_end(lines: Sequence[_Line], at: int) -> int:
    """Return where the rows that begin with line `at` end: the same kind of row, over blank and wrapped lines."""
    first = lines[at]
    if first.kind is None:
        return at + 1
    end, blank = at + 1, 0
    for i in range(at + 1, len(lines)):
        line = lines[i]
        if not line.text or _RULE.fullmatch(line.text):
            blank += not line.text
        elif blank > BLANK_LINES and line.page == lines[end - 1].page:
            break
        elif line.kind == first.kind and _fits(first, line):
            end, blank = i + 1, 0
        elif not (line.kind is None and _is_wrapped(lines, i, first.kind)):
            break
    return end


def _fits(first: _Line, line: _Line) -> bool:
    """Tell whether two lines can be rows of one table: a label with numbers has as many of them as the others."""
    return first.kind != "shape" or len(first.cells) == len(line.cells)


def _is_wrapped(lines: Sequence[_Line], i: int, kind: RowKind) -> bool:
    """Tell whether a line goes on in a cell of the row above, or begins the cell that the row below ends."""
    above, below = lines[i - 1], lines[i + 1] if i + 1 < len(lines) else None
    text = lines[i].text
    if not text or len(text) > LONGEST_LABEL or kind == "shape":
        return False
    if lines[i].in_table:
        return True
    return above.kind == kind and below is not None and below.kind == kind and text[0].islower() and text[-1] != "."


def _made(lines: Sequence[_Line], at: int, end: int) -> tuple[int, tuple[str, ...], tuple[tuple[str, ...], ...]] | None:
    """Return the first line, the header and the rows of the table in `lines[at:end]`, None where it is none."""
    kind = lines[at].kind
    rows = [line for line in lines[at:end] if line.kind]
    cells = _aligned(rows) if kind == "gap" else _evened(rows)
    if kind != "shape":
        cells = _with_wrapped(lines[at:end], cells)
    cells = [row for row in cells if any(row)]
    if len(cells) < 2 or len(cells[0]) < 2:
        return None
    header, body = _header(cells)
    if kind == "shape":
        return _shaped_table(lines, at, header, body)
    body = [row for row in body if row != header]  # printed again on the next page
    return (at, header, tuple(body)) if body and _is_table(header, body, kind, ruled=_is_ruled(lines, at)) else None


def _is_ruled(lines: Sequence[_Line], at: int) -> bool:
    return at + 1 < len(lines) and bool(lines[at + 1].text) and bool(_RULE.fullmatch(lines[at + 1].text))


def _evened(rows: Sequence[_Line]) -> list[tuple[str, ...]]:
    """Return the rows' cells, as many in each as most rows have: specks of a scan go, missing ones are empty."""
    wanted = Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    even = []
    for row in rows:
        cells = [cell.text for cell in row.cells]
        while len(cells) > wanted and (speck := next((c for c in cells if not re.search(r"\w", c)), None)) is not None:
            cells.remove(speck)
        even.append(tuple(cells + [""] * (wanted - len(cells))))
    return [row for row in even if len(row) == wanted]


def _aligned(rows: Sequence[_Line]) -> list[tuple[str, ...]]:
    """Return the cells of rows set with spaces in the columns of the first row, by where they stand.

    Empty where a row has more cells than the first, or two in one column.
    """
    columns = rows[0].cells
    aligned = []
    for row in rows:
        if len(row.cells) > len(columns):
            return []
        cells = [""] * len(columns)
        for i, cell in enumerate(row.cells):
            place = i if len(row.cells) == len(columns) else _column(cell, columns)
            if cells[place]:
                return []
            cells[place] = cell.text
        aligned.append(tuple(cells))
    return aligned


def _column(cell: _Cell, columns: Sequence[_Cell]) -> int:
    """Return the column whose heading stands nearest over a cell."""

    def away(i: int) -> float:
        column = columns[i]
        apart = max(column.start - cell.end, cell.start - column.end, 0)
        return apart + abs(cell.start + cell.end - column.start - column.end) / 1000

    return min(range(len(columns)), key=away)


def _with_wrapped(lines: Sequence[_Line], cells: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Put lines of one cell to the row they belong to: lower case goes on above, a capital stands as a row."""
    if len(cells) != sum(line.kind is not None for line in lines):
        return cells
    whole: list[tuple[str, ...]] = []
    coming = iter(cells)
    for line in lines:
        if line.kind:
            whole.append(next(coming))
        elif line.text and not _RULE.fullmatch(line.text) and whole:
            if line.text[0].islower():
                whole[-1] = (f"{whole[-1][0]} {line.text}", *whole[-1][1:])
            else:
                whole.append((line.text, *[""] * (len(whole[-1]) - 1)))
    return whole


def _header(cells: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Part the header from the rows: a first row of words or years over others."""
    first, rest = cells[0], list(cells[1:])
    named = [cell for cell in first if cell]
    words = all(number(cell) is None or _YEAR.fullmatch(cell) for cell in named[1:])
    is_header = words and len(named) > 1 and len(named) >= len(first) - 1 and number(first[0]) is None
    if is_header and all(_is_empty(cell) for cell in first[1:]):
        is_header = False
    numeric = any(number(cell) is not None and not _YEAR.fullmatch(cell) for row in rest for cell in row[1:])
    same = all(_YEAR.fullmatch(cell) for cell in first[1:] if number(cell) is not None)
    short = all(len(cell) <= LONGEST_LABEL // 2 and not _KEY.search(cell) for cell in first)
    return (first, rest) if is_header and same and (numeric or short) else ((), list(cells))


def _is_empty(cell: str) -> bool:
    return not cell or bool(pattern("tables", "empty").fullmatch(cell))


def _is_table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]], kind: RowKind | None, *, ruled: bool) -> bool:
    """Tell a table from names, letterheads and lists set side by side."""
    values = [cell for row in rows for cell in row[1:] if cell]
    numeric = sum(number(cell) is not None for cell in values)
    if numeric >= 0.5 * len(values) and len(header or ()) + len(rows) > 1:
        return bool(header) or len(rows) > 1
    marks = sum(len(cell) <= MARK or _is_empty(cell) or number(cell) is not None for cell in values)
    if header and values and marks >= 0.8 * len(values) and len(header) > 2:
        return True  # a roll-call: names with a mark in the column of their vote
    if _are_names(rows) or not header:
        return numeric > 0 and bool(header) and not _are_names(rows) and len(rows) > 1
    full = sum(all(row) for row in rows) >= 0.8 * len(rows)
    if kind == "tab":
        return len(rows) + 1 >= TEXT_ROWS and (full or len(header) >= TEXT_COLUMNS)
    dated = any(all(re.search(r"\d", row[i]) for row in rows) for i in range(len(header)))
    return len(rows) + 1 >= TEXT_ROWS and len(header) >= TEXT_COLUMNS and full and (ruled or dated)


def _are_names(rows: Sequence[tuple[str, ...]]) -> bool:
    cells = [cell for row in rows for cell in row if cell]
    return sum(bool(_WITH_CODE.fullmatch(cell)) and number(cell) is None for cell in cells) > 0.5 * len(cells)


def _shaped_table(
    lines: Sequence[_Line], at: int, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> tuple[int, tuple[str, ...], tuple[tuple[str, ...], ...]] | None:
    """Return a table of labels with numbers; its header is the line above, where it has a word for each column."""
    above = next((i for i in range(at - 1, max(-1, at - 1 - BLANK_LINES - 1), -1) if lines[i].text), None)
    words = lines[above].text.split() if above is not None else []
    width = len(rows[0])
    named = len(words) == width and all(re.search(r"[^\W\d]", word) for word in words) and words[0][0].isupper()
    if not header and named and above is not None:
        at, header = above, tuple(words)
    captioned = above is not None and bool(pattern("tables", "captions").match(lines[above].text))
    percent = all("%" in row[-1] for row in rows)
    sure = width > 2 or header or captioned or (percent and len(rows) >= SINGLE_ROWS)
    years = all(_YEAR.fullmatch(cell) for row in rows for cell in row[1:])
    return (at, header, tuple(rows)) if sure and not years and len(rows) + bool(header) > 1 else None


def _caption(headings: Sequence[tuple[int, str]], lines: Sequence[_Line], first: int) -> str:
    """Return the line that names the table, or the heading it stands under."""
    above = next((line for line in reversed(lines[max(0, first - BLANK_LINES - 1) : first]) if line.text), None)
    if above and above.text and pattern("tables", "captions").match(above.text):
        return " ".join(above.text.split())
    before = bisect_left(headings, (lines[first].at, ""))
    return headings[before - 1][1] if before else ""


def _headings(doc: Doc) -> list[tuple[int, str]]:
    headings = ((block.start, text_of(doc, block)) for block in blocks(doc) if block.kind == "heading")
    return [(start, " ".join(text.split())) for start, text in headings if not _SENTENCES.search(text)]
