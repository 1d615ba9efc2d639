"""The picture of a timeline (.svg): what happened above the years, what held for several years below them.

Every mark has a number, the same as in the list of events, so that the picture also says something on paper. A time no
more exact than a season or a year stands in the middle of it and is hollow: the picture knows no more than the source.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.vocabulary import kind_titles
from index.export.templates import environment
from index.happenings import Entry
from index.trace import Trace
from index.words import ACTION_TITLES

WIDTH, MARGIN = 760, 24  # at 17 cm across, a number is printed in 7 points
STEP = 21  # from one mark to the next beside or above it
MOST_YEAR_LABELS = 18
LINE, LINE_LETTERS, MOST_LINES = 17, 104, 2  # of the list under the picture
BAR, BAR_LETTER = 16, 6
_SEASON_MIDDLES = {21: 3.5, 22: 6.5, 23: 9.5, 24: 11.5}


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in the picture: `sort` is plan, other or document; `exact` where its month is known."""

    number: int
    x: float
    y: float
    sort: str
    exact: bool
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of years in the picture."""

    x: float
    y: float
    width: float
    words: str


def to_svg(found: Trace) -> bytes:
    """Return the picture with its list of events, a file that stands by itself."""
    return draw(found, listed=True).encode()


def draw(found: Trace, *, listed: bool = False, linked: bool = False) -> str:
    """Return the picture as SVG: `listed` with the events in words below, `linked` with a link to each in the page."""
    scale = _Scale(found.events)
    marks, height = _marks(found.events, scale)
    bars, depth = _bars(found.events, scale)
    axis = height + 36 if listed else height + 14
    top = axis + 30
    lines = list(_lines(found.events)) if listed else []
    under = top + depth + (30 if bars else 8)
    return environment().get_template("timeline.svg").render(
        title=f"Tidslinje: {found.topic}",
        description=_description(found.events),
        width=WIDTH,
        height=under + len(lines) * LINE + (20 if lines else 0),
        margin=MARGIN,
        axis=axis,
        top=top,
        key=under - 8,
        under=under + 18,
        spacing=LINE,
        years=scale.labels,
        marks=marks,
        bars=bars,
        lines=lines,
        linked=linked,
        listed=listed,
    )  # fmt: skip


class _Scale:
    """Where the years stand, from left to right."""

    def __init__(self, events: Sequence[Entry]) -> None:
        years = [year for e in events for year in (e.when.year, e.when.until) if year]
        self.first = min(years, default=0)
        self.last = max(years, default=0) + 1

    def x(self, year: float) -> float:
        return round(MARGIN + (year - self.first) / (self.last - self.first) * (WIDTH - 2 * MARGIN), 1)

    @property
    def labels(self) -> list[tuple[str, float, float]]:
        """Each year's label, where the year begins and where its middle is; not all are named where they are many."""
        every = -(-(self.last - self.first) // MOST_YEAR_LABELS)
        return [
            (str(year) if (year - self.first) % every == 0 else "", self.x(year), self.x(year + every / 2))
            for year in range(self.first, self.last)
            if self.first
        ]


def _marks(events: Sequence[Entry], scale: _Scale) -> tuple[list[Mark], int]:
    """Each event that is no span of years, stacked where several fall on one spot, and how high that becomes."""
    placed: dict[int, int] = {}
    spots = []
    for number, entry in enumerate(events, start=1):
        if entry.when.year and entry.when.until is None:
            column = round(scale.x(_middle(entry)) / STEP)
            placed[column] = placed.get(column, 0) + 1
            spots.append((number, column, placed[column], entry))
    height = max(placed.values(), default=0) * STEP
    marks = [
        Mark(number, min(max(column * STEP, MARGIN), WIDTH - MARGIN), -row * STEP + 6, _sort(entry),
             entry.when.precision in {"day", "month"}, in_words(entry))
        for number, column, row, entry in spots
    ]  # fmt: skip
    return marks, height


def _middle(entry: Entry) -> float:
    """The middle of the time an event is known to lie in, as a year with a fraction."""
    when, year = entry.when, entry.when.year or 0
    if when.month:
        return year + (when.month - 1 + ((when.day or 15) - 1) / 31) / 12
    if when.season:
        return year + _SEASON_MIDDLES[when.season] / 12
    return year + (0.9 if when.late else 0.5)


def _sort(entry: Entry) -> str:
    if entry.kind in kind_titles():
        return "document"
    return "plan" if entry.about_plan else "other"


def _bars(events: Sequence[Entry], scale: _Scale) -> tuple[list[Bar], int]:
    """Each span of years once, in as few rows as they fit in, and how deep that becomes."""
    spans: dict[tuple[int, int], list[int]] = {}
    for number, entry in enumerate(events, start=1):
        if entry.when.year and entry.when.until:
            spans.setdefault((entry.when.year, entry.when.until), []).append(number)
    ends: list[int] = []
    bars = []
    for (first, last), numbers in sorted(spans.items()):
        row = next((i for i, end in enumerate(ends) if end < first), len(ends))
        ends[row : row + 1] = [last]
        start, end = scale.x(first), scale.x(last + 1)
        words = f"{first}–{last} ({', '.join(map(str, numbers))})"
        if len(words) * BAR_LETTER > end - start:
            words = f"{first}–{last}"
        bars.append(Bar(start + 1, row * (BAR + 4), end - start - 2, words))
    return bars, len(ends) * (BAR + 4)


def in_words(entry: Entry) -> str:
    """An event in one line: when, what kind, what."""
    return f"{entry.when} · {ACTION_TITLES.get(entry.kind, entry.kind)} · {' '.join(entry.text.split())}"


def _description(events: Sequence[Entry]) -> str:
    if not events:
        return "Inga händelser hittades."
    return f"{len(events)} händelser från {events[0].when} till {events[-1].when}: " + "; ".join(map(in_words, events))


def _lines(events: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """The events in words with their first source, broken into lines; only an event's first line has its number."""
    for number, entry in enumerate(events, start=1):
        said = f" ({entry.sources[0].file}, s.\N{NO-BREAK SPACE}{entry.sources[0].page})"
        said += " – uppgifterna skiljer sig" if entry.differs else ""
        words = in_words(entry)
        most = max(LINE_LETTERS * MOST_LINES - len(said) - 8, 60)
        shown = words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
        for i, line in enumerate(textwrap.wrap(shown + said, LINE_LETTERS, break_on_hyphens=False)):
            yield str(number) if i == 0 else "", line
