"""The errors a person can meet: each carries its cause, its remedy (both in Swedish) and the exit code.

What the system refuses – room, files, memory, a disk that is gone – is told by `refused`, wherever it was met.
"""

import errno
from pathlib import Path
from typing import ClassVar


class AktsparError(Exception):
    """Something went wrong that a person can understand and mend. Exit code 1 unless a subclass says otherwise."""

    exit_code: ClassVar[int] = 1

    def __init__(self, cause: str, remedy: str = "") -> None:
        super().__init__(cause)
        self.cause = cause
        self.remedy = remedy

    def __reduce__(self) -> tuple[type["AktsparError"], tuple[str, ...]]:
        """Travel whole between processes: an exception is otherwise made again from its message alone."""
        return type(self), (self.cause, self.remedy)


class WrongUse(AktsparError):
    """The command was asked for something that does not exist or makes no sense."""

    exit_code = 2


class PartMissing(AktsparError):
    """A program or a language that must be installed is not there."""

    exit_code = 3


class LibraryClosed(AktsparError):
    """The library cannot be opened: not a library, newer than the program, or not readable."""

    exit_code = 4


class DiskFull(LibraryClosed):
    """There is no room left where something was to be written."""


class LibraryBusy(AktsparError):
    """Another run holds the library."""

    exit_code = 5


class LibraryDamaged(AktsparError):
    """The library's contents contradict themselves."""

    exit_code = 6


class Unreadable(AktsparError):
    """A file or a page that could not be read; it becomes a line in the account and the run goes on."""

    def __init__(self, code: str, cause: str, remedy: str) -> None:
        super().__init__(cause, remedy)
        self.code = code

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[str, ...]]:
        return type(self), (self.code, self.cause, self.remedy)


_FULL = {errno.ENOSPC, errno.EDQUOT}
_HANDLES = {errno.EMFILE, errno.ENFILE}
_CLOSED = {
    errno.EROFS: "disken är skrivskyddad",
    errno.EACCES: "rättigheterna räcker inte",
    errno.EPERM: "det är inte tillåtet",
}
_LOST = dict.fromkeys(
    (
        errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN, errno.EHOSTUNREACH,
        errno.ENETUNREACH, errno.ETIMEDOUT,
    ),
    "disken eller servern svarar inte",
)  # fmt: skip
_LOST |= {errno.ENOENT: "finns inte", errno.ENOTDIR: "finns inte", errno.EIO: "disken kunde inte läsas eller skrivas"}
_UNWRITTEN = _CLOSED | _LOST | dict.fromkeys((errno.ENOENT, errno.ENOTDIR), "mappen finns inte")
_UNWRITTEN |= {errno.EISDIR: "det finns en mapp som heter så", errno.ENAMETOOLONG: "namnet är för långt"}
_AGAIN = "kör samma kommando igen: det som hann bli klart är sparat."


def refused(error: OSError | MemoryError, path: Path | None = None) -> AktsparError:
    """Return the error a person understands for what the system refused; `path` is what was at work, if it says not."""
    if isinstance(error, MemoryError) or error.errno == errno.ENOMEM:
        return PartMissing("Datorns minne räckte inte.", f"Stäng andra program, eller sänk workers, och {_AGAIN}")
    number, why, what = error.errno, error.strerror or str(error), error.filename or path or "Filen"
    if number in _HANDLES:
        return PartMissing("Systemet lät inte programmet öppna fler filer.", f"Höj gränsen (ulimit -n) och {_AGAIN}")
    if number == errno.EAGAIN:
        return PartMissing("Systemet lät inte programmet starta fler processer.", f"Stäng andra program och {_AGAIN}")
    if number in _FULL:
        return DiskFull(f"Disken är full: {what} kunde inte skrivas.", f"Gör plats på disken och {_AGAIN}")
    if number in _CLOSED:
        return LibraryClosed(
            f"{what} kan inte öppnas eller skrivas: {_CLOSED[number]}.",
            "Ge rättigheter till mappen, eller kopiera biblioteket till en disk som kan skrivas.",
        )
    if number in _LOST:
        return LibraryClosed(
            f"{what} går inte att nå: {_LOST[number]}.",
            f"Kontrollera att disken eller nätverksmappen är ansluten och {_AGAIN}",
        )
    return AktsparError(f"Systemet vägrade ({what}): {why}.", f"Avhjälp det och {_AGAIN}")


def unwritten(path: Path, error: OSError) -> AktsparError:
    """Return the error for a file a person named, or keeps, that could not be written."""
    why = _UNWRITTEN.get(error.errno or 0)
    if why is None:
        return refused(error, path)
    return WrongUse(f"{path} kan inte skrivas: {why}.", "Ge skrivrätt dit, eller välj en annan plats.")


def is_the_machines(error: OSError) -> bool:
    """Tell whether an error is the machine's and no file's: the next file would meet it too."""
    return error.errno in _FULL | _HANDLES | {errno.EROFS, errno.EAGAIN}
