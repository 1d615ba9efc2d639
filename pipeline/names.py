"""What a file is called in the library: a name that can be shown, stored and sent, whatever its bytes were.

A name on disk is bytes. Those that are no UTF-8 are mostly from an older Windows, and read as its signs; signs that
cannot be seen, or that turn the line around them, are shown by others. Only what is told to people goes through here:
the file itself is always opened by the name it has.
"""

import re
import unicodedata
from pathlib import PurePosixPath

# Controls, what parts lines, what turns the writing's direction, lone surrogates, and what Unicode will never use.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
_PICTURES = 0x2400  # ␀ and those after it show the controls
_DELETE, _DELETE_PICTURE, _UNKNOWN = "\x7f", "\u2421", "\ufffd"
_DRIVE = re.compile(r"[A-Za-z]:")


def printable(text: str) -> str:
    """Return text, a file's name or an error's, as it can be shown on one line: composed, with no sign unseen."""
    try:
        text.encode()
    except UnicodeEncodeError:  # bytes that are no UTF-8, as Python carries them
        text = _read_as_windows(text)
    return _UNSEEN.sub(lambda found: _shown(found[0]), unicodedata.normalize("NFC", text))


def inside(name: str) -> str:
    """Return what a member of an archive is called: its path in it, which can lead nowhere else."""
    parts = PurePosixPath(_DRIVE.sub("", name.replace("\\", "/"), count=1)).parts
    return printable("/".join(part for part in parts if part not in {"/", "//", ".."})) or "namnlös"


def _read_as_windows(text: str) -> str:
    try:
        return text.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    except UnicodeEncodeError:  # other lone surrogates: not from bytes
        return text


def _shown(sign: str) -> str:
    if sign < " ":
        return chr(_PICTURES + ord(sign))
    return _DELETE_PICTURE if sign == _DELETE else _UNKNOWN
