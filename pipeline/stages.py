"""The stages a document goes through, in order: each a plain function `Record -> Record` with a name and a version.

`refresh` runs a stage again, and those after it, where its version has changed since; a version is raised whenever the
same input may give another result. The work itself is done by tasks in workers (`pipeline/tasks.py`); a stage says
which, how long each may take, and what becomes of a page that cannot be read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import rulings, vocabulary
from corpus.errors import Unreadable
from corpus.records import GOOD, Page, Problem, Record
from corpus.settings import Settings
from pipeline import tasks
from pipeline.workers import Crew, Wait

OPEN_SECONDS = 60
PAGES_A_TASK = 20  # of a text layer: enough to be worth a task, few enough to share a document between workers
READ_SECONDS = 5  # a page
RECOGNISE_SECONDS = 660  # a page: at most five looks, each with its own shorter limit
RESTORE_SECONDS, FIND_SECONDS = 10, 10  # a page,
LEAST_SECONDS = 60  # and at least this for a document


def _unheard(pages: int) -> None:
    del pages


@dataclass(frozen=True, slots=True)
class Work:
    """What a stage may need besides the record: the original, the library, its settings, the workers, and an ear.

    `ahead` is told of pages still to come, `done` of pages that are ready.
    """

    file: Path
    home: Path
    settings: Settings
    crew: Crew
    ahead: Callable[[int], None] = _unheard
    done: Callable[[int], None] = _unheard


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage by name and version; `from_file` where it begins with the original and not with what is stored.

    `by_words` where what it gives depends on the vocabularies: a library's own are then part of its version.
    """

    name: str
    version: str
    run: Callable[[Record, Work], Record]
    from_file: bool = False
    by_words: bool = False

    @property
    def full_version(self) -> str:
        """The version, with a sum of the library's own vocabularies where they count."""
        own = vocabulary.digest() if self.by_words else ""
        return f"{self.version}+{own}" if own else self.version


def _read(record: Record, work: Work) -> Record:
    opened = work.crew.submit(OPEN_SECONDS, tasks.open_file, work.file)()
    work.ahead(opened.pages_in)
    record = replace(record, media_type=opened.media_type, pages_in=opened.pages_in, pages=(), problems=())
    if opened.pages is not None:
        work.done(len(opened.pages))
        return replace(record, pages=opened.pages)
    numbers = range(1, opened.pages_in + 1)
    chunks = [numbers[i : i + PAGES_A_TASK] for i in range(0, len(numbers), PAGES_A_TASK)]
    begun = [(chunk, _read_task(record, work, chunk)) for chunk in chunks]
    outcomes = [one for chunk, wait in begun for one in _read_or_listed(record, work, chunk, wait)]
    return _held(record, outcomes)


def _read_task(record: Record, work: Work, numbers: range) -> Wait[list[Page]]:
    seconds = READ_SECONDS * len(numbers)
    return work.crew.submit(seconds, tasks.read_pages, work.file, record.media_type, numbers)


def _read_or_listed(record: Record, work: Work, numbers: range, wait: Wait[list[Page]]) -> list[Page | Problem]:
    """Return the pages; where one of them brought the task down, each is read alone and the bad one is listed."""
    try:
        pages = wait()
    except Unreadable as error:
        if len(numbers) == 1:
            return [Problem(error.code, error.cause, error.remedy, numbers[0])]
        alone = [(range(n, n + 1), _read_task(record, work, range(n, n + 1))) for n in numbers]
        return [one for number, wait in alone for one in _read_or_listed(record, work, number, wait)]
    work.done(sum(page.grade >= GOOD for page in pages))
    return list(pages)


def _recognise(record: Record, work: Work) -> Record:
    from pipeline.ocr import require
    from pipeline.read import PAGED

    wanted = [page for page in record.pages if page.grade < GOOD] if record.media_type in PAGED else []
    if not wanted:
        return record
    require(work.settings.ocr_language)
    begun = {
        page.number: work.crew.submit(
            RECOGNISE_SECONDS,
            tasks.recognise_page,
            tasks.PageTask(work.file, record.media_type, page, work.settings, work.home),
        )
        for page in wanted
    }
    outcomes = [_page_or_listed(page, begun.get(page.number), work) for page in record.pages]
    return _held(record, outcomes)


def _page_or_listed(page: Page, wait: Wait[Page] | None, work: Work) -> Page | Problem:
    if wait is None:
        return page
    try:
        return wait()
    except Unreadable as error:
        if page.text.strip():  # a poor layer is better than none
            return replace(page, reasons=(*page.reasons, f"OCR gick inte: {error.cause}"))
        return Problem(error.code, error.cause, error.remedy, page.number)
    finally:
        work.done(1)


def _held(record: Record, outcomes: Iterable[Page | Problem]) -> Record:
    outcomes = list(outcomes)
    return replace(
        record,
        pages=tuple(page for page in outcomes if isinstance(page, Page)),
        problems=(*record.problems, *(lost for lost in outcomes if isinstance(lost, Problem))),
    )


def _restore(record: Record, work: Work) -> Record:
    """Restore the text by itself. What other documents tell of it comes when all are in (`pipeline/settling.py`)."""
    try:
        restored = restored_pages(record, work)
        return replace(record, pages=restored.pages, settled=not restored.asked)
    except Unreadable as error:  # the text as it was read is better than none
        return _with_problem(record, "Texten kunde inte rättas", error)


def restored_pages(record: Record, work: Work, known: tasks.Counts = tasks.NOTHING) -> tasks.Restored:
    """Restore the pages of a document in a worker, by what is known of how its library spells. Raises Unreadable."""
    seconds = max(LEAST_SECONDS, RESTORE_SECONDS * len(record.pages))
    ruled = rulings.load(work.home)
    return work.crew.submit(seconds, tasks.restore_pages, record.pages, record.sha256, ruled, known)()


def _extract(record: Record, work: Work) -> Record:
    seconds = max(LEAST_SECONDS, FIND_SECONDS * len(record.pages))
    bare = replace(record, pages=tuple(replace(page, words=()) for page in record.pages))
    try:
        return replace(record, findings=work.crew.submit(seconds, tasks.find, bare)())
    except Unreadable as error:  # the pages can be searched and read all the same
        return _with_problem(replace(record, findings=()), "Inget kunde hämtas ur texten", error)


def _with_problem(record: Record, lead: str, error: Unreadable) -> Record:
    problem = Problem(error.code, f"{lead}. {error.cause}", error.remedy)
    return replace(record, problems=tuple(dict.fromkeys((*record.problems, problem))))


STAGES = (
    Stage("read", "3", _read, from_file=True),
    Stage("recognise", "5", _recognise, from_file=True),
    Stage("restore", "5", _restore),
    Stage("extract", "10", _extract, by_words=True),
)


def first_changed(done: tuple[tuple[str, str], ...]) -> int | None:
    """Return the index of the first stage whose version is not the one already run, None where all are."""
    held = dict(done)
    return next((i for i, stage in enumerate(STAGES) if held.get(stage.name) != stage.full_version), None)


def number(name: str) -> int:
    """Return the index of the stage of that name."""
    return next(i for i, stage in enumerate(STAGES) if stage.name == name)


def run(record: Record, work: Work, start: int = 0) -> Record:
    """Run the stages from number `start` on and note their versions."""
    for stage in STAGES[start:]:
        record = stage.run(record, work)
    return replace(record, stages=_versions())


def failed(record: Record, *problems: Problem) -> Record:
    """Return the record of a file that could not be read at all; it is tried again when a stage changes."""
    return replace(record, problems=problems, stages=_versions())


def _versions() -> tuple[tuple[str, str], ...]:
    return tuple((stage.name, stage.full_version) for stage in STAGES)
