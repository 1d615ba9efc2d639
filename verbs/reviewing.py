"""The verb by which people judge what the program is unsure of."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import WrongUse
from verbs.common import HOME, JSON, answer, open_library

if TYPE_CHECKING:
    from corpus.store import Store
    from index.judged import LinkKey

SEE_REVIEW = "aktspar review visar vad som kan bedömas, med nummer."


@click.command()
@click.argument("named", required=False, metavar="[NUMMER]")
@click.option("--status", metavar="LÄGE", help="Sätt en frågas läge: besvarad, delvis besvarad, ej besvarad …")
@click.option("--passage", type=int, metavar="N", help="Passage N svarar på frågan.")
@click.option("--reject-passage", type=int, metavar="N", help="Passage N svarar inte på frågan.")
@click.option("--accept", is_flag=True, help="Godta en koppling, eller sätt en ny (s14-12: handling 14 besvarar 12).")
@click.option("--reject", is_flag=True, help="Underkänn en koppling.")
@click.option("--undo", is_flag=True, help="Ta tillbaka allt som satts; det programmet fann gäller igen.")
@click.option("--by", metavar="NAMN", help="Vem som bedömer (annars inloggningsnamnet).")
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="Visa högst så många av varje."
)
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Hoppa över så många av varje.")
@HOME
@JSON
def review(
    named: str | None, status: str | None, passage: int | None, reject_passage: int | None, accept: bool, reject: bool,
    undo: bool, by: str | None, limit: int, offset: int, home: Path, as_json: bool,
) -> None:  # fmt: skip
    """Granska det programmet är osäkert på, och bedöm själv: kopplingar (s14-12) och svar (f12-3). Ditt ord gäller."""
    from index import judged
    from index import review as judge

    about_question = (status, passage, reject_passage) != (None, None, None)
    with open_library(home) as store:
        question = judged.find_question(store, named) if named else None
        link = judged.find_link(store, named) if named else None
        if named and question is None and link is None:
            raise WrongUse(f"{named} är inget nummer på en fråga (f12-3) eller en koppling (s14-12).", SEE_REVIEW)
        if undo + (accept or reject) + about_question > 1 or (accept and reject):
            raise WrongUse("Valen går inte ihop.", "Gör en sak i taget.")
        if (about_question and question is None) or ((accept or reject) and link is None) or (undo and not named):
            raise WrongUse("Det valet hör inte till det numret.", SEE_REVIEW)
        who = _who(by) if about_question or accept or reject or undo else ""
        if question and about_question:
            judge.judge_question(store, question, who, status=status, accept=passage, reject=reject_passage)
        elif question and undo:
            judge.undo_question(store, question, who)
        elif link and (accept or reject or undo):
            judge.judge_link(store, link, who, "accepted" if accept else "rejected" if reject else "undone")
        if question or link:
            _show_judged(store, question, link, as_json=as_json)
        else:
            _show_doubts(store, limit, offset, as_json=as_json)


def _show_judged(store: "Store", question: tuple[int, int] | None, link: "LinkKey | None", *, as_json: bool) -> None:
    """Show the question or the link that was named, as it now stands."""
    from index import review as judge
    from index.export import interface
    from terminal import ledgers
    from terminal.console import out

    if question:
        asked, offered = judge.question(store, question)
        told = interface.reviewed(asked, offered)
        answer(told, as_json=as_json, show=lambda: ledgers.question_to_review(out(), asked, offered))
    elif link:
        held = judge.link(store, link)
        if held is None:
            raise WrongUse("Det finns ingen sådan koppling.", "aktspar review visar de osäkra; --accept gör en ny.")
        answer(interface.link(held), as_json=as_json, show=lambda: ledgers.link(out(), held))


def _show_doubts(store: "Store", limit: int, offset: int, *, as_json: bool) -> None:
    """Show what to look at."""
    from index import review as judge
    from index.export import interface
    from terminal import ledgers
    from terminal.console import out

    unsure = judge.doubts(store, limit, offset)
    answer(interface.doubts(unsure), as_json=as_json, show=lambda: ledgers.doubts(out(), unsure))


def _who(by: str | None) -> str:
    """Return who judges: as given, else the login name."""
    import getpass

    try:
        name = (getpass.getuser() if by is None else by).strip()
    except (OSError, KeyError, ImportError):
        name = ""
    if not name:
        raise WrongUse("Det framgår inte vem som bedömer.", "Ange ditt namn: --by NAMN")
    return name
