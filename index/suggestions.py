"""The question "menade du …": the word of the library that lies nearest to one that no document holds.

A compound that no document holds and no word lies near is asked for by its parts: `invånarinflytande` is told of with
both words, if not in one.
"""

import re

from index import analysis, nodes
from index.engines.protocol import Engine

SHORTEST = 4  # letters of a word worth guessing at
SHORTEST_COMPOUND = 8


def suggestion(typed: str, asked: nodes.Query, engine: Engine) -> str | None:
    """Return the query with its unknown words replaced by the nearest known, or None where there is nothing better."""
    better = typed
    for leaf in nodes.leaves(asked):
        if not isinstance(leaf, nodes.Word) or _known(leaf.text, engine):
            continue
        if near := nearest(leaf.text, engine) or _parted(leaf.text, engine):
            better = re.sub(rf"(?<!\w){re.escape(leaf.text)}(?!\w)", near, better, count=1, flags=re.IGNORECASE)
    return better if better != typed else None


def _known(word: str, engine: Engine) -> bool:
    return any(engine.holds(field, text) for field, text, _ in analysis.lookups(word))


def _parted(word: str, engine: Engine) -> str | None:
    """Return the parts of a compound as words of their own, where the library knows every one of them."""
    from corpus.swedish.compounds import parts  # reads the lexicon: only a word nobody knows is worth it

    found = parts(word) if len(word) >= SHORTEST_COMPOUND and word.isalpha() else ()
    return " ".join(found) if len(found) > 1 and all(_known(part, engine) for part in found) else None


def nearest(word: str, engine: Engine) -> str | None:
    """Return the nearest word of the library (same first letter, at most two slips), the commonest of equals.

    Most slips leave the first two letters alone, and far fewer words begin with two letters than with one.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return None
    return _nearest(word, engine, word[:2]) or _nearest(word, engine, word[0])


def _nearest(word: str, engine: Engine, beginning: str) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    slips = 1 if len(word) < 8 else 2
    held = [text for text in engine.words(beginning) if abs(len(text) - len(word)) <= slips]
    found = process.extract(word, held, scorer=OSA.distance, score_cutoff=slips, limit=20)
    best_first = sorted(found, key=lambda match: (match[1], -engine.frequency(match[0]), match[0]))
    return next((text for text, _, _ in best_first if engine.holds("word", text)), None)
