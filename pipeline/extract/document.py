"""The spaCy document the components work on: the reading text, what has been found in it, and where it stands.

`make` gives a Doc of the reading text with `doc._.reading` (layout) and `doc._.findings`. A component calls `note` for
each thing it finds, with the characters it was read from; the same thing said twice becomes one finding with two
places. Found spans also stand in `doc.spans`, as spaCy users expect, with `span._.value`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span

from corpus.records import Finding
from corpus.values import VALUE_KINDS, Value
from pipeline.extract.layout import Block, Reading

PARAGRAPH_HEADING = 200  # letters
V = TypeVar("V", bound=Value)
_NAMES = {kind: name for name, kind in VALUE_KINDS.items()}

for _name, _default in (("reading", None), ("findings", None)):
    Doc.set_extension(_name, default=_default, force=True)
Span.set_extension("value", default=None, force=True)


def make(nlp: Language, reading: Reading) -> Doc:
    """Return a Doc of the reading text, ready for the components."""
    doc = nlp.make_doc(reading.text)
    doc._.reading = reading
    doc._.findings = {}
    return doc


def note(doc: Doc, value: Value, start: int, end: int, method: str, confidence: float) -> None:
    """Note that characters `start:end` of the reading text say `value`."""
    place = reading(doc).place(start, end)
    text = " ".join(reading(doc).text[start:end].split())
    found: dict[Value, Finding] = doc._.findings
    known = found.get(_same(value))
    if known is None:
        found[_same(value)] = Finding(value, text, (place,), method, confidence)
    elif place not in known.places:
        found[_same(value)] = replace(known, places=(*known.places, place))
    if span := doc.char_span(start, end, label=_NAMES[type(value)], alignment_mode="expand"):
        span._.value = value
        doc.spans.setdefault(span.label_, []).append(span)  # type: ignore[no-untyped-call]  # as spaCy's stub has it


def reading(doc: Doc) -> Reading:
    """Return the layout the document was made from."""
    layout: Reading = doc._.reading
    return layout


def blocks(doc: Doc) -> tuple[Block, ...]:
    """Return the document's blocks in reading order."""
    return reading(doc).blocks


def text_of(doc: Doc, block: Block) -> str:
    """Return the text of a block."""
    return reading(doc).text[block.start : block.end].strip()


def sentences(doc: Doc, block: Block) -> Iterator[Span]:
    """Yield the sentences of a block."""
    if span := doc.char_span(block.start, block.end, alignment_mode="contract"):
        yield from span.sents  # type: ignore[attr-defined]  # spaCy's stub lacks it


def paragraph(doc: Doc, start: int) -> str:
    """Return the heading of the § that a place of the reading text stands under, empty where there is none."""
    above = (text_of(doc, block) for block in reversed(blocks(doc)) if block.start <= start)
    return next((text for text in above if text.startswith("§") and len(text) < PARAGRAPH_HEADING), "")


def found(doc: Doc, kind: type[V]) -> list[V]:
    """Return the values of one kind noted so far."""
    return [value for value in doc._.findings if isinstance(value, kind)]


def kind_of(doc: Doc) -> str:
    """Return the document's kind as noted, `ovrigt` before it is."""
    from corpus.values import Kind

    return next((kind.name for kind in found(doc, Kind)), "ovrigt")


def findings(doc: Doc) -> tuple[Finding, ...]:
    """Return everything noted, in the order it was found."""
    return tuple(doc._.findings.values())


def _same(value: Value) -> Value:
    """Return the value in the form two sayings of it share: case, signs and white space do not matter."""
    text = getattr(value, "text", None)
    if not isinstance(text, str) or not text:
        return value
    folded: Any = {"text": re.sub(r"\W+", " ", text).lower().strip()}
    return replace(value, **folded)
