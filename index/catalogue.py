"""Keeps the index up with the store: it is a cache in `home/index/` and can always be built again.

`current.json` names the folder in use, what it was built with and the last change of the store it holds. A changed
version, or an index that cannot be read, means a new folder beside it, and the name is swapped in one step: a reader
never meets half an index, and a build that is killed leaves the old one in use. What changed since is caught up with in
place; while another process does so, the index is used as it stands.
"""

import os
import shutil
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import msgspec

from corpus.errors import LibraryClosed
from corpus.store import Listed, Store
from corpus.vocabulary import kind_titles, parties
from index import analysis
from index.engines.protocol import Document, Engine, IndexBroken, IndexBusy
from index.entries import entry

FOLDER, SENTINEL = "index", "current.json"
LEFT_BEHIND_SECONDS = 3600.0  # a folder no one names, and older than this, is what a killed build left
ATTEMPTS = 3

Progress = Callable[[int, int], None]


class Sentinel(msgspec.Struct, frozen=True):
    """What `current.json` says: the folder in use, the versions it was built with, the last change it holds."""

    folder: str
    versions: str
    change: int


def open_index(home: Path, store: Store) -> Engine:
    """Return the library's index, caught up with the store; it is built where there is none that fits."""
    for _ in range(ATTEMPTS):
        held = _sentinel(home)
        if held is None or held.versions != versions():
            break
        try:
            return _caught_up(home, store, held)
        except IndexBroken:
            if _sentinel(home) == held:  # not swapped under our feet
                break
    return reindex(home, store)


def reindex(home: Path, store: Store, progress: Progress | None = None) -> Engine:
    """Build the index anew and put it in use. `progress` is called with documents done and in all."""
    base = home / FOLDER
    listed = store.documents()
    folder = _new_folder(base)
    engine = _engine_create(folder)
    engine.update(_entries(store, listed, progress))
    before = _sentinel(home)
    _put(home, Sentinel(f"{folder.parent.name}/{folder.name}", versions(), _last_change(listed, -1)))
    _clear(base, folder.parent, before)
    return engine


def _new_folder(base: Path) -> Path:
    try:
        base.mkdir(parents=True, exist_ok=True)
        return Path(mkdtemp(prefix="build-", dir=base)) / "v"
    except OSError as error:
        raise LibraryClosed(
            f"Sökindexet i {base} kan inte skrivas: {error.strerror}.",
            "Ge skrivrätt till mappen, eller kopiera biblioteket.",
        ) from error


def discard(home: Path) -> None:
    """Put the index out of use; the next one who opens it builds it anew."""
    (home / FOLDER / SENTINEL).unlink(missing_ok=True)


def versions() -> str:
    """Return what an index depends on besides the store: engine, analysis and the vocabularies it reads."""
    from index.engines import whoosh

    vocabulary = zlib.crc32(repr((parties(), dict(kind_titles()))).encode())
    return f"{whoosh.VERSION}; analysis {analysis.VERSION}; vocabulary {vocabulary:08x}"


def _engine_create(folder: Path) -> Engine:
    from index.engines import whoosh

    return whoosh.create(folder)


def _caught_up(home: Path, store: Store, held: Sentinel) -> Engine:
    from index.engines import whoosh

    engine = whoosh.open_folder(home / FOLDER / held.folder)
    changed = store.documents(after_change=held.change)
    if changed:
        with suppress(IndexBusy, PermissionError):  # another catches up, or no one may: what stands there will do
            engine.update(_entries(store, changed), [listed.id for listed in changed if not listed.pages_held])
            _put(home, Sentinel(held.folder, held.versions, _last_change(changed, held.change)))
    return engine


def _entries(store: Store, listed: Iterable[Listed], progress: Progress | None = None) -> Iterator[Document]:
    """Yield the analysed documents that have pages."""
    held = [document for document in listed if document.pages_held]
    for done, document in enumerate(held, 1):
        yield entry(document.id, store.record(document.id))
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
