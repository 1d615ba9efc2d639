"""The peaks of a running process and of all it starts: the memory of each, and the temporary files in the library.

On Linux a process's own high-water mark is read from /proc, so no peak falls between two looks; elsewhere `ps` tells
what each has at the moment. Resident memory counts pages shared between processes in each of them: the sum is an upper
bound.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench.library import Added, add
from pipeline.temporary import FOLDER

PROC = Path("/proc")


@dataclass(slots=True)
class Peaks:
    """The most seen, in bytes: the main process, its largest child, all together at one moment, temporary files."""

    main: int = 0
    worker: int = 0
    together: int = 0
    temporary: int = 0


@dataclass(frozen=True, slots=True)
class _Process:
    """A process: its parent, its resident memory now, and its highest so far."""

    parent: int
    resident: int
    highest: int


def resident() -> int:
    """Return this process's memory, in bytes."""
    return _processes()[os.getpid()].resident


def watched_add(home: Path, paths: Sequence[Path]) -> tuple[Added, Peaks]:
    """Take files in and watch it."""
    peaks = Peaks()
    return add(home, paths, lambda process: _look(peaks, process, home)), peaks


def _look(peaks: Peaks, main: int, home: Path) -> None:
    running = _processes()
    family = _family(main, running)
    if main in running:
        peaks.main = max(peaks.main, running[main].highest)
    peaks.worker = max([peaks.worker, *(running[process].highest for process in family)])
    peaks.together = max(peaks.together, sum(running[one].resident for one in [main, *family] if one in running))
    peaks.temporary = max(peaks.temporary, _size(home / FOLDER))


def _family(main: int, running: dict[int, _Process]) -> list[int]:
    """Return all that a process has started, and what those have."""
    found: list[int] = []
    parents = {main}
    while parents:
        parents = {process for process, one in running.items() if one.parent in parents}
        found += parents
    return found


def _processes() -> dict[int, _Process]:
    return _from_proc() if sys.platform == "linux" else _from_ps()


def _from_proc() -> dict[int, _Process]:
    found = {}
    for folder in PROC.iterdir():
        if not folder.name.isdecimal():
            continue
        with suppress(OSError, KeyError):  # gone since, or about to be
            lines = (folder / "status").read_text(encoding="utf-8", errors="replace").splitlines()
            told = dict(line.split(":", 1) for line in lines if ":" in line)
            resident, highest = (1024 * int(told[name].split()[0]) for name in ("VmRSS", "VmHWM"))
            found[int(folder.name)] = _Process(int(told["PPid"]), resident, highest)
    return found


def _from_ps() -> dict[int, _Process]:
    listed = subprocess.run(["ps", "-axo", "pid=,ppid=,rss="], capture_output=True, text=True, check=True).stdout
    rows = (map(int, line.split()) for line in listed.splitlines())
    return {process: _Process(parent, 1024 * size, 1024 * size) for process, parent, size in rows}


def _size(folder: Path) -> int:
    """Return the bytes of the files in a folder and below it; files may go while it is looked at."""
    size = 0
    with suppress(OSError):
        for file in folder.rglob("*"):
            with suppress(OSError):
                size += file.stat().st_size if file.is_file() else 0
    return size
