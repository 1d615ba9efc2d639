"""What minutes tell in ways of their own, and the layout of forms, stamps and columns."""

import pytest

from corpus.dates import When
from corpus.values import Body, Decision, Demand, Event, Kind, Mention, OwnDate, Promise, Statement, Title
from tests.pipeline.making import PROSE, values

MINUTES = "Protokoll från hamnnämndens sammanträde\n\nLövhamns stad\n\n§ 7 Kajen\n\n{}\n"


@pytest.mark.parametrize(
    "text",
    [
        "Informationen noteras till protokollet.",
        "Anmälningarna läggs till handlingarna.",
        "Dagordningen fastställs.",
        "Karin Alm (S) utses att justera protokollet.",
        "Skrivelse från Emil Bodin m.fl. (M) om kajen överlämnas till förvaltningen för beredning.",
        "Fullmäktige anser därmed frågorna besvarade.",
        "Fullmäktige befriar Karin Alm (S) från uppdraget som ledamot i hamnnämnden.",
    ],
)
def test_a_point_that_needs_no_deliberation_is_decided_in_one_sentence(text: str) -> None:
    assert [value.text for value in values(Decision, MINUTES.format(text))] == [text]
    reply = f"Svar på interpellation om kajen\n\n{PROSE}\n{text}\n"
    assert not values(Decision, reply), "prose outside minutes reports"


@pytest.mark.parametrize(
    "head",
    [
        "Nämndens beslut",
        "Nämndens beslut, under förutsättning av fullmäktiges beslut",
        "Nämndens förslag till fullmäktige",
    ],
)
@pytest.mark.parametrize("gap", [" ", "   "])
def test_att_clauses_right_under_their_heading_are_decided(head: str, gap: str) -> None:
    text = MINUTES.format(f"{head}\natt{gap}kajen rustas upp under året,\natt{gap}bron rivs.\n\nReservation")
    found = [" ".join(value.text.split()) for value in values(Decision, text)]
    assert found == ["att kajen rustas upp under året,", "att bron rivs."]
    assert not values(Demand, text)


def test_what_members_propose_is_demanded_and_not_decided() -> None:
    text = MINUTES.format(
        "Förslag till beslut\n\nKarin Alm (S) föreslår att nämnden beslutar\n\n"
        "1. att bifalla motionen,\n2. att riva bron."
    )
    assert not values(Decision, text)
    assert [value.by for value in values(Demand, text)] == [("S", "Karin Alm")] * 2


def test_a_reservation_after_the_decision_is_no_part_of_it() -> None:
    text = MINUTES.format("Nämndens beslut\n\nMotionen avslås. Reservation: Karin Alm (S).")
    assert [value.text for value in values(Decision, text)] == ["Motionen avslås."]
    assert [(value.kind, value.parties) for value in values(Statement, text)] == [("reservation", ("S",))]


@pytest.mark.parametrize(
    ("text", "kind", "codes"),
    [
        ("C-, mp- och v-grupperna reserverar sig till förmån för motionen.", "reservation", ("C", "MP", "V")),
        ("Mot beslutet reserverar sig m-gruppen och kd-gruppen.", "reservation", ("M", "KD")),
        ("Karin Alm (S) lämnar följande protokollsanteckning: Kajen brister.", "protokollsanteckning", ("S",)),
        ("Karin Alm (S) lämnar följande särskilda uttalande.", "särskilt uttalande", ("S",)),
    ],
)
def test_statements_are_those_of_groups_too(text: str, kind: str, codes: tuple[str, ...]) -> None:
    assert [(value.kind, value.parties) for value in values(Statement, MINUTES.format(text))] == [(kind, codes)]


def test_a_line_to_sign_on_is_no_part_of_a_name() -> None:
    signed = "Sekreterare   ..................  Karin Alm\nOrdförande   ..................  Emil Bodin\n"
    names = {value.name for value in values(Mention, MINUTES.format(f"{signed}\n{PROSE}"))}
    assert names == {"Karin Alm", "Emil Bodin"}


# ---- forms, stamps, columns ------------------------------------------------------------------------------------------


def test_a_stamp_may_name_whose_it_is_and_a_form_is_dated_where_it_is_signed() -> None:
    column = " " * 16
    form = f"Medborgarförslag          Ankomststämpel\n\n{column}Hamnkansliet\n{column}2019-06-14\n\n{PROSE}\n"
    filled = f"{form}\nNamn\n\nPostadress\n\nTelefon\n\n{PROSE}\n" * 2
    assert values(OwnDate, f"{filled}\nDatum          Underskrift\n\n12/6 2019      Karin Alm\n") == [
        OwnDate(When(2019, 6, 12))
    ]


def test_what_stands_in_the_right_column_does_not_go_on_in_the_left() -> None:
    head = (
        "   Moderaterna                                     Skrivelse\n"
        "   Liberalerna                                     2019-06-10\n"
        "   i hamnnämnden\n\n                                                   INKOM\n"
        f"                                                   2019-06-14\n\n{PROSE}\n"
    )
    assert values(OwnDate, head) == [OwnDate(When(2019, 6, 10))]


def test_a_signature_may_give_its_day_without_den() -> None:
    text = f"Interpellation\n\nInkom: 2019-09-02\n\n{PROSE}\nVad görs?\n\nLövhamn 30 augusti 2019\n\nKarin Alm (S)\n"
    assert values(OwnDate, text) == [OwnDate(When(2019, 8, 30))]


def test_a_stamp_is_no_event() -> None:
    assert not values(Event, f"Skrivelse\n\nInkom via e-post 2019-06-14\n\n{PROSE}")


@pytest.mark.parametrize(
    "office", ["ledamot av kommunfullmäktige (S)", "Hamnnämndens ordförande (S)", "ersättare i hamnnämnden (S)"]
)
def test_the_party_may_stand_after_the_office_below_the_name(office: str) -> None:
    text = f"Interpellation\n\nTill Emil Bodin (M)\n\n{PROSE}\nVad görs?\n\nKarin Alm\n{office}\n"
    assert next(value.party for value in values(Mention, text) if value.name == "Karin Alm") == "S"


# ---- whose it is, and what it is -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        (
            f"LÖVHAMNS LÄNS LANDSTING\n\n{8 * PROSE}\nBjörkeby kommun och Björkeby kommun svarade.",
            "Lövhamns läns landsting",
        ),
        (f"Landstinget Lövhamn\n\n{PROSE}", "Landstinget Lövhamn"),
        (f"Skrivelse\n\n{PROSE}\nMellan den 3 maj och den 4 juni föll snö.\n", None),
        (f"Skrivelse\n\n{PROSE}\nStadshuset den 3 maj 2019\n", None),
    ],
)
def test_the_head_names_whose_it_is_and_a_house_or_a_word_is_no_municipality(
    text: str, municipality: str | None
) -> None:
    assert [value.municipality for value in values(Body, text)] in ([municipality], [])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"Om kajen\n\n{PROSE}\nDärmed anser jag interpellationen besvarad.\n\nKarin Alm\n", "interpellationssvar"),
        (f"Ordförande, ledamöter, åhörare!\n\n{PROSE}", "interpellationssvar"),
        (f"Skriftligt svar till Karin Alm (S)\n\n{PROSE}", "interpellationssvar"),
        (f"Handlingsplan för kajen 2014–2018\n\nUppföljning hösten 2016\n\n{PROSE}", "ovrigt"),
        (f"Handlingsplan för kajen 2014–2018\n\nUppföljning\n\n{PROSE}", "handlingsplan"),
    ],
)
def test_a_reply_is_told_by_how_it_closes_and_a_report_on_a_plan_is_no_plan(text: str, kind: str) -> None:
    assert values(Kind, text) == [Kind(kind)]


@pytest.mark.parametrize(
    ("undertaken", "not_undertaken"),
    [
        ("Hon åtar sig att se över kajen.", "Hur mycket det än frestar tänker jag inte lova något till jul."),
        ("Till midsommar ska de vara på plats.", "Jag fick höra det när ni fick höra det, om jag ska vara ärlig."),
        ("Ärendet kommer tillbaka till nämnden den 19 mars 2025.", "Ordningen föreskriver att det ska ske i april."),
        ("Lamporna kommer att vara lagade före första advent.", "Nämnden tog en paus i november när medel saknades."),
    ],
)  # fmt: skip
def test_more_that_is_undertaken_and_is_not(undertaken: str, not_undertaken: str) -> None:
    reply = "Svar på interpellation av Karin Alm (S)\n\n{}\n\nLövhamn den 14 oktober 2024\n\nEmil Bodin\n"
    assert [value.text for value in values(Promise, reply.format(undertaken))] == [undertaken]
    assert not values(Promise, reply.format(not_undertaken))


FORM = (
    "Hamnnämnden\n\nSammanträdesdatum 2019-06-12\n\nPlats och tid\n\nStadshuset, sal B\n\nKarin Alm (S), ordförande\n\n"
)

# ---- titles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            f"SAMMANTRÄDESPROTOKOLL\n\n{FORM}§ 1\nKajen\n\n{PROSE}\n\n§ 2\nBron\n\n{PROSE}",
            "Protokoll hamnnämnden 2019-06-12",
        ),
        (f"PROTOKOLLSUTDRAG\n\n{FORM}Hn § 58     Dnr HN 2019/7\n\nKajens skick\n\n{PROSE}", "Kajens skick"),
        (f"Skrivelse\n\nModeraterna i Lövhamn\n\n0499-55 01 37\n\nVem lagar kajen?\n\n{PROSE}", "Vem lagar kajen?"),
        (
            f"Medborgarförslag\n\nNamn   Karin Alm\n\nÄrendemening   Laga kajen i hamnen\n\n{PROSE}",
            "Laga kajen i hamnen",
        ),
        (f"LÖVHAMNS LÄNS LANDSTING\n\nKARIN ALM (s)\n\nKajen i hamnen\n\n{PROSE}", "Kajen i hamnen"),
        (f"Tjänsteutlåtande\n\nFörslag till beslut\n\nNämnden lagar den.\n\nBakgrund\n\n{PROSE}", None),
    ],
)
def test_the_title_is_what_a_person_would_call_it(text: str, title: str | None) -> None:
    assert [value.text for value in values(Title, text)] == ([title] if title else [])


def test_a_paragraph_carries_its_title_also_below_its_number() -> None:
    text = "Protokoll\n\nHn § 58     Dnr HN 2019/7\n\nKajens skick\n\nBeslut\n\nMotionen avslås.\n"
    assert [value.under for value in values(Decision, text)] == ["Hn § 58 Kajens skick"]
