"""Keys of a matter that are no case numbers, and case numbers that lack a part: told, never taken for numbers."""

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from corpus import case_numbers, keys
from corpus.values import IncompleteNumber
from pipeline.extract.document import blocks, kind_of, note, reading, text_of
from pipeline.layout import Block

METHOD = "keys@1"
HEAD_BLOCKS = 14
HEAD_LINE = 200  # a number alone in a longer block of the head is running text
SURE, BARE = 0.9, 0.6
LOOK_ON = 30  # letters into the next block, where the rest of a number may stand


@Language.component("aktspar_keys", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
def note_keys(doc: Doc) -> Doc:
    """Note every key, and every incomplete case number."""
    held = blocks(doc)
    head = "\n".join(text_of(doc, block) for block in held[:HEAD_BLOCKS])
    alone = keys.kind_of_head(head, kind_of(doc))
    found: list[keys.Match] = []
    for position, block in enumerate(held):
        text = reading(doc).text[block.start : block.end]
        in_head = position < HEAD_BLOCKS and len(text) < HEAD_LINE
        found.extend(
            replace(match, start=block.start + match.start, end=block.start + match.end)
            for match in keys.find(text, heading=_is_heading(block, text), alone=alone if in_head else "")
        )
        _note_incomplete(doc, block, text)
    for match in keys.with_rotel(found):
        sure = SURE if not match.bare or kind_of(doc) == "protokoll" else BARE
        note(doc, match.key, match.start, match.end, METHOD, sure)
    return doc


def _is_heading(block: Block, text: str) -> bool:
    """Tell whether a block says what something is about, set as a heading or not, or as a line of a list."""
    return block.kind in {"heading", "row"} or (len(text) < HEAD_LINE and not text.rstrip().endswith((".", "?", "!")))


def _note_incomplete(doc: Doc, block: Block, text: str) -> None:
    for match in case_numbers.find_incomplete(text):
        start, end = block.start + match.start, block.start + match.end
        going_on = next(case_numbers.find(reading(doc).text[start : end + LOOK_ON]), None)
        if going_on is None or going_on.start >= match.end - match.start:
            note(doc, IncompleteNumber(match.text), start, end, METHOD, SURE)
