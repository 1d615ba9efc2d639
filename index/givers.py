"""Who gives something, as it is shown: each person with the party printed beside the name, then parties alone."""

from collections.abc import Collection, Mapping

from corpus.people import key
from corpus.store import Store
from corpus.values import Mention

Parties = Mapping[tuple[int, str], str]


def parties_of(store: Store, documents: Collection[int] | None) -> Parties:
    """Return the party of each person whose party is printed, by document and name."""
    return {
        (document, key(one.name)): one.party
        for document, one in store.values(Mention, documents=documents)
        if isinstance(one, Mention) and one.party
    }


def givers(by: Collection[str], document: int, parties: Parties) -> tuple[str, ...]:
    """Return people and parties as they are shown; a party that a person stands for is not named once more."""
    named = {name: parties.get((document, key(name))) for name in by if not is_code(name)}
    people = [f"{name} ({party})" if party else name for name, party in named.items()]
    return (*people, *(code for code in by if is_code(code) and code not in named.values()))


def is_code(name: str) -> bool:
    """Tell whether one who gives something is a party, by its code."""
    return name.isupper() and " " not in name
