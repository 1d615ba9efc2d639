"""Lägg till: upload files, or name one of the folders the server was started with; follow the run; read its account.

No path ever comes from a request: an upload has a name that is made safe, a folder has a number.
"""

from dataclasses import asdict
from typing import BinaryIO

from starlette.datastructures import UploadFile
from starlette.routing import Route

from corpus.account import Account
from corpus.errors import WrongUse
from corpus.store import Store
from index.export import interface
from web.answers import Answer, Asked, Json, get, post
from web.taking_in import Desk, Going

PAGE = "/lagg-till"


def intake(asked: Asked, store: Store) -> Answer:
    """Show what can be added, how the run goes, and the account of the last."""
    del store
    desk: Desk = asked.state.desk
    going = desk.told()
    folders = [str(folder) for folder in asked.state.folders]
    told = {"folders": folders, "run": _run(going) if going else None}
    return Answer("lagg_till.html", told, {"going": going, "folders": folders})


def _run(going: Going) -> Json:
    failure = {"error": going.failure.cause, "remedy": going.failure.remedy} if going.failure else None
    return {
        "what": going.what,
        "ended": going.ended,
        "indexing": going.indexing,
        "files": {"ahead": going.files, "done": going.files_done},
        "pages": {"ahead": going.pages, "done": going.pages_done},
        "latest": going.latest,
        "seconds": round(going.seconds, 1),
        "account": _account(going.account) if going.account else None,
        "failure": failure,
        "documents": [asdict(one) for one in going.documents],
    }


def _account(account: Account) -> Json:
    pages = {"in": account.pages_in, "held": account.pages_held, "listed": account.pages_listed}
    problems = [interface.problem(one) for one in account.problems]
    return {"documents": account.documents, "pages": pages, "problems": problems}


def upload(asked: Asked, store: Store) -> str:
    """Take in uploaded files."""
    del store
    files: list[tuple[str, BinaryIO]] = [
        (one.filename, one.file) for one in asked.form.getlist("filer") if isinstance(one, UploadFile) and one.filename
    ]
    if not files:
        raise WrongUse("Ingen fil är vald.", "Välj en eller flera filer och tryck på Lägg till.")
    desk: Desk = asked.state.desk
    desk.take_in_uploads(files)
    return PAGE


def folder(asked: Asked, store: Store) -> str:
    """Take in one of the folders the server was started with, chosen by its number from 1."""
    del store
    number = asked.number("mapp", 0)
    if not 1 <= number <= len(asked.state.folders):
        raise WrongUse(
            "Den mappen finns inte att välja.", "Välj bland mapparna under Lägg till; de nämns när sidan startas."
        )
    desk: Desk = asked.state.desk
    desk.take_in_folder(asked.state.folders[number - 1])
    return PAGE


ROUTES: list[Route] = [*get(PAGE, intake), *post(PAGE, upload), *post(f"{PAGE}/mapp", folder)]
