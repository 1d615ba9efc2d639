"""The query language: what a person types, as a tree that means one thing. Nothing that can be typed is an error.

Words are all wanted; `"a phrase"`, `-not`, `a OR b`, `(a OR b) c`, `begin*` and fields narrow (`parti:V
nämnd:socialnämnden typ:interpellation person:"Jan Jönsson" dnr:"KS 2019/756" ärende:"KS 2019/756"
status:obesvarad har:löfte titel:handlingsplan år:2019..2021
före:2020-02 efter:2019 år:saknas`). A case number in any spelling is one thing, and so is a party's name. Quotes and
brackets that never end run to the end; a field with a value that makes no sense is read as words.
"""

import re
import unicodedata
from itertools import takewhile

from corpus import case_numbers, keys
from corpus.swedish.stems import fold
from corpus.vocabulary import party_code
from index import analysis, fields, synonyms
from index.forms import stem
from index.nodes import (
    Either,
    Filter,
    Node,
    Number,
    Numbered,
    Party,
    Phrase,
    Prefix,
    Query,
    Section,
    Synonym,
    Word,
)

LONGEST = 1_000  # characters of a query that are read
DEEPEST = 8  # brackets within brackets
SHORTEST_PREFIX = 3  # letters before the star


_FIELD = re.compile(rf"({fields.NAMES})\s?:\s*(?=[^\s:])", re.IGNORECASE)
_QUOTED = re.compile(r'["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)')
_CHUNK = re.compile(r'[^\s"“”„«»()\[\]{}]+')
_SECTION = re.compile(r"§+\s?(\d+(?:/\d+)?)")
_PARTY_CODE = re.compile(r"\(([A-Za-zÅÄÖåäö!]{1,4})\)")
_ALONE = re.compile(r"\(?((?:19|20)\d\d:[1-9]\d{0,3})(?![\w:])\)?")
_TRAILING = ".,;:?!)]"


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
        if numbered := self._numbered():
            return [numbered]
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
        if fold(name) in fields.NUMBERED and (number := self._number()):
            return [fields.NUMBERED[fold(name)](number.number)]
        quoted = self._take(_QUOTED.pattern)
        chunk = quoted or self._take(_CHUNK.pattern)
        if chunk is None:
            return []
        value = (quoted[1] if quoted else chunk[0].rstrip(",;")).strip()
        node = fields.read(name, value, quoted=bool(quoted))
        return [node] if node else _words(value)

    def _numbered(self) -> Numbered | None:
        """Take the number of a motion or its like, with the word before it (`motion nr 5/2016`) or alone (`2016:5`)."""
        if alone := _ALONE.match(self.text, self.at):
            self.at = alone.end()
            return Numbered("", alone[1], tuple(alone[1].split(":")))
        if not self.text[self.at].isalpha():
            return None
        ends = [m.end() for m in re.finditer(r"\S+", self.text[self.at : self.at + 60])][1:5]
        for end in reversed(ends):
            typed = self.text[self.at : self.at + end].rstrip(".,;:?!")
            found = next(keys.find(typed), None)
            if found and found.key.kind != keys.PARAGRAPH and (found.start, found.end) == (0, len(typed)):
                self.at += len(typed)
                number = found.key.number.split(maxsplit=1)[0]
                return Numbered(found.key.kind, number, tuple(number.split(":")))
        return None

    def _number(self) -> Number | None:
        """Take a case number, which may hold up to three spaces (`dnr KS 2019 / 756`)."""
        ends = [m.end() for m in re.finditer(r"\S+", self.text[self.at : self.at + 60])][:4]
        for end in reversed(ends):
            typed = self.text[self.at : self.at + end].rstrip(_TRAILING)
            number = fields.parse_number(typed)
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


def _without_lead_in(typed: str) -> str:
    return re.sub(case_numbers.LEAD_IN, "", typed, count=1)


def _query(nodes: list[Node], excluded: list[Node]) -> Query:
    """Part what ranks from what only narrows; function words are wanted only where there is nothing else."""
    wanted = _named([node for node in nodes if not isinstance(node, Filter)])
    for left_out in (analysis.stopwords() | analysis.asking(), analysis.stopwords()):
        telling = [node for node in wanted if not (isinstance(node, Word) and node.text in left_out)]
        if telling:
            break
    filters = [node for node in nodes if isinstance(node, Filter)]
    return Query(tuple(dict.fromkeys(telling or wanted)), tuple(dict.fromkeys(filters)), tuple(excluded))


def _named(nodes: list[Node]) -> list[Node]:
    """Put beside words that are together one name what else it is called: `hem för vård eller boende` is `hvb`."""
    found: list[Node] = []
    at = 0
    while at < len(nodes):
        words = list(takewhile(lambda node: isinstance(node, Word), nodes[at:]))
        name = synonyms.in_a_row([stem(word.text) for word in words if isinstance(word, Word)])
        if name is None:
            found.append(nodes[at])
            at += 1
            continue
        length, concept = name
        typed = [word for word in words[:length] if isinstance(word, Word)]
        telling = tuple(word for word in typed if word.text not in analysis.stopwords())
        found.append(Either((Query(telling), Synonym(concept, " ".join(word.text for word in typed)))))
        at += length
    return found


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
    if number := fields.parse_number(text.strip()):
        return [Number(number, tuple(analysis.words(text)[0]))]
    pieces = tuple(analysis.words(text)[0])
    return [Phrase(pieces)] if len(pieces) > 1 else [Word(piece) for piece in pieces]
