"""What a text is about, and how near two words are: telling stems, their weight, and words that are parts of others.

The weight of a word comes from how often Swedish as a whole uses it, so that it is the same whatever a library holds.
"""

import re
from collections.abc import Collection, Iterable, Mapping

from corpus.swedish.stems import stem, words
from corpus.vocabulary import stop_stems

PART_LETTERS = 5  # shorter stems that begin or end another are chance
COMMON, RARE = 7.0, 17.0  # -ln p of a word that tells nothing, and of one that tells all
LEAST = 0.05


def telling(text: str) -> dict[str, float]:
    """Return the stems of a text without function words and numbers, each with how telling it is (0–1)."""
    told: dict[str, float] = {}
    for word in words(text):
        one = stem(word)
        if one not in stop_stems() and not re.fullmatch(r"[\d\W]+", one):
            told[one] = max(told.get(one, 0.0), weight(word))
    return told


def weight(word: str, common: float = COMMON, rare: float = RARE) -> float:
    """Return how telling a word (lower case) is: 0 where its −ln p is `common` or less, 1 from `rare`."""
    from corpus.swedish.lexicon import lexicon  # takes 0.4 s: only where it is asked for

    return min(1.0, max(LEAST, (-lexicon().log_probability(word) - common) / (rare - common)))


def kinship(one: str, others: Collection[str]) -> float:
    """Return how near the nearest of some stems is: 1 the same, less where one is a part of the other, else 0."""
    if one in others:
        return 1.0
    return max((_part(one, other) for other in others), default=0.0)


def share(topic: Mapping[str, float], others: Collection[str]) -> float:
    """Return how much of a topic (its stems with their weights) some stems hold, 0 to 1."""
    total = sum(topic.values())
    return sum(weight * kinship(one, others) for one, weight in topic.items()) / total if total else 0.0


def without(topic: Mapping[str, float], stems: Iterable[str]) -> dict[str, float]:
    """Return a topic without some stems."""
    left_out = set(stems)
    return {one: weight for one, weight in topic.items() if one not in left_out}


def _part(one: str, other: str) -> float:
    short, long = sorted((one, other), key=len)
    if len(short) < PART_LETTERS or not (long.startswith(short) or long.endswith(short)):
        return 0.0
    return 0.5 + 0.5 * len(short) / len(long)


class Stems:
    """The stems of a text, laid out so that what is nearest another is looked up, not searched (`kinship`)."""

    def __init__(self, stems: Collection[str]) -> None:
        self._all = frozenset(stems)
        self._shortest: dict[str, int] = {}  # … stem with this beginning or end
        for one in self._all:
            for letters in range(PART_LETTERS, len(one)):
                for part in (one[:letters], one[-letters:]):
                    self._shortest[part] = min(len(one), self._shortest.get(part, len(one)))

    def __bool__(self) -> bool:
        return bool(self._all)

    def kinship(self, one: str) -> float:
        """Return how near the nearest of the stems is to one."""
        if one in self._all:
            return 1.0
        parts = range(len(one) - 1, PART_LETTERS - 1, -1)
        part = next((n for n in parts if one[:n] in self._all or one[-n:] in self._all), 0)
        shortest = self._shortest.get(one, 0)
        near = max(part / len(one), len(one) / shortest if shortest else 0.0)
        return 0.5 + 0.5 * near if near else 0.0

    def share(self, topic: Mapping[str, float]) -> float:
        """Return how much of a topic the stems hold, 0 to 1."""
        total = sum(topic.values())
        return sum(weight * self.kinship(one) for one, weight in topic.items()) / total if total else 0.0
