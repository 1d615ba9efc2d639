"""Swedish analysis and what is built on it: terms, relations, highlights and topics."""

import pytest

from index import analysis
from index.search import matches, mentions, topic_terms


@pytest.mark.parametrize(
    ("found", "wanted", "relation"),
    [
        ("nämnd", "nämnd", "exact"),
        ("handlingsplanens", "handlingsplan", "stem"),
        ("stadsdelsnämndernas", "nämnd", "part"),
        ("socialnämnden", "social", "part"),
        ("reviderades", "revidering", "verb"),
        ("äldrenämnden", "aldrenamnden", "fold"),
        ("aldrenamnden", "äldrenämnden", "fold"),
        ("arbetsituationen", "arbetssituation", "fold"),
        ("rad", "råd", None),
        ("möta", "mot", None),
        ("intervju", "råd", None),
    ],
)
def test_relations_between_words(found: str, wanted: str, relation: str | None) -> None:
    """Each way a word of a text can answer a query word is told apart, and what only looks alike is none."""
    assert analysis.relation(found, wanted) == relation


def test_a_word_broken_over_lines_is_whole() -> None:
    """A hyphen at a line's end goes; that of `kompetens- och` stays."""
    assert analysis.words("handlings-\nplanen för kompetens-\noch annat")[0] == [
        "handlingsplanen",
        "för",
        "kompetens",
        "och",
        "annat",
    ]


def test_parties_of_a_text() -> None:
    """Codes in parentheses and full names are parties; lone letters, `(SAM)` and a misread `(o)` are not."""
    text = "Ada A (båda V), Bo B (S och MP), (SAM), (o), s 5 och Feministiskt  initiativs gruppledare"
    assert [key.shown for key in analysis.party_keys(text)] == ["V", "S", "MP", "FI"]


def test_highlights_are_the_words_that_answer() -> None:
    """`matches` gives the stretches of the text itself, in any of their forms."""
    text = "Socialnämnden beslutade. Dnr KS 2019/756 av (V): nämndens åtgärder"
    spans = matches(text, "nämnd KS2019/756 vänsterpartiet")
    assert [text[start:end] for start, end in spans] == ["Socialnämnden", "Dnr KS 2019/756", "(V)", "nämndens"]


def test_a_topic_is_its_stems_and_keys() -> None:
    """Function words are no part of a topic; a case number is one term."""
    topic = topic_terms("handlingsplanen för socialsekreterare KS 2019/756")
    assert topic == {"handlingsplan", "socialsekreter", "nr:ks2019756"}


def test_mentions_is_the_share_of_the_topic() -> None:
    """A sentence holds a topic word by stem, in a compound, or without dots; what it lacks lowers the share."""
    topic = topic_terms("handlingsplan nämnd")
    assert mentions("Socialnämnden reviderade handlingsplanen.", topic) == 1.0
    assert mentions("Den lokala nämnden är ny.", topic) == 0.5
    assert mentions("Inget om saken.", topic) == mentions("", frozenset()) == 0.0


def test_a_word_without_an_end_is_cut() -> None:
    """A million letters are no word; looking for its endings would take for ever."""
    terms = analysis.analyse(f"kajen {'båten' * 200_000} färjan")
    assert [len(word) for word in terms.words] == [5, analysis.LONGEST, 6]
