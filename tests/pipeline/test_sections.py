"""Sections: which headings open one, how they nest, who speaks, and the same one printed twice."""

import pytest

from corpus.values import Section
from tests.pipeline.making import PROSE, findings, values

STATEMENT = "Vi beklagar att majoriteten inte vill rusta kajen innan hösten, trots att pengarna redan finns avsatta."
PM = f"""PM Rotel IV (Dnr KS 2019/412)

Upprustning av kajen

Skrivelse av Karin Alm (V)

Borgarrådsberedningen föreslår att kommunstyrelsen beslutar följande.

Skrivelsen anses besvarad med vad som sägs i promemorian.

Föredragande borgarrådet Emil Bodin anför följande.

Ärendet

{PROSE}
Beredning

Ärendet har remitterats till stadsledningskontoret och socialnämnden.

Mina synpunkter

{PROSE}
Lövhamn den 11 december 2019
EMIL BODIN

Bilaga
Skrivelse från Karin Alm (V) om kajen

Borgarrådsberedningen tillstyrker föredragande borgarrådets förslag.

Särskilt uttalande gjordes av borgarrådet Karin Alm (V) enligt följande.

{STATEMENT}

Kommunstyrelsen

Särskilt uttalande gjordes av Olof Ekman och Siv Dahl (båda S) enligt följande.

{STATEMENT}

Remissammanställning

Ärendet

{PROSE}
Beredning

Ärendet har remitterats till stadsledningskontoret.

Stadsledningskontoret

Stadsledningskontorets tjänsteutlåtande daterat den 3 oktober 2019 har i huvudsak följande lydelse.

{PROSE}
Byalaget i Lövhamn

Byalaget i Lövhamn anser att kajen ska rustas upp före hösten och att bryggorna ska finnas kvar.
"""
MINUTES = f"""Protokoll från socialnämndens sammanträde

Lövhamns stad

§ 12 Kajen

Beslut

Redovisningen läggs till handlingarna.

Reservation

Karin Alm (S) reserverar sig mot beslutet.

Kf § 13     Bron                        Dnr 12-34/06

{PROSE}
Beslut

Redovisningen läggs till handlingarna.

Emil Bodin (M) anför följande.

{PROSE}"""


def section(heading: str, *texts: str) -> Section:
    """The section whose heading begins so."""
    return next(one for one in values(Section, *texts) if one.heading.startswith(heading))


@pytest.mark.parametrize(
    ("heading", "level", "within", "speaker"),
    [
        ("Borgarrådsberedningen föreslår", 1, (), "Borgarrådsberedningen"),
        ("Föredragande", 1, (), "Emil Bodin"),
        ("Ärendet", 2, ("Föredragande borgarrådet Emil Bodin anför följande.",), "Emil Bodin"),
        ("Mina synpunkter", 2, ("Föredragande borgarrådet Emil Bodin anför följande.",), "Emil Bodin"),
        ("Bilaga", 1, (), None),
        ("Kommunstyrelsen", 1, (), None),
        ("Särskilt uttalande gjordes av Olof", 2, ("Kommunstyrelsen",), "Olof Ekman, Siv Dahl"),
        ("Remissammanställning", 1, (), None),
        ("Stadsledningskontoret", 2, ("Remissammanställning",), "Stadsledningskontoret"),
        ("Byalaget", 2, ("Remissammanställning",), "Byalaget i Lövhamn"),
    ],
)
def test_a_pm_nests_as_its_parts_do(heading: str, level: int, within: tuple[str, ...], speaker: str | None) -> None:
    """The one who presents speaks in all that stands under that; each body that was asked speaks for itself."""
    found = section(heading, PM)
    assert (found.level, found.within, found.speaker) == (level, within, speaker)


def test_a_section_printed_twice_is_one_with_two_places() -> None:
    """What is told of it is how it stands first; another text under the same heading is another section."""
    found = [finding for finding in findings(PM) if isinstance(finding.value, Section)]
    matters = [finding for finding in found if finding.value.heading == "Ärendet"]  # type: ignore[union-attr]
    assert [len(finding.places) for finding in matters] == [2]
    preparations = [finding for finding in found if finding.value.heading == "Beredning"]  # type: ignore[union-attr]
    assert [len(finding.places) for finding in preparations] == [1, 1]


def test_two_readings_of_one_text_are_one_section() -> None:
    """An OCR that has misread a word the second time does not make another text of it."""
    long = " ".join([PROSE.replace("\n", " ")] * 2)
    again = long.replace("våras", "vbxas")
    text = f"Ärendet\n\n{long}\n\nMina synpunkter\n\nNej, det går inte att göra nu.\n\nÄrendet\n\n{again}\n"
    assert len([one for one in values(Section, text) if one.heading == "Ärendet"]) == 1


def test_a_section_spans_its_heading_and_all_under_it() -> None:
    """Its place begins at the heading and ends before the next of its level."""
    text = f"Förslag till beslut\n\nNämnden säger ja till kajen.\n\nFörvaltningens synpunkter\n\n{PROSE}"
    first, second = (finding for finding in findings(text) if isinstance(finding.value, Section))
    assert text[first.places[0].start : first.places[0].end].strip().endswith("kajen.")
    assert text[second.places[0].start : second.places[0].end].strip() == text[second.places[0].start :].strip()


def test_minutes_have_a_section_for_each_paragraph() -> None:
    """The same decision under two §§ is two; a reservation is spoken by who made it; a dnr is no title."""
    found = values(Section, MINUTES)
    assert [(one.heading, one.level) for one in found] == [
        ("§ 12 Kajen", 1),
        ("Beslut", 2),
        ("Reservation", 2),
        ("Kf § 13 Bron", 1),
        ("Beslut", 2),
        ("Emil Bodin (M) anför följande.", 2),
    ]
    assert [one.speaker for one in found] == [None, None, "Karin Alm", None, None, "Emil Bodin"]
    assert found[4].within == ("Kf § 13 Bron",)


def test_numbers_tell_the_level() -> None:
    """`2.1` stands under `2.`; a heading without number stands under the number before it."""
    text = f"1. Inledning\n\n{PROSE}\n2. Läget\n\n2.1 Hamnen\n\n{PROSE}\nBryggorna\n\n{PROSE}\n3. Ekonomi\n\n{PROSE}"
    found = values(Section, text)
    assert [(one.heading, one.level) for one in found] == [
        ("1. Inledning", 1),
        ("2. Läget", 1),
        ("2.1 Hamnen", 2),
        ("Bryggorna", 3),
        ("3. Ekonomi", 1),
    ]


@pytest.mark.parametrize(
    ("heading", "speaker"),
    [
        ("Förvaltningens synpunkter", "Förvaltningen"),
        ("Kultur- och fritidsnämndens yttrande", "Kultur- och fritidsnämnden"),
        ("Kommunledningskontorets bedömning", "Kommunledningskontoret"),
        ("Bakgrund", None),
        ("Synpunkter från allmänheten", None),
    ],
)
def test_a_body_speaks_where_the_heading_says_so(heading: str, speaker: str | None) -> None:
    """The genitive tells whose words follow."""
    assert section(heading, f"Tjänsteutlåtande\n\n{heading}\n\n{PROSE}").speaker == speaker


@pytest.mark.parametrize(
    "line",
    [
        "Karin Alm (S)",
        "EMIL BODIN",
        "Dnr KS 2019/412",
        "Lövhamn den 14 oktober 2024",
        "Telefon 0999-12 34 56",
        "Sida 2 (4)",
        "2024-10-14",
    ],
)
def test_lines_that_stand_alone_are_no_headings(line: str) -> None:
    """Names, numbers, dates and addresses open nothing."""
    assert values(Section, f"Bakgrund\n\n{PROSE}\n{line}\n\n{PROSE}")[1:] == []


def test_no_text_no_sections() -> None:
    """A document of lines alone has none."""
    assert values(Section, "Lövhamns stad\n\nBox 12\n\nKaren") == []
