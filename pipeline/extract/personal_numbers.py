"""Personal numbers, noted without their last digits: what is found must not itself become a list of them."""

from spacy.language import Language
from spacy.tokens import Doc

from corpus import personal_numbers
from pipeline.extract.document import note, reading

METHOD = "personal_numbers@1"
SURE, DOUBTFUL = 0.95, 0.4


@Language.component("aktspar_personal_numbers", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
def note_personal_numbers(doc: Doc) -> Doc:
    """Note every personal number."""
    for match in personal_numbers.find(reading(doc).text):
        number = match.number
        note(doc, number, match.start, match.end, METHOD, SURE if number.checked else DOUBTFUL, text=number.masked)
    return doc
