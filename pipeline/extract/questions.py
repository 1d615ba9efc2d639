"""Questions put for an answer: listed under a lead-in, numbered, or used as headings over their own answers."""

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from corpus.values import Question
from corpus.vocabulary import pattern, table
from pipeline.extract.document import blocks, kind_of, note, reading, sentences, text_of
from pipeline.extract.layout import Block

METHOD = "questions@1"


@Language.component("aktspar_questions")
def note_questions(doc: Doc) -> Doc:
    """Note the questions of a document that asks, and those that head their answers in one that replies."""
    kinds = table("questions")
    if kind_of(doc) in kinds["answering"]:
        for block in blocks(doc):
            if block.kind == "heading" and text_of(doc, block).endswith("?"):
                _note(doc, block, answered_below=True)
    elif kind_of(doc) in kinds["asking"]:
        for block in _listed(doc):
            _note(doc, block, answered_below=False)
    elif kind_of(doc) in kinds["telling"]:
        held = blocks(doc)
        for i, block in enumerate(held):
            if pattern("questions", "lead_ins").search(text_of(doc, block)):
                for question in _run_of_questions(doc, held[i:]):
                    _note(doc, question, answered_below=False)
    return doc


def _listed(doc: Doc) -> Iterator[Block]:
    """Yield the blocks that hold questions: what follows a lead-in, else a list of questions at the end."""
    held = blocks(doc)
    lead = next((i for i, block in enumerate(held) if _leads_in(doc, block, held[i + 1 : i + 2])), None)
    if lead is not None:
        yield from _run_of_questions(doc, held[lead:])
        return
    yield from (block for block in held if block.kind == "item" and "?" in text_of(doc, block))


def _leads_in(doc: Doc, block: Block, following: Sequence[Block]) -> bool:
    text = text_of(doc, block)
    if pattern("questions", "lead_ins").search(text):
        return True
    return text.endswith(":") and any(text_of(doc, after).endswith("?") for after in following)


def _run_of_questions(doc: Doc, held: Sequence[Block]) -> Iterator[Block]:
    """The lead-in itself may end in the questions; after it come blocks with a question mark, until one has none."""
    if "?" in text_of(doc, held[0]):
        yield held[0]
    for block in held[1:]:
        if "?" in text_of(doc, block):
            yield block
        elif block.kind != "heading":
            return


def _note(doc: Doc, block: Block, *, answered_below: bool) -> None:
    """Note each question of a block; under one number two sentences are one question."""
    number = re.match(r"\d+", block.marker)
    if block.marker:
        last = text_of(doc, block).rindex("?") + 1
        _note_span(doc, block.start, block.start + last, int(number[0]) if number else None, answered_below)
        return
    for sentence in sentences(doc, block):
        if sentence.text.rstrip().endswith("?"):
            start = sentence.start_char + _lead_in_letters(sentence.text)
            _note_span(doc, start, sentence.end_char, None, answered_below)


def _lead_in_letters(text: str) -> int:
    """How much of a sentence only leads in its question: `… ställa följande frågor: Hur många …?`."""
    before, colon, after = text.partition(":")
    if not colon or not pattern("questions", "lead_ins").search(before + colon):
        return 0
    return len(before) + 1 + len(after) - len(after.lstrip())


def _note_span(doc: Doc, start: int, end: int, number: int | None, answered_below: bool) -> None:  # noqa: FBT001
    text = " ".join(reading(doc).text[start:end].split())
    note(doc, Question(text, number, answered_below), start, end, METHOD, 0.9)
