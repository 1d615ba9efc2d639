"""Extraction: what a document says is found in its several forms, and what it does not say is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.case_numbers import CaseNumber
from corpus.dates import When
from corpus.swedish.sentences import split
from corpus.values import (
    Body,
    Decision,
    Demand,
    Event,
    Kind,
    Mention,
    OtherDate,
    OwnDate,
    OwnNumber,
    PartyMention,
    Promise,
    Question,
    Reference,
    Section,
    Statement,
    Title,
)
from tests.pipeline.making import PROSE, findings, values

REPLY = (
    "Svar på interpellation av Karin Alm (S) om kajen\n\nKarin Alm (S) har ställt frågor till mig om kajen.\n\n{}\n\n"
    "Lövhamn den 14 oktober 2024\n\nEmil Bodin\n"
)
MINUTES = "Protokoll från socialnämndens sammanträde\n\nLövhamns stad\n\n{}\n"
MOTION = f"Motion (2017:23) av Karin Alm (M) om kajen\n\n{PROSE}\n{{}}\n\nKarin Alm (M)\n"


# ---- sentences -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kajen är hel. Bron är trasig.", ["Kajen är hel.", "Bron är trasig."]),
        ("Är den hel? Ja! Bra.", ["Är den hel?", "Ja!", "Bra."]),
        ("Frågor om t.ex. Kajen och bl.a. Bron.", ["Frågor om t.ex. Kajen och bl.a. Bron."]),
        ("Karin Alm m.fl. Moderater sade nej.", ["Karin Alm m.fl. Moderater sade nej."]),
        ("Enligt K. Alm kostar det 1 mnkr. Det är mycket.", ["Enligt K. Alm kostar det 1 mnkr.", "Det är mycket."]),
        ("Sammanträdet kl. 16 i Lövhamn.", ["Sammanträdet kl. 16 i Lövhamn."]),
        ("Det kostade 7.5 miljoner. 2019 var dyrast.", ["Det kostade 7.5 miljoner.", "2019 var dyrast."]),
        ("”Nej.” Det sade hon.", ["”Nej.”", "Det sade hon."]),
        ("utan stop", ["utan stop"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    """Abbreviations, initials and times do not end a sentence."""
    assert [text[start:end] for start, end in split(text)] == expected


# ---- kind, title, body -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Interpellation av Karin Alm (S) om kajen", "interpellation"),
        ("Svar på interpellation om kajen", "interpellationssvar"),
        ("Kompletterande svar på interpellation om kajen", "interpellationssvar"),
        ("Interpellationssvar av borgarrådet Emil Bodin (M)", "interpellationssvar"),
        ("Skrivelse från Karin Alm (V)", "skrivelse"),
        ("Svar på skrivelse från Karin Alm (V)", "skrivelsesvar"),
        ("Motion (2017:23) av Karin Alm (M)", "motion"),
        ("Nämndinitiativ om handledning", "namndinitiativ"),
        ("PM Rotel IV (Dnr KS 2019/412)", "pm"),
        ("Tjänsteutlåtande", "tjansteutlatande"),
        ("Tjänsteskrivelse", "tjansteutlatande"),
        ("Handlingsplan 2019–2022", "handlingsplan"),
        ("Reviderad handlingsplan för kajen", "handlingsplan"),
        ("Riktlinjer för kajen", "handlingsplan"),
        ("Sammanträdesprotokoll", "protokoll"),
        ("Protokollsutdrag", "protokoll"),
        ("Särskilt uttalande", "reservation"),
        ("Till den det rör", "ovrigt"),
    ],
)
def test_the_kind_is_told_by_the_head(head: str, kind: str) -> None:
    assert [value.name for value in values(Kind, f"Lövhamns stad\n\n{head}\n\n{PROSE}")] == [kind]


def test_a_kind_named_in_running_text_is_not_the_document_s() -> None:
    text = f"Skrivelse från Karin Alm (V)\n\nInterpellation är ett annat ord för fråga.\n\n{PROSE}\nMotion\n"
    assert values(Kind, text) == [Kind("skrivelse")]


def test_the_title_is_neither_letterhead_date_number_nor_name() -> None:
    head = "Lövhamns stad\n\nSocialnämnden\n\nDnr SN 2020/14\n\n2020-05-03\n\nTjänsteutlåtande\n\nKarin Alm\n\n"
    assert values(Title, f"{head}Ny kaj vid Oxmyra strand\n\n{PROSE}") == [Title("Ny kaj vid Oxmyra strand")]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("RME SSD söm\n\nInterpellation om nattbemanningen i hamnen", "Interpellation om nattbemanningen i hamnen"),
        ("oe Fl vrrt ask\n\nKajens tillstånd och framtid", "Kajens tillstånd och framtid"),
        ("Kajens tillstånd och framtid |", "Kajens tillstånd och framtid"),
        ("~ Kajens tillstånd och framtid _", "Kajens tillstånd och framtid"),
        ("4: Kompetenssatsning för hamnens folk\n\nKajens tillstånd och framtid", "Kajens tillstånd och framtid"),
        ("0900-55 01 20 siv.alm@lovhamn.example\n\nKajens tillstånd och framtid", "Kajens tillstånd och framtid"),
        ("Bron över Inre Fjärden – en evighetshistoria", "Bron över Inre Fjärden – en evighetshistoria"),
        ("Kvistakers VA-nät", "Kvistakers VA-nät"),
    ],
)
def test_what_a_poor_scan_leaves_is_no_title(head: str, title: str) -> None:
    assert values(Title, f"{head}\n\n{PROSE}") == [Title(title)]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Till socialborgarrådet Alma Berg (S).", "socialborgarråd"),
        ("Till social- och trygghetsborgarrådet Alma Berg (S).", "social- och trygghetsborgarråd"),
        ("Till skol-, kultur- och idrottsborgarrådet Alma Berg (S).", "skol-, kultur- och idrottsborgarråd"),
        ("Alma Berg, ledamoten i nämnden, svarade.", "ledamot"),
        ("Ordföranden Alma Berg (S) svarade.", "ordförande"),
        ("Enhetschefen Alma Berg svarade.", "enhetschef"),
    ],
)
def test_an_office_is_told_whole_and_as_a_title(text: str, role: str) -> None:
    (person,) = values(Mention, f"Skrivelse om kajen\n\n{text}\n")
    assert (person.name, person.role) == ("Alma Berg", role)


def test_a_document_with_nothing_like_a_title_has_none() -> None:
    assert values(Title, f"Tjänsteutlåtande\n\n2020-05-03\n\n{PROSE}") == []


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Tjänsteutlåtande\n\nSocialnämnden\n\nLövhamns stad\n", Body("Socialnämnden", "Lövhamn")),
        ("Tjänsteutlåtande\n\nTill trafiknämnden\n", Body("Trafiknämnden", None)),
        ("Interpellation om kajen\n\nLövhamns stad\n", Body("Kommunfullmäktige", "Lövhamn")),
        ("Tjänsteutlåtande\n\nDnr SN 2020/14\n", Body("Socialnämnden", None)),
    ],
)
def test_the_body_is_named_or_told_by_the_kind_or_the_number(text: str, body: Body) -> None:
    assert values(Body, f"{text}\n{PROSE}") == [body]


def test_no_body_is_made_up() -> None:
    assert values(Body, f"Tjänsteutlåtande\n\n{PROSE}") == []


# ---- numbers and dates -----------------------------------------------------------------------------------------------


def test_numbers_of_the_head_are_the_document_s_own_and_others_are_references() -> None:
    text = (
        f"Tjänsteutlåtande\n\nDnr KS 2023/640 och SN/2023:87\n\n{PROSE}\n"
        "Ärendet har samband med KS 2018/655, som nämnden avslutade, och med AFS 2015:4 samt § 52/2019 i protokollet "
        "från ett tidigare möte i nämnden.\n"
    )
    assert [value.number.key for value in values(OwnNumber, text)] == ["ks2023640", "sn202387"]
    assert [value.text for value in values(Reference, text) if value.kind == "matter"] == ["KS 2018/655"]


def test_minutes_carry_a_number_under_each_paragraph() -> None:
    paragraphs = "\n".join(
        f"§ {n} Ärende {n}\n\nDnr SN 2020/{n}\n\nNämnden talade om ärendet i fråga.\n" for n in range(1, 9)
    )
    text = MINUTES.format(paragraphs)
    assert [value.number for value in values(OwnNumber, text)] == [CaseNumber("SN", 2020, str(n)) for n in range(1, 9)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Interpellation om kajen\n\n2019-06-14\n\n{}", "2019-06-14"),
        ("Interpellation om kajen\n\n{}\n\nLövhamn den 14 oktober 2024\n\nKarin Alm\n", "2024-10-14"),
        ("Interpellation om kajen\n\n{}\n\nLövhamn 2024-10-14\n\nKarin Alm\n", "2024-10-14"),
        (
            "Protokoll från nämnden\n\nPlats och tid: Stadshuset den 3 maj 2019 kl. 16.00\n\n{}\n\nAnslag 2019-05-10",
            "2019-05-03",
        ),
        ("Sammanträdesprotokoll\n\nSammanträdesdatum2019-01-28\n\nJusteringens datum 2019-02-04\n\n{}", "2019-01-28"),
        ("Medborgarförslag\n\nInlämnad i oktober 2018\n\n{}", "2018-10"),
        ("Motion om kajen\n\n190614\n\n{}", "2019-06-14"),
        ("Interpellation om kajen\n\n{}\n\nLövhamn 06-12-05\n\nKarin Alm\n", "2006-12-05"),
        ("Tjänsteutlåtande\n\nDatum:\n\n2019-06-14\n\n{}", "2019-06-14"),
        ("Hamnförvaltningen 2019-06-14\n\nTjänsteutlåtande\n\n{}\n\nLövhamn den 1 maj 2020\n", "2019-06-14"),
        ("LÖVHAMNS KOMMUN 2019-06-14\n\nTjänsteutlåtande\n\n{}", "2019-06-14"),
        (
            "Kallelse\n\nNämnden kallas till sammanträde den 14 juni 2019 kl. 18\n\n{}\n\nLövhamn 2019-06-01\n",
            "2019-06-14",
        ),
        ("Kallelse\n\nHamnnämnden sammanträder i Stadshuset den 14 juni 2019\n\n{}", "2019-06-14"),
    ],
)
def test_the_document_s_own_date_is_found(text: str, iso: str) -> None:
    """The meeting's date is the document's, not that of the notice board; a month is not made a day."""
    assert [value.when.iso for value in values(OwnDate, text.format(PROSE))] == [iso]


@pytest.mark.parametrize("stamp", ["INKOM 2019-06-14", "Ankom 2019 -06- 14", "INKOM\n\n2019-06-14", "Ink. 2019-06-14"])
def test_the_stamp_of_the_day_it_came_in_is_the_document_s_only_where_no_other_is_told(stamp: str) -> None:
    head = f"Skrivelse\n\n{stamp}\n\nKarin Alm (S)\n\n{PROSE}\n"
    assert values(OwnDate, f"{head}Lövhamn den 10 juni 2019\n\nKarin Alm\n") == [OwnDate(When(2019, 6, 10))]
    assert values(OwnDate, f"{head}Karin Alm\n") == [OwnDate(When(2019, 6, 14))]


@pytest.mark.parametrize(
    ("head", "iso"),
    [
        ("Beslutad av:\n\nKommunfullmäktige 2018-02-26\n\nGiltig till 2022-12-31", "2018-02-26"),
        ("Beslutad av: Kommunfullmäktige 2018-02-26\n\nReviderad av nämnden 2020-09-28", "2020-09-28"),
        ("Reviderad av nämnden den 3 mars 2020\n\nAntagen av nämnden den 26 februari 2018", "2020-03-03"),
        ("Gäller till 2024-12-31\n\nAntagen av kommunfullmäktige 2018-02-26", "2018-02-26"),
    ],
)
def test_a_plan_is_dated_by_the_last_day_it_was_decided_on_not_by_how_long_it_holds(head: str, iso: str) -> None:
    assert [value.when.iso for value in values(OwnDate, f"Riktlinjer för kajen\n\n{head}\n\n{PROSE}")] == [iso]


def test_six_digits_that_are_no_day_date_nothing() -> None:
    assert values(OwnDate, f"Motion om kajen\n\n191314\n\n{PROSE}") == []


def test_of_two_places_and_dates_far_down_the_last_is_the_signature() -> None:
    """A letter quoted on the way carries its own place and date."""
    body = f"{PROSE}\n" * 16
    text = f"Skrivelse\n\n{body}Oxmyra den 1 mars 2019\n\n{body}Lövhamn den 14 oktober 2024\n\nKarin Alm\n"
    assert values(OwnDate, text) == [OwnDate(When(2024, 10, 14))]


def test_a_document_that_tells_no_date_has_none() -> None:
    """A date in running text is mentioned, not the document's own; one without a year is left out."""
    text = f"Skrivelse från Karin Alm (V)\n\nI maj 2019 talade vi med nämnden, och den 28 februari igen.\n\n{PROSE}"
    assert values(OwnDate, text) == []
    assert values(OtherDate, text) == [OtherDate(When(2019, 5))]


def test_other_dates_are_resolved_against_the_document_s() -> None:
    text = f"Skrivelse\n\n2021-05-17\n\nFörra mandatperioden byggdes kajen, den 3 mars brast den.\n\n{PROSE}"
    assert [value.when.iso for value in values(OtherDate, text)] == ["2014/2018", "2021-03-03"]


# ---- people ----------------------------------------------------------------------------------------------------------


def parts(text: str) -> dict[str, tuple[str | None, str]]:
    return {value.name: (value.party, value.part) for value in values(Mention, text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Interpellation av Karin Alm (S) till borgarrådet Emil Bodin (M) om kajen\n\n{}\nKarin Alm (S)\n",
            {"Karin Alm": ("S", "author"), "Emil Bodin": ("M", "addressee")},
        ),
        (
            "Svar på interpellation av Karin Alm (S) om kajen\n\n{}\nLövhamn den 3 maj 2020\n\nEmil Bodin\n",
            {"Karin Alm": ("S", "addressee"), "Emil Bodin": (None, "author")},
        ),
        (
            "Interpellationssvar av borgarrådet Emil Bodin (M)\n\nTill Karin Alm (S)\n\n{}",
            {"Emil Bodin": ("M", "author"), "Karin Alm": ("S", "addressee")},
        ),
        (
            "Skrivelse från Karin Alm och Emil Bodin (båda V) om kajen\n\n{}",
            {"Karin Alm": ("V", "author"), "Emil Bodin": ("V", "author")},
        ),
        ("Motion av Karin Alm (fp)\n\n{}\nKARIN ALM\n", {"Karin Alm": ("L", "author")}),
        (
            "Tjänsteutlåtande\n\nHandläggare: Mats Bergudd\n\n{}\nIngalill Tornesjö\n\nFörvaltningsdirektör\n",
            {"Mats Bergudd": (None, "mentioned"), "Ingalill Tornesjö": (None, "author")},
        ),
        (
            "Protokoll från nämnden\n\nKarin Alm (S), ordförande\n\nVid protokollet: Mats Bergudd\n\n{}",
            {"Karin Alm": ("S", "mentioned"), "Mats Bergudd": (None, "author")},
        ),
    ],
)
def test_who_wrote_and_to_whom_is_told_by_the_head_and_the_signature(
    text: str, expected: dict[str, tuple[str | None, str]]
) -> None:
    assert parts(text.format(PROSE)) == expected


def test_words_before_a_name_are_no_part_of_it() -> None:
    text = f"Skrivelse\n\n{PROSE}\nLedamoten Karin Alm (S), Motion Emil Bodin (V) och ordförande Rut Kvarn nämns.\n"
    assert set(parts(text)) == {"Karin Alm", "Emil Bodin", "Rut Kvarn"}


def test_a_genitive_is_no_new_person_and_a_street_is_none() -> None:
    text = f"Skrivelse av Karin Alm (S)\n\n{PROSE}\nKarin Alms motion om Södra Strandgatan (SAM) och S:t Persgatan.\n"
    assert set(parts(text)) == {"Karin Alm"}


def test_parties_are_named_by_code_by_name_and_by_what_they_were_called() -> None:
    text = f"Skrivelse\n\n{PROSE}\nBåde Vänsterpartiet, Folkpartiet och (mp) sade nej, liksom Karin Alm (kds).\n"
    assert {value.code for value in values(PartyMention, text)} == {"V", "L", "MP", "KD"}


def test_a_colour_or_an_abbreviation_is_no_party() -> None:
    text = f"Skrivelse\n\n{PROSE}\nDen rödgröna majoriteten (SAM) och (-) samt C3L sade nej.\n"
    assert values(PartyMention, text) == []


# ---- questions -------------------------------------------------------------------------------------------------------

ASKING = f"Interpellation av Karin Alm (S) om badet\n\n{PROSE}\n{{}}\n\nKarin Alm (S)\n"
TWO = ["Hur många har badat?", "Vad kostar renoveringen?"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Jag vill därför ställa följande frågor:\n\n1. {}\n2. {}", [1, 2]),
        ("Med anledning av ovanstående vill jag fråga:\n\n- {}\n- {}", [None, None]),
        ("Vi undrar därför:\n\n• {}\n• {}", [None, None]),
        ("Jag vill fråga följande:\n\n{}\n\n{}", [None, None]),
        ("Jag vill med anledning av ovanstående ställa följande frågor till borgarrådet: {} {}", [None, None]),
        ("Frågor:\n\n{}\n\n{}", [None, None]),
        ("1. {}\n\n2. {}", [1, 2]),
    ],
)
def test_questions_are_found_in_every_form_they_are_put(text: str, numbers: list[int | None]) -> None:
    assert values(Question, ASKING.format(text.format(*TWO))) == [
        Question(question, number, answered_below=False) for question, number in zip(TWO, numbers, strict=True)
    ]


def test_two_sentences_under_one_number_are_one_question_also_a_conditional_one() -> None:
    text = ASKING.format("Jag vill fråga:\n\n1. Vad görs? Och när?\n2. Om svaret på fråga ett är nej, varför inte?")
    assert [(value.number, value.text) for value in values(Question, text)] == [
        (1, "Vad görs? Och när?"),
        (2, "Om svaret på fråga ett är nej, varför inte?"),
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [("Fråga 1: {}\n\nFråga 2: {}", 1), ("Fråga 1:\n\n{}\n\nFråga 2:\n\n{}", 1), ("Fråga: {}\n\nFråga: {}", None)],
)
def test_a_label_is_no_part_of_its_question_but_numbers_it(text: str, number: int | None) -> None:
    found = values(Question, ASKING.format(text.format(*TWO)))
    assert [value.text for value in found] == TWO
    assert found[0].number == number


@pytest.mark.parametrize(
    "lead",
    [
        "Mina frågor till borgarrådet är därför:",
        "Jag ser gärna svar på några frågor.",
        "Frågorna är",
        "Karin Alm undrar därför:",
        "Jag önskar få svar på följande:",
    ],
)
def test_many_words_lead_in_questions(lead: str) -> None:
    text = ASKING.format("Vem tror på det? Ingen.\n\n{}\n\n- {}\n- {}".format(lead, *TWO))
    assert [value.text for value in values(Question, text)] == TWO


@pytest.mark.parametrize("follow_up", ["Om inte, när öppnar det då?", "Varför inte?", "I så fall när?"])
def test_what_only_goes_on_with_a_question_is_part_of_it(follow_up: str) -> None:
    text = ASKING.format(f"Jag vill fråga:\n\nÖppnar badet i år? {follow_up} Vad kostar det?")
    assert [value.text for value in values(Question, text)] == [f"Öppnar badet i år? {follow_up}", "Vad kostar det?"]


def test_in_minutes_the_questions_put_are_found_and_the_answer_asks_nothing() -> None:
    put = "Karin Alm (S) har frågat nämndens ordförande följande:\n\n- {}\n- {}".format(*TWO)
    text = MINUTES.format(f"§ 7 Enkel fråga om badet\n\n{put}\n\nOrdföranden svarar. Är det bra? Ja, det är det.")
    assert [value.text for value in values(Question, text)] == TWO


def test_a_question_broken_over_lines_is_whole() -> None:
    question = "Hur många av dem som har badat i det nya badet under året har betalat fullt pris för att komma in?"
    assert [value.text for value in values(Question, ASKING.format(f"Jag vill fråga:\n\n1. {question[:85]}\n{question[85:].strip()}"))] == [question]  # noqa: E501 # fmt: skip


def test_a_rhetorical_question_of_the_body_is_none() -> None:
    assert values(Question, ASKING.format("Är det rimligt att badet är stängt? Nej, knappast.")) == []
    text = ASKING.format("Vem tror på det? Ingen.\n\nJag vill fråga:\n\n1. När öppnar badet?")
    assert [value.text for value in values(Question, text)] == ["När öppnar badet?"]


def test_the_questions_end_where_other_text_begins() -> None:
    text = ASKING.format("Jag vill fråga:\n\n1. När öppnar badet?\n\nDet var allt.\n\nVem undrar inte över det?")
    assert [value.text for value in values(Question, text)] == ["När öppnar badet?"]


def test_headings_of_a_reply_that_ask_are_questions_answered_below() -> None:
    text = f"Svar på skrivelse från Karin Alm (S)\n\n{TWO[0]}\n\nDet var många. Är det bra? Ja.\n\n{TWO[1]}\n\n{PROSE}"
    assert values(Question, text) == [Question(question, None, answered_below=True) for question in TWO]


def test_numbered_questions_with_answers_below_are_answered_and_the_answer_s_own_are_none() -> None:
    text = (
        f"Svar på interpellation av Karin Alm (S)\n\n1. {TWO[0]}\n\nMånga.\n\n2. {TWO[1]}\n\nMycket. Är det bra? Ja.\n"
    )
    assert values(Question, text) == [Question(one, n, answered_below=True) for n, one in enumerate(TWO, start=1)]


def test_two_questions_may_head_one_answer() -> None:
    text = f"Svar på interpellation av Karin Alm (S)\n\nÖppnar badet?\n\nOm inte, varför?\n\n{PROSE}"
    assert [value.text for value in values(Question, text)] == ["Öppnar badet?", "Om inte, varför?"]


def test_a_plan_asks_nothing() -> None:
    assert values(Question, f"Handlingsplan för badet\n\nVad vill vi?\n\n{PROSE}") == []


# ---- demands ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Vi föreslår kommunfullmäktige besluta\n\natt kajen rustas upp\n\natt kostnaden redovisas i budgeten",
        "Vi föreslår kommunfullmäktige besluta:\n\natt kajen rustas upp\natt kostnaden redovisas i budgeten",
        "Jag yrkar:\n\n1. att kajen rustas upp\n2. att kostnaden redovisas i budgeten",
        "Vi vill:\n\no Att kajen rustas upp\ne Att kostnaden redovisas i budgeten",
        "• Att kajen rustas upp\n• Att kostnaden redovisas i bud-\ngeten",
    ],
)
def test_att_clauses_are_demands_of_the_authors(text: str) -> None:
    found = values(Demand, MOTION.format(text))
    assert [value.text.lower() for value in found] == ["att kajen rustas upp", "att kostnaden redovisas i budgeten"]
    assert {value.by for value in found} == {("M", "Karin Alm")}


def test_numbered_att_marks_are_demands() -> None:
    text = MOTION.format("Därför föreslår vi fullmäktige besluta:\n\natt1 kajen rustas upp\natt2 bron rivs")
    assert [value.text for value in values(Demand, text)] == ["att1 kajen rustas upp", "att2 bron rivs"]


def test_numbered_points_of_a_motion_are_demands_without_att() -> None:
    assert [value.text for value in values(Demand, MOTION.format("1. Kajen rustas upp.\n\n2. Bron rivs."))] == [
        "Kajen rustas upp.",
        "Bron rivs.",
    ]


def test_prose_demands_are_those_of_the_one_who_is_named() -> None:
    text = MINUTES.format("Karin Alm (S) yrkar bifall till förslaget.\n\nEmil Bodin (M) yrkar avslag på förslaget.")
    assert values(Demand, text) == [
        Demand("Karin Alm (S) yrkar bifall till förslaget.", ("S", "Karin Alm")),
        Demand("Emil Bodin (M) yrkar avslag på förslaget.", ("M", "Emil Bodin")),
    ]


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("Karin Alm (S) och Emil Bodin (M) yrkar avslag.", [("S", "M", "Karin Alm", "Emil Bodin")]),
        (
            "Karin Alm (S) yrkar med instämmande av Rut Kvarn (V) och Ola Frid (C) bifall till motionen.",
            [("S", "V", "C", "Karin Alm", "Rut Kvarn", "Ola Frid")],
        ),
        ("Närvarande: Karin Alm (S), Emil Bodin (M)\n\nKarin Alm yrkar bifall till motionen.", [("S", "Karin Alm")]),
        ("Karin Alm (S) anser att kajen är farlig. Hon yrkar att den rustas upp.", [("S", "Karin Alm")]),
        ("Karin Alm (S) är emot. I andra hand yrkar hon återremiss.", [("S", "Karin Alm")]),
        ("Karin Alm (S): att kajen rustas upp.", [("S", "Karin Alm")]),
        (
            "Karin Alm (S) yrkar\n\natt kajen rustas upp\n\natt bron rivs\n\nEmil Bodin (M) yrkar:\n\natt inget görs",
            [("S", "Karin Alm"), ("S", "Karin Alm"), ("M", "Emil Bodin")],
        ),
        ("Anna Ek (OXL) yrkar avslag.\n\nBo Alm (OXL) är jävig.", [("OXL", "Anna Ek")]),
        ("Det yrkas mycket. Någon yrkade avslag på förslaget.", [()]),
    ],
)
def test_in_minutes_those_ask_whom_the_sentence_or_the_words_above_it_name(
    text: str, by: list[tuple[str, ...]]
) -> None:
    found = values(Demand, MINUTES.format(f"§ 7 Kajen\n\n{text}"))
    assert [value.by for value in found] == by
    assert {value.under for value in found} == {"§ 7 Kajen"}


def test_a_yrkande_stays_whole_and_other_lists_are_parted() -> None:
    """A yrkande is put and voted on as one; proposals joined in one sentence are each asked for by itself."""
    whole = "Karin Alm (M) yrkar att kajen rustas upp och att bron rivs."
    assert [value.text for value in values(Demand, MOTION.format(whole))] == [whole]
    prose = "Jag föreslår att kajen rustas upp, att bron rivs samt att kostnaden redovisas."
    parted = ["att kajen rustas upp", "att bron rivs", "att kostnaden redovisas"]
    assert [value.text for value in values(Demand, MOTION.format(prose))] == parted
    listed = "Jag yrkar:\n\n- att kajen rustas upp samt att den målas\n- att bron och vägen rivs"
    parted = ["att kajen rustas upp", "att den målas", "att bron och vägen rivs"]
    assert [value.text for value in values(Demand, MOTION.format(listed))] == parted


@pytest.mark.parametrize(
    "text",
    [
        "Beslut\n\nNämnden beslutar\n\natt kajen rustas upp\n\natt bron rivs",
        "Fullmäktige beslutar\n\n- att kajen rustas upp\n- att bron rivs",
        "Förslag till beslut\n\n- att kajen rustas upp\n- att bron rivs",
        "Arbetsutskottets förslag\n\n- att kajen rustas upp\n- att bron rivs",
    ],
)
def test_the_att_clauses_of_a_decision_are_no_demands(text: str) -> None:
    assert values(Demand, MINUTES.format(f"§ 7 Kajen\n\n{text}")) == []
    assert len(values(Decision, MINUTES.format(f"§ 7 Kajen\n\n{text}"))) == 2


@pytest.mark.parametrize(
    ("text", "demands"),
    [
        ("Karin Alm (S) föreslår i en motion att bron rivs.", ["Karin Alm (S) föreslår i en motion att bron rivs."]),
        ("En boende på Oxmyra föreslår att kajen rustas upp.", ["En boende på Oxmyra föreslår att kajen rustas upp."]),
        ("Motionärerna föreslår\n\n- att kajen rustas upp\n- att bron rivs", ["att kajen rustas upp", "att bron rivs"]),
        ("Förvaltningen föreslår att motionen avslås.", []),
        ("Förvaltningens förslag\n\n- att motionen avslås", []),
    ],
)  # fmt: skip
def test_an_answer_tells_what_it_answers_asked_for_and_what_it_proposes_itself_is_no_demand(
    text: str, demands: list[str]
) -> None:
    found = values(Demand, f"Tjänsteutlåtande\n\nSvar på motion av Karin Alm (S)\n\n{PROSE}\n{text}\n")
    assert [value.text for value in found] == demands


@pytest.mark.parametrize(
    "text",
    [
        f"Handlingsplan 2019–2022\n\n{PROSE}\n1. Chefer\n\n2. Lokaler\n",
        f"Interpellation om kajen\n\n{PROSE}\nVi yrkar att kajen rustas upp.\n",
        f"Nämndinitiativ om kajen\n\n{PROSE}\n1. Hur hel är den?\n\n2. Varför inte mer?\n",
        f"Motion om kajen\n\n{PROSE}\nDet är bra att kajen finns.\n",
    ],
)
def test_areas_of_a_plan_and_lists_of_questions_are_no_demands(text: str) -> None:
    assert values(Demand, text) == []


# ---- promises --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "grade", "due"),
    [
        ("Vi kommer att rusta upp kajen under 2025.", "commitment", "2025"),
        ("Jag har gett förvaltningen i uppdrag att ta fram en plan.", "commitment", ""),
        ("Jag har särskilt tryckt på att kajen ska vara säker.", "commitment", ""),
        ("Nämnden avser att återkomma till er före sommaren 2025.", "commitment", "2025-22"),
        ("Förvaltningen ska redovisa läget senast i juni 2025.", "commitment", "2025-06"),
        ("Förvaltningen ska redovisa läget senast den 1 mars 2025.", "commitment", "2025-03-01"),
        ("Jag återkommer till fullmäktige inför 2026.", "commitment", "2026"),
        ("Vi fortsätter arbetet med att rusta upp kajen.", "ongoing", ""),
        ("Vi har förstärkt bemanningen vid kajen.", "ongoing", ""),
        ("Vår strävan är att alla ska trivas vid kajen.", "aim", ""),
        ("Målet är att kajen blir färdig.", "aim", ""),
    ],
)
def test_promises_are_graded_and_due_when_they_say(text: str, grade: str, due: str) -> None:
    (promise,) = values(Promise, REPLY.format(text))
    assert (promise.text, promise.grade, promise.by) == (text, grade, "Emil Bodin")
    assert (promise.due.iso if promise.due else "") == due


@pytest.mark.parametrize(
    "text",
    [
        "Ska vi rusta upp kajen under 2025?",
        "Kajen är gammal. Kommer vi att rusta upp den under 2025? Det får vi se.",
        "Kajen byggdes 1920 och är av granit.",
        "Staten bör ta sitt ansvar för kajen.",
        "Regionen måste göra mer.",
        "Alla barn ska ha rätt till en trygg skola.",
    ],
)
def test_questions_facts_and_what_others_ought_to_do_are_no_promises(text: str) -> None:
    assert values(Promise, REPLY.format(text)) == []


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("Förvaltningen kommer att bygga en bro.", "Trafikverket kommer att bygga en bro."),
        ("Nästa år kommer staden att bygga en bro.", "Nästa år kommer regeringen att bygga en bro."),
        ("Nämnden avser att sälja kajen.", "Bolaget avser att sälja kajen."),
        ("Nämnden ska måla kajen senast den 1 mars 2025.", "Leverantören ska måla kajen senast den 1 mars 2025."),
        ("Vi öppnar en ny kaj i maj 2025.", "Polisen öppnar ett nytt kontor i maj 2025."),
        ("Under hösten kommer kajen att rustas upp.", "Under hösten kommer kajen att rustas upp av länsstyrelsen."),
        ("Bron öppnas till årsskiftet.", "Bron öppnas till årsskiftet av bolaget."),
    ],
)
def test_who_is_to_do_it_tells_a_promise_from_another_s_duty(own: str, others: str) -> None:
    """Where nobody is named, it is the one who answers."""
    assert [value.grade for value in values(Promise, REPLY.format(own))] == ["commitment"]
    assert [value.grade for value in values(Promise, REPLY.format(others))] == ["other's duty"]


@pytest.mark.parametrize(
    ("undertaken", "not_undertaken"),
    [
        ("Nämnden ska redovisa arbetet senast i maj 2025.", "Nämnden ska redovisa arbetet för fullmäktige."),
        ("Kajen ska vara färdig före den 1 mars 2025.", "Kajen skulle vara färdig före den 1 mars 2023."),
        ("Bron öppnas i maj 2025.", "Bron öppnas varje vår."),
        ("Bron öppnas i maj 2025.", "Bron öppnades i maj 2023."),
        ("Förvaltningen återkommer med en plan efter jul.", "Förvaltningen hade en plan efter jul 2022."),
        ("Avgiften kommer att tas bort.", "Avgiften kommer att öka."),
        ("Vi kommer att anställa fler.", "Det kommer inte att räcka för alla."),
        ("Antalet platser kommer att utökas.", "Antalet barn väntas minska."),
        ("Nämnden kommer att bygga en bro.", "Karin Alm undrar om nämnden kommer att bygga en bro."),
        ("Så kommer nämnden att göra.", "Frågan är hur nämnden kommer att göra."),
    ],
)
def test_the_verb_and_the_time_tell_what_is_undertaken(undertaken: str, not_undertaken: str) -> None:
    """What is past, what the future brings by itself, rules and what others ask for are no undertakings."""
    assert [value.text for value in values(Promise, REPLY.format(undertaken))] == [undertaken]
    assert values(Promise, REPLY.format(not_undertaken)) == []


@pytest.mark.parametrize(
    ("lead", "grade"), [("Förvaltningen kommer att", "commitment"), ("Trafikverket kommer att", "other's duty")]
)
@pytest.mark.parametrize("colon", ["", ":"])
def test_every_point_of_a_list_is_undertaken_by_those_who_lead_it_in(lead: str, grade: str, colon: str) -> None:
    text = REPLY.format(f"{lead}{colon}\n\n- rusta upp kajen\n- bygga en bro\n\nDet är bra.")
    assert [(v.text, v.grade) for v in values(Promise, text)] == [("rusta upp kajen", grade), ("bygga en bro", grade)]


def test_a_list_of_facts_promises_nothing() -> None:
    assert values(Promise, REPLY.format("Så här är det:\n\n- kajen är gammal\n- bron är ny\n\nDet är bra.")) == []


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("Jag har gett förvaltningen i uppdrag att se över kajen.", "förvaltningen"),
        ("Jag har gett tekniska förvaltningen i uppdrag att se över kajen.", "tekniska förvaltningen"),
        ("Vi har också givit nämnden och hamnkontoret i uppdrag att se över kajen.", "nämnden och hamnkontoret"),
        ("Vi kommer att se över kajen.", None),
    ],
)
def test_who_was_given_a_task_is_told(text: str, to: str | None) -> None:
    assert [value.to for value in values(Promise, REPLY.format(text))] == [to]


@pytest.mark.parametrize(
    "text", ["Vi kommer att följa det som gjordes under 2023.", "Vi har lovat det som skulle göras före 2022."]
)
def test_what_is_past_is_not_due(text: str) -> None:
    assert [value.due for value in values(Promise, REPLY.format(text))] == [None]


def test_a_task_given_is_due_when_it_says_not_when_it_was_given() -> None:
    text = "Jag har under 2024 gett förvaltningen i uppdrag att måla kajen{}."
    assert [v.due for v in values(Promise, REPLY.format(text.format(" senast i maj 2025")))] == [When(2025, 5)]
    assert [v.due for v in values(Promise, REPLY.format(text.format("")))] == [None]


def test_this_year_is_not_past_before_it_ends() -> None:
    due = [value.due for value in values(Promise, REPLY.format("Vi kommer att måla kajen under 2024."))]
    assert due == [When(2024)]


def test_in_a_plan_every_point_that_shall_be_done_by_its_own_is_undertaken() -> None:
    text = f"Handlingsplan för kajen\n\n{PROSE}\nFörvaltningen ska måla kajen.\n\nBolaget ska måla bron.\n"
    assert [(value.text, value.grade) for value in values(Promise, text)] == [
        ("Förvaltningen ska måla kajen.", "commitment"),
        ("Bolaget ska måla bron.", "other's duty"),
    ]


def test_those_who_ask_promise_nothing() -> None:
    assert values(Promise, f"Interpellation av Karin Alm (S)\n\n{PROSE}\nVi kommer att rusta upp kajen.\n") == []


def test_in_a_pm_only_its_author_promises() -> None:
    text = (
        "PM Rotel IV\n\nÄrendet\n\nVi kommer att rusta upp kajen, skriver de som har lämnat in skrivelsen här.\n\n"
        "Mina synpunkter\n\nJag kommer att ta upp det med nämnden.\n\nJag har också gett förvaltningen i uppdrag att se"
        " över hela hamnen, från kajen och in mot staden.\n\nRemissammanställning\n\nNämnden kommer att följa frågan "
        "om kajen i hamnen under de kommande åren.\n"
    )
    assert [value.text[:22] for value in values(Promise, text)] == ["Jag kommer att ta upp ", "Jag har också gett för"]


# ---- decisions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Motionen avslås med 36 röster mot 21.", "rejected"),
        ("Motionen bifalls.", "approved"),
        ("Motionen anses besvarad.", "answered"),
        ("Ärendet bordläggs.", "tabled"),
        ("Ärendet återremitteras till förvaltningen.", "remitted"),
        ("Skrivelsen läggs till handlingarna.", "filed"),
        ("Anmälan avskrivs.", "closed"),
    ],
)
def test_closing_phrases_are_decisions_with_their_outcome(text: str, outcome: str) -> None:
    assert values(Decision, MINUTES.format(text)) == [Decision(text, outcome, proposed=False)]


def test_att_clauses_under_beslut_are_each_a_decision_and_the_lead_in_is_none() -> None:
    text = MINUTES.format(
        "§ 7 Kajen\n\nBeslut\n\nNämnden beslutar\n\natt kajen rustas upp\n\natt bron rivs\n\nMötet var långt."
    )
    assert [(value.text, value.proposed) for value in values(Decision, text)] == [
        ("att kajen rustas upp", False),
        ("att bron rivs", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kommunstyrelsens förslag: Motionen avslås.", Decision("Motionen avslås.", "rejected", proposed=True)),
        ("Förslag till beslut: Den anses besvarad.", Decision("Den anses besvarad.", "answered", proposed=True)),
        ("Nämndens beslut: Motionen bifalls.", Decision("Motionen bifalls.", "approved", proposed=False)),
    ],
)  # fmt: skip
def test_what_stands_after_its_label_is_decided_or_proposed(text: str, expected: Decision) -> None:
    assert values(Decision, MINUTES.format(text)) == [expected]


@pytest.mark.parametrize(
    "lead",
    [
        "Fullmäktige beslutar",
        "Fullmäktige beslutade att",
        "Hamnnämnden beslutar för egen del, under förutsättning av fullmäktiges beslut,",
    ],
)
def test_a_body_that_decides_leads_in_its_att_clauses(lead: str) -> None:
    text = MINUTES.format(f"§ 7 Kajen\n\n{lead}\n\natt kajen rustas upp\n\natt bron rivs")
    assert values(Decision, text) == [
        Decision(clause, None, proposed=False, under="§ 7 Kajen")
        for clause in ("att kajen rustas upp", "att bron rivs")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kommunstyrelsens förslag: se bilaga 2.",
        "Förslag till beslut\n\nKarin Alm (S) yrkar bifall till motionen.\n\nEmil Bodin (M) föreslår avslag.",
        "Beslut\n\nOrdföranden frågar om nämnden är redo.\n\nVotering begärs och genomförs.",
        "Beslut\n\nMotionen (2017:23) har remitterats till nämnden.",
        "Nämnden har tidigare beslutat om kajen.",
        "Motionen lämnades in av Karin Alm.",
    ],
)
def test_yrkanden_reports_and_how_a_vote_goes_are_no_decisions(text: str) -> None:
    assert values(Decision, MINUTES.format(f"§ 7 Kajen\n\n{text}")) == []


def test_a_section_of_decisions_ends_at_the_next_heading() -> None:
    proposed = "Förslag till beslut\n\nNämnden godkänner rapporten.\n\nKajen målas.\n\n"
    text = f"Tjänsteutlåtande\n\n{proposed}Bakgrund\n\n{PROSE}"
    assert [value.text for value in values(Decision, text)] == ["Nämnden godkänner rapporten.", "Kajen målas."]


def test_a_proposal_is_no_decision() -> None:
    text = (
        f"Tjänsteutlåtande\n\n{PROSE}\nFörslag till beslut\n\nNämnden godkänner rapporten.\n\nSammanfattning\n\n{PROSE}"
    )
    assert values(Decision, text) == [Decision("Nämnden godkänner rapporten.", "approved", proposed=True)]


def test_those_who_ask_decide_nothing() -> None:
    assert values(Decision, f"Motion om kajen\n\n{PROSE}\nMotionen bifalls.\n") == []


# ---- statements ------------------------------------------------------------------------------------------------------


def test_a_statement_has_its_signers_and_its_text_to_the_next_heading() -> None:
    text = (
        "PM Rotel IV\n\nSärskilt uttalande gjordes av Karin Alm och Emil Bodin (båda V) enligt följande.\n\n"
        "Vi vill se mer pengar till kajen.\n\nDet är dags nu.\n\n"
        "Reservation anfördes av Rut Kvarn (SD) enligt följande.\n\nKajen kan rivas.\n\nÄrendet\n\nEn sak kom in.\n"
    )
    assert values(Statement, text) == [
        Statement(
            "särskilt uttalande",
            ("Karin Alm", "Emil Bodin"),
            ("V",),
            "Vi vill se mer pengar till kajen. Det är dags nu.",
            None,
        ),
        Statement("reservation", ("Rut Kvarn",), ("SD",), "Kajen kan rivas.", None),
    ]


def test_an_ersattaryttrande_points_to_another_and_has_no_text() -> None:
    text = (
        "PM Rotel IV\n\nErsättaryttrande gjordes av Elvira Sten (MP) med hänvisning till Socialdemokraternas och "
        "Vänsterpartiets gemensamma särskilda uttalande.\n\nVi vill se mer.\n"
    )
    (statement,) = values(Statement, text)
    assert (statement.parties, statement.text) == (("MP",), "")
    assert statement.points_to == "Socialdemokraternas och Vänsterpartiets gemensamma särskilda uttalande"


def test_those_a_statement_points_to_have_not_signed_it() -> None:
    text = "PM Rotel IV\n\nErsättaryttrande gjordes av Elvira Sten (MP) med hänvisning till Karin Alm (S) och hennes.\n"
    assert [(value.persons, value.parties) for value in values(Statement, text)] == [(("Elvira Sten",), ("MP",))]


@pytest.mark.parametrize(
    ("text", "kind", "parties"),
    [
        ("Reservation från (S) och Vänsterpartiet", "reservation", ("S", "V")),
        ("Karin Alm (S) reserverar sig mot beslutet.", "reservation", ("S",)),
        ("Protokollsanteckning gjordes av Emil Bodin (KD).", "protokollsanteckning", ("KD",)),
        ("Särskilt yttrande anmäldes av Karin Alm (fp).", "särskilt yttrande", ("L",)),
    ],
)
def test_statements_of_every_kind_are_found(text: str, kind: str, parties: tuple[str, ...]) -> None:
    (statement,) = values(Statement, MINUTES.format(text))
    assert (statement.kind, statement.parties) == (kind, parties)


def test_to_speak_of_reservations_is_to_make_none() -> None:
    assert values(Statement, MINUTES.format("Reservationer är vanliga i nämnden. Vi har reserverat pengar.")) == []


def test_the_same_statement_twice_is_one_finding_with_two_places() -> None:
    said = "Särskilt uttalande gjordes av Karin Alm (V) enligt följande.\n\nVi vill se mer.\n\n"
    text = f"PM Rotel IV\n\n{said}Kommunstyrelsen\n\n{said}"
    (finding,) = [finding for finding in findings(text) if isinstance(finding.value, Statement)]
    assert [text[p.start : p.end] for p in finding.places] == [said.strip()] * 2


# ---- references and events -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "reference", "iso"),
    [
        (
            "Handlingsplan för kajens skötsel 2016–2018 gäller än.",
            "plan",
            "Handlingsplan för kajens skötsel 2016–2018",
            "2016/2018",
        ),
        ("Enligt handlingsplanen ska alla få hjälp.", "plan", "handlingsplanen", ""),
        ("Det finns pengar i budget 2024 för kajen.", "budget", "budget 2024", "2024"),
        ("Enligt kommunallagen (2017:725) gäller annat.", "law", "kommunallagen (2017:725)", ""),
        ("Se AFS 2015:4 om arbetsmiljö.", "law", "AFS 2015:4", ""),
        ("Nämnden läste verksamhetsberättelsen för 2021.", "document", "verksamhetsberättelsen för 2021", "2021"),
        ("Frågan hör till KS 2018/655 om kajen.", "matter", "KS 2018/655", ""),
    ],
)
def test_what_a_text_refers_to_is_found_with_its_time(text: str, kind: str, reference: str, iso: str) -> None:
    found = values(Reference, f"Skrivelse\n\n{PROSE}\n{text} {' '.join(PROSE.split())}\n")
    assert [(value.kind, value.text, value.when.iso if value.when else "") for value in found] == [
        (kind, reference, iso)
    ]


@pytest.mark.parametrize("text", ["Staden har en plan för kajen.", "Läsåret 2009/10 var bra.", "Lagen är lag."])
def test_a_plan_in_general_and_a_school_year_refer_to_nothing(text: str) -> None:
    assert values(Reference, f"Skrivelse\n\n{PROSE}\n{text}\n") == []


@pytest.mark.parametrize(
    ("text", "action", "iso"),
    [
        ("Programmet antogs den 23 april 2019.", "decided", "2019-04-23"),
        ("Arbetet påbörjades 2015.", "started", "2015"),
        ("Rapporten redovisades våren 2020.", "reported", "2020-21"),
    ],
)
def test_a_dated_happening_is_an_event_as_exact_as_it_is_told(text: str, action: str, iso: str) -> None:
    assert [(e.action, e.when.iso, e.text) for e in values(Event, f"Tjänsteutlåtande\n\n{PROSE}\n{text}\n")] == [
        (action, iso, text)
    ]


@pytest.mark.parametrize(
    "text",
    ["Programmet antogs av nämnden.", "Kajen är från 1920.", "När antogs programmet 2016?", "Det hände mycket 2019."],
)
def test_what_is_undated_asked_or_no_happening_is_no_event(text: str) -> None:
    assert values(Event, f"Tjänsteutlåtande\n\n{PROSE}\n{text}\n") == []


def test_a_short_sentence_is_told_whole_for_each_of_its_times_in_their_order() -> None:
    text = "Programmet antogs den 15 mars 2016 och förlängdes i november 2018."
    found = values(Event, f"Tjänsteutlåtande\n\n{PROSE}\n{text}\n")
    assert [(e.action, e.when.iso, e.text) for e in found] == [
        ("decided", "2016-03-15", text),
        ("extended", "2018-11", text),
    ]


def test_a_long_sentence_tells_each_time_in_its_clause() -> None:
    first = (
        "Programmet för kajen och hamnen i Lövhamn antogs av hamnnämnden den 15 mars 2016 efter flera långa möten med"
        " alla som bor vid vattnet"
    )
    second = "det förlängdes sedan av samma nämnd i november 2018"
    text = f"{first}, och {second} för att arbetet med den nya bron hade dragit ut mycket på tiden."
    found = values(Event, f"Tjänsteutlåtande\n\n{PROSE}\n{text}\n")
    assert [(e.when.iso, e.text) for e in found] == [("2016-03-15", first), ("2018-11", second)]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Handlingsplanen fortsätter att gälla under 2019.", "ongoing"),
        ("Kajen var som vackrast i Lövhamn sommaren 2018.", "happened"),
        ("Kajen öppnas för alla den 3 maj 2021.", "planned"),
    ],
)
def test_what_goes_on_what_is_to_come_and_what_has_no_word_of_its_own_are_events(text: str, action: str) -> None:
    assert [e.action for e in values(Event, f"Tjänsteutlåtande\n\n2020-05-03\n\n{PROSE}\n{text}\n")] == [action]


@pytest.mark.parametrize(
    "text",
    [
        "Kajen invigdes inte den 3 maj 2019.",
        "Motionen om kajen i Lövhamn, daterad den 3 maj 2019.",
        "Interpellanten har frågat hur många som badade 2019.",
        "ARBETET MED KAJEN I LÖVHAMN BÖRJADE 2019.",
    ],
)
def test_what_is_denied_asked_or_only_dates_a_document_is_no_event(text: str) -> None:
    assert values(Event, f"Tjänsteutlåtande\n\n2020-05-03\n\n{PROSE}\n{text}\n") == []


# ---- every finding stands where it says ------------------------------------------------------------------------------


def test_every_finding_has_its_words_at_its_place() -> None:
    """The verbatim text of each finding is what stands on the page where it is first said, white space folded."""
    text = MINUTES.format(
        "Dnr SN 2020/14\n\n2020-05-03\n\n" + PROSE + "\nKarin Alm (S) yrkar avslag.\n\nMotionen avslås.\n\n"
        "Programmet antogs den 23 april 2019 enligt socialtjänstlagen.\n\nReservation anfördes av Emil Bodin (V)."
    )
    whole = (Body, Section)  # a section's words are its heading, its place all of it
    found = [finding for finding in findings(text) if not isinstance(finding.value, whole)]
    assert len({type(finding.value) for finding in found}) >= 9
    for finding in found:
        assert finding.places
        place = finding.places[0]
        assert " ".join(text[place.start : place.end].split()) == finding.text


PIECES = st.sampled_from(
    "Interpellation av Karin Alm (S)|Svar på skrivelse|PM Rotel IV|Protokoll|1. Hur?|•|1.|?|att |Vi yrkar|§ 9|Beslut"
    "|Dnr KS 2020/14|2020-05-03|Reservation anfördes av|Lövhamn den 3 maj 2020|Handlingsplan 2019–2022|Till|\t|(S)|"
    "|Jag vill fråga:|Motionen avslås.|Vi kommer att|Mina synpunkter".split("|")
)


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES | st.text(max_size=20), max_size=10), st.sampled_from(["\n", "\n\n", " "]))
def test_no_text_makes_it_raise(pieces: list[str], between: str) -> None:
    for finding in findings(between.join(pieces)):
        assert 0 < finding.confidence <= 1
        assert finding.places
