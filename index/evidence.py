"""What later documents say of a promise: passages about the same thing, ranked, for a person to judge.

Candidates are the documents that search finds for the promise's most telling words among those dated after it; their
sentences are scored by how much of the promise they say, in the light of their heading, and by telling a result.
Passages that only repeat the promise are left out. Looked for on demand, promise by promise: it costs as much as is
asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from corpus.dates import MONTHS, When
from corpus.store import Store
from corpus.swedish.likeness import Stems, kinship, telling, without
from corpus.swedish.stems import stem, words
from corpus.vocabulary import pattern, table
from index.fields import span
from index.holdings import Holding, Source, holdings
from index.search import each_ranked
from index.sentences import sentences

MOST = 5
QUERY_WORDS = 6
CANDIDATES = 15  # documents read for a promise
PER_DOCUMENT = 2
KEPT = 64  # documents whose sentences are remembered
ENOUGH = 0.36  # what a sentence must say of a promise
OWN_SHARE = 0.2  # … by itself, without its heading and the sentence before it
LEAST_WORDS, ALONE = 2, 0.6  # words of the promise a sentence needs; how telling one that stands alone must be
HEADING, BEFORE = 0.6, 0.4  # what words count that stand there
RESULT, DUE, SAME_CASE = 0.12, 0.15, 0.08
FULL = 1 + RESULT + DUE + SAME_CASE
AGAIN = 86  # likeness (0–100) from which a passage is the promise said again
SHORTEST = 5  # words of a passage


@dataclass(frozen=True, slots=True)
class Evidence:
    """A later passage that may show what became of a promise: its date, why it was chosen, how near it is (0–1)."""

    told: Source
    when: When
    why: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise as it is looked for."""

    given: Source
    when: When
    due: When | None


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found of a promise, best first, and in Swedish how it was looked for."""

    evidence: tuple[Evidence, ...]
    how: str
    searched: bool = True


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    page: int
    heading: str
    stems: Stems
    heading_stems: Stems


_NOTHING = Stems(())


class Finder:
    """Looks for evidence in one library; what it has read of a document it keeps for another promise."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._held: dict[int, Holding] = {}
        self._read: dict[int, list[_Sentence]] = {}

    def look(self, promises: Sequence[Promised]) -> list[Looked]:
        """Return what later documents say of each promise."""
        topics = [_topic(promise.given.quote) for promise in promises]
        asked = [_query(promise.given.quote, topic) for promise, topic in zip(promises, topics, strict=True)]
        queries = [_typed(promise, words) for promise, words in zip(promises, asked, strict=True)]
        hits = each_ranked(self._store, self._store.home, queries, CANDIDATES * 2)
        self._held = holdings(
            self._store, {d for found in hits for d, _ in found} | {promise.given.document for promise in promises}
        )
        return [self._looked(*one) for one in zip(promises, topics, asked, hits, strict=True)]

    def _looked(
        self, promise: Promised, topic: Mapping[str, float], asked: Sequence[str], hits: Sequence[tuple[int, float]]
    ) -> Looked:
        if promise.when.year is None:
            how = "Handlingen saknar datum, så vad som är senare går inte att säga."
            return Looked((), how, searched=False)
        if not asked:
            return Looked((), "Löftet har inga egna ord att söka efter.", searched=False)
        known = (document for document, _ in hits if document in self._held)
        later = [document for document in known if _is_later(self._held[document].when, promise.when)][:CANDIDATES]
        found = [one for document in later for one in self._in(document, promise, topic)]
        best = _unlike(sorted(found, key=lambda one: (-one.score, one.when.order)))
        return Looked(tuple(best), f"Sökt efter {', '.join(asked)}; {len(later)} senare handlingar lästa.")

    def _in(self, document: int, promise: Promised, topic: Mapping[str, float]) -> list[Evidence]:
        holding, found = self._held[document], list[tuple[float, _Sentence]]()
        same_case = bool(set(holding.numbers) & set(self._held[promise.given.document].numbers))
        before = _NOTHING
        for sentence in self._sentences(document):
            if score := _score(sentence, before, promise, topic):
                found.append((round((score + same_case * SAME_CASE) / FULL, 3), sentence))
            before = sentence.stems
        best = sorted(found, key=lambda pair: -pair[0])[:PER_DOCUMENT]
        return [
            Evidence(
                Source(document, holding.file, sentence.page, sentence.text),
                holding.when,
                (*_why(sentence, promise, topic), *(["samma ärendenummer"] if same_case else [])),
                score,
            )
            for score, sentence in best
        ]

    def _sentences(self, document: int) -> list[_Sentence]:
        if document not in self._read:
            if len(self._read) >= KEPT:
                self._read.pop(next(iter(self._read)))
            self._read[document] = [
                _Sentence(s.text, s.page, s.heading, Stems(telling(s.text)), Stems(telling(s.heading)))
                for s in sentences(self._store, document)
                if not s.is_heading
            ]
        return self._read[document]


def _typed(promise: Promised, asked: Sequence[str]) -> str:
    """Return the query for what may tell of a promise; none where nothing can be asked."""
    if promise.when.year is None or not asked:
        return ""
    after = f"efter:{promise.when.iso}" if promise.when.until is None and promise.when.season is None else ""
    return f"{' OR '.join(asked)} {after}"


def _topic(text: str) -> dict[str, float]:
    """Return what a promise is about: the rarer a word, the more of it, and the more so the rarer."""
    topic = without(telling(text), _undertaking())
    rarest = max(topic.values(), default=0.0)
    return {one: weight**2 for one, weight in topic.items()} if len(topic) > 1 or rarest > ALONE else {}


def _query(text: str, topic: Mapping[str, float]) -> list[str]:
    """Return the most telling words of a promise, as it writes them."""
    first: dict[str, str] = {}
    for word in words(text):
        first.setdefault(stem(word), word)
    wanted = [one for one in topic if one in first]
    return [first[one] for one in sorted(wanted, key=lambda one: -topic[one])[:QUERY_WORDS]]


def _is_later(when: When, promised: When) -> bool:
    return when.year is not None and span(when)[0] > span(promised)[0] and when.order > promised.order


def _score(sentence: _Sentence, before: Stems, promise: Promised, topic: Mapping[str, float]) -> float:
    """Return how well a sentence may tell what became of a promise, 0 where it does not."""
    own = sentence.stems.share(topic)
    if own < OWN_SHARE or len(sentence.text.split()) < SHORTEST or pattern("evidence", "asks").search(sentence.text):
        return 0.0
    met = {one: _met(one, sentence, before) for one in topic}
    said = sum(topic[one] * met[one] for one in topic) / sum(topic.values())
    few = sum(near > 0 for near in met.values()) < min(LEAST_WORDS, len(topic))
    if few or said < ENOUGH or fuzz.ratio(sentence.text.lower(), promise.given.quote.lower()) >= AGAIN:
        return 0.0
    return said + _tells_result(sentence.text) * RESULT + _names_time(sentence.text, promise) * DUE


def _why(sentence: _Sentence, promise: Promised, topic: Mapping[str, float]) -> Iterator[str]:
    """Say in Swedish why a sentence may tell what became of a promise."""
    yield f"samma ord: {', '.join(_common(sentence, topic))}"
    if sentence.heading_stems and sentence.heading_stems.share(topic) >= OWN_SHARE:
        yield f"under rubriken ”{sentence.heading}”"
    if _tells_result(sentence.text):
        yield "berättar vad som hänt"
    if _names_time(sentence.text, promise):
        yield f"nämner tiden {promise.due}"


def _met(one: str, sentence: _Sentence, before: Stems) -> float:
    beside = max(HEADING * sentence.heading_stems.kinship(one), BEFORE * before.kinship(one))
    return max(sentence.stems.kinship(one), beside)


def _common(sentence: _Sentence, topic: Mapping[str, float]) -> list[str]:
    """The words of a sentence that meet the promise, those that tell most first."""
    met = {word: kinship(stem(word), topic.keys()) * topic.get(stem(word), 0.5) for word in words(sentence.text)}
    return sorted((word for word in met if met[word] > 0), key=lambda word: -met[word])[:4]


def _tells_result(text: str) -> bool:
    return bool(pattern("evidence", "results").search(text)) and not pattern("evidence", "undertakes").search(text)


def _names_time(text: str, promise: Promised) -> bool:
    return promise.due is not None and str(promise.due) in text


def _unlike(ordered: Sequence[Evidence]) -> Iterator[Evidence]:
    """Yield the best passages, each text once."""
    kept: list[str] = []
    for one in ordered:
        if len(kept) < MOST and all(fuzz.ratio(one.told.quote.lower(), other) < AGAIN for other in kept):
            kept.append(one.told.quote.lower())
            yield one


@cache
def _undertaking() -> frozenset[str]:
    return frozenset(stem(word) for word in (*table("outcomes")["undertaking"], *MONTHS))
