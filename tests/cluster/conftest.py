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
CONFIGURED = {"DASK_CONFIG": str(PROJECT / "docs" / "dask.yaml")}  # as docs/kluster.md says
ALONE = ("--nthreads", "1", "--no-nanny")


class Dask:
    """A scheduler and its workers. `address` stays the same when the scheduler is started again."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._host = host
        with socket.socket() as free:
            free.bind((host, 0))
            self._port = int(free.getsockname()[1])
        self.address = f"tcp://{host}:{self._port}"
        self.workers: list[subprocess.Popen[bytes]] = []
        self._scheduler: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start the scheduler, and wait until it listens."""
        self._scheduler = _started(
            [*DASK, "scheduler", "--host", self._host, "--port", str(self._port), "--no-dashboard"]
        )
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with suppress(OSError), socket.create_connection((self._host, self._port), 1):
                return
            time.sleep(0.2)
        raise AssertionError("the scheduler does not listen")

    def add_worker(
        self,
        before: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        folder: Path = PROJECT,
        options: Sequence[str] = ALONE,
    ) -> "subprocess.Popen[bytes]":
        """Start a worker, of one thread if not told otherwise; `before` is a command that runs it."""
        command = [*before, *DASK, "worker", self.address, *options, "--no-dashboard"]
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
        command, cwd=folder, env={**os.environ, **CONFIGURED, **(environment or {})}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process with all it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


HERE, THERE = "10.213.77.1", "10.213.77.2"  # the two ends of a wire
WIRE, NETWORK = ("aktspar-here", "aktspar-there"), "aktspar-other"


@pytest.fixture
def other_machine() -> Iterator[list[str]]:
    """Lend what runs a command as on another machine: in a network of its own, which one wire leads to."""
    here, there = WIRE
    laid = [
        f"ip netns add {NETWORK}",
        f"ip link add {here} type veth peer name {there} netns {NETWORK}",
        f"ip address add {HERE}/30 dev {here}",
        f"ip link set {here} up",
        f"ip -n {NETWORK} address add {THERE}/30 dev {there}",
        f"ip -n {NETWORK} link set {there} up",
        f"ip -n {NETWORK} link set lo up",
    ]
    _take_up_wire()  # one that a killed run left
    try:
        for command in laid:
            subprocess.run(command.split(), check=True, capture_output=True)
        yield ["ip", "netns", "exec", NETWORK]
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"this machine does not let a process have a network of its own: {error}")
    finally:
        _take_up_wire()


def _take_up_wire() -> None:
    for command in (f"ip link delete {WIRE[0]}", f"ip netns delete {NETWORK}"):
        with suppress(OSError):
            subprocess.run(command.split(), check=False, capture_output=True)


@pytest.fixture
def dask() -> Iterator[Dask]:
    """Lend a scheduler without workers."""
    held = Dask()
    yield held
    held.stop()
