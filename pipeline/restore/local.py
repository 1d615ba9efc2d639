"""Evidence near at hand: how often a word stands in the clean text of the same document and of the same library.

A library's own names and terms are in no list, and which of two real words it uses (`värdar`, `vårdar`) is its own
habit. Where the near text has words with the skeleton of the one that was read, their shares there correct the shares
they have in general (unigram rescaling: Kneser, Peters and Klakow 1997).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping

from corpus.clean_words import words
from corpus.swedish.skeletons import skeleton

Counts = Mapping[str, int]
Library = Callable[[str], Counts]  # by skeleton: the words of the library's clean pages that share it
DOUBT = 2.0  # as many words as the general shares are worth
NEAREST = 3  # a word of the document itself says as much as so many of the library's


def nothing(key: str) -> Counts:
    """Return what an empty library holds."""
    del key
    return {}


class Local:
    """Counts words by skeleton, in the document's clean lines and in the library."""

    def __init__(self, clean: Iterable[str], library: Library = nothing) -> None:
        self._library = library
        self._here: dict[str, Counter[str]] = defaultdict(Counter)
        for line in clean:
            for word in words(line):
                self._here[skeleton(word)][word] += NEAREST

    def counts(self, key: str) -> Counts:
        """Return the words with this skeleton and how often they stand near."""
        here, held = self._here.get(key), self._library(key)
        return held if here is None else here + Counter(held)


def bonus(count: int, total: int, share: float) -> float:
    """Return by how many nats a word is likelier here than in general.

    It stands here `count` times of `total` with its skeleton, and has `share` of them in general.
    """
    return math.log((count + DOUBT * share) / ((total + DOUBT) * share))
