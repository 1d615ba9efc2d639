"""Readers while documents stream in: no error, nothing stale or half. `./run bench readers` goes on for minutes."""

from pathlib import Path

import pytest

from bench import readers
from bench.readers import EACH, FIRST, Reader, Shelf

SECONDS, MANY = 15, 8


def test_readers_never_meet_an_error_or_an_answer_that_is_stale_or_half(tmp_path: Path) -> None:
    home, folder = tmp_path / "bibliotek", tmp_path / "handlingar"
    folder.mkdir()
    shelf = readers.stream(home, folder, SECONDS, MANY)
    assert shelf.faults == []
    assert shelf.done >= FIRST + EACH  # something did stream in
    assert set(shelf.answers) == {
        "search", "document", "file", "page", "matter", "list", "person", "command line",
    }  # fmt: skip
    assert len(shelf.met) > FIRST // 2


class Told(Reader):
    """A reader that is told something else than what is so."""

    def __init__(self, shelf: Shelf, told: object, document: object = None) -> None:
        super().__init__(0, shelf, 0)
        self.told, self.document = told, document

    def _json(self, kind: str, address: str) -> object:
        del address
        return self.document if kind == "document" else self.told

    def _ask(self, kind: str, address: str) -> bytes:
        del kind, address
        return b""


@pytest.mark.parametrize(
    ("asks", "told"),
    [
        ("_search", {"hits": []}),
        ("_matter", {"documents": [], "questions": []}),
        ("_matter", {"documents": [{"title": "Om Tornbibibi", "file": "a"}], "questions": []}),
        ("_list", {"total": 0, "hits": []}),
        ("_list", {"total": 30, "hits": []}),
        ("_person", {"asked": [1]}),
    ],
)
def test_a_reader_sees_what_is_wrong(asks: str, told: object) -> None:
    """Else the test above could not fail."""
    shelf = Shelf(begun=1, done=1)
    getattr(Told(shelf, told), asks)()
    assert shelf.faults


def test_a_reader_sees_half_a_document() -> None:
    shelf, name = Shelf(begun=1, done=1), readers.name_of(0)
    hit = {"hits": [{"id": 1, "title": f"Om {name}"}]}
    page = {"number": 1, "text": "annat"}
    half = {"pages": 3, "held": [1], "questions": [], "case_numbers": [], "page": page, "hits": []}
    Told(shelf, hit, half)._document()
    assert len(shelf.faults) >= 2
    assert "is not whole" in shelf.faults[0]
