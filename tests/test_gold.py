"""What is found in thirty documents of invented cities, written in many hands, reaches the floors it has reached."""

import pytest

from bench.extraction import GOLD, SHARED, Scored, folders, scored

FLOORS = {
    "type": 0.99, "date": 0.88, "case_numbers": 0.99, "other_dates": 0.97, "parties": 0.98, "names": 0.98,
    "names+party": 0.97, "questions": 0.94, "demands": 0.92, "decisions": 0.91, "statements": 0.97, "promises": 0.66,
    "plan_events": 0.94, "plan_events year": 0.97,
}  # fmt: skip


@pytest.fixture(scope="module")
def reached() -> Scored:
    if not SHARED.is_dir():
        pytest.skip("the scorer is not beside the project")
    return scored(folders()["thirty documents"])


def test_every_document_has_its_gold(reached: Scored) -> None:
    assert reached.documents == 30 == len(list((GOLD / "extraction").glob("*/*.txt")))


@pytest.mark.parametrize("field", FLOORS)
def test_a_field_reaches_its_floor(reached: Scored, field: str) -> None:
    assert reached.fields[field][2] >= FLOORS[field]
