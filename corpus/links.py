"""What ties documents and statements together: each link says why it is there and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corpus.records import Place

LinkKind = Literal["answers", "same matter", "refers to"]
Status = Literal["answered", "partly", "unanswered", "no_reply", "withdrawn", "lapsed", "tabled", "unjudged"]

STATUS_TITLES: Mapping[Status, str] = {
    "answered": "besvarad",
    "partly": "delvis besvarad",
    "unanswered": "ej besvarad",
    "no_reply": "svar saknas",
    "withdrawn": "återtagen",
    "lapsed": "förfallen",
    "tabled": "bordlagd",
    "unjudged": "ej bedömd",  # a person set the reply, and nobody has said how far it answers
}
# What a person can say of a question.
SETTABLE: tuple[Status, ...] = tuple(status for status in STATUS_TITLES if status != "unjudged")
UNSURE = 0.75  # the confidence below which a person should look; the database has an index of those
# What still waits for an answer, as far as anybody has said.
OPEN: frozenset[Status] = frozenset({"partly", "unanswered", "no_reply", "tabled", "unjudged"})


@dataclass(frozen=True, slots=True)
class Link:
    """Document `source` answers, refers to or shares its matter with document `target`; reasons are in Swedish."""

    kind: LinkKind
    source: int
    target: int
    reasons: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A verbatim passage (white space folded), where it stands and how well it fits (0–1)."""

    text: str
    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for question number `question` of document `document`: passages best first, and a status.

    `missing` says in Swedish what the question asked for and the reply never says; empty when nothing is missing.
    """

    document: int
    question: int
    reply: int | None
    status: Status
    missing: str
    passages: tuple[Passage, ...]
    confidence: float
