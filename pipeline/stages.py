"""The stages a document goes through, in order: each a plain function `Record -> Record` with a name and a version.

`refresh` runs a stage again, and those after it, where its version has changed since; a version is raised whenever
the same input may give another result. The stages' own modules are heavy and are imported when a stage runs.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from corpus.records import Page, Problem, Record, apply_corrections
from corpus.settings import Settings


@dataclass(frozen=True, slots=True)
class Work:
    """What a stage may need besides the record: the original's bytes, the settings, and hands for work in parallel."""

    data: bytes
    settings: Settings
    hands: Executor


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage by name and version; `from_file` where it begins with the original and not with what is stored."""

    name: str
    version: str
    run: Callable[[Record, Work], Record]
    from_file: bool = False


def _read(record: Record, work: Work) -> Record:
    from pipeline.grade import grade
    from pipeline.read import READERS, RENDERERS

    texts = READERS[record.media_type](work.data)
    graded = [(text, grade(text)) for text in texts]
    pages = tuple(
        Page(number, text, text, "layer" if record.media_type in RENDERERS else "plain", g.score, g.reasons)
        for number, (text, g) in enumerate(graded, start=1)
    )
    return replace(record, pages=pages, pages_in=len(pages))


def _recognise(record: Record, work: Work) -> Record:
    from pipeline.recognise import recognise

    return recognise(record, work.data, work.settings, work.hands)


def _restore(record: Record, work: Work) -> Record:
    del work
    return replace(record, pages=tuple(map(_restored, record.pages)))


def _restored(page: Page) -> Page:
    from pipeline.restore import restore

    corrections = restore(page.original)
    method = "restored layer" if corrections and page.method == "layer" else page.method
    return replace(page, text=apply_corrections(page.original, corrections), corrections=corrections, method=method)


def _extract(record: Record, work: Work) -> Record:
    from pipeline.extract import extract

    del work
    return replace(record, findings=extract(record))


STAGES = (
    Stage("read", "2", _read, from_file=True),
    Stage("recognise", "3", _recognise, from_file=True),
    Stage("restore", "2", _restore),
    Stage("extract", "3", _extract),
)


def first_changed(done: tuple[tuple[str, str], ...]) -> int | None:
    """Return the index of the first stage whose version is not the one already run, None where all are."""
    held = dict(done)
    return next((i for i, stage in enumerate(STAGES) if held.get(stage.name) != stage.version), None)


def run(record: Record, work: Work, start: int = 0) -> Record:
    """Run the stages from number `start` on and note their versions."""
    for stage in STAGES[start:]:
        record = stage.run(record, work)
    return replace(record, stages=_versions())


def failed(record: Record, problem: Problem) -> Record:
    """Return the record of a file that could not be read at all; it is tried again when a stage changes."""
    return replace(record, problems=(problem,), stages=_versions())


def _versions() -> tuple[tuple[str, str], ...]:
    return tuple((stage.name, stage.version) for stage in STAGES)
