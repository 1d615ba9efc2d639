"""What can be checked about a library and the machine, for `aktspar doctor`."""

from dataclasses import dataclass
from pathlib import Path

from corpus import originals
from corpus.errors import LibraryDamaged
from corpus.store import DATABASE, Store


@dataclass(frozen=True, slots=True)
class Check:
    """One thing checked: whether it is in order, what was seen, the remedy, and the exit code where it is not."""

    name: str
    ok: bool
    seen: str
    remedy: str = ""
    exit_code: int = 0


def library(home: Path) -> list[Check]:
    """Check the database and that every original is there with the bytes it was taken in with."""
    if not (home / DATABASE).exists():
        return [Check("bibliotek", ok=True, seen=f"inget ännu i {home}")]
    try:
        with Store(home) as store:
            faults = store.check()
            held = store.documents()
    except LibraryDamaged as error:
        return [Check("databas", ok=False, seen=error.cause, remedy=error.remedy, exit_code=error.exit_code)]
    lost = [d.file for d in held if not _is_whole(home, d.sha256)]
    failed = [d.file for d in held if d.outcome == "failed"]
    restore = "Återställ biblioteket från en säkerhetskopia, eller lägg in originalen på nytt i ett nytt bibliotek."
    return [
        Check("databas", not faults, "hel" if not faults else "; ".join(faults[:3]), restore, 6),
        Check("original", not lost, f"{len(held) - len(lost)} av {len(held)} hela", f"Lägg in igen: {_some(lost)}", 6),
        Check("handlingar", not failed, f"{len(held) - len(failed)} av {len(held)} lästa", "Se aktspar status.", 1),
    ]


def _is_whole(home: Path, digest: str) -> bool:
    path = originals.path(home, digest)
    return path.exists() and originals.sha256(path) == digest


def _some(files: list[str]) -> str:
    return ", ".join(files[:5]) + (" …" if len(files) > 5 else "")
