"""Files that hold files: ZIP archives and e-mails with attachments. Each member is a file of its own to the run.

Members are unpacked by a worker, one at a time, into the run's temporary folder; what cannot be unpacked is listed. All
that comes out of one file, archives in it included, has a limit: what is written so tightly was made to fill a disk.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import Unreadable
from corpus.records import Problem
from pipeline import tasks
from pipeline.intake import Incoming
from pipeline.names import inside
from pipeline.read.kinds import LOOKED_AT, is_mail
from pipeline.workers import Crew

DEEPEST = 4  # archives in archives
LIST_SECONDS, UNPACK_SECONDS = 60, 300
MEMBER = "member "  # how the code of a line about something in the file begins
MOST_MEMBERS = 100_000
FREE_BYTES, MOST_TIMES = 1_000_000_000, 100  # unpacked, or so many times the file itself where that is more
_ARCHIVE = b"PK\x03\x04"


def may_be(file: Path) -> bool:
    """Tell by a file's first bytes whether it may hold others; whether it does is for a worker to say."""
    try:
        with file.open("rb") as data:
            start = data.read(LOOKED_AT)
    except OSError:
        return False
    return start.startswith(_ARCHIVE) or is_mail(start)


@dataclass(slots=True)
class Room:
    """What may still come out of a file."""

    size: int
    members: int

    @classmethod
    def of(cls, file: Path) -> "Room":
        """Return the room a file begins with."""
        return cls(max(FREE_BYTES, MOST_TIMES * file.stat().st_size), MOST_MEMBERS)

    def take(self, size: int) -> None:
        """Count one more file that came out."""
        self.size -= size
        self.members -= 1

    @property
    def is_used_up(self) -> bool:
        """Tell whether no more may come out."""
        return self.size <= 0 or self.members <= 0


class Inside:
    """What a file holds. `is_document` where it is a document too; `lost` grows with what cannot be unpacked."""

    def __init__(self, one: Incoming, folder: Path, crew: Crew, room: Room | None = None) -> None:
        """Ask a worker. A file that is no container, or a damaged one, is a document without members.

        `room` is that of the file this one came out of.
        """
        self.lost: list[Problem] = []
        self.room = room or Room.of(one.path)
        self._one, self._folder, self._crew = one, folder, crew
        try:
            self.is_document, self._names = crew.submit(LIST_SECONDS, tasks.members, one.path)()
        except Unreadable:
            self.is_document, self._names = True, ()  # its own reader says what is wrong
        if self._names and one.depth >= DEEPEST:
            self._names = ()
            self.lost.append(
                Problem(f"{MEMBER}nested", "Arkivet ligger i för många andra arkiv.", "Packa upp det och lägg in det.")
            )

    def members(self) -> Iterator[Incoming]:
        """Yield each member while its unpacked file is there; it is removed when the next one is asked for."""
        for number, raw in enumerate(self._names):
            if self.room.is_used_up:
                left = f"Orimligt mycket är packat i filen: {len(self._names) - number} filer togs inte ut."
                self.lost.append(Problem(f"{MEMBER}too large", left, "Packa upp den och lägg in det som behövs."))
                return
            name, target = inside(raw), self._folder / f"{self._one.depth}-{number}"
            try:
                self._crew.submit(UNPACK_SECONDS, tasks.unpack, self._one.path, number, target)()
                self.room.take(target.stat().st_size)
            except Unreadable as error:
                self.lost.append(Problem(f"{MEMBER}{error.code}", f"{name}: {error.cause}", error.remedy))
            else:
                yield Incoming(target, f"{self._one.file}/{name}", self._one.depth + 1)
            finally:
                target.unlink(missing_ok=True)
