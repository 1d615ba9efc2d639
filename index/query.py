"""The query language: what a person types, as a tree that means one thing. Nothing that can be typed is an error.

Words are all wanted; `"a phrase"`, `-not`, `a OR b`, `(a OR b) c`, `begin*` and fields narrow (`parti:V
nämnd:socialnämnden typ:interpellation person:"Jan Jönsson" dnr:"KS 2019/756" titel:handlingsplan år:2019..2021
före:2020-02 efter:2019 år:saknas`). A case number in any spelling is one thing, and so is a party's name. Quotes and
brackets that never end run to the end; a field with a value that makes no sense is read as words.
"""

import re
import unicodedata

from corpus import case_numbers, dates
from corpus.case_numbers import CaseNumber
from corpus.dates import When
from corpus.swedish.stems import fold
from corpus.vocabulary import party_code
from index import analysis
from index.nodes import (
    Dated,
    Either,
    Filter,
    InTitle,
    Node,
    Number,
    OfBody,
    OfKind,
    OfNumber,
    OfParty,
    OfPerson,
    Party,
    Phrase,
    Prefix,
    Query,
    Section,
    Undated,
    Word,
)

LONGEST = 1_000  # characters of a query that are read
DEEPEST = 8  # brackets within brackets
SHORTEST_PREFIX = 3  # letters before the star


_FIELD = re.compile(r"(parti|n[äa]mnd|typ|person|dnr|[åa]r|f[öo]re|efter|titel)\s?:\s*(?=[^\s:])", re.IGNORECASE)
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)')
_CHUNK = re.compile(r'[^\s"“”„«»()\[\]{}]+')
_SECTION = re.compile(r"§+\s?(\d+(?:/\d+)?)")
_PARTY_CODE = re.compile(r"\(([A-Za-zÅÄÖåäö!]{1,4})\)")
_TRAILING = ".,;:?!)]"
_LAST_DAY = 99999999


def parse(text: str) -> Query:
    """Read a query. Never raises; a query with nothing in it is false."""
    return _Reader(unicodedata.normalize("NFC", text[:LONGEST])).group(0)


class _Reader:
    """Reads one query from left to right; each method takes what it names and moves on."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def group(self, depth: int) -> Query:
        """Read up to the bracket that closes this group, or to the end."""
        nodes: list[Node] = []
        excluded: list[Node] = []
        joined = False
        while self._skip_space():
            if self._take(r"[)\]}]"):
                if depth:
                    break
                continue
            if self._take(r"(?:OR|ELLER|\|\|?)(?=\s|$)"):
                joined = bool(nodes)
                continue
            if self._take(r"(?:AND|OCH|&&?|\+)(?=\s|$)"):
                continue
            negated = bool(self._take(r"[-–](?=[^\s\-–])")) or bool(self._take(r"NOT\s+(?=\S)"))
            found = self._clauses(depth)
            if negated:
                excluded += found
            elif joined and found:
                nodes[-1] = _either(nodes[-1], found[0])
                nodes += found[1:]
            else:
                nodes += found
            joined = joined and not found
        return _query(nodes, excluded)

    def _clauses(self, depth: int) -> list[Node]:
        """Read what stands next: most often one node, none where it is only marks."""
        if match := self._take(_FIELD.pattern):
            return self._value(match[1].lower())
        if number := self._number():
            return [number]
        if match := self._take(_SECTION.pattern):
            return [Section(match[1])]
        if party := self._party():
            return [party]
        if match := self._take(_QUOTED.pattern):
            return _phrase(match[1])
        if self._take(r"[(\[{]"):
            return [inner] if depth < DEEPEST and (inner := self.group(depth + 1)) else []
        chunk = self._take(_CHUNK.pattern)
        return _words(chunk[0]) if chunk else []

    def _value(self, name: str) -> list[Node]:
        if name == "dnr" and (number := self._number()):
            return [OfNumber(number.number)]
        quoted = self._take(_QUOTED.pattern)
        chunk = quoted or self._take(_CHUNK.pattern)
        if chunk is None:
            return []
        value = (quoted[1] if quoted else chunk[0].rstrip(",;")).strip()
        node = _field(name, value, quoted=bool(quoted))
        return [node] if node else _words(value)

    def _number(self) -> Number | None:
        """Take a case number, which may hold up to three spaces (`dnr KS 2019 / 756`)."""
        ends = [m.end() for m in re.finditer(r"\S+", self.text[self.at : self.at + 60])][:4]
        for end in reversed(ends):
            typed = self.text[self.at : self.at + end].rstrip(_TRAILING)
            number = parse_number(typed)
            if number:
                self.at += len(typed)
                return Number(number, tuple(analysis.words(_without_lead_in(typed))[0]))
        return None

    def _party(self) -> Party | None:
        """Take a party's name, or its code in parentheses or alone in capitals."""
        if match := analysis.party_names().match(self.text, self.at):
            code = party_code(" ".join(match[0].split()))
        elif match := _PARTY_CODE.match(self.text, self.at):
            code = party_code(match[1])
        elif match := re.compile(r"[A-ZÅÄÖ]{1,3}(?=[\s,.)]|$)").match(self.text, self.at):
            code = party_code(match[0])
        else:
            return None
        if code is None:
            return None
        self.at = match.end()
        return Party(code, tuple(analysis.words(match[0])[0]))

    def _skip_space(self) -> bool:
        """Move past white space; tell whether anything is left."""
        before = self.at
        if match := re.compile(r"\s+").match(self.text, self.at):
            self.at = match.end()
        return before < len(self.text) and self.at < len(self.text)

    def _take(self, pattern: str) -> re.Match[str] | None:
        match = re.compile(pattern, re.IGNORECASE if pattern == _FIELD.pattern else 0).match(self.text, self.at)
        if match:
            self.at = match.end()
        return match


def parse_number(typed: str) -> CaseNumber | None:
    """Read a case number that is all of what was typed (`ks2019-756`, `Dnr KS 2019/756`, `2024/1319`), or None."""
    for candidate in (typed.upper(), f"dnr {typed}"):
        match = next(case_numbers.find(candidate), None)
        if match and match.start == 0 and match.end == len(candidate):
            return match.number
    return None


def _without_lead_in(typed: str) -> str:
    return re.sub(case_numbers.LEAD_IN, "", typed, count=1)


def _query(nodes: list[Node], excluded: list[Node]) -> Query:
    """Part what ranks from what only narrows; function words are wanted only where there is nothing else."""
    wanted = [node for node in nodes if not isinstance(node, Filter)]
    telling = [node for node in wanted if not (isinstance(node, Word) and node.text in analysis.stopwords())]
    filters = [node for node in nodes if isinstance(node, Filter)]
    return Query(tuple(dict.fromkeys(telling or wanted)), tuple(dict.fromkeys(filters)), tuple(excluded))


def _either(one: Node, other: Node) -> Either:
    return Either((*one.choices, other) if isinstance(one, Either) else (one, other))


def _words(chunk: str) -> list[Node]:
    """Read what stands between spaces: a word, a hyphenated word, a prefix, or digits that belong together."""
    pieces, joined = analysis.words(chunk)
    if len(pieces) == 1 and chunk.endswith("*") and len(pieces[0]) >= SHORTEST_PREFIX:
        return [Prefix(pieces[0])]
    if len(pieces) > 1 and all(piece.isdigit() for piece in pieces):
        return [Phrase(tuple(pieces))]
    if joined and len(pieces) > 1 and "".join(pieces) == joined[0]:
        return [Either((Phrase(tuple(pieces)), Word(joined[0]), Query(tuple(Word(piece) for piece in pieces))))]
    return [Word(piece) for piece in pieces]


def _phrase(text: str) -> list[Node]:
    if number := parse_number(text.strip()):
        return [Number(number, tuple(analysis.words(text)[0]))]
    pieces = tuple(analysis.words(text)[0])
    return [Phrase(pieces)] if len(pieces) > 1 else [Word(piece) for piece in pieces]


def _field(name: str, value: str, *, quoted: bool) -> Node | None:
    """Return the filter of a field, or None where the value makes no sense in it."""
    words = tuple(analysis.words(value)[0])
    if not words:
        return None
    match fold(name):
        case "parti":
            return OfParty(party_code(value) or value.upper())
        case "namnd":
            return OfBody(words)
        case "typ":
            return OfKind(" ".join(words), quoted)
        case "person":
            return OfPerson(" ".join(words))
        case "titel":
            return InTitle(words)
        case "dnr":
            number = parse_number(value)
            return OfNumber(number) if number else None
        case "ar":
            return _years(value)
        case period:
            return _bounded(value, before=period == "fore")


def _years(value: str) -> Dated | Undated | None:
    if analysis.composed(value) in {"saknas", "okänt", "okant"}:
        return Undated()
    first, dots, last = value.partition("..")
    begin, end = dates.parse(first), dates.parse(last)
    if not dots:
        return Dated(*span(begin)) if begin and begin.year else None
    if (first and not begin) or (last and not end) or not (begin or end):
        return None
    return Dated(span(begin)[0] if begin else 1, span(end)[1] if end else _LAST_DAY)


def _bounded(value: str, *, before: bool) -> Dated | None:
    when = dates.parse(value)
    if when is None or when.year is None:
        return None
    return Dated(1, span(when)[0] - 1) if before else Dated(span(when)[1] + 1, _LAST_DAY)


def span(when: When) -> tuple[int, int]:
    """Return the first and last day a date may mean, as YYYYMMDD that sort rightly; zeros where nothing is known."""
    if when.year is None:
        return 0, 0
    if when.season is not None:
        begin = {21: 3, 22: 6, 23: 9, 24: 12}[when.season]
        return when.year * 10000 + begin * 100 + 1, when.year * 10000 + min(begin + 2, 12) * 100 + 31
    first = when.year * 10000 + (when.month or 1) * 100 + (when.day or 1)
    return first, (when.until or when.year) * 10000 + (when.month or 12) * 100 + (when.day or 31)
