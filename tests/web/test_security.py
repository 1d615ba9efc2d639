"""Attacks: from another site, from a file, from a name, from an address. Login and open addresses: test_login.py."""

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_to_bytes

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.applications import Starlette
from starlette.testclient import TestClient

from corpus.store import DATABASE, Store
from index.catalogue import open_index
from pipeline import run
from pipeline.workers import Inline
from tests.pipeline.making import Silence
from tests.web.conftest import HOSTS
from web import security
from web.app import create
from web.openapi import PATHS
from web.routes import ROUTES
from web.security import HEADERS

SCRIPT = "<script>alert(1)</script>"
HOSTILE = (SCRIPT, '"><img src=x onerror=alert(1)>', "'onmouseover='alert(1)", "{{ 7 * 7 }}", "javascript:alert(1)")
LETTER = f"""Interpellation av Maj <b onclick="alert(1)">Bergrot</b> (V) till kommunalrådet Tora Lindvik (S) om {SCRIPT}

2024-03-01

Dnr KS 2024/77

Stranden vid Alviken har varit stängd {SCRIPT} sedan i somras. <img src=x onerror=alert(1)> Den 3 maj 2023 beslutade
kommunstyrelsen att bryggan ska lagas <iframe src="javascript:alert(1)"></iframe>.

Jag vill ställa följande frågor till kommunalrådet Tora Lindvik (S):

1. När öppnar stranden {SCRIPT} vid Alviken igen?
2. Vad har kommunen "><svg onload=alert(1)> betalat för den nya bryggan?

Maj Bergrot (V)
"""
REPLY = f"""Interpellationssvar av kommunalrådet Tora Lindvik (S)

Till Maj Bergrot (V)

Dnr KS 2024/77

Maj Bergrot frågar när stranden {SCRIPT} vid Alviken öppnar igen. Stranden {SCRIPT} vid Alviken öppnar igen den 1 juni
2025. Vi kommer att laga bryggan <img src=x onerror=alert(1)> under 2025 och lovar att redovisa kostnaden.

Lövhamn den 6 maj 2024

Tora Lindvik
"""
NAMES = ('"><img src=x onerror=alert(1)>.txt', "brev\r\nX-Ond: 1\r\n\r\n<script>.txt")


@dataclass(frozen=True)
class Heard:
    """An answer as it went out."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """A header's value, empty where it has none."""
        return next((value for key, value in self.headers if key == name), "")


def ask(
    app: Starlette, path: str, *, method: str = "GET", hosts: Iterable[str] = HOSTS,
    headers: Mapping[str, str] | None = None, body: Iterable[bytes] = (),
) -> Heard:  # fmt: skip
    """Ask the application for a path just as it is written: a client would tidy it first."""
    raw, _, query = path.partition("?")
    sent: list[dict[str, Any]] = []
    pieces = ({"type": "http.request", "body": one, "more_body": True} for one in body)
    everything: Iterator[dict[str, Any]] = chain(pieces, [{"type": "http.request"}])

    async def receive() -> dict[str, Any]:
        return next(everything, {"type": "http.disconnect"})

    async def send(message: Any) -> None:
        sent.append(message)

    given = [(b"host", host.encode()) for host in hosts]
    given += [(name.lower().encode(), value.encode()) for name, value in (headers or {}).items()]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": unquote_to_bytes(raw).decode("utf-8", "replace"), "raw_path": raw.encode(), "root_path": "",
        "query_string": query.encode(), "headers": given, "client": ("127.0.0.1", 1), "server": ("testserver", 80),
    }  # fmt: skip
    with ThreadPoolExecutor(1) as other:  # the browser's tests leave a loop running in this thread
        other.submit(asyncio.run, app(scope, receive, send)).result()
    start = next(message for message in sent if message["type"] == "http.response.start")
    told = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in start["headers"])
    return Heard(start["status"], told, b"".join(message.get("body", b"") for message in sent))


@pytest.fixture(scope="module")
def app(page: TestClient) -> Starlette:
    """The application over the sample corpus."""
    assert isinstance(page.app, Starlette)
    return page.app


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The page over documents that mean ill: in their text, their titles, their people and their names."""
    home, folder = tmp_path_factory.mktemp("bibliotek"), tmp_path_factory.mktemp("brev")
    for name, text in zip(NAMES, (LETTER, REPLY), strict=True):
        (folder / name).write_text(text, encoding="utf-8")
    with Store(home, create=True) as store:
        assert run.add(store, home, [folder], Silence(), Inline()).documents["whole"] == 2
        store.save_search(f"sparad {SCRIPT}", f"strand {SCRIPT}", ())
        open_index(home, store).close()
    with TestClient(create(home, HOSTS), follow_redirects=False) as client:
        yield client


# ---- headers and hosts -----------------------------------------------------------------------------------------------


def test_the_policy_allows_nothing_inline_and_nothing_from_outside() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert not re.search(r"unsafe|https?:|\*|data:|blob:", policy)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200), ("GET", "/sok.json?q=plan", 200), ("GET", "/static/aktspar.css", 200),
        ("GET", "/static/fonts/sans-regular.woff2", 200), ("GET", "/static/finns-inte", 404), ("PUT", "/sok", 405),
        ("GET", "/handling/99999", 404), ("GET", "/handling/99999.json", 404), ("POST", "/", 405), ("GET", "/x", 404),
        ("POST", "/sparade", 403), ("POST", "/lagg-till", 403), ("GET", "/logga-in", 303), ("TRACE", "/", 405),
        ("GET", "/handling/1/original", 200), ("GET", "/handling/1/1.png", None), ("HEAD", "/", 200),
        ("OPTIONS", "/", 405),
    ],
)  # fmt: skip
def test_every_answer_has_the_headers(app: Starlette, method: str, path: str, status: int | None) -> None:
    heard = ask(app, path, method=method)
    assert status in {None, heard.status}
    for name, value in HEADERS.items():
        assert [given for key, given in heard.headers if key == name.lower()] == [value]
    assert not heard.header("access-control-allow-origin")
    assert not heard.header("server")


@pytest.mark.parametrize(
    "hosts", [(), ("",), ("ond.example",), ("testserver:81",), ("testserver.ond.example",), ("testserver/x",),
              ("testserver", "ond.example"), ("ond.example", "testserver"), ("testserver", "testserver")],
)  # fmt: skip
def test_only_our_own_name_is_answered(app: Starlette, hosts: tuple[str, ...]) -> None:
    for path in ("/", "/sok.json", "/static/aktspar.css", "/logga-in"):
        heard = ask(app, path, hosts=hosts)
        assert heard.status == 421
        assert heard.header("content-security-policy") == HEADERS["Content-Security-Policy"]
    assert ask(app, "/sparade", method="POST", hosts=hosts).status == 421


def test_a_fault_of_ours_is_told_with_the_headers_and_says_nothing_of_the_program(
    samples_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    def broken(store: Store) -> int:
        raise RuntimeError(f"hemligt {store.home}")

    monkeypatch.setattr(Store, "count", broken)
    with TestClient(create(samples_home, HOSTS), raise_server_exceptions=False) as client:
        answer = client.get("/")
    assert answer.status_code == 500
    assert "hemligt" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


# ---- changes from elsewhere ------------------------------------------------------------------------------------------


def changes() -> list[str]:
    """Every path of a change, for the first document."""
    posted = [route.path for route in ROUTES if "POST" in (route.methods or ())]
    return [re.sub(r"{\w+(:int)?}", "1", path) for path in posted]


def form_token(client: TestClient) -> str:
    match = re.search(r'name="token" value="([0-9a-f]+)"', client.get("/lagg-till").text)
    assert match
    return match[1]


@pytest.mark.parametrize("path", changes())
def test_no_change_without_our_own_forms_token(samples_home: Path, path: str) -> None:
    with TestClient(create(samples_home, HOSTS), follow_redirects=False) as client:
        assert client.post(path, data={"token": "x"}).status_code == 403  # no session at all
        token = form_token(client)
        for given in ({}, {"token": ""}, {"token": "å"}, {"token": token[:-1]}, {"token": token.upper() + "0"}):
            assert client.post(path, data=given).status_code == 403
        for site in ("cross-site", "same-site"):
            assert client.post(path, data={"token": token}, headers={"Sec-Fetch-Site": site}).status_code == 403
        assert client.post(path, data={"token": token}, headers={"Sec-Fetch-Site": "same-origin"}).status_code != 403
        with TestClient(create(samples_home, HOSTS)) as other:  # another session's token
            assert other.post(path, data={"token": token}).status_code == 403
            form_token(other)
            assert other.post(path, data={"token": token}).status_code == 403


@pytest.mark.parametrize("path", changes())
def test_a_change_is_never_made_by_a_link(page: TestClient, path: str) -> None:
    before = page.get("/index.json").json()
    answer = page.get(path, params={"namn": "x", "q": "plan", "id": "f1-1", "status": "besvarad", "mapp": "1"})
    assert answer.status_code in {200, 303, 404, 405}
    assert page.get("/index.json").json() == before


# ---- paths -----------------------------------------------------------------------------------------------------------

UP = ("..", "../..", "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "..%5c..%5cx",
      "%2e%2e%2f%2e%2e%2f" + DATABASE, "....//....//etc/passwd", "..%00/", "%00", "%252e%252e%252fetc", "/etc/passwd",
      "%c0%ae%c0%ae/etc/passwd", "~root", "C:%5cwindows", "1%00.json", "%0d%0aX-Ond:%201", "9" * 999,
      "9" * 5000)  # fmt: skip


@pytest.mark.parametrize("up", UP)
def test_no_path_leads_out(app: Starlette, up: str) -> None:
    told = {ask(app, "/").body, ask(app, "/index.json").body}
    for path in (f"/{up}", f"/static/{up}", f"/static/fonts/{up}", f"/handling/{up}", f"/handling/{up}.json",
                 f"/handling/1/{up}", f"/handling/1/{up}.png", f"/handling/{up}/original", f"/handling/{up}/liknande",
                 f"/granska/{up}", f"/parti/{up}", f"/arende/{up}", f"/lagg-till/{up}"):  # fmt: skip
        heard = ask(app, path)
        assert heard.status in {200, 303, 307, 404, 405, 414}
        assert re.match(r"/|http://testserver/|$", heard.header("location"))
        assert b"root:" not in heard.body
        assert b"SQLite format" not in heard.body
        assert b"from starlette" not in heard.body
        assert not heard.header("x-ond")
        if heard.status == 200 and not path.startswith(("/parti/", "/granska/")):
            assert heard.body in told or b"<main" in heard.body or heard.body.startswith(b"{")


@pytest.mark.parametrize(
    "value", [*UP, *map(quote, HOSTILE), "%f0%9f%98%80" * 400, "a" * 20_000, "%ff%fe", "(" * 500, "%22"]
)
def test_no_question_brings_a_page_down(app: Starlette, value: str) -> None:
    """What is asked for is answered, or told not to be there; never a fault of ours."""
    for path, told in PATHS.items():
        for name in told.asked:
            asked = re.sub(r"{\w+}", "1", path.removesuffix(".json").removesuffix("index"))
            heard = ask(app, f"{asked}?{name}={value}")
            assert heard.status in {200, 303, 404, 422}, f"{asked}?{name}"
            assert not heard.header("x-ond")


# ---- what documents and names bring with them ------------------------------------------------------------------------


def check_harmless(path: str, html: str) -> list[str]:
    """Check that a page runs nothing but our own script; return the pages of ours it links to."""
    tree, links = LexborHTMLParser(html), []
    for node in tree.css("*"):
        assert node.tag not in {"iframe", "object", "embed", "base", "style"}, f"{path}: {node.html}"
        if node.tag == "script":
            assert node.attributes == {"src": "/static/aktspar.js", "defer": None}, f"{path}: {node.html}"
            assert node.text() == ""
        if node.tag == "meta":
            assert "http-equiv" not in node.attributes
        for name, value in node.attributes.items():
            assert not name.startswith("on"), f"{path}: {node.html}"
            assert name != "style", f"{path}: {node.html}"
            if name in {"href", "src", "action", "formaction", "xlink:href"}:
                assert re.match(r"/(?!/)|#|\?", value or ""), f"{path}: {name}={value}"
            if name == "href" and value and value.startswith("/"):
                links.append(value.partition("#")[0])
    return links


def test_nothing_from_a_document_is_ever_run(hostile: TestClient) -> None:
    """Every page that can be reached by links, from the front page on."""
    ahead, seen, told = ["/"], {"/"}, 0
    while ahead and told < 250:
        path = ahead.pop(0)
        answer = hostile.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        is_file = answer.headers.get("content-disposition", "").startswith("attachment")
        if is_file or not answer.headers["content-type"].startswith("text/html"):
            continue
        told += 1
        assert answer.status_code in {200, 404}, path
        new = [link for link in check_harmless(path, answer.text) if link not in seen]
        seen.update(new)
        ahead += new
    kinds = {re.sub(r"\d+(-\d+)?", "1", path.partition("?")[0]) for path in seen}
    assert {"/handling/1", "/fragor", "/loften", "/partier", "/parti/V", "/personer", "/person", "/arende"} <= kinds
    assert SCRIPT.replace("<", "&lt;").replace(">", "&gt;") in hostile.get("/handling/1").text  # it is there, as text


@pytest.mark.parametrize("payload", HOSTILE)
def test_nothing_typed_is_ever_run(hostile: TestClient, payload: str) -> None:
    for path, told in PATHS.items():
        asked = re.sub(r"{\w+}", "1", path.removesuffix(".json").removesuffix("index"))
        for name in told.asked:
            answer = hostile.get(asked, params={name: payload})
            if "content-disposition" not in answer.headers and "html" in answer.headers["content-type"]:
                check_harmless(f"{asked}?{name}", answer.text)
                assert "<title>49" not in answer.text  # no template is made of it
    whole = quote(payload, safe="")
    for path in (f"/parti/{whole}", f"/granska/{whole}", f"/{whole}", f"/granska?klart={whole}"):
        check_harmless(path, hostile.get(path).text)


def test_the_name_of_a_download_stays_in_its_header(hostile: TestClient, app: Starlette) -> None:
    for document in (1, 2):
        answer = hostile.get(f"/handling/{document}/original")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        assert not re.search(r"[\r\n]", answer.headers["content-disposition"])
        assert "x-ond" not in answer.headers
        assert not answer.headers["content-type"].startswith("text/html")
    for query in ("plan%0d%0aX-Ond:%201", "plan%22;%20filename=x.html", "handlingsplan%00"):
        heard = ask(app, f"/arende/export?q={query}&format=csv")
        assert not heard.header("x-ond")
        assert heard.status in {200, 404}
        assert heard.header("content-disposition").count("filename=") <= 1


def test_a_web_page_taken_in_is_handed_out_to_be_saved_and_never_shown(tmp_path: Path) -> None:
    home, folder = tmp_path / "bibliotek", tmp_path / "sidor"
    folder.mkdir()
    page = f"<html><title>Svar</title><body><h1>Svar</h1><p>Badet öppnar.</p>{SCRIPT}</body></html>"
    (folder / "svar.html").write_text(page, encoding="utf-8")
    with Store(home, create=True) as store:
        run.add(store, home, [folder], Silence(), Inline())
    with TestClient(create(home, HOSTS)) as client:
        answer = client.get("/handling/1/original")
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
        check_harmless("/handling/1", client.get("/handling/1").text)


# ---- too much --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("length", [str(security.LARGEST_BODY + 1), "9" * 30, "-1", "x", "1e9", "²", " 1"])
def test_a_body_that_says_it_is_too_large_is_not_read(app: Starlette, length: str) -> None:
    read = []

    def body() -> Iterator[bytes]:
        read.append(1)
        yield b""

    heard = ask(app, "/lagg-till", method="POST", headers={"Content-Length": length}, body=body())
    assert heard.status == 413
    assert heard.header("content-security-policy")


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_body_in_pieces_is_counted(app: Starlette, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(security, "LARGEST_BODY", 100_000)
    head = b'--x\r\nContent-Disposition: form-data; name="filer"; filename="a"\r\n\r\n'
    heard = ask(app, "/lagg-till", method="POST", headers={"Content-Type": kind}, body=[head, *[b"a" * 10_000] * 20])
    assert heard.status in {400, 413}
    assert b"P\xc3\xa5 en g" in heard.body or heard.status == 400 or "För mycket" in heard.body.decode()


def test_too_many_fields_are_refused(app: Starlette) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    heard = ask(app, "/sparade", method="POST", headers=kind, body=[b"&".join(b"a%d=1" % n for n in range(5000))])
    assert heard.status in {400, 403}
