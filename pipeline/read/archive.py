"""ZIP archives: the files in them, in a fixed order; folders, hidden files and what macOS adds are left out."""

import shutil
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from corpus.errors import Unreadable

MOST_BYTES = 2_000_000_000  # of one member
MOST_MEMBERS = 100_000
BOMB_RATIO, BOMB_BYTES = 500, 50_000_000  # packed so much tighter than anything that was ever written
_UTF8 = 0x800  # the flag of a name in UTF-8
_LOCKED = 0x1
_DAMAGED = ("damaged", "Arkivet är skadat.", "Hämta det på nytt från källan.")


def names(file: Path) -> tuple[str, ...]:
    """Return the paths of the members. Raises Unreadable for a damaged archive or one without files."""
    try:
        found = tuple(map(_name, _members(file)))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable(*_DAMAGED) from error
    if not found:
        raise Unreadable("empty", "Arkivet har inga filer.", "Hämta det på nytt från källan.")
    if len(found) > MOST_MEMBERS:
        raise Unreadable("too large", f"Arkivet har {len(found)} filer.", "Packa upp det och lägg in mappen.")
    return found


def unpack(file: Path, number: int, target: Path) -> None:
    """Write member `number` (from 0) to `target`. Raises Unreadable for a locked, damaged or absurdly large one."""
    member = _members(file)[number]
    if member.flag_bits & _LOCKED:
        raise Unreadable("encrypted", "är låst med lösenord", "Packa upp arkivet med lösenordet och lägg in mappen.")
    is_bomb = member.file_size > BOMB_BYTES and member.file_size > BOMB_RATIO * max(member.compress_size, 1)
    if member.file_size > MOST_BYTES or is_bomb:
        raise Unreadable("too large", "är orimligt stor uppackad", "Packa upp arkivet och lägg in mappen.")
    try:
        with zipfile.ZipFile(file) as archive, archive.open(member) as packed, target.open("wb") as out:
            shutil.copyfileobj(packed, out)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Unreadable("damaged", "går inte att packa upp", "Hämta arkivet på nytt från källan.") from error


def _members(file: Path) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(file) as archive:
        return [member for member in archive.infolist() if not member.is_dir() and not _is_hidden(member)]


def _is_hidden(member: zipfile.ZipInfo) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in PurePosixPath(member.filename).parts)


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's path; macOS writes UTF-8 without saying so, and Python then reads it as cp437."""
    if member.flag_bits & _UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename
