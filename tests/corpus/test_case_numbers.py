"""Case numbers: every spelling of one number is one value, and what only looks like a number is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import case_numbers


def keys(text: str) -> list[str]:
    return [match.number.key for match in case_numbers.find(text)]


@pytest.mark.parametrize(
    ("key", "spellings"),
    [
        (
            "ks2021377",
            [
                "KS 2021/377",
                "KS2021/377",
                "KS 2021/0377",
                "KS 2021 / 377",
                "KS/2021:377",
                "KS/2021:00377",
                "KS-2021-377",
                "KS 2021-377",
                "KS-2021-\n0377",
                "KS 2021/\n377",
                "Dnr KS 2021/377",
                "DnrKS 2021/377",
                "dnr: KS 2021/377",
                "DNR: KS 2021/377",
                "Dnr. KS 2021/377",
                "Diarienummer KS 2021/377",
                "Ärendenummer: KS 2021/377",
                "Vår beteckning: KS 2021/377",
                "KS 2021/377.",
                "Dnr KS2021/377-10",
                "KS/2021:377 - 001",
            ],
        ),
        ("tn201898", ["TN 18/0098", "TN 2018/98", "TN-2018-0098", "dnr TN 18/0098"]),
        ("kskf20141", ["KSKF/2014:1", "KSKF 2014/1", "KSKF-2014-00001"]),
        ("20201-2-4-182", ["1.2.4-182-2020", "1.2.4-0182-2020", "1.2.4-182/2020", "Dnr 1.2.4-182-2020"]),
        ("2015119-611", ["119-611/2015", "119-611-2015", "Vår beteckning 119-611/2015"]),
        ("20211135", ["Dnr 2021/1135", "dnr 1135/21", "Dnr: 1135/2021"]),
        ("sn2017229-13", ["2017/SN 0229 013"]),
        ("sbn202214", ["SBN22/14", "Dnr SBN22/14", "SBN 2022/14", "SBN-2022-14 1.3.1"]),
        ("hsn2021377", ["HSN 377/2021", "HSN 377/2021-3", "HSN 2021/377", "Dnr: HSN 377/2021"]),
        ("ks2021412", ["KS 2021-00412 1.3.1", "KS 2021-00412 1.3", "KS 2021/412 1.3.1.2", "KS 2021-00412"]),
        ("2021118", ["Dnr 2021/118-101", "Dnr 2021-118", "Dnr: 2021/118"]),
        ("200594", ["Dnr 2005.94.109", "Diarienummer 2005.94.109"]),
        ("gtn2006177", ["dnr GTN 06/177", "Dnr: GTN 06/177", "GTN 06/0177", "GTN 2006/177"]),
    ],
)
def test_all_spellings_of_one_number_have_one_key(key: str, spellings: list[str]) -> None:
    assert {spelling: keys(f"Ärendet om hamnen, {spelling}") for spelling in spellings} == {
        spelling: [key] for spelling in spellings
    }


@pytest.mark.parametrize(
    "text",
    [
        "enligt kommunallagen (2017:725) och lagen (1991:900)",
        "§ 52/2019",
        "§ 63/20 bordlades",
        "SOU 2016:5",
        "Ds 2014:2",
        "AFS 2001:1",
        "SFS 2010:800",
        "HSLF-FS 2017:79",
        "motion (2016:5)",
        "interpellation Nr 2009:6",
        "Kf 130",
        "Utl. 2017:19 RI",
        "PM 2016:122 RIX",
        "UTL 2017:19 RI",
        "MOTION 2016:5",
        "VT 2019/20",
        "läsåret 2009/10",
        "läsåret 2009/2010",
        "LÄSÅR 2009/10",
        "BUDGET 2019/2022",
        "12 000 kronor",
        "KS 2019/5 kronor",
        "ring 08-508 25 000 eller 0702-023945",
        "handlingsplan 2016-2018",
        "BUDGET 2019-2022",
        "PLAN 2019 - 2022",
        "den 23 april 2019, 2019-04-23",
        "KF 2019-04-23 § 130",
        "7 – 6 och 36-21-6-2",
        "A22/14",
        "AB22/14",
        "HT22/23",
        "VT 06/177",
        "GTN 06/177",  # a number so short has to be led in
        "SFS 377/2021",
        "HSN 377/2021 kronor",
        "SBN22/14 procent",
        "2021/118-101",
        "2005.94.109",
        "kapitel 1.3.1",
    ],
)
def test_false_friends_are_no_numbers(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize("text", ["Dnr /2016", "KSN-2015-.", "Dnr KS 2016/", "Dnr:", "KS 2016", "Dnr KS", "KS /377"])
def test_an_incomplete_number_is_never_returned(text: str) -> None:
    assert keys(text) == []


@pytest.mark.parametrize(
    ("text", "incomplete"),
    [
        ("Dnr /2016", "Dnr /2016"),
        ("Dnr /2016.", "Dnr /2016"),
        ("Dnr: ____/2016", "Dnr: ____/2016"),
        ("Dnr 2016/", "Dnr 2016/"),
        ("KSN-2015-.", "KSN-2015-."),
        ("KSN-2015- och mer", "KSN-2015-"),
        ("KS 2016/ Handläggare", "KS 2016/"),
        ("Dnr KS", "Dnr KS"),
        ("DnrKS", "DnrKS"),
        ("Dnr: KS 2019/", "Dnr: KS 2019/"),
        ("Dnr KS2019/", "Dnr KS2019/"),
        ("Dnr KS 2016", "Dnr KS 2016"),
        ("Dnr KS/377", "Dnr KS/377"),
        ("Dnr 2018/KS", "Dnr 2018/KS"),
        ("Dnr SN 18/", "Dnr SN 18/"),
        ("Dnr KS 2019/xxx", "Dnr KS 2019/xxx"),
        ("Diarienummer KS-2019-…", "Diarienummer KS-2019-…"),
    ],
)
def test_an_incomplete_number_is_told(text: str, incomplete: str) -> None:
    assert [match.text for match in case_numbers.find_incomplete(text)] == [incomplete]
    assert keys(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dnr:",
        "Dnr",
        "Diarienummer\nKS",
        "Dnr DATUM SIDA",
        "Dnr: TJÄNSTEUTLÅTANDE",
        "Vår beteckning Er beteckning",
        "ange dnr i svaret",
        "Dnr KS 2019/12",
        "Dnr KS\n2019/12",
        "Dnr 0263/20",
        "Dnr 2018/KS 0001 001",
        "Dnr 2018/0219 KS-5",
        "Dnr LS 0702-0239",
        "Dnr ABC 19/00123",  # a whole number of another authority's
        "Dnr 5-1234567/2019",
        "BUDGET 2019-",
        "BUDGET 2019-2022",
        "NKI 2019- 2022",
        "MÅL 2019: en hel kaj",
        "VT 2019/HT 2019",
    ],
)
def test_a_label_or_a_whole_number_is_not_incomplete(text: str) -> None:
    assert list(case_numbers.find_incomplete(text)) == []


def test_two_numbers_joined_by_och_are_two() -> None:
    matches = list(case_numbers.find("Dnr KS 2023/640 och SN/2023:87"))
    assert [str(match.number) for match in matches] == ["KS 2023/640", "SN/2023:87"]
    assert [match.number.year for match in matches] == [2023, 2023]


def test_found_numbers_stand_where_they_say() -> None:
    """The stretch `start:end` holds the number with the words that lead in; what was written goes without them."""
    text = "Till nämnden. Dnr KS 2021/377 och senare KS 2022/1 har slagits samman."
    found = list(case_numbers.find(text))
    assert [text[m.start : m.end] for m in found] == ["Dnr KS 2021/377", "KS 2022/1"]
    assert [m.number.written for m in found] == ["KS 2021/377", "KS 2022/1"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("KS 2021/377", "SN 2021/377"), ("KS 2021/377", "KS 2020/377"), ("KS 2021/377", "KS 2021/3770")],
)
def test_unit_year_and_serial_tell_numbers_apart(one: str, other: str) -> None:
    assert keys(one) != keys(other)


@pytest.mark.parametrize(
    "typed",
    [
        "ks2021-377",
        "ks 2021/377",
        " KS 2021/0377 ",
        "Ks/2021:377",
        "dnr ks 2021/377",
        "dnr:KS2021/377",
        "KS 2021/377.",
    ],
)
def test_parse_reads_what_a_person_types(typed: str) -> None:
    number = case_numbers.parse(typed)
    assert number is not None
    assert number.key == "ks2021377"


def test_parse_takes_a_number_without_unit_and_without_lead_in() -> None:
    number = case_numbers.parse("2021/377")
    assert number is not None
    assert (number.unit, number.year, number.serial) == ("", 2021, "377")


@pytest.mark.parametrize("typed", ["", "ks", "2021", "ks 2021/377 och mer", "hamnen", "§ 52", "sou 2016:5"])
def test_parse_refuses_what_is_no_number(typed: str) -> None:
    assert case_numbers.parse(typed) is None


def test_how_a_number_is_printed_does_not_make_it_another() -> None:
    one, other = case_numbers.parse("KS 2021/377"), case_numbers.CaseNumber("KS", 2021, "377")
    assert one == other
    assert str(other) == "KS 2021/377"


ODD_TEXT = st.text() | st.text(alphabet="KSNdDnr .:/-§()0129٣²ſıÅåÄö\n\t", max_size=60)


@settings(deadline=None)
@given(ODD_TEXT)
def test_no_text_makes_it_raise(text: str) -> None:
    """Whatever the text, finding and parsing end well, and found numbers lie in the text in order."""
    at = 0
    for match in case_numbers.find(text):
        assert at <= match.start < match.end <= len(text)
        assert 1900 <= match.number.year < 2100
        at = match.end
    case_numbers.parse(text)
    for incomplete in case_numbers.find_incomplete(text):
        assert 0 <= incomplete.start < incomplete.end <= len(text)


@settings(deadline=None)
@given(
    unit=st.sampled_from(["KS", "SN", "UBN", "KSKF", "ÄN"]),
    year=st.integers(1970, 2069),
    serial=st.integers(1, 99999),
    shape=st.sampled_from(["{u} {y}/{s}", "{u}{y}/{s}", "{u}/{y}:{s}", "{u}-{y}-{s}", "dnr {u} {y}/{s}"]),
)
def test_every_number_survives_being_written_and_read(unit: str, year: int, serial: int, shape: str) -> None:
    written = shape.format(u=unit, y=year, s=serial)
    if shape == "{u}-{y}-{s}" and 1900 <= serial < 2100:
        return  # a span of years
    assert keys(written) == [case_numbers.CaseNumber(unit, year, str(serial)).key]
