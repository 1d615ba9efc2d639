"""What a text is about, as weighted words, and how alike two texts are.

A word tells the more the rarer it is in Swedish, by the counts shipped with the program: were it weighed by the
library's own documents, each new one would change all likenesses there are.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache

from corpus.swedish.likeness import weight
from corpus.swedish.stems import stem, words
from corpus.vocabulary import stop_stems, table

COMMON, RARE = 6.0, 14.0  # how improbable a word is (−ln p) that tells nothing, and one that tells all
MOST_TERMS = 100  # of a text: what comes after them changes no likeness that counts
TITLE_WEIGHT = 4  # a word of the title says as much of the topic as so many in the text
_NUMBER = re.compile(r"[\d\W]+")


def topic(text: str, title: str, without: Collection[str]) -> tuple[dict[str, float], dict[str, str]]:
    """Return the most telling stems of a text with their share of what it says (a unit vector), and a form of each.

    `without` are stems that say where and by whom, not about what.
    """
    silent = stop_stems() | form_stems() | frozenset(without)
    forms: dict[str, Counter[str]] = {}
    for word in [*words(text), *words(title) * TITLE_WEIGHT]:
        if not _NUMBER.fullmatch(word) and (s := stem(word)) not in silent:
            forms.setdefault(s, Counter())[word] += 1
    written = {s: max(counts, key=lambda form: (counts[form], form)) for s, counts in forms.items()}
    values = {s: (1 + math.log(forms[s].total())) * weight(written[s], COMMON, RARE) for s in forms}
    chosen = sorted(values, key=lambda s: (-values[s], s))[:MOST_TERMS]
    norm = math.sqrt(sum(values[s] ** 2 for s in chosen)) or 1.0
    return {s: round(values[s] / norm, 4) for s in chosen}, {s: written[s] for s in chosen}


@cache
def form_stems() -> frozenset[str]:
    """Return the stems that say what form a document has, and nothing of what it is about."""
    return frozenset(stem(word) for word in table("links")["form_words"])


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """Return the cosine of two topics, 0 to 1."""
    return math.fsum(value * other[s] for s, value in one.items() if s in other)
