"""Dates: read as exactly as they are written, never more exactly."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import dates
from corpus.dates import UNKNOWN, When

WRITTEN = When(2021, 5, 17)


def found(text: str, today: When | None = None) -> list[str]:
    return [match.when.iso for match in dates.find(text, today)]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2019-06-14", "2019-06-14"),
        ("2002 02 04", "2002-02-04"),
        ("Sammanträdesdatum2019-01-28", "2019-01-28"),
        ("Lövhamn 2021-05-17", "2021-05-17"),
        ("den 28 februari 2019", "2019-02-28"),
        ("den 1:e maj 2020", "2020-05-01"),
        ("3 maj år 2020", "2020-05-03"),
        ("DEN 3 MAJ 2020", "2020-05-03"),
        ("29 februari 2020", "2020-02-29"),
        ("juni 2019", "2019-06"),
        ("våren 2020", "2020-21"),
        ("sommaren 2020", "2020-22"),
        ("Hösten 2021", "2021-23"),
        ("vintern 2020", "2020-24"),
        ("sent under 2023", "2023"),
        ("i slutet av 2023", "2023"),
        ("inför 2025", "2025"),
        ("under 2019.", "2019"),
        ("(2019)", "2019"),
        ("2016–2018", "2016/2018"),
        ("2016-18", "2016/2018"),
        ("2019- 2022", "2019/2022"),
        ("2019-\n2022", "2019/2022"),
        ("2019 – 2022", "2019/2022"),
        ("98 06 08", "1998-06-08"),
        ("06-12-05", "2006-12-05"),
        ("201411-27", "2014-11-27"),
        ("2014 11-27", "2014-11-27"),
        ("2005 -03- 16", "2005-03-16"),
        ("2005- 03 -16", "2005-03-16"),
        ("12/3 2019", "2019-03-12"),
        ("12/3-2019", "2019-03-12"),
        ("den 5/6 2018", "2018-06-05"),
        ("30 sept 2004", "2004-09-30"),
        ("3 okt. 2004", "2004-10-03"),
    ],
)
def test_a_date_is_read_as_it_is_written(text: str, iso: str) -> None:
    """One date is found, with the precision of the words, and nothing else."""
    assert found(f"Frågan väcktes {text} i nämnden") == [iso]


@pytest.mark.parametrize(
    ("iso", "precision"),
    [
        ("2019-06-14", "day"),
        ("2019-06", "month"),
        ("2020-21", "season"),
        ("2019", "year"),
        ("2016/2018", "period"),
        ("", "unknown"),
    ],
)
def test_the_precision_is_that_of_the_text_and_nothing_is_made_up(iso: str, precision: str) -> None:
    when = dates.parse(iso) or UNKNOWN
    assert when.precision == precision
    assert (when.day is None) == (precision != "day")
    assert (when.month is None) == (precision not in {"day", "month"})


@pytest.mark.parametrize(
    "text",
    [
        "den 28 februari",
        "den 3 oktober",
        "i år",
        "årets budget",
        "föregående mandatperiod",
        "hösten",
        "vid årsskiftet",
        "juni",
    ],
)
def test_what_hangs_on_the_document_s_date_is_left_out_without_one(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("den 28 februari", "2021-02-28"),
        ("i år", "2021"),
        ("årets plan", "2021"),
        ("innevarande mandatperiod", "2018/2022"),
        ("föregående mandatperiod", "2014/2018"),
        ("Förra mandatperioden", "2014/2018"),
    ],
)
def test_what_hangs_on_the_document_s_date_is_resolved_against_it(text: str, iso: str) -> None:
    assert found(text, WRITTEN) == [iso]


@pytest.mark.parametrize(
    "text",
    [
        "den 2 september till den 18 oktober 2019",
        "den 2 september och den 18 oktober 2019",
        "2 september – 18 oktober 2019",
    ],
)
def test_the_first_day_of_a_span_has_the_year_of_the_last(text: str) -> None:
    assert found(text) == found(text, WRITTEN) == ["2019-09-02", "2019-10-18"]


def test_a_day_has_the_coming_year_told_before_it_in_its_sentence() -> None:
    text = "i budgeten för 2024 får skolan mer pengar från den 1 februari"
    assert found(text, WRITTEN) == ["2024", "2024-02-01"]
    assert found("Budgeten för 2024 är klar. Kajen stängs den 1 februari", WRITTEN) == ["2024", "2021-02-01"]
    assert found("efter budgeten för 2020 stängs kajen den 1 februari", WRITTEN) == ["2020", "2021-02-01"]


def test_a_day_in_this_year_keeps_its_year() -> None:
    assert found("den 30 september i år", WRITTEN) == ["2021-09-30"]


def test_a_season_or_month_without_a_year_is_no_date_even_in_a_dated_document() -> None:
    """`hösten` may be last year's or next year's: none is chosen."""
    assert found("hösten och juni", WRITTEN) == []


def test_without_a_document_s_date_a_day_takes_the_year_told_before_it() -> None:
    assert found("den 15 mars 2016 och den 20 november") == ["2016-03-15", "2016-11-20"]


@pytest.mark.parametrize(
    "text",
    [
        "2019-02-30",
        "30 februari 2019",
        "den 31 april 2020",
        "2019-13-01",
        "29 februari 2019",
        "läsåret 1998/99",
        "KS 2019/756",
        "SOU 2019:23",
        "2022-2019",
        "2019-2019",
        "1950-2040",
        "08-5082019",
        "ring 08-12 10 11",
        "0702-02 12 05",
        "tfn 06-12-05 12",
        "Tel 21 12 30",
        "Telefon: 21 12 30",
        "fax 0250 - 21 12 30",
        "08 - 21 12 30",
        "121212-1212",
        "12 12 12 000 kronor",
        "konto 12-10-05-3",
        "org.nr 212000-01-42",
        "99 13 01",
        "201413-27",
        "3/4 av priset",
        "31/4 2019",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    """A day that does not exist is not mended, and numbers with a year in them are no dates."""
    assert found(text, WRITTEN) == []


def test_two_short_days_with_a_dash_between_are_days_and_no_telephone() -> None:
    assert found("98 06 08 - 98 06 10") == ["1998-06-08", "1998-06-10"]
    assert found("Telefonmöte 06-12-05") == ["2006-12-05"]


@pytest.mark.parametrize("text", ["auguſti 2019", "aprıl 2019", "den 3 AUGUſTI 2019", "ſommaren 2020"])
def test_letters_that_only_ignoring_case_lets_through_do_no_harm(text: str) -> None:
    """A pattern that ignores case takes ſ for s and ı for i; the month is found all the same."""
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    ("when", "iso", "shown"),
    [
        (When(2019, 6, 14), "2019-06-14", "14 juni 2019"),
        (When(2019, 6), "2019-06", "juni 2019"),
        (When(2020, season=21), "2020-21", "våren 2020"),
        (When(2020, season=24), "2020-24", "vintern 2020"),
        (When(2019), "2019", "2019"),
        (When(2023, late=True), "2023", "sent 2023"),
        (When(2016, until=2018), "2016/2018", "2016–2018"),
        (UNKNOWN, "", "utan datum"),
    ],
)
def test_a_date_is_stored_and_shown_as_exactly_as_it_is_known(when: When, iso: str, shown: str) -> None:
    assert (when.iso, str(when)) == (iso, shown)


YEARS = st.integers(1900, 2099)
WHENS = (
    st.builds(When, YEARS)
    | st.builds(When, YEARS, st.integers(1, 12))
    | st.builds(When, YEARS, season=st.integers(21, 24))
    | st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)).map(
        lambda day: When(day.year, day.month, day.day)
    )
    | st.tuples(st.integers(1900, 2060), st.integers(1, 29)).map(lambda p: When(p[0], until=p[0] + p[1]))
)


@settings(deadline=None)
@given(WHENS)
def test_the_stored_form_reads_back_as_the_same_date(when: When) -> None:
    assert dates.parse(when.iso) == when


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        (" 2019 ", "2019"),
        ("14 juni 2019", "2019-06-14"),
        ("juni 2019", "2019-06"),
        ("våren 2020", "2020-21"),
        ("2016-2018", "2016/2018"),
    ],
)
def test_parse_reads_what_a_person_types(typed: str, iso: str) -> None:
    when = dates.parse(typed)
    assert when is not None
    assert when.iso == iso


@pytest.mark.parametrize("typed", ["", "hamnen", "2019-13", "2019-00", "2019-02-30", "2018/2016", "2019 och 2020"])
def test_parse_refuses_what_is_no_single_date(typed: str) -> None:
    assert dates.parse(typed) is None


@pytest.mark.parametrize(
    ("year", "month", "term"),
    [
        (2018, 9, (2014, 2018)),
        (2018, 10, (2018, 2022)),
        (2018, None, (2014, 2018)),
        (2020, 5, (2018, 2022)),
        (2022, 9, (2018, 2022)),
        (2022, 10, (2022, 2026)),
        (2023, None, (2022, 2026)),
        (1994, 11, (1994, 1998)),
    ],
)
def test_a_term_of_office_changes_in_october_of_an_election_year(
    year: int, month: int | None, term: tuple[int, int]
) -> None:
    assert dates.term_of_office(year, month) == term


def test_dates_sort_by_time_and_the_undated_come_last() -> None:
    in_order = [
        When(2018, 12, 31),
        When(2019),
        When(2019, season=21),
        When(2019, 3, 1),
        When(2019, season=23),
        When(2019, 12),
        When(2020, 1, 1),
        UNKNOWN,
    ]
    assert sorted(in_order[3:] + in_order[:3], key=lambda when: when.order) == in_order


def test_late_in_a_year_sorts_after_its_autumn() -> None:
    assert When(2023, late=True).order > When(2023, season=23).order
    assert When(2023, late=True).order < When(2024).order


ODD_TEXT = st.text() | st.text(alphabet="den 12390-/:.–majprilſtıvåräförg\n٣²", max_size=60)


@settings(deadline=None)
@given(ODD_TEXT, st.none() | st.just(UNKNOWN) | WHENS)
def test_no_text_makes_it_raise(text: str, today: When | None) -> None:
    """Whatever the text, finding and parsing end well, and every date found exists."""
    for match in dates.find(text, today):
        assert 0 <= match.start < match.end <= len(text)
        assert match.when.iso
    dates.parse(text)
