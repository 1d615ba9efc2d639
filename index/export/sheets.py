"""The ledgers of a matter as sheets of rows, for spreadsheets: every row with its document, page and quote."""

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.dates import When
from index.export.report import outcome, reservations, votes
from index.holdings import Source
from index.ledger import AskedQuestion, GivenPromise
from index.outcomes import DecidedOn
from index.trace import Trace
from index.words import ACTION_TITLES, GRADE_TITLES, PRECISION_TITLES

Cell = str | int | When | Source | None  # of a Source, the document is shown: its page and quote have their own columns


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and its width in characters."""

    title: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ledger as rows, every one as long as `columns`."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


DATE, DOCUMENT, PAGE, QUOTE = Column("Datum", 18), Column("Handling", 34), Column("Sida", 7), Column("Citat", 70)
BY, DISPUTE = Column("Av", 26), Column("Uppgifter som skiljer sig", 44)


def sheets(found: Trace) -> tuple[Sheet, ...]:
    """Return every ledger of the matter, the empty ones too: that nothing was found is worth a sheet."""
    return (_events(found), _questions(found), _demands(found), _promises(found), _statements(found), documents(found))


def _events(found: Trace) -> Sheet:
    rows = (
        (
            entry.when,
            PRECISION_TITLES[entry.when.precision],
            ACTION_TITLES.get(entry.kind, entry.kind),
            *_said(source),
            entry.dispute,
        )
        for entry in found.events
        for source in entry.sources
    )
    columns = (DATE, Column("Precision", 11), Column("Slag", 18), DOCUMENT, PAGE, QUOTE, DISPUTE)
    return Sheet("Tidslinje", columns, tuple(rows))


def _questions(found: Trace) -> Sheet:
    columns = (
        DATE, BY, Column("Till", 26), Column("Läge", 16), Column("Bedömt", 24), DOCUMENT, PAGE, QUOTE,
        Column("Svarshandling", 34), Column("Svarets sida", 12), Column("Svar eller besked", 70),
        Column("Vad som saknas", 40), Column("Ställd också i", 34),
    )  # fmt: skip
    return Sheet("Frågor och svar", columns, tuple(row for question in found.questions for row in _question(question)))


def _question(asked: AskedQuestion) -> Iterator[tuple[Cell, ...]]:
    """A row for each passage that answers, and for what minutes tell; one for a question of which nothing is told."""
    put = (asked.when, ", ".join(asked.by), ", ".join(asked.to), asked.status_title, asked.judged, *_said(asked.asked))
    copies = ", ".join(source.file for source in asked.also)
    told = [*asked.answers, *([asked.fate.told] if asked.fate else [])]
    for passage in told:
        yield (*put, *_said(passage), asked.missing, copies)
    if not told:
        yield (*put, asked.reply, None, None, asked.missing, copies)


def _demands(found: Trace) -> Sheet:
    columns = (
        DATE, BY, Column("Paragraf", 34), DOCUMENT, PAGE, QUOTE, Column("Utfall", 16), Column("Beslutsdatum", 18),
        Column("Beslutshandling", 34), Column("Beslutets sida", 12), Column("Beslut", 60), Column("Omröstning", 22),
        Column("Reservationer", 22),
    )  # fmt: skip
    rows = ((d.when, ", ".join(d.givers), d.under, *_said(d.put), *_decided(d.decision)) for d in found.demands)
    return Sheet("Krav och beslut", columns, tuple(rows))


def _decided(decided: DecidedOn | None) -> tuple[Cell, ...]:
    if decided is None:
        return (None,) * 7
    return (outcome(decided), decided.when, *_said(decided.quote), votes(decided), reservations(decided))


def _promises(found: Trace) -> Sheet:
    columns = (
        DATE, BY, Column("Hur fast", 14), Column("Senast", 14), Column("Tiden ute, inget hittat", 14), DOCUMENT, PAGE,
        QUOTE, Column("Senare datum", 18), Column("Senare handling", 34), Column("Senare sida", 12),
        Column("Senare uppgift", 60),
    )  # fmt: skip
    return Sheet("Löften", columns, tuple(row for promise in found.promises for row in _promise(promise)))


def _promise(given: GivenPromise) -> Iterator[tuple[Cell, ...]]:
    """A row for each later passage about a promise; one for a promise of which nothing later is found."""
    late = "ja" if given.overdue else ""
    put = (given.when, given.by or given.document, GRADE_TITLES[given.grade], given.due, late, *_said(given.given))
    for later in given.evidence or ():
        yield (*put, later.when, *_said(later.told))
    if not given.evidence:
        yield (*put, None, None, None, None)


def _statements(found: Trace) -> Sheet:
    rows = (
        (s.when, s.kind, ", ".join(s.persons), ", ".join(s.parties), s.points_to, *_said(s.made))
        for s in found.statements
    )
    columns = (
        DATE, Column("Slag", 20), Column("Personer", 30), Column("Partier", 12), Column("Hänvisar till", 30),
        DOCUMENT, PAGE, QUOTE,
    )  # fmt: skip
    return Sheet("Reservationer och uttalanden", columns, tuple(rows))


def documents(found: Trace) -> Sheet:
    """Return the documents of the matter; row by row in the order of `found.documents`."""
    rows = (
        (d.when if d.when.year else None, d.kind_title, d.name, d.body, ", ".join(d.numbers), d.file)
        for d in found.documents
    )
    columns = (
        DATE, Column("Slag", 22), Column("Namn", 60), Column("Nämnd", 26), Column("Diarienummer", 22),
        Column("Fil", 40),
    )  # fmt: skip
    return Sheet("Handlingar", columns, tuple(rows))


def _said(source: Source) -> tuple[Cell, Cell, Cell]:
    return source, source.page, source.quote
