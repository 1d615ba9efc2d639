"""What was found is kept as long as the library rests, and no longer."""

import os
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus import settings
from corpus.judgements import LINKS
from corpus.store import DATABASE, Store
from index.kept import Kept
from index.search import search
from tests.index.conftest import Library

WATCHED = (
    DATABASE, f"{DATABASE}-wal", settings.FILE, str(LINKS), "corrections/approved.toml", "vocabulary/parties.toml",
    "index/current.json",
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library in which nothing was written of late."""
    for name in WATCHED:
        write(tmp_path / name, "före")
    return tmp_path


def write(file: Path, text: str, *, age: float = 10.0) -> None:
    """Write a file, so many seconds ago."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    now = file.stat().st_mtime - age
    os.utime(file, (now, now))


def counting() -> Callable[[], list[int]]:
    """Return what finds something new each time."""
    times = [0]

    def find() -> list[int]:
        times[0] += 1
        return list(times)

    return find


def test_the_same_is_told_while_the_library_rests(home: Path) -> None:
    kept, find = Kept[list[int]](2), counting()
    assert [kept.get(home, "kajen", find) for _ in range(3)] == [[1]] * 3
    assert kept.get(home, "bron", find) == [2]


def test_readers_who_come_and_go_alter_nothing(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as store:
        Library(tmp_path, store).add("kajen.txt", "Kajen rustas upp.")
        assert search(store, tmp_path, "kajen").total == 1
    for file in tmp_path.rglob("*"):
        os.utime(file, (file.stat().st_mtime - 10,) * 2)
    kept, find = Kept[list[int]](2), counting()
    for _ in range(3):
        with Store(tmp_path) as store:
            assert search(store, tmp_path, "kajen").total == 1
            assert kept.get(tmp_path, "kajen", find) == [1]


@pytest.mark.parametrize("name", WATCHED)
def test_whatever_is_written_makes_it_be_found_anew(home: Path, name: str) -> None:
    kept, find = Kept[list[int]](2), counting()
    kept.get(home, "kajen", find)
    write(home / name, "after", age=5.0)
    assert kept.get(home, "kajen", find) == [2]
    (home / name).unlink()
    assert kept.get(home, "kajen", find) == [3]


def test_what_is_found_while_something_is_written_is_not_kept(home: Path) -> None:
    kept, find = Kept[list[int]](2), counting()

    def meanwhile() -> list[int]:
        write(home / DATABASE, "något annat", age=5.0)
        return find()

    assert kept.get(home, "kajen", meanwhile) == [1]
    assert kept.get(home, "kajen", find) == [2]
    write(home / DATABASE, "strax", age=0.0)  # a clock cannot tell this writing from the next
    assert [kept.get(home, "kajen", find) for _ in range(2)] == [[3], [4]]


def test_only_the_last_few_are_kept(home: Path) -> None:
    kept, find = Kept[list[int]](2), counting()
    for asked in ("kajen", "bron", "kajen", "torget"):
        kept.get(home, asked, find)
    assert kept.get(home, "kajen", find) == [1]
    assert kept.get(home, "bron", find) == [4]


def test_nothing_is_held_of_a_library_that_has_changed(home: Path) -> None:
    """It may be of a document that is forgotten."""

    class Told(list[int]):
        pass

    kept = Kept[list[int]](2)
    held = weakref.ref(kept.get(home, "kajen", Told))
    assert held() is not None
    write(home / DATABASE, "glömt", age=5.0)
    kept.get(home, "bron", Told)
    assert held() is None
