"""A folder in the library for what a run must write to disk for a while: a page image a worker, a member of an archive.

It is gone with the run. What a killed run left is swept when the next one starts.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from threading import Lock

FOLDER = "tmp"
_turn = Lock()
_lent: set[Path] = set()  # by this process: another that had its number, as in a container, may have left some too


@contextmanager
def temporary_folder(home: Path) -> Iterator[Path]:
    """Lend an empty folder, one of several that this process may have, after sweeping what dead runs left."""
    with _turn:
        _sweep(home / FOLDER)
        own = Path(mkdtemp(prefix=f"{os.getpid()}-", dir=_room(home)))
        _lent.add(own)
    try:
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)
        _lent.discard(own)


def _room(home: Path) -> Path | None:
    """Return where to make folders: in the library, or with the system's own where it can only be read."""
    try:
        (home / FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError:
        if os.access(home, os.W_OK):
            raise
    return home / FOLDER if os.access(home / FOLDER, os.W_OK) else None


def _sweep(folder: Path) -> None:
    with suppress(OSError):
        for left in folder.iterdir():
            if left not in _lent and not _is_anothers(left.name.partition("-")[0]):
                shutil.rmtree(left, ignore_errors=True)


def _is_anothers(process: str) -> bool:
    """Tell whether a folder named after this process number belongs to another that is running."""
    if not process.isdecimal() or int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's
        return True
    return True
