"""Which passages of a reply answer a question, and what the question asked for that the reply never says.

A passage is a sentence. The sentence that shares most words with a question is often its restatement: it is never
offered; what follows it is. A question used as a heading is answered in its own section. Elsewhere a passage speaks for
itself by its words (stems, also as parts of each other's compounds), by being of the kind the question word asks for
(measures, numbers, reasons), and by standing about where the question stood among the others.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.links import Answer, Link, Passage, Status
from corpus.store import Store
from corpus.swedish.stems import stem
from corpus.values import Question
from corpus.vocabulary import pattern, table
from pipeline.connect.profiles import Profile, content_stems, kinship, same_question, weights
from pipeline.extract import layout
from pipeline.extract.layout import Reading
from pipeline.extract.sentences import split

PASSAGES = 5
KEEP = 0.55  # a passage this share as good as the best one is shown with it
FITS, HARDLY = 0.3, 0.4  # what a passage must say to answer; a best score below HARDLY answers nothing
PART_MET = 0.55  # how much of a question's second part the reply must hold
SAID_AGAIN = 0.3  # a restatement says this much of the question
UNSEEN = 1.5  # the weight of a word the reply never uses
KIND, ORDER, AFTER_RESTATEMENT = 0.18, 0.22, 0.35


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a reply: its stems, where it stands (0–1 through the text), the heading or question above it."""

    text: str
    start: int
    end: int
    stems: frozenset[str]
    position: float
    section: str
    restates: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence as an answer: its score with all that speaks for it, and how much of the question it says (0–1)."""

    sentence: Sentence
    score: float
    said: float


def answer_all(store: Store, held: Mapping[int, Profile], links: Sequence[Link]) -> list[Answer]:
    """Return an answer for every question held: with passages, or saying that there is no reply or none was found."""
    reply_to = {link.target: link for link in sorted(links, key=lambda k: k.confidence) if link.kind == "answers"}
    answers: list[Answer] = []
    for profile in held.values():
        within = [(n, q) for n, q in profile.questions if q.answered_below]
        put = [(n, q) for n, q in profile.questions if not q.answered_below]
        if within:
            reading = layout.read(store.pages(profile.id))
            answers += [_headed(profile.id, number, q, reading) for number, q in within]
        if put and profile.id in reply_to:
            link = reply_to[profile.id]
            reading = layout.read(store.pages(link.source))
            answers += _replied(profile, put, link, reading, held[link.source])
        elif put:
            answers += [Answer(profile.id, number, None, "no_reply", "", (), 0.7) for number, _ in put]
    return answers


def _headed(document: int, number: int, question: Question, reading: Reading) -> Answer:
    """The section under a question that is a heading answers it."""
    section = [s for s in _sentences(reading) if same_question(s.section, question.text)]
    candidates = _ranked(question, section, 0.0, _weights(section), order=0.0)
    return _answer(document, number, question, document, candidates, reading, 0.9)


def _replied(
    asked: Profile, put: Sequence[tuple[int, Question]], link: Link, reading: Reading, reply: Profile
) -> Iterator[Answer]:
    """Every question put, answered from a reply; a heading of the reply that says the question rules its section."""
    names = {name.split()[-1] for name in asked.persons("author")}
    topics = [_topic(question.text) for _, question in put]
    sentences = [_marked(s, names, topics) for s in _sentences(reading) if not _is_form(s, reply)]
    weight = _weights(sentences)
    for place, (number, question) in enumerate(put):
        under = [s for s in sentences if s.section.endswith("?") and same_question(s.section, question.text)]
        expected = (place + 0.5) / len(put)
        candidates = _ranked(question, under or sentences, expected, weight, order=0.0 if under else ORDER)
        yield _answer(asked.id, number, question, link.source, candidates, reading, link.confidence, headed=bool(under))


def _marked(sentence: Sentence, names: Collection[str], topics: Sequence[frozenset[str]]) -> Sentence:
    """Mark a sentence that names the asker and says what was asked: it restates."""
    named = any(name in sentence.text for name in names) or pattern("questions", "askers").search(sentence.text)
    if named and any(_overlap(topic, sentence.stems) > SAID_AGAIN for topic in topics):
        return replace(sentence, restates=True)
    return sentence


def _sentences(reading: Reading) -> Iterator[Sentence]:
    """Yield the sentences of the running text and the lists, each under the last heading."""
    section = ""
    for block in reading.blocks:
        if block.kind == "heading":
            section = reading.block_text(block).strip()
        elif block.kind != "row":
            for start, end in split(reading.text, block.start, block.end):
                yield _sentence(reading, start, end, section)


def _sentence(reading: Reading, start: int, end: int, section: str) -> Sentence:
    text = " ".join(reading.text[start:end].split())
    restates = bool(pattern("questions", "restatements").search(text)) or text.endswith("?")
    position = start / max(1, len(reading.text))
    return Sentence(text, start, end, frozenset(content_stems(text)), position, section, restates)


def _is_form(sentence: Sentence, reply: Profile) -> bool:
    """The title and the place and date are no part of what is said."""
    return sentence.text == reply.title or len(sentence.stems) < 2


def _ranked(
    question: Question, sentences: Sequence[Sentence], expected: float, weight: Mapping[str, float], *, order: float
) -> list[Candidate]:
    """Return the sentences that may answer, best first."""
    topic = _topic(question.text)
    candidates = []
    for i, sentence in enumerate(sentences):
        if sentence.restates:
            continue
        said = _said(topic, sentence, weight)
        follows = max((_restated(topic, sentences[i - back]) / back for back in (1, 2) if i >= back), default=0.0)
        score = said + KIND * _is_wanted(question.text, sentence.text) + AFTER_RESTATEMENT * follows
        score += order * (1 - 2 * abs(sentence.position - expected))
        candidates.append(Candidate(sentence, max(0.0, min(1.0, score)), max(said, follows)))
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _answer(
    document: int, number: int, question: Question, reply: int, candidates: Sequence[Candidate], reading: Reading,
    sure: float, *, headed: bool = True,
) -> Answer:  # fmt: skip
    best = candidates[0] if candidates else None
    if best is None or (best.score < HARDLY and not headed):
        return Answer(document, number, reply, "unanswered", "Inget i svaret berör frågan.", (), sure)
    chosen = [c for c in candidates if c.score >= KEEP * best.score][:PASSAGES]
    passages = tuple(
        Passage(c.sentence.text, reading.place(c.sentence.start, c.sentence.end), round(c.score, 3)) for c in chosen
    )
    status, missing = _status(question, chosen, candidates, headed=headed)
    return Answer(document, number, reply, status, missing, passages, sure)


def _status(
    question: Question, chosen: Sequence[Candidate], candidates: Sequence[Candidate], *, headed: bool
) -> tuple[Status, str]:
    """Say how far a question is answered, and what is missing: a part of it, or a clear word."""
    parts = pattern("questions", "parts").split(question.text)
    unmet = [part for part in parts[1:] if not _is_met(part, candidates)]
    if unmet:
        return "partly", f"Svaret säger inget om: {unmet[0].rstrip('?')}."
    if any(_rejects().search(candidate.sentence.text) for candidate in chosen[:2]):
        return "partly", "Svaret avvisar frågans utgångspunkt."
    if headed or chosen[0].said >= FITS:
        return "answered", ""
    return "partly", "Svaret berör frågan men ger inget klart besked."


def _is_met(part: str, candidates: Sequence[Candidate]) -> bool:
    topic = _topic(part)
    held = {stem for candidate in candidates for stem in candidate.sentence.stems}
    return not topic or _overlap(topic, frozenset(held)) >= PART_MET


def _said(topic: frozenset[str], sentence: Sentence, weight: Mapping[str, float]) -> float:
    """How much of what a question is about a sentence says, the telling words counting most (0–1)."""
    total = sum(weight.get(s, UNSEEN) for s in topic) or 1.0
    return sum(weight.get(s, UNSEEN) * kinship(s, sentence.stems) for s in topic) / total


def _restated(topic: frozenset[str], sentence: Sentence) -> float:
    """How much of a question the sentence says again, 0 where it is no restatement."""
    again = _overlap(topic, sentence.stems) if sentence.restates else 0.0
    return again if again > SAID_AGAIN else 0.0


def _weights(sentences: Sequence[Sentence]) -> dict[str, float]:
    return weights([dict.fromkeys(sentence.stems, 1) for sentence in sentences])


def _topic(question: str) -> frozenset[str]:
    """The stems that say what a question is about, without those that only make it a question."""
    return frozenset(content_stems(question)) - _frame()


def _overlap(topic: frozenset[str], others: frozenset[str]) -> float:
    return sum(kinship(s, others) for s in topic) / len(topic) if topic else 0.0


def _is_wanted(question: str, passage: str) -> bool:
    """Tell whether the passage is of a kind the question asks for."""
    return any(asks.search(question) and gives.search(passage) for asks, gives in _wants())


@cache
def _wants() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    entries = table("questions")["wants"].values()
    return tuple((_any_of(entry["asks"]), _any_of(entry["gives"])) for entry in entries)


def _any_of(signs: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(signs), re.IGNORECASE)


@cache
def _rejects() -> re.Pattern[str]:
    return re.compile("|".join(table("questions")["signs"]["rejects"]), re.IGNORECASE)


@cache
def _frame() -> frozenset[str]:
    return frozenset(stem(word) for word in table("questions")["frame"])
