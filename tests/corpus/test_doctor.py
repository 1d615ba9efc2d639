"""`aktspar doctor`: quick by itself, thorough with `--deep`, which mends what can be made again and says so."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus import checks, durable, originals
from corpus.store import DATABASE, Store
from index.catalogue import open_index
from tests.conftest import Ended
from tests.corpus.keeping import add, copied, damaged, found, library, ran, told


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library, and the letters beside it."""
    return library(tmp_path_factory.mktemp("doctor"))


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    """A copy of it, to be harmed."""
    return copied(made, tmp_path / "bibliotek")


def doctor(home: Path, *args: str) -> tuple[int, dict[str, dict[str, object]]]:
    """The exit code and the checks by name."""
    ended: Ended = ran("doctor", *args, "--json", home=home)
    return ended.code, {check["name"]: check for check in ended.json()["checks"]}


def original(home: Path, name: str) -> Path:
    with Store(home) as store:
        return originals.path(home, store.listed(store.resolve(name)).sha256)


def changed(home: Path, *statements: str) -> None:
    """Change the database behind the program's back."""
    with closing(sqlite3.connect(home / DATABASE)) as db:
        for statement in statements:
            db.execute(statement)
        db.commit()


def test_a_sound_library_is_told_so_and_left_as_it_is(home: Path) -> None:
    before = told(home)
    for args in ((), ("--deep",)):
        code, seen = doctor(home, *args)
        assert (code, {name for name, check in seen.items() if not check["ok"]}) == (0, set())
        assert not any("lagat" in str(check["seen"]) for check in seen.values())
        assert all({"name", "ok", "seen", "remedy", "exit_code"} <= set(check) for check in seen.values())
    assert told(home) == before
    assert set(doctor(home)[1]) < set(doctor(home, "--deep")[1])


def test_without_deep_no_original_is_read(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_: Path) -> str:
        raise AssertionError

    monkeypatch.setattr(originals, "sha256", read)
    assert all(check.ok for check in checks.library(home))
    with pytest.raises(AssertionError):
        checks.library(home, deep=True)


@pytest.mark.parametrize("harm", [Path.unlink, lambda path: path.write_bytes(b""), damaged])
def test_a_lost_original_is_named_and_the_remedy_mends_it(
    home: Path, made: Path, harm: Callable[[Path], object]
) -> None:
    harm(original(home, "svar.txt"))
    assert doctor(home)[0] == (0 if harm is damaged else 6)
    code, seen = doctor(home, "--deep")
    assert (code, seen["original"]["seen"]) == (6, "2 av 3 hela")
    assert seen["original"]["remedy"] == "Lägg in dem igen med aktspar add: svar.txt"
    assert ran("add", made.parent / "brev" / "svar.txt", home=home).code == 0
    assert doctor(home, "--deep")[0] == 0


def test_an_empty_file_has_its_original(home: Path, tmp_path: Path) -> None:
    (tmp_path / "tom.txt").write_bytes(b"")
    with Store(home) as store:
        add(store, tmp_path / "tom.txt")
    assert doctor(home)[1]["original"]["ok"]
    original(home, "tom.txt").unlink()
    assert not doctor(home)[1]["original"]["ok"]


def test_originals_of_no_document_are_named_and_the_remedy_takes_them_in(home: Path, tmp_path: Path) -> None:
    """A run killed between the original and its line leaves one; it is never removed, it may be all there is."""
    stray = tmp_path / "vilsen"
    stray.write_text("En skrivelse om bron.", encoding="utf-8")
    path = originals.keep(home, stray, originals.sha256(stray))
    assert doctor(home)[0] == 0
    code, seen = doctor(home, "--deep")
    assert (code, seen["vilsna original"]["exit_code"]) == (1, 1)
    assert seen["vilsna original"]["remedy"] == f"Lägg in dem: aktspar add {path}"
    assert path.exists()
    assert ran("add", path, home=home).code == 0
    assert doctor(home, "--deep")[0] == 0
    assert found(home, "bron") == [path.name]


def test_an_interrupted_run_is_told_from_a_file_that_cannot_be_read(home: Path, made: Path, tmp_path: Path) -> None:
    (tmp_path / "brus.bin").write_bytes(bytes(range(256)) * 8)
    ran("add", tmp_path / "brus.bin", home=home)
    assert doctor(home)[1]["handlingar"]["remedy"] == "Se varför: aktspar status"
    with Store(home) as store:
        file = made.parent / "brev" / "svar.txt"
        store.begin("svar.txt", originals.sha256(file), "")
    assert "aktspar add MAPP" in str(doctor(home)[1]["handlingar"]["remedy"])
    assert ran("add", file, home=home).code == 0
    assert doctor(home)[1]["handlingar"]["remedy"] == "Se varför: aktspar status"


def _lacks(home: Path) -> None:
    with Store(home) as store, open_index(home, store) as engine:
        engine.update([], [store.resolve("svar.txt")])


def _has_too_many(home: Path) -> None:
    changed(home, "PRAGMA foreign_keys = ON", "DELETE FROM document WHERE id = 3", "DELETE FROM link_key",
            "DELETE FROM link_profile")  # fmt: skip


def _is_broken(home: Path) -> None:
    for file in (home / "index").glob("build-*/v/*"):
        file.write_bytes(b"\0" * 100)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a broken file open
@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
@pytest.mark.parametrize("harm", [_lacks, _has_too_many, _is_broken])
def test_an_index_that_differs_from_the_store_is_built_anew(
    tmp_path: Path, engine: str, harm: Callable[[Path], None]
) -> None:
    home = library(tmp_path, engine)
    assert len(found(home, "kajen")) == 2
    harm(home)
    code, seen = doctor(home, "--deep")
    assert seen["sökindex"]["ok"]
    assert "lagat" in str(seen["sökindex"]["seen"]) or harm is _is_broken  # which opening it mends
    assert code == (0 if harm is not _has_too_many else 1)  # its original has no document now
    assert len(found(home, "kajen")) == (1 if harm is _has_too_many else 2)
    held = 2 if harm is _has_too_many else 3
    assert doctor(home, "--deep")[1]["sökindex"]["seen"] == f"{held} handlingar, samma som i databasen"


@pytest.mark.parametrize(
    "harm",
    [
        "INSERT INTO link_profile VALUES (99, '{}')",
        "INSERT INTO link_key VALUES ('number:ks 1', 'all', 0, 99)",
        "INSERT INTO link VALUES ('answers', 99, 1, '[]', 0.9)",
        "UPDATE answer SET reply = 99",
        "UPDATE answer SET question = 0 WHERE question = (SELECT max(question) FROM answer)",
        "DELETE FROM link_profile WHERE document = 1",
    ],
)
def test_connections_that_hang_in_the_air_are_made_again(home: Path, harm: str) -> None:
    before = told(home)
    changed(home, harm)
    assert doctor(home)[0] == 0
    code, seen = doctor(home, "--deep")
    assert code == 0
    assert "lagat" in str(seen["kopplingar"]["seen"])
    assert told(home) == before
    assert "lagat" not in str(doctor(home, "--deep")[1]["kopplingar"]["seen"])


def test_what_rows_are_found_by_is_made_again(home: Path) -> None:
    """A row its index does not know: the quick look does not see it, the deep one mends it."""
    with closing(sqlite3.connect(home / DATABASE)) as db:
        db.execute("PRAGMA writable_schema = ON")
        (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = 'document_change'").fetchone()
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'document_change'", (sql.replace("change)", "id)"),))
        db.commit()
    assert doctor(home)[1]["databas"]["ok"]
    code, seen = doctor(home, "--deep")
    assert (code, seen["databas"]["seen"]) == (0, "hel; lagat: det som raderna hittas med är gjort på nytt")
    assert doctor(home, "--deep")[1]["databas"]["seen"] == "hel"


def test_a_damaged_database_is_told_with_the_command_that_replaces_it(home: Path) -> None:
    data = bytearray((home / DATABASE).read_bytes())
    data[8192:40960] = b"\xff" * 32768
    (home / DATABASE).write_bytes(data)
    for args in ((), ("--deep",)):
        code, seen = doctor(home, *args)
        assert (code, seen["databas"]["ok"]) == (6, False)
        assert "aktspar recover" in str(seen["databas"]["remedy"])


def test_what_killed_runs_left_is_swept(home: Path) -> None:
    """Nothing else: not what a process that runs is writing, not the index in use."""
    mine = original(home, "svar.txt")
    running = mine.with_name(f"{mine.name}.1.tmp")
    left = [
        mine.with_name(f"{mine.name}.999999999.tmp"),
        home / "tmp" / "999999999-abc" / "1",
        home / "index" / "build-dead" / "v" / "segment",
        home / "index" / "current.999999999.part",
        home / "index" / "current.json.999999999.tmp",
        home / "corrections" / "answers.toml.999999999.tmp",
        home / "aktspar.schema3.part",
    ]
    for file in (*left, running):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"halv")
    code, seen = doctor(home, "--deep")
    assert (code, seen["rester"]["seen"]) == (0, "lagat: 7 borttagna")
    assert not any(file.exists() for file in left)
    assert running.exists()
    assert len(found(home, "kajen")) == 2


def test_no_library_yet_is_in_order(tmp_path: Path) -> None:
    assert doctor(tmp_path / "ingen", "--deep")[0] == 0
    assert not (tmp_path / "ingen").exists()


# ---- originals that stand after a power failure ----------------------------------------------------------------------


def test_an_original_and_its_name_are_on_the_disk_before_the_database_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The order: the file's bytes, its name, the folders it lies in, then the line in the database."""
    order: list[str] = []
    settle, begin = durable.settle, Store.begin

    def settled(path: Path) -> None:
        order.append(path.name)
        settle(path)

    def begun(store: Store, file: str, sha256: str, media_type: str) -> int:
        order.append("begin")
        return begin(store, file, sha256, media_type)

    monkeypatch.setattr(durable, "settle", settled)
    monkeypatch.setattr(Store, "begin", begun)
    (tmp_path / "brev.txt").write_text("En skrivelse om bron.", encoding="utf-8")
    digest = originals.sha256(tmp_path / "brev.txt")
    with Store(tmp_path / "bibliotek", create=True) as store:
        add(store, tmp_path / "brev.txt")
    until = order[: order.index("begin")]
    assert until == ["bibliotek", originals.FOLDER, f"{digest}.{os.getpid()}.tmp", digest[:2]]


def test_a_full_disk_leaves_no_half_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Path, target: Path) -> None:
        target.write_bytes(b"halv")
        raise OSError(28, "No space left on device")

    (tmp_path / "brev.txt").write_text("En skrivelse om bron.", encoding="utf-8")
    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(OSError, match="No space"):
        originals.keep(tmp_path, tmp_path / "brev.txt", originals.sha256(tmp_path / "brev.txt"))
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == ["brev.txt"]
