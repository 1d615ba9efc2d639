"""Attacks on the login: guesses from everywhere, sessions that should be over, cookies and ways of one's own making."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.errors import WrongUse
from tests.web.conftest import HOSTS
from tests.web.test_login import COOKIE, SECRET, log_in, token
from tests.web.test_security import UP, ask
from web.app import create
from web.security import GUESSES, Passwords, TooManyGuesses, set_password


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with one name in it, that may be changed."""
    file = tmp_path / "losenord"
    set_password(file, "eva.ek", SECRET)
    return file


@pytest.fixture
def client(samples_home: Path, file: Path) -> Iterator[TestClient]:
    """The page where one has to log in."""
    with TestClient(create(samples_home, HOSTS, passwords=Passwords(file)), follow_redirects=False) as client:
        yield client


def test_a_guesser_is_counted_by_where_they_sit_whatever_name_they_try(client: TestClient) -> None:
    for number in range(GUESSES):
        assert log_in(client, f"namn{number}", "fel").status_code == 403
        client.cookies.clear()  # a session of its own each time
    assert log_in(client).status_code == 429
    headers = {"X-Forwarded-For": "192.0.2.7", "Forwarded": "for=192.0.2.7", "X-Real-IP": "192.0.2.7"}
    given = {"token": token(client), "namn": "eva.ek", "losenord": SECRET}
    assert client.post("/logga-in", data=given, headers=headers).status_code == 429


def test_a_network_of_addresses_is_one_guesser(file: Path) -> None:
    passwords = Passwords(file)
    for number in range(GUESSES):
        assert not passwords.fits(f"2001:db8:1:2::{number:x}", "eva.ek", "fel")
    with pytest.raises(TooManyGuesses):
        passwords.fits("2001:db8:1:2:ffff::1", "eva.ek", SECRET)
    assert passwords.fits("2001:db8:1:3::1", "eva.ek", SECRET)
    assert passwords.fits("::ffff:192.0.2.1", "eva.ek", SECRET)  # each IPv4 address is its own, however written
    for number in range(GUESSES):
        assert not passwords.fits(f"::ffff:192.0.2.{number + 2}", "eva.ek", "fel")
    assert passwords.fits("::ffff:192.0.2.9", "eva.ek", SECRET)


def test_who_is_added_may_log_in_at_once_and_no_one_is_logged_out(client: TestClient, file: Path) -> None:
    assert log_in(client).status_code == 303
    set_password(file, "siv.al", SECRET)
    assert client.get("/granska.json").status_code == 200
    client.cookies.clear()
    assert log_in(client, "siv.al").status_code == 303


def test_a_new_password_holds_at_once_and_ends_the_sessions_before_it(client: TestClient, file: Path) -> None:
    assert log_in(client).status_code == 303
    set_password(file, "eva.ek", "ett helt annat ord")
    assert client.get("/granska.json").status_code == 401
    assert log_in(client).status_code == 403
    assert log_in(client, password="ett helt annat ord").status_code == 303  # noqa: S106 – of nobody


@pytest.mark.parametrize("left", ["", "ingen\n", None, b"\xff\xfe"])
def test_who_is_removed_is_out_at_once_and_a_file_that_cannot_be_read_lets_no_one_in(
    client: TestClient, file: Path, left: str | bytes | None
) -> None:
    assert log_in(client).status_code == 303
    before = file.read_bytes()
    file.unlink()
    if left is not None:
        file.write_bytes(left if isinstance(left, bytes) else left.encode())
    assert client.get("/granska.json").status_code == 401
    assert log_in(client).status_code == 403
    file.write_bytes(before)
    assert client.get("/granska.json").status_code == 401
    assert log_in(client).status_code == 303
    with pytest.raises(WrongUse):  # to begin with such a file is a mistake that is told
        Passwords(file.with_name("saknas"))


def test_the_cookie_comes_with_links_and_is_kept_from_scripts(client: TestClient) -> None:
    cookie = client.get("/logga-in").headers["set-cookie"].lower()
    assert {"httponly", "samesite=lax", "path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "domain=" not in cookie  # no other host of the domain gets it


@pytest.mark.parametrize(
    "made", ["x", "e30=.x.y", "eyJ0aWNrZXQiOiAieCJ9.aZZZZZ.AAAA", "%C3%A5", "a" * 4000, "null", '{"name":"eva.ek"}']
)
def test_a_cookie_of_ones_own_making_is_worth_nothing(client: TestClient, made: str) -> None:
    for named in (COOKIE, "session"):
        headers = {"Cookie": f"{named}={made}"}
        assert client.get("/granska.json", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "till", ["//ond.example", "///ond.example", "/\\ond.example", "\\\\ond.example", "/\t/ond.example",
             "/\n//ond.example",
             "http:ond.example", "https:/ond.example", "javascript:alert(1)", "data:text/html,x", " //ond.example",
             "/\u2028/ond.example", "?x", "#x", "ond.example", "/\x00/ond.example", "\u3000//ond.example", "/\u202e/x"],
)  # fmt: skip
def test_a_login_leads_to_our_own_pages_alone(client: TestClient, till: str) -> None:
    assert log_in(client, till=till).headers["location"] == "/"
    shown = client.get("/logga-in", params={"till": till}).text
    assert re.search(r'name="till" value="/?"', shown) or 'href="/logga-ut' in shown or "Logga ut" in shown


@pytest.mark.parametrize("path", [path for path in UP if "%" in path])
def test_the_way_to_the_login_never_leaves_the_page(client: TestClient, path: str) -> None:
    app = client.app
    assert isinstance(app, Starlette)
    heard = ask(app, f"/{path}?till=//ond.example&x=%0d%0aX-Ond:%201")
    assert heard.status in {303, 401, 414}
    assert re.match(r"/logga-in\?till=%2F|$", heard.header("location"))
    assert not heard.header("x-ond")


def test_no_address_behind_the_login_is_open_by_being_written_otherwise(samples_home: Path, tmp_path: Path) -> None:
    set_password(tmp_path / "losenord", "eva.ek", SECRET)
    app = create(samples_home, HOSTS, passwords=Passwords(tmp_path / "losenord"))
    ways = ["/granska", "/%67ranska", "//granska", "/static/../granska", "/static/%2e%2e/granska",
            "/logga-in/../granska", "/logga-in.json", "/logga-inne", "/static/..;/granska", "/static%2f..%2fgranska",
            "/GRANSKA",
            "/handling/1/original", "/handling/1/1.png", "/openapi.json", "/favicon.ico"]  # fmt: skip
    for path in ways:
        heard = ask(app, path)
        assert heard.status in {303, 401, 404}, path
        assert b"nav aria-label" not in heard.body or b"Logga in" in heard.body or b"Sidan finns inte" in heard.body
        assert ask(app, path, method="POST").status in {401, 403, 405}
    assert ask(app, "/logga-in").status == 200
    assert ask(app, "/static/aktspar.css").status == 200
