"""The hits of a search as a table: one line a document, with its best passage and why it was found."""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from corpus import durable
from corpus.dates import UNKNOWN
from corpus.errors import WrongUse, unwritten
from corpus.vocabulary import kind_titles
from index.export import interface
from index.export.privacy import fit_to_leave
from index.export.sheets import Cell, Column, Sheet
from index.export.tables import harmless
from index.export.workbook import book_of
from index.search import Hit, Result

MOST = 1_000  # hits that are written: each costs a look into its document
COLUMNS = (
    Column("Rubrik", 50), Column("Datum", 14), Column("Typ", 20), Column("Handling", 34), Column("Sida", 7),
    Column("Utdrag", 80), Column("Varför", 34),
)  # fmt: skip


def content_of(result: Result, ending: str, *, personal_numbers: bool = False) -> bytes:
    """Return the hits in the form an ending asks for (`.csv`, `.xlsx`, `.json`). Raises WrongUse for another."""
    if ending not in _WRITERS:
        raise WrongUse(f"Träffar kan inte skrivas som {ending or 'fil utan ändelse'}.", f"Välj {', '.join(_WRITERS)}.")
    return _WRITERS[ending](fit_to_leave(result, personal_numbers=personal_numbers))


def write(result: Result, target: Path, *, personal_numbers: bool = False) -> None:
    """Write the hits to a file. Raises WrongUse for an ending without a writer and a folder one may not write to."""
    content = content_of(result, target.suffix.lower(), personal_numbers=personal_numbers)
    try:
        durable.write(target, content)
    except OSError as error:
        raise unwritten(target, error) from error


def _csv(result: Result) -> bytes:
    """For Swedish spreadsheets: semicolons and a byte order mark; `datum` is EDTF, which sorts."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";")
    rows.writerow(column.title.lower() for column in COLUMNS)
    for hit in result.hits:
        title, _, *told = _cells(hit)
        rows.writerow(_set(cell) for cell in (title, hit.date.iso if hit.date else "", *told))
    return ("\ufeff" + out.getvalue()).encode()


def _set(cell: Cell) -> str | int:
    return cell if isinstance(cell, int) else harmless(str(cell or ""))


def _xlsx(result: Result) -> bytes:
    return book_of(result.query, [Sheet("Träffar", COLUMNS, tuple(map(_cells, result.hits)))], {})


def _json(result: Result) -> bytes:
    return msgspec.json.format(msgspec.json.encode({"query": result.query, **interface.search(result)}), indent=1)


def _cells(hit: Hit) -> tuple[Cell, ...]:
    kind = kind_titles().get(hit.kind or "", "")
    return (hit.title, hit.date or UNKNOWN, kind, hit.file, hit.page, hit.snippet, ", ".join(hit.why))


_WRITERS: Mapping[str, Callable[[Result], bytes]] = {".csv": _csv, ".xlsx": _xlsx, ".json": _json}
