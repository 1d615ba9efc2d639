"""A trace as one web page that works offline: a picture of the timeline, and everything found with its quotes."""

from collections.abc import Callable, Sequence
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined

from index.timeline import Entry
from index.trace import Trace
from index.words import ACTION_TITLES, GRADE_TITLES

WIDTH, HEIGHT, MARGIN = 920, 132, 34


def to_html(found: Trace) -> str:
    """Return the trace as a self-contained page in Swedish."""
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("trace.html")
    return page.render(found=found, picture=_picture(found.events), actions=ACTION_TITLES, grades=GRADE_TITLES)


def _template(name: str) -> str:
    return (resources.files("index.export") / "templates" / name).read_text(encoding="utf-8")


def _picture(entries: Sequence[Entry]) -> dict[str, object]:
    """Where years, events and periods stand in the picture of the timeline (SVG units)."""
    dated = [entry for entry in entries if entry.when.year]
    if not dated:
        return {}
    first = min(entry.when.year or 0 for entry in dated)
    last = max(max(entry.when.until or 0, entry.when.year or 0) for entry in dated) + 1

    def x(year: float) -> float:
        return round(MARGIN + (year - first) / (last - first) * (WIDTH - 2 * MARGIN), 1)

    return {
        "width": WIDTH,
        "height": HEIGHT,
        "margin": MARGIN,
        "years": [(year, x(year)) for year in range(first, last + 1)],
        "points": _points(dated, x),
        "bars": sorted({(x(e.when.year or 0), x((e.when.until or 0) + 1), str(e.when)) for e in dated if e.when.until}),
    }


def _points(dated: Sequence[Entry], x: Callable[[float], float]) -> list[tuple[float, int, bool, str]]:
    """Each event as (x, y, about the plan, words), stacked where several fall on one spot."""
    taken: dict[float, int] = {}
    points = []
    for entry in dated:
        if entry.when.until is None:
            at = x(
                (entry.when.year or 0) + (entry.when.order[1] - 0.5) / 12
                if entry.when.order[1]
                else entry.when.year or 0
            )
            spot = round(at / 9) * 9
            taken[spot] = taken.get(spot, 0) + 1
            points.append((at, 78 - 9 * min(taken[spot], 7), entry.about_plan, f"{entry.when}: {entry.text}"))
    return points
