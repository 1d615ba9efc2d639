"""Documents like one another: nearly the same text, which is one document twice, and the same subject, which is more.

The same text is told by a sketch: the smallest hashes of all runs of three words, of which two documents share as large
a part as they share of their runs (Broder, "On the resemblance and containment of documents", 1997). The same subject
is asked for by the most telling words of a document.
"""

import re
import zlib
from array import array
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from heapq import nsmallest

from corpus.swedish.likeness import telling
from corpus.swedish.stems import stem, words
from index import nodes
from index.engines import protocol as engine
from index.forms import stem as indexed

RUN = 3  # words
KEPT = 48  # hashes of a sketch
FEWEST = 20  # runs, below which a text tells too little to be called the same as another
SAME = 0.8  # what two documents share of their runs when they are one document twice; misreadings are allowed for
TELLING_WORDS = 20
READ = 40_000  # characters of a document that its subject is taken from
_MASK = 0xFFFFFFFF
_SMALL = re.compile(r"\b[a-zåäöé]\w+")


def sketch(text: Sequence[str]) -> bytes:
    """Return the sketch of a text given as its words; empty where it is too short for one."""
    hashes = [_hash(word) for word in text]
    runs = {
        (one * 31 + two) * 31 + three & _MASK for one, two, three in zip(hashes, hashes[1:], hashes[2:], strict=False)
    }
    return array("I", nsmallest(KEPT, runs)).tobytes() if len(runs) >= FEWEST else b""


@lru_cache(maxsize=100_000)
def _hash(word: str) -> int:
    return zlib.crc32(word.encode())


def same_text(one: bytes, other: bytes) -> bool:
    """Tell by their sketches whether two documents have nearly the same text."""
    if not one or not other:
        return False
    first, second = set(memoryview(one).cast("I")), set(memoryview(other).cast("I"))
    smallest = nsmallest(KEPT, first | second)
    return sum(held in first and held in second for held in smallest) >= SAME * len(smallest)


def subject(text: str) -> tuple[engine.Clause, nodes.Query]:
    """Return what asks for documents on the subject of a text, and the same as a query that tells where it is met."""
    read = text[:READ]
    times = Counter(map(stem, words(read)))
    common = {stem(word) for word in _SMALL.findall(read)}  # a name tells who, and not what about
    worth = {one: weight * min(times[one], 4) ** 0.5 for one, weight in telling(read).items() if one in common}
    best = sorted(worth, key=lambda one: (-worth[one], one))[:TELLING_WORDS]
    forms = {stem(word): word for word in words(read)}
    terms = [engine.Term(field, indexed(forms[one]), worth[one]) for one in best for field in ("stem", "title")]
    return engine.Either(tuple(terms)), nodes.Query(tuple(nodes.Word(forms[one]) for one in best))
