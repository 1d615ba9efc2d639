"""Votes with their numbers: how many were for, against and abstained, as the minutes tell them."""

import re
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from corpus.values import Vote
from corpus.vocabulary import table
from pipeline.extract.document import blocks, note, paragraph, reading

METHOD = "votes@1"
ABSTAINED_WITHIN = 60  # letters after the numbers


@Language.component("aktspar_votes", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
def note_votes(doc: Doc) -> Doc:
    """Note the numbers of each vote, under the § they stand under."""
    for block in blocks(doc):
        text = reading(doc).text[block.start : block.end]
        told = list(_votes().finditer(text))
        for match, reach in zip(told, [*(after.start() for after in told[1:]), len(text)], strict=False):
            start, end = block.start + match.start(), block.start + match.end()
            abstained = _abstained().search(text, match.end(), min(reach, match.end() + ABSTAINED_WITHIN))
            if abstained:
                end = block.start + abstained.end()
            yes, no = (_number(match[f"{side}1"] or match[f"{side}2"] or match[f"{side}3"]) for side in ("yes", "no"))
            vote = Vote(yes, no, _number(abstained[1] or abstained[2]) if abstained else 0, paragraph(doc, start))
            note(doc, vote, start, end, METHOD, 0.9)
    return doc


def _number(text: str) -> int:
    return int(text) if text.isdigit() else int(table("votes")["numbers"][text.lower()])


@cache
def _votes() -> re.Pattern[str]:
    words, one = table("votes"), _one()
    told = rf"\b(?P<yes1>{one})\s{words['yes']}{words['between']}\s(?P<no1>{one})(?:\s{words['no']})?\b"
    named = rf"\b{words['named']}(?P<yes2>{one}){words['between_named']}\s?(?P<no2>{one})\b"
    before = rf"\b{words['yes_before']}\s?(?P<yes3>\d{{1,3}}){words['no_before']}\s?(?P<no3>\d{{1,3}})\b"
    return re.compile(f"{told}|{named}|{before}", re.IGNORECASE)


@cache
def _abstained() -> re.Pattern[str]:
    words = table("votes")
    after = rf"\b({_one()})\s(?:{words['abstained']})"
    return re.compile(rf"{after}|\b{words['abstained_before']}\s?(\d{{1,3}})\b", re.IGNORECASE)


@cache
def _one() -> str:
    return rf"(?:\d{{1,3}}|{'|'.join(table('votes')['numbers'])})"
