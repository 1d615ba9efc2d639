"""What comes in: files found under the paths a person named, each with the name it will be known by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import WrongUse


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file on disk and the path it was given as, relative to the folder named; how deep in archives it lay."""

    path: Path
    file: str
    depth: int = 0


def walk(paths: Iterable[Path]) -> Iterator[Incoming]:
    """Yield the files under the paths in a fixed order; hidden files and folders are left out."""
    for path in paths:
        if path.is_file():
            yield Incoming(path, path.name)
        elif path.is_dir():
            for found in sorted(path.rglob("*")):
                inside = found.relative_to(path)
                if found.is_file() and not any(part.startswith(".") for part in inside.parts):
                    yield Incoming(found, inside.as_posix())
        else:
            raise WrongUse(f"{path} finns inte.", "Kontrollera sökvägen.")
