"""What must be the same on every machine for a page to come out the same: program, language data, readers, OCR."""

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable

from pipeline.ocr import model, require

ROOMS = ("corpus", "pipeline")
LEFT_OUT = ("__pycache__", "samples")
READERS = ("ftfy", "lxml", "msgspec", "numpy", "pdfplumber", "pillow", "pypdfium2", "spacy", "striprtf")
Versions = Mapping[str, str]


@cache
def versions(language: str) -> Versions:
    """Return what this machine has, by name. Raises PartMissing where Tesseract or the language is not there."""
    return {
        "aktspar": _sum(resources.files(room) for room in ROOMS),
        "läsaren": require(language).version,
        f"Tesseracts {language}": _short(model(language)),
        **{name: metadata.version(name) for name in READERS},
    }


def differing(here: Versions, there: Versions) -> str:
    """Return what another machine has that this one has not, in words; empty where they are the same."""
    names = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
    return ", ".join(f"{name} {there.get(name, 'saknas')} (här {here.get(name, 'saknas')})" for name in names)


def _sum(folders: Iterator[Traversable]) -> str:
    """Return a sum of the program and its language data: two that call themselves the same may still differ."""
    files = (file for folder in folders for file in _files(folder, folder.name))
    return _short(b"".join(f"{name} {_short(file.read_bytes())}\n".encode() for name, file in sorted(files)))


def _files(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for one in folder.iterdir():
        if one.name in LEFT_OUT:
            continue
        path = f"{name}/{one.name}"
        if one.is_dir():
            yield from _files(one, path)
        else:
            yield path, one


def _short(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=6).hexdigest()
