"""Lists that come page by page: links to the pages beside, and to the list narrowed by a value of a facet."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from index.browse import Leaf, T
from index.holdings import Holding
from web.answers import address
from web.words import number

LAST = 100_000  # the highest number of a page that is asked for


@dataclass(frozen=True, slots=True)
class Choice:
    """A value a list may be narrowed by: its name, how many documents have it, and the list with or without it."""

    name: str
    count: int
    link: str
    chosen: bool


def pager(path: str, page: int, pages: int, **query: object) -> Mapping[str, str]:
    """Return the links to the pages before and after."""
    return {
        "before": address(path, **query, sida=min(page - 1, pages)) if page > 1 else "",
        "after": address(path, **query, sida=page + 1) if page < pages else "",
        "told": f"Sida {number(page)} av {number(pages)}",
    }


def leaf_holdings(leaf: Leaf[T]) -> dict[int, Holding]:
    """Return the documents of a page of a ledger, which its quotes are cited from."""
    return {document.id: document for document, _ in leaf.groups}


def choices(
    path: str,
    query: Mapping[str, str],
    name: str,
    values: Iterable[tuple[str, int]],
    called: Callable[[str], str] = str,
) -> list[Choice]:
    """Return a facet's values as links that set `name` in the query, or clear it where it is set so."""
    chosen = query.get(name, "")
    return [
        Choice(called(value), count, address(path, **{**query, name: "" if called(value) == chosen else called(value)}),
               called(value) == chosen)
        for value, count in values
    ]  # fmt: skip
