"""A run: take files in, one after the other, so that nothing is lost; and bring held documents up to date.

The core asks and tells through `Progress`; how that looks is the door's business. One bad file never stops a run.
"""

import os
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from corpus import originals, settings
from corpus.account import Account, Taken
from corpus.errors import AktsparError, Unreadable
from corpus.records import Problem, Record
from corpus.store import Listed, Listing, Store
from pipeline import stages
from pipeline.connect import connect
from pipeline.intake import Incoming, walk
from pipeline.read.kinds import media_type


class Progress(Protocol):
    """Hears how a run goes."""

    def begin(self, files: int) -> None:
        """The run will see this many files."""

    def file(self, name: str) -> None:
        """Work on a file begins."""

    def done(self, name: str, taken: Taken, pages: int) -> None:
        """Work on a file has ended."""


def add(store: Store, home: Path, paths: Iterable[Path], progress: Progress) -> Account:
    """Take in all files under `paths`; what is already held in these versions is counted as known."""
    started = time.monotonic()
    account, incoming = Account(), list(walk(paths))
    progress.begin(len(incoming))
    with _hands(home) as (config, hands):
        for one in incoming:
            progress.file(one.file)
            before = account.pages_held
            taken = _take_in(store, home, one, account, config, hands)
            progress.done(one.file, taken, account.pages_held - before)
    connect(store)
    account.seconds = time.monotonic() - started
    return account


def refresh(store: Store, home: Path, progress: Progress) -> Account:
    """Run every stage whose version has changed, and those after it, on the documents held."""
    started = time.monotonic()
    account = Account()
    stale = [(held, start) for held in store.documents() if (start := stages.first_changed(held.stages)) is not None]
    progress.begin(len(stale))
    with _hands(home) as (config, hands):
        for held, start in stale:
            progress.file(held.file)
            record = _again(store, home, held, start, config, hands)
            store.save(held.id, record)
            progress.done(held.file, account.enter(held.file, record), len(record.pages))
    connect(store)
    account.seconds = time.monotonic() - started
    return account


def _take_in(
    store: Store, home: Path, one: Incoming, account: Account, config: settings.Settings, hands: Executor
) -> Taken:
    try:
        data = one.path.read_bytes()
    except OSError as error:
        reason = f"Filen går inte att läsa: {error.strerror}."
        account.problems.append(Listing(one.file, None, "unreadable", reason, "Kontrollera filens rättigheter."))
        account.documents["failed"] += 1
        return "failed"
    digest = originals.sha256(data)
    held = store.find_content(digest)
    if held is not None and held.outcome != "failed":
        store.add_source(held.id, one.file)
        account.documents["known"] += 1
        return "known"
    originals.keep(home, data)
    document = store.begin(one.file, digest, "")
    record = _read(Record(one.file, digest, ""), data, config, hands)
    store.save(document, record)
    return account.enter(one.file, record)


def _again(store: Store, home: Path, held: Listed, start: int, config: settings.Settings, hands: Executor) -> Record:
    data = originals.path(home, held.sha256).read_bytes()
    if not held.pages_held or stages.STAGES[start].from_file:
        return _read(Record(held.file, held.sha256, ""), data, config, hands)
    return stages.run(store.record(held.id), stages.Work(data, config, hands), start)


def _read(record: Record, data: bytes, config: settings.Settings, hands: Executor) -> Record:
    """Run all stages; a file that cannot be read becomes a record with the reason and no pages."""
    try:
        typed = Record(record.file, record.sha256, media_type(data))
        return stages.run(typed, stages.Work(data, config, hands))
    except Unreadable as error:
        return stages.failed(record, Problem(error.code, error.cause, error.remedy))
    except AktsparError:
        raise
    except Exception as error:  # noqa: BLE001 – one bad file never stops a run
        cause = f"Oväntat fel: {type(error).__name__}: {error}"
        return stages.failed(record, Problem("unexpected", cause, "Rapportera felet med filen; resten är inläst."))


@contextmanager
def _hands(home: Path) -> Iterator[tuple[settings.Settings, Executor]]:
    """The settings and a pool for work that waits on other programs; one worker per core unless told otherwise."""
    config = settings.load(home)
    with ThreadPoolExecutor(config.workers or os.cpu_count() or 1) as hands:
        yield config, hands
