"""Events: every dated happening a sentence tells, with what happened, when, and whether it is about a plan.

A sentence may tell several (`antogs den 15 mars 2016 och förlängdes i november 2018`): each time goes with the word of
happening that stands nearest to it. A period in a sentence about a plan is the time the plan holds for. What a question
or its restatement mentions has not been said to happen.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from corpus import dates
from corpus.dates import When
from corpus.values import Event
from corpus.vocabulary import pattern, table
from pipeline.extract.document import blocks, note, reading, sentences, text_of
from pipeline.extract.times import own_date

METHOD = "events@3"
VALID, PLANNED, HAPPENED = "valid", "planned", "happened"
SENTENCE_WORDS = 5
STAMP_LETTERS = 60
LONG_SENTENCE = 35  # words
_CLAUSE = re.compile(
    r"(?<!\bkommer)(?<!\bavser)\s(?:(?:för|genom|om|på|till|utan|av)\s)?(?:att|där)\s|;\s|,\s(?:men|och)\s",
    re.IGNORECASE,
)
Told = tuple[str, tuple[int, int]]  # an action, and where the word that tells it stands


@Language.component("aktspar_events", requires=["doc._.reading", "doc.sents"], assigns=["doc._.findings", "doc.spans"])
def note_events(doc: Doc) -> Doc:
    """Note one event for each time a sentence gives, where it says that something happened or holds."""
    today = own_date(doc)
    for block in blocks(doc):
        if block.kind == "row" or _is_stamp(text_of(doc, block)):
            continue
        times = list(dates.find(reading(doc).text[block.start : block.end], today))
        for sentence in sentences(doc, block):
            if not _asks(sentence.text):
                _note_all(doc, sentence, _within(times, sentence, block.start), today)
    return doc


def _is_stamp(text: str) -> bool:
    """Tell the stamp of the day a paper came in."""
    return len(text) < STAMP_LETTERS and bool(pattern("dates", "received").match(text))


def _within(times: list[dates.Match], sentence: Span, offset: int) -> list[dates.Match]:
    """The times a sentence gives, their places counted from its own beginning."""
    start, end = sentence.start_char - offset, sentence.end_char - offset
    within = (time for time in times if start <= time.start < end)
    return [replace(time, start=time.start - start, end=time.end - start) for time in within]


def _note_all(doc: Doc, sentence: Span, times: list[dates.Match], today: When | None) -> None:
    """Note an event for each different time; the first mention of a time tells what happened then."""
    about_plan = bool(pattern("references", "plan_words").search(sentence.text))
    told = list(_told(sentence.text)) if times else []
    first: dict[str, dates.Match] = {}
    for time in times:
        first.setdefault(time.when.iso, time)
    for match in first.values():
        start, end = _clause(sentence.text, match) if len(first) > 1 else (0, len(sentence.text))
        action = _action(told, match, about_plan=about_plan) or _happened(sentence.text, match)
        if action and today and match.when.order > today.order and action != VALID:
            action = PLANNED  # told before its time: what came of it, this document cannot know
        if action and not _denied(sentence.text, match):
            event = Event(" ".join(sentence.text[start:end].split()), action, match.when, about_plan)
            at = sentence.start_char
            note(doc, event, at + start, at + end, METHOD, 0.8 if about_plan else 0.6)


def _clause(text: str, time: dates.Match) -> tuple[int, int]:
    """Return the clause of a long sentence that a time stands in; a short one is told whole."""
    if len(text.split()) <= LONG_SENTENCE:
        return 0, len(text)
    start = max((mark.end() for mark in _CLAUSE.finditer(text, 0, time.start)), default=0)
    after = _CLAUSE.search(text, time.end)
    return start, after.start() if after else len(text)


def _asks(text: str) -> bool:
    return "?" in text[-6:] or bool(pattern("questions", "restatements").search(text))


def _denied(text: str, time: dates.Match) -> bool:
    """Tell whether the sentence says that it did not happen then: `det skedde inte redan inför 2024`."""
    return bool(re.search(r"\b(?:inte|ej|aldrig)\b[^,;.]{0,30}$", text[: time.start]))


def _action(said: Sequence[Told], time: dates.Match, *, about_plan: bool) -> str | None:
    if about_plan and time.when.precision == "period":
        return VALID
    told = [(_distance(span, time), i, action) for i, (action, span) in enumerate(said)]
    return min(told)[2] if told else None


def _happened(text: str, time: dates.Match) -> str | None:
    """Tell that a whole sentence with a time in it is a happening, whatever its verb; a line without one is none."""
    whole = len(text.split()) >= SENTENCE_WORDS and text.rstrip()[-1:] in '.!”"' and not text.isupper()
    return HAPPENED if whole and time.when.precision != "period" and not _never().search(text[: time.start]) else None


@cache
def _never() -> re.Pattern[str]:
    return re.compile("|".join(table("events")[HAPPENED]["never"]), re.IGNORECASE)


def _told(text: str) -> Iterator[Told]:
    """Yield the words of happening in a sentence, those of the vocabulary's first actions first."""
    for action, signs in _signs().items():
        for match in signs.finditer(text):
            yield action, match.span()


def _distance(span: tuple[int, int], time: dates.Match) -> int:
    """How many characters stand between a word of happening and a time; 0 where one holds the other."""
    return max(0, time.start - span[1], span[0] - time.end)


@cache
def _signs() -> dict[str, re.Pattern[str]]:
    actions = {action: entry["signs"] for action, entry in table("events").items() if entry["signs"]}
    return {action: re.compile("|".join(signs), re.IGNORECASE) for action, signs in actions.items()}
