"""The originals: every file taken in, kept byte for byte under its content's hash."""

import hashlib
import os
import shutil
from pathlib import Path

FOLDER = "originals"


def sha256(file: Path) -> str:
    """Return the hash a file is known by. Raises OSError where it cannot be read."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def path(home: Path, digest: str) -> Path:
    """Return where the original with this hash lies (or would lie)."""
    return home / FOLDER / digest[:2] / digest


def keep(home: Path, file: Path, digest: str) -> Path:
    """Keep a file; it is copied to a temporary name first, so that a killed run leaves no half original.

    Raises OSError where the file is no longer the one with this hash.
    """
    target = path(home, digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_suffix(f".{os.getpid()}.tmp")
        shutil.copyfile(file, half)
        if sha256(half) != digest:
            half.unlink()
            raise OSError(f"{file} changed while it was read")
        half.replace(target)
    return target
