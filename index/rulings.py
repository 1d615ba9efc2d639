"""How a demand went in one § by what the § says: the decision it asked for, or the sentence that tells of just it.

A yrkande asks the meeting to send the matter back, to reject it, to follow a proposal or a motion, or for something of
its own; an att-clause is decided by its number, by what it says, with the rest, or with the whole matter. Where the
text does not say how it went there is no outcome, only the decision.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from corpus import dates
from corpus.dates import When
from corpus.swedish.likeness import share, telling, without
from corpus.swedish.stems import stem
from corpus.values import Decision, Demand
from corpus.vocabulary import pattern, table
from index.holdings import Source

CLOSING = frozenset({"approved", "rejected", "answered", "remitted", "tabled", "filed", "withdrawn", "closed"})
AS_PROPOSED = "as proposed"  # the meeting followed a proposal, whatever that was
PARTLY = "partly"
PUT_OFF = frozenset({"remitted", "tabled", "withdrawn"})
SAYS_IT = 0.5  # how much of a demand a decision must say to decide just that
PART_SAYS_IT = 0.3
STANCES = ("remittal", "rejection", "of_proposal", "of_matter")
_CLAUSES = re.compile(r"[,;]\s|\s(?:och|samt|men)\s")
_DECISIONS = re.compile(r"(?:,|\s(?:och|samt))\s(?=att\b)")

Went = tuple[str | None, Source]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision under a §, or the part of one that closes something by itself; `said` is the whole as it stands."""

    text: str
    said: Source
    outcome: str | None
    proposed: bool
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand as it is looked for: its text and topic, who puts it, and its place among the att-clauses it is of."""

    text: str
    by: tuple[str, ...]
    topic: Mapping[str, float]
    place: int
    is_yrkande: bool
    only_addition: bool


def ruled(decision: Decision, said: Source, meeting: When, *, decides: bool) -> Iterator[Ruling]:
    """Yield what a decision rules; nothing where it is one of form, or told of another day.

    Only minutes (`decides`) tell what was decided: a PM or a tjänsteutlåtande proposes it.
    """
    if pattern("outcomes", "procedural").search(decision.text) or _is_of_yrkande(decision.text):
        return
    days = [match.when for match in dates.find(decision.text, meeting) if match.when.day is not None]
    outcome = decision.outcome if decision.outcome in CLOSING else None
    if days and meeting not in days and not decision.proposed and outcome in {None, "approved"}:
        return
    parts = _DECISIONS.split(decision.text)
    parts = parts if sum(_outcome(part) is not None for part in parts) > 1 else [decision.text]
    for part in parts:
        own = _outcome(part) or (outcome if len(parts) == 1 else None)
        yield Ruling(part, said, own, decision.proposed or not decides, frozenset(telling(part)))


def _is_of_yrkande(text: str) -> bool:
    """Tell how somebody's yrkande went from how the matter did."""
    return bool(pattern("outcomes", "of_yrkande").search(text)) and not pattern("outcomes", "matter").search(text)


def asked(put: Sequence[tuple[int, Demand]]) -> Iterator[tuple[int, Asked]]:
    """Yield the demands of one § or document with the place each has among the att-clauses of those who ask."""
    places: dict[tuple[str, ...], int] = {}
    additions = sum(bool(pattern("outcomes", "addition").search(demand.text)) for _, demand in put)
    for number, demand in put:
        yrkande = bool(pattern("outcomes", "yrkande").search(demand.text))
        if not yrkande:
            places[demand.by] = places.get(demand.by, 0) + 1
        place = 0 if yrkande else places[demand.by]
        topic = without(telling(demand.text), _undertaking())
        only = additions == 1 and bool(pattern("outcomes", "addition").search(demand.text))
        yield number, Asked(demand.text, demand.by, topic, place, yrkande, only)


def settled(asked: Asked, rulings: Sequence[Ruling], sentences: Sequence[Source], *, decides: bool) -> Went | None:
    """Return how a demand went under a §, and the words that say so; None where nothing was decided there."""
    found = _put_and_found(asked, sentences) if decides and asked.is_yrkande else None
    for part in ([ruling for ruling in rulings if not ruling.proposed], rulings):
        if part and (found is None or found[0] is None):
            found = _in(asked, part, rulings, sentences) or found
    return found


def _in(asked: Asked, part: Sequence[Ruling], rulings: Sequence[Ruling], sentences: Sequence[Source]) -> Went | None:
    by_stance = asked.is_yrkande or _stance(asked) == "remittal"
    found = _on_yrkande(asked, part, rulings, sentences) if by_stance else _on_clause(asked, part)
    return (None, found[1]) if found and found[0] == AS_PROPOSED else found


# ---- a sentence that tells of just one yrkande -----------------------------------------------------------------------


def _put_and_found(asked: Asked, sentences: Sequence[Source]) -> Went | None:
    """What the last sentence says that tells of just this yrkande, named by those who put it."""
    found: Went | None = None
    for said in sentences:
        if pattern("outcomes", "yrkande").search(said.quote) or not pattern("outcomes", "put").search(said.quote):
            continue
        if _is_about(said.quote, asked):
            told = pattern("outcomes", "finds").split(said.quote)[-1]
            own = [clause for clause in _CLAUSES.split(told) if _is_about(clause, asked)]
            outcome = next((went for clause in (*own, told) if (went := _way(clause))), None)
            found = (outcome, said) if outcome else found
    return found


def _is_about(text: str, asked: Asked) -> bool:
    """Tell whether a text speaks of a yrkande: it names who put it, or it is the only addition."""
    if asked.only_addition and pattern("outcomes", "addition").search(text):
        return True
    return _names(text, asked.by)


def _names(text: str, by: Sequence[str]) -> bool:
    """Tell whether a text names those who ask, by person or by all their parties, and nobody else's party."""
    if any(name.split()[-1] in text for name in by if " " in name):
        return True
    codes = set(re.findall(r"\(([^\W\d_]{1,4})\)", text))
    return bool(codes) and codes == {code for code in by if " " not in code}


def _way(text: str) -> str | None:
    """How a yrkande went by a stretch of text; None where it tells of both ways or of none."""
    lost, won = (bool(pattern("outcomes", sign).search(text)) for sign in ("lost", "won"))
    return None if lost == won else "rejected" if lost else "approved"


# ---- a yrkande by what the meeting decided ---------------------------------------------------------------------------


def _on_yrkande(
    asked: Asked, part: Sequence[Ruling], rulings: Sequence[Ruling], sentences: Sequence[Source]
) -> Went | None:
    main, stance = _main(part), _stance(asked)
    if stance == "remittal":
        return _on_remittal(main, sentences)
    if main.outcome in PUT_OFF:
        return main.outcome, main.said
    followed = main.outcome == "approved" or _followed(main, rulings, sentences)
    match stance:
        case "rejection":
            return _on_rejection(asked, part, sentences, followed=followed)
        case "of_proposal":
            return ("approved" if followed else None), main.said
        case "of_matter":
            matter = _main(part, of_matter=True)
            mixed = _outcomes(part)
            partly = len(mixed) > 1 and "approved" in mixed
            return (PARTLY if partly else _known(matter, rulings)), matter.said
        case _:
            return _said(asked, part) or (None, main.said)


def _stance(asked: Asked) -> str:
    """What a yrkande asks for first; empty where it asks for something of its own, or for an addition."""
    if pattern("outcomes", "addition").search(asked.text):
        return ""
    ends = {stance: match.end() for stance in STANCES if (match := pattern("outcomes", stance).search(asked.text))}
    return min(ends, key=lambda stance: ends[stance], default="")


def _on_remittal(main: Ruling, sentences: Sequence[Source]) -> Went:
    if main.outcome == "remitted":
        return "approved", main.said
    if main.outcome in PUT_OFF:
        return main.outcome, main.said
    at_once = next((said for said in reversed(sentences) if pattern("outcomes", "at_once").search(said.quote)), None)
    return "rejected", at_once or main.said


def _on_rejection(asked: Asked, part: Sequence[Ruling], sentences: Sequence[Source], *, followed: bool) -> Went:
    """To reject a motion goes by what became of the motion; to reject a proposal, by whether it was followed."""
    main = _main(part)
    heading = sentences[0].quote if sentences else ""
    of_matter = pattern("outcomes", "matter").search(asked.text) or pattern("outcomes", "matter").search(heading)
    if pattern("outcomes", "rejection_of_proposal").search(asked.text) or not of_matter:
        turned = "approved" if main.outcome == "rejected" and not followed else None
        return ("rejected" if followed else turned), main.said
    matter, outcomes = _main(part, of_matter=True), _outcomes(part)
    if len(outcomes) > 1:
        return (PARTLY if "rejected" in outcomes else "rejected"), matter.said
    known = _known(matter, part)
    return {"rejected": "approved", "approved": "rejected"}.get(known or "", known), matter.said


# ---- an att-clause by what the meeting decided -----------------------------------------------------------------------


def _on_clause(asked: Asked, part: Sequence[Ruling]) -> Went | None:
    for ruling in part:
        if asked.place in _ordinals(ruling.text):
            return ruling.outcome, ruling.said
    if said := _said(asked, part):
        return said
    rest = next((ruling for ruling in part if pattern("outcomes", "rest").search(ruling.text)), None)
    if rest:
        return rest.outcome, rest.said
    whole = [r for r in part if not _ordinals(r.text) and not pattern("outcomes", "concerns").search(r.text)]
    if not whole:
        return None
    main = _main(whole, of_matter=True)
    return _known(main, part), main.said


def _said(asked: Asked, part: Sequence[Ruling]) -> Went | None:
    """The decision that says what is asked for, or the part of the matter it is about."""
    best, found = 0.0, None
    for ruling in part:
        if concerns := pattern("outcomes", "concerns").search(ruling.text):
            about = without(telling(ruling.text[concerns.end() :]), _undertaking())
            said = max(share(about, asked.topic) / PART_SAYS_IT, share(asked.topic, about) / SAYS_IT)
        else:
            said = share(asked.topic, ruling.stems) / SAYS_IT
        if said >= 1.0 and said > best:
            best, found = said, ruling
    return (found.outcome if found.outcome in CLOSING else "approved", found.said) if found else None


# ---- decisions -------------------------------------------------------------------------------------------------------


def _outcome(text: str) -> str | None:
    """How a decision closes what it is about; `AS_PROPOSED` where it only says that a proposal was followed."""
    bare = pattern("outcomes", "as_proposed").sub(" ", text)
    own = next((outcome for outcome, signs in _closing() if signs.search(bare)), None)
    return own or (AS_PROPOSED if bare != text else None)


@cache
def _closing() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known = {name: signs for name, signs in table("decisions")["outcomes"].items() if name in CLOSING}
    more = table("outcomes")["closes"]
    names = [*known, *(name for name in more if name not in known)]
    told = {name: [*known.get(name, ()), *more.get(name, ())] for name in names}
    return tuple((name, re.compile("|".join(signs), re.IGNORECASE)) for name, signs in told.items())


def _main(rulings: Sequence[Ruling], *, of_matter: bool = False) -> Ruling:
    """The decision that closes the matter; `of_matter` prefers one that names the motion or the like."""
    closing = [ruling for ruling in rulings if ruling.outcome is not None]
    named = [r for r in closing if pattern("outcomes", "matter").search(r.text)] if of_matter else []
    return next(iter([*named, *closing, *rulings]))


def _known(main: Ruling, rulings: Sequence[Ruling]) -> str | None:
    """The outcome of a decision; of one that follows a proposal, that of the proposal where the § has it."""
    if main.outcome != AS_PROPOSED:
        return main.outcome
    proposed = [r for r in rulings if r.proposed and r.outcome in CLOSING]
    return proposed[0].outcome if proposed else None


def _followed(main: Ruling, rulings: Sequence[Ruling], sentences: Sequence[Source]) -> bool:
    """Tell whether the meeting followed what was proposed: it says so, or the proposal stands in the same §."""
    if any(r.proposed and r is not main and r.stems == main.stems for r in rulings):
        return True
    if any(not r.proposed and pattern("outcomes", "as_proposed").search(r.text) for r in rulings):
        return True
    told = (pattern("outcomes", "finds").split(said.quote) for said in sentences)
    return any(len(parts) > 1 and pattern("outcomes", "as_proposed").search(parts[-1]) for parts in told)


def _outcomes(rulings: Sequence[Ruling]) -> set[str]:
    """How the parts of a matter were closed, where it was decided in parts."""
    signs = ("concerns", "rest")
    if not any(_ordinals(r.text) or any(pattern("outcomes", s).search(r.text) for s in signs) for r in rulings):
        return set()
    return {ruling.outcome for ruling in rulings if ruling.outcome in CLOSING}


def _ordinals(text: str) -> set[int]:
    """Return the numbers of the att-clauses or points a decision is about: `första och andra att-satsen`, `punkt 2`."""
    if pattern("outcomes", "rest").search(text):
        return set()
    words = table("outcomes")["ordinals"]
    numbered = {int(match[1]) for match in re.finditer(rf"{_parts()}\s(\d{{1,2}})\b", text, re.IGNORECASE)}
    one = "|".join(words)
    named = re.search(rf"\b((?:(?:{one})(?:,\s|\soch\s)?){{1,8}})\s?{_parts()}", text, re.IGNORECASE)
    return numbered | {words[w.lower()] for w in re.findall(r"\w+", named[1] if named else "") if w.lower() in words}


@cache
def _parts() -> str:
    return f"(?:{'|'.join(table('outcomes')['parts'])})"


@cache
def _undertaking() -> frozenset[str]:
    return frozenset(stem(word) for word in table("outcomes")["undertaking"])
