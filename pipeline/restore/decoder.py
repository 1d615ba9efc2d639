"""The most probable words for a row of slots: the candidates' costs and the trigram model, by Viterbi's algorithm.

All triples of candidates of a stretch are looked up in one call of the language model. Where only one candidate stands
there is nothing to choose and nothing is asked. How sure a choice is comes from the odds against the other candidates
of its slot, its neighbours being what was chosen.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from corpus.swedish.language_model import BOUNDARY_ID, NUMBER_ID, UNKNOWN_ID, language_model
from corpus.swedish.lexicon import lexicon
from pipeline.restore.candidates import Candidate, Candidates
from pipeline.restore.confusions import Channel
from pipeline.restore.slots import Slot
from pipeline.restore.spelling import lost_its_case

Floats = npt.NDArray[np.float32]
READ_FOR_I = {"[", "|", "l"}  # what stands alone where a capital I did


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for a slot; `word` is None where nothing was to be chosen."""

    word: str | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class _Options:
    ids: Sequence[int]
    alone: Sequence[float]
    costs: Sequence[float]
    words: Sequence[str] = ()


_EDGE = _Options([BOUNDARY_ID], [0.0], [0.0])
_SINGLE = {
    "boundary": _EDGE,
    "number": _Options([NUMBER_ID], [0.0], [0.0]),
    "fixed": _Options([UNKNOWN_ID], [0.0], [0.0]),
}


def decode(slots: Sequence[Slot], candidates: Candidates) -> list[Choice]:
    """Return the best choice for each slot."""
    row = [_EDGE, _EDGE, *(_options(slot, candidates) for slot in slots), _EDGE, _EDGE]
    path = _viterbi(row, _scores(row))
    sure = _confidences(row, path)
    return [Choice(row[t].words[path[t]], sure[t]) if row[t].words else Choice(None) for t in range(2, len(row) - 2)]


def _options(slot: Slot, candidates: Candidates) -> _Options:
    if slot.kind != "word":
        return _SINGLE[slot.kind]
    number = lexicon().number
    if slot.string in READ_FOR_I and candidates.channel.only_dots:
        return _SINGLE["fixed"]
    found = _lone(slot.string) if slot.string in READ_FOR_I else candidates.of(slot.string)
    words = [c.word for c in found]
    costs = [c.cost + _case_cost(slot, c.word, candidates.channel) for c in found]
    return _Options([number(w) for w in words], [c.alone for c in found], costs, words)


def _lone(string: str) -> tuple[Candidate, ...]:
    return Candidate("i", -3.5, 3.0), Candidate(string, -7.0 if string.isalpha() else -14.0, 0.0)


def _case_cost(slot: Slot, word: str, channel: Channel) -> float:
    """Return what the case of the string costs the word: inside a sentence names have capitals and other words none."""
    first = slot.string[0]
    if slot.leads or not first.isalpha() or slot.string.isupper() or lost_its_case(first, word, channel):
        return 0.0
    share = lexicon().capital_share(word)
    return -math.log(share if first.isupper() else 1 - share)


def _scores(row: Sequence[_Options]) -> dict[int, Floats]:
    """Return for each place with a choice the log probabilities of its triples, as a cube over three slots."""
    triples: list[tuple[int, int, int]] = []
    alone: list[float] = []
    shapes: dict[int, tuple[int, int, int]] = {}
    for t in range(2, len(row)):
        u, v, w = row[t - 2], row[t - 1], row[t]
        shape = len(u.ids), len(v.ids), len(w.ids)
        if shape != (1, 1, 1):
            shapes[t] = shape
            triples += product(u.ids, v.ids, w.ids)
            alone += list(w.alone) * (shape[0] * shape[1])
    flat = _ask(triples, alone)
    ends = np.cumsum([a * b * c for a, b, c in shapes.values()], dtype=np.int64).tolist()
    return {
        t: flat[end - math.prod(shape) : end].reshape(shape)
        for (t, shape), end in zip(shapes.items(), ends, strict=True)
    }


def _ask(triples: list[tuple[int, int, int]], alone: list[float]) -> Floats:
    if not triples:
        return np.zeros(0, dtype=np.float32)
    before, previous, word = np.array(triples, dtype=np.int64).T
    return language_model().scores(before, previous, word, np.array(alone, dtype=np.float32))


def _viterbi(row: Sequence[_Options], scores: dict[int, Floats]) -> list[int]:
    """Return the chosen option of each place. A state is the options of the last two places."""
    state = np.zeros((1, 1), dtype=np.float32)
    back: dict[int, npt.NDArray[np.int64]] = {}
    for t in range(2, len(row)):
        if t in scores:
            through = state[:, :, None] + scores[t]
            back[t] = through.argmax(axis=0)
            state = through.max(axis=0) - np.array(row[t].costs, dtype=np.float32)
    path = [0] * len(row)
    for t in range(len(row) - 1, 1, -1):
        if t in back:
            path[t - 2] = int(back[t][path[t - 1], path[t]])
    return path


def _confidences(row: Sequence[_Options], path: list[int]) -> dict[int, float]:
    """Return for each place with a choice the probability of the option chosen, given its neighbours."""
    places = [t for t in range(2, len(row) - 2) if len(row[t].ids) > 1]
    triples: list[tuple[int, int, int]] = []
    alone: list[float] = []
    for t in places:
        near = [row[t + d].ids[path[t + d]] for d in (-2, -1, 0, 1, 2)]
        rest = [row[t + d].alone[path[t + d]] for d in (1, 2)]
        for number, log_p in zip(row[t].ids, row[t].alone, strict=True):
            triples += (near[0], near[1], number), (near[1], number, near[3]), (number, near[3], near[4])
            alone += log_p, *rest
    totals = _ask(triples, alone).reshape(-1, 3).sum(axis=1)
    sure, at = dict.fromkeys(range(len(row)), 1.0), 0
    for t in places:
        weights = totals[at : at + len(row[t].ids)] - np.array(row[t].costs)
        at += len(row[t].ids)
        sure[t] = float(1 / np.exp(weights - weights[path[t]]).sum())
    return sure
