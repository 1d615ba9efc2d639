"""How a handler's answer becomes a response: the same answer as a page for people and as JSON for programs.

A handler is a plain function of what was asked and the open library. It runs in a thread of its own, with a store of
its own: neither is shared between threads. A change ends in a redirect to the page that shows it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, QueryParams, State
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from corpus.errors import AktsparError, LibraryBusy, LibraryClosed, WrongUse, refused
from corpus.store import Store
from index.holdings import Holding
from web import pages
from web.advice import here
from web.citing import Citations
from web.limits import MOST_FIELDS, MOST_FILES
from web.security import check_token

Json = dict[str, Any]
SEE_OTHER = 303


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: the library's folder, the parts of the path, the query, and what a form sent.

    `by` is who asks; `state` is what outlives a request (`draughtsman`, `desk`, `folders`).
    """

    home: Path
    path: Mapping[str, Any]
    query: QueryParams
    form: FormData
    by: str
    state: State

    def text(self, name: str) -> str:
        """Return a value of the query or the form, empty where there is none."""
        given = self.form.get(name, self.query.get(name, ""))
        return given.strip() if isinstance(given, str) else ""

    def number(self, name: str, otherwise: int, most: int = 1_000_000) -> int:
        """Return a whole number from 0 to `most`; what is none is `otherwise`."""
        given = self.text(name)
        return min(int(given), most) if given.isascii() and given.isdigit() and len(given) < 10 else otherwise


@dataclass(frozen=True, slots=True)
class Answer:
    """A page: its template, what its JSON tells, and what the template needs besides.

    `known` are documents that quotes are cited from and need not be looked up again.
    """

    template: str
    told: Json | list[Json]
    shown: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200
    known: Mapping[int, Holding] = field(default_factory=dict)


Handler = Callable[[Asked, Store], Answer | Response]
Change = Callable[[Asked, Store], str]


def get(path: str, handler: Handler) -> list[Route]:
    """Return the routes of a page: itself, and the same with `.json` at its end."""

    async def page(request: Request) -> Response:
        return await run_in_threadpool(_answered, request, handler, FormData(), as_json=False)

    async def data(request: Request) -> Response:
        return await run_in_threadpool(_answered, request, handler, FormData(), as_json=True)

    beside = f"{path}index.json" if path.endswith("/") else f"{path}.json"
    return [Route(beside, data, methods=["GET"]), Route(path, page, methods=["GET"])]  # {name} would fit name.json too


def fetch(path: str, handler: Handler) -> list[Route]:
    """Return the route of what is no page: a picture, a file."""

    async def fetched(request: Request) -> Response:
        return await run_in_threadpool(_answered, request, handler, FormData(), as_json=False)

    return [Route(path, fetched, methods=["GET"])]


def post(path: str, change: Change) -> list[Route]:
    """Return the route of a change. It needs the session's token, and leads to where the change is seen."""

    async def changed(request: Request) -> Response:
        async with request.form(max_fields=MOST_FIELDS, max_files=MOST_FILES) as form:
            check_token(request, str(form.get("token", "")))
            return await run_in_threadpool(_answered, request, _redirecting(change), form, as_json=False)

    return [Route(path, changed, methods=["POST"])]


def _redirecting(change: Change) -> Handler:
    return lambda asked, store: RedirectResponse(change(asked, store), SEE_OTHER)


def _answered(request: Request, handler: Handler, form: FormData, *, as_json: bool) -> Response:
    home: Path = request.app.state.home
    by = request.session.get("name", "") or request.app.state.user
    try:
        with Store(home) as store:
            answer = handler(Asked(home, request.path_params, request.query_params, form, by, request.app.state), store)
            if isinstance(answer, Response):
                return answer
            if as_json:
                return told_json(answer.told, answer.status)
            shown = {**answer.shown, "cite": Citations(store, answer.known)}
            return pages.render(request, answer.template, shown, answer.status)
    except (OSError, MemoryError) as error:
        return told_error(request, refused(error), as_json=as_json)
    except AktsparError as error:
        return told_error(request, error, as_json=as_json)
    except OverflowError:  # a number in the address that no document can have
        return told_error(request, WrongUse("Sidan finns inte."), as_json=as_json)


def told_error(request: Request, error: AktsparError, *, as_json: bool = False) -> Response:
    """Return an error as a page: its cause, and its remedy in the page's words."""
    status = 404 if isinstance(error, WrongUse) else 503 if isinstance(error, LibraryBusy | LibraryClosed) else 500
    if as_json:
        return told_json({"error": error.cause, "remedy": error.remedy}, status)
    return pages.render(request, "fel.html", {"cause": error.cause, "remedy": here(error.remedy)}, status)


def told_json(told: Json | list[Json], status: int = 200) -> Response:
    """Return what a program is told."""
    return Response(msgspec.json.encode(told), status, media_type="application/json")


def address(path: str, **query: object) -> str:
    """Return a path with a query; what is empty is left out."""
    given = {name: str(value) for name, value in query.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(given)}" if given else path
