"""OpenDocument text (.odt): headings, paragraphs, lists, tables and notes in reading order, one page as in Word."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.records import PartKind
from pipeline.read.guard import MOST_BYTES, too_large
from pipeline.read.page import PageText, composed

MOST_SPACES = 1000  # in a row
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_LEFT_OUT = {_TEXT + "tracked-changes", _TEXT + "note", _OFFICE + "annotation", _TEXT + "sequence-decls"}

_COUNT = re.compile("[0-9]{1,9}")

Block = tuple[str, PartKind | None]


def read(file: Path) -> list[PageText]:
    """Return the document as one page: a blank line between paragraphs, table cells parted by tabs."""
    with zipfile.ZipFile(file) as archive:
        content, styles = (_parsed(archive, name) for name in ("content.xml", "styles.xml"))
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    numbered = _numbered_styles(content)
    blocks = [*_furniture(styles, "header"), *(_within(body, numbered) if body is not None else ())]
    notes: list[Block] = [(_note(note), "footnote") for note in content.iter(_TEXT + "note")]
    return [composed([*blocks, *notes, *((text, "furniture") for text, _ in _furniture(styles, "footer"))])]


def _parsed(archive: zipfile.ZipFile, name: str) -> Any:
    if archive.getinfo(name).file_size > MOST_BYTES:
        raise too_large("Dokumentet")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.parse(io.BytesIO(archive.read(name)), parser).getroot()


def _numbered_styles(content: Any) -> frozenset[str]:
    """The names of list styles whose first level is numbered, and not bulleted."""
    return frozenset(
        style.get(_STYLE + "name", "")
        for style in content.iter(_TEXT + "list-style")
        if style.find(_TEXT + "list-level-style-number") is not None and len(style) and style[0].tag.endswith("-number")
    )


def _furniture(styles: Any, place: str) -> Iterator[Block]:
    for master in styles.iter(_STYLE + "master-page"):
        for element in master.iter(_STYLE + place):
            yield from _within(element, frozenset())
        return  # the first page's


def _within(container: Any, numbered: frozenset[str]) -> Iterator[Block]:
    for child in container.iterchildren(etree.Element):
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == _TEXT + "h":
            yield _line(child), "heading"
        elif child.tag == _TEXT + "p":
            yield _line(child), None
            for frame in child.iter(f"{{{child.nsmap.get('draw', '')}}}text-box"):
                if next(frame.iterancestors(_TEXT + "p")) is child:  # a box in a box comes with its own paragraph
                    yield from _within(frame, numbered)
        elif child.tag == _TEXT + "list":
            yield from _items(child, child.get(_TEXT + "style-name", "") in numbered, numbered)
        elif child.tag == _TABLE + "table":
            rows = [[_in_cell(cell, numbered) for cell in _own(row, "table-cell", "table-row")]
                    for row in _own(child, "table-row", "table")]  # fmt: skip
            yield "\n".join("\t".join(row) for row in rows if any(row)), "table"
        else:
            yield from _within(child, numbered)  # sections, indexes


def _own(element: Any, name: str, around: str) -> list[Any]:
    """Return a table's rows or a row's cells, without those of tables within it."""
    return [found for found in element.iter(_TABLE + name) if next(found.iterancestors(_TABLE + around)) is element]


def _in_cell(cell: Any, numbered: frozenset[str]) -> str:
    """Return what stands in a cell as one line."""
    return " ".join(" ".join(text for text, _ in _within(cell, numbered)).split())


def _items(listed: Any, is_numbered: bool, numbered: frozenset[str]) -> Iterator[Block]:  # noqa: FBT001
    for number, item in enumerate(listed.iterchildren(_TEXT + "list-item", _TEXT + "list-header"), start=1):
        mark = f"{number}. " if is_numbered else "- "
        for text, kind in _within(item, numbered):
            yield mark + text, kind
            mark = ""


def _line(element: Any) -> str:
    """Return the text of a paragraph without notes, comments and text boxes, which stand by themselves."""
    parts = [element.text or ""]
    for child in element.iterchildren(etree.Element):
        if child.tag == _TEXT + "s":
            told = child.get(_TEXT + "c", "1")
            parts.append(" " * min(int(told), MOST_SPACES) if _COUNT.fullmatch(told) else " ")
        elif child.tag == _TEXT + "tab":
            parts.append("\t")
        elif child.tag == _TEXT + "line-break":
            parts.append("\n")
        elif child.tag not in _LEFT_OUT and not child.tag.endswith("}frame"):
            parts.append(_line(child))
        parts.append(child.tail or "")
    return "".join(parts).strip() if element.tag.endswith(("}p", "}h")) else "".join(parts)


def _note(note: Any) -> str:
    sign = (
        "".join(note.find(_TEXT + "note-citation").itertext()) if note.find(_TEXT + "note-citation") is not None else ""
    )
    body = note.find(_TEXT + "note-body")
    text = " ".join("".join(body.itertext()).split()) if body is not None else ""
    return f"{sign} {text}".strip()
