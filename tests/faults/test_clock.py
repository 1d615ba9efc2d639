"""The clock is set, by years: nothing that is kept or found depends on what it says."""

import os
import time
from pathlib import Path

import pytest

from bench import mixed
from corpus.store import Store
from index import saved
from index.catalogue import reindex
from index.search import Window, search
from pipeline import run
from pipeline.workers import Inline
from tests.pipeline.making import Silence

YEARS = 10 * 365 * 86400


@pytest.mark.parametrize("jump", [-YEARS, YEARS])
def test_a_clock_that_jumps_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jump: int) -> None:
    home, clock, began = tmp_path / "bibliotek", time.time, time.time()
    papers = [tmp_path / f"{number}.txt" for number in (2, 3)]
    for number, paper in zip((2, 3), papers, strict=True):
        paper.write_text(mixed.text(number))
    with Store(home, create=True) as store:
        run.add(store, home, papers[:1], Silence(), Inline())
        saved.save(store, home, "bevakad", "arbetet")
        monkeypatch.setattr(time, "time", lambda: clock() + jump)
        account = run.add(store, home, papers, Silence(), Inline())
        assert (account.documents["known"], account.documents["whole"]) == (1, 1)
        assert 0 <= account.seconds < clock() - began + 1
        assert [hit.file for hit in saved.news(store, home, "bevakad", Window()).hits] == ["3.txt"]
        reindex(home, store).close()
        assert {hit.file for hit in search(store, home, "arbetet").hits} == {"2.txt", "3.txt"}


@pytest.mark.parametrize("jump", [-YEARS, 0, YEARS])
def test_what_a_killed_build_left_goes_whenever_that_was(tmp_path: Path, jump: int) -> None:
    left = tmp_path / "index" / "build-kvar"
    left.mkdir(parents=True)
    (left / "v").write_bytes(b"halvt")
    then = time.time() + jump
    os.utime(left, (then, then))
    with Store(tmp_path, create=True) as store:
        reindex(tmp_path, store).close()
    assert not left.exists()
    assert len([*(tmp_path / "index").glob("build-*")]) == 1
