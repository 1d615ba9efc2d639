"""Finding in a text what one part of a query asks for.

The text is searched folded (without dots) for the stem, and each word met is then judged as it stands: the same word,
another form, part of a compound, the same verb, or a form without dots. No lexicon is needed. Numbers and parties are
found by their keys.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.swedish.stems import fold
from index import analysis, nodes, plan, synonyms
from index.analysis import LONG, Relation
from index.forms import stem

_WORTH: dict[Relation, int] = {"exact": 4, "stem": 3, "part": 2, "verb": 2, "fold": 1}
SYNONYM = 1


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start:end` of a text that answer leaf number `leaf` of a query; `why` is in Swedish."""

    start: int
    end: int
    leaf: int
    worth: int
    why: str


class Text:
    """A text with the forms of it that finders need, made when first asked for; offsets are the same in all."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        """The text in lower case and without dots."""
        lowered = self.text.lower()
        if len(lowered) != len(self.text):  # a few letters grow when lowered: leave those as they are
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        return fold(lowered)

    @cached_property
    def keys(self) -> list[analysis.Key]:
        """The case numbers, paragraphs and parties of the text."""
        return list(analysis.keys(self.text))

    def word_at(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds of the word that holds `start:end`."""
        while start and self.text[start - 1].isalnum():
            start -= 1
        while end < len(self.text) and self.text[end].isalnum():
            end += 1
        return start, end


Finder = Callable[[Text, int], Iterator[Span]]


def finder(leaf: nodes.Node) -> Finder:
    """Return what finds one part of a query in a text, as spans that carry its number."""
    match leaf:
        case nodes.Word(text):
            return _all([_word_finder(text), *_named(synonyms.names(stem(text)), text)])
        case nodes.Synonym(concept, typed):
            return _all(_named(synonyms.names_of(concept), typed))
        case nodes.Prefix(text):
            return _pattern_finder(rf"(?<!\w){re.escape(fold(text))}\w*", "början på")
        case nodes.Phrase(words):
            return _pattern_finder(_in_a_row(words), "frasen")
        case nodes.InTitle(words):
            return _all(_word_finder(word) for word in words)
        case nodes.OfPerson(name):
            return _pattern_finder(_in_a_row(name.split(), ending="s?"), "person")
        case _:
            return _key_finder_of(leaf)


def _key_finder_of(leaf: nodes.Node) -> Finder:
    """Return the finder of what has a key; other filters leave no trace in the text."""
    match leaf:
        case nodes.Number(number, words):
            return _key_finder(plan.number_keys(number), "ärendenummer", _in_a_row(words))
        case nodes.OfNumber(number):
            return _key_finder(plan.number_keys(number), "ärendenummer")
        case nodes.Numbered(_, _, words):
            return _key_finder(plan.numbered_keys(leaf), "nummer", _in_a_row(words))
        case nodes.Section(number):
            return _key_finder((f"§{number}",), "paragraf")
        case nodes.Party(code, words):
            return _all([_key_finder((analysis.party_key(code),), "parti"), *map(_word_finder, words)])
        case nodes.OfParty(code):
            return _key_finder((analysis.party_key(code),), "parti")
        case _:
            return lambda _text, _leaf: iter(())


def _all(finders: Iterable[Finder]) -> Finder:
    held = list(finders)
    return lambda text, leaf: (span for find in held for span in find(text, leaf))


def _in_a_row(words: Iterable[str], ending: str = "") -> str:
    joined = r"[\W_]+".join(re.escape(fold(word)) for word in words)
    return rf"(?<!\w){joined}{ending}(?!\w)"


def _word_finder(wanted: str) -> Finder:
    """Find the words that answer a query word: what shares its folded stem, judged one by one."""
    one = stem(wanted)
    core = analysis.shape(analysis.root(one) or one)
    pattern = re.compile("".join(f"{re.escape(c)}+" for c in core) if len(core) >= LONG - 1 else re.escape(core))

    def find(text: Text, leaf: int) -> Iterator[Span]:
        at = -1
        for match in pattern.finditer(text.folded):
            start, end = text.word_at(match.start(), match.end())
            if start < at:
                continue
            at = end
            found = text.text[start:end]
            relation = analysis.relation(analysis.composed(found), wanted)
            if relation:
                yield Span(start, end, leaf, _WORTH[relation], _why(relation, found, wanted))

    return find


def _named(names: Iterable[str], wanted: str) -> Iterator[Finder]:
    """Yield what finds each name of what is wanted, below what was typed."""
    for name in names:
        found = re.findall(r"\w+", name)
        yield _told_as(_word_finder(name) if len(found) == 1 else _pattern_finder(_forms_in_a_row(found), ""), wanted)


def _told_as(find: Finder, wanted: str) -> Finder:
    def found(text: Text, leaf: int) -> Iterator[Span]:
        for span in find(text, leaf):
            if span.worth > _WORTH["fold"]:  # a synonym is not guessed at
                shown = " ".join(text.text[span.start : span.end].split())
                yield Span(span.start, span.end, leaf, SYNONYM, f"synonym: {shown} → {wanted}")

    return found


def _forms_in_a_row(words: Iterable[str]) -> str:
    joined = r"[\W_]+".join(rf"{re.escape(fold(stem(word)))}\w*" for word in words)
    return rf"(?<!\w){joined}"


def _why(relation: Relation, found: str, wanted: str) -> str:
    match relation:
        case "exact":
            return f"ordet {found}"
        case "stem":
            return f"böjning: {found} → {wanted}"
        case "part":
            return f"del av {found}"
        case "verb":
            return f"besläktat: {found} → {wanted}"
        case "fold":
            return f"{'annan stavning' if fold(found) == found and fold(wanted) == wanted else 'utan prickar'}: {found}"


def _pattern_finder(pattern: str, lead: str) -> Finder:
    compiled = re.compile(pattern)

    def find(text: Text, leaf: int) -> Iterator[Span]:
        for match in compiled.finditer(text.folded):
            shown = " ".join(text.text[match.start() : match.end()].split())
            yield Span(match.start(), match.end(), leaf, _WORTH["exact"], f"{lead} {shown}")

    return find


def _key_finder(keys: Iterable[str], lead: str, otherwise: str = "") -> Finder:
    wanted = frozenset(keys)
    words = _pattern_finder(otherwise, "orden") if otherwise else None

    def find(text: Text, leaf: int) -> Iterator[Span]:
        met = False
        for key in text.keys:
            forms = {key.text, analysis.unitless(key.text), analysis.kindless(key.text), analysis.yearless(key.text)}
            if forms & wanted:
                met = True
                shown = key.shown.removeprefix("§ ") if lead == "paragraf" else key.shown
                yield Span(key.start, key.end, leaf, _WORTH["exact"], f"{lead} {shown}")
        if words and not met:
            yield from words(text, leaf)

    return find
