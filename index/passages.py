"""Where a text answers a query: what to highlight, the best passage of a document, and why it was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.records import Page
from corpus.vocabulary import kind_titles
from index import nodes, plan, query
from index.finders import Span, Text, finder

MOST = 3  # passages of a document
WIDTH = 240  # characters of a snippet
LEAD = 50  # of them before its first match


@dataclass(frozen=True, slots=True)
class Passage:
    """The best passage of a document: its page, text (white space folded), what to highlight, and why it was found."""

    page: int
    text: str
    highlights: tuple[tuple[int, int], ...]
    why: tuple[str, ...]


def matches(text: str, typed: str | nodes.Query) -> list[tuple[int, int]]:
    """Return the stretches of a text that answer a query, in order and without overlap."""
    return _merged(Matcher(typed).spans(text))


class Matcher:
    """A query made ready for finding its words in texts."""

    def __init__(self, typed: str | nodes.Query) -> None:
        asked = query.parse(typed) if isinstance(typed, str) else typed
        self._leaves = nodes.leaves(asked)
        self._finders = [finder(leaf) for leaf in self._leaves]

    def spans(self, text: str) -> list[Span]:
        """Return every match in a text, in order."""
        prepared = Text(text)
        found = [span for number, find in enumerate(self._finders) for span in find(prepared, number)]
        return sorted(found, key=lambda span: (span.start, -span.end))

    def best(self, pages: Sequence[Page]) -> list[Passage]:
        """Return the passages that answer most of the query, one a page, the first with all reasons of the document.

        Where none does it is the document's beginning.
        """
        by_page = [(page, self.spans(page.text)) for page in pages]
        why = _reasons(span for _, spans in by_page for span in spans)
        windows = [(_window(spans), page) for page, spans in by_page if spans]
        if not windows:
            page, start, why = self._in_original(pages)
            return [self._passage(page, start, why)]
        best = sorted(windows, key=lambda pair: (-pair[0][0], pair[1].number))[:MOST]
        return [self._passage(page, start, () if at else why) for at, ((_, start), page) in enumerate(best)]

    def _passage(self, page: Page, start: int, why: tuple[str, ...]) -> Passage:
        text = _cut(page.text, max(0, start - LEAD))
        return Passage(page.number, text, tuple(_merged(self.spans(text))), why)

    def _in_original(self, pages: Sequence[Page]) -> tuple[Page, int, tuple[str, ...]]:
        """Return the first page whose text before restoration answers, and where that stands in it now."""
        for page in pages:
            if page.original != page.text and (spans := self.spans(page.original)):
                span = spans[0]
                return (
                    page,
                    _restored(page, span.start),
                    (f"ursprunglig stavning: {page.original[span.start : span.end]}",),
                )
        return (pages[0] if pages else _NO_PAGE), 0, ()


_NO_PAGE = Page(1, "", "", "plain", 0.0)


def _reasons(spans: Iterable[Span]) -> tuple[str, ...]:
    """Return the best reason of each part of the query, in the query's order."""
    best: dict[int, Span] = {}
    for span in spans:
        if span.leaf not in best or span.worth > best[span.leaf].worth:
            best[span.leaf] = span
    return tuple(dict.fromkeys(best[leaf].why for leaf in sorted(best)))


def _window(spans: Sequence[Span]) -> tuple[float, int]:
    """Return the worth and the start of the stretch that answers most of the query."""
    best, begin = (0.0, 0), 0
    for end, last in enumerate(spans):
        while last.end - spans[begin].start > WIDTH - LEAD and begin < end:
            begin += 1
        leaves: dict[int, int] = {}
        for span in spans[begin : end + 1]:
            leaves[span.leaf] = max(leaves.get(span.leaf, 0), span.worth)
        worth = sum(leaves.values()) + 0.01 * min(end + 1 - begin, 20)
        best = max(best, (worth, -spans[begin].start))
    return best[0], -best[1]


def _cut(text: str, start: int) -> str:
    """Return about WIDTH characters from `start`, whole words only, white space folded."""
    if start:
        start = text.find(" ", start, start + LEAD) + 1 or start
    end = min(len(text), start + WIDTH)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + WIDTH // 2)
    return " ".join(text[start:end].split())


def _restored(page: Page, at: int) -> int:
    """Return where a place of the original stands in the restored text."""
    made = [change for change in page.corrections if change.end <= at]
    return max(0, min(len(page.text), at + sum(len(change.after) - len(change.before) for change in made)))


def _merged(spans: Iterable[Span]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for span in spans:
        if not merged or span.start >= merged[-1][1]:
            merged.append((span.start, span.end))
        elif span.end > merged[-1][1]:
            merged[-1] = (merged[-1][0], span.end)
    return merged


def met_filters(asked: nodes.Query) -> tuple[str, ...]:
    """Return in Swedish the filters every hit meets that leave no trace in the text."""
    found = []
    for node in asked.filters:
        match node:
            case nodes.OfKind(name, exact):
                found.append(
                    f"typ {' eller '.join(kind_titles().get(key, key) for key, _ in plan.kinds(name, exact=exact))}"
                )
            case nodes.OfBody(words):
                found.append(f"nämnd {' '.join(words)}")
            case nodes.OfMatter(number):
                found.append(f"hör till ärende {number}")
            case nodes.OfStatus(name, _):
                found.append(f"har en fråga som är {name}")
            case nodes.Holds(name, _):
                found.append(f"har {name}")
            case nodes.Dated():
                found.append("datum inom det sökta")
            case nodes.Undated():
                found.append("utan datum")
            case _:
                continue
    return tuple(found)
