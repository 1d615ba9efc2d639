"""A document opened at a page: what it is, what is found on the page, what it answers and what answers it.

Costs what the page costs, not what the library or the document does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.errors import WrongUse
from corpus.records import Finding, Page, Problem
from corpus.store import Listed, Store
from corpus.values import Body, BrokenOff, Key, Mention
from index import judged, ledger, view
from index.holdings import Holding, holdings
from index.judged import JudgedLink
from index.ledger import AskedQuestion

MOST_TIES = 40  # that are told of a document
MOST_SEARCHED = 80  # pages of a document that are searched for a query beside the one shown
MOST_ANSWERED = 3  # documents whose questions a reply is shown beside


@dataclass(frozen=True, slots=True)
class Opened:
    """A document at page `number`; `page` is None where that could not be read, `lost` says why.

    `findings` are those of the page with their numbers, in the order they stand. `found_on` are the pages that answer
    the query.
    """

    holding: Holding
    listed: Listed
    municipality: str
    keys: tuple[Key, ...]
    people: tuple[Mention, ...]
    broken_off: str
    held: tuple[int, ...]
    lost: tuple[Problem, ...]
    number: int
    page: Page | None
    findings: tuple[tuple[int, Finding], ...]
    found_on: tuple[int, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages it has."""
        return max(self.listed.pages_in, *self.held, 1)


@dataclass(frozen=True, slots=True)
class Tie:
    """What a document has to do with another: the link, the other, and whether the link goes from here to there."""

    held: JudgedLink
    other: Holding
    outwards: bool


@dataclass(frozen=True, slots=True)
class Around:
    """The documents around one, surest first, the questions put in it, and those it answers."""

    ties: tuple[Tie, ...]
    asked: tuple[AskedQuestion, ...]
    answered: tuple[AskedQuestion, ...]


def sheet(store: Store, document: int, number: int) -> tuple[Listed, Page | None]:
    """Return a document and one of its pages, None where that could not be read.

    Raises WrongUse where there is no such document or page.
    """
    listed = store.listed(document)
    most = max(listed.pages_in, *store.page_numbers(document), 1)
    if not 1 <= number <= most:
        raise WrongUse(f"{listed.file} har ingen sida {number}.", f"Den sista sidan är {most}.")
    return listed, store.page(document, number)


def found_on(store: Store, document: int, number: int) -> dict[int, Finding]:
    """Return the findings of a page by their numbers."""
    return {key[1]: finding for key, finding in store.findings(documents=[document], page=number)}


def opened(store: Store, document: int, number: int, query: str = "") -> Opened:
    """Open a document at a page. Raises WrongUse where there is no such document or page."""
    listed, page = sheet(store, document, number)
    held = tuple(store.page_numbers(document))
    told = [finding.value for _, finding in store.findings(Body, BrokenOff, Key, Mention, documents=[document])]
    return Opened(
        holdings(store, [document]).get(document, Holding(document, listed.file)),
        listed,
        next((value.municipality or "" for value in told if isinstance(value, Body)), ""),
        tuple(value for value in told if isinstance(value, Key)),
        tuple(value for value in told if isinstance(value, Mention) and value.part != "mentioned"),
        " ".join(value.reason for value in told if isinstance(value, BrokenOff)),
        held,
        tuple(store.lost(document)),
        number,
        page,
        _in_order(page, found_on(store, document, number)),
        tuple(_pages_found(store, document, held, query)),
    )


def page_saying(store: Store, document: int, quote: str) -> int:
    """Return the first page of a document that says a quote, else its first page. Raises WrongUse as `opened` does."""
    listed = store.listed(document)
    pages = store.texts(document) if quote else []
    said = (number for number, *texts in pages if any(view.spans_of(text, quote) for text in texts))
    return next(said, next(iter(store.page_numbers(listed.id)), 1))


def around(store: Store, document: int) -> Around:
    """Return what a document has to do with others."""
    links = [one for one in judged.judged_links(store, [document]) if not one.rejected]
    others = {one.link.source + one.link.target - document for one in links}
    held = holdings(store, others)
    ties = [_tie(held, document, one) for one in links if one.link.source + one.link.target - document in held]
    ties.sort(key=lambda tie: (_KINDS[tie.held.link.kind], -tie.held.link.confidence, tie.other.when.order))
    answers = [tie.other.id for tie in ties if tie.outwards and tie.held.link.kind == "answers"][:MOST_ANSWERED]
    file = store.listed(document).file
    answered = [one for one in ledger.questions(store, answers) if one.reply == file] if answers else []
    return Around(tuple(ties[:MOST_TIES]), tuple(ledger.questions(store, [document])), tuple(answered))


_KINDS: Mapping[str, int] = {"answers": 0, "refers to": 1, "same matter": 2}


def _tie(held: Mapping[int, Holding], document: int, one: JudgedLink) -> Tie:
    outwards = one.link.source == document
    return Tie(one, held[one.link.target if outwards else one.link.source], outwards)


def _in_order(page: Page | None, findings: Mapping[int, Finding]) -> tuple[tuple[int, Finding], ...]:
    at = view.begins_on(page, findings.items()) if page else dict.fromkeys(findings, 0)
    return tuple(sorted(findings.items(), key=lambda one: (at.get(one[0], 0), one[0])))


def _pages_found(store: Store, document: int, held: tuple[int, ...], query: str) -> list[int]:
    if not query or len(held) > MOST_SEARCHED:
        return []
    return view.pages_with([(number, text) for number, text, _ in store.texts(document)], query)
