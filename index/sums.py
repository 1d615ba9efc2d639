"""What the files of an index are to hold, by their sums: damage that an engine would take for an answer is seen.

An engine's files never change once they are written; `PARTS` of its module names them. After each commit those that
are new are noted, in `sums.json` beside them. At each opening their sizes are looked at, and, once a process, the sum
of what stands at the beginning and the end, where a power failure, a bad copy and another's file show. All of every
byte is for `aktspar doctor --deep`.
"""

import zlib
from functools import lru_cache
from pathlib import Path

import msgspec

from corpus import durable

FILE = "sums.json"
ENDS = 1 << 18  # bytes at each end that are looked at when an index is opened
MOST_KNOWN = 4096


class Sum(msgspec.Struct, frozen=True, array_like=True):
    """A file's size and the sums of its two ends and of all of it."""

    size: int
    ends: int
    whole: int


def note(folder: Path, parts: str) -> None:
    """Note the files that are new since the last time, and that some are gone."""
    held = _noted(folder)
    now = {path.name: held.get(path.name) or _sum(path) for path in sorted(folder.glob(parts))}
    durable.write(folder / FILE, msgspec.json.encode(now))


def is_sound(folder: Path, *, deep: bool = False) -> bool:
    """Tell whether the files are as they were noted. Those of a part that is gone altogether are the engine's to miss.

    `deep` reads every byte.
    """
    held = _noted(folder)
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set[str]()
    stems = {_stem(name) for name in there}
    return all(
        _is_as_noted(folder / name, one, deep=deep) if name in there else _stem(name) not in stems
        for name, one in held.items()
    )


def _stem(name: str) -> str:
    return name.partition(".")[0]


def _noted(folder: Path) -> dict[str, Sum]:
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=dict[str, Sum])
    except (OSError, msgspec.DecodeError):
        return {}


def _is_as_noted(path: Path, noted: Sum, *, deep: bool) -> bool:
    try:
        status = path.stat()
        if status.st_size != noted.size or _ends(path, status.st_size, status.st_mtime_ns) != noted.ends:
            return False
        return not deep or _whole(path) == noted.whole
    except FileNotFoundError:  # a writer took it away with its part
        return True


def _sum(path: Path) -> Sum:
    status = path.stat()
    return Sum(status.st_size, _ends(path, status.st_size, status.st_mtime_ns), _whole(path))


@lru_cache(MOST_KNOWN)
def _ends(path: Path, size: int, changed: int) -> int:
    """Return the sum of a file's ends; read once a process, as long as it is the same file."""
    del changed
    with path.open("rb") as file:
        begin = zlib.crc32(file.read(ENDS))
        file.seek(max(size - ENDS, 0))
        return zlib.crc32(file.read(ENDS), begin)


def _whole(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while block := file.read(ENDS):
            found = zlib.crc32(block, found)
    return found
