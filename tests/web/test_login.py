"""Logga in: who may, who has to wait, and that a login begins a session of its own; and how the page is started."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import uvicorn
from click.testing import CliRunner
from starlette.testclient import TestClient

from cli import aktspar as command_line
from corpus.errors import WrongUse
from tests.conftest import PROJECT, aktspar
from tests.web.conftest import HOSTS
from web import security
from web.app import create, serve
from web.security import GUESSES, Passwords, TooManyGuesses, set_password

SECRET = "fyra små ord till"  # noqa: S105 – of nobody
COOKIE = "aktspar"


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one name in it."""
    file = tmp_path_factory.mktemp("hemligt") / "losenord"
    set_password(file, "eva.ek", SECRET)
    return file


@pytest.fixture
def client(samples_home: Path, file: Path) -> Iterator[TestClient]:
    """The page where one has to log in."""
    app = create(samples_home, HOSTS, passwords=Passwords(file))
    with TestClient(app, follow_redirects=False) as client:
        yield client


def token(client: TestClient, path: str = "/logga-in") -> str:
    match = re.search(r'name="token" value="([0-9a-f]+)"', client.get(path).text)
    assert match
    return match[1]


def log_in(client: TestClient, name: str = "eva.ek", password: str = SECRET, **more: str) -> httpx2.Response:
    given = {"token": token(client), "namn": name, "losenord": password, **more}
    return client.post("/logga-in", data=given)


@pytest.mark.parametrize(
    "path", ["/", "/sok?q=plan", "/handling/1", "/handling/1/original", "/granska", "/lagg-till", "/x"]
)
def test_every_page_leads_to_the_login(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/logga-in?till=%2F")


@pytest.mark.parametrize("path", ["/index.json", "/sok.json?q=plan", "/granska.json", "/openapi.json"])
def test_programs_are_told_to_log_in(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/sparade", "/granska/fraga", "/lagg-till", "/logga-ut"])
def test_nothing_is_changed_without_a_login(client: TestClient, path: str) -> None:
    assert client.post(path, data={"token": token(client)}).status_code == 401


def test_a_login_opens_the_page_and_gives_judgements_their_name(client: TestClient) -> None:
    assert client.get("/static/aktspar.css").status_code == 200
    answer = log_in(client, till="/sok?q=plan")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sok?q=plan")
    page = client.get("/")
    assert page.status_code == 200
    assert "Inloggad som eva.ek." in page.text
    assert client.get("/granska.json").status_code == 200


@pytest.mark.parametrize(
    "till", ["", "https://ond.example/", "//ond.example", "/\\ond.example", "javascript:x", "/a\r\nb", "x"]
)
def test_a_login_leads_nowhere_but_to_our_own_pages(client: TestClient, till: str) -> None:
    assert log_in(client, till=till).headers["location"] == "/"


def test_a_login_begins_a_new_session_and_a_logout_ends_it(client: TestClient) -> None:
    before_token = token(client)
    planted = client.cookies[COOKIE]
    assert log_in(client).status_code == 303
    own = client.cookies[COOKIE]
    after_token = token(client, "/lagg-till")
    own = client.cookies[COOKIE]
    assert own != planted
    assert after_token != before_token
    client.cookies.clear()
    client.cookies.set(COOKIE, planted)  # who planted the session has not been let in
    assert client.get("/").status_code == 303
    client.cookies.clear()
    client.cookies.set(COOKIE, own)
    assert client.post("/logga-ut", data={"token": before_token}).status_code == 403
    assert client.post("/logga-ut", data={"token": after_token}).headers["location"] == "/logga-in"
    client.cookies.clear()
    client.cookies.set(COOKIE, own)  # a copy of the cookie is worth nothing any more
    assert client.get("/").status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: TestClient) -> None:
    cookie = client.get("/logga-in").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert re.search("samesite=(strict|lax)", cookie)


@pytest.mark.parametrize(
    ("name", "password"), [("eva.ek", "fel"), ("ingen", SECRET), ("", ""), ("eva.ek", "x" * 100_000)]
)
def test_what_does_not_fit_is_told_the_same_whoever_it_is(client: TestClient, name: str, password: str) -> None:
    answer = log_in(client, name, password)
    assert answer.status_code == 403
    assert "Namnet och lösenordet hör inte ihop." in answer.text
    assert client.get("/").status_code == 303


def test_no_login_without_the_forms_token(client: TestClient) -> None:
    given = {"namn": "eva.ek", "losenord": SECRET}
    assert client.post("/logga-in", data=given).status_code == 403
    assert client.post("/logga-in", data={**given, "token": "0" * 64}).status_code == 403


def test_who_guesses_has_to_wait_even_with_the_right_word(client: TestClient) -> None:
    for _ in range(GUESSES):
        assert log_in(client, "eva.ek", "fel").status_code == 403
    answer = log_in(client)
    assert answer.status_code == 429
    assert "För många försök. Vänta 5 minuter" in answer.text
    assert answer.headers["retry-after"] == "300"


def test_guesses_are_forgotten_in_time_and_by_address(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passwords, now = Passwords(file), time.monotonic()
    monkeypatch.setattr("web.security.monotonic", lambda: now)
    for _ in range(GUESSES):
        assert not passwords.fits("a", "eva.ek", "fel")
    with pytest.raises(TooManyGuesses):
        passwords.fits("a", "eva.ek", SECRET)
    assert passwords.fits("b", "eva.ek", SECRET)
    now += security.WITHIN + 1
    assert passwords.fits("a", "eva.ek", SECRET)
    for _ in range(2 * GUESSES):  # a right word is no guess
        assert passwords.fits("a", "eva.ek", SECRET)


def test_a_ticket_runs_out(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passwords, now = Passwords(file), time.monotonic()
    monkeypatch.setattr("web.security.monotonic", lambda: now)
    ticket = passwords.log_in()
    assert passwords.holds(ticket)
    assert not passwords.holds("")
    now += security.DAY + 1
    assert not passwords.holds(ticket)


def test_where_nobody_has_to_log_in_there_is_no_login(page: TestClient) -> None:
    assert page.get("/logga-in").headers["location"] == "/"


# ---- aktspar password ------------------------------------------------------------------------------------------------


def test_password_asks_twice_and_writes_a_hash_that_only_its_owner_may_read(tmp_path: Path) -> None:
    file = tmp_path / "losenord"
    for name in ("eva", "siv", "eva"):
        ended = CliRunner().invoke(command_line, ["password", str(file), name], input=f"{SECRET}\n{SECRET}\n")
        assert ended.exit_code == 0, ended.output
        assert SECRET not in ended.output
    assert oct(file.stat().st_mode)[-3:] == "600"
    lines = file.read_text(encoding="utf-8").splitlines()
    assert [line.split(":")[0] for line in lines] == ["eva", "siv"]
    assert all(":$argon2id$" in line for line in lines)
    assert Passwords(file).fits("a", "siv", SECRET)
    assert list(tmp_path.iterdir()) == [file]


def test_password_refuses_what_cannot_work(tmp_path: Path) -> None:
    file = tmp_path / "losenord"
    ended = CliRunner().invoke(command_line, ["password", str(file), "eva"], input=f"{SECRET}\nannat ord helt\n")
    assert isinstance(ended.exception, WrongUse)
    for name, word in (("eva", "kort"), ("a:b", SECRET), ("a\nb", SECRET), ("", SECRET)):
        with pytest.raises(WrongUse):
            set_password(file, name, word)
    assert not file.exists()
    with pytest.raises(WrongUse):
        set_password(tmp_path / "finns-inte" / "fil", "eva", SECRET)


def test_a_password_file_must_be_there_and_hold_someone(tmp_path: Path) -> None:
    empty, binary = tmp_path / "tom", tmp_path / "binär"
    empty.write_text("# ingen\n")
    binary.write_bytes(b"\xff\xfe")
    for file in (empty, binary, tmp_path / "saknas", tmp_path):
        with pytest.raises(WrongUse):
            Passwords(file)


# ---- aktspar serve ---------------------------------------------------------------------------------------------------


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])  # noqa: S104 – they are refused
def test_no_address_is_open_to_others_without_passwords(host: str, tmp_path: Path) -> None:
    ended = aktspar("serve", "--host", host, "--port", free_port(), home=tmp_path / "bibliotek")
    assert ended.code == 2
    assert "nås av andra än den här datorn" in ended.err
    assert "--passwords" in ended.err
    assert not (tmp_path / "bibliotek").exists()


def test_a_missing_password_file_and_a_port_that_is_taken_are_told(tmp_path: Path) -> None:
    ended = aktspar("serve", "--host", "0.0.0.0", "--passwords", tmp_path / "saknas", home=tmp_path)  # noqa: S104
    assert (ended.code, "går inte att läsa" in ended.err) == (2, True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = aktspar("serve", "--port", port, home=tmp_path)
    assert ended.code == 2
    assert f"Port {port} är upptagen" in ended.err
    assert aktspar("serve", "--host", "finns.inte.invalid", "--passwords", tmp_path, home=tmp_path).code == 2


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_the_page_is_served_until_it_is_interrupted(ending: signal.Signals, samples_home: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port), "--home", str(samples_home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=PROJECT) as server:
        assert server.stderr
        said = server.stderr.readline()
        assert said == f"Aktspår finns på http://127.0.0.1:{port}/ (Ctrl-C stänger).\n"
        address = f"http://127.0.0.1:{port}/"
        page = httpx2.get(address, trust_env=False)
        assert (page.status_code, 'lang="sv"' in page.text) == (200, True)
        assert "server" not in page.headers
        for name, status in (
            (f"localhost:{port}", 200),
            ("ond.example", 421),
            (f"ond.example:{port}", 421),
            ("localhost", 421),
        ):
            assert httpx2.get(address, headers={"Host": name}, trust_env=False).status_code == status
        with socket.create_connection(("127.0.0.1", port)) as raw:  # two Hosts, and none
            raw.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: ond.example\r\n\r\n".encode())
            assert raw.recv(100).split()[1] == b"400"
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.sendall(b"GET / HTTP/1.0\r\n\r\n")
            assert raw.recv(100).split()[1] in {b"400", b"421"}
        os.kill(server.pid, ending)
        out, err = server.communicate(timeout=30)
        assert out == ""
        if ending == signal.SIGINT:
            assert server.returncode == 0
            assert err.endswith("Sidan är stängd.\n")
            assert "Traceback" not in err


def test_a_name_of_ones_own_is_answered_with_and_without_the_port(
    samples_home: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    served: list[TestClient] = []

    def asked_in_this_process(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
        assert sockets
        served.append(TestClient(server.config.app))  # type: ignore[arg-type]

    monkeypatch.setattr("uvicorn.Server.run", asked_in_this_process)
    port = free_port()
    serve(samples_home, "127.0.0.1", port, password_file=file, names=["handlingar.example.org"])
    for host in (
        "handlingar.example.org",
        f"handlingar.example.org:{port}",
        f"127.0.0.1:{port}",
        "Handlingar.Example.org",
    ):
        assert served[0].get("/logga-in", headers={"Host": host}).status_code == 200
    for host in ("example.org", f"handlingar.example.org.ond.se:{port}", "127.0.0.1", ""):
        assert served[0].get("/logga-in", headers={"Host": host}).status_code == 421
