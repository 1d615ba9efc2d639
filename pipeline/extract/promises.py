"""Promises: what the one who answers undertakes, graded from a commitment to an aim, with when it is due.

A sentence undertakes something by its verb (`kommer att`, `avser att`, `ska`), by a task given, or by telling what will
be done at a time after the document's own. Who does it decides the rest: what another authority or a company is to do
is its own duty, and what the future brings by itself is foretold, not promised.
"""

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span

from corpus import dates
from corpus.dates import When
from corpus.values import Grade, Mention, Promise
from corpus.vocabulary import pattern, table
from pipeline.extract.document import blocks, covered, found, kind_of, note, overlaps, sentences, text_of
from pipeline.extract.times import own_date
from pipeline.layout import Block

METHOD = "promises@2"
GRADES: tuple[Grade, ...] = ("commitment", "ongoing", "aim", "other's duty")
_DUE = re.compile(r"(?:senast|före|inför|under|till|från och med|i)\s(?:den\s|i\s)?$", re.IGNORECASE)
_TO = re.compile(
    r"\b(?:gett|givit|ger (?:jag|vi)|gav (?:jag|vi)) (?:(?:nu|också|även|därför|redan) )?"
    r"(?P<to>\S+(?: [^\s,;:.]+){0,5}?) (?:i )?uppdrag\b",
    re.IGNORECASE,
)
_DONE = re.compile(r"\bhar (?:jag|vi)\b|\b(?:jag|vi) har\b", re.IGNORECASE)
NEAR = 90  # letters before or after the verb in which its subject stands


@Language.component(
    "aktspar_promises", requires=["doc._.reading", "doc.sents"], assigns=["doc._.findings", "doc.spans"]
)
def note_promises(doc: Doc) -> Doc:
    """Note the promises of a document that answers."""
    if kind_of(doc) not in table("promises")["answering"]:
        return doc
    by = next((mention.name for mention in found(doc, Mention) if mention.part == "author"), None)
    today, kind = own_date(doc), kind_of(doc)
    told = covered(doc, "decision", "demand")
    led: Grade | None = None
    for block, sentence in _own_sentences(doc):
        if overlaps(told, sentence):
            continue  # what has been decided is told as that
        text = " ".join(sentence.text.split())
        led = _led(text) or (led if block.kind == "item" else None)
        grade = led if led and block.kind == "item" else _grade(text, today, kind)
        if grade and block.kind != "heading":
            to = _TO.search(text)
            promise = Promise(text, by, grade, _due(text, today), to["to"] if to else None)
            note(doc, promise, sentence.start_char, sentence.end_char, METHOD, 0.8 - 0.1 * GRADES.index(grade))
    return doc


def _led(text: str) -> Grade | None:
    """Return the grade of a list that a line leads in: `Förvaltningen kommer att:`."""
    verb = pattern("promises", "will").search(text) if text.endswith(("att", "att:")) else None
    return _by_actor(text, verb, unnamed="commitment") if verb else None


def _own_sentences(doc: Doc) -> Iterator[tuple[Block, Span]]:
    """Yield the sentences where the answerer speaks: all of a reply, only their own section of a PM."""
    speaking = kind_of(doc) != "pm"
    for block in blocks(doc):
        text = text_of(doc, block)
        if kind_of(doc) == "pm" and (block.kind == "heading" or (len(text) < 60 and text[-1:] not in ".!?")):
            speaking = bool(pattern("promises", "own_sections").search(text))
        elif speaking and block.kind in {"paragraph", "item", "heading"}:
            yield from ((block, sentence) for sentence in sentences(doc, block))


def _grade(text: str, today: When | None, kind: str) -> Grade | None:
    if text[-1:] not in '.!”"' or pattern("promises", "not_promises").search(text):
        return None
    if pattern("promises", "commitment").search(text):
        return "commitment"
    if grade := _undertaken(text, today, kind):
        return grade
    weaker: tuple[Grade, ...] = ("ongoing", "aim")
    return next((grade for grade in weaker if pattern("promises", grade).search(text)), None)


def _undertaken(text: str, today: When | None, kind: str) -> Grade | None:
    """Grade what a verb of undertaking or a time to come says is to be done, by who is to do it."""
    if pattern("promises", "foretold").search(text):
        return None
    if verb := pattern("promises", "will").search(text):
        return _by_actor(text, verb, unnamed="commitment")
    ahead = _is_ahead(text, today)
    timed = ahead or _due(text, today) is not None
    if (verb := pattern("promises", "shall").search(text)) and (timed or kind in table("promises")["plans"]):
        return _by_actor(text, verb, unnamed="commitment")
    if ahead and (verb := pattern("promises", "acts").search(text)):
        return _by_actor(text, verb, unnamed="commitment")
    return None


def _by_actor(text: str, verb: re.Match[str], *, unnamed: Grade | None) -> Grade | None:
    """Return the grade by who stands within the verb (`kommer staden att`), nearest before it, or right after."""
    before, after = text[max(0, verb.start() - NEAR) : verb.start()], text[verb.end() : verb.end() + NEAR // 3]
    for part, last in ((verb[0], True), (before, True), (after, False)):
        own = [m.start() for m in pattern("promises", "own").finditer(part)]
        others = [m.start() for m in pattern("promises", "others").finditer(part)]
        if own or others:
            nearest = max if last else min
            return "other's duty" if others and nearest(own + others) in others else "commitment"
    return unnamed


def _is_ahead(text: str, today: When | None) -> bool:
    """Tell whether a sentence gives a time after the document's own."""
    if pattern("promises", "soon").search(text):
        return True
    return today is not None and any(match.when.order > today.order for match in dates.find(text, today))


def _due(text: str, today: When | None) -> When | None:
    """Return the time after `senast`, `före` and the like; what has been done already is not due, a task given is."""
    task = _TO.search(text)
    if _DONE.search(text) and not task:
        return None
    begin = task.end() if task else 0
    given = (match for match in dates.find(text, today) if match.start >= begin and _DUE.search(text[: match.start]))
    return next((match.when for match in given if today is None or _end(match.when) >= today.order), None)


def _end(when: When) -> tuple[int, int, int]:
    """Return the last day of a span of time, in the form of `When.order`: `2025` is not past in March that year."""
    year, month, day = when.order
    return (when.until or year, month if when.season else when.month or 12, day or 31)
