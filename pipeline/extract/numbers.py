"""Case numbers: those the document carries as its own, in its head; the others are references to other matters."""

from spacy.language import Language
from spacy.tokens import Doc

from corpus import case_numbers
from corpus.values import OwnNumber, Reference
from pipeline.extract.document import blocks, kind_of, note, text_of
from pipeline.layout import Block

METHOD = "numbers@1"
HEAD_BLOCKS = 14
HEAD_LINE = 130  # a number in a longer block of the head is running text


@Language.component("aktspar_numbers", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
def note_numbers(doc: Doc) -> Doc:
    """Note every case number, as the document's own or as a reference."""
    for position, block in enumerate(blocks(doc)):
        for match in case_numbers.find(text_of(doc, block)):
            start, end = block.start + match.start, block.start + match.end
            if _is_own(doc, position, block, match.start):
                note(doc, OwnNumber(match.number), start, end, METHOD, 0.95)
            else:
                note(doc, Reference(str(match.number), "matter", None), start, end, METHOD, 0.9)
    return doc


def _is_own(doc: Doc, position: int, block: Block, at: int) -> bool:
    text = text_of(doc, block)
    if len(text) > HEAD_LINE or (position >= HEAD_BLOCKS and kind_of(doc) != "protokoll"):
        return False  # minutes carry a number under each of their paragraphs
    return "tidigare" not in text[:at].lower()
