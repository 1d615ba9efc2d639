"""The sample corpus from file to traced answer, through the command line, in all its formats."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT, aktspar
from tests.measures import answered, token_f1

pytestmark = pytest.mark.xdist_group("samples")
GOLD = PROJECT / "tests" / "gold" / "samples"


@pytest.fixture(scope="module")
def found(samples_home: Path) -> dict[str, Any]:
    """What was found in each sample, by the stem of its name."""
    return {Path(d["file"]).stem: d for d in aktspar("findings", "--json", home=samples_home).json()}


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    return {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in (GOLD / "extraction").glob("*.json")}


def test_every_page_is_held(samples_home: Path) -> None:
    account = aktspar("status", "--json", home=samples_home).json()
    assert account["documents"] == {"whole": 22, "partial": 0, "failed": 0}
    assert account["pages"]["in"] == account["pages"]["held"] == 34


def test_kinds_and_dates_are_right(found: dict[str, Any], gold: dict[str, Any]) -> None:
    wrong = {
        name: (found[name]["type"], found[name]["date"])
        for name, wanted in gold.items()
        if (found[name]["type"], found[name]["date"]) != (wanted["type"], wanted["date"])
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("field", "precision", "recall"),
    [("questions", 1.0, 1.0), ("demands", 0.95, 0.95), ("promises", 0.85, 0.95), ("decisions", 0.95, 0.9)],
)
def test_texts_found_reach_their_floor(
    found: dict[str, Any], gold: dict[str, Any], field: str, precision: float, recall: float
) -> None:
    """Counted as a person would: each wanted text once, the gold's optional ones neither missed nor too much."""
    right = wanted_all = extra = 0
    for name, wanted in gold.items():
        items = [_text(item) for item in wanted[field] if not _optional(item)]
        spare = [_text(item) for item in wanted[field] if _optional(item)]
        got = [_text(item) for item in found[name][field]]
        right += sum(any(token_f1(text, other) >= 0.6 for other in got) for text in items)
        wanted_all += len(items)
        extra += sum(not any(token_f1(text, other) >= 0.6 for other in items + spare) for text in got)
    assert right >= recall * wanted_all, (right, wanted_all)
    assert right >= precision * (right + extra), (right, extra)


def test_answers_are_found_and_no_restatement_is_offered(samples_home: Path) -> None:
    pairs = json.loads((GOLD / "qa.json").read_text(encoding="utf-8"))["pairs"]
    counts = answered(aktspar("questions", "--json", home=samples_home).json()["items"], pairs)
    assert counts["asked"] == 14
    assert counts["first"] >= 11
    assert counts["three"] >= 12
    assert counts["status"] >= 10
    assert counts["restated"] == 0


def test_the_interpellation_never_answered_says_so(samples_home: Path) -> None:
    items = aktspar("questions", "--open", "--json", home=samples_home).json()["items"]
    unanswered = [i for i in items if i["question_file"] == "2025-interpellation-hot.pdf"]
    assert [(i["status"], i["answers"]) for i in unanswered] == [("no_reply", [])] * 3


def test_the_plan_is_followed_through_its_three_versions(samples_home: Path) -> None:
    found = aktspar("trace", "handlingsplan socialsekreterarnas arbetsmiljö", "--json", home=samples_home).json()
    versions = {version["period"]: version["decided"] for version in found["plan_versions"]}
    assert versions == {"2016/2018": "2016-03-15", "2019/2022": "2019-04-23", "2024/2027": "2023-11-20"}
    assert found["events"][0]["date"].startswith("2015")


def test_a_broken_text_layer_is_read_anew_and_the_reason_is_kept(samples_home: Path) -> None:
    page = aktspar("text", "2019-pm-rotel-iv.pdf", "--json", home=samples_home).json()["pages"][0]
    assert page["method"] == "ocr"
    assert any("å, ä och ö" in reason for reason in page["reasons"])
    assert "bistå" in page["text"] or "föredragande" in page["text"].lower()


def test_a_good_text_layer_is_kept(samples_home: Path) -> None:
    pages = aktspar("text", "2019-protokoll-socialnamnden.pdf", "--json", home=samples_home).json()["pages"]
    assert {page["method"] for page in pages} == {"layer"}


def test_the_same_files_again_are_known(samples_home: Path) -> None:
    account = aktspar("add", PROJECT / "corpus/samples/documents", "--json", home=samples_home).json()
    assert account["documents"] == {"whole": 0, "partial": 0, "failed": 0, "known": 22}


@pytest.mark.parametrize("ending", ["html", "csv", "json"])
def test_an_export_holds_every_quote_with_its_page(samples_home: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"handlingsplan.{ending}"
    assert aktspar("export", "handlingsplan", "--to", target, home=samples_home).code == 0
    written = target.read_text(encoding="utf-8")
    assert "Socialnämnden antar handlingsplan för socialsekreterarnas arbetsmiljö 2019–2022." in written
    assert "2019-protokoll-socialnamnden.pdf" in written


def _text(item: Any) -> str:
    return item if isinstance(item, str) else item["text"]


def _optional(item: Any) -> bool:
    return isinstance(item, dict) and bool(item.get("optional"))
