"""Text decoded with the wrong table comes back exactly; text that only looks odd is left alone."""

import unicodedata
from itertools import permutations

import pytest

from .measures import restored

TEXT = (
    "Förvaltningen föreslår att nämnden beslutar att förbättra miljön på Östermalm, i Åkersberga och i Ängelholm.\n"
    "Årets åtgärder är tidigare redovisade för Håkan Öberg. Över hälften står kvar."
)
TABLES = ("cp1252", "latin-1", "cp850", "cp437", "mac_roman")


def _garbled(right: str, wrong: str) -> str | None:
    """The text in one table read as another, None where that pair cannot show it (it loses letters, or is the same)."""
    try:
        text = TEXT.encode(right).decode(wrong)
    except UnicodeError:
        return None
    return text if text != TEXT else None


PAIRS = [pair for pair in permutations(TABLES, 2) if _garbled(*pair)]


@pytest.mark.parametrize("wrong", TABLES)
def test_utf8_read_as_another_table(wrong: str) -> None:
    assert restored(TEXT.encode().decode(wrong)) == TEXT


def test_utf8_read_wrong_twice() -> None:
    assert restored(TEXT.encode().decode("latin-1").encode().decode("latin-1")) == TEXT


@pytest.mark.parametrize(("right", "wrong"), PAIRS)
def test_one_table_read_as_another(right: str, wrong: str) -> None:
    assert restored(_garbled(right, wrong) or "") == TEXT


@pytest.mark.parametrize(
    ("garbled", "text"),
    [
        ("Vi m}ste f|rb{ttra milj|n.", "Vi måste förbättra miljön."),
        ("Vi m=E5ste f=F6rb=E4ttra milj=F6n.", "Vi måste förbättra miljön."),
        ("Vi m%C3%A5ste f%C3%B6rb%C3%A4ttra milj%C3%B6n.", "Vi måste förbättra miljön."),
        ("Vi måste för\u00adbättra miljön.", "Vi måste förbättra miljön."),
        ("Det kan ﬁnansieras och inﬂuera.", "Det kan finansieras och influera."),
    ],
)
def test_other_disguises(garbled: str, text: str) -> None:
    assert restored(garbled) == text


@pytest.mark.parametrize("sign", ["?", "\ufffd"])
def test_a_sign_in_the_place_of_lost_letters(sign: str) -> None:
    text = "Ärendet gäller äldreomsorgen. Hur många är berörda? Svaret på frågan finns på https://a.se/?id=3, sade han."
    lost = text.translate(str.maketrans("åäöÅÄÖ", sign * 6))
    assert restored(lost) == text


@pytest.mark.parametrize("text", ["Vad?Hur?", "Vad kostar det?och vem betalar?", "Hur många är det? Varför? Vem vet?"])
def test_question_marks_that_ask_stay(text: str) -> None:
    assert restored(text) == text


def test_a_lost_letter_that_cannot_be_told_keeps_its_sign() -> None:
    text = "F?retaget Xq?zw?k f?r betala n?r det g?ller."
    assert "\ufffd" not in restored(text)


def test_letters_and_their_dots_are_composed() -> None:
    assert restored(unicodedata.normalize("NFD", TEXT)) == TEXT


def test_quotation_marks_and_signs_are_left_alone() -> None:
    text = "Han sade: ”det är klart” – och „för sent“ på Öland. André, Muñoz & Šimić fick 5 ½ § {a}."
    assert restored(text) == text
