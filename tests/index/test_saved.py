"""Saved searches, documents like one another, and what the index tells of a document from those around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpus.errors import WrongUse
from corpus.links import Answer, Link
from corpus.values import Question, Title
from index import likes, saved
from index.search import Window, each, like, search
from tests.index.conftest import dated, numbered

if TYPE_CHECKING:
    from tests.index.conftest import Library

PLAN = (
    "Handlingsplanen för skolgårdar antogs av nämnden och ska följas upp av rektorerna varje höst, med träd och sand. "
)
LONG = PLAN + (
    "Förvaltningen redovisar kostnaden för gungor, sandlådor, belysning och asfalt samt hur barnen har fått säga sitt "
    "om platserna. Arbetet börjar i norra kommundelen och fortsätter söderut när upphandlingen är klar."
)


def test_what_is_new_since_last_time(empty: Library) -> None:
    """What was there when the search was saved is not new; what has been shown is not new again."""
    empty.add("en.txt", "Cykelbanan byggs.")
    saved.save(empty.store, empty.home, "cykel", "cykelbana")
    assert saved.news(empty.store, empty.home, "cykel", Window()).total == 0
    for name in ("två", "tre"):
        empty.add(f"{name}.txt", "Cykelbanan är klar.")
    empty.add("annat.txt", "Simhallen öppnar.")
    assert [(one.name, one.total, one.new) for one in saved.watched(empty.store, empty.home)] == [("cykel", 3, 2)]
    first = saved.news(empty.store, empty.home, "cykel", Window(limit=1))
    assert (first.total, len(first.hits)) == (2, 1)
    second = saved.news(empty.store, empty.home, "cykel", Window())
    assert second.total == 1
    assert {first.hits[0].file, second.hits[0].file} == {"två.txt", "tre.txt"}
    assert saved.news(empty.store, empty.home, "cykel", Window()).hits == ()
    assert empty.store.remove_search("cykel")
    with pytest.raises(WrongUse):
        saved.named(empty.store, "cykel")


@pytest.mark.parametrize(("name", "query"), [("n" * 201, "cykel"), ("\u202e", "cykel"), ("cykel", "cykel " * 200)])
def test_a_name_and_a_query_that_cannot_be_shown_again_are_not_saved(empty: Library, name: str, query: str) -> None:
    with pytest.raises(WrongUse, match="tecken"):
        saved.save(empty.store, empty.home, name, query)
    assert saved.watched(empty.store, empty.home) == []


def test_a_document_that_comes_to_fit_is_new(empty: Library) -> None:
    """A document that was held but not found, and is found when read better, is new too."""
    empty.add("en.txt", "Cyk lbanan byggs.")
    saved.save(empty.store, empty.home, "cykel", "cykelbana")
    empty.add("en.txt", "Cykelbanan byggs.")
    assert [hit.file for hit in saved.news(empty.store, empty.home, "cykel", Window()).hits] == ["en.txt"]


def test_the_same_text_stands_under_its_like(empty: Library) -> None:
    """Two copies are shown together, the second as a copy; a document on the same subject is none."""
    empty.add("plan.txt", f"{LONG} Skolgårdar.")
    empty.add("annan.txt", f"Skolgårdar och planen för dem. {PLAN} Men här handlar resten om något helt annat, " * 2)
    empty.add("kopia.txt", LONG.replace("sandlådor", "sandiådor"))
    hits = empty.search("handlingsplan skolgårdar gungor").hits
    by_file = {hit.file: hit for hit in hits}
    one, two = by_file["plan.txt"], by_file["kopia.txt"]
    assert {one.same_as, two.same_as} == {None, one.document if one.same_as is None else two.document}
    assert abs(hits.index(one) - hits.index(two)) == 1
    assert by_file["annan.txt"].same_as is None


def test_a_short_text_has_no_sketch() -> None:
    """Forms and cover pages are alike without being one document."""
    assert likes.sketch("ett kort brev".split()) == b""
    assert not likes.same_text(b"", b"")
    words = LONG.split()
    assert likes.same_text(likes.sketch(words), likes.sketch(words))


def test_more_like_this(empty: Library) -> None:
    """Documents on the subject of one, nearest first, never itself."""
    first = empty.add("fråga.txt", "När byggs cykelbanan mellan hamnen och badhuset? Cykelbanan är utlovad.")
    empty.add("svar.txt", "Cykelbanan till badhuset byggs nästa år, och hamnen får belysning.", Title("Cykelbanan"))
    empty.add("annat.txt", "Nämnden godkänner delårsrapporten.")
    result = like(empty.store, empty.home, first)
    assert [hit.file for hit in result.hits] == ["svar.txt"]
    assert result.hits[0].why


def test_order_of_time(library: Library) -> None:
    """Newest or oldest first; those without a date are last either way, and none is dropped."""
    asked = "badhus OR handlingsplan OR interpellation OR nämnd"
    newest = [hit.date for hit in search(library.store, library.home, asked, order="newest").hits]
    oldest = [hit.date for hit in search(library.store, library.home, asked, order="oldest").hits]
    assert len(newest) == len(oldest) >= 4
    assert newest[-1] is oldest[-1] is None
    assert newest[:-1] == oldest[:-1][::-1]


def test_several_queries_at_once(library: Library) -> None:
    """Each query of a list is answered as if it were asked alone, blank ones with nothing."""
    asked = ["badhus", "", "simhall", "finnsintealls"]
    assert each(library.store, library.home, asked, Window(limit=2)) == [
        search(library.store, library.home, query, limit=2) for query in asked
    ]


def test_matter_and_status_come_from_those_around(empty: Library) -> None:
    """A reply without a number belongs to the matter it answers; a question's status follows its reply."""
    question = Question("När byggs bron?", 1, answered_below=False)
    asked = empty.add("fråga.txt", "När byggs bron?", numbered("KS 2019/7"), question, dated("2019-05"))
    assert empty.files("status:obesvarad bron") == []
    with empty.store.connecting() as held:
        held.replace_answers(asked, [Answer(asked, 1, None, "no_reply", "", (), 0.9)])
    assert empty.files("status:obesvarad bron") == ["fråga.txt"]
    reply = empty.add("svar.txt", "Bron byggs i höst.", dated("2019-09"))
    assert empty.files('ärende:"KS 2019/7"') == ["fråga.txt"]
    with empty.store.connecting() as held:
        held.add_links([Link("answers", reply, asked, ("samma fråga",), 0.9)])
        held.replace_answers(asked, [Answer(asked, 1, reply, "answered", "", (), 0.9)])
    assert set(empty.files('ärende:"KS 2019/7"')) == {"fråga.txt", "svar.txt"}
    assert empty.files("status:öppen") == []
    assert empty.files("status:besvarad") == ["fråga.txt"]
    facets = empty.search("bron").facets
    assert (facets["matter"], facets["status"]) == ({"KS 2019/7": 2}, {"answered": 1})
