"""What a reader gives for a page: its text, where each word stands, its parts, and reasons to doubt the text layer."""

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.records import Part, PartKind, WordBox


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as read. `words` follow `text.split()`; empty where the format has no geometry.

    `doubt` says (in Swedish) why the page must be looked at though its text may be good: a picture that may hold more.
    """

    text: str
    words: tuple[WordBox, ...] = ()
    parts: tuple[Part, ...] = ()
    doubt: str = ""


def composed(blocks: Iterable[tuple[str, PartKind | None]]) -> PageText:
    """Put a page together from blocks and what they are, a blank line between."""
    text: list[str] = []
    parts: list[Part] = []
    at = 0
    for raw, kind in blocks:
        block = raw.strip(" \n")
        if not block.strip():
            continue
        if kind:
            parts.append(Part(kind, at, at + len(block)))
        text += block, "\n\n"
        at += len(block) + 2
    return PageText("".join(text[:-1]) + "\n" if text else "", parts=tuple(parts))
