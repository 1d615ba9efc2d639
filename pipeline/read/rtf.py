"""Rich Text Format (.rtf), by striprtf: paragraphs apart, table cells parted by tabs, as one page (as in Word)."""

import re
from pathlib import Path

from corpus.errors import Unreadable
from pipeline.read.page import PageText

_SOFT_HYPHEN = "\u00ad"


def read(file: Path) -> list[PageText]:
    """Return the document as one page."""
    from striprtf.striprtf import rtf_to_text

    try:
        # RTF is ASCII; what is not is in the code page the file names, which striprtf decodes.
        text: str = rtf_to_text(file.read_bytes().decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    except Exception as error:
        raise Unreadable(
            "damaged", f"RTF-filen går inte att läsa: {error}", "Öppna den i Word och spara om den."
        ) from error
    lines = [_row(line) if "|" in line else line.rstrip() for line in text.replace(_SOFT_HYPHEN, "").split("\n")]
    return [PageText(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n")]


def _row(line: str) -> str:
    """Return a table's row, which striprtf ends every cell of with a bar."""
    return (
        "\t".join(cell.strip() for cell in line.rstrip().removesuffix("|").split("|"))
        if line.rstrip().endswith("|")
        else line
    )
