"""What a bench says: tables on stdout, everything else on stderr; and how figures are set."""

import sys
from collections.abc import Callable, Sequence

MEGABYTE = 1 << 20


def say(text: str) -> None:
    """Tell how it goes."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def show(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table: the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    lines = ["  ".join(_set(row[i], widths[i], first=i == 0) for i in range(len(heads))) for row in [heads, *rows]]
    rule = "-" * len(lines[0])
    sys.stdout.write("\n".join([title, rule, lines[0], rule, *(line.rstrip() for line in lines[1:]), "", ""]))
    sys.stdout.flush()


def _set(text: str, width: int, *, first: bool) -> str:
    return text.ljust(width) if first else text.rjust(width)


def beside(figure: float, goal: float, form: Callable[[float], str], *, least: bool = False) -> str:
    """Set a figure, its goal and whether it is met: at most the goal, or at `least` so much."""
    met = figure >= goal if least else figure <= goal
    return f"{form(figure)} ({'≥' if least else '≤'} {form(goal)}) {'ok   ' if met else 'SHORT'}"


def percent(share: float) -> str:
    """Set a share that may be very small."""
    return f"{100 * share:.3f} %"


def signed_percent(share: float) -> str:
    """Set how much more or less something is."""
    return f"{100 * share:+.1f} %"


def times(ratio: float) -> str:
    """Set a ratio."""
    return f"{ratio:.2f}×"


def whole(number: float) -> str:
    """Set a number without decimals."""
    return f"{number:.0f}"


def megabytes(size: float) -> str:
    """Set a number of bytes."""
    return f"{size / MEGABYTE:.1f} MB"
