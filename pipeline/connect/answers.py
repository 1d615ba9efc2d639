"""Which passages of a reply answer a question, and what the question asked for that the reply never says.

Of the units of a reply that fit a question best (fits.py) the sentences are offered, best first. A sentence that only
says the question again is never offered: what follows it is. A question used as a heading is answered below it, one
told of in minutes under the same §.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

import numpy as np

from corpus.links import Answer, Link, Passage, Status
from corpus.values import Question
from corpus.vocabulary import pattern
from pipeline.connect.fits import (
    Asked,
    Candidate,
    Floats,
    Said,
    asked_as,
    candidates,
    fits,
    gives,
    lacks,
    said_in,
    says_most,
    share,
)
from pipeline.connect.parts import Part, parts, reply_below
from pipeline.connect.passages import Sentence, Unit, stems_of, units
from pipeline.connect.profiles import Profile, same_question
from pipeline.layout import Reading

PASSAGES = 5
KEEP = 0.3  # a passage this share as good as the best one is shown with it
HARDLY = 0.21  # a reply that says so little of a question answers nothing
LACKING = 0.4  # the best passage below this, without the figure asked for, answers nothing
PART_MET, TELLING_PART = 0.59, 2  # how much of a question's second part, of at least so many words, the reply must hold
SAYS_AGAIN, TELLING, MORE = 0.8, 4, 3  # share of at least so many words of a question, in a sentence with few more
NAMED_AGAIN = 0.3  # a sentence that names the asker with this share of a question restates it
BEGINNING = 40  # letters of a question, by which it is found in the text
IN_ONE_FILE = 0.9  # how sure it is that a reply below a question in one file replies to it
Put = tuple[int, Question]
_PARAGRAPH = re.compile(r"(?:\w{1,4}\s)?§")


def answers_of(
    asked: Profile, reply: Profile | None, link: Link | None, reading_of: Callable[[int], Reading]
) -> Iterator[Answer]:
    """Yield an answer for every question of one document, or what says that there is no reply or that none fits."""
    within = [(number, question) for number, question in asked.questions if question.answered_below]
    put = [(number, question) for number, question in asked.questions if not question.answered_below]
    if within:
        reading = reading_of(asked.id)
        for number, question in within:
            yield _headed(asked.id, number, question, reading)
    if not put:
        return
    names = {name.split()[-1] for name in asked.persons("author")}
    if reply and link:
        reading = reading_of(reply.id)
        yield from _replied(asked.id, _questions(put), reply.id, reading, units(reading), link.confidence, names)
    elif asked.kind == "protokoll":
        yield from _in_minutes(asked.id, _questions(put), reading_of(asked.id))
    else:
        yield from _in_one_file(asked.id, put, reading_of(asked.id), names)


def _questions(put: Sequence[Put]) -> list[Asked]:
    return [asked_as(number, place, question.text) for place, (number, question) in enumerate(put, 1)]


def _headed(document: int, number: int, question: Question, reading: Reading) -> Answer:
    """The section under a question that is a heading answers it."""
    asked = asked_as(number, 1, question.text)
    section = [unit for unit in units(reading) if same_question(unit.section, question.text)]
    said = said_in(section or _below(reading, question.text))
    found = candidates(asked, said.units, fits([asked], said)[0], said.weight)
    return _answer(document, asked, document, found, said, reading, 0.9)


def _below(reading: Reading, question: str) -> list[Unit]:
    """What stands under a question that is no heading, a numbered one, up to the next question."""
    for i, block in enumerate(reading.blocks):
        if " ".join(reading.block_text(block).split()).endswith(question[-60:]):
            after = reading.blocks[i + 1 :]
            ends = (other.start for other in after if reading.block_text(other).strip().endswith("?") and other.marker)
            return units(reading, block.end, next(ends, len(reading.text)))
    return []


def _replied(
    document: int, put: Sequence[Asked], reply: int, reading: Reading, told: Sequence[Unit], sure: float,
    names: Collection[str],
) -> Iterator[Answer]:  # fmt: skip
    """Every question put, answered from a reply; a heading of the reply that says the question rules its section."""
    said = said_in([_marked(unit, names, put) for unit in told])
    for asked, fit in zip(put, fits(put, said), strict=True):
        under = [i for i, unit in enumerate(said.units) if _heads(unit.section, asked)]
        within = said_in([said.units[i] for i in under]) if under else said
        found = candidates(asked, within.units, fit[under] if under else fit, said.weight)
        enough = bool(under) or says_most(asked, said) >= HARDLY
        yield _answer(document, asked, reply, found if enough else [], within, reading, sure)


def _in_one_file(document: int, put: Sequence[Put], reading: Reading, names: Collection[str]) -> Iterator[Answer]:
    """The reply may stand further down in the same file."""
    held, replied = parts(reading), dict[Part | None, list[Put]]()
    for number, question in put:
        at = reading.text.find(question.text[:BEGINNING])
        replied.setdefault(reply_below(at, held), []).append((number, question))
    for part, group in replied.items():
        if part is None:
            yield from (Answer(document, number, None, "no_reply", "", (), 0.7) for number, _ in group)
        else:
            told = units(reading, part.start, part.end)
            yield from _replied(document, _questions(group), document, reading, told, IN_ONE_FILE, names)


def _heads(section: str, asked: Asked) -> bool:
    return section.endswith("?") and same_question(section, asked.text)


def _in_minutes(document: int, put: Sequence[Asked], reading: Reading) -> Iterator[Answer]:
    """Minutes tell the answer to a question below it, under the same §."""
    for asked in put:
        said = said_in(_told_below(asked.text, reading))
        fit: Floats = fits(put, said)[asked.place - 1] if said.units else np.zeros(0)
        found = candidates(asked, said.units, fit, said.weight)
        if found:
            yield _answer(document, asked, document, found, said, reading, 0.7)
        else:
            yield Answer(document, asked.number, None, "no_reply", "", (), 0.6)


def _told_below(question: str, reading: Reading) -> list[Unit]:
    """From where somebody answers, up to the next §."""
    at = reading.text.find(question[:BEGINNING])
    if at < 0:
        return []
    after = (block for block in reading.blocks if block.start > at)
    end = next((block.start for block in after if _PARAGRAPH.match(reading.block_text(block))), None)
    below = units(reading, at + len(question), end)
    begins = (i for i, unit in enumerate(below) if any(_tells(s.text) for s in unit.sentences))
    return below[next(begins, len(below)) :]


def _tells(text: str) -> bool:
    return bool(pattern("answers", "minutes").search(text))


def _marked(unit: Unit, names: Collection[str], put: Sequence[Asked]) -> Unit:
    """Mark sentences that only say a question again: by naming the asker with its words, or by having no others."""
    marked = (replace(s, restates=s.restates or _says_again(s, names, put)) for s in unit.sentences)
    return replace(unit, sentences=tuple(marked))


def _says_again(sentence: Sentence, names: Collection[str], put: Sequence[Asked]) -> bool:
    asker = any(name in sentence.text for name in names) or bool(pattern("questions", "askers").search(sentence.text))
    for asked in put:
        shared = sum(one in sentence.stems for one in asked.stems)
        more = len(sentence.stems) - shared
        if asker and shared > NAMED_AGAIN * len(asked.stems):
            return True
        again = len(asked.stems) >= TELLING and shared >= SAYS_AGAIN * len(asked.stems) and more <= MORE
        if again and not gives(asked.text, sentence.text):  # `Stranden öppnar den 1 juni` is no restatement
            return True
    return False


def _answer(
    document: int, asked: Asked, reply: int, found: Sequence[Candidate], said: Said, reading: Reading, sure: float
) -> Answer:
    if not found or _is_elsewhere(asked, found):
        return Answer(document, asked.number, reply, "unanswered", "Inget i svaret berör frågan.", (), sure)
    chosen = [c for c in found if c.score >= KEEP * found[0].score][:PASSAGES]
    passages = tuple(
        Passage(c.sentence.text, reading.place(c.sentence.start, c.sentence.end), round(c.score, 3)) for c in chosen
    )
    status, missing = _status(asked, chosen, said)
    return Answer(document, asked.number, reply, status, missing, passages, sure)


def _is_elsewhere(asked: Asked, found: Sequence[Candidate]) -> bool:
    """Tell that the best sentences lack the figure or time a question asks for and say next to nothing of the rest."""
    return all(lacks(asked.text, c.sentence.text) for c in found[:2]) and found[0].score < LACKING


def _status(asked: Asked, chosen: Sequence[Candidate], said: Said) -> tuple[Status, str]:
    """Say how far a question is answered, and what is missing: a part of it, or a clear word."""
    for part in pattern("questions", "parts").split(asked.text)[1:]:
        topic = sorted(stems_of(part))
        if (
            len(topic) >= TELLING_PART
            and not part.startswith("om ")
            and share(topic, said.stems, said.weight) < PART_MET
        ):
            return "partly", f"Svaret säger inget om: {part.rstrip('?')}."
    if all(lacks(asked.text, candidate.sentence.text) for candidate in chosen):
        return "partly", "Svaret ger inte den tid eller siffra som frågan gäller."
    if any(pattern("answers", "withholds").search(candidate.sentence.text) for candidate in chosen[:2]):
        return "partly", "Svaret ger inget klart besked."
    return "answered", ""
