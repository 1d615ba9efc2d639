"""A paper that holds several: what was asked, and further down the reply to it.

Boards send out one file with the interpellation and its reply, or with all of a meeting's. A part begins where a
heading says what kind of paper it is; a reply belongs to the part it names, or else to the one it follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.vocabulary import kind_signs, table
from pipeline.connect.passages import stems_of
from pipeline.connect.telling import form_stems
from pipeline.layout import Reading

NAMED = 0.5  # share of what one head says, the shorter, that the other must say too


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a reading text that is a paper of its own: its kind, and what its head says beside that."""

    kind: str
    start: int
    end: int
    head: frozenset[str]


def parts(reading: Reading) -> list[Part]:
    """Return the papers of a file, as far as their headings tell them apart."""
    begun = [(at, kind) for at in range(len(reading.blocks)) if (kind := _kind(reading, at))]
    starts = [reading.blocks[at].start for at, _ in begun]
    return [
        Part(kind, start, end, _head(reading, at))
        for (at, kind), start, end in zip(begun, starts, [*starts[1:], len(reading.text)], strict=False)
    ]


def reply_below(question: int, held: Sequence[Part]) -> Part | None:
    """Return the part that replies to what is asked at a place of the text: below it, and none is where none fits."""
    asking = [part for part in held if part.start <= question < part.end]
    below = [part for part in held if part.start > question]
    if not asking or not below:
        return None
    asked = asking[0]
    replies = [part for part in below if asked.kind in table("kinds")[part.kind].get("answers", ())]
    named = max(replies, key=lambda part: _named(asked, part), default=None)
    if named is not None and _named(asked, named) >= NAMED:
        return named
    follows = below[0] in replies and not (asked.head and below[0].head)
    return below[0] if follows else None


def _named(asked: Part, reply: Part) -> float:
    least = min(len(asked.head), len(reply.head))
    return len(asked.head & reply.head) / least if least else 0.0


def _kind(reading: Reading, at: int) -> str:
    """What kind of paper begins at a block; empty where none does."""
    block = reading.blocks[at]
    if block.kind != "heading":
        return ""
    text = " ".join(reading.block_text(block).split())
    return next((kind for kind in table("kinds") if (signs := kind_signs(kind)) and signs.match(text)), "")


def _head(reading: Reading, at: int) -> frozenset[str]:
    """What a heading says beside the kind of paper; the one below it where it says nothing."""
    for block in reading.blocks[at : at + 2]:
        if block.kind == "heading" and (said := stems_of(reading.block_text(block)) - form_stems()):
            return said
    return frozenset()
