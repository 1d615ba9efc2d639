"""From a query to the clauses an engine evaluates: which terms in which fields, and how much each weighs.

The order of worth is the whole idea: the word as typed, its other forms, compounds it is part of, the form without
dots, the spelling before restoration. A case number the document carries as its own weighs more than one it mentions.
"""

from corpus.case_numbers import CaseNumber
from corpus.swedish.stems import fold, stem
from corpus.vocabulary import kind_titles
from index import analysis, nodes
from index.engines import protocol as engine

ENOUGH = 10  # documents with every word, below which those with most of the words join them
_NUMBER_BOOST, _OWN_BOOST, _PARTY_BOOST, _PHRASE_BOOST = 6.0, 12.0, 2.0, 3.0


def clause(wanted: nodes.Query, *, dated: bool = True) -> engine.Clause:
    """Return the clause for a whole query. Without `dated`, its date filters ask for documents with no date instead."""
    filters = [node for node in wanted.filters if dated or not isinstance(node, nodes.Dated)]
    only = [_clause(node) for node in filters] + ([] if dated else [engine.Undated()])
    return engine.Filtered(_ranked(wanted.wanted), tuple(only), tuple(map(_excluded, wanted.excluded)))


def _ranked(nodes: tuple[nodes.Node, ...]) -> engine.Clause:
    if not nodes:
        return engine.Everything()
    return engine.Most(tuple(map(_clause, nodes)), (len(nodes) + 1) // 2, ENOUGH)


def _clause(node: nodes.Node) -> engine.Clause:
    match node:
        case nodes.Word(text):
            return engine.Either(tuple(engine.Term(*lookup) for lookup in analysis.lookups(text)))
        case nodes.Prefix(text):
            folded = (engine.Prefix("fold", fold(text), 0.4),) if len(text) >= analysis.LONG else ()
            return engine.Either((engine.Prefix("word", text, 1.0), *folded))
        case nodes.Phrase(words):
            return engine.Phrase(words, _PHRASE_BOOST)
        case nodes.Section(number):
            return engine.Term("key", f"§{number}", _NUMBER_BOOST)
        case nodes.Number() | nodes.Party():
            return _key(node)
        case nodes.InTitle(words):
            return engine.All(tuple(_in_title(word) for word in words))
        case nodes.Either(choices):
            return engine.Either(tuple(map(_clause, choices)))
        case nodes.Query():
            inner = engine.All(tuple(map(_clause, node.wanted))) if node.wanted else engine.Everything()
            return engine.Filtered(inner, tuple(map(_clause, node.filters)), tuple(map(_excluded, node.excluded)))
        case _:
            return _filter(node)


def _excluded(node: nodes.Node) -> engine.Clause:
    """A word is excluded with its own forms only: not as part of a compound, nor by a form without dots."""
    if not isinstance(node, nodes.Word):
        return _clause(node)
    return engine.Either((engine.Term("word", node.text), engine.Term("stem", stem(node.text))))


def _key(node: nodes.Number | nodes.Party) -> engine.Clause:
    """A key in its one form, or else the words it was typed in."""
    if isinstance(node, nodes.Party):
        words = engine.All(tuple(_clause(nodes.Word(word)) for word in node.words))
        return engine.Either((engine.Term("key", analysis.party_key(node.code), _PARTY_BOOST), words))
    keys = number_keys(node.number)
    mentioned = [engine.Term("key", key, _NUMBER_BOOST) for key in keys]
    own = [engine.Term("key", f"own {key}", _OWN_BOOST) for key in keys]
    phrase = (engine.Phrase(node.words, 0.5),) if len(node.words) > 1 else ()
    return engine.Either((*mentioned, *own, *phrase))


def number_keys(number: CaseNumber) -> tuple[str, ...]:
    """Return the keys a typed number may be held under: without a unit it stands for that of any unit."""
    bare = analysis.number_key(CaseNumber("", number.year, number.serial))
    return (analysis.number_key(number), bare) if number.unit else (bare, analysis.unitless(bare))


def _in_title(word: str) -> engine.Clause:
    terms = dict.fromkeys((stem(word), analysis.root(stem(word)) or stem(word), *analysis.folds_for(word)))
    return engine.Either(tuple(engine.Term("title", term) for term in terms))


def _filter(node: nodes.Filter) -> engine.Clause:
    match node:
        case nodes.OfKind():
            return engine.Either(
                tuple(engine.Term("key", f"kind {kind}", worth) for kind, worth in kinds(node.name, exact=node.exact))
            )
        case nodes.OfBody(words):
            return engine.All(tuple(engine.Term("key", f"body {fold(stem(word))}") for word in words))
        case nodes.OfParty(code):
            return engine.Term("key", f"party {code}")
        case nodes.OfPerson(name):
            return engine.Either(tuple(engine.Term("key", f"person {key}") for key in _person_keys(name)))
        case nodes.OfNumber(number):
            return engine.Either(tuple(engine.Term("key", key) for key in number_keys(number)))
        case nodes.Dated(first, last):
            return engine.Between(first, last)
        case nodes.Undated():
            return engine.Undated()


def kinds(name: str, *, exact: bool) -> list[tuple[str, float]]:
    """Return the kinds a name stands for, the exact one first; `svar` stands for every kind of reply."""
    wanted = fold(name)
    named = {key: (fold(key), fold(title.lower())) for key, title in kind_titles().items()}
    found = [(key, 1.0) for key, names in named.items() if wanted in names]
    if not exact:
        found += [(key, 0.5) for key, names in named.items() if wanted not in names and wanted in " ".join(names)]
    return found or [(wanted, 1.0)]


def _person_keys(name: str) -> tuple[str, ...]:
    folded = fold(name)
    return (folded, folded[:-1]) if folded.endswith("s") else (folded,)
