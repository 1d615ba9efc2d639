"""Word documents (.docx): everything that stands in them in reading order, as one page.

A Word file holds no pages, only the advice to break; page numbers would depend on the printer, so there is one page.
python-docx opens the file; what its paragraphs leave out is walked to here: content controls (the fields of municipal
templates), text boxes, inserted text, footnotes, automatic numbers, the first page's header and footer.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.records import PartKind
from pipeline.read.guard import MOST_BYTES, too_large
from pipeline.read.page import PageText, composed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says again what stands beside it
_LEFT_OUT = {_FALLBACK, *(_W + name for name in ("del", "moveFrom", "instrText", "pPr", "rPr", "delText"))}
_SIGNS = {_W + "tab": "\t", _W + "br": "\n", _W + "cr": "\n", _W + "noBreakHyphen": "-", _W + "softHyphen": ""}
_HEADINGS = ("heading", "rubrik", "title", "titel")
_NUMBERED, _BULLETED = ("list number", "numrerad lista"), ("list bullet", "punktlista")  # styles that are lists
_COUNT = re.compile("[0-9]{1,9}")
MOST_TIMES = 5  # of what a part may hold, for all of them: a document has pictures too
DEEPEST = 8  # level of a list, from 0
LAST_ROMAN = 400
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))

Block = tuple[str, PartKind | None]


def read(file: Path) -> list[PageText]:
    """Return the document as one page: a blank line between paragraphs, table cells parted by tabs."""
    import docx

    with zipfile.ZipFile(file) as package:  # python-docx unpacks all of it
        sizes = [part.file_size for part in package.infolist()]
    if max(sizes) > MOST_BYTES or sum(sizes) > MOST_TIMES * MOST_BYTES:
        raise too_large("Word-filen")
    return [composed(_Walk(docx.Document(str(file))).blocks())]


class _Walk:
    """A walk through one document; counts its automatic numbers on the way."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._styles = {style.style_id: style for style in document.styles}
        self._numbers = _Numbers(document, self._styles)

    def blocks(self) -> Iterator[Block]:
        section = self._document.sections[0] if self._document.sections else None
        if section:
            first = section.different_first_page_header_footer
            yield from self._within((section.first_page_header if first else section.header)._element)  # noqa: SLF001
        yield from self._within(self._document.element.body)
        yield from self._notes()
        if section:
            footer = section.first_page_footer if first else section.footer
            yield from ((text, "furniture") for text, _ in self._within(footer._element))  # noqa: SLF001

    def _within(self, container: Any) -> Iterator[Block]:
        for child in container.iterchildren():
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield from self._table(child)
            elif child.tag not in _LEFT_OUT and len(child):
                yield from self._within(child)  # content controls, inserted paragraphs

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        text = "".join(_text(paragraph)).strip()
        style = self._styles.get(_value(paragraph, "pPr/pStyle"))
        name = (style.name or "").lower() if style is not None else ""
        if text:
            is_heading = name.startswith(_HEADINGS)
            if is_heading:
                self._numbers.restart()
            yield self._numbers.mark(paragraph, name) + text, "heading" if is_heading else None
        for box in paragraph.iter(_W + "txbxContent"):
            is_own = next(box.iterancestors(_W + "p")) is paragraph  # a box in a box comes with its own paragraph
            if is_own and not any(parent.tag == _FALLBACK for parent in box.iterancestors()):
                yield from self._within(box)

    def _table(self, table: Any) -> Iterator[Block]:
        rows = [_own(row, "tc", "tr") for row in _own(table, "tr", "tbl")]
        if all(len(row) == 1 for row in rows):  # a frame around text
            for (cell,) in rows:
                yield from self._within(cell)
        else:
            yield "\n".join("\t".join(map(self._in_cell, row)) for row in rows), "table"

    def _in_cell(self, cell: Any) -> str:
        """Return what stands in a cell as one line."""
        return " ".join(" ".join(text for text, _ in self._within(cell)).split())

    def _notes(self) -> Iterator[Block]:
        from docx.opc.oxml import parse_xml

        for part in self._document.part.package.iter_parts():
            if part.partname.endswith(("/footnotes.xml", "/endnotes.xml")):
                notes = [note for note in parse_xml(part.blob) if note.get(_W + "type") is None]
                for number, note in enumerate(notes, start=1):  # as Word shows them: in their order
                    yield f"{number} {''.join(_text(note)).strip()}", "footnote"


def _own(element: Any, name: str, around: str) -> list[Any]:
    """Return a table's rows or a row's cells, without those of tables within it; a merged cell stands once."""
    return [found for found in element.iter(_W + name) if next(found.iterancestors(_W + around)) is element]


def _text(element: Any) -> Iterator[str]:
    """Yield the text within a paragraph, without what was deleted and without text boxes, which stand by themselves."""
    for child in element.iterchildren():
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _LEFT_OUT and child.tag != _W + "txbxContent":
            yield from _text(child)


def _value(element: Any, path: str, default: str = "") -> str:
    found = element.find("/".join(_W + step for step in path.split("/")))
    return default if found is None else str(found.get(_W + "val", default))


class _Numbers:
    """The numbers and bullets that Word writes itself: they stand apart from the text, in numbering.xml."""

    def __init__(self, document: Any, styles: dict[str, Any]) -> None:
        self._styles = styles
        self._levels: dict[tuple[str, str], Any] = {}
        self._counts: dict[tuple[str, int], int] = {}
        self._named: dict[str, int] = {}
        try:
            numbering = document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return
        abstract = {a.get(_W + "abstractNumId"): a for a in numbering.iter(_W + "abstractNum")}
        for number in numbering.iter(_W + "num"):
            for level in abstract.get(_value(number, "abstractNumId"), ()):
                if level.tag == _W + "lvl":
                    self._levels[number.get(_W + "numId"), level.get(_W + "ilvl")] = level

    def restart(self) -> None:
        """Begin lists that are only a style anew: a heading has come."""
        self._named.clear()

    def mark(self, paragraph: Any, style: str) -> str:
        """Return a paragraph's number or bullet with a space, empty where it has none."""
        number, depth = self._of(paragraph, style)
        level = self._levels.get((number, depth))
        if level is not None:
            return self._counted(number, min(_whole(depth, 0), DEEPEST), level)
        if style.startswith(_NUMBERED):
            self._named[style] = self._named.get(style, 0) + 1
            return f"{self._named[style]}. "
        return "- " if style.startswith(_BULLETED) else ""

    def _of(self, paragraph: Any, style: str) -> tuple[str, str]:
        """Return the list and level of a paragraph: its own, or its style's (numbered headings)."""
        by_style = not style.startswith(_NUMBERED + _BULLETED)
        named = self._styles.get(_value(paragraph, "pPr/pStyle")) if by_style else None
        for element in (paragraph, *([named.element] if named is not None else ())):
            number = _value(element, "pPr/numPr/numId")
            if number:
                return number, _value(element, "pPr/numPr/ilvl", "0")
        return "", ""

    def _counted(self, number: str, depth: int, level: Any) -> str:
        form, pattern = _value(level, "numFmt", "decimal"), _value(level, "lvlText")
        if form == "bullet":
            return "- "
        if form == "none":
            return ""
        start = _whole(_value(level, "start", "1"), 1)
        self._counts[number, depth] = self._counts.get((number, depth), start - 1) + 1
        for deeper in [key for key in self._counts if key[0] == number and key[1] > depth]:
            del self._counts[deeper]
        for at in range(depth + 1):
            shown = _written(self._counts.get((number, at), 1), form if at == depth else "decimal")
            pattern = pattern.replace(f"%{at + 1}", shown)
        return pattern + " " if pattern else ""


def _whole(text: str, default: int) -> int:
    """Return a number as the file writes it; what is none, or absurd, is the default."""
    return int(text) if _COUNT.fullmatch(text) else default


def _written(count: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and 0 < count < LAST_ROMAN:
        text = ""
        for value, sign in _ROMAN:
            text += sign * (count // value)
            count %= value
        return text.upper() if form == "upperRoman" else text
    return str(count)
