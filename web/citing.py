"""A quote with its source, as it is set in a letter or an article: what is cited, whose, of which day, and the page.

The facts of a document are looked up when the first of its quotes is shown, unless the page has them already.
"""

from collections.abc import Mapping

from corpus.store import Store
from index.holdings import Holding, holdings
from web.words import quoted

UNSORTED = "ovrigt"  # a kind that says nothing of a document


class Citations:
    """Writes citations for the quotes of one page."""

    def __init__(self, store: Store, known: Mapping[int, Holding]) -> None:
        self._store, self._known = store, dict(known)

    def __call__(self, document: int, file: str, page: int, quote: str) -> str:
        """Return a quote with its source."""
        return f"{quoted(quote)} ({self.reference(document, file, page)})"

    def reference(self, document: int, file: str, page: int) -> str:
        """Return where something is said, the file's name last."""
        if document not in self._known:
            self._known |= holdings(self._store, [document]) or {document: Holding(document, file)}
        held = self._known[document]
        what = held.title if held.kind == UNSORTED else held.kind_title
        when = str(held.when) if held.when.iso else ""
        number = f"dnr {held.numbers[0]}" if len(held.numbers) == 1 else ""  # minutes have those of all their matters
        told = (what, held.body[:1].upper() + held.body[1:], when, number, f"s. {page}")
        return f"{', '.join(filter(None, told))}; {file}"
