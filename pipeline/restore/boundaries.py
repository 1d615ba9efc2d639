"""Spaces lost and spaces too many: `Vibeklagar` is two words, `skydds nätet` is one.

Decided before the words are: a string is cut where no single word explains it and two frequent words do far better; two
strings are joined where the whole is a known word, far more probable than its halves side by side.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from corpus.swedish.lexicon import lexicon
from corpus.swedish.skeletons import skeleton
from pipeline.restore.candidates import Candidates, is_word
from pipeline.restore.confusions import listed
from pipeline.restore.lookup import index
from pipeline.restore.slots import Slot

SPACE_LOST, SPACE_ADDED = 9.0, 9.2  # nats that the evidence must outweigh
SHORTEST_RUN = 4
ONE_FROM, OTHER_FROM = -9.0, -13.0  # how frequent the two words of a run must be
BEST_PAIR = -6.0  # no two words score higher
LONE_I = 0.6  # what `i` scores, being so narrow that its space is lost a hundred times as often: log P(i) + 4.5
_READ_FOR_I = "il"


@cache
def _prefixes() -> frozenset[str]:
    """Return what leads words of its own kind (`ut`, `av`, `ny`) and so tells nothing of a lost space."""
    return frozenset(listed("run_together"))


@cache
def _frequent() -> frozenset[str]:
    """Return the skeletons of the words frequent enough for a run: most strings neither begin nor end with one."""
    return frozenset(skeleton(word) for word in lexicon() if lexicon().log_probability(word) > ONE_FROM)


def mended(slots: Iterable[Slot], text: str, candidates: Candidates) -> list[Slot]:
    """Return the slots with lost spaces put in and spaces too many taken out.

    A text that only lost its dots was never read off a page: there the spaces are those that were written.
    """
    if candidates.channel.only_dots:
        return list(slots)
    return list(_joined(_cut_runs(slots, candidates), text, candidates))


def _score(string: str, candidates: Candidates) -> float:
    return candidates.of(string)[0].score


def _word_score(string: str, candidates: Candidates) -> float:
    """Return the score of the best listed word: what is unseen itself is no sign of two words."""
    if len(string) == 1:
        return LONE_I if string.lower() in _READ_FOR_I else -math.inf
    return candidates.listed_score(string)


def _cut_runs(slots: Iterable[Slot], candidates: Candidates) -> Iterator[Slot]:
    for slot in slots:
        at = _cut_at(slot, candidates) if slot.kind == "word" and len(slot.spans) == 1 else 0
        if not at:
            yield slot
            continue
        start, end = slot.spans[0]
        yield replace(slot, string=slot.string[:at], spans=((start, start + at),), rule="split")
        yield Slot(slot.string[at:], "word", ((start + at, end),), rule="split", prefix=" ")


def _cut_at(slot: Slot, candidates: Candidates) -> int:
    """Return where to cut a run of two words, 0 where it is none."""
    string, lower = slot.string, slot.string.lower()
    if len(string) < SHORTEST_RUN or not string.isalpha() or not string[1:].islower() or is_word(lower):
        return 0
    best, at = _score(string, candidates) + SPACE_LOST, 0
    if best > BEST_PAIR:
        return 0
    for i in range(1, len(string)):
        if not (_is_frequent(lower[:i]) or _is_frequent(lower[i:])) or lower[:i] in _prefixes():
            continue
        left, right = _word_score(string[:i], candidates), _word_score(string[i:], candidates)
        if max(left, right) > ONE_FROM and min(left, right) > OTHER_FROM and left + right > best:
            best, at = left + right, i
    return at


def _is_frequent(lower: str) -> bool:
    return lower in _READ_FOR_I if len(lower) == 1 else skeleton(lower) in _frequent()


def _joined(slots: Iterable[Slot], text: str, candidates: Candidates) -> Iterator[Slot]:
    held: Slot | None = None
    for slot in slots:
        if held is not None and _belong(held, slot, text, candidates):
            span = held.spans[0][0], slot.spans[0][1]
            held = replace(held, string=held.string + slot.string, spans=(span,), rule="join")
            continue
        if held is not None:
            yield held
        held = slot
    if held is not None:
        yield held


def _belong(left: Slot, right: Slot, text: str, candidates: Candidates) -> bool:
    if not (left.kind == right.kind == "word" and left.rule == right.rule == "letters" and right.string.islower()):
        return False
    if len(left.spans) + len(right.spans) > 2 or text[left.spans[0][1] : right.spans[0][0]] != " ":
        return False
    if min(len(left.string), len(right.string)) < 3:
        return False
    apart = _score(left.string, candidates) + _score(right.string, candidates)
    if apart > -18:
        return False
    joined = left.string + right.string
    if not any(map(is_word, index().words(skeleton(joined.lower())))):
        return False
    whole = candidates.of(joined)[0]
    return is_word(whole.word) and whole.score - apart > SPACE_ADDED
