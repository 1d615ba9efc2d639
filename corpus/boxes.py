"""Word boxes as they are stored: nine bytes a word, tenths of a point and hundredths of confidence.

A page holds some 500 words; as text their boxes would take ten times the room of the words themselves.
"""

import struct
from collections.abc import Iterable

from corpus.records import WordBox

_WORD = struct.Struct("<4HB")
_TENTHS, _LARGEST = 10, 65535


def pack(words: Iterable[WordBox]) -> bytes:
    """Return the boxes as bytes, to the nearest tenth of a point; what lies outside 0–6553 points moves to the edge."""
    return b"".join(
        _WORD.pack(*map(_tenths, (w.left, w.top, w.right, w.bottom)), round(100 * w.confidence)) for w in words
    )


def unpack(packed: bytes) -> tuple[WordBox, ...]:
    """Return what `pack` packed."""
    return tuple(
        WordBox(left / _TENTHS, top / _TENTHS, right / _TENTHS, bottom / _TENTHS, sure / 100)
        for left, top, right, bottom, sure in _WORD.iter_unpack(packed)
    )


def _tenths(points: float) -> int:
    return min(max(round(points * _TENTHS), 0), _LARGEST)
