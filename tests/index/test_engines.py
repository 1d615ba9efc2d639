"""What every engine promises: the same documents for the same clauses, whatever it has been through."""

import gc
import shutil
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest

from corpus.settings import EngineName
from index.engines.protocol import (
    FACETS,
    All,
    Among,
    Between,
    Clause,
    Document,
    Either,
    Engine,
    Everything,
    Filtered,
    IndexBroken,
    IndexBusy,
    Most,
    Phrase,
    Prefix,
    Term,
    Undated,
)

NAMES = get_args(EngineName)
WORDS = "ån bron skolan råd rad plan vägen hamnen torget parken lampor träd".split()


def _document(number: int, words: str, day: int = 0, title: str = "", keys: tuple[str, ...] = ()) -> Document:
    facets: Any = {"kind": ("motion" if number % 2 else "svar",), "year": (str(day)[:4],) if day else ()}
    terms: Any = {"word": words.split(), "stem": words.split(), "title": title.split(), "key": list(keys)}
    return Document(number, terms, day, day, facets, f"kort {number}")


def _many() -> list[Document]:
    chance = Random(3)  # noqa: S311
    return [
        _document(
            number,
            " ".join(chance.choices(WORDS, k=chance.randrange(3, 60))),
            chance.choice([0, 20150301, 20190612, 20200101, 20231224]),
            chance.choice(["", "plan", "bron över ån"]),
            tuple(chance.sample(["nr:ks20151", "own nr:ks20151", "person eva ek", "party V"], 2)),
        )
        for number in range(1, 121)
    ]


CLAUSES: dict[str, Clause] = {
    "a term": Term("word", "råd", 2.0),
    "a term without dots is another": Term("word", "rad"),
    "a term no one has": Term("word", "flygplats"),
    "a key with spaces": Term("key", "person eva ek"),
    "both": All((Term("word", "bron"), Term("word", "ån"))),
    "either": Either((Term("word", "bron", 0.3), Term("title", "plan", 2.0), Term("key", "own nr:ks20151", 12.0))),
    "either of none": Either(()),
    "words in a row": Phrase(("bron", "skolan")),
    "what begins so": Prefix("word", "pa"),
    "what begins with signs": Prefix("word", "p.*"),
    "most, of which enough have all": Most((Term("word", "bron"), Term("word", "ån")), 1, 3),
    "most, of which few have all": Most(tuple(Term("word", word) for word in WORDS[:6]), 3, 400),
    "most of one": Most((Term("word", "torget"),), 1, 10),
    "between": Filtered(Term("word", "plan"), (Between(20190101, 20191231),)),
    "undated": Filtered(Term("word", "plan"), (Undated(),)),
    "all in order": Filtered(Everything(), (Term("key", "party V"),)),
    "among": Filtered(Everything(), (Among((3, 5, 400, 7)),)),
    "without": Filtered(Term("word", "vägen"), without=(Term("word", "hamnen"), Among((1, 2)))),
    "filtered most": Filtered(Most((Term("word", "ån"), Term("word", "träd")), 1, 400), (Between(20150101, 20201231),)),
}


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Engine]]:
    """The same documents in each engine, some written twice and some taken away."""
    held: dict[str, Engine] = {}
    for name in NAMES:
        engine = import_module(f"index.engines.{name}").create(tmp_path_factory.mktemp(name) / "v")
        engine.update(_many()[:80])
        engine.update([_document(500, "ån bron"), *_many()[60:]])
        engine.update([], gone=[500, 600])
        held[name] = engine
    yield held
    for engine in held.values():
        engine.close()


@pytest.mark.parametrize("asked", CLAUSES)
def test_the_same_clause_finds_the_same_documents(both: dict[str, Engine], asked: str) -> None:
    """How many, how many with all, which, and their facets; the best ones the same."""
    one, other = (both[name].search(CLAUSES[asked], limit=200) for name in NAMES)
    assert (one.total, one.complete) == (other.total, other.complete)
    assert {hit.id for hit in one.hits} == {hit.id for hit in other.hits}
    assert one.facets == other.facets
    assert {hit.id: hit.card for hit in one.hits} == {hit.id: hit.card for hit in other.hits}
    best = {hit.id for hit in one.hits[:10]}
    assert len(best & {hit.id for hit in other.hits[:10]}) >= 0.8 * len(best)
    assert one.total > 0 or asked in {"a term no one has", "either of none", "what begins with signs"}


@pytest.mark.parametrize(("asked", "order"), list(product(["a term", "undated", "all in order"], ["newest", "oldest"])))
def test_in_order_of_time_those_without_a_date_are_last(both: dict[str, Engine], asked: str, order: Any) -> None:
    """The same days in the same order from both, whichever page is asked for."""
    days = {document.id: document.first for document in _many()}
    told = []
    for name in NAMES:
        hits = both[name].search(CLAUSES[asked], limit=7, offset=0, order=order).hits
        hits += both[name].search(CLAUSES[asked], limit=200, offset=7, order=order).hits
        assert len({hit.id for hit in hits}) == len(hits)
        told.append([days[hit.id] for hit in hits])
    dated = [day for day in told[0] if day]
    assert told[0] == told[1] == sorted(dated, reverse=order == "newest") + [0] * (len(told[0]) - len(dated))


def test_equals_stand_newest_first(both: dict[str, Engine]) -> None:
    """Hits that score the same come by date, over all of them and not one page at a time."""
    days = {document.id: document.last for document in _many()}
    for name in NAMES:
        shown = [days[h.id] for at in range(0, 80, 5) for h in both[name].search(Everything(), limit=5, offset=at).hits]
        assert shown == sorted(days.values(), reverse=True)[:80]


def test_facets_are_counted_on_demand(both: dict[str, Engine]) -> None:
    """Who needs no facets pays for none."""
    for name in NAMES:
        assert both[name].search(Everything(), limit=0).facets["kind"] == {"motion": 60, "svar": 60}
        assert not any(both[name].search(Everything(), limit=1, facets=False).facets[facet] for facet in FACETS)


def test_terms_by_their_beginning_come_commonest_first(both: dict[str, Engine]) -> None:
    """The same terms from both, with about how many documents hold each: those changed may count twice."""
    keys = [key for document in _many() for key in document.terms["key"]]
    for name in NAMES:
        ((term, count),) = both[name].beginning("key", "person e", 5)
        assert term == "person eva ek"
        assert keys.count(term) <= count < 2 * keys.count(term)
        counts = [count for _, count in both[name].beginning("key", "", 3)]
        assert counts == sorted(counts, reverse=True)
        assert len(counts) == 3
        assert both[name].beginning("key", "person eve", 5) == []


def test_words_and_what_is_held(both: dict[str, Engine]) -> None:
    """The words of the index by their beginning; a term whose last document is gone is not held."""
    for name in NAMES:
        assert set(both[name].words("r")) == {"råd", "rad"}
        assert both[name].frequency("råd") > both[name].frequency("finns inte") == 0
        assert both[name].holds("word", "råd")
        assert not both[name].holds("word", "finns inte")
        both[name].update([_document(900, "enstaka")])
        assert both[name].holds("word", "enstaka")
        both[name].update([], gone=[900])
        assert not both[name].holds("word", "enstaka")


@pytest.fixture(params=NAMES)
def module(request: pytest.FixtureRequest) -> Any:
    return import_module(f"index.engines.{request.param}")


def test_a_batch_is_all_or_nothing(tmp_path: Path, module: Any) -> None:
    """A batch that fails half-way leaves what was there, and the lock is free again."""
    with module.create(tmp_path / "v") as engine:
        engine.update([_document(1, "ett")])

        def failing() -> Iterator[Document]:
            yield _document(2, "två")
            raise EOFError

        with pytest.raises(EOFError):
            engine.update(failing())
        assert [hit.id for hit in engine.search(Everything(), limit=9).hits] == [1]
        engine.update([_document(1, "tre"), _document(3, "fyra")], gone=[7])
        assert [hit.id for hit in engine.search(Everything(), limit=9).hits] == [1, 3]
        assert not engine.holds("word", "ett")


def test_two_writers_do_not_meet(tmp_path: Path, module: Any) -> None:
    """The second writer is told that the index is busy."""
    with module.create(tmp_path / "v") as engine, module.open_folder(tmp_path / "v") as other:

        def meanwhile() -> Iterator[Document]:
            with pytest.raises(IndexBusy):
                other.update([_document(2, "två")])
            yield _document(1, "ett")

        engine.update(meanwhile())


def test_a_reader_sees_what_it_opened(tmp_path: Path, module: Any) -> None:
    """While another writes, a reader has the index as it was; who opens it afterwards has it as it is."""
    with module.create(tmp_path / "v") as writer:
        writer.update([_document(1, "ett")])
        with module.open_folder(tmp_path / "v") as reader:
            writer.update([_document(2, "ett")])
            assert reader.search(Term("word", "ett"), limit=9).total in {1, 2}
        with module.open_folder(tmp_path / "v") as reader:
            assert reader.search(Term("word", "ett"), limit=9).total == 2


def test_what_is_no_index_is_said_to_be_broken(tmp_path: Path, module: Any) -> None:
    """A folder without an index raises what the catalogue waits for."""
    with pytest.raises(IndexBroken):
        module.open_folder(tmp_path)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves the bad file open
@pytest.mark.parametrize("damage", ["empty", "cut", "zeros", "gone"])
def test_damage_is_a_broken_index_and_no_crash(tmp_path: Path, module: Any, damage: str) -> None:
    """Whichever file is damaged, opening and searching either work or say that the index is broken."""
    with module.create(tmp_path / "v") as engine:
        engine.update(_many())
    for number, path in enumerate(sorted(path for path in (tmp_path / "v").iterdir() if path.is_file())):
        copy = tmp_path / str(number)
        shutil.copytree(tmp_path / "v", copy)
        held = path.read_bytes()
        if damage == "gone":
            (copy / path.name).unlink()
        else:
            left = {"empty": b"", "cut": held[: len(held) // 2], "zeros": bytes(len(held))}[damage]
            (copy / path.name).write_bytes(left)
        with suppress(IndexBroken), module.open_folder(copy) as engine:
            engine.search(CLAUSES["filtered most"], limit=9)
    gc.collect()  # here, where it may be complained of
