"""Signs that an English OCR run misreads, and what looks like them and is right."""

import pytest

from .measures import restored

BROKEN = "Namnden féreslar att f6rvaltningen ser éver reglerna fér bistand och att fragan tas upp i héstens budget."


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("Enligt 12 $ kommunallagen", "Enligt 12 § kommunallagen"),
        ("Enligt 5 och 7 $$, och 9 S$.", "Enligt 5 och 7 §§, och 9 §§."),
        ("$ 63 Svar pa motion", "§ 63 Svar på motion"),
        ("Det ar bra — och billigt.", "Det är bra – och billigt."),
        ("+ Att fragan utreds.", "• Att frågan utreds."),
        ("Rotel VIl och rotel Il", "Rotel VII och rotel II"),
        ('Han sade "det gar bra” och teg.', "Han sade ”det går bra” och teg."),
        ("| var tog pengarna slut.", "I vår tog pengarna slut."),
        ("Isamband med det yttrade han sig.", "I samband med det yttrade han sig."),
        ("De arbetar isamma hus.", "De arbetar i samma hus."),
    ],
)
def test_a_misread_sign_is_put_right(line: str, meant: str) -> None:
    assert restored(f"{BROKEN}\n{line}\n{BROKEN}").split("\n")[1] == meant


@pytest.mark.parametrize(
    "line",
    [
        "Mandat: 5 S, 3 M och 2 V",
        "Priset var 12 $ per styck",
        "Fr.o.m. den 1 maj, t.ex. bl.a. m.fl.",
        "E65:an och EU:s regler",
        "Ansvarig (SD) och (Fi)",
        "Dnr KS 2019/756 och KSN-2014-0604",
        "Fil 2022-namnd-initiativ.txt och lista.xlsx",
    ],
)
def test_what_is_right_stays(line: str) -> None:
    got = restored(f"{BROKEN}\n{line}\n{BROKEN}").split("\n")[1]
    assert got.replace("§", "$") == line


def test_a_text_that_lost_only_its_dots_keeps_its_signs_and_spaces() -> None:
    text = "Namnden foreslar att forvaltningen ser over reglerna — och att fragan tas upp i hostens budget. | 4 | 5 |"
    assert restored(text) == (
        "Nämnden föreslår att förvaltningen ser över reglerna — och att frågan tas upp i höstens budget. | 4 | 5 |"
    )
