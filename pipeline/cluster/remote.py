"""What a worker of a cluster does with a task: finds or unpacks the original, and hands it to a confined process.

Everything here runs in a Dask worker. Its processes last as long as that; the originals it was sent, and what was
recognised of their pages, until a run has ended.
"""

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from corpus import originals, readings, vocabulary
from corpus.additions import Table
from corpus.errors import AktsparError, PartMissing
from pipeline.cluster.versions import Versions, differing, versions
from pipeline.tasks import PageTask
from pipeline.workers import Workers

TRIMMED = "MALLOC_TRIM_THRESHOLD_"  # Dask's nanny asks for memory to be given back at once: 3 % of a page's time
KEPT = 64  # originals that were sent here, until the oldest unused is thrown away


@dataclass(frozen=True, slots=True)
class Order:
    """A task as it is sent: what to do, for how long at most, and what the machine that does it must be.

    `original` is where the file lies for who sends it; it is named by its hash.
    """

    seconds: float
    task: Callable[..., Any]
    arguments: tuple[object, ...]
    original: Path | None
    language: str
    versions: Versions
    words: Mapping[str, Table]
    memory: int


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task: its result, or the error it ended in; `lacks` where the original was not to be found."""

    result: Any = None
    error: AktsparError | None = None
    lacks: bool = False
    differs: str = ""


def do(order: Order, data: bytes | None = None) -> Done:
    """Do a task, with the original as bytes where they were sent."""
    try:
        if differs := differing(order.versions, versions(order.language)):
            return Done(differs=differs)
        with _lent(order.original, data) as original:
            if order.original is not None and original is None:
                return Done(lacks=True)
            arguments = [_here(argument, original) for argument in order.arguments]
            return Done(_crew(order).submit(order.seconds, order.task, *arguments)())
    except PartMissing as error:
        return Done(differs=error.cause)
    except AktsparError as error:
        return Done(error=error)


def leave() -> None:
    """Throw away what was sent here and what was read of it: a run has ended."""
    with _lock:
        _throw_away(0)
    readings.clear(_folder())


# ---- what a worker keeps ---------------------------------------------------------------------------------------------

_lock = Lock()
_crews: dict[str, Workers] = {}
_sent: dict[Path, int] = {}  # originals sent here, the oldest first, and how many tasks use each


@cache
def _folder() -> Path:
    from distributed import get_worker

    return Path(tempfile.mkdtemp(prefix="aktspar-", dir=get_worker().local_directory))


def _crew(order: Order) -> Workers:
    """Return the processes that do the work, with the vocabularies of the library the task is from."""
    from distributed import get_worker

    kind = f"{vocabulary.digest_of(order.words)} {order.memory}"
    with _lock:
        if kind not in _crews:
            for other in list(_crews):
                _crews.pop(other).stop()
            # Dask's worker calls itself a daemon, which may have no children; ours end with it all the same.
            multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001
            os.environ.pop(TRIMMED, None)
            _crews[kind] = Workers(_folder(), get_worker().state.nthreads, order.memory, order.words)
        return _crews[kind]


@contextmanager
def _lent(path: Path | None, data: bytes | None) -> Iterator[Path | None]:
    """Lend an original on this machine: as it was sent, or by a path both machines reach; None where it is neither."""
    here = _folder() / path.name if path is not None else None
    with _lock:
        if here and data is not None and here not in _sent:
            here.write_bytes(data)
            _sent[here] = 0
        if here not in _sent:
            here = None
        else:
            _sent[here] += 1
    try:
        yield here or (path if path is not None and _is_shared(path) else None)
    finally:
        if here:
            with _lock:
                _sent[here] -= 1
                _throw_away(KEPT)


def _throw_away(most: int) -> None:
    """Throw away the oldest originals that nobody uses, until there are no more than `most`."""
    for one in [one for one, users in _sent.items() if not users][: max(0, len(_sent) - most)]:
        del _sent[one]
        one.unlink(missing_ok=True)


@cache
def _is_shared(path: Path) -> bool:
    try:
        return originals.sha256(path) == path.name
    except OSError:
        return False


def _here(argument: object, original: Path | None) -> object:
    """Return an argument as it is on this machine."""
    if isinstance(argument, Path) and original is not None:
        return original
    if isinstance(argument, PageTask) and original is not None:
        return replace(argument, file=original, home=_folder())
    return argument
