"""Build `model.npz`, the committed table of counts: `python -m corpus.swedish.build_model ../shared/language`.

The folder holds `*.txt.xz` files whose documents begin with a line `#DOC id`. Every fiftieth document is held out (it
is what the measurements are made on). From the rest and `council.txt` come a trigram model with interpolated absolute
discounting (Ney, Essen and Kneser 1994; the unigrams count distinct predecessors, Kneser and Ney 1995), thinned by
weighted difference (Seymore and Rosenfeld 1996) and renormalised by back-off weights (Katz 1987), a letter model of
word types, and how often a word begins or ends a compound. Unigrams mix in wordfreq's (data CC BY-SA 4.0). The same
inputs give the same bytes, given the same zlib.
"""

import io
import lzma
import re
import sys
import zipfile
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.swedish import letters
from corpus.swedish.compound_counts import count_parts
from corpus.swedish.packing import MODEL, pack_levels, pack_planes, pack_words
from corpus.swedish.tokens import BOUNDARY, NUMBER, tokens

HELD_OUT_EVERY = 50
WORDFREQ_SHARE = 0.15  # of a word's unigram probability; the rest is the corpora's
KEEP_FROM = 2  # how often a word must stand to be numbered
DOUBT = 0.05  # what every history leaves to the shorter one: council text is not quite this text
COUNCIL = Path(__file__).with_name("council.txt")
COUNCIL_TIMES = 15  # how often the formulas of councils are counted: they stand in every record, and in no statute
BIGRAM_GAIN, TRIGRAM_GAIN = 3.5, 2.5  # nats an n-gram must save over the whole corpus to be kept

# The register's own line in every interpellation; it would teach that only "den" follows "besvarad".
_REGISTER = re.compile(r"Inkom den .* Besvarad den ")

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def paragraphs(folder: Path, *, held_out: bool = False) -> Iterator[str]:
    """Yield the paragraphs of the documents counted, or with `held_out` of those that are not."""
    for file in sorted(folder.glob("*.txt.xz")):
        yield from _paragraphs(file, held_out=held_out)


def _paragraphs(file: Path, *, held_out: bool) -> Iterator[str]:
    number = -1
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#DOC"):
                number += 1
            elif (number % HELD_OUT_EVERY == HELD_OUT_EVERY - 1) is held_out and not _REGISTER.match(line):
                yield line


def formulas() -> Iterator[str]:
    """Yield the formulas of councils, as often as they count."""
    lines = COUNCIL.read_text(encoding="utf-8").splitlines()
    for _ in range(COUNCIL_TIMES):
        yield from (line for line in lines if not line.startswith("#"))


@dataclass(frozen=True)
class Text:
    """The running text as numbers: 0 is the boundary, 1 a number, then words by falling count; rare words are -1."""

    words: list[str]
    counts: Ints
    capitals: Floats  # how often a word stands with a capital where no sentence begins
    stream: Ints


def read(lines: Iterable[str]) -> Text:
    """Number the words of a text."""
    first_seen: dict[str, int] = {BOUNDARY: 0, NUMBER: 1}
    raw, capital = array("i", [0]), bytearray(1)
    for line in lines:
        for token in tokens(line):
            raw.append(first_seen.setdefault(token.lower(), len(first_seen)))
            capital.append(token[0].isupper())
    stream = np.array(raw, dtype=np.int64)
    number, kept = _numbering(list(first_seen), np.bincount(stream, minlength=len(first_seen)))
    stream = number[stream]
    inside = np.flatnonzero((stream[1:] > 0) & (stream[:-1] != 0)) + 1
    capitals = np.bincount(stream[inside], np.frombuffer(capital, dtype=np.uint8)[inside], len(kept))
    share = (capitals + 0.3) / (np.bincount(stream[inside], minlength=len(kept)) + 1)
    return Text(kept, np.bincount(stream[stream >= 0], minlength=len(kept)), share, stream)


def _numbering(names: list[str], counts: Ints) -> tuple[Ints, list[str]]:
    """Return each word's number and the words kept, boundary and number first, then by falling count."""
    counts = counts.copy()
    counts[:2] = counts.max() + 2, counts.max() + 1
    order = sorted(range(len(names)), key=lambda i: (-counts[i], names[i]))
    kept = [i for i in order if counts[i] >= KEEP_FROM]
    number = np.full(len(names), -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    return number, [names[i] for i in kept]


@dataclass(frozen=True)
class Grams:
    """The n-grams of one order, sorted: row of the history, word, its log probability, and that one order down."""

    history: Ints
    word: Ints
    log_p: Floats
    below: Floats

    def keep(self, chosen: npt.NDArray[np.bool_]) -> "Grams":
        """Only the chosen ones."""
        return Grams(self.history[chosen], self.word[chosen], self.log_p[chosen], self.below[chosen])

    def back_off(self, histories: int) -> Floats:
        """Return for each history the log of the mass left over its share one order down (Katz's alpha)."""
        left = 1 - np.bincount(self.history, np.exp(self.log_p), histories)
        left_below = 1 - np.bincount(self.history, np.exp(self.below), histories)
        return np.asarray(np.log(np.clip(left, 1e-4, 1) / np.clip(left_below, 1e-4, 1)))


def discounted(history: Ints, counts: Ints, below: Floats) -> Floats:
    """Return log p(word | history), interpolated with `below`; all n-grams seen, also those not to be kept."""
    once, twice = np.count_nonzero(counts == 1), np.count_nonzero(counts == 2)
    discount = once / (once + 2 * twice) if once else 0.5
    total, kinds = np.bincount(history, counts)[history], np.bincount(history)[history]
    seen = (counts - discount + discount * kinds * np.exp(below)) / total
    return np.asarray(np.log((1 - DOUBT) * seen + DOUBT * np.exp(below)))


def unigrams(text: Text, pairs: Ints) -> Floats:
    """Return log p(word): distinct predecessors, mixed with wordfreq's frequencies."""
    from wordfreq import get_frequency_dict

    size = len(text.words)
    seen = np.bincount(pairs % size, minlength=size).astype(float)
    general = get_frequency_dict("sv", "large")
    spoken = np.array([general.get(word, 0.0) for word in text.words])
    return np.asarray(
        np.log((1 - WORDFREQ_SHARE) * (seen + 0.5) / (seen + 0.5).sum() + WORDFREQ_SHARE * spoken + 1e-12)
    )


def ngrams(text: Text) -> tuple[Floats, Grams, Grams]:
    """Return log unigrams, bigrams and trigrams; a trigram's history is the place of its bigram among those kept."""
    size, s = len(text.words), text.stream
    both = (s[:-1] >= 0) & (s[1:] >= 0)
    pairs, pair_counts = np.unique((s[:-1] * size + s[1:])[both], return_counts=True)
    log_p1 = unigrams(text, pairs)
    below2 = log_p1[pairs % size]
    two = Grams(pairs // size, pairs % size, discounted(pairs // size, pair_counts, below2), below2)

    # A triple over a sentence's end says nothing: the boundary may stand first or last, not between.
    within = both[:-1] & both[1:] & (s[1:-1] != 0)
    at = np.searchsorted(pairs, (s[:-2] * size + s[1:-1])[within])
    triples, triple_counts = np.unique(at * size + s[2:][within], return_counts=True)
    history, last = triples // size, triples % size
    below3 = two.log_p[np.searchsorted(pairs, two.word[history] * size + last)]
    three = Grams(history, last, discounted(history, triple_counts, below3), below3)

    keep3 = triple_counts * (three.log_p - below3) >= TRIGRAM_GAIN
    keep2 = pair_counts * (two.log_p - below2) >= BIGRAM_GAIN
    keep2[history[keep3]] = True
    new_place = np.cumsum(keep2) - 1
    three = three.keep(keep3)
    return log_p1, two.keep(keep2), Grams(new_place[three.history], three.word, three.log_p, three.below)


def arrays(text: Text) -> dict[str, npt.NDArray[np.generic]]:
    """Return everything the model file holds."""
    log_p1, two, three = ngrams(text)
    size = len(text.words)
    counted = dict(zip(text.words[2:], text.counts[2:].tolist(), strict=True))
    first, last = count_parts(counted)
    return {
        "words": pack_words(text.words),
        "unigrams": pack_levels(log_p1),
        "capitals": np.rint(text.capitals * 255).astype(np.uint8),
        "unigram_back_off": pack_levels(two.back_off(size)),
        "bigram_rows": np.bincount(two.history, minlength=size).astype(np.uint32),
        "bigram_words": pack_planes(two.word),
        "bigrams": pack_levels(two.log_p),
        "bigram_back_off": pack_levels(three.back_off(len(two.word))),
        "trigram_rows": np.bincount(three.history, minlength=len(two.word)).astype(np.uint16),
        "trigram_words": pack_planes(three.word),
        "trigrams": pack_levels(three.log_p),
        "letters": letters.table(counted),
        "first_parts": pack_words(list(first)),
        "first_counts": np.array(list(first.values()), dtype=np.uint16),
        "last_parts": pack_words(list(last)),
        "last_counts": np.array(list(last.values()), dtype=np.uint16),
    }


def save(file: Path, content: dict[str, npt.NDArray[np.generic]]) -> None:
    """Write an .npz whose bytes depend on its content alone (numpy's own stamps the time of day)."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, values in content.items():
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, values, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), buffer.getvalue(), zipfile.ZIP_DEFLATED, compresslevel=9)


def main() -> None:
    """Build the model from the folder named on the command line."""
    content = arrays(read(chain(paragraphs(Path(sys.argv[1])), formulas())))
    save(MODEL, content)
    sizes = Counter({name: values.size for name, values in content.items()})
    sys.stdout.write(f"{MODEL.name}: {MODEL.stat().st_size / 1e6:.1f} MB, {dict(sizes)}\n")


if __name__ == "__main__":
    main()
