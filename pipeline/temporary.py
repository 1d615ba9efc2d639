"""A folder in the library for what a run must write to disk for a while: a page image a worker, a member of an archive.

It is gone with the run. What a killed run left is swept when the next one starts.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOLDER = "tmp"


@contextmanager
def temporary_folder(home: Path) -> Iterator[Path]:
    """Lend an empty folder of this process, after sweeping what dead runs left."""
    _sweep(home / FOLDER)
    own = home / FOLDER / str(os.getpid())
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir(parents=True)
    try:
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)


def _sweep(folder: Path) -> None:
    with suppress(OSError):
        for left in folder.iterdir():
            if not left.name.isdecimal() or not _is_running(int(left.name)):
                shutil.rmtree(left, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's
        return True
    return True
