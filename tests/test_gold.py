"""What is found in documents of invented cities, written in many hands, reaches the floors it has reached."""

import pytest

from bench.extraction import GOLD, SHARED, Scored, folders, scored

FLOORS = {
    "type": 0.99, "date": 0.99, "case_numbers": 0.99, "other_dates": 0.98, "parties": 0.99, "names": 0.98,
    "names+party": 0.98, "authors": 0.96, "addressees": 0.87, "questions": 0.99, "demands": 0.96, "demands by": 0.98,
    "title": 0.89, "decisions": 0.99, "statements": 0.98, "promises": 0.96, "plan_events": 0.93,
    "plan_events year": 0.98,
}  # fmt: skip


@pytest.fixture(scope="module")
def reached() -> Scored:
    if not SHARED.is_dir():
        pytest.skip("the scorer is not beside the project")
    return scored(folders()["eighty-eight documents"])


def test_every_document_has_its_gold(reached: Scored) -> None:
    assert reached.documents == 88 == len(list((GOLD / "extraction").glob("*/*.txt")))


@pytest.mark.parametrize("field", FLOORS)
def test_a_field_reaches_its_floor(reached: Scored, field: str) -> None:
    assert reached.fields[field][2] >= FLOORS[field]
