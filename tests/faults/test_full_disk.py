"""A disk that is full, for real: a clear error, nothing half written, and work goes on when there is room."""

import json
from pathlib import Path

import pytest

from bench import mixed
from bench.library_state import state
from corpus import settings
from corpus.store import Store
from tests.conftest import Ended
from tests.faults.conftest import Disk, Here

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh's, left half open
CLOSED = 4
STEP, MOST = 300, 6_000  # kilobytes


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eight files of text."""
    folder = tmp_path_factory.mktemp("in") / "handlingar"
    folder.mkdir()
    for number in range(1, 9):
        (folder / f"{number}.txt").write_text(mixed.text(number) + "Kajen kostar. " * 100 * number)
    return folder


@pytest.fixture
def calm(papers: Path, tmp_path: Path, here: Here) -> Path:
    """A library of them, made undisturbed."""
    home = tmp_path / "lugnt"
    assert here("add", papers, home=home).code == 0
    return home


def is_told(ended: Ended, *words: str) -> bool:
    """Whether a command ended with a clear error of the full disk."""
    said = all(word in ended.err for word in ("Fel:", "full", *words))
    return ended.code == CLOSED and said and "Traceback" not in ended.err


def test_an_add_goes_on_where_the_room_ended(here: Here, disk: Disk, papers: Path, calm: Path) -> None:
    """With a little more room each time, the add comes a little further each time, and in the end all the way."""
    room, told = 0, 0
    while True:
        disk.leave(room)
        ended = here("add", papers, home=disk.home)
        if ended.code == 0:
            break
        assert is_told(ended), ended.err
        told, room = told + 1, room + STEP
        assert room < MOST
    assert told > 2
    assert state(disk.home).unlike(state(calm)) == []


def test_a_search_with_no_room_for_the_index_says_so_or_uses_the_old_one(here: Here, disk: Disk, papers: Path) -> None:
    assert here("add", papers / "2.txt", home=disk.home).code == 0
    with Store(disk.home) as store:
        new = store.begin("9.txt", "9", "text/plain")
        store.save(new, store.record(1))
    disk.leave(8)
    ended = here("search", "kajen", "--json", home=disk.home)
    assert (ended.code, json.loads(ended.out)["total"]) == (0, 1), ended.err
    assert is_told(here("reindex", home=disk.home), "Sökindexet")
    assert json.loads(here("search", "kajen", "--json", home=disk.home).out)["total"] == 1
    disk.make_room()
    assert json.loads(here("search", "kajen", "--json", home=disk.home).out)["total"] == 2
    assert len([*(disk.home / "index").glob("build-*")]) == 1


def test_what_people_have_written_stands_when_there_is_no_room_for_more(here: Here, disk: Disk) -> None:
    Store(disk.home, create=True).close()
    settings.store(disk.home, "workers", "1")
    assert here("teach", "kajutan", home=disk.home).code == 0
    before = {file: file.read_bytes() for file in disk.home.rglob("*.toml")}
    disk.leave(0)
    for command in (("teach", "reling" * 900), ("config", "workers", "2")):
        ended = here(*command, home=disk.home)
        assert is_told(ended), ended.err
    assert {file: file.read_bytes() for file in disk.home.rglob("*.toml")} == before
    assert len(before) == 2


def test_an_export_is_whole_or_not_there(here: Here, disk: Disk, calm: Path) -> None:
    disk.leave(4)
    target = disk.path / "kajen.html"
    ended = here("export", "kajen", "--to", target, home=calm)
    assert is_told(ended, "kajen.html"), ended.err
    assert not target.exists()


def test_an_archive_that_found_no_room_is_taken_in_when_there_is(here: Here, disk: Disk, papers: Path) -> None:
    """It is the disk's fault and not the archive's: nothing of it is listed as lost."""
    packed = disk.path.parent / "packat.zip"
    long = f"<html><!-- {chr(120) * 2_500_000} --><body><p>Kajen kostar mer än vad som var sagt.</p></body></html>"
    packed.write_bytes(mixed.archive({"lång.html": long, "kort.txt": mixed.text(2)}))
    assert here("add", papers / "2.txt", home=disk.home).code == 0
    disk.leave(1_000)
    ended = here("add", packed, home=disk.home)
    assert is_told(ended), ended.err
    disk.make_room()
    assert here("add", packed, home=disk.home).code == 0
    with Store(disk.home) as store:
        assert {listed.outcome for listed in store.documents()} == {"whole"}
