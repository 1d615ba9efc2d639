"""`./run bench scale`: what a page costs on a cluster beside the local processes; the writer's memory.

Two parts. `overhead`: the same scans read by the local processes and by a Dask worker with as many threads on this
machine. `flat`: many pages whose work is made up (a short text at once, no image is read) through a real scheduler and
worker into a real library: what is left is what sending, receiving and writing cost, and so how many pages a second
one writer takes.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import socket
from threading import Lock

from psutil import Process

from bench import library, memory, papers
from bench.library import PROJECT, Silent
from bench.talk import beside, megabytes, say, show, signed_percent
from corpus.account import Taken
from corpus.records import Page
from corpus.store import Store
from pipeline import run, tasks

GOAL = 0.02  # of a page's time
COPIES, ROUNDS, START_UP = 4, 8, 4
PAGES, PAGES_A_DOCUMENT = 100_000, 20
SHARED = PROJECT.parent / "shared"
FLAT_GOAL = 1.1


@contextmanager
def cluster() -> Iterator[tuple[str, list[Process]]]:
    """Start a scheduler and a worker of a thread a core, as docs/kluster.md has it; yield the address and the two."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    address = f"tcp://127.0.0.1:{port}"
    dask = str(Path(sys.executable).with_name("dask"))
    commands = [
        [dask, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
        [dask, "worker", address, "--nthreads", str(library.cores()), "--no-dashboard"],
    ]
    quiet, configured = subprocess.DEVNULL, {**os.environ, "DASK_CONFIG": str(PROJECT / "docs" / "dask.yaml")}
    started = [subprocess.Popen(one, cwd=PROJECT, env=configured, stdout=quiet, stderr=quiet) for one in commands]
    try:
        yield address, [Process(one.pid) for one in started]
    finally:
        for one in reversed(started):
            one.terminate()
            one.wait()


# ---- what a page costs -----------------------------------------------------------------------------------------------


class Stopwatch(Silent):
    """Times the pages after the first few, so that what starts up is no part of them.

    And the processor time of those processes that read no page, which a machine that is slow for a while changes less.
    """

    def __init__(self, processes: Sequence[Process]) -> None:
        self._processes, self._lock = processes, Lock()
        self._read, self._from = 0, 0
        self._began, self._busy = 0.0, 0.0

    def pages_done(self, pages: int) -> None:
        """So many more pages are read."""
        with self._lock:
            self._read += pages
            if not self._from and self._read >= START_UP:
                self._from, self._began, self._busy = self._read, time.monotonic(), _busy(self._processes)

    def stop(self) -> tuple[float, float]:
        """Return seconds a page, and the part of the cores' time that the processes took."""
        seconds = time.monotonic() - self._began
        return seconds / (self._read - self._from), (_busy(self._processes) - self._busy) / seconds / library.cores()


@contextmanager
def _suspended(processes: Sequence[Process]) -> Iterator[None]:
    """Keep processes from running; they go on whatever happens, for what is suspended cannot be ended either."""
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


def _busy(processes: Sequence[Process]) -> float:
    """Return the processor time of processes in seconds."""
    return sum(sum(process.cpu_times()[:2]) for process in processes)


def overhead(copies: int, rounds: int) -> None:
    """Read the same scans here and on a cluster, in turn: machines are not equally fast from one minute to the next."""
    with tempfile.TemporaryDirectory() as name, cluster() as (address, (scheduler, nanny)):
        folder = Path(name)
        (folder / "in").mkdir()
        scans = sorted((SHARED / "scans").glob("0*-scan300.pdf"))
        pages = sum(papers.copied_scans([scan], copies, folder / "in" / scan.name) for scan in scans)
        _read(folder / "warm", SHARED / "records", address)  # the cluster's processes are started
        beside_it = [scheduler, nanny, *nanny.children()]
        whole = [scheduler, nanny, *nanny.children(recursive=True)]
        rows: list[list[str]] = []
        ratios: list[float] = []
        for number in range(rounds):
            with _suspended(whole):
                here, own_here = _read(folder / f"here-{number}", folder / "in")
            there, own_there = _read(folder / f"there-{number}", folder / "in", address, beside_it)
            ratios.append(there / here - 1)
            row = [f"{here:.3f}", f"{there:.3f}", signed_percent(ratios[-1]), f"{own_here:.1%}", f"{own_there:.1%}"]
            rows.append(row)
            say(f"{number + 1} of {rounds}: {' '.join(row)}")
    show(
        f"{pages} scanned pages, {library.cores()} at a time: seconds a page, in turn",
        ["local processes", "cluster", "more", "not reading, here", "there"],
        rows,
    )
    say(f"the middle round: {beside(statistics.median(ratios), GOAL, signed_percent)}")


def _read(home: Path, folder: Path, address: str = "", others: Sequence[Process] = ()) -> tuple[float, float]:
    watch = Stopwatch([Process(), *others])
    with Store(home, create=True) as store:
        run.add(store, home, [folder], watch, cluster=address)
    return watch.stop()


# ---- work that is made up --------------------------------------------------------------------------------------------


def open_file(file: Path) -> tasks.Opened:
    """Say that a file is a PDF of so many pages, each without a text."""
    del file
    return tasks.Opened("application/pdf", PAGES_A_DOCUMENT, None)


def read_pages(file: Path, kind: str, numbers: Sequence[int]) -> list[Page]:
    """Return pages without a text."""
    del file, kind
    return [Page(number, "", "", "layer", 0.0) for number in numbers]


def recognise_page(task: tasks.PageTask) -> Page:
    """Return the text of a page that nobody has looked at."""
    text = f"Sida {task.page.number}. Nämnden beslutar att kajen ska rustas upp under året.\n" * 3
    return Page(task.page.number, text, text, "ocr", 1.0, confidence=0.9)


class Watch(Silent):
    """Notes the writer's memory as the documents come in."""

    def __init__(self, documents: int) -> None:
        self._documents, self._done, self._seen, self._at = documents, 0, 0, time.monotonic()
        self.rows: list[list[str]] = []
        self.sizes: list[int] = []

    def done(self, name: str, taken: Taken, pages: int) -> None:
        """Work on a file has ended."""
        del name, taken, pages
        self._done += 1
        if self._done % max(1, self._documents // 10) == 0:
            self.sizes.append(memory.resident())
            now, done = time.monotonic(), self._done * PAGES_A_DOCUMENT
            rate = (self._done - self._seen) * PAGES_A_DOCUMENT / (now - self._at)
            self.rows.append([f"{done:,}", megabytes(self.sizes[-1]), f"{rate:.0f}"])
            self._seen, self._at = self._done, now
            say(f"{done} pages …")


def flat(pages: int) -> None:
    """Take in many pages of made-up work through a cluster; show the writer's memory all along."""
    for made_up in (open_file, read_pages, recognise_page):
        setattr(tasks, made_up.__name__, made_up)
    documents = pages // PAGES_A_DOCUMENT
    with tempfile.TemporaryDirectory() as name, cluster() as (address, (scheduler, _)):
        folder, home = Path(name) / "in", Path(name) / "home"
        folder.mkdir()
        for number in range(documents):
            (folder / f"{number:06}.pdf").write_bytes(b"%PDF-1.7\n" + str(number).encode())
        watch = Watch(documents)
        with Store(home, create=True) as store:
            run.add(store, home, [folder], watch, cluster=address)
        size, scheduling = (home / "aktspar.db").stat().st_size, _busy([scheduler])
    show(
        "The writer's memory, and the pages it takes a second (made-up work)",
        ["pages", "memory", "a second"],
        watch.rows,
    )
    more = watch.sizes[-1] / watch.sizes[1]
    say(f"memory at the end beside a fifth of the way: {beside(more, FLAT_GOAL, '{:.2f}'.format)}")
    say(f"a page takes {size / pages:.0f} bytes of database and {1000 * scheduling / pages:.1f} ms of Dask's scheduler")


def main(arguments: list[str]) -> int:
    """Measure; print tables."""
    parser = argparse.ArgumentParser(prog="./run bench scale")
    parser.add_argument("--only", choices=["overhead", "flat"])
    parser.add_argument("--copies", type=int, default=COPIES, metavar="N", help="times each scan is read")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N", help="times both are measured")
    parser.add_argument("--pages", type=int, default=PAGES, metavar="N", help="pages of made-up work")
    asked = parser.parse_args(arguments)
    if asked.only != "flat":
        overhead(asked.copies, asked.rounds)
    if asked.only != "overhead":
        flat(asked.pages)
    return 0
