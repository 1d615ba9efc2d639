"""People and parties: who wrote, to whom, who is named; with the party as printed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from corpus import people
from corpus.people import NAME, Named
from corpus.values import Mention, PartyMention
from corpus.vocabulary import parties, party_code, table
from pipeline.extract.document import blocks, kind_of, note, reading, text_of
from pipeline.extract.layout import Block

METHOD = "people@1"
LAST_BLOCKS = 6  # a name on a line of its own among so many last blocks is a signature
SIDE_BY_SIDE = 3  # signatures may stand side by side over their offices
HEAD_BLOCKS = 14
Part = Literal["author", "addressee", "mentioned"]

_REPLIES = frozenset({"interpellationssvar", "skrivelsesvar", "pm", "tjansteutlatande"})
_CODES = re.compile(r"\(((?:S|M|SD|V|C|KD|MP|L|FP|Fi|FI|s|m|sd|v|c|kd|mp|l|fp|fi)(?:\s?,\s?[A-Za-z]{1,2})*)\)")
_SENT = re.compile(r"(?:(?<=från\s)|(?<=av\s))(?P<sender>.+?)(?:\still\s(?P<receiver>.+?))?(?=\som\s|\sangående\s|$)")
_ADDRESSED = re.compile(rf"(?i:(?:svar )?till):?\s(?:[a-zåäö-]+\s){{0,4}}{NAME}(?:.{{0,6}}$|\s\()")
_OWNS = re.compile(
    r"\s\(\w{1,3}\)\s(?:och\s.{3,60}\)\s)?(?:\w*motion|interpellation|förslag|skrivelse|yrkande|initiativ)"
)
_REPLY_BY = re.compile(r"(?:\w*svar|utlåtande)\sav\s(?P<sender>.+)", re.IGNORECASE)
_WROTE = re.compile(r"\bhar\b.{0,30}\b(?:skrivelse|interpellation|motion|frågat|ställt)", re.IGNORECASE)
_CAPITALS = re.compile(r"[A-ZÅÄÖÉ]{2,}(?:-[A-ZÅÄÖÉ]+)?(?:\s[A-ZÅÄÖÉ]{2,}(?:-[A-ZÅÄÖÉ]+)?){1,2}")
_PLACE_AND_DATE = re.compile(r"[A-ZÅÄÖ][a-zåäö-]+(?:\s[a-zåäö]+)?,?\s(?:den\s)?\d")


@Language.component("aktspar_people")
def note_people(doc: Doc) -> Doc:
    """Note every person with the part they have in the document, and every party."""
    named = _nominative(doc, [*_with_party(doc), *_without_party(doc), *_signatures(doc)])
    party_of = {people.key(one.name): one.party for one in named if one.party}
    parts, roles = _parts(doc, named), _roles(doc)
    for one in sorted(named, key=lambda one: one.start):
        name = people.key(one.name)
        mention = Mention(one.name, party_of.get(name), roles.get(name), parts.get(name, "mentioned"))
        note(doc, mention, one.start, one.end, METHOD, 0.9)
    _note_parties(doc, named)
    return doc


def _nominative(doc: Doc, named: list[Named]) -> list[Named]:
    """Return the names without the genitive's s: where they stand without it too, or own a motion."""
    plain = {one.name for one in named}

    def owner(one: Named) -> bool:
        base = one.name.removesuffix("s")
        return base != one.name and (base in plain or bool(_OWNS.match(reading(doc).text, one.end)))

    return [replace(one, name=one.name[:-1], end=one.end - 1) if owner(one) else one for one in named]


def _with_party(doc: Doc) -> Iterator[Named]:
    local = people.local_codes(reading(doc).text)
    for block in blocks(doc):
        for one in people.with_party(reading(doc).text[block.start : block.end], local):
            yield replace(one, start=block.start + one.start, end=block.start + one.end)


def _without_party(doc: Doc) -> Iterator[Named]:
    """Names told by an office before or after them, by a label, or by what they have handed in."""
    for pattern in _told_by():
        for match in pattern.finditer(reading(doc).text):
            if name := people.bare(match["name"]):
                yield Named(name, None, match.end("name") - len(name), match.end("name"))


def _signatures(doc: Doc) -> Iterator[Named]:
    """Names that stand as a line of their own under a place and date, or above an office, near the end."""
    held = blocks(doc)
    for i, block in enumerate(held):
        yield from _with_party_name(doc, held[i : i + 2])
        text = re.sub(r"\s?\((?P<code>\w{1,2})\)$", "", text_of(doc, block))
        name = text.title() if _CAPITALS.fullmatch(text) else text
        if not re.fullmatch(NAME, name) or people.bare(name) != name:
            continue
        around = [text_of(doc, other) for other in (*held[i - 1 : i], *held[i + 1 : i + 2])]
        signed = i > 0 and bool(_PLACE_AND_DATE.match(around[0]))
        office = any(_is_office(text_of(doc, below)) for below in held[i + 1 : i + 1 + SIDE_BY_SIDE])
        last = 0 < i >= len(held) - LAST_BLOCKS
        if signed or office or last:
            yield Named(name, None, block.start, block.start + len(text))


def _with_party_name(doc: Doc, held: Sequence[Block]) -> Iterator[Named]:
    """A name on a line with its party's name after it or on the line below."""
    name, comma, party = text_of(doc, held[0]).partition(", ")
    below = text_of(doc, held[1]) if len(held) > 1 else ""
    code = party_code(party if comma else below) if len(party or below) > 3 else None
    if code and re.fullmatch(NAME, name) and people.bare(name) == name:
        yield Named(name, code, held[0].start, held[0].start + len(name))


def _is_office(text: str) -> bool:
    roles = table("roles")
    return len(text) < 60 and any(
        text.lower().split(",")[0].endswith(role) for role in roles["elected"] + roles["staff"]
    )


def _parts(doc: Doc, named: list[Named]) -> dict[str, Part]:
    """Who wrote and who is written to, by what the head says; in a reply the two change places."""
    parts: dict[str, Part] = {}
    asker: Part = "addressee" if kind_of(doc) in _REPLIES else "author"
    other: Part = "author" if asker == "addressee" else "addressee"
    for block in blocks(doc)[:HEAD_BLOCKS]:
        text = text_of(doc, block)
        if match := _ADDRESSED.match(text):
            _assign(parts, named, block, match.span(), "addressee")
        elif match := _REPLY_BY.match(text):
            _assign(parts, named, block, match.span("sender"), "author")
        elif match := _SENT.search(text):
            _assign(parts, named, block, match.span("sender"), asker)
            _assign(parts, named, block, match.span("receiver"), other)
        elif asker == "addressee" and (wrote := _WROTE.search(text)):
            _assign(parts, named, block, (0, wrote.start()), asker)
        elif presenting := re.match(r"föredragande \S+ .* anför", text, re.IGNORECASE):
            _assign(parts, named, block, presenting.span(), "author")
    if kind_of(doc) == "protokoll":  # its signatures are those of the secretary and those who adjust it
        secretary = re.search(rf"(?i:vid protokollet)[\s:]+(?P<name>{NAME})", reading(doc).text)
        return {people.key(secretary["name"]): "author"} if secretary else {}
    for one in _signatures(doc):
        parts.setdefault(people.key(one.name), "author")
    return parts


def _roles(doc: Doc) -> dict[str, str]:
    """The office printed beside each name: before it, after a comma, or on the line below a signature."""
    roles: dict[str, str] = {}
    for pattern in _told_by()[:2]:
        for match in pattern.finditer(reading(doc).text):
            roles.setdefault(people.key(people.bare(match["name"]) or match["name"]), match["role"].lower())
    for name, office in pairwise(text_of(doc, block) for block in blocks(doc)):
        if re.fullmatch(NAME, name) and _is_office(office):
            roles.setdefault(people.key(name), office.split(",")[0].lower())
    return roles


def _assign(parts: dict[str, Part], named: list[Named], block: Block, span: tuple[int, int], part: Part) -> None:
    start, end = (block.start + at for at in span)
    for one in named:
        if span[0] >= 0 and start <= one.start < end:
            parts.setdefault(people.key(one.name), part)


def _note_parties(doc: Doc, named: list[Named]) -> None:
    for one in named:
        if one.party:
            note(doc, PartyMention(one.party), one.start, one.end, METHOD, 0.95)
    for match in _CODES.finditer(reading(doc).text):
        for code in filter(None, map(party_code, match[1].split(","))):
            note(doc, PartyMention(code), match.start(), match.end(), METHOD, 0.9)
    for match in _party_names().finditer(reading(doc).text):
        if named_code := party_code(match[0]):
            note(doc, PartyMention(named_code), match.start(), match.end(), METHOD, 0.9)


@cache
def _party_names() -> re.Pattern[str]:
    names = sorted({name for p in parties() for name in (p.name.lower(), *p.aliases) if len(name) > 4}, key=len)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, reversed(names)))})\b", re.IGNORECASE)


@cache
def _told_by() -> tuple[re.Pattern[str], ...]:
    roles = table("roles")
    offices = "|".join(sorted(map(re.escape, roles["elected"] + roles["staff"]), key=len, reverse=True))
    labels = "|".join(map(re.escape, roles["labels"]))
    return (
        re.compile(rf"(?P<role>(?i:\b(?:vice[ ])?\w*(?:{offices})))[ ](?P<name>{NAME})"),
        re.compile(rf"(?P<name>{NAME}),[ ](?P<role>(?i:(?:vice[ ])?\w*(?:{offices})))\b"),
        re.compile(rf"(?i:\b(?:{labels}))[ ]?[:\n][ \n]?(?P<name>{NAME})"),
        re.compile(
            rf"(?P<name>{NAME})[ ]har[ ]i[ ](?:en|ett)[ ]\w*(?:förslag|motion|skrivelse|interpellation|initiativ)\b"
        ),
    )
