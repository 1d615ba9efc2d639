"""What a string may have been: known words with the same skeleton, compounds of known parts, words nobody lists.

A candidate carries the probability of its word by itself and the cost of reading the string where it stood; the decoder
weighs both against the context. The string itself is always a candidate. Rare misreadings, dropped letters and unseen
words are tried only where the string is no known word: letters are never put into a known word or taken out of it.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus.swedish import letters, names
from corpus.swedish.forms import is_form
from corpus.swedish.lexicon import lexicon
from corpus.swedish.skeletons import HOLE, skeleton
from pipeline.restore.confusions import IMPOSSIBLE, RARE_COST, Channel, rare
from pipeline.restore.local import Local, bonus
from pipeline.restore.lookup import index
from pipeline.restore.unseen import compounds, forms_read_as, spellings

KEPT, MARGIN = 8, 14.0  # candidates kept for the decoder, and how far behind the best one may be
LISTED, COMPOUND, OTHER = math.log(0.985), math.log(6e-3), math.log(2e-4)  # kinds of words in running text
WORD_FROM = 3e-8  # a listed word rarer than this may be a misspelling itself
WORDS_OF_ONE_LETTER = frozenset("iåö")
NAME = math.log(2e-3)  # an unlisted name, among words with a capital
FORM, FORM_FROM = math.log(1e-8), 5  # a form that a dictionary lists and no corpus shows; so many letters long
LONGEST_STUMP, STUMP_BELOW = 4, 1e-5
_VOWELS = set("aeiouyåäöé")
POOR = -19.0  # below this, what the lexicon offers is no explanation
WELL = -15.0  # above this, it is so good that no other need be sought
LONGEST = 40
MOST_REMEMBERED = 200_000  # strings


@dataclass(frozen=True, slots=True)
class Candidate:
    """A lower-case word that may have stood there: log P(word) by itself and -log P(string | word)."""

    word: str
    alone: float
    cost: float

    @property
    def score(self) -> float:
        """How well it explains the string without any context."""
        return self.alone - self.cost


Found = dict[str, Candidate]


def is_word(string: str) -> bool:
    """Tell whether a lower-case string is a known word, not only a listed string or a letter."""
    if len(string) < 2:
        return string in WORDS_OF_ONE_LETTER
    return lexicon().probability(string) >= WORD_FROM or (len(string) >= FORM_FROM and is_form(string))


def _is_stump(string: str) -> bool:
    """Tell whether a short string, listed or not, is more likely what is left of a word: `ven`, `fr`, `r`."""
    if len(string) > LONGEST_STUMP or string in WORDS_OF_ONE_LETTER:
        return False
    return lexicon().probability(string) < STUMP_BELOW or not _VOWELS & set(string)


def alone(word: str, *, capital: bool = False) -> float:
    """Return log P(word) for a word or any other string; one with a capital may be a name."""
    unlisted = OTHER + letters.log_probability(word[:LONGEST])
    if capital:
        unlisted = max(unlisted, NAME + names.log_probability(word[:LONGEST]))
    if word in lexicon():
        return max(unlisted, lexicon().log_probability(word) + LISTED)
    return max(unlisted, FORM) if is_form(word) else unlisted


class Candidates:
    """Finds candidates through one channel, and remembers them."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self._seen: dict[str, tuple[Candidate, ...]] = {}
        self.listed_score = lru_cache(MOST_REMEMBERED)(self._listed_score)

    def of(self, string: str) -> tuple[Candidate, ...]:
        """Return the best candidates for a string, best first."""
        found = self._seen.get(string)
        if found is None:
            if len(self._seen) >= MOST_REMEMBERED:
                self._seen.clear()
            found = self._seen[string] = _best(self._find(string))
        return found

    def _listed_score(self, string: str) -> float:
        """Return the score of the best known word that a string may be."""
        return max(c.score for c in self.listed(string).values())

    def listed(self, string: str) -> Found:
        """Return the string itself and the known words with its skeleton."""
        lower = string.lower()
        found = {lower: Candidate(lower, alone(lower, capital=string[:1].isupper()), self.kept(lower))}
        self._add(found, string, index().words(skeleton(lower)))
        return found

    def kept(self, lower: str) -> float:
        """Return the cost of the string being just what was meant, also where it is no word of letters."""
        cost = self.channel.cost(lower, lower)
        return cost if cost < IMPOSSIBLE else 0.0

    def _find(self, string: str) -> Found:
        found = self.listed(string)
        if len(string) > LONGEST:
            return found
        if _is_stump(string.lower()):
            self._dropped(found, string)
        if is_word(string.lower()):
            return found
        if _explained(found, WELL):
            return found
        self._add(found, string, forms_read_as(string, self.channel))
        if not _explained(found):
            self._dropped(found, string)
            self._misread(found, string)
        self._compounds(found, string)
        if not _explained(found):
            self._add(found, string, spellings(string, self.channel))
        return found

    def _add(self, found: Found, string: str, words: Iterable[str], extra: float = 0.0) -> None:
        for word in words:
            if word not in found and (cost := self.channel.cost(string, word) + extra) < IMPOSSIBLE:
                found[word] = Candidate(word, alone(word, capital=string[:1].isupper()), cost)

    def _dropped(self, found: Found, string: str) -> None:
        """Add words of which one confusable letter was not read at all: `r` for `är`."""
        key = skeleton(string.lower())
        for i in range(len(key) + 1):
            if HOLE not in key[max(0, i - 1) : i + 1]:
                self._add(found, string, index().words(key[:i] + HOLE + key[i:]))

    def _misread(self, found: Found, string: str) -> None:
        """Add words reached by one rare misreading: `rn` for `m`."""
        for reading, letter in rare():
            at = string.find(reading)
            while at >= 0:
                variant = string[:at] + letter + string[at + len(reading) :]
                self._add(found, variant, index().words(skeleton(variant.lower())), RARE_COST)
                at = string.find(reading, at + 1)

    def _compounds(self, found: Found, string: str) -> None:
        """Add compounds of known parts, where that makes the word more probable than it was."""
        for word, log_p in compounds(string, self.channel):
            cost = self.kept(word) if word == string.lower() else self.channel.cost(string, word)
            if cost < IMPOSSIBLE:
                by_itself = alone(word, capital=string[:1].isupper())
                found[word] = Candidate(word, max(by_itself, log_p + COMPOUND), cost)


class InDocument(Candidates):
    """What a general channel found, at the costs of a document's own, and by what stands near it in clean text."""

    def __init__(self, channel: Channel, found_by: Candidates, local: Local) -> None:
        super().__init__(channel)
        self._found_by, self._local = found_by, local
        self.listed_score = found_by.listed_score  # in general: to tell words apart that is near enough

    def _find(self, string: str) -> Found:
        found = {c.word: replace(c, cost=self._cost(string, c)) for c in self._found_by.of(string)}
        near = self._local.counts(skeleton(string.lower()))
        if near and (len(near) > 1 or len(found) > 1 or string.lower() not in near):
            self._add(found, string, near)
            self._rescale(found, near)
        return found

    def _cost(self, string: str, candidate: Candidate) -> float:
        if candidate.word == string.lower():
            return self.kept(candidate.word)
        cost = self.channel.cost(string, candidate.word)
        return cost if cost < IMPOSSIBLE else candidate.cost

    @staticmethod
    def _rescale(found: Found, near: Mapping[str, int]) -> None:
        """Let the words' shares near at hand correct the shares they have in general."""
        general = sum(math.exp(c.alone) for c in found.values())
        total = sum(near.get(word, 0) for word in found)
        for word, c in found.items():
            gain = bonus(near.get(word, 0), total, math.exp(c.alone) / general)
            found[word] = replace(c, cost=c.cost - gain)


def _explained(found: Found, score: float = POOR) -> bool:
    """Tell whether a known word is a fair explanation, so that farther ones need not be sought."""
    return any(c.score > score and is_word(c.word) for c in found.values())


def _best(found: Found) -> tuple[Candidate, ...]:
    best = sorted(found.values(), key=lambda c: (-c.score, c.word))
    return tuple(c for c in best[:KEPT] if c.score > best[0].score - MARGIN)
