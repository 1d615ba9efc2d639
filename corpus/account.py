"""The account of a run: every file counted once, every page held or listed, every problem a line."""

from dataclasses import dataclass, field
from typing import Literal

from corpus.records import Record
from corpus.store import Listing

Taken = Literal["whole", "partial", "failed", "known"]


@dataclass(slots=True)
class Account:
    """What a run did: every file counted once, every page held or listed, every problem a line."""

    documents: dict[Taken, int] = field(default_factory=lambda: {"whole": 0, "partial": 0, "failed": 0, "known": 0})
    pages_in: int = 0
    pages_held: int = 0
    problems: list[Listing] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def pages_listed(self) -> int:
        """Pages that could not be held, each with a line in `problems`."""
        return self.pages_in - self.pages_held

    def enter(self, file: str, record: Record) -> Taken:
        """Enter a finished document."""
        self.documents[record.outcome] += 1
        self.pages_in += record.pages_in
        self.pages_held += len(record.pages)
        self.problems += [Listing(file, p.page, p.code, p.reason, p.remedy) for p in record.problems]
        return record.outcome
