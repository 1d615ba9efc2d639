"""Who may ask, and what a browser may do with the answer.

Only requests to the names the page is served under are answered (a foreign Host is how DNS rebinding comes in). Every
answer forbids scripts, styles, frames and connections that are not the page's own. A change needs a token that only
the page itself has been given, tied to the session's cookie. Where the page is open to others than this machine, a
session must have logged in, and who guesses has to wait.
"""

import hmac
import secrets
import time
from collections import deque
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import WrongUse

LOGIN = "/logga-in"
OPEN_TO_ALL = (LOGIN, "/static/")
LARGEST_BODY = 200 << 20  # bytes of a request: an upload of scans
GUESSES, WITHIN = 5, 300.0  # failed logins an address may make within so many seconds
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
        " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Lets through requests to our own names, of a bearable size, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self.app, self.hosts = app, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(headers)
        if refusal:
            await refusal(scope, receive, _guarded(send))
            return
        await self.app(scope, _bounded(receive), _guarded(send))

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        if headers.getlist("host") == [] or any(host not in self.hosts for host in headers.getlist("host")):
            return PlainTextResponse("Sidan finns inte under det namnet.", 421)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            return PlainTextResponse("För mycket på en gång. Lägg in större mängder med aktspar add.", 413)
        return None


def _guarded(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return guarded


def _bounded(receive: Receive) -> Receive:
    """Count what comes in: a body sent in pieces says no length."""
    held = 0

    async def bounded() -> Message:
        nonlocal held
        message = await receive()
        held += len(message.get("body", b""))
        if held > LARGEST_BODY:
            raise HTTPException(413, "För mycket på en gång.")
        return message

    return bounded


def token(request: Request) -> str:
    """Return the token a form of this session carries."""
    key = request.session.setdefault("key", secrets.token_urlsafe(32))
    return hmac.new(request.app.state.secret, key.encode(), sha256).hexdigest()


def check_token(request: Request, given: str) -> None:
    """Refuse a change that our own page did not send."""
    foreign = request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
    if foreign or "key" not in request.session or not hmac.compare_digest(given.encode(), token(request).encode()):
        raise HTTPException(403, "Formuläret är för gammalt eller kom från en annan sida. Öppna sidan på nytt.")


class LoginNeeded:
    """Sends whoever has not logged in to do so."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["session"].get("name") or scope["path"].startswith(OPEN_TO_ALL):
            await self.app(scope, receive, send)
        elif scope["method"] == "GET" and not scope["path"].endswith(".json"):
            await RedirectResponse(LOGIN, 303)(scope, receive, send)
        else:
            await PlainTextResponse("Logga in först.", 401)(scope, receive, send)


class Passwords:
    """Names and argon2 hashes from a file with a line `name:hash` each, and how often an address has guessed wrong."""

    def __init__(self, file: Path) -> None:
        """Raises WrongUse where the file cannot be read or holds no one."""
        try:
            lines = file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            cause = f"Lösenordsfilen {file} går inte att läsa."
            raise WrongUse(cause, "Gör en med aktspar password FIL NAMN.") from error
        self._hashes: Mapping[str, str] = dict(line.strip().split(":", 1) for line in lines if ":" in line)
        if not self._hashes:
            raise WrongUse(f"Lösenordsfilen {file} är tom.", "Lägg till någon: aktspar password FIL NAMN.")
        self._no_ones = PasswordHasher().hash(secrets.token_hex())
        self._failed: dict[str, deque[float]] = {}

    def waits(self, address: str) -> bool:
        """Tell whether an address has to wait before it may try again."""
        failed = self._failed.get(address, deque())
        while failed and time.monotonic() - failed[0] > WITHIN:
            failed.popleft()
        return len(failed) >= GUESSES

    def fits(self, address: str, name: str, password: str) -> bool:
        """Tell whether a password is right; it takes as long for a name no one has."""
        held = self._hashes.get(name)
        try:
            PasswordHasher().verify(held or self._no_ones, password)
        except (VerificationError, InvalidHashError):
            held = None
        if held is None:
            self._failed.setdefault(address, deque(maxlen=GUESSES)).append(time.monotonic())
        return held is not None
