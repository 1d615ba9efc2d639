"""`./run bench search`: what search costs in libraries of different sizes, and how well it finds.

Speed: a library of made-up documents of 700 words grows from size to size and is indexed by the engine that suits it
(or the one named). Each kind of query is asked many times through everything – parse, search, passages, facets – and
beside it the bare engine with the same terms, and SQLite's FTS5 over the same words, in the same run. How well it
finds is measured by `./run bench search_quality`.
"""

import argparse
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import TypeVar

from bench.made import YEARS, Papers, write
from bench.talk import beside, megabytes, say, show, whole
from corpus import settings
from corpus.store import Store
from index import analysis, plan, search
from index.catalogue import FOLDER, open_index, reindex
from index.engines.protocol import Clause, Engine, Filtered, Most
from index.query import parse
from index.search import Window

T = TypeVar("T")

FTS_TABLE = "CREATE VIRTUAL TABLE held USING fts5 (text, tokenize = 'unicode61 remove_diacritics 0')"

SIZES = (2_000, 5_000, 20_000, 100_000)
QUERIES = 25  # of each kind
GOALS = {"whoosh": 60.0, "tantivy": 25.0}  # milliseconds at the 95th percentile
RATE = 400  # documents a second and core
COMMON, MIDDLE, RARE = slice(150, 400), slice(1_000, 4_000), slice(15_000, 19_000)  # words by how common they are


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as typed, which hits are wanted, and the same for FTS5 where it has such a thing."""

    typed: str
    window: Window = field(default_factory=Window)
    fts: str | None = None


@dataclass(slots=True)
class Times:
    """Milliseconds of each way to answer, query by query."""

    ours: list[float]
    bare: list[float]
    fts: list[float]
    found: list[int]


def kinds(papers: Papers, held: Sequence[str]) -> Mapping[str, list[Asked]]:
    """Return the queries of each kind; `held` are texts of the library, for phrases that stand there."""
    chance = Random(2)  # noqa: S311
    words = [word for word in papers.words if len(word) > 3 and word not in analysis.stopwords()]

    def some(among: slice) -> list[str]:
        return chance.sample(words[among], QUERIES)

    phrases = [
        " ".join(chance.choice(text.split(".\n")).lower().split()[:3]) for text in chance.choices(held, k=QUERIES)
    ]
    pairs = list(zip(some(MIDDLE), some(COMMON), strict=True))
    filters = "parti:V typ:motion år:2005..2015 nämnd:socialnämnden"
    return {
        "common word": [Asked(one, fts=one) for one in some(COMMON)],
        "rare word": [Asked(one, fts=one) for one in some(RARE)],
        "both of two": [Asked(f"{a} {b}", fts=f"{a} AND {b}") for a, b in pairs],
        "phrase": [Asked(f'"{one}"', fts=f'"{one}"') for one in phrases],
        "beginning*": [Asked(f"{one[:5]}*", fts=f"{one[:5]}*") for one in some(MIDDLE)],
        "misspelt": [Asked(_misspelt(one)) for one in some(RARE)],
        "filtered": [Asked(f"{one} {filters}") for one in some(COMMON)],
        "newest first": [Asked(one, Window(order="newest"), one) for one in some(COMMON)],
        "a number": [Asked(f"KS {chance.choice(YEARS)}/{chance.randrange(1, 200)}") for _ in range(QUERIES)],
        "a question": [Asked(f"vad har {a} för betydelse när det gäller {b}") for a, b in pairs],
    }  # fmt: skip


def _misspelt(word: str) -> str:
    return word[:2] + word[3] + word[2] + word[4:]


class Library:
    """A library that grows, with an FTS5 table of the same words beside it."""

    def __init__(self, home: Path, store: Store) -> None:
        self.home, self.store, self.papers = home, store, Papers()
        store._db.execute("PRAGMA synchronous = OFF")  # noqa: SLF001 – it is thrown away
        self.fts = sqlite3.connect(home / "fts.db")
        self.fts.execute(FTS_TABLE)
        self.held: list[str] = []
        self._made, self._size = iter(self.papers), 0

    def grow(self, size: int) -> None:
        """Take in documents up to a size."""
        began = time.perf_counter()
        for record in islice(self._made, size - self._size):
            document = write(self.store, record)
            text = "\n".join(page.text for page in record.pages)
            self.fts.execute("INSERT INTO held (rowid, text) VALUES (?, ?)", (document, text))
            if len(self.held) < 2_000:
                self.held.append(text)
        self.fts.commit()
        self._size = size
        say(f"{size} documents written in {time.perf_counter() - began:.0f} s")


def indexed(library: Library, size: int, engine: str) -> dict[str, float]:
    """Build the index anew; return what that took, and what one more document does."""
    settings.store(library.home, "engine", engine)
    began = time.process_time()
    reindex(library.home, library.store).close()
    taken = time.process_time() - began
    bytes_held = sum(file.stat().st_size for file in (library.home / FOLDER).rglob("*") if file.is_file())
    commits = []
    for document in range(1, 6):
        with library.store.connecting() as held:
            held.touch([document])
        began = time.perf_counter()
        open_index(library.home, library.store).close()
        commits.append(time.perf_counter() - began)
    return {"rate": size / taken, "bytes": bytes_held, "commit": statistics.median(commits), "memory": _memory()}


def _memory() -> float:
    """Return the resident memory of this process in bytes; 0 where it cannot be told."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return float(pages * os.sysconf("SC_PAGE_SIZE"))


def timed(library: Library, asked: Sequence[Asked]) -> Times:
    """Ask each query in every way, once to warm and then for the record."""
    times = Times([], [], [], [])
    for one in asked:
        found = clocked(times.ours, partial(search.each, library.store, library.home, [one.typed], one.window))
        times.found.append(found[0].total)
        with open_index(library.home, library.store) as engine:
            clocked(times.bare, partial(_search, engine, _bare(plan.clause(parse(one.typed))), one.window))
        if one.fts:
            clocked(times.fts, partial(full_text, library.fts, one.fts, one.window))
    return times


def _search(engine: Engine, clause: Clause, window: Window) -> object:
    return engine.search(clause, limit=window.limit, order=window.order, facets=False)


def full_text(fts: sqlite3.Connection, query: str, window: Window) -> object:
    """Ask FTS5, with its snippets."""
    order = "rank" if window.order == "relevance" else "rowid DESC"
    passage = "snippet(held, 0, '<', '>', '…', 30)"
    wanted = f"SELECT rowid, {passage} FROM held WHERE held MATCH ? ORDER BY {order} LIMIT ?"
    return fts.execute(wanted, (query, window.limit)).fetchall()


def _bare(clause: Clause) -> Clause:
    """The same terms without what is ours: few hits with every word are not filled up with others."""
    if isinstance(clause, Filtered) and isinstance(clause.clause, Most):
        return replace(clause, clause=replace(clause.clause, enough=0))
    return clause


def clocked(into: list[float], work: Callable[[], T]) -> T:
    """Do something twice; note the milliseconds of the second time."""
    work()
    began = time.perf_counter()
    found = work()
    into.append((time.perf_counter() - began) * 1000)
    return found


def _p95(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95) - (len(times) >= 20)] if times else 0.0


def measured(library: Library, size: int, engine: str) -> Iterator[dict[str, object]]:
    """Yield the figures of each kind of query."""
    for kind, asked in kinds(library.papers, library.held).items():
        times = timed(library, asked)
        ways = {"ours": times.ours, "bare": times.bare, "fts5": times.fts}
        yield {
            "documents": size, "engine": engine, "kind": kind, "found": statistics.median(times.found),
            **{f"{way} {name}": of(taken) if taken else None
               for way, taken in ways.items() for name, of in (("median", statistics.median), ("p95", _p95))},
        }  # fmt: skip


def main(arguments: list[str]) -> int:
    """Measure every size; print tables, or write JSON."""
    parser = argparse.ArgumentParser(prog="./run bench search")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="documents held")
    parser.add_argument("--engine", choices=settings.ENGINES, default="auto")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here too")
    options = parser.parse_args(arguments)
    built, asked = list[dict[str, object]](), list[dict[str, object]]()
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder), create=True) as store:
        library = Library(Path(folder), store)
        for size in sorted(options.sizes):
            library.grow(size)
            figures = indexed(library, size, options.engine)
            engine = _engine(library)
            built.append({"documents": size, "engine": engine, **figures})
            say(f"… indexed by {engine}: {figures['rate']:.0f} documents a second")
            asked += measured(library, size, engine)
    _show(built, asked)
    if options.json:
        options.json.write_text(json.dumps({"index": built, "queries": asked}, indent=1), encoding="utf-8")
    return 0


def _engine(library: Library) -> str:
    sentinel = json.loads((library.home / FOLDER / "current.json").read_bytes())
    return str(sentinel["engine"])


def _show(built: Sequence[Mapping[str, object]], asked: Sequence[Mapping[str, object]]) -> None:
    rows = [
        [f"{row['documents']:,} {row['engine']}", beside(_number(row["rate"]), RATE, whole, least=True),
         megabytes(_number(row["bytes"])), f"{1000 * _number(row['commit']):.0f} ms", megabytes(_number(row["memory"]))]
        for row in built
    ]  # fmt: skip
    show("Building the index", ["documents, engine", "a second and core", "size", "one more", "memory"], rows)
    rows = [
        [f"{row['documents']:,} {row['kind']}", whole(_number(row["found"])), _milliseconds(row["ours median"]),
         beside(_number(row["ours p95"]), GOALS[str(row["engine"])], "{:.1f}".format), _milliseconds(row["bare p95"]),
         _milliseconds(row["fts5 p95"])]
        for row in asked
    ]  # fmt: skip
    heads = ["documents, query", "found", "median", "95th percentile", "bare engine, 95th", "FTS5, 95th"]
    show("Answering, in milliseconds", heads, rows)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _milliseconds(value: object) -> str:
    return "–" if value is None else f"{_number(value):.1f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
