"""What holds for any text: restoring twice changes nothing more, corrections can be undone, nothing makes it fail."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Correction, apply_corrections
from pipeline.restore import restore
from pipeline.restore.edits import composed

from .measures import restored, without_dots
from .texts import BROKEN, CLEAN

_PIECES = [*CLEAN.split(), *without_dots(CLEAN).split(), *BROKEN.split(), "fÃ¶r", "\n", "\n\n", "§ 4", "(S)", "[", "|"]
_SWEDISH = st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join)


def undone(restored_text: str, corrections: tuple[Correction, ...]) -> str:
    """Take every correction back."""
    shift, back = 0, []
    for c in corrections:
        back.append(Correction(c.start + shift, c.start + shift + len(c.after), c.after, c.before, c.rule, 1.0))
        shift += len(c.after) - len(c.before)
    return apply_corrections(restored_text, back)


@pytest.mark.parametrize("text", [BROKEN, without_dots(CLEAN), CLEAN, BROKEN + CLEAN])
def test_restoring_twice_changes_nothing_more(text: str) -> None:
    assert restore(restored(text)) == ()


@settings(max_examples=60, deadline=None)
@given(_SWEDISH)
def test_corrections_can_be_undone(text: str) -> None:
    corrections = restore(text)
    assert all(text[c.start : c.end] == c.before for c in corrections)
    assert undone(apply_corrections(text, corrections), corrections) == text


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    corrections = restore(text)
    assert undone(apply_corrections(text, corrections), corrections) == text


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "x" * 20_000, "a " * 3_000, "åäö" * 2_000, "\x00\x01\x85\u2028", "ж漢字"]
)
def test_strange_texts_are_taken(text: str) -> None:
    restore(text)


@pytest.mark.parametrize("piece", ["a b c d ", "a.b.", "a-", "| ", '"”', "&a ", "a@", "12 $ ", "for-\n", "www.", "il"])
def test_long_rubbish_takes_no_long_time(piece: str) -> None:
    """What grew with the square of the length would take minutes here."""
    restore(piece * 20_000 + " namnden maste forklara arendet for alla")


def _edits(text: str) -> st.SearchStrategy[tuple[Correction, ...]]:
    """Corrections of a text at some of its letters."""
    places = st.sets(st.integers(0, max(0, len(text) - 1)), max_size=4).map(sorted)
    after = st.text("xyz", max_size=2)

    def made(spots: list[int], new: str) -> tuple[Correction, ...]:
        return tuple(Correction(i, i + 1, text[i], new, "letters", 1.0) for i in spots if i < len(text))

    return st.builds(made, places, after)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_two_rounds_told_as_one_give_the_same_text(data: st.DataObject) -> None:
    text = data.draw(st.text("abc ", min_size=1, max_size=12))
    first = data.draw(_edits(text))
    middle = apply_corrections(text, first)
    second = data.draw(_edits(middle))
    both = composed(text, first, second)
    assert apply_corrections(text, both) == apply_corrections(middle, second)
    assert all(text[c.start : c.end] == c.before for c in both)
