"""One run at a time: who comes second hears who is at it; who is killed stands in no one's way."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.errors import LibraryBusy
from corpus.store import Store
from corpus.turns import FILE, turn
from pipeline import run
from pipeline.workers import Inline
from tests.conftest import PROJECT, aktspar
from tests.pipeline.making import PROSE, Silence

BUSY = 5
HOLDER = "import sys, time; from pathlib import Path; from corpus.turns import turn\n"
HOLDER += "with turn(Path(sys.argv[1])): print('har turen', flush=True); time.sleep(600)"


@pytest.fixture
def holder(tmp_path: Path) -> "subprocess.Popen[str]":
    """A process that holds the turn of the library in `tmp_path`."""
    child = subprocess.Popen([sys.executable, "-c", HOLDER, tmp_path], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline()
    return child


def test_who_comes_second_hears_who_is_at_it(tmp_path: Path, holder: "subprocess.Popen[str]") -> None:
    paper = tmp_path / "a.txt"
    paper.write_text(PROSE)
    with holder:
        began = time.monotonic()
        ended = aktspar("add", paper, home=tmp_path)
        assert ended.code == BUSY
        assert f"process {holder.pid}" in ended.err
        assert "började" in ended.err
        with pytest.raises(LibraryBusy), Store(tmp_path) as store:
            run.refresh(store, tmp_path, Silence(), Inline())
        with Store(tmp_path) as store:
            assert store.documents() == []
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        assert aktspar("add", paper, home=tmp_path).code == 0
        assert began < time.monotonic()


def test_the_turn_of_a_thread_is_no_other_threads(tmp_path: Path) -> None:
    """The page and its reviewers are one process."""
    with turn(tmp_path):
        with pytest.raises(LibraryBusy) as caught, turn(tmp_path):
            pass
        assert str(os.getpid()) in caught.value.cause
    with turn(tmp_path) as look:
        look()
    assert (tmp_path / FILE).exists()


def test_reading_goes_on_while_another_has_the_turn(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as store, turn(tmp_path):
        assert store.documents() == []
