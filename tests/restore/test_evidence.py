"""What the same document and the same library spell right tells how broken names and words are spelled."""

from collections import Counter
from pathlib import Path

import pytest

from corpus import rulings
from corpus.clean_words import CleanWords, words
from corpus.errors import WrongUse
from corpus.records import Correction, Page, Record, apply_corrections
from corpus.store import DATABASE, Store
from corpus.swedish.skeletons import skeleton
from pipeline.restore.repair import restore_pages

CLEAN = "Öxmyra kommun har två skolor. Öxmyra skola är störst, och Fransmark har ritat den åt Öxmyra."
BROKEN = "Vi har last att Oxmyra skola ska laggas ned. Namnden i Oxmyra maste forklara for Fransmark varfor det ar sa."
MENDED = "Vi har läst att Öxmyra skola ska läggas ned. Nämnden i Öxmyra måste förklara för Fransmark varför det är så."


def _library(text: str) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for word in words(text):
        found.setdefault(skeleton(word), Counter())[word] += 1
    return found


def test_a_name_on_a_clean_page_of_the_library_is_known() -> None:
    held = _library(CLEAN)
    (corrections,) = restore_pages([BROKEN], lambda key: held.get(key, {}))
    assert apply_corrections(BROKEN, corrections) == MENDED


def test_a_name_in_a_clean_page_of_the_document_is_known() -> None:
    first, second = restore_pages([CLEAN, BROKEN])
    assert first == ()
    assert apply_corrections(BROKEN, second) == MENDED


def test_an_empty_library_knows_nothing(tmp_path: Path) -> None:
    with CleanWords(tmp_path / DATABASE) as held:
        assert held.counts(skeleton("öxmyra")) == {}


def _record(sha: str, *pages: Page) -> Record:
    return Record(f"{sha}.txt", sha, "text/plain", pages, len(pages))


def test_a_document_saved_anew_is_counted_once(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as store:
        document = store.begin("a.txt", "a", "text/plain")
        for text in (CLEAN, CLEAN, "Öxmyra är stort."):
            store.save(document, _record("a", Page(1, text, text, "plain", 1.0)))
    with CleanWords(tmp_path / DATABASE) as held:
        assert held.counts(skeleton("öxmyra")) == {"öxmyra": 1}
        assert held.counts(skeleton("fransmark")) == {}


def test_a_page_that_needed_repair_or_ocr_vouches_for_nothing(tmp_path: Path) -> None:
    mended = Page(1, "Oxmyra", "Öxmyra", "plain", 1.0, corrections=(Correction(0, 1, "O", "Ö", "letters", 1.0),))
    with Store(tmp_path, create=True) as store:
        store.save(
            store.begin("a.txt", "a", "text/plain"),
            _record("a", mended, Page(2, "Öxmyra", "Öxmyra", "ocr", 1.0), Page(3, "Öxmyra", "Öxmyra", "layer", 0.2)),
        )
    with CleanWords(tmp_path / DATABASE) as held:
        assert held.counts(skeleton("öxmyra")) == {}


def test_rulings_are_kept_and_read_back(tmp_path: Path) -> None:
    assert rulings.load(tmp_path) == rulings.Rulings()
    rulings.reject(tmp_path, rulings.Rejection("Bo", "Bö", "abc", 2, 14))
    rulings.reject(tmp_path, rulings.Rejection('säga "nej"', "såga"))
    rulings.teach(tmp_path, "Öxmyra")
    held = rulings.load(tmp_path)
    assert [(one.before, one.document, one.page, one.start) for one in held.rejected] == [
        ("Bo", "abc", 2, 14),
        ('säga "nej"', "", 0, 0),
    ]
    assert held.taught == ("Öxmyra",)
    assert held.counts(skeleton("oxmyra")) == {"öxmyra": rulings.TAUGHT}


def test_a_rejection_here_strikes_only_here(tmp_path: Path) -> None:
    rulings.reject(tmp_path, rulings.Rejection("Bo", "Bö", "abc", 1, 0))
    both = (Correction(0, 2, "Bo", "Bö", "letters", 1.0), Correction(9, 11, "Bo", "Bö", "letters", 1.0))
    held = rulings.load(tmp_path)
    assert held.upheld("abc", 1, both) == both[1:]
    assert held.upheld("abc", 2, both) == both
    assert held.upheld("def", 1, both) == both


@pytest.mark.parametrize("text", ["[[rejected]]\nbefor = 'x'\n", "not toml", "[[taught]]\nord = 'x'\n"])
def test_a_file_that_cannot_be_understood_is_told_of(tmp_path: Path, text: str) -> None:
    (tmp_path / "corrections").mkdir()
    (tmp_path / rulings.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(WrongUse):
        rulings.load(tmp_path)
