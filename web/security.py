"""Who may ask, and what a browser may do with the answer.

Only requests to the names the page is served under are answered (a foreign Host is how DNS rebinding comes in), and
of what other sites make a browser ask only that a person follows a link. Every answer forbids scripts, styles, frames
and connections that are not the page's own. A change needs a token that only the page itself has been given, tied to
the session's cookie. The cookie comes along with links from elsewhere (lax): a link in a mail must find who is logged
in, and what a link can do changes nothing. Where the page is open to others than this machine, a session must have
logged in, and who guesses has to wait.
"""

import asyncio
import hmac
import os
import secrets
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from ipaddress import IPv4Address, IPv6Network, ip_address
from pathlib import Path
from threading import Lock, Semaphore
from time import monotonic
from urllib.parse import urlencode

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.errors import WrongUse, unwritten

LOGIN = "/logga-in"
STATIC = "/static/"
UPLOADS = "/lagg-till"  # the one path to which much may be sent
SHORTEST = 10  # characters of a password
LARGEST_BODY, LARGEST_FORM = 200 << 20, 1 << 20  # bytes of a request: an upload of scans, any other
BODY_SECONDS, SLOWEST = 30, 10_000  # for a body to come in, and one more for each so many bytes
LONGEST_PATH, LONGEST_QUESTION = 1000, 32_000  # characters of an address before and after its question mark
DIGITS = 12  # of a length that makes sense
GUESSES, WITHIN = 5, 300.0  # failed logins an address may make within so many seconds
ADDRESSES = 10_000  # that guess at the same time
AT_ONCE = 2  # passwords that are checked: each takes 64 MB on purpose
NEIGHBOURS = 64  # bits of an IPv6 address that tell who asks: the rest are the asker's to choose
DAY = 24 * 60 * 60
READS = {"GET", "HEAD"}
ELSEWHERE = {"cross-site", "same-site"}  # what browsers call other sites; same-site is another port of this machine
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
        self.app, self.hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(headers, scope)
        if refusal:
            await _refused(scope, *refusal)(scope, receive, _guarded(send))
            return
        begun = False

        async def heard(message: Message) -> None:
            nonlocal begun
            begun = True
            await guarded(message)

        guarded = _guarded(send)
        try:
            await self.app(scope, _bounded(receive, _largest(scope["path"])), heard)
        except Exception:  # a fault of ours: told with the same headers, then logged by the server
            if not begun:
                await _refused(scope, 500, "Något gick fel i programmet.")(scope, receive, guarded)
            raise

    def _refusal(self, headers: Headers, scope: Scope) -> tuple[int, str] | None:
        path: str = scope["path"]
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self.hosts:
            return 421, "Sidan finns inte under det namnet."
        if headers.get("sec-fetch-site") in ELSEWHERE and not (
            scope["method"] in READS and headers.get("sec-fetch-mode", "navigate") == "navigate"
        ):
            return 403, "En annan webbplats frågade efter sidan."
        if len(path) > LONGEST_PATH or len(scope["query_string"]) > LONGEST_QUESTION:
            return 414, "Adressen är för lång."
        if "content-length" in headers and "transfer-encoding" in headers:
            return 400, "Förfrågan säger två längder."  # and a server in front may have believed the other
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or len(length) > DIGITS or int(length) > _largest(path):
            return 413, f"För mycket på en gång: högst {_largest(path) >> 20} MB. Gå tillbaka och skicka mindre."
        return None


def _refused(scope: Scope, status: int, cause: str) -> Response:
    """Return a refusal without a page: as JSON where JSON was asked for. Nothing is read after nonsense."""
    headers = {"Connection": "close"} if status == 400 else {}
    if scope["path"].endswith(".json"):
        return JSONResponse({"error": cause, "remedy": ""}, status, headers)
    return PlainTextResponse(cause, status, headers)


def _largest(path: str) -> int:
    return LARGEST_BODY if path == UPLOADS else LARGEST_FORM


def _guarded(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return guarded


def _bounded(receive: Receive, most: int) -> Receive:
    """Count and time what comes in: a body sent in pieces says no length, and one sent byte by byte never ends."""
    held, whole = 0, False
    began = monotonic()

    async def bounded() -> Message:
        nonlocal held, whole
        if whole:  # what may still come is only that the asker has gone
            return await receive()
        try:
            async with asyncio.timeout(began + BODY_SECONDS + held / SLOWEST - monotonic()):
                message = await receive()
        except TimeoutError as error:
            raise HTTPException(408, "Det tog för lång tid att ta emot. Försök igen.") from error
        held += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if held > most:
            raise HTTPException(413, "För mycket på en gång.")
        return message

    return bounded


def token(request: Request) -> str:
    """Return the token a form of this session carries."""
    key = request.session.setdefault("key", secrets.token_urlsafe(32))
    return hmac.new(request.app.state.secret, key.encode(), sha256).hexdigest()


def check_token(request: Request, given: str) -> None:
    """Refuse a change that our own page did not send."""
    if "key" not in request.session or not hmac.compare_digest(given.encode(), token(request).encode()):
        raise HTTPException(403, "Formuläret är för gammalt eller kom från en annan sida. Öppna sidan på nytt.")


class LoginNeeded:
    """Sends whoever has not logged in to do so."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or _open_to_all(scope["path"]) or _logged_in(scope):
            await self.app(scope, receive, send)
        elif scope["method"] == "GET" and not scope["path"].endswith(".json"):
            wanted = Request(scope).url
            back = urlencode({"till": f"{wanted.path}?{wanted.query}" if wanted.query else wanted.path})
            await RedirectResponse(f"{LOGIN}?{back}", 303)(scope, receive, send)
        else:
            await _refused(scope, 401, "Logga in först.")(scope, receive, send)


def _open_to_all(path: str) -> bool:
    return path == LOGIN or path.startswith(STATIC)


def _logged_in(scope: Scope) -> bool:
    passwords: Passwords = scope["app"].state.passwords
    return passwords.holds(scope["session"].get("ticket", ""))


class TooManyGuesses(Exception):
    """An address has guessed wrong too often and has to wait."""


class Passwords:
    """Names and argon2 hashes from a file with a line `name:hash` each, who is logged in, and who has guessed wrong.

    The file is read again when it has changed: whoever is added may log in, and when someone is removed or has a new
    password everyone logs in again. Used from several threads.
    """

    def __init__(self, file: Path) -> None:
        """Raises WrongUse where the file cannot be read or holds no one."""
        self._file, self._stamp = file, _stamp(file)
        self._hashes = _read(file)
        if not self._hashes:
            raise WrongUse(f"Lösenordsfilen {file} är tom.", "Lägg till någon: aktspar password FIL NAMN.")
        self._no_ones = PasswordHasher().hash(secrets.token_hex())
        self._guesses: dict[str, deque[float]] = {}
        self._tickets: dict[str, float] = {}
        self._lock, self._checking = Lock(), Semaphore(AT_ONCE)

    def _read_again(self) -> None:
        """Read the file where it has changed; one that cannot be read lets no one in."""
        stamp = _stamp(self._file)
        with self._lock:
            if stamp == self._stamp:
                return
            before, self._stamp = self._hashes, stamp
            try:
                self._hashes = _read(self._file)
            except WrongUse:
                self._hashes = {}
            if any(self._hashes.get(name) != held for name, held in before.items()):
                self._tickets.clear()

    def fits(self, address: str, name: str, password: str) -> bool:
        """Tell whether a password is right; it takes as long for a name no one has. Raises TooManyGuesses."""
        self._read_again()
        asker = _asker(address)
        noted = self._note_guess(asker)  # before it is checked: many at once are many
        held = self._hashes.get(name)
        with self._checking:
            try:
                PasswordHasher().verify(held or self._no_ones, password)
            except (VerificationError, InvalidHashError):
                return False
        if held is None:
            return False
        with self._lock, suppress(KeyError, ValueError):
            self._guesses[asker].remove(noted)  # the wrong ones still count: an insider may guess too
        return True

    def _note_guess(self, asker: str) -> float:
        now = monotonic()
        with self._lock:
            if len(self._guesses) >= ADDRESSES:
                self._guesses = {one: at for one, at in self._guesses.items() if at and now - at[-1] <= WITHIN}
            guesses = self._guesses.setdefault(asker, deque(maxlen=GUESSES))
            if len(guesses) == GUESSES and now - guesses[0] <= WITHIN:
                raise TooManyGuesses
            guesses.append(now)
        return now

    def log_in(self) -> str:
        """Return the ticket of a new session."""
        ticket, now = secrets.token_urlsafe(32), monotonic()
        with self._lock:
            self._tickets = {one: until for one, until in self._tickets.items() if until > now} | {ticket: now + DAY}
        return ticket

    def log_out(self, ticket: str) -> None:
        """End a session: a copy of its cookie is worth nothing any more."""
        with self._lock:
            self._tickets.pop(ticket, None)

    def holds(self, ticket: str) -> bool:
        """Tell whether a session is logged in."""
        self._read_again()
        return self._tickets.get(ticket, 0.0) > monotonic()


def _asker(address: str) -> str:
    """Return who an address is counted as: whoever has one IPv6 address most often has a whole network of them."""
    try:
        asker = ip_address(address)
    except ValueError:
        return address
    if isinstance(asker, IPv4Address):
        return address
    return str(asker.ipv4_mapped or IPv6Network((int(asker), NEIGHBOURS), strict=False))


def _stamp(file: Path) -> tuple[int, ...] | None:
    """Return what changes when a file is written anew or replaced."""
    try:
        told = file.stat()
    except OSError:
        return None
    return told.st_ino, told.st_size, told.st_mtime_ns


def _read(file: Path) -> dict[str, str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        cause = f"Lösenordsfilen {file} går inte att läsa."
        raise WrongUse(cause, "Gör en med aktspar password FIL NAMN.") from error
    return dict(line.strip().split(":", 1) for line in lines if ":" in line)


def set_password(file: Path, name: str, password: str) -> None:
    """Write a password's hash to a file that only its owner may read, in place of the one of that name."""
    if not name or ":" in name or not name.isprintable():
        raise WrongUse(f"{name!r} går inte som namn.", "Välj ett namn utan kolon, till exempel eva.ek.")
    if len(password) < SHORTEST:
        raise WrongUse(f"Lösenordet är kortare än {SHORTEST} tecken.", "Välj ett längre, gärna flera ord.")
    held = {**(_read(file) if file.exists() else {}), name: PasswordHasher().hash(password)}
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as written:
            written.writelines(f"{one}:{hashed}\n" for one, hashed in held.items())
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise unwritten(file, error) from error
