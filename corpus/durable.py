"""Files written so that they stand after a power failure: whole under their name, or not there at all."""

import errno
import fcntl
import os
from contextlib import suppress
from pathlib import Path

_UNABLE = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}  # what file systems say that know no such thing for a folder


def settle(path: Path) -> None:
    """Wait until the bytes of a file, or the names in a folder, are on the disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    except OSError as error:
        if error.errno not in _UNABLE or not path.is_dir():
            raise
    finally:
        os.close(file)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, whose names are on the disk too."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        settle(folder.parent)


def put(half: Path, target: Path) -> None:
    """Give a file that is written its name, in one step, in place of what stood there."""
    settle(half)
    half.replace(target)
    settle(target.parent)


def write(target: Path, data: bytes) -> None:
    """Write a file in place of what stood there."""
    half = half_of(target)
    try:
        half.write_bytes(data)
        put(half, target)
    finally:
        half.unlink(missing_ok=True)


def append(target: Path, data: bytes) -> None:
    """Write at the end of a file: all of it or, where the disk is full, nothing."""
    with target.open("ab", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = os.fstat(file.fileno()).st_size
        try:
            left = memoryview(data)
            while left:
                left = left[file.write(left) :]
            os.fsync(file.fileno())
        except OSError:
            os.ftruncate(file.fileno(), before)
            raise


def half_of(target: Path) -> Path:
    """Return the name a file bears while this process writes it."""
    return target.with_name(f"{target.name}.{os.getpid()}.tmp")


def is_left(half: Path) -> bool:
    """Tell whether the process that was writing a file under such a name is gone."""
    *_, process, ending = ("", *half.name.split("."))
    if ending != "tmp" or not process.isdecimal():
        return False
    if int(process) == os.getpid():
        return True
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:  # another user's
        return False
    return False


def forget_cached(path: Path) -> None:
    """Let what is read of a file next be read from the disk, where the system knows how."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError), path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
