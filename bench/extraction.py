"""`./run bench extraction`: what is found in documents whose gold is known, field by field, and how fast.

Three sets: the real records, eighty-eight documents of invented cities written in many hands, and sixteen more that
nothing was tuned on: look at their figures, never at what was missed. They are scored as the acceptance runs score
them, by `shared/score/score.py`.
"""

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench import library
from bench.talk import beside, say, show, whole
from corpus.records import Page, Record, apply_corrections
from index.export import interface
from pipeline.extract import extract
from pipeline.restore.repair import restore_pages

SHARED = library.PROJECT.parent / "shared"
GOLD = library.PROJECT / "tests" / "gold"
GOALS = {
    "type": 0.99, "case_numbers": 0.99, "date": 0.99, "other_dates": 0.99, "parties": 0.98, "names": 0.98,
    "names+party": 0.97, "questions": 0.97, "demands": 0.93, "decisions": 0.93, "statements": 0.97, "promises": 0.85,
    "plan_events": 0.85, "plan_events year": 0.97,
}  # fmt: skip
PAGES_A_SECOND = 40

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scored:
    """One set: its documents and each field's precision, recall and F1."""

    documents: int
    fields: dict[str, tuple[float, float, float]]


def read(file: Path) -> Record:
    """Return a text file as a restored record with what is found in it."""
    record = restored(file)
    return replace(record, findings=extract(record))


def restored(file: Path) -> Record:
    """Return a text file as a restored record, its pages parted by form feeds."""
    texts = file.read_text(encoding="utf-8").split("\f")
    mended = [apply_corrections(text, made) for text, made in zip(texts, restore_pages(texts), strict=True)]
    pages = tuple(Page(n, old, new, "plain", 1.0) for n, (old, new) in enumerate(zip(texts, mended, strict=True), 1))
    return Record(file.name, file.stem, "text/plain", pages, len(pages))


def folders() -> dict[str, list[tuple[Path, Path]]]:
    """Return each set's folders of texts and of gold."""
    return {
        "the real records": [(SHARED / "records", SHARED / "gold" / "extraction")],
        "eighty-eight documents": _cities(GOLD / "extraction"),
        "sixteen held out": _cities(GOLD / "unseen"),
    }


def _cities(folder: Path) -> list[tuple[Path, Path]]:
    return [(city, city) for city in sorted(folder.iterdir()) if city.is_dir()]


def pairs(sets: list[tuple[Path, Path]]) -> Iterator[tuple[Json, Json]]:
    """Yield what is found in each document, and its gold."""
    for texts, golds in sets:
        for gold in sorted(golds.glob("*.json")):
            text = texts / f"{gold.stem}.txt"
            if text.exists():
                found = interface.document(0, read(text))
                if GOLD in texts.parents:  # our own gold lists every dated happening a sentence tells
                    found["plan_events"] = found["events"]
                yield found, json.loads(gold.read_text(encoding="utf-8"))


def scored(sets: list[tuple[Path, Path]]) -> Scored:
    """Score a set."""
    sys.path.insert(0, str(SHARED / "score"))
    import score  # type: ignore[import-not-found]  # beside the project, not in it

    tallies: dict[str, Any] = defaultdict(score.Tally)
    documents = 0
    for predicted, gold in pairs(sets):
        score.score_document(predicted, gold, tallies)
        if gold.get("title"):
            right = _is_same(predicted.get("title") or "", gold["title"])
            tallies["title"].add(right, not right and bool(predicted.get("title")), not right)
        documents += 1
    return Scored(documents, {name: tally.scores() for name, tally in tallies.items()})


def _is_same(title: str, gold: str) -> bool:
    """Tell whether a title is the gold's; it may say the kind of document as well, or leave it out."""
    ours, wanted = (" ".join(re.findall(r"\w+", one.casefold())) for one in (title, gold))
    return bool(ours) and (ours in wanted or wanted in ours)


def speed(sets: list[tuple[Path, Path]]) -> float:
    """Return the pages a second and core, from restored text to findings."""
    files = [file for texts, _ in sets for file in sorted(texts.glob("*.txt"))]
    records = [restored(file) for file in files]
    extract(records[0])
    begun = time.process_time()
    for record in records:
        extract(record)
    return sum(len(record.pages) for record in records) / (time.process_time() - begun)


def main(arguments: list[str]) -> int:
    """Score every set; print tables, and write JSON where asked to."""
    parser = argparse.ArgumentParser(prog="./run bench extraction")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    asked = parser.parse_args(arguments)
    told: Json = {}
    for name, sets in folders().items():
        say(f"{name} …")
        found = scored(sets)
        rows = [[field, *(f"{x:.3f}" for x in found.fields[field][:2]), _f1(found, field)] for field in found.fields]
        show(f"{name} ({found.documents})", ["field", "precision", "recall", "F1 (goal)"], rows)
        told[name] = found.fields
    rate = speed(folders()["eighty-eight documents"])
    show("Pages a second and core", ["", "rate (goal)"], [["text", beside(rate, PAGES_A_SECOND, whole, least=True)]])
    if asked.json:
        asked.json.write_text(json.dumps({**told, "rate": rate}, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0


def _f1(found: Scored, field: str) -> str:
    f1 = found.fields[field][2]
    return beside(f1, GOALS[field], lambda x: f"{x:.3f}", least=True) if field in GOALS else f"{f1:.3f}"
