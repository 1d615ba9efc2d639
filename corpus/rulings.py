"""What people have ruled on restored text: corrections rejected, here or everywhere, and words taught.

A library keeps them in `corrections/text.toml`, a file people can read and edit; they are replayed whenever a text is
restored, and never change what was derived.
"""

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from corpus import durable
from corpus.errors import WrongUse
from corpus.records import Correction
from corpus.swedish.skeletons import skeleton

FILE = Path("corrections") / "text.toml"
TAUGHT = 100  # what a word a person has taught counts, beside the words of clean pages


@dataclass(frozen=True, slots=True)
class Rejection:
    """A correction that is not to be made: everywhere, or where `document` (sha256), `page` and `start` say.

    One that is `undone` takes back those before it on the same. `by` and `ruled` say who ruled, and on which day.
    """

    before: str
    after: str
    document: str = ""
    page: int = 0
    start: int = 0
    ruled: str = ""
    by: str = ""
    undone: bool = False

    @property
    def about(self) -> tuple[str, str, str, int, int]:
        """What it is about, whoever says so and when."""
        return self.before, self.after, self.document, self.page, self.start

    def strikes(self, document: str, page: int, correction: Correction) -> bool:
        """Tell whether it is about this correction."""
        if (self.before, self.after) != (correction.before, correction.after):
            return False
        return not self.document or (self.document, self.page, self.start) == (document, page, correction.start)


@dataclass(frozen=True)
class Rulings:
    """All of a library's rulings on text: the rejections that stand, the words taught, and all that was ever said."""

    rejected: tuple[Rejection, ...] = ()
    taught: tuple[str, ...] = ()
    said: tuple[Rejection, ...] = ()

    def upheld(self, document: str, page: int, corrections: Iterable[Correction]) -> tuple[Correction, ...]:
        """Return the corrections of a page that nobody has rejected."""
        return tuple(c for c in corrections if not any(r.strikes(document, page, c) for r in self.rejected))

    def counts(self, key: str) -> Mapping[str, int]:
        """Return the taught words with this skeleton, as often as they count."""
        return self._taught_by_skeleton.get(key, {})

    @cached_property
    def _taught_by_skeleton(self) -> Mapping[str, Counter[str]]:
        found: dict[str, Counter[str]] = {}
        for word in self.taught:
            found.setdefault(skeleton(word.lower()), Counter())[word.lower()] = TAUGHT
        return found


def load(home: Path) -> Rulings:
    """Read a library's rulings. Raises WrongUse where the file cannot be understood."""
    path = home / FILE
    if not path.exists():
        return Rulings()
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
        rejections = tuple(Rejection(**one) for one in held.get("rejected", ()))
        return Rulings(_standing(rejections), tuple(str(one["word"]) for one in held.get("taught", ())), rejections)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, KeyError) as error:
        raise WrongUse(f"{path} går inte att läsa: {error}", "Rätta filen eller flytta undan den.") from error


def _standing(rejections: Iterable[Rejection]) -> tuple[Rejection, ...]:
    held: dict[tuple[str, str, str, int, int], Rejection] = {}
    for one in rejections:
        held.pop(one.about, None)
        if not one.undone:
            held[one.about] = one
    return tuple(held.values())


def reject(home: Path, rejection: Rejection) -> None:
    """Add a rejection to the library's file."""
    _append(home, "rejected", {k: v for k, v in asdict(rejection).items() if v})


def take_back(home: Path, rejection: Rejection, by: str) -> None:
    """Take a rejection back: the correction is made again when the text is restored."""
    reject(home, replace(rejection, by=by, undone=True))


def teach(home: Path, word: str) -> None:
    """Add a word to the library's file."""
    _append(home, "taught", {"word": word})


def _append(home: Path, table: str, values: Mapping[str, Any]) -> None:
    load(home)  # a file that cannot be read is not made longer
    path = home / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    entry = {**values, "ruled": date.today().isoformat()}  # noqa: DTZ011 – the day where the person sits
    lines = [f"[[{table}]]", *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in entry.items())]
    durable.append(path, ("\n".join(lines) + "\n\n").encode())
