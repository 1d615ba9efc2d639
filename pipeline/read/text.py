"""Plain text in any encoding; a form feed begins a new page."""

from charset_normalizer import from_bytes

# The encodings Swedish files come in, the strict ones first: UTF-8 seldom fits by chance.
_ENCODINGS = ("utf-8-sig", "cp1252")


def read(data: bytes) -> list[str]:
    """Return the pages of a text file."""
    return _unix(decode(data)).split("\f")


def decode(data: bytes) -> str:
    """Decode bytes, by their byte order mark, as UTF-8, or by the letters they would give."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    best = from_bytes(data, cp_isolation=["cp1252", "cp850", "cp437", "mac_roman", "latin_1"]).best()
    western = data.decode("cp1252", errors="replace")
    guessed = str(best) if best else western
    return max((western, guessed), key=_swedish_letters)


def _swedish_letters(text: str) -> int:
    """Count å, ä, ö inside words; a wrong decoding puts other signs in their place."""
    return sum(text.count(letter) for letter in "åäöÅÄÖ") - 2 * sum(
        not c.isprintable() and c not in "\t\r\n\f" for c in text
    )


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
