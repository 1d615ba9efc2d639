"""A matter as one table (.csv): one line a source, from every ledger, for spreadsheets and for counting."""

import csv
import io
from collections.abc import Iterator

from corpus.dates import UNKNOWN, When
from corpus.links import STATUS_TITLES
from index.export.report import outcome
from index.holdings import Source
from index.trace import Trace
from index.words import ACTION_TITLES, GRADE_TITLES, PRECISION_TITLES

HEADINGS = ("lista", "datum", "tid", "precision", "slag", "vem", "handling", "sida", "citat", "skiljer_sig")
Line = tuple[str, When, str, str, Source]  # ledger, when, kind, by whom, where it is said
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_csv(found: Trace) -> bytes:
    """Return every ledger of the trace as CSV for Swedish spreadsheets: semicolons and a byte order mark.

    `datum` is EDTF, which sorts; `tid` says the same in words. A cell that a spreadsheet would take for a formula
    begins with an apostrophe.
    """
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";")
    rows.writerow(HEADINGS)
    for entry in found.events:
        for source in entry.sources:
            title = ACTION_TITLES.get(entry.kind, entry.kind)
            rows.writerow(_row(("Händelser", entry.when, title, "", source), entry.dispute))
    rows.writerows(map(_row, _lines(found)))
    return ("\ufeff" + out.getvalue()).encode()


def _row(line: Line, dispute: str = "") -> list[str | int]:
    ledger, when, kind, by, source = line
    told = (ledger, when.iso, str(when), PRECISION_TITLES[when.precision], kind, by, source.file)
    return [*map(harmless, told), source.page, harmless(source.quote), harmless(dispute)]


def harmless(text: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def _lines(found: Trace) -> Iterator[Line]:
    yield from _questions(found)
    for d in found.demands:
        yield "Krav", d.when, "krav", ", ".join(d.givers), d.put
        if d.decision:
            yield "Beslut på krav", d.decision.when, outcome(d.decision), "", d.decision.quote
    yield from _promises(found)
    for s in found.statements:
        yield "Uttalanden", s.when, s.kind, ", ".join(s.givers), s.made
    for h in found.documents:
        yield "Handlingar", h.when, h.kind_title, h.body, Source(h.id, h.file, 1, h.name)


def _questions(found: Trace) -> Iterator[Line]:
    dated = {held.id: held.when for held in found.documents}
    for q in found.questions:
        yield "Frågor", q.when, q.status_title, ", ".join(q.by), q.asked
        for copy in q.also:
            yield "Samma fråga", dated.get(copy.document, UNKNOWN), q.status_title, ", ".join(q.by), copy
        for answer in q.answers:
            yield "Svar", dated.get(answer.document, UNKNOWN), "svar", ", ".join(q.to), answer
        if q.fate:
            yield "Besked i protokoll", q.fate.when, STATUS_TITLES[q.fate.status], "", q.fate.told


def _promises(found: Trace) -> Iterator[Line]:
    for p in found.promises:
        yield "Löften", p.when, GRADE_TITLES[p.grade], p.by or p.document, p.given
        for later in p.evidence or ():
            yield "Senare om löften", later.when, "senare uppgift", "", later.told
