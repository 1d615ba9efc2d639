"""Swedish text to search terms, the same for every engine.

A text gives five kinds of term: `word` (as it stands, lower case, in order), `stem`, `part` (stems of what a compound
is made of, and the verb inside a noun in -ing), `fold` (without dots and doubled letters) and `key` (case numbers,
paragraphs and parties in one form each). å, ä and ö are letters of their own: stemming comes before folding, and a
short word with dots is never looked up without them, so that `råd` is not `rad`. A hyphenated word is its pieces in
order and, besides, one word. Compounds are split when text is indexed; a query word is only stemmed and folded. What is
called by several names is one concept (`index/synonyms.py`), indexed among the parts and looked up as one term more.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import accumulate
from typing import Literal

from corpus import case_numbers
from corpus import keys as numbered
from corpus.case_numbers import CaseNumber
from corpus.swedish.stems import fold
from corpus.swedish.stems import words as whole_words
from corpus.vocabulary import parties, party_code, table
from index import synonyms
from index.forms import stem

VERSION = "4"  # goes up with every change that gives a text other terms

Field = Literal["word", "stem", "part", "fold", "title", "original", "key"]
Relation = Literal["exact", "stem", "part", "verb", "fold"]

LONG = 6  # letters from which a word is still itself without its dots and doubled letters
LONG_STEM = 5
LONGEST = 100  # letters of a word that are looked at: what is longer is no word, and cutting its ends takes for ever
SYNONYM = 0.5  # what a synonym weighs
SHORTEST_LAST, SHORTEST_FIRST, SHORTEST_REST = 3, 4, 3  # letters of a compound's last and first part, and of the rest

SHORTEST_LIKELY, SHORTEST_LIKELY_LAST = 8, 4  # letters of a likely compound and of its last part
LIKELY_FIRST, LIKELY_LAST = 2e-6, 5e-7  # how usual its parts are as words of their own

_LINE_BREAK = re.compile(r"(?<=[^\W\d_])-[ \t]*\n\s*(?!(?:och|eller|samt|resp)\b)(?=[a-zåäöé])")
_ENDING = re.compile(r"(?<=\w)[:’'](?:s|n|t|en|et|ar|er|are|arna|erna|na|ns|ts)$")
_NOUN_ENDINGS = ("ens", "en", "ets", "et", "arna", "arnas", "ar", "erna", "ernas", "er", "s")
_NOUN_OF_VERB = re.compile(r"(?<=[^\W\d_]{5})n?ing$")
_DOUBLED = re.compile(r"([^\W\d_])\1+")
_CODE = r"[A-Za-zÅÄÖåäö!]{1,4}"
_CODES = re.compile(
    rf"\((?:(?:båda|bägge|alla|samtliga)\s)?(?P<codes>{_CODE}(?:(?:\s?[,/&]\s?|\soch\s|\ssamt\s){_CODE})*)(?:-gruppen)?\)"
)
_UNIT = re.compile(r"^nr:\D*")
_KIND = re.compile(r"^no:\w*:")
_SECTION = re.compile(r"§+\s?(\d+(?:/\d+)?)")


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a text by kind; `words` stand in the order of the text."""

    words: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    folds: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Key:
    """Something written in many ways that is one thing, at `start:end` of a text; `shown` is its common form."""

    text: str
    shown: str
    start: int
    end: int


def words(text: str) -> tuple[list[str], list[str]]:
    """Return the words of a text in order, hyphenated ones in pieces, and those same ones written together."""
    pieces: list[str] = []
    joined: list[str] = []
    for word in whole_words(_LINE_BREAK.sub("", text.replace("\u00ad", ""))):
        if word.isalnum():
            pieces.append(word[:LONGEST])
            continue
        bare = _ENDING.sub("", word)
        found = [piece[:LONGEST] for piece in re.findall(r"[^\W_]+", bare)]
        pieces += found
        if len(found) > 1 and not bare[0].isdigit():
            joined.append("".join(found)[:LONGEST])
    return pieces, joined


def analyse(text: str) -> Terms:
    """Return every word-like term of a text (not its keys)."""
    pieces, joined = words(text)
    terms = Terms(words=pieces + joined)
    for word in terms.words:
        one, parts, folds = _indexed(word)
        terms.stems.append(one)
        terms.parts.extend(parts)
        terms.folds.extend(folds)
    terms.parts.extend(synonyms.phrases(terms.stems[: len(pieces)]))
    return terms


@lru_cache(maxsize=100_000)
def _indexed(word: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return a word's stem, the stems of its parts, and its folded forms."""
    one = stem(word)
    folds = _folds(word, one) if len(word) >= LONG or fold(word) != word else ()
    parts = dict.fromkeys(filter(None, (*_part_stems(word), root(one))))
    parts.pop(one, None)
    folds += tuple(shape(part) for part in parts if len(part) >= LONG_STEM and fold(part) != part)
    parts |= dict.fromkeys(concept for form in (one, *parts) for concept in synonyms.named(form))
    return one, tuple(parts), folds


def _part_stems(word: str) -> Iterator[str]:
    """Yield the stems of a compound's parts, and of neighbouring parts together: `handlingsplan` in a longer word."""
    from corpus.swedish.compounds import parts  # the lexicon takes 0.4 s: only indexing needs it

    word = next((one for one in (word, *_bases(word)) if len(parts(one)) > 1), word)
    ends = list(accumulate(map(len, parts(word))))
    for i, start in enumerate([0, *ends[:-1]]):
        for end in ends[i:]:
            if end - start < len(word):
                yield stem(word[start:end])
    if len(ends) == 1:
        yield from map(stem, likely_parts(word))


def _bases(word: str) -> Iterator[str]:
    """Yield a noun without its endings: the lexicon knows `skolskjuts` and not `skolskjutsen`."""
    for ending in _NOUN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_LIKELY:
            yield word.removesuffix(ending)


def likely_parts(word: str) -> Iterator[str]:
    """Yield the parts of what is most likely a compound though its parts are rare in others: `trygghets` + `larm`."""
    from corpus.swedish.compounds import may_begin, may_end
    from corpus.swedish.lexicon import lexicon

    known = lexicon().probability
    if len(word) < SHORTEST_LIKELY:
        return
    for at in range(SHORTEST_FIRST - 1, len(word) - SHORTEST_LIKELY_LAST + 1):
        first, last = word[:at], word[at:]
        if not may_begin(first) or not may_end(last):
            continue
        alone = (first, first.removesuffix("s"), f"{first}e" if first.endswith("ar") else first)  # `invånar-`: invånare
        if max(map(known, alone)) >= LIKELY_FIRST and known(last) >= LIKELY_LAST:
            yield from (first, last)


def root(word_stem: str) -> str | None:
    """Return the verb's stem inside the stem of a noun in -ing (`revidering` → `revider`), or None."""
    found = _NOUN_OF_VERB.sub("", word_stem)
    return found if found != word_stem else None


def shape(word: str) -> str:
    """Return a word without dots and, where it is long, without doubled letters: what survives careless spelling."""
    folded = fold(word)
    return _DOUBLED.sub(r"\1", folded) if len(folded) >= LONG else folded


def folds_for(word: str) -> tuple[str, ...]:
    """Return the folded forms a query word may be looked up by: none for a short word whose dots tell it apart."""
    if len(word) < LONG and fold(word) != word:
        return ()
    return _folds(word, stem(word))


def _folds(word: str, one: str) -> tuple[str, ...]:
    """Short stems are not folded: `möta` is not `mot`."""
    return tuple(dict.fromkeys((shape(word), shape(one)) if len(one) >= LONG_STEM else (shape(word),)))


def lookups(word: str) -> tuple[tuple[Field, str, float], ...]:
    """Return where a query word is looked up, as field, term and boost: the exact form weighs most."""
    one = stem(word)
    verb = root(one)
    found: list[tuple[Field, str, float]] = [("word", word, 2.0), ("stem", one, 2.0), ("title", one, 1.5)]
    found += [("part", one, 1.2), ("original", word, 0.3)]
    if verb:
        found += [("stem", verb, 0.8), ("part", verb, 0.6), ("title", verb, 0.8)]
    found += [("fold", folded, 0.4) for folded in folds_for(word)]
    for concept in synonyms.asked(one):
        found += concept_lookups(concept)
    return tuple(found)


def concept_lookups(concept: str) -> tuple[tuple[Field, str, float], ...]:
    """Return where a concept is looked up: below any form of the word itself."""
    return ("part", concept, SYNONYM), ("title", concept, SYNONYM)


@lru_cache(maxsize=100_000)  # a trace asks of every word in many documents
def relation(found: str, wanted: str) -> Relation | None:
    """Tell how a word of a text answers a query word (both lower case), without a lexicon; None where it does not."""
    if found == wanted:
        return "exact"
    have, want = stem(found), stem(wanted)
    if have == want:
        return "stem"
    if _is_part(want, have):
        return "part"
    if (root(have) or have) == (root(want) or want):
        return "verb"
    if set(_folds(found, have)) & set(folds_for(wanted)):
        return "fold"
    if len(want) < LONG_STEM or not LONG <= len(wanted) < len(found):
        return None
    dotless = _is_part(fold(want), fold(found)) or _is_part(shape(want), shape(have))
    return "fold" if dotless else None


def _is_part(part: str, whole: str) -> bool:
    """Tell by its ends alone whether a stem is a compound's first or last part."""
    rest = len(whole) - len(part)
    if len(part) >= SHORTEST_LAST and rest >= SHORTEST_REST and whole.endswith(part):
        return True
    return len(part) >= SHORTEST_FIRST and rest > SHORTEST_REST and whole.startswith(part)


@cache
def stopwords() -> frozenset[str]:
    """Return the words a query does not ask for."""
    return frozenset(table("stopwords")["words"])


@cache
def asking() -> frozenset[str]:
    """Return the words that only make a query a question."""
    return frozenset(table("asking")["words"])


def asked_kinds(word: str) -> tuple[str, ...]:
    """Return the kinds of document that answer a question with this verb: `frågat` is in interpellations."""
    return tuple(table("asking")["kinds"].get(word, ()))


# ---- keys: what is one thing however it is written -------------------------------------------------------------------


def keys(text: str) -> Iterator[Key]:
    """Yield the case numbers, numbers of motions and their like, paragraphs and parties of a text."""
    for found in numbered.find(text):
        if found.key.kind != numbered.PARAGRAPH:
            key = numbered_key(found.key.kind, found.key.number)
            yield Key(key, text[found.start : found.end], found.start, found.end)
    yield from shaped_keys(text)


def shaped_keys(text: str) -> Iterator[Key]:
    """Yield the case numbers, paragraphs and parties of a text; numbers of motions are findings of their own."""
    for number in case_numbers.find(text):
        yield Key(number_key(number.number), str(number.number), number.start, number.end)
    for section in _SECTION.finditer(text):
        yield Key(f"§{section[1]}", f"§ {section[1]}", section.start(), section.end())
    yield from party_keys(text)


def numbered_key(kind: str, number: str) -> str:
    """Return the key of what is numbered by itself (`no:motion:2016:5`), its rotel left out.

    Without a kind it is the key of that number of any kind.
    """
    return f"no:{kind}:{number.split(maxsplit=1)[0]}"


def kindless(key: str) -> str:
    """Return the key that a motion's number shares with the same number of any kind: `2016:5` asks for it."""
    return _KIND.sub("no::", key)


def yearless(key: str) -> str:
    """Return the key that a paragraph shares with the same number of any year: `§ 63` asks for `§ 63/20`."""
    return key.split("/", maxsplit=1)[0] if key.startswith("§") else key


def number_key(number: CaseNumber) -> str:
    """Return the key of a case number as it is written, with or without a unit: `nr:ks20241319`."""
    return f"nr:{number.key}"


def unitless(key: str) -> str:
    """Return the key that a number shares with those of any unit (`any:20241319`): `dnr 2024/1319` asks for it."""
    return _UNIT.sub("any:", key)


def party_key(code: str) -> str:
    """Return the key of a party named in a text."""
    return f"names:{code}"


def party_keys(text: str) -> Iterator[Key]:
    """Yield the parties a text names: codes in parentheses and full names. A lone letter in running text is none."""
    for match in _CODES.finditer(text):
        found = re.findall(_CODE, re.sub(r"\s(?:och|samt)\s", ",", match["codes"]))
        codes = [None if code.lower() in _misread() else party_code(code) for code in found]
        if all(codes):
            yield from (Key(party_key(code), code, match.start(), match.end()) for code in codes if code)
    for match in party_names().finditer(text):
        code = party_code(" ".join(match[0].split()))
        if code:
            yield Key(party_key(code), code, match.start(), match.end())


@cache
def party_names() -> re.Pattern[str]:
    """Return the pattern of the parties' full names, as printed today and before."""
    forms = {form for party in parties() for form in (party.name.lower(), *party.aliases) if len(form) > 3}
    spaced = [r"\s+".join(map(re.escape, form.split())) for form in sorted(forms, key=len, reverse=True)]
    initials = "".join(sorted({form[0] for form in forms}))  # most words begin otherwise: a third of the time
    return re.compile(rf"\b(?=[{initials}])(?:{'|'.join(spaced)})\b", re.IGNORECASE)


@cache
def _misread() -> frozenset[str]:
    return frozenset(form for party in parties() for form in party.misread)


def composed(text: str) -> str:
    """Return the text with its letters composed (NFC) and in lower case."""
    return unicodedata.normalize("NFC", text).lower()
