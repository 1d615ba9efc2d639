"""From restored pages to findings: a spaCy pipeline of our own components, each one file.

A component is a registered spaCy component that reads the document's layout and what was found before it, and notes
what it finds with the words it was read from. Adding a kind of finding is one more file and a name in `COMPONENTS` (and
in pyproject.toml, for those who load the pipeline from disk).

The pipeline is also one for spaCy users: after `doc = pipeline()("plain text")` what was found stands in `doc.spans`
(`doc.spans["question"]`), each span with its value in `span._.value`. The Doc is one of the reading text: lines joined,
page furniture left out.
"""

from functools import cache

from spacy import blank
from spacy.language import Language

from corpus.records import Finding, Record
from pipeline import layout
from pipeline.extract import (  # noqa: F401 – importing registers them
    completeness,
    decisions,
    demands,
    document,
    events,
    keys,
    kind,
    numbers,
    people,
    personal_numbers,
    promises,
    questions,
    references,
    sections,
    sentences,
    statements,
    tables,
    times,
    title,
    votes,
)

COMPONENTS = (
    "aktspar_layout",
    "aktspar_sentences",
    "aktspar_kind",
    "aktspar_body",
    "aktspar_numbers",
    "aktspar_keys",
    "aktspar_personal_numbers",
    "aktspar_dates",
    "aktspar_title",
    "aktspar_people",
    "aktspar_questions",
    "aktspar_demands",
    "aktspar_statements",
    "aktspar_decisions",
    "aktspar_promises",
    "aktspar_votes",
    "aktspar_tables",
    "aktspar_sections",
    "aktspar_references",
    "aktspar_events",
    "aktspar_completeness",
)

MAX_LETTERS = 10**8  # spaCy's own limit is for models, which need memory for each letter


@cache
def pipeline() -> Language:
    """Return the spaCy pipeline; made once, as a blank Swedish one with our components."""
    nlp = blank("sv")
    nlp.max_length = MAX_LETTERS
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
