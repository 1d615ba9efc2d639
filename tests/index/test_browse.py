"""The ledgers page by page: together the pages hold what the whole ledger holds, narrowed as it would be."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from corpus import settings
from corpus.errors import WrongUse
from corpus.people import same_person
from corpus.settings import EngineName
from corpus.store import Store
from index import browse, ledger, persons, suggest
from index.browse import Leaf, Narrowed
from index.catalogue import reindex
from index.parties import deeds


@pytest.fixture(scope="module", params=get_args(EngineName))
def held(
    samples_home: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Store]:
    """The sample corpus, once with each engine."""
    home = tmp_path_factory.mktemp("browsed") / "home"
    shutil.copytree(samples_home, home)
    with Store(home) as store:
        settings.store(home, "engine", request.param)
        reindex(home, store).close()
        yield store


def _all(read: Callable[[int], Leaf[Any]]) -> list[Any]:
    """Return what all pages hold, one after the other."""
    first = read(1)
    return [item for page in range(1, first.pages + 1) for item in read(page).items]


@pytest.fixture
def three_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have so few documents to a page that there are several."""
    monkeypatch.setattr(browse, "PER_PAGE", 3)


@pytest.mark.usefixtures("three_a_page")
@pytest.mark.parametrize("party", ["", "V", "S", "M", "L", "KD"])
def test_the_pages_hold_every_question_of_a_party(held: Store, party: str) -> None:
    found = _all(lambda page: browse.questions(held, held.home, Narrowed(party=party), page))
    wanted = ledger.matching(ledger.questions(held), party=party or None)
    assert sorted(one.id for one in found) == sorted(one.id for one in wanted)
    assert len(found) > 0 or party == "KD"


@pytest.mark.usefixtures("three_a_page")
@pytest.mark.parametrize("to", ["Marika Hjortnäs", "Hjortnäs", "Henrik Sandelius", "Ingen Alls"])
def test_the_pages_hold_every_question_put_to_a_person(held: Store, to: str) -> None:
    found = _all(lambda page: browse.questions(held, held.home, Narrowed(person=to), page))
    assert sorted(one.id for one in found) == sorted(one.id for one in ledger.matching(ledger.questions(held), to=to))


@pytest.mark.parametrize("status", ["öppen", "Besvarad", "delvis  besvarad", "svar saknas", "återtagen", "bordlagd"])
def test_the_pages_hold_every_question_of_a_status(held: Store, status: str) -> None:
    found = browse.questions(held, held.home, Narrowed(status=status)).items
    statuses = browse.statuses_named(status)
    assert sorted(one.id for one in found) == sorted(q.id for q in ledger.questions(held) if q.status in statuses)


@pytest.mark.usefixtures("three_a_page")
@pytest.mark.parametrize("typed", ["marika", "Hjort", "MARIKA HJ", "hjortnas"])
def test_a_name_may_be_begun_from_the_first_name_or_the_last(held: Store, typed: str) -> None:
    whole, begun = Narrowed(person="Marika Hjortnäs"), Narrowed(person=typed)
    for read in (browse.questions, browse.promises):
        wanted, found = read(held, held.home, whole), read(held, held.home, begun)
        assert found.documents == wanted.documents > 0
        assert [one.id for one in found.items] == [one.id for one in wanted.items] != []
    assert browse.questions(held, held.home, Narrowed(person="ortnäs")).documents == 0


@pytest.mark.usefixtures("three_a_page")
@pytest.mark.parametrize("by", ["", "Henrik Sandelius", "Hjortnäs"])
@pytest.mark.parametrize("overdue", [False, True])
def test_the_pages_hold_every_promise(held: Store, by: str, *, overdue: bool) -> None:
    found = _all(lambda page: browse.promises(held, held.home, Narrowed(person=by, overdue=overdue), page))
    today = ledger.newest(held)
    wanted = [
        one.given.quote
        for one in ledger.promises(held)
        if (not by or (one.by and same_person(by, one.by))) and (not overdue or ledger.is_due_before(one, today))
    ]
    assert sorted(one.given.given.quote for one in found) == sorted(wanted)
    assert found
    assert all(one.passed == ledger.is_due_before(one.given, today) for one in found)


def test_a_promise_is_asked_for_by_its_number(held: Store) -> None:
    listed = browse.promises(held, held.home, Narrowed()).items
    assert len({one.id for one in listed}) == len(listed)
    one = browse.promise(held, listed[0].id)
    assert one.given.given == listed[0].given.given
    assert one.given.searched
    for wrong in ("", "x", "1-99", "9999999999999-1", "1", "²-1"):
        with pytest.raises(WrongUse):
            browse.promise(held, wrong)


@pytest.mark.usefixtures("three_a_page")
@pytest.mark.parametrize("party", ["V", "S", "MP", "KD", "XYZ"])
def test_the_pages_hold_every_deed_of_a_party(held: Store, party: str) -> None:
    found = _all(lambda page: browse.party(held, held.home, party, page=page))
    assert sorted(deed.said.quote for deed in found) == sorted(deed.said.quote for deed in deeds(held, party))


def test_a_topic_wants_all_its_words_and_cannot_break_out_of_its_brackets(held: Store) -> None:
    everything = browse.questions(held, held.home, Narrowed()).documents
    for topic in ("introduktionsår", "introduktionsår handledning", '"extern handledning', "handledning) OR (mentor"):
        found = browse.questions(held, held.home, Narrowed(topic=topic))
        assert found.documents < everything, topic
    assert browse.questions(held, held.home, Narrowed(topic="introduktionsår kvantdator")).documents == 0


def test_a_year_narrows_and_the_facets_tell_of_what_is_found(held: Store) -> None:
    found = browse.questions(held, held.home, Narrowed(year="2024..2025"))
    assert set(found.facets["year"]) <= {"2024", "2025"}
    assert found.documents == sum(found.facets["year"].values())
    for code, count in found.facets["party"].items():
        assert browse.questions(held, held.home, Narrowed(year="2024..2025", party=code)).documents == count


@pytest.mark.parametrize(
    "wrong", [Narrowed(status="besvarat"), Narrowed(year="i fjol"), Narrowed(year="2019 OR x"), Narrowed(party='V" x')]
)
def test_what_makes_no_sense_is_said(held: Store, wrong: Narrowed) -> None:
    with pytest.raises(WrongUse):
        browse.questions(held, held.home, wrong)


def test_a_person_s_deeds(held: Store) -> None:
    found = persons.person(held, held.home, "Marika Hjortnäs")
    asked = [q.id for q in ledger.questions(held) if any(name.startswith("Marika Hjortnäs") for name in q.by)]
    assert sorted(one.id for one in found.asked) == sorted(asked)
    assert found.answered
    assert found.promised
    assert found.signed
    assert {role.party for role in found.roles} == {"S"}
    nobody = persons.person(held, held.home, 'Ingen" OR har:fråga')
    assert (nobody.leaf.documents, nobody.asked, nobody.roles) == (0, (), ())


def test_people_are_found_by_the_beginning_of_any_of_their_names(held: Store) -> None:
    def names(typed: str) -> list[str]:
        return [one.name for one in suggest.people(held, held.home, typed, 60)]

    assert "Marika Hjortnäs" in names("hjort")
    assert "Marika Hjortnäs" in names("MARIKA hj")
    assert "Marika Hjortnäs" not in names("ortnäs")
    assert names("qqq") == []
    assert len(names("")) > len(names("m")) > 0
    counts = {one.name: one.documents for one in suggest.people(held, held.home, "", 60)}
    assert {one.name: one.documents for one in suggest.people(held, held.home, "hjort", 60)}.items() <= counts.items()


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("hjort", 'person:"Marika Hjortnäs"'),
        ("socialn", 'nämnd:"Socialnämnden"'),
        ("vänst", "parti:V"),
        ("VANSTER", "parti:V"),
        ("KS 2019/4", 'ärende:"KS 2019/412"'),
        ("ks2019-", None),
        ("2019/41", 'ärende:"KS 2019/412"'),
        ("parti:V hjort", 'parti:V person:"Marika Hjortnäs"'),
        ("m", None),
        ("", None),
        ('"', None),
        ("*" * 500, None),
    ],
)
def test_suggestions(held: Store, typed: str, query: str | None) -> None:
    found = suggest.suggestions(held, held.home, typed)
    assert len(found) <= suggest.MOST
    assert query is None or query in [one.query for one in found]


def test_a_suggested_title_finds_its_document(held: Store) -> None:
    (title,) = [one for one in suggest.suggestions(held, held.home, "verksamhetsb") if one.kind == "rubrik"]
    assert "Verksamhetsberättelse" in title.shown
    assert title.query.startswith('titel:"')
    assert suggest.suggestions(held, held.home, "verksamhetsberättelse 2021")
    assert not suggest.suggestions(held, held.home, "verksamhetsberättelse xyz")
