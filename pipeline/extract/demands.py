"""Demands: att-clauses, numbered proposals and sentences that ask for something, with who asks."""

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from corpus.values import Demand, Mention
from corpus.vocabulary import pattern, table
from pipeline.extract.document import blocks, found, kind_of, note, sentences, text_of
from pipeline.extract.layout import Block

METHOD = "demands@1"
Span = tuple[int, int]


@Language.component("aktspar_demands")
def note_demands(doc: Doc) -> Doc:
    """Note what the document's askers want done."""
    kind, vocabulary = kind_of(doc), table("demands")
    if kind not in vocabulary["demanding"]:
        return doc
    by = _askers(doc)
    spans = list(_att_clauses(doc))
    if kind in vocabulary["numbered"] and not spans:
        spans = list(_numbered(doc))
    if kind not in {"pm", "tjansteutlatande"}:
        spans += [span for span in _prose(doc) if not any(a <= span[0] < b for a, b in spans)]
    for start, end in spans:
        note(doc, Demand(" ".join(doc.text[start:end].split()), by), start, end, METHOD, 0.85)
    return doc


def _askers(doc: Doc) -> tuple[str, ...]:
    """Parties and names of those who ask: the authors, or in a PM those it answers."""
    part = "addressee" if kind_of(doc) in {"pm", "tjansteutlatande"} else "author"
    askers = [mention for mention in found(doc, Mention) if mention.part == part]
    return tuple(dict.fromkeys([m.party for m in askers if m.party] + [m.name for m in askers]))


def _att_clauses(doc: Doc) -> Iterator[Span]:
    """List items under a lead-in, or that begin with "att"."""
    held, led = blocks(doc), False
    for block in held:
        text = text_of(doc, block)
        att = text.lower().startswith("att ")
        if (block.kind == "item" or att) and (att or led) and "?" not in text[-1:]:
            yield block.start, block.end
        elif block.kind != "item":
            led = bool(pattern("demands", "lead_ins").search(text)) and not pattern("demands", "not_demands").search(text)


def _numbered(doc: Doc) -> Iterator[Span]:
    """Numbered points that are no questions put to somebody, each with the paragraphs that go on under it."""
    points = [block for block in blocks(doc) if block.kind == "item" and block.marker[0].isdigit()]
    if _is_list_of_questions(doc, points):
        return
    for block in points:
        yield block.start, block.end


def _is_list_of_questions(doc: Doc, points: Sequence[Block]) -> bool:
    return all(text_of(doc, block).endswith("?") for block in points)


def _prose(doc: Doc) -> Iterator[Span]:
    for block in blocks(doc):
        if block.kind == "heading":
            continue
        for sentence in sentences(doc, block):
            if pattern("demands", "prose").search(sentence.text):
                yield sentence.start_char, sentence.end_char
