"""Which lines of a timeline tell the same happening: they become one line with all their sources.

Two lines of one kind are one happening where their times can both be true (`2019`, `juni 2019`, `3 juni 2019`), their
figures too, nothing marks them as two (another period, ordinal, number, body or name), and they tell nearly the same
in the words by their time. The most exact dates the line. What fits two lines of different times is given to neither.

Lines are compared only with those that have a rare telling word and a year in common.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, product

from rapidfuzz import fuzz

from corpus.swedish.likeness import kinship
from index.figures import can_agree
from index.happenings import Entry
from index.holdings import Holding
from index.spans import Span, span_of
from index.tellings import Telling, telling_of

SAME = 88  # likeness (0–100) from which two sentences about the same time tell the same
LEFT, HEAVY = 0.15, 0.3  # of what one line tells, the share and the weight of a word that another may lack
MORE = 0.5  # the share that the one that tells more may tell beside it
TELLS, TELLS_MUCH = 0.3, 0.5  # what a line must tell to be known: with a mark or an act, and by its words alone
RARE_WORDS, BEGINNING = 3, 7  # words by which a line is looked up, and how many of their letters
# Kinds of which there are many of one kind in a year: of such only the same words are the same.
GOES_BY = frozenset({"happened", "ongoing", "met", "reported", "submitted", "inspected"})
_EXACTNESS = ("day", "month", "season", "year", "period", "unknown")

Words = Mapping[str, float]


@dataclass(slots=True, eq=False)
class Line:
    """A line with what it tells and the days it may mean.

    `rare` are its telling words that fewest other lines have; `joined` are the lines that tell the same, itself first.
    """

    entry: Entry
    told: Telling
    span: Span
    rare: tuple[str, ...] = ()
    joined: list["Line"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.joined.append(self)

    @property
    def documents(self) -> frozenset[int]:
        """The documents that tell it."""
        return frozenset(source.document for source in self.entry.sources)


class Lookup:
    """Lines by their kind, one of their words and one of their keys (a year, a mark)."""

    def __init__(self) -> None:
        self._held: dict[Hashable, list[Line]] = defaultdict(list)

    def add(self, line: Line, words: Iterable[str], keys: Iterable[Hashable]) -> None:
        """Let a line be found by any of these words with any of these keys; one without words by the keys alone."""
        for word, key in product(_beginnings(words), keys):
            self._held[line.entry.kind, word, key].append(line)

    def like(self, line: Line, words: Iterable[str], keys: Iterable[Hashable]) -> Iterator[Line]:
        """Yield the lines of its kind that can be found so."""
        for word, key in product(_beginnings(words), keys):
            yield from self._held.get((line.entry.kind, word, key), ())


def _beginnings(words: Iterable[str]) -> Collection[str]:
    """The beginnings of some stems, which the forms of a word have in common where its stems do not."""
    return dict.fromkeys(word[:BEGINNING] for word in words) or ("",)


def lines_of(entries: Iterable[Entry], held: Mapping[int, Holding]) -> list[Line]:
    """Return entries that tell events as lines to compare, each happening once."""
    lines = [Line(entry, telling_of(entry, held), span_of(entry.when)) for entry in entries]
    _find_rare(lines)
    kept: dict[int, Line] = {}  # by each line that is joined to it
    by_words, by_rare = Lookup(), Lookup()
    for line in sorted(lines, key=_fullness):
        years = line.span.years
        near = chain(by_words.like(line, line.rare, years), by_rare.like(line, line.told.clause, years))
        ones = {id(one): one for one in (kept[id(other)] for other in near)}.values()
        one = _the_one([one for one in ones if _fits(line, one)], line)
        kept[id(line)] = one or line
        if one is not None:
            one.entry = with_sources(one.entry, line.entry)
            one.joined.append(line)
        by_words.add(line, line.told.clause, years)
        by_rare.add(line, line.rare, years)
    return [line for line in lines if kept[id(line)] is line]


def joined_documents(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries that are documents, those of one kind, time and name once."""
    held: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        alike = held[entry.kind, entry.when.iso]
        at = next((i for i, other in enumerate(alike) if _same_words(entry, other)), None)
        if at is None:
            alike.append(entry)
        else:
            alike[at] = with_sources(alike[at], entry)
    return [entry for alike in held.values() for entry in alike]


def with_sources(entry: Entry, other: Entry) -> Entry:
    """Return an entry with another's sources after its own."""
    return replace(entry, sources=tuple(dict.fromkeys((*entry.sources, *other.sources))))


def are_alike(ones: Words, others: Words, *, least: float, more: float) -> bool:
    """Tell whether two texts tell the same: all of the one that tells less, and at most the share `more` beside it."""
    terse, full = sorted((ones, others), key=lambda words: sum(words.values()))
    told, missed, beside = sum(terse.values()), _missed(terse, full), _missed(full, terse)
    if told < least or sum(missed) > LEFT * told or max(missed, default=0.0) > HEAVY:
        return False
    return sum(beside) <= more * sum(full.values())


def are_set_apart(one: Telling, other: Telling) -> bool:
    """Tell whether something marks two tellings as of two things: a period, a number, a body, a name, the speaker."""
    if _marks_differ(one, other):
        return True
    if one.denied != other.denied or (one.bodies and other.bodies and not one.bodies & other.bodies):
        return True
    strange = one.names - other.names - other.sentence.keys(), other.names - one.names - one.sentence.keys()
    if all(strange):
        return True
    return (one.speaks_of_own or other.speaks_of_own) and one.speakers != other.speakers


def _fits(line: Line, one: Line) -> bool:
    """Tell whether a line tells the happening of another that is at least as exact: as one of those joined to it does.

    None of them may speak against it.
    """
    told = line.told
    if any(_marks_differ(o.told, told) or not can_agree(o.told.figures, told.figures) for o in one.joined):
        return False
    return _can_both_be(one, line) and any(_are_one(other, line) for other in one.joined)


def _are_one(line: Line, other: Line) -> bool:
    same_time = line.entry.when.iso == other.entry.when.iso
    if same_time and _same_words(line.entry, other.entry):
        return True
    if not same_time and (line.told.bounded or other.told.bounded):
        return False
    if line.told.acts != other.told.acts and not line.told.acts & other.told.acts:
        return False
    same_day = same_time and line.entry.when.precision == "day" and bool(line.told.acts)
    if are_set_apart(line.told, other.told) or (line.told.apart != other.told.apart and not same_day):
        return False
    return _is_told_alike(line, other, same_time=same_time)


def _is_told_alike(line: Line, other: Line, *, same_time: bool) -> bool:
    one, two = line.told, other.told
    if one.acts & two.acts:
        near = same_time or other.entry.when.precision != "year"  # two such acts in a month are hardly two
        return are_alike(one.clause, two.clause, least=TELLS, more=1.0 if near else MORE)
    if same_time or (one.identity & two.identity and line.entry.kind not in GOES_BY):
        return are_alike(one.clause, two.clause, least=TELLS_MUCH, more=MORE)
    return line.entry.kind not in GOES_BY and are_alike(one.clause, two.clause, least=TELLS_MUCH, more=LEFT)


def _marks_differ(one: Telling, other: Telling) -> bool:
    return any(not which & other.marks[sort] for sort, which in one.marks.items() if sort in other.marks)


def _can_both_be(exact: Line, other: Line) -> bool:
    """Tell whether two times can both be true; a period is how long something holds, so only the same one is."""
    times = (exact.entry.when, other.entry.when)
    if any(when.precision == "period" for when in times):
        return times[0] == times[1]
    return other.span.holds(exact.span)


def _same_words(one: Entry, other: Entry) -> bool:
    return fuzz.token_set_ratio(one.text.lower(), other.text.lower(), score_cutoff=SAME) >= SAME


def _the_one(fitting: Sequence[Line], line: Line) -> Line | None:
    """The line that another belongs to: one of its own time, else the only time there is to choose."""
    own = [one for one in fitting if one.entry.when.iso == line.entry.when.iso]
    times = {one.entry.when.iso for one in fitting}
    if own or len(times) == 1:
        return (own or fitting)[0]
    return None


def _missed(ones: Words, others: Words) -> list[float]:
    """What some words tell that others do not, word by word."""
    near = ((weight, kinship(one, others.keys())) for one, weight in ones.items())
    return [weight * (1 - kin) for weight, kin in near if kin < 1]


def _fullness(line: Line) -> tuple[int, bool, float]:
    when = line.entry.when
    told = 0.0 if when.precision == "period" else sum(line.told.sentence.values())
    return _EXACTNESS.index(when.precision), not when.late, -told


def _find_rare(lines: Iterable[Line]) -> None:
    """Set each line's rare words: those by which it is looked up."""
    held = list(lines)
    counts = Counter((line.entry.kind, word) for line in held for word in line.told.clause)
    for line in held:
        words = sorted(line.told.clause, key=lambda word: (counts[line.entry.kind, word], -line.told.clause[word]))
        line.rare = tuple(words[:RARE_WORDS])
