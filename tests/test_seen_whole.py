"""What is taken in is seen whole, and at once: with its questions, and by every search when its run has ended."""

import time
from pathlib import Path
from threading import Thread

from bench.readers import QUESTIONS, name_of, text_of
from corpus.account import Taken
from corpus.store import Store
from index import ledger
from index.catalogue import open_index, turn
from index.search import search
from pipeline import run
from pipeline.workers import Inline
from tests.pipeline.making import Silence


def letters(folder: Path, first: int, many: int) -> Path:
    folder.mkdir()
    for number in range(first, first + many):
        (folder / f"{name_of(number)}.txt").write_text(text_of(number), encoding="utf-8")
    return folder


def test_whoever_finds_a_document_finds_its_questions_too(tmp_path: Path) -> None:
    home = tmp_path / "bibliotek"
    seen: list[tuple[str, int]] = []

    class Reader(Silence):
        def done(self, name: str, taken: Taken, pages: int) -> None:
            del taken, pages
            with Store(home) as store:
                put = [s.file for one in ledger.questions(store) for s in (one.asked, *one.also)]
            seen.append((Path(name).name, put.count(Path(name).name)))

    with Store(home, create=True) as store:
        run.add(store, home, [letters(tmp_path / "brev", 0, 3)], Reader(), Inline())
    assert len(seen) == 3
    assert {many for _, many in seen} == {QUESTIONS}


def test_who_has_written_waits_until_it_can_be_found(tmp_path: Path) -> None:
    home = tmp_path / "bibliotek"
    with Store(home, create=True) as store:
        run.add(store, home, [letters(tmp_path / "brev", 0, 2)], Silence(), Inline())
        open_index(home, store, suited=True).close()
        run.add(store, home, [letters(tmp_path / "fler", 2, 1)], Silence(), Inline())

    def ended() -> None:
        with Store(home) as own:
            open_index(home, own, suited=True).close()

    writer = Thread(target=ended)
    with turn(home):
        writer.start()
        time.sleep(1)
        assert writer.is_alive()
    writer.join(30)
    assert not writer.is_alive()
    with Store(home) as store, turn(home):  # a reader that may not write finds it all the same
        assert search(store, home, name_of(2)).hits[0].title.endswith(name_of(2))
