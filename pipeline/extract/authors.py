"""Who wrote a document and who it is written to: by what its head says, by its lines of names, by its signatures."""

import re
from collections.abc import Sequence
from typing import Literal

from spacy.tokens import Doc

from corpus import people
from corpus.people import NAME, Named
from pipeline.extract.document import blocks, kind_of, reading, text_of
from pipeline.extract.signatures import name_lines, signatures
from pipeline.layout import Block

HEAD_BLOCKS = 14
LAST_BLOCKS = 6
HEAD_LINE = 200  # letters; what is longer is running text
BETWEEN_NAMES = 12  # letters: ` (MP) och `
Part = Literal["author", "addressee", "mentioned"]

_REPLIES = frozenset({"interpellationssvar", "skrivelsesvar", "pm", "tjansteutlatande"})
_ASKING = frozenset({"interpellation", "skrivelse", "motion", "namndinitiativ"})
_END = r"(?=\som\s|\sangående\s|\.\s[A-ZÅÄÖ]|$)"
_SENTENCE = r"(?:(?!\.\s[A-ZÅÄÖ]).)"
_SENT = re.compile(rf"(?:(?<=från\s)|(?<=av\s))(?P<sender>{_SENTENCE}+?)(?:\still\s(?P<receiver>{_SENTENCE}+?))?{_END}")
_ADDRESSED = re.compile(
    r"(?i:(?:(?:skriftligt|muntligt|svar|riktad|ställd|interpellation|enkel fråga|fråga|skrivelse) ){0,3}till):?\s"
    rf".{{0,70}}?{NAME}(?:.{{0,6}}$|\s\(|,)"
)
_REPLY_BY = re.compile(r"(?:\w*svar|utlåtande)\sav\s(?P<sender>.+)", re.IGNORECASE)
_WROTE = re.compile(
    r"\bhar (?:\w+ ){0,5}(?:frågat|skrivelse|interpellation|motion)\b"
    r"|\b(?:ställt|ställde|frågar|undrar|lämnade|lämnat|inkommit|inkom|väckte|väckt)\b.{0,60}?"
    r"\b(?:skrivelse|interpellation|motion|fråg\w+|initiativ)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:(?P<to>till)|från|ställd av):?", re.IGNORECASE)
_PRESENTING = re.compile(r"föredragande \S+ .* anför", re.IGNORECASE)


def parts(doc: Doc, named: Sequence[Named]) -> dict[str, Part]:
    """Return the part each person has, by `people.key` of the name; those who are only named are left out.

    In a reply those who asked are the addressees.
    """
    if kind_of(doc) == "protokoll":  # its signatures are those of the secretary and those who adjust it
        return _secretary(doc)
    found = _by_head(doc, named)
    held, asking = blocks(doc), kind_of(doc) in _ASKING
    foot = held[-LAST_BLOCKS:]
    lines = name_lines(doc, [*held[:HEAD_BLOCKS], *foot] if asking else foot, named)
    for one in (*lines, *signatures(doc)):
        found.setdefault(people.key(one.name), "author")
    if kind_of(doc) in _REPLIES and "author" not in found.values():
        for one in name_lines(doc, held[:HEAD_BLOCKS], named):
            found.setdefault(people.key(one.name), "author")
    if kind_of(doc) == "interpellationssvar" and "addressee" not in found.values():
        _first_named(doc, named, found)
    return found


def _secretary(doc: Doc) -> dict[str, Part]:
    secretary = re.search(rf"(?i:vid protokollet)[\s:]+(?P<name>{NAME})", reading(doc).text)
    return {people.key(secretary["name"]): "author"} if secretary else {}


def _by_head(doc: Doc, named: Sequence[Named]) -> dict[str, Part]:
    found: dict[str, Part] = {}
    asker: Part = "addressee" if kind_of(doc) in _REPLIES else "author"
    other: Part = "author" if asker == "addressee" else "addressee"
    for position, block in enumerate(blocks(doc)[: 2 * HEAD_BLOCKS]):
        text = text_of(doc, block)
        if asker == "addressee" and (wrote := _WROTE.search(text, 0, HEAD_LINE)) and len(text) > HEAD_LINE / 2:
            _assign(found, named, block, (0, wrote.start()), asker)
        elif position >= HEAD_BLOCKS:
            continue
        elif label := _LABEL.fullmatch(text):
            below = blocks(doc)[position + 1 : position + 2]
            for one in below:
                _assign(found, named, one, (0, one.end - one.start), "addressee" if label["to"] else asker)
        elif _ADDRESSED.match(text):
            sent = _SENT.search(text, 0, HEAD_LINE)
            _assign(found, named, block, (0, sent.start() if sent else len(text)), "addressee")
            _assign(found, named, block, sent.span("sender") if sent else (0, 0), asker)
        elif match := _REPLY_BY.match(text):
            _assign(found, named, block, match.span("sender"), "author")
        elif match := _SENT.search(text):
            _assign(found, named, block, match.span("sender"), asker)
            _assign(found, named, block, match.span("receiver"), other)
        elif presenting := _PRESENTING.match(text):
            _assign(found, named, block, presenting.span(), "author")
    return found


def _first_named(doc: Doc, named: Sequence[Named], found: dict[str, Part]) -> None:
    """In a reply that addresses nobody, the first with a party whom its first paragraphs name have asked."""
    head = blocks(doc)[:HEAD_BLOCKS]
    at, end = 0, head[-1].end if head else 0
    for one in sorted(named, key=lambda one: one.start):
        if at and one.start > at + BETWEEN_NAMES:
            return
        if (one.party or at) and one.start < end and people.key(one.name) not in found:
            found[people.key(one.name)] = "addressee"
            at = one.end


def _assign(found: dict[str, Part], named: Sequence[Named], block: Block, span: tuple[int, int], part: Part) -> None:
    start, end = (block.start + at for at in span)
    for one in named:
        if span[0] >= 0 and start <= one.start < end:
            found.setdefault(people.key(one.name), part)
