"""Frågor and Löften: rows with quote and page, narrowed, page by page; bad input is told, an empty library too."""

import pytest
from starlette.testclient import TestClient

from index import browse

PATHS = ("/fragor", "/loften")


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have so few documents to a page that there are several."""
    monkeypatch.setattr(browse, "PER_PAGE", 2)


def test_a_question_stands_with_its_quote_its_page_its_status_and_its_answer(page: TestClient) -> None:
    shown = page.get("/fragor").text
    told = page.get("/fragor.json").json()
    one = next(item for item in told["items"] if item["status"] == "answered")
    assert one["question"] in shown
    assert f'href="/handling/{one["document"]}/{one["question_page"]}?citat=' in shown
    assert f'href="/granska/{one["id"]}"' in shown
    assert one["answers"][0] in shown
    assert "svar saknas" in shown
    assert "kopplat för att" in shown.lower()


@pytest.mark.parametrize(
    ("query", "check"),
    [
        ("status=öppen", lambda one: one["status"] in {"partly", "unanswered", "no_reply", "tabled"}),
        ("status=besvarad", lambda one: one["status"] == "answered"),
        ("parti=V", lambda one: any(name.endswith("(V)") for name in one["by"])),
        ("parti=Vänsterpartiet", lambda one: any(name.endswith("(V)") for name in one["by"])),
        ("till=Hjortnäs", lambda one: any("Hjortnäs" in name for name in one["to"])),
        ("ar=2025", lambda one: (one["date"] or "").startswith("2025")),
    ],
)
def test_the_questions_are_narrowed(page: TestClient, query: str, check: object) -> None:
    everything = page.get("/fragor.json").json()["items"]
    items = page.get(f"/fragor.json?{query}").json()["items"]
    assert callable(check)
    assert items == [one for one in everything if check(one)]
    assert len(items) < len(everything)
    assert page.get(f"/fragor?{query}").status_code == 200


def test_facets_lead_to_what_they_count(page: TestClient) -> None:
    told = page.get("/fragor.json").json()
    for name, field in (("status", "status"), ("party", "parti"), ("year", "ar")):
        for value, count in told["facets"][name].items():
            typed = {"answered": "besvarad", "partly": "delvis besvarad", "no_reply": "svar saknas"}.get(value, value)
            assert page.get("/fragor.json", params={field: typed}).json()["documents"] == count
    chosen = page.get("/fragor?parti=V").text
    assert '<a href="/fragor" aria-current="true">✓ V</a>' in chosen


def test_promises_stand_with_grade_due_and_by_whom(page: TestClient) -> None:
    told = page.get("/loften.json").json()
    shown = page.get("/loften").text
    one = next(item for item in told["items"] if item["due"] and item["passed"])
    assert one["quote"] in shown
    assert "tiden har gått ut" in shown
    assert "åtagande" in shown
    assert one["evidence"] is None
    assert f"/loften/belagg?lofte={one['id']}" in shown


@pytest.mark.parametrize(
    ("query", "check"),
    [
        ("av=Sandelius", lambda one: "Sandelius" in (one["by"] or "")),
        ("forsenade=1", lambda one: one["passed"]),
        ("ar=2019", lambda one: one["date"].startswith("2019")),
    ],
)
def test_the_promises_are_narrowed(page: TestClient, query: str, check: object) -> None:
    everything = page.get("/loften.json").json()["items"]
    items = page.get(f"/loften.json?{query}").json()["items"]
    assert callable(check)
    assert items == [one for one in everything if check(one)]
    assert 0 < len(items) < len(everything)
    assert page.get(f"/loften?{query}").status_code == 200


def test_later_evidence_is_looked_for_one_promise_at_a_time(page: TestClient) -> None:
    promises = page.get("/loften.json").json()["items"]
    looked = [page.get(f"/loften/belagg.json?lofte={one['id']}").json() for one in promises[-12:]]
    assert all(one["searched"] for one in looked)
    found = next(one for one in looked if one["evidence"])
    shown = page.get(f"/loften/belagg?lofte={found['id']}").text
    assert found["quote"] in shown
    assert found["evidence"][0]["quote"] in shown


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("path", PATHS)
def test_pages_follow_one_another_and_keep_what_narrows(page: TestClient, path: str) -> None:
    first = page.get(f"{path}?amne=handlingsplan")
    assert f'rel="next" href="{path}?amne=handlingsplan&amp;sida=2"' in first.text
    assert 'rel="prev"' not in first.text
    second = page.get(f"{path}?amne=handlingsplan&sida=2")
    assert f'rel="prev" href="{path}?amne=handlingsplan&amp;sida=1"' in second.text
    one, other = (page.get(f"{path}.json?amne=handlingsplan&sida={n}").json() for n in (1, 2))
    assert one["documents"] == other["documents"] > 2
    assert one["pages"] > 1
    assert not {str(item) for item in one["items"]} & {str(item) for item in other["items"]}
    past = page.get(f"{path}?sida=99999")
    assert past.status_code == 200
    assert page.get(f"{path}?sida=0").status_code == page.get(f"{path}?sida=-3x").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/fragor?status=besvarat",
        "/fragor?ar=i+fjol",
        "/fragor?parti=V%22+OR+x",
        "/loften?ar=2019%22",
        "/loften/belagg",
        "/loften/belagg?lofte=1-999",
        "/loften/belagg?lofte=../../etc",
        "/loften/belagg?lofte=99999999999999999999-1",
    ],
)
def test_what_makes_no_sense_is_told_with_its_remedy(page: TestClient, address: str) -> None:
    answer = page.get(address)
    assert answer.status_code == 404
    assert "Det gick inte" in answer.text
    path, _, query = address.partition("?")
    told = page.get(f"{path}.json?{query}")
    assert told.status_code == 404
    assert told.json()["error"]
    assert told.json()["remedy"]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_typed_is_shown_as_it_is(page: TestClient, path: str) -> None:
    typed = '"><script>alert(1)</script>'
    for name in ("amne", "till", "av"):
        shown = page.get(path, params={name: typed})
        assert shown.status_code == 200
        assert "<script>alert" not in shown.text


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_library_says_so(empty_page: TestClient, path: str) -> None:
    shown = empty_page.get(path)
    assert shown.status_code == 200
    assert "hittade i handlingarna" in shown.text
    assert empty_page.get(f"{path}.json").json()["items"] == []
    assert "Inga sådana" in empty_page.get(f"{path}?amne=x").text
