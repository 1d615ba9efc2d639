"""Which passages of a reply answer a question: how a reply is cut, and how its passages are told from one another."""

import pytest

from corpus.records import Page
from corpus.swedish.stems import stem
from corpus.swedish.vectors import nearness
from pipeline import layout
from pipeline.connect.fits import Asked, asked_as, candidates, fits, gives, lacks, said_in, says_most
from pipeline.connect.passages import Unit, units
from pipeline.layout import Reading

REPLY = """Fru ordförande!

Hamnen är en viktig del av staden och kommer att så vara också i framtiden.

Kajen ska rustas upp under 2025, och arbetet är upphandlat.

När det gäller båtplatserna finns i dag 140 stycken. Kön är elva år.

Varför färjan har dragits in är enkelt att svara på: ingen åkte med den.

Därmed anser jag interpellationen besvarad.
"""
QUESTIONS = (
    "När ska kajen rustas upp?",
    "Hur många platser finns det för båtar i hamnen?",
    "Varför går inte färjan längre?",
)


def reading(text: str) -> Reading:
    return layout.read([Page(1, text, text, "plain", 1.0)])


def first(questions: tuple[str, ...], text: str) -> list[str]:
    """The best passage for each question."""
    put = [asked_as(i, i, question) for i, question in enumerate(questions, 1)]
    said = said_in(units(reading(text)))
    found = [candidates(one, said.units, fit, said.weight) for one, fit in zip(put, fits(put, said), strict=True)]
    return [ranked[0].sentence.text if ranked else "" for ranked in found]


def cut(text: str) -> list[list[str]]:
    return [[sentence.text for sentence in unit.sentences] for unit in units(reading(text))]


def test_a_reply_is_cut_where_it_turns_to_another_question_and_its_frame_is_left_out() -> None:
    assert [unit[0][:22] for unit in cut(REPLY)] == [
        "Hamnen är en viktig de", "Kajen ska rustas upp u", "När det gäller båtplat", "Varför färjan har drag",
    ]  # fmt: skip


def test_each_question_gets_the_passage_of_its_own() -> None:
    kaj, places, ferry = first(QUESTIONS, REPLY)
    assert kaj.startswith("Kajen ska rustas upp")
    assert places.startswith("När det gäller båtplatserna")
    assert ferry.startswith("Varför färjan har dragits in")


def test_a_turn_within_a_paragraph_begins_a_unit() -> None:
    text = "Kajen rustas i höst som det är sagt. Vad gäller båtarna är kön lång för den som vill ha en plats.\n"
    assert len(cut(text)) == 2


def test_a_list_belongs_to_what_leads_it_in() -> None:
    text = "Vi har gjort tre saker i hamnen:\n\n- Kajen har rustats upp i sin helhet.\n- Kön har kortats.\n"
    (unit,) = cut(text)
    assert len(unit) == 3


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Den andra frågan gäller kajen och hur den ska skötas.", {2}),
        ("Den första och den tredje frågan besvaras tillsammans här nedan.", {1, 3}),
        ("På fråga 4 kan jag svara att kajen rustas upp i höst.", {4}),
        ("Det finns fyra skäl till att kajen rustas upp i höst.", set()),
    ],
)
def test_a_unit_knows_the_number_of_the_question_it_names(text: str, asked: set[int]) -> None:
    (unit,) = units(reading(text + "\n"))
    assert unit.asked == asked


def test_the_number_of_a_question_outweighs_its_words() -> None:
    text = (
        "Så till hamnen.\n\nFråga 2: Här är läget sedan länge gott och väl under kontroll, och kajen står kvar.\n\n"
        "Fråga 1: Pengarna är avsatta för hela arbetet och inget mer behövs, vad jag kan se.\n"
    )
    assert first(("Hur mår kajen?", "Räcker pengarna?"), text)[0].startswith("Fråga 1")


def test_a_unit_that_fits_another_question_better_speaks_less_for_this_one() -> None:
    put = [asked_as(1, 1, "Hur mår kajen i hamnen?"), asked_as(2, 2, "Hur mår båtarna i hamnen?")]
    said = said_in(
        units(reading("Kajen i hamnen mår bra, vill jag påstå.\n\nBåtarna i hamnen mår ännu bättre än så.\n"))
    )
    own = fits(put, said)
    assert own[0, 0] > own[0, 1]
    assert own[1, 1] > own[1, 0]


def test_words_of_one_field_count_where_no_word_is_the_same() -> None:
    assert nearness([stem("buss")], [stem("spårvagn")])[0, 0] > 0.5
    assert nearness([stem("buss")], [stem("kultur")])[0, 0] < 0.4
    question: Asked = asked_as(1, 1, "Vad kostar bussarna?")
    near, far = (
        Unit(units(reading(text))[0].sentences, "", frozenset())
        for text in ("Spårvagnens utgifter är höga i år.\n", "Skolan har fått en ny rektor i år.\n")
    )
    assert says_most(question, said_in([near])) > says_most(question, said_in([far])) + 0.2


@pytest.mark.parametrize("word", ["", "xqzv", "1234"])
def test_an_unknown_word_is_near_to_nothing(word: str) -> None:
    assert nearness([word], [stem("buss")])[0, 0] == 0


@pytest.mark.parametrize(
    ("question", "given", "not_given"),
    [
        ("Hur många platser finns det?", "Det finns 140 platser.", "Det finns gott om plats."),
        ("Hur många står i kö?", "Det rör sig om fyrtiotvå personer.", "Kön är lång."),
        ("Vad har kajen kostat?", "Notan slutade på tolv miljoner.", "Den blev dyr."),
        ("När öppnar badet?", "Det öppnar i mars.", "Det öppnar."),
        ("Varför lades färjan ned?", "Det beror på att ingen åkte.", "Den gick varje dag."),
    ],
)
def test_a_question_word_wants_its_kind_of_passage(question: str, given: str, not_given: str) -> None:
    assert gives(question, given)
    assert not gives(question, not_given)


def test_a_figure_asked_for_is_lacking_where_there_is_none() -> None:
    assert lacks("Hur många platser finns det?", "Det finns gott om plats.")
    assert not lacks("Hur många platser finns det?", "Det finns 140.")
    assert not lacks("Varför lades färjan ned?", "Den gick varje dag.")


def test_a_question_given_back_in_quotes_is_no_answer() -> None:
    text = "”När ska kajen i hamnen rustas upp?”\n\nUnder våren, om upphandlingen går som den ska.\n"
    assert first(("När ska kajen i hamnen rustas upp?",), text) == ["Under våren, om upphandlingen går som den ska."]
