"""The page's own words: remedies without commands, one name for one thing, citations, numbers of a histogram."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import cli
from corpus.store import Store
from index.holdings import Holding
from tests.conftest import PROJECT
from web.advice import HERE, KEEPERS, here
from web.citing import Citations
from web.words import reason

ROOMS = ("corpus", "index", "pipeline", "web")
TEMPLATES = PROJECT / "web" / "templates"


def remedies() -> Iterator[str]:
    """Every text in the program below its doors that names a verb."""
    for room in ROOMS:
        for file in (PROJECT / room).rglob("*.py"):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
                    yield from re.findall(r"[^`]*\baktspar [a-z]+[^`]*", node.value)


def test_every_verb_has_its_place_on_the_page_or_is_the_keepers() -> None:
    assert set(cli.aktspar.commands) <= set(HERE) | KEEPERS
    assert not set(HERE) & KEEPERS


def test_no_remedy_names_what_a_reader_cannot_type() -> None:
    told = {one: here(one) for one in remedies()}
    assert len(told) > 10
    for said in told.values():
        assert not re.search(rf"aktspar ({'|'.join(HERE)})\b", said)


def test_what_else_a_remedy_says_stands() -> None:
    assert here("Ta bort märket. Se varför: aktspar status") == "Ta bort märket. Leta upp handlingen med en sökning."
    assert here("Gör plats på disken och kör samma kommando igen.") == "Gör plats på disken och försök igen."
    assert here("Bygg om det: aktspar reindex") == "Bygg om det: aktspar reindex"
    assert here("") == ""


@pytest.mark.parametrize("file", sorted(TEMPLATES.glob("*.html")), ids=lambda file: file.name)
def test_no_template_advises_a_command_or_calls_a_thing_by_two_names(file: Path) -> None:
    written = file.read_text(encoding="utf-8")
    assert "aktspar " not in written
    for other in ("Lämna ut", ">Slag<", ">Organ<", "Räkenskap", "Krav och förslag"):
        assert other not in written


def test_errors_advise_in_the_page_s_words(page: TestClient) -> None:
    for path in ("/handling/99999", "/sok?sparad=finns-inte", "/granska/f1-99"):
        told = page.get(path)
        assert told.status_code == 404
        assert "aktspar " not in told.text
    assert "aktspar " in page.get("/handling/99999.json").json()["remedy"]  # programs are told as at the terminal


def test_a_citation_says_what_whose_when_and_where(samples_home: Path) -> None:
    with Store(samples_home) as store:
        cite = Citations(store, {})
        plan, minutes = (
            store.resolve(one) for one in ("2019-handlingsplan-2019-2022.pdf", "2019-protokoll-socialnamnden.pdf")
        )
        assert cite(plan, "plan.pdf", 2, "Planen gäller.") == (
            "”Planen gäller.” (Handlingsplan, Socialnämnden, 23 april 2019, dnr SN/2019:118, s. 2; plan.pdf)"
        )
        # of many matters no single number is right
        assert cite.reference(minutes, "p.pdf", 1) == "Protokoll, Socialnämnden, 23 april 2019, s. 1; p.pdf"
        assert cite.reference(99999, "borta.pdf", 1) == "s. 1; borta.pdf"
        known = Citations(store, {7: Holding(7, "x.txt", title="Brev om bryggan")})
        assert known.reference(7, "x.txt", 1) == "Brev om bryggan, s. 1; x.txt"


def test_how_a_page_was_read_is_told_without_the_machine_s_words() -> None:
    assert reason("textlagret: få å, ä och ö") == "filens egen text: få å, ä och ö"
    assert reason("tom sida") == "tom sida"
