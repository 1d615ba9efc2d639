"""Attacks by what is written: everything a person can send in says something hostile, and nothing of it is ever run.

Files are uploaded, searches saved and judgements made through the page itself, under names that mean ill. Then every
page that links lead to is read as a browser reads it, and every file is opened that can be fetched.
"""

import csv
import io
import json
import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree
from openpyxl import load_workbook
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from corpus.store import Store
from tests.web.conftest import HOSTS
from tests.web.test_security import HOSTILE, LETTER, NAMES, REPLY, SCRIPT, check_harmless, form_token
from web.app import create
from web.routes.matter import FORMATS
from web.security import HEADERS

HIDDEN = ("\u202egnirts\u202c", "noll\u200bbredd\u200d", "\u2066isolerad\u2069")
FORMULA = "=HYPERLINK('http://ond.example';'Klicka')"
SUM = "=1+1"
MEANT_ILL = (*HOSTILE, *HIDDEN, "x\r\nX-Ond: 1", "{% raw %}{{ config }}", "${7*7}", "</title><script>alert(1)</script>",
             "<!--", "]]><svg onload=alert(1)>", FORMULA, SUM)  # fmt: skip
ENDING = ".txt"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The page, after everyone who could be hostile has been."""
    home = tmp_path_factory.mktemp("bibliotek")
    Store(home, create=True).close()
    with TestClient(create(home, HOSTS), follow_redirects=False) as client:
        _upload(client)
        for name in MEANT_ILL:
            given = {"token": form_token(client), "q": f"strand {name}", "namn": name}
            assert client.post("/sparade", data=given).status_code == 303
        client.app.state.user = ""  # type: ignore[attr-defined]  # on a machine that does not say whose it is
        questions = client.get("/fragor.json").json()["items"]
        assert len(questions) == 2
        for name in (*MEANT_ILL, SCRIPT):
            for one in questions:
                given = {"token": form_token(client), "id": one["id"], "status": "ej besvarad", "av": name}
                answer = client.post("/granska/fraga", data=given)
                assert answer.status_code == 303, answer.text
        yield client


def _upload(client: TestClient) -> None:
    texts = [LETTER, REPLY, *(f"Skrivelse om {said}\n\n2024-03-01\n\n{said} Stranden.\n" for said in MEANT_ILL)]
    names = [*NAMES, *(f"{name}{ENDING}" for name in MEANT_ILL)]
    files = [("filer", (name, text.encode())) for name, text in zip(names, texts, strict=True)]
    assert client.post("/lagg-till", data={"token": form_token(client)}, files=files).status_code == 303
    for _ in range(600):
        run = client.get("/lagg-till.json").json()["run"]
        if run["ended"]:
            break
        time.sleep(0.1)
    assert run["account"]["documents"]["whole"] == len(files), run


def test_every_page_that_links_lead_to_runs_nothing(library: TestClient) -> None:
    ahead, seen, told = ["/", "/granska?visa=bedomt"], {"/"}, ""
    files = 0
    while ahead and len(seen) < 600 and files < 200:
        path = ahead.pop(0)
        answer = library.get(path)
        assert answer.status_code in {200, 404, 422}, path
        assert {name.lower() for name in HEADERS} <= set(answer.headers)
        if answer.headers.get("content-disposition", "").startswith("attachment"):
            files += 1
            continue
        if answer.headers["content-type"].startswith("text/html"):
            new = [link for link in check_harmless(path, answer.text) if link not in seen]
            seen.update(new)
            ahead += new
            told += answer.text
            assert not re.search("[\u202a-\u202e\u2066-\u2069]", answer.text), path
            tree = LexborHTMLParser(answer.text)
            assert "49" not in re.findall(
                r"\d+", " ".join(node.text() for node in tree.css("title"))
            )  # no template is made of it
    for name in HOSTILE:  # all of it is there, as text
        assert name in LexborHTMLParser(told).text()
    kinds = {re.sub(r"\d+(-\d+)?", "1", path.partition("?")[0]) for path in seen}
    assert {"/handling/1", "/granska/f1", "/fragor", "/sok", "/arende", "/person", "/sok/export"} <= kinds


def test_the_names_of_uploads_show_everything_they_are(library: TestClient) -> None:
    """No sign that hides, turns round or breaks a line is left in a name: what is shown is what it is."""
    names = [document["file"] for document in library.get("/lagg-till.json").json()["run"]["documents"]]
    assert len(names) == len(NAMES) + len(MEANT_ILL)
    for name in names:
        assert name.isprintable()
        assert "/" not in name
        assert "\\" not in name


def test_programs_are_told_it_as_plain_data(library: TestClient) -> None:
    for path in ("/index.json", "/sok.json?q=strand", "/granska.json?visa=bedomt", "/lagg-till.json", "/fragor.json"):
        answer = library.get(path)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        json.loads(answer.content)
    saved = {one["name"] for one in library.get("/index.json").json()["saved"]}
    assert saved == {*MEANT_ILL} - {*HIDDEN, "x\r\nX-Ond: 1"} | {"gnirts", "nollbredd", "isolerad", "x X-Ond: 1"}
    judged = library.get("/granska.json?visa=bedomt").json()["items"]
    assert {SCRIPT, FORMULA} <= {one["by"] for one in judged}


@pytest.mark.parametrize("form", FORMATS)
def test_every_export_is_saved_and_runs_nothing(library: TestClient, form: str) -> None:
    answer = library.get("/arende/export", params={"q": "strand", "format": form})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert len(answer.content) > 500
    match form:
        case "html":
            _check_page(answer.text)
        case "svg":
            _check_picture(answer.content)
        case "csv":
            for row in csv.reader(io.StringIO(answer.text), delimiter=";"):
                assert not [cell for cell in row if cell.lstrip().startswith(("=", "@", "+", "-"))]
        case "xlsx":
            _check_workbook(answer.content)
        case "json":
            assert SCRIPT in json.dumps(json.loads(answer.content), ensure_ascii=False)
        case "ics":
            assert all(re.match(r"[A-Z-]+[;:]|[ \t]", line) for line in answer.text.splitlines())


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_hits_as_a_table_hold_no_formula(library: TestClient, form: str) -> None:
    answer = library.get("/sok/export", params={"q": "skrivelse", "format": form})
    assert answer.status_code == 200
    if form == "xlsx":
        _check_workbook(answer.content)
    else:
        cells = [cell for row in csv.reader(io.StringIO(answer.text), delimiter=";") for cell in row]
        assert f"'{SUM}{ENDING}" in cells
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "@", "+"))]


def _check_page(html: str) -> None:
    """Check a page that is sent to others: it stands alone, and its own policy forbids all scripts."""
    tree = LexborHTMLParser(html)
    policy = tree.css_first('meta[http-equiv="Content-Security-Policy"]')
    assert policy
    assert "default-src 'none'" in str(policy.attributes["content"])
    assert "script" not in str(policy.attributes["content"])
    for node in tree.css("*"):
        assert node.tag not in {"script", "iframe", "object", "embed", "base", "form", "link"}, node.html
        for name, value in node.attributes.items():
            assert not name.startswith("on"), node.html
            if name in {"href", "src", "xlink:href"}:
                assert re.match("#|data:image/", value or ""), node.html
    assert SCRIPT in tree.text()


def _check_picture(svg: bytes) -> None:
    for node in etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True)).iter():
        assert etree.QName(node).localname not in {"script", "foreignObject", "image", "use", "animate", "set"}
        for name, value in node.attrib.items():
            local = etree.QName(name).localname
            assert not str(local).startswith("on")
            assert local != "href" or str(value).startswith("#")


def _check_workbook(content: bytes) -> None:
    cells: list[Any] = [
        cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row
    ]
    assert [cell for cell in cells if SCRIPT in str(cell.value) or str(cell.value).startswith("=")]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell.hyperlink.target for cell in cells if cell.hyperlink and cell.hyperlink.target]


def test_the_name_of_a_download_is_one_name_in_one_header(library: TestClient) -> None:
    documents = [one["document"] for one in library.get("/lagg-till.json").json()["run"]["documents"]]
    for document in documents:
        told = library.get(f"/handling/{document}/original")
        disposition = told.headers["content-disposition"]
        assert re.fullmatch(r"attachment; filename(\*=utf-8''[\w.%~!'()*-]+|=\"[^\"\\\r\n]+\")", disposition)
        name = unquote(disposition.partition("''")[2])
        assert name.isprintable()
        assert "/" not in name
        assert "x-ond" not in told.headers
    for said in MEANT_ILL:
        for path in ("/arende/export", "/sok/export"):
            told = library.get(path, params={"q": f"strand {said}", "format": "csv"})
            assert told.status_code in {200, 404}
            assert "x-ond" not in told.headers
            assert told.headers.get("content-disposition", "attachment;").startswith("attachment;")
