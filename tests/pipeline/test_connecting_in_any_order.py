"""Connecting as documents come: the outcome is that of making everything anew, whatever the order and the pauses."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bench.extraction import read
from corpus.connections import FULL
from corpus.records import Record
from corpus.store import Store
from pipeline.connect import connect
from tests.conftest import PROJECT
from tests.pipeline.test_connecting import HARBOUR, STAFF, STAFF_REPLY, Library, dated

GOLD = PROJECT / "tests" / "gold"
Connected = tuple[list[Any], dict[Any, Any]]


@pytest.fixture(scope="module")
def records() -> list[Record]:
    """The documents of all invented cities, as one library would hold them."""
    files = sorted(GOLD.glob("extraction/*/*.txt"))
    return [replace(read(file), file=f"{file.parent.name}/{file.name}", sha256=str(file)) for file in files]


def connected(store: Store) -> Connected:
    """Every link and answer, with documents by name: their numbers tell in which order they came."""
    names = {listed.id: listed.file for listed in store.documents()}
    links = [(k.kind, names[k.source], names[k.target], k.reasons, k.confidence) for k in store.links()]
    answers = {
        (names[document], question): (answer.reply and names[answer.reply], answer.status, answer.missing,
                                      answer.passages, answer.confidence)
        for (document, question), answer in store.answers().items()
    }  # fmt: skip
    return sorted(links), answers


def save(store: Store, record: Record) -> int:
    document = store.begin(record.file, record.sha256, record.media_type)
    store.save(document, record)
    return document


def at_once(home: Path, records: Sequence[Record]) -> Connected:
    """What connecting makes of a library that holds everything before the first time."""
    with Store(home, create=True) as store:
        for record in records:
            save(store, record)
        connect(store)
        return connected(store)


@pytest.fixture(scope="module")
def expected(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Connected:
    return at_once(tmp_path_factory.mktemp("alla"), records)


def test_there_is_something_to_compare(expected: Connected) -> None:
    links, answers = expected
    assert {link[0] for link in links} >= {"answers", "refers to"}
    assert {answer[1] for answer in answers.values()} >= {"answered", "no_reply"}


@pytest.mark.parametrize("seed", range(4))
def test_documents_come_in_any_order_and_number(
    records: list[Record], expected: Connected, tmp_path: Path, seed: int
) -> None:
    """Some come again with other findings, or lose their text and get it back."""
    chance = Random(seed)  # noqa: S311
    order = chance.sample(records, len(records))
    with Store(tmp_path, create=True) as store:
        for record, other in zip(order, chance.sample(records, len(records)), strict=True):
            draw = chance.random()
            if draw < 0.2:  # read anew since: the first time it held another's text and findings
                save(store, replace(record, pages=other.pages, findings=other.findings))
                connect(store)
            elif draw < 0.4:
                save(store, record)
                connect(store)
                save(store, replace(record, pages=(), findings=()))
                connect(store)
            save(store, record)
            if chance.random() < seed / 3:
                connect(store)
        connect(store)
        assert connected(store) == expected


def test_the_sample_documents_come_in_reverse(samples_home: Path, tmp_path: Path) -> None:
    with Store(samples_home) as store:
        held = [store.record(listed.id) for listed in store.documents() if listed.pages_held]
        expected = connected(store)
    with Store(tmp_path, create=True) as store:
        for record in reversed(held):
            save(store, record)
            connect(store)
        assert connected(store) == expected


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Store(tmp_path, create=True) as store:
        yield Library(store)


BRIEF_REPLY = """Interpellationssvar av borgarrådet Emil Bodin (M)

Till Karin Alm (S)

Tack för frågorna. Jag återkommer så snart jag vet mer.

Lövhamn den 14 oktober 2024

Emil Bodin
"""


def test_a_key_too_many_share_counts_for_none_and_comes_back(library: Library, tmp_path: Path) -> None:
    """When one asker has put more in a year than tells anything, the name alone no longer finds a reply."""
    asked = library.add("interpellation.txt", dated(STAFF, "2024-09-02"))
    library.add("svar.txt", BRIEF_REPLY)
    (link,) = library.links()
    others = [library.add(f"{n}.txt", dated(HARBOUR, "2024-10-02") + f"\n{n}") for n in range(FULL)]
    assert library.links() == []
    with library.store.connecting() as held:
        assert any(held.members(bucket) is None for bucket in held.buckets(asked))
    assert connected(library.store) == at_once(tmp_path / "på nytt", held_in(library.store))
    for other in others:
        library.store.save(other, Record(str(other), str(other), "text/plain", ()))
    assert library.links() == [link]


def held_in(store: Store) -> list[Record]:
    return [store.record(listed.id) for listed in store.documents()]


def test_a_better_question_takes_the_reply_over(library: Library) -> None:
    """The link and the answers move with it; the first one's questions stand without a reply again."""
    first = library.add("kajen.txt", dated(HARBOUR, "2024-09-02").replace("kajens tillstånd", "socialtjänsten"))
    library.add("svar.txt", STAFF_REPLY)
    library.links()
    better = library.add("socialtjänsten.txt", dated(STAFF, "2024-09-02"))
    assert [link.target for link in library.links()] == [better]
    statuses = {key[0]: answer.status for key, answer in library.store.answers().items()}
    assert statuses[first] == "no_reply"
    assert statuses[better] == "answered"


def test_what_another_version_made_is_made_again(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.add("interpellation.txt", dated(STAFF, "2024-09-02"))
    library.add("svar.txt", STAFF_REPLY)
    (link,) = library.links()
    with library.store.connecting() as held:
        held.add_links([replace(link, reasons=("gammalt",))])
    assert library.links()[0].reasons == ("gammalt",)  # nothing was saved: nothing is looked at
    monkeypatch.setattr("pipeline.connect.VERSION", "en annan")
    assert library.links() == [link]
