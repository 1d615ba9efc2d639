"""One file per format: bytes in, pages with text out. Which reader is chosen by the content, never by the name.

To read a new format, add a module with a function `read(data: bytes) -> list[str]` (one text per page) and a line to
`READERS`. A reader raises `Unreadable` for what it cannot read.
"""

from collections.abc import Callable, Mapping

from pipeline.read import html, image, office, pdf, text
from pipeline.read.kinds import DOCX, HTML, JPEG, PDF, PLAIN, PNG, TIFF, media_type

READERS: Mapping[str, Callable[[bytes], list[str]]] = {
    PDF: pdf.read,
    DOCX: office.read,
    HTML: html.read,
    PNG: image.read,
    JPEG: image.read,
    TIFF: image.read,
    PLAIN: text.read,
}

# Formats with a page image behind the text: pages that can be recognised by OCR.
RENDERERS: Mapping[str, Callable[[bytes, int, int], "image.Image"]] = {
    PDF: pdf.render,
    PNG: image.render,
    JPEG: image.render,
    TIFF: image.render,
}

__all__ = ["READERS", "RENDERERS", "media_type"]
