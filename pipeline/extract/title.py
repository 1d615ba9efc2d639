"""The title of a document: the line of its head that says what it is about; of minutes, whose and of which day."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise, takewhile

from spacy.language import Language
from spacy.tokens import Doc

from corpus import case_numbers
from corpus.people import NAME, has_first_name, with_party
from corpus.swedish import compounds
from corpus.swedish.forms import is_form
from corpus.swedish.lexicon import lexicon
from corpus.values import Body, Title
from corpus.vocabulary import kind_signs, party_code, pattern, table
from pipeline.extract.document import found, kind_of, note, paragraph_headings, text_of
from pipeline.extract.kind import COMMON, TITLE_LETTERS, body_line, head
from pipeline.extract.times import own_date
from pipeline.layout import Block

METHOD = "title@1"
MINUTES = "protokoll"
FULL_TITLE = 3  # words
READABLE = 0.3  # of the letters in the short words of a title stand in Swedish ones
MAY_BE_RUBBISH = 6  # letters of a word that a stamp may be read as
RUNNING = 150  # letters of a paragraph that is no line of the head
PARTY_LINE = 3  # words of a letterhead that begins with a party: `Moderaterna i Lövhamn`
SHORT = 3  # letters; nearly every such string is a word to somebody
_ORNAMENTS = re.compile(r"^[\s|¦~_*•·=^`´<>\\/–—-]+|[\s|¦~_*•·=^`´<>\\/–—-]+$")
_NO_TITLE = re.compile(  # an item of a list, sentences, an address
    r"^\d{1,2}\s?[:.)]\s|(?:[a-zåäö]{3}\.\s[A-ZÅÄÖ].*){2}|\S@\S"
)
_NUMBER = re.compile(r"^(?:\w{1,12}\s)?§\s?\d+(?:/\d+)?[a-z]?\.?\s*")
_IN_BRACKETS = re.compile(r"\s?\([^)]{1,4}\)$")


@Language.component("aktspar_title", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
def note_title(doc: Doc) -> Doc:
    """Note the title, where the document has one."""
    if kind_of(doc) != MINUTES or not _note_minutes(doc):
        _note_line(doc)
    return doc


def _note_minutes(doc: Doc) -> bool:
    """Note what minutes are called: of one § what that treats, of several the body and day; their head is a form."""
    signs = kind_signs(MINUTES)
    lines = [block for block in head(doc) if signs and signs.search(text_of(doc, block))]
    headings = {heading: start for start, heading in reversed(paragraph_headings(doc))}  # where each first stands
    extract = any("utdrag" in text_of(doc, one).lower() for one in lines)
    if not lines or not headings or (not extract and any(_is_title(_bare(doc, one)) for one in lines)):
        return False  # `Protokoll från socialnämndens sammanträde` is a title
    if len(headings) == 1 or extract:
        heading, start = min(headings.items(), key=lambda one: one[1])
        title = _without_numbers(_NUMBER.sub("", heading))
        if title:
            note(doc, Title(title), start, start + len(heading), METHOD, 0.8)
        return bool(title)
    body, day = next((one.name for one in found(doc, Body)), ""), own_date(doc)
    whose = body if re.match(r"\w+s\s", body) else body[:1].lower() + body[1:]  # `Almvikens stadsdelsnämnd`
    words = ["Protokoll", whose, day.iso if day else ""]
    note(doc, Title(" ".join(filter(None, words))), lines[0].start, lines[0].end, METHOD, 0.8)
    return True


def _without_numbers(heading: str) -> str:
    """Return a heading up to the case number that stands beside it."""
    number = next(case_numbers.find(heading), None)
    return (heading[: number.start] if number else heading).strip(" ,;:–-")


def _note_line(doc: Doc) -> None:
    """Note the line that says what the document is about: under its label, over the text, or in the text's beginning.

    A head may say no more than the kind; that is then the title.
    """
    lines = list(head(doc))
    over = list(takewhile(lambda block: not _is_running(doc, block), lines))
    block = _labelled(doc) or _best(doc, over, asks=True) or _says_kind(doc, over) or _best(doc, lines)
    if block:
        note(doc, Title(_bare(doc, block)), block.start, block.end, METHOD, 0.9)


def _is_running(doc: Doc, block: Block) -> bool:
    return block.kind == "paragraph" and len(text_of(doc, block)) > RUNNING


def _labelled(doc: Doc) -> Block | None:
    """Return the field of a form that holds the title."""
    labels = pattern("titles", "labels")
    fields = (below for one, below in pairwise(head(doc)) if labels.fullmatch(text_of(doc, one).rstrip(" :")))
    return next((field for field in fields if _is_title(_bare(doc, field))), None)


def _best(doc: Doc, lines: Sequence[Block], *, asks: bool = False) -> Block | None:
    """Return the first line that is neither letterhead, date, number, name nor only the kind.

    A full one goes first, and before all one that is Swedish: a faded stamp is read as anything. One that `asks` may be
    a title as long as no text stands over it.
    """
    titles = [one for one in lines if one.kind != "item" and _is_title(_bare(doc, one), asks=asks)]
    readable = [one for one in titles if _is_readable(_bare(doc, one))] or titles
    full = (one for one in readable if len(_bare(doc, one).split()) >= FULL_TITLE)
    return next(full, readable[0] if readable else None)


def _says_kind(doc: Doc, lines: Sequence[Block]) -> Block | None:
    """Return the longest line that says what kind of document it is, in more than a word."""
    kinds = [
        one for one in lines if _names_kind(said := _bare(doc, one)) and " " in said and len(said) <= TITLE_LETTERS
    ]
    return max(kinds, key=lambda one: one.end - one.start, default=None)


def _names_kind(text: str) -> bool:
    return any((signs := kind_signs(name)) and signs.search(text) for name in table("kinds"))


def _bare(doc: Doc, block: Block) -> str:
    """A line without what a scan leaves at its ends: strokes, dots, rules."""
    return _ORNAMENTS.sub("", text_of(doc, block))


def _is_readable(text: str) -> bool:
    """Tell whether the short words of a line are Swedish; a long one may be a compound nobody has listed, or a name."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if not word.istitle() or len(word) <= SHORT]
    asked = [word for word in words if len(word) <= MAY_BE_RUBBISH]
    known = sum(len(word) for word in asked if _is_word(word.lower()))
    return known >= READABLE * sum(map(len, asked))


def _is_word(lower: str) -> bool:
    """Tell whether a string is a word; nearly every short string is one to somebody, so that must be a common one."""
    if len(lower) <= SHORT:
        return lexicon().log_probability(lower) > COMMON
    return lower in lexicon() or is_form(lower) or len(compounds.parts(lower)) > 1


def _is_title(text: str, *, asks: bool = False) -> bool:
    ends = ".:!" if asks else ".:?!"
    if not 4 <= len(text) <= TITLE_LETTERS or text[-1] in ends or text[0].islower() or _NO_TITLE.search(text):
        return False
    if pattern("titles", "not_titles").match(text) or pattern("sections", "known").fullmatch(text):
        return False
    if next(case_numbers.find(text), None) and len(text) < 60:
        return False
    name = _IN_BRACKETS.sub("", text)
    shown = name.title() if name.isupper() and has_first_name(name.split()[0].title()) else name
    if all(re.fullmatch(NAME, one) for one in re.split(r";\s|,\s|\soch\s", shown)) or body_line().fullmatch(text):
        return False
    if (text.endswith(")") and re.match(NAME, text) and next(with_party(text), None)) or _attends().match(text):
        return False
    if party_code(text.split(maxsplit=1)[0]) and len(text.split()) <= PARTY_LINE:
        return False
    return not _names_kind(text) or bool(pattern("titles", "says_more").search(text))


@cache
def _attends() -> re.Pattern[str]:
    """A line of those present: `Karin Alm (S), vice ordförande`."""
    staff = "|".join(table("roles")["staff"])
    return re.compile(rf"{NAME}(?:\s\(\w{{1,4}}\))?,\s(?:§|(?:\S+\s){{0,2}}\w*(?:ordförande|{staff})\b)")
