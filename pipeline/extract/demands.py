"""Demands: att-clauses, numbered proposals and sentences that ask for something, with who asks."""

import re
from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from corpus import people
from corpus.values import Demand, Mention
from corpus.vocabulary import pattern, table
from pipeline.extract.document import blocks, found, kind_of, note, paragraph, reading, sentences, text_of
from pipeline.extract.layout import Block

METHOD = "demands@2"
AFTER_VERB = 90  # letters: `I en motion föreslår Sanna O och Gustav L (båda MP) att …`
Span = tuple[int, int]
# The att-clauses of a list in running prose: the first after the verb, the others after a comma, "och" or a dash.
_ATT = re.compile(
    r"(?:\b(?:föreslå\w*|föreslagit|föreslog|yrka\w*|begär\w*|hemställ\w*|krävs?\w*|vill|besluta\w*)\b[^,;:.]{0,40}?\s|[,;–-]\s(?:(?:och|samt|dels)\s)?|\s(?:och|samt)\s)(?P<att>att)\b",
    re.IGNORECASE,
)


@Language.component("aktspar_demands")
def note_demands(doc: Doc) -> Doc:
    """Note what the document's askers want done."""
    kind, vocabulary = kind_of(doc), table("demands")
    if kind not in vocabulary["demanding"]:
        return doc
    askers = _askers(doc)
    spans = [] if kind == "tjansteutlatande" else list(_att_clauses(doc))
    if kind in vocabulary["numbered"] and not spans:
        spans = list(_numbered(doc))
    signs = "told" if kind in vocabulary["telling"] else "prose"
    spans += [span for span in _prose(doc, signs) if not any(a <= span[0] < b for a, b in spans)]
    for start, end in spans:
        text = " ".join(reading(doc).text[start:end].split())
        asking = _named(_sentence(doc, start)) or askers
        note(doc, Demand(text, asking, paragraph(doc, start)), start, end, METHOD, 0.85)
    return doc


def _sentence(doc: Doc, at: int) -> str:
    """Return the sentence a place stands in: who asks may be named before the clause."""
    block = next(block for block in blocks(doc) if block.start <= at < block.end)
    return next((one.text for one in sentences(doc, block) if one.start_char <= at < one.end_char), "")


def _askers(doc: Doc) -> tuple[str, ...]:
    """Parties and names of those who ask: the authors, or in a PM those it answers."""
    part = "addressee" if kind_of(doc) == "pm" else "author"
    askers = [mention for mention in found(doc, Mention) if mention.part == part]
    return tuple(dict.fromkeys([m.party for m in askers if m.party] + [m.name for m in askers]))


def _named(text: str) -> tuple[str, ...]:
    """Those a sentence itself names as asking: `Marika Ek (S) yrkar att …`."""
    before, verb, after = re.split(r"(\b(?:yrkar|yrkade|har i|föreslår|begär)\b|$)", text, maxsplit=1)
    named = list(people.with_party(before) if verb else ()) or list(
        people.with_party(after[:AFTER_VERB] if verb else "")
    )
    return tuple(dict.fromkeys([n.party for n in named if n.party] + [n.name for n in named]))


def _att_clauses(doc: Doc) -> Iterator[Span]:
    """List items under a lead-in, or that begin with "att"."""
    led = False
    for block in blocks(doc):
        text = text_of(doc, block)
        att = text.lower().startswith("att ") and (block.kind == "item" or ". " not in text)
        if ((led and (att or block.kind == "item")) or (att and block.kind == "item")) and not text.endswith("?"):
            yield block.start, block.end
        elif block.kind != "item":
            led = bool(pattern("demands", "lead_ins").search(text)) and not pattern("demands", "not_demands").search(
                text
            )


def _numbered(doc: Doc) -> Iterator[Span]:
    """Numbered points that are no questions put to somebody, each with the paragraphs that go on under it."""
    points = [block for block in blocks(doc) if block.kind == "item" and block.marker[0].isdigit()]
    if _is_list_of_questions(doc, points):
        return
    for block in points:
        yield block.start, block.end


def _is_list_of_questions(doc: Doc, points: Sequence[Block]) -> bool:
    return all(text_of(doc, block).endswith("?") for block in points)


def _prose(doc: Doc, signs: str) -> Iterator[Span]:
    for block in blocks(doc):
        if block.kind == "heading":
            continue
        for sentence in sentences(doc, block):
            if pattern("demands", signs).search(sentence.text) and not sentence.text.rstrip().endswith(":"):
                yield from _clauses(sentence.text, sentence.start_char)


def _clauses(text: str, at: int) -> Iterator[Span]:
    """Yield each att-clause of a sentence that has several, else the sentence."""
    starts = [match.start("att") for match in _ATT.finditer(text)]
    if len(starts) < 2:
        yield at, at + len(text)
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        clause = re.sub(r"(?:[\s,;.–-]|\b(?:och|samt)\b)+$", "", text[start:end])
        yield at + start, at + start + len(clause)
