"""The desk where files are taken in: one run at a time, in a thread of its own, with an ear that hears how it goes.

Uploads are written into the library's temporary folder under names made safe, are read by the same worker processes as
files on the command line, and are gone when the run ends: the library keeps its own originals. When the page is closed
the run is broken off; what is done is saved, and the rest can be taken in again.
"""

import logging
import re
import shutil
import time
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Lock, Thread
from types import TracebackType
from typing import BinaryIO, Self, TypeVar

from corpus import settings
from corpus.account import Account, Taken
from corpus.errors import AktsparError, LibraryBusy, WrongUse, refused
from corpus.store import Store
from index.catalogue import open_index
from pipeline import run
from pipeline.temporary import temporary_folder
from pipeline.workers import Wait, Workers

T = TypeVar("T")

LONGEST_NAME, LONGEST_ENDING = 200, 50  # bytes of a file's name: file systems take 255
NAMELESS = "namnlös"
SHOWN = 100  # documents of a run that are listed
GOODBYE_SECONDS = 10.0
MEGABYTE = 1 << 20
_log = logging.getLogger("uvicorn.error")


class Stopped(AktsparError):
    """The page was closed while the run went on."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file the run is done with: what became of it, its pages, and its document where it is held."""

    file: str
    taken: Taken
    pages: int
    document: int | None = None


@dataclass(frozen=True, slots=True)
class Going:
    """How far a run has come; `account` when it has ended, `failure` where it was broken off.

    `pages` are those of the files opened so far. While the search index is brought up to date it is `indexing`.
    """

    what: str
    files: int
    files_done: int
    pages: int
    pages_done: int
    latest: str
    indexing: bool
    seconds: float
    account: Account | None
    failure: AktsparError | None
    documents: tuple[TakenIn, ...]

    @property
    def ended(self) -> bool:
        """Tell whether nothing more will come of it."""
        return self.account is not None or self.failure is not None


class Ear:
    """Hears how a run goes, from several threads; fits `pipeline.run.Progress`."""

    def __init__(self, what: str) -> None:
        self._what, self._began, self._lock = what, time.monotonic(), Lock()
        self._files = self._pages = self._pages_done = self._files_done = 0
        self._latest, self._indexing, self._seconds = "", False, 0.0
        self._documents: list[TakenIn] = []
        self._outcome: Account | AktsparError | None = None

    def files_ahead(self, files: int) -> None:
        """So many more files are to come."""
        with self._lock:
            self._files += files

    def pages_ahead(self, pages: int) -> None:
        """A document with so many pages has been opened."""
        with self._lock:
            self._pages += pages

    def pages_done(self, pages: int) -> None:
        """So many more pages are read."""
        with self._lock:
            self._pages_done += pages

    def done(self, name: str, taken: Taken, pages: int) -> None:
        """Work on a file has ended."""
        with self._lock:
            self._files_done += 1
            self._latest = name
            if len(self._documents) < SHOWN:
                self._documents.append(TakenIn(name, taken, pages))

    def settling(self, done: int, documents: int) -> None:
        """So many documents, of so many, are restored once more by what the others spell: part of the end."""
        del done, documents
        self.indexing()

    def indexing(self) -> None:
        """All files are done; the search index is not."""
        with self._lock:
            self._indexing = True

    def find(self, store: Store) -> None:
        """Look up which documents the files have become."""
        with self._lock:
            self._documents = [TakenIn(d.file, d.taken, d.pages, _held(store, d.file)) for d in self._documents]

    def ended(self, outcome: Account | AktsparError) -> None:
        """The run has ended, with its account or broken off by an error."""
        with self._lock:
            self._outcome, self._seconds = outcome, time.monotonic() - self._began

    def told(self) -> Going:
        """Return how it goes."""
        with self._lock:
            over = self._outcome is not None
            return Going(
                self._what, self._files, self._files_done, self._pages, self._pages_done, self._latest,
                self._indexing and not over, self._seconds if over else time.monotonic() - self._began,
                self._outcome if isinstance(self._outcome, Account) else None,
                self._outcome if isinstance(self._outcome, AktsparError) else None, tuple(self._documents),
            )  # fmt: skip


def _held(store: Store, file: str) -> int | None:
    try:
        return store.resolve(file)
    except WrongUse:  # an archive is held as its members
        return None


class _Crew:
    """Workers that another thread may send home: whoever waits for them then hears that all is stopped."""

    def __init__(self, workers: Workers) -> None:
        self._workers, self._stopped = workers, Event()
        self.at_once = workers.at_once

    def submit(self, seconds: float, task: Callable[..., T], *arguments: object) -> Wait[T]:
        """Begin a task."""
        begun = self._unless_stopped(lambda: self._workers.submit(seconds, task, *arguments))
        if self._stopped.is_set():  # too late to be broken off with the others
            self._workers.cancel()
        return lambda: self._unless_stopped(begun)

    def stop(self) -> None:
        """Send all home, whatever they are at."""
        self._stopped.set()
        self._workers.cancel()

    def _unless_stopped(self, work: Wait[T]) -> T:
        try:
            return work()
        except Exception as error:
            if self._stopped.is_set():
                raise Stopped(
                    "Inläsningen avbröts.", "Det som hann bli klart är sparat; lägg till resten igen."
                ) from error
            raise


class Desk:
    """Takes files in, one run at a time, and keeps the account of the last. Leaving it breaks off what goes on."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = Lock()
        self._taken = False
        self._ear: Ear | None = None
        self._thread: Thread | None = None
        self._crew: _Crew | None = None
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        crew, thread = self._crew, self._thread
        if crew is not None:
            crew.stop()
        if thread is not None:
            thread.join(GOODBYE_SECONDS)

    def told(self) -> Going | None:
        """Return how the run goes, or the last one ended; None before the first."""
        ear = self._ear
        return ear.told() if ear else None

    def take_in_uploads(self, uploads: Sequence[tuple[str, BinaryIO]]) -> None:
        """Begin a run over uploaded files, each with the name it came under. Raises LibraryBusy while one goes on."""
        names = [safe_name(name) for name, _ in uploads]
        what = names[0] if len(names) == 1 else f"{len(names)} uppladdade filer"

        def kept(folder: Path) -> list[Path]:
            return [_kept(folder / str(n), names[n], data) for n, (_, data) in enumerate(uploads)]

        self._begin(what, kept)

    def take_in_folder(self, folder: Path) -> None:
        """Begin a run over a folder. Raises LibraryBusy while one goes on."""
        self._begin(str(folder), lambda _: [folder])

    def _begin(self, what: str, prepare: Callable[[Path], list[Path]]) -> None:
        with self._lock:
            if self._taken:
                raise LibraryBusy("En annan inläsning pågår.", "Vänta tills den är klar och försök igen.")
            self._taken = True
        stack = ExitStack()
        try:
            folder = stack.enter_context(temporary_folder(self._home))
            paths = prepare(folder)
        except BaseException as error:
            stack.close()
            self._taken = False
            if isinstance(error, OSError):
                raise refused(error) from error
            raise
        ear = Ear(what)
        thread = Thread(target=self._run, args=(stack, folder, paths, ear), name="inläsning", daemon=True)
        self._ear, self._thread = ear, thread
        thread.start()

    def _run(self, stack: ExitStack, folder: Path, paths: list[Path], ear: Ear) -> None:
        """Take the files in and tell the ear how it ended; a run that fails never brings the page down."""
        outcome: Account | AktsparError
        try:
            outcome = self._taken_in(stack, folder, paths, ear)
        except AktsparError as error:
            outcome = error
        except Exception as error:  # noqa: BLE001 – told to who looks at the page, and to the log
            _log.exception("inläsningen avbröts")
            cause = f"Oväntat fel: {type(error).__name__}: {error}"
            outcome = AktsparError(cause, "Det som hann bli klart är sparat.")
        self._crew, self._taken = None, False
        ear.ended(outcome)

    def _taken_in(self, stack: ExitStack, folder: Path, paths: list[Path], ear: Ear) -> Account:
        with stack:
            config = settings.load(self._home)
            workers = stack.enter_context(Workers(folder, config.workers, config.worker_megabytes * MEGABYTE))
            self._crew = crew = _Crew(workers)
            if self._closed:  # before there was anyone to send home
                crew.stop()
            with Store(self._home, create=True) as store:
                account = run.add(store, self._home, paths, ear, crew)
                ear.indexing()
                open_index(self._home, store, suited=True).close()
                ear.find(store)
        return account


def _kept(folder: Path, name: str, data: BinaryIO) -> Path:
    """Write an upload into a folder of its own: two may have the same name."""
    folder.mkdir()
    target = folder / name
    with target.open("xb") as file:
        shutil.copyfileobj(data, file)
    return target


def safe_name(given: str) -> str:
    """Return a file's own name from what a browser sent: no folders, no signs that do not show, not hidden or long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    name = "".join(sign for sign in last if sign.isprintable()).strip(" .") or NAMELESS
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) > LONGEST_ENDING:
        stem, dot, ending = name, "", ""
    room = LONGEST_NAME - len(f"{dot}{ending}".encode())
    return stem.encode()[:room].decode(errors="ignore").strip(" .") + dot + ending
