"""The description of the JSON: every route stands in it, and every answer is as it says."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from corpus.account import Account
from corpus.errors import AktsparError
from corpus.store import Listing
from web.openapi import PARAMETERS, PATHS, description
from web.routes import ROUTES
from web.taking_in import Going, TakenIn

PAGES_ALONE = {"/logga-in"}  # a form, for people
ASKED = [
    "/index.json",
    "/sok.json", "/sok.json?q=handlingsplan", "/sok.json?q=socialsekretrare&ordning=nyast", "/sok.json?q=zzzz&sida=7",
    "/sok.json?q=plan%20%C3%A5r:2019",
    "/forslag.json?q=soc", "/forslag.json?q=ks",
    "/handling/{document}.json", "/handling/{document}.json?q=plan&citat=handlingsplan",
    "/handling/{document}/1.json", "/handling/{document}/1.json?q=plan&original=1",
    "/handling/{document}/liknande.json",
    "/arende.json", "/arende.json?q=handlingsplan%20socialsekreterare", "/arende.json?q=zzzz",
    "/arende.json?q=KS%202019%2F412&belagg=1", "/arende.json?q=personal&fran=2016&till=2020",
    "/fragor.json", "/fragor.json?status=%C3%B6ppen", "/fragor.json?parti=V&ar=2020", "/fragor.json?sida=9",
    "/loften.json", "/loften.json?forsenade=1", "/loften/belagg.json?lofte={promise}",
    "/partier.json", "/parti/V.json", "/parti/M.json?amne=handlingsplan", "/parti/X.json",
    "/personer.json", "/personer.json?namn=b", "/person.json?namn={person}",
    "/granska.json", *(f"/granska.json?visa={view}" for view in ("svar", "kopplingar", "sidor", "rattelser", "bedomt")),
    "/granska/{question}.json", "/granska/{link}.json",
    "/lagg-till.json", "/openapi.json",
]  # fmt: skip


def documented(path: str) -> str:
    """The path of a request or a route as the description writes it."""
    plain = re.sub(r":\w+}", "}", path.partition("?")[0])
    known = {re.sub(r"{\w+}", "[^/]+?", one) + "$": one for one in sorted(PATHS, key=lambda one: one.count("{"))}
    return next((one for pattern, one in known.items() if re.match(pattern, plain)), plain)


def validator(path: str) -> Draft202012Validator:
    told = description()
    schema = told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return Draft202012Validator({**schema, "components": told["components"]})


@pytest.fixture(scope="module")
def named(page: TestClient) -> dict[str, str]:
    """Things of the sample library, to be asked for."""
    questions = page.get("/fragor.json").json()["items"]
    documents = {hit["id"] for hit in page.get("/sok.json?q=handlingsplan").json()["hits"]}
    ties = [tie for document in documents for tie in page.get(f"/handling/{document}.json").json()["links"]]
    return {
        "document": str(questions[0]["document"]),
        "question": questions[0]["id"],
        "link": ties[0]["id"],
        "promise": page.get("/loften.json").json()["items"][0]["id"],
        "person": quote(page.get("/personer.json").json()["items"][0]["name"]),
    }


def test_every_route_that_answers_a_program_stands_in_it_and_no_other() -> None:
    paths = [route.path for route in ROUTES if "GET" in (route.methods or ())]
    twins = {path.removesuffix(".json") for path in paths if path.endswith(".json")} | {"/"}
    wanted = {path for path in paths if path.endswith(".json") or path not in twins} - PAGES_ALONE
    assert {re.sub(r":\w+}", "}", path) for path in wanted} == set(PATHS)


def test_every_described_path_with_json_is_asked_below() -> None:
    with_json = {path for path, told in PATHS.items() if told.media_type == "application/json"}
    assert {documented(path) for path in ASKED} == with_json


@pytest.mark.parametrize("asked", ASKED)
def test_every_answer_of_the_sample_library_is_as_described(
    page: TestClient, named: dict[str, str], asked: str
) -> None:
    answer = page.get(asked.format(**named))
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    check(documented(asked), answer.json())


def check(path: str, told: Any) -> None:
    errors = [f"{error.json_path}: {error.message[:200]}" for error in validator(path).iter_errors(told)]
    assert errors == []


@pytest.mark.parametrize("asked", [one for one in ASKED if "{" not in one])
def test_an_empty_library_answers_as_described(empty_page: TestClient, asked: str) -> None:
    answer = empty_page.get(asked)
    assert answer.status_code == 200
    check(documented(asked), answer.json())


def test_what_is_not_found_is_told_as_an_error(page: TestClient) -> None:
    schema = Draft202012Validator(description()["components"]["schemas"]["error"])
    for path in (
        "/handling/99999.json",
        "/handling/1/99.json",
        "/granska/f1-99.json",
        "/loften/belagg.json",
        "/inget.json",
    ):
        answer = page.get(path)
        assert answer.status_code == 404
        assert schema.is_valid(answer.json())


@pytest.mark.parametrize("failed", [False, True])
def test_a_run_is_told_as_described(page: TestClient, monkeypatch: pytest.MonkeyPatch, *, failed: bool) -> None:
    account = Account(pages_in=3, pages_held=2, problems=[Listing("a.pdf", 3, "slow", "Långsam.", "Dela upp den.")])
    failure = AktsparError("Nej.", "Jo.") if failed else None
    files = (TakenIn("a.pdf", "partial", 2, 1), TakenIn("b.zip", "known", 0))
    told = Going(
        "2 uppladdade filer", 2, 2, 3, 2, "b.zip", seconds=1.5, indexing=False, documents=files, failure=failure,
        account=None if failed else account,
    )  # fmt: skip
    monkeypatch.setattr(page.app.state.desk, "told", lambda: told)  # type: ignore[attr-defined]
    data = page.get("/lagg-till.json").json()
    assert data["run"]["ended"]
    check("/lagg-till.json", data)
    assert page.get("/lagg-till").status_code == 200


def test_the_description_holds_together(page: TestClient) -> None:
    told = page.get("/openapi.json").json()
    assert told["openapi"].startswith("3.1.")
    for schema in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    for reference in references(told):
        assert reference.removeprefix("#/components/schemas/") in told["components"]["schemas"]
    used = {name for one in PATHS.values() for name in one.asked} | {"document", "page", "code", "id"}
    assert used == set(PARAMETERS)
    for path, operation in told["paths"].items():
        within = [one["name"] for one in operation["get"]["parameters"] if one["in"] == "path"]
        assert within == re.findall(r"{(\w+)}", path)


def references(told: Any) -> Iterator[str]:
    for key, value in told.items() if isinstance(told, dict) else enumerate(told) if isinstance(told, list) else ():
        if key == "$ref":
            yield value
        else:
            yield from references(value)


def test_files_have_the_types_described(page: TestClient, named: dict[str, str]) -> None:
    document = named["document"]
    original = page.get(f"/handling/{document}/original")
    assert original.headers["content-disposition"].startswith("attachment")
    assert page.get(f"/handling/{document}/1.png").headers["content-type"] == "image/png"
    exported = page.get("/arende/export?q=handlingsplan%20socialsekreterare&format=csv")
    assert exported.headers["content-disposition"].startswith("attachment")
