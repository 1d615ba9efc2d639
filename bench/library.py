"""The program as a bench runs it: `add` on a library of its own, in a process of its own, with no bar to draw.

`python -m bench.library HOME PATH ...` takes the paths in and prints the account as JSON. A process of its own makes
start-up part of the time, as it is for those it is compared with, and lets its memory be watched from outside.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.account import Taken
from corpus.store import Store
from pipeline import run

PROJECT = Path(__file__).resolve().parents[1]
LOOK_EVERY = 0.2  # seconds between two looks at a running child


class Silent:
    """Hears how a run goes and says nothing."""

    def files_ahead(self, files: int) -> None:
        """So many more files are to come."""

    def pages_ahead(self, pages: int) -> None:
        """A document with so many pages has been opened."""

    def pages_done(self, pages: int) -> None:
        """So many more pages are read."""

    def done(self, name: str, taken: Taken, pages: int) -> None:
        """Work on a file has ended."""

    def settling(self, done: int, documents: int) -> None:
        """So many documents, of so many, are restored once more."""


@dataclass(frozen=True, slots=True)
class Added:
    """How a run ended: wall-clock seconds of the whole process, pages met and pages held."""

    seconds: float
    pages_in: int
    pages_held: int


def cores() -> int:
    """Return how many cores this process may use; the program starts as many workers."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def add(home: Path, paths: Sequence[Path], look: Callable[[int], None] | None = None) -> Added:
    """Take files in; `look` is called with the child's process id, again and again while it works."""
    command = [sys.executable, "-m", "bench.library", str(home.resolve()), *(str(path.resolve()) for path in paths)]
    began = time.monotonic()
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as child:
        try:
            out = _watched(child, look)
        except BaseException:
            child.terminate()
            raise
    seconds = time.monotonic() - began
    if child.returncode:
        raise SystemExit(f"add ended with {child.returncode}; what it said is above")
    account = json.loads(out)
    return Added(seconds, account["pages_in"], account["pages_held"])


def _watched(child: "subprocess.Popen[str]", look: Callable[[int], None] | None) -> str:
    while True:
        if look:
            look(child.pid)
        try:
            return child.communicate(timeout=LOOK_EVERY if look else None)[0]
        except subprocess.TimeoutExpired:
            continue


def main(arguments: Sequence[str]) -> int:
    """Take in the paths and print the account."""
    home, *paths = map(Path, arguments)
    with Store(home, create=True) as store:
        account = run.add(store, home, paths, Silent())
    sys.stdout.write(json.dumps({"pages_in": account.pages_in, "pages_held": account.pages_held}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
