"""References: the plans, budgets, laws and documents a text names, with the year or period where it gives one."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from corpus import dates
from corpus.dates import When
from corpus.values import Reference, ReferenceKind
from corpus.vocabulary import pattern
from pipeline.extract.document import blocks, note, reading

METHOD = "references@1"
_PATTERNS: dict[str, ReferenceKind] = {"plans": "plan", "budgets": "budget", "laws": "law", "documents": "document"}


@Language.component("aktspar_references", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
def note_references(doc: Doc) -> Doc:
    """Note every reference of a known kind."""
    for block in blocks(doc):
        text = reading(doc).text[block.start : block.end]
        for key, kind in _PATTERNS.items():
            for match in pattern("references", key).finditer(text):
                name = _closed(match[0])
                reference = Reference(" ".join(name.split()), kind, _when(name))
                note(doc, reference, block.start + match.start(), block.start + match.start() + len(name), METHOD, 0.8)
    return doc


def _closed(text: str) -> str:
    """Cut what a greedy match took of the next clause: what follows a period, a trailing conjunction or preposition."""
    period = re.match(r".*?(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d\b", text, re.DOTALL)
    return re.sub(r"(?:\s(?:och|samt|som|för|att|i|av|med|på|till))+$", "", period[0] if period else text.rstrip())


def _when(text: str) -> When | None:
    return next((match.when for match in dates.find(text)), None)
