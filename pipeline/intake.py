"""What comes in: files found under the paths a person named, each with the name it will be known by.

Everything under a path is told of: a file, or the reason why it cannot be one. A link within a folder is followed only
to what lies in that folder too; a path that a person named is followed wherever it leads.
"""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import WrongUse
from corpus.records import Problem
from pipeline.names import printable

MOST_BYTES = 2_000_000_000  # of a file that is no archive; a whole day's scans are a tenth of it

_WHY = {
    errno.EACCES: "rättigheter saknas",
    errno.EPERM: "rättigheter saknas",
    errno.ENOENT: "den finns inte längre",
    errno.ENOTDIR: "den finns inte längre",
    errno.ELOOP: "länken leder runt i en ring",
    errno.ENAMETOOLONG: "sökvägen är för lång",
    errno.EIO: "disken eller nätverket svarar inte",
    errno.ESTALE: "disken eller nätverket svarar inte",
    errno.ENOTCONN: "disken eller nätverket svarar inte",
    errno.EHOSTDOWN: "disken eller nätverket svarar inte",
    errno.ETIMEDOUT: "disken eller nätverket svarar inte",
}
_ELSEWHERE = Problem("link", "Länken leder ut ur mappen och följs inte.", "Lägg in det som den leder till.")
_HIDDEN = Problem("link", "Länken leder till en dold mapp och följs inte.", "Lägg in mappen som den leder till.")
_NOWHERE = Problem("link", "Länken leder till något som inte finns.", "Rätta länken eller ta bort den.")
_RING = Problem("link", "Länken leder runt i en ring.", "Rätta länken eller ta bort den.")
_SPECIAL = {
    stat.S_IFIFO: "ett rör mellan program",
    stat.S_IFSOCK: "ett uttag för program",
    stat.S_IFCHR: "en enhet",
    stat.S_IFBLK: "en enhet",
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on disk and the path it was given as, relative to the folder named; how deep in archives it lay.

    `lost` says why it cannot be taken in, where the folder alone tells.
    """

    path: Path
    file: str
    depth: int = 0
    lost: Problem | None = None


def walk(paths: Iterable[Path]) -> Iterator[Incoming]:
    """Yield what lies under the paths in a fixed order; hidden files and folders are left out."""
    for path in paths:
        try:
            mode = path.stat().st_mode
        except OSError as error:
            if error.errno in {errno.ENOENT, errno.ENOTDIR}:
                raise WrongUse(f"{printable(str(path))} finns inte.", "Kontrollera sökvägen.") from error
            raise WrongUse(f"{printable(str(path))} går inte att läsa: {why(error)}.", "Rätta det.") from error
        if stat.S_ISDIR(mode):
            yield from _within(path)
        else:
            yield Incoming(path, printable(path.name), lost=_unless_file(mode))


def unreadable(error: OSError, what: str = "Filen") -> Problem:
    """Return the line of the account for a file or folder that the system does not let us read."""
    return Problem("unreadable", f"{what} går inte att läsa: {why(error)}.", "Rätta det och lägg in den igen.")


def why(error: OSError) -> str:
    """Return what the system said, in Swedish."""
    return _WHY.get(error.errno or 0, f"systemets fel {errno.errorcode.get(error.errno or 0, 'okänt')}")


Ahead = list[tuple[str, "os.DirEntry[str]"]]  # what is still to come, each with its path in the folder; the next last


def _within(root: Path) -> Iterator[Incoming]:
    """Yield what lies in a folder, depth first: with a stack of its own, for folders may lie deeper than Python's."""
    real = os.path.realpath(root)
    ahead: Ahead = []
    yield from _opened(str(root), "", ahead)
    while ahead:
        inside, entry = ahead.pop()
        try:
            if entry.is_symlink():
                yield from _linked(entry, inside, real)
            elif entry.is_dir(follow_symlinks=False):
                yield from _opened(entry.path, inside, ahead)
            else:
                is_file = entry.is_file(follow_symlinks=False)
                lost = None if is_file else _unless_file(entry.stat(follow_symlinks=False).st_mode)
                yield Incoming(Path(entry.path), printable(inside), lost=lost)
        except OSError as error:
            yield Incoming(Path(entry.path), printable(inside), lost=unreadable(error))


def _opened(folder: str, inside: str, ahead: Ahead) -> Iterator[Incoming]:
    """Put what lies in a folder ahead; yield the folder itself where it cannot be read."""
    try:
        with os.scandir(folder) as found:
            seen = sorted((one for one in found if not one.name.startswith(".")), key=_name, reverse=True)
    except OSError as error:
        yield Incoming(Path(folder), printable(inside or Path(folder).name), lost=unreadable(error, "Mappen"))
    else:
        ahead += ((f"{inside}/{one.name}" if inside else one.name, one) for one in seen)


def _name(entry: "os.DirEntry[str]") -> str:
    return entry.name


def _linked(entry: "os.DirEntry[str]", inside: str, real: str) -> Iterator[Incoming]:
    """Yield what a link leads to, under its name; a folder that is walked through anyway needs no line of its own."""
    target, lost = _followed(entry.path, real)
    if target is None:
        yield Incoming(Path(entry.path), printable(inside), lost=lost)
    elif lost or not target.is_dir():
        yield Incoming(target, printable(inside), lost=lost)


def _followed(link: str, real: str) -> tuple[Path | None, Problem | None]:
    """Return where a link leads and why that cannot be taken in, if so; no place where it leads to none of ours."""
    try:
        target = Path(os.path.realpath(link, strict=True))
        mode = target.stat().st_mode
    except OSError as error:
        return None, {errno.ELOOP: _RING, errno.ENOENT: _NOWHERE, errno.ENOTDIR: _NOWHERE}.get(
            error.errno or 0, unreadable(error, "Länken")
        )
    if not target.is_relative_to(real):
        return None, _ELSEWHERE
    if stat.S_ISDIR(mode):
        is_hidden = any(part.startswith(".") for part in target.relative_to(real).parts)
        return target, _HIDDEN if is_hidden else None
    return target, _unless_file(mode)


def _unless_file(mode: int) -> Problem | None:
    """Return what something that is no file is, None for a file."""
    if stat.S_ISREG(mode):
        return None
    what = _SPECIAL.get(stat.S_IFMT(mode), "något annat")
    return Problem("special", f"Det är ingen fil utan {what}.", "Inget behöver göras: det finns ingen text i det.")
