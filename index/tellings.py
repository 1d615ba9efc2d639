"""What a line of the timeline tells, laid out to be compared: its telling words, what marks the thing, who acts.

Times, figures and numbers are taken out of the words and kept beside them. `marks` are what tells one thing from the
next of its kind – the period of a plan, `den första`, `etapp 2`, the number of a motion, the year of a budget, another
day the sentence names; `acts` are what happens to a thing once (`vocabulary/tellings.toml`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus import case_numbers, dates, keys
from corpus.dates import When
from corpus.swedish.likeness import telling
from corpus.swedish.stems import stem, words
from corpus.vocabulary import pattern, table
from index.figures import Figure, figures
from index.happenings import Entry
from index.holdings import Holding

LIGHT = 0.15  # words that tell less say nothing of what is told
CLAUSE = 0.3  # how much a clause must tell to stand for its sentence
LOOSE = frozenset({"year", "month", "season", "number"})  # sorts of marks that two sentences can share by chance
KEPT = 5000  # tellings: the matters people are at, for who turns from one view of them to the next
LONGEST_SIGN = 25  # letters; a longer sign of an action spans words of its own
_NUMBERED = re.compile(r"§|[/:-]\d|\b(?:nr|dnr)\b", re.IGNORECASE)
_NAME = re.compile(r"(?<=[^\W\d_,;:)]\s)[A-ZÅÄÖ][^\W\d_]{2,}(?:[-–][A-ZÅÄÖ][^\W\d_]+)*")
_YEAR_OF = re.compile(r"([^\W\d_]+)\s(?:år\s)?$")

Span = tuple[int, int]
Mark = tuple[str, str]  # of which sort, and which


@dataclass(frozen=True, slots=True)
class Telling:
    """What a line tells.

    `clause` is what stands by its time, `sentence` all of it: stems with how telling each is. `identity` are those of
    the marks that say which thing is meant; `speakers` are the bodies whose documents these are, the empty string where
    that is not known.
    """

    clause: Mapping[str, float]
    sentence: Mapping[str, float]
    marks: Mapping[str, frozenset[str]]
    identity: frozenset[Mark]
    acts: frozenset[str]
    bodies: frozenset[str]
    names: frozenset[str]
    apart: frozenset[int]
    denied: bool
    figures: tuple[Figure, ...]
    comes_again: bool
    tells_time: bool  # … in the sentence itself; else it has its document's
    bounded: bool  # … and not when, but before or after which
    since: bool  # … and what has been since then
    times: frozenset[str]  # all that the sentence names (EDTF)
    speakers: frozenset[str]
    speaks_of_own: bool
    wishes: bool


def telling_of(entry: Entry, held: Mapping[int, Holding]) -> Telling:
    """Return what a line that tells an event tells."""
    documents = [held[source.document] for source in entry.sources if source.document in held]
    return _telling(entry.text, entry.when, entry.kind, tuple((one.body, one.body or one.title) for one in documents))


@lru_cache(maxsize=KEPT)
def _telling(text: str, when: When, kind: str, speaking: tuple[tuple[str, str], ...]) -> Telling:
    """Return what a sentence tells of a time; `speaking` are its documents: the body, and what else says whose."""
    times = list(dates.find(text, when))
    own = [time for time in times if time.when == when]
    numbers = list(_numbers(text))
    taken = [*((time.start, time.end) for time in times), *(span for span, _ in numbers)]
    counted = figures(text, taken)
    acts = [(act, match.span()) for act, signs in _acts().items() for match in signs.finditer(text)]
    signs = [*(span for _, span in acts), *_signs_of(text, kind)]
    known = [match.span() for signs in (_body(), pattern("tellings", "everywhere")) for match in signs.finditer(text)]
    left = _blanked(text, [*taken, *((f.start, f.end) for f in counted), *signs, *known])
    start, end = _clause(left, signs, times, own)
    left_over = [(match.span(), ("number", match[0])) for match in re.finditer(r"\d+", left)]
    marks = [mark for (at, _), mark in (*numbers, *left_over, *_dated(text, times, own)) if start <= at < end]
    told = text[start:end]
    said, clause = words(told), _stems(left[start:end])
    speakers = frozenset(body.lower() for body, _ in speaking)
    return Telling(
        clause,
        _stems(left) if end - start < len(left) else clause,
        {sort: frozenset(which for other, which in marks if other == sort) for sort, _ in marks},
        frozenset(mark for mark in marks if mark[0] not in LOOSE),
        frozenset(act for act, (at, _) in acts if start <= at < end),
        _bodies(told) | (frozenset() if own else _bodies(" ".join(named for _, named in speaking))),
        frozenset(_names(text, start, end)),
        frozenset(sign for word in said for sign in _signs("apart", word)),
        any(_signs("denied", word) for word in said),
        tuple(counted),
        any(_signs("again", word) for word in said),
        bool(own),
        any(pattern("tellings", "bounds").search(text[: time.start]) for time in own),
        any(pattern("tellings", "since").search(text[: time.start]) for time in own),
        frozenset(time.when.iso for time in times),
        speakers,
        any(_signs("own", word) for word in words(text)),
        any(_signs("wished", word) for word in words(text)),
    )


# ---- the clause ------------------------------------------------------------------------------------------------------


def _clause(left: str, signs: Sequence[Span], times: Sequence[dates.Match], own: Sequence[dates.Match]) -> Span:
    """Return what of a sentence is told of its own time: up to where it goes on to something else.

    What another time is told of before that is left out, where enough is left.
    """
    if not own:
        return 0, len(left)
    time = own[0]
    nearest = sorted(signs, key=lambda span: max(0, time.start - span[1], span[0] - time.end))
    told = max([time.end, *(end for _, end in nearest[:1])])
    ends = (mark.start() for mark in pattern("tellings", "ends").finditer(left, told))
    end = next((end for end in ends if _tells(left[:end])), len(left))
    happened = (one.end for one in times if one.end <= time.start and one.when.precision not in {"period", "year"})
    other = max(happened, default=0)
    begins = (mark.end() for mark in pattern("tellings", "ends").finditer(left, other, time.start))
    start = max(begins, default=0) if other else 0
    return (start if _tells(left[start:end]) else 0), end


def _tells(left: str) -> bool:
    return sum(_stems(left).values()) >= CLAUSE


def _signs_of(text: str, kind: str) -> list[Span]:
    """Where the words stand that tell what kind of happening it is: they are the same for all of that kind."""
    spans = [match.span() for signs in _kind_signs(kind) for match in signs.finditer(text)]
    return [(start, end) for start, end in spans if end - start <= LONGEST_SIGN]


def _blanked(text: str, spans: Iterable[Span]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _stems(left: str) -> dict[str, float]:
    return {one: weight for one, weight in telling(left).items() if weight >= LIGHT}


# ---- what marks it ---------------------------------------------------------------------------------------------------


def _dated(text: str, times: Iterable[dates.Match], own: Sequence[dates.Match]) -> Iterator[tuple[Span, Mark]]:
    """The times a sentence names beside its own: of a plan, of a budget, of something else that happened."""
    for time in times:
        if time in own:
            continue
        sort = time.when.precision
        if sort == "year":
            yield (time.start, time.end), ("of year" if _names_by_year(text[: time.start]) else "year", time.when.iso)
        else:
            yield (time.start, time.end), (sort, time.when.iso)


def _names_by_year(before: str) -> bool:
    """Tell whether the year after these words is part of a thing's name: `budget 2019`, `planen för 2019`."""
    word = _YEAR_OF.search(before.lower())
    if word is None:
        return False
    return word[1] == "för" or (len(word[1]) > 3 and word[1] not in table("tellings")["not_of_year"])


def _numbers(text: str) -> Iterator[tuple[Span, Mark]]:
    """The numbers of matters, motions and §§ a sentence names, and what it counts among its like."""
    if _NUMBERED.search(text):
        for number in case_numbers.find(text):
            yield (number.start, number.end), ("dnr", number.number.key)
        for key in keys.find(text):
            yield (key.start, key.end), (key.key.kind, key.key.number)
    for match in pattern("tellings", "numbered").finditer(text):
        yield match.span(), (match[1].lower(), match[2].lower())
    for match in _ordinal().finditer(text):
        yield match.span(1), ("ordinal", match[1].lower())


def _bodies(text: str) -> frozenset[str]:
    """The bodies a text names, by their stems; `nämnden` alone names none, every council is the same."""
    named = (match[0].lower().removesuffix("s") for match in _body().finditer(text))
    return frozenset("council" if one in table("bodies")["council"] else stem(one) for one in named)


def _names(text: str, start: int, end: int) -> Iterator[str]:
    """The names within a sentence, but for bodies and the town's own: `Lövhamns stad` is the one the library is of."""
    for match in _NAME.finditer(text, start, end):
        if not pattern("tellings", "town").match(text, match.end()) and not _body().fullmatch(match[0]):
            yield from (stem(word) for word in words(match[0]))


# ---- the vocabulary --------------------------------------------------------------------------------------------------


@cache
def _acts() -> Mapping[str, re.Pattern[str]]:
    return {act: _any(signs) for act, signs in table("tellings")["once"].items()}


@cache
def _kind_signs(kind: str) -> tuple[re.Pattern[str], ...]:
    signs = table("events").get(kind, {}).get("signs")
    return (_any(signs),) if signs else ()


@lru_cache(maxsize=100_000)
def _signs(key: str, word: str) -> tuple[int, ...]:
    """Return which of a list of signs a word is."""
    return tuple(i for i, sign in enumerate(table("tellings")[key]) if re.fullmatch(sign, word))


@cache
def _ordinal() -> re.Pattern[str]:
    """`den första`, `stadens andra`; `andra` after anything else is what is left."""
    return re.compile(rf"\b(?:den|det|\w+s)\s({'|'.join(table('outcomes')['ordinals'])})\b", re.IGNORECASE)


@cache
def _body() -> re.Pattern[str]:
    held = table("bodies")
    return re.compile(
        rf"\b(?:{'|'.join([*held['council'], *held['board']])}|\w+(?:{'|'.join(held['endings'])}))s?\b", re.IGNORECASE
    )


def _any(signs: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{sign})" for sign in signs), re.IGNORECASE)
