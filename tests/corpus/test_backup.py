"""Safety copies: all that cannot be made again, at one moment, verified; put back elsewhere, or not at all."""

import errno
import json
import multiprocessing
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus import backup, checks, durable, originals
from corpus.account import Taken
from corpus.errors import AktsparError, DiskFull, LibraryBusy, LibraryClosed, LibraryDamaged, WrongUse
from corpus.store import DATABASE, Store
from pipeline import run
from pipeline.workers import Inline
from tests.conftest import aktspar
from tests.corpus.keeping import add, contents, damaged, found, holding, letters, library, told
from tests.pipeline.making import Silence


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library; tests that change it make their own."""
    return library(tmp_path_factory.mktemp("backup"))


def made(home: Path, target: Path) -> backup.Made:
    with Store(home) as store:
        return backup.make(store, target)


def in_order(home: Path) -> bool:
    return all(check.ok for check in checks.library(home, deep=True))


# ---- there and back --------------------------------------------------------------------------------------------------


def test_what_comes_back_is_the_library(home: Path, tmp_path: Path) -> None:
    """Documents, links, answers, saved searches, settings, rulings, vocabularies, templates; and the index is built."""
    held = made(home, tmp_path / "kopia").manifest
    assert held.counts == {"documents": 3, "pages": 3, "forgotten": 0, "originals": 3}
    back = backup.recover(tmp_path / "kopia", tmp_path / "ny")
    assert back == held
    assert told(tmp_path / "ny") == told(home)
    mine = {"config.toml", "vocabulary/parties.toml", "templates/rapport.docx"}
    mine |= {f"corrections/{name}.toml" for name in ("text", "links", "answers")}
    before, after = contents(home), contents(tmp_path / "ny")
    assert {name: after[name] for name in mine} == {name: before[name] for name in mine}
    assert found(tmp_path / "ny", "kajen") == found(home, "kajen") != []
    assert in_order(tmp_path / "ny")


def test_nothing_is_copied_that_can_be_made_again(home: Path, tmp_path: Path) -> None:
    (home / "cache").mkdir(exist_ok=True)
    (home / "cache" / "ocr.db").write_bytes(b"cache")
    (home / "tmp").mkdir(exist_ok=True)
    (home / "aktspar.schema3.db").write_bytes(b"gammal")
    made(home, tmp_path / "kopia")
    names = {Path(one["file"]).parts[0] for one in manifest(tmp_path / "kopia")["files"]}
    assert names == {DATABASE, "originals", "config.toml", "corrections", "vocabulary", "templates"}


def manifest(target: Path) -> dict[str, list[dict[str, str]]]:
    held: dict[str, list[dict[str, str]]] = json.loads((target / backup.MANIFEST).read_bytes())
    return held


def test_a_second_backup_copies_only_what_is_new(tmp_path: Path) -> None:
    home, target = library(tmp_path), tmp_path / "kopia"
    assert made(home, target).new == 3
    before = {file: file.stat().st_mtime_ns for file in (target / "originals").rglob("*") if file.is_file()}
    assert made(home, target).new == 0
    new = tmp_path / "ny.txt"
    new.write_text("En skrivelse till om bron.", encoding="utf-8")
    with Store(home) as store:
        add(store, new)
    assert made(home, target).new == 1
    after = {file: file.stat().st_mtime_ns for file in (target / "originals").rglob("*") if file.is_file()}
    assert len(after) == 4
    assert before.items() <= after.items()
    assert len([entry for entry in target.iterdir() if entry.is_dir()]) == 2  # the originals, and the latest time


def test_a_library_can_be_moved(tmp_path: Path) -> None:
    """It says nowhere where it lies, and answers the same in another place, index and all."""
    home = library(tmp_path)
    before, hits = told(home), found(home, "kajen")
    assert holding(home, str(tmp_path).encode(), str(tmp_path).encode("utf-16-le")) == []
    moved = tmp_path / "annan mapp"
    home.rename(moved)
    assert (told(moved), found(moved, "kajen")) == (before, hits)
    assert in_order(moved)
    assert all(name.isascii() and not set(name) & set('<>:"|?*\\') for name in contents(moved))


# ---- while others work -----------------------------------------------------------------------------------------------


class Meanwhile(Silence):
    """Does something each time a file of a run is done."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act

    def done(self, name: str, taken: Taken, pages: int) -> None:
        """Work on a file has ended."""
        super().done(name, taken, pages)
        self._act()


def test_a_backup_made_during_an_add_is_of_one_moment(tmp_path: Path) -> None:
    """Every document of it has its text, its original and nothing that came later."""
    home, counts = tmp_path / "bibliotek", list[int]()

    def act() -> None:
        target = tmp_path / f"kopia-{len(counts)}"
        counts.append(made(home, target).manifest.counts["documents"])
        recovered = tmp_path / f"ny-{len(counts)}"
        assert backup.recover(target, recovered).missing == {}
        with Store(recovered) as store:
            assert store.count() == counts[-1]
            assert all(originals.is_whole(recovered, listed.sha256) for listed in store.documents())

    with Store(home, create=True) as store:
        run.add(store, home, [letters(tmp_path / "brev")], Meanwhile(act), Inline())
    assert len(counts) == 3
    assert counts == sorted(counts)
    assert made(home, tmp_path / "kopia-0").manifest.counts["documents"] == 3


def test_a_write_under_way_is_no_part_of_it(tmp_path: Path) -> None:
    home = library(tmp_path)
    with closing(sqlite3.connect(home / DATABASE)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM document")
        made(home, tmp_path / "kopia")
    backup.recover(tmp_path / "kopia", tmp_path / "ny")
    assert told(tmp_path / "ny") == told(home)


def test_two_backups_at_once_do_not_meet(home: Path, tmp_path: Path) -> None:
    made(home, tmp_path / "kopia")
    with backup._alone(tmp_path / "kopia"):
        with pytest.raises(LibraryBusy):
            made(home, tmp_path / "kopia")
        with pytest.raises(LibraryBusy):
            backup.recover(tmp_path / "kopia", tmp_path / "ny")


# ---- killed, or out of room ------------------------------------------------------------------------------------------


def _killed(home: Path, target: Path, name: str, at: int) -> None:
    """Make a backup and be killed when a step is taken for time `at`."""
    module, step = (durable, name) if hasattr(durable, name) else (backup, name)
    real, times = getattr(module, step), [0]

    def deadly(*args: object) -> object:
        times[0] += 1
        if times[0] == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args)

    setattr(module, step, deadly)
    made(home, target)


@pytest.mark.parametrize(
    ("step", "at"), [("_read_copy", 1), ("_copied_beside", 2), ("put", 1), ("put", 2), ("write", 1), ("_prune", 1)]
)
def test_a_killed_backup_leaves_the_old_one_or_the_new(tmp_path: Path, step: str, at: int) -> None:
    home, target = library(tmp_path), tmp_path / "kopia"
    made(home, target)
    before = told(home)
    new = tmp_path / "ny.txt"
    new.write_text("En skrivelse till om bron.", encoding="utf-8")
    with Store(home) as store:
        add(store, new)
    killed = multiprocessing.get_context("spawn").Process(target=_killed, args=(home, target, step, at))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    backup.recover(target, tmp_path / "ny")
    assert told(tmp_path / "ny") == (told(home) if step == "_prune" else before)
    assert made(home, target).manifest.counts["documents"] == 4  # the next one goes on,
    assert not list(target.rglob("*.tmp"))  # and sweeps
    assert len([entry for entry in target.iterdir() if entry.is_dir()]) == 2
    backup.recover(target, tmp_path / "ny-2")
    assert told(tmp_path / "ny-2") == told(home)


def test_a_full_disk_is_told_and_the_old_backup_stands(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "kopia"
    made(home, target)
    before = contents(target)

    def full(*_: object) -> str:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(backup, "_copy", full)
    with pytest.raises(DiskFull) as caught:
        made(home, target)
    assert caught.value.remedy
    assert contents(target) == before


# ---- damage ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [DATABASE, "config.toml", "corrections/links.toml"])
def test_a_damaged_backup_is_not_put_in_place(home: Path, tmp_path: Path, name: str) -> None:
    folder = made(home, tmp_path / "kopia").manifest.folder
    damaged(tmp_path / "kopia" / folder / name)
    with pytest.raises(LibraryDamaged, match=Path(name).name) as caught:
        backup.recover(tmp_path / "kopia", tmp_path / "ny")
    assert caught.value.exit_code == 6
    assert [entry.name for entry in tmp_path.iterdir()] == ["kopia"]


def test_a_damaged_original_is_left_out_and_named(home: Path, tmp_path: Path) -> None:
    """And the next backup makes it whole again."""
    target = tmp_path / "kopia"
    made(home, target)
    with Store(home) as store:
        one = store.listed(store.resolve("svar.txt"))
    damaged(originals.path(target, one.sha256))
    ended = aktspar("recover", target, "--json", home=tmp_path / "ny")
    assert (ended.code, ended.json()["missing"]) == (6, ["svar.txt"])
    assert "svar.txt" in ended.err
    assert told(tmp_path / "ny") == told(home)
    assert [check.name for check in checks.library(tmp_path / "ny") if not check.ok] == ["original"]
    assert made(home, target).new == 1
    assert backup.recover(target, tmp_path / "ny-2").missing == {}


def test_a_damaged_library_harms_no_backup(tmp_path: Path) -> None:
    """What is whole in the backup stays; what is whole in neither is named."""
    home, target = library(tmp_path), tmp_path / "kopia"
    made(home, target)
    with Store(home) as store:
        one, other = (store.listed(store.resolve(name)).sha256 for name in ("svar.txt", "fråga.txt"))
    damaged(originals.path(home, one))
    originals.path(home, other).unlink()
    assert made(home, target).manifest.missing == {}
    assert aktspar("backup", target, home=home).code == 0
    assert made(home, tmp_path / "annan").manifest.missing == {one: "svar.txt", other: "fråga.txt"}
    ended = aktspar("backup", tmp_path / "tredje", home=home)
    assert ended.code == 6
    assert "svar.txt" in ended.err


def test_what_is_written_is_read_back(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that does not keep what it was given is found out, when a backup is made and when it is put in place."""
    real = durable.settle

    def rotten(path: Path) -> None:
        if path.is_file() and path.parent.name != "kopia":
            damaged(path)
        real(path)

    made(home, tmp_path / "kopia")
    monkeypatch.setattr(durable, "settle", rotten)
    with pytest.raises(LibraryDamaged):
        made(home, tmp_path / "annan")
    with pytest.raises(LibraryDamaged):
        backup.recover(tmp_path / "kopia", tmp_path / "ny")
    assert not (tmp_path / "ny").exists()


# ---- what is refused -------------------------------------------------------------------------------------------------


def test_a_library_that_is_there_is_not_overwritten(home: Path, tmp_path: Path) -> None:
    made(home, tmp_path / "kopia")
    there = library(tmp_path)
    before = contents(there)
    with pytest.raises(WrongUse):
        backup.recover(tmp_path / "kopia", there)
    assert contents(there) == before


def test_an_empty_folder_is_taken(home: Path, tmp_path: Path) -> None:
    made(home, tmp_path / "kopia")
    (tmp_path / "ny").mkdir()
    backup.recover(tmp_path / "kopia", tmp_path / "ny")
    assert told(tmp_path / "ny") == told(home)


@pytest.mark.parametrize("place", ["library", "inside", "above", "foreign", "file", "other"])
def test_a_backup_goes_into_no_folder_of_something_else(tmp_path: Path, place: str) -> None:
    home = library(tmp_path)
    (tmp_path / "bilder").mkdir()
    (tmp_path / "bilder" / "hund.jpg").write_bytes(b"hund")
    (tmp_path / "fil").write_bytes(b"")
    other = tmp_path / "annat"
    other.mkdir()
    made(library(other), tmp_path / "annans")
    places = {
        "library": home, "inside": home / "kopia", "above": tmp_path, "foreign": tmp_path / "bilder",
        "file": tmp_path / "fil", "other": tmp_path / "annans",
    }  # fmt: skip
    before = contents(tmp_path)
    with pytest.raises(WrongUse) as caught:
        made(home, places[place])
    assert caught.value.remedy
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"schema": 999}, LibraryClosed),
        ({"format": 999}, LibraryClosed),
        ({"folder": "../annat"}, LibraryDamaged),
        ({"files": [{"file": "../../fil", "size": 0, "sha256": ""}]}, LibraryDamaged),
        ({"files": [{"file": "/etc/hostname", "size": 0, "sha256": ""}]}, LibraryDamaged),
        ({"counts": None}, LibraryDamaged),
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(
    home: Path, tmp_path: Path, change: dict[str, object], error: type[AktsparError]
) -> None:
    made(home, tmp_path / "kopia")
    file = tmp_path / "kopia" / backup.MANIFEST
    file.write_text(json.dumps({**json.loads(file.read_bytes()), **change}))
    with pytest.raises(error):
        backup.recover(tmp_path / "kopia", tmp_path / "ny")
    assert [entry.name for entry in tmp_path.iterdir()] == ["kopia"]


def test_what_is_no_backup_is_wrong_use(tmp_path: Path) -> None:
    ended = aktspar("recover", tmp_path, home=tmp_path / "ny")
    assert (ended.code, ended.out) == (2, "")
    assert "Fel:" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_both_verbs_say_what_they_did(home: Path, tmp_path: Path) -> None:
    said = aktspar("backup", tmp_path / "kopia", home=home)
    assert (said.code, said.err) == (0, "")
    assert "3 handlingar, 3 original" in said.out
    assert aktspar("backup", tmp_path / "kopia", "--json", home=home).json()["new"] == 0
    assert "3 handlingar, 3 original" in aktspar("recover", tmp_path / "kopia", home=tmp_path / "ny").out
