"""Candidates no list holds: compounds whose parts are known, and spellings that the letters alone make likely.

`bistandshandlaggare` is `bistånds` + `handläggare` though neither list nor text has the whole; `Wanngérd` has no known
parts in it, but `å` is what Swedish spelling wants there.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache

from corpus.swedish import letters
from corpus.swedish.compounds import first_parts, last_parts
from corpus.swedish.forms import compound_firsts, forms, is_form
from corpus.swedish.lexicon import lexicon
from corpus.swedish.skeletons import skeleton, skeletons
from pipeline.restore.confusions import Channel
from pipeline.restore.lookup import index

Parts = Callable[[str], list[tuple[str, float]]]
SHORTEST, SHORTEST_COMPOUND = 3, 7
BEST = 4
LAST_FROM = math.log(2e-7)  # a listed word this frequent may end a compound
DEAREST_PART = 13.0
LISTED_FIRST = 0.5  # what a dictionary's word for the first part of compounds counts, where no compound showed it
MOST_STEPS = 2000
BEAM, SPELLINGS = 8, 4


@cache
def _firsts() -> dict[str, list[tuple[str, float]]]:
    """Return the first parts by skeleton, each with its log share."""
    counts = dict.fromkeys(compound_firsts(), LISTED_FIRST) | first_parts()
    total = sum(counts.values())
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (part, count), key in zip(counts.items(), skeletons(list(counts)), strict=True):
        found[key].append((part, math.log(count / total)))
    return found


def _first(key: str) -> list[tuple[str, float]]:
    return _firsts().get(key, [])


def _last(key: str) -> list[tuple[str, float]]:
    """Return the last parts with this skeleton: those seen at it, and every word frequent enough."""
    words, seen = lexicon(), last_parts()
    known = [(w, words.log_probability(w), w in seen) for w in index().words(key) if len(w) >= SHORTEST]
    return [(w, log_p - (0.0 if at_it else 2.0)) for w, log_p, at_it in known if at_it or log_p >= LAST_FROM]


def compounds(string: str, channel: Channel) -> list[tuple[str, float]]:
    """Return the most probable compounds that may have been read as `string`, with their log probability."""
    if len(string) < SHORTEST_COMPOUND:
        return []
    found: dict[str, tuple[float, float]] = {}
    for word, log_p, cost in _split(string, channel, deep=True):
        if log_p - cost > found.get(word, (-math.inf, 0.0))[0]:
            found[word] = log_p - cost, log_p
    best = sorted(found, key=lambda word: (-found[word][0], word))[:BEST]
    return [(word, found[word][1]) for word in best]


def _split(string: str, channel: Channel, *, deep: bool) -> Iterator[tuple[str, float, float]]:
    for i in range(SHORTEST, len(string) - SHORTEST + 1):
        firsts = _read(string[:i], _first, channel)
        if not firsts:
            continue
        rests = _read(string[i:], _last, channel)
        if deep:
            rests += list(_split(string[i:], channel, deep=False))
        for first, log_first, cost_first in firsts:
            for rest, log_rest, cost_rest in rests:
                yield first + rest, log_first + log_rest, cost_first + cost_rest


def _read(string: str, parts: Parts, channel: Channel) -> list[tuple[str, float, float]]:
    """Return the parts that may have been read as `string`, the likeliest first, each with its cost."""
    same = parts(skeleton(string.lower()))
    found = [(part, log_p, cost) for part, log_p in same if (cost := channel.cost(string, part)) < DEAREST_PART]
    return sorted(found, key=lambda one: one[2] - one[1])[:3]


def forms_read_as(string: str, channel: Channel) -> list[str]:
    """Return the dictionary's forms and names that may have been read as a string.

    A walk down its trie, letter by letter along what each stretch may have been.
    """
    lower = string.lower()
    found: list[str] = []
    open_ends = [(0, "", 0.0)]
    for _ in range(MOST_STEPS):
        if not open_ends:
            break
        at, form, so_far = open_ends.pop()
        if at == len(lower):
            found += [form] * is_form(form)
            continue
        for length, letter, cost in _steps(lower, at, channel):
            longer = form + letter
            if so_far + cost < DEAREST_PART and _goes_on(longer, string):
                open_ends.append((at + length, longer, so_far + cost))
    return found


def _goes_on(prefix: str, string: str) -> bool:
    return any(next(forms().iterkeys(one), None) for one in {prefix, prefix.capitalize() * string[0].isupper()} if one)


def spellings(string: str, channel: Channel) -> list[str]:
    """Return the likeliest spellings of a string by its letters alone: a beam over what each stretch may have been."""
    lower = string.lower()
    table: letters.Table = "names.npz" if string[0].isupper() else "model.npz"
    beams: list[list[tuple[float, int, str]]] = [[] for _ in range(len(lower) + 1)]
    beams[0] = [(0.0, 0, "")]
    for at in range(len(lower)):
        steps = [step for step in _steps(lower, at, channel) if step[1] != "é" or lower[at] == "é"]  # nobody guesses é
        for score, history, word in sorted(beams[at], reverse=True)[:BEAM]:
            for length, letter, cost in steps:
                after, log_p = letters.step(history, letter, table)
                beams[at + length].append((score + log_p - cost, after, word + letter))
    finished = ((score + letters.step(history, letters.EDGE, table)[1], word) for score, history, word in beams[-1])
    return [word for _, word in sorted(finished, reverse=True)[:SPELLINGS]]


def _steps(lower: str, at: int, channel: Channel) -> Iterator[tuple[int, str, float]]:
    """Yield what may have been read at a place: length of the reading, true letter, cost."""
    if lower[at].isalpha():
        yield 1, lower[at], 0.0
    for length in (1, 2):
        reading = lower[at : at + length]
        if len(reading) == length:
            yield from ((length, letter, cost) for letter, cost in channel.true_letters.get(reading, ()))
