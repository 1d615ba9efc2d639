"""How what was found in one document looks: who, when and which matter, then what it asks, wants, decides and promises.

Every line has its page. What a reader has to know before using the document stands first: that it is not whole, that
it holds personal numbers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from corpus.records import Finding, Record
from corpus.values import (
    Body,
    BrokenOff,
    Decision,
    Demand,
    IncompleteNumber,
    Key,
    Kind,
    Mention,
    OwnDate,
    OwnNumber,
    PersonalNumber,
    Promise,
    Question,
    Statement,
    Table,
    Title,
    Value,
    Vote,
)
from corpus.vocabulary import kind_titles
from index.words import GRADE_TITLES, KEY_TITLES

TOGETHER = "\u00a0"  # a space at which no line is broken
LABEL_WIDTH = 22
MOST_KEYS = 12

V = TypeVar("V", bound=Value)
Row = tuple[str, RenderableType]
Found = tuple[V, Finding]


def found_in(console: Console, record: Record) -> None:
    """What was found in a document, under headings; nothing where nothing was."""
    if not record.findings:
        return
    console.print()
    console.print(Rule("[bold cyan]Hittat i handlingen[/]", align="left", style="cyan"))
    for warning in _warnings(record):
        console.print(warning)
    _list(console, "", _head(record))
    _list(console, "Frågor", [(_numbered(v), _said(f)) for v, f in record.of(Question)])
    _list(console, "Krav och beslut", [(", ".join(v.by) or "utan avsändare", _said(f)) for v, f in record.of(Demand)])
    _decisions(console, record)
    _promises(console, record)
    _list(console, "Reservationer och uttalanden", [(v.kind, _statement(v, f)) for v, f in record.of(Statement)])
    for table, finding in record.of(Table):
        console.print(_table(table, finding))


def _warnings(record: Record) -> Iterable[Text]:
    """What a reader has to know first."""
    for broken, _ in record.of(BrokenOff):
        yield _warning("Handlingen bryts av", broken.reason, "yellow")
    numbers = record.of(PersonalNumber)
    if numbers:
        where = _pages(finding for _, finding in numbers)
        yield _warning("Personnummer", f"{len(numbers)} ({where}) – döljs vid export", "bold red")
    for lacking, finding in record.of(IncompleteNumber):
        yield _warning("Ofullständigt diarienummer", f"{lacking.text} ({_pages([finding])})", "yellow")


def _warning(what: str, told: str, style: str) -> Text:
    return Text.assemble((f"{what}: ", style), told)


def _head(record: Record) -> list[Row]:
    """What tells one document from another: kind, title, body, day, numbers, and those who wrote and are written to."""
    body = next((v for v, _ in record.of(Body)), None)
    of_people = {part: [v for v, _ in record.of(Mention) if v.part == part] for part in ("author", "addressee")}
    told = {
        "slag": next((kind_titles()[v.name] for v, _ in record.of(Kind)), ""),
        "rubrik": next((v.text for v, _ in record.of(Title)), ""),
        "organ": ", ".join(filter(None, (body.name, body.municipality))) if body else "",
        "datum": next((str(v.when) for v, _ in record.of(OwnDate)), ""),
        "diarienummer": ", ".join(str(v.number) for v, _ in record.of(OwnNumber)),
        "andra nycklar": _keys([v for v, _ in record.of(Key)]),
        "från": _named(of_people["author"]),
        "till": _named(of_people["addressee"]),
    }
    return [(label, Text(text)) for label, text in told.items() if text]


def _keys(keys: Sequence[Key]) -> str:
    shown = [
        f"{KEY_TITLES.get(key.kind, key.kind)} {key.number}".strip().replace(" ", TOGETHER) for key in keys[:MOST_KEYS]
    ]
    more = [f"och {len(keys) - MOST_KEYS} till"] if len(keys) > MOST_KEYS else []
    return ", ".join([*shown, *more])


def _named(people: Sequence[Mention]) -> str:
    """People with their party and their office, each once."""
    told = (
        one.name + (f" ({one.party})" if one.party else "") + (f", {one.role}" if one.role else "") for one in people
    )
    return "; ".join(dict.fromkeys(told))


def _numbered(question: Question) -> str:
    return f"fråga {question.number}" if question.number else "fråga"


def _decisions(console: Console, record: Record) -> None:
    """Decisions under their §, each § with the votes that were held there."""
    decided, votes = record.of(Decision), record.of(Vote)
    headings = dict.fromkeys([*(v.under for v, _ in decided), *(v.under for v, _ in votes)])
    if headings:
        _heading(console, "Beslut")
    for heading in headings:
        if heading:
            console.print(Text(heading, "bold"))
        rows: list[Row] = [("förslag" if v.proposed else "beslut", _said(f)) for v, f in decided if v.under == heading]
        rows += [("votering", _vote(v, f)) for v, f in votes if v.under == heading]
        console.print(_grid(rows))


def _vote(vote: Vote, finding: Finding) -> Text:
    abstained = f", {vote.abstained} avstår" if vote.abstained else ""
    return Text.assemble((f"{vote.yes} ja, {vote.no} nej{abstained}", "bold"), _where(finding))


def _promises(console: Console, record: Record) -> None:
    """What the one who answers undertakes, and apart from it what others are to do."""
    told = record.of(Promise)
    own = [(GRADE_TITLES[v.grade], _promise(v, f)) for v, f in told if v.grade != "other's duty"]
    _list(console, "Löften och åtaganden", own)
    _list(console, "Vad andra ska göra", [("", _promise(v, f)) for v, f in told if v.grade == "other's duty"])


def _promise(promise: Promise, finding: Finding) -> Text:
    more = [f"senast {promise.due}" if promise.due else "", f"uppdrag till {promise.to}" if promise.to else ""]
    return Text.assemble(_said(finding), (f"  {'; '.join(filter(None, more))}" if any(more) else "", "cyan"))


def _statement(statement: Statement, finding: Finding) -> Text:
    parties = f" ({', '.join(statement.parties)})" if statement.parties else ""
    points = f", hänvisar till {statement.points_to}" if statement.points_to else ""
    return Text.assemble(f"{', '.join(statement.persons)}{parties}{points}".strip(), _where(finding))


def _table(table: Table, finding: Finding) -> RenderableType:
    """A table as a table: columns of figures to the right, as wide as the terminal lets it be."""
    title = Text.assemble((table.caption or "Tabell", "bold cyan"), _where(finding))
    widest = max((len(row) for row in (table.header, *table.rows)), default=0)
    shown = Grid(box=SIMPLE_HEAD, header_style="dim", pad_edge=False)
    shown.show_header = any(table.header)
    for i in range(widest):
        cells = [row[i] for row in table.rows if i < len(row) and row[i]]
        figures = sum(cell[:1].isdigit() or cell[:1] in "-–−" for cell in cells)
        heading = table.header[i] if i < len(table.header) else ""
        shown.add_column(Text(heading), justify="right" if cells and figures == len(cells) else "left")
    for row in table.rows:
        shown.add_row(*(Text(cell) for cell in row))
    return Padding(Group(title, shown), (1, 0, 0, 0), expand=False)


def _list(console: Console, title: str, rows: Sequence[Row]) -> None:
    if rows:
        if title:
            _heading(console, title)
        console.print(_grid(rows))


def _heading(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title, "bold cyan"))


def _grid(rows: Sequence[Row]) -> Grid:
    """Labels to the left of what they name; a label that is the same as the one above is not said again."""
    grid = Grid.grid(padding=(0, 2))
    grid.add_column(max_width=LABEL_WIDTH, style="dim")
    grid.add_column(ratio=1)
    above = ""
    for label, told in rows:
        grid.add_row(Text(label if label != above else ""), told)
        above = label
    return grid


def _said(finding: Finding) -> Text:
    return Text.assemble(f"”{finding.text}”", _where(finding))


def _where(finding: Finding) -> tuple[str, str]:
    return (f"  {_pages([finding])}", "dim")


def _pages(findings: Iterable[Finding]) -> str:
    """The pages where something stands, each once: `s. 1, 3`."""
    pages = Counter(place.page for finding in findings for place in finding.places)
    return f"s.{TOGETHER}{', '.join(str(page) for page in sorted(pages))}"
