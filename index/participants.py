"""Who takes part in a matter: the people who write its documents or are written to, and the parties named in them."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from corpus.people import key, same_person
from corpus.store import Store
from corpus.values import Mention, PartyMention


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who writes or is written to: the name as it is printed most fully, and in how many documents.

    `party` is the latest that stands beside the name, None where none does.
    """

    name: str
    party: str | None
    documents: int


@dataclass(frozen=True, slots=True)
class Party:
    """A party, by its code, and in how many documents it is named."""

    code: str
    documents: int


def participants(store: Store, documents: Collection[int]) -> tuple[tuple[Person, ...], tuple[Party, ...]]:
    """Return the people and the parties of these documents, those in most of them first."""
    printed: dict[str, tuple[str | None, set[int]]] = {}
    named: dict[str, set[int]] = {}
    for document, value in store.values(Mention, PartyMention, documents=documents):
        match value:
            case PartyMention(code):
                named.setdefault(code, set()).add(document)
            case Mention(name, party, _, part):
                if party:
                    named.setdefault(party, set()).add(document)
                if part != "mentioned":
                    known, where = printed.get(name, (None, set()))
                    printed[name] = (party or known, where | {document})
            case _:
                continue
    people = (Person(name, party, len(where)) for name, party, where in _joined(printed))
    parties = (Party(code, len(where)) for code, where in named.items())
    return (
        tuple(sorted(people, key=lambda person: (-person.documents, person.name))),
        tuple(sorted(parties, key=lambda party: (-party.documents, party.code))),
    )


def _joined(printed: Mapping[str, tuple[str | None, set[int]]]) -> Iterator[tuple[str, str | None, set[int]]]:
    """Join the spellings of one person, whose fullest name and latest party stand; only like surnames are compared."""
    alike: dict[str, list[tuple[str, str | None, set[int]]]] = {}
    for name, (party, where) in printed.items():
        held = alike.setdefault((key(name).split() or [""])[-1].removesuffix("s"), [])
        at = next((at for at, (other, _, _) in enumerate(held) if same_person(other, name)), len(held))
        other, known, before = held[at] if at < len(held) else (name, None, set())
        fullest = max((other, name), key=lambda one: (len(one.split()), -len(one)))
        held[at : at + 1] = [(fullest, party or known, before | where)]
    return (person for held in alike.values() for person in held)
