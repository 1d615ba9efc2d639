"""The record of one document: its pages, what was found in them, and what could not be done.

Everything here is a frozen dataclass. A `Finding` says one thing a document says and where it says it: its value, the
text as written, the places it stands (the same statement may stand twice), by which method, and how sure. Offsets are
characters of a page's restored text unless said otherwise; pages are numbered from 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from corpus.values import Value

GOOD = 0.75  # a page's grade at or above which its text is kept as it stands
DOUBTFUL = 0.95  # 3 nats: below are the 1–3 % of the corrected words that hold most of the errors
Method = Literal["layer", "ocr", "restored layer", "plain"]
V = TypeVar("V", bound=Value)
Outcome = Literal["whole", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class Correction:
    """One change of a text: `before` stood at `start:end` of the original, `after` is what was meant."""

    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: float


def apply_corrections(original: str, corrections: Iterable[Correction]) -> str:
    """Return the text with every correction made; `corrections` are in order and do not overlap."""
    parts: list[str] = []
    at = 0
    for correction in corrections:
        parts += original[at : correction.start], correction.after
        at = correction.end
    return "".join([*parts, original[at:]])


def moved(at: int, corrections: Iterable[Correction]) -> int:
    """Return where offset `at` of the original text stands in the corrected one; within a change, at its start."""
    shift = 0
    for correction in corrections:
        if correction.end > at:
            return min(at, correction.start) + shift
        shift += len(correction.after) - (correction.end - correction.start)
    return at + shift


@dataclass(frozen=True, slots=True)
class WordBox:
    """Where a word stands: its box in points (1/72 inch) from the upper left corner of the page as shown, and how sure.

    A page's boxes follow the words of its original text (`original.split()`) one to one.
    """

    left: float
    top: float
    right: float
    bottom: float
    confidence: float = 1.0


PartKind = Literal["heading", "table", "footnote", "furniture"]


@dataclass(frozen=True, slots=True)
class Part:
    """What a stretch of a page's original text is, where how it is set tells: size, weight, columns, place."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what stood there (`original`), what was meant (`text`), how it was read and how good that is (0–1)."""

    number: int
    original: str
    text: str
    method: Method
    grade: float
    reasons: tuple[str, ...] = ()
    confidence: float | None = None
    corrections: tuple[Correction, ...] = ()
    words: tuple[WordBox, ...] = ()
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be done: a line in the account. `page` is None where the whole file is meant."""

    code: str
    reason: str
    remedy: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text from `start` on page `page` up to `end` on page `end_page` (most often the same)."""

    page: int
    start: int
    end: int
    end_page: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a document says: the value, the verbatim text (white space folded) and every place it stands."""

    value: Value
    text: str
    places: tuple[Place, ...]
    method: str
    confidence: float

    @property
    def page(self) -> int:
        """The page where it stands first."""
        return self.places[0].page if self.places else 1


@dataclass(frozen=True, slots=True)
class Record:
    """One document on its way through the stages; each stage returns a new record."""

    file: str
    sha256: str
    media_type: str
    pages: tuple[Page, ...] = ()
    pages_in: int = 0
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    stages: tuple[tuple[str, str], ...] = field(default=())
    settled: bool = True  # nothing more can be learnt of its text from the library's other documents

    @property
    def outcome(self) -> Outcome:
        """Whole, partial (some pages listed with a reason) or failed (nothing to read)."""
        if not self.pages:
            return "failed"
        return "partial" if self.problems else "whole"

    @property
    def text(self) -> str:
        """The restored text, pages separated by a form feed."""
        return "\f".join(page.text for page in self.pages)

    def of(self, kind: type[V]) -> list[tuple[V, Finding]]:
        """Return the values of one kind, each with its finding, in the order they stand."""
        return [(f.value, f) for f in self.findings if isinstance(f.value, kind)]
