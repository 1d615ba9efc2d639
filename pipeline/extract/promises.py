"""Promises: what the one who answers undertakes, graded from a commitment to an aim, with when it is due."""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from corpus import dates
from corpus.dates import When
from corpus.values import Grade, Mention, Promise
from corpus.vocabulary import pattern, table
from pipeline.extract.document import blocks, found, kind_of, note, sentences, text_of
from pipeline.extract.times import own_date

METHOD = "promises@1"
GRADES: tuple[Grade, ...] = ("commitment", "ongoing", "aim")


@Language.component("aktspar_promises")
def note_promises(doc: Doc) -> Doc:
    """Note the promises of a document that answers."""
    if kind_of(doc) not in table("promises")["answering"]:
        return doc
    by = next((mention.name for mention in found(doc, Mention) if mention.part == "author"), None)
    for sentence in _own_sentences(doc):
        if grade := _grade(sentence.text):
            promise = Promise(" ".join(sentence.text.split()), by, grade, _due(sentence, own_date(doc)))
            confidence = 0.8 - 0.1 * GRADES.index(grade)
            note(doc, promise, sentence.start_char, sentence.end_char, METHOD, confidence)
    return doc


def _own_sentences(doc: Doc) -> Iterator[Span]:
    """Yield the sentences where the answerer speaks: all of a reply, only their own section of a PM."""
    speaking = kind_of(doc) != "pm"
    for block in blocks(doc):
        text = text_of(doc, block)
        if kind_of(doc) == "pm" and (block.kind == "heading" or (len(text) < 60 and text[-1:] not in ".!?")):
            speaking = bool(pattern("promises", "own_sections").search(text))
        elif speaking and block.kind == "paragraph":
            yield from sentences(doc, block)


def _grade(text: str) -> Grade | None:
    if text.rstrip().endswith("?") or pattern("promises", "not_promises").search(text):
        return None
    return next((grade for grade in GRADES if pattern("promises", grade).search(text)), None)


def _due(sentence: Span, today: When | None) -> When | None:
    """The time after `senast`, `före` and the like, where one is given; what has been done already is not due."""
    if re.search(r"\bhar (?:jag|vi)\b|\b(?:jag|vi) har\b", sentence.text, re.IGNORECASE):
        return None
    for match in dates.find(sentence.text, today):
        if re.search(r"(?:senast|före|inför|under|till)\s(?:den\s|i\s)?$", sentence.text[: match.start], re.IGNORECASE):
            return match.when
    return None
