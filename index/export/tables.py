"""Timelines as rows: one line a source, for a spreadsheet (.csv)."""

import csv
import io

from index.trace import Trace
from index.words import ACTION_TITLES, PRECISION_TITLES

HEADINGS = ("datum", "tid", "precision", "slag", "handling", "sida", "citat")


def to_csv(found: Trace) -> str:
    """Return the trace's timeline as CSV for Swedish spreadsheets: semicolons and a byte order mark.

    `datum` is EDTF, which sorts; `tid` says the same in words.
    """
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";")
    rows.writerow(HEADINGS)
    for entry in found.events:
        for source in entry.sources:
            kind = ACTION_TITLES.get(entry.kind, entry.kind)
            precision = PRECISION_TITLES[entry.when.precision]
            rows.writerow((entry.when.iso, entry.when, precision, kind, source.file, source.page, source.quote))
    return "\ufeff" + out.getvalue()
