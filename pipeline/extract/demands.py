"""Demands: att-clauses, numbered proposals and sentences that ask for something, with who asks.

Who asks is whom the sentence names, else whom the words that lead in its list name, else the document's authors (in an
answer, those it answers). What a body decides or proposes to decide is no demand, though it stands as the same clauses.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from corpus import people
from corpus.values import Demand, Mention
from corpus.vocabulary import pattern, table
from pipeline.extract.document import blocks, found, kind_of, note, paragraph, reading, sentences, text_of
from pipeline.layout import Block

METHOD = "demands@3"
AFTER_VERB = 90  # letters: `I en motion föreslår Sanna O och Gustav L (båda MP) att …`
LIST_POINTS = 60  # no list is longer
LEAD_IN_BLOCKS = 6  # how far above a list its askers may be named
Span = tuple[int, int]
# The att-clauses of a list in running prose: the first after the verb, the others after a comma, "och" or a dash.
_ATT = re.compile(
    r"(?:\b(?:föreslå\w*|föreslagit|föreslog|yrkat|begär\w*|hemställ\w*|krävs?\w*|vill)\b[^,;:.]{0,90}?\s"
    r"|\bbesluta\w*\b[^,;:.]{0,30}?\s|[,;–-]\s(?:(?:och|samt|dels)\s)?|\s(?:och|samt)\s)(?P<att>att)\b",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:yrkar|yrkade|har i|föreslår|föreslog|begär|begärde|skriver|väckte|lämnade)\b|\([^)]{1,9}\):")
_JOINED_BY = re.compile(r"\binstämmande av (?P<names>.{3,200}?)(?:,?\s(?:att|bifall|avslag|återremiss)\b|$)")


@Language.component("aktspar_demands", requires=["doc._.reading", "doc.sents"], assigns=["doc._.findings", "doc.spans"])
def note_demands(doc: Doc) -> Doc:
    """Note what the document's askers want done."""
    kind, vocabulary = kind_of(doc), table("demands")
    if kind not in vocabulary["demanding"]:
        return doc
    askers, local = _authors(doc), people.local_codes(reading(doc).text)
    known = {mention.name: mention.party for mention in found(doc, Mention)}
    spans = list(_att_clauses(doc, told=kind == "tjansteutlatande"))
    if kind in vocabulary["numbered"] and not spans:
        spans = list(_numbered(doc))
    signs = "told" if kind in vocabulary["telling"] else "prose"
    spans += [span for span in _prose(doc, signs) if not _is_within(span, spans)]
    for start, end in spans:
        text = " ".join(reading(doc).text[start:end].split())
        named = next(filter(None, (_named(words, known, local) for words in _before(doc, start))), ())
        note(doc, Demand(text, named or askers, paragraph(doc, start)), start, end, METHOD, 0.85)
    return doc


def _is_within(span: Span, spans: Sequence[Span]) -> bool:
    """Tell whether a place begins in one of those found before, which stand in the order of the text."""
    before = bisect_right(spans, span[0], key=lambda one: one[0])
    return before > 0 and span[0] < spans[before - 1][1]


def _authors(doc: Doc) -> tuple[str, ...]:
    """Parties and names of those who ask: the authors, or in an answer those it answers; nobody in minutes."""
    part = "addressee" if kind_of(doc) in table("demands")["telling"] else "author"
    several = kind_of(doc) in table("demands")["of_several"]
    return _by((m.name, m.party) for m in found(doc, Mention) if m.part == part) if not several else ()


def _by(named: Iterator[tuple[str, str | None]]) -> tuple[str, ...]:
    pairs = list(named)
    return tuple(dict.fromkeys([party for _, party in pairs if party] + [name for name, _ in pairs]))


def _before(doc: Doc, at: int) -> Iterator[str]:
    """Yield where those who ask may be named: the sentence of a place, then what stands above its list."""
    held, first = blocks(doc), reading(doc).block_number(at)
    block = held[first]
    sentence = next((one for one in sentences(doc, block) if one.start_char <= at < one.end_char), None)
    yield sentence.text if sentence else ""
    if sentence and pattern("demands", "goes_on").match(sentence.text):
        yield reading(doc).text[block.start : sentence.start_char]
    if at != block.start or not _is_point(doc, block):
        return
    last = max(0, first - LIST_POINTS)
    while first > last and _is_point(doc, held[first]):
        first -= 1
    for above in reversed(held[max(0, first - LEAD_IN_BLOCKS + 1) : first + 1]):
        yield text_of(doc, above)
        if text_of(doc, above).startswith("§"):
            return


def _is_point(doc: Doc, block: Block) -> bool:
    return block.kind == "item" or text_of(doc, block).lower().startswith("att ")


def _named(text: str, known: Mapping[str, str | None], local: Collection[str]) -> tuple[str, ...]:
    """Those a text names as asking: before its verb, else right after it, with those who join them."""
    verb = _VERB.search(text)
    before, after = (text[: verb.end()], text[verb.end() :]) if verb else (text, "")
    named = _people(before, known, local) or _people(after[:AFTER_VERB], known, local)
    if joined := _JOINED_BY.search(text):
        named += _people(joined["names"], known, local)
    return _by(iter(named))


def _people(text: str, known: Mapping[str, str | None], local: Collection[str]) -> list[tuple[str, str | None]]:
    """The people of a text: those with their party, and those whom the document names elsewhere."""
    printed = {one.name: one.party for one in people.with_party(text, local)}
    others = {name: party for name, party in known.items() if name not in printed and name in text}
    return [*printed.items(), *others.items()]


def _att_clauses(doc: Doc, *, told: bool) -> Iterator[Span]:
    """List items under a lead-in, or that begin with "att" where no body's decision leads them in.

    With `told` only those under words that tell what somebody has asked for.
    """
    led: bool | None = None
    for block in blocks(doc):
        text = text_of(doc, block)
        att = text.lower().startswith("att ") and (block.kind == "item" or ". " not in text)
        point = (led and (att or block.kind == "item")) or (led is None and att and block.kind == "item" and not told)
        if point and not text.endswith("?"):
            yield from _parted(reading(doc).text, block)
        elif not _is_point(doc, block):
            led = _leads_in(text, told=told)


def _parted(text: str, block: Block) -> Iterator[Span]:
    """Yield the clauses of a list item that holds two: `att badet hålls öppet samt att det utvärderas`."""
    start = block.start
    joins = "samt" if block.kind == "item" else "samt|och"  # a paragraph of clauses is running prose
    for join in re.finditer(rf",?\s(?:{joins})\s(?=att\b)", text[block.start : block.end]):
        yield start, block.start + join.start()
        start = block.start + join.end()
    yield start, block.end


def _leads_in(text: str, *, told: bool) -> bool | None:
    """Tell whether a line leads in demands (True), decisions (False) or nothing."""
    if pattern("demands", "not_demands").search(text):
        return False
    if told:
        return bool(pattern("demands", "told_lead_ins").search(text))
    return True if pattern("demands", "lead_ins").search(text) else None


def _numbered(doc: Doc) -> Iterator[Span]:
    """Numbered points that are no questions put to somebody, each with the paragraphs that go on under it."""
    points = [block for block in blocks(doc) if block.kind == "item" and block.marker[0].isdigit()]
    if all(text_of(doc, block).endswith("?") for block in points):
        return
    for block in points:
        yield block.start, block.end


def _prose(doc: Doc, signs: str) -> Iterator[Span]:
    for block in blocks(doc):
        if block.kind == "heading":
            continue
        for sentence in sentences(doc, block):
            text = sentence.text.rstrip()
            if pattern("demands", signs).search(text) and not _only_leads_in(text, told=signs == "told"):
                yield from _clauses(sentence.text, sentence.start_char)


def _only_leads_in(text: str, *, told: bool) -> bool:
    """Tell whether a sentence demands nothing itself: what is asked for stands below it, or is questions."""
    open_ended = text.endswith((":", "beslutar", "besluta")) or (told and text[-1:] not in '.!”"')
    return open_ended or bool(pattern("questions", "lead_ins").search(text))


def _clauses(text: str, at: int) -> Iterator[Span]:
    """Yield each att-clause of a sentence that has several, else the sentence: a yrkande stays whole."""
    starts = [match.start("att") for match in _ATT.finditer(text)]
    if len(starts) < 2 or pattern("demands", "whole").search(text):
        yield at, at + len(text)
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        clause = re.sub(r"(?:[\s,;.–-]|\b(?:och|samt)\b)+$", "", text[start:end])
        yield at + start, at + start + len(clause)
