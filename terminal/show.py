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
from corpus.links import Status
from corpus.records import Correction, Method, Record
from corpus.store import Listed, Listing
from index.holdings import Source
from index.ledger import AskedQuestion, GivenPromise, MadeStatement
from index.search import Hit, Result
from index.timeline import Entry
from index.trace import Trace, Version
from index.words import ACTION_TITLES, GRADE_TITLES, RULE_TITLES

METHOD_TITLES: Mapping[Method, str] = {
    "layer": "textlager",
    "ocr": "OCR",
    "restored layer": "rättat textlager",
    "plain": "text",
}
STATUS_STYLES: Mapping[Status, str] = {"answered": "green", "partly": "yellow", "unanswered": "red", "no_reply": "red"}
MOST_ANSWERS = 3
MOST_QUOTES = 2


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


def hits(console: Console, result: Result) -> None:
    """The answer to a search: documents best first, each with its best passage and why it was found."""
    if result.suggestion:
        lead = "Inget hittat; visar i stället" if result.replaced else "Menade du"
        console.print(f"[yellow]{lead}:[/] [bold]{escape(result.suggestion)}[/]\n")
    if not result.hits:
        nothing(console, "Inget hittat")
    for hit in result.hits:
        console.print(_hit(hit))
    rest = result.total - len(result.hits)
    if result.hits and rest > 0:
        console.print(f"[dim]… och {rest} till (--limit).[/]")
    if result.undated:
        console.print(f"[yellow]{result.undated} handlingar saknar datum och är inte med i datumurvalet.[/]")


def _hit(hit: Hit) -> RenderableType:
    when = f"  {hit.date}" if hit.date else ""
    head = Text.assemble((hit.title or hit.file, "bold"), (when, "cyan"))
    snippet = Text(hit.snippet)
    for start, end in hit.highlights:
        snippet.stylize("bold black on yellow", start, end)
    foot = Text(f"{hit.file}, s. {hit.page}" + (f"  ·  {', '.join(hit.why)}" if hit.why else ""), style="dim")
    return Padding(Group(head, snippet, foot), (0, 0, 1, 0), expand=False)


def timeline(console: Console, entries: Sequence[Entry]) -> None:
    """Events in order of time, under their years, each with its quotes."""
    if not entries:
        nothing(console, "Inga händelser hittade")
    for year, of_year in groupby(entries, key=lambda entry: entry.when.year):
        console.print(Rule(f"[bold]{year}[/]", align="left", style="dim"))
        for entry in of_year:
            console.print(_entry(entry))


def _entry(entry: Entry) -> RenderableType:
    action = ACTION_TITLES.get(entry.kind, entry.kind)
    table = Table.grid(padding=(0, 2))
    table.add_column(width=24)
    table.add_column(ratio=1)
    mark = "[green]●[/]" if entry.about_plan else "[dim]○[/]"
    quotes = Group(
        *(_quote(source) for source in entry.sources[:MOST_QUOTES]),
        *_rest(entry.sources[MOST_QUOTES:], "källa", "källor"),
    )
    table.add_row(f"{mark} [cyan]{entry.when}[/]\n  [dim]{action}[/]", quotes)
    return table


def _rest(sources: Sequence[Source], one: str, many: str) -> list[Text]:
    return [Text(f"… och {_counted(len(sources), one, many)} till", "dim")] if sources else []


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def nothing(console: Console, what: str) -> None:
    """Say that nothing was found, and how it was looked for."""
    console.print(f"{what}. Sökningen gick igenom alla handlingars text, rubriker, nummer och personer.")


def _quote(source: Source) -> Text:
    return Text.assemble(f"”{source.quote}” ", (f"{source.file}, s. {source.page}", "dim"))


def questions(console: Console, asked: Sequence[AskedQuestion]) -> None:
    """Questions under the document that puts them, each with its status, what answers it and what is missing."""
    if not asked:
        nothing(console, "Inga frågor hittade")
    for (file, _), group in groupby(asked, key=lambda question: (question.asked.file, question.reply)):
        put = list(group)
        first = put[0]
        who = ", ".join(first.by) + (f" till {', '.join(first.to)}" if first.to else "")
        console.print(Text.assemble((who or file, "bold cyan"), (f"  {first.when}  ·  {file}" if who else "", "dim")))
        if first.why:
            console.print(Text(f"svar: {first.reply}, för att: {'; '.join(first.why)}", style="dim"))
        elif first.reply is None:
            console.print(Text("Inget svar finns bland handlingarna; sökt på nummer, namn, ämne och tid.", style="red"))
        for question in put:
            console.print(_question(question))
        console.print()


def _question(question: AskedQuestion) -> RenderableType:
    style = STATUS_STYLES.get(question.status, "cyan")
    table = Table.grid(padding=(0, 2))
    table.add_column(width=15)
    table.add_column(ratio=1)
    told = [Text.assemble((question.asked.quote, "bold"), (f"  s. {question.asked.page}", "dim"))]
    told += [_quote(answer) for answer in question.answers[:MOST_ANSWERS]]
    told += _rest(question.answers[MOST_ANSWERS:], "passage", "passager")
    told += [Text(question.missing, style)] if question.missing else []
    table.add_row(Text(question.status_title, f"bold {style}"), Group(*told))
    return table


def promises(console: Console, given: Sequence[GivenPromise]) -> None:
    """Each promise with who gave it, how firm it is and when it is due."""
    if not given:
        nothing(console, "Inga löften hittade")
    for promise in given:
        due = f", till {promise.due}" if promise.due else ""
        head = Text.assemble(
            (promise.by or promise.document, "bold"), (f"  {GRADE_TITLES[promise.grade]}{due}", "cyan")
        )
        console.print(Padding(Group(head, _quote(promise.given)), (0, 0, 1, 0), expand=False))


def trace(console: Console, found: Trace) -> None:
    """A matter as a story: its documents, the plan's versions, the timeline, then the ledgers; gaps are named."""
    console.print(Rule(f"[bold]{escape(found.query)}[/]", style="cyan"))
    if found.topic != found.query:
        console.print(Text(found.topic, "cyan"))
    if not found.documents:
        nothing(console, "Inget hittat")
        return
    _section(console, _counted(len(found.documents), "handling", "handlingar"))
    console.print(_documents(found))
    versions(console, found.versions)
    _section(console, "Tidslinje")
    timeline(console, found.events)
    for gap in found.gaps:
        console.print(f"[yellow]{gap}[/]")
    _ledgers(console, found)


def _documents(found: Trace) -> Table:
    """The matter's documents by date, each with what it answers and why we think so."""
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="cyan", no_wrap=True)
    table.add_column(ratio=1)
    names = {document.file: document.name for document in found.documents}
    for document in found.documents:
        told = [Text(document.name), Text(f"{document.kind_title.lower()}  ·  {document.file}", style="dim")]
        told += [
            Text(f"besvarar ”{names[other]}”: {'; '.join(reasons)}", style="green")
            for one, other, reasons in found.links
            if one == document.file
        ]
        table.add_row(str(document.when), Group(*told))
    return table


def versions(console: Console, held: Sequence[Version]) -> None:
    """The versions of the plan, each with its period, its decision and a source."""
    if held:
        _section(console, "Planens versioner")
        for version in held:
            console.print(_version(version))


def _ledgers(console: Console, found: Trace) -> None:
    if found.questions:
        _section(console, "Frågor och svar")
        questions(console, found.questions)
    if found.demands:
        _section(console, "Krav och förslag")
        for demand in found.demands:
            console.print(
                Padding(
                    Group(Text(", ".join(demand.by) or "utan avsändare", "bold"), _quote(demand.put)),
                    (0, 0, 1, 0),
                    expand=False,
                )
            )
    if found.promises:
        _section(console, "Löften och åtaganden")
        promises(console, found.promises)
    if found.statements:
        _section(console, "Reservationer och uttalanden")
        for made in found.statements:
            console.print(_statement(made))


def _statement(statement: MadeStatement) -> Text:
    signed = f"{', '.join(statement.persons)} ({', '.join(statement.parties)})"
    points = f", hänvisar till {statement.points_to}" if statement.points_to else ""
    where = f"  {statement.made.file}, s. {statement.made.page}"
    return Text.assemble((statement.kind, "bold"), f"  {signed}{points}", (where, "dim"))


def _section(console: Console, title: str) -> None:
    console.print()
    console.print(Rule(f"[bold cyan]{title}[/]", align="left", style="dim"))


def _version(version: Version) -> RenderableType:
    period = str(version.period) if version.period else "period framgår inte"
    decided = f"beslutad eller reviderad {version.decided}" if version.decided else "beslutsdag framgår inte"
    return Group(
        Text.assemble(
            (period, "bold"),
            (f"  {decided}", "cyan"),
            (f"  {_counted(len(version.sources), 'källa', 'källor')}", "dim"),
        ),
        Padding(_quote(version.sources[0]), (0, 0, 0, 2), expand=False),
    )


def document(console: Console, record: Record, *, corrections: bool, below: float = 1.01) -> None:
    """A document page by page: how each was read, and its text or, if asked for, the corrections less sure than that.

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
