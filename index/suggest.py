"""What a person may be about to type: names of people, parties, bodies and matters, and titles of documents.

Read off the index's own list of terms, where a name stands under each of its words: it takes as long in a large library
as in a small one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from corpus.store import Store
from corpus.vocabulary import parties
from index import actors, analysis, fields
from index.engines.protocol import All, Clause, Engine, Everything, Prefix, Term
from index.entries import read_card
from index.plan import clause
from index.query import parse
from index.search import with_index

MOST, MOST_OF_A_KIND = 8, 3
SHORTEST, SHORTEST_IN_TITLE = 2, 3  # letters
LONGEST = 100
TRIED = 12  # documents whose titles are tried
AS_OFTEN = 4  # a name may stand under so many of its words
KINDS: Mapping[actors.Named, tuple[str, str]] = {
    "person": ("person", "person"),
    "body": ("nämnd", "nämnd"),
    "matter": ("ärende", "ärende"),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant: as it is shown, the query for it, and in Swedish what it is."""

    shown: str
    query: str
    kind: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A name with how many documents it stands in."""

    name: str
    documents: int


def suggestions(store: Store, home: Path, typed: str) -> list[Suggestion]:
    """Return at most MOST suggestions: for all that was typed, then for its last word with what stands before it."""
    text = typed[:LONGEST].strip()
    if len(actors.typed(text)) < SHORTEST:
        return []

    def suggest(engine: Engine) -> list[Suggestion]:
        found = list(_names(engine, text))
        before, _, last = text.rpartition(" ")
        if not found and before and len(actors.typed(last)) >= SHORTEST:
            found = [Suggestion(one.shown, f"{before} {one.query}", one.kind) for one in _names(engine, last)]
        titles = islice(_titles(engine, text), max(MOST - len(found), 0))
        return [*found, *titles][:MOST]

    return with_index(store, home, suggest)


def people(store: Store, home: Path, typed: str, most: int) -> list[Counted]:
    """Return the people whose name, or a word of it, begins as typed, or all of them: the most often named first."""

    def find(engine: Engine) -> list[Counted]:
        if not actors.typed(typed):
            named = engine.search(Everything(), limit=0).facets["person"]
            return [Counted(name, held) for name, held in islice(named.items(), most)]
        counted = [Counted(name, _held(engine, term)) for name, term in _begun(engine, "person", typed, most)]
        return sorted((one for one in counted if one.documents), key=lambda one: (-one.documents, one.name))

    return with_index(store, home, find)


def party_counts(store: Store, home: Path) -> dict[str, int]:
    """Return how many documents name each party, by its code, the most often named first."""
    return with_index(store, home, lambda engine: dict(engine.search(Everything(), limit=0).facets["party"]))


def _names(engine: Engine, text: str) -> Iterator[Suggestion]:
    yield from islice(_parties(engine, text), MOST_OF_A_KIND)
    for kind, (field, called) in KINDS.items():
        for name, _ in _begun(engine, kind, text, MOST_OF_A_KIND):
            shown = f"{name} {_title_of(engine, name)}".strip() if kind == "matter" else name
            yield Suggestion(shown, f'{field}:"{name}"', called)


def _begun(engine: Engine, kind: actors.Named, text: str, most: int) -> list[tuple[str, str]]:
    """Return the names that begin so, or of which a word does, each once, with the term each was found by."""
    terms = engine.beginning("key", actors.beginning(kind, actors.typed(text)), most * AS_OFTEN)
    found: dict[str, str] = {}
    for term, _ in terms:
        found.setdefault(term.partition(actors.BEFORE_NAME)[2], term)
    return list(found.items())[:most]


def _held(engine: Engine, term: str) -> int:
    return engine.search(Term("key", term), limit=0, facets=False).total


def _parties(engine: Engine, text: str) -> Iterator[Suggestion]:
    wanted = actors.typed(text)
    for party in parties():
        if actors.typed(party.name).startswith(wanted) and engine.holds("key", f"party {party.code}"):
            yield Suggestion(f"{party.name} ({party.code})", f"parti:{party.code}", "parti")


def _title_of(engine: Engine, name: str) -> str:
    """Return the title of a matter's first document that has it as its only number."""
    number = fields.parse_number(name)
    if number is None:
        return ""
    key = Term("key", f"sole {analysis.number_key(number)}")
    return next((title for title in _held_titles(engine, key, 1, oldest=True)), "")


def _titles(engine: Engine, text: str) -> Iterator[Suggestion]:
    """Yield the titles that hold the words typed, the last perhaps unfinished; those that begin so first."""
    words, _ = analysis.words(text)
    if not words or len(words[-1]) < SHORTEST_IN_TITLE:
        return
    whole = [clause(parse(f"titel:{word}")) for word in words[:-1] if word not in analysis.stopwords()]
    wanted = [f" {actors.typed(word)}" for word in words]
    held = _held_titles(engine, All((Prefix("title", words[-1]), *whole)), TRIED)
    found = [title for title in held if all(word in f" {actors.typed(title)}" for word in wanted)]
    for title in sorted(found, key=lambda one: not actors.typed(one).startswith(actors.typed(text))):
        yield Suggestion(title, f'titel:"{_without_quotes(title)}"', "rubrik")


def _held_titles(engine: Engine, wanted: Clause, most: int, *, oldest: bool = False) -> Iterator[str]:
    found = engine.search(wanted, limit=most, order="oldest" if oldest else "newest", facets=False)
    titles = (read_card(hit.card).title for hit in found.hits)
    yield from dict.fromkeys(title for title in titles if title)


def _without_quotes(text: str) -> str:
    return "".join(" " if letter in '"“”„«»' else letter for letter in text)
