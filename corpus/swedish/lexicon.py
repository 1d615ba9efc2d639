"""Known Swedish words and how often they stand: wordfreq's large list and the language model's vocabulary.

A word's probability is the language model's where it numbers the word (there wordfreq's is mixed in already), otherwise
wordfreq's share of it. wordfreq also lists what people type without dots and many foreign words, each with the small
probability it has: being listed is weak evidence, being frequent is strong.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.swedish.language_model import UNKNOWN_ID, language_model

WORDFREQ_SHARE = 0.15
CAPITAL_UNKNOWN = 0.3
UNLISTED = 1e-12  # what a word on no list has at most


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All known words, lower case."""

    ids: dict[str, int]
    model: list[float]
    general: dict[str, float]
    capitals: list[float]

    def __contains__(self, word: str) -> bool:
        return word in self.ids or word in self.general

    def __iter__(self) -> Iterator[str]:
        """Yield every word made of letters once."""
        yield from (word for word in self.ids if word.isalpha())
        yield from (word for word in self.general if word not in self.ids and word.isalpha())

    def probability(self, word: str) -> float:
        """Return how often one word in running text is this one; 0 for a word on no list."""
        number = self.ids.get(word)
        return self.general.get(word, 0.0) * WORDFREQ_SHARE if number is None else math.exp(self.model[number])

    def log_probability(self, word: str) -> float:
        """Return the logarithm of `probability`, with a floor."""
        number = self.ids.get(word)
        return (
            math.log(self.general.get(word, 0.0) * WORDFREQ_SHARE + UNLISTED) if number is None else self.model[number]
        )

    def capital_share(self, word: str) -> float:
        """Return how often the word has a capital inside a sentence: a name nearly always has."""
        number = self.ids.get(word)
        return CAPITAL_UNKNOWN if number is None else self.capitals[number]

    def number(self, word: str) -> int:
        """Return the word's id in the language model."""
        return self.ids.get(word, UNKNOWN_ID)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon; the first call reads it."""
    from wordfreq import get_frequency_dict

    model = language_model()
    return Lexicon(model.ids, model.unigrams.tolist(), get_frequency_dict("sv", "large"), model.capitals.tolist())
