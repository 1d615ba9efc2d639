"""The verb by which people judge what the program is unsure of."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import WrongUse
from verbs.common import HOME, JSON, answer, open_library, restore_again, who_says

if TYPE_CHECKING:
    from corpus.store import Store
    from index.approved import Readable
    from index.judged import LinkKey

SEE_REVIEW = "aktspar review visar vad som kan bedömas, med nummer."


@click.command()
@click.argument("named", required=False, metavar="[NUMMER]")
@click.option("--status", metavar="LÄGE", help="Sätt en frågas läge: besvarad, delvis besvarad, ej besvarad …")
@click.option("--passage", type=int, metavar="N", help="Passage N svarar på frågan.")
@click.option("--reject-passage", type=int, metavar="N", help="Passage N svarar inte på frågan.")
@click.option(
    "--accept",
    is_flag=True,
    help="Godta det som står: ett svar, en koppling (eller sätt en ny, s14-12), en rättelse, en sida som går att läsa.",
)
@click.option("--reject", is_flag=True, help="Underkänn en koppling eller en rättelse.")
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
    """Granska det programmet är osäkert på, och bedöm själv. Ditt ord gäller.

    NUMMER är det på ett svar (f12-3), en koppling (s14-12), en svårläst sida (p12-3) eller en rättelse (r12-3-4).
    """
    from index import approved, judged

    about_question = (status, passage, reject_passage) != (None, None, None)
    with open_library(home) as store:
        question = judged.find_question(store, named) if named else None
        link = judged.find_link(store, named) if named else None
        readable = approved.find(store, named) if named else None
        if named and not (question or link or readable):
            cause = f"{named} är inget nummer på en fråga (f12-3), en koppling (s14-12), en sida eller en rättelse."
            raise WrongUse(cause, SEE_REVIEW)
        if undo + (accept or reject) + about_question > 1 or (accept and reject):
            raise WrongUse("Valen går inte ihop.", "Gör en sak i taget.")
        rejectable = link is not None or (readable is not None and readable.made is not None)
        if (about_question and not question) or (reject and not rejectable) or ((accept or undo) and not named):
            raise WrongUse("Det valet hör inte till det numret.", SEE_REVIEW)
        who = who_says(by) if about_question or accept or reject or undo else ""
        if readable:
            _judge_reading(store, readable, who, accept=accept, reject=reject, as_json=as_json)
        elif question or link:
            if question and who:
                _judge_question(store, question, who, (status, passage, reject_passage), accept=accept, undo=undo)
            elif link and who:
                _judge_link(store, link, who, accept=accept, reject=reject)
            _show_judged(store, question, link, as_json=as_json)
        else:
            _show_doubts(store, limit, offset, as_json=as_json)


def _judge_question(
    store: "Store", question: tuple[int, int], who: str, said: tuple[str | None, int | None, int | None],
    *, accept: bool, undo: bool,
) -> None:  # fmt: skip
    """Put down what is said of a question: that it stands, its status and a passage, or that nothing is said."""
    from index import review as judge

    if undo:
        judge.undo_question(store, question, who)
    elif accept:
        judge.agree(store, question, who)
    else:
        status, passage, reject_passage = said
        judge.judge_question(store, question, who, status=status, accept=passage, reject=reject_passage)


def _judge_link(store: "Store", link: "LinkKey", who: str, *, accept: bool, reject: bool) -> None:
    """Put down what is said of a link."""
    from index import review as judge

    judge.judge_link(store, link, who, "accepted" if accept else "rejected" if reject else "undone")


def _judge_reading(
    store: "Store", one: "Readable", who: str, *, accept: bool, reject: bool, as_json: bool
) -> None:  # fmt: skip
    """Put down what is said of a page or a correction, if anything, and show how it stands."""
    from corpus import rulings
    from index import approved

    if reject and one.made:
        sha256 = store.listed(one.document).sha256
        rejected = rulings.Rejection(one.made.before, one.made.after, sha256, one.page, one.made.start, by=who)
        rulings.reject(store.home, rejected)
        restore_again(store, store.home, [one.document], as_json=as_json)
        return
    if who and accept:
        approved.approve(store, one, who)
    elif who:
        approved.take_back(store, one, who)
    held, made = store.listed(one.document), one.made
    stands = approved.stands(store, one)
    told = {"document": one.document, "file": held.file, "page": one.page, "approved": stands}
    told |= {"before": made.before, "after": made.after} if made else {}

    def show() -> None:
        what = f"{made.before} → {made.after}, " if made else ""
        click.echo(f"{what}{held.file}, s. {one.page}: {'godkänd' if stands else 'inte bedömd'}")

    answer(told, as_json=as_json, show=show)


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
    from terminal import ledgers, readings
    from terminal.console import out

    unsure = judge.doubts(store, limit, offset)
    told = {
        **interface.doubts(unsure),
        "pages": [{"id": one.id, **interface.poor_page(one)} for one in unsure.pages],
        "corrections": [{"id": one.id, **interface.doubtful_correction(one)} for one in unsure.corrections],
    }

    def show() -> None:
        readings.pages(out(), unsure.pages, unsure.counts.pages)
        readings.corrections(out(), unsure.corrections, unsure.counts.corrections)
        ledgers.doubts(out(), unsure)

    answer(told, as_json=as_json, show=show)
