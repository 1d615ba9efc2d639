"""What a file really is, told from its first bytes; the name is not asked."""

import re
import zipfile
from pathlib import Path

from corpus.errors import Unreadable
from pipeline.read.guard import guarded

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
HTML = "text/html"
MAIL = "message/rfc822"
ZIP = "application/zip"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
PLAIN = "text/plain"

_SIGNATURES = {
    b"\x89PNG\r\n": PNG,
    b"\xff\xd8\xff": JPEG,
    b"II*\x00": TIFF,
    b"MM\x00*": TIFF,
    b"II+\x00": TIFF,
    b"MM\x00+": TIFF,
    b"{\\rtf": RTF,
}
LOOKED_AT = 8192  # bytes
LONGEST_TYPE = 100  # bytes
_HTML = re.compile(rb"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
# Three header lines, one of them of those every letter has.
_MAIL = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*){3}")
_MAIL_HEADER = re.compile(
    rb"^(?:from|to|date|subject|received|message-id|mime-version|return-path):", re.IGNORECASE | re.MULTILINE
)


def media_type(file: Path) -> str:
    """Return the media type of a file. Raises Unreadable for an empty or unknown one."""
    with file.open("rb") as data:
        start = data.read(LOOKED_AT)
    if not start.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("empty", "Filen är tom.", "Hämta filen på nytt från källan.")
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(file)
    for signature, kind in _SIGNATURES.items():
        if start.startswith(signature):
            return kind
    if is_mail(start):
        return MAIL
    if b"%PDF-" in start[:1024]:  # a few bytes may stand before it; what may hold a PDF has been told above
        return PDF
    if is_text(start):
        return HTML if _HTML.search(start[:2048]) and start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else PLAIN
    raise Unreadable(
        "unknown",
        "Filen är av ett slag som aktspar inte läser.",
        "Öppna den i sitt program, spara som PDF och lägg in den.",
    )


def is_mail(start: bytes) -> bool:
    """Tell whether a file that begins so is an e-mail."""
    start = start.replace(b"\r\n", b"\n")
    head = _MAIL.match(start)
    return bool(head) and len(_MAIL_HEADER.findall(start.partition(b"\n\n")[0])) >= 3


def _zipped(file: Path) -> str:
    with guarded("Filen", "Hämta filen på nytt från källan."), zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        named = ""
        if "mimetype" in names:
            with archive.open("mimetype") as told:
                named = told.read(LONGEST_TYPE).decode("ascii", "replace")
    if "word/document.xml" in names:
        return DOCX
    if named.startswith(ODT):
        return ODT
    if "[Content_Types].xml" in names or named:
        raise Unreadable(
            "unknown", "Filen är ett kalkylblad eller en presentation.", "Spara den som PDF och lägg in den."
        )
    return ZIP


def is_text(data: bytes) -> bool:
    """Tell whether bytes are text, in whatever encoding."""
    start = data[:LOOKED_AT]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in start and sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in start) < 8
