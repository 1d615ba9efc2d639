"""The index follows the store: catching up, rebuilding, and surviving what kills a writer."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Iterator
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from corpus import settings
from corpus.store import Store
from index import catalogue
from index.engines import whoosh
from index.engines.protocol import Document

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
        for file in (empty.home / "index").glob("build-*/v/*"):
            file.write_bytes(b"\0" * 100)
    assert empty.files("cykelbana") == ["en.txt"]
    assert not set(_folders(empty.home)) & set(before) or broken != "versions"


def test_a_library_that_grows_changes_its_engine(empty: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who reads uses the engine that stands there; who has written changes it where the library has outgrown it."""
    settings.store(empty.home, "engine", "auto")
    monkeypatch.setattr(catalogue, "MOST_IN_WHOOSH", 2)

    def engine() -> str:
        return str(json.loads((empty.home / "index" / "current.json").read_bytes())["engine"])

    for name in ("en", "två"):
        empty.add(f"{name}.txt", "Cykelbanan byggs.")
    assert set(empty.files("cykelbana")) == {"en.txt", "två.txt"}
    assert engine() == "whoosh"
    empty.add("tre.txt", "Cykelbanan är klar.")
    assert len(empty.files("cykelbana")) == 3
    assert engine() == "whoosh"
    catalogue.open_index(empty.home, empty.store, suited=True).close()
    assert engine() == "tantivy"
    assert len(empty.files("cykelbana")) == 3
    settings.store(empty.home, "engine", "whoosh")
    catalogue.open_index(empty.home, empty.store, suited=True).close()
    assert (engine(), len(empty.files("cykelbana"))) == ("whoosh", 3)
    assert len(_folders(empty.home)) == 1


def _take_in(home: Path, many: int) -> None:
    from tests.index.conftest import Library

    with Store(home) as store:
        library = Library(home, store)
        for number in range(many):
            library.add(f"{number}.txt", f"Cykelbanan etapp {number} byggs.")
            catalogue.open_index(home, store).close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh's files, met while they go
def test_a_reader_reads_while_a_writer_writes(empty: Library) -> None:
    """Every search answers without an error, and no document that was found is lost again."""
    empty.add("först.txt", "Cykelbanan planeras.")
    assert len(empty.files("cykelbana")) == 1
    writer = multiprocessing.get_context("spawn").Process(target=_take_in, args=(empty.home, 25))
    writer.start()
    found = []
    while writer.is_alive():
        found.append(empty.search("cykelbana").total)
    writer.join()
    assert writer.exitcode == 0
    assert found == sorted(found)
    assert empty.search("cykelbana").total == 26


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


def test_no_module_of_ours_is_pickled(tmp_path: Path) -> None:
    """The schema Whoosh pickles names classes of Whoosh and Python only."""
    with whoosh.create(tmp_path / "v") as engine:
        engine.update([_document(1, "ett")])
    toc = next((tmp_path / "v").glob("*.toc")).read_bytes()
    assert b"whoosh.fields" in toc
    assert not any(name in toc for name in (b"index.engines", b"index.analysis", b"corpus"))
