"""Letter-spaced words closed up: `S AM M AN T R ÄD E S P R O T O K O L L` is SAMMANTRÄDESPROTOKOLL.

A run of letters and pairs of letters is closed up only where all of it becomes known words or their compounds;
initials, lists of codes and short words in a row do not, and stay. Where the spaces between the words are wider they
tell the words apart, otherwise the most probable cut into the fewest words does.
"""

import math
import re
from collections.abc import Iterator, Sequence

from corpus.records import Correction
from corpus.swedish.compounds import parts
from corpus.swedish.lexicon import lexicon
from pipeline.restore.candidates import is_word

CONFIDENCE = 0.97
SINGLE_LETTERS = 0.5  # of the run's pieces: pairs alone are short words
SHORTEST, LONGEST = 3, 40  # letters of a word
SHORT_WORD, RARE_WORD = 1e-5, 1e-6  # how probable a word of three letters must be, and a longer one
MOSTLY = 0.5  # of the letters
A_WORD_MORE = -8.0  # nats: fewer words are more probable than many
_RUN = re.compile(r"(?<![\w-])[^\W\d_]{1,2}(?:[ \xa0]{1,4}[^\W\d_]{1,2}){4,}(?![\w-])")
_WIDE = re.compile(r"[ \xa0]{2,}")


def spacing_corrections(text: str) -> Iterator[Correction]:
    """Yield a correction for each letter-spaced stretch, in order."""
    for match in _RUN.finditer(text):
        pieces = match[0].split()
        if sum(len(piece) == 1 for piece in pieces) < SINGLE_LETTERS * len(pieces):
            continue
        closed = _closed(match[0])
        if closed:
            yield Correction(*match.span(), match[0], closed, "letter spacing", CONFIDENCE)


def _closed(run: str) -> str:
    """Return the words of a run, empty where they are none."""
    by_width = ["".join(word.split()) for word in _WIDE.split(run)]
    known = sum(len(word) for word in by_width if _probability(word.lower()) is not None)
    if len(by_width) > 1 and known > MOSTLY * sum(map(len, by_width)):  # a name among them may be unknown
        return " ".join(by_width)
    letters = "".join(run.split())
    cut = _words(letters.lower())
    ends = [0, *cut]
    return " ".join(letters[a:b] for a, b in zip(ends, cut, strict=False))


def _words(letters: str) -> Sequence[int]:
    """Return where the words of a run of letters end (Viterbi over the lexicon); empty where it is no row of words."""
    best: list[tuple[float, list[int]] | None] = [(0.0, [])]
    for end in range(1, len(letters) + 1):
        reached = None
        for start in range(max(0, end - LONGEST), end - SHORTEST + 1):
            before, word = best[start], _probability(letters[start:end])
            if before is not None and word is not None:
                score = before[0] + word + A_WORD_MORE
                if reached is None or score > reached[0]:
                    reached = score, [*before[1], end]
        best.append(reached)
    last = best[-1]
    return last[1] if last else []


def _probability(word: str) -> float | None:
    """Return log P of a known word or of a compound of known parts, None for anything else."""
    if len(word) < SHORTEST:
        return None
    if is_word(word) and lexicon().probability(word) > (SHORT_WORD if len(word) == SHORTEST else RARE_WORD):
        return math.log(lexicon().probability(word))
    split = parts(word)
    return sum(lexicon().log_probability(part) for part in split) if len(split) > 1 else None
