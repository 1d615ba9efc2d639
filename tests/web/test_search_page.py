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
