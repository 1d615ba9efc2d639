"""Word boxes: what is packed comes back, to the tenth of a point and the hundredth of certainty."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.boxes import pack, unpack
from corpus.records import WordBox

POINTS = st.floats(0, 6553.5)
BOXES = st.builds(WordBox, POINTS, POINTS, POINTS, POINTS, st.floats(0, 1))


def sides(box: WordBox) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


@given(st.lists(BOXES))
def test_boxes_come_back_to_the_tenth_of_a_point(boxes: list[WordBox]) -> None:
    """Every word has its box, in order, and no side has moved by more than half a tenth."""
    back = unpack(pack(boxes))
    assert len(back) == len(boxes)
    for box, again in zip(boxes, back, strict=True):
        assert all(math.isclose(a, b, abs_tol=0.0501) for a, b in zip(sides(box), sides(again), strict=True))
        assert math.isclose(box.confidence, again.confidence, abs_tol=0.00501)


@given(st.lists(BOXES))
def test_what_was_packed_once_is_packed_again_to_the_same_bytes(boxes: list[WordBox]) -> None:
    packed = pack(boxes)
    assert pack(unpack(packed)) == packed


def test_a_word_takes_nine_bytes_and_no_words_none() -> None:
    assert len(pack([WordBox(72, 80, 99, 92)] * 3)) == 27
    assert unpack(pack([])) == ()


@pytest.mark.parametrize(("points", "kept"), [(-3.0, 0.0), (7000.0, 6553.5), (6553.5, 6553.5)])
def test_what_lies_outside_moves_to_the_edge(points: float, kept: float) -> None:
    """A word that hangs outside the page, or a page larger than any paper, does not stop a document."""
    assert unpack(pack([WordBox(points, points, points, points)])) == (WordBox(kept, kept, kept, kept),)
