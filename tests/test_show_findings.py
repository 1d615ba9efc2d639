"""What `aktspar show` tells of a document beside its text: what a reader needs, in Swedish, each with its page."""

import pytest
from rich.console import Console

from corpus.records import Record
from corpus.values import Table
from pipeline.extract import extract
from terminal import findings
from tests.pipeline.making import PROSE, pages

MINUTES = (
    "Protokoll från hamnnämndens sammanträde\n\nLövhamns stad\n\n2020-05-03\n\nDnr KS 2020/\n\n"
    "§ 7 Svar på motion (2019:8) om kajen\n\nBeslut\n\nMotionen avslås.\n\n"
    "Karin Alm (S) yrkar bifall till motionen.\n\nVotering\n\nDet blir 12 ja och 8 nej, 1 avstår.\n\n"
    "Reservation anfördes av Karin Alm (S).\n"
)
REPLY = (
    "Svar på interpellation av Karin Alm (S) om kajen\n\nKarin Alm (S) har ställt frågor till mig om kajen.\n\n"
    "Jag har gett hamnkontoret i uppdrag att måla den senast i maj 2025.\n\nTrafikverket kommer att bygga en bro.\n\n"
    "Lövhamn den 14 oktober 2024\n\nEmil Bodin\n"
)


def shown(*texts: str, width: int = 100) -> str:
    """What is told of a document of these pages."""
    record = Record("x.txt", "x", "text/plain", pages(*texts), len(texts))
    record = Record("x.txt", "x", "text/plain", record.pages, len(texts), extract(record))
    console = Console(width=width, no_color=True)
    with console.capture() as told:
        findings.found_in(console, record)
    return " ".join(told.get().replace(findings.TOGETHER, " ").split())


def test_minutes_are_told_with_each_vote_under_its_decision() -> None:
    told = shown(MINUTES)
    assert "slag Protokoll" in told
    assert "andra nycklar § 7, motion 2019:8" in told
    assert "Ofullständigt diarienummer: Dnr KS 2020/ (s. 1)" in told
    assert (
        "§ 7 Svar på motion (2019:8) om kajen beslut ”Motionen avslås.” s. 1 votering 12 ja, 8 nej, 1 avstår s. 1"
        in told
    )
    assert "S, Karin Alm ”Karin Alm (S) yrkar bifall till motionen.” s. 1" in told
    assert "reservation Karin Alm (S) s. 1" in told


def test_what_others_are_to_do_stands_apart_from_the_promises_and_who_got_a_task_is_told() -> None:
    told = shown(REPLY)
    promised, _, others = told.partition("Vad andra ska göra")
    assert "s. 1 senast maj 2025; uppdrag till hamnkontoret" in promised
    assert "Trafikverket" in others
    assert "Trafikverket" not in promised


def test_personal_numbers_are_warned_of_with_their_pages() -> None:
    told = shown(f"Beslut om bygglov\n\n{PROSE}\nSökande: 19121212-1212\n", PROSE, f"{PROSE}\nOch 19010101-0101.\n")
    assert "Personnummer: 2 (s. 1, 3) – döljs vid export" in told


def test_that_a_document_breaks_off_is_told_first() -> None:
    told = shown(f"Protokoll från hamnnämnden\n\nSida 1 (3)\n\n{PROSE}")
    assert told.index("Handlingen bryts av:") < told.index("slag Protokoll")


def test_a_table_is_a_table_and_a_document_where_nothing_was_found_says_nothing() -> None:
    text = f"Tjänsteutlåtande\n\n{PROSE}\nTabell 1 Badande\n\nÅr\tAntal\n2019\t12\n2020\t14\n\n{PROSE}"
    record = Record("x.txt", "x", "text/plain", pages(text), 1)
    assert any(isinstance(finding.value, Table) for finding in extract(record))
    assert "År Antal" in shown(text).replace("─", "")
    assert shown("") == ""


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits_the_terminal(width: int) -> None:
    record = Record("x.txt", "x", "text/plain", pages(MINUTES), 1)
    record = Record("x.txt", "x", "text/plain", record.pages, 1, extract(record))
    console = Console(width=width, no_color=True)
    with console.capture() as told:
        findings.found_in(console, record)
    assert max(len(line) for line in told.get().splitlines()) <= width
