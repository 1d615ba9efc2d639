"""Search over the small library: what is found, in what order, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.dates import When
from corpus.values import Title

if TYPE_CHECKING:
    from tests.index.conftest import Library


@pytest.mark.parametrize("typed", ["KS 2018/42", "KS2018/0042", "ks-2018-42", "dnr KS/2018:42", "Dnr 2018/42"])
def test_a_case_number_is_found_in_any_spelling(library: Library, typed: str) -> None:
    """Every spelling of one number finds the documents that carry it, and not another authority's number."""
    assert set(library.files(typed)) == {"badhus.txt", "svar.txt"}


def test_a_number_of_another_unit_is_another_number(library: Library) -> None:
    """The unit tells `SN 2017/42` from `KS 2018/42`."""
    assert library.files("SN 2017/42") == ["fi.txt"]


def test_rad_with_and_without_ring_are_two_words(library: Library) -> None:
    """`råd` never finds `rad`; `rad`, which may be råd without its ring, finds the plain word first."""
    assert "plan.txt" not in library.files("råd")
    assert library.files("rad")[0] == "plan.txt"


def test_a_word_finds_its_other_forms(library: Library) -> None:
    """`borgarråd` finds `borgarrådet`, and the hit says so."""
    hits = library.search("borgarråd").hits
    assert [hit.file for hit in hits] == ["badhus.txt"]
    assert hits[0].why == ("böjning: Borgarrådet → borgarråd",)


def test_a_part_of_a_compound_finds_it_below_the_whole_word(library: Library) -> None:
    """`nämnd` finds `nämnden` first, then `socialnämnden` as its part."""
    hits = library.search("nämnd").hits
    assert [hit.file for hit in hits] == ["brev.txt", "badhus.txt"]
    assert hits[1].why == ("del av Socialnämnden",)


def test_a_query_without_dots_finds_the_right_word(library: Library) -> None:
    """`bistandshandlaggarnas` finds `biståndshandläggarnas`, and the hit says that dots were missing."""
    hits = library.search("bistandshandlaggare").hits
    assert [hit.file for hit in hits] == ["brev.txt"]
    assert hits[0].why == ("utan prickar: biståndshandläggarnas",)


def test_the_spelling_before_restoration_is_found(library: Library) -> None:
    """A word only the unrestored page has still finds the page and is shown as its original spelling."""
    hits = library.search("4ldreomsorgen").hits
    assert [hit.file for hit in hits] == ["brev.txt"]
    assert hits[0].why == ("ursprunglig stavning: 4ldreomsorgen",)


def test_a_noun_of_action_finds_the_verb(library: Library) -> None:
    """`revidering` finds `revideras`."""
    assert library.files("handlingsplanens revidering")[0] == "plan.txt"


def test_a_phrase_is_words_in_a_row(library: Library) -> None:
    """A phrase finds only the words in that order."""
    assert library.files('"nytt badhus"') == ["badhus.txt"]
    assert library.files('"badhus nytt"') == []


def test_minus_takes_away(library: Library) -> None:
    """`-ord` takes away documents with the word in any form."""
    assert library.files("simhall -badhuset") == ["svar.txt"]


def test_or_finds_either(library: Library) -> None:
    """`OR` finds documents with one or the other."""
    assert set(library.files("hamnen OR gatubelysning")) == {"badhus.txt", "fi.txt"}


def test_a_star_finds_beginnings(library: Library) -> None:
    """`simhal*` finds every word that begins so."""
    assert set(library.files("simhal*")) == {"badhus.txt", "svar.txt"}


def test_a_hyphenated_word_is_one_and_two(library: Library) -> None:
    """`HR-konsult` is found written so, in pieces, and together."""
    for typed in ("HR-konsulter", "hr konsulter", "hrkonsulter"):
        assert library.files(typed) == ["plan.txt"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("typ:motion", {"fi.txt"}),
        ("typ:interpellation", {"badhus.txt", "svar.txt"}),
        ('typ:"interpellation"', {"badhus.txt"}),
        ("typ:svar", {"svar.txt"}),
        ("parti:V", {"badhus.txt", "svar.txt"}),
        ("parti:vänsterpartiet simhall", {"badhus.txt", "svar.txt"}),
        ("nämnd:stadsbyggnadsnämnden", {"plan.txt"}),
        ("nämnd:kommunfullmäktige -typ:interpellationssvar", {"badhus.txt"}),
        ('person:"Eva Ek"', {"badhus.txt"}),
        ("person:ström", {"svar.txt"}),
        ('dnr:"KS 2018/42"', {"badhus.txt", "svar.txt"}),
        ("titel:gatubelysning", {"fi.txt"}),
        ("§ 63/20", {"svar.txt"}),
        ("år:2018", {"badhus.txt"}),
        ("år:2018..2020", {"badhus.txt", "svar.txt"}),
        ("år:2020..", {"svar.txt", "plan.txt"}),
        ("före:2018", {"fi.txt"}),
        ("före:2020-02", {"fi.txt", "badhus.txt"}),
        ("efter:2018-03-12", {"svar.txt", "plan.txt"}),
        ("år:saknas", {"brev.txt"}),
    ],
)
def test_fields_narrow(library: Library, typed: str, found: set[str]) -> None:
    """Each field finds exactly the documents it names."""
    assert set(library.files(typed)) == found


@pytest.mark.parametrize("typed", ["Vänsterpartiet", "vänsterpartiet", "(V)"])
def test_a_party_is_found_however_printed(library: Library, typed: str) -> None:
    """The name finds the code in parentheses and the genitive; both say which party it is."""
    hits = library.search(typed).hits
    assert {hit.file for hit in hits} == {"badhus.txt", "svar.txt"}
    assert {hit.why[0] for hit in hits} == {"parti V"}


def test_a_party_of_two_words_is_one(library: Library) -> None:
    """`feministiskt initiativ` finds `(Fi)`."""
    assert library.files("feministiskt initiativ") == ["fi.txt"]


def test_lone_letters_are_no_parties(library: Library) -> None:
    """`s 5`, `m.` and `(SAM)` in running text make no document one of the Social Democrats or the Moderates."""
    assert library.files("moderaterna") == []
    assert library.files("socialdemokraterna") == ["svar.txt"]


def test_most_of_the_words_will_do(library: Library) -> None:
    """Where no document has every word, those with most of them come, and `complete` says none has all."""
    result = library.search("badhus hamnen gatubelysning")
    assert [hit.file for hit in result.hits] == ["badhus.txt"]
    assert (result.total, result.complete) == (1, 0)


def test_function_words_are_not_asked_for(library: Library) -> None:
    """`om` and `i` do not count as words a document must have."""
    assert library.search("motion om gatubelysning i och för sig").complete == 1


def test_undated_documents_are_counted(library: Library) -> None:
    """A date filter leaves out what has no date, and says how many that were."""
    result = library.search("bygg år:2015..2022")
    assert "brev.txt" not in [hit.file for hit in result.hits]
    assert result.undated == 1


def test_a_misspelling_is_answered(library: Library) -> None:
    """Where nothing has the word, the nearest word is searched for and the answer says so."""
    result = library.search("gatubelysnign")
    assert (result.suggestion, result.replaced) == ("gatubelysning", True)
    assert [hit.file for hit in result.hits] == ["fi.txt"]


def test_a_known_word_is_not_guessed_at(library: Library) -> None:
    """There is no suggestion where the words are known."""
    assert library.search("badhus").suggestion is None


def test_facets_count_all_hits_not_only_those_shown(library: Library) -> None:
    """Facets are of every document found, whatever the limit."""
    result = library.search("parti:V", limit=1)
    assert (len(result.hits), result.total) == (1, 2)
    assert result.facets["kind"] == {"interpellation": 1, "interpellationssvar": 1}
    assert result.facets["year"] == {"2018": 1, "2020": 1}
    assert result.facets["party"] == {"S": 1, "V": 2}
    assert result.facets["body"] == {"Kommunfullmäktige": 2}


def test_pages_of_hits_follow_on_each_other(library: Library) -> None:
    """`offset` goes on where `limit` stopped."""
    both = library.files("simhall")
    assert [hit.file for n in (0, 1) for hit in library.search("simhall", limit=1, offset=n).hits] == both


def test_a_hit_carries_what_a_list_shows(library: Library) -> None:
    """Title, kind and date come from findings; the snippet is verbatim and its highlights are the words found."""
    hit = library.search("borgarrådet hamnen").hits[0]
    assert (hit.file, hit.kind, hit.page) == ("badhus.txt", "interpellation", 1)
    assert hit.title == "Interpellation om badhuset"
    assert hit.date == When(2018, 3, 12)
    assert [hit.snippet[start:end] for start, end in hit.highlights] == ["Borgarrådet", "hamnen"]


def test_the_title_weighs_more_than_the_text(empty: Library) -> None:
    """A document about a thing comes before one that mentions it as often."""
    empty.add("nämner.txt", "Rapport. Hur går det med skolgården och annat i staden i år?", Title("Rapport"))
    empty.add("handlar.txt", "Skolgården. Hur går det med allt annat som görs i staden i år?", Title("Skolgården"))
    assert empty.files("skolgård") == ["handlar.txt", "nämner.txt"]


def test_a_library_with_nothing_in_it_answers(empty: Library) -> None:
    """An empty library finds nothing and does not fail."""
    assert empty.search("något år:2019 -annat").total == 0
    assert empty.search("").total == 0
