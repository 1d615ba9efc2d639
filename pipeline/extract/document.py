"""The spaCy document the components work on: the reading text, what has been found in it, and where it stands.

`make` gives a Doc of the reading text with `doc._.reading` (layout) and `doc._.findings`. A component calls `note` for
each thing it finds, with the characters it was read from; the same thing said twice becomes one finding with two
places. Found spans also stand in `doc.spans`, as spaCy users expect, with `span._.value`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any, TypeVar

from spacy.language import Language
from spacy.tokens import Doc, Span

from corpus.records import Finding, Page, Place
from corpus.values import VALUE_KINDS, Value
from corpus.vocabulary import pattern
from pipeline import layout
from pipeline.layout import PARAGRAPH_HEADING, Block, Reading

V = TypeVar("V", bound=Value)
_NAMES = {kind: name for name, kind in VALUE_KINDS.items()}

BESIDE_NUMBER = 3  # blocks after the number of a § in which its title stands
_PARAGRAPH = re.compile(r"(?:[A-ZÅÄÖ]\w{0,11}\s)?§\s?\d+(?:/\d+)?\.?")

for _name, _default in (("reading", None), ("findings", None), ("values", None), ("paragraphs", None)):
    Doc.set_extension(_name, default=_default, force=True)


def _value(span: Span) -> Value | None:
    values: dict[tuple[str, int, int], Value] = span.doc._.values or {}
    return values.get((span.label_, span.start, span.end))


# Not left to spaCy, which knows a span by its place alone: one stretch of text may say several things.
Span.set_extension("value", getter=_value, force=True)


@dataclass(frozen=True, slots=True)
class _Noted:
    """A finding as first noted, and every place it stands, in order."""

    finding: Finding
    places: dict[Place, None]


def make(nlp: Language, reading: Reading) -> Doc:
    """Return a Doc of the reading text, ready for the components."""
    doc = nlp.make_doc(reading.text)
    doc._.reading = reading
    doc._.findings, doc._.values = {}, {}
    return doc


@Language.factory("aktspar_layout", assigns=["doc._.reading", "doc._.findings"])
def layout_reader(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the first component: a Doc of plain text gives way to one of its reading text, form feeds part pages."""
    del name

    def read(doc: Doc) -> Doc:
        if doc._.reading is not None:
            return doc
        pages = [Page(i, text, text, "plain", 1.0, ()) for i, text in enumerate(doc.text.split("\f"), start=1)]
        made = make(nlp, layout.read(pages))
        made.user_data.update({key: value for key, value in doc.user_data.items() if key not in made.user_data})
        made._context = doc._context  # noqa: SLF001 – what nlp.pipe(…, as_tuples=True) carries along
        return made

    return read


def note(
    doc: Doc, value: Value, start: int, end: int, method: str, confidence: float, *, text: str | None = None
) -> None:
    """Note that characters `start:end` of the reading text say `value`; `text` where it is not to be kept verbatim."""
    place = reading(doc).place(start, end)
    text = " ".join(reading(doc).text[start:end].split()) if text is None else text
    found: dict[Value, _Noted] = doc._.findings
    finding = Finding(value, text, (place,), method, confidence)
    found.setdefault(_same(value), _Noted(finding, {})).places[place] = None
    if span := doc.char_span(start, end, label=_NAMES[type(value)], alignment_mode="expand"):
        doc._.values[span.label_, span.start, span.end] = value
        doc.spans.setdefault(span.label_, []).append(span)  # type: ignore[no-untyped-call]  # as spaCy's stub has it


def reading(doc: Doc) -> Reading:
    """Return the layout the document was made from."""
    held: Reading = doc._.reading
    return held


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


def covered(doc: Doc, *kinds: str) -> list[tuple[int, int]]:
    """Return the characters that findings of these kinds cover, by the names they are stored under: (start, end)."""
    spans = sorted((span.start_char, span.end_char) for kind in kinds for span in doc.spans.get(kind, ()))
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def overlaps(stretches: list[tuple[int, int]], sentence: Span) -> bool:
    """Tell whether a sentence shares characters with one of the stretches that `covered` gives."""
    before = bisect_left(stretches, sentence.end_char, key=lambda one: one[0])
    return before > 0 and stretches[before - 1][1] > sentence.start_char


def paragraph(doc: Doc, start: int) -> str:
    """Return the heading of the § that a place of the reading text stands under, empty where there is none."""
    held = paragraph_headings(doc)
    above = bisect_right(held, start, key=lambda heading: heading[0])
    return held[above - 1][1] if above else ""


def paragraph_headings(doc: Doc) -> list[tuple[int, str]]:
    """Return the headings of the §§ with where each begins, in order."""
    if doc._.paragraphs is None:
        headings = ((block.start, _paragraph_heading(doc, i)) for i, block in enumerate(blocks(doc)))
        doc._.paragraphs = [one for one in headings if one[1]]
    held: list[tuple[int, str]] = doc._.paragraphs
    return held


def _paragraph_heading(doc: Doc, i: int) -> str:
    """Return what block `i` says as the heading of a §, with the title below a number that stands alone."""
    block, text = blocks(doc)[i], text_of(doc, blocks(doc)[i])
    if len(text) >= PARAGRAPH_HEADING or not _PARAGRAPH.match(text) or (text[0] != "§" and block.kind != "heading"):
        return ""
    if not _PARAGRAPH.fullmatch(text):
        return text
    below = takewhile(lambda one: one.kind == "heading", blocks(doc)[i + 1 : i + 1 + BESIDE_NUMBER])
    titles = (line for line in (text_of(doc, one) for one in below) if not pattern("titles", "not_titles").match(line))
    title = next(titles, "")  # a case number may stand between
    is_other = pattern("sections", "known").fullmatch(title) or _PARAGRAPH.match(title)
    return f"{text} {title}" if title and not is_other else text


def found(doc: Doc, kind: type[V]) -> list[V]:
    """Return the values of one kind noted so far."""
    return [value for value in doc._.findings if isinstance(value, kind)]


def kind_of(doc: Doc) -> str:
    """Return the document's kind as noted, `ovrigt` before it is."""
    from corpus.values import Kind

    return next((kind.name for kind in found(doc, Kind)), "ovrigt")


def findings(doc: Doc) -> tuple[Finding, ...]:
    """Return everything noted, in the order it was found."""
    return tuple(replace(noted.finding, places=tuple(noted.places)) for noted in doc._.findings.values())


def _same(value: Value) -> Value:
    """Return the value in the form two sayings of it share: case, signs and white space do not matter."""
    text = getattr(value, "text", None)
    if not isinstance(text, str) or not text:
        return value
    folded: Any = {"text": re.sub(r"\W+", " ", text).lower().strip()}
    return replace(value, **folded)
