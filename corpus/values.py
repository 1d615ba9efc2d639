"""What a document can say: one small frozen class per kind of value, and the name each is stored under.

A value holds what was meant in a form that can be compared; the words it was read from stand in its `Finding`.
"""

from dataclasses import dataclass
from typing import Literal

from corpus.case_numbers import CaseNumber
from corpus.dates import When

Grade = Literal["commitment", "ongoing", "aim", "other's duty"]
ReferenceKind = Literal["plan", "budget", "law", "document", "matter"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What kind of document this is, by its key in `vocabulary/kinds.toml`."""

    name: str


@dataclass(frozen=True, slots=True)
class Title:
    """The document's own title."""

    text: str


@dataclass(frozen=True, slots=True)
class Body:
    """The board or council the document belongs to; `municipality` where it is known."""

    name: str
    municipality: str | None


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A case number the document carries as its own."""

    number: CaseNumber


@dataclass(frozen=True, slots=True)
class OwnDate:
    """The document's own date."""

    when: When


@dataclass(frozen=True, slots=True)
class OtherDate:
    """A date the text mentions."""

    when: When


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as printed: party code where the text gives one, and the role the person has in the document."""

    name: str
    party: str | None
    role: str | None
    part: Literal["author", "addressee", "mentioned"]


@dataclass(frozen=True, slots=True)
class PartyMention:
    """A party the document names."""

    code: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question put for an answer. `number` as printed; `answered_below` where it heads its own answer."""

    text: str
    number: int | None
    answered_below: bool


@dataclass(frozen=True, slots=True)
class Demand:
    """Something asked for (yrkande, att-sats, förslag), by whom (party codes and names); in minutes under which §."""

    text: str
    by: tuple[str, ...]
    under: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A future or ongoing undertaking by the one who answers, graded, with a due time where one is given."""

    text: str
    by: str | None
    grade: Grade
    due: When | None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision or a proposal to decide; `outcome` is a key of `vocabulary/decisions.toml` where one fits.

    In minutes `under` is the heading of the § it stands under.
    """

    text: str
    outcome: str | None
    proposed: bool
    under: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A reservation, särskilt uttalande and the like: who made it, and its text (empty where it points to another).

    `paragraph` is the heading of the § it stands under: under two of them it is two statements.
    """

    kind: str
    persons: tuple[str, ...]
    parties: tuple[str, ...]
    text: str
    points_to: str | None
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something a sentence says happened or is to happen. `period` is the span a named plan holds for."""

    text: str
    action: str
    when: When
    about_plan: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A plan, budget, law, document or matter the text refers to; `period` of a plan where printed."""

    text: str
    kind: ReferenceKind
    when: When | None


Value = (
    Kind
    | Title
    | Body
    | OwnNumber
    | OwnDate
    | OtherDate
    | Mention
    | PartyMention
    | Question
    | Demand
    | Promise
    | Decision
    | Statement
    | Event
    | Reference
)

# The names findings are stored under. A name is never given a new meaning; a kind that goes keeps its name unused.
VALUE_KINDS: dict[str, type[Value]] = {
    "kind": Kind,
    "title": Title,
    "body": Body,
    "number": OwnNumber,
    "date": OwnDate,
    "other date": OtherDate,
    "person": Mention,
    "party": PartyMention,
    "question": Question,
    "demand": Demand,
    "promise": Promise,
    "decision": Decision,
    "statement": Statement,
    "event": Event,
    "reference": Reference,
}
