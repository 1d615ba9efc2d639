"""A folder of hostile and broken files: the same one for the same seed, made in seconds."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from tests.hostile.archives import archives, office_files
from tests.hostile.images import images
from tests.hostile.mutations import mutations
from tests.hostile.pdfs import pdfs
from tests.hostile.places import Place, places
from tests.hostile.texts import texts

SEED = 2024
SECRET = "Detta ligger utanför mappen och får inte läsas: kornblixt."  # noqa: S105


@dataclass(frozen=True)
class Made:
    """The folder, the names of the files written to it, and what else lies there with what is to become of it."""

    folder: Path
    files: Mapping[str, bytes]
    places: tuple[Place, ...]


def hostile_folder(folder: Path, outside: Path, seed: int = SEED) -> Made:
    """Make the folder, and beside it one with what must not be read."""
    folder.mkdir()
    outside.mkdir()
    (outside / "utanfor.txt").write_text(SECRET)
    files: dict[str, bytes] = {}
    for name, data in hostile_files(seed):
        assert name not in files, name
        (folder / name).write_bytes(data)
        files[name] = data
    return Made(folder, files, tuple(places(folder, outside)))


def hostile_files(seed: int = SEED) -> "chain[tuple[str, bytes]]":
    """All that are plain files, with their names."""
    return chain(mutations(seed), pdfs(), archives(), office_files(), images(), texts())
