"""ZIP archives: the files in them, in a fixed order; folders, hidden files and what macOS adds are left out."""

import shutil
import stat
import zipfile
from functools import lru_cache
from pathlib import Path, PurePosixPath

from corpus.errors import Unreadable
from pipeline.read.guard import guarded

MOST_BYTES = 2_000_000_000  # of one member
MOST_MEMBERS = 100_000
BOMB_RATIO, BOMB_BYTES = 500, 50_000_000  # packed so much tighter than anything that was ever written
_UTF8 = 0x800  # the flag of a name in UTF-8
_LOCKED = 0x1


def names(file: Path) -> tuple[str, ...]:
    """Return the paths of the members. Raises Unreadable for a damaged archive or one without files."""
    found = tuple(map(_name, _members(file)[1]))
    if not found:
        raise Unreadable("empty", "Arkivet har inga filer.", "Hämta det på nytt från källan.")
    if len(found) > MOST_MEMBERS:
        raise Unreadable("too large", f"Arkivet har {len(found)} filer.", "Packa upp det och lägg in mappen.")
    return found


def unpack(file: Path, number: int, target: Path) -> None:
    """Write member `number` (from 0) to `target`. Raises Unreadable for a locked, damaged or absurdly large one."""
    archive, members = _members(file)
    member = members[number]
    if member.flag_bits & _LOCKED:
        raise Unreadable("encrypted", "är låst med lösenord", "Packa upp arkivet med lösenordet och lägg in mappen.")
    is_bomb = member.file_size > BOMB_BYTES and member.file_size > BOMB_RATIO * max(member.compress_size, 1)
    if member.file_size > MOST_BYTES or is_bomb:
        raise Unreadable("too large", "är orimligt stor uppackad", "Packa upp arkivet och lägg in mappen.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise Unreadable("link", "är en länk och ingen fil", "Lägg in det som den leder till.")
    it = guarded("filen", "Hämta arkivet på nytt från källan.")
    with it, archive.open(member) as packed, target.open("wb") as out:
        shutil.copyfileobj(packed, out)


def _members(file: Path) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    """Return the open archive and its members; the last one is kept, since a worker unpacks member after member."""
    status = file.stat()
    return _listed(file, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=1)
def _listed(file: Path, size: int, changed: int) -> tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]:
    del size, changed  # another file of the same name is another file
    with guarded("Arkivet", "Hämta det på nytt från källan."):
        archive = zipfile.ZipFile(file)
        return archive, [member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member)]


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return any((part.startswith(".") and part != "..") or part == "__MACOSX" for part in parts)


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's path; macOS writes UTF-8 without saying so, and Python then reads it as cp437."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename
