"""The question "menade du …": the word of the library that lies nearest to one that no document holds."""

import re

from index import analysis, nodes
from index.engines.protocol import Engine

SHORTEST = 4  # letters of a word worth guessing at


def suggestion(typed: str, asked: nodes.Query, engine: Engine) -> str | None:
    """Return the query with its unknown words replaced by the nearest known, or None where there is nothing better."""
    better = typed
    for leaf in nodes.leaves(asked):
        if isinstance(leaf, nodes.Word) and not _known(leaf.text, engine) and (near := nearest(leaf.text, engine)):
            better = re.sub(rf"(?<!\w){re.escape(leaf.text)}(?!\w)", near, better, count=1, flags=re.IGNORECASE)
    return better if better != typed else None


def _known(word: str, engine: Engine) -> bool:
    return any(engine.holds(field, text) for field, text, _ in analysis.lookups(word))


def nearest(word: str, engine: Engine) -> str | None:
    """Return the nearest word of the library (same first letter, at most two slips), the commonest of equals."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) < SHORTEST or not word.isalpha():
        return None
    slips = 1 if len(word) < 8 else 2
    held = {text: count for text, count in engine.words(word[0]) if abs(len(text) - len(word)) <= slips}
    found = process.extract(word, held.keys(), scorer=OSA.distance, score_cutoff=slips, limit=20)
    best_first = sorted(found, key=lambda match: (match[1], -held[match[0]], match[0]))
    return next((text for text, _, _ in best_first if engine.holds("word", text)), None)
