"""What is called by several names: `vocabulary/synonyms.toml` as concepts, each one term of the index.

A document that names a concept by any of its names, also inside a compound (`invånarpanel`) or as several words in a
row (`hem för vård eller boende`), gets its term (`≈medborgare`); a query word that asks for a concept looks up that
one term. So a synonym costs a search one posting list, however many names there are.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.vocabulary import table
from index.forms import stem

Stems = tuple[str, ...]
LONGEST = 8  # words of a name


@dataclass(frozen=True, slots=True)
class _Concepts:
    """Names by the stems they are made of: what a text names, what a query asks for, what a concept is called."""

    named: dict[str, tuple[str, ...]]
    phrases: dict[str, tuple[tuple[Stems, str], ...]]  # by the first stem
    asked: dict[Stems, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]


@cache
def _concepts() -> _Concepts:
    named: dict[str, tuple[str, ...]] = defaultdict(tuple)
    phrases: dict[str, tuple[tuple[Stems, str], ...]] = defaultdict(tuple)
    asked: dict[Stems, tuple[str, ...]] = defaultdict(tuple)
    names: dict[str, tuple[str, ...]] = {}
    for concept, asking, held in _groups():
        names[concept] = held
        for name in held:
            stems = _stems(name)
            if len(stems) > 1:
                phrases[stems[0]] += ((stems, concept),)
            else:
                named[stems[0]] += (concept,)
        for name in asking:
            asked[_stems(name)] += (concept,)
    return _Concepts(named, phrases, asked, names)


def _groups() -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield each concept with the names that ask for it and those a text has it by."""
    for group in table("synonyms")["same"]:
        yield f"≈{group[0]}", tuple(group), tuple(group)
    for word, narrower in table("synonyms")["wider"].items():
        yield f"≈>{word}", (word,), tuple(narrower)


def _stems(name: str) -> Stems:
    return tuple(stem(word) for word in re.findall(r"\w+", name.lower()))


def named(form: str) -> tuple[str, ...]:
    """Return the concepts that a stem, of a word or of a compound's part, is a name of."""
    return _concepts().named.get(form, ())


def phrases(stems: Sequence[str]) -> Iterator[str]:
    """Yield the concepts named by several words in a row, for each place where they are."""
    held = _concepts().phrases
    for at, first in enumerate(stems):
        for wanted, concept in held.get(first, ()):
            if tuple(stems[at : at + len(wanted)]) == wanted:
                yield concept


def asked(form: str) -> tuple[str, ...]:
    """Return the concepts a query word, by its stem, asks for."""
    return _concepts().asked.get((form,), ())


def names(form: str) -> tuple[str, ...]:
    """Return the other names of what a query word, by its stem, asks for."""
    return tuple(name for concept in asked(form) for name in names_of(concept) if _stems(name) != (form,))


def names_of(concept: str) -> tuple[str, ...]:
    """Return every name a text may have a concept by."""
    return _concepts().names[concept]


def in_a_row(stems: Sequence[str]) -> tuple[int, str] | None:
    """Return how many of the stems, from the first on, are together one name, and the concept they ask for."""
    for length in range(min(len(stems), LONGEST), 1, -1):
        for concept in _concepts().asked.get(tuple(stems[:length]), ()):
            return length, concept
    return None
