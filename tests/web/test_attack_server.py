"""Attacks on the line, on the real server with short clocks: slow askers, slow takers, lies of lengths, and nonsense.

Whoever does so is hung up on, and everyone else is answered meanwhile.
"""

import re
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from threading import Event, Thread

import httpx2
import pytest
import uvicorn

from corpus.store import Store
from web import app, connection, security
from web.app import serve
from web.security import HEADERS, UPLOADS

SHORT = 1.0  # seconds the clocks are set to
SOON = 8.0  # within which someone is hung up on, on a busy machine
MANY = 60
WHOLE = b"GET /lagg-till HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n"
LARGE = 24 << 20


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A real server with short clocks over a library with one large original."""
    home = tmp_path_factory.mktemp("bibliotek")
    Store(home, create=True).close()
    servers: list[uvicorn.Server] = []
    ready = Event()
    run = uvicorn.Server.run

    def noted(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        servers.append(server)
        run(server, sockets)

    with socket.socket() as free, pytest.MonkeyPatch.context() as patch:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
        patch.setattr("uvicorn.Server.run", noted)
        patch.setattr(connection, "HEAD_SECONDS", SHORT)
        patch.setattr(connection, "TAKING_SECONDS", SHORT)
        patch.setattr(security, "BODY_SECONDS", SHORT)
        patch.setattr(app, "IDLE_SECONDS", SHORT)
        patch.setattr(app, "STATIC", _large_file(tmp_path_factory.mktemp("static")))
        free.close()
        thread = Thread(target=serve, args=(home, "127.0.0.1", port), kwargs={"begun": lambda _: ready.set()})
        thread.start()
        assert ready.wait(30)
        _wait_until(lambda: _answers(port), 30)
        yield port
        servers[0].should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def _large_file(folder: Path) -> Path:
    (folder / "stor.bin").write_bytes(b"x" * LARGE)
    return folder


def _wait_until(holds: Callable[[], bool], seconds: float) -> None:
    last = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < last, "it never came to hold"
        time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        return httpx2.get(f"http://127.0.0.1:{port}/lagg-till", trust_env=False, timeout=10).status_code == 200
    except httpx2.HTTPError:
        return False


def opened(port: int, said: bytes = b"") -> socket.socket:
    """A connection on which so much has been said."""
    one = socket.create_connection(("127.0.0.1", port), timeout=SOON)
    one.sendall(said)
    return one


def all_of(one: socket.socket) -> bytes:
    """Everything that comes until the other side hangs up; fails where it does not."""
    told = b""
    while True:
        try:
            piece = one.recv(65536)
        except ConnectionResetError:
            return told
        if not piece:
            return told
        told += piece


def asked(port: int, request: bytes) -> bytes:
    """The answer to a request as it is written; the other side hangs up in the end."""
    with opened(port, request.replace(b"%PORT", b"%d" % port)) as one:
        return all_of(one)


# ---- slow ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", [b"", b"G", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "])
def test_who_does_not_come_to_a_request_is_hung_up_on_and_others_are_answered(port: int, said: bytes) -> None:
    with ExitStack() as stack:
        slow = [stack.enter_context(opened(port, said)) for _ in range(MANY)]
        assert _answers(port)
        for one in slow:
            assert all_of(one) == b""


def test_a_letter_at_a_time_does_not_start_the_clock_anew(port: int) -> None:
    began = time.monotonic()
    with opened(port, b"GET / HTTP/1.1\r\n") as one, suppress(OSError):
        while time.monotonic() - began < SOON:
            one.sendall(b"X-A: b\r\n")
            time.sleep(SHORT / 4)
    assert time.monotonic() - began < SOON


def test_a_second_request_is_waited_for_no_longer_than_the_first(port: int) -> None:
    with opened(port, WHOLE % port) as one:
        assert one.recv(20).startswith(b"HTTP/1.1 200")
        one.sendall(b"GET /")
        all_of(one)


def test_a_body_that_never_ends_is_not_waited_for(port: int) -> None:
    head = b"POST /lagg-till HTTP/1.1\r\nHost: 127.0.0.1:%PORT\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    for length in (b"Content-Length: 1000\r\n\r\na=b", b"Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n"):
        with ExitStack() as stack:
            request = (head + length).replace(b"%PORT", b"%d" % port)
            slow = [stack.enter_context(opened(port, request)) for _ in range(MANY // 3)]
            assert _answers(port)
            for one in slow:
                assert all_of(one).split()[1] == b"408"


def test_a_body_letter_by_letter_is_too_slow(port: int) -> None:
    head = b"POST /lagg-till HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 100000\r\n" % port
    began = time.monotonic()
    with opened(port, head + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n") as one, suppress(OSError):
        while time.monotonic() - began < SOON:
            one.sendall(b"a")
            time.sleep(SHORT / 4)
    assert time.monotonic() - began < SOON


def test_who_does_not_take_the_answer_is_hung_up_on(port: int) -> None:
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.settimeout(SOON)
        one.connect(("127.0.0.1", port))
        one.sendall(b"GET /static/stor.bin HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port)
        time.sleep(4 * SHORT)
        assert _answers(port)
        assert len(all_of(one)) < LARGE  # what had been sent before, and no more


def test_who_takes_it_slowly_gets_all_of_it(port: int) -> None:
    with opened(
        port, b"GET /static/stor.bin HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % port
    ) as one:
        told = 0
        while piece := one.recv(1 << 20):
            told += len(piece)
            time.sleep(SHORT / 10)
    assert told > LARGE


def test_more_than_can_be_served_are_told_to_come_again(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app.READERS < 1024 < 2 * app.WAITING  # a process may most often have so many files open
    with ExitStack() as stack:
        for _ in range(app.READERS + 5):
            stack.enter_context(opened(port))
        assert httpx2.get(f"http://127.0.0.1:{port}/static/stor.bin", trust_env=False).status_code == 503
    monkeypatch.undo()
    _wait_until(lambda: _answers(port), SOON)


# ---- lies and nonsense -----------------------------------------------------------------------------------------------

HOST = b"Host: 127.0.0.1:%PORT\r\n"
NONSENSE = {
    "no request": b"\r\n\r\n\r\nhej\r\n\r\n",
    "TLS": bytes.fromhex("16030100c8010000c40303") + b"\x00" * 60,
    "two lengths": b"POST /sparade HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "length and pieces": b"POST /sparade HTTP/1.1\r\n" + HOST
    + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n" + HOST + b"\r\n",
    "odd coding": b"POST /sparade HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "negative length": b"POST /sparade HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    "folded": b"GET / HTTP/1.1\r\n" + HOST + b"X-A: b\r\n c\r\nConnection: close\r\n\r\n",
    "a blank before the colon": b"GET / HTTP/1.1\r\n" + HOST + b"X-A : b\r\n\r\n",
    "NUL": b"GET / HTTP/1.1\r\n" + HOST + b"X-A: b\x00c\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\n" + HOST + b"Host: ond.example\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "another host": b"GET / HTTP/1.1\r\nHost: ond.example\r\nConnection: close\r\n\r\n",
    "another host in the address": b"GET http://ond.example/ HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    "a tunnel": b"CONNECT ond.example:443 HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n",
    "a long address": b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "a long header": b"GET / HTTP/1.1\r\n" + HOST + b"X-A: " + b"a" * 100_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\n" + HOST + b"X-A: b\r\n" * 9000 + b"\r\n",
    "a piece with a huge length": b"POST /sparade HTTP/1.1\r\n" + HOST
    + b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFFFFF\r\n",
    "another protocol": b"GET / HTTP/1.1\r\n" + HOST
    + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AA==\r\n\r\n",
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", NONSENSE)
def test_nonsense_is_refused_and_says_nothing_of_us(port: int, kind: str) -> None:
    told = asked(port, NONSENSE[kind])
    assert len(re.findall(rb"HTTP/1\.1 (?!400)", told)) <= 1  # no second request was smuggled in
    if told:
        assert told.split()[1] in {b"200", b"400", b"403", b"404", b"405", b"408", b"413", b"414", b"421", b"431"}
        assert b"Traceback" not in told
        assert b"\nserver:" not in told.lower()
        assert b"<script>" not in told
    if kind in {"another host", "two hosts", "no host"}:
        assert told.split()[1] in {b"400", b"421"}
    assert _answers(port)


@pytest.mark.parametrize(
    ("path", "length"), [(UPLOADS, security.LARGEST_BODY), ("/sparade", security.LARGEST_FORM), ("/logga-in", 1 << 21)]
)
def test_a_body_that_is_too_large_is_refused_before_it_is_sent(port: int, path: str, length: int) -> None:
    request = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: {length + 1}\r\n\r\n"
    told = asked(port, request.encode())
    assert told.split()[1] == b"413"
    assert HEADERS["Content-Security-Policy"].encode() in told


def test_a_body_in_pieces_ends_when_it_has_become_too_large(port: int) -> None:
    head = b"POST /sparade HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nTransfer-Encoding: chunked\r\n" % port
    piece = b"%x\r\n%s\r\n" % (60_000, b"a=b&" * 15_000)
    began = time.monotonic()
    with opened(port, head + b"Content-Type: application/x-www-form-urlencoded\r\n\r\n") as one:
        with suppress(OSError):
            while time.monotonic() - began < SOON:
                one.sendall(piece)
        told = all_of(one)
    assert time.monotonic() - began < SOON
    assert not told or re.match(rb"HTTP/1.1 (400|413) ", told)
    assert _answers(port)


def test_a_body_shorter_than_it_says_changes_nothing(port: int) -> None:
    with opened(port, b"POST /sparade HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 50\r\n\r\na=b" % port) as one:
        one.shutdown(socket.SHUT_WR)
        told = all_of(one)
    assert not told or told.split()[1] in {b"400", b"403", b"408"}
    assert httpx2.get(f"http://127.0.0.1:{port}/index.json", trust_env=False).json()["saved"] == []
