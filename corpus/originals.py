"""The originals: every file taken in, kept byte for byte under its content's hash."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from corpus import durable

FOLDER = "originals"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def sha256(file: Path) -> str:
    """Return the hash a file is known by. Raises OSError where it cannot be read."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def path(home: Path, digest: str) -> Path:
    """Return where the original with this hash lies (or would lie)."""
    return home / FOLDER / digest[:2] / digest


def keep(home: Path, file: Path, digest: str) -> Path:
    """Keep a file; when this returns it is on the disk. One that stands there damaged is made whole again.

    It is copied to a temporary name first, so that a killed run, or a full disk, leaves no half original. Raises
    OSError where the file is no longer the one with this hash.
    """
    target = path(home, digest)
    if is_whole(home, digest):
        return target
    durable.make_folder(target.parent)
    half = durable.half_of(target)
    try:
        shutil.copyfile(file, half)
        if sha256(half) != digest:
            raise OSError(f"{file} changed while it was read")
        durable.put(half, target)
    finally:
        half.unlink(missing_ok=True)
    return target


def is_whole(home: Path, digest: str) -> bool:
    """Tell whether the original is there with the bytes it was taken in with."""
    try:
        return sha256(path(home, digest)) == digest
    except OSError:
        return False


def sizes(home: Path) -> dict[str, int]:
    """Return the size of every original on the disk, by its hash: no file is read."""
    return {
        entry.name: entry.stat().st_size
        for entry in _entries(home)
        if _DIGEST.fullmatch(entry.name) and entry.is_file()
    }


def erase(home: Path, digest: str) -> None:
    """Remove an original, and what a killed run may have left half of it."""
    target = path(home, digest)
    if target.parent.is_dir():
        for file in target.parent.glob(f"{digest}*"):
            file.unlink(missing_ok=True)
        durable.settle(target.parent)


def sweep(home: Path) -> int:
    """Remove the halves that killed runs left; return how many."""
    left = [entry for entry in _entries(home) if durable.is_left(Path(entry.path))]
    for entry in left:
        Path(entry.path).unlink(missing_ok=True)
    return len(left)


def _entries(home: Path) -> Iterator["os.DirEntry[str]"]:
    with suppress(FileNotFoundError), os.scandir(home / FOLDER) as folders:
        for folder in folders:
            if folder.is_dir():
                with os.scandir(folder) as entries:
                    yield from entries
