"""Which documents may be the reply to a question's document, for a person to choose among."""

from collections.abc import Iterator
from pathlib import Path

from corpus.store import Store
from corpus.vocabulary import table
from index.holdings import Holding, holdings
from index.search import like

MOST, LOOKED_AT = 20, 40


def likely(store: Store, home: Path, document: int, without: int | None = None) -> tuple[Holding, ...]:
    """Return documents linked to one, or later and on its subject, those of a kind that answers its kind first.

    `without` is the one that is known not to be the reply.
    """
    near = [other for link in store.links([document]) for other in (link.source, link.target)]
    alike = [hit.document for hit in like(store, home, document, LOOKED_AT).hits]
    found = [one for one in dict.fromkeys((*near, *alike)) if one not in {document, without}]
    held = holdings(store, [document, *found])
    if document not in held:
        return ()
    asked = held[document]
    answering = set(_answering(asked.kind))
    other = [held[one] for one in found if one in held and held[one].kind != asked.kind]
    later = [one for one in other if one.when.order >= asked.when.order or one.id in near]
    return tuple(sorted(later, key=lambda one: one.kind not in answering)[:MOST])


def _answering(kind: str) -> Iterator[str]:
    """Yield the kinds of document that may be the reply to one of this kind."""
    return (name for name, entry in table("kinds").items() if kind in entry.get("answers", ()))
