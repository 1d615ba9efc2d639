"""The exports, each opened again by another library than the one that wrote it: rows, links, masks and escapes."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from corpus.dates import UNKNOWN, When
from corpus.errors import WrongUse
from corpus.values import Vote
from index.evidence import Evidence
from index.export import WORD, WRITERS, almanac, write
from index.fates import Fate
from index.holdings import Holding, Source
from index.ledger import AskedQuestion, GivenPromise, MadeStatement, PutDemand
from index.outcomes import DecidedOn, Reserved, Tally
from index.timeline import Entry
from index.trace import Tie, Trace, Version

NUMBER = "19121212-1212"
MASKED = "19121212-XXXX"
MINUTES, ASKED, REPLY = "2021-protokoll.pdf", "Fråga & svar/2020-fråga.txt", "2021-svar.docx"
FORMULA = '=HYPERLINK("http://ond.example";"klicka")'
TAG = "<script>alert(1)</script> & #boo \\evil {{ x }}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SVG = "{http://www.w3.org/2000/svg}"


def a_trace() -> Trace:
    """A matter with everything in it that a file format could stumble over."""
    documents = (
        Holding(7, ASKED, "interpellation", "Interpellation om simhallen i Öd", When(2020, 3, 9), "", ("KS 2020/12",)),
        Holding(9, MINUTES, "protokoll", "", When(2021, 5, 4), "kommunstyrelsen"),
        Holding(12, REPLY, "interpellationssvar", f"Svar {TAG}", UNKNOWN),
    )
    decided = Source(9, MINUTES, 2, f"Kommunstyrelsen bifaller anmälan från {NUMBER}.")
    events = (
        Entry(
            When(2018), "decided", "Planen antogs 2018.", (Source(7, ASKED, 1, "Planen antogs 2018."),), about_plan=True
        ),
        Entry(When(2018, until=2021), "valid", "Planen gäller 2018–2021.", (Source(7, ASKED, 1, "Planen gäller."),)),
        Entry(When(2020, 3, 9), "interpellation", "Om simhallen", (Source(7, ASKED, 1, "Om simhallen"),)),
        Entry(When(2020, season=21), "event", TAG, (Source(7, ASKED, 3, TAG), Source(12, REPLY, 4, FORMULA))),
        Entry(
            When(2021, 2), "event", "Bygget började\x0b i februari.", (Source(99, "borta.pdf", 1, "Bygget började."),)
        ),
        Entry(When(2021, 5, 4), "decided", decided.quote, (decided,)),
    )
    question = AskedQuestion(
        Source(7, ASKED, 2, "När öppnar simhallen?"), When(2020, 3, 9), ("Åsa Öd (V)",), ("Bo Ek (S)",), "partly",
        (Source(12, REPLY, 1, "Den öppnar i höst."), Source(12, REPLY, 2, "Priset är inte satt.")), REPLY,
        "Svaret säger inget om: priset.", ("samma namn",), 0.8,
    )  # fmt: skip
    lost = AskedQuestion(
        Source(7, ASKED, 2, "- Vad kostar den?"), When(2020, 3, 9), (), (), "withdrawn", (), None, "",
        (), 0.5, "f7-2", "", Fate("withdrawn", When(2021, 5, 4), Source(9, MINUTES, 8, "Frågan återtas."), ()),
    )  # fmt: skip
    decision = DecidedOn(
        "rejected", Source(9, MINUTES, 4, "Yrkandet avslås."), When(2021, 5, 4), proposed=False, why=(),
        votes=(Tally(Vote(4, 7, 1), Source(9, MINUTES, 4, "Fyra ja och sju nej.")),),
        reservations=(Reserved((), ("M",), Source(9, MINUTES, 5, "M reserverar sig.")),),
    )  # fmt: skip
    put = Source(9, MINUTES, 2, "+ att öppna")
    demand = PutDemand(put, When(2021, 5, 4), ("V", "Åsa Öd"), "§ 4 Simhallen", decision, ("Åsa Öd (V)",))
    later = Evidence(Source(9, MINUTES, 6, "Simhallen är öppnad."), When(2021, 5, 4), (), 0.7)
    said, due = Source(12, REPLY, 1, "Vi ska öppna i höst."), When(2021, season=23)
    promise = GivenPromise(said, UNKNOWN, None, "Svar", "commitment", due, (later,), "Sökt.", overdue=False)
    beside = Source(9, MINUTES, 3, "@Cia Dal reserverar sig.")
    statement = MadeStatement(
        beside, When(2021, 5, 4), "reservation", ("Cia Dal",), ("M",), None, givers=("Cia Dal (M)",)
    )
    plan = Source(7, ASKED, 1, "Planen gäller.")
    version = Version("plan 2018–2021", When(2018, until=2021), When(2018), (plan,), (plan,))
    return Trace(
        "simhallen", f"simhallen i Öd {NUMBER}", documents, (Tie(REPLY, ASKED, "answers", ("samma nummer",)),), events,
        (question, lost), (demand,), (promise,), (statement,), (version,),
        ("Inget hittat mellan 2018 och 9 mars 2020.",),
    )  # fmt: skip


@pytest.fixture(scope="module")
def found() -> Trace:
    return a_trace()


def written(found: Trace, folder: Path, ending: str, **told: Any) -> bytes:
    target = folder / f"ärende{ending}"
    write(found, target, **told)
    return target.read_bytes()


def everything_in(content: bytes, ending: str) -> str:
    """All the text of a file, as other programs read it."""
    if ending == ".pdf":
        import pypdfium2

        pdf = pypdfium2.PdfDocument(content)
        text = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
        pdf.close()
        return text
    if ending in {".docx", ".xlsx"}:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    text = content.decode()
    return text.replace("\r\n ", "") if ending == ".ics" else text


@pytest.mark.parametrize("ending", [*WRITERS, WORD])
def test_personal_numbers_are_masked_unless_asked_for(found: Trace, tmp_path: Path, ending: str) -> None:
    hidden = everything_in(written(found, tmp_path, ending), ending)
    assert NUMBER not in hidden
    assert MASKED in hidden
    assert NUMBER in everything_in(written(found, tmp_path, ending, personal_numbers=True), ending)


@pytest.mark.parametrize("ending", [*WRITERS, WORD])
def test_a_matter_of_which_nothing_is_found_can_be_written(tmp_path: Path, ending: str) -> None:
    nothing = Trace("öde", "öde", (), (), (), (), (), (), (), (), ())
    assert written(nothing, tmp_path, ending)


def test_another_ending_is_refused_with_those_there_are(found: Trace, tmp_path: Path) -> None:
    with pytest.raises(WrongUse) as refused:
        write(found, tmp_path / "ärende.doc")
    assert all(ending in refused.value.remedy for ending in (*WRITERS, WORD))
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_wrong_use(found: Trace, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="mappen finns inte"):
        write(found, tmp_path / "saknas" / "ärende.csv")


# ── .xlsx ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def book(found: Trace, tmp_path_factory: pytest.TempPathFactory) -> Any:
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(written(found, tmp_path_factory.mktemp("xlsx"), ".xlsx")))


def test_the_workbook_has_a_sheet_for_each_ledger_with_filter_and_fixed_heading(book: Any) -> None:
    assert book.sheetnames == [
        "Tidslinje", "Frågor och svar", "Krav och beslut", "Löften", "Reservationer och uttalanden", "Handlingar",
    ]  # fmt: skip
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        headings = [cell.value for cell in sheet[1]]
        assert {"Handling", "Sida", "Citat"} <= set(headings) or sheet.title == "Handlingar"


def test_a_row_of_the_workbook_has_a_source_and_links_to_its_document(book: Any) -> None:
    rows = {row[5].value: row for row in book["Tidslinje"].iter_rows(min_row=2)}
    day, month = rows["Om simhallen"], rows["Bygget började."]
    assert day[0].value == datetime(2020, 3, 9)  # noqa: DTZ001
    assert day[0].number_format == "yyyy-mm-dd"
    assert (day[3].value, day[4].value) == (ASKED, 1)
    assert day[3].hyperlink.location == "'Handlingar'!A2"
    assert book["Handlingar"]["F2"].value == ASKED
    assert month[0].value == "februari 2021"
    assert month[3].hyperlink is None  # a document that is not among the matter's


def test_nothing_in_the_workbook_is_a_formula(book: Any) -> None:
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert {FORMULA, "+ att öppna", "- Vad kostar den?"} <= {cell.value for cell in cells}


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    headings, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_every_passage_that_answers_has_a_row_and_so_has_a_question_without(book: Any) -> None:
    rows = rows_of(book["Frågor och svar"])
    assert [(row["Citat"], row["Svarets sida"], row["Svar eller besked"]) for row in rows] == [
        ("När öppnar simhallen?", 1, "Den öppnar i höst."),
        ("När öppnar simhallen?", 2, "Priset är inte satt."),
        ("- Vad kostar den?", 8, "Frågan återtas."),
    ]


def test_a_demand_has_its_decision_and_a_promise_what_was_told_later(book: Any) -> None:
    (demand,) = rows_of(book["Krav och beslut"])
    assert (demand["Utfall"], demand["Omröstning"], demand["Reservationer"]) == ("avslag", "4 ja, 7 nej, 1 avstår", "M")
    assert (demand["Beslutshandling"], demand["Beslutets sida"], demand["Beslut"]) == (MINUTES, 4, "Yrkandet avslås.")
    (promise,) = rows_of(book["Löften"])
    assert (promise["Senare handling"], promise["Senare uppgift"]) == (MINUTES, "Simhallen är öppnad.")


def test_a_quote_too_long_for_a_cell_says_that_it_is_cut(tmp_path: Path) -> None:
    import openpyxl

    events = (Entry(When(2020), "event", "x", (Source(1, "a.txt", 1, "ord " * 10_000),)),)
    long = Trace("x", "x", (), (), events, (), (), (), (), (), ())
    sheet = openpyxl.load_workbook(io.BytesIO(written(long, tmp_path, ".xlsx")))["Tidslinje"]
    assert sheet["F2"].value.endswith("[avkortat: cellen rymmer inte mer]")


# ── .csv and .json ──────────────────────────────────────────────────────────────────────────────


def test_the_table_has_every_source_of_every_ledger(found: Trace, tmp_path: Path) -> None:
    content = written(found, tmp_path, ".csv")
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    ledgers = [row["lista"] for row in rows]
    assert {name: ledgers.count(name) for name in dict.fromkeys(ledgers)} == {
        "Händelser": 7, "Frågor": 2, "Svar": 2, "Besked i protokoll": 1, "Krav": 1, "Beslut på krav": 1,
        "Löften": 1, "Senare om löften": 1, "Uttalanden": 1, "Handlingar": 3,
    }  # fmt: skip
    assert all(row["handling"] and row["sida"] and row["citat"] for row in rows)
    spring = next(row for row in rows if row["tid"] == "våren 2020")
    assert (spring["datum"], spring["precision"]) == ("2020-21", "årstid")


def test_no_cell_of_the_table_begins_as_a_formula_does(found: Trace, tmp_path: Path) -> None:
    text = written(found, tmp_path, ".csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert f"'{FORMULA}" in cells


def test_the_data_keep_to_the_documented_schema(found: Trace, tmp_path: Path) -> None:
    import jsonschema

    schema = json.loads((resources.files("index.export") / "arende.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    told = json.loads(written(found, tmp_path, ".json"))
    jsonschema.validate(told, schema, jsonschema.Draft202012Validator)
    assert told["events"][3]["sources"][1] == {"file": REPLY, "page": 4, "quote": FORMULA}


# ── .ics ────────────────────────────────────────────────────────────────────────────────────────


def lines_of(calendar: bytes) -> list[str]:
    return re.sub(rb"\r\n[ \t]", b"", calendar).decode().split("\r\n")


def test_the_calendar_has_whole_days_and_says_how_exact_they_are(found: Trace, tmp_path: Path) -> None:
    content = written(found, tmp_path, ".ics")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    blocks = "\n".join(lines_of(content)).split("BEGIN:VEVENT")[1:]
    assert len(blocks) == 7  # six events and a promise with a time
    day = next(block for block in blocks if "SUMMARY:Interpellation: Om simhallen" in block)
    assert "DTSTART;VALUE=DATE:20200309\nDTEND;VALUE=DATE:20200310" in day
    spring = next(block for block in blocks if "boo" in block)
    assert "DTSTART;VALUE=DATE:20200301\nDTEND;VALUE=DATE:20200601" in spring
    assert "våren 2020 (årstid)" in spring
    assert "fråga.txt\\, s. 3" in spring
    promised = next(block for block in blocks if "Ska vara klart" in block)
    assert "DTSTART;VALUE=DATE:20210901" in promised
    assert all("TRANSP:TRANSPARENT" in block for block in blocks)


def test_an_entry_of_the_calendar_keeps_its_name(found: Trace, tmp_path: Path) -> None:
    def names(**told: bool) -> list[str]:
        return [line for line in lines_of(written(found, tmp_path, ".ics", **told)) if line.startswith("UID:")]

    assert names() == names(personal_numbers=True)
    assert len(set(names())) == 7


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        (When(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (When(2020, season=24), date(2020, 12, 1), date(2021, 2, 28)),
        (When(2020, late=True), date(2020, 1, 1), date(2020, 12, 31)),
        (When(2016, until=2018), date(2016, 1, 1), date(2018, 12, 31)),
    ],
)
def test_a_time_lasts_all_the_days_that_are_known(when: When, first: date, last: date) -> None:
    assert almanac.days(when) == (first, last)


# ── .svg and .html ──────────────────────────────────────────────────────────────────────────────


def test_the_picture_can_be_read_and_listened_to(found: Trace, tmp_path: Path) -> None:
    root = ET.fromstring(written(found, tmp_path, ".svg"))  # noqa: S314  written by ourselves
    assert root.get("role") == "img"
    labels = (root.get("aria-labelledby") or "").split()
    assert [root[0].get("id"), root[1].get("id")] == labels
    assert root[0].text == f"Tidslinje: simhallen i Öd {MASKED}"
    assert "våren 2020" in (root[1].text or "")
    words = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    assert "9 mars 2020 · interpellation · Om simhallen" in words
    assert "2018–2021" in words
    marks = list(root.iter(f"{SVG}g"))
    assert len([mark for mark in marks if mark.find(f"{SVG}title") is not None]) == 5  # the period is a bar
    hollow = {m.findtext(f"{SVG}text") for m in marks if any(e.get("fill") == "#ffffff" for e in m[1:2])}
    assert hollow == {"1", "4"}  # a year and a season


def test_marks_do_not_cover_each_other() -> None:
    from index.export.chart import to_svg

    events = tuple(
        Entry(When(2019 + n % 3, 1 + n % 12, 1), "event", f"Nr {n}", (Source(1, "a", 1, ""),)) for n in range(90)
    )
    root = ET.fromstring(to_svg(Trace("x", "x", (), (), events, (), (), (), (), (), ())))  # noqa: S314
    places = [mark.get("transform") for mark in root.iter(f"{SVG}g") if mark.find(f"{SVG}title") is not None]
    assert len(places) == len(set(places)) == 90


def test_the_page_needs_no_net_and_runs_nothing(found: Trace, tmp_path: Path) -> None:
    from selectolax.lexbor import LexborHTMLParser

    text = written(found, tmp_path, ".html").decode()
    page = LexborHTMLParser(text)
    assert not page.css("script, link, img, iframe, object")
    assert not [node for node in page.css("[href], [src]") if not (node.attributes.get("href") or "").startswith("#")]
    assert TAG not in text
    assert "url(" not in text
    assert "@import" not in text
    anchors = {node.attributes["id"] for node in page.css("[id]")}
    assert {f"handelse-{n}" for n in range(1, 7)} <= anchors
    assert all((node.attributes["href"] or "")[1:] in anchors for node in page.css("a"))
    assert page.css_first("svg[role=img] desc") is not None
    assert all(quote in text for quote in ("Priset är inte satt.", "Yrkandet avslås.", "Simhallen är öppnad."))
    assert "Inget hittat mellan 2018 och 9 mars 2020." in text


# ── .pdf and .docx ──────────────────────────────────────────────────────────────────────────────


def test_the_pdf_holds_the_report_as_text(found: Trace, tmp_path: Path) -> None:
    content = written(found, tmp_path, ".pdf")
    text = " ".join(everything_in(content, ".pdf").split())
    assert "Simhallen" in text
    assert "#boo \\evil {{ x }}" in text  # text, never code of the typesetter
    assert f"Protokoll, 4 maj 2021 ({MINUTES}), s." in text
    assert "avslag · 4 maj 2021 · 4 ja, 7 nej, 1 avstår · reservation: M Yrkandet avslås." in text
    assert b"/StructTreeRoot" in content


@pytest.mark.parametrize("sign", ["\uf0b7", "\u0e01", "\ufeff"])
def test_a_sign_that_no_font_has_stops_no_pdf(tmp_path: Path, sign: str) -> None:
    events = (Entry(When(2020), "event", sign, (Source(1, "a.txt", 1, f"{sign} att"),)),)
    assert written(Trace(sign, sign, (), (), events, (), (), (), (), (), ()), tmp_path, ".pdf")


@pytest.fixture(scope="module")
def letter(found: Trace, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(written(found, tmp_path_factory.mktemp("docx"), ".docx")))


def test_every_note_of_the_letter_is_a_footnote_with_document_and_page(letter: zipfile.ZipFile) -> None:
    body = ET.fromstring(letter.read("word/document.xml"))  # noqa: S314
    notes = ET.fromstring(letter.read("word/footnotes.xml"))  # noqa: S314
    cited = [reference.get(f"{W}id", "") for reference in body.iter(f"{W}footnoteReference")]
    texts = {
        note.get(f"{W}id", ""): "".join(t.text or "" for t in note.iter(f"{W}t")).replace("\N{NO-BREAK SPACE}", " ")
        for note in notes
        if note.get(f"{W}type") is None
    }
    assert sorted(cited) == sorted(texts)
    assert len(cited) == len(set(cited)) == 21
    assert all(re.search(r"s\. \d+[.:]", text) for text in texts.values())
    assert f" Protokoll, 4 maj 2021 ({MINUTES}), s. 2." in texts.values()
    assert f" Svar på interpellation ({REPLY}), s. 4: ”{FORMULA}”" in texts.values()


def test_the_letter_has_headings_tables_and_a_described_picture(letter: zipfile.ZipFile) -> None:
    from docx import Document

    assert letter.fp is not None
    document = Document(letter.fp)
    paragraphs = [(p.style.name if p.style else "", p.text) for p in document.paragraphs]
    assert ("Title", "Simhallen") in paragraphs
    headings = [text for style, text in paragraphs if style == "Heading 1"]
    assert headings == [
        "Planens versioner", "Tidslinje", "Frågor och svar", "Krav och beslut", "Löften",
        "Reservationer och uttalanden", "Handlingar",
    ]  # fmt: skip
    assert [len(table.rows) for table in document.tables] == [2, 7, 3, 4]
    assert TAG in document.tables[1].rows[4].cells[3].text
    assert "Tidslinje" in document.inline_shapes[0]._inline.docPr.get("descr")
    assert "{" not in " ".join(text for _, text in paragraphs).replace(TAG, "")


def test_the_office_s_own_template_is_used(found: Trace, tmp_path: Path) -> None:
    from docx import Document

    from index.export.build_template import build

    own = tmp_path / "templates" / "rapport.docx"
    own.parent.mkdir()
    made = build()
    made.add_paragraph("Kansliet i {{ titel }}, {{ handelser | length }} händelser")
    made.save(str(own))
    document = Document(io.BytesIO(written(found, tmp_path, ".docx", home=tmp_path)))
    assert document.paragraphs[-1].text == "Kansliet i Simhallen, 6 händelser"


def test_a_template_without_footnotes_gets_them(found: Trace, tmp_path: Path) -> None:
    from docx import Document

    own = tmp_path / "templates" / "rapport.docx"
    own.parent.mkdir()
    made = Document()
    made.add_paragraph("{%p for y in yrkanden %}")
    paragraph = made.add_paragraph("{{ y.text }}")
    paragraph.add_run("{{r y.noter }}")
    made.add_paragraph("{%p endfor %}")
    made.save(str(own))
    content = written(found, tmp_path, ".docx", home=tmp_path)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert MINUTES in parts.read("word/footnotes.xml").decode()


@pytest.mark.parametrize("text", ["{{ finns_inte }}", "{% for x in %}", "{{ titel.__class__.__mro__ }}"])
def test_a_template_that_cannot_be_used_is_named(found: Trace, tmp_path: Path, text: str) -> None:
    from docx import Document

    own = tmp_path / "templates" / "rapport.docx"
    own.parent.mkdir()
    made = Document()
    made.add_paragraph(text)
    made.save(str(own))
    with pytest.raises(WrongUse, match=re.escape(str(own))):
        write(found, tmp_path / "ärende.docx", home=tmp_path)


def test_a_template_that_is_no_word_file_is_named(found: Trace, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "rapport.docx"
    own.parent.mkdir()
    own.write_text("inte Word", encoding="utf-8")
    with pytest.raises(WrongUse, match="går inte att använda"):
        write(found, tmp_path / "ärende.docx", home=tmp_path)


def test_the_template_that_comes_along_is_the_one_the_script_makes() -> None:
    """Whoever changes the script builds the template anew."""
    from docx import Document

    from index.export.build_template import TARGET, build

    assert Document(str(TARGET)).element.xml == build().element.xml
