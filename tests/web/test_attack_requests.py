"""Attacks by requests: made from other sites, and with what no form of ours would send."""

import re
import time
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from tests.web.test_security import ask, form_token
from web.openapi import PATHS
from web.security import LONGEST_PATH, LONGEST_QUESTION

SLOWEST = 2.0  # seconds of work for what is long: some 0.3 where no one else works
FIELDS = ("id", "namn", "handlingar", "rattelse", "mapp", "nummer", "handling", "av", "till", "status")
TEXTS = ("q", "citat", "amne", "namn", "ar", "parti", "av", "till", "lofte", "sparad")  # that take what is typed
METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "get", "G\u00c5")


@pytest.fixture(scope="module")
def app(page: TestClient) -> Starlette:
    """The application over the sample corpus."""
    assert isinstance(page.app, Starlette)
    return page.app


def routes(app: Starlette) -> Iterator[Route]:
    """Every route there is; a mount holds files alone."""
    for route in app.routes:
        if isinstance(route, Mount):
            assert route.path == "/static"
        else:
            assert isinstance(route, Route)
            yield route


def filled(route: Route) -> str:
    """The path of a route for the first of everything."""
    return re.sub(r"{\w+(:int)?}", "1", route.path)


# ---- from other sites ------------------------------------------------------------------------------------------------


def test_every_route_either_only_shows_or_asks_for_the_token(app: Starlette) -> None:
    changing = [route for route in routes(app) if set(route.methods or ()) - {"GET", "HEAD"}]
    assert len(changing) > 8
    for route in changing:
        assert route.methods == {"POST"}
        for body in (b"", b"token=", b"token=x&q=plan&namn=x", b"token=" + b"0" * 64):
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            assert ask(app, filled(route), method="POST", headers=kind, body=[body]).status == 403
        for other in ("text/plain", "application/json", "multipart/form-data", ""):  # what a form elsewhere can send
            heard = ask(app, filled(route), method="POST", headers={"Content-Type": other}, body=[b"token=x"])
            assert heard.status in {400, 403}


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_other_sites_may_lead_here_and_nothing_else(app: Starlette, site: str) -> None:
    for mode, status in (("navigate", 200), ("no-cors", 403), ("cors", 403), ("websocket", 403)):
        for path in ("/", "/sok.json?q=plan", "/static/aktspar.css", "/handling/1/1.png"):
            headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
            assert ask(app, path, headers=headers).status in {status, 422 if status == 200 else status}
    read = []

    def body() -> Iterator[bytes]:
        read.append(1)
        yield b"x"

    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"}
    assert ask(app, "/lagg-till", method="POST", headers=headers, body=body()).status == 403
    assert not read  # 200 MB from elsewhere are not even taken


def test_no_other_origin_is_ever_allowed(app: Starlette) -> None:
    for origin in ("https://ond.example", "null", "http://testserver.ond.example"):
        heard = ask(app, "/index.json", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
        assert not [name for name, _ in heard.headers if name.startswith("access-control-")]


# ---- methods and addresses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
def test_another_method_does_nothing(app: Starlette, method: str) -> None:
    for route in routes(app):
        heard = ask(app, filled(route), method=method, headers={"X-HTTP-Method-Override": "POST"})
        assert heard.status == 405, route.path
        assert "x-http-method-override" not in heard.body.decode().lower()  # nothing is echoed


def test_a_method_in_a_header_or_in_the_form_is_no_method(page: TestClient) -> None:
    before = page.get("/index.json").json()
    for headers in ({"X-HTTP-Method-Override": "POST"}, {"X-Method-Override": "DELETE"}, {"X-HTTP-Method": "POST"}):
        page.get("/sparade?_method=POST&q=plan&namn=x", headers=headers)
        page.get("/?_method=POST&q=plan&namn=x", headers=headers)
    assert page.get("/index.json").json() == before


ODD = ("/..;/", "/;/", "/handling;x=1/1", "/static/..;/app.py", "/%2e%2e%3b/", "/static/%252e%252e/app.py", "//", "//1",
       "/./granska", "/granska/", "/GRANSKA", "/granska%20", "/granska%00", "/granska.json.json", "/.json", "/static",
       "/static//aktspar.css", "/static/./aktspar.css", "/static/fonts", "/static/fonts/", "/static/AKTSPAR.CSS",
       "/handling/1.json/original", "/handling/-1", "/handling/1e3", "/handling/0x1", "/handling/%D9%A1",
       "/handling/1/0.png", "/handling/1/99999.png", "/handling/0", "/handling/" + "9" * 18, "/parti/%F0%9F%98%80",
       "/parti/.json", "/granska/%FF", "/granska/f1-1%0d%0a", "/\u2025/\u2025/etc",
       "/a" * 400, "/" + "a" * 5000)  # fmt: skip


@pytest.mark.parametrize("path", ODD)
def test_an_odd_address_is_answered_and_leads_nowhere(app: Starlette, path: str) -> None:
    heard = ask(app, quote(path, safe="/%;~"))
    assert heard.status in {200, 303, 307, 404, 405, 414, 422}
    assert re.match(r"/(?!/)|http://testserver/|$", heard.header("location"))
    assert b"Traceback" not in heard.body
    assert b"from starlette" not in heard.body
    if len(path) > LONGEST_PATH:
        assert heard.status == 414


@pytest.mark.parametrize(
    "asked", ["bytes=0-0", "bytes=-1", "bytes=0-", "bytes=5-1", "bytes=999999999999-", "bytes=x", "items=0-1", "bytes=",
              "bytes=" + ",".join(f"{n}-{n}" for n in range(0, 4000, 2)), "bytes=" + "0-," * 5000,
              "bytes=0-" + "9" * 5000],
)  # fmt: skip
def test_a_part_is_sent_or_refused_at_once(app: Starlette, asked: str) -> None:
    whole = {path: len(ask(app, path).body) for path in ("/handling/1/original", "/static/aktspar.css")}
    for path, size in whole.items():
        began = time.process_time()
        heard = ask(app, path, headers={"Range": asked, "If-Range": '"x"'} if len(asked) < 9 else {"Range": asked})
        assert heard.status in {200, 206, 400, 416}
        assert len(heard.body) < 200 * 4000 + size
        assert time.process_time() - began < SLOWEST
    assert ask(app, "/handling/1/1.png", headers={"Range": asked}).status in {200, 422}


# ---- what is huge ----------------------------------------------------------------------------------------------------

HUGE = {
    "letters": "a" * 100_000,
    "digits": "9" * 100_000,
    "words": "plan " * 20_000,
    "quotes": '"' * 100_000,
    "brackets": "(" * 100_000,
    "or": "a OR " * 20_000,
    "numbers": "KS 2019/" * 12_000,
    "years": "år:1..9999 " * 9_000,
    "marks": "\u0301" * 50_000,
    "pictures": "😀" * 25_000,
    "NUL": "\x00" * 100_000,
    "turned": "\u202e" * 50_000,
}


@pytest.mark.parametrize("kind", HUGE)
def test_a_huge_question_is_refused_and_a_long_one_answered_in_time(app: Starlette, kind: str) -> None:
    whole = quote(HUGE[kind])
    said = whole[: LONGEST_QUESTION - 100].rpartition("%")[0] or whole[: LONGEST_QUESTION - 100]
    for path, told in PATHS.items():
        for name in set(TEXTS).intersection(told.asked):
            address = re.sub(r"{\w+}", "1", path) + f"?{name}="
            assert ask(app, address + whole).status == 414
            began = time.process_time()
            assert ask(app, address + said).status in {200, 404, 422}, address
            taken = time.process_time() - began
            assert taken < SLOWEST, f"{address}: {taken:.1f} s"


@pytest.mark.parametrize("kind", ["digits", "marks", "NUL"])
@pytest.mark.parametrize("name", FIELDS)
def test_a_huge_form_is_no_fault_of_ours(app: Starlette, kind: str, name: str) -> None:
    with TestClient(app, follow_redirects=False) as client:
        for route in routes(app):
            if "POST" in (route.methods or ()) and (route.path, name) != ("/sparade", "namn"):
                given = {"token": form_token(client), name: HUGE[kind]}
                answer = client.post(filled(route), data=given)
                assert answer.status_code in {303, 400, 404, 413}, f"{route.path} {name}"
                assert re.match(r"/(?!/)|$", answer.headers.get("location", ""))
