"""What was found of a library is kept for a while: who has opened a matter chooses years, exports it and comes back.

It holds as long as nothing is written in the library: its database, what people have ruled, its settings and
vocabularies, and the index in use.
"""

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from corpus import judgements, settings, vocabulary
from corpus.store import DATABASE
from index.catalogue import FOLDER, SENTINEL

CLOCK = 2_000_000_000  # nanoseconds: what is written twice within a clock's least step has one time

T = TypeVar("T")
Stamp = tuple[tuple[str, int, int], ...]


class Kept(Generic[T]):
    """The last few things that were found in a library, by what was asked. Used from several threads."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._of: tuple[Path, Stamp] | None = None
        self._held: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, home: Path, asked: Hashable, find: Callable[[], T]) -> T:
        """Return what was found before, or find it; it is kept where the library rested meanwhile."""
        stamp = stamp_of(home)
        with self._lock:
            if self._of != (home, stamp):  # what was found before is of no use, and may be of what is forgotten
                self._of = home, stamp
                self._held.clear()
            if asked in self._held:
                self._held.move_to_end(asked)
                return self._held[asked]
        found = find()
        if stamp == stamp_of(home) and all(time.time_ns() - written > CLOCK for _, written, _ in stamp):
            with self._lock:
                if self._of == (home, stamp):
                    self._held[asked] = found
                    if len(self._held) > self._most:
                        self._held.popitem(last=False)
        return found


def stamp_of(home: Path) -> Stamp:
    """Return what changes whenever something is written in a library that answers depend on."""
    return tuple(_stamped(home))


def _stamped(home: Path) -> Iterator[tuple[str, int, int]]:
    for folder in (home / judgements.FOLDER, home / vocabulary.FOLDER):
        if folder.is_dir():
            with os.scandir(folder) as files:
                yield from sorted((file.path, file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    for file in (DATABASE, f"{DATABASE}-wal", settings.FILE, f"{FOLDER}/{SENTINEL}"):
        try:
            told = (home / file).stat()
        except OSError:
            continue
        if told.st_size:  # every reader makes an empty log and takes it away
            yield file, told.st_mtime_ns, told.st_size
