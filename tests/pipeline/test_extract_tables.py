"""Tables as data: from tabs, from spaces, from a label and its numbers; and what is no table."""

import pytest

from corpus.values import Table
from pipeline.extract.tables import number
from tests.pipeline.making import PROSE, findings, values

HEADER = ("Enhet", "Procent", "Antal")
ROWS = (("Hamnen", "12,5 %", "4"), ("Parken och torget", "8,0 %", "1"), ("Bron", "104 %", "1 250"))


def laid(rows: tuple[tuple[str, ...], ...], parted: str) -> str:
    """The rows as printed: by tabs, in columns, or with one space."""
    if parted == "columns":
        return "\n".join(f"{row[0]:<40}{row[1]:<14}{row[2]}" for row in rows)
    return "\n".join(parted.join(row) for row in rows)


@pytest.mark.parametrize("parted", ["\t", "columns", " "])
@pytest.mark.parametrize("blank", [False, True])
def test_rows_are_read_however_they_are_set(parted: str, *, blank: bool) -> None:
    """The same table comes out, with the heading it stands under."""
    printed = laid((HEADER, *ROWS), parted)
    text = f"Tjänsteutlåtande\n\n{PROSE}\nHur ser omsättningen ut?\n\n{PROSE}\n"
    text += printed.replace("\n", "\n\n") if blank else printed
    assert values(Table, f"{text}\n\n{PROSE}") == [Table("Hur ser omsättningen ut?", HEADER, ROWS)]


def test_the_line_that_names_a_table_is_its_caption() -> None:
    """`Tabell 1.` before any heading."""
    text = f"Bakgrund\n\n{PROSE}\nTabell 1. Antal båtar i hamnen.\n{laid((HEADER, *ROWS), chr(9))}\n"
    assert values(Table, text)[0].caption == "Tabell 1. Antal båtar i hamnen."


def test_a_table_goes_on_over_the_page() -> None:
    """A header printed again is no row."""
    first, second = laid((HEADER, *ROWS[:2]), "\t"), laid((HEADER, *ROWS[2:]), "\t")
    found = [f for f in findings(f"{PROSE}\n{first}\n", f"{second}\n\n{PROSE}") if isinstance(f.value, Table)]
    assert [f.value for f in found] == [Table("", HEADER, ROWS)]
    assert (found[0].places[0].page, found[0].places[0].end_page) == (1, 2)


def test_cells_stand_in_the_column_they_are_printed_under() -> None:
    """A roll-call: each name has its mark under one heading only."""
    text = f"{PROSE}\n" + "\n".join(
        (
            "Ledamot             Parti    Ja     Nej    Avstår",
            "Karin Alm           S        X",
            "Emil Bodin          M               X",
            "Siv Dahl            C                      X",
            "SUMMA                        1      1      1",
        )
    )
    assert values(Table, text)[0].rows == (
        ("Karin Alm", "S", "X", "", ""),
        ("Emil Bodin", "M", "", "X", ""),
        ("Siv Dahl", "C", "", "", "X"),
        ("SUMMA", "", "1", "1", "1"),
    )


def test_years_are_a_header_and_thousands_one_number() -> None:
    """`6 150` is one cell though a space stands in it."""
    text = f"{PROSE}\nNämnd 2019 2020\nHamnen 6 150 3 970\nParken 27 400 20 310\n\n{PROSE}"
    (found,) = values(Table, text)
    assert found.header == ("Nämnd", "2019", "2020")
    assert found.rows == (("Hamnen", "6 150", "3 970"), ("Parken", "27 400", "20 310"))


def test_a_table_of_words_needs_a_header() -> None:
    """Measure, who and when, from a Word file."""
    text = f"{PROSE}\nÅtgärd\tAnsvarig\tKlart\nRusta kajen\tHamnchefen\tHösten\nMåla bron\tParkchefen\tVåren\n"
    (found,) = values(Table, text)
    assert found.header == ("Åtgärd", "Ansvarig", "Klart")
    assert len(found.rows) == 2


@pytest.mark.parametrize(
    "lines",
    [
        "Karin Alm (S)         Emil Bodin (M)\nSiv Dahl (C)          Olof Ek (V)\nEva Berg (L)     Per Lund (KD)",
        "Beslutande     Karin Alm (S), §§ 1–4\nErsättare      Emil Bodin (M), §§ 3–4\nÖvriga         Siv Dahl, § 2",
        "  1  Upprop\n  2  Val av justerare\n  3  Kajens upprustning",
        "1   Upprop\n2   Val av justerare\n3   Kajens upprustning",
        "Lövhamns stad          Protokoll            1 (4)\nSocialnämnden          2019-04-23           2 (4)",
        "Växel 08-123 21 000\nFax 08-123 21 099\nBox 48",
        "att\trusta kajen 2019\natt\tmåla bron 2020",
        "•\tHur många båtar finns det?\n•\tHur många bryggor finns det?",
        "Diarienummer:        SN 2019/12\nAntagen:             2019\nGäller:              2020",
        "Den första planen gällde 2016 2018\nDen andra planen gällde 2019 2022",
        "Karin Alm                 Emil Bodin\nOrdförande                Sekreterare",
        "Kajen byggdes 1950\nBron byggdes 1960",
    ],
)
def test_what_is_set_side_by_side_is_not_always_a_table(lines: str) -> None:
    """Names, agendas, furniture, addresses, lists and labels."""
    assert values(Table, f"Protokoll\n\n{PROSE}\n{lines}\n\n{PROSE}") == []


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12,5 %", 12.5),
        ("1 234", 1234.0),
        ("-1 600", -1600.0),
        ("−3", -3.0),
        ("09,64 %", 9.64),
        ("0", 0.0),
        ("12 tkr", 12.0),
        ("2.5", 2.5),
        ("16 av 19", None),
        ("2019-04-23", None),
        ("", None),
        ("X", None),
    ],
)
def test_a_cell_holds_a_number_or_none(cell: str, expected: float | None) -> None:
    """As printed in Swedish, with its unit."""
    assert number(cell) == expected
