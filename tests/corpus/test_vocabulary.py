"""The vocabularies: files people edit, so every mistake in them must show here and not in a run."""

import re
from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest

from corpus import vocabulary

NAMES = sorted(f.name.removesuffix(".toml") for f in (resources.files("corpus") / "vocabulary").iterdir())


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


@pytest.mark.parametrize("name", NAMES)
def test_the_file_loads_and_says_something(name: str) -> None:
    assert vocabulary.table(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_regular_expression_of_the_file_compiles(name: str) -> None:
    """Plain words are regular expressions too, but for a bracket or a question mark typed by mistake."""
    for expression in strings(vocabulary.table(name)):
        re.compile(expression)


@pytest.mark.parametrize("name", NAMES)
def test_no_expression_is_empty(name: str) -> None:
    """An empty alternative would match everywhere."""
    assert all(expression.strip() for expression in strings(vocabulary.table(name)))


@pytest.mark.parametrize("name", ["layout", "questions", "demands", "promises", "dates", "titles"])
def test_no_list_of_signs_matches_nothing_at_all(name: str) -> None:
    """A sign that fits the empty text fits every text."""
    table = vocabulary.table(name)
    lists = [key for key, value in table.items() if isinstance(value, list) and all(isinstance(v, str) for v in value)]
    for key in lists:
        assert not vocabulary.pattern(name, key).search(""), f"{name}.{key}"


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("S", "S"),
        ("s", "S"),
        ("(S)", "S"),
        (" m ", "M"),
        ("fp", "L"),
        ("FP", "L"),
        ("folkpartiet", "L"),
        ("Folkpartiet liberalerna", "L"),
        ("Liberalerna", "L"),
        ("kds", "KD"),
        ("vpk", "V"),
        ("Vänsterpartiet", "V"),
        ("Vänsterpartiets", "V"),
        ("Fi", "FI"),
        ("fi", "FI"),
        ("F!", "FI"),
        ("(Fl)", "FI"),
        ("(o)", "C"),
        ("(ce)", "C"),
        ("(t)", "KD"),
        ("Miljöpartiet de gröna", "MP"),
    ],
)
def test_a_party_is_known_by_every_form_it_is_printed_in(printed: str, code: str) -> None:
    assert vocabulary.party_code(printed) == code


@pytest.mark.parametrize("printed", ["SAM", "-", "", "(-)", "C3L", "majoriteten", "Lövhamn"])
def test_what_is_no_party_has_no_code(printed: str) -> None:
    assert vocabulary.party_code(printed) is None


def test_no_form_belongs_to_two_parties() -> None:
    forms = [form for p in vocabulary.parties() for form in {p.code.lower(), p.name.lower(), *p.aliases, *p.misread}]
    assert len(forms) == len(set(forms))


def test_forms_are_written_in_lower_case() -> None:
    """What is printed is compared in lower case: a capital in an alias would never be met."""
    assert all(form == form.lower() for p in vocabulary.parties() for form in (*p.aliases, *p.misread))


def test_what_a_kind_answers_is_a_kind() -> None:
    kinds = vocabulary.table("kinds")
    assert {answered for kind in kinds.values() for answered in kind.get("answers", ())} <= kinds.keys()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("questions", "asking"),
        ("questions", "answering"),
        ("demands", "demanding"),
        ("demands", "numbered"),
        ("promises", "answering"),
        ("decisions", "asking"),
        ("bodies", "default_for"),
    ],
)
def test_kinds_named_elsewhere_are_kinds(name: str, key: str) -> None:
    assert set(vocabulary.table(name)[key]) <= vocabulary.table("kinds").keys()


def test_every_kind_has_a_name_people_see() -> None:
    titles = vocabulary.kind_titles()
    assert titles.keys() == vocabulary.table("kinds").keys()
    assert len(set(titles.values())) == len(titles)


def test_every_unit_of_a_case_number_names_a_body() -> None:
    assert all(name and unit.isupper() for unit, name in vocabulary.table("bodies")["units"].items())


def test_stop_words_do_not_hold_words_that_carry_meaning() -> None:
    from corpus.swedish.stems import stem

    stops = vocabulary.stop_stems()
    assert {stem("och"), stem("att"), stem("för")} <= stops
    assert not {stem("inte"), stem("alla"), stem("mot"), stem("utan")} & stops
