"""The verbs that follow matters, and the ledgers of what was asked and promised."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import WrongUse
from verbs.common import FROM, HOME, JSON, TO, answer, first_year, open_library

if TYPE_CHECKING:
    from corpus.dates import When


@click.command()
@click.argument("query", metavar="SÖKNING|NUMMER|HANDLING")
@FROM
@TO
@HOME
@JSON
def trace(query: str, first: int | None, last: int | None, home: Path, as_json: bool) -> None:
    """Följ ett ärende: handlingar, händelser, frågor med svar, krav, löften, uttalanden och luckor."""
    from index.export import interface
    from index.trace import trace as follow
    from terminal import show
    from terminal.console import out

    with open_library(home) as store:
        found = follow(store, home, query, first if first is not None else first_year(home), last)
    answer(interface.trace(found), as_json=as_json, show=lambda: show.trace(out(), found))


@click.command()
@click.argument("query", metavar="SÖKNING|NUMMER|HANDLING")
@FROM
@TO
@HOME
@JSON
def timeline(query: str, first: int | None, last: int | None, home: Path, as_json: bool) -> None:
    """Visa ett ärendes händelser i tidsordning, var och en med sina källor."""
    from index.export import interface
    from index.timeline import timeline as in_order
    from index.trace import matter
    from terminal import show
    from terminal.console import out

    with open_library(home) as store:
        topic, documents = matter(store, home, query)
        entries = in_order(store, topic, documents, first if first is not None else first_year(home), last)
    answer(interface.timeline(entries), as_json=as_json, show=lambda: show.timeline(out(), entries))


@click.command()
@click.option("--open", "still_open", is_flag=True, help="Bara de som inte är helt besvarade.")
@click.option("--to", metavar="NAMN", help="Bara frågor ställda till den här personen.")
@click.option("--party", metavar="PARTI", help="Bara frågor från det här partiet (V, Vänsterpartiet …).")
@HOME
@JSON
def questions(still_open: bool, to: str | None, party: str | None, home: Path, as_json: bool) -> None:
    """Visa varje fråga med dess svar, eller att svar saknas."""
    from index import ledger
    from index.export import interface
    from terminal import ledgers
    from terminal.console import out

    code = _party(party) if party else None
    with open_library(home) as store:
        asked = ledger.matching(ledger.questions(store), still_open=still_open, to=to, party=code)
    answer(interface.questions(asked), as_json=as_json, show=lambda: ledgers.questions(out(), asked))


@click.command()
@click.option("--by", metavar="NAMN", help="Bara löften från den här personen.")
@click.option(
    "--due-before", metavar="DATUM", help="Bara löften vars tid går ut före den här dagen (2025-06-30, 2025)."
)
@click.option("--overdue", is_flag=True, help="Bara löften vars tid har gått ut utan att något senare är hittat.")
@click.option("--today", metavar="DATUM", help="Räkna från den här dagen (annars den nyaste handlingens).")
@click.option(
    "--evidence", type=click.IntRange(min=0), default=50, show_default=True, metavar="ANTAL",
    help="Sök efter vad senare handlingar säger om så många löften.",
)  # fmt: skip
@HOME
@JSON
def promises(
    by: str | None, due_before: str | None, overdue: bool, today: str | None, evidence: int, home: Path, as_json: bool
) -> None:
    """Visa vad som lovats: av vem, hur fast och till när, och vad senare handlingar säger om det."""
    from corpus.people import same_person
    from index import ledger
    from index.export import interface
    from terminal import ledgers
    from terminal.console import out

    before, day = (_day(typed) if typed else None for typed in (due_before, today))
    with open_library(home) as store:
        given = [p for p in ledger.promises(store) if by is None or (p.by and same_person(by, p.by))]
        if before:
            given = [p for p in given if ledger.is_due_before(p, before)]
        if overdue:
            given = [p for p in ledger.followed(store, [p for p in given if p.due], day) if p.overdue]
        else:
            given = [*ledger.followed(store, given[:evidence], day), *given[evidence:]]
    told = {"items": [interface.promise(promise) for promise in given]}
    answer(told, as_json=as_json, show=lambda: ledgers.promises(out(), given))


@click.command()
@click.argument("name", metavar="PARTI")
@click.argument("topic", nargs=-1, metavar="[ÄMNE…]")
@HOME
@JSON
def party(name: str, topic: tuple[str, ...], home: Path, as_json: bool) -> None:
    """Visa vad ett parti har frågat, krävt, uttalat och lovat, om ett ämne eller alls, i tidsordning."""
    from index.export import interface
    from index.parties import deeds
    from terminal import ledgers
    from terminal.console import out

    code, about = _party(name), " ".join(topic)
    with open_library(home) as store:
        done = deeds(store, code, about)
    answer(interface.party(code, about, done), as_json=as_json, show=lambda: ledgers.party(out(), done))


@click.command()
@click.argument("query", metavar="SÖKNING|NUMMER|HANDLING")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FIL",
    help=".docx, .pdf, .html, .xlsx, .csv, .json, .ics eller .svg",
)
@click.option("--personnummer", "personal_numbers", is_flag=True, help="Skriv ut personnummer (annars maskeras de).")
@FROM
@HOME
def export(query: str, target: Path, personal_numbers: bool, first: int | None, home: Path) -> None:
    """Skriv ett ärende till en fil att skicka eller räkna vidare på."""
    from index.export import check, write
    from index.trace import trace as follow

    check(target)
    with open_library(home) as store:
        found = follow(store, home, query, first if first is not None else first_year(home))
    if not found.documents:
        raise WrongUse(f"Inget hittat för {query}; ingen fil skrevs.", "Pröva andra ord, eller sök med aktspar search.")
    write(found, target, home=home, personal_numbers=personal_numbers)
    click.echo(f"Skrev {target} ({len(found.events)} händelser, {len(found.questions)} frågor).", err=True)


def _party(name: str) -> str:
    """Return the code of a party as typed."""
    from corpus.vocabulary import party_code

    code = party_code(name)
    if code is None:
        raise WrongUse(f"Partiet {name} finns inte i ordlistan.", "Skriv partiets kod, till exempel V eller MP.")
    return code


def _day(typed: str) -> "When":
    from corpus.dates import parse

    day = parse(typed)
    if day is None:
        raise WrongUse(f"{typed} är inget datum.", "Skriv till exempel 2025-06-30, 2025-06 eller 2025.")
    return day
