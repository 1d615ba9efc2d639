"""What every verb shares: the library it works on, and how it answers. stdout is data, stderr is talk."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.errors import WrongUse

if TYPE_CHECKING:
    from corpus.account import Account
    from corpus.store import Store

FAILED = 1


def _home(context: click.Context, option: click.Parameter, given: Path | None) -> Path:
    """The library named, or the user's own; its vocabularies hold from here on."""
    from corpus import vocabulary
    from corpus.settings import default_home

    del context, option
    home = (given or default_home()).expanduser().absolute()
    vocabulary.use(home)
    return home


HOME = click.option(
    "--home",
    type=click.Path(path_type=Path),
    callback=_home,
    envvar="AKTSPAR_HOME",
    metavar="MAPP",
    help="Biblioteket (annars användarens datamapp).",
)
JSON = click.option("--json", "as_json", is_flag=True, help="Svara med JSON.")
FROM = click.option("--from", "first", type=int, metavar="ÅR", help="Första året.")
TO = click.option("--to", "last", type=int, metavar="ÅR", help="Sista året.")


def open_library(home: Path) -> "Store":
    """Open the library that is there. Raises LibraryClosed."""
    from corpus.store import Store

    return Store(home)


def answer(told: Any, *, as_json: bool, show: Callable[[], None]) -> None:
    """Answer with JSON, or show the same to a person."""
    if as_json:
        write_json(told)
    else:
        show()


def write_json(told: Any) -> None:
    """Write JSON to stdout, indented."""
    import msgspec

    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")
    sys.stdout.buffer.flush()


def who_says(by: str | None) -> str:
    """Return who says so: as given, else the login name."""
    import getpass

    try:
        name = (getpass.getuser() if by is None else by).strip()
    except (OSError, KeyError, ImportError):
        name = ""
    if not name:
        raise WrongUse("Det framgår inte vem som säger det.", "Ange ditt namn: --by NAMN")
    return name


def first_year(home: Path) -> int:
    """Return the year that timelines begin in."""
    from corpus import settings

    return settings.load(home).timeline_from


def show_run(account: "Account", *, as_json: bool) -> None:
    """Show what a run did; exit 1 where something could not be taken in."""
    from index.export import interface

    pages = (account.pages_in, account.pages_held, account.pages_listed)

    def show() -> None:
        from terminal import show
        from terminal.console import out

        show.account(out(), account.documents, pages, account.problems)

    told = {
        "documents": account.documents,
        "pages": dict(zip(("in", "held", "listed"), pages, strict=True)),
        "seconds": round(account.seconds, 2),
        "problems": [interface.problem(problem) for problem in account.problems],
    }
    answer(told, as_json=as_json, show=show)
    if account.problems:
        sys.exit(FAILED)


def restore_again(store: "Store", home: Path, documents: list[int], *, as_json: bool) -> None:
    """Restore some documents anew, people having ruled on their text, and show the run."""
    from index.catalogue import open_index
    from pipeline import run
    from terminal.progress import Bar

    with Bar() as bar:
        account = run.restore_again(store, home, documents, bar)
    open_index(home, store, suited=True).close()
    show_run(account, as_json=as_json)
