"""The shared scans against the records they were made from: how much of each kind of page is read wrong.

The limits are what is reached, with a little room for another release of Tesseract. `bench/reading` tells more.
"""

from pathlib import Path

import pytest

from bench.accuracy import kinds
from bench.measures import errors
from tests.conftest import aktspar

pytestmark = pytest.mark.xdist_group("scans")

# Kind of page: the most that may be wrong, of the characters and of the words.
LIMITS = {
    "digital": (0.0, 0.0),
    "scan300": (0.001, 0.004),
    "scan200": (0.0015, 0.008),
    "faded200": (0.004, 0.015),
    "english-layer": (0.001, 0.004),
    "english-layer, all in one": (0.001, 0.004),
}


@pytest.fixture(scope="module")
def scans_home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the shared scans."""
    home = tmp_path_factory.mktemp("scans")
    ended = aktspar("add", shared / "scans", "--json", home=home)
    pages = ended.json()["pages"]
    assert pages["in"] == pages["held"] == 39
    return home


def test_pages_are_read_as_well_as_they_were(shared: Path, scans_home: Path) -> None:
    reached = {kind.name: (kind.errors.character_rate, kind.errors.word_rate) for kind in kinds(shared, scans_home)}
    assert set(reached) == set(LIMITS)
    short = {
        name: rates
        for name, rates in reached.items()
        if any(rate > limit for rate, limit in zip(rates, LIMITS[name], strict=True))
    }
    assert short == {}


def test_every_page_knows_where_its_words_stand(scans_home: Path) -> None:
    from corpus.store import Store

    with Store(scans_home) as store:
        pages = [page for document in store.documents() for page in store.pages(document.id) if page.method != "plain"]
    assert len(pages) == 38
    for page in pages:
        assert len(page.words) == len(page.original.split()) > 0
        assert all(0 <= box.left < box.right < 596 and 0 <= box.top < box.bottom < 843 for box in page.words)


@pytest.mark.parametrize(
    ("got", "truth", "characters", "words"),
    [
        ("Kajen är klar.", "Kajen är klar.", 0, 0),
        ("Kajen ar klar.", "Kajen är klar.", 1, 1),
        ("handlings-\nplanen", "handlingsplanen", 0, 0),
        ("kompetens-\noch annat", "kompetens- och annat", 0, 0),
        ("Östra-\nKajen", "Östra-Kajen", 0, 0),
        ("", "Kajen är klar.", 14, 3),
        ("Kajen är klar. ; |", "Kajen är klar.", 4, 2),
    ],
)
def test_errors_are_counted_as_a_person_would(got: str, truth: str, characters: int, words: int) -> None:
    """A word broken at a line's end is no error; a lost word, a wrong letter and an invented sign are."""
    found = errors(got, truth)
    assert (found.characters_wrong, found.words_wrong) == (characters, words)
