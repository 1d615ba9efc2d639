"""The index follows the store: catching up, rebuilding, and surviving what kills a writer."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from corpus.store import Store
from index import catalogue
from index.engines import whoosh
from index.engines.protocol import Document, Everything, IndexBroken, IndexBusy

if TYPE_CHECKING:
    from tests.index.conftest import Library


def _folders(home: Path) -> list[str]:
    return sorted(folder.name for folder in (home / "index").glob("build-*"))


def test_the_index_catches_up_in_place(empty: Library) -> None:
    """A document saved after the index was built is found, a changed one is found as it is now, by the same index."""
    empty.add("en.txt", "Cykelbanan byggs.")
    assert empty.files("cykelbana") == ["en.txt"]
    before = _folders(empty.home)
    empty.add("två.txt", "Cykelbanan är klar.")
    empty.add("en.txt", "Gångbanan byggs.")
    assert empty.files("cykelbana") == ["två.txt"]
    assert empty.files("gångbana") == ["en.txt"]
    assert _folders(empty.home) == before


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a broken file open
@pytest.mark.parametrize("broken", ["versions", "sentinel", "index"])
def test_an_index_that_does_not_fit_is_built_anew(empty: Library, broken: str) -> None:
    """Another version, a sentinel that cannot be read and a damaged index each lead to a new build, and an answer."""
    empty.add("en.txt", "Cykelbanan byggs.")
    assert empty.files("cykelbana") == ["en.txt"]
    before = _folders(empty.home)
    sentinel = empty.home / "index" / "current.json"
    if broken == "versions":
        sentinel.write_text(sentinel.read_text().replace("analysis ", "analysis 0."))
    elif broken == "sentinel":
        sentinel.write_text("{")
    else:
        for file in (empty.home / "index").glob("build-*/v/*.seg"):
            file.write_bytes(b"\0" * 100)
    assert empty.files("cykelbana") == ["en.txt"]
    assert not set(_folders(empty.home)) & set(before) or broken != "versions"


def test_progress_is_told(empty: Library) -> None:
    """A forced rebuild tells how far it has come."""
    for name in ("en", "två", "tre"):
        empty.add(f"{name}.txt", f"Handling {name}.")
    seen: list[tuple[int, int]] = []
    catalogue.reindex(empty.home, empty.store, lambda done, of: seen.append((done, of))).close()
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_build_that_fails_leaves_the_old_index(empty: Library) -> None:
    """The index in use is only replaced by a finished one."""
    empty.add("en.txt", "Cykelbanan byggs.")
    assert empty.files("cykelbana") == ["en.txt"]
    with patch.object(catalogue, "entry", side_effect=EOFError), pytest.raises(EOFError):
        catalogue.reindex(empty.home, empty.store)
    assert empty.files("cykelbana") == ["en.txt"]


def _document(number: int, text: str) -> Document:
    return Document(number, {"word": text.split()}, 0, 0, {}, "{}")


def _write_and_wait(home: Path, ready: Event) -> None:
    with Store(home) as store, catalogue.open_index(home, store) as engine:

        def documents() -> Iterator[Document]:
            ready.set()
            signal.pause()
            yield _document(9, "aldrig")

        engine.update(documents())


def test_a_killed_writer_blocks_no_one(empty: Library) -> None:
    """While another process writes the index is used as it stands; when that one is killed it is caught up with."""
    empty.add("en.txt", "Cykelbanan byggs.")
    assert empty.files("cykelbana") == ["en.txt"]
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    writer = context.Process(target=_write_and_wait, args=(empty.home, ready))
    writer.start()
    assert ready.wait(30)
    empty.add("två.txt", "Cykelbanan är klar.")
    assert empty.files("cykelbana") == ["en.txt"]
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    assert set(empty.files("cykelbana")) == {"en.txt", "två.txt"}


def test_a_batch_is_all_or_nothing(tmp_path: Path) -> None:
    """A batch that fails half-way leaves what was there, and the lock is free again."""
    with whoosh.create(tmp_path / "v") as engine:
        engine.update([_document(1, "ett")])

        def failing() -> Iterator[Document]:
            yield _document(2, "två")
            raise EOFError

        with pytest.raises(EOFError):
            engine.update(failing())
        assert [hit.id for hit in engine.search(Everything(), limit=9).hits] == [1]
        engine.update([_document(1, "tre"), _document(3, "fyra")], gone=[7])
        assert [hit.id for hit in engine.search(Everything(), limit=9).hits] == [1, 3]
        assert not engine.holds("word", "ett")


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    """The second writer is told that the index is busy."""
    with whoosh.create(tmp_path / "v") as engine, whoosh.open_folder(tmp_path / "v") as other:

        def meanwhile() -> Iterator[Document]:
            with pytest.raises(IndexBusy):
                other.update([_document(2, "två")])
            yield _document(1, "ett")

        engine.update(meanwhile())


def test_no_module_of_ours_is_pickled(tmp_path: Path) -> None:
    """The schema Whoosh pickles names classes of Whoosh and Python only."""
    with whoosh.create(tmp_path / "v") as engine:
        engine.update([_document(1, "ett")])
    toc = next((tmp_path / "v").glob("*.toc")).read_bytes()
    assert b"whoosh.fields" in toc
    assert not any(name in toc for name in (b"index.engines", b"index.analysis", b"corpus"))


def test_what_is_no_index_is_said_to_be_broken(tmp_path: Path) -> None:
    """A folder without an index raises what the catalogue waits for."""
    with pytest.raises(IndexBroken):
        whoosh.open_folder(tmp_path)
