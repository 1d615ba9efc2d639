"""How well what a reply says fits a question: unit by unit, then sentence by sentence.

A unit (passages.py) speaks for a question by its words – the same stems, parts of each other's compounds, or words that
keep the same company (corpus.swedish.vectors) –, by the number of the question it names, by standing about where the
question stood among the others; a unit that fits another question better speaks less for this
one, and so do the first and last, which frame the reply. A sentence speaks for itself by its words and by being what
the question word asks for. The weights were set on question–answer pairs of invented cities (bench/tracing.py).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from corpus.swedish.likeness import kinship
from corpus.swedish.vectors import nearness
from corpus.vocabulary import pattern, table
from pipeline.connect.passages import Sentence, Unit, stems_of
from pipeline.connect.profiles import content_stems, weights

RELATED, FIELD = 0.3, 0.75  # cosine from which words are of one field, and how much such a word says of one's own
NUMBERED, OTHERS_NUMBER = 0.66, 0.47
ORDER, RIVAL = 0.2, 0.4
GOES_ON, OWN_UNIT = 0.2, 0.17
EDGE, FRAMED = 0.29, 4  # the first and last of at least so many units open and close the reply
STANCE, CLOSES = 0.2, 0.3
OWN, OF_UNIT, GIVES, LACKS, AFTER, FIRST = 0.5, 0.73, 0.23, 0.14, 0.22, 0.11
MOST = 2.0  # what a sentence can score, about
UNSEEN = 1.5  # the weight of a word the reply never uses

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put: its number in the document's findings, its place among the others (1…), and its words."""

    number: int
    place: int
    text: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence as an answer, and its score."""

    sentence: Sentence
    score: float


@dataclass(frozen=True, slots=True)
class Said:
    """What a reply says: its units with the stems of each, and how telling each stem is."""

    units: tuple[Unit, ...]
    words: tuple[list[str], ...]
    weight: Mapping[str, float]

    @property
    def stems(self) -> list[str]:
        """Every stem said, but for those that only say a question again."""
        return sorted({one for unit in self.units for s in unit.sentences if not s.restates for one in s.stems})


def asked_as(number: int, place: int, text: str) -> Asked:
    """Return a question with the words that say what it is about."""
    return Asked(number, place, text, tuple(sorted(stems_of(text) or frozenset(content_stems(text)))))


def said_in(units: Sequence[Unit]) -> Said:
    """Return what some units say."""
    words = tuple(sorted(unit.stems) for unit in units)
    return Said(tuple(units), words, weights([dict.fromkeys(stems, 1) for stems in words]))


def share(topic: Sequence[str], others: Sequence[str], weight: Mapping[str, float]) -> float:
    """Return how much of what a question is about some words say, the telling words counting most (0–1)."""
    if not topic or not others:
        return 0.0
    near = nearness(topic, others)
    field = FIELD * np.clip((near.max(axis=1) - RELATED) / (1 - RELATED), 0, 1)
    told = np.array([max(kinship(one, others), float(field[i])) for i, one in enumerate(topic)])
    telling = np.array([weight.get(one, UNSEEN) for one in topic])
    return float((told * telling).sum() / telling.sum())


def says_most(asked: Asked, said: Said) -> float:
    """Return how much of a question the unit that says most of it says; all where a unit names its number (0–1)."""
    if any(asked.place in unit.asked for unit in said.units):
        return 1.0
    return max((share(asked.stems, words, said.weight) for words in said.words), default=0.0)


def fits(put: Sequence[Asked], said: Said) -> Floats:
    """Return how well each unit speaks for each question: (questions, units)."""
    if not said.units:
        return np.zeros((len(put), 0))
    words = np.array([[share(asked.stems, stems, said.weight) for stems in said.words] for asked in put])
    rival = np.array([np.delete(words, i, axis=0).max(axis=0, initial=0.0) for i in range(len(put))])
    position = (np.arange(len(said.units)) + 0.5) / len(said.units)
    expected = (np.arange(len(put)) + 0.5) / len(put)
    found = words - RIVAL * np.maximum(0, rival - words)
    found += ORDER * (1 - 2 * np.abs(position[None, :] - expected[:, None]))
    if len(said.units) >= FRAMED:
        found[:, 0] -= EDGE
        found[:, -1] -= EDGE
    found[:, 1:] += GOES_ON * np.maximum(0, words[:, :-1] - words[:, 1:])
    for i, asked in enumerate(put):
        for j, unit in enumerate(said.units):
            if unit.asked:
                found[i, j] += NUMBERED if asked.place in unit.asked else -OTHERS_NUMBER
    return _shared_out(found)


def _shared_out(found: Floats) -> Floats:
    """Give each question the unit that is most its own: the best pairs first, no unit to two where another will do."""
    free = found.copy()
    for _ in range(min(found.shape)):
        i, j = np.unravel_index(np.argmax(free), free.shape)
        found[i, j] += OWN_UNIT
        free[i, :], free[:, j] = -np.inf, -np.inf
    return found


def candidates(asked: Asked, units: Sequence[Unit], fit: Floats, weight: Mapping[str, float]) -> list[Candidate]:
    """Return the sentences that may answer, best first; one that only says the question again is none."""
    found = []
    for unit, of_unit in zip(units, fit, strict=True):
        after = False
        for i, sentence in enumerate(unit.sentences):
            if sentence.restates or sentence.text.endswith(":") or pattern("answers", "forms").search(sentence.text):
                after = after or sentence.restates
                continue
            score = OF_UNIT * float(of_unit) + OWN * share(asked.stems, sentence.stems, weight)
            score += GIVES * gives(asked.text, sentence.text) - LACKS * lacks(asked.text, sentence.text)
            score += (
                AFTER * after + FIRST * (i == 0) - CLOSES * bool(pattern("answers", "closes").search(sentence.text))
            )
            if pattern("answers", "asks_yes_or_no").search(asked.text):
                score += STANCE * bool(pattern("answers", "stance").search(sentence.text))
            after = False
            found.append(Candidate(sentence, min(1.0, max(0.0, score / MOST))))
    return sorted(found, key=lambda candidate: -candidate.score)


def gives(question: str, passage: str) -> bool:
    """Tell whether a passage is of a kind the question asks for."""
    return any(want.asks.search(question) and want.gives.search(passage) for want in _wants())


def lacks(question: str, passage: str) -> bool:
    """Tell whether a question asks for what cannot be told without a figure or a time, and a passage has none."""
    musts = [want for want in _wants() if want.must and want.asks.search(question)]
    return bool(musts) and not any(want.gives.search(passage) for want in musts)


@dataclass(frozen=True, slots=True)
class _Want:
    """What a question of one kind is known by, and what answers it; it `must` be there where nothing else can."""

    asks: re.Pattern[str]
    gives: re.Pattern[str]
    must: bool


@cache
def _wants() -> tuple[_Want, ...]:
    return tuple(
        _Want(_any_of(w["asks"]), _any_of(w["gives"]), w.get("must", False)) for w in table("answers")["wants"].values()
    )


def _any_of(signs: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(signs), re.IGNORECASE)
