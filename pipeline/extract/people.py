"""People and parties: who wrote, to whom, who is named; with the party as printed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise

from spacy.language import Language
from spacy.tokens import Doc

from corpus import people
from corpus.people import NAME, Named
from corpus.values import Mention, PartyMention
from corpus.vocabulary import parties, party_code, pattern, table
from pipeline.extract.authors import parts
from pipeline.extract.document import blocks, note, reading, text_of
from pipeline.extract.signatures import attending, is_office, signatures

METHOD = "people@3"
CODE_LETTERS = 3

_OWNS = re.compile(
    r"\s\(\w{1,3}\)\s(?:och\s.{3,60}\)\s)?(?:\w*motion|interpellation|förslag|skrivelse|yrkande|initiativ)"
)
_NAMES = re.compile(NAME)


@Language.component("aktspar_people", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
def note_people(doc: Doc) -> Doc:
    """Note every person with the part they have in the document, and every party."""
    signed = signatures(doc)
    named = _nominative(doc, [*_with_party(doc), *attending(doc), *_without_party(doc), *_by_first_name(doc), *signed])
    party_of = {people.key(one.name): one.party for one in named if one.party}
    roles = _roles(doc)
    part_of = parts(doc, named)
    for one in sorted(named, key=lambda one: (one.start, -one.end)):
        name = people.key(one.name)
        mention = Mention(one.name, party_of.get(name), roles.get(name), part_of.get(name, "mentioned"))
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
    for told_by in _told_by():
        for match in told_by.finditer(reading(doc).text):
            if name := people.bare(match["name"]):
                yield Named(name, None, match.end("name") - len(name), match.end("name"))


def _by_first_name(doc: Doc) -> Iterator[Named]:
    """Names whose first word is a first name: `värderingsmannen, Claes Alm`; no places and things named after one."""
    text = reading(doc).text
    for match in _NAMES.finditer(text):
        words = match[0].split(" ")
        first = next((i for i, word in enumerate(words[:-1]) if people.has_first_name(word)), None)
        if first is None or pattern("first_names", "not_last").search(words[-1]):
            continue
        start = match.start() + sum(len(word) + 1 for word in words[:first])
        thing = pattern("first_names", "not_after").match(text, match.end() + 1)
        if not thing and text[match.end() : match.end() + 1] != "-":
            yield Named(text[start : match.end()], None, start, match.end())


def _roles(doc: Doc) -> dict[str, str]:
    """The office printed beside each name: before it, after a comma, or on the line below a signature."""
    roles: dict[str, str] = {}
    for told_by in _told_by()[:2]:
        for match in told_by.finditer(reading(doc).text):
            roles.setdefault(people.key(people.bare(match["name"]) or match["name"]), _office(match["role"]))
    for name, office in _over_offices([text_of(doc, block) for block in blocks(doc)]):
        roles.setdefault(people.key(name), _office(re.split(r"(?<!-),", office, maxsplit=1)[0]))
    return roles


def _office(printed: str) -> str:
    """Return an office as a title: `Socialborgarrådet` → `socialborgarråd`."""
    role = " ".join(printed.lower().split())
    for definite, indefinite in table("roles")["indefinite"].items():
        if role.endswith(definite):
            return role.removesuffix(definite) + str(indefinite)
    return role


def _over_offices(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each name with the office below it; names side by side stand over as many offices."""
    kinds = ["name" if re.fullmatch(NAME, line) else "office" if is_office(line) else "" for line in lines]
    runs = [(kind, list(run)) for kind, run in groupby(range(len(lines)), key=lambda i: kinds[i])]
    for (above, names), (below, offices) in pairwise(runs):
        if (above, below) == ("name", "office"):
            together = len(names) == len(offices)
            pairs = zip(names, offices, strict=True) if together else [(names[-1], offices[0])]
            yield from ((lines[name], lines[office]) for name, office in pairs)


def _note_parties(doc: Doc, named: list[Named]) -> None:
    for one in named:
        if one.party:
            note(doc, PartyMention(one.party), one.start, one.end, METHOD, 0.95)
    for match in _codes().finditer(reading(doc).text):
        for code in filter(None, map(party_code, match[1].split(","))):
            note(doc, PartyMention(code), match.start(), match.end(), METHOD, 0.9)
    for match in _party_names().finditer(reading(doc).text):
        if named_code := party_code(match[0]):
            note(doc, PartyMention(named_code), match.start(), match.end(), METHOD, 0.9)


@cache
def _codes() -> re.Pattern[str]:
    """Codes in brackets, one or several: `(S)`, `(s, v)`."""
    small = {form for p in parties() for form in (p.code.lower(), *p.aliases) if len(form) <= CODE_LETTERS}
    forms = {form for one in small | {p.code for p in parties()} for form in (one, one.upper(), one.capitalize())}
    code = rf"(?:{'|'.join(map(re.escape, sorted(forms, key=len, reverse=True)))})"
    return re.compile(rf"\(({code}(?:\s?,\s?{code})*)\)")


@cache
def _party_names() -> re.Pattern[str]:
    names = sorted({name for p in parties() for name in (p.name.lower(), *p.aliases) if len(name) > 4}, key=len)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, reversed(names)))})\b", re.IGNORECASE)


@cache
def _told_by() -> tuple[re.Pattern[str], ...]:
    roles = table("roles")
    offices = "|".join(sorted(map(re.escape, roles["elected"] + roles["staff"]), key=len, reverse=True))
    labels = "|".join(map(re.escape, roles["labels"]))
    first = r"(?:(?:\w{2,30}-,[ ]){0,3}\w{2,30}-[ ](?:och|samt)[ ])?"  # `social- och` of `social- och äldreborgarråd`
    return (
        re.compile(rf"(?P<role>(?i:\b{first}(?:vice[ ])?\w*(?:{offices})))[ ](?P<name>{NAME})"),
        re.compile(rf"(?P<name>{NAME}),[ ](?P<role>(?i:{first}(?:vice[ ])?\w*(?:{offices})))\b"),
        re.compile(rf"(?i:\b(?:{labels}))[ ]?[:\n][ \n]?(?P<name>{NAME})"),
        re.compile(
            rf"(?P<name>{NAME})[ ]har[ ]i[ ](?:en|ett)[ ]\w*(?:förslag|motion|skrivelse|interpellation|initiativ)\b"
        ),
    )
