"""How fast pages are read: scans through the whole of `add`, beside the bare engine and a known program; digital pages.

The contenders for scans read the same pages with as many processes as there are cores, taking turns within one run, so
that whatever else the machine does falls on all of them. What `add` takes for a line of text is beside them: the
start-up, which is part of its time and weighs the less the more pages there are. `tesseract` alone is what no program
built on it can be much faster than: page images that lie ready on disk, nothing done before or after. OCRmyPDF does
not do the same work (it writes a PDF with a text layer, and knows nothing of councils), but it is what else a person
would use.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from bench import library, papers
from bench.talk import say
from corpus.records import Page
from corpus.settings import Settings
from pipeline import tasks
from pipeline.grade import grade
from pipeline.read import PAGED, pdf
from pipeline.stages import PAGES_A_TASK

OCRMYPDF = "BENCH_OCRMYPDF"  # the environment variable that names the program, where it is not on PATH
PROGRAM, START, BARE, OTHER = "add", "add, a line of text", "tesseract", "ocrmypdf"
NOT_INSTALLED = "not installed: pip install '.[bench]' and ghostscript"
ROUNDS_DIGITAL = 3

Contender = Callable[[], float]


@dataclass(slots=True)
class Race:
    """Seconds of each contender, round by round; `lacking` says why one did not take part."""

    pages: int
    processes: int
    engine: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    lacking: dict[str, str] = field(default_factory=dict)

    def median(self, name: str) -> float:
        """Return the median of a contender's seconds."""
        return statistics.median(self.seconds[name])

    def rate(self, name: str) -> float:
        """Return a contender's pages a second."""
        return self.pages / self.median(name)


@dataclass(frozen=True, slots=True)
class Digital:
    """Pages read in this process: seconds by the wall clock and of the processor, and how they divide."""

    pages: int
    seconds: float
    processor_seconds: float
    reading_share: float
    with_table: int


class _Failed(Exception):
    """A contender that could not do its work."""


# ---- scans -----------------------------------------------------------------------------------------------------------


def race(scans: Sequence[Path], copies: int, rounds: int) -> Race:
    """Let the program and its rivals read the same pages, in turn."""
    from pipeline.ocr import require

    language = Settings().ocr_language
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        file = folder / "scans.pdf"
        pages = papers.copied_scans(scans, copies, file)
        result = Race(pages, library.cores(), require(language).version)
        images = _rendered(file, pages, folder)
        line = folder / "line.txt"
        line.write_text("Nämnden beslutade att återkomma.\n", encoding="utf-8")
        contenders: dict[str, Contender] = {
            PROGRAM: lambda: _program(file, pages),
            START: lambda: _program(line, 1),
            BARE: lambda: _bare(images, language),
        }
        other = _ocrmypdf()
        if other:
            contenders[OTHER] = lambda: _other(other, file, language)
        else:
            result.lacking[OTHER] = NOT_INSTALLED
        for turn in range(1, rounds + 1):
            for contender, run in contenders.items():
                _run(result, contender, run, turn)
        return result


def _run(result: Race, name: str, run: Contender, turn: int) -> None:
    if name in result.lacking:
        return
    try:
        seconds = run()
    except _Failed as error:
        result.lacking[name] = str(error)
        result.seconds.pop(name, None)
        say(f"  round {turn}: {name}: {error}")
        return
    result.seconds.setdefault(name, []).append(seconds)
    say(f"  round {turn}: {name}: {seconds:.1f} s")


def _rendered(file: Path, pages: int, folder: Path) -> list[Path]:
    images = []
    for number in range(1, pages + 1):
        images.append(folder / f"{number}.pgm")
        pdf.render(file, number, papers.SCAN_DPI).image.save(images[-1], "PPM")
    return images


def _program(file: Path, pages: int) -> float:
    with tempfile.TemporaryDirectory(prefix="bench-home-") as home:  # a fresh one: nothing is known from before
        added = library.add(Path(home), [file])
    if added.pages_held != pages:
        raise _Failed(f"{added.pages_held} of {pages} pages held")
    return added.seconds


def _bare(images: Sequence[Path], language: str) -> float:
    options = ("stdout", "-l", language, "--psm", "3", "--dpi", str(papers.SCAN_DPI), "tsv")
    began = time.monotonic()
    with ThreadPoolExecutor(library.cores()) as threads:
        list(threads.map(lambda image: _started("tesseract", image, *options), images))
    return time.monotonic() - began


def _other(program: str, file: Path, language: str) -> float:
    jobs = str(library.cores())
    began = time.monotonic()
    _started(program, "-l", language, "--jobs", jobs, "--output-type", "pdf", "--quiet", file, file.with_suffix(".out"))
    return time.monotonic() - began


def _started(program: str, *arguments: str | Path) -> None:
    limits = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run([program, *arguments], env=limits, capture_output=True, check=False)
    except OSError as error:
        raise _Failed(f"{program} could not be started: {error.strerror}") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise _Failed(f"ended with {done.returncode}: {said[-1] if said else 'nothing said'}")


def _ocrmypdf() -> str | None:
    """Return the program: as the environment variable names it, in this environment, or on PATH."""
    named = os.environ.get(OCRMYPDF)
    return shutil.which(named or OTHER) or shutil.which(OTHER, path=str(Path(sys.executable).parent))


# ---- digital pages ---------------------------------------------------------------------------------------------------


def digital(files: Sequence[Path], pages: int) -> Digital:
    """Read a long digital document made of the files' pages."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "long.pdf"
        papers.repeated(files, pages, file)
        return _measured(file)


def ruled(pages: int) -> Digital | None:
    """Read pages with a ruled table each; None where fpdf2, which makes them, is not installed."""
    if find_spec("fpdf") is None:
        return None
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "tables.pdf"
        papers.tables(pages, file)
        return _measured(file)


def _measured(file: Path) -> Digital:
    """Read a document warm, some times over, on this one core; the parts are timed on their own afterwards.

    Opening counts, and happens anew each time. Repeated pages make the grader's look-ups warmer than a real document
    does; what is read is not kept anywhere.
    """
    pages = _read(file)  # imports, models
    walls, processors = [], []
    for _ in range(ROUNDS_DIGITAL):
        os.utime(file)  # else the reader has it open already
        wall, processor = time.perf_counter(), time.process_time()
        _read(file)
        walls.append(time.perf_counter() - wall)
        processors.append(time.process_time() - processor)
    reading, grading = _parts(file, len(pages))
    return Digital(
        len(pages),
        statistics.median(walls),
        statistics.median(processors),
        reading / (reading + grading),
        sum(any(part.kind == "table" for part in page.parts) for page in pages),
    )


def _read(file: Path) -> list[Page]:
    opened = tasks.open_file(file)
    chunks = _chunks(opened.pages_in)
    return [page for chunk in chunks for page in tasks.read_pages(file, opened.media_type, chunk)]


def _chunks(pages: int) -> list[range]:
    numbers = range(1, pages + 1)
    return [numbers[at : at + PAGES_A_TASK] for at in range(0, pages, PAGES_A_TASK)]


def _parts(file: Path, pages: int) -> tuple[float, float]:
    """Return the seconds of reading the text layers, opening included, and of grading them."""
    os.utime(file)
    began = time.perf_counter()
    kind = tasks.open_file(file).media_type
    texts = [text for chunk in _chunks(pages) for text in PAGED[kind].read(file, chunk)]
    read = time.perf_counter()
    for text in texts:
        grade(text.text)
    return read - began, time.perf_counter() - read
