"""Letter-spaced headings are closed up to their words; initials, lists of codes and short words in a row are not."""

import pytest

from pipeline.restore import restore
from pipeline.restore.spacing import spacing_corrections

from .measures import restored


@pytest.mark.parametrize(
    ("spaced", "meant"),
    [
        ("S A M M A N T R Ä D E S P R O T O K O L L", "SAMMANTRÄDESPROTOKOLL"),
        ("S AM M AN T R Ä D E S P R O T O K O L L", "SAMMANTRÄDESPROTOKOLL"),
        ("D a g o r d n i n g", "Dagordning"),
        ("P R O T O K O L L  F Ö R  N Ä M N D E N  I  L Ö V H A M N", "PROTOKOLL FÖR NÄMNDEN I LÖVHAMN"),
        (
            "Dnr KS 2020/7\n\nB E S L U T\n\nNämnden avslår motionen.",
            "Dnr KS 2020/7\n\nBESLUT\n\nNämnden avslår motionen.",
        ),
    ],
)
def test_a_letter_spaced_heading_becomes_its_words(spaced: str, meant: str) -> None:
    assert restored(spaced) == meant
    assert restore(meant) == ()


@pytest.mark.parametrize(
    "text",
    [
        "om vi nu är på en ö så är vi på ö",
        "A B C D E F",
        "A B C D E",
        "S M V L C K D",
        "Röster: S, M, V, L, C, KD",
        "i å r s a t t",
        "x y z v w",
        "A. B. C. D. E. F.",
        "1 2 3 4 5 6 7",
    ],
)
def test_what_is_no_spaced_word_is_left(text: str) -> None:
    assert list(spacing_corrections(text)) == []


def test_the_letters_of_a_spaced_word_can_be_broken_too() -> None:
    """The word is closed up first, and then given its dots back in a broken text."""
    broken = "Namnden beslutade att forbattra arbetet for socialsekreterarna.\n" * 3 + "H A N D L I N G S P L A N\n"
    assert restored(broken).endswith("HANDLINGSPLAN\n")


def test_a_long_row_of_letters_takes_no_long_time() -> None:
    assert list(spacing_corrections("q x " * 5_000)) == []
