"""Reading: what a file is is told from its bytes, its text comes out whole, and what cannot be read says why."""

import contextlib
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import Unreadable
from pipeline.read import READERS, RENDERERS, media_type
from pipeline.read.kinds import DOCX, HTML, JPEG, PDF, PLAIN, PNG, TIFF
from tests.pipeline.making import archive, image_bytes, page_image, pdf

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # of damaged images Pillow also talks

SWEDISH = "Mötet den 3 maj: Åsa Öst yrkar att ärendet återremitteras.\nHåkan Ängström håller med om en sådan åtgärd.\n"


def read(data: bytes) -> list[str]:
    return READERS[media_type(data)](data)


def unreadable(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value


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


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), min_size=1).filter(lambda t: t.strip()))
def test_any_utf8_text_is_read_back(text: str) -> None:
    assert "".join(READERS[PLAIN](text.encode())) == text.removeprefix("\ufeff")


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
    assert media_type(data) == HTML
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


# ---- PDF, Word, images -----------------------------------------------------------------------------------------------


def test_a_pdf_gives_its_pages_with_their_paragraphs() -> None:
    long = (
        "Det andra stycket är så långt att det bryts över flera rader, för annars syns det inte att rader hör ihop. "
        * 2
    )
    data = pdf(f"Ärendet gäller ån.\n\n{long.strip()}", "Åtta öar på sidan två.")
    assert media_type(data) == PDF
    first, second = read(data)
    paragraphs = [" ".join(paragraph.split()) for paragraph in first.split("\n\n")]
    assert paragraphs == ["Ärendet gäller ån.", long.strip()]
    assert second.strip() == "Åtta öar på sidan två."


def test_a_scanned_pdf_gives_empty_pages_and_images_of_them() -> None:
    data = pdf(images=[page_image("Åtta öar")])
    assert [text.strip() for text in read(data)] == [""]
    image = RENDERERS[PDF](data, 1, 72)
    assert image.mode == "L"
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
    assert media_type(out.getvalue()) == DOCX
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
    data = image_bytes([page_image("Hej", dpi=72)], kind)
    assert media_type(data) == expected
    assert read(data) == [""]
    assert RENDERERS[expected](data, 1, 300).size == page_image("Hej", dpi=72).size


def test_every_page_of_a_tiff_is_a_page() -> None:
    images = [page_image("Hej", dpi=dpi) for dpi in (72, 80, 90)]
    data = image_bytes(images, "TIFF")
    assert read(data) == ["", "", ""]
    assert RENDERERS[TIFF](data, 3, 300).size == images[2].size


# ---- what cannot be read ---------------------------------------------------------------------------------------------

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
    assert unreadable(archive(brev_DOT_txt="hej")).code == "unknown"
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
        RENDERERS[PDF](data, 2, 72)
    assert caught.value.code == "damaged"


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n", b"II*\x00", b"<html>"])
)
def test_no_bytes_make_anything_but_unreadable(data: bytes, start: bytes) -> None:
    """Whatever the bytes, a file is read or says why not."""
    with contextlib.suppress(Unreadable):
        assert all(isinstance(text, str) for text in read(start + data))
