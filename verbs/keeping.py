"""The verbs that keep a library whole and safe, and let it forget."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import LibraryDamaged
from verbs import mending
from verbs.common import HOME, JSON, answer, open_library, who_says

if TYPE_CHECKING:
    from corpus.backup import Manifest
    from corpus.store import Listed

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
        done = mending.mend(home)
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
            mending.take_back(store, named)
            answer({"taken_back": list(named)}, as_json=as_json, show=lambda: click.echo("Får läsas in igen."))
            return
        wanted = mending.with_parts(store, [store.resolve(one) for one in named])
        who = who_says(by)
        if not yes and not _confirmed(wanted):
            click.echo("Inget är borttaget.", err=True)
            return
        judged = mending.begin_to_forget(store, wanted, who)
        mending.forget(store, [one.id for one in wanted])
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
