"""The errors on the kinds of page whose truth is known: the shared scans, each beside the record it was made from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measures import Errors, errors, total
from corpus.store import Store

CLEAN = ("digital", "scan200", "scan300")
KINDS = (*CLEAN, "faded200", "english-layer")
CHARACTER_GOALS = {**dict.fromkeys(CLEAN, 0.002), "faded200": 0.004}
WORD_GOALS = dict.fromkeys(CLEAN, 0.01)

Texts = Mapping[str, tuple[str, str]]  # by file: restored, and as it was read


@dataclass(frozen=True, slots=True)
class Kind:
    """The errors on one kind of page, after the text was restored and before, and of scan300 on the same records."""

    name: str
    files: int
    errors: Errors
    unrestored: Errors
    scan300: Errors

    @property
    def character_goal(self) -> float:
        """The share of characters that may be wrong: with an English layer as many as without it."""
        return CHARACTER_GOALS.get(self.name, self.scan300.character_rate)

    @property
    def word_goal(self) -> float | None:
        """The share of words that may be wrong, where there is a goal."""
        return WORD_GOALS.get(self.name) if self.name in CHARACTER_GOALS else self.scan300.word_rate

    @property
    def rates(self) -> dict[str, float | None]:
        """Every rate and goal by name."""
        return {
            "character_rate": self.errors.character_rate,
            "character_goal": self.character_goal,
            "word_rate": self.errors.word_rate,
            "word_goal": self.word_goal,
            "accept_rate": self.errors.accept_rate,
            "unrestored_character_rate": self.unrestored.character_rate,
        }


def kinds(shared: Path, home: Path) -> list[Kind]:
    """Compare what the library in `home` holds of the shared scans with the records."""
    held = _texts(home)
    truths = {file.stem: file.read_text(encoding="utf-8") for file in (shared / "records").glob("*.txt")}
    found = [_kind(name, [(file, [file[:3]]) for file in _of(held, name)], held, truths) for name in KINDS]
    whole = [file for file in sorted(held) if file.startswith("all-") and file.endswith("-english-layer.pdf")]
    every = [file[:3] for file in _of(held, "scan300")]
    found.append(_kind("english-layer, all in one", [(file, every) for file in whole], held, truths))
    return [kind for kind in found if kind.files]


def _texts(home: Path) -> Texts:
    with Store(home) as store:
        pages = {document.file: store.pages(document.id) for document in store.documents()}
    return {
        file: ("\n".join(page.text for page in held), "\n".join(page.original for page in held))
        for file, held in pages.items()
    }


def _of(texts: Texts, kind: str) -> list[str]:
    """Return the files of one kind, each of one record, whose number its name begins with."""
    return sorted(file for file in texts if file.startswith("0") and file.endswith(f"-{kind}.pdf"))


def _kind(name: str, files: Sequence[tuple[str, Sequence[str]]], texts: Texts, truths: Mapping[str, str]) -> Kind:
    """Compare files with the records each holds."""
    restored, unrestored = [], []
    for file, records in files:
        truth = "\n".join(truths[record] for record in records)
        restored.append(errors(texts[file][0], truth))
        unrestored.append(errors(texts[file][1], truth))
    same = sorted({record for _, records in files for record in records})
    clear = [errors(texts[f"{r}-scan300.pdf"][0], truths[r]) for r in same if f"{r}-scan300.pdf" in texts]
    return Kind(name, len(files), total(restored), total(unrestored), total(clear))
