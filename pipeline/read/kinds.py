"""What a file really is, told from its first bytes; the name is not asked."""

import io
import zipfile

from corpus.errors import Unreadable

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
PLAIN = "text/plain"

_SIGNATURES = {b"\x89PNG\r\n": PNG, b"\xff\xd8\xff": JPEG, b"II*\x00": TIFF, b"MM\x00*": TIFF}


def media_type(data: bytes) -> str:
    """Return the media type of a file's bytes. Raises Unreadable for an empty or unknown file."""
    if not data.strip(b"\x00 \t\r\n"):
        raise Unreadable("empty", "Filen är tom.", "Hämta filen på nytt från källan.")
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            return kind
    if _is_text(data):
        start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return HTML if start.startswith((b"<!doctype html", b"<html", b"<?xml")) and b"<html" in start else PLAIN
    raise Unreadable(
        "unknown",
        "Filen är av ett slag som aktspar inte läser.",
        "Öppna den i sitt program, spara som PDF och lägg in den.",
    )


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("damaged", "Filen är skadad.", "Hämta filen på nytt från källan.") from error
    if "word/document.xml" in names:
        return DOCX
    raise Unreadable("unknown", "Arkivet är inget Word-dokument.", "Packa upp det och lägg in filerna i det.")


def _is_text(data: bytes) -> bool:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in data[:8192] and sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in data[:8192]) < 8
