"""A Swedish compound's parts: `socialnämnden` is `social` + `nämnden`, `arbetssituation` is `arbets` + `situation`.

The parts are those that the model's vocabulary shows at work: a first part stands with many last parts and a last part
with many first parts, so that `handling` is not split though `hand` and `ling` are words. Among several splits the most
probable wins, as in Koehn and Knight (2003). Conservative on purpose: a compound left whole is found by its stem, a
word split wrongly finds nonsense.
"""

import math
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from corpus.swedish.lexicon import lexicon
from corpus.swedish.packing import stored, unpack_words

SHORTEST = 3
LONG = 7  # a known word so long ends a compound even where it was never seen to
LONGEST = 60  # letters: what is longer is no word
RARE = 2e-7  # a last part rarer than this proves nothing


@cache
def first_parts() -> dict[str, int]:
    """Return what begins compounds, each with the number of last parts it was seen with."""
    return _counts("first")


@cache
def last_parts() -> dict[str, int]:
    """Return what ends compounds, each with the number of first parts it was seen with."""
    return _counts("last")


def _counts(which: str) -> dict[str, int]:
    held = stored()
    return dict(zip(unpack_words(held[f"{which}_parts"].astype("u1")), held[f"{which}_counts"].tolist(), strict=True))


@cache
def _listed(name: str) -> frozenset[str]:
    table = tomllib.loads(Path(__file__).with_name("compounds.toml").read_text(encoding="utf-8"))
    return frozenset(table[name])


@lru_cache(maxsize=100_000)
def parts(word: str) -> tuple[str, ...]:
    """Return the parts of a compound, which joined give the word; the word alone when it is none."""
    split = _best_split(word.lower()) if len(word) <= LONGEST else None
    if split is None:
        return (word,)
    return (*parts(word[:split]), word[split:])


def _best_split(word: str) -> int | None:
    places = range(SHORTEST, len(word) - SHORTEST + 1)
    best = max(places, key=lambda i: _weight(word[:i], word[i:]), default=None)
    return best if best is not None and _weight(word[:best], word[best:]) > -math.inf else None


def _weight(first: str, last: str) -> float:
    """Return how probable the split is; minus infinity where it must not be made."""
    modifiers, heads = first_parts().get(first, 0), last_parts().get(last, 0)
    if not _begins(first, modifiers) or not _ends(last, heads):
        return -math.inf
    return math.log(modifiers + 0.5) + lexicon().log_probability(last)


def may_begin(part: str) -> bool:
    """Tell whether a string may begin a compound at all: a short one must be known to."""
    return part not in _listed("never_first") and (len(part) > SHORTEST or part in _listed("short_parts"))


def may_end(part: str) -> bool:
    """Tell whether a string may end a compound at all."""
    return part not in _listed("never_last")


def _begins(part: str, partners: int) -> bool:
    if part in _listed("never_first"):
        return False
    return partners >= _enough(part) or len(parts(part)) > 1


def _ends(part: str, partners: int) -> bool:
    if part in _listed("never_last") or lexicon().probability(part) < RARE:
        return False
    return partners >= _enough(part) or len(part) >= LONG


def _enough(part: str) -> int:
    """Return how many partners a part needs: short strings are parts of many words by chance, long ones are not."""
    if len(part) == SHORTEST:
        return 1 if part in _listed("short_parts") else 9999
    return max(2, 32 >> (len(part) - SHORTEST))
