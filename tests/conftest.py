"""What several tests stand on: the command line as a person runs it, the shared records, and libraries made once."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[1]
SHARED = PROJECT.parent / "shared"
SAMPLES = PROJECT / "corpus" / "samples" / "documents"


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """What it printed, as JSON."""
        return json.loads(self.out)


Aktspar = Callable[..., Ended]


def aktspar(*args: object, home: Path | None = None, stdin: str | None = None, **env: str) -> Ended:
    """Run the command line in a process of its own."""
    given = {**os.environ, **env, **({"AKTSPAR_HOME": str(home)} if home else {})}
    command = [sys.executable, "-m", "cli", *map(str, args)]
    done = subprocess.run(command, input=stdin, capture_output=True, text=True, env=given, cwd=PROJECT, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared records and their gold, where they lie beside the project."""
    if not SHARED.exists():
        pytest.skip("../shared finns inte här: proven på de fem riktiga handlingarna hoppas över")
    return SHARED


@pytest.fixture(scope="session")
def records_home(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the five real records."""
    home = tmp_path_factory.mktemp("records")
    assert aktspar("add", shared / "records", home=home).code == 0
    return home


@pytest.fixture(scope="session")
def samples_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the sample corpus."""
    home = tmp_path_factory.mktemp("samples")
    ended = aktspar("add", SAMPLES, home=home)
    assert ended.code == 0, ended.err
    return home
