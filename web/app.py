"""The application: its routes, what stands between them and the network, and how it is started.

It binds to this machine alone. Any other address needs a file of passwords.
"""

import getpass
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from corpus.errors import AktsparError, WrongUse
from web import answers, pages
from web.routes import ROUTES
from web.security import Guard, LoginNeeded, Passwords

LOCAL = ("127.0.0.1", "localhost", "::1")
STATIC = Path(__file__).parent / "static"
DAY = 24 * 60 * 60


def create(
    home: Path, hosts: Sequence[str], folders: Sequence[Path] = (), passwords: Passwords | None = None
) -> Starlette:  # fmt: skip
    """Return the application over a library. `hosts` are the Host headers it answers to, `folders` may be taken in."""
    secret = secrets.token_bytes(32)
    middleware = [
        Middleware(Guard, hosts=hosts),
        Middleware(SessionMiddleware, secret.hex(), "aktspar", DAY, same_site="strict"),
        *([Middleware(LoginNeeded)] if passwords else []),
    ]
    app = Starlette(
        routes=[*ROUTES, Mount("/static", StaticFiles(directory=STATIC), name="static")],
        middleware=middleware,
        exception_handlers={HTTPException: _told, AktsparError: _cause},
        lifespan=_living,
    )
    app.state.home, app.state.secret, app.state.folders, app.state.passwords = home, secret, tuple(folders), passwords
    app.state.user = _user()
    return app


@asynccontextmanager
async def _living(app: Starlette) -> AsyncIterator[None]:
    """Keep what outlives a request: the process that draws pages, and the run that takes files in."""
    from web.drawing import Draughtsman
    from web.taking_in import Desk

    with Draughtsman(app.state.home) as draughtsman:
        app.state.draughtsman, app.state.desk = draughtsman, Desk(app.state.home)
        yield


def _user() -> str:
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


async def _told(request: Request, error: Exception) -> Response:
    status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    cause = {404: "Sidan finns inte.", 405: "Så kan sidan inte användas."}.get(status, detail)
    return pages.render(request, "fel.html", {"cause": cause, "remedy": ""}, status)


async def _cause(request: Request, error: Exception) -> Response:
    return answers.told_error(request, error if isinstance(error, AktsparError) else AktsparError(str(error)))


def serve(
    home: Path, host: str, port: int, folders: Sequence[Path], password_file: Path | None, names: Sequence[str] = ()
) -> None:
    """Serve the library until interrupted. Raises WrongUse for an address open to others without passwords."""
    if host not in LOCAL and password_file is None:
        raise WrongUse(
            f"Adressen {host} nås av andra än den här datorn.",
            "Ange en lösenordsfil (--passwords FIL, gjord med aktspar password) eller låt sidan ligga på 127.0.0.1.",
        )
    passwords = Passwords(password_file) if password_file else None
    hosts = [f"{bracketed}:{port}" for bracketed in ("127.0.0.1", "localhost", "[::1]", host, *names)]
    hosts += [*names, host] if port in {80, 443} else []
    uvicorn.run(
        create(home, hosts, folders, passwords), host=host, port=port, log_level="warning", server_header=False,
        proxy_headers=False, timeout_keep_alive=15,
    )  # fmt: skip
