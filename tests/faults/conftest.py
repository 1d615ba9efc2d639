"""A disk of its own for a test: small, so that it can be filled for real, and one that can be made read-only."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import cli
from tests.conftest import Ended

KILOBYTE = 1 << 10
MEGABYTES = 24


@dataclass(frozen=True)
class Disk:
    """A mounted disk."""

    path: Path

    @property
    def home(self) -> Path:
        """Where a library on it lies."""
        return self.path / "bibliotek"

    def leave(self, kilobytes: int) -> None:
        """Fill the disk so that so much room is left."""
        filler = self.path / "annat"
        filler.unlink(missing_ok=True)
        room = os.statvfs(self.path)
        with filler.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, room.f_bavail * room.f_frsize - kilobytes * KILOBYTE or 1)

    def make_room(self) -> None:
        """Take away what fills the disk."""
        (self.path / "annat").unlink(missing_ok=True)

    def close(self) -> None:
        """Make it read-only."""
        _mount("-o", "remount,ro", str(self.path))

    def pull_out(self) -> None:
        """Take it away, whoever uses it."""
        subprocess.run(["umount", "-l", str(self.path)], check=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of 24 MB."""
    mounted = Disk(tmp_path / "disk")
    mounted.path.mkdir()
    try:
        _mount("-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(mounted.path))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("här får ingen disk monteras: fulla och skrivskyddade diskar prövas inte")
    try:
        yield mounted
    finally:
        subprocess.run(["umount", "-l", str(mounted.path)], check=False, capture_output=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


Here = Callable[..., Ended]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """The command line as a person runs it, in this process: what is asked is how it ends, not how it starts."""

    def run(*words: object, home: Path) -> Ended:
        monkeypatch.setattr(sys, "argv", ["aktspar", *map(str, words), "--home", str(home)])
        capsys.readouterr()
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
        return Ended(code, *capsys.readouterr())

    return run
