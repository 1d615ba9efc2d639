"""Whether the index holds what the store does, and what is left of indexes no longer in use."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from corpus import durable
from corpus.store import Store
from index import catalogue
from index.catalogue import FOLDER
from index.engines.protocol import Everything, IndexBroken


@dataclass(frozen=True, slots=True)
class Found:
    """How the index was found: documents in it, and those it lacked or had too many; `broken` where not to be read."""

    held: int
    lacking: int = 0
    surplus: int = 0
    broken: bool = False

    @property
    def ok(self) -> bool:
        """Tell whether it held what it should."""
        return not (self.lacking or self.surplus or self.broken)


def compare(home: Path, store: Store) -> Found:
    """Compare the index, caught up with the store, with what the store holds."""
    wanted = {listed.id for listed in store.documents() if listed.pages_held}
    try:
        with catalogue.open_index(home, store) as engine:
            found = engine.search(Everything(), limit=len(wanted) + store.count() + 1, facets=False)
    except IndexBroken:
        return Found(0, broken=True)
    held = {hit.id for hit in found.hits}
    return Found(len(held), len(wanted - held), max(len(held - wanted), found.total - len(held)))


def sweep(home: Path) -> int:
    """Remove what killed builds left, and whatever else is not in use; return how much that was."""
    base = home / FOLDER
    with catalogue.turn(home, wait=True):
        current = (catalogue.folder_in_use(home) or "").split("/")[0]
        left = [folder for folder in base.glob("build-*") if folder.name != current]
        for folder in left:
            shutil.rmtree(folder)
        parts = [*base.glob("*.part"), *filter(durable.is_left, base.glob("*.tmp"))]
        for part in parts:
            part.unlink(missing_ok=True)
    return len(left) + len(parts)
