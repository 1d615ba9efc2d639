"""A run killed at any moment loses nothing; `./run bench faults` is the same with many more documents and kills."""

from pathlib import Path

from bench import faults, mixed
from bench.library_state import state
from corpus.store import Store
from index.catalogue import open_index
from pipeline import run
from pipeline.workers import Inline
from tests.pipeline.making import Silence

KILLS, DOCUMENTS = 8, 8
KINDS = [kind for kind in faults.KINDS if kind.aim in {"", "store", "migration"}]


def test_killed_runs_end_as_if_nobody_had_disturbed_them(tmp_path: Path) -> None:
    found = faults.measure(tmp_path, KILLS, DOCUMENTS, kinds=KINDS)
    assert sum(told.tried for told in found.values()) == KILLS
    assert {kind.name: told.wrong for kind, told in found.items() if told.wrong} == {}
    assert all(told.survived == told.tried and not told.lost for told in found.values())


def test_what_is_otherwise_is_seen(tmp_path: Path) -> None:
    """The comparison can fail: a row, an original or a hit that is not the same is told."""
    mixed.write(tmp_path / "in", 2)
    homes = [tmp_path / name for name in ("en", "två")]
    for home, files in zip(homes, (["001.txt"], ["001.txt", "002.pdf"]), strict=True):
        with Store(home, create=True) as store:
            run.add(store, home, [tmp_path / "in" / file for file in files], Silence(), Inline())
            open_index(home, store).close()
    fewer, more = map(state, homes)
    assert more.unlike(more) == []
    told = {line.partition(":")[0] for line in fewer.unlike(more)}
    assert len(more.documents - fewer.documents) == 1
    assert told >= {"table document", "table page", "table finding", "table originals", "query interpellation arbetet"}
