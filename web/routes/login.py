"""Logga in: where the page is open to others than this machine. A login begins a new session, a logout ends it.

These read and write the session, which other pages do not: they are handlers of requests, not plain functions.
"""

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from web import pages
from web.answers import SEE_OTHER
from web.security import LOGIN, WITHIN, Passwords, TooManyGuesses, check_token

LOGOUT = "/logga-ut"
LONGEST, LONGEST_NAME = 1000, 200  # characters of a password, of a name that is shown again
FORBIDDEN = 403


async def login(request: Request) -> Response:
    """Show the form."""
    if request.app.state.passwords is None:
        return RedirectResponse("/", SEE_OTHER)
    return _form(request, _local(request.query_params.get("till", "")))


def _form(request: Request, wanted: str, name: str = "", problem: str = "", status: int = 200) -> Response:
    shown = {"wanted": wanted, "name": name[:LONGEST_NAME], "problem": problem}
    return pages.render(request, "logga_in.html", shown, status)


async def log_in(request: Request) -> Response:
    """Check a name and its password, and begin a session that nothing of the one before is left in."""
    passwords: Passwords | None = request.app.state.passwords
    async with request.form(max_fields=10, max_files=0) as form:
        token, name, password, wanted = (str(form.get(key, "")) for key in ("token", "namn", "losenord", "till"))
    check_token(request, token)
    if passwords is None:
        return RedirectResponse("/", SEE_OTHER)
    address = request.client.host if request.client else ""
    try:
        fits = await run_in_threadpool(passwords.fits, address, name.strip(), password[:LONGEST])
    except TooManyGuesses as error:
        wait = f"För många försök. Vänta {WITHIN / 60:.0f} minuter och försök igen."
        raise HTTPException(429, wait, {"Retry-After": f"{WITHIN:.0f}"}) from error
    if not fits:
        return _form(request, _local(wanted), name.strip(), "Namnet och lösenordet hör inte ihop.", FORBIDDEN)
    request.session.clear()
    request.session.update(name=name.strip(), ticket=passwords.log_in())
    return RedirectResponse(_local(wanted), SEE_OTHER)


async def log_out(request: Request) -> Response:
    """End the session."""
    async with request.form(max_fields=10, max_files=0) as form:
        check_token(request, str(form.get("token", "")))
    passwords: Passwords | None = request.app.state.passwords
    if passwords is not None:
        passwords.log_out(request.session.get("ticket", ""))
    request.session.clear()
    return RedirectResponse(LOGIN, SEE_OTHER)


def _local(path: str) -> str:
    """Return a path of our own to go to; what might lead elsewhere is the start page."""
    own = path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path
    return path if own else "/"


ROUTES: list[Route] = [
    Route(LOGIN, login, methods=["GET"]),
    Route(LOGIN, log_in, methods=["POST"]),
    Route(LOGOUT, log_out, methods=["POST"]),
]
