"""Pages and corrections that people have found good: what to type for each, putting it down, and taking it back.

Ids are short, to be typed: `p12-3` is page 3 of document 12, `r12-3-4` the fourth correction on it.
"""

import re
from dataclasses import dataclass

from corpus import approvals
from corpus.approvals import Approval
from corpus.errors import WrongUse
from corpus.judgements import SHA_LETTERS
from corpus.records import Correction
from corpus.store import Store
from corpus.unsure import CorrectionKey, PageKey
from index import judged

_ID = re.compile(r"p(\d{1,9})-(\d{1,9})|r(\d{1,9})-(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Readable:
    """What may be found good: a page, or a correction on it."""

    document: int
    page: int
    made: Correction | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """What stands as found good, of the documents that are held."""

    pages: frozenset[PageKey]
    corrections: frozenset[CorrectionKey]


def approved(store: Store) -> Approved:
    """Return what people have found good."""
    pages, corrections = set[PageKey](), set[CorrectionKey]()
    for one in approvals.standing(approvals.said(store.home)):
        document = held(store, one)
        if document is not None and one.of_correction:
            corrections.add((document, one.page, one.start, one.before, one.after))
        elif document is not None:
            pages.add((document, one.page))
    return Approved(frozenset(pages), frozenset(corrections))


def held(store: Store, one: Approval) -> int | None:
    """Return the document an approval is about: another file of that name is another reading, and not meant."""
    return store.named("", one.document.sha256, SHA_LETTERS)


def page_id(document: int, page: int) -> str:
    """Return what to type for a page."""
    return f"p{document}-{page}"


def correction_id(document: int, page: int, number: int) -> str:
    """Return what to type for a correction, by its number on the page from 1."""
    return f"r{document}-{page}-{number}"


def id_of(store: Store, document: int, one: Approval) -> str:
    """Return what to type for what an approval is about, empty where the correction is no longer made."""
    if not one.of_correction:
        return page_id(document, one.page)
    page = store.page(document, one.page)
    keys = [(made.start, made.before, made.after) for made in page.corrections] if page else []
    at = (one.start, one.before, one.after)
    return correction_id(document, one.page, keys.index(at) + 1) if at in keys else ""


def find(store: Store, typed: str) -> Readable | None:
    """Return what an id names, None where it is no such id. Raises WrongUse for what is not held."""
    match = _ID.fullmatch(typed.strip().lower())
    if not match:
        return None
    document, number = (int(group) for group in (match[1] or match[3], match[2] or match[4]))
    store.listed(document)
    page = store.page(document, number)
    if page is None:
        raise WrongUse(f"Handling {document} har ingen läst sida {number}.", "aktspar review visar sidorna.")
    if not match[5]:
        return Readable(document, number)
    if not 1 <= int(match[5]) <= len(page.corrections):
        raise WrongUse(f"Det finns ingen rättelse {typed}.", "aktspar review visar rättelserna med sina nummer.")
    return Readable(document, number, page.corrections[int(match[5]) - 1])


def approve(store: Store, one: Readable, by: str) -> None:
    """Put down that a page is read well enough, or that a correction is right."""
    approvals.add(store.home, _approval(store, one, by))


def stands(store: Store, one: Readable) -> bool:
    """Tell whether somebody has found it good."""
    wanted = _approval(store, one, "")
    return any(said.about == wanted.about for said in approvals.standing(approvals.said(store.home)))


def take_back(store: Store, one: Readable, by: str) -> None:
    """Take it back. Raises WrongUse where nobody has found it good."""
    wanted = _approval(store, one, by)
    if not stands(store, one):
        raise WrongUse("Det finns inget godkännande att ta tillbaka.", "aktspar review visar vad som kan bedömas.")
    approvals.take_back(store.home, wanted, by)


def _approval(store: Store, one: Readable, by: str) -> Approval:
    named = judged.named(store, one.document)
    if one.made is None:
        return Approval(named, one.page, by)
    return Approval(named, one.page, by, one.made.start, one.made.before, one.made.after)
