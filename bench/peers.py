"""`./run bench peers`: the table of README, every job beside the programs that others would use, in one run.

Three jobs. Scans: read by `aktspar add`, by Tesseract alone and by OCRmyPDF. Digital pages: their text layer read and
graded here, and read by pdftotext. Search: the same documents of 700 words indexed and asked by our engine with all
that comes with an answer (passages, reasons, facets), by SQLite's FTS5 with its snippets, and by Recoll with its
abstracts, which is asked in a process of the system's Python. A program that is not installed is passed over.

On Debian: apt install recollcmd python3-recoll poppler-utils ocrmypdf.
"""

import argparse
import json
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path

from bench import library, papers, speed
from bench.library import PROJECT
from bench.made import Papers
from bench.search import FTS_TABLE, Asked, Library, clocked, full_text, kinds
from bench.talk import say, show
from corpus.store import Store
from index import search
from index.catalogue import FOLDER, reindex

SHARED = PROJECT.parent / "shared"
COPIES, DIGITAL_PAGES, DOCUMENTS = 6, 600, 20_000
ASKED = ("common word", "both of two", "phrase", "beginning*")
SYSTEM_PYTHON = "/usr/bin/python3"  # the one that the system's python3-recoll is made for
RECOLL_SETTINGS = """topdirs = {folder}
indexstemminglanguages = swedish
unac_except_trans = åå Åå ää Ää öö Öö éé Éé
loglevel = 1
"""
ASK_RECOLL = """
import json, sys, time
from recoll import recoll
held = recoll.connect(sys.argv[1])
def ask(typed):
    query = held.query()
    query.execute(typed, stemlang="swedish")
    return [query.makedocabstract(one) for one in query.fetchmany(10)]
for typed in json.load(sys.stdin):
    ask(typed)
    began = time.perf_counter()
    ask(typed)
    print((time.perf_counter() - began) * 1000)
"""


# ---- scans and digital pages -----------------------------------------------------------------------------------------


def scans(copies: int) -> Iterator[list[str]]:
    """Yield what each reader of scans does in a second."""
    race = speed.race(sorted((SHARED / "scans").glob("0*-scan300.pdf")), copies, rounds=1)
    does = {
        speed.PROGRAM: "read, restored, found in, connected, saved",
        speed.BARE: "text of images that lie ready",
        speed.OTHER: "PDF with a text layer",
    }
    for name, what in does.items():
        figure = f"{race.rate(name):.2f} pages/s" if name in race.seconds else race.lacking[name]
        yield [f"scans, {name}", figure, what]


def digital(pages: int) -> Iterator[list[str]]:
    """Yield what each reader of text layers does in a second on one core."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        file = Path(folder) / "long.pdf"
        files = sorted((SHARED / "scans").glob("0*-digital.pdf"))
        made = papers.repeated(files, pages, file)
        read = speed.digital(files, pages)
        yield ["digital pages, aktspar", f"{read.pages / read.seconds:.0f} pages/s", "read in order, tables, graded"]
        if program := shutil.which("pdftotext"):
            began = time.perf_counter()
            subprocess.run([program, "-layout", file, file.with_suffix(".txt")], check=True)
            taken = time.perf_counter() - began
            yield ["digital pages, pdftotext", f"{made / taken:.0f} pages/s", "text as it lies on the page"]


# ---- search ----------------------------------------------------------------------------------------------------------


def searches(documents: int) -> Iterator[list[str]]:
    """Yield, for each engine, documents indexed a second, and the 95th percentile of each kind of query."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        with Store(folder / "home", create=True) as store:
            held = Library(folder / "home", store)
            held.grow(documents)
            asked = {kind: some for kind, some in kinds(held.papers, held.held).items() if kind in ASKED}
            began = time.perf_counter()
            reindex(held.home, store).close()
            rate = documents / (time.perf_counter() - began)
            size = sum(file.stat().st_size for file in (held.home / FOLDER).rglob("*") if file.is_file())
            times = {kind: _clocked(partial(search.each, store, held.home, [one.typed], one.window) for one in some)
                     for kind, some in asked.items()}  # fmt: skip
            yield _row("aktspar", rate, size, times)
        yield _fts5(folder, documents, asked)
        with suppress(FileNotFoundError):
            yield _recoll(folder, documents, asked)


def _fts5(folder: Path, documents: int, asked: Mapping[str, Sequence[Asked]]) -> list[str]:
    file = folder / "fts.db"
    db = sqlite3.connect(file)
    db.execute(FTS_TABLE)
    texts = list(_texts(documents))
    began = time.perf_counter()
    db.executemany("INSERT INTO held (text) VALUES (?)", ((text,) for text in texts))
    db.commit()
    rate = documents / (time.perf_counter() - began)
    times = {kind: _clocked(partial(full_text, db, one.fts, one.window) for one in some if one.fts)
             for kind, some in asked.items()}  # fmt: skip
    db.close()
    return _row("SQLite FTS5", rate, file.stat().st_size, times)


def _recoll(folder: Path, documents: int, asked: Mapping[str, Sequence[Asked]]) -> list[str]:
    """Raises FileNotFoundError where Recoll is not installed."""
    held, settings = folder / "text", folder / "recoll"
    held.mkdir()
    settings.mkdir()
    for number, text in enumerate(_texts(documents)):
        (held / f"{number:06}.txt").write_text(text, encoding="utf-8")
    (settings / "recoll.conf").write_text(RECOLL_SETTINGS.format(folder=held), encoding="utf-8")
    began = time.perf_counter()
    subprocess.run(["recollindex", "-c", settings], check=True, capture_output=True)
    rate = documents / (time.perf_counter() - began)
    size = sum(file.stat().st_size for file in (settings / "xapiandb").rglob("*") if file.is_file())
    typed = [one.typed for some in asked.values() for one in some]
    command = [SYSTEM_PYTHON, "-c", ASK_RECOLL, str(settings)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, input=json.dumps(typed))
    taken = iter(map(float, told.stdout.split()))
    return _row("Recoll", rate, size, {kind: list(islice(taken, len(some))) for kind, some in asked.items()})


def _texts(documents: int) -> Iterator[str]:
    """Yield the texts that `bench.search.Library` holds."""
    for record in islice(Papers(), documents):
        yield "\n".join(page.text for page in record.pages)


def _clocked(asked: Iterable[Callable[[], object]]) -> list[float]:
    """Return the milliseconds of queries, each asked the second time."""
    taken: list[float] = []
    for ask in asked:
        clocked(taken, ask)
    return taken


def _row(name: str, rate: float, size: int, times: Mapping[str, Sequence[float]]) -> list[str]:
    return [name, f"{rate:.0f}", f"{size / 1_000_000:.0f} MB", *(_p95(times[kind]) for kind in ASKED)]


def _p95(times: Sequence[float]) -> str:
    return f"{statistics.quantiles(times, n=20)[-1]:.1f}"


def main(arguments: list[str]) -> int:
    """Measure; print tables."""
    parser = argparse.ArgumentParser(prog="./run bench peers")
    parser.add_argument("--copies", type=int, default=COPIES, metavar="N", help="of each scanned page (%(default)s)")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, metavar="N", help="searched (%(default)s)")
    asked = parser.parse_args(arguments)
    cores = f"{library.cores()} cores"
    show(f"Reading, {cores} for scans and one for digital pages", ["", "", "what comes out"],
         [*scans(asked.copies), *digital(DIGITAL_PAGES)])  # fmt: skip
    say("searching …")
    show(
        f"{asked.documents:,} documents of 700 words; milliseconds at the 95th percentile",
        ["", "documents/s", "index", *ASKED], list(searches(asked.documents)),
    )  # fmt: skip
    return 0
