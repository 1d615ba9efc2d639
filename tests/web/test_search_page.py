"""Sök: the start page, hits and facets, saved searches, and the hits as a file."""

import csv
import io
import re
from pathlib import Path

import openpyxl
import pytest
from starlette.testclient import TestClient

from corpus.store import Store

QUERY = "handlingsplan socialsekreterare"


def _token(html: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', html)
    assert found
    return found[1]


def test_the_start_page_tells_what_is_held(page: TestClient) -> None:
    shown = page.get("/")
    assert shown.status_code == 200
    assert 'lang="sv"' in shown.text
    told = page.get("/index.json").json()
    assert told["documents"] > 20
    assert told["pages"] >= told["documents"]


def test_hits_stand_with_passages_facets_and_reasons(page: TestClient) -> None:
    assert "<mark>" in page.get("/sok", params={"q": QUERY}).text
    told = page.get("/sok.json", params={"q": QUERY}).json()
    assert told["total"] > 5
    assert told["hits"][0]["why"]
    assert {"kind", "year", "party", "body", "person", "matter", "status"} <= told["facets"].keys()
    newest = page.get("/sok.json", params={"q": QUERY, "ordning": "nyast"}).json()
    dates = [hit["date"] for hit in newest["hits"] if hit["date"]]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize(
    "asked", ["", '"', "-", "((((", "år:2019..", "parti:", "finnsintealls", "%00", "<script>", "x" * 900]
)
def test_whatever_is_typed_is_answered(page: TestClient, asked: str) -> None:
    shown = page.get("/sok", params={"q": asked, "sida": "-3", "ordning": "bakvänt"})
    assert shown.status_code == 200
    assert "<script>" not in shown.text.replace('<script src="/static/aktspar.js" defer></script>', "")


def test_the_hits_as_files(page: TestClient) -> None:
    """CSV and workbook hold a line a hit; a form there is not is said so."""
    total = page.get("/sok.json", params={"q": QUERY}).json()["total"]
    sent = page.get("/sok/export", params={"q": QUERY, "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == total
    assert rows[0].keys() >= {"rubrik", "datum", "handling", "sida", "utdrag", "varför"}
    book = openpyxl.load_workbook(io.BytesIO(page.get("/sok/export", params={"q": QUERY, "format": "xlsx"}).content))
    assert book.active is not None
    assert book.active.max_row == total + 1
    assert page.get("/sok/export", params={"q": QUERY, "format": "json"}).json()["query"] == QUERY
    assert page.get("/sok/export", params={"q": QUERY, "format": "exe"}).status_code == 404


def test_a_search_is_saved_and_removed(page: TestClient) -> None:
    """Only with the token of a page of ours."""
    token = _token(page.get("/sok", params={"q": QUERY}).text)
    assert page.post("/sparade", data={"q": QUERY, "namn": "planen"}).status_code == 403
    sent = {"q": QUERY, "namn": "planen", "token": token}
    assert page.post("/sparade", data=sent, follow_redirects=False).status_code == 303
    assert [one["name"] for one in page.get("/index.json").json()["saved"]] == ["planen"]
    assert "Inget nytt" in page.get("/sok", params={"sparad": "planen"}).text
    page.post("/sparade/bort", data={"namn": "planen", "token": token})
    assert page.get("/index.json").json()["saved"] == []
    assert page.get("/sok", params={"sparad": "planen"}).status_code == 404


def test_looking_at_what_is_new_changes_nothing(page: TestClient, samples_home: Path) -> None:
    """What is new stays new until someone says it is seen."""
    with Store(samples_home) as store:
        store.save_search("nytt", QUERY, ())
    for _ in range(2):
        hits = page.get("/sok.json", params={"sparad": "nytt"}).json()["hits"]
        assert len(hits) > 2
    token = _token(page.get("/sok", params={"sparad": "nytt"}).text)
    seen = {"namn": "nytt", "handlingar": ",".join(str(hit["id"]) for hit in hits[:2]), "token": token}
    page.post("/sparade/sedda", data=seen)
    left = page.get("/sok.json", params={"sparad": "nytt"}).json()["hits"]
    assert {hit["id"] for hit in left} == {hit["id"] for hit in hits[2:]}
    page.post("/sparade/bort", data={"namn": "nytt", "token": token})


def test_a_chosen_facet_is_the_whole_word(page: TestClient) -> None:
    """`parti:S` is not chosen where `parti:SD` is."""
    html = page.get("/sok", params={"q": "handlingsplan parti:SD"}).text
    assert re.findall(r'aria-current="true">✓ ([^<]+)<', html) == ["SD"]


def test_an_empty_box_finds_every_document_the_newest_first(page: TestClient) -> None:
    told = page.get("/sok.json").json()
    assert told["total"] == page.get("/index.json").json()["documents"]
    assert len(told["hits"]) == 20
    dates = [hit["date"] for hit in told["hits"] if hit["date"]]
    assert dates == sorted(dates, reverse=True)
    assert all(hit["snippet"] for hit in told["hits"])
    assert told["hits"] == page.get("/sok.json?q=+").json()["hits"]
    rest = page.get("/sok.json?sida=2").json()["hits"]
    assert len({hit["id"] for hit in (*told["hits"], *rest)}) == told["total"]
    oldest = page.get("/sok.json?ordning=aldst").json()["hits"]
    assert oldest[0]["date"] == min(hit["date"] for hit in (*told["hits"], *rest) if hit["date"])
    shown = page.get("/sok").text
    assert "<h1>Alla handlingar</h1>" in shown
    assert 'href="/sok?q=typ%3AInterpellation"' in shown
    assert 'href="/sok?sida=2"' in shown
    assert '<a href="/sok">' in page.get("/").text
    sent = page.get("/sok/export", params={"format": "json"}).json()
    assert sent["total"] == told["total"]


def test_what_a_slip_was_taken_for_is_what_every_link_asks_for(page: TestClient) -> None:
    """Where "visar i stället X" stands: facets, years, pages, files, the saved search and the matter are of X."""
    shown = page.get("/sok", params={"q": "socialsekretrare"}).text
    assert "visar i stället" in shown
    main = shown[shown.index("<main") :]
    assert "socialsekretrare" not in main
    for link in ("/arende?q=socialsekreterare", "/sok/export?q=socialsekreterare&amp;format=csv",
                 "/sok?q=socialsekreterare+%C3%A5r%3A2019", "/1?q=socialsekreterare"):  # fmt: skip
        assert link in main
    assert 'name="q" value="socialsekreterare"' in main


def test_the_years_stand_in_order_and_every_value_is_there(page: TestClient) -> None:
    shown = page.get("/sok").text
    facets = page.get("/sok.json").json()["facets"]
    years = re.findall(r">(\d{4})</a>", shown[shown.index("<h2>År</h2>") : shown.index("<h2>Nämnd</h2>")])
    assert years == sorted(facets["year"], reverse=True)
    assert len(years) > 8
    persons = shown[shown.index("<h2>Person</h2>") :]
    assert "till<span" in persons
    assert all(f">{name}</a>" in persons for name in facets["person"])


def test_the_columns_of_the_histogram_are_named(page: TestClient) -> None:
    shown = page.get("/sok").text
    named = re.findall(r"<span>(\d*)</span>", shown[shown.index("<figcaption>") : shown.index("</figcaption>")])
    assert named == [str(year) for year in range(2015, 2026)]


def test_the_start_page_has_one_box_and_it_suggests(page: TestClient) -> None:
    shown = page.get("/").text
    assert shown.count('type="search"') == 1
    assert 'data-suggest="/forslag.json"' in shown
