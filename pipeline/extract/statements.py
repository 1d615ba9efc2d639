"""Statements beside a decision: reservations, särskilda uttalanden and the like, with all who signed."""

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from corpus import people
from corpus.values import Statement
from corpus.vocabulary import parties, party_code, table
from pipeline.extract.document import blocks, note, paragraph, reading, sentences, text_of

METHOD = "statements@2"
SIGNED_WITHIN = 30  # letters
_POINTS_TO = re.compile(r"med hänvisning till (?P<whose>.+?)(?:\.|$)", re.IGNORECASE)
_FOLLOWS = re.compile(r"(?:enligt följande|följande lydelse|:)\s*\.?\s*$", re.IGNORECASE)


@Language.component(
    "aktspar_statements", requires=["doc._.reading", "doc.sents"], assigns=["doc._.findings", "doc.spans"]
)
def note_statements(doc: Doc) -> Doc:
    """Note each statement with its signers; its text runs to the next heading or the next statement.

    Under a heading that names a kind, every block that begins with its signers is one.
    """
    held, local = blocks(doc), people.local_codes(reading(doc).text)
    headed: str | None = None
    for position, block in enumerate(held):
        if block.kind == "heading":
            headed = _heads(text_of(doc, block))
        for number, sentence in enumerate(sentences(doc, block)):
            kind = _kind(sentence.text) or (headed if number == 0 and _signed(sentence.text, local) else None)
            if kind is None:
                continue
            end = _text_end(doc, position, sentence.end_char) if _FOLLOWS.search(sentence.text) else sentence.end_char
            text = " ".join(reading(doc).text[sentence.end_char : end].split())
            statement = _statement(kind, " ".join(sentence.text.split()), text, local)
            if statement.parties or statement.persons:
                statement = replace(statement, paragraph=paragraph(doc, sentence.start_char))
                note(doc, statement, sentence.start_char, end, METHOD, 0.9)
    return doc


def _heads(text: str) -> str | None:
    """Return the kind of statement a heading names, alone or in the plural: `Reservationer`."""
    return next((kind for kind in table("statements") if re.fullmatch(rf"{kind}(?:er|ar|en)?", text.lower())), None)


def _signed(text: str, local: Collection[str]) -> bool:
    """Tell whether a sentence begins with people and their party."""
    first = next(people.with_party(text, local), None)
    return first is not None and first.start < SIGNED_WITHIN


def _statement(kind: str, intro: str, text: str, local: Collection[str]) -> Statement:
    pointer = _POINTS_TO.search(intro)
    signed = intro[: pointer.start()] if pointer else intro
    named = list(people.with_party(signed, local))
    codes = [one.party for one in named if one.party] or _parties_of(signed)
    persons = tuple(dict.fromkeys(one.name for one in named))
    return Statement(kind, persons, tuple(dict.fromkeys(codes)), text, pointer["whose"] if pointer else None)


def _parties_of(text: str) -> list[str]:
    """Parties named without people: `Reservation från (S) och Vänsterpartiet`, `m- och kd-grupperna`."""
    names = "|".join(re.escape(name) for p in parties() for name in (p.name, *p.aliases) if len(name) > 4)
    group = r"\b([^\W\d_]{1,3})-(?=,|\soch\s|grupp|ledam)"
    words = re.findall(rf"\(([^\W\d_]{{1,8}})\)|\b({names})\b|{group}", text, re.IGNORECASE)
    return [code for code in (party_code(next(filter(None, found))) for found in words) if code]


def _text_end(doc: Doc, position: int, start: int) -> int:
    end = start
    for block in blocks(doc)[position:]:
        if block.start >= start and (block.kind == "heading" or _kind(text_of(doc, block))):
            break
        end = max(end, block.end)
    return end


def _kind(text: str) -> str | None:
    said = re.sub(r"^\W+", "", text)  # a speck of the scan may stand before the first word
    return next((name for name, signs in _signs().items() if signs.search(said)), None)


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(e["signs"]), re.IGNORECASE) for name, e in table("statements").items()}
