"""What a person asked, was asked, promised and signed, page by page: quotes with their sources, no verdict."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.people import same_person
from corpus.store import Store
from corpus.values import Mention
from index import actors, browse, ledger
from index.browse import Leaf, Narrowed, NumberedPromise
from index.engines.protocol import Either
from index.holdings import Holding
from index.ledger import AskedQuestion, MadeStatement

DOING: tuple[actors.Doing, ...] = ("asks", "asked", "promises", "signs")


@dataclass(frozen=True, slots=True)
class Role:
    """A name, a party and an office as documents print them, and the first and last year they do."""

    name: str
    party: str | None
    role: str | None
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Person:
    """What a person did in the documents of one page; `answered` are questions put to the person."""

    name: str
    leaf: Leaf[None]
    roles: tuple[Role, ...]
    asked: tuple[AskedQuestion, ...]
    answered: tuple[AskedQuestion, ...]
    promised: tuple[NumberedPromise, ...]
    signed: tuple[MadeStatement, ...]


def person(store: Store, home: Path, name: str, page: int = 1) -> Person:
    """Return what a person did in a page of the documents in which they do anything, newest first."""
    by = Either(tuple(actors.of_person(doing, name) for doing in DOING))
    found = browse.page_of(store, home, f"person:{browse.quoted(name)}", Narrowed(), [by], page)
    leaf: Leaf[None] = browse.leaf_of(store, found, page, lambda _: (), lambda _: 0)
    held = {holding.id: holding for holding, _ in leaf.groups}
    order = {document: at for at, document in enumerate(held)}
    put = sorted(ledger.questions(store, order), key=lambda one: order[one.asked.document])
    given = sorted(browse.numbered(store, order), key=lambda one: order[one.given.given.document])
    made = sorted(ledger.statements(store, order), key=lambda one: order[one.made.document])
    return Person(
        name,
        leaf,
        tuple(_roles(store, held, name)),
        tuple(one for one in put if _among(name, one.by)),
        tuple(one for one in put if _among(name, one.to)),
        tuple(one for one in given if one.given.by and same_person(name, one.given.by)),
        tuple(one for one in made if _among(name, one.persons)),
    )


def _among(name: str, people: Iterable[str]) -> bool:
    return any(same_person(name, one.split(" (")[0]) for one in people)


def _roles(store: Store, held: Mapping[int, Holding], name: str) -> list[Role]:
    """Return the parties and offices under which a person is printed, the latest first.

    Where no office is printed the party alone is told, if no office goes with it elsewhere.
    """
    years: dict[tuple[str, str | None, str | None], list[int]] = {}
    for one, document in _mentions(store, held.keys()):
        if same_person(name, one.name):
            printed = years.setdefault((one.name, one.party, one.role), [])
            printed += [year] if (year := held[document].when.year) else []
    with_office = {party for _, party, office in years if office}
    told = {key: printed for key, printed in years.items() if key[2] or key[1] not in with_office | {None}}
    roles = [Role(*key, min(printed, default=None), max(printed, default=None)) for key, printed in told.items()]
    return sorted(roles, key=lambda role: (-(role.last or 0), role.party or "", role.role or ""))


def _mentions(store: Store, documents: Collection[int]) -> Iterable[tuple[Mention, int]]:
    for (document, _), finding in store.findings(Mention, documents=documents):
        if isinstance(finding.value, Mention):
            yield finding.value, document
