"""A real Dask cluster on this machine: `dask scheduler` and `dask worker` as processes of their own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

DASK = [str(Path(sys.executable).with_name("dask"))]
PROJECT = Path(__file__).parents[2]


class Dask:
    """A scheduler and its workers. `address` stays the same when the scheduler is started again."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = int(free.getsockname()[1])
        self.address = f"tcp://127.0.0.1:{self._port}"
        self.workers: list[subprocess.Popen[bytes]] = []
        self._scheduler: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start the scheduler, and wait until it listens."""
        self._scheduler = _started(
            [*DASK, "scheduler", "--host", "127.0.0.1", "--port", str(self._port), "--no-dashboard"]
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), 1):
                return
            time.sleep(0.2)
        raise AssertionError("the scheduler does not listen")

    def add_worker(
        self, before: Sequence[str] = (), environment: Mapping[str, str] | None = None, folder: Path = PROJECT
    ) -> "subprocess.Popen[bytes]":
        """Start a worker of one thread; `before` is a command that runs it."""
        command = [*before, *DASK, "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        self.workers.append(_started(command, environment, folder))
        return self.workers[-1]

    def stop_scheduler(self) -> None:
        """Take the scheduler away; Dask's workers end when theirs is gone."""
        if self._scheduler:
            kill(self._scheduler)

    def stop(self) -> None:
        """End everything."""
        for one in self.workers:
            kill(one)
        self.stop_scheduler()


def _started(
    command: Sequence[str], environment: Mapping[str, str] | None = None, folder: Path = PROJECT
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command, cwd=folder, env={**os.environ, **(environment or {})}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process with all it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def dask() -> Iterator[Dask]:
    """Lend a scheduler without workers."""
    held = Dask()
    yield held
    held.stop()
