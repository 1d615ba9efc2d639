"""Which lines are broken: clean text is left alone, and so is any language but Swedish.

Each line is clean, broken or foreign. A word speaks for broken by the log odds of the channel: how probable the string
is as a misread Swedish word, against how probable it is as it stands; kept dots speak against. Words frequent in other
languages speak for foreign. Lines are a hidden Markov chain with rare changes of state (Rabiner 1989): a heading
without evidence goes with its neighbours, a broken paragraph in a healthy document is still found, and the page is
the prior.
"""

import math
import re
from collections.abc import Iterable
from functools import cache
from typing import Literal

from corpus.swedish.lexicon import lexicon
from corpus.swedish.skeletons import skeleton
from pipeline.restore.candidates import MOST_REMEMBERED, Candidates
from pipeline.restore.confusions import listed
from pipeline.restore.lookup import index

State = Literal["clean", "broken", "foreign"]
STATES: tuple[State, ...] = ("clean", "broken", "foreign")

START = (math.log(0.75), math.log(0.2), math.log(0.05))
CHANGE_IN_PARAGRAPH, CHANGE_BETWEEN = math.log(0.01), math.log(0.04)  # at a line's end, at an empty line
STRONGEST, KEPT_DOT = 4.0, -3.0  # one word's say for broken is capped: names and slips are not damage
NOT_SWEDISH = -1.5  # a word of another language speaks against broken Swedish too
FOREIGN_WORD, SWEDISH_WORD, UNKNOWN_WORD = 3.0, -2.5, 0.4
SWEDISH_FROM = 2e-5  # a word this frequent speaks for Swedish

_STRING = re.compile(r"[^\W_]*[&#@©°�]?[^\W_]+[&#@©°�]*|(?<=\s)[&#](?=\s)")
_DOTTED = re.compile("[åäö]")

Say = tuple[float, float]


@cache
def _foreign_words() -> frozenset[str]:
    return frozenset(listed("foreign"))


class Judge:
    """Weighs strings and lines; remembers what each string says."""

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates
        self._said: dict[str, Say] = {}

    def states(self, lines: list[str]) -> list[State]:
        """Return the most probable state of each line (Viterbi 1967)."""
        if not lines:
            return []
        scores, steps = list(START), []
        blank = True
        for line in lines:
            change = CHANGE_BETWEEN if blank else CHANGE_IN_PARAGRAPH
            blank = not line.strip()
            best = max(range(3), key=scores.__getitem__)
            came = [new if scores[new] >= scores[best] + change else best for new in range(3)]
            said = self._line(line)
            scores = [scores[old] + change * (old != new) + said[new] for new, old in enumerate(came)]
            steps.append(came)
        return _traced(scores, steps)

    def _line(self, line: str) -> tuple[float, float, float]:
        said = self._said
        broken = foreign = 0.0
        for string in _STRING.findall(line):
            say = said.get(string)
            if say is None:
                if len(said) >= MOST_REMEMBERED:
                    said.clear()
                say = said[string] = self._say(string)
            broken += say[0]
            foreign += say[1]
        return 0.0, broken, foreign

    def _say(self, string: str) -> Say:
        """Return the log odds that one string speaks for broken and for foreign text, against clean Swedish."""
        lower = string.lower()
        if string.isupper() and len(string) <= 4:
            return 0.0, 0.0
        known = lexicon().probability(lower)
        if lower in _foreign_words():
            return min(NOT_SWEDISH, self._broken(string, lower)), FOREIGN_WORD
        if known >= SWEDISH_FROM:
            return self._broken(string, lower), SWEDISH_WORD
        broken = self._broken(string, lower)
        return broken, SWEDISH_WORD if broken > 1 or known > SWEDISH_FROM / 20 else UNKNOWN_WORD

    def _broken(self, string: str, lower: str) -> float:
        if _DOTTED.search(lower):
            return KEPT_DOT if lower in lexicon() else KEPT_DOT / 2
        if lower.isalpha() and not any(_DOTTED.search(word) for word in index().words(skeleton(lower))):
            return 0.0
        found = self._candidates.listed(string)
        broken = math.log(sum(math.exp(c.score) for c in found.values()))
        return max(KEPT_DOT, min(STRONGEST, broken - found[lower].alone))


def _traced(scores: list[float], steps: list[list[int]]) -> list[State]:
    state = max(range(3), key=scores.__getitem__)
    path = [state]
    for came in reversed(steps[1:]):
        state = came[state]
        path.append(state)
    return [STATES[state] for state in reversed(path)]


def runs(states: Iterable[State]) -> list[tuple[int, int]]:
    """Return the stretches of broken lines as (first, one past the last)."""
    found: list[tuple[int, int]] = []
    for i, state in enumerate(states):
        if state == "broken":
            if found and found[-1][1] == i:
                found[-1] = found[-1][0], i + 1
            else:
                found.append((i, i + 1))
    return found
