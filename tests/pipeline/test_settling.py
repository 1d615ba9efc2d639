"""A document's text is the same in whatever order the documents came, and wherever a run was broken off."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest

from corpus.clean_words import CleanWords
from corpus.store import DATABASE, Store
from corpus.swedish.skeletons import skeleton
from index import ledger
from pipeline import run, tasks
from pipeline.workers import Inline, Wait
from tests.pipeline.making import Silence

T = TypeVar("T")

CLEAN = "Öxmyra kommun har två skolor. Öxmyra skola är störst, och Fransmark har ritat den åt Öxmyra.\n"
BROKEN = (
    "Vi har last att Oxmyra skola ska laggas ned. Namnden i Oxmyra maste forklara for Fransmark varfor det ar sa.\n"
)
MENDED = (
    "Vi har läst att Öxmyra skola ska läggas ned. Nämnden i Öxmyra måste förklara för Fransmark varför det är så.\n"
)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {"broken": BROKEN, "clean": CLEAN, "other": "Fritidsnämnden har beslutat att köpa en båt till hamnen.\n"}
    for name, text in made.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return {name: tmp_path / f"{name}.txt" for name in made}


def _added(home: Path, *batches: Sequence[Path]) -> dict[str, str]:
    with Store(home, create=True) as store:
        for batch in batches:
            run.add(store, home, batch, Silence(), Inline())
        assert store.unsettled() == []
        return {listed.file: store.record(listed.id).text for listed in store.documents()}


@pytest.mark.parametrize(
    "order", [("broken", "clean", "other"), ("clean", "broken", "other"), ("other", "broken", "clean")]
)
def test_those_that_come_after_tell_as_much_as_those_before(
    files: dict[str, Path], tmp_path: Path, order: tuple[str, ...]
) -> None:
    texts = _added(tmp_path / "home", [files[name] for name in order])
    assert texts == {"broken.txt": MENDED, "clean.txt": CLEAN, "other.txt": files["other"].read_text(encoding="utf-8")}


def test_what_was_taken_in_before_is_not_touched_by_what_comes_later(files: dict[str, Path], tmp_path: Path) -> None:
    """It costs what the run costs, not what the library does; `teach` and `refresh` restore anew."""
    texts = _added(tmp_path / "home", [files["broken"]], [files["clean"]])
    assert texts["broken.txt"] != MENDED


class Killed(Inline):
    """Brings the run down at the nth task."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._left = after

    def submit(self, seconds: float, task: Callable[..., T], *arguments: object) -> Wait[T]:
        """Do a task, while there are any left."""
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt
        return super().submit(seconds, task, *arguments)


@pytest.mark.parametrize("after", range(12))
def test_a_run_that_was_broken_off_ends_in_the_same(files: dict[str, Path], tmp_path: Path, after: int) -> None:
    home, paths = tmp_path / "home", [files[name] for name in ("broken", "clean", "other")]
    with Store(home, create=True) as store, suppress(KeyboardInterrupt):
        run.add(store, home, paths, Silence(), Killed(after))
    assert _added(home, paths) == _added(tmp_path / "calm", paths)


def test_a_page_mended_by_its_neighbours_still_counts_as_it_did(tmp_path: Path) -> None:
    """Else what a document tells the others would depend on what they tell it."""
    almost = CLEAN + "Vi har läst att skolan i Oxmyra är störst. Nämnden är för det och Oxmyra likaså.\n"
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "b.txt").write_text(almost, encoding="utf-8")
    home = tmp_path / "home"
    _added(home, [tmp_path / "a.txt", tmp_path / "b.txt"])
    with CleanWords(home / DATABASE) as held:
        before = held.counts(skeleton("öxmyra"))
    with Store(home) as store:
        run.restore_again(store, home, [listed.id for listed in store.documents()], Silence(), Inline())
    with CleanWords(home / DATABASE) as held:
        assert held.counts(skeleton("öxmyra")) == before


def test_a_document_that_asks_nothing_is_restored_once(files: dict[str, Path], tmp_path: Path) -> None:
    done: list[object] = []

    class Counting(Inline):
        def submit(self, seconds: float, task: Callable[..., T], *arguments: object) -> Wait[T]:
            done.append(task)
            return super().submit(seconds, task, *arguments)

    home = tmp_path / "home"
    with Store(home, create=True) as store:
        run.add(store, home, [files["clean"], files["other"]], Silence(), Counting())
        assert done.count(tasks.restore_pages) == 2
        run.add(store, home, [files["broken"]], Silence(), Counting())
        assert done.count(tasks.restore_pages) == 4


def _asked(store: Store) -> int:
    """Count the questions, each as often as it stands."""
    return sum(1 + len(one.also) for one in ledger.questions(store))


def test_whoever_reads_meanwhile_finds_the_questions_too(files: dict[str, Path], tmp_path: Path) -> None:
    """A document that is settled is saved and connected in one step, as one that is new."""
    asked = []
    for number in range(3):
        asked.append(tmp_path / f"{number}.txt")
        head = f"Interpellation av Karin Alm (S) om kaj {number}\n\n2019-03-0{number + 1}\n\n"
        asked[-1].write_text(f"{head}{BROKEN}\n1. Vad gor namnden i Oxmyra?\n", encoding="utf-8")
    home = tmp_path / "home"
    seen: list[int] = []

    class Reader(Silence):
        def settling(self, done: int, documents: int) -> None:
            """So many documents, of so many, are restored once more."""
            del done, documents
            with Store(home) as store:
                seen.append(_asked(store))

    with Store(home, create=True) as store:
        run.add(store, home, [*asked, files["clean"]], Reader(), Inline())
        assert all("Öxmyra" in store.record(one.id).text for one in store.documents())
        whole = _asked(store)
    assert whole == 3
    assert seen == [whole] * 3
