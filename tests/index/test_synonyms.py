"""Words taken for one another, and the forms a word is searched by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.values import Key, Kind, Mention, Title
from corpus.vocabulary import kind_titles, table
from index import analysis, synonyms
from index.forms import stem
from tests.index.conftest import numbered

if TYPE_CHECKING:
    from tests.index.conftest import Library


@pytest.mark.parametrize(
    "forms",
    [
        ("skola", "skolan", "skolans", "skolor", "skolorna"),
        ("barn", "barnet", "barnets", "barnen"),
        ("ärende", "ärendet", "ärenden"),
        ("taxa", "taxan", "taxor"),
        ("kvinna", "kvinnan"),
        ("underskott", "underskottet"),
        ("rum", "rummet", "rummen"),
        ("handläggare", "handläggares", "handläggarna", "handläggarnas"),
        ("påverka", "påverkan"),
        ("plan", "planen", "planer"),
        ("handlingsplan", "handlingsplanen"),
        ("ombudsman", "ombudsmannen"),
        ("enhet", "enheten", "enheter"),
    ],
)
def test_forms_of_one_word_have_one_stem(forms: tuple[str, ...]) -> None:
    """Definite and genitive forms are the word itself."""
    assert len({stem(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("råd", "rad"), ("plan", "plats"), ("utan", "uta"), ("internet", "intern"), ("man", "mat")]
)
def test_words_that_only_end_alike_are_apart(one: str, other: str) -> None:
    """What ends as a definite form without being one keeps its end."""
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("word", "part"),
    [("trygghetslarm", "larm"), ("idrottshallen", "hall"), ("kvarnskolan", "skola"), ("socialnämnden", "nämnd")],
)
def test_parts_of_compounds_are_indexed(word: str, part: str) -> None:
    """Also a part that few compounds have."""
    assert stem(part) in analysis.analyse(word).parts


def test_a_part_is_found_without_its_dots() -> None:
    """`fardtjanst` is a part of `färdtjänsttaxan`."""
    assert analysis.shape("färdtjänst") in analysis.analyse("färdtjänsttaxan").folds
    assert analysis.relation("färdtjänsttaxan", "fardtjanst") == "fold"


def test_a_synonym_is_found_below_the_word_and_says_so(empty: Library) -> None:
    """`invånare` finds `medborgare` last, and the hit says why."""
    empty.add("b.txt", "Kommunens medborgare ska höras om parken.")
    empty.add("a.txt", "Kommunens invånare ska höras om parken.")
    hits = empty.search("invånare").hits
    assert [hit.file for hit in hits] == ["a.txt", "b.txt"]
    assert hits[1].why == ("synonym: medborgare → invånare",)
    assert [hits[1].snippet[start:end] for start, end in hits[1].highlights] == ["medborgare"]


def test_a_synonym_is_found_inside_a_compound(empty: Library) -> None:
    """`invånarpanel` answers `medborgare`."""
    empty.add("a.txt", "Vi vill ha en invånarpanel.")
    assert empty.search("medborgare").hits[0].why == ("synonym: invånarpanel → medborgare",)


def test_an_abbreviation_finds_what_it_stands_for(empty: Library) -> None:
    """`hvb` finds the words in a row, and the words find `HVB`; each says so."""
    empty.add("lång.txt", "Tre unga bor på hem för vård eller boende.")
    empty.add("kort.txt", "Tre unga bor på HVB.")
    empty.add("annat.txt", "Vård eller omsorg i ett hem för boende.")
    assert empty.files("hvb") == ["kort.txt", "lång.txt"]
    assert empty.search("hvb").hits[1].why == ("synonym: hem för vård eller boende → hvb",)
    assert "kort.txt" in empty.files("hem för vård eller boende")
    assert empty.files('"hem för vård eller boende"') == ["lång.txt"]


def test_a_wider_word_finds_narrower_ones_only(empty: Library) -> None:
    """`lön` finds `ersättning`; `ersättning` does not find `lön`."""
    empty.add("lön.txt", "Chefens lön höjs.")
    empty.add("ersättning.txt", "Familjens ersättning höjs.")
    assert empty.files("lön") == ["lön.txt", "ersättning.txt"]
    assert empty.files("ersättning") == ["ersättning.txt"]


def test_what_is_excluded_is_the_word_alone(empty: Library) -> None:
    """A minus takes away no synonyms."""
    empty.add("a.txt", "Parkens medborgare.")
    assert empty.files("park -invånare") == ["a.txt"]


def test_the_vocabularies_hold_together() -> None:
    """No name stands in two groups, every kind asked for exists, and a word looks up a dozen terms or so."""
    names = [name for group in table("synonyms")["same"] for name in group]
    assert len(names) == len(set(names))
    assert {kind for kinds in table("asking")["kinds"].values() for kind in kinds} <= set(kind_titles())
    assert all(len(analysis.lookups(name)) <= 14 for name in names if " " not in name)
    assert all(synonyms.names_of(concept) for name in names for concept in synonyms.asked(stem(name)))


def test_a_question_asks_for_its_telling_words(empty: Library) -> None:
    """`vad har vi frågat om` is no part of what is looked for but says which kind is wanted first."""
    empty.add("plan.txt", "Plan för parken. Inget har frågats.", Kind("handlingsplan"), Title("Plan"))
    empty.add("fråga.txt", "Om parken, en fråga till nämnden.", Kind("interpellation"), Title("Fråga"))
    result = empty.search("vad har vi frågat om parken?")
    assert [hit.file for hit in result.hits] == ["fråga.txt", "plan.txt"]
    assert result.complete == 2


def test_a_motion_is_found_by_its_number_in_any_spelling(empty: Library) -> None:
    """The motion itself comes before what mentions it; another kind with that number is another thing."""
    empty.add("svar.txt", "Svar på motionen (2021:14) om parken.", Kind("tjansteutlatande"), Key("motion", "2021:14"))
    empty.add("motion.txt", "Motion 2021:14 om parken.", Kind("motion"), Key("motion", "2021:14"))
    empty.add("fråga.txt", "Interpellation 2021:14.", Kind("interpellation"), Key("interpellation", "2021:14"))
    for typed in ("motion 2021:14", "motionen (2021:14)", "motion nr 14/2021"):
        assert empty.files(typed)[:2] == ["motion.txt", "svar.txt"]
    assert empty.search("motion 2021:14").hits[0].why == ("nummer Motion 2021:14",)
    assert set(empty.files("2021:14")) == {"motion.txt", "svar.txt", "fråga.txt"}


def test_a_document_of_one_number_comes_before_an_agenda(empty: Library) -> None:
    """Minutes carry the numbers of many matters."""
    text = "Ärendet KS 2019/756 om policyn."
    empty.add("protokoll.txt", text, numbered("KS 2019/756"), numbered("KS 2019/80"))
    empty.add("policy.txt", f"{text} Det är ett längre ärende om annat.", numbered("KS 2019/756"))
    assert empty.files("ks2019-756") == ["policy.txt", "protokoll.txt"]


def test_authors_come_before_those_named(empty: Library) -> None:
    """A surname finds what the person wrote first."""
    empty.add("nämnd.txt", "Eva Almroth frågade. Eva Almroth svarade.", Mention("Eva Almroth", "S", None, "mentioned"))
    empty.add("skriven.txt", "Om parken och annat i den. Eva Almroth", Mention("Eva Almroth", "S", None, "author"))
    assert empty.files("Almroths") == ["skriven.txt", "nämnd.txt"]


def test_a_kind_alone_comes_before_its_like(empty: Library) -> None:
    """`typ:interpellation` gives interpellations first, then the replies."""
    empty.add("svar.txt", "Svar.", Kind("interpellationssvar"))
    empty.add("fråga.txt", "Fråga.", Kind("interpellation"))
    assert empty.files("typ:interpellation") == ["fråga.txt", "svar.txt"]


def test_an_unknown_compound_is_asked_for_by_its_parts(empty: Library) -> None:
    """Where nothing holds the compound, its parts are searched for and the answer says so."""
    empty.add("a.txt", "Invånarnas inflytande ska bli större.")
    result = empty.search("invånarinflytande")
    assert [hit.file for hit in result.hits] == ["a.txt"]
    assert (result.suggestion, result.replaced) == ("invånar inflytande", True)
