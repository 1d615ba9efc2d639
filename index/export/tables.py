"""Timelines as rows: one line a source, for a spreadsheet (.csv)."""

import csv
import io

from index.trace import Trace

HEADINGS = ("datum", "precision", "slag", "händelse", "handling", "sida", "citat")


def to_csv(found: Trace) -> str:
    """Return the trace's timeline as CSV for Swedish spreadsheets: semicolons and a byte order mark."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";")
    rows.writerow(HEADINGS)
    for entry in found.events:
        for source in entry.sources:
            rows.writerow(
                (entry.when.iso, entry.when.precision, entry.kind, entry.text, source.file, source.page, source.quote)
            )
    return "\ufeff" + out.getvalue()
