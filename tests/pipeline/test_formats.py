"""Formats beside PDF, web pages and images: everything a person sees in a file comes out, once and in its order."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest

from corpus.errors import Unreadable
from pipeline.read import archive as archives
from pipeline.read.kinds import DOCX, HTML, JPEG, MAIL, ODT, PDF, PLAIN, PNG, RTF, TIFF, ZIP
from pipeline.read.page import PageText
from tests.pipeline.making import archive, image_bytes, kind_of, member, member_names, page_image, pdf, read_pages


def blocks(data: bytes) -> list[str]:
    """The blocks of a document of one page."""
    (page,) = read_pages(data)
    return page.text.strip("\n").split("\n\n")


def parts(page: PageText) -> list[tuple[str, str]]:
    """What the parts of a page are, with their text."""
    return [(part.kind, page.text[part.start : part.end]) for part in page.parts]


def refused(do: Callable[[], object]) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        do()
    assert caught.value.cause
    assert caught.value.remedy
    return caught.value


# ---- Word ------------------------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def nothing(_: Any) -> None:
    """Add nothing."""


def word(body: str, prepare: Callable[[Any], None] = nothing) -> bytes:
    """A Word file whose body is this XML; `prepare` may add to the document what stands outside the body."""
    import docx
    from docx.oxml import parse_xml

    made = docx.Document()
    prepare(made)
    for element in parse_xml(f"<w:body {W} {MC}>{body}</w:body>"):
        made.element.body.insert(len(made.element.body) - 1, element)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(text: str, *, style: str = "", number: str = "", depth: int = 0) -> str:
    """A paragraph of runs already made or of plain text."""
    inner = text if text.startswith("<") else run(text)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    return f"<w:p><w:pPr>{named}{listed}</w:pPr>{inner}</w:p>"


def table(*rows: list[str]) -> str:
    """A table whose cells are XML."""
    made = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in made)}</w:tbl>"


def text_box(inner: str) -> str:
    """A text box as Word writes it: once for itself and once for programs of before 2010."""
    box = f"<w:txbxContent>{inner}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def control(inner: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="Fältets namn"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def test_content_controls_of_word_are_read_where_they_stand() -> None:
    """The fields of a municipal template stand around paragraphs and within them."""
    body = para("Före.") + control(para("Dnr KS 2021/377")) + para(run("Av ") + control(run("Karin Alm")) + run(" (S)"))
    assert blocks(word(body)) == ["Före.", "Dnr KS 2021/377", "Av Karin Alm (S)"]


def test_inserted_text_of_word_is_in_and_deleted_text_is_out() -> None:
    """A document with tracked changes reads as if they were accepted."""
    body = para(
        run("Kajen ")
        + "<w:del><w:r><w:delText>rivs</w:delText><w:tab/></w:r></w:del>"
        + f"<w:ins>{run('rustas upp')}</w:ins>"
        + f"<w:moveFrom>{run(' i vår')}</w:moveFrom><w:moveTo>{run(' i höst')}</w:moveTo>"
    )
    assert blocks(word(body + f"<w:ins>{para('Nytt stycke.')}</w:ins>")) == [
        "Kajen rustas upp i höst",
        "Nytt stycke.",
    ]


def test_a_text_box_of_word_stands_once_after_its_paragraph() -> None:
    """Word stores it twice, for itself and for older programs."""
    body = para(run("Stycket.") + text_box(para("I rutan.") + para("Mer i rutan."))) + para("Nästa.")
    assert blocks(word(body)) == ["Stycket.", "I rutan.", "Mer i rutan.", "Nästa."]


def test_what_word_says_in_two_ways_stands_once() -> None:
    """A sign that older programs do not know is given to them as another one."""
    either = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="w16se"><w:t>☑</w:t></mc:Choice>'
        "<mc:Fallback><w:t>X</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert blocks(word(para(run("Bifall ") + either))) == ["Bifall ☑"]


NUMBERING = f"""<w:numbering {W}>
<w:abstractNum w:abstractNumId="90">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="91">
<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%2."/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#61623;"/></w:lvl>
</w:abstractNum>
<w:num w:numId="90"><w:abstractNumId w:val="90"/></w:num>
<w:num w:numId="91"><w:abstractNumId w:val="91"/></w:num>
</w:numbering>"""


def numbered(made: Any) -> None:
    """Add the lists 90 (1. and 1.1) and 91 (letters from c, Roman from IV, bullets)."""
    from docx.oxml import parse_xml

    for element in parse_xml(NUMBERING):
        made.part.numbering_part.element.append(element)


def test_automatic_numbers_of_word_are_written_out() -> None:
    """They stand apart from the text, in numbering.xml; a new item of a level begins those below it anew."""
    items = [("ett", 0), ("ett ett", 1), ("ett två", 1), ("två", 0), ("två ett", 1)]
    body = "".join(para(text, number="90", depth=depth) for text, depth in items)
    assert blocks(word(body, numbered)) == ["1. ett", "1.1 ett ett", "1.2 ett två", "2. två", "2.1 två ett"]


def test_letters_roman_numbers_and_bullets_of_word_are_written_out() -> None:
    items = [("första", 0), ("andra", 0), ("fyra", 1), ("fem", 1), ("punkt", 2)]
    body = "".join(para(text, number="91", depth=depth) for text, depth in items)
    assert blocks(word(body, numbered)) == ["c) första", "d) andra", "IV. fyra", "V. fem", "- punkt"]


def test_headings_numbered_by_their_style_have_their_number() -> None:
    def prepare(made: Any) -> None:
        from docx.oxml import parse_xml

        numbered(made)
        style = made.styles["Heading 1"].element
        style.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="90"/></w:numPr>'))

    body = para("Bakgrund", style="Heading1") + para("Text.") + para("Förslag", style="Heading1")
    assert blocks(word(body, prepare)) == ["1. Bakgrund", "Text.", "2. Förslag"]


def test_the_first_pages_header_comes_first_and_its_footer_last_as_furniture() -> None:
    """The case number of a municipal letter stands in the first page's header alone."""

    def prepare(made: Any) -> None:
        section = made.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "Dnr KS 2021/377"
        section.first_page_footer.paragraphs[0].text = "Lövhamns stad, Box 1"
        section.header.paragraphs[0].text = "Sida 2"

    (page,) = read_pages(word(para("Svaret."), prepare))
    assert page.text == "Dnr KS 2021/377\n\nSvaret.\n\nLövhamns stad, Box 1\n"
    assert parts(page) == [("furniture", "Lövhamns stad, Box 1")]


def test_the_one_header_of_a_document_comes_first() -> None:
    def prepare(made: Any) -> None:
        made.sections[0].header.paragraphs[0].text = "Dnr KS 2021/378"

    assert blocks(word(para("Svaret."), prepare)) == ["Dnr KS 2021/378", "Svaret."]


def test_merged_cells_of_word_stand_once() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{para("Kostnader")}</w:tc>'
    below = "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>"
    body = (
        f"<w:tbl><w:tr>{wide}<w:tc>{para('År')}</w:tc></w:tr>"
        f'<w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{para("Kajen")}</w:tc>'
        f"<w:tc>{para('7')}</w:tc><w:tc>{para('2019')}</w:tc></w:tr>"
        f"<w:tr>{below}<w:tc>{para('8')}</w:tc><w:tc>{para('2020')}</w:tc></w:tr></w:tbl>"
    )
    (page,) = read_pages(word(body))
    assert parts(page) == [("table", "Kostnader\tÅr\nKajen\t7\t2019\n\t8\t2020")]


def test_a_table_or_a_text_box_in_a_cell_stands_once() -> None:
    inner = para("före") + table([para("ett"), para("två")]) + para("efter")
    body = table([para("a"), inner], [para("b"), para(run("cell") + text_box(para("ruta")))])
    assert blocks(word(body)) == ["a\tföre ett två efter\nb\tcell ruta"]


def test_a_table_of_one_column_is_text_with_its_headings_and_numbers() -> None:
    """Templates frame their text with one."""
    inner = para("Beslut", style="Heading1") + para("att bygga", number="90") + para("att riva", number="90")
    (page,) = read_pages(word(table([inner], [para("Karin Alm")]), numbered))
    assert page.text == "Beslut\n\n1. att bygga\n\n2. att riva\n\nKarin Alm\n"
    assert parts(page) == [("heading", "Beslut")]


def with_footnotes(made: Any) -> None:
    """Add two separators, as Word does, and a footnote."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    xml = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1">{para("---")}</w:footnote>'
        f'<w:footnote w:id="1">{para("Protokollet den 3 maj.")}</w:footnote></w:footnotes>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    notes = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), made.part.package)
    made.part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)


def test_headings_and_footnotes_of_word_are_parts() -> None:
    body = para("Interpellation om kajen", style="Title") + para("Bakgrund", style="Heading2") + para("Texten.")
    (page,) = read_pages(word(body, with_footnotes))
    assert parts(page) == [
        ("heading", "Interpellation om kajen"),
        ("heading", "Bakgrund"),
        ("footnote", "1 Protokollet den 3 maj."),
    ]
    assert page.text.startswith("Interpellation om kajen\n\nBakgrund\n\nTexten.\n\n")


# ---- OpenDocument ----------------------------------------------------------------------------------------------------

ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office",
        "text": "text",
        "table": "table",
        "style": "style",
        "draw": "drawing",
    }.items()
)


def odt(body: str, *, header: str = "", footer: str = "", lists: str = "") -> bytes:
    """An OpenDocument text whose body is this XML."""
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{lists}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    styles = (
        f'<office:document-styles {ODF}><office:master-styles><style:master-page style:name="Standard">'
        f"<style:header>{header}</style:header><style:footer>{footer}</style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    return archive(mimetype=ODT, content_DOT_xml=content, styles_DOT_xml=styles)


def test_an_odt_gives_headings_paragraphs_and_lists_in_order() -> None:
    lists = (
        '<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>'
        '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>'
    )
    body = (
        "<text:h>Svar på motion</text:h><text:p>Av<text:s text:c='2'/>Karin<text:tab/><text:span>Alm</text:span> (S)"
        "<text:line-break/>rad två</text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>ett</text:p></text:list-item>'
        "<text:list-item><text:p>två</text:p></text:list-item></text:list>"
        '<text:list text:style-name="L2"><text:list-item><text:p>punkt</text:p></text:list-item></text:list>'
        "<text:section><text:p>I ett avsnitt.</text:p></text:section>"
    )
    (page,) = read_pages(odt(body, lists=lists))
    assert page.text.rstrip().split("\n\n") == [
        "Svar på motion",
        "Av  Karin\tAlm (S)\nrad två",
        "1. ett",
        "2. två",
        "- punkt",
        "I ett avsnitt.",
    ]
    assert parts(page) == [("heading", "Svar på motion")]


def test_a_table_of_an_odt_is_rows_and_a_cells_paragraphs_stay_words_apart() -> None:
    """A table within a cell is a part of the cell, once."""
    inner = "<table:table-row><table:table-cell><text:p>inne</text:p></table:table-cell></table:table-row>"
    body = (
        "<table:table><table:table-row><table:table-cell><text:p>År</text:p></table:table-cell>"
        "<table:table-cell><text:p>Antal</text:p><text:p>båtar</text:p></table:table-cell></table:table-row>"
        f"<table:table-row><table:table-cell><text:p>2019<text:s/>?</text:p></table:table-cell>"
        f"<table:table-cell><text:p>7</text:p><table:table>{inner}</table:table></table:table-cell></table:table-row></table:table>"
    )
    (page,) = read_pages(odt(body))
    assert parts(page) == [("table", "År\tAntal båtar\n2019 ?\t7 inne")]


def test_notes_comments_boxes_and_changes_of_an_odt_are_told_apart() -> None:
    """A footnote goes to the end, a text box after its paragraph; comments and deleted text go."""
    body = (
        "<text:tracked-changes><text:p>struket</text:p></text:tracked-changes>"
        '<text:p>Kajen<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Se protokollet.</text:p></text:note-body></text:note> är gammal"
        "<office:annotation><text:p>en kommentar</text:p></office:annotation>.</text:p>"
        "<text:p>Med ruta<draw:frame><draw:text-box><text:p>I rutan.</text:p></draw:text-box></draw:frame>.</text:p>"
    )
    (page,) = read_pages(odt(body, header="<text:p>Dnr KS 2021/377</text:p>", footer="<text:p>Box 1</text:p>"))
    assert page.text.rstrip().split("\n\n") == [
        "Dnr KS 2021/377",
        "Kajen är gammal.",
        "Med ruta.",
        "I rutan.",
        "1 Se protokollet.",
        "Box 1",
    ]
    assert parts(page) == [("footnote", "1 Se protokollet."), ("furniture", "Box 1")]


def test_an_odt_without_its_text_is_damaged() -> None:
    assert refused(lambda: read_pages(archive(mimetype=ODT, styles_DOT_xml="<a/>"))).code == "damaged"
    broken = archive(mimetype=ODT, content_DOT_xml="<inte hel", styles_DOT_xml="<a/>")
    assert refused(lambda: read_pages(broken)).code == "damaged"


# ---- RTF -------------------------------------------------------------------------------------------------------------


def rtf(body: str) -> bytes:
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}" + body + "}").encode("ascii")


def test_rtf_gives_back_its_dots_and_dashes() -> None:
    r"""Windows writes å as \'e5 or as \u229?, and both are the same letter."""
    assert read_pages(rtf(r"\pard \'c5sa \'d6st s\u229?g b\'e5ten \u8211?\~d\'e4r.\par"))[0].text.split() == [
        *("Åsa Öst såg båten".split()),
        *("– där.".split()),
    ]


def test_paragraphs_of_rtf_are_lines_and_a_table_is_rows() -> None:
    row = r"\trowd\cellx1000\cellx2000 \intbl %s\cell %s\cell\row "
    body = r"\pard F\'f6re.\par " + row % (r"\'c5r", "Antal") + row % ("2019", "7") + r"\pard Efter | det.\par"
    (page,) = read_pages(rtf(body))
    assert [line for line in page.text.split("\n") if line] == ["Före.", "År\tAntal", "2019\t7", "Efter | det."]


def test_an_rtf_header_stands_first_and_its_footnotes_and_footer_last() -> None:
    """The case number of a Word template stands in the header, which striprtf leaves out."""
    (page,) = read_pages(
        rb"{\rtf1\ansi\ansicpg1252{\header\pard Dnr KS 2020/77\par}{\footer\pard L\'f6vhamns stad\par}"
        rb"\pard N\'e4mnden beslutar{\footnote\pard Se {\b bilaga} 1.} i dag.\par}"
    )
    assert page.text.split("\n\n") == ["Dnr KS 2020/77", "Nämnden beslutar i dag.", "Se bilaga 1.", "Lövhamns stad\n"]
    assert parts(page) == [("footnote", "Se bilaga 1."), ("furniture", "Lövhamns stad")]


# ---- e-mail ----------------------------------------------------------------------------------------------------------


def letter(subject: str = "Fråga om kajen") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Karin Alm <karin@lovhamn.example>"
    made["To"] = "Åsa Öst <asa@lovhamn.example>"
    made["Date"] = "Mon, 03 May 2021 10:00:00 +0200"
    made["Subject"] = subject
    made["MIME-Version"] = "1.0"
    return made


def bare_letter() -> bytes:
    """The headers of a letter, more to follow."""
    return letter().as_bytes().rstrip(b"\n") + b"\n"


def test_a_letter_gives_its_headers_in_swedish_and_its_text() -> None:
    made = letter()
    made.set_content("Hej!\n\nNär rustas kajen upp?\n")
    (page,) = read_pages(made.as_bytes())
    assert page.text == (
        "Från: Karin Alm <karin@lovhamn.example>\n"
        "Till: Åsa Öst <asa@lovhamn.example>\n"
        "Datum: Mon, 03 May 2021 10:00:00 +0200\n"
        "Ämne: Fråga om kajen\n"
        "\n"
        "Hej!\n\nNär rustas kajen upp?\n"
    )


def test_a_letter_in_html_alone_gives_its_text() -> None:
    made = letter()
    made.set_content("<html><body><p>Hej!</p><p>När <b>rustas</b> kajen?</p></body></html>", subtype="html")
    (page,) = read_pages(made.as_bytes())
    assert page.text.partition("\n\n")[2] == "Hej!\n\n\n\nNär rustas kajen?\n"


def test_of_a_letter_written_twice_the_plain_text_is_taken_and_neither_is_an_attachment() -> None:
    made = letter()
    made.set_content("den rena texten")
    made.add_alternative("<p>den i HTML</p>", subtype="html")
    (page,) = read_pages(made.as_bytes())
    assert page.text.endswith("\n\nden rena texten\n")
    assert "HTML" not in page.text
    assert member_names(made.as_bytes()) == ()


@pytest.mark.parametrize("said", ['; charset="x-ny"', '; charset="us-ascii"', '; charset="utf-8"', ""])
def test_a_letter_in_another_charset_than_it_says_keeps_its_dots(said: str) -> None:
    """A charset nobody knows, a wrong one, and none."""
    (page,) = read_pages(bare_letter() + f"Content-Type: text/plain{said}\n\nÅtta öar\n".encode("cp1252"))
    assert page.text.endswith("\n\nÅtta öar\n")


def test_attachments_of_a_letter_come_out_as_they_were_put_in() -> None:
    """Their names keep their dots and lose any folder; what has no name is numbered."""
    made = letter()
    made.set_content("Se bilagorna.")
    image = image_bytes([page_image("kaj", dpi=72)], "PNG")
    made.add_attachment(pdf("Ärendet"), maintype="application", subtype="pdf", filename="ärende.pdf")
    made.add_attachment(image, maintype="image", subtype="png", filename="../../ut.png")
    made.add_attachment("Åtta öar\n", charset="cp1252")
    data = made.as_bytes()
    assert member_names(data) == ("ärende.pdf", "ut.png", "bilaga-3")
    assert read_pages(member(data, 0))[0].text == "Ärendet\n"
    assert member(data, 1) == image
    assert read_pages(member(data, 2))[0].text == "Åtta öar\n"


def test_a_forwarded_letter_is_a_letter_of_its_own() -> None:
    inner = letter("Den första frågan")
    inner.set_content("Vidarebefordrad text.")
    inner.add_attachment(b"bytes", maintype="application", subtype="octet-stream", filename="inre.bin")
    outer = letter("VB: Den första frågan")
    outer.set_content("Se nedan.")
    outer.add_attachment(inner)
    (name,) = member_names(outer.as_bytes())
    assert name == "bilaga-1.eml"
    data = member(outer.as_bytes(), 0)
    assert kind_of(data) == MAIL
    assert "Vidarebefordrad text." in read_pages(data)[0].text
    assert member_names(data) == ("inre.bin",)


def test_a_small_picture_in_the_text_is_a_logotype_and_a_large_one_a_page() -> None:
    """A picture that is attached is taken whatever its size."""
    made = letter()
    made.set_content("Hälsningar")
    for size, disposition in ((100, "inline"), (90_000, "inline"), (100, "attachment")):
        made.add_attachment(
            b"\x89PNG" + bytes(size),
            maintype="image",
            subtype="png",
            filename=f"{size}-{disposition}.png",
            disposition=disposition,
        )
    assert member_names(made.as_bytes()) == ("90000-inline.png", "100-attachment.png")


def test_an_attachment_stands_out_wherever_the_program_nests_it() -> None:
    """Apple Mail puts a PDF between halves of the HTML, beside the plain text that says it all."""
    data = bare_letter() + (
        b'Content-Type: multipart/alternative; boundary="A"\n\n'
        b"--A\nContent-Type: text/plain\n\nHela texten.\n"
        b'--A\nContent-Type: multipart/mixed; boundary="B"\n\n'
        b"--B\nContent-Type: text/html\n\n<p>Hela</p>\n"
        b'--B\nContent-Type: application/pdf\nContent-Disposition: inline; filename="kaj.pdf"\n\n%PDF-1.7 kaj\n'
        b"--B\nContent-Type: text/html\n\n<p>texten.</p>\n"
        b"--B--\n--A--\n"
    )
    assert read_pages(data)[0].text.endswith("\n\nHela texten.\n")
    assert "kaj.pdf" in member_names(data)
    assert member(data, member_names(data).index("kaj.pdf")).startswith(b"%PDF-1.7 kaj")


def test_parts_within_parts_and_odd_charsets_do_not_stop_an_attachment() -> None:
    data = bare_letter() + (
        b'Content-Type: multipart/mixed; boundary="A"\n\n'
        b"--A\nContent-Type: text/plain\n\nBrevet.\n"
        b'--A\nContent-Type: multipart/mixed; boundary="B"\n\n'
        b'--B\nContent-Type: text/plain; charset="x-ny"\nContent-Disposition: attachment; filename="a.txt"\n\nhej\n'
        b"--B--\n--A--\n"
    )
    assert member_names(data) == ("a.txt",)
    assert member(data, 0).strip() == b"hej"


# ---- ZIP -------------------------------------------------------------------------------------------------------------


def raw_zip(name: bytes, content: bytes = b"hej", *, flags: int = 0, size: int | None = None) -> bytes:
    """An archive of one stored member, whose name and flags Python would not write so."""
    said = len(content) if size is None else size
    shared = struct.pack("<5H3L2H", 20, flags, 0, 0, 33, zlib.crc32(content), len(content), said, len(name), 0)
    local = b"PK\x03\x04" + shared + name + content
    central = b"PK\x01\x02" + struct.pack("<H", 20) + shared + struct.pack("<3H2L", 0, 0, 0, 0, 0) + name
    return local + central + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 1, 1, len(central), len(local), 0)


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "flags"),
    [("Åtgärd ö.txt".encode(), 0x800), ("Åtgärd ö.txt".encode(), 0), ("Åtgärd ö.txt".encode("cp437"), 0)],
)
def test_names_in_an_archive_keep_their_dots(name: bytes, flags: int) -> None:
    """In UTF-8 that says so, in UTF-8 that does not (macOS), and in the code page of DOS (Windows)."""
    data = raw_zip(name, flags=flags)
    assert kind_of(data) == ZIP
    assert member_names(data) == ("Åtgärd ö.txt",)
    assert member(data, 0) == b"hej"


def test_folders_and_hidden_files_of_an_archive_are_left_out_and_the_rest_are_counted_without_them() -> None:
    names = (
        "2021/",
        ".DS_Store",
        "2021/a.txt",
        "__MACOSX/2021/._a.txt",
        "__MACOSX/b.txt",
        ".git/b.txt",
        "2021/.dold/c.txt",
        "z.txt",
    )
    data = zipped({name: b"" if name.endswith("/") else name.encode() for name in names})
    assert member_names(data) == ("2021/a.txt", "z.txt")
    assert [member(data, number) for number in (0, 1)] == [b"2021/a.txt", b"z.txt"]


def test_a_locked_member_says_so_and_can_be_named() -> None:
    data = raw_zip(b"hemligt.txt", flags=0x1)
    assert member_names(data) == ("hemligt.txt",)
    assert refused(lambda: member(data, 0)).code == "encrypted"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_damaged_member_is_told_and_the_others_come_out(method: int) -> None:
    data = bytearray(zipped({"a.txt": b"kajen i hamnen " * 40, "b.txt": b"bron"}, method))
    data[40:46] = bytes(byte ^ 0x55 for byte in data[40:46])
    assert refused(lambda: member(bytes(data), 0)).code == "damaged"
    assert member(bytes(data), 1) == b"bron"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "BOMB_BYTES", 1_000_000)
    bomb = zipped({"bomb.txt": bytes(3_000_000), "brev.txt": b"hej"})
    assert refused(lambda: member(bomb, 0)).code == "too large"
    assert member(bomb, 1) == b"hej"
    assert member(zipped({"tabell.txt": bytes(900_000)}), 0) == bytes(900_000)  # packs as tightly, but does no harm


def test_a_member_larger_than_any_record_is_refused() -> None:
    assert refused(lambda: member(raw_zip(b"stor.bin", size=archives.MOST_BYTES + 1), 0)).code == "too large"


@pytest.mark.parametrize("files", [{}, {".DS_Store": b"x"}, {"mapp/": b""}])
def test_an_archive_without_files_is_empty(files: dict[str, bytes]) -> None:
    assert refused(lambda: member_names(zipped(files))).code == "empty"


def test_an_archive_of_absurdly_many_files_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_MEMBERS", 2)
    assert refused(lambda: member_names(zipped({str(n): b"" for n in range(3)}))).code == "too large"


# ---- what a file is --------------------------------------------------------------------------------------------------


def mail_bytes() -> bytes:
    made = letter()
    made.set_content("Hej!")
    return made.as_bytes()


KINDS: dict[str, tuple[Callable[[], bytes], str]] = {
    "pdf": (lambda: pdf("Hej"), PDF),
    "pdf after noise": (lambda: b"\r\nbrus\r\n" + pdf("Hej"), PDF),
    "docx": (lambda: word(para("Hej")), DOCX),
    "odt": (lambda: odt("<text:p>Hej</text:p>"), ODT),
    "rtf": (lambda: rtf("Hej"), RTF),
    "mail": (mail_bytes, MAIL),
    "mail with windows' line ends": (lambda: mail_bytes().replace(b"\n", b"\r\n"), MAIL),
    "zip": (lambda: zipped({"a.txt": b"hej"}), ZIP),
    "zip with a pdf stored as it is": (lambda: zipped({"a.pdf": pdf("Hej")}, zipfile.ZIP_STORED), ZIP),
    "zip of an office file": (lambda: zipped({"mapp/a.docx": word(para("Hej"))}), ZIP),
    "html": (lambda: b"<!DOCTYPE html><p>Hej</p>", HTML),
    "html with a byte order mark": (lambda: b"\xef\xbb\xbf\n<HTML lang=sv><body>Hej", HTML),
    "text that speaks of html": (lambda: b"Skriv <html> i filen.", PLAIN),
    "text that looks like a letter": ("Från: Karin\nTill: Åsa\nHej: ja\n\nText".encode, PLAIN),
    "text": (lambda: "Åtta öar".encode("cp1252"), PLAIN),
    "png": (lambda: image_bytes([page_image("Hej", dpi=72)], "PNG"), PNG),
    "jpeg": (lambda: image_bytes([page_image("Hej", dpi=72)], "JPEG"), JPEG),
    "tiff": (lambda: image_bytes([page_image("Hej", dpi=72)], "TIFF"), TIFF),
}


@pytest.mark.parametrize("name", KINDS)
def test_what_a_file_is_is_told_from_its_content_alone(name: str) -> None:
    """The file it is told from is called `fil`."""
    make, expected = KINDS[name]
    assert kind_of(make()) == expected


@pytest.mark.parametrize(
    "files",
    [
        {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"},
        {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"},
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"},
    ],
)
def test_a_spreadsheet_or_a_presentation_is_unknown_with_a_way_out(files: dict[str, bytes]) -> None:
    error = refused(lambda: kind_of(zipped(files)))
    assert error.code == "unknown"
    assert "PDF" in error.remedy
