"""Reading: what a file is is told from its bytes, its text comes out whole, and what cannot be read says why."""

import contextlib
import io
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from corpus.errors import Unreadable
from corpus.records import WordBox
from pipeline.read import CONTAINERS, PAGED, READERS, media_type
from pipeline.read import image as images
from pipeline.read import pdf as pdfs
from pipeline.read.kinds import DOCX, HTML, JPEG, PDF, PLAIN, PNG, TIFF
from pipeline.read.page import PageText
from tests.pipeline.making import (
    archive,
    drawn_pdf,
    image_bytes,
    kind_of,
    member_names,
    on_disk,
    page_image,
    pdf,
    read_pages,
    rendered,
    reset_pdf,
)

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # of damaged images Pillow also talks

SWEDISH = "Mötet den 3 maj: Åsa Öst yrkar att ärendet återremitteras.\nHåkan Ängström håller med om en sådan åtgärd.\n"


def read(data: bytes) -> list[str]:
    return [page.text for page in read_pages(data)]


def look_at(data: bytes) -> None:
    """Read a file, or look at every page of it, as a run does."""
    with on_disk(data) as file:
        kind = media_type(file)
        if kind not in PAGED:
            READERS[kind](file)
            return
        for page in range(1, PAGED[kind].count(file) + 1):
            PAGED[kind].read(file, [page])
            PAGED[kind].render(file, page, 72)


def unreadable(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        look_at(data)
    return caught.value


def parts(page: PageText) -> list[tuple[str, str]]:
    """What the parts of a page are, with their text."""
    return [(part.kind, page.text[part.start : part.end]) for part in page.parts]


# ---- text ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "cp850", "cp437", "mac_roman"])
@pytest.mark.parametrize(
    "text",
    [
        SWEDISH,
        "Nämnden beslutar att återremittera ärendet.",
        "ÅTGÄRDER FÖR ÖKAD TRYGGHET",
        "Inga prickar alls.",
        "Idén är André Müllers.",
    ],
)
def test_plain_text_keeps_its_dots_in_every_encoding(table: str, text: str) -> None:
    assert read(text.encode(table)) == [text]


@pytest.mark.parametrize(
    "text", ["Han sade ”ja” och ”nej” – inte mer.", "Malmö–Lund, O’Hara och 5 § …", "Muñoz är här"]
)
def test_typographic_signs_of_windows_are_not_taken_for_letters(text: str) -> None:
    """In cp1252 a curly quotation mark has the code that ö has in cp850."""
    assert read(text.encode("cp1252")) == [text]


def test_one_broken_byte_does_not_garble_a_utf8_file() -> None:
    (text,) = read(SWEDISH.encode() + b"\xff slut")
    assert text.startswith(SWEDISH)


def test_a_form_feed_begins_a_page_and_line_ends_are_made_one_kind() -> None:
    assert read(b"ett\r\ntv\xc3\xa5\x0ctre\rfyra") == ["ett\ntvå", "tre\nfyra"]


def read_plain(data: bytes) -> list[PageText]:
    """Read bytes as text, whatever they begin like."""
    with on_disk(data) as file:
        return READERS[PLAIN](file)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(lambda t: t.strip()))
def test_any_utf8_text_is_read_back(text: str) -> None:
    assert "".join(page.text for page in read_plain(text.encode())) == text.removeprefix("\ufeff")


# ---- HTML ------------------------------------------------------------------------------------------------------------

WEB_PAGE = """<!DOCTYPE html>
<html lang="sv"><head><title>Lövhamn</title><style>p { color: red }</style></head>
<body>
<header>Lövhamns stad</header><nav><a href="/">Start</a></nav>
<div id="cookie-notice"><p>Får vi använda kakor?</p></div>
<main>
  <h1>Interpellation om kajen</h1>
  <p>Av <b>Karin</b> <i>Alm</i> (S)</p>
  <ol><li>Hur många?</li><li>När?</li></ol>
  <ul><li>en punkt</li></ul>
  <table><tr><th>År</th><th>Antal</th></tr><tr><td>2019</td><td>7</td></tr></table>
  <p>rad ett<br>rad två</p>
  <script>alert("x")</script>
</main>
<footer>Kontakta oss</footer>
</body></html>"""


@pytest.mark.parametrize("table", ["utf-8", "cp1252"])
def test_a_web_page_gives_its_main_text_alone(table: str) -> None:
    """Menus, cookie notices, scripts and footers go; list items are numbered as a reader sees them."""
    data = WEB_PAGE.encode(table)
    assert kind_of(data) == HTML
    (text,) = read(data)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    assert lines == [
        "Interpellation om kajen",
        "Av Karin Alm (S)",
        "1. Hur många?",
        "2. När?",
        "- en punkt",
        "År\tAntal",
        "2019\t7",
        "rad ett",
        "rad två",
    ]


def test_blocks_of_a_web_page_stand_apart() -> None:
    (text,) = read(b"<html><body><p>ett</p><p>tv\xc3\xa5</p></body></html>")
    assert re.fullmatch(r"ett\n\n+två\n", text)


def lines_of(page: str) -> list[str]:
    """The lines of a web page's text."""
    (text,) = read(page.encode())
    return [line.strip() for line in text.split("\n") if line.strip()]


def test_a_page_that_is_one_form_keeps_its_text() -> None:
    """ASP.NET, which many municipalities publish with, puts the whole body in a form; its fields still go."""
    form = '<form action="/"><div><p>Nämnden beslutar.</p></div><input value="Sök"><button>Skicka</button></form>'
    assert lines_of(f"<!DOCTYPE html><html><body>{form}</body></html>") == ["Nämnden beslutar."]


def test_an_articles_own_header_is_kept_and_the_pages_is_not() -> None:
    article = "<article><header><h1>Interpellation om kajen</h1><p>3 maj 2021</p></header><p>Texten.</p></article>"
    page = f"<html><body><header>Lövhamns stad</header>{article}<footer>Box 1</footer></body></html>"
    assert lines_of(page) == ["Interpellation om kajen", "3 maj 2021", "Texten."]


def test_what_holds_the_text_is_kept_whatever_it_is_called() -> None:
    """`sharepoint` holds the word share, by which buttons for sharing are known."""
    text = "<p>Nämnden beslutar att rusta upp kajen under året.</p>" * 3
    shared = '<div class="share-buttons"><p>Dela sidan</p></div>'
    page = f'<html><body><div class="sharepoint">{text}{shared}</div></body></html>'
    assert lines_of(page) == ["Nämnden beslutar att rusta upp kajen under året."] * 3


@pytest.mark.parametrize(
    "around",
    [
        "<nav><a>Start</a></nav>",
        '<ul class="huvudmeny"><li>Start</li></ul>',
        '<div role="navigation">Start</div>',
        '<div id="sidfot"><p>Start</p></div>',
        '<section class="brodsmulor">Start</section>',
        "<footer>Start</footer>",
        "<aside>Start</aside>",
        "<div hidden>Start</div>",
    ],
)
def test_menus_and_footers_are_out_where_nothing_marks_the_main_text(around: str) -> None:
    text = "<p>Nämnden beslutar att rusta upp kajen under året.</p>"
    page = f"<html><body>{around}<div>{text}</div>{around}</body></html>"
    assert lines_of(page) == ["Nämnden beslutar att rusta upp kajen under året."]


# ---- PDF, Word, images -----------------------------------------------------------------------------------------------


def test_a_pdf_gives_its_pages_with_their_paragraphs() -> None:
    long = (
        "Det andra stycket är så långt att det bryts över flera rader, för annars syns det inte att rader hör ihop. "
        * 2
    )
    data = pdf(f"Ärendet gäller ån.\n\n{long.strip()}", "Åtta öar på sidan två.")
    assert kind_of(data) == PDF
    first, second = read(data)
    paragraphs = [" ".join(paragraph.split()) for paragraph in first.split("\n\n")]
    assert paragraphs == ["Ärendet gäller ån.", long.strip()]
    assert second.strip() == "Åtta öar på sidan två."


def test_a_scanned_pdf_gives_empty_pages_and_images_of_them() -> None:
    data = pdf(images=[page_image("Åtta öar")])
    assert [text.strip() for text in read(data)] == [""]
    page = rendered(data, 1, 72)
    image = page.image
    assert (image.mode, page.dpi) == ("L", 72)
    assert abs(image.width - 595) < 5  # A4 in points


def test_a_word_file_gives_paragraphs_lists_and_tables_in_order() -> None:
    """Word keeps the marks of lists apart from the text; they come back, and a heading starts the numbers over."""
    import docx

    made = docx.Document()
    made.add_heading("Svar på skrivelse", 1)
    for text in ("ett", "två"):
        made.add_paragraph(text, style="List Number")
    made.add_heading("Åtgärder", 2)
    made.add_paragraph("åter ett", style="List Number")
    made.add_paragraph("en punkt", style="List Bullet")
    table = made.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("År", "Antal", "2019", "7"), strict=True):
        cell.text = text
    made.add_paragraph("Efter tabellen.")
    out = io.BytesIO()
    made.save(out)
    assert kind_of(out.getvalue()) == DOCX
    assert read(out.getvalue())[0].strip().split("\n\n") == [
        "Svar på skrivelse",
        "1. ett",
        "2. två",
        "Åtgärder",
        "1. åter ett",
        "- en punkt",
        "År\tAntal\n2019\t7",
        "Efter tabellen.",
    ]


@pytest.mark.parametrize(("kind", "expected"), [("PNG", PNG), ("JPEG", JPEG), ("TIFF", TIFF)])
def test_a_page_image_is_one_page_without_text(kind: str, expected: str) -> None:
    data = image_bytes([page_image("Hej", dpi=72)], kind, 72)
    assert kind_of(data) == expected
    assert read(data) == [""]
    assert rendered(data, 1, 72).image.size == page_image("Hej", dpi=72).size


def test_every_page_of_a_tiff_is_a_page() -> None:
    pages = [page_image("Hej", dpi=dpi) for dpi in (172, 180, 190)]
    data = image_bytes(pages, "TIFF")
    assert read(data) == ["", "", ""]
    assert [rendered(data, page, 200).image.size for page in (1, 2, 3)] == [page.size for page in pages]


def corner_marked(mode: str = "L") -> Image.Image:
    """A white page of 200 by 400 dots with a black square in its upper left corner."""
    page = Image.new(mode, (200, 400), "white")
    page.paste(0 if mode == "L" else "black", (0, 0, 40, 40))
    return page


def dark_corner(page: Image.Image) -> tuple[bool, bool, bool, bool]:
    """Tell whether the upper left, upper right, lower left and lower right corners are dark."""
    right, down = page.width - 10, page.height - 10
    dark = [int(np.asarray(page)[y, x]) < 128 for y in (10, down) for x in (10, right)]
    return dark[0], dark[1], dark[2], dark[3]


@pytest.mark.parametrize(
    ("said", "size", "dark"),
    [
        (1, (200, 400), (True, False, False, False)),
        (3, (200, 400), (False, False, False, True)),
        (6, (400, 200), (False, True, False, False)),
        (8, (400, 200), (False, False, True, False)),
    ],
)
def test_a_photographed_page_is_turned_as_its_camera_says(
    said: int, size: tuple[int, int], dark: tuple[bool, bool, bool, bool]
) -> None:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = said
    corner_marked().save(out, "JPEG", dpi=(200, 200), exif=exif)
    page = rendered(out.getvalue(), 1, 200).image
    assert page.size == size
    assert dark_corner(page) == dark


def test_a_transparent_image_lies_on_white_paper() -> None:
    page = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    page.paste((0, 0, 0, 255), (0, 0, 20, 20))
    assert dark_corner(rendered(image_bytes([page], "PNG"), 1, 200).image) == (True, False, False, False)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_an_image_of_sixteen_bits_keeps_its_greys(kind: str) -> None:
    page = Image.new("I;16", (100, 100), 32768)
    assert rendered(image_bytes([page], kind), 1, 200).image.getextrema() == (128, 128)


def test_a_coarse_image_is_enlarged_to_the_resolution_asked_for() -> None:
    page = rendered(image_bytes([corner_marked()], "PNG", 100), 1, 300)
    assert (page.image.size, page.dpi) == ((600, 1200), 300)
    assert dark_corner(page.image) == (True, False, False, False)


def test_a_fine_image_is_left_as_it_is() -> None:
    page = rendered(image_bytes([corner_marked()], "PNG", 400), 1, 300)
    assert (page.image.size, page.dpi) == ((200, 400), 400)


@pytest.mark.parametrize("said", [1, 0, 9999])
def test_an_image_that_cannot_tell_its_resolution_is_taken_for_a_page_of_a4(said: int) -> None:
    page = rendered(image_bytes([Image.new("L", (827, 1170), 255)], "PNG", said), 1, 100)
    assert page.dpi == 100


def test_a_bomb_of_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file may say it holds more dots than the memory does."""
    monkeypatch.setattr(images, "MOST_PIXELS", 60_000)
    assert unreadable(image_bytes([Image.new("1", (300, 300))], "PNG")).code == "too large"
    assert read(image_bytes([Image.new("1", (200, 140))], "PNG")) == [""]


# ---- how a PDF page is laid out --------------------------------------------------------------------------------------

SENTENCE = "Nämnden beslutar att rusta upp kajen i Lövhamn under året som kommer."
ROWS = (("Post", "Antal", "Kostnad"), ("Kajen", "1", "700"), ("Bron", "2", "850"), ("Gatan", "3", "90"))


def prose(made: Any, top: float = 80, lines: int = 6) -> None:
    """Draw lines of prose in the middle of the page."""
    for i in range(lines):
        made.text(72, top + 14 * i, SENTENCE)


def ink_outside(data: bytes, words: tuple[WordBox, ...]) -> float:
    """The share of the first page's ink that lies in no word's box (a point wider on each side)."""
    page = np.asarray(rendered(data, 1, 144).image) < 128
    left = page.copy()
    for word in words:
        x, y = max(int(2 * word.left) - 2, 0), max(int(2 * word.top) - 2, 0)
        assert page[y : int(2 * word.bottom) + 2, x : int(2 * word.right) + 2].any()
        left[y : int(2 * word.bottom) + 2, x : int(2 * word.right) + 2] = False
    return float(left.sum()) / float(page.sum())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (50.0, 300.0, 560.0, 800.0)])
def test_the_boxes_of_a_page_are_where_its_words_are_printed(
    turn: int, crop: tuple[float, float, float, float] | None
) -> None:
    """One for each word, in order, within the page as it is shown, with the word's ink in it and none left over."""
    data = reset_pdf(drawn_pdf(prose), turn=turn, crop=crop)
    (page,) = read_pages(data)
    image = rendered(data, 1, 72).image
    assert len(page.words) == len(page.text.split()) == 6 * len(SENTENCE.split())
    assert all(0 <= w.left < w.right <= image.width and 0 <= w.top < w.bottom <= image.height for w in page.words)
    assert ink_outside(data, page.words) == 0


def sideways(made: Any) -> None:
    """Draw lines that stand upright when the page is turned a quarter clockwise, as a landscape page is stored."""
    for i in range(6):
        with made.rotation(90, 100 + 14 * i, 700):
            made.text(100 + 14 * i, 700, f"Rad {i}. {SENTENCE}")


def test_a_landscape_page_stored_upright_is_read_as_it_is_shown() -> None:
    data = reset_pdf(drawn_pdf(sideways), turn=90)
    (page,) = read_pages(data)
    assert page.text.rstrip().split("\n") == [f"Rad {i}. {SENTENCE}" for i in range(6)]
    first = page.words[: len(SENTENCE.split())]
    assert [word.left for word in first] == sorted(word.left for word in first)
    assert ink_outside(data, page.words) == 0


def ruled(made: Any, left: float = 72, top: float = 200, beside: Sequence[str] = ()) -> None:
    """Draw a table with its rules, and a text beside each row."""
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            made.rect(left + 90 * c, top + 20 * r, 90, 20)
            made.text(left + 90 * c + 4, top + 20 * r + 14, text)
        if r < len(beside):
            made.text(left + 300, top + 20 * r + 14, beside[r])


def unruled(made: Any) -> None:
    """Draw the same table without rules."""
    for r, row in enumerate(ROWS):
        for c, text in enumerate(row):
            made.text(72 + 150 * c, 214 + 14 * r, text)


@pytest.mark.parametrize("table", [ruled, unruled])
@pytest.mark.parametrize("crop", [None, (50.0, 300.0, 560.0, 800.0)])
def test_a_table_is_rows_of_cells(table: Callable[[Any], None], crop: tuple[float, float, float, float] | None) -> None:
    """Ruled or not, on a cropped page too; what stands before and after it stays there, and nothing stands twice."""

    def draw(made: Any) -> None:
        made.text(72, 150, SENTENCE)
        table(made)
        made.text(72, 320, SENTENCE)

    data = reset_pdf(drawn_pdf(draw), crop=crop)
    (page,) = read_pages(data)
    rows = "\n".join("\t".join(row) for row in ROWS)
    assert page.text == f"{SENTENCE}\n\n{rows}\n\n{SENTENCE}\n"
    assert parts(page) == [("table", rows)]
    assert len(page.words) == len(page.text.split())


def test_text_beside_a_ruled_table_is_not_lost() -> None:
    """Whether it is drawn with the rows or after them."""

    def draw(made: Any) -> None:
        ruled(made, beside=["Vid", "sidan"])
        made.text(400, 254, "av tabellen.")

    (page,) = read_pages(drawn_pdf(draw))
    cells = [cell for row in ROWS for cell in row]
    assert sorted(page.text.split()) == sorted([*cells, "Vid", "sidan", "av", "tabellen."])
    assert parts(page) == [("table", "\n".join("\t".join(row) for row in ROWS))]


def test_two_ruled_tables_side_by_side_are_both_rows_once() -> None:
    def draw(made: Any) -> None:
        ruled(made, left=20)
        ruled(made, left=310)

    (page,) = read_pages(drawn_pdf(draw))
    rows = "\n".join("\t".join(row) for row in ROWS)
    assert page.text == f"{rows}\n\n{rows}\n"


def test_two_columns_drawn_row_by_row_are_read_one_after_the_other() -> None:
    def draw(made: Any) -> None:
        for i in range(9):
            made.text(60, 100 + 14 * i, f"vänster {i} om kajen och hamnen")
            made.text(320, 100 + 14 * i, f"höger {i} om bron och gatan")

    (page,) = read_pages(drawn_pdf(draw))
    left = "\n".join(f"vänster {i} om kajen och hamnen" for i in range(9))
    right = "\n".join(f"höger {i} om bron och gatan" for i in range(9))
    assert page.text == f"{left}\n\n{right}\n"
    assert page.parts == ()


def test_headings_and_footnotes_are_told_by_how_they_are_set() -> None:
    """Larger or bold type is a heading, small type at the foot that begins with a number is a footnote."""

    def draw(made: Any) -> None:
        made.set_font("Helvetica", size=16)
        made.text(72, 60, "Interpellation om kajen")
        made.set_font("Helvetica", size=11)
        prose(made, 90)
        made.set_font("Helvetica", "B", 11)
        made.text(72, 200, "Bakgrund")
        made.set_font("Helvetica", size=11)
        prose(made, 220)
        made.set_font("Helvetica", size=8)
        made.text(72, 780, "1 Protokoll den 3 maj,")
        made.text(72, 790, "paragraf 7.")
        made.text(72, 800, "2 Se bilagan.")

    (page,) = read_pages(drawn_pdf(draw))
    assert parts(page) == [
        ("heading", "Interpellation om kajen"),
        ("heading", "Bakgrund"),
        ("footnote", "1 Protokoll den 3 maj,\nparagraf 7.\n2 Se bilagan."),
    ]


def test_a_line_that_only_begins_in_bold_is_no_heading() -> None:
    def draw(made: Any) -> None:
        prose(made)
        made.set_font("Helvetica", "B", 11)
        made.text(72, 200, "Förslag:")
        made.set_font("Helvetica", size=11)
        made.text(122, 200, "kajen rustas upp.")

    (page,) = read_pages(drawn_pdf(draw))
    assert page.text.endswith("Förslag: kajen rustas upp.\n")
    assert page.parts == ()


def test_a_line_printed_twice_on_itself_stands_once() -> None:
    """Some programs make bold so; the same words on another place are another line."""

    def draw(made: Any) -> None:
        prose(made, 80)
        prose(made, 80.5)

    (page,) = read_pages(drawn_pdf(draw))
    assert page.text == f"{SENTENCE}\n" * 6
    assert len(page.words) == 6 * len(SENTENCE.split())


def test_a_table_at_the_foot_that_begins_with_a_number_is_no_footnote() -> None:
    """Nor is the text of a page made larger by the way its table's print is measured."""

    def draw(made: Any) -> None:
        prose(made)
        made.set_font("Helvetica", size=8)
        for r in range(4):
            for c in range(3):
                made.rect(72 + 90 * c, 200 + 20 * r, 90, 20)
                made.text(76 + 90 * c, 214 + 20 * r, str(r + c))

    (page,) = read_pages(drawn_pdf(draw))
    assert [kind for kind, _ in parts(page)] == ["table"]


def test_a_stamped_scan_is_doubted_though_it_has_text() -> None:
    def draw(made: Any) -> None:
        made.image(page_image("Åtta öar", dpi=72), x=0, y=0, w=595, h=842)
        made.text(72, 30, "Inkom 2021-05-03 Dnr KS 2021/377")

    (page,) = read_pages(drawn_pdf(draw))
    assert page.text == "Inkom 2021-05-03 Dnr KS 2021/377\n"
    assert "bild" in page.doubt


def test_a_page_of_text_with_a_logotype_is_not_doubted() -> None:
    def draw(made: Any) -> None:
        made.image(page_image("Lövhamn", dpi=72), x=40, y=20, w=120, h=50)
        prose(made, 120, 30)

    (page,) = read_pages(drawn_pdf(draw))
    assert page.doubt == ""


def test_a_scan_whose_text_is_laid_over_it_is_not_doubted() -> None:
    """A page that has been recognised already is a picture with its words on it."""

    def draw(made: Any) -> None:
        made.image(page_image("", dpi=72), x=0, y=0, w=595, h=842)
        prose(made, 60, 50)

    (page,) = read_pages(drawn_pdf(draw))
    assert page.doubt == ""


def test_a_large_page_is_shown_as_fine_as_fits_and_an_enormous_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A map is held within the pixels a worker may use; print is not to be read at less than 100 dots an inch."""
    monkeypatch.setattr(pdfs, "MOST_PIXELS", 2_000_000)
    page = rendered(drawn_pdf(prose, size=(720, 720)), 1, 300)
    assert page.dpi == 141
    assert page.image.width * page.image.height <= 2_000_000
    with pytest.raises(Unreadable) as caught:
        rendered(drawn_pdf(prose, size=(1440, 1440)), 1, 300)
    assert caught.value.code == "too large"


def test_a_document_changed_under_its_name_is_read_anew() -> None:
    """A worker keeps the last document open; another file of the same name is another document."""
    with on_disk(pdf("Det första.")) as file:
        assert pdfs.read(file, [1])[0].text == "Det första.\n"
        file.write_bytes(pdf("Det andra dokumentet."))
        assert pdfs.read(file, [1])[0].text == "Det andra dokumentet.\n"


# ---- what cannot be read ---------------------------------------------------------------------------------------------

MAIL_HEAD = b"From: a@lovhamn.example\nTo: b@lovhamn.example\nSubject: kaj\n"
PLAIN_PDF_HEAD = b"%PDF-1.7\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\x00" * 50, "empty"),
        (bytes(range(256)) * 9, "unknown"),
        (b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", "unknown"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "unknown"),
        (b"PK\x03\x04 och sedan inget", "damaged"),
        (PLAIN_PDF_HEAD + b"och sedan inget", "damaged"),
        (b"\x89PNG\r\n\x1a\noch sedan inget", "damaged"),
        (b"\xff\xd8\xffoch sedan inget", "damaged"),
        (b"II*\x00och sedan inget", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, code: str) -> None:
    error = unreadable(data)
    assert error.code == code
    assert error.cause
    assert error.remedy


def test_a_locked_pdf_is_told_from_a_damaged_one() -> None:
    error = unreadable(pdf("Hemligt", password="lösen"))  # noqa: S106
    assert error.code == "encrypted"
    assert "olåst" in error.remedy


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_pdf_is_damaged_or_read_as_far_as_it_goes(share: float) -> None:
    data = pdf("Sida ett", "Sida två")
    cut = data[: int(share * len(data))]
    assert unreadable(cut).code == "damaged"


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_cut_image_is_damaged(kind: str, share: float) -> None:
    data = image_bytes([page_image("Kajen i Lövhamn " * 3)], kind)
    assert unreadable(data[: int(share * len(data))]).code == "damaged"


def test_a_zip_that_is_no_word_file_is_told_from_a_broken_one() -> None:
    assert member_names(archive(brev_DOT_txt="hej")) == ("brev.txt",)
    assert unreadable(archive(word__document_DOT_xml="<inte hel")).code == "damaged"


def broken_page(data: bytes, number: int) -> bytes:
    """A PDF whose page `number` is no page."""
    place = [match.start() for match in re.finditer(rb"/Type /Page\n", data)][number - 1]
    return data[:place] + b"/Type /Pgae\n" + data[place + 12 :]


def test_one_broken_page_of_a_pdf_does_not_lose_the_others() -> None:
    """The broken page comes out empty, and asking for its image says what is wrong."""
    data = broken_page(pdf("Sida ett", "Sida två", "Sida tre", plain=True), 2)
    assert [text.strip() for text in read(data)] == ["Sida ett", "", "Sida tre"]
    with pytest.raises(Unreadable) as caught:
        rendered(data, 2, 72)
    assert caught.value.code == "damaged"


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n", b"II*\x00", b"<html>", b"{\\rtf1", MAIL_HEAD]),
)
def test_no_bytes_make_anything_but_unreadable(data: bytes, start: bytes) -> None:
    """Whatever the bytes, a file is read and looked at, or says why not."""
    with contextlib.suppress(Unreadable), on_disk(start + data) as file:
        kind = media_type(file)
        if kind in CONTAINERS:
            CONTAINERS[kind].names(file)
        else:
            look_at(start + data)


@pytest.mark.parametrize("shown", [0, 90, 180, 270])
def test_a_page_shown_on_its_side_is_read_as_its_text_stands(shown: int) -> None:
    """A page whose flag turns it wrongly has the same text in the same order, and its boxes lie where it is shown."""
    data = pdf(f"Ärendet gäller ån.\n\n{'Nämnden beslutar att rusta upp kajen. ' * 9}\n\nÅsa Öst")
    turned = reset_pdf(data, turn=shown)
    (upright,), (page,) = read_pages(data), read_pages(turned)
    assert page.text == upright.text
    image = rendered(turned, 1, 72).image
    for box in page.words:
        left, top, right, bottom = int(box.left), int(box.top), int(box.right) + 1, int(box.bottom) + 1
        assert min(image.crop((left, top, right, bottom)).tobytes()) < 160
