"""Reads one source of the sample corpus: a TOML header between `+++` lines, then a body in a light markup.

The markup knows headings (`#`), paragraphs (a line is a line: breaks inside a paragraph are kept), bullet and
numbered lists, tables of `|` rows and `---` alone on a line for a page break. All else is text as it stands.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Render = Literal["pdf", "scan", "broken", "docx", "html", "txt"]
NUMBERED = re.compile(r"(\d+)\. ")


@dataclass(frozen=True, slots=True)
class Style:
    """How a source is to be rendered; which of the keys matter depends on `render`."""

    file: str
    render: Render
    font: str = "serif"
    header: str = ""
    header_right: str = ""
    footer: str = ""
    bullet: str = "•"
    dpi: int = 200
    skew: float = 0.0
    seed: int = 0
    encoding: str = "utf-8"
    newline: Literal["lf", "crlf"] = "lf"
    width: int = 78
    bare_vowels: bool = False
    normal_form: Literal["NFC", "NFD"] = "NFC"
    page_title: str = ""
    menu: tuple[str, ...] = ()
    crumbs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the document's title."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, line by line: one line is running text, several are lines meant as lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; numbered lists are numbered from one."""

    numbered: bool
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row is its head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Where a new page begins, in the formats that have pages."""


Block = Heading | Paragraph | Listing | Table | PageBreak


@dataclass(frozen=True, slots=True)
class Source:
    """One document to render: how, and what."""

    style: Style
    blocks: tuple[Block, ...]


def read_source(path: Path) -> Source:
    """Read a source file; an unknown header key is an error, so that a slip of the pen is not passed over."""
    _, header, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    keys: dict[str, Any] = {key: _fixed(value) for key, value in tomllib.loads(header).items()}
    chunks = re.split(r"\n\s*\n", body.strip())
    return Source(Style(**keys), tuple(_block(chunk) for chunk in chunks))


def _fixed(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _block(chunk: str) -> Block:
    lines = tuple(chunk.splitlines())
    if chunk == "---":
        return PageBreak()
    if chunk.startswith("#"):
        marks, text = chunk.split(" ", 1)
        return Heading(len(marks), text)
    if chunk.startswith("|"):
        return Table(tuple(_cells(line) for line in lines))
    if chunk.startswith("- "):
        return Listing(numbered=False, items=tuple(line.removeprefix("- ") for line in lines))
    if NUMBERED.match(chunk):
        return Listing(numbered=True, items=tuple(NUMBERED.sub("", line, count=1) for line in lines))
    return Paragraph(lines)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def marks(listing: Listing, bullet: str) -> tuple[tuple[str, str], ...]:
    """Return the items of a list, each with the mark that stands before it."""
    return tuple((f"{n}." if listing.numbered else bullet, item) for n, item in enumerate(listing.items, 1))
