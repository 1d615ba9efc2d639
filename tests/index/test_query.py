"""The query language: what is typed means one thing, and nothing that can be typed is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.case_numbers import CaseNumber
from index.nodes import Dated, Either, Number, OfKind, Party, Phrase, Prefix, Query, Word
from index.query import parse

if TYPE_CHECKING:
    from tests.index.conftest import Library

KS = CaseNumber("KS", 2019, "756")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Socialnämnden ", Query((Word("socialnämnden"),))),
        ('"hot och våld', Query((Phrase(("hot", "och", "våld")),))),
        ("“hot och våld” nu", Query((Phrase(("hot", "och", "våld")), Word("nu")))),
        ("a\u030alder", Query((Word("ålder"),))),
        ("hot -våld", Query((Word("hot"),), (), (Word("våld"),))),
        ("hot ELLER våld", Query((Either((Word("hot"), Word("våld"))),))),
        ("(hot OR våld) skola", Query((Query((Either((Word("hot"), Word("våld"))),)), Word("skola")))),
        ("hand*", Query((Prefix("hand"),))),
        ("ha*", Query((Word("ha"),))),
        ("om hot i skolan", Query((Word("hot"), Word("skolan")))),
        ("om", Query((Word("om"),))),
        ("svar KS/2019:756", Query((Word("svar"), Number(KS, ("ks", "2019", "756"))))),
        ("feministiskt initiativ", Query((Party("FI", ("feministiskt", "initiativ")),))),
        ("TYP:motion", Query((), (OfKind("motion", exact=False),))),
        ("år:2019..2021", Query((), (Dated(20190101, 20211231),))),
        ("före:2020-02", Query((), (Dated(1, 20200200),))),
        ("år:häromåret", Query((Word("häromåret"),))),
        ("EU:s stöd", Query((Word("eu"), Word("stöd")))),
        ("", Query()),
        (') OR - : * "', Query()),
    ],
)
def test_what_is_typed_means(typed: str, meant: Query) -> None:
    """Each form of the language gives the tree it stands for."""
    assert parse(typed) == meant


_MARKS = ['"', "“", "(", ")", "[", "-", "*", " ", " OR ", "|", ":", "..", "§", "\u030a", "İ", "ß", "\x00"]
_FIELDS = ["typ:", "år:", "före:", "dnr:", "parti:", "person:", "titel:"]
_WORDS = ["KS 2018/42", "2019-02", "Vänsterpartiet", "(V)", "badhus", "råd", "HR-konsult", "och"]
_TYPED = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_MARKS + _FIELDS + _WORDS), max_size=14).map("".join))


@settings(max_examples=300, deadline=None)
@given(_TYPED)
def test_no_query_is_an_error(typed: str) -> None:
    """Whatever is typed is read."""
    assert isinstance(parse(typed), Query)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=_TYPED)
def test_no_query_breaks_the_search(library: Library, typed: str) -> None:
    """Whatever is typed is answered, and every highlight lies within its snippet."""
    for hit in library.search(typed).hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.highlights)


@pytest.mark.parametrize("typed", ["(" * 5000, '"' * 999, "-" * 999, "a " * 2000, "år:" * 300, "OR " * 400])
def test_long_nonsense_is_answered(library: Library, typed: str) -> None:
    """Nothing typed in bulk runs out of depth or time."""
    assert library.search(typed).total >= 0
