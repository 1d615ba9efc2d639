"""`./run bench search_quality`: whether what is wanted stands first, on judged queries of every kind.

Three libraries: the sample corpus with the documents of a second invented municipality, the documents of a third, and
the five real records where they lie beside the project. `unseen.toml`, over the first, and `second.toml`, by another
hand over the second, hold queries that no weight is chosen on: look at their figures, never at what was missed (how far
they can be trusted stands in the files). Graded as the acceptance runs do: nDCG with 2 ** grade - 1, cut at ten; beside
it the rank of the first wanted document (MRR) and how many of all judged documents are among the ten.
"""

import argparse
import json
import math
import tempfile
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import fmean
from typing import Any

from bench.extraction import GOLD, SHARED, read
from bench.library import PROJECT
from bench.talk import beside, say, show
from corpus.records import Record
from corpus.samples.rendering.plain import plain
from corpus.samples.rendering.source import read_source
from corpus.store import Store
from index.search import search

JUDGED = GOLD / "search"
SOURCES = PROJECT / "corpus" / "samples" / "sources"
SETS = {"queries": "the queries", "unseen": "held out", "second": "second hand", "records": "the real records"}
HELD_OUT = {"unseen", "second"}  # of these only the figures are shown
GOAL = 0.95
DEPTH = 10
MISSED = 0.9  # below it a query is listed

Search = Callable[[str], list[str]]  # a query to the names it finds, best first


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the grade (2 wanted, 1 useful) of every document that answers it, by name without ending."""

    text: str
    kind: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Scored:
    """How well one query was answered."""

    query: Judged
    found: tuple[str, ...]
    ndcg: float
    first: float
    recall: float


def judged(name: str) -> tuple[str, list[Judged]]:
    """Return the library a set is of, and its queries."""
    table = tomllib.loads((JUDGED / f"{name}.toml").read_text(encoding="utf-8"))
    return table["library"], [_judged(entry) for entry in table["query"]]


def _judged(entry: Mapping[str, Any]) -> Judged:
    useful, wanted = dict.fromkeys(entry.get("useful", ()), 1), dict.fromkeys(entry["wanted"], 2)
    return Judged(entry["text"], entry["kind"], useful | wanted)


def records(library: str) -> Iterator[Record]:
    """Yield the documents of a library, read and with what is found in them."""
    if library == "records":
        yield from map(read, sorted((SHARED / "records").glob("*.txt")))
        return
    if library == "second":
        yield from map(read, sorted((JUDGED / "second" / "documents").glob("*.txt")))
        return
    yield from map(read, sorted((JUDGED / "documents").glob("*.txt")))
    with tempfile.TemporaryDirectory() as folder:
        for source in sorted(SOURCES.glob("*.txt")):
            yield _sample(source, Path(folder))


def _sample(source: Path, folder: Path) -> Record:
    """Return a sample by its text alone, under the name it is rendered as: its layout is the pipeline's business."""
    held = read_source(source)
    head = "\n".join(filter(None, (held.style.header, held.style.header_right)))
    text = unicodedata.normalize("NFC", plain(held).decode(held.style.encoding)).replace("\r\n", "\n")
    file = folder / Path(held.style.file).with_suffix(".txt").name
    file.write_text(f"{head}\n\n{text}" if head else text, encoding="utf-8")
    record = read(file)
    return replace(record, sha256=f"sample {record.sha256}")


@contextmanager
def opened(library: str) -> Iterator[Search]:
    """Give the search of a library that holds its documents."""
    with tempfile.TemporaryDirectory() as home, Store(Path(home), create=True) as store:
        for record in records(library):
            store.save(store.begin(record.file, record.sha256, record.media_type), record)
        yield lambda text: [Path(hit.file).stem for hit in search(store, Path(home), text, DEPTH).hits]


def scored(queries: Iterable[Judged], find: Search) -> list[Scored]:
    """Put every query and score what it finds."""
    return [_scored(query, tuple(find(query.text))) for query in queries]


def _scored(query: Judged, found: tuple[str, ...]) -> Scored:
    wanted = list(query.grades.values())
    first = next((1 / place for place, name in enumerate(found, 1) if query.grades.get(name) == max(wanted)), 0.0)
    met = sum(name in query.grades for name in found)
    gained, best = _gain([query.grades.get(name, 0) for name in found]), _gain(sorted(wanted, reverse=True)[:DEPTH])
    return Scored(query, found, gained / best, first, met / min(len(wanted), DEPTH))


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2.0**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def measured(name: str) -> list[Scored]:
    """Score one set; nothing where its library is not here."""
    library, queries = judged(name)
    if library == "records" and not SHARED.is_dir():
        return []
    with opened(library) as find:
        return scored(queries, find)


def figures(found: Sequence[Scored]) -> dict[str, float]:
    """Return the means over a set."""
    return {name: fmean(getattr(one, name) for one in found) for name in ("ndcg", "first", "recall")}


def main(arguments: list[str]) -> int:
    """Score every set; print tables and what was missed, and write JSON where asked to."""
    parser = argparse.ArgumentParser(prog="./run bench search_quality")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    asked = parser.parse_args(arguments)
    told: dict[str, dict[str, float]] = {}
    for name, title in SETS.items():
        say(f"{title} …")
        found = measured(name)
        if found:
            told[name] = figures(found)
            _tell(title, found, details=name not in HELD_OUT)
    if asked.json:
        asked.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 0


def _tell(title: str, found: Sequence[Scored], *, details: bool) -> None:
    kinds: dict[str, list[Scored]] = defaultdict(list)
    for one in found if details else ():
        kinds[one.query.kind].append(one)
    rows = [_row(f"{kind} ({len(some)})", some) for kind, some in kinds.items()]
    show(title, ["kind", "nDCG@10 (goal)", "MRR", "recall@10"], [*rows, _row(f"all ({len(found)})", found)])
    missed = [one for one in sorted(found, key=lambda one: one.ndcg) if one.ndcg < MISSED] if details else []
    if missed:
        show(f"{title}: missed", ["query", "nDCG@10", "what was found first"], [_missed(one) for one in missed])


def _row(title: str, found: Sequence[Scored]) -> list[str]:
    means = figures(found)
    ndcg = beside(means["ndcg"], GOAL, "{:.3f}".format, least=True)
    return [title, ndcg, f"{means['first']:.3f}", f"{means['recall']:.3f}"]


def _missed(one: Scored) -> list[str]:
    found = ", ".join(f"{name} {one.query.grades.get(name, 0)}" for name in one.found[:4])
    return [one.query.text, f"{one.ndcg:.2f}", found or "–"]
