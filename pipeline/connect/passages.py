"""A reply cut into what can answer: its sentences, in units of those that belong together.

A unit is a paragraph, a list with what leads it in, or what follows a sentence that turns to a new question: by saying
it again (`Den andra frågan gäller …`), by naming its number, or by its topic (`När det gäller …`). What frames a reply
(greetings, thanks, `Härmed anser jag interpellationen besvarad`) is no unit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus.swedish.sentences import split
from corpus.swedish.stems import stem
from corpus.vocabulary import pattern, table
from pipeline.connect.profiles import content_stems
from pipeline.layout import Block, Reading

SHORT_FORM = 60  # letters: a block so short that ends in no stop is a form of the document, not of what is said


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a reply: its words, where it stands, and whether it only says a question again."""

    text: str
    start: int
    end: int
    stems: tuple[str, ...]
    restates: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """Sentences that belong together, under the heading they stand below; `asked` are the questions it numbers (1…)."""

    sentences: tuple[Sentence, ...]
    section: str
    asked: frozenset[int]

    @property
    def stems(self) -> frozenset[str]:
        """The stems of all its sentences, of its heading too."""
        return frozenset(s for sentence in self.sentences for s in sentence.stems) | frozenset(
            content_stems(self.section)
        )


def units(reading: Reading, start: int = 0, end: int | None = None) -> list[Unit]:
    """Return the units of a reading text, or of a stretch of it, in order."""
    made: list[Unit] = []
    section, led = "", False
    for block in reading.blocks:
        if block.start < start or (end is not None and block.start >= end):
            continue
        text = reading.block_text(block).strip()
        if block.kind == "heading" and not text.endswith("."):
            section, led = text, False
            continue
        if block.kind == "row" or (len(text) < SHORT_FORM and text[-1:] not in '.!?:”"'):
            continue
        parts = list(_parts(reading, block))
        numbered = _number(block)
        for i, part in enumerate(parts):
            asked = _asked(part[0].text) | ({numbered} if numbered and i == 0 and not led else frozenset())
            if i == 0 and led and made:
                last = made.pop()
                made.append(Unit((*last.sentences, *part), last.section, last.asked))
            else:
                made.append(Unit(tuple(part), section, frozenset(asked)))
        led = text.endswith(":") or (led and block.kind == "item")
    return [unit for unit in made if not all(_is_form(sentence) for sentence in unit.sentences)]


def _parts(reading: Reading, block: Block) -> Iterator[list[Sentence]]:
    """Yield the sentences of a block, a new list where one turns to another question."""
    part: list[Sentence] = []
    for start, end in _spans(reading, block):
        sentence = _sentence(reading, start, end)
        if part and (pattern("answers", "turns").match(sentence.text) or (sentence.restates and not part[-1].restates)):
            yield part
            part = []
        part.append(sentence)
    if part:
        yield part


def _spans(reading: Reading, block: Block) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a block; a bare `Nej.` goes with the one after it."""
    begun, ended = -1, -1
    for start, end in split(reading.text, block.start, block.end):
        if begun < 0 and pattern("answers", "bare").fullmatch(reading.text[start:end].strip()):
            begun, ended = start, end
            continue
        yield (start if begun < 0 else begun), end
        begun = -1
    if begun >= 0:
        yield begun, ended


def _sentence(reading: Reading, start: int, end: int) -> Sentence:
    text = " ".join(reading.text[start:end].split())
    restates = bool(pattern("questions", "restatements").search(text)) or text.rstrip('”"»’').endswith("?")
    return Sentence(text, start, end, tuple(dict.fromkeys(content_stems(text))), restates)


def _is_form(sentence: Sentence) -> bool:
    return bool(pattern("answers", "forms").search(sentence.text)) or not sentence.stems


def _number(block: Block) -> int | None:
    digits = re.fullmatch(r"\D{0,6}(\d{1,2})\D?", block.marker)
    return int(digits[1]) if digits else None


def _asked(text: str) -> frozenset[int]:
    """The numbers of the questions a sentence says it turns to: `Den andra och den tredje frågan …`, `Fråga 4`."""
    found = {int(match[1]) for match in re.finditer(r"\bfråga (?:nr |nummer )?(\d{1,2})\b", text, re.IGNORECASE)}
    if re.search(r"\bfråg(?:an|orna)\b", text, re.IGNORECASE):
        found |= {
            table("answers")["ordinals"][word] for word in re.findall(r"\w+", text.lower()) if word in _ordinals()
        }
    return frozenset(found)


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(table("answers")["ordinals"])


def stems_of(text: str) -> frozenset[str]:
    """Return the stems that say what a question is about, without those that only make it a question."""
    return frozenset(content_stems(text)) - _frame()


@cache
def _frame() -> frozenset[str]:
    return frozenset(stem(word) for word in table("questions")["frame"])
