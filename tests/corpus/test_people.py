"""People: which party code covers whom, and which spellings are one person."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import people


def covered(text: str) -> dict[str, str | None]:
    return {one.name: one.party for one in people.with_party(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Karin Alm (S)", {"Karin Alm": "S"}),
        ("Karin Alm(S)", {"Karin Alm": "S"}),
        ("Karin Alm\n(S)", {"Karin Alm": "S"}),
        (
            "Karin Alm, Emil Bodin och Jan Ceder (alla S) och borgarrådet Clara Dahl (V)",
            {"Karin Alm": "S", "Emil Bodin": "S", "Jan Ceder": "S", "Clara Dahl": "V"},
        ),
        (
            "Karin Alm (S), Emil Bodin och Jan Ceder (båda MP)",
            {"Karin Alm": "S", "Emil Bodin": "MP", "Jan Ceder": "MP"},
        ),
        ("Karin Alm och Emil Bodin (bägge KD)", {"Karin Alm": "KD", "Emil Bodin": "KD"}),
        ("Karin Alm samt borgarrådet Emil Bodin (V)", {"Karin Alm": "V", "Emil Bodin": "V"}),
        ("Karin Alm m.fl. (M)", {"Karin Alm": "M"}),
        ("Karin Alm m. fl. (M)", {"Karin Alm": "M"}),
        ("Karin Alm med flera (S)", {"Karin Alm": "S"}),
        ("Karin Alm (MP-gruppen)", {"Karin Alm": "MP"}),
        ("Karin Alm (s) och Emil Bodin (fp)", {"Karin Alm": "S", "Emil Bodin": "L"}),
        ("Karin Alm (kds), Emil Bodin (vpk)", {"Karin Alm": "KD", "Emil Bodin": "V"}),
        ("Karin Alm (Fi) och Emil Bodin (F!)", {"Karin Alm": "FI", "Emil Bodin": "FI"}),
        ("Ann-Kristin Hyll-Öst (C)", {"Ann-Kristin Hyll-Öst": "C"}),
        ("Carl von Linden (M)", {"Carl von Linden": "M"}),
        ("Åsa Öst (SD)", {"Åsa Öst": "SD"}),
        ("Karin Alm Bodin Frisk (C)", {"Karin Alm Bodin Frisk": "C"}),
    ],
)
def test_a_code_covers_every_name_back_to_the_code_before(text: str, expected: dict[str, str]) -> None:
    assert covered(text) == expected


def test_a_code_covers_nobody_in_the_sentence_before() -> None:
    """A name before a full stop or a verb is not covered by a code further on."""
    assert covered("Karin Alm yrkar avslag. Emil Bodin (M) yrkar bifall.") == {"Emil Bodin": "M"}


@pytest.mark.parametrize("text", ["Karin Alm (Fl)", "Karin Alm (o)", "Karin Alm (ce)", "Karin Alm (t)"])
def test_codes_as_a_bad_scan_reads_them_are_known(text: str) -> None:
    assert list(covered(text).values()) in (["FI"], ["C"], ["KD"])


@pytest.mark.parametrize(
    "text",
    ["Karin Alm (SAM)", "Karin Alm (-)", "S:t Persgatan (C3L)", "Karin Alm", "den rödgröna majoriteten (S)", "(S)"],
)
def test_what_is_no_person_with_a_party_gives_none(text: str) -> None:
    assert covered(text) == {}


def test_a_person_stands_where_the_text_says() -> None:
    text = "ledamoten Karin Alm och Emil Bodin (båda V) frågar"
    assert [text[one.start : one.end] for one in people.with_party(text)] == ["Karin Alm", "Emil Bodin"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Karin Alm", "KARIN ALM"),
        ("Karin Alm", "Karin  Alm"),
        ("Karin Alm", "Karin Alms"),
        ("Karin Alm", "Alm"),
        ("Karin Alm", "Alms"),
        ("Karin Bodin Alm", "Karin Alm"),
    ],
)
def test_spellings_of_one_person_are_the_same(one: str, other: str) -> None:
    assert people.same_person(one, other)
    assert people.same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Karin Alm", "Emil Alm"), ("Karin Alm", "Karin Bodin"), ("Karin Alm", ""), ("", "")]
)
def test_different_people_are_not_the_same(one: str, other: str) -> None:
    assert not people.same_person(one, other)
    assert not people.same_person(other, one)


@settings(deadline=None)
@given(st.text() | st.text(alphabet="KarinAlmÅö (SVMPfl-),.och\n", max_size=80))
def test_no_text_makes_it_raise(text: str) -> None:
    for one in people.with_party(text):
        assert text[one.start : one.end] == one.name
    people.same_person(text, text)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Anna Ek (STP), Bo Alm (S), Åsa Ny (M)", {"STP"}),
        ("Anna Ek (gp), Bo Alm (s), Åsa Ny (m)", {"GP"}),
        ("Anna Ek (STP) och Bo Alm (STP)", {"STP"}),
        ("Anna Ek (STP)", set()),
        ("Anna Ek (ja), Bo Alm (nej), Åsa Ny (S), Ola Ås (M)", set()),
        ("Anna Ek (fd), Bo Alm (S), Åsa Ny (M)", set()),
        ("Storhamnslistan (SHL) vill mer", {"SHL"}),
        ("Oxmyrapartiet (OP) och Moderaterna (M)", {"OP"}),
        ("Hamnförvaltningen (HF) vill mer", set()),
    ],
)
def test_a_local_party_is_told_by_where_its_code_stands(text: str, codes: set[str]) -> None:
    assert people.local_codes(text) == codes


@pytest.mark.parametrize("name", ["Karin Alm", "Anna-Karin Ek", "Gustav af Alm"])
def test_a_first_name_is_known(name: str) -> None:
    assert people.has_first_name(name)


@pytest.mark.parametrize("name", ["Nya Bron", "Södra Strandgatan", "Tekniska Nämnden", "karin alm"])
def test_what_is_no_first_name_is_none(name: str) -> None:
    assert not people.has_first_name(name)


@pytest.mark.parametrize("name", ["Łukasz Wójcik", "Zeynep Yıldız", "Göran Đorđević", "Ružica Šarić", "José Peña"])
def test_names_may_have_letters_of_other_languages(name: str) -> None:
    assert covered(f"{name} (S) frågar") == {name: "S"}


def test_a_local_code_covers_its_people_when_it_is_told() -> None:
    text = "Karin Alm och Emil Bodin (OXL) samt Rut Kvarn (S)"
    assert {one.name: one.party for one in people.with_party(text, {"OXL"})} == {
        "Karin Alm": "OXL",
        "Emil Bodin": "OXL",
        "Rut Kvarn": "S",
    }
