"""Where sources contradict each other: lines that tell one happening with times or figures that cannot all be true.

That the words are alike is not enough: a plan is revised again, a budget is decided each year, a board meets each
month. What makes it ONE happening:

- of times: that it happens to a thing once (`antogs`, `invigdes`) and that a mark says which thing (`2019–2022`,
  `den första`, `etapp 2`, `KF § 130`). One of the two is enough where the times are exact to a season and no more than
  `NEAR` days apart, if the thing is none that comes again (`rapporten`, `budgeten`);
- of figures: the same words of the same time; what is counted as a year goes by (`inkomna anmälningar 2019`) only in
  documents written after it, and not where two boards may each have counted their own; never wishes (`bör`,
  `ska`, `mål`) nor what has changed since a time (`sedan 2015`).

Never two lines that both have their documents' dates (two meetings are two meetings), never where one document tells
both (it knows of two happenings; only of what happens once, to a thing that is marked, it has told in two ways), never
plans and reports of how far something has come (their times move), never what is told only before or after a time,
never where the one names a body or a person that the other does not. Both are quoted and neither is chosen.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from index.figures import differing
from index.happenings import Difference, Entry, Said
from index.holdings import Holding, Source
from index.spans import span_of
from index.telling_same import GOES_BY, TELLS, TELLS_MUCH, Line, Lookup, are_alike, are_set_apart
from index.tellings import Telling

NEAR = 100  # days
MORE, MORE_OF_MARKED = (
    0.4,
    0.6,
)  # the share that the one that tells more may tell beside the other; of what is known by a mark
MOVES = frozenset({"planned", "ongoing", "valid", "met", "reported"})  # kinds that are told anew of another time
EXACT = frozenset({"day", "month", "season"})

Pair = tuple[Line, Line]


def with_differences(lines: Sequence[Line], held: Mapping[int, Holding]) -> list[Entry]:
    """Return the entries of lines, each with what it differs in from others."""
    times, counts = list[Pair](), list[Pair]()
    for one, other in _pairs(lines):
        if _differ_in_time(one, other):
            times.append((one, other))
        elif _differ_in_figures(one, other, held):
            counts.append((one, other))
    found = [(group, Difference("time", _said(group, _time))) for group in _groups(times)]
    found += [(group, Difference("figure", _said(group, _figures_of(group)))) for group in _groups(counts)]
    differs: dict[int, list[Difference]] = {}
    for group, difference in found:
        for line in group:
            differs.setdefault(id(line), []).append(difference)
    return [replace(line.entry, differs=tuple(differs.get(id(line), ()))) for line in lines]


# ---- which lines are compared ----------------------------------------------------------------------------------------


def _pairs(lines: Sequence[Line]) -> Iterator[Pair]:
    """Yield the pairs of lines that may tell one happening: both have a rare word of the one, and a year or a mark."""
    lookup = Lookup()
    for line in lines:
        lookup.add(line, line.told.sentence, (*line.span.years, *sorted(line.told.identity)))
    seen = set[tuple[int, int]]()
    for line in lines:
        years = range(line.span.first.year - 1, line.span.last.year + 2) if line.entry.when.year else ()
        for other in lookup.like(line, line.rare, (*years, *sorted(line.told.identity))):
            pair = (min(id(line), id(other)), max(id(line), id(other)))
            if other is not line and pair not in seen:
                seen.add(pair)
                yield line, other


def _groups(pairs: Iterable[Pair]) -> list[list[Line]]:
    """Return the lines that differ from each other, directly or through others, in order of time."""
    group_of: dict[int, list[Line]] = {}
    for one, other in pairs:
        joined = [*group_of.get(id(one), [one])]
        joined += [line for line in group_of.get(id(other), [other]) if line not in joined]
        group_of |= dict.fromkeys(map(id, joined), joined)
    groups = {id(group): group for group in group_of.values()}
    return [sorted(group, key=_order) for group in groups.values()]


def _order(line: Line) -> tuple[tuple[int, int, int], str, int]:
    first = line.entry.sources[0]
    return line.entry.when.order, first.file, first.page


# ---- what differs ----------------------------------------------------------------------------------------------------


def _differ_in_time(one: Line, other: Line) -> bool:
    if one.entry.kind in MOVES or not one.span.days_to(other.span) or _are_periods(one, other):
        return False
    return not _tell_of_two(one, other) and _is_one_happening(one, other)


def _tell_of_two(one: Line, other: Line) -> bool:
    """Tell whether there may be two happenings: two meetings, a sentence that tells of both, other figures."""
    if not (one.told.tells_time or other.told.tells_time) or one.told.bounded or other.told.bounded:
        return True
    if any(
        a.entry.when.iso in b.told.times or b.entry.when.iso in a.told.times for a in one.joined for b in other.joined
    ):
        return True
    return bool(differing(one.told.figures, other.told.figures))


def _is_one_happening(one: Line, other: Line) -> bool:
    mine, yours = one.told, other.told
    once, marked = bool(mine.acts & yours.acts), bool(mine.identity & yours.identity)
    if bool(mine.acts | yours.acts) != once or (one.documents & other.documents and not (once and marked)):
        return False
    exact = {one.entry.when.precision, other.entry.when.precision} <= EXACT
    near = exact and one.span.days_to(other.span) <= NEAR
    known = marked or not (mine.comes_again or yours.comes_again)
    if not ((once and marked) or (near and known and (once or marked))):
        return False
    least, more = (TELLS, MORE_OF_MARKED) if once and marked else (TELLS if marked else TELLS_MUCH, MORE)
    return _name_the_same(mine, yours) and are_alike(mine.clause, yours.clause, least=least, more=more)


def _differ_in_figures(one: Line, other: Line, held: Mapping[int, Holding]) -> bool:
    mine, yours = one.told, other.told
    if not (one.span.holds(other.span) or other.span.holds(one.span)) or one.documents & other.documents:
        return False
    if _are_periods(one, other) and one.entry.when != other.entry.when:
        return False
    if not differing(mine.figures, yours.figures) or mine.acts != yours.acts or not _name_the_same(mine, yours):
        return False
    if any(told.bounded or told.since or told.wishes for told in (mine, yours)):
        return False
    if one.entry.kind in GOES_BY and not _are_whole(one, other, held):
        return False
    least = TELLS if mine.identity & yours.identity else TELLS_MUCH
    return are_alike(mine.sentence, yours.sentence, least=least, more=MORE)


def _are_periods(*lines: Line) -> bool:
    """Tell whether one of them tells of a period: how long something holds, not when it happened."""
    return any(line.entry.when.precision == "period" for line in lines)


def _name_the_same(one: Telling, other: Telling) -> bool:
    """Tell whether both name the same bodies and persons, and nothing sets their things apart; whose is known."""
    if (one.speaks_of_own or other.speaks_of_own) and "" in one.speakers | other.speakers:
        return False
    strange = (one.names - other.names - other.sentence.keys()) | (other.names - one.names - one.sentence.keys())
    return one.bodies == other.bodies and one.apart == other.apart and not strange and not are_set_apart(one, other)


def _are_whole(one: Line, other: Line, held: Mapping[int, Holding]) -> bool:
    """Tell whether both counted the same: what had passed when they wrote, and not each board its own."""
    if one.told.speakers != other.told.speakers and not one.told.identity & other.told.identity:
        return False
    return all(line.entry.when.precision == "day" or _is_past(line, held) for line in (one, other))


def _is_past(line: Line, held: Mapping[int, Holding]) -> bool:
    written = [held[document].when for document in line.documents if document in held]
    return all(when.year and span_of(when).first > line.span.last for when in written)


# ---- what each says --------------------------------------------------------------------------------------------------


def _said(group: Sequence[Line], what: Callable[[Line], str]) -> tuple[Said, ...]:
    """What each line of a group says, with its sources; those that say the same together."""
    told: dict[str, list[Source]] = {}
    for line in group:
        told.setdefault(what(line), []).extend(line.entry.sources)
    return tuple(Said(words, tuple(dict.fromkeys(sources))) for words, sources in told.items())


def _time(line: Line) -> str:
    return str(line.entry.when)


def _figures_of(group: Sequence[Line]) -> Callable[[Line], str]:
    """Return what tells the figures of a line that lines of its group do not agree on, as they are printed."""
    pairs = (differing(one.told.figures, other.told.figures) for one, other in combinations(group, 2))
    units = {figure.unit for found in pairs for pair in found for figure in pair}
    return lambda line: ", ".join(dict.fromkeys(f.text for f in line.told.figures if f.unit in units))
