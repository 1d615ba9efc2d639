"""Partier, Personer and suggestions: what each did, with its source; bad input is told, an empty library too."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.conftest import aktspar


def test_parties_stand_with_how_many_documents_name_them(page: TestClient) -> None:
    items = page.get("/partier.json").json()["items"]
    counts = {one["code"]: one["documents"] for one in items}
    assert counts["V"] == page.get("/sok.json?q=parti:V").json()["total"]
    assert list(counts.values()) == sorted(counts.values(), reverse=True)
    shown = page.get("/partier").text
    assert '<a href="/parti/V">Vänsterpartiet</a>' in shown
    assert 'style="' not in shown


def test_a_party_leads_to_ledgers_that_have_something_of_it(page: TestClient) -> None:
    shown = page.get("/partier").text
    for one in page.get("/partier.json").json()["items"]:
        for path in ("/fragor", "/loften"):
            held = page.get(f"{path}.json", params={"parti": one["code"]}).json()["documents"]
            assert (f'href="{path}?parti={one["code"]}"' in shown) is (held > 0)


def _quotes(told: dict[str, Any]) -> set[str]:
    return {one["quote"] for one in told["items"]}


@pytest.mark.parametrize("topic", ["", "handlingsplan"])
def test_a_party_s_page_tells_what_the_command_line_tells(page: TestClient, samples_home: Path, topic: str) -> None:
    told = page.get("/parti/V.json", params={"amne": topic}).json()
    typed = aktspar("party", "V", *topic.split(), "--json", home=samples_home).json()
    assert (told["party"], told["topic"], told["pages"]) == ("V", topic, 1)
    assert _quotes(told) == _quotes(typed)
    shown = page.get("/parti/V", params={"amne": topic}).text
    assert "Krav" in shown
    assert 'aria-current="page">Partier' in shown


def test_a_party_is_found_by_code_or_name_and_an_unknown_one_has_done_nothing(page: TestClient) -> None:
    assert page.get("/parti/v.json").json()["party"] == "V"
    assert page.get("/parti/Vänsterpartiet.json").json()["party"] == "V"
    unknown = page.get("/parti/XYZ")
    assert unknown.status_code == 200
    assert "Inget hittat från partiet" in unknown.text
    for wrong in ("/parti/V%22%20OR%20x", "/parti/%3Cscript%3E", "/parti/V?ar=x", "/parti/..%2f..%2fetc"):
        assert page.get(wrong).status_code == 404


def test_people_are_found_by_name(page: TestClient) -> None:
    assert '<a href="/person?namn=Marika%20Hjortn%C3%A4s">Marika Hjortnäs</a>' in page.get("/personer").text
    found = page.get("/personer.json?namn=hjort").json()["items"]
    assert [one["name"] for one in found] == ["Marika Hjortnäs"]
    assert found[0]["documents"] == page.get('/sok.json?q=person:"Marika Hjortnäs"').json()["total"]
    assert "Ingen vars namn börjar så" in page.get("/personer?namn=qqq").text
    assert "<script>" not in page.get("/personer", params={"namn": "<script>x"}).text.replace("<script src", "")


def test_a_person_s_page_tells_what_was_asked_answered_promised_and_signed(page: TestClient) -> None:
    told = page.get("/person.json", params={"namn": "Marika Hjortnäs"}).json()
    assert all(any("Hjortnäs" in name for name in one["by"]) for one in told["asked"])
    assert all(any("Hjortnäs" in name for name in one["to"]) for one in told["answered"])
    assert all("Hjortnäs" in one["by"] for one in told["promised"])
    assert all("Marika Hjortnäs" in one["persons"] for one in told["signed"])
    assert min(len(told[part]) for part in ("asked", "answered", "promised", "signed")) > 0
    shown = page.get("/person", params={"namn": "Marika Hjortnäs"}).text
    for heading in ("Har frågat", "Har fått frågor", "Har lovat", "Har skrivit under"):
        assert f">{heading} <span" in shown
    assert told["asked"][0]["question"] in shown


def test_a_person_who_is_not_held_and_no_person(page: TestClient) -> None:
    nobody = page.get("/person", params={"namn": 'Ingen "Alls'})
    assert nobody.status_code == 200
    assert "Inga frågor, löften eller uttalanden hittade" in nobody.text
    assert page.get("/person").status_code == page.get("/person.json?namn=").status_code == 404


def test_suggestions_are_json_alone(page: TestClient) -> None:
    found = page.get("/forslag.json?q=hjort").json()
    assert found[0] == {"shown": "Marika Hjortnäs", "query": 'person:"Marika Hjortnäs"', "kind": "person"}
    assert len(page.get("/forslag.json?q=so").json()) <= 8
    for nothing in ("", "?q=", "?q=x", "?q=%00%00", "?q=" + "a" * 2000, "?q=%22)("):
        assert page.get(f"/forslag.json{nothing}").json() == []
    assert page.get("/forslag").status_code == 404
    for one in page.get("/forslag.json?q=handlings").json():
        assert page.get("/sok.json", params={"q": one["query"]}).json()["total"] > 0


def test_an_empty_library_says_so(empty_page: TestClient) -> None:
    assert "Inga partier" in empty_page.get("/partier").text
    assert "Inga personer" in empty_page.get("/personer").text
    assert "Inget hittat" in empty_page.get("/parti/V").text
    assert empty_page.get("/person?namn=Eva+Ek").status_code == 200
    assert empty_page.get("/forslag.json?q=eva").json() == []
    assert empty_page.get("/partier.json").json() == empty_page.get("/personer.json").json() == {"items": []}
