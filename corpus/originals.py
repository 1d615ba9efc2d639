"""The originals: every file taken in, kept byte for byte under its content's hash."""

import hashlib
import os
from pathlib import Path

FOLDER = "originals"


def sha256(data: bytes) -> str:
    """Return the hash a file is known by."""
    return hashlib.sha256(data).hexdigest()


def path(home: Path, digest: str) -> Path:
    """Return where the original with this hash lies (or would lie)."""
    return home / FOLDER / digest[:2] / digest


def keep(home: Path, data: bytes) -> Path:
    """Keep a file's bytes; writing is to a temporary name first, so that a killed run leaves no half original."""
    target = path(home, sha256(data))
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_suffix(f".{os.getpid()}.tmp")
        half.write_bytes(data)
        half.replace(target)
    return target
