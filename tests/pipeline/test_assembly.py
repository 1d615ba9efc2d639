"""From lines to a page: no word is lost or doubled, columns come in turn, tables as rows, paragraphs apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import PartKind, WordBox
from pipeline.read.assembly import Line, Word, assembled, cells
from pipeline.read.page import PageText, composed

SIZE = 10.0  # the height of the print
LETTER, STEP = 5.0, 14.0  # the width of a letter, the distance between lines


def line(top: float, *placed: tuple[float, str], size: float = SIZE, bold: bool = False) -> Line:
    """A line at a height, of stretches of words that begin at the places told."""
    words = []
    for left, text in placed:
        at = left
        for word in text.split():
            words.append(Word(word, WordBox(at, top, at + LETTER * len(word), top + size)))
            at += LETTER * (len(word) + 1)
    return Line(tuple(words), size, bold)


def lines(*texts: str, top: float = 100, left: float = 70) -> list[Line]:
    """Lines of text, one below the other."""
    return [line(top + STEP * i, (left, text)) for i, text in enumerate(texts)]


def parts(page: PageText) -> list[tuple[str, str]]:
    return [(part.kind, page.text[part.start : part.end]) for part in page.parts]


BODY = ("nämnden har sett över kajen och", "funnit att den måste rustas upp", "innan hösten kommer till staden")


def test_no_lines_are_an_empty_page() -> None:
    assert assembled([]) == assembled([Line((), SIZE)]) == PageText("")


def test_words_far_apart_are_cells_and_words_near_each_other_are_not() -> None:
    """A gap of a line's height and a half stands within justified text, too."""
    near, far = line(0, (0, "ett"), (15 + 15.9, "två")), line(0, (0, "ett"), (15 + 16.1, "två"))
    assert [len(cells(made)) for made in (near, far)] == [1, 2]


# ---- paragraphs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "between"), [(STEP, "\n"), (1.2 * STEP, "\n"), (1.3 * STEP, "\n\n"), (60, "\n\n")])
def test_a_clearly_larger_step_parts_two_paragraphs(step: float, between: str) -> None:
    first = lines(*BODY)
    second = lines(*BODY, top=100 + 2 * STEP + step)
    assert assembled([*first, *second]).text == "\n".join(BODY) + between + "\n".join(BODY) + "\n"


def test_a_step_back_to_the_top_parts_what_stands_in_two_columns() -> None:
    column = BODY + BODY
    page = assembled([*lines(*column), *lines(*column, left=320)])
    assert page.text == "\n".join(column) + "\n\n" + "\n".join(column) + "\n"


@pytest.mark.parametrize(("apart", "between"), [(True, "\n\n"), (False, "\n")])
def test_what_the_engine_saw_goes_before_the_step(apart: bool, between: str) -> None:  # noqa: FBT001
    first, *_ = lines("ett ord")
    told = Line(line(100 + (STEP if apart else 5 * STEP), (70, "nästa ord")).words, SIZE, apart=apart)
    page = assembled([*lines(*BODY, top=40), first, told])
    assert page.text.endswith(f"ett ord{between}nästa ord\n")


# ---- columns and tables ----------------------------------------------------------------------------------------------


def two_columns(rows: int, left: str = "vänster rad om kajen", right: str = "höger rad om bron") -> list[Line]:
    return [line(100 + STEP * i, (50, f"{left} {i}"), (300, f"{right} {i}")) for i in range(rows)]


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    page = assembled(two_columns(6))
    left, right = ([f"{side} {i}" for i in range(6)] for side in ("vänster rad om kajen", "höger rad om bron"))
    assert page.text == "\n".join(left) + "\n\n" + "\n".join(right) + "\n"
    assert page.parts == ()


def test_a_short_line_in_one_column_stays_in_its_column() -> None:
    """The last line of a paragraph to the left has nothing, or a short line, to its right."""
    made = two_columns(7)
    made[3] = line(100 + 3 * STEP, (50, "slut."))
    page = assembled(made)
    first, _, second = page.text.partition("\n\n")
    assert first.split("\n")[3] == "slut."
    assert "vänster" not in second
    assert "höger" not in first


def test_words_follow_their_columns() -> None:
    """Each word's box goes where the word goes."""
    page = assembled(two_columns(6))
    sides = [box.left >= 300 for box in page.words]
    assert [word for word, is_right in zip(page.text.split(), sides, strict=True) if word in {"höger", "bron"}] == [
        "höger",
        "bron",
    ] * 6
    assert sides == sorted(sides)


@pytest.mark.parametrize("rows", [3, 4, 12])
def test_short_cells_at_the_same_places_are_rows_of_a_table(rows: int) -> None:
    made = [line(100 + STEP * i, (50, f"Post {i}"), (200, f"{i}00"), (320, f"{i} kr")) for i in range(rows)]
    page = assembled([*lines(*BODY, top=20), *made])
    written = "\n".join(f"Post {i}\t{i}00\t{i} kr" for i in range(rows))
    assert page.text == "\n".join(BODY) + "\n\n" + written + "\n"
    assert parts(page) == [("table", written)]


def test_many_rows_of_two_short_cells_are_a_table_and_no_columns_of_prose() -> None:
    made = [line(100 + STEP * i, (50, f"Namn {i}"), (300, "Ja")) for i in range(9)]
    assert parts(assembled(made)) == [("table", "\n".join(f"Namn {i}\tJa" for i in range(9)))]


def test_two_rows_are_no_table() -> None:
    page = assembled([line(100 + STEP * i, (50, "Datum"), (200, "Dnr")) for i in range(2)])
    assert page.text == "Datum Dnr\nDatum Dnr\n"
    assert page.parts == ()


def test_cells_that_end_at_the_same_place_are_a_column() -> None:
    """Figures are set to the right."""
    made = [
        line(100 + STEP * i, (50, "Post"), (300 - LETTER * len(sum_), sum_))
        for i, sum_ in enumerate(("7", "1250000", "85"))
    ]
    assert assembled(made).text == "Post\t7\nPost\t1250000\nPost\t85\n"


def test_lines_cut_at_different_places_are_no_table() -> None:
    made = [line(100 + STEP * i, (50, "Datum"), (150 + 60 * i, "Dnr")) for i in range(4)]
    assert assembled(made).parts == ()


def test_a_cell_that_goes_on_below_belongs_to_its_table() -> None:
    made = [
        line(100, (50, "Kajen"), (250, "rustas upp")),
        line(114, (50, "Bron"), (250, "byggs om helt")),
        line(128, (250, "under året")),
        line(142, (50, "Gatan"), (250, "läggs om")),
    ]
    assert parts(assembled(made)) == [("table", "Kajen\trustas upp\nBron\tbyggs om helt\nunder året\nGatan\tläggs om")]


def test_rows_that_come_ready_are_left_as_they_are() -> None:
    """A ruled table is cut by its rules; an empty cell keeps its place."""
    words = line(100, (50, "2019"), (300, "7")).words
    made = Line(words, SIZE, columns=("2019", "", "7"))
    page = assembled([made])
    assert page.text == "2019\t\t7\n"
    assert len(page.words) == 2
    assert parts(page) == [("table", "2019\t\t7")]


# ---- parts -----------------------------------------------------------------------------------------------------------


def test_what_is_larger_or_bold_is_a_heading_and_one_broken_over_lines_is_one() -> None:
    """The lines of a large heading stand as much further apart."""
    page = assembled(
        [
            line(20, (70, "Svar på interpellation"), size=14),
            line(39, (70, "om kajen"), size=14),
            *lines(*BODY),
            line(200, (70, "Bakgrund"), bold=True),
            *lines(*BODY, top=220),
        ]
    )
    assert parts(page) == [("heading", "Svar på interpellation\nom kajen"), ("heading", "Bakgrund")]


def test_a_long_line_in_bold_is_text() -> None:
    """Whole paragraphs are set in bold, too."""
    long = " ".join(["ord"] * 19)
    page = assembled([*lines(*BODY), line(200, (70, long), bold=True)])
    assert page.parts == ()


def test_small_print_at_the_foot_begun_by_a_mark_is_a_footnote() -> None:
    page = assembled(
        [
            *lines(*BODY),
            line(700, (70, "1 Se protokollet"), size=7),
            line(710, (70, "den 3 maj."), size=7),
        ]
    )
    assert parts(page) == [("footnote", "1 Se protokollet\nden 3 maj.")]


@pytest.mark.parametrize(
    ("text", "size"), [("Lövhamns stad Box 1", 7.0), ("1 Kajen rustas upp", SIZE), ("2019 fanns kajen", 7.0)]
)
def test_other_small_print_and_other_numbers_at_the_foot_are_no_footnotes(text: str, size: float) -> None:
    page = assembled([*lines(*BODY), line(700, (70, text), size=size)])
    assert page.parts == ()


def test_small_print_in_the_middle_of_a_page_is_no_footnote() -> None:
    page = assembled([*lines(*BODY), line(150, (70, "1 Se protokollet"), size=7), *lines(*BODY, top=200)])
    assert page.parts == ()


# ---- whatever the lines ----------------------------------------------------------------------------------------------

PLACES = st.floats(-50, 900)
WORDS = st.builds(
    lambda text, left, top, wide, high: Word(text, WordBox(left, top, left + wide, top + high)),
    st.text(st.sampled_from("aåÖ1.*¹§–"), min_size=1, max_size=6),
    PLACES,
    PLACES,
    st.floats(0, 200),
    st.floats(0, 40),
)


@st.composite
def any_line(draw: st.DrawFn) -> Line:
    """A line as no engine would give it, and as they do: words in order along a line, with gaps."""
    size, bold, apart = draw(st.floats(0, 40)), draw(st.booleans()), draw(st.sampled_from([None, None, True, False]))
    if draw(st.booleans()):
        return Line(tuple(draw(st.lists(WORDS, max_size=6))), size, bold, apart)
    at, top, words = 0.0, draw(st.integers(0, 50)) * STEP, []
    for gap in draw(st.lists(st.sampled_from([5.0, 5.0, 5.0, 120.0]), max_size=12)):
        at += gap
        words.append(Word("ord", WordBox(at, top, at + 15, top + SIZE)))
        at += 15
    return Line(tuple(words), size, bold, apart)


@given(st.lists(any_line(), max_size=14))
def test_whatever_the_lines_every_word_stands_once_with_its_box(made: list[Line]) -> None:
    """The text holds the words it was given, as many boxes as words, and parts that lie in it, in order, not empty."""
    page = assembled(made)
    given_words = [word for one in made for word in one.words]
    assert len(page.text.split()) == len(page.words)
    assert sorted(page.text.split()) == sorted(word.text for word in given_words)
    placed = sorted((word.text, *_sides(word.box)) for word in given_words)
    assert sorted((text, *_sides(box)) for text, box in zip(page.text.split(), page.words, strict=True)) == placed
    ends = [0, *(edge for part in page.parts for edge in (part.start, part.end))]
    assert ends == sorted(ends)
    assert all(page.text[part.start : part.end].strip() for part in page.parts)
    assert ends[-1] <= len(page.text)


def _sides(box: WordBox) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


KINDS: tuple[PartKind | None, ...] = (None, "heading", "table")
BLOCKS = st.lists(st.tuples(st.text(st.sampled_from("ab \n\t")), st.sampled_from(KINDS)))


@given(BLOCKS)
def test_the_parts_of_composed_blocks_are_the_blocks(blocks: list[tuple[str, PartKind | None]]) -> None:
    """Empty blocks are left out; the rest stand a blank line apart, and each part is its block to the letter."""
    page = composed(blocks)
    kept = [(kind, text.strip(" \n")) for text, kind in blocks if text.strip()]
    assert page.text == ("\n\n".join(text for _, text in kept) + "\n" if kept else "")
    assert parts(page) == [one for one in kept if one[0]]
