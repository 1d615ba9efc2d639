"""`./run bench tracing`: which passage answers which question, on pairs whose gold is known.

Each set is one folder of records taken into a library of its own. Counted as the acceptance runs count: the right
passage first, among three, the status, and how often a restatement of the question is offered as its answer.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.extraction import GOLD, SHARED, read
from bench.talk import beside, say, show
from corpus.store import Store
from index import ledger
from index.export import interface
from pipeline.connect import connect
from tests.measures import answered

GOALS = {"first": 0.90, "three": 0.97, "status": 0.85}
Json = dict[str, Any]
Set = tuple[Path, Path]  # a folder of texts, and the gold of its questions


def sets() -> dict[str, list[Set]]:
    """Return each set's folders of texts with their gold."""
    return {
        "the real records": [(SHARED / "records", SHARED / "gold" / "qa_gold.json")],
        "invented cities": _cities(GOLD / "extraction"),
        "pairs": _cities(GOLD / "pairs"),
        "held out": _cities(GOLD / "unseen"),
    }


def _cities(folder: Path) -> list[Set]:
    return [(gold.parent, gold) for gold in sorted(folder.glob("*/qa.json"))]


def items(texts: Path) -> list[Json]:
    """Return the ledger of questions of a folder of texts, as the command line gives it."""
    with tempfile.TemporaryDirectory() as home, Store(Path(home), create=True) as store:
        for file in sorted(texts.glob("*.txt")):
            record = read(file)
            store.save(store.begin(file.name, file.stem, "text/plain"), record)
        connect(store)
        found: list[Json] = interface.questions(ledger.questions(store))["items"]
        return found


def counted(chosen: list[Set]) -> Counter[str]:
    """Count over a set: `asked`, `first`, `three`, `status`, `restated`; `false`: answers where no reply exists."""
    counts: Counter[str] = Counter()
    for texts, gold in chosen:
        wanted = json.loads(gold.read_text(encoding="utf-8"))
        found = items(texts)
        counts += answered(found, wanted["pairs"])
        missing = set(wanted.get("no_reply_in_set") or ())
        counts["false"] += sum(1 for item in found if item["question_file"] in missing and item["answers"])
    return counts


def missed(texts: Path, gold: Path) -> Iterator[tuple[Json, Json | None]]:
    """Yield each gold question whose right passage is not first or whose status is wrong, with what was found."""
    found = items(texts)
    for pair in json.loads(gold.read_text(encoding="utf-8"))["pairs"]:
        for wanted in pair["items"]:
            count = answered(found, [{**pair, "items": [wanted]}])
            if not count["first"] or not count["status"]:
                mine = [item for item in found if item["question_file"] == pair["question_file"]]
                yield wanted, next((i for i in mine if i["question"][:40] == wanted["question"][:40]), None)


def main(arguments: list[str]) -> int:
    """Count every set; print a table, and write JSON where asked to."""
    parser = argparse.ArgumentParser(prog="./run bench tracing")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    asked = parser.parse_args(arguments)
    told: Json = {}
    rows = []
    for name, chosen in sets().items():
        say(f"{name} …")
        counts = counted(chosen)
        told[name] = dict(counts)
        of = counts["asked"]
        rows.append(
            [f"{name} ({of})"]
            + [beside(counts[key] / of, goal, "{:.3f}".format, least=True) for key, goal in GOALS.items()]
            + [str(counts["restated"]), str(counts["false"])]
        )
    show(
        "Question → answer",
        ["set", "first (goal)", "among three", "status", "restated", "answered without reply"],
        rows,
    )
    if asked.json:
        asked.json.write_text(json.dumps(told, indent=1, ensure_ascii=False), encoding="utf-8")
    return 0
