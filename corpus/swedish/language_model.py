"""How probable a Swedish word is after two others: the committed trigram table, opened in a moment and asked in bulk.

A back-off model (Katz 1987) with absolute discounting, built by `build_model.py` from Riksdag interpellations and
Swedish statutes (every fiftieth document is held out of it, for measurement). The table is sorted keys in numpy;
`scores` looks up thousands of triples in one call, which is what makes a pure-Python decoder fast. Words it does not
number (id -1) take their probability from the lexicon.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from corpus.swedish.packing import stored, unpack_levels, unpack_planes, unpack_words

BOUNDARY_ID, NUMBER_ID, UNKNOWN_ID = 0, 1, -1

Ids = npt.NDArray[np.int64]
Logs = npt.NDArray[np.float32]


def _keys(rows: npt.NDArray[np.generic], words: Ids, size: int) -> Ids:
    """Return row · size + word for every n-gram, given how many each row has."""
    return np.repeat(np.arange(len(rows), dtype=np.int64), rows.astype(np.int64)) * size + words


def _find(keys: Ids, wanted: Ids) -> tuple[Ids, npt.NDArray[np.bool_]]:
    """Return the place of each wanted key (any place where it is missing) and whether it is there."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return at, keys[at] == wanted


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """The opened table."""

    ids: dict[str, int]
    unigrams: Logs
    capitals: Logs  # how often a word has a capital inside a sentence
    unigram_back_off: Logs
    bigram_keys: Ids
    bigrams: Logs
    bigram_back_off: Logs
    trigram_keys: Ids
    trigrams: Logs

    def scores(self, before: Ids, previous: Ids, word: Ids, alone: Logs) -> Logs:
        """Return log p(word | before, previous) for each triple of ids; `alone` is each word's log p by itself."""
        pair, has_pair = self._bigram(before, previous)
        below, has_below = self._bigram(previous, word)
        after_previous = np.where(previous >= 0, self.unigram_back_off[previous], 0) + alone
        two = np.where(has_below, self.bigrams[below], after_previous)
        triple, has_triple = _find(self.trigram_keys, pair * len(self.ids) + word)
        three = np.where(has_pair, self.bigram_back_off[pair], 0) + two
        return np.asarray(np.where(has_pair & has_triple & (word >= 0), self.trigrams[triple], three))

    def _bigram(self, left: Ids, right: Ids) -> tuple[Ids, npt.NDArray[np.bool_]]:
        at, found = _find(self.bigram_keys, left * len(self.ids) + right)
        return at, found & (left >= 0) & (right >= 0)


@cache
def language_model() -> LanguageModel:
    """Return the model; the first call opens it."""
    held = stored()
    words = unpack_words(held["words"].astype(np.uint8, copy=False))

    def levels(name: str) -> Logs:
        return unpack_levels(held[name].astype(np.uint8, copy=False))

    def keys(order: str) -> Ids:
        return _keys(
            held[f"{order}_rows"], unpack_planes(held[f"{order}_words"].astype(np.uint8, copy=False)), len(words)
        )

    return LanguageModel(
        ids={word: number for number, word in enumerate(words)},
        unigrams=levels("unigrams"),
        capitals=(held["capitals"].astype(np.float32) / 255).clip(0.003, 0.997),
        unigram_back_off=levels("unigram_back_off"),
        bigram_keys=keys("bigram"),
        bigrams=levels("bigrams"),
        bigram_back_off=levels("bigram_back_off"),
        trigram_keys=keys("trigram"),
        trigrams=levels("trigrams"),
    )
