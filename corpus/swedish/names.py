"""What Swedish names are made of: `Kvarn` + `ås`, `Hessle` + `gård`, for the names no list has."""

import math
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from corpus.swedish import letters
from corpus.swedish.packing import stored, unpack_words

NAMES = Path(__file__).with_name("names.npz")


@cache
def name_parts(which: Literal["first", "last"]) -> dict[str, float]:
    """Return what begins or ends names, each with its log share."""
    held = stored(NAMES.name)
    counts = held[f"{which}_counts"].astype(float)
    shares = (counts / counts.sum()).tolist()
    return dict(zip(unpack_words(held[f"{which}_parts"].astype("u1")), map(math.log, shares), strict=True))


@lru_cache(maxsize=100_000)
def log_probability(name: str) -> float:
    """Return the log probability of a lower-case name: by its letters, and as two parts that other names have."""
    first, last = name_parts("first"), name_parts("last")
    splits = (first.get(name[:i], -math.inf) + last.get(name[i:], -math.inf) for i in range(2, len(name) - 1))
    by_letters = letters.log_probability(name, "names.npz")
    return max(by_letters, max(splits, default=-math.inf)) - math.log(2)
