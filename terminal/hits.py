"""How the answer to a search looks: documents best first, each with its best passage and why it was found."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from index.engines.protocol import Facet
from index.saved import Watched
from index.search import Hit, Result
from index.words import facet_value
from terminal.pieces import nothing

FACET_TITLES: Mapping[Facet, str] = {
    "kind": "typ",
    "year": "år",
    "body": "nämnd",
    "party": "parti",
    "person": "person",
    "matter": "ärende",
    "status": "frågor",
}
VALUES_SHOWN = 5
TOGETHER = "\u00a0"  # a space at which no line is broken
ENOUGH_TO_NARROW = 3  # hits, below which no one needs to be told how they divide


def hits(console: Console, result: Result, since: str = "") -> None:
    """The hits of a search, those of the same text together, and how all that was found divides.

    With `since` they are what is new since that moment (ISO 8601).
    """
    if result.suggestion:
        lead = "Inget hittat; visar i stället" if result.replaced else "Menade du"
        console.print(f"[yellow]{lead}:[/] [bold]{escape(result.suggestion)}[/]\n")
    if not result.hits and since:
        console.print(f"Inget nytt sedan {_moment(since)}.")
    elif not result.hits:
        nothing(console, "Inget hittat")
    for hit in result.hits:
        console.print(_hit(hit) if hit.same_as is None else _copy(hit))
    rest = result.total - len(result.hits)
    if result.hits and rest > 0:
        console.print(f"[dim]… och {rest} till (--limit, --offset).[/]")
    if result.undated:
        console.print(
            f"[yellow]{result.undated} {'handling' if result.undated == 1 else 'handlingar'} saknar datum och är inte "
            "med i datumurvalet; år:saknas visar dem.[/]"
        )
    if result.total >= ENOUGH_TO_NARROW:
        console.print(_facets(result))


def _hit(hit: Hit) -> RenderableType:
    when = f"  {hit.date}" if hit.date else ""
    head = Text.assemble((hit.title or hit.file, "bold"), (when, "cyan"))
    snippet = Text(hit.snippet)
    for start, end in hit.highlights:
        snippet.stylize("bold black on yellow", start, end)
    also = (
        f" (även s. {', '.join(str(one.page) for one in sorted(hit.also, key=lambda one: one.page))})"
        if hit.also
        else ""
    )
    foot = Text(f"{hit.file}, s. {hit.page}{also}" + (f"  ·  {', '.join(hit.why)}" if hit.why else ""), style="dim")
    return Padding(Group(head, snippet, foot), (0, 0, 1, 0), expand=False)


def _copy(hit: Hit) -> RenderableType:
    """A document of nearly the same text as the one above it: its name is enough."""
    when = f", {hit.date}" if hit.date else ""
    return Padding(Text(f"↳ nästan samma text: {hit.file}{when}", style="dim"), (0, 0, 1, 2), expand=False)


def _facets(result: Result) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(ratio=1)
    for facet, title in FACET_TITLES.items():
        values = result.facets.get(facet, {})
        if values:
            shown = [
                f"{facet_value(facet, value)} {count}".replace(" ", TOGETHER)
                for value, count in list(values.items())[:VALUES_SHOWN]
            ]
            more = [f"…{TOGETHER}{len(values) - VALUES_SHOWN}{TOGETHER}till"] if len(values) > VALUES_SHOWN else []
            grid.add_row(title, Text("  ·  ".join([*shown, *more]), style="dim"))
    return grid


def several(console: Console, results: Sequence[Result]) -> None:
    """The answers to a list of queries: how much each found, and its best hit."""
    table = Table("Sökning", "Träffar", "Bästa träff", box=SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.columns[1].justify = "right"
    for result in results:
        best = next((f"{hit.title or hit.file} ({hit.file}, s. {hit.page})" for hit in result.hits), "–")
        table.add_row(Text(result.query), str(result.total), Text(best))
    console.print(table)


def watched(console: Console, searches: Sequence[Watched]) -> None:
    """The saved searches, and how much is new in each since it was last looked at."""
    if not searches:
        nothing(console, "Inga sparade sökningar; aktspar search SÖKNING --save NAMN sparar en")
        return
    table = Table("Namn", "Sökning", "Träffar", "Nya", "Sedan", box=SIMPLE_HEAD, header_style="dim", pad_edge=False)
    table.columns[2].justify = table.columns[3].justify = "right"
    for one in searches:
        new = Text(str(one.new), style="bold green" if one.new else "dim")
        table.add_row(Text(one.name), Text(one.query), str(one.total), new, _moment(one.since))
    console.print(table)


def _moment(iso: str) -> str:
    """A moment in the reader's own time."""
    return datetime.fromisoformat(iso).astimezone().strftime("%Y-%m-%d %H:%M")
