"""Personal numbers: each valid one is found whatever way it is written, and none is ever given in full.

The numbers are the tax agency's well-known one and numbers computed here.
"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import personal_numbers


def found(text: str) -> list[tuple[str, bool]]:
    return [(match.number.masked, match.number.checked) for match in personal_numbers.find(text)]


def check_digit(nine: str) -> str:
    """The digit that makes nine digits a right number, found by trying."""
    return next(digit for digit in "0123456789" if personal_numbers.has_check_digit(nine + digit))


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("19121212-1212", "19121212-XXXX"),
        ("19121212 - 1212", "19121212-XXXX"),
        ("19121212 -1212", "19121212-XXXX"),
        ("19121212–1212", "19121212-XXXX"),
        ("19121212 1212", "19121212-XXXX"),
        ("191212121212", "19121212-XXXX"),
        ("121212-1212", "121212-XXXX"),
        ("121212 - 1212", "121212-XXXX"),
        ("121212+1212", "121212+XXXX"),
        ("1212121212", "121212-XXXX"),
    ],
)
def test_every_way_of_writing_one(written: str, masked: str) -> None:
    assert found(f"Personen, {written}, har sökt bygglov.") == [(masked, True)]
    assert found(written) == [(masked, True)]
    assert found(f"Personnr:{written}.") == [(masked, True)]


def test_a_coordination_number_is_one() -> None:
    nine = "121272" + "121"
    number = f"19{nine[:6]}-{nine[6:]}{check_digit(nine)}"
    assert found(f"Samordningsnummer {number}") == [("19121272-XXXX", True)]


@pytest.mark.parametrize("written", ["19121212-1213", "121212-1213", "121212 - 1213"])
def test_a_wrong_check_digit_is_told(written: str) -> None:
    assert [checked for _, checked in found(f"Personen {written} flyttade.")] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "1212121213",  # wrong check digit and no hyphen
        "191212121213",
        "121312-1212",  # no such month
        "120230-1212",
        "20010229-1212",
        "556677-8899",  # an organisation's: its third digit is 2 or more
        "Org.nr 121212-1213",
        "Telefon 1212121212",
        "Bankgiro 1212121212",
        "konto 8327 1212121212",
        "konto nr 1212121212",
        "1212121212 4455",
        "8327 1212121212",
        "+1212121212",
        "12121212121212",
        "A1212121212",
        "44-121212-1212",
        "121212-12124",
        "121212-1212-4",
        "08-508 25 000",
        "12 121 212 kronor",
        "Dnr 121212-1213",
        "2012-12-12",
        "2012-12-12 1212",
        "ISBN 978-91-1212-121-2",
    ],
)
def test_false_friends_are_no_personal_numbers(text: str) -> None:
    assert found(text) == []


def test_what_stood_before_is_about_another_number() -> None:
    assert found("Tel 08-11 22 33, personnr 1212121212") == [("121212-XXXX", True)]


@settings(deadline=None)
@given(
    born=st.dates(date(1890, 1, 1), date(2025, 12, 31)),
    serial=st.integers(0, 999),
    shape=st.sampled_from(["{c}{d}-{s}", "{d}-{s}", "{d}+{s}", "{c}{d}{s}", "{d}{s}", "{c}{d} - {s}", "{d} - {s}"]),
    coordination=st.booleans(),
    wrong=st.integers(1, 9),
)
def test_a_valid_number_is_found_and_with_another_check_digit_it_is_not_checked(
    born: date,
    serial: int,
    shape: str,
    coordination: bool,  # noqa: FBT001 – drawn
    wrong: int,
) -> None:
    century, day = f"{born.year // 100}", born.day + 60 * coordination
    nine = f"{born:%y%m}{day:02}{serial:03}"
    for digit, right in ((check_digit(nine), True), (str((int(check_digit(nine)) + wrong) % 10), False)):
        written = shape.format(c=century, d=nine[:6], s=nine[6:] + digit)
        sure = found(f"Sökanden {written} bor i Lövhamn.")
        assert [checked for _, checked in sure] in ([[True]] if right else [[False], []])
        assert all(masked.endswith("XXXX") and masked[:-5] in written for masked, _ in sure)


@settings(deadline=None)
@given(st.text() | st.text(alphabet="0129 -+–./²٣", max_size=60))
def test_no_text_makes_it_raise(text: str) -> None:
    for match in personal_numbers.find(text):
        assert 0 <= match.start < match.end <= len(text)
