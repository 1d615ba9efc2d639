"""The errors a person can meet: each carries its cause, its remedy (both in Swedish) and the exit code."""

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
