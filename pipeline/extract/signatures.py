"""Names that stand as a line of their own: those who have signed, at the head or the foot, with party and office.

Two signatures may stand side by side over their parties (`Anna Ek   Bo Ås` / `Moderaterna   Liberalerna`): the names
and the parties then come in two runs of one length. Those a decision is sent to have signed nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from corpus import people
from corpus.people import NAME, Named
from corpus.vocabulary import party_code, pattern, table
from pipeline.extract.document import blocks, reading, text_of
from pipeline.layout import Block

LAST_BLOCKS = 6  # a name on a line of its own among so many last blocks is a signature
SIDE_BY_SIDE = 3  # signatures may stand side by side over their offices
SENT_TO_BLOCKS = 12  # how long a list of those a decision is sent to may be
OFFICE_LETTERS = 60
_CAPITALS = re.compile(r"[A-ZÅÄÖÉ]{2,}(?:-[A-ZÅÄÖÉ]+)?(?:\s[A-ZÅÄÖÉ]{2,}(?:-[A-ZÅÄÖÉ]+)?){1,2}")
_IN_BRACKETS = re.compile(r"\s?\([^)]{1,8}\)$")
_PLACE_AND_DATE = re.compile(r"[A-ZÅÄÖ][a-zåäö-]+(?:\s[a-zåäö]+)?,?\s(?:den\s)?\d")
_AFTER_NAME = re.compile(
    r"(?:\s(?:m\.\s?fl\.|med flera))?(?:\s?\((?P<code>[\w!]{1,3})\)|,\s(?P<party>[\wåäö ]{1,40}))?$"
)
_BEFORE_NAME = re.compile(  # a party, a stroke, or an office and the line to sign on
    r"^(?:\((?P<code>[\w!]{1,3})\)\s|/|(?:sekreterare|ordförande|justera(?:nde|re))?:?\s*[._…]{4,}\s*)?", re.IGNORECASE
)
_MEMBER = re.compile(
    rf"(?:\((?P<code>[\w!]{{1,3}})\)\s)?(?P<name>{NAME})(?:,?\s(?:\d:[ae]\s)?(?:vice\s)?(?:ordf\w*\.?|för\s.+|§.+|kl\.?\s.+))*"
)
_JOINS = re.compile(
    r"(?:\([^)]{1,12}\)|m\.\s?fl\.|med flera|\b(?:och|samt|båda|alla|ledamöter|ledamot|ersättare)\b|[\s,])+"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A block that is a name: `name` as it is written out, `party` where the line itself prints it."""

    name: str
    party: str | None
    start: int
    end: int


def signatures(doc: Doc) -> list[Named]:
    """Return those who have signed, in the order they stand."""
    return list(_signed(doc))


def name_lines(doc: Doc, held: Sequence[Block], known: Sequence[Named]) -> Iterator[Named]:
    """Yield the people of the blocks that hold nothing but names with their parties."""
    for block in held:
        inside = [one for one in known if one.party and block.start <= one.start < block.end]
        rest = text_of(doc, block)
        for one in inside:
            rest = rest.replace(one.name, "")
        if inside and not _JOINS.sub("", rest):
            yield from inside


def attending(doc: Doc) -> Iterator[Named]:
    """Yield those of a list of members in which a code before a name covers the names below it, up to the next code."""
    code: str | None = None
    local = people.local_codes(reading(doc).text)
    for block in blocks(doc):
        match = _MEMBER.fullmatch(text_of(doc, block))
        if not match or people.bare(match["name"]) != match["name"]:
            code = None
            continue
        if written := match["code"]:
            code = party_code(written) or (written.upper() if written.upper() in local else None)
        if code:
            start = block.start + match.start("name")
            yield Named(match["name"], code, start, start + len(match["name"]))


def is_office(text: str) -> bool:
    """Tell whether a line is an office: `Kommunalråd`, `Förvaltningschef, Almvik`, `ledamot av fullmäktige (S)`."""
    roles = table("roles")
    first = _IN_BRACKETS.sub("", text.lower().split(",")[0]).strip()
    seat = first.startswith(tuple(f"{role} {of} " for role in roles["seats"] for of in ("av", "i")))
    return len(text) < OFFICE_LETTERS and (
        seat or any(first.endswith(role) for role in roles["elected"] + roles["staff"])
    )


def _signed(doc: Doc) -> Iterator[Named]:
    held = blocks(doc)
    lines = [_name_line(doc, block) for block in held]
    sent_to = _sent_to(doc, held)
    i = 0
    while i < len(held):
        run = i
        while run < len(held) and lines[run]:
            run += 1
        names = [line for line in lines[i:run] if line]
        parties = _parties(doc, held[run : run + len(names)]) if names else []
        if names and len(parties) != len(names):
            parties = _parties(doc, held[max(0, i - len(names)) : i])
        for position, line in enumerate(names):
            at = i + position
            below = parties[position] if len(parties) == len(names) else None
            if at not in sent_to and (line.party or below or _is_signature(doc, held, at)):
                yield Named(line.name, line.party or below, line.start, line.end)
        i = max(run, i + 1)


def _name_line(doc: Doc, block: Block) -> _Line | None:
    """Return the name a block consists of, with its party where that stands beside it."""
    text = text_of(doc, block)
    before, after = _BEFORE_NAME.match(text), _AFTER_NAME.search(text)
    if len(text) > OFFICE_LETTERS * 2 or before is None or after is None:
        return None
    name = text[before.end() : after.start()]
    shown = name.title() if _CAPITALS.fullmatch(name) else name
    if shown != name and not people.has_first_name(shown):
        return None  # a heading in capitals
    party = party_code(before["code"] or after["code"] or after["party"] or "")
    if after["party"] and not party:
        return None
    if not re.fullmatch(NAME, shown) or people.bare(shown) != shown or pattern("first_names", "not_last").search(shown):
        return None
    start = block.start + before.end()
    return _Line(shown, party, start, start + len(name))


def _parties(doc: Doc, held: Sequence[Block]) -> list[str]:
    """The parties that a run of blocks consists of (`Moderaterna`, `För Liberalerna (L)`), as far as it goes."""
    found: list[str] = []
    for block in held:
        text = text_of(doc, block).removeprefix("För ")
        written = re.search(r"\(([A-ZÅÄÖa-zåäö]{1,4})\)$", text)
        code = party_code(text) if len(text) > 3 or text.startswith("(") else None
        named = written and (re.fullmatch(r"[A-ZÅÄÖ][\wåäö-]+ \(\w+\)", text) or is_office(text))
        if not code and written and named:
            code = party_code(written[1]) or written[1]
        if not code:
            break
        found.append(code)
    return found


def _is_signature(doc: Doc, held: Sequence[Block], i: int) -> bool:
    """Tell whether a line that is a name signs: under a place and date, above an office, or at the end."""
    signed = i > 0 and bool(_PLACE_AND_DATE.match(text_of(doc, held[i - 1])))
    office = any(is_office(text_of(doc, below)) for below in held[i + 1 : i + 1 + SIDE_BY_SIDE])
    return signed or office or 0 < i >= len(held) - LAST_BLOCKS


def _sent_to(doc: Doc, held: Sequence[Block]) -> set[int]:
    """The blocks that list those a decision is sent to."""
    heads = [i for i, block in enumerate(held) if pattern("roles", "sent_to").match(text_of(doc, block))]
    return {i for head in heads for i in range(head, min(len(held), head + SENT_TO_BLOCKS))}
