"""How probable a string is as a Swedish word or name, letter by letter: for what no list knows.

Four-grams of letters over word types, each type weighing the logarithm of its count, smoothed down the orders by Witten
and Bell's method (1991); one byte per four letters in a dense table, so that a look-up is one index.
"""

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from corpus.swedish.packing import pack_levels, stored, unpack_levels

EDGE = "^"
ALPHABET = EDGE + "abcdefghijklmnopqrstuvwxyzåäöé"  # any other letter is the last code
CODES = len(ALPHABET) + 1
ORDER = 4
_CODE = {letter: code for code, letter in enumerate(ALPHABET)}


def codes(word: str) -> list[int]:
    """Return a word's letter codes between its edges."""
    return [0] * (ORDER - 1) + [_CODE.get(letter, CODES - 1) for letter in word] + [0]


def table(counts: Mapping[str, int]) -> npt.NDArray[np.uint8]:
    """Build the table from the words and their counts."""
    grams = np.zeros((CODES,) * ORDER)
    for word, count in counts.items():
        row = codes(word)
        for i in range(len(row) - ORDER + 1):
            grams[tuple(row[i : i + ORDER])] += 1 + math.log(count)
    return pack_levels(np.log(_smoothed(grams)))


def _smoothed(grams: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    below = _smoothed(grams.sum(axis=0)) if grams.ndim > 1 else np.full(CODES, 1 / CODES)
    total = grams.sum(axis=-1, keepdims=True)
    kinds = np.count_nonzero(grams, axis=-1, keepdims=True) + (total == 0)
    return np.asarray((grams + kinds * below) / (total + kinds))


Table = Literal["model.npz", "names.npz"]  # of words, of names


@cache
def _table(file: Table) -> bytes:
    return stored(file)["letters"].tobytes()


_LEVELS: list[float] = unpack_levels(np.arange(256, dtype=np.uint8)).tolist()


def step(history: int, letter: str, file: Table = "model.npz") -> tuple[int, float]:
    """Return the next history and log p(letter | the three before); 0 is the history at a word's start, ^ its end."""
    place = history * CODES + _CODE.get(letter, CODES - 1)
    return place % CODES ** (ORDER - 1), _LEVELS[_table(file)[place]]


@lru_cache(maxsize=100_000)
def log_probability(word: str, file: Table = "model.npz") -> float:
    """Return the log probability of a lower-case word, or of a name, its end included."""
    history, total = 0, 0.0
    for letter in word + EDGE:
        history, log_p = step(history, letter, file)
        total += log_p
    return total
