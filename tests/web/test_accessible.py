"""Every page, in light and in dark, by axe: nothing serious that shuts someone out, and headings in order."""

from collections.abc import Callable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.web.browsing import every_page, visiting

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
