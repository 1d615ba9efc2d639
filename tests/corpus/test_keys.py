"""Keys that are no case numbers: every spelling of one is one key, and laws and regulations have none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import keys
from corpus.values import Key


def found(text: str, *, heading: bool = False, alone: str = "") -> list[tuple[str, str]]:
    return [(match.key.kind, match.key.number) for match in keys.find(text, heading=heading, alone=alone)]


def paragraphs(text: str) -> list[str]:
    return [number for kind, number in found(text) if kind == keys.PARAGRAPH]


@pytest.mark.parametrize(
    ("kind", "number", "spellings"),
    [
        (
            "utlatande",
            "2018:31 RI",
            [
                "Utl. 2018:31 RI",
                "Utl 2018:31 RI",
                "Utl.2018:31 RI",
                "utl. 2018: 31 R I",
                "Utlåtande 2018:31 RI",
                "UTLÅTANDE 2018:31 RI",
                "UTL 2018:31 RI",
                "utlåtandet 2018:31 Rl",
                "utlåtande nr 2018:31, rotel I",
            ],
        ),
        ("utlatande", "2018:31", ["Utl. 2018:31", "utlåtande 2018:31"]),
        ("utlatande", "2018:31 RI+RVII", ["Utl. 2018:31 RI+RVII", "Utl. 2018:31 RI + RVIl"]),
        ("pm", "2015:204 RIX", ["PM 2015:204 RIX", "PM 2015:204 rotel IX", "PM (2015:204 RIX)"]),
        (
            "motion",
            "2019:8",
            [
                "motion (2019:8)",
                "Motion 2019:8",
                "MOTION 2019:8",
                "MOTION (2019:8)",
                "motionen (2019:8)",
                "motion nr 8/2019",
                "Motion nr 8/19",
                "motion nr. 2019:8",
                "motion (nr 2019:8)",
                "Motion 2019 nr 8",
            ],
        ),
        (
            "interpellation",
            "2011:4",
            ["interpellation nr 2011:4", "Interpellation (Nr 2011:4)", "interpellationen med nummer 2011:4"],
        ),
        ("fraga", "2011:4", ["enkel fråga nr 2011:4", "Enkla frågan (nr 2011:4)"]),
        ("handling", "2020:14", ["Handling 2020 nr 14"]),
        ("medborgarforslag", "2020:14", ["medborgarförslag nr 14/2020"]),
    ],
)
def test_all_spellings_of_a_numbered_document_are_one_key(kind: str, number: str, spellings: list[str]) -> None:
    wanted = {spelling: [(kind, number)] for spelling in spellings}
    assert {spelling: found(f"Nämnden har behandlat {spelling} i höst.") for spelling in spellings} == wanted


@pytest.mark.parametrize(
    ("number", "spellings"),
    [
        ("§ 63", ["§ 63", "§63"]),
        ("§ 63/2020", ["§ 63/20", "§ 63/2020", "§ 63 / 2020", "den 4 maj 2020, § 63", "§ 63 den 4 maj 2020"]),
        (
            "KF § 130",
            ["Kf § 130", "KF §130", "KF:s § 130", "Kf 130", "kommunfullmäktige § 130", "kommunfullmäktige (§ 130)"],
        ),
        (
            "KF § 130/2019",
            [
                "Kf § 130/19",
                "KF 2019-04-23 § 130",
                "KF § 130, 2019-04-23",
                "Kommunfullmäktige 2019-04-23, § 130",
                "kommunfullmäktiges beslut den 23 april 2019, § 130",
                "kommunfullmäktige (2019-04-23 § 130)",
            ],
        ),
        ("KS § 12/2019", ["KS § 12/2019", "Ks § 12/19", "kommunstyrelsens protokoll § 12/2019"]),
        ("KSAU § 5", ["KSAU § 5", "Kommunstyrelsens arbetsutskott § 5"]),
        ("MHN § 7", ["MHN § 7"]),
        ("Hamnnämnden § 7", ["hamnnämnden § 7", "Hamnnämnden § 7", "hamnnämndens beslut § 7", "HAMNNÄMNDEN § 7"]),
        ("Hamn- och badnämnden § 7", ["Hamn- och badnämnden § 7"]),
        ("Hamnnämndens arbetsutskott § 7", ["hamnnämndens arbetsutskott § 7"]),
    ],
)
def test_all_spellings_of_a_paragraph_are_one_key(number: str, spellings: list[str]) -> None:
    assert {spelling: paragraphs(f"Se {spelling}.") for spelling in spellings} == {
        spelling: [number] for spelling in spellings
    }


@pytest.mark.parametrize(
    "text",
    [
        "SOU 2016:5",
        "Ds 2014:2",
        "AFS 2001:1",
        "SFS 2010:800",
        "HSLF-FS 2017:79",
        "prop. 2016/17:5",
        "motion 2016/17:5",
        "motion nr 2016/17",
        "dir. 2016:5",
        "kommunallagen (2017:725) och lagen (1991:900)",
        "lagen om allmänna handlingar (2009:400)",
        "en bro (2016:5)",
        "PM 2016-05-03",
        "PM 2016: RIX",
        "motion nr 5",
        "4 kap. 12 § kommunallagen",
        "enligt 5 § socialtjänstlagen",
        "26 kap. 1 §",
        "4 kap. § 12",
        "5 § 2 st kommunallagen",
        "kommunallagen § 12",
        "kommunallagen (2017:725) § 12",
        "§ 12 kommunallagen",
        "§ 13 i den nya hamnstadgan",
        "§ 7 i reglementet",
        "reglementets § 7",
        "avtalet § 7",
        "MBL § 11",
        "förhandling enligt § 19 MBL",
        "§ 12 a",
        "§ 4 första stycket",
        "Beslutande §§ 12–45",
        "§ 12–§ 15",
        "§ 12-15",
        "KS 12 ledamöter",
        "Ks 30 april",
        "KF 2019",
        "KS 12 000 kronor",
        "KS 2019/12 och SN 18/0098",
    ],
)
def test_false_friends_are_no_keys(text: str) -> None:
    assert found(f"Det gäller {text}.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Motion av Karin Alm (M) om kajen (2019:8)", [("motion", "2019:8")]),
        ("Svar på interpellation av Karin Alm (S) om kajen (nr 2011:4)", [("interpellation", "2011:4")]),
        ("2019:8 Motion av Karin Alm", [("motion", "2019:8")]),
        ("Motion om kommunallagen (2017:725)", []),
        ("Motion om inriktningen i SOU (2016:5)", []),
        ("§ 63 Avtal om kajen", [("paragraf", "§ 63")]),
        ("§ 63 LOV i hemtjänsten", [("paragraf", "§ 63")]),
    ],
)
def test_in_a_heading_a_number_is_of_what_the_heading_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, heading=True) == expected


@pytest.mark.parametrize("text", ["Nr 2011:4", "(Nr 2011:4)", "2011:4", "(2011:4)"])
def test_a_number_alone_is_of_the_head_s_kind_and_of_none_elsewhere(text: str) -> None:
    assert found(text, alone="interpellation") == [("interpellation", "2011:4")]
    assert found(text) == []


def test_the_head_names_the_kind() -> None:
    assert keys.kind_of_head("Lövhamn\nInterpellation om kajen", "interpellation") == "interpellation"
    assert keys.kind_of_head("Enkel fråga, se även interpellation", "interpellation") == "fraga"
    assert keys.kind_of_head("Svar på motion", "tjansteutlatande") == ""


def test_several_joined_are_several() -> None:
    assert [n for _, n in found("motionerna (2019:8), (2019:11) och (2019:12) avslås")] == [
        "2019:8",
        "2019:11",
        "2019:12",
    ]
    assert paragraphs("Se §§ 12, 13 och 15.") == ["§ 12", "§ 13", "§ 15"]


def test_a_key_stands_with_the_words_that_name_it() -> None:
    text = "Enligt Utl. 2018:31 RI och Kf § 130/19 samt motion (2019:8)."
    assert [text[m.start : m.end] for m in keys.find(text)] == ["Utl. 2018:31 RI", "Kf § 130/19", "motion (2019:8)"]


def test_a_rotel_given_once_holds_for_the_number_everywhere() -> None:
    matches = list(keys.find("Utl. 2018:31 RI. Se utlåtande 2018:31 och utlåtande 2018:32."))
    assert [m.key for m in keys.with_rotel(matches)] == [
        Key("utlatande", "2018:31 RI"),
        Key("utlatande", "2018:31 RI"),
        Key("utlatande", "2018:32"),
    ]


ODD_TEXT = st.text() | st.text(alphabet="§ 0129/:.()-,KkFfmotinr²٣\n\t", max_size=80)


@settings(deadline=None)
@given(ODD_TEXT, st.booleans())
def test_no_text_makes_it_raise(text: str, heading: bool) -> None:  # noqa: FBT001 – drawn
    for match in keys.find(text, heading=heading, alone="motion"):
        assert 0 <= match.start < match.end <= len(text)


@settings(deadline=None)
@given(
    year=st.integers(1990, 2069),
    serial=st.integers(1, 300),
    shape=st.sampled_from(["motion ({y}:{s})", "Motion {y}:{s}", "motionen nr {s}/{y}", "Motion nr {y}:{s}"]),
)
def test_every_motion_s_number_survives_being_written_and_read(year: int, serial: int, shape: str) -> None:
    assert found(f"Om {shape.format(y=year, s=serial)} sägs inget.") == [("motion", f"{year}:{serial}")]
