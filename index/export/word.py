"""A matter as a Word file (.docx): a report that an office can send as it is, made from a template that it can edit.

The template is the library's own, `templates/rapport.docx` in its folder, else the one that comes with the program.
Notes are true footnotes: docxtpl puts the references in, and their texts are added to the file's footnotes afterwards.
"""

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from corpus.errors import WrongUse
from index.export.pdf import picture_png
from index.export.report import Words, contents, note_text
from index.export.templates import read
from index.trace import Trace

TEMPLATE = "rapport.docx"
PICTURE_MILLIMETRES = 160
ALT_TEXT = "Tidslinje i bild. Samma händelser står i ord under rubriken Tidslinje."
FIRST_NOTE = 1000  # above the numbers of footnotes that an office's template may have of its own
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NO_FOOTNOTES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes xmlns:w="{_W}">'
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
    "</w:footnotes>"
).encode()
_REFERENCE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{id}"/></w:r>'
_COMMA = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>,</w:t></w:r>'
_NOTE = (
    f'<w:footnote xmlns:w="{_W}" w:id="{{id}}"><w:p><w:pPr><w:pStyle w:val="{{style}}"/></w:pPr>'
    '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
)


def to_docx(found: Trace, home: Path | None = None) -> bytes:
    """Return the report. Raises WrongUse where the office's own template cannot be used."""
    from docx.shared import Mm
    from docxtpl import DocxTemplate, InlineImage

    template = own_template(home)
    notes: dict[int, str] = {}
    words = _with_references(contents(found), notes)
    out = io.BytesIO()
    try:
        report = DocxTemplate(template or io.BytesIO(read(TEMPLATE)))
        picture = InlineImage(report, io.BytesIO(picture_png(found)), width=Mm(PICTURE_MILLIMETRES))
        filled = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)  # the template may be anybody's
        report.render({**words, "bild": picture if found.events else ""}, filled, autoescape=True)
        report.docx.core_properties.created = report.docx.core_properties.modified = datetime.now(UTC)
        _describe_pictures(report.docx)
        _add_notes(report.docx, notes)
        report.save(out)
    except Exception as error:
        if template is None:
            raise
        raise WrongUse(
            f"Mallen {template} går inte att använda: {error}",
            "Rätta den i Word (docs/export.md visar fälten), eller flytta undan den så används programmets egen.",
        ) from error
    return out.getvalue()


def own_template(home: Path | None) -> Path | None:
    """Return the office's own template, where it has one."""
    path = home / "templates" / TEMPLATE if home else None
    return path if path and path.is_file() else None


def _with_references(words: Any, notes: dict[int, str]) -> Any:
    """Return the same words with every list of notes as references to footnotes, whose texts are put in `notes`."""
    if isinstance(words, Mapping):
        return {
            key: _references(value, notes) if key == "noter" else _with_references(value, notes)
            for key, value in words.items()
        }
    if isinstance(words, list):
        return [_with_references(item, notes) for item in words]
    return words


def _references(cited: Iterable[Words], notes: dict[int, str]) -> Markup:
    made = []
    for note in cited:
        number = FIRST_NOTE + len(notes)
        notes[number] = note_text(note)
        made.append(_REFERENCE.format(id=number))
    return Markup(_COMMA.join(made))  # noqa: S704  built above from numbers alone


def _describe_pictures(document: Any) -> None:
    """Say in words what the picture shows, for those who listen to the report."""
    for shape in document.inline_shapes:
        described = shape._inline.docPr  # noqa: SLF001  python-docx has no other way to it
        described.set("descr", described.get("descr") or ALT_TEXT)


def _add_notes(document: Any, notes: Mapping[int, str]) -> None:
    """Put the texts of the notes that the template shows among the file's footnotes."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    part = next((r.target_part for r in document.part.rels.values() if r.reltype == RELATIONSHIP_TYPE.FOOTNOTES), None)
    if part is None:
        part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, NO_FOOTNOTES, document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    footnotes = parse_xml(part.blob)
    style = next((one.style_id for one in document.styles if one.name == "footnote text"), "Normal")
    for reference in document.element.body.iter(f"{{{_W}}}footnoteReference"):
        number = int(reference.get(f"{{{_W}}}id"))
        if number in notes:
            footnotes.append(parse_xml(_NOTE.format(id=number, style=style, text=escape(notes[number]))))
    part._blob = serialize_part_xml(footnotes)  # noqa: SLF001  a part of a kind python-docx does not know
