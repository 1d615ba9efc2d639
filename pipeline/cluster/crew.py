"""A crew on a Dask cluster. The only module that knows Dask (with `remote`, which runs there).

Tasks are pure and may be done twice: when a worker dies Dask gives its tasks to another, and when the scheduler goes
and comes back what was under way is sent again. Files that hold others are unpacked here, not there.
"""

import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self, TypeVar
from weakref import WeakSet

from distributed import Client, Future, KilledWorker
from distributed import TimeoutError as NotInTime
from distributed.client import FutureCancelledError
from distributed.comm import CommClosedError

from corpus import vocabulary
from corpus.errors import AktsparError, LibraryBusy, PartMissing, Unreadable
from corpus.settings import Settings
from pipeline import tasks
from pipeline.cluster import remote
from pipeline.cluster.versions import versions
from pipeline.tasks import PageTask
from pipeline.workers import MEGABYTE, Crew, Wait, unexpected

T = TypeVar("T")

LOST = (CancelledError, FutureCancelledError, CommClosedError, NotInTime)
AT_HOME = (tasks.members, tasks.unpack)  # they write beside the library
REACHED_SECONDS, BACK_SECONDS, AGAIN_SECONDS = 30, 600, 2  # to find a cluster, to wait for one lost, between looks
AHEAD = 2  # documents under way for each thread of the cluster
FEWEST = 8
SENT = 64  # originals kept in the cluster for the next task of their document


class Cluster:
    """Sends tasks to a cluster. Use as a context manager; to be used from several threads."""

    def __init__(self, address: str, settings: Settings, local: Crew) -> None:
        """Reach the cluster. Raises LibraryBusy where there is none, PartMissing where its workers differ from here."""
        self._address, self._settings, self._local = address, settings, local
        self._lock = Lock()
        self._versions = versions(settings.ocr_language)
        self._begun: WeakSet[Future] = WeakSet()
        self._sent: OrderedDict[Path, Future] = OrderedDict()
        self._threads, self._counted = 0, -math.inf  # of the cluster, and when they were
        self.shared = True  # until a worker does not find an original
        self.stopped = False
        logging.getLogger("distributed").setLevel(logging.ERROR)
        self.client = self._reached(REACHED_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopped = True
        self.cancel()
        if error is None:  # else what was read of a document under way is of use to who goes on
            with suppress(Exception):
                self.client.run(remote.leave, on_error="ignore")
        self.client.close()

    @property
    def at_once(self) -> int:
        """How many documents should be under way: enough that no machine waits. It grows with the cluster."""
        if time.monotonic() > self._counted + AGAIN_SECONDS:  # every answer tells all of every worker
            held = self.client.scheduler_info(n_workers=-1).get("workers", {}).values()
            self._threads, self._counted = sum(int(worker["nthreads"]) for worker in held), time.monotonic()
        return max(FEWEST, AHEAD * self._threads)

    def cancel(self) -> None:
        """Break off every task begun; whoever waits for one hears CancelledError."""
        with self._lock:
            begun = list(self._begun)
        if begun:
            self.client.cancel(begun)

    def submit(self, seconds: float, task: Callable[..., T], *arguments: object) -> Wait[T]:
        """Begin a task on one of the machines."""
        if task in AT_HOME:
            return self._local.submit(seconds, task, *arguments)
        order = remote.Order(
            seconds, task, arguments, _original(arguments), self._settings.ocr_language, self._versions,
            vocabulary.own(), self._settings.worker_megabytes * MEGABYTE,
        )  # fmt: skip
        return _Errand(self, order).wait

    def send(self, client: Client, order: remote.Order) -> Future:
        """Send a task; with its original as bytes, where a worker has not found it by its path."""
        data = self._data(client, order.original) if order.original and not self.shared else None
        future = client.submit(remote.do, order, data, pure=False)
        with self._lock:
            self._begun.add(future)
        return future

    def _data(self, client: Client, original: Path) -> Future:
        """Return an original as bytes within the cluster; it is sent once for all the tasks of its document."""
        with self._lock:
            held = self._sent.get(original)
            if held is None or held.client is not client or held.cancelled():
                held = self._sent[original] = client.scatter(original.read_bytes(), hash=False)
            self._sent.move_to_end(original)
            while len(self._sent) > SENT:
                self._sent.popitem(last=False)
        return held

    # ---- the connection ----------------------------------------------------------------------------------------------

    def _reached(self, seconds: float) -> Client:
        last = time.monotonic() + seconds
        while True:
            try:
                client = Client(self._address, timeout=min(seconds, REACHED_SECONDS), set_as_default=False)
                client.wait_for_workers(1, timeout=max(AGAIN_SECONDS, last - time.monotonic()))
            except (OSError, ValueError, NotInTime) as error:
                if isinstance(error, ValueError) or time.monotonic() > last:
                    raise self._unreached(error) from error
                time.sleep(AGAIN_SECONDS)
            else:
                return client

    def _unreached(self, error: Exception) -> LibraryBusy:
        return LibraryBusy(
            f"Klustret på {self._address} svarar inte eller har inga arbetare ({type(error).__name__}).",
            "Starta dask scheduler och dask worker, och kör samma kommando igen: det fortsätter där det slutade.",
        )

    def back(self, lost: Client) -> Client:
        """Return a connection in place of one that was lost; whoever comes first makes it for all."""
        with self._lock:
            if self.client is lost and lost.status != "running":
                with suppress(Exception):
                    lost.close(timeout=0)
                self._sent.clear()
                self.client = self._reached(BACK_SECONDS)
            return self.client


class _Errand:
    """A task that was sent, until its result is here: sent again where what it was sent over is lost."""

    def __init__(self, cluster: Cluster, order: remote.Order) -> None:
        self._cluster, self._order, self._client = cluster, order, cluster.client
        self._future: Future | None = None
        with suppress(Exception):  # tried again where it is waited for
            self._future = cluster.send(self._client, order)

    def wait(self) -> Any:
        """Return the result. Raises what the task did, and CancelledError where the cluster was left."""
        while True:
            done = self._tried()
            if done and not done.lacks:
                return _result(done)
            self._future = None
            if done:
                self._cluster.shared = False

    def _tried(self) -> remote.Done | None:
        """Return what came of the task; None where the connection was lost, when there is a new one."""
        try:
            future = self._future or self._cluster.send(self._client, self._order)
            done: remote.Done = future.result()
        except KilledWorker as error:
            raise Unreadable(
                "crashed", "Filen fick läsaren att krascha.", "Öppna filen i sitt program och spara om den."
            ) from error
        except Exception as error:
            if self._cluster.stopped:
                raise CancelledError from error
            if not isinstance(error, LOST) and self._client.status == "running":
                raise unexpected(error) from error
            self._client = self._cluster.back(self._client)
            return None
        return done


def _original(arguments: tuple[object, ...]) -> Path | None:
    """Return the file a task is about."""
    for argument in arguments:
        if isinstance(argument, Path):
            return argument
        if isinstance(argument, PageTask):
            return argument.file
    return None


def _result(done: remote.Done) -> Any:
    if done.differs:
        raise PartMissing(
            f"En maskin i klustret har annat än den här: {done.differs}.",
            "Installera samma aktspar och samma Tesseract på alla maskiner.",
        )
    if isinstance(done.error, AktsparError):
        raise done.error
    return done.result
