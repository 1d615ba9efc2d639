"""Signatures and names without a code: who has signed, with which party and office, and who has not."""

import pytest

from corpus.values import Mention
from tests.pipeline.making import PROSE, values

LETTER = f"Skrivelse om kajen\n\n{PROSE}\n{{}}\n"
FAR_FROM_THE_END = f"{PROSE}\n" * 7


def people(text: str) -> dict[str, tuple[str | None, str]]:
    """Each person's party and part."""
    return {value.name: (value.party, value.part) for value in values(Mention, text)}


def authors(text: str) -> dict[str, str | None]:
    """Each author's party."""
    return {name: party for name, (party, part) in people(text).items() if part == "author"}


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        ("Karin Alm        Emil Bodin\n\nModeraterna      Liberalerna", {"Karin Alm": "M", "Emil Bodin": "L"}),
        ("Karin Alm\n\nEmil Bodin\n\nVänsterpartiet\n\nMiljöpartiet", {"Karin Alm": "V", "Emil Bodin": "MP"}),
        ("För Liberalerna\n\nKarin Alm", {"Karin Alm": "L"}),
        ("För Liberalerna (L)\n\nKarin Alm", {"Karin Alm": "L"}),
        ("För Oxmyralistan (OXL)\n\nKarin Alm", {"Karin Alm": "OXL"}),
        ("Karin Alm\n\nOxmyralistan (OXL)", {"Karin Alm": "OXL"}),
        ("(S) Karin Alm\n\nEmil Bodin m.fl. (V)", {"Karin Alm": "S", "Emil Bodin": "V"}),
        ("Karin Alm, Centerpartiet", {"Karin Alm": "C"}),
        ("KARIN ALM (M)", {"Karin Alm": "M"}),
        ("/Karin Alm", {"Karin Alm": None}),
        ("Lövhamn den 3 maj 2020\n\nKarin Alm", {"Karin Alm": None}),
    ],
)
def test_a_line_that_is_a_name_has_signed_with_the_party_beside_above_or_below_it(
    signed: str, expected: dict[str, str | None]
) -> None:
    assert authors(LETTER.format(signed)) == expected


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        (
            "Łukasz Wójcik (S)\n\nZeynep Yıldız (V)\n\nGöran Đorđević (MP)",
            {"Łukasz Wójcik": "S", "Zeynep Yıldız": "V", "Göran Đorđević": "MP"},
        ),
        ("Ružica Šarić (C)\n\nRené Ångström (L)", {"Ružica Šarić": "C", "René Ångström": "L"}),
    ],
)
def test_names_have_the_letters_of_every_language(signed: str, expected: dict[str, str | None]) -> None:
    assert authors(LETTER.format(signed)) == expected


@pytest.mark.parametrize(
    "lines",
    [
        "Nya Bron",
        "Södra Strandgatan",
        "TEKNISKA NÄMNDEN",
        "NYA BRON",
        "Socialnämnden",
        "Astrid Alms gata",
        "Beslutet skickas till\n\nKarin Alm\n\nEmil Bodin",
        "Sändlista\n\nKarin Alm",
        "Kopia för kännedom till\n\nKarin Alm",
    ],
)
def test_places_bodies_and_those_it_is_sent_to_have_signed_nothing(lines: str) -> None:
    assert authors(LETTER.format(lines)) == {}


def test_a_name_on_a_line_of_its_own_in_the_middle_has_not_signed_but_over_an_office_it_has() -> None:
    assert authors(LETTER.format(f"Rut Kvarn\n\n{FAR_FROM_THE_END}")) == {}
    assert authors(LETTER.format(f"Rut Kvarn\n\nEnhetschef\n\n{FAR_FROM_THE_END}")) == {"Rut Kvarn": None}


@pytest.mark.parametrize("signed", ["Rut Kvarn    Ola Frid\n\nDirektör    Enhetschef", "Rut Kvarn\n\nDirektör\n\nOla Frid\n\nEnhetschef"])  # noqa: E501 # fmt: skip
def test_each_has_the_office_below_the_name_side_by_side_too(signed: str) -> None:
    found = values(Mention, f"Tjänsteutlåtande\n\n{PROSE}\n{signed}\n")
    assert {value.name: value.role for value in found} == {"Rut Kvarn": "direktör", "Ola Frid": "enhetschef"}


def test_those_below_a_signature_to_whom_it_is_sent_are_named_and_no_authors() -> None:
    text = f"Tjänsteutlåtande\n\n{PROSE}\nRut Kvarn\n\nDirektör\n\nBeslutet skickas till\n\nKarin Alm\n"
    assert people(text) == {"Rut Kvarn": (None, "author"), "Karin Alm": (None, "mentioned")}


# ---- names told by their first name ----------------------------------------------------------------------------------


def test_a_first_name_tells_a_person_in_running_text() -> None:
    text = LETTER.format("I huset bor värderingsmannen Claes Alm och grannen Anna-Karin Ek, men inte Nya Bron.")
    assert set(people(text)) == {"Claes Alm", "Anna-Karin Ek"}


@pytest.mark.parametrize(
    "place",
    [
        "Anna Lindes gata",
        "Karin Boyes plats",
        "Astrid Alms barnsjukhus",
        "Gustav Adolfs kyrka",
        "Emil Bodingatan",
        "Karin Alm-huset",
        "Erik Almskolan",
    ],
)
def test_a_place_or_thing_named_after_somebody_is_nobody(place: str) -> None:
    assert people(LETTER.format(f"Vi gick från kajen till {place} och hem igen.")) == {}


# ---- parties that are told in other ways -----------------------------------------------------------------------------


def test_in_a_list_of_those_present_a_code_covers_the_names_below_it() -> None:
    text = (
        "Protokoll från hamnnämndens sammanträde\n\nBeslutande\n\n(S) Karin Alm, ordf.\n\nEmil Bodin\n\n"
        "Rut Kvarn, 2:e vice ordf.\n\n(M) Ola Frid\n\nÅsa Ny för Bo Ek\n\n§ 7 Kajen\n\nKajen är gammal, sade Ylva Ås.\n"
    )
    assert {name: party for name, (party, _) in people(text).items()} == {
        "Karin Alm": "S",
        "Emil Bodin": "S",
        "Rut Kvarn": "S",
        "Ola Frid": "M",
        "Åsa Ny": "M",
        "Bo Ek": None,
        "Ylva Ås": None,
    }


def test_a_local_party_is_named_with_its_code_once() -> None:
    text = LETTER.format("Oxmyralistan (OXL) vill måla kajen. Så säger Karin Alm (OXL), men inte Emil Bodin (NKI).")
    assert people(text)["Karin Alm"] == ("OXL", "mentioned")
    assert people(text)["Emil Bodin"][0] is None
