"""The verbs that keep a library whole and safe, and let it forget."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import LibraryDamaged, WrongUse
from verbs.common import HOME, JSON, answer, open_library, who_says

if TYPE_CHECKING:
    from corpus.backup import Manifest
    from corpus.checks import Check
    from corpus.store import Listed, Store

MEGABYTE = 1_000_000


@click.command()
@click.option("--deep", is_flag=True, help="Läs allt, jämför allt och laga det som kan göras på nytt.")
@HOME
@JSON
def doctor(home: Path, deep: bool, as_json: bool) -> None:
    """Kontrollera att allt som behövs finns och att biblioteket är helt."""
    from dataclasses import asdict

    from corpus import checks, settings
    from corpus.store import DATABASE
    from pipeline import confinement, ocr
    from terminal.progress import Steps

    if deep and (home / DATABASE).exists():
        done = _deep(home)
    else:
        with Steps("Kontrollerar") as steps:
            done = checks.library(home, progress=steps)
    done = [ocr.check(settings.load(home).ocr_language), confinement.check(), *done]

    def show() -> None:
        from terminal import show
        from terminal.console import out

        show.checks(out(), done)

    answer({"checks": [asdict(check) for check in done]}, as_json=as_json, show=show)
    sys.exit(max((check.exit_code for check in done if not check.ok), default=0))


def _deep(home: Path) -> "list[Check]":
    """Check all of a library and mend what is made from the rest; no run goes on meanwhile."""
    from corpus import checks
    from corpus.checks import Check
    from corpus.turns import turn
    from terminal.progress import Steps

    left, half = 0, list[int]()
    with turn(home):
        try:
            with open_library(home) as store:
                left = _sweep(home)
                half = [note.document for note in store.forgotten() if not note.done]
                if half:
                    with store.forgetting() as notes:
                        for document in half:
                            notes.begin(document, "")
                    _forget(store, half)
        except LibraryDamaged:
            pass  # told by the checks
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


@click.command()
@click.argument("target", type=click.Path(path_type=Path), metavar="MAPP")
@HOME
@JSON
def backup(target: Path, home: Path, as_json: bool) -> None:
    """Säkerhetskopiera biblioteket till en mapp; samma mapp igen tar bara det nya."""
    from corpus import backup as safety
    from terminal.progress import Steps

    with open_library(home) as store, Steps("Säkerhetskopierar original") as steps:
        made = safety.make(store, target, steps)
    told = {"target": str(target), "new": made.new, **_told(made.manifest)}

    def show() -> None:
        click.echo(f"Säkerhetskopian i {target} är gjord och kontrollerad: {_counted(made.manifest)}, {made.new} nya.")

    answer(told, as_json=as_json, show=show)
    _tell_missing(made.manifest, "Lägg in dem igen med aktspar add, och kör aktspar backup igen.")


@click.command()
@click.argument("copy", type=click.Path(path_type=Path), metavar="SÄKERHETSKOPIA")
@HOME
@JSON
def recover(copy: Path, home: Path, as_json: bool) -> None:
    """Ta fram ett bibliotek ur en säkerhetskopia, där inget bibliotek finns."""
    from corpus import backup as safety
    from terminal.progress import Steps

    with Steps("Tar fram biblioteket") as steps:
        manifest = safety.recover(copy, home, steps)

    def show() -> None:
        click.echo(f"Biblioteket är på plats i {home}: {_counted(manifest)}, som de var {manifest.made}.")
        click.echo("Sökindexet byggs vid första sökningen.", err=True)

    answer({"home": str(home), **_told(manifest)}, as_json=as_json, show=show)
    _tell_missing(manifest, "Lägg in dem igen: aktspar add MAPP")


def _told(manifest: "Manifest") -> dict[str, object]:
    return {
        "made": manifest.made, "program": manifest.program, "schema": manifest.schema, **manifest.counts,
        "files": len(manifest.files), "bytes": manifest.size, "missing": sorted(manifest.missing.values()),
    }  # fmt: skip


def _counted(manifest: "Manifest") -> str:
    from terminal.pieces import counted

    counts = manifest.counts
    size = f"{manifest.size / MEGABYTE:.1f}".replace(".", ",")
    return f"{counted(counts['documents'], 'handling', 'handlingar')}, {counts['originals']} original, {size} MB"


def _tell_missing(manifest: "Manifest", remedy: str) -> None:
    """Say which originals are lost, as damage."""
    if manifest.missing:
        lost = sorted(manifest.missing.values())
        more = " …" if len(lost) > 5 else ""
        raise LibraryDamaged(f"Utan original, för att det är borta eller skadat: {', '.join(lost[:5])}{more}", remedy)


@click.command()
@click.argument("named", nargs=-1, required=True, metavar="HANDLING…")
@click.option("--yes", is_flag=True, help="Fråga inte först.")
@click.option("--by", metavar="NAMN", help="Vem som bestämmer (annars inloggningsnamnet).")
@click.option("--undo", is_flag=True, help="Låt en glömd handling (med sitt nummer) läsas in igen.")
@HOME
@JSON
def forget(named: tuple[str, ...], yes: bool, by: str | None, undo: bool, home: Path, as_json: bool) -> None:
    """Glöm en handling: ta bort den och allt som kommer ur den, överallt. Det går inte att ångra."""
    from corpus.turns import turn

    with open_library(home) as store, turn(home):
        if undo:
            _take_back(store, named)
            answer({"taken_back": list(named)}, as_json=as_json, show=lambda: click.echo("Får läsas in igen."))
            return
        wanted = _with_parts(store, [store.resolve(one) for one in named])
        who = who_says(by)
        if not yes and not _confirmed(wanted):
            click.echo("Inget är borttaget.", err=True)
            return
        judged = _begin_to_forget(store, wanted, who)
        _forget(store, [one.id for one in wanted])
    told = {"forgotten": [one.id for one in wanted], "judgements": judged}

    def show() -> None:
        from terminal.pieces import counted

        what, taken = counted(len(wanted), "handling", "handlingar"), counted(judged, "bedömning", "bedömningar")
        click.echo(f"{what} glömd{'' if len(wanted) == 1 else 'a'}, med {taken}.")
        click.echo("Säkerhetskopior har dem kvar tills nästa aktspar backup till samma mapp.", err=True)

    answer(told, as_json=as_json, show=show)


def _confirmed(wanted: "list[Listed]") -> bool:
    from terminal.pieces import counted

    for one in wanted:
        click.echo(f"  {one.id}  {one.file}  {counted(one.pages_held, 'sida', 'sidor')}", err=True)
    what = counted(len(wanted), "handling", "handlingar")
    asked = f"Ta bort {what} med original, text, fynd, svar och bedömningar? Skriv ja"
    return str(click.prompt(asked, default="nej", err=True)).strip().lower() in {"ja", "j"}


def _with_parts(store: "Store", documents: list[int]) -> "list[Listed]":
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


def _begin_to_forget(store: "Store", wanted: "list[Listed]", who: str) -> int:
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


def _forget(store: "Store", documents: list[int]) -> None:
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


def _take_back(store: "Store", named: tuple[str, ...]) -> None:
    with store.forgetting() as notes:
        for one in named:
            if not one.isdecimal() or not notes.take_back(int(one)):
                raise WrongUse(f"Ingen glömd handling har nummer {one}.", "aktspar status --alla visar dem.")
