"""The power fails, as far as it can be played: the last that was written is cut off, zeroed or not there."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from corpus import originals, settings
from corpus.settings import EngineName
from corpus.store import DATABASE, Store
from index import catalogue
from index.search import search
from pipeline import run
from pipeline.workers import Inline
from tests.index.conftest import record
from tests.pipeline.making import PROSE, Silence

DOCUMENTS, CUTS = 6, 40
LOG = f"{DATABASE}-wal"
FULL = 2
DAMAGES: Mapping[str, Callable[[bytes], bytes]] = {
    "emptied": lambda _: b"",
    "cut off": lambda data: data[: len(data) // 2],
    "zeroed": lambda data: bytes(len(data)),
    "zeroed to its end": lambda data: data[: len(data) // 2] + bytes(len(data) - len(data) // 2),
    "another's": lambda data: Random(1).randbytes(len(data)),  # noqa: S311 – no secret
}


def test_what_is_committed_is_on_the_disk(tmp_path: Path) -> None:
    for _ in range(2):  # made, and opened again
        with Store(tmp_path, create=True) as store:
            assert store._db.execute("PRAGMA synchronous").fetchone()[0] == FULL


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="bara Linux säger vad en fil heter")
def test_an_original_is_on_the_disk_before_its_document_is_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its bytes, then its name; only then does the store know of it."""
    seen = list[str]()
    sync, begin = os.fsync, Store.begin

    def synced(file: int) -> None:
        seen.append(str(Path(f"/proc/self/fd/{file}").readlink()))
        sync(file)

    def begun(store: Store, file: str, sha256: str, media_type: str) -> int:
        seen.append("begin")
        return begin(store, file, sha256, media_type)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Store, "begin", begun)
    home, paper = tmp_path / "bibliotek", tmp_path / "a.txt"
    paper.write_text(PROSE)
    with Store(home, create=True) as store:
        run.add(store, home, [paper], Silence(), Inline())
        kept = originals.path(home, store.documents()[0].sha256)
    before = seen[: seen.index("begin")]
    bytes_synced = [at for at, what in enumerate(before) if what.startswith(str(kept))]
    assert bytes_synced
    assert str(kept.parent) in before[bytes_synced[-1] :]


@pytest.mark.parametrize("zeroed", [False, True])
def test_a_log_that_is_cut_off_leaves_whole_documents(tmp_path: Path, *, zeroed: bool) -> None:
    """Wherever it is cut, the store opens and holds the first so many documents, each of them whole."""
    wanted = [record(f"{n}.txt", f"Kajen är {n} meter lång.\n" * 40) for n in range(DOCUMENTS)]
    home = tmp_path / "bibliotek"
    with Store(home, create=True) as store:
        store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for one in wanted:
            store.save(store.begin(one.file, one.sha256, one.media_type), one)
        data, log = (home / DATABASE).read_bytes(), (home / LOG).read_bytes()
    held = set[int]()
    for cut in (*range(0, len(log), len(log) // CUTS), len(log)):
        after = tmp_path / str(cut)
        after.mkdir()
        (after / DATABASE).write_bytes(data)
        (after / LOG).write_bytes(log[:cut] + bytes(len(log) - cut if zeroed else 0))
        with Store(after) as store:
            assert store.check() == []
            documents = store.documents()
            whole = [one for one in documents if one.outcome != "failed"]
            assert [store.record(one.id) for one in whole] == wanted[: len(whole)]
            assert len(documents) - len(whole) in {0, 1}  # the one that was begun
            held.add(len(whole))
    assert held == set(range(DOCUMENTS + 1))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a broken file open
@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_damaged_index_is_built_anew_and_finds_the_same(tmp_path: Path, engine: EngineName) -> None:
    """Whichever of its files is damaged, and however."""
    home, index = tmp_path / "bibliotek", tmp_path / "bibliotek" / "index"
    with Store(home, create=True) as store:
        settings.store(home, "engine", engine)
        for n in range(4):
            one = record(f"{n}.txt", f"Interpellation om kajen {n}. " + "Bryggan är hel. " * n)
            store.save(store.begin(one.file, one.sha256, one.media_type), one)

        def found() -> list[object]:
            return [search(store, home, query) for query in ("kajen", '"bryggan är"', "inter*")]

        wanted = found()
        whole = tmp_path / "helt"
        shutil.copytree(index, whole)
        names = sorted(
            str(file.relative_to(whole)) for file in whole.rglob("*") if file.is_file() and file.stat().st_size
        )
        assert len(names) > 8
        for name in names:
            for how, damage in DAMAGES.items():
                shutil.rmtree(index)
                shutil.copytree(whole, index)
                (index / name).write_bytes(damage((whole / name).read_bytes()))
                assert found() == wanted, (name, how)
        shutil.rmtree(index)
        shutil.copytree(whole, index)
        shutil.rmtree(index / str(catalogue.folder_in_use(home)))
        assert found() == wanted


def test_damage_in_the_midst_of_a_large_file_is_for_doctor_to_see(tmp_path: Path) -> None:
    one = record("1.txt", "Kajen är lång.")
    with Store(tmp_path, create=True) as store:
        settings.store(tmp_path, "engine", "tantivy")
        store.save(store.begin(one.file, one.sha256, one.media_type), one)
        search(store, tmp_path, "kajen")
        assert catalogue.is_sound(tmp_path)
        folder = catalogue.folder_in_use(tmp_path)
        assert folder is not None
        file = next((tmp_path / "index" / folder).glob("*.term"))
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 255
        file.write_bytes(data)
        assert not catalogue.is_sound(tmp_path)
