"""Too few file handles, too little memory: a clear error, and the same command goes on when there is more."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from bench import mixed
from bench.library_state import state
from corpus.store import Store
from tests.conftest import PROJECT, Ended, aktspar

LISTED, MISSING = 1, 3
MEGABYTE = 1 << 20


def limited(kind: int, most: int, *words: object, home: Path) -> Ended:
    """Run the command line in a process with a limit."""
    begin = f"import resource, cli; resource.setrlimit({kind}, ({most}, {most})); cli.main()"
    command, given = [sys.executable, "-c", begin, *map(str, words)], {**os.environ, "AKTSPAR_HOME": str(home)}
    done = subprocess.run(command, capture_output=True, text=True, env=given, cwd=PROJECT, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.mark.skipif(sys.platform != "linux", reason="macOS begränsar inte en process adressrymd")
@pytest.mark.parametrize(("kind", "most"), [(resource.RLIMIT_NOFILE, 12), (resource.RLIMIT_AS, 400 * MEGABYTE)])
def test_a_run_that_is_short_of_something_says_so_and_goes_on_later(tmp_path: Path, kind: int, most: int) -> None:
    """It ends, or lists the document where it was a worker that met it; either way the next run takes it in whole."""
    papers, home = tmp_path / "2.txt", tmp_path / "bibliotek"
    papers.write_text(mixed.text(2))
    ended = limited(kind, most, "add", papers, home=home)
    assert ended.code in {LISTED, MISSING}, ended.err
    assert "Fel:" in ended.err or "2.txt" in ended.out
    assert "Traceback" not in ended.err
    assert aktspar("add", papers, home=home).code == 0
    with Store(home) as store:
        assert [listed.outcome for listed in store.documents()] == ["whole"]
    assert state(home).found["kajen"]


def test_an_index_met_with_too_few_handles_is_not_thrown_away(tmp_path: Path) -> None:
    """That it cannot be opened now does not mean that it is broken."""
    papers, home = tmp_path / "2.txt", tmp_path / "bibliotek"
    papers.write_text(mixed.text(2))
    assert aktspar("add", papers, home=home).code == 0
    before = (home / "index" / "current.json").read_bytes()
    assert limited(resource.RLIMIT_NOFILE, 12, "search", "kajen", home=home).code in {0, MISSING}
    assert (home / "index" / "current.json").read_bytes() == before
