"""Plain text in any encoding; a form feed begins a new page."""

import re
from pathlib import Path

from pipeline.read.page import PageText

# The encodings Swedish files come in: the first that gives the fewest odd signs is taken.
_ENCODINGS = ("utf-8-sig", "cp1252", "cp850", "mac_roman")
# What Swedish print does not hold: other letters than its own, a sign between two letters, what could not be decoded.
_ODD = re.compile(r"[^\W\d_a-zA-ZåäöÅÄÖéÉüÜ]|(?<=[^\W\d_])[^\w\s\x00-\x7f’–—\u00ad](?=[^\W\d_])|[\ufffd\x80-\x9f]")


def read(file: Path) -> list[PageText]:
    """Return the pages of a text file."""
    return [PageText(page) for page in _unix(decode(file.read_bytes())).split("\f")]


def decode(data: bytes) -> str:
    """Decode bytes, by their byte order mark, as UTF-8, or by the signs they would give."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return min((data.decode(table, errors="replace") for table in _ENCODINGS), key=_odd_signs)


def _odd_signs(text: str) -> int:
    """Count what a wrong decoding puts in the place of å, ä and ö."""
    return len(_ODD.findall(text))


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
