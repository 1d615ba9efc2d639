"""Which strings begin and end Swedish compounds, learned from a vocabulary: used when the model is built.

`socialnämnden` counts for `social-` and for `-nämnden`; a first part need not be a word itself (`arbets-`, `skol-`,
`gatu-`, `kyrko-`) but must come from one. A part counts once per partner, so that one frequent word proves nothing.
"""

from collections import Counter
from collections.abc import Mapping

SHORTEST = 3
PARTNERS = 2  # with how many others a part must be seen
OFTEN = 5  # how often a word must stand to vouch for a part


def stems(part: str) -> list[str]:
    """Return the words a first part may come from: itself, with the vowel it lost, or without its link."""
    found = [part, part + "a", part + "e"]
    if part[-1] in "eous":
        found += [part[:-1] + "a", part[:-1] + "e"]
    return [*found, part[:-1]] if part[-1] in "es" else found


def count_parts(counts: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Return first parts and last parts, each with the number of partners it was seen with."""
    known = {word for word, count in counts.items() if count >= OFTEN and len(word) >= SHORTEST}
    allowed: dict[str, bool] = {}
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for word in counts:
        for i in range(SHORTEST, len(word) - SHORTEST + 1):
            if word[i:] in known:
                part = word[:i]
                if part not in allowed:
                    allowed[part] = any(stem in known for stem in stems(part))
                if allowed[part]:
                    first[part] += 1
                    last[word[i:]] += 1
    return _seen_often(first), _seen_often(last)


def _seen_often(parts: Counter[str]) -> dict[str, int]:
    return {part: count for part, count in sorted(parts.items()) if count >= PARTNERS}
