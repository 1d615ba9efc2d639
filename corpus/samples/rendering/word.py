"""Sets a source as a Word document with real heading, list and table styles."""

import zipfile
from datetime import datetime
from functools import singledispatch
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK

from corpus.samples.rendering.source import Block, Heading, Listing, PageBreak, Paragraph, Source, Table

DATE = datetime(2025, 1, 1)  # noqa: DTZ001 – the file format has no time zone


def word(source: Source) -> bytes:
    """Return the .docx file."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = source.style.header
    for block in source.blocks:
        _add(block, document)
    properties = document.core_properties
    properties.author = "Lövhamns stad"
    properties.created = properties.modified = DATE
    out = BytesIO()
    document.save(out)
    return _with_fixed_times(out)


@singledispatch
def _add(block: Block, document: Document) -> None:
    raise NotImplementedError(block, document)


@_add.register
def _(block: Heading, document: Document) -> None:
    document.add_heading(block.text, block.level)


@_add.register
def _(block: Paragraph, document: Document) -> None:
    document.add_paragraph("\n".join(block.lines))


@_add.register
def _(block: Listing, document: Document) -> None:
    for item in block.items:
        document.add_paragraph(item, style="List Number" if block.numbered else "List Bullet")


@_add.register
def _(block: Table, document: Document) -> None:
    table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
    for row, texts in zip(table.rows, block.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph()


@_add.register
def _(_block: PageBreak, document: Document) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _with_fixed_times(file: BytesIO) -> bytes:
    """Write the archive anew: its members would otherwise carry the hour of rendering."""
    out = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, DATE.timetuple()[:6])
            new.writestr(member, old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
