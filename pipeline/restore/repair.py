"""From the pages of a document to their corrections: encoding first, then the broken lines, word by word in context.

`restore` finds the lines that are broken, learns from their sure words how this document is broken and from its clean
lines how it spells, lets the decoder choose, and returns what to change. Nothing else is touched, and the layout stays
line for line.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate

from corpus.records import Correction, apply_corrections
from pipeline.restore.boundaries import mended
from pipeline.restore.candidates import Candidates, InDocument
from pipeline.restore.confusions import Channel, general_channel, learned_channel
from pipeline.restore.damage import Judge, runs
from pipeline.restore.decoder import Choice, decode
from pipeline.restore.edits import composed
from pipeline.restore.encoding import encoding_corrections
from pipeline.restore.local import Library, Local, nothing
from pipeline.restore.question_marks import LOST, shown_as_lost
from pipeline.restore.signs import sign_corrections
from pipeline.restore.slots import Slot, slots
from pipeline.restore.spacing import spacing_corrections
from pipeline.restore.spelling import parted, recased

LEARN_FROM = 8  # broken words a document must have before it says how it is broken
SURE = 4.0  # nats between a word and the next best one before the word teaches anything
NAME_CONFIDENCE = 0.5  # a capitalised word may be a name; below this it is not touched

_DOTTED = re.compile("[åäöÅÄÖ]")  # a line without them may have lost them: it vouches for nothing

Corrections = tuple[Correction, ...]


def restore(text: str) -> Corrections:
    """Return the corrections that make a text what it was, in order and not overlapping."""
    return restore_pages([text])[0]


def restore_pages(pages: Sequence[str], library: Library = nothing) -> list[Corrections]:
    """Return the corrections of each page of one document; `library` tells how its clean pages spell."""
    corrections: list[Corrections] = [() for _ in pages]
    for mend in (encoding_corrections, spacing_corrections):
        for i, page in enumerate(pages):
            corrections[i] = composed(page, corrections[i], tuple(mend(apply_corrections(page, corrections[i]))))
    texts = [apply_corrections(page, held) for page, held in zip(pages, corrections, strict=True)]
    letters = letter_corrections(list(map(shown_as_lost, texts)), library)
    told = [_as_it_stood(text, made) for text, made in zip(texts, letters, strict=True)]
    return [composed(page, *both) for page, *both in zip(pages, corrections, told, strict=True)]


def _as_it_stood(text: str, corrections: Corrections) -> Corrections:
    """Return the corrections as changes of the text itself, where question marks stood for what was shown as lost."""
    held = (replace(c, before=text[c.start : c.end]) for c in corrections)
    return tuple(c for c in held if c.before != c.after and (LOST in c.before or LOST not in c.after))


def letter_corrections(pages: Sequence[str], library: Library = nothing) -> list[Corrections]:
    """Return the corrections of the broken lines of a document whose encoding is right."""
    broken, clean = [], list[str]()
    for page in pages:
        lines = page.split("\n")
        places = [0, *accumulate(len(line) + 1 for line in lines)]
        found = runs(_judge().states(lines))
        broken.append([(places[a], places[b] - 1) for a, b in found])
        in_runs = {i for run in found for i in range(*run)}
        clean += [line for i, line in enumerate(lines) if i not in in_runs and _DOTTED.search(line)]
    if not any(broken):
        return [() for _ in pages]
    rows = [[slots(page, *stretch) for stretch in stretches] for page, stretches in zip(pages, broken, strict=True)]
    counts = Counter(slot.string for page in rows for row in page for slot in row if slot.kind == "word")
    candidates = InDocument(_channel(counts), _general(), Local(clean, library))
    return [
        tuple(
            correction
            for stretch, row in zip(stretches, rows_of_page, strict=True)
            for correction in sorted(_stretch(page, *stretch, row, candidates), key=lambda c: c.start)
        )
        for page, stretches, rows_of_page in zip(pages, broken, rows, strict=True)
    ]


@cache
def _general() -> Candidates:
    return Candidates(general_channel())


@cache
def _judge() -> Judge:
    return Judge(_general())


def _channel(counts: Counter[str]) -> Channel:
    """Return the document's own channel, learned from the strings that have one clear explanation."""
    if counts.total() < LEARN_FROM:
        return general_channel()
    seen: Counter[tuple[str, str]] = Counter()
    for string, count in counts.items():
        best, *others = _general().of(string)
        if not others or best.score - others[0].score > SURE:
            for pair in general_channel().readings_of(string, best.word):
                seen[pair] += count
    return learned_channel(seen)


def _stretch(text: str, start: int, end: int, row: list[Slot], candidates: Candidates) -> Iterator[Correction]:
    marks = [] if candidates.channel.only_dots else list(sign_corrections(text, start, end, row))
    taken = {mark.start for mark in marks}
    row = mended([slot for slot in row if slot.spans[0][0] not in taken], text, candidates)
    yield from marks
    for slot, choice in zip(row, decode(row, candidates), strict=True):
        yield from _written(text, slot, choice, candidates.channel)


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
