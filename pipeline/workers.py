"""Child processes that do the heavy and the dangerous work: a file can crash, fill or hang one of them, never a run.

A task is a plain function with arguments that can be pickled. Each has its seconds and each worker its limits
(`pipeline/confinement.py`). Results are waited for by calling what `submit` returned; a task that crashed or ran over
raises `Unreadable`, which is a line in the account. How the processes are kept is pebble's business.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar
from weakref import WeakSet

from pebble import ProcessExpired, ProcessPool

from corpus import vocabulary
from corpus.additions import Table
from corpus.errors import AktsparError, Unreadable, is_the_machines, refused
from pipeline import confinement
from pipeline.names import printable

T = TypeVar("T")
Wait = Callable[[], T]

PRELOADED = ["pipeline.warm"]  # loaded once, in the process the workers are forked from
TASKS_A_WORKER = 2000  # then it is replaced: no library leaks for ever
FEWEST_AT_ONCE = 8  # documents: a long one must not leave the others without work
MEGABYTE = 1 << 20
LONGEST_CAUSE = 300  # characters; an error may quote what it met
STDERR = 2


class Crew(Protocol):
    """Does tasks."""

    @property
    def at_once(self) -> int:
        """How many documents should be under way, so that nobody waits for work."""

    def submit(self, seconds: float, task: Callable[..., T], *arguments: object) -> Wait[T]:
        """Begin a task; call what is returned to wait for its result."""


class Inline:
    """Does each task at once, in this process and without limits: for tests and for a single small text."""

    at_once = 1

    def __init__(self) -> None:
        self._lock = Lock()  # PDFium and Tesseract must not be called from two threads at once

    def submit(self, seconds: float, task: Callable[..., T], *arguments: object) -> Wait[T]:
        """Do a task now; what it raised is raised when its result is asked for."""
        del seconds
        try:
            with self._lock:
                done = task(*arguments)
        except Exception as error:  # noqa: BLE001 – raised again where the result is asked for
            return _raising(error)
        return lambda: done


def unexpected(error: Exception) -> Unreadable:
    """Return the line of the account for an error nobody thought of."""
    cause = printable(f"Oväntat fel: {type(error).__name__}: {error}"[:LONGEST_CAUSE])
    return Unreadable("unexpected", cause, "Rapportera felet med filen; resten är inläst.")


def _raising(error: Exception) -> Wait[T]:
    def wait() -> T:
        raise error if isinstance(error, AktsparError) else unexpected(error) from error

    return wait


class Workers:
    """One process per core (or as many as told). Use as a context manager; leaving it by an error stops all work."""

    at_once: int

    def __init__(self, folder: Path, count: int, memory: int, words: Mapping[str, Table] | None = None) -> None:
        """Begin with no process: they are started by the first task.

        `folder` is for what they must write to disk; `count` 0 is one a core; `memory` is bytes of address space each;
        `words` are the library's own vocabularies where this process has not read them.
        """
        self._begun: WeakSet[Future[Any]] = WeakSet()
        self._lock = Lock()
        processes = count or _cores()
        self.at_once = max(FEWEST_AT_ONCE, 2 * processes)
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        self._pool = ProcessPool(
            max_workers=processes,
            max_tasks=TASKS_A_WORKER,
            initializer=_begin_worker,
            initargs=[str(folder), memory, vocabulary.own() if words is None else dict(words)],
            context=context,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self.stop()
            return
        self._pool.close()  # type: ignore[no-untyped-call]
        self._pool.join()
        self.cancel()

    def stop(self) -> None:
        """Stop all work; what is under way is not waited for."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self.cancel()  # pebble's stop leaves whoever waits for them waiting

    def cancel(self) -> None:
        """Break off every task begun, from any thread; whoever waits for one hears CancelledError."""
        with self._lock:
            begun = list(self._begun)
        for future in begun:
            future.cancel()

    def submit(self, seconds: float, task: Callable[..., T], *arguments: object) -> Wait[T]:
        """Begin a task in a worker; its seconds count from when a worker takes it up."""
        future: Future[T] = self._pool.schedule(_limited, args=[seconds, task, *arguments], timeout=seconds)
        with self._lock:
            self._begun.add(future)

        def wait() -> T:
            try:
                return future.result()
            except TimeoutError as error:
                raise Unreadable(
                    "slow", f"Arbetet tog mer än {seconds:.0f} sekunder.", "Dela upp filen eller skanna om sidan."
                ) from error
            except MemoryError as error:
                raise Unreadable(
                    "memory", "Minnet tog slut.", "Dela upp filen, eller höj worker_megabytes (aktspar config)."
                ) from error
            except ProcessExpired as error:
                raise Unreadable(
                    "crashed", "Filen fick läsaren att krascha.", "Öppna filen i sitt program och spara om den."
                ) from error
            except (AktsparError, CancelledError):
                raise
            except OSError as error:  # a full disk is no file's fault: the run must not go on and list the rest as lost
                raise (refused(error) if is_the_machines(error) else unexpected(error)) from error
            except Exception as error:
                raise unexpected(error) from error

        return wait


def _cores() -> int:
    """The cores this process may use: in a container fewer than the machine has."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def _limited(seconds: float, task: Callable[..., T], *arguments: object) -> T:
    """Do a task in a worker."""
    confinement.allow_seconds(seconds)
    return task(*arguments)


def _begin_worker(folder: str, memory: int, words: dict[str, Table]) -> None:
    """Give a worker its limits and the library's vocabularies.

    Ctrl-C is the run's to answer; a worker whose run is gone must not go on.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    vocabulary.use_these(words)
    tempfile.tempdir = folder
    os.environ["TMPDIR"] = folder
    os.dup2(os.open(os.devnull, os.O_WRONLY), STDERR)  # libraries talk of what is broken; the account tells it
    confinement.end_with_parent()
    confinement.confine(memory)
