"""The known words by skeleton: one look-up gives all words that a string may be a misreading of."""

from collections.abc import Iterator
from functools import cache

import numpy as np

from corpus.swedish.lexicon import Lexicon, lexicon
from corpus.swedish.skeletons import skeletons


class Index:
    """Words by skeleton. Most skeletons have one word: those cost one entry in one dict, only the others a list."""

    def __init__(self, words: Lexicon) -> None:
        self._words = list(words)
        accented = [word for word in self._words if "é" in word]
        keys = skeletons([*self._words, *(word.replace("é", "e") for word in accented)])  # é that lost its accent
        self._words += accented
        self._first: dict[str, int] = {}
        # Mapped, not looped: this is most of the time until the first word is restored.
        firsts = np.array(list(map(self._first.setdefault, keys, range(len(keys)))))
        self._more: dict[str, list[int]] = {}
        for i in np.flatnonzero(firsts != np.arange(len(keys))).tolist():
            self._more.setdefault(keys[i], []).append(i)

    def words(self, key: str) -> Iterator[str]:
        """Yield the words with this skeleton."""
        first = self._first.get(key)
        if first is not None:
            yield self._words[first]
            yield from (self._words[i] for i in self._more.get(key, ()))


@cache
def index() -> Index:
    """Return the index of the lexicon; the first call makes it."""
    return Index(lexicon())
