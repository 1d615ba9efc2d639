"""Events: every dated happening a sentence tells, with what happened, when, and whether it is about a plan."""

import re
from collections.abc import Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from corpus import dates
from corpus.dates import When
from corpus.values import Event
from corpus.vocabulary import table
from pipeline.extract.document import blocks, note, sentences
from pipeline.extract.times import own_date

METHOD = "events@1"
_PLAN = re.compile(r"\b\w*(?:handlingsplan|åtgärdsplan|handlingsprogram|verksamhetsplan)\w*", re.IGNORECASE)


@Language.component("aktspar_events")
def note_events(doc: Doc) -> Doc:
    """Note one event for each time a sentence gives, where it says that something happened or holds."""
    today = own_date(doc)
    for block in blocks(doc):
        if block.kind == "row":
            continue
        for sentence in sentences(doc, block):
            for when in _times(sentence, today):
                _note(doc, sentence, when)
    return doc


def _times(sentence: Span, today: When | None) -> Iterator[When]:
    """The times a sentence gives, each once; a year that only tells which budget or law is meant counts as well."""
    seen: set[str] = set()
    for match in dates.find(sentence.text, today):
        if match.when.iso not in seen:
            seen.add(match.when.iso)
            yield match.when


def _note(doc: Doc, sentence: Span, when: When) -> None:
    text = " ".join(sentence.text.split())
    action = _action(text)
    about_plan = bool(_PLAN.search(text))
    if action is None and not (about_plan and when.precision == "period"):
        return
    event = Event(text, action or "valid", when, about_plan)
    note(doc, event, sentence.start_char, sentence.end_char, METHOD, 0.8 if about_plan else 0.6)


def _action(text: str) -> str | None:
    return next((action for action, signs in _signs().items() if signs.search(text)), None)


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    actions = {action: entry["signs"] for action, entry in table("events").items() if entry["signs"]}
    return {action: re.compile("|".join(signs), re.IGNORECASE) for action, signs in actions.items()}
