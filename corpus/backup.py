"""Safety copies: everything of a library that cannot be made again, verified, and put back elsewhere.

A backup is a folder: `originals/` as in the library, a folder for each time with the database and what people have
written and decided, and `manifest.json`, which says what belongs together with the size and hash of every file. The
manifest is swapped last: until then the copy made before stands untouched, and what it does not name is swept after.
The database is copied first, at one moment; every original it names was on the disk before it, and never changes.
"""

import fcntl
import hashlib
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp

import msgspec

from corpus import database, durable, originals, soundness
from corpus.errors import LibraryBusy, LibraryClosed, LibraryDamaged, WrongUse, refused
from corpus.store import DATABASE, Store

MANIFEST, LOCK = "manifest.json", "backup.lock"
FORMAT = 1
CHUNK = 1 << 20
# What of a library can be made again, or is of one machine and moment.
_MADE_AGAIN = re.compile(r"index|cache|tmp|originals|run\.lock|aktspar\..*db.*|aktspar\.schema.*|.*\.(?:tmp|part)")
_TIME = re.compile(r"\d{8}T\d{6}Z-\w+")
_OURS = re.compile(rf"originals|{MANIFEST}(?:\.\d+\.tmp)?|{LOCK}|{_TIME.pattern}")
_RECOVERING = ".{}.aktspar"

Progress = Callable[[int, int], None]


class Kept(msgspec.Struct, frozen=True):
    """A file of the library: its path there, size and SHA-256."""

    file: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup holds. `folder` is that of its time, where all lies but the originals.

    `missing` are the originals that were neither whole in the library nor in the backup, each with its document's path.
    """

    format: int
    made: str
    program: str
    schema: int
    library: str
    folder: str
    counts: dict[str, int]
    files: tuple[Kept, ...]
    missing: dict[str, str]

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(one.size for one in self.files)


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made: what it holds, and how many originals were new to it."""

    manifest: Manifest
    new: int


def _unheard(done: int, of: int) -> None:
    del done, of


# ---- making ----------------------------------------------------------------------------------------------------------


def make(store: Store, target: Path, progress: Progress = _unheard) -> Made:
    """Back a library up into a folder, beside what it holds already, while others use it.

    Raises WrongUse where the folder is something else, LibraryBusy where another backup is being made in it.
    """
    target = target.expanduser().absolute()
    _check_place(target, store.home)
    try:
        durable.make_folder(target)
        with _alone(target):
            before = _read(target) if (target / MANIFEST).exists() else None
            if before and before.library != store.identity():
                raise WrongUse(f"{target} är ett annat biblioteks säkerhetskopia.", "Ange en annan mapp.")
            made = _made(store, target, progress)
            _prune(target, made.manifest)
    except sqlite3.DatabaseError as error:
        raise database.readable(error, target / DATABASE) from error
    except OSError as error:
        raise refused(error, target) from error
    return made


def _check_place(target: Path, home: Path) -> None:
    here, there = home.resolve(), target.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise WrongUse(
            f"{target} och biblioteket ligger i varandra.", "Ange en mapp utanför biblioteket, helst på en annan disk."
        )
    if target.exists() and not target.is_dir():
        raise WrongUse(f"{target} är en fil.", "Ange en mapp.")
    if target.is_dir() and any(not _OURS.fullmatch(entry.name) for entry in target.iterdir()):
        raise WrongUse(f"{target} är ingen säkerhetskopia, men inte tom.", "Ange en ny mapp.")


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    with (target / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LibraryBusy(f"En säkerhetskopia görs redan i {target}.", "Vänta tills den är klar.") from error
        yield


def _made(store: Store, target: Path, progress: Progress) -> Made:
    now = datetime.now(UTC)
    folder = Path(mkdtemp(prefix=f"{now:%Y%m%dT%H%M%SZ}-", dir=target))
    try:
        store.copy_to(folder / DATABASE)
        schema, counts, named = _read_copy(folder / DATABASE)
        files = [_settled(folder, DATABASE)]
        files += [_copied_beside(store.home, folder, name) for name in _written_by_people(store.home)]
        progress(0, len(named))
        missing, new = dict[str, str](), 0
        for done, (digest, name) in enumerate(named.items(), 1):
            size, is_new = _original(store.home, target, digest)
            new += is_new
            if size is None:
                missing[digest] = name
            else:
                files.append(Kept(originals.path(Path(), digest).as_posix(), size, digest))
            progress(done, len(named))
        for inner in [folder, *(one for one in folder.rglob("*") if one.is_dir())]:
            durable.settle(inner)
        counts |= {"originals": len(named) - len(missing)}
        manifest = Manifest(
            FORMAT, now.isoformat(timespec="seconds"), version("aktspar"), schema, store.identity(), folder.name,
            counts, tuple(files), missing,
        )  # fmt: skip
        durable.write(target / MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Made(manifest, new)


def _read_copy(copy: Path) -> tuple[int, dict[str, int], dict[str, str]]:
    """Check a database that was copied; return its schema, what it counts, and its originals with a path of each."""
    with closing(sqlite3.connect(f"{copy.as_uri()}?immutable=1", uri=True)) as db:
        if found := soundness.faults(db, deep=False):
            raise LibraryDamaged(f"Databasen är skadad: {found[0]}", "Se vad som är fel: aktspar doctor")
        counts = {
            name: int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for name, table in (("documents", "document"), ("pages", "page"), ("forgotten", "forgotten"))
        }
        query = "SELECT sha256, (SELECT min(file) FROM source s WHERE s.document = d.id) FROM document d ORDER BY id"
        schema = int(db.execute("PRAGMA user_version").fetchone()[0])
        return schema, counts, {row[0]: row[1] or "" for row in db.execute(query)}


def _written_by_people(home: Path) -> Iterator[str]:
    """Yield the paths of what else cannot be made again: settings, rulings, vocabularies, templates."""
    for entry in sorted(home.iterdir()):
        if _MADE_AGAIN.fullmatch(entry.name):
            continue
        for file in [entry] if entry.is_file() else sorted(entry.rglob("*")):
            if file.is_file() and not _MADE_AGAIN.fullmatch(file.name):
                yield file.relative_to(home).as_posix()


def _copied_beside(home: Path, folder: Path, name: str) -> Kept:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = _copy(home / name, target)
    kept = _settled(folder, name)
    if kept.sha256 != digest:
        raise LibraryDamaged(f"{target} blev inte vad som skrevs.", "Pröva disken, eller ange en annan mapp.")
    return kept


def _settled(folder: Path, name: str) -> Kept:
    """Wait until a file is on the disk, and read back what stands there."""
    file = folder / name
    durable.settle(file)
    durable.forget_cached(file)
    return Kept(name, file.stat().st_size, originals.sha256(file))


def _original(home: Path, target: Path, digest: str) -> tuple[int | None, bool]:
    """See to it that a whole original stands in the backup; return its size and whether it is new to it.

    There is no size where it is whole neither here nor there.
    """
    kept = originals.path(target, digest)
    if originals.is_whole(target, digest):
        return kept.stat().st_size, False
    if not originals.path(home, digest).is_file():
        return None, False
    durable.make_folder(kept.parent)
    half = durable.half_of(kept)
    try:
        if _copy(originals.path(home, digest), half) != digest:
            return None, False
        durable.put(half, kept)
    finally:
        half.unlink(missing_ok=True)
    durable.forget_cached(kept)
    if not originals.is_whole(target, digest):
        raise LibraryDamaged(f"{kept} blev inte vad som skrevs.", "Pröva disken, eller ange en annan mapp.")
    return kept.stat().st_size, True


def _copy(source: Path, target: Path) -> str:
    """Copy a file and return the hash of what was read."""
    digest = hashlib.sha256()
    with source.open("rb") as data, target.open("wb") as copy:
        while part := data.read(CHUNK):
            digest.update(part)
            copy.write(part)
    return digest.hexdigest()


def _prune(target: Path, manifest: Manifest) -> None:
    """Remove what the manifest does not name: copies of other times, originals of documents that are forgotten."""
    for entry in target.iterdir():
        if _TIME.fullmatch(entry.name) and entry.name != manifest.folder:
            shutil.rmtree(entry, ignore_errors=True)
        elif durable.is_left(entry):
            entry.unlink(missing_ok=True)
    named = {one.sha256 for one in manifest.files} | set(manifest.missing)
    for digest in originals.sizes(target).keys() - named:
        originals.erase(target, digest)
    originals.sweep(target)


# ---- recovering ------------------------------------------------------------------------------------------------------


def recover(backup: Path, home: Path, progress: Progress = _unheard) -> Manifest:
    """Put a backup in place as a library where there is none; return what stands there now.

    All is verified before and after, and put in place in one step. Originals that are damaged in the backup are left
    out and named as missing: what else there is of the library is not lost for their sake.
    """
    backup, home = backup.expanduser().absolute(), home.expanduser().absolute()
    if not (backup / MANIFEST).is_file():
        raise WrongUse(f"{backup} är ingen säkerhetskopia.", f"Ange mappen där {MANIFEST} ligger.")
    if home.is_file() or (home.is_dir() and any(home.iterdir())):
        raise WrongUse(f"I {home} finns redan något.", "Ange en ny mapp: --home NY_MAPP")
    try:
        with _alone_while_reading(backup):
            manifest = _whole_part(backup, _read(backup), progress)
            return _put_in_place(backup, home, manifest, progress)
    except OSError as error:
        raise refused(error, home) from error


def _read(backup: Path) -> Manifest:
    path, another = backup / MANIFEST, "Ange en annan säkerhetskopia; nya görs i en ny mapp."
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except msgspec.DecodeError as error:
        raise LibraryDamaged(f"{path} är skadad: {error}", another) from error
    except OSError as error:
        raise refused(error, path) from error
    if manifest.format > FORMAT or manifest.schema > database.schema_version():
        raise LibraryClosed(
            f"Säkerhetskopian {backup} är gjord av en nyare aktspar ({manifest.program}).", "Uppgradera aktspar."
        )
    paths = [PurePosixPath(one.file) for one in manifest.files]
    if not _TIME.fullmatch(manifest.folder) or any(p.is_absolute() or ".." in p.parts for p in paths):
        raise LibraryDamaged(f"{path} nämner filer utanför säkerhetskopian.", another)
    return manifest


@contextmanager
def _alone_while_reading(backup: Path) -> Iterator[None]:
    """Let no new backup be made meanwhile, which would sweep this one; a backup on a disk not to be written is safe."""
    try:
        file = (backup / LOCK).open("a")
    except OSError:
        yield
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LibraryBusy(f"En säkerhetskopia görs i {backup}.", "Vänta tills den är klar.") from error
        yield


def _whole_part(backup: Path, manifest: Manifest, progress: Progress) -> Manifest:
    """Return the manifest without the originals that are damaged. Raises LibraryDamaged where anything else is."""
    damaged = list[Kept]()
    for done, one in enumerate(manifest.files, 1):
        if not _is_as_told(_place(backup, manifest, one), one):
            damaged.append(one)
        progress(done, 2 * len(manifest.files))
    needed = [one.file for one in damaged if not _is_original(one)]
    if needed:
        raise LibraryDamaged(
            f"Säkerhetskopian {backup} är skadad: {', '.join(needed[:5])}.", "Ta en annan säkerhetskopia."
        )
    if not damaged:
        return manifest
    _, _, names = _read_copy(backup / manifest.folder / DATABASE)
    return msgspec.structs.replace(
        manifest,
        files=tuple(one for one in manifest.files if one not in damaged),
        missing=manifest.missing | {one.sha256: names.get(one.sha256, one.sha256) for one in damaged},
    )


def _put_in_place(backup: Path, home: Path, manifest: Manifest, progress: Progress) -> Manifest:
    durable.make_folder(home.parent)
    half = home.with_name(_RECOVERING.format(home.name))
    shutil.rmtree(half, ignore_errors=True)  # left by one that was killed
    try:
        half.mkdir()
        for done, one in enumerate(manifest.files, 1):
            target = half / one.file
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(_place(backup, manifest, one), target)
            durable.settle(target)
            durable.forget_cached(target)
            if not _is_as_told(target, one):
                raise LibraryDamaged(f"{one.file} blev inte vad som skrevs.", "Pröva disken, eller ange en annan mapp.")
            progress(len(manifest.files) + done, 2 * len(manifest.files))
        _read_copy(half / DATABASE)
        for folder in [*(one for one in half.rglob("*") if one.is_dir()), half]:
            durable.settle(folder)
        with suppress(FileNotFoundError):
            home.rmdir()
        half.rename(home)
        durable.settle(home.parent)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return manifest


def _place(backup: Path, manifest: Manifest, one: Kept) -> Path:
    return backup / one.file if _is_original(one) else backup / manifest.folder / one.file


def _is_original(one: Kept) -> bool:
    return PurePosixPath(one.file).parts[0] == originals.FOLDER


def _is_as_told(file: Path, one: Kept) -> bool:
    try:
        return file.stat().st_size == one.size and originals.sha256(file) == one.sha256
    except OSError:
        return False
