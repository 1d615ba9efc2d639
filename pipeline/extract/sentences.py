"""Where sentences begin: at every block, and after a stop that ends one; not after abbreviations and initials."""

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from corpus.swedish.sentences import split
from pipeline.extract.document import blocks, reading


@Language.component("aktspar_sentences", requires=["doc._.reading"], assigns=["token.is_sent_start", "doc.sents"])
def mark_sentences(doc: Doc) -> Doc:
    """Set `is_sent_start` on every token."""
    starts = {start for block in blocks(doc) for start, _ in split(reading(doc).text, block.start, block.end)}
    starts |= {block.end + 1 for block in blocks(doc)}  # the mark of a list item stands between two blocks
    marks = [1 if token.i == 0 or token.idx in starts else -1 for token in doc]
    doc.from_array(["SENT_START"], np.array(marks, dtype=np.int64).astype(np.uint64))  # type: ignore[arg-type]
    return doc
