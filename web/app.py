"""The application: its routes, what stands between them and the network, and how it is started.

It binds to this machine alone. Any other address needs a file of passwords.
"""

import errno
import gc
import getpass
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread

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
from corpus.swedish.lexicon import lexicon
from web import answers, pages
from web.connection import Connection
from web.routes import ROUTES
from web.security import DAY, Guard, LoginNeeded, Passwords

LOCAL = ("127.0.0.1", "localhost", "::1")
GOODBYE_SECONDS, WAITING = 3, 2048  # for answers under way when the page is closed; connections that may wait
IDLE_SECONDS = 15  # that a connection is kept for the next request
READERS = 400  # connections at once, above which the next one is told to come again: each costs a file handle
STATIC = Path(__file__).parent / "static"
STATUS_CAUSES = {
    400: "Formuläret kom inte fram helt, eller med för många filer eller fält.",
    404: "Sidan finns inte.",
    405: "Så kan sidan inte användas.",
}


def create(
    home: Path, hosts: Sequence[str], folders: Sequence[Path] = (), passwords: Passwords | None = None
) -> Starlette:  # fmt: skip
    """Return the application over a library. `hosts` are the Host headers it answers to, `folders` may be taken in."""
    secret = secrets.token_bytes(32)
    middleware = [
        Middleware(Guard, hosts=hosts),
        Middleware(SessionMiddleware, secret.hex(), "aktspar", DAY, same_site="lax"),
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

    with Draughtsman(app.state.home) as draughtsman, Desk(app.state.home) as desk:
        app.state.draughtsman, app.state.desk = draughtsman, desk
        yield


def _user() -> str:
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


async def _told(request: Request, error: Exception) -> Response:
    status, detail = (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    cause = STATUS_CAUSES.get(status, detail)
    if request.url.path.endswith(".json"):
        answer = answers.told_json({"error": cause, "remedy": ""}, status)
    else:
        answer = pages.render(request, "fel.html", {"cause": cause, "remedy": ""}, status)
    answer.headers.update((error.headers or {}) if isinstance(error, HTTPException) else {})
    return answer


async def _cause(request: Request, error: Exception) -> Response:
    return answers.told_error(request, error if isinstance(error, AktsparError) else AktsparError(str(error)))


def serve(
    home: Path, host: str, port: int, folders: Sequence[Path] = (), password_file: Path | None = None,
    names: Sequence[str] = (), begun: Callable[[str], None] = lambda _: None,
) -> None:  # fmt: skip
    """Serve the library until interrupted; `begun` is told the address when it can be visited.

    Raises WrongUse for an address open to others without passwords, and for one that cannot be had.
    """
    if host not in LOCAL and password_file is None:
        raise WrongUse(
            f"Adressen {host} nås av andra än den här datorn.",
            "Ange en lösenordsfil (--passwords FIL, gjord med aktspar password) eller låt sidan ligga på 127.0.0.1.",
        )
    passwords = Passwords(password_file) if password_file else None
    written = f"[{host}]" if ":" in host else host
    known = [*dict.fromkeys(("127.0.0.1", "localhost", "[::1]", written, *names))]
    # Behind a server that speaks TLS, and on the ports of the web itself, a name comes without a port.
    hosts = [*(f"{name}:{port}" for name in known), *names, *(known if port in {80, 443} else [])]
    Thread(target=_warm_up, name="uppvärmning", daemon=True).start()
    with _listening(host, port) as listening:
        config = uvicorn.Config(
            create(home, hosts, folders, passwords), log_level="warning", server_header=False, proxy_headers=False,
            timeout_keep_alive=IDLE_SECONDS, timeout_graceful_shutdown=GOODBYE_SECONDS, ws="none", http=Connection,
            limit_concurrency=READERS,
        )  # fmt: skip
        begun(f"http://{written}:{port}/")
        uvicorn.Server(config).run([listening])


def _warm_up() -> None:
    """Read the lexicon, which takes a second, before a reader waits for it; and never look through it for garbage."""
    lexicon()
    gc.collect()
    gc.freeze()


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises WrongUse where the address cannot be had."""
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise WrongUse(
                f"Port {port} är upptagen av ett annat program.", f"Välj en annan: aktspar serve --port {port + 1}"
            ) from error
        cause = error.strerror or str(error)
        raise WrongUse(
            f"Sidan kan inte ligga på {host}, port {port}: {cause}.", "Välj en annan adress eller port."
        ) from error
    listening.listen(WAITING)
    return listening
