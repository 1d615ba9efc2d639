"""The five real records against their gold: what the foundation promises, on real input."""

import importlib.util
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import aktspar
from tests.measures import answered

pytestmark = pytest.mark.xdist_group("records")

# What is reached on the five records; a floor, raised when more is reached.
FLOORS = {
    "type": 1.0, "date": 1.0, "case_numbers": 1.0, "parties": 1.0, "other_dates": 1.0, "names": 1.0, "names+party": 1.0,
    "authors": 1.0, "addressees": 1.0, "questions": 1.0, "demands": 1.0, "promises": 1.0, "decisions": 1.0,
    "statements": 1.0, "municipality": 1.0, "plan_events": 0.78, "plan_events year": 1.0,
}  # fmt: skip


def test_findings_reach_the_gold(shared: Path, records_home: Path) -> None:
    score = _scorer(shared)
    predicted = {Path(d["file"]).stem: d for d in aktspar("findings", "--json", home=records_home).json()}
    tallies: dict[str, Any] = defaultdict(score.Tally)
    for gold in sorted((shared / "gold/extraction").glob("*.json")):
        score.score_document(predicted[gold.stem], json.loads(gold.read_text(encoding="utf-8")), tallies)
    reached = {field: round(tallies[field].scores()[2], 3) for field in FLOORS}
    assert {field: f1 for field, f1 in reached.items() if f1 < FLOORS[field]} == {}


def test_the_reply_is_linked_though_it_shares_neither_number_nor_title(records_home: Path) -> None:
    items = aktspar("questions", "--json", home=records_home).json()["items"]
    mine = [item for item in items if item["question_file"] == "000.txt"]
    assert [item["answer_file"] for item in mine] == ["001.txt"] * 3
    assert any("Jan Jönsson" in reason for reason in mine[0]["why"])


def test_answers_are_found_and_no_restatement_is_offered(shared: Path, records_home: Path) -> None:
    pairs = json.loads((shared / "gold/qa_gold.json").read_text(encoding="utf-8"))["pairs"]
    counts = answered(aktspar("questions", "--json", home=records_home).json()["items"], pairs)
    assert counts["asked"] == 8
    assert counts["first"] >= 6
    assert counts["three"] == 8
    assert counts["status"] >= 7
    assert counts["restated"] == 0


@pytest.mark.parametrize(
    "typed", ["KS 2019/756", "KS2019/756", "ks-2019-756", "dnr 2019/756", "KS/2019:756", "Dnr KS 2019/756"]
)
def test_a_case_number_is_found_however_it_is_typed(records_home: Path, typed: str) -> None:
    hits = aktspar("search", typed, "--json", home=records_home).json()["hits"]
    assert hits[0]["file"] == "002.txt"


def test_the_trace_starts_in_2015_and_names_both_versions_and_the_late_decision(records_home: Path) -> None:
    found = aktspar("trace", "handlingsplan socialsekreterare", "--json", home=records_home).json()
    assert found["events"][0]["date"] == "2015"
    versions = {version["period"]: version["decided"] for version in found["plan_versions"]}
    assert "2016/2018" in versions
    assert versions["2019/2022"] == "2019-06"
    late = [event for event in found["events"] if event["shown"] == "sent 2023"]
    assert "beslutades om sent under 2023" in late[0]["sources"][0]["quote"]


@pytest.mark.parametrize("asked", ["KS 2019/756", "ks2019-756", "002.txt"])
def test_a_number_or_a_document_is_traced_like_its_topic(records_home: Path, asked: str) -> None:
    found = aktspar("trace", asked, "--json", home=records_home).json()
    assert [document["file"] for document in found["documents"]] == ["002.txt"]
    assert {"2015", "2016/2018", "2020"} <= {event["date"] for event in found["events"]}
    assert len(found["demands"]) == 2
    assert len(found["promises"]) == 4


def test_every_event_carries_a_verbatim_quote(records_home: Path) -> None:
    events = aktspar("timeline", "handlingsplan socialsekreterare", "--json", home=records_home).json()["events"]
    texts: dict[str, str] = {}
    for event in events:
        for source in event["sources"]:
            file = source["file"]
            texts.setdefault(file, " ".join(aktspar("text", file, home=records_home).out.split()))
            assert " ".join(source["quote"].split()) in texts[file]
    assert events


def test_002_is_readable_swedish(shared: Path, records_home: Path) -> None:
    text = aktspar("text", "002.txt", home=records_home).out.split()
    gold = (shared / "gold/002.gold.txt").read_text(encoding="utf-8").split()
    assert len(text) == len(gold)
    assert sum(a != b for a, b in zip(text, gold, strict=True)) <= 0.003 * len(gold)


def _scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "score/score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
