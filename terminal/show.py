"""How each answer looks: documents, hits, timelines, ledgers and the account, in Swedish, every quote with its page."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from corpus.account import Taken
from corpus.checks import Check
from corpus.dates import When
from corpus.records import Correction, Method, Record
from corpus.store import Listed, Listing
from index.happenings import Difference, Entry
from index.holdings import Source
from index.trace import Trace, Version
from index.words import ACTION_TITLES, LINK_TITLES, METHOD_TITLES, RULE_TITLES
from terminal.findings import found_in
from terminal.ledgers import ledgers
from terminal.pieces import counted, nothing, quote, rest, section

MOST_QUOTES = 2
MOST_BESIDE = 3  # versions side by side
MOST_PEOPLE = 12


def account(
    console: Console, counts: Mapping[Taken, int], pages: tuple[int, int, int], problems: Sequence[Listing]
) -> None:
    """What a run did, or what is held: documents, pages in = held + listed, and every line that needs attention."""
    words: Mapping[Taken, str] = {
        "whole": "hela",
        "partial": "ofullständiga",
        "failed": "misslyckade",
        "known": "redan inlästa",
    }
    told = ", ".join(f"{n} {words[key]}" for key, n in counts.items() if n) or "inga"
    console.print(f"[bold]Handlingar:[/] {told}")
    console.print(f"[bold]Sidor:[/] {pages[0]} in = {pages[1]} lästa + {pages[2]} listade")
    for line in problems:
        page = f", s. {line.page}" if line.page else ""
        console.print(
            f"[red]•[/] [bold]{escape(line.file)}[/]{page}: {escape(line.reason)} [dim]{escape(line.remedy)}[/]"
        )


def held(console: Console, files: int, methods: Mapping[Method, int]) -> None:
    """How many files were taken in, and how their pages were read."""
    told = ", ".join(f"{count} {METHOD_TITLES[method]}" for method, count in methods.items()) or "inga"
    console.print(f"[bold]Filer:[/] {files}\n[bold]Läst som:[/] {told}")


def documents(console: Console, listed: Iterable[Listed]) -> None:
    """Every document held, a line each."""
    table = Table("nr", "handling", "sidor", "läge", box=None, header_style="dim", pad_edge=False)
    states = {"whole": "[green]hel[/]", "partial": "[yellow]ofullständig[/]", "failed": "[red]misslyckad[/]"}
    for one in listed:
        table.add_row(str(one.id), escape(one.file), f"{one.pages_held}/{one.pages_in}", states[one.outcome])
    console.print(table)


def timeline(console: Console, entries: Sequence[Entry]) -> None:
    """Events in order of time, under their years, each with its quotes.

    What sources do not agree on stands side by side at the first line it concerns; those of another time say so.
    """
    if not entries:
        nothing(console, "Inga händelser hittade")
    shown: dict[Difference, When] = {}
    for year, of_year in groupby(entries, key=lambda entry: entry.when.year):
        console.print(Rule(f"[bold]{year}[/]", align="left", style="dim"))
        for entry in of_year:
            new = [one for one in entry.differs if one not in shown]
            if new or not any(shown.get(one) == entry.when for one in entry.differs):
                console.print(_entry(entry, new))
            shown |= dict.fromkeys(new, entry.when)


def _entry(entry: Entry, new: Sequence[Difference]) -> RenderableType:
    """A line; `new` is what differs and has not been shown above."""
    action = ACTION_TITLES.get(entry.kind, entry.kind)
    table = Table.grid(padding=(0, 2))
    table.add_column(width=24)
    table.add_column(ratio=1)
    mark = "[green]●[/]" if entry.about_plan else "[dim]○[/]"
    told: list[RenderableType] = [] if new else _quotes(entry.sources)
    for difference in entry.differs:
        told.append(Text(f"{difference}.", "yellow"))
        told += [_side_by_side(difference)] if difference in new else []
    table.add_row(f"{mark} [cyan]{entry.when}[/]\n  [dim]{action}[/]", Group(*told))
    return table


def _quotes(sources: Sequence[Source]) -> list[RenderableType]:
    quotes = [quote(source) for source in sources[:MOST_QUOTES]]
    return [*quotes, *rest(sources[MOST_QUOTES:], "källa", "källor")]


def _side_by_side(difference: Difference) -> RenderableType:
    """Each version with its quotes, next to each other as long as there is room."""
    told = [Group(Text(said.what, "bold"), *_quotes(said.sources)) for said in difference.said]
    table = Table.grid(padding=(0, 2))
    wide = len(told) <= MOST_BESIDE
    for _ in told if wide else told[:1]:
        table.add_column(ratio=1)
    for row in [told] if wide else [[one] for one in told]:
        table.add_row(*row)
    return table


def trace(console: Console, found: Trace) -> None:
    """A matter as a story: its documents, the plan's versions, the timeline, then the ledgers; gaps are named."""
    console.print(Rule(f"[bold]{escape(found.query)}[/]", style="cyan"))
    if found.topic != found.query:
        console.print(Text(found.topic, "cyan"))
    if not found.documents:
        nothing(console, "Inget hittat")
        return
    section(console, counted(len(found.documents), "handling", "handlingar"))
    console.print(_documents(found))
    _participants(console, found)
    versions(console, found.versions)
    section(console, "Tidslinje")
    timeline(console, found.events)
    for gap in found.gaps:
        console.print(f"[yellow]{gap}[/]")
    ledgers(console, found)


def _documents(found: Trace) -> Table:
    """The matter's documents by date, each with what it answers and why we think so."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="cyan", no_wrap=True)
    table.add_column(ratio=1)
    names = {document.file: document.name for document in found.documents}
    for document in found.documents:
        told = [Text(document.name), Text(f"{document.kind_title.lower()}  ·  {document.file}", style="dim")]
        told += [
            Text(f"{LINK_TITLES[tie.kind]} ”{names[tie.other]}”: {'; '.join(tie.reasons)}", style="green")
            for tie in found.links
            if tie.one == document.file and tie.kind != "same matter"  # that all here are of one matter is said
        ]
        table.add_row(str(document.when), Group(*told))
    return table


def _participants(console: Console, found: Trace) -> None:
    """Who writes and is written to, and the parties named, each with its number of documents."""
    people = [f"{p.name} ({p.party})" if p.party else p.name for p in found.people[:MOST_PEOPLE]]
    if people:
        more = len(found.people) - len(people)
        told = ", ".join(people) + (f" … och {more} till" if more else "")
        console.print(Text.assemble(("\nPersoner  ", "dim"), told))
    if found.parties:
        console.print(Text.assemble(("Partier   ", "dim"), ", ".join(f"{p.code} {p.documents}" for p in found.parties)))


def versions(console: Console, held: Sequence[Version]) -> None:
    """The versions of the plan, each with its period, its decision and a source."""
    if held:
        section(console, "Planens versioner")
        for version in held:
            console.print(_version(version))


def _version(version: Version) -> RenderableType:
    period = str(version.period) if version.period else "period framgår inte"
    decided = f"beslutad eller reviderad {version.decided}" if version.decided else "beslutsdag framgår inte"
    differs = [Padding(Text(f"{one}.", "yellow"), (0, 0, 0, 2), expand=False) for one in version.differs]
    return Group(
        Text.assemble(
            (period, "bold"),
            (f"  {decided}", "cyan"),
            (f"  {counted(len(version.sources), 'källa', 'källor')}", "dim"),
        ),
        Padding(quote(version.sources[0]), (0, 0, 0, 2), expand=False),
        *differs,
    )


def document(console: Console, record: Record, *, corrections: bool, below: float = 1.01) -> None:
    """A document page by page: how each was read, and its text or, if asked for, the corrections less sure than that.

    After the text comes what was found in it.
    Corrections are numbered through the document, the way `aktspar reject` is told which one is meant.
    """
    number = 0
    for problem in record.problems:
        where = f"s. {problem.page}: " if problem.page else ""
        console.print(f"[red]{where}{escape(problem.reason)}[/] [dim]{escape(problem.remedy)}[/]")
    for page in record.pages:
        sure = f", säkerhet {page.confidence:.0%}" if page.confidence is not None else f", betyg {page.grade:.0%}"
        reasons = f" – {'; '.join(page.reasons)}" if page.reasons else ""
        console.print(
            Rule(f"s. {page.number}: {METHOD_TITLES[page.method]}{sure}{escape(reasons)}", style="dim", align="left")
        )
        if corrections:
            for correction in page.corrections:
                number += 1
                if correction.confidence < below:
                    console.print(_correction(number, correction))
        else:
            console.print(Text(page.text.rstrip()))
    if not corrections:
        found_in(console, record)


def _correction(number: int, made: Correction) -> Text:
    return Text.assemble(
        (f"{number:>5}  ", "dim"),
        (made.before, "red"),
        " → ",
        (made.after, "green"),
        (f"  {RULE_TITLES.get(made.rule, made.rule)}, säkerhet {made.confidence:.0%}", "dim"),
    )


def checks(console: Console, done: Iterable[Check]) -> None:
    """What was checked: in order, or what is wrong and how to mend it."""
    for check in done:
        mark = "[green]✓[/]" if check.ok else "[red]✗[/]"
        remedy = "" if check.ok else f"\n    [dim]{escape(check.remedy)}[/]"
        console.print(f"{mark} [bold]{check.name}[/]: {escape(check.seen)}{remedy}", soft_wrap=True)
