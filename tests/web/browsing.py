"""A browser and the pages it visits: what the tests in a real browser share."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bench.pictures import QUIET

TIMEOUT = 60_000.0  # milliseconds: a machine that does much else at the same time is slow, not wrong
WIDE, PHONE = 1280, 390


@contextmanager
def started() -> Iterator[Browser]:
    """The system's chromium; without one the tests are skipped, but not in CI."""
    program = shutil.which("chromium")
    if program is None and not os.environ.get("CI"):
        pytest.skip("webbläsaren chromium saknas: proven av sidan i webbläsare hoppas över (apt-get install chromium)")
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=QUIET)


@dataclass
class Visit:
    """One visitor's tab, and what the browser complained of: faults of scripts, what the page's rules forbade."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@contextmanager
def visiting(browser: Browser, port: int, width: int = WIDE, **how: bool) -> Iterator[Visit]:
    """A new visitor, who knows nothing of the one before."""
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{port}", viewport={"width": width, "height": 900}, locale="sv-SE",
        java_script_enabled=how.get("scripts", True), bypass_csp=how.get("bypass_csp", False),
    )  # fmt: skip
    context.set_default_timeout(TIMEOUT)
    visit = Visit(context.new_page())
    visit.page.on("console", lambda said: visit.complaints.append(f"{visit.page.url}: {said.text}"))
    visit.page.on("pageerror", lambda fault: visit.complaints.append(f"{visit.page.url}: {fault}"))
    try:
        yield visit
    finally:
        context.close()


def every_page(number: Callable[[str], int]) -> Mapping[str, str]:
    """Every kind of page, by name, and an address of each; `number` is that of a document of the sample corpus."""
    scan, minutes = number("2016-handlingsplan-2016-2018.pdf"), number("2019-protokoll-socialnamnden.pdf")
    asked, reply = (
        number("2021-interpellation-arbetsmiljo.pdf"),
        number("2021-interpellationssvar-kompetensforsorjning.pdf"),
    )
    return {
        "start": "/",
        "search": "/sok?q=handlingsplan",
        "everything": "/sok",
        "nothing found": "/sok?q=xyzzyx",
        "minutes": f"/handling/{minutes}/2?q=handlingsplan",
        "scan": f"/handling/{scan}/1?q=socialsekreterare",
        "corrected": f"/handling/{number('2022-namndinitiativ-handledning.txt')}/1",
        "before corrections": f"/handling/{number('2022-namndinitiativ-handledning.txt')}/1?original=1&visa=text",
        "word file": f"/handling/{number('2023-handlingsplan-2024-2027.docx')}/1",
        "like": f"/handling/{minutes}/liknande",
        "matters": "/arende",
        "matter": "/arende?q=handlingsplan+socialsekreterare",
        "matter of nothing": "/arende?q=xyzzyx",
        "questions": "/fragor",
        "promises": "/loften",
        "evidence": f"/loften/belagg?lofte={number('2025-uppfoljning-handlingsplanen.pdf')}-1",
        "parties": "/partier",
        "party": "/parti/V",
        "people": "/personer",
        "person": "/person?namn=Marika+Hjortn%C3%A4s",
        "review": "/granska",
        "review links": "/granska?visa=kopplingar",
        "review pages": "/granska?visa=sidor",
        "review corrections": "/granska?visa=rattelser",
        "unread": "/granska?visa=olasta",
        "reviewed": "/granska?visa=bedomt",
        "a question": f"/granska/f{asked}-1",
        "a link": f"/granska/s{reply}-{asked}",
        "take in": "/lagg-till",
    }
