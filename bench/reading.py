"""`./run bench reading`: how well and how fast documents are read, beside the goals, and what it takes in memory.

Five parts: the errors on pages whose truth is known; the memory of that run; the speed of scans beside Tesseract alone
and OCRmyPDF; the speed of digital pages; whether memory and disk stay flat from ten pages to a thousand. All figures
are measured when it runs, on this machine, with whatever else it does.
"""

import argparse
import json
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import library, memory, papers, speed
from bench.accuracy import Kind, kinds
from bench.talk import beside, megabytes, percent, say, show, signed_percent, times, whole

PARTS = ("accuracy", "scans", "digital", "growth")
DEFAULT_SHARED = library.PROJECT.parent / "shared"
OVERHEAD_GOAL = 0.05  # over Tesseract alone
TIMES_GOAL = 1.5  # OCRmyPDF's rate
DIGITAL_GOAL = 150  # pages a second and core
FLAT_GOAL = 1.1  # of the peak at ten pages: what is a hundred times as long may take a tenth more
GROWTH = (10, 100, 1000)
QUICK_GROWTH = GROWTH[:2]
DIGITAL_PAGES, TABLE_PAGES, QUICK_TABLE_PAGES = 200, 40, 10
PEAK_HEADS = ("main process", "largest worker", "sum of all", "temporary files")


# ---- accuracy, and the memory of an ordinary run ---------------------------------------------------------------------


def accuracy(shared: Path) -> dict[str, Any]:
    """Take in the shared scans; compare each with its record."""
    say("accuracy: taking in the shared scans …")
    with tempfile.TemporaryDirectory(prefix="bench-home-") as name:
        home = Path(name)
        added, peaks = memory.watched_add(home, [shared / "scans"])
        found = kinds(shared, home)
    heads = "kind|files|chars wrong|CER (goal)|unrestored|words wrong|WER (goal)|accept-style WER".split("|")
    title = "Accuracy (english-layer: the goal is scan300's figure on the same records)"
    show(title, heads, [_kind_row(kind) for kind in found])
    _show_memory(added, peaks)
    listed = [{**asdict(kind), **kind.rates} for kind in found]
    return {"kinds": listed, "run": asdict(added), "peaks": asdict(peaks)}


def _kind_row(kind: Kind) -> list[str]:
    errors, goal = kind.errors, kind.word_goal
    return [
        kind.name,
        str(kind.files),
        f"{errors.characters_wrong}/{errors.characters}",
        beside(errors.character_rate, kind.character_goal, percent),
        percent(kind.unrestored.character_rate),
        f"{errors.words_wrong}/{errors.words}",
        percent(errors.word_rate) if goal is None else beside(errors.word_rate, goal, percent),
        percent(errors.accept_rate),
    ]


def _show_memory(added: library.Added, peaks: memory.Peaks) -> None:
    title = f"Memory of that run ({added.pages_in} pages, {library.cores()} workers, {added.seconds:.0f} s)"
    show(title, ["", *PEAK_HEADS], [["peak", *_peaks(peaks)]])


def _peaks(peaks: memory.Peaks) -> list[str]:
    return [megabytes(size) for size in (peaks.main, peaks.worker, peaks.together, peaks.temporary)]


# ---- speed -----------------------------------------------------------------------------------------------------------


def scans(shared: Path, copies: int, rounds: int) -> dict[str, Any]:
    """Let the program, Tesseract alone and OCRmyPDF read the same scans."""
    say("scans: making the pages …")
    race = speed.race(sorted((shared / "scans").glob("0*-scan300.pdf")), copies, rounds)
    rows = [_contender(race, name) for name in (speed.PROGRAM, speed.START, speed.BARE, speed.OTHER)]
    title = (
        f"Scans at 300 dpi ({race.pages} pages, {race.processes} processes, {rounds} rounds; add uses {race.engine})"
    )
    show(title, ["", "seconds", "least-most", "pages/s", "add beside it"], rows)
    return {**asdict(race), "medians": {name: race.median(name) for name in race.seconds}, **_ratios(race)}


def _contender(race: speed.Race, name: str) -> list[str]:
    if name in race.lacking:
        return [name, "-", "-", "-", race.lacking[name]]
    seconds = race.seconds[name]
    figures = [f"{race.median(name):.1f}", f"{min(seconds):.1f}-{max(seconds):.1f}"]
    if name == speed.START:
        return [name, *figures, "-", "start-up, within add's seconds"]
    return [name, *figures, f"{race.rate(name):.2f}", _comparison(name, _ratios(race))]


def _comparison(name: str, ratios: dict[str, float]) -> str:
    if name == speed.BARE and "overhead" in ratios:
        after = f", after start-up {signed_percent(ratios['after_start'])}" if "after_start" in ratios else ""
        return beside(ratios["overhead"], OVERHEAD_GOAL, signed_percent).rstrip() + after
    if name == speed.OTHER and "times_ocrmypdf" in ratios:
        return beside(ratios["times_ocrmypdf"], TIMES_GOAL, times, least=True)
    return ""


def _ratios(race: speed.Race) -> dict[str, float]:
    found: dict[str, float] = {}
    if speed.PROGRAM in race.seconds and speed.BARE in race.seconds:
        found["overhead"] = race.median(speed.PROGRAM) / race.median(speed.BARE) - 1
        if speed.START in race.seconds:
            reading = race.median(speed.PROGRAM) - race.median(speed.START)
            found["after_start"] = reading / race.median(speed.BARE) - 1
    if speed.PROGRAM in race.seconds and speed.OTHER in race.seconds:
        found["times_ocrmypdf"] = race.rate(speed.PROGRAM) / race.rate(speed.OTHER)
    return found


def digital(shared: Path, table_pages: int) -> dict[str, Any]:
    """Read digital pages, and pages with ruled tables, on one core."""
    say("digital: reading …")
    plain = speed.digital(sorted((shared / "scans").glob("0*-digital.pdf")), DIGITAL_PAGES)
    ruled = speed.ruled(table_pages)
    rows = [_digital_row("digital pages", plain, DIGITAL_GOAL)]
    rows.append(
        _digital_row("ruled tables", ruled, None) if ruled else ["ruled tables", *["-"] * 5, "needs fpdf2 (.[dev])"]
    )
    heads = ["", "pages", "with a table", "pages/s (goal)", "by processor time", "reading", "grading"]
    show("Digital PDF: open, read and grade in one process, one core, warm", heads, rows)
    return {"digital": _digital_figures(plain), "ruled": _digital_figures(ruled) if ruled else None}


def _digital_row(name: str, read: speed.Digital, goal: float | None) -> list[str]:
    rate = read.pages / read.seconds
    return [
        name,
        str(read.pages),
        str(read.with_table),
        whole(rate) if goal is None else beside(rate, goal, whole, least=True),
        whole(read.pages / read.processor_seconds),
        f"{read.reading_share:.0%}",
        f"{1 - read.reading_share:.0%}",
    ]


def _digital_figures(read: speed.Digital) -> dict[str, Any]:
    return {**asdict(read), "rate": read.pages / read.seconds}


# ---- growth ----------------------------------------------------------------------------------------------------------


def growth(sizes: Sequence[int]) -> dict[str, Any]:
    """Take in ever longer scans of small pages; see whether memory and temporary files grow with them."""
    runs = {}
    for size in sizes:
        say(f"growth: {size} pages …")
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            file = Path(folder) / f"{size}.pdf"
            papers.small_scans(size, file)
            runs[size] = memory.watched_add(Path(folder) / "home", [file])
    least, most = runs[sizes[0]][1], runs[sizes[-1]][1]
    ratios = {name: _ratio(getattr(most, name), getattr(least, name)) for name in asdict(least)}
    rows = [
        [f"{size} pages", f"{added.seconds:.0f}", str(added.pages_held), *_peaks(peaks)]
        for size, (added, peaks) in runs.items()
    ]
    rows.append([f"{sizes[-1]}:{sizes[0]} (goal)", "", "", *(_flatness(ratio) for ratio in ratios.values())])
    show("Growth: peaks while one scanned PDF is taken in", ["", "seconds", "held", *PEAK_HEADS], rows)
    figures = [{"pages": size, "run": asdict(added), "peaks": asdict(peaks)} for size, (added, peaks) in runs.items()]
    return {"runs": figures, "ratios": ratios}


def _ratio(most: int, least: int) -> float | None:
    if least:
        return most / least
    return None if most else 1.0  # from nothing to something: no ratio tells it


def _flatness(ratio: float | None) -> str:
    return "grows from 0" if ratio is None else beside(ratio, FLAT_GOAL, times)


# ---- start -----------------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str]) -> int:
    """Run the parts asked for."""
    asked = _arguments(arguments)
    parts: dict[str, Callable[[], dict[str, Any]]] = {
        "accuracy": lambda: accuracy(asked.shared),
        "scans": lambda: scans(asked.shared, 1 if asked.quick else asked.copies, asked.rounds),
        "digital": lambda: digital(asked.shared, QUICK_TABLE_PAGES if asked.quick else TABLE_PAGES),
        "growth": lambda: growth(QUICK_GROWTH if asked.quick else GROWTH),
    }
    figures: dict[str, Any] = {"quick": asked.quick, "cores": library.cores()}
    for name in asked.only:
        figures[name] = parts[name]()
        if asked.json:  # after each part, so that a run broken off leaves what it had
            asked.json.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench reading", description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures here too")
    parser.add_argument("--shared", type=Path, metavar="DIR", default=DEFAULT_SHARED, help="default: %(default)s")
    parser.add_argument("--quick", action="store_true", help="fewer pages: tells whether it works, not how fast it is")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, metavar="PART", help=" ".join(PARTS))
    parser.add_argument("--copies", type=int, default=6, metavar="N", help="of each scanned page (%(default)s)")
    parser.add_argument("--rounds", type=int, default=2, metavar="N", help="of the contenders (%(default)s)")
    asked = parser.parse_args(arguments)
    if not (asked.shared / "scans").is_dir():
        parser.error(f"there are no scans in {asked.shared}: name the shared folder with --shared")
    return asked
