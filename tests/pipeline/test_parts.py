"""Papers that lie in one file: a question finds the reply further down, its own and no other's."""

from pathlib import Path

import pytest

from corpus.store import Store
from pipeline.connect.parts import parts, reply_below
from tests.pipeline.test_answers import reading
from tests.pipeline.test_connecting import Library

BUSES = """Interpellation av Maja Sten (V) till Olle Frisk (S) om bussarna till Norrby

Bussarna till Norrby har under vintern kommit för sent nästan varje morgon, och många har slutat åka.

Jag vill därför fråga:

1. Hur många turer ställdes in under vintern?
2. När får Norrby en egen hållplats?

Vintervik den 2 mars 2021

Maja Sten (V)
"""
BATHS = """Interpellation av Per Ask (M) till Olle Frisk (S) om simhallen

Simhallen har varit stängd i två år, och eleverna i skolorna har ingenstans att lära sig simma.

Jag vill därför fråga:

1. När öppnar simhallen igen?

Per Ask (M)
"""
ABOUT_BUSES = """Svar på interpellation av Maja Sten (V) om bussarna till Norrby

Under vintern ställdes 43 turer in, de flesta av dem i februari.

En egen hållplats i Norrby byggs i september 2021.

Olle Frisk (S)
"""
ABOUT_BATHS = """Svar på interpellation om simhallen

Simhallen öppnar igen i augusti 2022, när taket är bytt.

Olle Frisk (S)
"""
BARE = ABOUT_BUSES.replace("Svar på interpellation av Maja Sten (V) om bussarna till Norrby", "Interpellationssvar")
TURNS = "Hur många turer ställdes in under vintern?"
STOP = "När får Norrby en egen hållplats?"
OPENS = "När öppnar simhallen igen?"


def asked(*papers: str, tmp_path: Path) -> dict[str, str]:
    """The first passage that answers each question of a file of these papers; nothing where no reply is found."""
    with Store(tmp_path, create=True) as store:
        library = Library(store)
        library.add("handlingar.txt", "\n\n".join(papers))
        answers = library.answers()
    assert all((answer.reply is None) == (answer.status == "no_reply") for answer in answers.values())
    return {question: answer.passages[0].text if answer.passages else "" for question, answer in answers.items()}


def test_a_reply_below_its_question_in_one_file_answers_it(tmp_path: Path) -> None:
    told = asked(BUSES, ABOUT_BUSES, tmp_path=tmp_path)
    assert "43 turer" in told[TURNS]
    assert "september 2021" in told[STOP]


def test_a_reply_that_names_nothing_belongs_to_what_it_follows(tmp_path: Path) -> None:
    assert "43 turer" in asked(BUSES, BARE, tmp_path=tmp_path)[TURNS]


def test_each_question_gets_the_reply_that_names_it_in_whatever_order_they_lie() -> None:
    text = "\n\n".join((BUSES, BATHS, ABOUT_BATHS, ABOUT_BUSES))
    held = parts(reading(text))
    assert [part.kind for part in held] == ["interpellation"] * 2 + ["interpellationssvar"] * 2
    for question, heading in ((TURNS, ABOUT_BUSES), (STOP, ABOUT_BUSES), (OPENS, ABOUT_BATHS)):
        reply = reply_below(reading(text).text.find(question), held)
        assert reply is not None
        assert reading(text).text[reply.start : reply.end].startswith(heading.splitlines()[0])


@pytest.mark.parametrize("papers", [(BUSES, ABOUT_BATHS), (BUSES,), (ABOUT_BUSES, BUSES), (BUSES, BATHS, BARE)])
def test_the_reply_to_another_answers_nothing(papers: tuple[str, ...], tmp_path: Path) -> None:
    assert asked(*papers, tmp_path=tmp_path).get(TURNS, "") == ""
