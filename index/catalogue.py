"""Keeps the index up with the store: it is a cache in `home/index/` and can always be built again.

`current.json` names the folder in use, what it was built with and the last change of the store it holds. A changed
version, or an index that cannot be read, means a new folder beside it, and the name is swapped in one step: a reader
never meets half an index, and a build that is killed leaves the old one in use. What changed since is caught up with in
place; while another process does so, the index is used as it stands.

Which engine a library has is told by its settings, else by its size. Who only reads uses the one that stands there;
who has written changes it where it no longer suits.
"""

import fcntl
import os
import shutil
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import msgspec

from corpus import settings
from corpus.errors import LibraryClosed
from corpus.settings import EngineName
from corpus.store import Listed, Store
from corpus.vocabulary import kind_titles, parties
from index import analysis
from index.engines.protocol import Document, Engine, IndexBroken, IndexBusy
from index.entries import entry
from index.surroundings import surroundings

FOLDER, SENTINEL, LOCK = "index", "current.json", "turn.lock"
LEFT_BEHIND_SECONDS = 3600.0  # a folder no one names, and older than this, is what a killed build left
ATTEMPTS = 3
MOST_IN_WHOOSH = 5_000  # documents, above which tantivy answers several times faster
BATCH = 500  # documents whose surroundings are read together


class IndexFixed(Exception):
    """The index is where nothing can be written: it is read as it stands."""


Progress = Callable[[int, int], None]


class Sentinel(msgspec.Struct, frozen=True):
    """What `current.json` says: the folder in use, its engine and versions, the last change it holds."""

    folder: str
    engine: EngineName
    versions: str
    change: int


def open_index(home: Path, store: Store, *, suited: bool = False) -> Engine:
    """Return the library's index, caught up with the store; it is built where there is none that fits.

    With `suited` it is also built anew where another engine now suits the library better.
    """
    held: Sentinel | None = None
    for _ in range(ATTEMPTS):
        held = _sentinel(home)
        if held is None or not _fits(held, suited_engine(home, store) if suited else held.engine):
            break
        try:
            return _caught_up(home, store, held)
        except IndexBroken:
            if folder_in_use(home) == held.folder:  # not swapped under our feet
                break
    with _turn(home, wait=True):
        now = _sentinel(home)
        if now and _fits(now, now.engine) and (held is None or now.folder != held.folder):  # another has just built it
            return _open(home, now)
        return _build(home, store)


def _fits(held: Sentinel, engine: EngineName) -> bool:
    return held.engine == engine and held.versions == versions(engine)


def reindex(home: Path, store: Store, progress: Progress | None = None) -> Engine:
    """Build the index anew and put it in use. `progress` is called with documents done and in all."""
    with _turn(home, wait=True):
        return _build(home, store, progress)


def _build(home: Path, store: Store, progress: Progress | None = None) -> Engine:
    base = home / FOLDER
    name = suited_engine(home, store)
    listed = store.documents()
    folder = _new_folder(base)
    engine: Engine = _module(name).create(folder)
    engine.update(_entries(store, listed, progress))
    before = _sentinel(home)
    _put(home, Sentinel(f"{folder.parent.name}/{folder.name}", name, versions(name), _last_change(listed, -1)))
    _clear(base, folder.parent, before)
    return engine


def _new_folder(base: Path) -> Path:
    try:
        return Path(mkdtemp(prefix="build-", dir=base)) / "v"
    except OSError as error:
        raise _unwritable(base, error) from error


def _unwritable(base: Path, error: OSError) -> LibraryClosed:
    return LibraryClosed(
        f"Sökindexet i {base} kan inte skrivas: {error.strerror}.",
        "Ge skrivrätt till mappen, eller kopiera biblioteket.",
    )


def folder_in_use(home: Path) -> str | None:
    """Return what names the index in use; it changes with every build."""
    held = _sentinel(home)
    return held.folder if held else None


def discard(home: Path, folder: str | None) -> None:
    """Put an index out of use, if it still is in use; the next one who opens the library builds it anew."""
    if folder_in_use(home) == folder:
        (home / FOLDER / SENTINEL).unlink(missing_ok=True)


def suited_engine(home: Path, store: Store) -> EngineName:
    """Return the engine the settings name, else the one that suits the size of the library."""
    wanted = settings.load(home).engine
    if wanted != "auto":
        return wanted
    return "tantivy" if store.count() > MOST_IN_WHOOSH else "whoosh"


def versions(name: EngineName) -> str:
    """Return what an index depends on besides the store: engine, analysis and the vocabularies it reads."""
    vocabulary = zlib.crc32(repr((parties(), dict(kind_titles()))).encode())
    return f"{_module(name).VERSION}; analysis {analysis.VERSION}; vocabulary {vocabulary:08x}"


def _module(name: EngineName) -> Any:
    return import_module(f"index.engines.{name}")


def _open(home: Path, held: Sentinel) -> Engine:
    engine: Engine = _module(held.engine).open_folder(home / FOLDER / held.folder)
    return engine


def _caught_up(home: Path, store: Store, held: Sentinel) -> Engine:
    """Open the index and write into it what has changed; where another is about to, what stands there will do."""
    engine = _open(home, held)
    if store.documents(after_change=held.change):
        with suppress(IndexBusy, IndexFixed), _turn(home):
            now = _sentinel(home)  # another may have been here since
            if now is not None and now.folder == held.folder:
                _catch_up(home, store, now, engine)
    return engine


def _catch_up(home: Path, store: Store, held: Sentinel, engine: Engine) -> None:
    changed = store.documents(after_change=held.change)
    if changed:
        engine.update(_entries(store, changed), [listed.id for listed in changed if not listed.pages_held])
        _put(home, msgspec.structs.replace(held, change=_last_change(changed, held.change)))


@contextmanager
def _turn(home: Path, *, wait: bool = False) -> Iterator[None]:
    """Be the only one who writes: what is written and what is said of it must not pass another's on the way.

    Raises IndexBusy where another is and one does not `wait`, IndexFixed where nothing can be written. The lock is the
    operating system's and dies with its process.
    """
    base = home / FOLDER
    try:
        base.mkdir(parents=True, exist_ok=True)
        file = (base / LOCK).open("a")
    except OSError as error:
        raise (_unwritable(base, error) if wait else IndexFixed) from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusy("another process writes") from error
        yield


def _entries(store: Store, listed: Iterable[Listed], progress: Progress | None = None) -> Iterator[Document]:
    """Yield the analysed documents that have pages."""
    held = [document.id for document in listed if document.pages_held]
    for begin in range(0, len(held), BATCH):
        batch = held[begin : begin + BATCH]
        beside = surroundings(store, batch)
        for done, document in enumerate(batch, begin + 1):
            yield entry(document, store.record(document), beside[document])
            if progress:
                progress(done, len(held))


def _last_change(listed: Iterable[Listed], least: int) -> int:
    return max((document.change for document in listed), default=least)


def _sentinel(home: Path) -> Sentinel | None:
    try:
        return msgspec.json.decode((home / FOLDER / SENTINEL).read_bytes(), type=Sentinel)
    except (OSError, msgspec.DecodeError):
        return None


def _put(home: Path, sentinel: Sentinel) -> None:
    """Write the sentinel in one step, after the index it names."""
    path = home / FOLDER / SENTINEL
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(msgspec.json.encode(sentinel))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _clear(base: Path, current: Path, before: Sentinel | None) -> None:
    """Remove the index that was in use before, and what killed builds left behind long ago."""
    replaced = before.folder.split("/")[0] if before else ""
    for folder in base.glob("build-*"):
        with suppress(OSError):
            old = time.time() - folder.stat().st_mtime > LEFT_BEHIND_SECONDS
            if folder != current and (folder.name == replaced or old):
                shutil.rmtree(folder)
