"""Numbers and quotes as Swedish sets them, and how a page was read in words that need no explaining."""

from collections.abc import Mapping

from corpus.records import Method

NARROW = "\u202f"  # a narrow space at which no line is broken


METHODS: Mapping[Method, str] = {
    "layer": "filens egen text",
    "ocr": "tolkad ur bilden (OCR)",
    "restored layer": "filens egen text, rättad",
    "plain": "text",
}


def reason(told: str) -> str:
    """Return why a page was read as it was: what a file brings along is its own text."""
    return told.replace("textlagret: ", "filens egen text: ").replace("textlagret", "filens egen text")


def number(value: float) -> str:
    """Set a number with spaces between thousands: 12 400."""
    return f"{value:,.0f}".replace(",", NARROW)


def percent(share: float) -> str:
    """Set a share as a whole percentage."""
    return f"{100 * share:.0f}{NARROW}%"


def counted(many: int, one: str, several: str) -> str:
    """Set a number with its noun: 1 handling, 2 handlingar."""
    return f"{number(many)} {one if many == 1 else several}"


def quoted(text: str) -> str:
    """Set words as a quote."""
    return f"”{text}”"
