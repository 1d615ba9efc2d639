"""A cluster gives the same library as this machine alone, byte for byte, whatever happens to its workers.

The tests drive real `dask scheduler` and `dask worker` processes.
"""

import os
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from corpus import readings
from corpus.account import Taken
from corpus.errors import LibraryBusy, PartMissing
from corpus.settings import Settings
from corpus.store import DATABASE, Store
from pipeline import run
from pipeline.cluster import crew
from pipeline.workers import Inline
from tests.cluster.conftest import HERE, PROJECT, Dask, kill
from tests.pipeline.making import Silence, page_image, pdf

pytestmark = pytest.mark.xdist_group("cluster")  # one at a time: each has several processes of its own

Derived = dict[str, list[tuple[object, ...]]]
TABLES = {
    "document": "id, sha256, media_type, pages_in, outcome, stages, settled",
    "source": "*",
    "page": "*",
    "correction": "*",
    "finding": "*",
    "problem": "*",
    "link": "*",
    "answer": "*",
    "clean_word": "*",
    "link_profile": "*",
    "link_key": "*",
}
SHA256 = 64  # signs in the name of an original
ASKS = "Interpellation av Karin Alm (S) om kajen\n\n2019-03-0{n}\n\nDnr KS 2019/{n}\n\n1. Vad gor namnden at kaj {n}?\n"
REPLY = "Svar på interpellation av Karin Alm (S) om kajen\n\n2019-04-0{n}\n\nDnr KS 2019/{n}\n\nNämnden rustar den.\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of several kinds, one of them a scan and one broken."""
    made = tmp_path_factory.mktemp("in")
    for n in range(1, 9):
        (made / f"fraga-{n}.txt").write_text(ASKS.format(n=n), encoding="utf-8")
        (made / f"svar-{n}.txt").write_text(REPLY.format(n=n), encoding="utf-8")
    (made / "skannad.pdf").write_bytes(pdf(images=[page_image("Kajen är åtgärdad"), page_image("Färjan går igen")]))
    (made / "trasig.pdf").write_bytes(b"%PDF-1.7\ninget mer")
    return made


def derived(home: Path) -> Derived:
    """Return all that is derived, as it stands in the database."""
    with closing(sqlite3.connect(home / DATABASE)) as db:
        return {
            table: sorted(db.execute(f"SELECT {columns} FROM {table}"), key=repr) for table, columns in TABLES.items()
        }


def left_in(scratch: Path) -> list[object]:
    """Return the originals and readings that stand in a worker's folder."""
    left: list[object] = [file.name for file in scratch.rglob("*") if len(file.name) == SHA256]
    for file in scratch.rglob(readings.FILE.name):
        with closing(sqlite3.connect(file)) as db:
            left += db.execute("SELECT key FROM reading").fetchall()
    return left


def added(home: Path, folder: Path, address: str = "", hears: Silence | None = None) -> None:
    with Store(home, create=True) as store:
        run.add(store, home, [folder], hears or Silence(), cluster=address)


class Calling(Silence):
    """Calls something when so many documents are done."""

    def __init__(self, after: int, call: Callable[[], object]) -> None:
        super().__init__()
        self._after, self._call = after, call

    def done(self, name: str, taken: Taken, pages: int) -> None:
        """Work on a file has ended."""
        super().done(name, taken, pages)
        if len(self.ended) == self._after:
            self._call()


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Derived:
    """What this machine makes of the files by itself."""
    home = tmp_path_factory.mktemp("alone")
    added(home, folder)
    return derived(home)


def test_a_cluster_gives_the_same_library(dask: Dask, tmp_path: Path, folder: Path, alone: Derived) -> None:
    dask.add_worker()
    dask.add_worker()
    added(tmp_path / "home", folder, dask.address)
    assert derived(tmp_path / "home") == alone


def test_a_worker_as_dask_starts_it_gives_the_same_library(
    dask: Dask, tmp_path: Path, folder: Path, alone: Derived
) -> None:
    dask.add_worker(options=("--nthreads", "2"))  # with the nanny that keeps it
    added(tmp_path / "home", folder, dask.address)
    assert derived(tmp_path / "home") == alone


def test_what_reads_pages_keeps_its_memory_at_hand(dask: Dask) -> None:
    dask.add_worker(options=("--nthreads", "1"))
    with crew.Cluster(dask.address, Settings(), Inline()) as cluster:
        assert cluster.submit(60, os.getenv, "MALLOC_TRIM_THRESHOLD_")() is None


def test_originals_travel_as_bytes_where_the_path_is_not_shared(
    dask: Dask, tmp_path: Path, folder: Path, alone: Derived
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    hidden = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs none "$0" && exec "$@"', str(home)]
    if subprocess.run([*hidden, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine does not let a process have mounts of its own")
    dask.add_worker(before=hidden, environment={"DASK_TEMPORARY_DIRECTORY": str(tmp_path / "scratch")})
    seen: list[object] = []
    added(home, folder, dask.address, Calling(4, lambda: seen.extend(left_in(tmp_path / "scratch"))))
    assert derived(home) == alone
    assert seen, "the worker was sent originals"
    assert not left_in(tmp_path / "scratch"), "what was sent, and what was read of it, goes when the run has ended"


def test_another_machine_shares_neither_network_nor_disk(
    other_machine: list[str], tmp_path: Path, folder: Path, alone: Derived
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    hidden = ["sh", "-c", 'mount -t tmpfs none "$0" && exec "$@"', str(home)]
    dask = Dask(HERE)
    try:
        for _ in range(2):
            dask.add_worker(before=[*other_machine, *hidden])
        added(home, folder, dask.address)
    finally:
        dask.stop()
    assert derived(home) == alone


def test_a_worker_that_dies_costs_nothing(dask: Dask, tmp_path: Path, folder: Path, alone: Derived) -> None:
    dask.add_worker()
    dying = dask.add_worker()
    added(tmp_path / "home", folder, dask.address, Calling(4, lambda: kill(dying)))
    assert derived(tmp_path / "home") == alone


def test_a_worker_that_joins_late_takes_part(dask: Dask, tmp_path: Path, folder: Path, alone: Derived) -> None:
    first = dask.add_worker()
    joined = threading.Event()

    def change() -> None:
        dask.add_worker()
        joined.set()
        threading.Timer(12, kill, [first]).start()  # from then on only the late one is there

    added(tmp_path / "home", folder, dask.address, Calling(2, change))
    assert joined.is_set()
    assert derived(tmp_path / "home") == alone


def test_a_scheduler_that_goes_and_comes_back_is_waited_for(
    dask: Dask, tmp_path: Path, folder: Path, alone: Derived
) -> None:
    dask.add_worker()

    def restart() -> None:
        dask.stop_scheduler()
        dask.start()
        dask.add_worker()

    added(tmp_path / "home", folder, dask.address, Calling(3, restart))
    assert derived(tmp_path / "home") == alone


def test_no_cluster_is_told(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "REACHED_SECONDS", 1)
    with pytest.raises(LibraryBusy, match="svarar inte"):
        added(tmp_path / "home", folder, "tcp://127.0.0.1:9")


def test_a_worker_with_another_program_is_refused(dask: Dask, tmp_path: Path, folder: Path) -> None:
    other = tmp_path / "other"
    for room in ("corpus", "pipeline"):
        shutil.copytree(PROJECT / room, other / room, ignore=shutil.ignore_patterns("__pycache__"))
    with (other / "pipeline" / "grade.py").open("a", encoding="utf-8") as file:
        file.write("\n# another\n")
    dask.add_worker(environment={"PYTHONPATH": str(other), "PYTHONDONTWRITEBYTECODE": "1"}, folder=other)
    with pytest.raises(PartMissing, match="aktspar"):
        added(tmp_path / "home", folder, dask.address)
    with Store(tmp_path / "home") as store:
        assert store.count_pages() == 0
