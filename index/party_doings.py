"""How many documents there are in which a party's people do something: ask, promise."""

from collections.abc import Collection, Mapping
from pathlib import Path

from corpus.store import Store
from index import actors
from index.search import counted

LEDGERS: Mapping[actors.Doing, str] = {"asks": "har:fråga", "promises": "har:löfte"}


def documents(store: Store, home: Path, doing: actors.Doing, codes: Collection[str]) -> dict[str, int]:
    """Return the count of each party, by its code; the same as the ledger's page counts for it."""
    found = counted(store, home, LEDGERS[doing], [[actors.of_party(doing, code)] for code in codes])
    return dict(zip(codes, found, strict=True))
