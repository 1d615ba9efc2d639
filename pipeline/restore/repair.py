"""From a text to its corrections: encoding first, then the broken lines, word by word in their context.

`restore` finds the lines that are broken, learns from their sure words how this document is broken, lets the decoder
choose, and returns what to change. Nothing else is touched, and the layout stays line for line.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from corpus.records import Correction, apply_corrections
from pipeline.restore.boundaries import mended
from pipeline.restore.candidates import Candidates, Reweighed
from pipeline.restore.confusions import Channel, general_channel, learned_channel
from pipeline.restore.damage import Judge, runs
from pipeline.restore.decoder import Choice, decode
from pipeline.restore.edits import composed
from pipeline.restore.encoding import encoding_corrections
from pipeline.restore.slots import Slot, slots
from pipeline.restore.spacing import spacing_corrections
from pipeline.restore.spelling import bullets, parted, recased, roman

LEARN_FROM = 40  # broken words a document must have before it says how it is broken
SURE = 4.0  # nats between a word and the next best one before the word teaches anything
MARK_CONFIDENCE = 0.95
NAME_CONFIDENCE = 0.5  # a capitalised word may be a name; below this it is not touched


def restore(text: str) -> tuple[Correction, ...]:
    """Return the corrections that make the text what it was, in order and not overlapping."""
    corrections: tuple[Correction, ...] = ()
    for mend in (encoding_corrections, spacing_corrections, letter_corrections):
        corrections = composed(text, corrections, tuple(mend(apply_corrections(text, corrections))))
    return corrections


def letter_corrections(text: str) -> Iterator[Correction]:
    """Yield the corrections of the broken lines of a text whose encoding is right."""
    lines = text.split("\n")
    places = [0, *accumulate(len(line) + 1 for line in lines)]
    stretches = [(places[a], places[b] - 1) for a, b in runs(_judge().states(lines))]
    if not stretches:
        return
    candidates = _of_document([text[a:b] for a, b in stretches])
    for start, end in stretches:
        yield from sorted(_stretch(text, start, end, candidates), key=lambda c: c.start)


@cache
def _general() -> Candidates:
    return Candidates(general_channel())


@cache
def _judge() -> Judge:
    return Judge(_general())


def _of_document(broken: list[str]) -> Candidates:
    """Return candidates by the document's own channel, learned from the strings that have one clear explanation."""
    counts = Counter(slot.string for part in broken for slot in slots(part, 0, len(part)) if slot.kind == "word")
    if counts.total() < LEARN_FROM:
        return _general()
    seen: Counter[tuple[str, str]] = Counter()
    for string, count in counts.items():
        best, *others = _general().of(string)
        if not others or best.score - others[0].score > SURE:
            for pair in general_channel().readings_of(string, best.word):
                seen[pair] += count
    return Reweighed(learned_channel(seen), _general())


def _stretch(text: str, start: int, end: int, candidates: Candidates) -> Iterator[Correction]:
    marks = list(_marks(text, start, end))
    taken = {mark.start for mark in marks}
    row = [slot for slot in slots(text, start, end) if slot.spans[0][0] not in taken]
    row = mended(row, text, candidates)
    yield from marks
    for slot, choice in zip(row, decode(row, candidates), strict=True):
        yield from _written(text, slot, choice, candidates.channel)


def _marks(text: str, start: int, end: int) -> Iterator[Correction]:
    for match in bullets().finditer(text, start, end):
        yield Correction(*match.span("bullet"), match["bullet"], "•", "bullet", MARK_CONFIDENCE)
    for slot in slots(text, start, end):
        numeral = roman(slot.string)
        if numeral:
            yield Correction(*slot.spans[0], slot.string, numeral, "roman numeral", MARK_CONFIDENCE)


def _written(text: str, slot: Slot, choice: Choice, channel: Channel) -> Iterator[Correction]:
    """Yield what to change so that the slot shows the word chosen."""
    if choice.word is None:
        return
    word = choice.word
    if slot.string[:1].isupper() and choice.confidence < NAME_CONFIDENCE:
        return  # a name we do not know is left as it stands
    shown = slot.string if word == slot.string.lower() else recased(slot, word, channel)
    pieces = [shown]
    if len(slot.spans) == 2 and shown != slot.string:
        at = parted(slot.string, word, slot.spans[0][1] - slot.spans[0][0], channel)
        pieces = [shown[:at], shown[at:]]
    elif len(slot.spans) == 2:
        return
    for (start, end), piece in zip(slot.spans, pieces, strict=True):
        before, after = text[start:end], slot.prefix + piece
        if before != after:
            yield Correction(start, end, before, after, slot.rule, round(choice.confidence, 4))
