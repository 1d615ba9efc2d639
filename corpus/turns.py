"""One run at a time: who takes in or brings up to date has the library's turn; who comes second hears who that is.

SQLite keeps two writers from harming each other, but two runs would do the same work twice and wait for one another.
The lock is the operating system's and dies with its process, however that ends: there is nothing to clear away.
"""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from corpus.errors import LibraryBusy, LibraryClosed, refused

FILE = "run.lock"
LONGEST = 100  # bytes of what the holder says of itself


@contextmanager
def turn(home: Path) -> Iterator[Callable[[], None]]:
    """Be the library's only run. Raises LibraryBusy, naming the one that is, and LibraryClosed where none may write.

    Lends what raises LibraryClosed once the library is no longer where it was: a disk that was unplugged, a folder
    that was moved. What is written to files still open would be lost without a word.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        file = os.open(home / FILE, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise refused(error, home) from error
    try:
        _take(file, home)
        _say(file, f"process {os.getpid()}, började {datetime.now().astimezone():%Y-%m-%d %H:%M}")
        yield lambda: _look(file, home)
    finally:
        os.close(file)


def _take(file: int, home: Path) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        said = os.pread(file, LONGEST, 0).decode(errors="replace")
        raise LibraryBusy(
            f"Biblioteket {home} används av en annan körning{f' ({said})' if said else ''}.",
            "Vänta tills den är klar och försök igen.",
        ) from error
    except OSError as error:
        raise refused(error, home) from error


def _look(file: int, home: Path) -> None:
    try:
        if os.path.samestat(os.fstat(file), (home / FILE).stat()):
            return
    except OSError as error:
        raise refused(error, home) from error
    raise LibraryClosed(
        f"Biblioteket {home} är inte kvar där det var.",
        "Kontrollera att disken eller nätverksmappen är ansluten, och kör samma kommando igen.",
    )


def _say(file: int, text: str) -> None:
    """Leave word for whoever comes second, in place of the last holder's; a full disk must not stop a run for that."""
    with suppress(OSError):
        os.ftruncate(file, 0)
        os.pwrite(file, text.encode(), 0)
