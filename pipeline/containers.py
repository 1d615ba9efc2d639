"""Files that hold files: ZIP archives and e-mails with attachments. Each member is a file of its own to the run.

Members are unpacked by a worker, one at a time, into the run's temporary folder; what cannot be unpacked is listed.
"""

from collections.abc import Iterator
from pathlib import Path

from corpus.errors import Unreadable
from corpus.records import Problem
from pipeline import tasks
from pipeline.intake import Incoming
from pipeline.read.kinds import LOOKED_AT, is_mail
from pipeline.workers import Crew

DEEPEST = 4  # archives in archives
LIST_SECONDS, UNPACK_SECONDS = 60, 300
_ARCHIVE = b"PK\x03\x04"


def may_be(file: Path) -> bool:
    """Tell by a file's first bytes whether it may hold others; whether it does is for a worker to say."""
    try:
        with file.open("rb") as data:
            start = data.read(LOOKED_AT)
    except OSError:
        return False
    return start.startswith(_ARCHIVE) or is_mail(start)


class Inside:
    """What a file holds. `is_document` where it is a document too; `lost` grows with what cannot be unpacked."""

    def __init__(self, one: Incoming, folder: Path, crew: Crew) -> None:
        """Ask a worker. A file that is no container, or a damaged one, is a document without members."""
        self.lost: list[Problem] = []
        self._one, self._folder, self._crew = one, folder, crew
        try:
            self.is_document, self._names = crew.submit(LIST_SECONDS, tasks.members, one.path)()
        except Unreadable:
            self.is_document, self._names = True, ()  # its own reader says what is wrong
        if self._names and one.depth >= DEEPEST:
            self._names = ()
            self.lost.append(
                Problem("nested", "Arkivet ligger i för många andra arkiv.", "Packa upp det och lägg in det.")
            )

    def members(self) -> Iterator[Incoming]:
        """Yield each member while its unpacked file is there; it is removed when the next one is asked for."""
        for number, name in enumerate(self._names):
            target = self._folder / f"{self._one.depth}-{number}"
            try:
                self._crew.submit(UNPACK_SECONDS, tasks.unpack, self._one.path, number, target)()
            except Unreadable as error:
                self.lost.append(Problem(error.code, f"{name}: {error.cause}", error.remedy))
            else:
                yield Incoming(target, f"{self._one.file}/{name}", self._one.depth + 1)
            finally:
                target.unlink(missing_ok=True)
