"""Keeps the index up with the store: it is a cache in `home/index/` and can always be built again.

`current.json` names the folder in use, what it was built with and the last change of the store it holds. A changed
version, or an index that cannot be read, means a new folder beside it, and the name is swapped in one step: a reader
never meets half an index, and a build that is killed leaves the old one in use. What changed since is caught up with in
place; while another process does so, the index is used as it stands.

Which engine a library has is told by its settings, else by its size. Who only reads uses the one that stands there;
who has written changes it where it no longer suits.
"""

import fcntl
import shutil
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import msgspec

from corpus import durable, settings
from corpus.errors import AktsparError, DiskFull, refused
from corpus.settings import EngineName
from corpus.store import Listed, Store
from corpus.vocabulary import kind_titles, parties
from index import analysis, sums
from index.engines.protocol import Document, Engine, IndexBroken, IndexBusy
from index.entries import entry
from index.surroundings import surroundings

FOLDER, SENTINEL, LOCK = "index", "current.json", "turn.lock"
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

    With `suited`, which is for who has written, it is also built anew where another engine now suits the library
    better, and DiskFull is raised where there is no room to catch up; who only reads uses it as it stands.
    """
    held: Sentinel | None = None
    for _ in range(ATTEMPTS):
        held = _sentinel(home)
        if held is None or not _fits(held, suited_engine(home, store) if suited else held.engine):
            break
        try:
            return _caught_up(home, store, held, wholly=suited)
        except IndexBroken:
            if folder_in_use(home) == held.folder:  # not swapped under our feet
                break
    with turn(home, wait=True), _refused(home):
        now = _sentinel(home)
        if now and _fits(now, suited_engine(home, store) if suited else now.engine):
            with suppress(IndexBroken):  # another has built it, or was writing while it was looked at
                engine = _open(home, now)
                _catch_up(home, store, now, engine)
                return engine
        return _build(home, store)


def _fits(held: Sentinel, engine: EngineName) -> bool:
    return held.engine == engine and held.versions == versions(engine)


def reindex(home: Path, store: Store, progress: Progress | None = None) -> Engine:
    """Build the index anew and put it in use. `progress` is called with documents done and in all."""
    with turn(home, wait=True), _refused(home):
        return _build(home, store, progress)


def _build(home: Path, store: Store, progress: Progress | None = None) -> Engine:
    base, held = home / FOLDER, _sentinel(home)
    _clear(base, held.folder if held else "")  # first: what a killed build left may be what fills the disk
    name = suited_engine(home, store)
    listed = store.documents()
    folder = Path(mkdtemp(prefix="build-", dir=base)) / "v"
    try:
        engine: Engine = _module(name).create(folder)
        engine.update(_entries(store, listed, progress))
        sums.note(folder, _module(name).PARTS)
        durable.settle(folder.parent)
        made = f"{folder.parent.name}/{folder.name}"
        _put(home, Sentinel(made, name, versions(name), _last_change(listed, -1)))
    except BaseException:
        shutil.rmtree(folder.parent, ignore_errors=True)
        raise
    _clear(base, made)
    return engine


@contextmanager
def _refused(home: Path) -> Iterator[None]:
    """Tell what the system refuses as an error of the index: what it is made from stands in the store."""
    try:
        yield
    except (OSError, MemoryError) as error:
        raise _told(home, error) from error


def _told(home: Path, error: OSError | MemoryError) -> AktsparError:
    told = refused(error, home / FOLDER)
    return type(told)(f"Sökindexet kan inte skrivas. {told.cause}", told.remedy)


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
    folder = home / FOLDER / held.folder
    if not sums.is_sound(folder):
        raise IndexBroken("its files are not those that were written")
    engine: Engine = _module(held.engine).open_folder(folder)
    return engine


def is_sound(home: Path) -> bool:
    """Tell whether every byte of the index in use is as it was written; an index that is not there is."""
    held = _sentinel(home)
    return held is None or sums.is_sound(home / FOLDER / held.folder, deep=True)


def _caught_up(home: Path, store: Store, held: Sentinel, *, wholly: bool) -> Engine:
    """Open the index and write into it what has changed; where another is about to, what stands there will do.

    It does too where the disk is full, unless it is to be caught up with `wholly`: who has written waits for the turn,
    so that what an ended run took in is found by every search from then on.
    """
    engine = _open(home, held)
    if store.documents(after_change=held.change):
        try:
            with suppress(IndexBusy, IndexFixed), turn(home, wait=wholly), _refused(home):
                now = _sentinel(home)  # another may have been here since
                if now is not None and now.folder == held.folder:
                    _catch_up(home, store, now, engine)
        except DiskFull:
            if wholly:
                raise
    return engine


def _catch_up(home: Path, store: Store, held: Sentinel, engine: Engine) -> None:
    changed = store.documents(after_change=held.change)
    if changed:
        engine.update(_entries(store, changed), [listed.id for listed in changed if not listed.pages_held])
        sums.note(home / FOLDER / held.folder, _module(held.engine).PARTS)
        _put(home, msgspec.structs.replace(held, change=_last_change(changed, held.change)))


@contextmanager
def turn(home: Path, *, wait: bool = False) -> Iterator[None]:
    """Be the only one who writes: what is written and what is said of it must not pass another's on the way.

    Raises IndexBusy where another is and one does not `wait`, IndexFixed where nothing can be written. The lock is the
    operating system's and dies with its process.
    """
    base = home / FOLDER
    try:
        base.mkdir(parents=True, exist_ok=True)
        file = (base / LOCK).open("a")
    except OSError as error:
        raise (_told(home, error) if wait else IndexFixed) from error
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
    durable.write(home / FOLDER / SENTINEL, msgspec.json.encode(sentinel))


def _clear(base: Path, current: str) -> None:
    """Remove every index but the one in use: whoever has the turn knows that no other is being built."""
    for folder in base.glob("build-*"):
        if folder.name != current.partition("/")[0]:
            shutil.rmtree(folder, ignore_errors=True)
