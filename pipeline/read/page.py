"""What a reader gives for a page: its text, where each word stands, its parts, and reasons to doubt the text layer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.records import Part, PartKind, WordBox

# What no text holds and neither XML nor a database takes: controls, lone surrogates, what Unicode will never use.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_UNKNOWN = "\ufffd"


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as read. `words` follow `text.split()`; empty where the format has no geometry.

    `doubt` says (in Swedish) why the page must be looked at though its text may be good: a picture that may hold more.
    """

    text: str
    words: tuple[WordBox, ...] = ()
    parts: tuple[Part, ...] = ()
    doubt: str = ""

    def __post_init__(self) -> None:
        """Show what is no text by a sign that says so, sign for sign: words and parts keep their places."""
        if _NO_TEXT.search(self.text):
            text = _NO_TEXT.sub(lambda found: " " if found[0].isspace() else _UNKNOWN, self.text)
            object.__setattr__(self, "text", text)


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
