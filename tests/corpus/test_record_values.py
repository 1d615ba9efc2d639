"""Records: corrections are applied exactly, and the outcome says what could not be done."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.account import Account
from corpus.records import Correction, Finding, Page, Place, Problem, Record, apply_corrections
from corpus.values import Kind, Question, Title

PAGE = Page(1, "hamn", "hamn", "plain", 1.0)
PROBLEM = Problem("ocr", "Sidan gick inte att tolka.", "Skanna den på nytt.", 2)


def correction(start: int, before: str, after: str) -> Correction:
    return Correction(start, start + len(before), before, after, "test", 1.0)


@pytest.mark.parametrize(
    ("original", "corrections", "text"),
    [
        ("hamnen", [], "hamnen"),
        ("vi forbattrar", [correction(3, "forbattrar", "förbättrar")], "vi förbättrar"),
        ("Vibeklagar det", [correction(2, "", " ")], "Vi beklagar det"),
        ("skydds nät o ch bro", [correction(6, " ", ""), correction(11, "o ch", "och")], "skyddsnät och bro"),
        ("ab", [correction(0, "a", "x"), correction(1, "b", "y")], "xy"),
        ("", [correction(0, "", "nytt")], "nytt"),
    ],
)
def test_every_correction_is_made_where_it_says(original: str, corrections: list[Correction], text: str) -> None:
    assert apply_corrections(original, corrections) == text


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=8), st.text(min_size=1, max_size=5), st.text(max_size=5))), st.text())
def test_what_stands_between_corrections_is_untouched(pieces: list[tuple[str, str, str]], rest: str) -> None:
    """For any text and any corrections in order, the result is the untouched pieces with the new words between."""
    corrections, at = [], 0
    for kept, before, after in pieces:
        corrections.append(correction(at + len(kept), before, after))
        at += len(kept) + len(before)
    original = "".join(kept + before for kept, before, _ in pieces) + rest
    assert apply_corrections(original, corrections) == "".join(kept + after for kept, _, after in pieces) + rest


@pytest.mark.parametrize(
    ("pages", "problems", "outcome"),
    [((PAGE,), (), "whole"), ((PAGE,), (PROBLEM,), "partial"), ((), (PROBLEM,), "failed"), ((), (), "failed")],
)
def test_the_outcome_tells_whole_partial_and_failed_apart(
    pages: tuple[Page, ...], problems: tuple[Problem, ...], outcome: str
) -> None:
    assert Record("a.txt", "x", "text/plain", pages, 1, (), problems).outcome == outcome


def test_values_of_one_kind_come_with_their_findings_in_order() -> None:
    findings = tuple(
        Finding(value, "", (Place(page, 0, 1, page),), "test", 1.0)
        for value, page in ((Title("Hamnen"), 1), (Question("När?", 1, answered_below=False), 3), (Kind("motion"), 1))
    )
    record = Record("a.txt", "x", "text/plain", (PAGE,), 1, findings)
    assert [(value.text, finding.page) for value, finding in record.of(Question)] == [("När?", 3)]


def test_a_finding_without_a_place_stands_on_the_first_page() -> None:
    assert Finding(Kind("motion"), "", (), "test", 1.0).page == 1


def test_the_account_counts_every_document_page_and_problem_once() -> None:
    """Pages in are pages held plus pages listed; every problem is a line with its file."""
    account = Account()
    account.enter("hel.pdf", Record("hel.pdf", "1", "application/pdf", (PAGE,), 1))
    account.enter("delvis.pdf", Record("delvis.pdf", "2", "application/pdf", (PAGE,), 2, (), (PROBLEM,)))
    account.enter("trasig.pdf", Record("trasig.pdf", "3", "", (), 0, (), (PROBLEM,)))
    assert account.documents == {"whole": 1, "partial": 1, "failed": 1, "known": 0}
    assert (account.pages_in, account.pages_held, account.pages_listed) == (3, 2, 1)
    assert [(line.file, line.page, line.remedy) for line in account.problems] == [
        ("delvis.pdf", 2, "Skanna den på nytt."),
        ("trasig.pdf", 2, "Skanna den på nytt."),
    ]
