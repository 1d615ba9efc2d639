"""The ledgers page by page: the documents come from the search index, and only those of one page are read.

A page is so many documents, newest first; what is counted of all of them (`facets`) is documents as well.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Generic, TypeVar

from corpus.errors import WrongUse
from corpus.links import OPEN, STATUS_TITLES, Status
from corpus.store import Store
from corpus.swedish.stems import fold
from corpus.vocabulary import party_code, table
from index import actors, ledger
from index.engines.protocol import Clause, Either, Facet, Term
from index.holdings import Holding, holdings
from index.ledger import AskedQuestion, GivenPromise
from index.parties import Deed, deeds
from index.search import Listed, Window, counted, listed

PER_PAGE = 25
FATES: frozenset[Status] = frozenset({"withdrawn", "lapsed", "tabled"})  # minutes tell them; the index may not know
DOING: tuple[actors.Doing, ...] = ("asks", "demands", "signs", "promises")
_YEARS = re.compile(r"\d{4}(?:\.\.\d{4})?|saknas")
_CODE = re.compile(r"[^\W_]{1,8}")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """One page of a ledger: documents in order with what they hold of it, how many documents there are in all.

    `facets` tell how all of them divide.
    """

    groups: tuple[tuple[Holding, tuple[T, ...]], ...]
    documents: int
    page: int
    facets: Mapping[Facet, Mapping[str, int]]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max((self.documents + PER_PAGE - 1) // PER_PAGE, 1)

    @property
    def items(self) -> tuple[T, ...]:
        """What this page holds, in order."""
        return tuple(item for _, items in self.groups for item in items)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a ledger is narrowed to, as typed; what is empty does not narrow.

    `person` is whom a question was put to, or who gave a promise, as a first, last or whole name begins.
    """

    topic: str = ""
    year: str = ""
    party: str = ""
    person: str = ""
    status: str = ""
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class NumberedPromise:
    """A promise with what to ask for it by: `12-3` is the third of document 12; `passed` where its time is over."""

    id: str
    given: GivenPromise
    passed: bool


# ---- questions -------------------------------------------------------------------------------------------------------


def questions(store: Store, home: Path, wanted: Narrowed, page: int = 1) -> Leaf[AskedQuestion]:
    """Return a page of the questions, newest first. Raises WrongUse for a status, party or year that makes no sense."""
    statuses, code = statuses_named(wanted.status), code_of(wanted.party)
    only = [_of_statuses(statuses)] if statuses else []
    only += [actors.of_party("asks", code)] if code else []
    only += [actors.of_begun("asked", wanted.person)] if wanted.person else []
    found = page_of(store, home, "har:fråga", wanted, only, page, doing="asks")

    def ask(documents: tuple[int, ...]) -> Iterable[AskedQuestion]:
        put = ledger.matching(ledger.questions(store, documents), to=wanted.person or None, party=code or None)
        return (one for one in put if not statuses or one.status in statuses)

    return leaf_of(store, found, page, ask, lambda one: one.asked.document)


def statuses_named(name: str) -> frozenset[Status]:
    """Return the statuses a name stands for: one, or with `öppen` all that are not settled."""
    typed = fold(" ".join(name.lower().split()))
    if typed in map(fold, table("answers")["open"]):
        return OPEN
    found = frozenset(status for status, title in STATUS_TITLES.items() if fold(title) == typed)
    if typed and not found:
        known = ", ".join(("öppen", *STATUS_TITLES.values()))
        raise WrongUse(f"Läget {name} finns inte.", f"Välj bland {known}.")
    return found


def _of_statuses(statuses: frozenset[Status]) -> Clause:
    """Ask for documents with a question of these; what minutes told since stands in the index as without an answer."""
    held = statuses | ({"no_reply", "unanswered"} if statuses & FATES else set())
    return Either(tuple(Term("key", f"status {status}") for status in sorted(held)))


# ---- promises --------------------------------------------------------------------------------------------------------


def promises(store: Store, home: Path, wanted: Narrowed, page: int = 1) -> Leaf[NumberedPromise]:
    """Return a page of the promises, newest first, without evidence. Raises WrongUse as `questions` does."""
    code, today = code_of(wanted.party), ledger.newest(store)
    only = [actors.of_party("promises", code)] if code else []
    only += [actors.of_begun("promises", wanted.person)] if wanted.person else []
    only += [actors.due_by(today.year or 0)] if wanted.overdue else []
    found = page_of(store, home, "har:löfte", wanted, only, page, doing="promises")

    def give(documents: tuple[int, ...]) -> Iterable[NumberedPromise]:
        for one in numbered(store, documents):
            by, person = one.given.by, wanted.person
            if (one.passed or not wanted.overdue) and (not person or (by and actors.is_called(by, person))):
                yield one

    return leaf_of(store, found, page, give, lambda one: one.given.given.document)


def numbered(store: Store, documents: Iterable[int]) -> list[NumberedPromise]:
    """Return the promises of some documents with their numbers."""
    today, given = ledger.newest(store), ledger.promises(store, tuple(documents))
    by_document = groupby(sorted(given, key=lambda one: one.given.document), key=lambda one: one.given.document)
    return [
        NumberedPromise(f"{document}-{number}", one, ledger.is_due_before(one, today))
        for document, several in by_document
        for number, one in enumerate(several, start=1)
    ]


def promise(store: Store, named: str) -> NumberedPromise:
    """Return one promise with what later documents say of it. Raises WrongUse where it does not exist."""
    document = named.partition("-")[0]
    held = numbered(store, [int(document)]) if document.isascii() and document.isdigit() and len(document) < 10 else []
    one = next((one for one in held if one.id == named), None)
    if one is None:
        raise WrongUse(f"Det finns inget löfte med numret {named}.", "Gå till löftena och följ en länk därifrån.")
    return NumberedPromise(one.id, ledger.followed(store, [one.given])[0], one.passed)


# ---- parties ---------------------------------------------------------------------------------------------------------


def party(store: Store, home: Path, code: str, topic: str = "", year: str = "", page: int = 1) -> Leaf[Deed]:
    """Return a page of what a party asked, demanded, stated and promised, the newest documents first."""
    by = Either(tuple(actors.of_party(doing, code) for doing in DOING))
    found = page_of(store, home, f'parti:"{code}"', Narrowed(topic=topic, year=year), [by], page)
    return leaf_of(store, found, page, lambda some: deeds(store, code, topic, some), lambda deed: deed.said.document)


def code_of(party: str) -> str:
    """Return the code of a party as typed; a local party's own where we do not know it."""
    if party and not _CODE.fullmatch(party) and party_code(party) is None:
        raise WrongUse(f"Partiet {party} finns inte.", "Skriv partiets kod, till exempel V eller MP.")
    return party_code(party) or party.upper()


# ---- pages -----------------------------------------------------------------------------------------------------------


def page_of(
    store: Store, home: Path, query: str, wanted: Narrowed, only: Sequence[Clause], page: int,
    doing: actors.Doing | None = None,
) -> Listed:  # fmt: skip
    """Return the documents of a page. Every word of the topic is wanted: in brackets none may be left out.

    With `doing` the parties are counted by documents in which their people do that, not by those that name them.
    """
    if wanted.year and not _YEARS.fullmatch(wanted.year):
        raise WrongUse(f"{wanted.year} är inget år.", "Skriv till exempel 2019, 2019..2021 eller saknas.")
    asked = query + (f" år:{wanted.year}" if wanted.year else "") + (f" ({wanted.topic})" if wanted.topic else "")
    found = listed(store, home, asked, Window(PER_PAGE, (page - 1) * PER_PAGE, "newest", only=tuple(only)))
    if doing is None:
        return found
    codes = tuple(found.facets["party"])
    counts = counted(store, home, asked, [(*only, actors.of_party(doing, code)) for code in codes])
    by_party = {code: count for count, code in sorted(zip(counts, codes, strict=True), reverse=True) if count}
    return replace(found, facets={**found.facets, "party": by_party})


def quoted(name: str) -> str:
    """Return a name as a field's value in a query."""
    return '"' + re.sub(r'["“”„«»]', " ", name) + '"'


def leaf_of(
    store: Store, found: Listed, page: int, read: Callable[[tuple[int, ...]], Iterable[T]], of: Callable[[T], int]
) -> Leaf[T]:
    """Return a page with what is read of its documents, each document's under it."""
    held = holdings(store, found.documents) if found.documents else {}
    groups: dict[int, list[T]] = {document: [] for document in found.documents if document in held}
    for item in read(found.documents) if groups else ():
        if of(item) in groups:
            groups[of(item)].append(item)
    kept = tuple((held[document], tuple(items)) for document, items in groups.items())
    return Leaf(kept, found.total, page, found.facets)
