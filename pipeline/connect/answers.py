"""Which passages of a reply answer a question, and what the question asked for that the reply never says.

A passage is a sentence. The sentence that shares most words with a question is often its restatement: it is never
offered; what follows it is. A question used as a heading is answered in its own section. Elsewhere a passage speaks for
itself by its words (stems, also as parts of each other's compounds), by being of the kind the question word asks for
(measures, numbers, reasons), and by standing about where the question stood among the others.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus.links import Answer, Link, Passage, Status
from corpus.store import Store
from corpus.swedish.stems import stem, words
from corpus.values import Question
from corpus.vocabulary import pattern, table
from pipeline.connect.profiles import Profile, content_stems, kinship, weights
from pipeline.extract import layout
from pipeline.extract.layout import Reading
from pipeline.extract.sentences import split

PASSAGES = 5
KEEP = 0.55  # a passage this share as good as the best one is shown with it
FITS, HARDLY = 0.33, 0.22  # a best passage below HARDLY answers nothing
NEAR = 0.75  # a part of the question is met from this kinship on
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
            answers += _replied(profile.id, put, link, reading, held[link.source])
        elif put:
            answers += [Answer(profile.id, number, None, "no_reply", "", (), 0.7) for number, _ in put]
    return answers


def _headed(document: int, number: int, question: Question, reading: Reading) -> Answer:
    """The section under a question that is a heading answers it."""
    section = [s for s in _sentences(reading) if _same_words(s.section, question.text)]
    ranked = _ranked(question, section, 0.0, weights([dict.fromkeys(s.stems, 1) for s in section]), order=0.0)
    return _answer(document, number, question, document, ranked, section, reading, 0.9)


def _replied(
    document: int, put: Sequence[tuple[int, Question]], link: Link, reading: Reading, reply: Profile
) -> Iterator[Answer]:
    """Every question put, answered from a reply; a heading of the reply that says the question rules its section."""
    sentences = [s for s in _sentences(reading) if not _is_form(s, reply)]
    weight = weights([dict.fromkeys(s.stems, 1) for s in sentences])
    for place, (number, question) in enumerate(put):
        under = [s for s in sentences if s.section.endswith("?") and _same_words(s.section, question.text)]
        expected = (place + 0.5) / len(put)
        ranked = _ranked(question, under or sentences, expected, weight, order=0.0 if under else ORDER)
        yield _answer(document, number, question, link.source, ranked, under or sentences, reading, link.confidence)


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
) -> list[tuple[float, Sentence]]:
    """Return the sentences that may answer, best first, with scores from 0 to 1."""
    topic = _topic(question.text)
    total = sum(weight.get(s, 1.5) for s in topic) or 1.0
    scored = []
    for before, sentence in zip([None, *sentences], sentences, strict=False):
        if sentence.restates:
            continue
        said = sum(weight.get(s, 1.5) * kinship(s, sentence.stems) for s in topic) / total
        score = said + KIND * _is_wanted(question.text, sentence.text)
        score += order * (1 - 2 * abs(sentence.position - expected))
        if before and before.restates and _overlap(topic, before.stems) > 0.3:
            score += AFTER_RESTATEMENT * _overlap(topic, before.stems)
        scored.append((max(0.0, min(1.0, score)), sentence))
    return sorted(scored, key=lambda pair: -pair[0])


def _answer(
    document: int, number: int, question: Question, reply: int, ranked: Sequence[tuple[float, Sentence]],
    sentences: Sequence[Sentence], reading: Reading, sure: float,
) -> Answer:  # fmt: skip
    best = ranked[0][0] if ranked else 0.0
    headed = question.answered_below and bool(ranked)
    if best < HARDLY and not headed:
        return Answer(document, number, reply, "unanswered", "Inget i svaret berör frågan.", (), sure)
    chosen = [(score, s) for score, s in ranked if score >= KEEP * best][:PASSAGES]
    missing = _missing(question.text, sentences)
    passages = tuple(Passage(s.text, reading.place(s.start, s.end), round(score, 3)) for score, s in chosen)
    status = "answered" if headed else _status(best, missing, chosen[0][1].text)
    return Answer(document, number, reply, status, _said(missing) if status != "answered" else "", passages, sure)


def _status(best: float, missing: Sequence[str], text: str) -> Status:
    if _rejects().search(text):
        return "partly"
    return "answered" if best >= FITS and not missing else "partly"


def _missing(question: str, sentences: Sequence[Sentence]) -> list[str]:
    """The question's own words that nothing in the reply comes near."""
    held = {s for sentence in sentences if not sentence.restates for s in sentence.stems}
    lacking = [word for word in dict.fromkeys(words(question)) if stem(word) in _topic(question)]
    return [word for word in lacking if len(word) > 5 and kinship(stem(word), held) < NEAR]


def _said(missing: Sequence[str]) -> str:
    return f"Svaret nämner inte: {', '.join(missing)}." if missing else "Svaret berör frågan men ger inget klart besked."


def _topic(question: str) -> frozenset[str]:
    """The stems that say what a question is about, without those that only make it a question."""
    return frozenset(content_stems(question)) - _frame()


def _overlap(topic: frozenset[str], others: frozenset[str]) -> float:
    return sum(kinship(s, others) for s in topic) / len(topic) if topic else 0.0


def _same_words(heading: str, question: str) -> bool:
    a, b = frozenset(content_stems(heading)), frozenset(content_stems(question))
    return bool(a and b) and len(a & b) >= 0.6 * max(len(a), len(b))


def _is_wanted(question: str, passage: str) -> bool:
    """Tell whether the passage is of a kind the question asks for."""
    return any(asks.search(question) and gives.search(passage) for asks, gives in _wants())


@cache
def _wants() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    pairs = table("questions")["wants"].values()
    return tuple((re.compile(asks, re.IGNORECASE), re.compile(gives, re.IGNORECASE)) for asks, gives in pairs)


@cache
def _rejects() -> re.Pattern[str]:
    return re.compile("|".join(table("questions")["signs"]["rejects"]), re.IGNORECASE)


@cache
def _frame() -> frozenset[str]:
    return frozenset(stem(word) for word in table("questions")["frame"])
