"""Small sound files, one of every format that is read: what the hostile ones are made from."""

import io
import re
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from functools import cache

from PIL import Image, ImageDraw

from tests.pipeline.making import PROSE, drawn_pdf, image_bytes, pdf

HEADLINE = "Interpellation av Karin Alm (S) om kajen i Lövhamn"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" %s/>'
    "</Relationships>"
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
    }.items()
)


def zipped(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name), content, method)  # without the time: the same bytes every time
    return out.getvalue()


def docx(body: str = f"<w:p><w:r><w:t>{HEADLINE}</w:t></w:r></w:p>", before: str = "", **more: str) -> bytes:
    """A Word document with this body; `before` stands before its root, `more` are further parts by their paths."""
    files = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": RELATIONS % ("officeDocument", 'Target="word/document.xml"'),
        "word/document.xml": f'<?xml version="1.0"?>{before}<w:document {W}><w:body>{body}</w:body></w:document>',
    }
    return zipped({**files, **{name.replace("__", "/").replace("_DOT_", "."): text for name, text in more.items()}})


def odt(body: str = f"<text:p>{HEADLINE}</text:p>", before: str = "") -> bytes:
    """An OpenDocument text with this body; `before` stands before its root."""
    content = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
    return zipped(
        {
            "mimetype": ODT_TYPE,
            "content.xml": f'<?xml version="1.0"?>{before}{content}</office:document-content>',
            "styles.xml": f'<?xml version="1.0"?><office:document-styles {ODF}/>',
        }
    )


def rtf(body: str) -> bytes:
    """A Rich Text document with this body."""
    return f"{{\\rtf1\\ansi\\ansicpg1252 {body}}}".encode("latin-1", "replace")


def letter(text: str = PROSE, attached: bytes = b"kajen i hamnen\n" * 9) -> bytes:
    """An e-mail with an attachment."""
    made = EmailMessage()
    made["From"], made["To"] = "Karin Alm <karin.alm@lovhamn.example>", "registrator@lovhamn.example"
    made["Subject"], made["Date"] = HEADLINE, "Mon, 4 Mar 2024 09:00:00 +0100"
    made.set_content(text)
    made.add_attachment(attached, maintype="application", subtype="octet-stream", filename="bilaga.txt")
    made.set_boundary("kajen-och-hamnen")
    return made.as_bytes()


def picture(kind: str) -> bytes:
    """A small page image: two words."""
    image = Image.new("L", (150, 40), 255)
    ImageDraw.Draw(image).text((10, 12), "Kajen i hamnen", fill=0)
    return image_bytes([image, image] if kind == "TIFF" else [image], kind, 72)


def ruled_pdf() -> bytes:
    """A PDF with a ruled table: what pdfplumber is asked for."""
    rows = [["År", "Kronor"], *([str(2015 + n), f"{n} 000"] for n in range(6))]

    def draw(made: "object") -> None:
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                made.rect(60 + 100 * column, 60 + 20 * row, 100, 20)  # type: ignore[attr-defined]
                made.text(66 + 100 * column, 74 + 20 * row, cell)  # type: ignore[attr-defined]

    return drawn_pdf(draw)


def _dateless(made: bytes) -> bytes:
    """The same bytes whenever it was made."""
    for varying in (rb"D:\d{14}", rb"<[0-9A-F]{32}>"):
        made = re.sub(varying, lambda found: re.sub(rb"[0-9A-F](?!:)", b"2", found[0]), made)
    return made


@cache
def sound() -> Mapping[str, bytes]:
    """The files by name, every one of which is read."""
    small = Image.new("L", (120, 60), 255)
    return {
        "prosa.pdf": _dateless(pdf(f"{HEADLINE}\n\n{PROSE}")),
        "tabell.pdf": _dateless(ruled_pdf()),
        "oppen.pdf": _dateless(pdf(PROSE, plain=True)),
        "bild.pdf": _dateless(pdf(images=[small])),
        "brev.docx": docx(),
        "brev.odt": odt(),
        "brev.rtf": rtf(f"{HEADLINE}\\par {PROSE}"),
        "sida.html": f"<!doctype html><html><body><h1>{HEADLINE}</h1><p>{PROSE}</p></body></html>".encode(),
        "brev.eml": letter(),
        "arkiv.zip": zipped({"a.txt": PROSE, "b/c.html": f"<html><p>{PROSE}</p></html>"}),
        "sida.png": picture("PNG"),
        "sida.jpg": picture("JPEG"),
        "sidor.tif": picture("TIFF"),
        "text.txt": f"{HEADLINE}\n\n{PROSE}".encode(),
        "windows.txt": f"{HEADLINE}\n\n{PROSE}".encode("cp1252"),
    }
