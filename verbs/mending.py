"""What mends a library, and what makes it forget, through all of its rooms.

Both reach into the store, the index and the connections, so they stand above all three.
"""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import LibraryDamaged, WrongUse
from verbs.common import open_library

if TYPE_CHECKING:
    from corpus.checks import Check
    from corpus.store import Listed, Store


def mend(home: Path) -> "list[Check]":
    """Check all of a library and mend what is made from the rest; no run goes on meanwhile."""
    from corpus import checks
    from corpus.checks import Check
    from corpus.turns import turn
    from terminal.progress import Steps

    left, half = 0, list[int]()
    with turn(home):
        with suppress(LibraryDamaged), open_library(home) as store:  # damage is told by the checks
            left = _sweep(home)
            half = [note.document for note in store.forgotten() if not note.done]
            if half:
                with store.forgetting() as notes:
                    for document in half:
                        notes.begin(document, "")
                forget(store, half)
        with Steps("Kontrollerar original") as steps:
            found = checks.library(home, deep=True, progress=steps)
        if any(check.name == "databas" and not check.ok for check in found):
            return found
        with open_library(home) as store:
            found += [_connections(store), _index(home, store)]
    if half:
        found.append(Check("glömda", ok=True, seen=f"lagat: {len(half)} som inte var helt glömda är det nu"))
    return [*found, Check("rester", ok=True, seen=f"lagat: {left} borttagna" if left else "inga")]


def _connections(store: "Store") -> "Check":
    from corpus.checks import RECOVER, Check
    from pipeline.connect import connect

    loose = store.dangling()
    if loose:
        store.disconnect()
    connect(store)
    seen = f"lagat: {loose} hängde löst, alla är gjorda på nytt" if loose else "hela"
    left = store.dangling()
    return Check("kopplingar", not left, seen, RECOVER, 6)


def _index(home: Path, store: "Store") -> "Check":
    from corpus.checks import Check
    from index import catalogue, upkeep

    found = upkeep.compare(home, store)
    if found.ok:
        return Check("sökindex", ok=True, seen=f"{found.held} handlingar, samma som i databasen")
    catalogue.reindex(home, store).close()
    wrong = "gick inte att läsa" if found.broken else f"saknade {found.lacking} och hade {found.surplus} för mycket"
    again = upkeep.compare(home, store)
    return Check("sökindex", again.ok, f"lagat: det {wrong} och är ombyggt", "Bygg om det: aktspar reindex", 6)


def _sweep(home: Path) -> int:
    """Remove what killed runs left in a library of this schema; return how many things that was."""
    from corpus import durable, originals
    from index import upkeep
    from pipeline import temporary

    halves = [*home.glob("aktspar.schema*.part"), *filter(durable.is_left, home.glob("corrections/*.tmp"))]
    for file in halves:
        file.unlink(missing_ok=True)
    left = len(halves) + originals.sweep(home) + upkeep.sweep(home)
    folder = home / temporary.FOLDER
    before = len(list(folder.iterdir())) if folder.is_dir() else 0
    with temporary.temporary_folder(home):  # sweeps
        left += max(0, before + 1 - len(list(folder.iterdir())))
    return left


def with_parts(store: "Store", documents: list[int]) -> "list[Listed]":
    """Return the documents with those that came in as parts of them; each whole or not at all."""
    with store.forgetting() as notes:
        wanted = {part for one in documents for part in (one, *notes.within(one))}
        around = {one: set(notes.around(one)) - wanted for one in wanted}
    for one, outer in around.items():
        if outer:
            whole = store.listed(min(outer)).file
            raise WrongUse(
                f"{store.listed(one).file} ligger också i {whole}, som är en egen handling.",
                f"Glöm båda: aktspar forget {whole}",
            )
    return store.documents(among=wanted)


def begin_to_forget(store: "Store", wanted: "list[Listed]", who: str) -> int:
    """Write the notes and take the texts away; return how many judgements of people's were about them."""
    from corpus import scrubbing

    judged = 0
    for one in wanted:
        text = "\n".join(text for _, *both in store.texts(one.id) for text in both)
        judged += scrubbing.scrub(store.home, one.sha256, text)
    with store.forgetting() as notes:
        for one in wanted:
            notes.begin(one.id, who)
    return judged


def forget(store: "Store", documents: list[int]) -> None:
    """Remove every trace of documents whose notes are written, as often as it takes."""
    from corpus import originals, readings
    from index import catalogue
    from pipeline.connect import connect
    from pipeline.temporary import temporary_folder

    connect(store)  # those around them, without them
    for one in store.documents(among=documents):
        originals.erase(store.home, one.sha256)
    with store.forgetting() as notes:
        for document in documents:
            notes.remove(document)
    readings.clear(store.home)
    with temporary_folder(store.home):  # sweeps what killed runs left
        catalogue.reindex(store.home, store).close()
    store.compact()
    with store.forgetting() as notes:
        for document in documents:
            notes.done(document)


def take_back(store: "Store", named: tuple[str, ...]) -> None:
    """Let forgotten documents, by their numbers, be taken in again. Raises WrongUse for a number of none."""
    with store.forgetting() as notes:
        for one in named:
            if not one.isdecimal() or not notes.take_back(int(one)):
                raise WrongUse(f"Ingen glömd handling har nummer {one}.", "aktspar status --alla visar dem.")
