"""`aktspar demo`: what a political secretary came for, shown on the sample corpus in a temporary library."""

import tempfile
from importlib import resources
from pathlib import Path

from rich.rule import Rule

from corpus.store import Store
from index.catalogue import open_index
from index.export import write
from index.search import search
from index.trace import trace
from pipeline import run
from terminal import hits, ledgers, show
from terminal.console import err, out
from terminal.progress import Bar

QUERY = "socialsekreterarnas arbetsbelastning"
TOPIC = "handlingsplan socialsekreterare"
FIRST_YEAR = 2015
HITS = 3


def show_demo() -> None:
    """Take in the samples, then show a search, the trace of the action plan and where its export lies."""
    console = out()
    home = Path(tempfile.mkdtemp(prefix="aktspar-demo-"))
    with (
        resources.as_file(resources.files("corpus") / "samples" / "documents") as samples,
        Store(home, create=True) as store,
    ):
        err().print(f"Läser in Lövhamns stads handlingar i {home} …")
        with Bar() as bar:
            account = run.add(store, home, [samples], bar)
        open_index(home, store).close()
        pages = (account.pages_in, account.pages_held, account.pages_listed)
        show.account(console, account.documents, pages, account.problems)
        console.print(f"[dim]{account.seconds:.0f} sekunder.[/]\n")
        console.print(Rule(f"[bold]aktspar search[/] ”{QUERY}”", style="cyan"))
        hits.hits(console, search(store, home, QUERY, limit=HITS))
        found = trace(store, home, TOPIC, FIRST_YEAR)
        console.print(Rule(f"[bold]aktspar trace[/] ”{TOPIC}”", style="cyan"))
        show.versions(console, found.versions)
        show.timeline(console, [entry for entry in found.events if entry.about_plan])
        console.print(Rule("[bold]aktspar questions[/]", style="cyan"))
        ledgers.questions(console, found.questions)
    target = home / "handlingsplanen.html"
    write(found, target)
    console.print(Rule("[bold]aktspar export[/]", style="cyan"))
    console.print(f"Tidslinjen med alla citat ligger i [bold]{target}[/]", soft_wrap=True)
    console.print(Rule("[bold]aktspar serve[/]", style="cyan"))
    console.print("Sök, läs, följ ärenden och granska i webbläsaren, på samma bibliotek:")
    console.print(f"[bold]./run aktspar serve --open --home {home}[/]", soft_wrap=True)
    console.print(
        "[dim]Sidan ligger på http://127.0.0.1:8080/ och nås bara från den här datorn; Ctrl-C stänger den.[/]"
    )
