"""The days a time may mean, as wide as people use the words: what is outside them cannot be the same time."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from corpus.dates import When

# First and last month of what people call a season; winter is that of either year's turn.
_SEASONS = {21: (1, 6), 22: (5, 9), 23: (8, 12)}
_LATE = 7


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day a time may mean."""

    first: date
    last: date

    @property
    def years(self) -> range:
        """The years it touches."""
        return range(self.first.year, self.last.year + 1)

    def holds(self, other: "Span") -> bool:
        """Tell whether another span lies within this one."""
        return self.first <= other.first and other.last <= self.last

    def days_to(self, other: "Span") -> int:
        """Return how many days part two spans: 0 where they meet."""
        return max(0, (max(self.first, other.first) - min(self.last, other.last)).days)


def span_of(when: When) -> Span:
    """Return the days a time may mean; of none at all, a span that holds no other."""
    year = when.year
    if year is None:
        return Span(date.max, date.max)
    if when.until is not None:
        return Span(date(year, 1, 1), date(when.until, 12, 31))
    if when.month is not None:
        first, last = (when.day, when.day) if when.day else (1, monthrange(year, when.month)[1])
        return Span(date(year, when.month, first), date(year, when.month, last))
    if when.season in _SEASONS:
        begins, ends = _SEASONS[when.season]
        return Span(date(year, begins, 1), date(year, ends, monthrange(year, ends)[1]))
    if when.season is not None:
        return Span(date(year - 1, 11, 1), date(year + 1, 3, 31))
    return Span(date(year, _LATE if when.late else 1, 1), date(year, 12, 31))
