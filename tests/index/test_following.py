"""Following a matter: a part of a ledger is that part of the whole, and costs what is asked for, not what is held."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.following import NUMBER, TOPIC, Library
from corpus import judgements
from corpus.judgements import AnswerJudgement, LinkJudgement
from corpus.store import Store
from corpus.swedish.likeness import Stems, kinship
from corpus.values import Question
from index import judged, ledger
from index.holdings import holdings
from index.timeline import timeline
from index.trace import MINUTES, matter, trace

SMALL = 150
ENOUGH, LARGE = 600, 2_400  # the first already holds as many documents on a promise as are read


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of made-up matters in which people have judged."""
    home = tmp_path_factory.mktemp("town")
    with Store(home, create=True) as store:
        held = Library(home, store)
        held.grow(SMALL)
        _judge(store)
        yield held


def _judge(store: Store) -> None:
    """Reject a reply, set another far away, and choose among the passages of an answer."""
    links = [link for link in store.links() if link.kind == "answers"]
    first, second, last = (judged.named(store, links[at].source) for at in (0, 1, -1))
    asked = [judged.named(store, links[at].target) for at in (0, 1)]
    judgements.add_link(store.home, LinkJudgement("answers", first, asked[0], "rejected", "Eva"))
    judgements.add_link(store.home, LinkJudgement("answers", last, asked[0], "accepted", "Eva"))
    judgements.add_link(store.home, LinkJudgement("same matter", second, last, "accepted", "Eva"))
    _, question = next(iter(store.findings(Question, documents=[links[1].target])))
    judgements.add_answer(store.home, AnswerJudgement(asked[1], question.text, "Eva", "unanswered"))


def documents(library: Library) -> list[int]:
    return [listed.id for listed in library.store.documents()]


def test_the_ledgers_of_a_document_are_its_part_of_the_whole(library: Library) -> None:
    store = library.store
    questions, demands = ledger.questions(store), ledger.demands(store)
    promises, statements = ledger.promises(store), ledger.statements(store)
    assert {q.judged[:4] for q in questions} >= {"", "satt", "kopp"}
    assert all((questions, demands, promises, statements))
    for document in documents(library):
        assert ledger.questions(store, [document]) == [q for q in questions if q.asked.document == document]
        assert ledger.demands(store, [document]) == [d for d in demands if d.put.document == document]
        assert ledger.promises(store, [document]) == [p for p in promises if p.given.document == document]
        assert ledger.statements(store, [document]) == [s for s in statements if s.made.document == document]


def test_what_is_known_of_a_document_is_its_part_of_the_whole(library: Library) -> None:
    store = library.store
    held, links, answers = holdings(store), judged.judged_links(store), judged.answers(store)
    assert any(one.rejected for one in links)
    for document in documents(library):
        assert holdings(store, [document]) == {document: held[document]}
        near = [one for one in links if document in (one.link.source, one.link.target)]
        assert judged.judged_links(store, [document]) == near
        own = {key: answer for key, answer in answers.items() if key[0] == document}
        assert judged.answers(store, [document]) == own


def test_a_matter_is_what_is_found_and_what_is_linked_to_it(library: Library) -> None:
    store = library.store
    named = next(link for link in store.links() if link.kind == "answers")
    kinds = {document: holding.kind for document, holding in holdings(store).items()}
    links = [link for link in judged.links(store) if named.target in (link.source, link.target)]
    near = {document for link in links for document in (link.source, link.target)}
    assert kinds[named.target] != MINUTES
    assert set(matter(store, library.home, str(named.target))[1]) == near | {named.target}


def test_the_newest_date_is_that_of_the_newest_document(library: Library) -> None:
    dates = [one.when for one in holdings(library.store).values() if one.when.year]
    assert ledger.newest(library.store) == max(dates, key=lambda when: when.order)


def test_nearness_is_looked_up_as_it_is_reckoned() -> None:
    stems = ["kaj", "fiskekaj", "hamnplan", "handling", "plan", "handlingsplan", "planer", "hamn"]
    for one in (*stems, "handlings", "planen", "upphandling", "handlingsplaner", "bro"):
        for chosen in (stems, stems[:3], stems[4:6], []):
            assert Stems(chosen).kinship(one) == kinship(one, frozenset(chosen))


def test_following_a_matter_costs_no_more_in_a_larger_library(tmp_path: Path) -> None:
    """Counted in steps of the database, for a matter that stays the same while the library grows."""
    with Store(tmp_path, create=True) as store:
        library = Library(tmp_path, store)
        library.grow(ENOUGH)
        _judge(store)
        topic, found = matter(store, tmp_path, "1-0.txt")
        questions = [key for key, _ in store.findings(Question, documents=found)]

        def work() -> None:
            assert matter(store, tmp_path, "1-0.txt") == (topic, found)
            assert trace(store, tmp_path, "1-0.txt").topic == topic
            assert timeline(store, topic, found)
            assert judged.find_question(store, f"f{questions[0][0]}-1") == questions[0]

        before = _steps(store, work)
        library.grow(LARGE)
        after = _steps(store, work)
        assert after < 1.3 * before


def _steps(store: Store, work: Callable[[], object]) -> int:
    work()  # the index catches up
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    store._db.set_progress_handler(count, 10)
    work()
    store._db.set_progress_handler(None, 0)
    return steps


def test_words_and_number_find_the_matter_followed(library: Library) -> None:
    by_words = matter(library.store, library.home, " ".join(TOPIC))[1]
    assert by_words
    assert set(by_words) == set(matter(library.store, library.home, str(NUMBER))[1])
