"""Numbers and quotes as Swedish sets them."""

NARROW = "\u202f"  # a narrow space at which no line is broken


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
