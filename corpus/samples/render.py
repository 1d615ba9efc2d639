"""Renders the sample corpus: every file of `sources/` becomes one of `documents/`, the same bytes every time.

Run it as `python -m corpus.samples.render` from the project's root, with the development requirements
installed; `python -m corpus.samples.render 06 17` renders only the sources whose names begin so. It needs the
Liberation fonts and, for the two broken text layers, Tesseract with its English data.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from corpus.samples.rendering.fonts import FontsMissingError
from corpus.samples.rendering.pdf import pdf
from corpus.samples.rendering.plain import plain
from corpus.samples.rendering.scan import broken, scan
from corpus.samples.rendering.source import Render, Source, read_source
from corpus.samples.rendering.web_page import web_page
from corpus.samples.rendering.word import word

HERE = Path(__file__).parent
RENDERERS: dict[Render, Callable[[Source], bytes]] = {
    "pdf": pdf,
    "scan": scan,
    "broken": broken,
    "docx": word,
    "html": web_page,
    "txt": plain,
}


def render(path: Path) -> Path:
    """Render one source and return where the document was written."""
    source = read_source(path)
    target = HERE / "documents" / source.style.file
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(RENDERERS[source.style.render](source))
    return target


def main(wanted: tuple[str, ...]) -> int:
    """Render the wanted sources, or all; return the exit code (3: something needed is missing)."""
    for path in sorted((HERE / "sources").glob("*.txt")):
        if wanted and not path.name.startswith(wanted):
            continue
        try:
            target = render(path)
        except FontsMissingError as missing:
            sys.stderr.write(f"{missing}\n")
            return 3
        except FileNotFoundError as missing:
            sys.stderr.write(f"{missing}\nIs Tesseract installed? apt-get install tesseract-ocr\n")
            return 3
        sys.stderr.write(f"{path.name} -> {target.name} ({target.stat().st_size // 1024} kB)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
