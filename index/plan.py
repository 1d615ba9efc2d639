"""From a query to the clauses an engine evaluates: which terms in which fields, and how much each weighs.

The order of worth is the whole idea: the word as typed, its other forms, compounds it is part of, the form without
dots, the spelling before restoration. A case number the document carries as its own weighs more than one it mentions.
"""

from collections.abc import Sequence

from corpus.case_numbers import CaseNumber
from corpus.swedish.stems import fold
from corpus.vocabulary import kind_titles
from index import analysis, nodes
from index.engines import protocol as engine
from index.forms import stem

ENOUGH = 10  # documents with every word, below which those with most of the words join them
_NUMBER_BOOST, _OWN_BOOST, _PARTY_BOOST, _PHRASE_BOOST, _KIND_BOOST = 6.0, 12.0, 2.0, 3.0, 4.0


def clause(wanted: nodes.Query, *, dated: bool = True) -> engine.Clause:
    """Return the clause for a whole query. Without `dated`, its date filters ask for documents with no date instead."""
    filters = [node for node in wanted.filters if dated or not isinstance(node, nodes.Dated)]
    only = [_clause(node) for node in filters] + ([] if dated else [engine.Undated()])
    ranked = _ranked(wanted.wanted) if wanted.wanted else _exact_kinds(filters)
    return engine.Filtered(ranked, tuple(only), tuple(map(_excluded, wanted.excluded)))


def _exact_kinds(filters: Sequence[nodes.Node]) -> engine.Clause:
    """Everything, first the kind that was named: `typ:interpellation` comes before the replies to them."""
    named = [kind for node in filters if isinstance(node, nodes.OfKind) for kind in kinds(node.name, exact=True)]
    return engine.Either((engine.Everything(), *(engine.Term("key", f"kind {kind}") for kind, _ in named)))


def _ranked(nodes: tuple[nodes.Node, ...]) -> engine.Clause:
    least = max((len(nodes) + 2) // 3, min(len(nodes) - 1, 2), 1)  # a long question has words no document needs
    return engine.Most(tuple(map(_clause, nodes)), least, ENOUGH)


def _clause(node: nodes.Node) -> engine.Clause:
    match node:
        case nodes.Word(text):
            kinds = tuple(engine.Term("key", f"kind {kind}", _KIND_BOOST) for kind in analysis.asked_kinds(text))
            return engine.Either((*(engine.Term(*lookup) for lookup in analysis.lookups(text)), *kinds))
        case nodes.Synonym(concept, _):
            return engine.Either(tuple(engine.Term(*lookup) for lookup in analysis.concept_lookups(concept)))
        case nodes.Prefix(text):
            folded = (engine.Prefix("fold", fold(text), 0.4),) if len(text) >= analysis.LONG else ()
            return engine.Either((engine.Prefix("word", text, 1.0), *folded))
        case nodes.Phrase(words):
            return engine.Phrase(words, _PHRASE_BOOST)
        case nodes.Section(number):
            return engine.Term("key", f"§{number}", _NUMBER_BOOST)
        case nodes.Number() | nodes.Numbered() | nodes.Party():
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


def _key(node: nodes.Number | nodes.Numbered | nodes.Party) -> engine.Clause:
    """A key in its one form, or else the words it was typed in."""
    if isinstance(node, nodes.Numbered):
        return _numbered(node)
    if isinstance(node, nodes.Party):
        words = engine.All(tuple(_clause(nodes.Word(word)) for word in node.words))
        return engine.Either((engine.Term("key", analysis.party_key(node.code), _PARTY_BOOST), words))
    keys = number_keys(node.number)
    mentioned = [engine.Term("key", key, _NUMBER_BOOST) for key in keys]
    own = [engine.Term("key", f"{whose} {key}", _OWN_BOOST) for key in keys for whose in ("own", "sole")]
    phrase = (engine.Phrase(node.words, 0.5),) if len(node.words) > 1 else ()
    return engine.Either((*mentioned, *own, *phrase))


def _numbered(node: nodes.Numbered) -> engine.Clause:
    keys = numbered_keys(node)
    mentioned = [engine.Term("key", key, _NUMBER_BOOST) for key in keys]
    own = [engine.Term("key", f"own {key}", _OWN_BOOST) for key in keys]
    return engine.Either((*mentioned, *own, engine.Phrase(node.words, 0.5)))


def numbered_keys(node: nodes.Numbered) -> tuple[str, ...]:
    """Return the keys a motion's number may be held under; typed alone, `2019:118` may be a case number as well."""
    key = analysis.numbered_key(node.kind, node.number)
    if node.kind:
        return (key,)
    year, _, serial = node.number.partition(":")
    return (key, *number_keys(CaseNumber("", int(year), serial)))


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
        case nodes.OfNumber() | nodes.OfMatter() | nodes.OfStatus() | nodes.Holds():
            return _keyed(node)
        case nodes.Dated(first, last):
            return engine.Between(first, last)
        case nodes.Undated():
            return engine.Undated()


def _keyed(node: nodes.OfNumber | nodes.OfMatter | nodes.OfStatus | nodes.Holds) -> engine.Clause:
    match node:
        case nodes.OfNumber(number):
            return engine.Either(tuple(engine.Term("key", key) for key in number_keys(number)))
        case nodes.OfMatter(number):
            return engine.Either(tuple(engine.Term("key", f"matter {key}") for key in number_keys(number)))
        case nodes.OfStatus(_, statuses):
            return engine.Either(tuple(engine.Term("key", f"status {status}") for status in statuses))
        case nodes.Holds(_, kind):
            return engine.Term("key", f"holds {kind}")


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
