"""The channel: how probable it is to read `observed` where a true word stood (Shannon 1948; Kernighan et al. 1990).

Each true letter has its readings with probabilities (`readings.toml`, learned, and `confusions.toml`, by hand), among
them strings of two letters and nothing at all; `Channel.cost` finds the cheapest alignment by dynamic programming.
"""

import math
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus.swedish.skeletons import CONFUSABLE

IMPOSSIBLE = 99.0
RARE_COST = 6.2  # nats for a misreading that strikes any text: 2 in 1000 letters
PRIOR_WEIGHT = 12.0  # how many seen letters the prior is worth
ONLY_DOTS, DOTS_FROM = 0.93, 6  # how many of the letters are bare, how many must be seen to say so
_BARE = {"å": "a", "ä": "a", "ö": "o"}
_HOLES = re.compile(f"([{re.escape(CONFUSABLE)}]+)")

Readings = Mapping[str, Mapping[str, float]]


@cache
def _table(name: str = "confusions.toml") -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


def listed(section: str) -> list[str]:
    """Return the strings the file lists in a section."""
    return [str(one) for strings in _table()[section].values() for one in strings]


@cache
def prior() -> Readings:
    """Return P(reading | letter) for a document nothing is known of."""
    learned = _table("readings.toml")
    return {
        letter: _normalised(Counter(weights) + Counter(learned.get(letter, {})))
        for letter, weights in _table()["letters"].items()
    }


def _normalised(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values())
    return {reading: weight / total for reading, weight in weights.items()}


@cache
def rare() -> tuple[tuple[str, str], ...]:
    """Return the rare misreadings: (as read, true letter)."""
    return tuple((str(reading), letter) for letter, readings in _table()["rare"].items() for reading in readings)


@lru_cache(maxsize=1 << 16)
def _cut(lower: str) -> tuple[list[str], list[str]]:
    """Return the stretches of a string between its confusable letters, and the runs of those letters."""
    pieces = _HOLES.split(lower)
    return pieces[::2], pieces[1::2]


class Channel:
    """The readings of one document, as costs in nats."""

    def __init__(self, readings: Readings) -> None:
        self._readings = {letter: _by_first_sign(of_letter) for letter, of_letter in readings.items()}
        self._of_runs: dict[tuple[str, str], float] = {}
        # Where dots are only dropped nothing else is wrong; where letters are guessed at, `O` may even be a small ö.
        self.only_dots = all(readings[dotted].get(bare, 0.0) > ONLY_DOTS for dotted, bare in _BARE.items())
        self.true_letters: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for letter, of_letter in readings.items():
            for reading, p in of_letter.items():
                if reading not in {"", letter}:
                    self.true_letters[reading].append((letter, -math.log(p)))

    def cost(self, observed: str, true: str) -> float:
        """Return -log P(observed | true); `true` in lower case, the other in any.

        Strings with the same skeleton are compared run by run of confusable letters, and runs are few: they are kept.
        """
        lower = observed.lower()
        between, runs = _cut(lower)
        true_between, true_runs = _cut(true)
        if between != true_between:
            return self._aligned(lower, true)
        total = 0.0
        for pair in zip(runs, true_runs, strict=True):
            cost = self._of_runs.get(pair)
            if cost is None:
                cost = self._of_runs[pair] = self._aligned(*pair)
            total += cost
        return min(total, IMPOSSIBLE)

    def _aligned(self, lower: str, true: str) -> float:
        reached = {0: 0.0}
        for letter in true:
            reached = self._advance(lower, letter, reached)
            if not reached:
                return IMPOSSIBLE
        return reached.get(len(lower), IMPOSSIBLE)

    def readings_of(self, observed: str, true: str) -> list[tuple[str, str]]:
        """Return (letter, reading) along the cheapest alignment, for the letters that have readings."""
        lower = observed.lower()
        steps = [{0: 0.0}]
        for letter in true:
            steps.append(self._advance(lower, letter, steps[-1]))
        if len(lower) not in steps[-1]:
            return []
        path = [len(lower)]
        for letter, before, after in zip(reversed(true), reversed(steps[:-1]), reversed(steps[1:]), strict=True):
            path.append(self._came_from(lower, letter, before, path[-1], after[path[-1]]))
        path.reverse()
        return [(t, lower[a:b]) for t, (a, b) in zip(true, pairwise(path), strict=True) if t in self._readings]

    def _advance(self, lower: str, letter: str, reached: dict[int, float]) -> dict[int, float]:
        """Return where the next letter may end in the string, and at what cost, from where the last one did."""
        readings = self._readings.get(letter)
        if readings is None:
            return {at + 1: cost for at, cost in reached.items() if lower.startswith(letter, at)}
        after: dict[int, float] = {}
        for at, so_far in reached.items():
            for reading, cost in readings.get(lower[at : at + 1], readings[""]):
                end = at + len(reading)
                if so_far + cost < after.get(end, IMPOSSIBLE) and lower.startswith(reading, at):
                    after[end] = so_far + cost
        return after

    def _came_from(self, lower: str, letter: str, before: dict[int, float], at: int, cost: float) -> int:
        for start, so_far in before.items():
            if abs(self._advance(lower, letter, {start: so_far}).get(at, IMPOSSIBLE) - cost) < 1e-9:
                return start
        return at


def _by_first_sign(readings: Mapping[str, float]) -> dict[str, list[tuple[str, float]]]:
    """Return the readings with their costs by what they begin with; the empty reading is among all."""
    costs = [(reading, -math.log(p)) for reading, p in readings.items() if p > 0]
    return {sign: [(r, cost) for r, cost in costs if r[:1] in {sign, ""}] for sign in {r[:1] for r, _ in costs} | {""}}


@cache
def general_channel() -> Channel:
    """Return the channel of a document nothing is known of."""
    return Channel(prior())


def learned_channel(seen: Counter[tuple[str, str]]) -> Channel:
    """Return the channel of a document in which these (letter, reading) pairs were seen, on top of the prior."""
    before = _dots_lost() if _are_dots_lost(seen) else prior()
    mixed = {
        letter: {r: p * PRIOR_WEIGHT + seen[letter, r] for r, p in readings.items()}
        for letter, readings in before.items()
    }
    return Channel({letter: _normalised(weights) for letter, weights in mixed.items()})


def _are_dots_lost(seen: Counter[tuple[str, str]]) -> bool:
    """Tell whether all that was seen are letters without their dots: no OCR misreads so evenly."""
    dotted = [(letter, reading) for letter, reading in seen if letter in _BARE]
    enough = sum(seen[pair] for pair in dotted) >= DOTS_FROM
    return enough and all(reading in {letter, _BARE[letter]} for letter, reading in dotted)


@cache
def _dots_lost() -> Readings:
    """Return the readings of a text that a program stripped of its dots: a little of everything else is left."""
    return {
        letter: _normalised({r: p * (1 - ONLY_DOTS) / 4 for r, p in readings.items()} | {_BARE.get(letter, "e"): 1.0})
        for letter, readings in prior().items()
    }
