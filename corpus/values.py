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
    """A future or ongoing undertaking by the one who answers, graded, with a due time where one is given.

    `to` is who was given the task, where one was; what is another's duty is told but not promised.
    """

    text: str
    by: str | None
    grade: Grade
    due: When | None
    to: str | None = None


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
class Vote:
    """A vote with its numbers: for, against, abstaining; `under` is the heading of the § it stands under."""

    yes: int
    no: int
    abstained: int
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


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a matter that is no case number: its `kind` in `vocabulary/keys.toml` or `paragraf`, its normal form.

    `2017:19 RI` of an utlåtande, `2016:5` of a motion, `KF § 130` or `§ 63/2020` of minutes.
    """

    kind: str
    number: str


@dataclass(frozen=True, slots=True)
class IncompleteNumber:
    """A case number of which a part is missing (`Dnr /2016`), as printed."""

    text: str


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A personal number without its last four digits (`19121212-XXXX`); `checked` where its check digit is right."""

    masked: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, up to the next heading of its `level` or a higher one (1 is the highest).

    `within` are the headings it stands under, the outermost first; `speaker` is who speaks in it, where the text says
    so. `digest` stands for the body: the same heading over the same text is one section, printed twice.
    """

    heading: str
    speaker: str | None
    level: int
    within: tuple[str, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as data: cells as printed; `header` is empty where the table has none."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """The document is not whole: pages are missing or the text ends in the middle. `reason` (in Swedish) is shown."""

    reason: str


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
    | Vote
    | Statement
    | Event
    | Reference
    | Key
    | IncompleteNumber
    | PersonalNumber
    | Section
    | Table
    | BrokenOff
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
    "vote": Vote,
    "statement": Statement,
    "event": Event,
    "reference": Reference,
    "key": Key,
    "incomplete number": IncompleteNumber,
    "personal number": PersonalNumber,
    "section": Section,
    "table": Table,
    "broken off": BrokenOff,
}
