"""Extraction: what a document says is found in its several forms, and what it does not say is not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.case_numbers import CaseNumber
from corpus.dates import When
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
from pipeline.extract import sentences
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
        ("Enligt K. Alm kostar det 1 mnkr. Det är mycket.", ["Enligt K. Alm kostar det 1 mnkr. Det är mycket."]),
        ("Sammanträdet kl. 16 i Lövhamn.", ["Sammanträdet kl. 16 i Lövhamn."]),
        ("Det kostade 7.5 miljoner. 2019 var dyrast.", ["Det kostade 7.5 miljoner.", "2019 var dyrast."]),
        ("”Nej.” Det sade hon.", ["”Nej.”", "Det sade hon."]),
        ("utan stop", ["utan stop"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    """Abbreviations, initials and times do not end a sentence."""
    assert [text[start:end] for start, end in sentences.split(text, 0, len(text))] == expected


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
    ],
)
def test_the_document_s_own_date_is_found(text: str, iso: str) -> None:
    """The meeting's date is the document's, not that of the notice board; a month is not made a day."""
    assert [value.when.iso for value in values(OwnDate, text.format(PROSE))] == [iso]


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
