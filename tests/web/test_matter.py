"""Ärende: the story of a matter as a page and as JSON, between years, with evidence asked for, and as every file."""

import io
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from corpus.dates import When
from corpus.store import Store
from index import matters, trace
from index.export import chart
from index.happenings import Difference, Entry, Said
from index.holdings import Holding, Source
from tests.conftest import aktspar
from web.app import create
from web.routes.matter import FORMATS

TOPIC = "handlingsplan socialsekreterare"
PLAN = "2019-handlingsplan-2019-2022.pdf"
NUMBER = "19121212-1212"


@pytest.fixture(scope="module")
def client(samples_home: Path) -> Iterator[TestClient]:
    with TestClient(create(samples_home, hosts=["testserver"])) as made:
        yield made


@pytest.fixture(scope="module")
def page(client: TestClient) -> str:
    return told(client, q=TOPIC)


@pytest.fixture(scope="module")
def found(client: TestClient) -> Any:
    return client.get("/arende.json", params={"q": TOPIC}).json()


def told(client: TestClient, **query: object) -> str:
    answer = client.get("/arende", params={name: str(value) for name, value in query.items()})
    assert answer.status_code == 200, answer.text
    assert_sound(answer.text)
    return answer.text


class Reader(HTMLParser):
    """Reads a page for what must hold of every one."""

    def __init__(self) -> None:
        super().__init__()
        self.ids, self.headings = list[str](), list[int]()
        self.targets, self.styled = list[str](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag has."""
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if (given.get("href") or "").startswith("#"):
            self.targets.append((given["href"] or "")[1:])
        if "style" in given or tag == "style" or any(name.startswith("on") for name in given):
            self.styled.append(tag)


def assert_sound(text: str) -> None:
    """No inline style or script; headings in order; ids once; every link within the page leads somewhere."""
    reader = Reader()
    reader.feed(text)
    assert not reader.styled
    assert len(reader.ids) == len(set(reader.ids))
    assert set(reader.targets) <= set(reader.ids)
    assert reader.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(reader.headings, reader.headings[1:], strict=False))


# ---- the matters last opened -------------------------------------------------------------------------------------


def test_without_a_question_the_newest_matters_are_shown(client: TestClient) -> None:
    text = told(client)
    held = client.get("/arende.json").json()
    assert held["total"] == 7
    dates = [one["date"] for one in held["items"] if one["date"]]
    assert dates == sorted(dates, reverse=True)
    assert {one["kind"] for one in held["items"]} == {"interpellation", "motion", "skrivelse", "namndinitiativ"}
    assert all(one["title"] in text for one in held["items"])
    assert held["items"][0]["questions"] == {"no_reply": 3}
    assert "svar saknas: 3" in text


def test_every_matter_listed_can_be_followed(client: TestClient) -> None:
    for one in client.get("/arende.json").json()["items"]:
        found = client.get("/arende.json", params={"q": one["query"]}).json()
        assert one["file"] in {document["file"] for document in found["documents"]}


def test_matters_come_page_by_page(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.routes.matter.PER_PAGE", 3)
    pages = [client.get("/arende.json", params={"sida": page}).json()["items"] for page in (1, 2, 3, 4)]
    assert [len(items) for items in pages] == [3, 3, 1, 0]
    assert len({one["id"] for items in pages for one in items}) == 7
    assert 'rel="next"' in told(client)
    assert 'rel="prev"' in told(client, sida=3)
    assert told(client, sida="x") == told(client, sida=0) == told(client, sida=1)


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as store:
        assert matters.newest(store, tmp_path, 10).total == 0
    with TestClient(create(tmp_path, hosts=["testserver"])) as client:
        assert "håller ingen interpellation" in told(client)
        assert "Inget hittat" in told(client, q="plan")


# ---- the story ---------------------------------------------------------------------------------------------------


def test_the_page_tells_what_the_trace_holds(page: str, found: Any) -> None:
    assert f"<h1>{TOPIC.capitalize()}</h1>" in page
    assert len(found["documents"]) == 19
    assert all(document["file"] in page for document in found["documents"])
    assert page.count('id="handelse-') == len(found["events"]) == 41
    for status, many in (("besvarad", 10), ("svar saknas", 3), ("delvis besvarad", 1)):
        assert f"{status}: {many}" in page
    assert "25 november 2015 – 6 oktober 2025" in page
    assert "<dt>Handlingar från</dt>" in page
    for version in ("2016–2018", "2019–2022", "2024–2027"):
        assert version in page


def test_people_and_parties_of_the_matter_are_told(page: str, found: Any) -> None:
    hers = next(one for one in found["people"] if one["name"] == "Marika Hjortnäs")
    assert (hers["party"], hers["documents"]) == ("S", 5)
    assert "Marika Hjortnäs (S)" in page
    assert "/person?namn=Marika%20Hjortn%C3%A4s" in page
    assert {one["code"] for one in found["parties"]} >= {"S", "V", "M", "SD"}
    counts = [one["documents"] for one in found["people"]]
    assert counts == sorted(counts, reverse=True)


def test_questions_stand_beside_their_answers(page: str) -> None:
    assert "Har alla nyanställda socialsekreterare fått en mentor?" in page
    assert "Nej. Av de 25 som anställdes under 2019" in page
    assert "Svaret ger inte den tid eller siffra som frågan gäller." in page


def test_demands_stand_beside_what_was_decided(page: str) -> None:
    assert "36 ja, 21 nej, 6 avstår" in page
    assert "bifall" in page
    assert "Reservation</strong> M, L, KD" in page
    assert "Inget beslut hittat" in page


def test_documents_tell_what_ties_them_and_why(page: str) -> None:
    assert "hänvisar till" in page
    assert "numret står i handlingen (motion 2017:23)" in page


def test_the_picture_has_every_point_and_leads_to_its_line(page: str, found: Any) -> None:
    points = [event for event in found["events"] if event["precision"] != "period"]
    assert page.count("<title>") - 1 == len(points)
    assert "2016–2018 (" in page
    assert 'aria-label="Visa bara 2019"' in page


def test_years_narrow_the_timeline(client: TestClient) -> None:
    found = client.get("/arende.json", params={"q": TOPIC, "fran": "2019", "till": "2019"}).json()
    assert {event["date"][:4] for event in found["events"]} == {"2019"}
    text = told(client, q=TOPIC, fran=2019, till=2019)
    assert text.count('id="handelse-') == len(found["events"])
    assert "2019 apr–jun" in text
    assert "Visa hela tiden" in text
    assert (
        client.get("/arende.json?q=plan&från=2019&till=2020").json()
        == client.get("/arende.json?q=plan&fran=2019&till=2020").json()
    )


@pytest.mark.parametrize("years", [{"fran": 2020, "till": 2018}, {"till": 2018, "fran": "2020"}])
def test_years_the_wrong_way_round_are_turned(client: TestClient, years: dict[str, object]) -> None:
    text = told(client, q=TOPIC, **years)
    assert 'name="fran" type="number" min="1000" max="9999" value="2018"' in text


@pytest.mark.parametrize("year", ["0", "-5", "20190", "x", "1e9", "²²²²", "' OR 1"])
def test_what_is_no_year_is_left_out(client: TestClient, page: str, year: str) -> None:
    assert told(client, q=TOPIC, fran=year, till=year) == page


def test_years_without_events_say_so(client: TestClient) -> None:
    assert "Inga daterade händelser hittades de åren." in told(client, q=TOPIC, fran=1900, till=1901)


def test_later_evidence_is_looked_for_when_asked(client: TestClient, page: str, found: Any) -> None:
    assert "Sök senare belägg" in page
    assert all(one["evidence"] is None for one in found["promises"])
    asked = client.get("/arende.json", params={"q": TOPIC, "belagg": "1"}).json()["promises"]
    assert len(asked) == len(found["promises"])
    assert any(one["evidence"] for one in asked)
    text = told(client, q=TOPIC, belagg=1)
    assert "Sök senare belägg" not in text
    assert "senare uppgift" in text
    assert "Inget senare hittat. Sökt efter" in text


def test_promises_tell_when_their_time_has_passed(page: str) -> None:
    assert "tiden har gått ut" in page


@pytest.mark.parametrize("query", ["SN/2019:118", "SN 2019/118", PLAN])
def test_a_number_or_a_document_is_followed(client: TestClient, query: str) -> None:
    assert PLAN in told(client, q=query)


def test_a_document_is_followed_by_its_id(client: TestClient, found: Any) -> None:
    document = next(one for one in found["documents"] if one["file"].endswith(PLAN))
    text = told(client, q=document["id"])
    assert f"<h1>{document['title']}</h1>" in text
    assert "Sökt:" not in text  # a number says nothing to a reader


def test_nothing_found_says_so(client: TestClient) -> None:
    text = told(client, q="xyzzyq")
    assert "Inget hittat." in text
    assert "Hämta som" not in text
    assert client.get("/arende.json?q=xyzzyq").json()["documents"] == []


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"', "a" * 5000, "\x00", "parti:", "((", "🙂", "%"])
def test_strange_questions_are_answered(client: TestClient, query: str) -> None:
    assert "<script>alert" not in told(client, q=query)


# ---- what sources do not agree on --------------------------------------------------------------------------------


def test_sources_that_differ_stand_side_by_side(tmp_path: Path) -> None:
    for name, number, time in (("a", 10, "juni"), ("b", 11, "september")):
        head = f"Tjänsteutlåtande\n\nDnr SN 2020/{number}\n2020-09-01\n\n"
        text = f"{head}Simhallen i Tegelhamra invigdes i {time} 2019.\n"
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    home = tmp_path / "bibliotek"
    assert aktspar("add", tmp_path / "a.txt", tmp_path / "b.txt", home=home).code == 0
    with TestClient(create(home, hosts=["testserver"])) as client:
        text = told(client, q="simhallen tegelhamra")
    assert text.count('class="differs"') == 1
    assert "Källorna är inte ense" in text
    assert text.index("juni 2019</p>") < text.index("september 2019</p>")
    assert ", se <a href=" in text


# ---- the files ---------------------------------------------------------------------------------------------------


def sent(client: TestClient, form: str, query: str = TOPIC, **other: str) -> bytes:
    answer = client.get("/arende/export", params={"q": query, "format": form, **other})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["content-type"] == FORMATS[form][1]
    return answer.content


def test_the_workbook_opens(client: TestClient) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(sent(client, "xlsx")))
    assert book["Handlingar"].max_row == 20
    book.close()


def test_the_word_file_opens(client: TestClient) -> None:
    import docx

    report = docx.Document(io.BytesIO(sent(client, "docx")))
    assert report.paragraphs[0].text == TOPIC.capitalize()


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("pdf", b"%PDF-"),
        ("html", b"<!doctype html>"),
        ("csv", b"\xef\xbb\xbflista;"),
        ("ics", b"BEGIN:VCALENDAR"),
        ("svg", b"<svg"),
    ],
)
def test_every_other_file_is_what_it_says(client: TestClient, form: str, begins: bytes) -> None:
    assert sent(client, form).startswith(begins)


def test_the_data_are_the_trace_between_the_years(client: TestClient) -> None:
    held = json.loads(sent(client, "json", fran="2019", till="2019"))
    assert {event["date"][:4] for event in held["events"]} == {"2019"}
    assert held["people"]


@pytest.mark.parametrize("form", ["", "exe", "../../etc/passwd", "PDF", "docx/../x", "\x00"])
def test_a_form_there_is_not_is_not_found(client: TestClient, form: str) -> None:
    answer = client.get("/arende/export", params={"q": TOPIC, "format": form})
    assert answer.status_code == 404
    assert "Den formen finns inte." in answer.text


@pytest.mark.parametrize("query", ["", "xyzzyq"])
def test_nothing_found_makes_no_file(client: TestClient, query: str) -> None:
    assert client.get("/arende/export", params={"q": query, "format": "pdf"}).status_code == 404


def test_the_name_of_a_file_says_no_more_than_letters_and_figures(client: TestClient) -> None:
    answer = client.get("/arende/export", params={"q": 'plan "; evil=1\r\nX-A: b\n åäö', "format": "csv"})
    assert answer.status_code == 200
    assert "x-a" not in answer.headers
    given = answer.headers["content-disposition"]
    assert given == "attachment; filename=\"arende.csv\"; filename*=UTF-8''plan-evil-1-X-A-b-%C3%A5%C3%A4%C3%B6.csv"


def test_personal_numbers_are_masked_in_files(tmp_path: Path) -> None:
    text = f"Skrivelse om simhallen\n\nDnr SN 2020/15\n2020-03-12\n\nSimhallen invigdes den 3 juni 2019 av {NUMBER}.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    home = tmp_path / "bibliotek"
    assert aktspar("add", tmp_path / "a.txt", home=home).code == 0
    with TestClient(create(home, hosts=["testserver"])) as client:
        held = sent(client, "json", "simhallen").decode()
    assert NUMBER not in held
    assert "19121212-XXXX" in held


# ---- what stands below the page ----------------------------------------------------------------------------------


def test_a_picture_of_some_years_shows_what_touches_them() -> None:
    said = (Source(1, "a.txt", 1, "Sagt."),)
    spans = [
        Entry(When(2010, until=2014), "valid", "Gammal.", said),
        Entry(When(2018, until=2030), "valid", "Ny.", said),
    ]
    picture = chart.lay_out([*spans, Entry(When(2019, 5), "decided", "Beslut.", said)], 2019, 2022)
    assert (picture.first, picture.last) == (2019, 2022)
    assert [bar.words for bar in picture.bars] == ["2018–2030 (2)"]
    inside = chart.MARGIN, chart.WIDTH - chart.MARGIN
    assert all(inside[0] <= bar.x and bar.x + bar.width <= inside[1] for bar in picture.bars)
    assert [label.words for label in picture.labels] == ["2019", "2020", "2021", "2022"]
    assert chart.lay_out([], 2019, 2019).labels[0].words == "2019 jan–mar"
    assert chart.lay_out([]).labels == []


def test_followed_says_how_many_promises_are_looked_for(samples_home: Path) -> None:
    with Store(samples_home) as store:
        found = trace.trace(store, samples_home, TOPIC, followed=2)
    assert [bool(one.searched) for one in found.promises[:3]] == [True, True, False]


def test_the_period_is_that_of_the_dated_documents() -> None:
    def made(*years: int | None) -> trace.Trace:
        documents = tuple(Holding(n, f"{n}.txt", when=When(year)) for n, year in enumerate(years))
        return trace.Trace("", "", documents, (), (), (), (), (), (), (), ())

    assert made(2015, 2019, None).period == (When(2015), When(2019))
    assert made(None).period is None


def test_a_difference_is_told_once_and_pointed_at_after(samples_home: Path) -> None:
    from web.routes.matter import _Story

    one, other = (Source(n, f"{n}.txt", 1, f"Sagt {n}.") for n in (1, 2))
    differs = (Difference("time", (Said("2018", (one,)), Said("2019", (other,)))),)
    events = (
        Entry(When(2018), "decided", "Sagt 1.", (one,), differs=differs),
        Entry(When(2019), "decided", "Sagt 2.", (other,), differs=differs),
    )
    found = trace.Trace("", "", (), (), events, (), (), (), (), (), ())
    with Store(samples_home) as store:
        first, second = _Story(found, store, None, None, followed=False)._lines()
    assert (first.told, first.before) == (differs, ())
    assert (second.told, second.before) == ((), (1,))
