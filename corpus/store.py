"""The library's contents: the only module that knows the tables.

SQLite is the truth; everything else in a library can be made again from it and the originals. A document is written
in one transaction; before the work on it begins it stands as *failed*, so that a killed run leaves a line in the
account and the next run takes it up again. How the file is opened and its schema kept up is `corpus/database.py`'s.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from corpus import boxes, clean_words, database, saved_searches, soundness
from corpus.connections import NEXT_CHANGE, Connections
from corpus.dates import When
from corpus.errors import LibraryBusy, LibraryClosed, WrongUse
from corpus.forgotten import NEXT_NUMBER, Forgetting, Forgotten
from corpus.links import Answer, Link
from corpus.records import Correction, Finding, Method, Outcome, Page, Part, Place, Problem, Record
from corpus.saved_searches import SavedSearch
from corpus.unsure import Unsure
from corpus.values import VALUE_KINDS, OwnDate, Value

DATABASE = "aktspar.db"
_NAME = "substr(file, length(rtrim(file, replace(file, '/', ''))) + 1)"  # what stands after the last /, as indexed
_KIND_OF = {cls: name for name, cls in VALUE_KINDS.items()}
_LARGEST = 2**63 - 1  # number that SQLite holds


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as the account lists it. `file` is the first path it was taken in under."""

    id: int
    file: str
    sha256: str
    media_type: str
    outcome: Outcome
    pages_in: int
    pages_held: int
    change: int
    stages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One line of the account: something that could not be done, and in which file."""

    file: str
    page: int | None
    code: str
    reason: str
    remedy: str


class Store:
    """An open library. Use as a context manager; not to be shared between threads."""

    def __init__(self, home: Path, *, create: bool = False) -> None:
        """Open the library in `home`. Raises LibraryClosed where there is none (unless `create`) or it is too new."""
        path = home / DATABASE
        if not path.exists() and not create:
            raise LibraryClosed(f"Det finns inget bibliotek i {home}.", "Lägg in handlingar först: aktspar add MAPP")
        self._db = database.connect(path)
        self._path = path
        self.home = home

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise database.readable(error, self._path) from error

    def close(self) -> None:
        """Close the database; the library may be opened again."""
        self._db.close()

    # ---- writing ---------------------------------------------------------------------------------------------------

    def begin(self, file: str, sha256: str, media_type: str) -> int:
        """Enter a document as failed (interrupted) before the work on it begins; return its id."""
        with self._write() as db:
            row = db.execute("SELECT id FROM document WHERE sha256 = ?", (sha256,)).fetchone()
            document = int(row["id"]) if row else _insert_document(db, sha256, media_type)
            db.execute("UPDATE document SET outcome = 'failed' WHERE id = ?", (document,))
            db.execute("DELETE FROM problem WHERE document = ?", (document,))
            db.execute(
                "INSERT INTO problem VALUES (?, NULL, 'interrupted', ?, ?)",
                (
                    document,
                    "Arbetet avbröts innan handlingen var klar.",
                    "Kör aktspar add igen: den fortsätter där den slutade.",
                ),
            )
            db.execute("INSERT OR IGNORE INTO source VALUES (?, ?)", (file, document))
        return document

    def add_source(self, document: int, file: str) -> None:
        """Note that the same bytes were met under one more path."""
        with self._write() as db:
            if db.execute("INSERT OR IGNORE INTO source VALUES (?, ?)", (file, document)).rowcount:
                db.execute(f"UPDATE document SET change = {NEXT_CHANGE} WHERE id = ?", (document,))

    def save(self, document: int, record: Record, *, settled: bool = False) -> None:
        """Write everything about a document in one transaction, in place of what stood there.

        `settled` where its text now has what the library's other documents tell: which of its pages are clean stands.
        """
        with self._write() as db:
            clean = clean_words.counted(db, document) if settled else clean_words.recount(db, document, record.pages)
            for table in ("page", "finding", "problem"):
                db.execute(f"DELETE FROM {table} WHERE document = ?", (document,))
            for page in record.pages:
                _insert_page(db, document, page, clean=page.number in clean)
            db.executemany(
                "INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [_finding_row(document, number, finding) for number, finding in enumerate(record.findings)],
            )
            db.executemany(
                "INSERT INTO problem VALUES (?, ?, ?, ?, ?)",
                [(document, p.page, p.code, p.reason, p.remedy) for p in record.problems],
            )
            db.execute(
                "UPDATE document SET media_type = ?, pages_in = ?, outcome = ?, stages = ?, settled = ?,"
                f" change = {NEXT_CHANGE} WHERE id = ?",
                (
                    record.media_type,
                    record.pages_in,
                    record.outcome,
                    _json(record.stages),
                    settled or record.settled,
                    document,
                ),
            )

    def settle(self, document: int) -> None:
        """Note that the library's other documents tell nothing more of a document's text."""
        with self._write() as db:
            db.execute("UPDATE document SET settled = 1 WHERE id = ?", (document,))

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make several changes one: whoever reads meets all of them or none."""
        with self._write():
            yield

    @contextmanager
    def connecting(self) -> Iterator[Connections]:
        """Lend the connections to be written, in one transaction."""
        with self._write() as db:
            yield Connections(db)

    @contextmanager
    def forgetting(self) -> Iterator[Forgetting]:
        """Lend the notes of what is forgotten, to be written, in one transaction."""
        with self._write() as db:
            yield Forgetting(db)

    def compact(self) -> None:
        """Leave no byte of what was ever deleted or changed: write the database anew, remove copies of older schemas.

        Raises LibraryBusy while somebody reads.
        """
        for copy in self.home.glob(f"{self._path.stem}.schema*"):
            copy.unlink()
        try:
            self._db.execute("VACUUM")
            busy = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError as error:
            raise database.readable(error, self._path) from error
        if busy:
            raise LibraryBusy(
                f"Biblioteket {self.home} läses av en annan körning.", "Stäng den och kör aktspar doctor --deep."
            )

    def copy_to(self, target: Path) -> None:
        """Copy the database as it is at one moment, while others read and write it."""
        with closing(sqlite3.connect(target)) as copy:
            self._db.backup(copy)

    def mend(self) -> None:
        """Make again what SQLite keeps beside the rows to find them by."""
        with self._write() as db:
            db.execute("REINDEX")

    def disconnect(self) -> None:
        """Put all connections out of use: connecting makes them again."""
        with self._write() as db:
            soundness.disconnect(db)

    def save_search(self, name: str, query: str, seen: Iterable[int]) -> None:
        """Save a search, with the documents it has been seen to find, in place of one of the same name."""
        with self._write() as db:
            saved_searches.put(db, name, query, seen)

    def remove_search(self, name: str) -> bool:
        """Remove a saved search; tell whether there was one."""
        with self._write() as db:
            return saved_searches.remove(db, name)

    # ---- reading ---------------------------------------------------------------------------------------------------

    def find_content(self, sha256: str) -> Listed | None:
        """Return the document with these bytes, if it is held."""
        return next(iter(self._listed("WHERE d.sha256 = ?", (sha256,))), None)

    def documents(self, *, after_change: int = -1, among: Collection[int] | None = None) -> list[Listed]:
        """Return the documents in the order they were taken in: those saved or connected after `after_change`."""
        if among is not None:
            where = "WHERE d.id IN (SELECT value FROM json_each(?1)) AND max(d.change, d.connected) > ?2"
            return self._listed(where, (_json(list(among)), after_change))
        if after_change < 0:
            return self._listed("", ())
        changed = "SELECT id FROM document WHERE change > ?1 UNION SELECT id FROM document WHERE connected > ?1"
        return self._listed(f"WHERE d.id IN ({changed})", (after_change,))

    def count(self) -> int:
        """Return how many documents there are."""
        return int(self._db.execute("SELECT count(*) FROM document").fetchone()[0])

    def count_pages(self) -> int:
        """Return how many pages are held."""
        return int(self._db.execute("SELECT count(*) FROM page").fetchone()[0])

    def unsettled(self) -> list[int]:
        """Return the documents of whose text the library's other documents may still tell something."""
        return [row[0] for row in self._db.execute("SELECT id FROM document WHERE NOT settled ORDER BY id")]

    def listed(self, document: int) -> Listed:
        """Return one document as the account lists it. Raises WrongUse for one that is not held."""
        found = self._listed("WHERE d.id = ?", (document,)) if document <= _LARGEST else []
        if not found:
            raise WrongUse(f"Det finns ingen handling {document}.", "aktspar status --alla visar handlingarnas nummer.")
        return found[0]

    def named(self, file: str, letters: str, length: int) -> int | None:
        """Return the document whose SHA-256 begins with `length` letters that are these, else the one of this file."""
        begins = (
            "SELECT max(id) FROM document WHERE sha256 >= ?1 AND sha256 < ?1 || char(1114111)"
            " AND substr(sha256, 1, ?2) = ?1"
        )
        called = (
            "SELECT max(s.document) FROM source s WHERE s.file = ?1 AND NOT EXISTS"
            " (SELECT 1 FROM source o WHERE o.document = s.document AND o.file < ?1)"
        )
        found: int | None = self._db.execute(begins, (letters, length)).fetchone()[0]
        if found is None:
            found = self._db.execute(called, (file,)).fetchone()[0]
        return found

    def resolve(self, reference: str) -> int:
        """Return the id of the document a person means by a path as given to `add`, its name alone, or its id."""
        rows = self._db.execute(
            f"SELECT document FROM source WHERE {_NAME} = ?2"
            " AND (file = ?1 OR substr(file, -length(?1) - 1) = '/' || ?1) ORDER BY file = ?1 DESC, document DESC",
            (reference, reference.rpartition("/")[2]),
        ).fetchall()
        if rows:
            return int(rows[0]["document"])
        if reference.isascii() and reference.isdigit() and len(reference) < len(str(_LARGEST)):
            known = self._db.execute("SELECT id FROM document WHERE id = ?", (int(reference),)).fetchone()
            if known and str(known["id"]) == reference:
                return int(known["id"])
        raise WrongUse(f"Ingen handling heter {reference}.", "aktspar status --alla visar vilka som finns.")

    def record(self, document: int) -> Record:
        """Return everything held about one document."""
        listed = self.listed(document)
        return Record(
            listed.file,
            listed.sha256,
            listed.media_type,
            tuple(self.pages(document)),
            listed.pages_in,
            tuple(finding for _, finding in self.findings(documents=[document])),
            tuple(self.lost(document)),
            listed.stages,
            bool(self._db.execute("SELECT settled FROM document WHERE id = ?", (document,)).fetchone()[0]),
        )

    def lost(self, document: int) -> list[Problem]:
        """Return what could not be read of a document."""
        rows = self._db.execute("SELECT * FROM problem WHERE document = ? ORDER BY page", (document,))
        return [Problem(row["code"], row["reason"], row["remedy"], row["page"]) for row in rows]

    def pages(self, document: int) -> list[Page]:
        """Return the pages of a document with their corrections."""
        corrections: dict[int, list[Correction]] = {}
        for row in self._db.execute("SELECT * FROM correction WHERE document = ? ORDER BY page, start", (document,)):
            corrections.setdefault(row["page"], []).append(Correction(*tuple(row)[2:]))
        rows = self._db.execute("SELECT * FROM page WHERE document = ? ORDER BY number", (document,))
        return [_page(row, tuple(corrections.get(row["number"], ()))) for row in rows]

    def page(self, document: int, number: int) -> Page | None:
        """Return one page of a document with its corrections, None where it is not held."""
        at = (document, number)
        row = self._db.execute("SELECT * FROM page WHERE document = ? AND number = ?", at).fetchone()
        made = self._db.execute("SELECT * FROM correction WHERE document = ? AND page = ? ORDER BY start", at)
        return _page(row, tuple(Correction(*tuple(one)[2:]) for one in made)) if row else None

    def page_numbers(self, document: int) -> list[int]:
        """Return the numbers of the pages held of a document, in order."""
        query = "SELECT number FROM page WHERE document = ? ORDER BY number"
        return [row[0] for row in self._db.execute(query, (document,))]

    def texts(self, document: int) -> list[tuple[int, str, str]]:
        """Return the pages of a document as (number, text, original) alone, where the rest is not needed."""
        query = "SELECT number, text, original FROM page WHERE document = ? ORDER BY number"
        return [tuple(row) for row in self._db.execute(query, (document,))]

    def corrected(self, before: str, after: str) -> list[int]:
        """Return the documents in which `before` was corrected to `after`."""
        query = "SELECT DISTINCT document FROM correction WHERE before = ? AND after = ?"
        return [row[0] for row in self._db.execute(query, (before, after))]

    def spelled(self, spellings: Iterable[str]) -> list[int]:
        """Return the documents whose text, as read or as restored, holds one of some spellings, in any capitals."""
        cased = {form for one in spellings for form in (one, one.lower(), one.upper(), one.capitalize())}
        query = "SELECT DISTINCT document FROM page WHERE instr(original, ?1) OR instr(text, ?1)"  # lower() is ASCII's
        return sorted({row[0] for form in cased for row in self._db.execute(query, (form,))})

    def findings(
        self, *kinds: type[Value], documents: Collection[int] | None = None, page: int | None = None
    ) -> Iterator[tuple[tuple[int, int], Finding]]:
        """Yield findings with their key (document id, number), of some kinds, documents and page or of all."""
        where, values = ["TRUE"], list[Any]()
        if kinds:
            where.append("kind IN (SELECT value FROM json_each(?))")
            values.append(_json([_KIND_OF[kind] for kind in kinds]))
        if documents is not None:
            where.append("document IN (SELECT value FROM json_each(?))")
            values.append(_json(list(documents)))
        if page is not None:
            on_it = "? BETWEEN json_extract(value, '$.page') AND json_extract(value, '$.end_page')"
            where.append(f"EXISTS (SELECT TRUE FROM json_each(finding.places) WHERE {on_it})")
            values.append(page)
        by = "+document" if kinds else "document"  # the + keeps SQLite from reading all findings for want of sorting
        query = f"SELECT * FROM finding WHERE {' AND '.join(where)} ORDER BY {by}, number"
        for row in self._db.execute(query, values):
            yield (row["document"], row["number"]), _finding(row)

    def values(self, *kinds: type[Value], documents: Collection[int] | None = None) -> Iterator[tuple[int, Value]]:
        """Yield the values of some kinds with their document, in order, where their words and places are not needed."""
        among = "" if documents is None else "document IN (SELECT value FROM json_each(?2)) AND"
        query = (
            f"SELECT document, kind, value FROM finding WHERE {among} kind IN (SELECT value FROM json_each(?1))"
            " ORDER BY +document, number"
        )
        wanted = (_json([_KIND_OF[kind] for kind in kinds]), *([] if documents is None else [_json(list(documents))]))
        for document, kind, value in self._db.execute(query, wanted):
            yield document, _read(value, VALUE_KINDS[kind])

    def latest_dates(self) -> list[When]:
        """Return the dates, each once, of the documents of the latest year that any has."""
        year = "json_extract(value, '$.when.year')"
        dates = f"finding INDEXED BY finding_date WHERE kind = '{_KIND_OF[OwnDate]}'"
        latest = f"SELECT {year} FROM {dates} ORDER BY {year} DESC LIMIT 1"
        query = f"SELECT DISTINCT value FROM {dates} AND {year} = ({latest})"
        return [_read(row["value"], OwnDate).when for row in self._db.execute(query)]

    def links(self, documents: Collection[int] | None = None) -> list[Link]:
        """Return the links from or to some documents, or all."""
        return Connections(self._db).links(documents=documents)

    def answers(self, documents: Collection[int] | None = None) -> Mapping[tuple[int, int], Answer]:
        """Return what was found for each question of some documents or of all, by its key (document id, number)."""
        return Connections(self._db).answers(documents)

    def unsure(self) -> Unsure:
        """Return what the program is unsure of."""
        return Unsure(self._db)

    def saved_searches(self) -> list[SavedSearch]:
        """Return the saved searches by name."""
        return saved_searches.held(self._db)

    def problems(self) -> list[Listing]:
        """Return the account's lines: every file and page that could not be held, with reason and remedy."""
        rows = self._db.execute(
            "SELECT min(s.file) AS file, p.page, p.code, p.reason, p.remedy"
            " FROM problem p JOIN source s USING (document) GROUP BY p.rowid ORDER BY file, p.page"
        )
        return [Listing(*row) for row in rows]

    def files(self) -> int:
        """Return under how many paths the documents were taken in."""
        return int(self._db.execute("SELECT count(DISTINCT file) FROM source").fetchone()[0])

    def methods(self) -> dict[Method, int]:
        """Return how many pages were read by each method."""
        return dict(self._db.execute("SELECT method, count(*) FROM page GROUP BY method ORDER BY 2 DESC").fetchall())

    def check(self, *, deep: bool = True) -> list[str]:
        """Return what is wrong with the database, nothing when it is sound; unless `deep`, pages and rows alone."""
        return soundness.faults(self._db, deep=deep)

    def dangling(self) -> int:
        """Return how many connections are of what is no longer held, or are missing."""
        return soundness.dangling(self._db)

    def identity(self) -> str:
        """Return what the library is known by, wherever it is moved."""
        return str(self._db.execute("SELECT id FROM library").fetchone()["id"])

    def forgotten(self) -> list[Forgotten]:
        """Return the notes of the documents that were forgotten."""
        return Forgetting(self._db).held()

    def forgotten_as(self, sha256: str) -> Forgotten | None:
        """Return the note of the document with these bytes, where it was forgotten and is not to be taken in."""
        return Forgetting(self._db).of_bytes(sha256)

    def _listed(self, where: str, values: tuple[Any, ...]) -> list[Listed]:
        rows = self._db.execute(
            "SELECT d.id, (SELECT min(file) FROM source s WHERE s.document = d.id) AS file, d.sha256, d.media_type,"
            " d.outcome, d.pages_in, (SELECT count(*) FROM page p WHERE p.document = d.id) AS pages_held,"
            " max(d.change, d.connected) AS change, d.stages"
            f" FROM document d {where} ORDER BY +d.id",  # the +: found by what `where` says, then sorted
            values,
        )
        return [Listed(**{**dict(row), "stages": _read(row["stages"], tuple[tuple[str, str], ...])}) for row in rows]

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """One write transaction, or a part of the one that goes on: all of it or nothing."""
        if self._db.in_transaction:
            yield self._db
            return
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise database.readable(error, self._path) from error
        try:
            yield self._db
            self._db.execute("COMMIT")
        except BaseException:
            database.roll_back(self._db)
            raise


def _insert_document(db: sqlite3.Connection, sha256: str, media_type: str) -> int:
    cursor = db.execute(
        "INSERT INTO document (id, sha256, media_type, pages_in, outcome, stages, change)"
        f" VALUES ({NEXT_NUMBER}, ?, ?, 0, 'failed', '[]', {NEXT_CHANGE})",
        (sha256, media_type),
    )
    return int(cursor.lastrowid or 0)


def _insert_page(db: sqlite3.Connection, document: int, page: Page, *, clean: bool) -> None:
    db.execute(
        "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document,
            page.number,
            page.original,
            page.text,
            page.method,
            page.grade,
            _json(page.reasons),
            page.confidence,
            boxes.pack(page.words),
            _json(page.parts),
            clean,
        ),
    )
    db.executemany(
        "INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(document, page.number, c.start, c.end, c.before, c.after, c.rule, c.confidence) for c in page.corrections],
    )


def _page(row: sqlite3.Row, corrections: tuple[Correction, ...]) -> Page:
    return Page(
        row["number"],
        row["original"],
        row["text"],
        row["method"],
        row["grade"],
        _read(row["reasons"], tuple[str, ...]),
        row["confidence"],
        corrections,
        boxes.unpack(row["boxes"]),
        _read(row["parts"], tuple[Part, ...]),
    )


def _finding_row(document: int, number: int, finding: Finding) -> tuple[Any, ...]:
    return (
        document,
        number,
        _KIND_OF[type(finding.value)],
        _json(finding.value),
        finding.text,
        _json(finding.places),
        finding.method,
        finding.confidence,
    )


def _finding(row: sqlite3.Row) -> Finding:
    value: Value = _read(row["value"], VALUE_KINDS[row["kind"]])
    return Finding(value, row["text"], _read(row["places"], tuple[Place, ...]), row["method"], row["confidence"])


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _read(text: str, shape: Any) -> Any:
    return msgspec.json.decode(text, type=shape)
