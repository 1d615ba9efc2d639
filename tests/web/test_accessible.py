"""Every page, in light and in dark, by axe: nothing serious that shuts someone out, and headings in order."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from socket import socket
from threading import Thread
from typing import Literal

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import every_page, visiting
from web.app import create
from web.security import Passwords, set_password

pytestmark = pytest.mark.xdist_group("browser")

GRAVE, ALSO = ("serious", "critical"), ("heading-order", "landmark-unique", "region")
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def violations(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'].splitlines()[1:2]}"
        for one in found
        if one["impact"] in GRAVE or one["id"] in ALSO
        for node in one["nodes"][:3]
    ]


@pytest.fixture(scope="module")
def guarded(samples_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where a page is served that one has to log in to."""
    file = tmp_path_factory.mktemp("losenord") / "losenord"
    set_password(file, "eva.ek", "tre korta ord")
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    app = create(samples_home, [f"127.0.0.1:{port}"], passwords=Passwords(file))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", ws="none"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield port
    server.should_exit = True
    thread.join(10)


def test_the_login_shuts_no_one_out_and_keeps_the_name_of_a_slip(browser: Browser, guarded: int) -> None:
    with visiting(browser, guarded, bypass_csp=True) as visit:
        page = visit.page
        page.goto("/fragor")
        for scheme in SCHEMES:
            assert violations(page, scheme) == []
        assert page.get_by_role("navigation").count() == page.get_by_role("search").count() == 0
        expect(page.get_by_label("Namn")).to_be_focused()
        page.get_by_label("Namn").fill("eva.ek")
        page.get_by_label("Lösenord").fill("fel fel fel fel")
        page.get_by_role("button", name="Logga in").click()
        expect(page.get_by_role("alert")).to_contain_text("hör inte ihop")
        expect(page.get_by_label("Namn")).to_have_value("eva.ek")
        expect(page.get_by_label("Lösenord")).to_be_focused()
        expect(page.get_by_label("Lösenord")).to_have_value("")
        for scheme in SCHEMES:
            assert violations(page, scheme) == []
        page.get_by_label("Lösenord").fill("tre korta ord")
        page.get_by_role("button", name="Logga in").click()
        page.wait_for_url("**/fragor")


def test_nothing_on_any_page_shuts_anyone_out(browser: Browser, port: int, number: Callable[[str], int]) -> None:
    grave = {}
    # axe is put into the page by the test, which the page's own rules forbid.
    with visiting(browser, port, bypass_csp=True) as visit:
        for name, address in {**every_page(number), "error": "/handling/9999"}.items():
            visit.page.goto(address)
            for scheme in SCHEMES:
                found = violations(visit.page, scheme)
                if found:
                    grave[name, scheme] = found
    assert grave == {}
