"""What comes in: everything under a path is told of, by a name that can be shown, and a link leads to nothing else."""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import WrongUse
from corpus.store import Store
from pipeline import containers, intake, run
from pipeline.intake import walk
from pipeline.names import inside, printable
from pipeline.workers import Inline
from tests.hostile.archives import nested, raw
from tests.hostile.sound import letter, zipped
from tests.pipeline.making import PROSE, Silence

linux = pytest.mark.skipif(sys.platform != "linux", reason="macOS och Windows tar inte emot sådana namn och filer")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "handlingar"
    (made / "inne").mkdir(parents=True)
    (made / "inne" / "a.txt").write_text(PROSE)
    (tmp_path / "ute").mkdir()
    (tmp_path / "ute" / "b.txt").write_text(PROSE)
    return made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "bibliotek", create=True) as opened:
        yield opened


def told(*paths: Path) -> dict[str, str]:
    """What is found, by name, with the reason of what is lost."""
    return {one.file: one.lost.reason if one.lost else "" for one in walk(paths)}


# ---- links and what is no file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("../ute/b.txt", "leder ut ur mappen"),
        ("../ute", "leder ut ur mappen"),
        ("..", "leder ut ur mappen"),
        ("/dev/zero", "leder ut ur mappen"),
        ("saknas", "något som inte finns"),
        ("inne/a.txt/mer", "något som inte finns"),
        ("lank", "runt i en ring"),
        (".dold", "dold mapp"),
    ],
)
def test_a_link_that_leads_nowhere_of_ours_is_listed(folder: Path, target: str, reason: str) -> None:
    (folder / ".dold").mkdir()
    (folder / "lank").symlink_to(target)
    found = told(folder)
    assert reason in found.pop("lank")
    assert found == {"inne/a.txt": ""}


def test_a_link_within_the_folder_is_read_by_its_own_name_and_a_folder_is_walked_once(folder: Path) -> None:
    for name, target in {"lank.txt": "inne/a.txt", "mapp": "inne", "hem": "."}.items():
        (folder / name).symlink_to(target)
    assert told(folder) == {"inne/a.txt": "", "lank.txt": ""}
    (link,) = (one for one in walk([folder]) if one.file == "lank.txt")
    assert not link.path.is_symlink()  # where it led when it was judged is what will be opened


def test_a_link_that_a_person_names_is_followed(folder: Path) -> None:
    for name, target in {"lank.txt": "../ute/b.txt", "mapp": "../ute"}.items():
        (folder / name).symlink_to(target)
    assert told(folder / "lank.txt", folder / "mapp") == {"lank.txt": "", "b.txt": ""}


@linux
def test_pipes_and_sockets_are_listed_and_never_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "ror")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("uttag")
    assert told(folder) == {
        "inne/a.txt": "",
        "ror": "Det är ingen fil utan ett rör mellan program.",
        "uttag": "Det är ingen fil utan ett uttag för program.",
    }
    assert "rör" in told(folder / "ror")["ror"]


def test_a_folder_that_cannot_be_read_is_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told by a system that refuses: the tests may run as root, who may read everything."""
    real = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("inne"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert told(folder) == {"inne": "Mappen går inte att läsa: rättigheter saknas."}


@linux
def test_folders_deeper_than_a_path_may_be_are_listed_and_so_is_all_above_them(folder: Path) -> None:
    part, at = "d" * 200, os.open(folder, os.O_RDONLY)
    for _ in range(30):
        os.mkdir(part, dir_fd=at)
        at, before = os.open(part, os.O_RDONLY, dir_fd=at), at
        os.close(before)
    os.close(at)
    found = told(folder)
    assert [reason for reason in found.values() if reason] == ["Mappen går inte att läsa: sökvägen är för lång."]
    assert found["inne/a.txt"] == ""


def test_a_file_that_cannot_be_read_is_listed_in_swedish(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("corpus.originals.sha256", refused)
    account = run.add(store, store.home, [folder], Silence(), Inline())
    assert account.documents["failed"] == 1
    assert [line.reason for line in account.problems] == ["Filen går inte att läsa: rättigheter saknas."]


def test_a_file_larger_than_any_record_is_listed_and_not_copied(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "MOST_BYTES", len(PROSE.encode()) - 1)
    account = run.add(store, store.home, [folder], Silence(), Inline())
    assert [(line.file, line.code) for line in account.problems] == [("inne/a.txt", "too large")]
    assert not (store.home / "originals").exists()
    assert intake.MOST_BYTES > 1 << 30


def test_a_path_that_cannot_be_reached_is_wrong_use(folder: Path) -> None:
    for path in (folder / "saknas", folder / "inne" / "a.txt" / "mer", folder / ("a" * 5_000)):
        with pytest.raises(WrongUse):
            list(walk([path]))


# ---- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("rad\nslut", "rad␊slut"),
        ("\x1b[31m\x7f", "␛[31m␡"),
        ("fo\u0308r", "för"),
        ("\u202egnp.exe", "\ufffdgnp.exe"),
        (os.fsdecode(b"r\xe5d"), "råd"),
        (os.fsdecode("råd".encode()), "råd"),
        ("\ud800", "\ufffd"),
    ],
)
def test_a_name_can_be_shown(name: str, shown: str) -> None:
    assert printable(name) == shown


@given(st.text(st.characters()))
def test_any_name_can_be_stored_and_stands_on_one_line(name: str) -> None:
    shown = printable(name)
    shown.encode()
    assert len(shown.splitlines()) <= 1
    assert printable(shown) == shown


@given(st.text(st.sampled_from("./\\C:a\n\x00")))
def test_the_name_of_a_member_leads_nowhere(name: str) -> None:
    assert ".." not in inside(name).split("/")
    assert not inside(name).startswith("/")
    assert "\\" not in inside(name)


@linux
def test_files_of_any_name_are_held_by_a_name_that_can_be_asked_for(store: Store, folder: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/r\xe5d\n\x1b.txt"))
    odd.write_text(f"{PROSE}\nRåd.\n")
    account = run.add(store, store.home, [folder], Silence(), Inline())
    assert account.documents["whole"] == 2
    assert store.listed(store.resolve("råd␊␛.txt")).file == "råd␊␛.txt"


# ---- archives --------------------------------------------------------------------------------------------------------


def test_a_member_that_would_climb_out_is_taken_in_and_one_that_is_a_link_is_listed(store: Store, folder: Path) -> None:
    for number, name in enumerate((b"../../utanfor.txt", b"/etc/kaj.txt", b"C:\\kaj.txt")):
        (folder / f"{number}.zip").write_bytes(raw(name, f"{PROSE}{number}\n".encode()))
    (folder / "lank.zip").write_bytes(raw(b"lank.txt", b"/etc/passwd", attributes=0o120777 << 16))
    account = run.add(store, store.home, [folder], Silence(), Inline())
    names = {d.file for d in store.documents() if d.outcome == "whole"}
    assert names == {"inne/a.txt", "0.zip/utanfor.txt", "1.zip/etc/kaj.txt", "2.zip/kaj.txt"}
    assert [(line.file, line.code) for line in account.problems] == [("lank.zip", "member link")]


@pytest.mark.parametrize(("limit", "most"), [("MOST_MEMBERS", 3), ("FREE_BYTES", 3 * len(PROSE.encode()))])
def test_what_comes_out_of_an_archive_has_a_limit_and_the_rest_is_listed(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    """Archives in it are counted with it."""
    monkeypatch.setattr(containers, "MOST_TIMES", 0)
    monkeypatch.setattr(containers, limit, most)
    inner = zipped({f"{n}.txt": f"{PROSE}{n}" for n in range(2)})
    (folder / "stort.zip").write_bytes(zipped({"inre.zip": inner, **{f"{n}.txt": f"{n}{PROSE}" for n in range(9)}}))
    account = run.add(store, store.home, [folder / "stort.zip"], Silence(), Inline())
    assert account.documents["whole"] <= 3
    (line,) = {line for line in account.problems if line.file == "stort.zip"}
    assert "togs inte ut" in line.reason


def test_archives_deep_in_archives_are_listed(store: Store, folder: Path) -> None:
    (folder / "djupt.zip").write_bytes(nested(7, 1))
    account = run.add(store, store.home, [folder / "djupt.zip"], Silence(), Inline())
    assert [line.code for line in account.problems] == ["member nested"]


def test_a_letter_with_an_attachment_that_cannot_be_taken_out_is_held_with_a_line(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was once written over by its own line; now it is partial, and stays so when it is read anew."""
    monkeypatch.setattr(containers, "MOST_MEMBERS", 0)
    (folder / "brev.eml").write_bytes(letter())
    account = run.add(store, store.home, [folder / "brev.eml"], Silence(), Inline())
    assert account.documents == {"whole": 0, "partial": 1, "failed": 0, "known": 0}
    (held,) = store.documents()
    assert (held.outcome, held.pages_held) == ("partial", 1)
    assert [line.code for line in store.problems()] == ["member too large"]
    store._db.execute("UPDATE document SET stages = '[]'")
    assert run.refresh(store, store.home, Silence(), Inline()).documents["partial"] == 1
    assert [line.code for line in store.problems()] == ["member too large"]
