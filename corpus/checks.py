"""What can be checked about a library and the machine, for `aktspar doctor`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus import originals
from corpus.errors import LibraryDamaged
from corpus.store import DATABASE, Listed, Store

RECOVER = "Ta fram biblioteket ur en säkerhetskopia: aktspar recover SÄKERHETSKOPIA --home NY_MAPP"
_OF_NOTHING = sha256().hexdigest()

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing checked: whether it is in order, what was seen, the remedy, and the exit code where it is not."""

    name: str
    ok: bool
    seen: str
    remedy: str = ""
    exit_code: int = 0


def _unheard(done: int, of: int) -> None:
    del done, of


def library(home: Path, *, deep: bool = False, progress: Progress = _unheard) -> list[Check]:
    """Check the database, and that every original is there; `deep` reads every byte of both and mends what it can.

    An original is called for by name and size alone unless `deep`: hashing them takes as long as reading the disk.
    """
    if not (home / DATABASE).exists():
        return [Check("bibliotek", ok=True, seen=f"inget ännu i {home}")]
    try:
        with Store(home) as store:
            database = _database(store, deep=deep)
            held, forgotten = store.documents(), store.forgotten()
            broken_off = {line.file for line in store.problems() if line.code == "interrupted"}
            known = {d.sha256 for d in held}
            lost_track = [
                digest
                for digest in (sorted(originals.sizes(home).keys() - known) if deep else ())
                if store.forgotten_as(digest) is None
            ]
    except LibraryDamaged as error:
        return [Check("databas", ok=False, seen=error.cause, remedy=RECOVER, exit_code=error.exit_code)]
    half = {note.document for note in forgotten if not note.done}
    kept = [d for d in held if d.id not in half]
    checks = [database, _originals(home, kept, deep=deep, progress=progress), _documents(kept, broken_off)]
    if deep:
        checks.append(_strays(home, lost_track))
    if half:
        seen = f"{len(half)} inte helt glömda: arbetet avbröts"
        checks.append(Check("glömda", ok=False, seen=seen, remedy="Slutför: aktspar doctor --deep", exit_code=6))
    return checks


def _database(store: Store, *, deep: bool) -> Check:
    faults, mended = store.check(deep=deep), ""
    if faults and deep and not store.check(deep=False):  # the rows are whole: it is what they are found by
        store.mend()
        faults = store.check()
        mended = "" if faults else "; lagat: det som raderna hittas med är gjort på nytt"
    return Check("databas", not faults, "; ".join(faults[:3]) or f"hel{mended}", RECOVER, 6)


def _originals(home: Path, held: list[Listed], *, deep: bool, progress: Progress) -> Check:
    lost = list(_lost_by_bytes(home, held, progress) if deep else _lost_by_size(home, held))
    seen = f"{len(held) - len(lost)} av {len(held)} {'hela' if deep else 'på plats'}"
    return Check("original", not lost, seen, f"Lägg in dem igen med aktspar add: {_some(lost)}", 6)


def _lost_by_bytes(home: Path, held: list[Listed], progress: Progress) -> Iterable[str]:
    for done, document in enumerate(held, 1):
        if not originals.is_whole(home, document.sha256):
            yield document.file
        progress(done, len(held))


def _lost_by_size(home: Path, held: list[Listed]) -> Iterable[str]:
    sizes = originals.sizes(home)
    return (d.file for d in held if not sizes.get(d.sha256) and (d.sha256 != _OF_NOTHING or d.sha256 not in sizes))


def _documents(held: list[Listed], broken_off: set[str]) -> Check:
    failed = [d.file for d in held if d.outcome == "failed"]
    left = [file for file in failed if file in broken_off]
    remedy = "Fortsätt den avbrutna inläsningen: aktspar add MAPP" if left else "Se varför: aktspar status"
    return Check("handlingar", not failed, f"{len(held) - len(failed)} av {len(held)} lästa", remedy, 1)


def _strays(home: Path, lost_track: list[str]) -> Check:
    """Originals that no document has: a run was killed between the two, or an older database was put in place."""
    paths = [str(originals.path(home, digest)) for digest in lost_track]
    seen = f"{len(paths)} utan handling" if paths else "inga utan handling"
    return Check("vilsna original", not paths, seen, f"Lägg in dem: aktspar add {' '.join(paths[:20])}", 1)


def _some(files: list[str]) -> str:
    return ", ".join(files[:5]) + (" …" if len(files) > 5 else "")
