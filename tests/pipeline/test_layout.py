"""Layout: lines are joined as a reader joins them, and every block stands on the page where it says."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.records import Correction, Page, Part, PartKind
from corpus.vocabulary import pattern
from pipeline import layout
from pipeline.layout import Block, Reading
from tests.pipeline.making import PROSE, pages


def read(*texts: str) -> Reading:
    return layout.read(pages(*texts))


def blocks(*texts: str) -> list[tuple[str, str]]:
    reading = read(*texts)
    return [(block.kind, reading.block_text(block)) for block in reading.blocks]


def test_wrapped_lines_are_one_paragraph_and_a_blank_line_parts_two() -> None:
    one = " ".join(PROSE.split())
    assert blocks(f"{PROSE}\n{PROSE}") == [("paragraph", one), ("paragraph", one)]


def test_a_word_broken_at_the_end_of_a_line_is_whole_again() -> None:
    text = PROSE.replace(
        "våras. Förvaltningen har därefter sett över\n", "våras. Förvaltningen har därefter gransk-\nat "
    )
    assert "därefter granskat hur arbetet" in " ".join(read(text).text.split())


@pytest.mark.parametrize("joiner", ["och", "eller", "samt"])
def test_a_suspended_hyphen_stays(joiner: str) -> None:
    text = PROSE.replace("har därefter sett över\nhur", f"har sett över individ-\n{joiner} familjeomsorgen och hur")
    assert f"över individ- {joiner} familjeomsorgen" in read(text).text


def test_a_period_of_years_broken_over_two_lines_stays_one() -> None:
    text = PROSE.replace("har därefter sett över\nhur", "antog därefter planen 2019-\n2022 och såg över hur")
    assert "planen 2019-2022 och" in read(text).text


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    """The rest of the sentence is on the next page; running heads and page numbers between them are no part of it."""
    first, second = PROSE.rsplit("\n", 2)[0], PROSE.rsplit("\n", 2)[1]
    (block,) = read(f"{first}\n\nSida 1 (2)\n", f"{second}\n\nSida 2 (2)\n").blocks
    reading = read(f"{first}\n\nSida 1 (2)\n", f"{second}\n\nSida 2 (2)\n")
    assert reading.block_text(block) == " ".join(PROSE.split())
    place = reading.place(block.start, block.end)
    assert (place.page, place.end_page) == (1, 2)


def test_a_sentence_that_has_ended_does_not_go_on_over_a_page_break() -> None:
    other = "Badet öppnade i maj och har haft fler besökare än något år tidigare, trots vädret.\n"
    assert [text for _, text in blocks(PROSE, other)] == [" ".join(PROSE.split()), other.strip()]


@pytest.mark.parametrize(
    "line",
    [
        "Sida 2 (42)",
        "Sid. 3",
        "sida 2 av 9",
        "3[35]",
        "2 (42)",
        "- 4 -",
        "Justerandes sign",
        "Justerandes sign. | Utdragsbestyrkande",
        "Utdragsbestyrkande",
    ],
)
def test_page_furniture_is_left_out(line: str) -> None:
    assert blocks(f"{PROSE}\n{line}\n") == blocks(PROSE)


def test_running_heads_are_left_out_but_for_the_first_page() -> None:
    texts = [f"Lövhamns stad, protokoll {n}\n\nDet {word} ämnet behandlades av nämnden.\n" for n, word in
             enumerate(("första", "andra", "tredje"), start=1)]  # fmt: skip
    assert [text for _, text in blocks(*texts)] == [
        "Lövhamns stad, protokoll 1",
        "Det första ämnet behandlades av nämnden.",
        "Det andra ämnet behandlades av nämnden.",
        "Det tredje ämnet behandlades av nämnden.",
    ]


@pytest.mark.parametrize(
    ("line", "marker", "text"),
    [
        ("1. Hur många?", "1.", "Hur många?"),
        ("12) Hur många?", "12)", "Hur många?"),
        ("(3) att rusta", "(3)", "att rusta"),
        ("- Vilka?", "-", "Vilka?"),
        ("• Vilka?", "•", "Vilka?"),
        ("– Vilka?", "–", "Vilka?"),
        ("a) Vilka", "a)", "Vilka"),
        ("o Att rusta", "o", "Att rusta"),
        ("e Att rusta", "e", "Att rusta"),
        ("att1 rusta kajen", "att1", "att1 rusta kajen"),
    ],
)
def test_an_item_of_a_list_is_told_by_its_mark(line: str, marker: str, text: str) -> None:
    reading = read(f"{PROSE}\n{line}\n")
    block = reading.blocks[-1]
    assert (block.kind, block.marker, reading.block_text(block)) == ("item", marker, text)


@pytest.mark.parametrize("line", ["2019 var ett bra år för kajen.", "och så vidare.", "1.5 miljoner kronor.", "o nej."])
def test_what_only_looks_like_a_mark_is_none(line: str) -> None:
    assert read(f"{PROSE}\n{line}\n").blocks[-1].marker == ""


def test_items_stand_alone_and_their_wrapped_lines_go_with_them() -> None:
    text = (
        f"{PROSE}\n1. Hur många av dem som arbetar vid kajen har fått den utbildning som planen från i våras\n"
        "föreskriver?\n2. När?\n"
    )
    items = [text for kind, text in blocks(text) if kind == "item"]
    assert items[0].endswith("från i våras föreskriver?")
    assert items[1:] == ["När?"]


def test_att_clauses_stand_alone_under_what_leads_them_in() -> None:
    """A clause that begins with att is no continuation of `besluta`, nor of the clause before it."""
    text = (
        f"{PROSE}\nVi föreslår fullmäktige besluta\n\natt kajen rustas upp\n\natt kostnaden redovisas\natt bron rivs\n"
    )
    assert [text for _, text in blocks(text)][1:] == [
        "Vi föreslår fullmäktige besluta",
        "att kajen rustas upp",
        "att kostnaden redovisas",
        "att bron rivs",
    ]


def test_headings_are_told_from_sentences_and_signatures_stand_alone() -> None:
    expected = ["Svar på skrivelse", "Mina synpunkter", "Hur går det för kajen?", "§ 9 Bron", "Karin Alm (S)"]
    text = "".join(f"{heading}\n\n{PROSE}\n" for heading in expected)
    assert [text for kind, text in blocks(text) if kind == "heading"] == expected


def test_rows_of_a_table_are_rows() -> None:
    assert blocks(f"{PROSE}\nÅr\tAntal\n2019\t7\n")[1:] == [("row", "År\tAntal"), ("row", "2019\t7")]


@pytest.mark.parametrize("line", ["Lövhamn den 3 maj 2020", "Lövhamn 2020-05-03", "Dnr KS 2020/14", "Handläggare:"])
def test_lines_of_a_letterhead_begin_a_block(line: str) -> None:
    lines = PROSE.rstrip().rsplit(" ", 1)[0]
    assert line in [text for _, text in blocks(f"{lines}\n{line}\n{PROSE}")] or line in read(f"{lines}\n{line}").text
    assert any(text.startswith(line) for _, text in blocks(f"{lines}\n{line}\n"))


@pytest.mark.parametrize("texts", [(), ("",), ("\n\n \n",), ("", "\n")])
def test_empty_pages_give_an_empty_reading(texts: tuple[str, ...]) -> None:
    assert read(*texts).blocks == ()


# ---- every block stands where it says --------------------------------------------------------------------------------


def squeezed(text: str) -> str:
    """A text without white space and hyphens, which joining lines may change."""
    return "".join(text.split()).replace("-", "")


def assert_in_place(texts: tuple[str, ...], reading: Reading, block: Block) -> None:
    """Each character of a block is that character on its page, further on than the one before."""
    last = (0, -1)
    for at in range(block.start, block.end):
        char, place = reading.text[at], reading.place(at, at + 1)
        if not char.isspace() and char != "-":
            assert texts[place.page - 1][place.start : place.end] == char
            assert last < (place.page, place.start)
            last = (place.page, place.start)
    whole = reading.place(block.start, block.end)
    assert (whole.page, whole.start) <= (whole.end_page, whole.end)
    if block.start < block.end:  # a mark may stand alone
        assert texts[whole.page - 1][whole.start] == reading.text[block.start]


LINES = st.one_of(
    st.sampled_from(
        [
            "",
            "",
            "  ",
            "Mina synpunkter",
            "1. Hur många av dem har",
            "- att kajen rustas upp",
            "att kostnaden redovisas",
            "   Vi föreslår fullmäktige besluta",
            "Sida 2 (4)",
            "Justerandes sign",
            "och familjeomsorg samt individ-",
            "ordning råder i hamnen, vilket är bra för alla som arbe-",
            "tar där under hela året och inte bara om sommaren när",
            "Det är dags nu. Planen för 2019-",
            "2022 gäller alla.",
            "År\tAntal",
            "§ 9 Bron",
            "Lövhamn den 3 maj 2020",
            "Är det så?",
            "•",
            "-",
            "1.",
            "o Att",
        ]
    ),
    st.text(alphabet="aÅö .,-1?•\t()", max_size=40),
)
TEXTS = st.lists(st.lists(LINES, max_size=14).map("\n".join), min_size=1, max_size=4).map(tuple)


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_every_block_s_place_points_at_its_characters(texts: tuple[str, ...]) -> None:
    """Whatever the lines: each character of the reading text is that character on its page, blocks go in order."""
    reading = read(*texts)
    at = 0
    for block in reading.blocks:
        assert at <= block.start <= block.end <= len(reading.text)
        at = block.end
        if reading.block_text(block).strip():
            assert_in_place(texts, reading, block)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_nothing_but_furniture_and_running_heads_is_left_out(texts: tuple[str, ...]) -> None:
    """Every line that is not furniture or repeated stands in the reading text."""
    reading = squeezed(read(*texts).text)
    heads = layout._repeated(pages(*texts))
    for text in texts:
        for line in text.split("\n"):
            furniture = pattern("layout", "furniture").fullmatch(line.strip())
            if not furniture and layout._shape(line.strip()) not in heads:
                assert squeezed(line) in reading


# ---- what a page's setting tells -------------------------------------------------------------------------------------


def set_page(number: int, *parts: tuple[str, PartKind | None]) -> Page:
    """A page whose lines are known to be something."""
    text, known = "", []
    for line, kind in parts:
        if kind:
            known.append(Part(kind, len(text), len(text) + len(line)))
        text += line + "\n"
    return Page(number, text, text, "layer", 1.0, parts=tuple(known))


def test_a_footnote_does_not_come_between_the_halves_of_a_sentence_and_is_read_last() -> None:
    first, second = PROSE.rsplit("\n", 2)[0], PROSE.rsplit("\n", 2)[1]
    reading = layout.read(
        [
            set_page(1, *((line, None) for line in first.split("\n")), ("1 Se rapporten om kajen.", "footnote")),
            set_page(2, (second, None)),
        ]
    )
    assert [block.kind for block in reading.blocks] == ["paragraph", "footnote"]
    assert reading.block_text(reading.blocks[0]) == " ".join(PROSE.split())
    assert reading.place(reading.blocks[1].start, reading.blocks[1].end).page == 1


def test_a_line_set_as_a_heading_is_one_and_takes_no_line_of_the_text_with_it() -> None:
    """`Bakgrund.` ends with a full stop and stands close to the text: only its size tells."""
    lines: list[tuple[str, PartKind | None]] = [
        ("Bakgrund.", "heading"),
        *((line, None) for line in PROSE.strip().split("\n")),
    ]
    reading = layout.read([set_page(1, *lines)])
    assert [block.kind for block in reading.blocks] == ["heading", "paragraph"]


def test_what_a_format_calls_furniture_is_left_out() -> None:
    reading = layout.read([set_page(1, (PROSE.strip(), None), ("Box 12, 123 45 Lövhamn", "furniture"))])
    assert "Box 12" not in reading.text


def test_parts_are_found_again_in_the_restored_text() -> None:
    """A part's place is in the original; corrections before it move it along."""
    page = set_page(1, ("Namnden beslutar", None), ("1 Se rapporten.", "footnote"))
    changed = replace(page, text="Den nämnden beslutar\n1 Se rapporten.\n",
                      corrections=(Correction(0, 7, "Namnden", "Den nämnden", "x", 1.0),))  # fmt: skip
    assert [block.kind for block in layout.read([changed]).blocks] == ["heading", "footnote"]
