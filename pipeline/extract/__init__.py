"""From restored pages to findings: a spaCy pipeline of our own components, each one file.

A component is a registered spaCy component that reads the document's layout and what was found before it, and notes
what it finds with the words it was read from. Adding a kind of finding is one more file and a name in `COMPONENTS`.
"""

from functools import cache

from spacy import blank
from spacy.language import Language

from corpus.records import Finding, Record
from pipeline.extract import (  # noqa: F401 – importing registers them
    decisions,
    demands,
    document,
    events,
    kind,
    layout,
    numbers,
    people,
    promises,
    questions,
    references,
    sentences,
    statements,
    times,
)

COMPONENTS = (
    "aktspar_sentences",
    "aktspar_kind",
    "aktspar_title",
    "aktspar_body",
    "aktspar_numbers",
    "aktspar_dates",
    "aktspar_people",
    "aktspar_questions",
    "aktspar_demands",
    "aktspar_promises",
    "aktspar_decisions",
    "aktspar_statements",
    "aktspar_references",
    "aktspar_events",
)


@cache
def pipeline() -> Language:
    """Return the spaCy pipeline; made once, as a blank Swedish one with our components."""
    nlp = blank("sv")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp


def extract(record: Record) -> tuple[Finding, ...]:
    """Return what the restored pages of a record say."""
    if not any(page.text.strip() for page in record.pages):
        return ()
    nlp = pipeline()
    doc = nlp(document.make(nlp, layout.read(record.pages)))
    return document.findings(doc)
