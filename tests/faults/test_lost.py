"""What was there and is gone in the midst of a run: the folder of incoming files, the library, the disk it lies on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bench import mixed
from corpus import originals
from corpus.account import Taken
from corpus.errors import LibraryClosed
from corpus.store import Store
from pipeline import run
from pipeline.workers import Inline
from tests.faults.conftest import Disk
from tests.pipeline.making import Silence

FILES = 12  # more than are under way at once


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files to take in."""
    made = tmp_path / "inkorg"
    made.mkdir()
    for number in range(1, FILES + 1):
        (made / f"{number:02}.txt").write_text(mixed.text(number))
    return made


class Once(Silence):
    """Does something when the first file is done."""

    def __init__(self, what: Callable[[], object]) -> None:
        super().__init__()
        self._what = what

    def done(self, name: str, taken: Taken, pages: int) -> None:
        """Work on a file has ended."""
        if not self.ended:
            self._what()
        super().done(name, taken, pages)


def test_a_folder_that_is_gone_is_listed_and_the_run_goes_on(folder: Path, tmp_path: Path) -> None:
    home, away = tmp_path / "bibliotek", tmp_path / "borta"
    with Store(home, create=True) as store:
        account = run.add(store, home, [folder], Once(lambda: folder.rename(away)), Inline())
        assert account.documents["whole"] + account.documents["failed"] == FILES
        assert account.documents["failed"] == len(account.problems) > 0
        assert {line.code for line in account.problems} == {"unreadable"}
        away.rename(folder)
        again = run.add(store, home, [folder], Silence(), Inline())
        assert again.documents["failed"] == 0
        assert len(store.documents()) == FILES


def test_a_file_that_is_gone_before_it_is_copied_is_listed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed = originals.sha256

    def gone_after(file: Path) -> str:
        digest = hashed(file)
        if file.name == "03.txt":
            file.unlink()
        return digest

    monkeypatch.setattr(originals, "sha256", gone_after)
    home = tmp_path / "bibliotek"
    with Store(home, create=True) as store:
        account = run.add(store, home, [folder], Silence(), Inline())
    assert account.documents["whole"] == FILES - 1
    assert [(line.file, line.code) for line in account.problems] == [("03.txt", "unreadable")]


def test_a_library_that_is_moved_ends_the_run_and_loses_nothing(folder: Path, tmp_path: Path) -> None:
    """Nothing is written where it was, and what was told as done stands where it is now."""
    home, away = tmp_path / "bibliotek", tmp_path / "flyttat"
    ear = Once(lambda: home.rename(away))
    with pytest.raises(LibraryClosed) as caught, Store(home, create=True) as store:
        run.add(store, home, [folder], ear, Inline())
    assert (caught.value.exit_code, bool(caught.value.remedy)) == (4, True)
    assert not home.exists()
    away.rename(home)
    with Store(home) as store:
        assert store.check() == []
        done = {listed.file for listed in store.documents() if listed.outcome == "whole"}
        assert {name for name, _ in ear.ended} <= done
        run.add(store, home, [folder], Silence(), Inline())
        assert {listed.outcome for listed in store.documents()} == {"whole"}
        assert len(store.documents()) == FILES


def test_a_disk_that_is_pulled_out_ends_the_run(folder: Path, disk: Disk) -> None:
    with pytest.raises(LibraryClosed) as caught, Store(disk.home, create=True) as store:
        run.add(store, disk.home, [folder], Once(disk.pull_out), Inline())
    assert caught.value.exit_code == 4
    assert list(disk.path.iterdir()) == []
