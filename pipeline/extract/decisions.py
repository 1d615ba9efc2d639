"""Decisions and proposals to decide, with how they close the matter."""

import re
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from corpus.values import Decision
from corpus.vocabulary import table
from pipeline.extract.document import blocks, covered, kind_of, note, overlaps, paragraph, sentences, text_of

METHOD = "decisions@3"
MINUTES = "protokoll"
HEADING_WORDS = 4


@Language.component(
    "aktspar_decisions", requires=["doc._.reading", "doc.sents"], assigns=["doc._.findings", "doc.spans"]
)
def note_decisions(doc: Doc) -> Doc:
    """Note what was decided or proposed: sentences that say so, and what follows a lead-in."""
    if kind_of(doc) in table("decisions")["asking"]:
        return doc
    demands = covered(doc, "demand")
    # `Motionen avslås. Reservation: Anna Ek (V).`
    beside = {span.start_char for span in doc.spans.get("statement", ())}
    is_minutes = kind_of(doc) == MINUTES
    led: str | None = None
    listed = headed = itemised = False
    for block in blocks(doc):
        headed = headed and block.kind != "heading" and not (listed and block.kind == "paragraph" and itemised)
        itemised = _goes_on(block.kind, text_of(doc, block))
        for sentence in sentences(doc, block):
            text = " ".join(sentence.text.split())
            if sentence.start_char in beside:
                continue
            sign, goes_on = _sign(text, is_minutes=is_minutes), headed or _goes_on(block.kind, text)
            headed = headed or (block.kind == "heading" and sign in {"decided", "proposed"} and _is_heading(text))
            if listed and not goes_on:
                led = None
            asks = _signs("asks").search(text) or overlaps(demands, sentence)
            says = sign or _goes_on(block.kind, text) or not (headed and _signs("reports").search(text))
            told = says and not asks and (block.kind != "heading" or sign)
            if led and sign not in {"proposed", "decided"} and told:
                _note(doc, text, sentence.start_char, sentence.end_char, proposed=led == "proposed")
            elif sign == "labelled":
                start = sentence.start_char + sentence.text.index(":") + 1
                _note(doc, text.partition(":")[2].strip(), start, sentence.end_char, proposed="örslag" in text)
            elif sign in {"sentences", "minuted"} and not asks:
                _note(doc, text, sentence.start_char, sentence.end_char, proposed="föreslår" in text)
            led = sign if sign in {"decided", "proposed"} else led if goes_on else None
            listed = goes_on and led is not None
    return doc


def _is_heading(text: str) -> bool:
    """Tell whether a lead-in is the heading of a section: all its sentences are what was decided.

    Under a body's `förslag` alone there may be other text as well.
    """
    return len(text.split()) <= HEADING_WORDS and not text.rstrip(" :").endswith("förslag")


def _goes_on(kind: str, text: str) -> bool:
    """A list of att-clauses goes on under its lead-in; one sentence of prose ends it."""
    return kind == "item" or text.lower().startswith("att ")


def _note(doc: Doc, text: str, start: int, end: int, *, proposed: bool) -> None:
    note(doc, Decision(text, _outcome(text), proposed, paragraph(doc, start)), start, end, METHOD, 0.8)


def _outcome(text: str) -> str | None:
    return next((name for name, signs in _outcomes().items() if signs.search(text)), None)


def _sign(text: str, *, is_minutes: bool) -> str | None:
    names = ("proposed", "decided", "labelled", "sentences", *(["minuted"] if is_minutes else []))
    return next((name for name in names if _signs(name).search(text)), None)


@cache
def _signs(name: str) -> re.Pattern[str]:
    return re.compile("|".join(table("decisions")["signs"][name]), re.IGNORECASE)


@cache
def _outcomes() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(signs), re.IGNORECASE) for name, signs in table("decisions")["outcomes"].items()}
