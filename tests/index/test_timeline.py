"""The timeline: what several sources tell is told once, and where they contradict each other the lines say so."""

import itertools
import json
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

import pytest
from rich.console import Console

from corpus.dates import When, parse
from corpus.records import Record
from corpus.store import Store
from index import figures
from index.differences import with_differences
from index.export import WORD, write
from index.export.interface import timeline as as_json
from index.happenings import Difference, Entry
from index.holdings import Holding, Source
from index.spans import span_of
from index.telling_same import lines_of
from index.timeline import timeline
from index.trace import Trace, trace
from index.words import ACTION_TITLES
from pipeline.extract import extract
from terminal import show
from tests.pipeline.making import PROSE, pages

KINDS_OF_DOCUMENTS = frozenset({"tjansteutlatande", "protokoll", "ovrigt", "pm"})


class Library:
    """A library of documents given as text, read as the pipeline would read them."""

    def __init__(self, home: Path, store: Store) -> None:
        self.home, self.store = home, store
        self.ids: list[int] = []

    def add(self, day: str, *said: str, board: str = "") -> str:
        """Take in a paper written on a day and return its file."""
        body = "\n\n".join(said)
        head = f"Protokoll från {board} sammanträde\n\nSammanträdesdatum: {day}" if board else f"Om ärendet\n\n{day}"
        file = f"{len(self.ids):03}.txt"
        text = f"{head}\n\n{body}\n" if board else f"Tjänsteutlåtande\n\n{head}\n\n{body}\n"
        made = Record(file, f"sha-{file}", "text/plain", pages(*text.split("\f")), 1)
        self.ids.append(self.store.begin(file, made.sha256, made.media_type))
        self.store.save(self.ids[-1], Record(file, made.sha256, "text/plain", made.pages, 1, extract(made)))
        return file

    def events(self, topic: str, first: int | None = None, last: int | None = None) -> list[Entry]:
        """What happened, without the papers themselves and the times that plans hold for."""
        found = timeline(self.store, topic, self.ids, first, last)
        return [e for e in found if e.kind not in KINDS_OF_DOCUMENTS and e.when.precision != "period"]

    def differences(self, topic: str) -> list[str]:
        """What is said to differ, in words."""
        return list(dict.fromkeys(str(one) for entry in self.events(topic) for one in entry.differs))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Store(tmp_path, create=True) as store:
        yield Library(tmp_path, store)


# ---- told once -------------------------------------------------------------------------------------------------------


def test_sources_of_different_precision_are_one_line_dated_by_the_most_exact(library: Library) -> None:
    library.add("2021-03-01", "Badhuset i hamnen invigdes 2019.")
    library.add("2022-03-01", "Badhuset i hamnen invigdes i juni 2019.")
    library.add("2023-03-01", "Badhuset i hamnen invigdes den 3 juni 2019 av landshövdingen.")
    (event,) = library.events("badhuset")
    assert event.when == When(2019, 6, 3)
    assert [source.file for source in event.sources] == ["002.txt", "001.txt", "000.txt"]
    assert event.sources[2].quote == "Badhuset i hamnen invigdes 2019."
    assert event.differs == ()


def test_a_relative_clause_tells_the_same_as_a_whole_sentence(library: Library) -> None:
    library.add(
        "2021-03-01", "Kommunens ensamhetsplan, som äldrenämnden antog i mars 2016, säger inget om tröskelfria vägar."
    )
    library.add("2022-03-01", "Ensamhetsplanen antogs den 15 mars 2016 och gällde till och med 2018.")
    event = next(event for event in library.events("ensamhetsplan") if event.kind == "decided")
    assert event.when == When(2016, 3, 15)
    assert len(event.sources) == 2


def test_minutes_and_a_later_paper_tell_one_decision(library: Library) -> None:
    said = "§ 4 Trygghetsprogram 2019–2022\n\nBeslut\n\nTrygghetsprogram för centrum 2019–2022 antas."
    library.add("2019-05-15", said, board="kommunfullmäktiges")
    library.add("2022-03-01", "Kommunfullmäktige antog trygghetsprogrammet den 15 maj 2019.")
    (event,) = library.events("trygghetsprogram")
    assert (event.when, event.text) == (When(2019, 5, 15), "Trygghetsprogram för centrum 2019–2022 antas.")
    assert len(event.sources) == 2


def test_what_fits_two_times_is_given_to_neither(library: Library) -> None:
    library.add("2020-03-01", "Ensamhetsplanen för 2019–2022 reviderades 2019.")
    library.add("2021-03-01", "Ensamhetsplanen för 2019–2022 reviderades i februari 2019.")
    library.add("2022-03-01", "Ensamhetsplanen för 2019–2022 reviderades i november 2019.")
    events = library.events("ensamhetsplanen")
    assert [(event.when.iso, len(event.sources)) for event in events] == [("2019", 1), ("2019-02", 1), ("2019-11", 1)]


def test_figures_that_differ_keep_lines_apart(library: Library) -> None:
    library.add("2020-03-01", "Renoveringen av kajen kostade 12 miljoner kronor under 2019.")
    library.add(
        "2022-03-01", "Renoveringen av kajen kostade 15 miljoner kronor under 2019, varav 2 miljoner var räntor."
    )
    assert len(library.events("kajen")) == 2
    assert library.differences("kajen") == []  # which figure is which is not known


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Etapp 1 av cykelbanan längs ån invigdes 2019.", "Etapp 2 av cykelbanan längs ån invigdes den 3 juni 2019."),
        ("Norra simhallen invigdes i juni 2019.", "Södra simhallen invigdes den 3 juni 2019."),
        ("Simhallsplanen antogs av kommunstyrelsen 2019.", "Simhallsplanen antogs av fritidsnämnden den 3 juni 2019."),
        ("Simhallen i Norrviken invigdes 2019.", "Simhallen i Söderviken invigdes den 3 juni 2019."),
    ],
)
def test_what_is_marked_as_two_things_is_two_lines(library: Library, one: str, other: str) -> None:
    library.add("2021-03-01", one)
    library.add("2022-03-01", other)
    topic = "cykelbanan" if "cykel" in one else "simhall"
    assert [len(event.sources) for event in library.events(topic)] == [1, 1]


# ---- contradictions of time ------------------------------------------------------------------------------------------


def test_a_marked_plan_revised_in_two_near_months_differs(library: Library) -> None:
    library.add("2021-03-01", "\f", "Handlingsplanen mot ensamhet för 2019–2022 reviderades i juni 2019.")
    library.add("2022-03-01", "Kommunens handlingsplan mot ensamhet 2019-2022 reviderades september 2019.")
    june, september = library.events("handlingsplan ensamhet")
    assert (june.when, september.when) == (When(2019, 6), When(2019, 9))
    assert june.differs == september.differs
    (difference,) = june.differs
    assert str(difference) == "Uppgifterna skiljer sig: juni 2019 (000.txt s. 2), september 2019 (001.txt s. 1)"
    assert difference.about == "time"
    assert [said.sources for said in difference.said] == [june.sources, september.sources]


@pytest.mark.parametrize(
    ("topic", "one", "other", "told"),
    [
        (
            "handlingsplan",
            "Handlingsplan 2019–2022 antogs av äldrenämnden den 23 april 2019.",
            "Äldrenämnden antog handlingsplan 2019–2022 den 14 maj 2019 efter en lång beredning.",
            ("23 april 2019", "14 maj 2019"),
        ),
        (
            "simhallen",
            "Simhallen i Norrviken invigdes den 12 mars 2019 av landshövdingen.",
            "Simhallen i Norrviken invigdes den 21 mars 2019.",
            ("12 mars 2019", "21 mars 2019"),
        ),
        (
            "trygghetsplan",
            "Den första trygghetsplanen antogs 2015.",
            "Kommunens första trygghetsplan antogs den 3 juni 2016.",
            ("2015", "3 juni 2016"),
        ),
        (
            "motion bikupor",
            "Motionen (2016:5) om bikupor avslogs av kommunfullmäktige den 3 april 2017.",
            "Kommunfullmäktige avslog motionen (2016:5) om bikupor den 10 april 2017.",
            ("3 april 2017", "10 april 2017"),
        ),
    ],
)
def test_one_happening_told_with_two_times_differs(
    library: Library, topic: str, one: str, other: str, told: tuple[str, str]
) -> None:
    library.add("2021-03-01", one)
    library.add("2022-03-01", other)
    assert library.differences(topic) == [
        f"Uppgifterna skiljer sig: {told[0]} (000.txt s. 1), {told[1]} (001.txt s. 1)"
    ]


def test_minutes_and_a_paper_that_dates_their_decision_otherwise_differ(library: Library) -> None:
    said = "§ 4 Trygghetsprogram 2019–2022\n\nBeslut\n\nTrygghetsprogram 2019–2022 antas."
    library.add("2019-05-15", said, board="kommunfullmäktiges")
    library.add("2022-03-01", "Kommunfullmäktige antog trygghetsprogram 2019–2022 den 12 juni 2019.")
    (told,) = library.differences("trygghetsprogram")
    assert "15 maj 2019 (000.txt s. 1), 12 juni 2019 (001.txt s. 1)" in told


def test_sources_that_say_the_same_stand_together_in_a_difference(library: Library) -> None:
    library.add("2021-03-01", "Simhallen i Norrviken invigdes den 12 mars 2019.")
    library.add("2022-03-01", "Simhallen i Norrviken invigdes den 21 mars 2019.")
    library.add("2023-03-01", "Den 12 mars 2019 invigdes simhallen i Norrviken.")
    (told,) = library.differences("simhallen")
    assert told.endswith("12 mars 2019 (000.txt s. 1, 002.txt s. 1), 21 mars 2019 (001.txt s. 1)")


def test_one_document_that_tells_what_happens_once_in_two_ways_contradicts_itself(library: Library) -> None:
    library.add(
        "2021-03-01",
        "Den första trygghetsplanen antogs den 3 juni 2016.",
        "Den första trygghetsplanen antogs den 13 juni 2016.",
    )
    assert len(library.differences("trygghetsplan")) == 1


def test_a_difference_is_told_though_the_other_time_is_not_asked_for(library: Library) -> None:
    library.add("2021-03-01", "Den första trygghetsplanen antogs 2015.")
    library.add("2022-03-01", "Den första trygghetsplanen antogs den 3 juni 2016.")
    (event,) = library.events("trygghetsplan", first=2016)
    assert "2015 (000.txt s. 1)" in str(event.differs[0])


# ---- contradictions of figures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (
            "Renoveringen av kajen kostade 12 miljoner kronor under 2019.",
            "Renoveringen av kajen kostade 15 miljoner kronor under 2019.",
            ("12 miljoner kronor", "15 miljoner kronor"),
        ),
        (
            "Kommunfullmäktige avslog förslaget om kajen den 3 maj 2019 med 24 röster mot 17.",
            "Kommunfullmäktige avslog förslaget om kajen den 3 maj 2019 med 25 röster mot 16.",
            ("24 röster mot 17", "25 röster mot 16"),
        ),
        (
            "Den 3 maj 2019 flyttades åtta husbåtar från kajen.",
            "Den 3 maj 2019 flyttades 11 husbåtar från kajen.",
            ("åtta husbåtar", "11 husbåtar"),
        ),
    ],
)
def test_one_happening_told_with_two_figures_differs(
    library: Library, one: str, other: str, told: tuple[str, str]
) -> None:
    library.add("2020-03-01", one)
    library.add("2022-03-01", other)
    events = library.events("kajen")
    assert [difference.about for event in events for difference in event.differs] == ["figure", "figure"]
    assert library.differences("kajen") == [
        f"Uppgifterna skiljer sig: {told[0]} (000.txt s. 1), {told[1]} (001.txt s. 1)"
    ]


def test_a_figure_is_compared_as_exactly_as_it_is_told() -> None:
    def differ(one: str, other: str) -> bool:
        return bool(figures.differing(figures.figures(one), figures.figures(other)))

    assert differ("12 miljoner kronor", "15 mnkr")
    assert not differ("12 miljoner kronor", "12,3 mnkr")
    assert not differ("12 000 kronor", "12 tkr")
    assert not differ("drygt 12 miljoner", "13,5 miljoner kronor")
    assert differ("21,4 procent", "21,9 %")
    assert not differ("12 miljoner kronor", "12 lägenheter")
    assert not differ("§ 12, kl. 18.30 och punkt 4", "§ 14, kl. 19.00 och punkt 5")
    assert differ("Med 7 ja-röster mot 5 nej-röster", "Med 8 ja-röster mot 4 nej-röster")


# ---- no contradictions -----------------------------------------------------------------------------------------------

PLAN = "Handlingsplanen mot ensamhet"
TWO_HAPPENINGS = {
    "a plan is revised several times": (
        f"{PLAN} reviderades i juni 2019.", f"{PLAN} reviderades i september 2019.",
        f"{PLAN} för 2019–2022 reviderades i mars 2020.", f"{PLAN} för 2019–2022 reviderades i mars 2021.",
    ),
    "a budget is decided each year": (
        "Kommunfullmäktige antog budgeten för ensamhet den 20 november 2018.",
        "Kommunfullmäktige antog budgeten för ensamhet den 19 november 2019.",
        "Kommunfullmäktige antog budget 2020 för ensamhet den 3 december 2019.",
    ),
    "a board meets each month": (
        "Ensamhetsrådet träffade polisen den 12 mars 2019.", "Ensamhetsrådet träffade polisen den 9 april 2019.",
    ),
    "each period has its plan": (
        "Ensamhetsplan 2015–2018 antogs av kommunfullmäktige i april 2015.",
        "Ensamhetsplan 2019–2022 antogs av kommunfullmäktige i april 2019.",
    ),
    "a plan is adopted anew when it has been revised": (
        f"{PLAN} 2019–2022 antogs av kommunfullmäktige den 3 april 2019.",
        "Den reviderade handlingsplanen mot ensamhet 2019–2022 antogs av kommunfullmäktige den 3 juni 2020.",
    ),
    "two bodies adopt it after each other": (
        "Ensamhetsplan 2019–2022 antogs av kommunstyrelsen den 3 april 2019.",
        "Ensamhetsplan 2019–2022 antogs av kommunfullmäktige den 20 maj 2019.",
        "Ensamhetsplan 2019–2022 antogs i juni 2019.",
    ),
    "stages of one thing": (
        "Etapp 1 av ensamhetsmottagningen invigdes den 3 april 2019.",
        "Etapp 2 av ensamhetsmottagningen invigdes den 3 juni 2019.",
    ),
    "two of a kind": (
        "Norra ensamhetsmottagningen invigdes den 3 april 2019.",
        "Södra ensamhetsmottagningen invigdes den 3 juni 2019.",
        "Ensamhetsmottagningen i Fjärdviken invigdes den 9 juni 2019.",
    ),
    "two motions": (
        "Motionen (2016:5) om ensamhet avslogs den 3 april 2017.",
        "Motionen (2016:6) om ensamhet avslogs den 13 april 2017.",
    ),
    "what is planned is moved": (
        "Ensamhetsmottagningen ska öppna i augusti 2030.", "Ensamhetsmottagningen ska öppna i december 2030.",
    ),
    "one sentence tells of both": (
        "Ensamhetsplan 2019–2022 antogs den 3 april 2019 och antogs på nytt den 20 maj 2019.",
        "Ensamhetsplan 2019–2022 antogs den 3 april 2019.", "Ensamhetsplan 2019–2022 antogs den 20 maj 2019.",
    ),
    "the season is told more loosely": (
        "Ensamhetsplan 2019–2022 antogs våren 2019.", "Ensamhetsplan 2019–2022 antogs den 3 juni 2019.",
    ),
    "before a time is no time": (
        "Ensamhetsplan 2019–2022 antogs före juni 2019.", "Ensamhetsplan 2019–2022 antogs den 23 april 2019.",
    ),
    "figures of two years": (
        "Under 2017 fick 120 ensamma äldre ett besök.", "Under 2018 fick 130 ensamma äldre ett besök.",
        "Under mars 2019 fick 13 ensamma äldre ett besök.", "Under april 2019 fick 17 ensamma äldre ett besök.",
    ),
    "a figure and its rounding": (
        "Ensamhetsmottagningen kostade 12 miljoner kronor under 2019.",
        "Ensamhetsmottagningen kostade 12,3 miljoner kronor under 2019.",
        "Ensamhetsmottagningen kostade drygt 12 mnkr under 2019.",
    ),
    "a goal and what came of it": (
        "Målet för ensamma äldres besök var 140 besök under 2019.",
        "Antalet ensamma äldres besök var 120 besök under 2019.",
    ),
    "what has changed since": (
        "Ensamma äldres besök har ökat med 12 procent sedan 2015.",
        "Ensamma äldres besök har ökat med 19 procent sedan 2015.",
    ),
    "two wishes": (
        "Ensamma äldres besök bör bli 300 under 2019.", "Ensamma äldres besök bör bli 500 under 2019.",
    ),
    "each of its own": (
        "Nämnden antog en lokal ensamhetsplan den 3 mars 2019.",
        "Nämnden antog en lokal ensamhetsplan den 13 april 2019.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("told", TWO_HAPPENINGS.values(), ids=TWO_HAPPENINGS.keys())
def test_two_happenings_are_no_contradiction(library: Library, told: Sequence[str]) -> None:
    for year, sentence in enumerate(told, start=2021):
        library.add(f"{year}-03-01", sentence)
    events = library.events("ensamhet")
    assert len(events) >= (1 if "12,3" in " ".join(told) else 2) - ("våren" in " ".join(told))
    assert [str(one) for event in events for one in event.differs] == []


def test_two_meetings_of_one_board_are_two_meetings(library: Library) -> None:
    for day in ("2019-05-15", "2019-06-12"):
        said = "§ 4 Ensamhetsplan 2019–2022\n\nBeslut\n\nEnsamhetsplan 2019–2022 antas."
        library.add(day, said, board="kommunfullmäktiges")
    assert len(library.events("ensamhetsplan")) == 2
    assert library.differences("ensamhetsplan") == []


def test_what_was_counted_before_the_year_was_over_is_no_other_count(library: Library) -> None:
    library.add("2019-09-01", "Under 2019 kom 12 anmälningar om hot in till socialkontoret.")
    library.add("2020-02-01", "Under 2019 kom 15 anmälningar om hot in till socialkontoret.")
    library.add("2021-02-01", "Under 2019 kom 16 anmälningar om hot in till socialkontoret.")
    (told,) = library.differences("anmälningar")
    assert "000.txt" not in told
    assert "15 anmälningar (001.txt s. 1), 16 anmälningar (002.txt s. 1)" in told


def test_two_boards_each_count_their_own() -> None:
    held = {
        n: Holding(n, f"{n}.txt", "pm", "", When(2021), board) for n, board in enumerate(("Norr", "Söder", "Söder"))
    }
    entries = [
        Entry(When(2019), "happened", text, (Source(n, f"{n}.txt", 1, text),))
        for n, count in enumerate((18, 12, 14))
        for text in [f"Personalomsättningen bland handläggare var {count} procent 2019."]
    ]
    told = with_differences(lines_of(entries, held), held)
    assert [len(entry.differs) for entry in told] == [0, 1, 1]


# ---- spans and cost --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("loose", "exact", "holds"),
    [
        ("2019", "2019-06-03", True),
        ("2019-06", "2019-06-03", True),
        ("2019-21", "2019-02", True),
        ("2019-24", "2020-01-15", True),
        ("2019-23", "2019-06", False),
        ("2019-06-03", "2019-06", False),
    ],
)
def test_a_span_is_as_wide_as_people_use_the_word(loose: str, exact: str, *, holds: bool) -> None:
    one, other = parse(loose), parse(exact)
    assert one is not None
    assert other is not None
    assert span_of(one).holds(span_of(other)) is holds


def test_work_grows_with_the_lines_not_with_their_square() -> None:
    def calls(count: int) -> int:
        words = ("kajen", "badhuset", "bron", "färjan", "torget", "parken", "stigen", "skolan", "hamnen", "tornet")
        texts = [
            f"{words[n % 10].capitalize()} vid {words[n // 10 % 10]} målades om av {words[n // 100 % 10]}laget"
            f" den {n % 28 + 1} maj {2000 + n % 25}."
            for n in range(count)
        ]
        entries = [
            Entry(When(2000 + n % 25, 5, n % 28 + 1), "happened", text, (Source(n, f"{n}.txt", 1, text),))
            for n, text in enumerate(texts)
        ]
        made = itertools.count()
        before = sys.getprofile()
        sys.setprofile(lambda _frame, event, _: next(made) if event == "call" else None)
        try:
            with_differences(lines_of(entries, {}), {})
        finally:
            sys.setprofile(before)
        return next(made)

    calls(1600)  # what is read once and kept
    assert calls(1600) < 9 * calls(400)  # four times as many; sixteen if it were the square


# ---- how it is shown -------------------------------------------------------------------------------------------------


@pytest.fixture
def told(library: Library) -> Trace:
    library.add("2021-03-01", "Handlingsplan 2019–2022 mot ensamhet antogs av äldrenämnden den 23 april 2019.")
    library.add("2022-03-01", "Äldrenämnden antog handlingsplan 2019–2022 mot ensamhet den 14 maj 2019.")
    found = trace(library.store, library.home, "handlingsplan ensamhet")
    assert any(entry.differs for entry in found.events)
    return found


DIFFERS = "Uppgifterna skiljer sig: 23 april 2019 (000.txt s. 1), 14 maj 2019 (001.txt s. 1)"


def test_the_version_of_a_plan_says_that_its_day_is_told_in_two_ways(told: Trace) -> None:
    (version,) = told.versions
    assert [str(one) for one in version.differs] == [DIFFERS]


def test_the_years_looked_at_cut_the_timeline_and_not_the_versions(library: Library) -> None:
    library.add("2017-03-01", "Handlingsplan 2016–2018 mot ensamhet antogs av äldrenämnden den 15 mars 2016.")
    library.add("2021-03-01", "Handlingsplan 2019–2022 mot ensamhet antogs av äldrenämnden den 23 april 2019.")
    library.add("2023-03-01", "Handlingsplan 2019–2022 mot ensamhet reviderades den 3 juni 2021.")
    everything = trace(library.store, library.home, "handlingsplan ensamhet")
    late = trace(library.store, library.home, "handlingsplan ensamhet", 2020)
    assert [str(one.decided) for one in everything.versions] == ["15 mars 2016", "23 april 2019"]
    assert late.versions == everything.versions
    assert len(late.events) < len(everything.events)
    assert all((entry.when.until or entry.when.year or 0) >= 2020 for entry in late.events)


def test_a_gap_is_told_where_the_years_looked_at_touch_it(library: Library) -> None:
    library.add("2012-03-01", "Handlingsplan 2012–2014 mot ensamhet antogs av äldrenämnden den 1 mars 2012.")
    library.add("2019-04-23", "Handlingsplan 2019–2022 mot ensamhet antogs av äldrenämnden den 23 april 2019.")

    def gaps(first: int | None, last: int | None) -> tuple[str, ...]:
        return trace(library.store, library.home, "handlingsplan ensamhet", first, last).gaps

    (gap,) = gaps(None, None)
    assert gaps(2015, None) == gaps(None, 2015) == gaps(2014, 2016) == (gap,)
    assert gaps(2019, None) == gaps(None, 2012) == ()


@pytest.mark.parametrize(
    ("heading", "after", "listed"),
    [
        ("2. Ändringar jämfört med den tidigare planen", "3. Mål", True),
        ("Vad är nytt?", "Mål", True),
        ("Nyheter i denna version", "Mål", False),
        ("FÖRÄNDRINGAR SEDAN FÖREGÅENDE PLAN", "Mål", True),
        ("Revideringar", "Mål", False),
        ("Skillnader mot tidigare handlingsplan", "Mål", False),
    ],
)
def test_a_version_quotes_what_its_own_document_says_is_new(
    library: Library, heading: str, after: str, *, listed: bool
) -> None:
    said = ["Målgruppen är nu alla över 65 år.", "Ansvaret ligger hos äldrenämnden."]
    under = "\n\n".join(f"- {one}" for one in said) if listed else " ".join(said)
    made = Record(
        "plan.txt", "sha-plan", "text/plain",
        pages(
            "Handlingsplan mot ensamhet 2019–2022\n\nAntagen av äldrenämnden den 23 april 2019\n\n"
            f"1. Inledning\n\n{PROSE}\n",
            f"{heading}\n\n{under}\n\n{after}\n\nMålen följs upp varje år av nämnden.\n",
        ), 2,
    )  # fmt: skip
    library.ids.append(library.store.begin("plan.txt", "sha-plan", "text/plain"))
    library.store.save(library.ids[-1], Record("plan.txt", "sha-plan", "text/plain", made.pages, 2, extract(made)))
    (version,) = trace(library.store, library.home, "handlingsplan ensamhet").versions
    assert [(one.quote, one.page, one.file) for one in version.changed] == [(one, 2, "plan.txt") for one in said]
    assert version.changes == tuple(said)


def test_another_heading_with_the_word_promises_no_change_of_the_plan(library: Library) -> None:
    library.add(
        "2019-04-23",
        "Handlingsplan mot ensamhet 2019–2022 antogs av äldrenämnden den 23 april 2019.",
        "Förändringar i omvärlden",
        "Allt fler äldre bor ensamma.",
    )
    (version,) = trace(library.store, library.home, "handlingsplan ensamhet").versions
    assert version.changed == ()


def test_a_pm_is_written_as_one() -> None:
    assert (ACTION_TITLES["pm"], ACTION_TITLES["protokoll"]) == ("PM", "protokoll")


def test_the_terminal_shows_both_side_by_side_under_one_heading(told: Trace) -> None:
    console = Console(width=110, no_color=True)
    with console.capture() as seen:
        show.timeline(console, told.events)
    lines = seen.get().splitlines()
    at = next(i for i, line in enumerate(lines) if "Uppgifterna skiljer sig" in line)
    beside = next(line for line in lines[at + 1 :] if "23 april 2019" in line and "14 maj 2019" in line)
    assert beside.index("23 april 2019") < beside.index("14 maj 2019")
    assert sum("Uppgifterna skiljer sig" in line for line in lines) == 2  # at the line of each time


def test_the_json_keeps_its_keys_and_adds_what_differs(told: Trace) -> None:
    event = next(one for one in as_json(told.events)["events"] if one["differs"])
    assert {"date", "precision", "kind", "text", "sources"} <= event.keys()
    (difference,) = event["differs"]
    assert (difference["about"], difference["shown"]) == ("time", DIFFERS)
    assert [said["what"] for said in difference["said"]] == ["23 april 2019", "14 maj 2019"]
    assert difference["said"][1]["sources"][0]["file"] == "001.txt"


@pytest.mark.parametrize("ending", [".html", ".csv", ".ics", ".svg", ".json"])
def test_every_export_says_what_differs(told: Trace, tmp_path: Path, ending: str) -> None:
    write(told, tmp_path / f"ut{ending}")
    text = (tmp_path / f"ut{ending}").read_text(encoding="utf-8")
    said = re.sub(r"\r?\n[ \t]", "", text)
    assert ("uppgifterna skiljer sig" if ending == ".svg" else DIFFERS.replace(", ", r"\, ", 0)) in said.replace(
        "\\,", ","
    )


def test_the_page_shows_the_versions_where_they_first_come_and_no_quote_is_lost(told: Trace, tmp_path: Path) -> None:
    from selectolax.lexbor import LexborHTMLParser

    write(told, tmp_path / "ut.html")
    page = LexborHTMLParser((tmp_path / "ut.html").read_text(encoding="utf-8"))
    assert len(page.css("ol.events .differs")) == 2
    assert len(page.css("ol.events .versions")) == 1
    shown = page.css("ol.events .versions")[0].text()
    assert all(source.quote in shown for entry in told.events if entry.differs for source in entry.sources)


def test_the_letter_and_the_workbook_say_what_differs(told: Trace, tmp_path: Path) -> None:
    import openpyxl
    from docx import Document

    for ending in (WORD, ".xlsx"):
        write(told, tmp_path / f"ut{ending}")
    tables = Document(str(tmp_path / "ut.docx")).tables
    cells = [cell.text for table in tables[:2] for row in table.rows for cell in row.cells]
    assert sum(DIFFERS in cell for cell in cells) == 3  # the version and both lines
    rows = list(openpyxl.load_workbook(tmp_path / "ut.xlsx")["Tidslinje"].iter_rows(values_only=True))
    assert rows[0][-1] == "Uppgifter som skiljer sig"
    assert [row[-1] for row in rows if row[-1]][1:] == [f"{DIFFERS}."] * 2


def test_the_data_keep_to_the_documented_schema(told: Trace, tmp_path: Path) -> None:
    import jsonschema

    write(told, tmp_path / "ut.json")
    schema = json.loads((resources.files("index.export") / "arende.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(
        json.loads((tmp_path / "ut.json").read_text(encoding="utf-8")), schema, jsonschema.Draft202012Validator
    )


def test_a_difference_says_no_place_twice() -> None:
    from index.happenings import Said

    source = Source(1, "a.txt", 2, "x")
    same = Source(1, "a.txt", 2, "y")
    difference = Difference("time", (Said("2019", (source, same)), Said("2020", (Source(2, "b.txt", 1, "z"),))))
    assert str(difference) == "Uppgifterna skiljer sig: 2019 (a.txt s. 2), 2020 (b.txt s. 1)"
