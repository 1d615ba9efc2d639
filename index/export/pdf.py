"""A matter as a report to print or to send (.pdf), set by Typst from templates/rapport.typ."""

from collections.abc import Callable

import msgspec

from index.export.chart import draw
from index.export.report import contents
from index.export.templates import read
from index.trace import Trace

DOTS_PER_INCH = 220


def to_pdf(found: Trace) -> bytes:
    """Return the report as a PDF that a screen reader can follow: headings, tables and the picture are tagged."""
    words = msgspec.json.encode(contents(found))
    files = {"main": read("rapport.typ"), "innehall.json": words, "tidslinje.svg": draw(found).encode()}
    try:
        return _set(files, format="pdf", pdf_standards="ua-1")
    except RuntimeError:  # a quote has a sign that no font here can show, which the standard does not allow
        return _set(files, format="pdf")


def picture_png(found: Trace) -> bytes:
    """Return the picture of the timeline as PNG, for what cannot hold SVG."""
    files = {"main": read("tidslinje.typ"), "tidslinje.svg": draw(found).encode()}
    return _set(files, format="png", ppi=DOTS_PER_INCH)


def _set(files: dict[str, bytes], **how: object) -> bytes:
    """Let Typst set the file `main`; it reads the others and nothing else."""
    import typst

    compiled: Callable[..., bytes] = typst.compile  # its types do not know that it takes files by name
    return compiled(files, **how)
