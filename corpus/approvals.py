"""What people have found good though the program is unsure of it: pages that can be read, corrections that are right.

A library keeps them in `corrections/approved.toml`, as it keeps other judgements (`corpus/judgements.py`): entries are
only added, and one that is `undone` takes back those before it on the same.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

import msgspec

from corpus import durable
from corpus.errors import WrongUse, unwritten
from corpus.judgements import FOLDER, Named, written

FILE = FOLDER / "approved.toml"
TABLE = "approved"


@dataclass(frozen=True, slots=True)
class Approval:
    """A page that is read well enough or, where `before` and `after` are told, a correction there that is right."""

    document: Named
    page: int
    by: str
    start: int = 0
    before: str = ""
    after: str = ""
    undone: bool = False
    on: str = ""

    @property
    def of_correction(self) -> bool:
        """Whether it is about a correction, not about a whole page."""
        return bool(self.before or self.after)

    @property
    def about(self) -> tuple[str, int, int, str, str]:
        """What it is about, whoever says so and when."""
        return self.document.sha256, self.page, self.start, self.before, self.after


def said(home: Path) -> tuple[Approval, ...]:
    """Return all that was ever said, in that order. Raises WrongUse where the file cannot be read."""
    path = home / FILE
    if not path.exists():
        return ()
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return msgspec.convert(held.get(TABLE, []), tuple[Approval, ...])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise WrongUse(f"{path} går inte att läsa: {error}", "Rätta filen eller flytta undan den.") from error


def standing(every: Iterable[Approval]) -> tuple[Approval, ...]:
    """Return those that nobody has taken back, each thing once."""
    held: dict[tuple[str, int, int, str, str], Approval] = {}
    for one in every:
        held.pop(one.about, None)
        if not one.undone:
            held[one.about] = one
    return tuple(held.values())


def add(home: Path, approval: Approval) -> None:
    """Add an approval, with today's date."""
    said(home)  # a file that cannot be read is not made longer
    path = home / FILE
    entry = {**asdict(approval), "on": date.today().isoformat()}  # noqa: DTZ011 – the day where the person sits
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.append(path, written(TABLE, entry).encode())
    except OSError as error:
        raise unwritten(path, error) from error


def take_back(home: Path, approval: Approval, by: str) -> None:
    """Take back what was found good: it stands among what the program is unsure of again."""
    add(home, replace(approval, by=by, undone=True))
