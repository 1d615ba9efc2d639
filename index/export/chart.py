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
MOST_YEAR_LABELS, MOST_YEARS_IN_QUARTERS = 18, 2
QUARTERS = ("jan–mar", "apr–jun", "jul–sep", "okt–dec")
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


@dataclass(frozen=True, slots=True)
class Label:
    """A year on the axis, or where there are few a quarter: where it begins, and where its words stand, if it has any.

    Not all are named where they are many.
    """

    year: int
    words: str
    x: float
    middle: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A timeline laid out in a width of `WIDTH`: the years it shows, where its axis and the bars under it stand.

    A mark's `y` counts from the axis, a bar's from `top`; the key stands at the foot of `height`.
    """

    first: int
    last: int
    axis: int
    top: int
    height: int
    labels: list[Label]
    marks: list[Mark]
    bars: list[Bar]
    description: str


def to_svg(found: Trace) -> bytes:
    """Return the picture with its list of events, a file that stands by itself."""
    return draw(found, listed=True).encode()


def draw(found: Trace, *, listed: bool = False, linked: bool = False) -> str:
    """Return the picture as SVG: `listed` with the events in words below, `linked` with a link to each in the page."""
    picture = lay_out(found.events, above=36 if listed else 14)
    lines = list(_lines(found.events)) if listed else []
    return environment().get_template("timeline.svg").render(
        title=f"Tidslinje: {found.topic}",
        description=picture.description,
        width=WIDTH,
        height=picture.height + len(lines) * LINE + (20 if lines else 0),
        margin=MARGIN,
        axis=picture.axis,
        top=picture.top,
        key=picture.height - 8,
        under=picture.height + 18,
        spacing=LINE,
        years=[(label.words, label.x, label.middle) for label in picture.labels],
        marks=picture.marks,
        bars=picture.bars,
        lines=lines,
        linked=linked,
        listed=listed,
    )  # fmt: skip


def lay_out(
    events: Sequence[Entry], first: int | None = None, last: int | None = None, *, above: int = 14
) -> Picture:  # fmt: skip
    """Return where everything stands in a picture of what happened from the year `first` to `last`.

    Where no years are given they are those of the events; `above` is the room over the highest mark.
    """
    scale = _Scale(events, first, last)
    marks, height = _marks(events, scale)
    bars, depth = _bars(events, scale)
    axis = height + above
    top = axis + 30
    return Picture(
        scale.first, scale.last - 1, axis, top, top + depth + (30 if bars else 8), scale.labels, marks, bars,
        _description(events),
    )  # fmt: skip


class _Scale:
    """Where the years stand, from left to right."""

    def __init__(self, events: Sequence[Entry], first: int | None, last: int | None) -> None:
        years = [year for e in events for year in (e.when.year, e.when.until) if year]
        self.first = first if first is not None else min([*years, *([last] if last else [])], default=0)
        self.last = max(self.first, last if last is not None else max(years, default=0)) + 1

    def x(self, year: float) -> float:
        """Return where a year, with a fraction, stands; what lies outside stands at the edge."""
        within = min(max(year, self.first), self.last)
        return round(MARGIN + (within - self.first) / (self.last - self.first) * (WIDTH - 2 * MARGIN), 1)

    def shows(self, first: int, last: int) -> bool:
        """Tell whether any of these years is in the picture."""
        return first < self.last and last >= self.first

    @property
    def labels(self) -> list[Label]:
        """The labels of the axis, in order."""
        if not self.first:
            return []
        if self.last - self.first <= MOST_YEARS_IN_QUARTERS:
            return [
                Label(
                    year, f"{year} {QUARTERS[quarter]}", self.x(year + quarter / 4), self.x(year + quarter / 4 + 0.125)
                )
                for year in range(self.first, self.last)
                for quarter in range(4)
            ]
        every = -(-(self.last - self.first) // MOST_YEAR_LABELS)
        return [
            Label(year, str(year) if (year - self.first) % every == 0 else "", self.x(year), self.x(year + every / 2))
            for year in range(self.first, self.last)
        ]


def _marks(events: Sequence[Entry], scale: _Scale) -> tuple[list[Mark], int]:
    """Each event that is no span of years, stacked where several fall on one spot, and how high that becomes."""
    placed: dict[int, int] = {}
    spots = []
    for number, entry in enumerate(events, start=1):
        if entry.when.year and entry.when.until is None and scale.shows(entry.when.year, entry.when.year):
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
        if entry.when.year and entry.when.until and scale.shows(entry.when.year, entry.when.until):
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
