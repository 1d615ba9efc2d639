"""What a query is about, for those who look for it sentence by sentence: its terms, and a text's share of them."""

from corpus.swedish.stems import stem
from index import analysis, nodes, query


def topic_terms(typed: str) -> frozenset[str]:
    """Return the stems a query stands for, and the keys of its case numbers (`nr:…`) and parties (`names:…`)."""
    found: set[str] = set()
    for leaf in nodes.leaves(query.parse(typed)):
        match leaf:
            case nodes.Word(text) | nodes.Prefix(text):
                found.add(stem(text))
            case nodes.Phrase(words) | nodes.InTitle(words):
                found.update(stem(word) for word in words if word not in analysis.stopwords())
            case nodes.Number(number) | nodes.OfNumber(number):
                found.add(analysis.number_key(number))
            case nodes.Numbered(kind, number):
                found.add(analysis.numbered_key(kind, number))
            case nodes.Party(code) | nodes.OfParty(code):
                found.add(analysis.party_key(code))
            case _:
                continue
    return frozenset(found)


def mentions(text: str, terms: frozenset[str]) -> float:
    """Return the share (0–1) of topic terms a text holds, as a word, in a compound, or without dots."""
    if not terms:
        return 0.0
    pieces, joined = analysis.words(text)
    held = set(pieces + joined)
    met_keys = analysis.keys(text) if any(":" in term for term in terms) else ()
    keys = {form for key in met_keys for form in (key.text, analysis.kindless(key.text))}
    met = sum(term in keys or any(analysis.relation(word, term) for word in held) for term in terms)
    return met / len(terms)
