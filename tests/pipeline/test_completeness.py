"""Whole or broken off: by the page numbers printed and by how the text ends."""

import pytest

from corpus.values import BrokenOff
from tests.pipeline.making import PROSE, values

CUT = "Nämnden anser att kajen ska rustas upp innan hösten och att pengarna ska tas från"


def reasons(*texts: str) -> list[str]:
    """Why the document of these pages is not whole."""
    return [one.reason for one in values(BrokenOff, *texts)]


def numbered(*numbers: str) -> tuple[str, ...]:
    """Pages with these numbers at their head."""
    return tuple(f"Lövhamns stad                    {number}\n\n{PROSE}" for number in numbers)


@pytest.mark.parametrize(
    "pages",
    [
        numbered("1 (3)", "2 (3)", "3 (3)"),
        numbered("Sida 1 av 2", "Sida 2 av 2"),
        numbered("1[2]", "2[2]"),
        numbered("1 (2)", "2 (2)", "1 (1)"),  # two documents in one file
        numbered("", "2 (3)", "3 (3)"),  # no number on the first page
        numbered("1 (3)", "", "3 (3)"),
        numbered("1 (2)", ""),
        numbered("", ""),
        (f"Protokollsutdrag\n\n{numbered('7 (16)')[0]}",),
        (f"{PROSE}\nMotionen (2017:5) gäller § 12 (av 14).\n\n{PROSE}",),
        ((PROSE * 20).replace("Nämnden", "Sida 1 (2)\n\nNämnden", 1),),  # a text file without page breaks
    ],
)
def test_whole_by_its_numbers(pages: tuple[str, ...]) -> None:
    """All pages are there, or nothing says that one is not."""
    assert reasons(*pages) == []


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        (
            numbered("Sida 1 (5)", "Sida 2 (5)", "Sida 3 (5)"),
            "Sidorna 4–5 saknas: den sista sidnumreringen är ”Sida 3 (5)”.",
        ),
        (numbered("1[3]", "2[3]"), "Sida 3 saknas: den sista sidnumreringen är ”2[3]”."),
        (numbered("1(4)", "2(4)", "4(4)"), "Sida 3 saknas: efter ”2(4)” följer ”4(4)”."),
        (numbered("3 (4)", "4 (4)"), "Sidorna 1–2 saknas: den första sidnumreringen är ”3 (4)”."),
        (numbered("Sida 2 av 2"), "Sida 1 saknas: den första sidnumreringen är ”Sida 2 av 2”."),
    ],
)
def test_pages_are_missing(pages: tuple[str, ...], reason: str) -> None:
    """At the end, in between, at the start; it is said what was seen."""
    assert reasons(*pages) == [reason]


@pytest.mark.parametrize(
    "ending",
    [
        CUT,
        "Nämnden anser att kajen ska rustas upp innan hösten kommer, att bron målas,",
        "Nämnden anser att kajen ska rustas upp innan hösten av kommu-",
        "Nämnden anser att kajen ska rustas upp innan hösten kommer till staden nästa gång",
    ],
)
def test_the_text_ends_in_the_middle(ending: str) -> None:
    """Without a stop, with a comma, in the middle of a word."""
    (reason,) = reasons(f"Svar på skrivelse om kajen\n\n{PROSE}\n{ending}\n")
    assert reason.startswith("Texten slutar mitt i en mening: ”")
    assert reason.endswith(f"{ending[-20:]}”.")


@pytest.mark.parametrize(
    "ending",
    [
        "Lövhamn den 14 oktober 2024\n\nKarin Alm (S)",
        f"{CUT} skatten\n\nKarin Alm\nOrdförande",
        "Nämnden säger ja till det som föreslås om kajen och bron i Lövhamn.”",
        "1. Hur ska kajen rustas?\n2. En utredning om hur kajen ska kunna rustas upp före hösten",
        "att kajen rustas upp före hösten, samt\n\natt bron målas om innan året är slut i Lövhamns stad",
        "Bilaga: Skrivelse från Karin Alm och Emil Bodin om kajens upprustning före hösten",
        "Enhet\tAntal\nHamnen\t4\nParken\t2",
        "Lövhamns stad\nBox 12\nTelefon 0999-12 34 56",
        "Justerare: Karin Alm (S) och Emil Bodin (M) samt Siv Dahl (C) och Olof Ek (V)",
    ],
)
def test_a_whole_text_need_not_end_with_a_stop(ending: str) -> None:
    """Signatures, lists, what is enclosed, tables, addresses."""
    assert reasons(f"Svar på skrivelse om kajen\n\n{PROSE}\n{ending}\n") == []
