"""A run: take files in so that nothing is lost, several at a time; and bring held documents up to date.

Documents go through their stages side by side, in threads that mostly wait for workers; they are saved one at a time,
each as soon as it is done, by the one thread that holds the store. The core asks and tells through `Progress`; how that
looks is the door's business. One bad file never stops a run.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus import originals, settings, vocabulary
from corpus.account import Account, Taken
from corpus.errors import AktsparError, PartMissing, Unreadable, is_the_machines, refused
from corpus.records import Problem, Record
from corpus.store import Listed, Listing, Store
from corpus.turns import turn
from pipeline import containers, settling, stages
from pipeline.connect import connect
from pipeline.intake import MOST_BYTES, Incoming, unreadable, walk
from pipeline.read.kinds import ZIP
from pipeline.temporary import temporary_folder
from pipeline.workers import MEGABYTE, Crew, Workers, unexpected

if TYPE_CHECKING:
    from pipeline.cluster.crew import Cluster

MOST_AT_ONCE = 512  # documents under way, each with a thread that waits for it
FELL_SHORT = {"memory", "slow", "crashed", "unexpected"}  # what a worker may do better another time
TOO_LARGE = Problem("too large", "Filen är orimligt stor.", "Dela upp den i mindre filer.")


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

    def settling(self, done: int, documents: int) -> None:
        """All files are in; so many documents, of so many, are restored once more by what the others spell."""


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """A document that is being worked on: its id, the name it came under, its hash, and the record to be.

    `lost` is what it held that could not be taken out.
    """

    document: int
    file: str
    digest: str
    record: Future[Record]
    lost: tuple[Problem, ...]


def add(
    store: Store, home: Path, paths: Iterable[Path], progress: Progress, crew: Crew | None = None, *, cluster: str = ""
) -> Account:
    """Take in all files under `paths`; what is already held in these versions is counted as known.

    `crew` does the work; by default as many processes as the library's settings say, or the cluster at an address.
    """
    with _running(store, home, progress, crew, cluster) as run:
        originals.sweep(home)  # the halves that a killed run left
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
def _running(store: Store, home: Path, progress: Progress, crew: Crew | None, cluster: str = "") -> "Iterator[_Run]":
    """Lend a run; when it ends every document is saved and connected, when it is broken off all work stops.

    Raises LibraryBusy while another run goes on.
    """
    started = time.monotonic()
    config = settings.load(home)
    vocabulary.use(home)
    with turn(home) as look:
        try:
            with temporary_folder(home) as folder, _threads() as threads, ExitStack() as stack:
                if crew is None:
                    crew = stack.enter_context(Workers(folder, config.workers, config.worker_megabytes * MEGABYTE))
                if cluster:
                    crew = stack.enter_context(_on_cluster(cluster, config, crew))
                run = _Run(store, home, config, progress, crew, threads, folder, look)
                yield run
                run.finish()
                run.settle()
            connect(store)
            look()
        except (OSError, MemoryError) as error:
            raise refused(error, home) from error
    run.account.seconds = time.monotonic() - started


def _on_cluster(address: str, config: settings.Settings, local: Crew) -> "Cluster":
    try:
        from pipeline.cluster.crew import Cluster
    except ImportError as error:
        raise PartMissing(
            "Dask, som --cluster behöver, är inte installerat.", 'pip install "aktspar[cluster]"'
        ) from error
    return Cluster(address, config, local)


@contextmanager
def _threads() -> Iterator[ThreadPoolExecutor]:
    threads = ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="handling")
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
        look: Callable[[], None],
    ) -> None:
        """Begin with nothing under way; `look` raises where the library is no longer there."""
        self.account = Account()
        self._store, self._home, self._config = store, home, config
        self._progress, self._crew, self._threads = progress, crew, threads
        self._folder, self._look = folder, look
        self._under_way: list[_UnderWay] = []

    def take_in(self, one: Incoming, room: containers.Room | None = None) -> None:
        """Begin the work on a file, or on everything in it where it is an archive or an e-mail.

        `room` is what may still come out of the file it came in.
        """
        if one.lost:
            self._leave(one, one.lost)
            return
        if not containers.may_be(one.path):
            self._take_in_file(one)
            return
        inside = containers.Inside(one, self._folder, self._crew, room)
        entered = self._entered(one) if inside.is_document else None
        for member in inside.members():
            self._progress.files_ahead(1)
            self.take_in(member, inside.room)
        if entered:
            self._begin(one, *entered, inside.lost)
        elif inside.is_document:  # known from before, or not to be read
            self._tell(one, inside.lost)
        else:
            self._list(one, inside.lost)

    def bring_up_to_date(self, held: Listed, start: int) -> None:
        """Begin the work on a document held, from stage number `start` on."""
        if not held.pages_held or stages.STAGES[start].from_file:
            start, record = 0, Record(held.file, held.sha256, held.media_type)
            lost = [p for p in self._store.lost(held.id) if p.code.startswith(containers.MEMBER)]
        else:
            record, lost = self._store.record(held.id), []
        self._put(held.id, held.file, held.sha256, record, start, lost)

    def finish(self) -> None:
        """Save what is still under way."""
        while self._under_way:
            self._save_ready()

    def settle(self) -> None:
        """Restore once more, by what the others spell, the documents of which these may tell something."""
        settling.settle(
            self._store,
            lambda record: self._threads.submit(settling.settled, record, self._work(record.sha256)),
            lambda document, record: self._put_down(document, record, settled=True),
            self._at_once,
            self._progress.settling,
        )

    def _take_in_file(self, one: Incoming) -> None:
        entered = self._entered(one)
        if entered:
            self._begin(one, *entered)

    def _entered(self, one: Incoming) -> tuple[int, str] | None:
        """Enter a file as a document; return its id and hash, None where there is nothing more to do with it."""
        try:
            digest = originals.sha256(one.path) if one.path.stat().st_size <= MOST_BYTES else ""
        except OSError as error:
            self._leave(one, unreadable(error))
            return None
        if not digest:
            self._leave(one, TOO_LARGE)
            return None
        while any(other.digest == digest for other in self._under_way):
            self._save_ready()
        if self._is_forgotten(one, digest):
            return None
        held = self._store.find_content(digest)
        if held is not None and held.outcome != "failed" and not self._fell_short(held):
            if not self._keep(one, digest):  # the one that stands there may be damaged or gone
                return None
            self._store.add_source(held.id, one.file)
            self.account.documents["known"] += 1
            self._progress.done(one.file, "known", 0)
            return None
        return (self._store.begin(one.file, digest, ""), digest) if self._keep(one, digest) else None

    def _fell_short(self, held: Listed) -> bool:
        """Tell whether a document lacks something for want of time or memory, say: there may be more of it now."""
        return held.outcome == "partial" and any(lost.code in FELL_SHORT for lost in self._store.lost(held.id))

    def _keep(self, one: Incoming, digest: str) -> bool:
        """Keep an original; a file that cannot be read any more is listed. Raises OSError where it is not at fault."""
        self._look()
        try:
            originals.keep(self._home, one.path, digest)
        except OSError as error:
            if is_the_machines(error):
                raise
            self._look()
            self._leave(one, unreadable(error))
            return False
        return True

    def _is_forgotten(self, one: Incoming, digest: str) -> bool:
        """Tell whether a file was forgotten and is not to be taken in; then it is listed."""
        note = self._store.forgotten_as(digest)
        if note:
            again = f"Ska den läsas in igen: aktspar forget {note.document} --undo"
            self._leave(one, Problem("forgotten", f"Handlingen är glömd sedan {note.day}.", again))
        return note is not None

    def _begin(self, one: Incoming, document: int, digest: str, lost: Sequence[Problem] = ()) -> None:
        self._put(document, one.file, digest, Record(one.file, digest, ""), 0, lost)

    def _leave(self, one: Incoming, lost: Problem) -> None:
        """List a file that cannot even be kept."""
        self._tell(one, [lost])
        self.account.documents["failed"] += 1
        self._progress.done(one.file, "failed", 0)

    def _tell(self, one: Incoming, lost: Iterable[Problem]) -> None:
        self.account.problems += [Listing(one.file, p.page, p.code, p.reason, p.remedy) for p in lost]

    def _put(
        self, document: int, file: str, digest: str, record: Record, start: int, lost: Sequence[Problem] = ()
    ) -> None:
        while len(self._under_way) >= self._at_once:
            self._save_ready()
        going = self._threads.submit(_through, record, self._work(digest), start)
        self._under_way.append(_UnderWay(document, file, digest, going, tuple(lost)))

    def _work(self, digest: str) -> stages.Work:
        return stages.Work(
            originals.path(self._home, digest),
            self._home,
            self._config,
            self._crew,
            self._progress.pages_ahead,
            self._progress.pages_done,
        )

    @property
    def _at_once(self) -> int:
        return min(self._crew.at_once, MOST_AT_ONCE)

    def _save_ready(self) -> None:
        """Wait for a document, and save all that are done: none waits for one that takes longer."""
        wait([one.record for one in self._under_way], return_when=FIRST_COMPLETED)
        ready = [one for one in self._under_way if one.record.done()]
        self._under_way = [one for one in self._under_way if one not in ready]
        for one in ready:
            record = one.record.result()
            self._save(one.document, one.file, replace(record, problems=(*record.problems, *one.lost)))

    def _save(self, document: int, file: str, record: Record) -> None:
        self._look()
        self._put_down(document, record)
        self._progress.done(file, self.account.enter(file, record), len(record.pages))

    def _put_down(self, document: int, record: Record, *, settled: bool = False) -> None:
        with self._store.together():  # who finds a document finds what is asked and answered there too
            self._store.save(document, record, settled=settled)
            connect(self._store)

    def _list(self, one: Incoming, lost: Sequence[Problem]) -> None:
        """End the work on an archive: it is listed, with each thing in it that could not be unpacked."""
        if not lost:
            self._progress.done(one.file, "whole", 0)
            return
        digest = originals.sha256(one.path)
        if self._is_forgotten(one, digest):
            return
        originals.keep(self._home, one.path, digest)
        record = stages.failed(Record(one.file, digest, ZIP), *lost)
        document = self._store.begin(one.file, digest, ZIP)
        self._store.save(document, record)
        self._progress.done(one.file, self.account.enter(one.file, record), 0)


def _through(record: Record, work: stages.Work, start: int) -> Record:
    """Run the stages; a file that cannot be read becomes a record with the reason and no pages."""
    blank = Record(record.file, record.sha256, record.media_type)
    try:
        return stages.run(record, work, start)
    except Unreadable as error:
        return stages.failed(blank, Problem(error.code, error.cause, error.remedy))
    except AktsparError:
        raise
    except Exception as error:
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and is_the_machines(error)):
            raise  # this process's, not a worker's: no file is at fault
        told = unexpected(error)
        return stages.failed(blank, Problem(told.code, told.cause, told.remedy))
