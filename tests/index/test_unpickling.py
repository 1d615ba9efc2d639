"""An index that was tampered with runs nothing: what it may not hold makes it broken, and it is built anew."""

import pickle
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.engines import unpickling
from index.engines.protocol import IndexBroken
from index.engines.whoosh import create, open_folder


class Evil:
    """Runs something when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.mark,)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves a broken file open
@pytest.mark.parametrize("place", ["schema", "segments"])
def test_a_hostile_index_runs_nothing_and_is_broken(tmp_path: Path, place: str) -> None:
    folder, mark = tmp_path / "index", tmp_path / "run"
    create(folder)
    storage = FileStorage(str(folder))
    held = TOC.read(storage, "MAIN")
    if place == "schema":
        held.schema.evil = Evil(mark)
    else:
        held.segments = [Evil(mark)]
    held.generation += 1
    held.write(storage, "MAIN")
    with pytest.raises(IndexBroken):
        open_folder(folder)
    assert not mark.exists()


def test_what_names_another_function_is_not_brought_back(tmp_path: Path) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(pickle.UnpicklingError):
            unpickling.loads(pickle.dumps(Evil(tmp_path / "run"), protocol))
    for named in (b"cwhoosh.index\npickle.loads\n.", b"\x80\x04\x8c\x0dwhoosh.fields\x8c\x0cos.path.join\x93."):
        with pytest.raises(pickle.UnpicklingError):
            unpickling.loads(named)
    assert not (tmp_path / "run").exists()
    assert unpickling.loads(pickle.dumps({"a": [1, b"x", None]})) == {"a": [1, b"x", None]}
