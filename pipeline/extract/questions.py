"""Questions put for an answer: listed under a lead-in, numbered, or used as headings over their own answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from corpus.values import Question
from corpus.vocabulary import pattern, table
from pipeline.extract.document import blocks, kind_of, note, reading, sentences, text_of
from pipeline.layout import Block

METHOD = "questions@2"
Span = tuple[int, int]


@Language.component(
    "aktspar_questions", requires=["doc._.reading", "doc.sents"], assigns=["doc._.findings", "doc.spans"]
)
def note_questions(doc: Doc) -> Doc:
    """Note the questions of a document that asks, and those that head their answers in one that replies."""
    kinds = table("questions")
    if kind_of(doc) in kinds["answering"]:
        for block in _heading_answers(doc):
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


def _heading_answers(doc: Doc) -> Iterator[Block]:
    """Yield the questions that stand over their answers: as headings, or numbered with running text below each."""
    held = blocks(doc)
    heads = False  # whether the block before is a question that heads an answer: two may stand over one
    for i, block in enumerate(held):
        text, below = text_of(doc, block), held[i + 1].kind if i + 1 < len(held) else "item"
        alone = (heads and ". " not in text) or block.kind == "heading" or (block.marker and below == "paragraph")
        if heads := bool(text.endswith("?") and alone):
            yield block


def _listed(doc: Doc) -> Iterator[Block]:
    """Yield the blocks that hold questions: those labelled so, what follows a lead-in, else a list of questions."""
    held = blocks(doc)
    if labelled := list(_labelled(doc)):
        yield from labelled
        return
    leads = (i for i, block in enumerate(held) if _leads_in(doc, block, held[i + 1 : i + 2]))
    led = next(filter(None, (list(_run_of_questions(doc, held[i:])) for i in leads)), None)
    yield from led or _list_of_questions(doc, held)


def _list_of_questions(doc: Doc, held: Sequence[Block]) -> Iterator[Block]:
    """Questions that nothing leads in: points of a list, else paragraphs that end so, one after the other."""
    asks = [text_of(doc, block).endswith("?") for block in held]
    if points := [block for block in held if block.kind == "item" and "?" in text_of(doc, block)]:
        yield from points
        return
    for i, block in enumerate(held):
        if asks[i] and (asks[i - 1 : i] == [True] or asks[i + 1 : i + 2] == [True]):
            yield block


def _labelled(doc: Doc) -> Iterator[Block]:
    """Yield what is labelled a question, `Fråga 1:`, without its label; the label may stand on a line of its own."""
    for block, below in pairwise((*blocks(doc), None)):
        label = pattern("questions", "labels").match(text_of(doc, block)) if block else None
        if block and label:
            start = block.start + label.end()
            start += len(reading(doc).text[start : block.end]) - len(reading(doc).text[start : block.end].lstrip())
            if start < block.end:
                yield replace(block, start=start, marker=label[0])
            elif below and "?" in text_of(doc, below):
                yield replace(below, marker=label[0])


def _leads_in(doc: Doc, block: Block, following: Sequence[Block]) -> bool:
    text = text_of(doc, block)
    if pattern("questions", "lead_ins").search(text):
        return True
    return text.endswith(":") and " " in text and any(text_of(doc, after).endswith("?") for after in following)


def _run_of_questions(doc: Doc, held: Sequence[Block]) -> Iterator[Block]:
    """The lead-in itself may end in the questions; after it come blocks with a question mark, until one has none.

    After a list what only holds one on the way is other text: an answer has its rhetoric too.
    """
    if "?" in text_of(doc, held[0]):
        yield held[0]
    listed = False
    for block in held[1:]:
        text = text_of(doc, block)
        if text.endswith("?") or ("?" in text and (block.kind == "item" or not listed)):
            yield block
            listed = listed or block.kind == "item"
        elif block.kind != "heading":
            return


def _note(doc: Doc, block: Block, *, answered_below: bool) -> None:
    """Note each question of a block; under one number two sentences are one question."""
    if block.marker:
        last = reading(doc).text[block.start : block.end].rindex("?") + 1
        _note_span(doc, block.start, block.start + last, _number(block), answered_below)
        return
    asked: list[Span] = []
    for sentence in sentences(doc, block):
        if not sentence.text.rstrip().endswith("?"):
            continue
        start = sentence.start_char + _lead_in_letters(sentence.text)
        if asked and pattern("questions", "follow_ups").match(reading(doc).text, start):
            asked[-1] = (asked[-1][0], sentence.end_char)
        else:
            asked.append((start, sentence.end_char))
    for start, end in asked:
        _note_span(doc, start, end, None, answered_below)


def _number(block: Block) -> int | None:
    number = re.search(r"\d+", block.marker)
    return int(number[0]) if number else None


def _lead_in_letters(text: str) -> int:
    """How much of a sentence only leads in its question: `… ställa följande frågor: Hur många …?`."""
    before, colon, after = text.partition(":")
    known = any(pattern("questions", key).search(before + colon) for key in ("lead_ins", "labels"))
    if not colon or not known:
        return 0
    return len(before) + 1 + len(after) - len(after.lstrip())


def _note_span(doc: Doc, start: int, end: int, number: int | None, answered_below: bool) -> None:  # noqa: FBT001
    text = " ".join(reading(doc).text[start:end].split())
    note(doc, Question(text, number, answered_below), start, end, METHOD, 0.9)
