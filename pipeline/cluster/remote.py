"""What a worker of a cluster does with a task: finds or unpacks the original, and hands it to a confined process.

Everything here runs in a Dask worker. What it keeps – the processes, the originals it was sent – lasts as long as that.
"""

import multiprocessing
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from corpus import originals, vocabulary
from corpus.additions import Table
from corpus.errors import AktsparError, PartMissing
from pipeline.cluster.versions import Versions, differing, versions
from pipeline.tasks import PageTask
from pipeline.workers import Workers

KEPT = 64  # originals that were sent here, until the oldest is thrown away


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
        original = _original(order.original, data)
        if order.original is not None and original is None:
            return Done(lacks=True)
        arguments = [_here(argument, original) for argument in order.arguments]
        return Done(_crew(order).submit(order.seconds, order.task, *arguments)())
    except PartMissing as error:
        return Done(differs=error.cause)
    except AktsparError as error:
        return Done(error=error)


# ---- what a worker keeps ---------------------------------------------------------------------------------------------

_lock = Lock()
_crews: dict[str, Workers] = {}
_own: list[Path] = []  # originals sent here, the oldest first


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
            _crews[kind] = Workers(_folder(), get_worker().state.nthreads, order.memory, order.words)
        return _crews[kind]


def _original(path: Path | None, data: bytes | None) -> Path | None:
    """Return where the original lies on this machine: as it was sent, or by a path both machines reach."""
    if path is None:
        return None
    here = _folder() / path.name
    with _lock:
        if here in _own:
            return here
        if data is not None:
            here.write_bytes(data)
            _own.append(here)
            if len(_own) > KEPT:
                _own.pop(0).unlink(missing_ok=True)
            return here
    return path if _is_shared(path) else None


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
