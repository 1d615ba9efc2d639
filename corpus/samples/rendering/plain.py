"""Sets a source as plain text, as such files arrive: old encodings, lost dots, decomposed letters."""

import textwrap
import unicodedata
from functools import singledispatch

from corpus.samples.rendering.source import (
    Block,
    Heading,
    Listing,
    PageBreak,
    Paragraph,
    Source,
    Table,
    marks,
)

BARE = str.maketrans("åäöÅÄÖé", "aaoAAOe")
NEWLINES = {"lf": "\n", "crlf": "\r\n"}


def plain(source: Source) -> bytes:
    """Return the text file."""
    style = source.style
    text = "\n\n".join(_text(block, style.width) for block in source.blocks) + "\n"
    if style.bare_vowels:
        text = text.translate(BARE)
    text = unicodedata.normalize(style.normal_form, text).replace("\n", NEWLINES[style.newline])
    return text.encode(style.encoding)


def _wrapped(line: str, width: int, indent: str = "") -> str:
    if not width:
        return line
    rows = textwrap.wrap(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(rows)


@singledispatch
def _text(block: Block, width: int) -> str:
    raise NotImplementedError(block, width)


@_text.register
def _(block: Heading, width: int) -> str:
    return _wrapped(block.text, width)


@_text.register
def _(block: Paragraph, width: int) -> str:
    return "\n".join(_wrapped(line, width) for line in block.lines)


@_text.register
def _(block: Listing, width: int) -> str:
    return "\n".join(_wrapped(f"{mark} {item}", width, "   ") for mark, item in marks(block, "-"))


@_text.register
def _(block: Table, _width: int) -> str:
    return "\n".join("\t".join(row) for row in block.rows)


@_text.register
def _(_block: PageBreak, _width: int) -> str:
    return "\f"
