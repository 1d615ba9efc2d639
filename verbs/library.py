"""The verbs that fill a library and keep it in order."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import WrongUse
from verbs.common import HOME, JSON, answer, open_library, show_run

if TYPE_CHECKING:
    from corpus.account import Taken


@click.command()
@click.argument("paths", type=click.Path(path_type=Path), nargs=-1, required=True, metavar="SÖKVÄG…")
@click.option("--cluster", default="", metavar="ADRESS", help="Låt ett Dask-kluster göra arbetet: tcp://VÄRD:8786.")
@HOME
@JSON
def add(paths: tuple[Path, ...], cluster: str, home: Path, as_json: bool) -> None:
    """Lägg in filer och mappar i biblioteket."""
    from corpus.store import Store
    from index.catalogue import open_index
    from pipeline import run
    from terminal.progress import Bar

    with Store(home, create=True) as store:
        with Bar() as bar:
            account = run.add(store, home, paths, bar, cluster=cluster)
        open_index(home, store, suited=True).close()
    show_run(account, as_json=as_json)


@click.command()
@HOME
@JSON
def refresh(home: Path, as_json: bool) -> None:
    """Kör om de steg som ändrats sedan handlingarna lästes in."""
    from index.catalogue import open_index
    from pipeline import run
    from terminal.progress import Bar

    with open_library(home) as store:
        with Bar() as bar:
            account = run.refresh(store, home, bar)
        open_index(home, store, suited=True).close()
    show_run(account, as_json=as_json)


@click.command()
@HOME
@JSON
def reindex(home: Path, as_json: bool) -> None:
    """Bygg om sökindexet från databasen."""
    from index import catalogue

    with open_library(home) as store:
        catalogue.reindex(home, store).close()
        held = len(store.documents())
    answer({"documents": held}, as_json=as_json, show=lambda: click.echo(f"Indexet är ombyggt: {held} handlingar."))


@click.command()
@click.option("--alla", "everything", is_flag=True, help="Visa varje handling.")
@HOME
@JSON
def status(home: Path, everything: bool, as_json: bool) -> None:
    """Visa vad biblioteket håller och vad som inte kunde läsas."""
    from dataclasses import asdict

    with open_library(home) as store:
        held, problems = store.documents(), store.problems()
        files, methods, forgotten = store.files(), store.methods(), store.forgotten()
    counts: dict[Taken, int] = {"whole": 0, "partial": 0, "failed": 0}
    for one in held:
        counts[one.outcome] += 1
    pages_in, pages_held = sum(d.pages_in for d in held), sum(d.pages_held for d in held)
    pages = (pages_in, pages_held, pages_in - pages_held)

    def show() -> None:
        from terminal import show
        from terminal.console import out

        show.held(out(), files, methods)
        show.account(out(), counts, pages, problems)
        if forgotten:
            out().print(f"[bold]Glömda:[/] {len(forgotten)}")
        if everything:
            show.documents(out(), held)
            for note in forgotten:
                again = "; får läsas in igen" if note.taken_back else ""
                out().print(f"{note.document}  glömd {note.day} av {note.by}{again}", markup=False)

    told = {
        "documents": counts,
        "pages": dict(zip(("in", "held", "listed"), pages, strict=True)),
        "paths": files,
        "methods": methods,
        "problems": [asdict(problem) for problem in problems],
        "forgotten": [asdict(note) for note in forgotten],
        "files": [{"id": d.id, "file": d.file, "outcome": d.outcome, "pages": d.pages_held} for d in held],
    }
    answer(told, as_json=as_json, show=show)


@click.command()
@click.argument("name", required=False, metavar="[NAMN]")
@click.argument("value", required=False, metavar="[VÄRDE]")
@HOME
@JSON
def config(name: str | None, value: str | None, home: Path, as_json: bool) -> None:
    """Visa bibliotekets inställningar, eller ändra en."""
    from dataclasses import asdict

    from corpus import settings

    held = asdict(settings.store(home, name, value) if name and value is not None else settings.load(home))
    if name and name not in held:
        raise WrongUse(f"Det finns ingen inställning som heter {name}.", f"Välj bland {', '.join(held)}.")
    told = {key: held[key] for key in held if name in (None, key)}
    answer(told, as_json=as_json, show=lambda: click.echo("\n".join(f"{key} = {told[key]}" for key in told)))
