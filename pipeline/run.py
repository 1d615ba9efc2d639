"""A run: take files in so that nothing is lost, several at a time; and bring held documents up to date.

Documents go through their stages side by side, in threads that mostly wait for workers; they are saved one at a time,
in the order they came, by the one thread that holds the store. The core asks and tells through `Progress`; how that
looks is the door's business. One bad file never stops a run.
"""

import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus import originals, settings, vocabulary
from corpus.account import Account, Taken
from corpus.errors import AktsparError, Unreadable
from corpus.records import Problem, Record
from corpus.store import Listed, Listing, Store
from pipeline import containers, stages
from pipeline.connect import connect
from pipeline.intake import Incoming, walk
from pipeline.read.kinds import ZIP
from pipeline.temporary import temporary_folder
from pipeline.workers import Crew, Workers, unexpected

AHEAD = 8  # documents under way: enough that no worker waits while one document is finished
MEGABYTE = 1 << 20


class Progress(Protocol):
    """Hears how a run goes; pages are told from several threads."""

    def files_ahead(self, files: int) -> None:
        """So many more files are to come."""

    def pages_ahead(self, pages: int) -> None:
        """A document with so many pages has been opened."""

    def pages_done(self, pages: int) -> None:
        """So many more pages are read."""

    def done(self, name: str, taken: Taken, pages: int) -> None:
        """Work on a file has ended."""


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A document that is being worked on: its id, the name it came under, its hash, and the record to be."""

    document: int
    file: str
    digest: str
    record: Future[Record]


def add(store: Store, home: Path, paths: Iterable[Path], progress: Progress, crew: Crew | None = None) -> Account:
    """Take in all files under `paths`; what is already held in these versions is counted as known.

    `crew` does the work; by default as many processes as the library's settings say.
    """
    with _running(store, home, progress, crew) as run:
        incoming = list(walk(paths))
        progress.files_ahead(len(incoming))
        for one in incoming:
            run.take_in(one)
    return run.account


def refresh(store: Store, home: Path, progress: Progress, crew: Crew | None = None) -> Account:
    """Run every stage whose version has changed, and those after it, on the documents held."""
    with _running(store, home, progress, crew) as run:
        stale = [
            (held, start)
            for held in store.documents()
            if (start := stages.first_changed(held.stages)) is not None and held.media_type != ZIP
        ]
        progress.files_ahead(len(stale))
        for held, start in stale:
            run.bring_up_to_date(held, start)
    return run.account


def restore_again(
    store: Store, home: Path, documents: Collection[int], progress: Progress, crew: Crew | None = None
) -> Account:
    """Restore some documents anew and run every stage after that: people have ruled on their text."""
    with _running(store, home, progress, crew) as run:
        progress.files_ahead(len(documents))
        for held in store.documents(among=documents):
            run.bring_up_to_date(held, stages.number("restore"))
    return run.account


@contextmanager
def _running(store: Store, home: Path, progress: Progress, crew: Crew | None) -> "Iterator[_Run]":
    """Lend a run; when it ends every document is saved and connected, when it is broken off all work stops."""
    started = time.monotonic()
    config = settings.load(home)
    vocabulary.use(home)
    with temporary_folder(home) as folder, _threads() as threads, ExitStack() as stack:
        if crew is None:
            crew = stack.enter_context(Workers(folder, config.workers, config.worker_megabytes * MEGABYTE))
        run = _Run(store, home, config, progress, crew, threads, folder)
        yield run
        run.finish()
    connect(store)
    run.account.seconds = time.monotonic() - started


@contextmanager
def _threads() -> Iterator[ThreadPoolExecutor]:
    threads = ThreadPoolExecutor(AHEAD, thread_name_prefix="handling")
    try:
        yield threads
    finally:
        threads.shutdown(wait=True, cancel_futures=True)


class _Run:
    """What a run works with, and the documents under way, oldest first."""

    def __init__(
        self,
        store: Store,
        home: Path,
        config: settings.Settings,
        progress: Progress,
        crew: Crew,
        threads: ThreadPoolExecutor,
        folder: Path,
    ) -> None:
        self.account = Account()
        self._store, self._home, self._config = store, home, config
        self._progress, self._crew, self._threads = progress, crew, threads
        self._folder = folder
        self._under_way: deque[_UnderWay] = deque()

    def take_in(self, one: Incoming) -> None:
        """Begin the work on a file, or on everything in it where it is an archive or an e-mail."""
        if not containers.may_be(one.path):
            self._take_in_file(one)
            return
        inside = containers.Inside(one, self._folder, self._crew)
        if inside.is_document:
            self._take_in_file(one)
        for member in inside.members():
            self._progress.files_ahead(1)
            self.take_in(member)
        if inside.lost:
            self._list(one, inside.lost)
        if not inside.is_document:
            self._progress.done(one.file, "failed" if inside.lost else "whole", 0)

    def bring_up_to_date(self, held: Listed, start: int) -> None:
        """Begin the work on a document held, from stage number `start` on."""
        if not held.pages_held or stages.STAGES[start].from_file:
            start, record = 0, Record(held.file, held.sha256, held.media_type)
        else:
            record = self._store.record(held.id)
        self._put(held.id, held.file, held.sha256, record, start)

    def finish(self) -> None:
        """Save what is still under way."""
        while self._under_way:
            self._save_oldest()

    def _take_in_file(self, one: Incoming) -> None:
        try:
            digest = originals.sha256(one.path)
        except OSError as error:
            reason = f"Filen går inte att läsa: {error.strerror}."
            self.account.problems.append(
                Listing(one.file, None, "unreadable", reason, "Kontrollera filens rättigheter.")
            )
            self.account.documents["failed"] += 1
            self._progress.done(one.file, "failed", 0)
            return
        while any(other.digest == digest for other in self._under_way):
            self._save_oldest()
        held = self._store.find_content(digest)
        if held is not None and held.outcome != "failed":
            self._store.add_source(held.id, one.file)
            self.account.documents["known"] += 1
            self._progress.done(one.file, "known", 0)
            return
        originals.keep(self._home, one.path, digest)
        document = self._store.begin(one.file, digest, "")
        self._put(document, one.file, digest, Record(one.file, digest, ""), 0)

    def _put(self, document: int, file: str, digest: str, record: Record, start: int) -> None:
        if len(self._under_way) == AHEAD:
            self._save_oldest()
        work = stages.Work(
            originals.path(self._home, digest),
            self._home,
            self._config,
            self._crew,
            self._progress.pages_ahead,
            self._progress.pages_done,
        )
        self._under_way.append(_UnderWay(document, file, digest, self._threads.submit(_through, record, work, start)))

    def _save_oldest(self) -> None:
        oldest = self._under_way.popleft()
        self._save(oldest.document, oldest.file, oldest.record.result())

    def _save(self, document: int, file: str, record: Record) -> None:
        self._store.save(document, record)
        self._progress.done(file, self.account.enter(file, record), len(record.pages))

    def _list(self, one: Incoming, lost: Sequence[Problem]) -> None:
        """List an archive of which something could not be unpacked, with each such thing."""
        digest = originals.sha256(one.path)
        originals.keep(self._home, one.path, digest)
        record = stages.failed(Record(one.file, digest, ZIP), *lost)
        document = self._store.begin(one.file, digest, ZIP)
        self._store.save(document, record)
        self.account.enter(one.file, record)


def _through(record: Record, work: stages.Work, start: int) -> Record:
    """Run the stages; a file that cannot be read becomes a record with the reason and no pages."""
    blank = Record(record.file, record.sha256, record.media_type)
    try:
        return stages.run(record, work, start)
    except Unreadable as error:
        return stages.failed(blank, Problem(error.code, error.cause, error.remedy))
    except AktsparError:
        raise
    except Exception as error:  # noqa: BLE001 – one bad file never stops a run
        told = unexpected(error)
        return stages.failed(blank, Problem(told.code, told.cause, told.remedy))
