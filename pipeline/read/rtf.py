"""Rich Text Format (.rtf), by striprtf: paragraphs apart, table cells parted by tabs, as one page (as in Word).

striprtf leaves out headers, footers and footnotes; they are cut out and read each as a small document of its own.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.records import PartKind
from pipeline.read.page import PageText, composed

_ASIDE = re.compile(r"\{(?:\\\*)?\\(headerf|headerl|header|footerf|footerl|footer|footnote)\b ?")
_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_HEAD = re.compile(r"\\ansicpg\d+")  # the code page that the whole file is in


def read(file: Path) -> list[PageText]:
    """Return the document as one page, its first header before the text, its footnotes and footer after it."""
    # RTF is ASCII; what is not is in the code page the file names, which striprtf decodes.
    data = file.read_bytes().decode("latin-1")
    aside = list(_aside(data))
    body = _text(data)
    heads, feet, notes = (
        [text for name, text in aside if name.startswith(kind)] for kind in ("header", "footer", "footnote")
    )
    return [composed([*_blocks(heads[:1]), (body, None), *_blocks(notes, "footnote"), *_blocks(feet[:1], "furniture")])]


def _blocks(texts: list[str], kind: PartKind | None = None) -> list[tuple[str, PartKind | None]]:
    return [(text, kind) for text in texts]


def _aside(data: str) -> Iterator[tuple[str, str]]:
    """Yield the headers, footers and footnotes with what they are."""
    page = _HEAD.search(data)
    at = 0
    while match := _ASIDE.search(data, at):
        at = _end_of_group(data, match.end())  # one within it is its own text
        yield match[1], _text(f"{{\\rtf1\\ansi{page[0] if page else ''} {data[match.end() : at]}}}").strip()


def _end_of_group(data: str, start: int) -> int:
    """Return where the group that is open at `start` closes."""
    depth = 1
    for match in _BRACES.finditer(data, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if not depth:
            return match.start()
    return len(data)


def _text(data: str) -> str:
    from striprtf.striprtf import rtf_to_text

    text: str = rtf_to_text(data, errors="replace")  # type: ignore[no-untyped-call]
    lines = [_row(line.rstrip()) for line in text.replace("\u00ad", "").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _row(line: str) -> str:
    """Return a table's row with tabs: striprtf ends every cell of it with a bar."""
    return "\t".join(cell.strip() for cell in line[:-1].split("|")) if line.endswith("|") else line
