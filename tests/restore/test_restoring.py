"""How much of broken text comes out right, on texts that neither the model nor the rules were made from."""

from itertools import pairwise
from pathlib import Path

import pytest

from bench import misread
from corpus.records import apply_corrections
from pipeline.restore import restore

from .measures import restored, without_dots, wrong_words
from .texts import BROKEN, CLEAN, FOREIGN, MENDED

RECORDS = ("000", "001", "003", "004")


def test_the_broken_record_comes_out_as_the_gold(shared: Path) -> None:
    broken = (shared / "records" / "002.txt").read_text(encoding="utf-8")
    gold = (shared / "gold" / "002.gold.txt").read_text(encoding="utf-8")
    assert wrong_words(restored(broken), gold) <= 0.0008
    assert restored(broken).count("\n") == broken.count("\n")


@pytest.mark.parametrize("name", RECORDS)
def test_clean_records_are_left_as_they_are(shared: Path, name: str) -> None:
    assert restore((shared / "records" / f"{name}.txt").read_text(encoding="utf-8")) == ()


def test_records_without_dots_get_them_back(shared: Path) -> None:
    clean = "\n\n".join((shared / "records" / f"{name}.txt").read_text(encoding="utf-8") for name in RECORDS)
    assert wrong_words(restored(without_dots(clean)), clean) <= 0.0026


def test_half_broken_records_are_mended_where_they_are_broken(shared: Path) -> None:
    clean = (shared / "records" / "001.txt").read_text(encoding="utf-8")
    lines = clean.split("\n")
    half = "\n".join(without_dots(line) if i % 4 < 2 else line for i, line in enumerate(lines))
    assert wrong_words(restored(half), clean) <= 0.01


PROSE = sorted((Path(__file__).parents[1] / "gold" / "extraction").glob("*/*.txt"))


def test_other_cities_prose_without_dots_gets_them_back() -> None:
    """Invented cities, whose names are in no list: those are a third of what is wrong."""
    texts = [file.read_text(encoding="utf-8") for file in PROSE]
    wrong = [wrong_words(restored(without_dots(text)), text) * len(text.split()) for text in texts]
    assert sum(wrong) / sum(len(text.split()) for text in texts) <= 0.0098


@pytest.mark.parametrize("file", PROSE, ids=lambda file: file.stem)
def test_other_cities_prose_is_left_as_it_is(file: Path) -> None:
    made = restore(file.read_text(encoding="utf-8"))
    assert [one for one in made if one.rule != "letter spacing"] == []  # a heading may be set so


def test_a_page_read_with_the_wrong_language_is_mended() -> None:
    """Printed, scanned and read by the real Tesseract with its English model."""
    text = next(file for file in PROSE if "svar-interpellation-skolskjuts" in file.name).read_text(encoding="utf-8")
    lines = next(misread.pages([" ".join(p.split()) for p in text.split("\n\n")]))
    pairs = misread.read(lines, misread.Scan("serif", 0.66, 0.6, 8), 1)
    read, printed = "\n".join(noisy for noisy, _ in pairs), "\n".join(line for _, line in pairs)
    assert wrong_words(read, printed) > 0.2
    assert wrong_words(restored(read), printed) <= 0.02
    assert restore(restored(read)) == ()


def test_clean_swedish_is_left_as_it_is() -> None:
    assert restore(CLEAN) == ()


def test_each_clean_sentence_is_left_as_it_is() -> None:
    assert [line for line in CLEAN.split("\n") if restore(line)] == []


def test_swedish_without_dots_gets_them_back() -> None:
    assert wrong_words(restored(without_dots(CLEAN)), CLEAN) <= 0.025


def test_misread_swedish_is_mended() -> None:
    assert restored(BROKEN) == MENDED


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_left_as_they_are(language: str) -> None:
    assert restore(FOREIGN[language]) == ()


def test_a_broken_quotation_does_not_break_the_rest() -> None:
    paragraphs = CLEAN.split("\n\n")
    mixed = "\n\n".join([paragraphs[0], without_dots(paragraphs[1]), *paragraphs[2:]])
    assert restored(mixed) == CLEAN


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("Foredragande borgarrad i rotel VIl anfor foljande.", "Föredragande borgarråd i rotel VII anför följande."),
        ("Vibeklagar att fragan inte behandlas.", "Vi beklagar att frågan inte behandlas."),
        ("[ samband med att namnden sammantradde.", "I samband med att nämnden sammanträdde."),
        ("Vi r verens om att det behovs.", "Vi är överens om att det behövs."),
        ("Ledaméterna fo6ljer fragan.", "Ledamöterna följer frågan."),
        ("Darfor ar majoritetens ointresse svart att forsta.", "Därför är majoritetens ointresse svårt att förstå."),
        ("Sa sade (SD) och (Fi) aven i ar.", "Så sade (SD) och (Fi) även i år."),
        ("Pa www.forbattra.se star mer om atgarder.", "På www.forbattra.se står mer om åtgärder."),
        ("Forslaget avsag att for-\nbattra vagarna.", "Förslaget avsåg att för-\nbättra vägarna."),
        ("FORSLAG TILL BESLUT FOR NAMNDEN", "FÖRSLAG TILL BESLUT FÖR NÄMNDEN"),
    ],
)
def test_each_kind_of_damage(broken: str, mended: str) -> None:
    assert restored(broken) == mended


def test_corrections_say_what_they_change() -> None:
    corrections = restore(BROKEN)
    assert all(BROKEN[c.start : c.end] == c.before != c.after for c in corrections)
    assert all(a.end <= b.start for a, b in pairwise(corrections))
    assert all(0 < c.confidence <= 1 for c in corrections)
    assert {c.rule for c in corrections} == {"letters", "bullet"}


def test_a_long_text_keeps_its_offsets() -> None:
    text = "\n\n".join([BROKEN, CLEAN] * 5)
    assert apply_corrections(text, restore(text)) == "\n\n".join([MENDED, CLEAN] * 5)
