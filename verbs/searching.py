"""The verbs that search."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import WrongUse
from verbs.common import HOME, JSON, answer, open_library

if TYPE_CHECKING:
    from typing import TextIO

    from index.engines.protocol import Order

ORDERS: "dict[str, Order]" = {"bäst": "relevance", "nyast": "newest", "äldst": "oldest"}


@click.command()
@click.argument("query", required=False, metavar="[SÖKNING]")
@click.option("--limit", type=click.IntRange(min=0), default=10, show_default=True, help="Högst så många träffar.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Hoppa över så många träffar.")
@click.option("--sort", type=click.Choice(list(ORDERS)), default="bäst", show_default=True, help="Träffarnas ordning.")
@click.option("--queries", type=click.File(encoding="utf-8"), metavar="FIL", help="En sökning per rad i filen.")
@click.option("--save", metavar="NAMN", help="Spara sökningen under det här namnet.")
@click.option("--saved", metavar="NAMN", help="Gör om en sparad sökning.")
@click.option("--new", is_flag=True, help="Visa bara vad den sparade sökningen inte har visat förut.")
@click.option(
    "--to", "target", type=click.Path(path_type=Path), metavar="FIL", help="Skriv träffarna hit: .csv .xlsx .json"
)
@HOME
@JSON
def search(
    query: str | None, limit: int, offset: int, sort: str, queries: "TextIO | None", save: str | None,
    saved: str | None, new: bool, target: Path | None, home: Path, as_json: bool,
) -> None:  # fmt: skip
    """Sök i handlingarna: ord, "fraser", -inte, OR, ord*, parti:V, dnr:"KS 2019/756", år:2019..2021."""
    from index import saved as watching
    from index.export import interface
    from index.search import Window, each
    from terminal import hits
    from terminal.console import out

    if sum(one is not None for one in (query, queries, saved)) != 1:
        raise WrongUse("Ange en sökning.", "Antingen SÖKNING, --queries FIL eller --saved NAMN.")
    if (new and saved is None) or (save is not None and query is None):
        raise WrongUse("--new hör till --saved NAMN, --save NAMN till en SÖKNING.", "aktspar search --help visar mer.")
    window = Window(limit, offset, ORDERS[sort])
    with open_library(home) as store:
        if queries:
            results = each(store, home, [line.strip() for line in queries if line.strip()], window)
            told = [{"query": result.query, **interface.search(result)} for result in results]
            answer(told, as_json=as_json, show=lambda: hits.several(out(), results))
            return
        since = ""
        if saved is not None and new:
            since = watching.named(store, saved).since
            result = watching.news(store, home, saved, window)
        else:
            typed = query if query is not None else watching.named(store, saved or "").query
            result = each(store, home, [typed], window)[0]
        if save is not None:
            watching.save(store, home, save, query or "")
    if target is not None:
        from index.export.hits import write

        write(result, target)
    answer(interface.search(result), as_json=as_json, show=lambda: hits.hits(out(), result, since))


@click.command()
@click.argument("document", metavar="HANDLING")
@click.option("--limit", type=click.IntRange(min=0), default=10, show_default=True, help="Högst så många träffar.")
@HOME
@JSON
def like(document: str, limit: int, home: Path, as_json: bool) -> None:
    """Visa handlingar om samma sak som en handling."""
    from index.export import interface
    from index.search import like as find
    from terminal import hits
    from terminal.console import out

    with open_library(home) as store:
        result = find(store, home, store.resolve(document), limit)
    answer(interface.search(result), as_json=as_json, show=lambda: hits.hits(out(), result))


@click.command()
@click.option("--remove", metavar="NAMN", help="Ta bort en sparad sökning.")
@HOME
@JSON
def saved(remove: str | None, home: Path, as_json: bool) -> None:
    """Visa sparade sökningar och hur mycket nytt var och en har."""
    from dataclasses import asdict

    from index.saved import named, watched
    from terminal import hits
    from terminal.console import out

    with open_library(home) as store:
        if remove is not None:
            store.remove_search(named(store, remove).name)
        held = watched(store, home)
    answer([asdict(one) for one in held], as_json=as_json, show=lambda: hits.watched(out(), held))
