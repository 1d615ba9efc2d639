"""Sections: every heading with the text under it, how the headings nest, and who speaks in each.

A heading is a block that layout took for one and that has text under it, one the vocabulary knows, a § or a numbered
one; a sentence like `Föredragande borgarrådet Anna Ek anför följande.` opens a section as well. Levels come from §,
from numbers (`2.1`) and from what the vocabulary says of a heading, since plain text tells nothing of sizes.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from typing import Literal

from spacy.language import Language
from spacy.tokens import Doc

from corpus.people import NAME, bare
from corpus.swedish.skeletons import skeleton
from corpus.values import Mention, Section, Statement
from corpus.vocabulary import party_code, pattern, table
from pipeline.extract.document import blocks, found, note, reading, sentences, text_of
from pipeline.layout import HEADING_LETTERS, PARAGRAPH_HEADING, QUESTION_LETTERS, Block

METHOD = "sections@1"
HEAD_BLOCKS = 12  # a letterhead ends within so many
MOST_PLACES = 50  # of one section: what is printed oftener is furniture
RUNNING_WORDS = 5  # a line of fewer is no text a heading could stand over
LONG_BODY, SAME_WORDS, COMPARED = 30, 0.85, 5  # two readings of one long text share most of their words
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-ZÅÄÖ])")
_PARAGRAPH = re.compile(r"(?:\w{1,12}\s)?§\s?\d+")
_ONLY_NUMBER = re.compile(r"(?:(?:\w{1,12}\s)?§\s?\d+[a-z]?(?:/\d+)?|\d{1,2}(?:\.\d{1,2}){0,3})\.?")
_ATTACHED = re.compile(r"bilaga \d", re.IGNORECASE)
_SENTENCES = re.compile(r"[a-zåäö]\.\s[A-ZÅÄÖ]")
_BEGINS_WITH_NAME = re.compile(rf"{NAME}(?:\s\(\w{{1,4}}\)|,\s|\soch\s[A-ZÅÄÖ])")
Rank = Literal["paragraph", "frame", "numbered", "body", "statement", "part", "plain"]


@dataclass(frozen=True, slots=True)
class _Opening:
    """A heading at `start`, whose body begins at `body`; `holds` says that others may stand under it."""

    heading: str
    start: int
    body: int
    rank: Rank
    speaker: str | None = None
    depth: int = 1
    holds: bool = False
    level: int = 1


@Language.component(
    "aktspar_sections", requires=["doc._.reading", "doc.sents"], assigns=["doc._.findings", "doc.spans"]
)
def note_sections(doc: Doc) -> Doc:
    """Note each section once, with every place it stands."""
    openings = list(_levelled(_with_text(doc, list(_openings(doc)))))
    ends = _ends(openings, len(reading(doc).text))
    above: list[_Opening] = []
    times: Counter[Section] = Counter()
    known: dict[tuple[str, str, str], list[tuple[Section, Counter[str]]]] = {}
    for silent, end in zip(openings, ends, strict=True):
        above = [other for other in above if other.level < silent.level]
        opening = replace(silent, speaker=silent.speaker or _signers(doc, silent, end) or _heard(above))
        section = _section(doc, opening, end, above, known)
        times[section] += 1
        if times[section] <= MOST_PLACES:
            note(doc, section, opening.start, end, METHOD, 0.8, text=section.heading)
        above.append(opening)
    return doc


def _heard(above: Sequence[_Opening]) -> str | None:
    """Return who speaks in the section around."""
    return above[-1].speaker if above else None


def _ends(openings: Sequence[_Opening], last: int) -> list[int]:
    """Return where each section ends: before the next heading of its level or a higher one."""
    ends = [last] * len(openings)
    open_ones: list[int] = []
    for i, opening in enumerate(openings):
        while open_ones and openings[open_ones[-1]].level >= opening.level:
            ends[open_ones.pop()] = opening.start
        open_ones.append(i)
    return ends


# ---- the same section twice ------------------------------------------------------------------------------------------


def _section(
    doc: Doc,
    opening: _Opening,
    end: int,
    above: Sequence[_Opening],
    known: dict[tuple[str, str, str], list[tuple[Section, Counter[str]]]],
) -> Section:
    """Return the section, or the one it repeats: the same heading over the same text, under the same §."""
    words = [skeleton(word) for word in re.findall(r"\w+", reading(doc).text[opening.body : end].lower())]
    within = tuple(other.heading for other in above)
    paragraph = within[0] if above and above[0].rank == "paragraph" else ""
    digest = sha256(" ".join([paragraph, *words]).encode()).hexdigest()[:12]
    section = Section(opening.heading, opening.speaker, opening.level, within, digest)
    folded = skeleton(re.sub(r"\W+", " ", opening.heading).lower().strip())
    exact = known.setdefault((folded, paragraph, digest), [])
    if exact:
        return exact[0][0]
    counted = Counter(words) if len(words) >= LONG_BODY else Counter[str]()
    long_ones = known.setdefault((folded, paragraph, ""), [])
    for other, others in long_ones[-COMPARED:]:
        if counted and 2 * (counted & others).total() >= SAME_WORDS * (counted.total() + others.total()):
            section = other
            break
    else:
        if counted:
            long_ones.append((section, counted))
    exact.append((section, counted))
    return section


# ---- headings --------------------------------------------------------------------------------------------------------


def _openings(doc: Doc) -> Iterator[_Opening]:
    """Yield what may open a section, in order."""
    held = blocks(doc)
    lines = _Lines(doc)
    statements = {span.start_char: span._.value for span in doc.spans.get("statement", ())}
    ends = {span.start_char: span.end_char for span in doc.spans.get("table", ())}
    presenter: str | None = None
    asked = False
    joined, table_end = -1, 0
    for i, block in enumerate(held):
        if i <= joined or block.start < (table_end := max(table_end, ends.get(block.start, 0))):
            continue
        led = _lead_in(doc, block, statements, presenter)
        if led:
            presenter = led.speaker if led.rank == "frame" and led.speaker else presenter
            asked = asked and led.rank != "frame"
            yield led
            continue
        text = text_of(doc, block)
        if _ONLY_NUMBER.fullmatch(text) and (title := _title_of(doc, i, lines)):
            joined, text = title, f"{text} {text_of(doc, held[title])}"
        elif lines.beside(i) and not _PARAGRAPH.match(text):
            continue
        if opening := _heading(doc, i, text, presenter, asked=asked):
            opening = replace(opening, body=held[max(i, joined)].end)
            asked = bool(pattern("sections", "referral").fullmatch(text)) or (asked and opening.rank != "frame")
            yield opening


def _title_of(doc: Doc, i: int, lines: "_Lines") -> int | None:
    """Return the block with the title of a number that stands alone: beside it, or below a §."""
    held = blocks(doc)
    for j in range(i + 1, min(i + 3, len(held))):
        text = text_of(doc, held[j])
        if _not_headings().match(text):
            continue
        below = "§" in text_of(doc, held[i]) and not pattern("sections", "known").fullmatch(text)
        is_title = held[j].kind == "heading" and (below or lines.together(held[i], held[j]))
        return j if is_title else None
    return None


class _Lines:
    """Which blocks stand side by side on a line: letterheads, lists of those present."""

    def __init__(self, doc: Doc) -> None:
        self._reading = reading(doc)
        self._pages = {page.number: page.text for page in self._reading.pages}

    def together(self, one: Block, other: Block) -> bool:
        """Tell whether a block begins on the line another ends on."""
        first = self._reading.place(one.start, one.end)
        second = self._reading.place(other.start, other.end)
        between = self._pages.get(second.page, "\n")[first.end : second.start]
        return first.end_page == second.page and first.end <= second.start and "\n" not in between

    def beside(self, i: int) -> bool:
        """Tell whether another block stands before or after block `i` on its line."""
        held = self._reading.blocks
        before = i > 0 and self.together(held[i - 1], held[i])
        return before or (i + 1 < len(held) and self.together(held[i], held[i + 1]))


def _heading(doc: Doc, i: int, text: str, presenter: str | None, *, asked: bool) -> _Opening | None:
    """Return what the text of block `i` opens as a heading; `asked` in a part where each body has its section."""
    block = blocks(doc)[i]
    start = block.start
    if _PARAGRAPH.match(text) and block.kind == "heading" and len(text) < PARAGRAPH_HEADING:
        return _Opening(text, start, block.end, "paragraph", holds=True)
    if block.kind == "heading" and block.marker[:1].isdigit():
        return _Opening(f"{block.marker} {text}", start, block.end, "numbered", holds=True)
    known = pattern("sections", "known").fullmatch(text.removesuffix(":"))
    if block.kind != "heading" and not (known and len(text) < HEADING_LETTERS):
        return None
    text = text.removesuffix(":")
    if match := _NUMBERED.match(text):
        return _Opening(text, start, block.end, "numbered", depth=match["number"].count(".") + 1, holds=True)
    is_body = asked and (_body().fullmatch(text) or _named_below(doc, i, text))
    if is_body and not pattern("sections", "before_bodies").fullmatch(text):
        return _Opening(text, start, block.end, "body", text, holds=True)
    if i >= HEAD_BLOCKS and pattern("sections", "frames").fullmatch(text):
        return _Opening(text, start, block.end, "frame")
    if known:
        holds = bool(pattern("sections", "holding").fullmatch(text))
        return _Opening(text, start, block.end, "part", _speaker(doc, text, presenter), holds=holds)
    if not _is_plain(i, text) or _is_office(doc, i):
        return None
    return _Opening(text, start, block.end, "plain", _speaker(doc, text, presenter))


def _is_plain(i: int, text: str) -> bool:
    """Tell a heading nobody knows from lines that stand alone for other reasons."""
    if len(text) > QUESTION_LETTERS or not text[:1].isupper() or len(re.findall(r"[^\W\d_]", text)) < 3:
        return False
    if _SENTENCES.search(text) or _BEGINS_WITH_NAME.match(text):
        return False
    if _not_headings().match(text) or (i < HEAD_BLOCKS and pattern("titles", "not_titles").match(text)):
        return False
    return not (_is_name(text) or party_code(text))


def _is_name(text: str) -> bool:
    """Tell a person's name on a line of its own, with a party or an office after it or none."""
    name, _, rest = re.sub(r"\s?\(.{1,3}\)", "", text).partition(",")
    name = name.title() if name.isupper() else name
    return bool(re.fullmatch(NAME, name)) and bare(name) == name and len(rest) < HEADING_LETTERS // 2


def _is_office(doc: Doc, i: int) -> bool:
    """Tell the office under a name, beside names, or over one."""
    held = blocks(doc)
    offices = tuple(table("roles")["elected"] + table("roles")["staff"])
    around = held[max(0, i - 2) : i] + held[i + 1 : i + 2]
    return text_of(doc, held[i]).lower().split(",")[0].endswith(offices) and any(
        _is_name(text_of(doc, other)) for other in around if other.end - other.start < HEADING_LETTERS
    )


def _named_below(doc: Doc, i: int, text: str) -> bool:
    """Tell whether the text under a heading begins with it: `Byalaget` over `Byalagets yttrande har …`."""
    held = blocks(doc)
    below = text_of(doc, held[i + 1]) if i + 1 < len(held) else ""
    return len(text) > 3 and below.lower().startswith(text.lower()) and len(below) > 2 * len(text)


def _lead_in(doc: Doc, block: Block, statements: dict[int, Statement], presenter: str | None) -> _Opening | None:
    """Return what the first sentence of a block opens: someone speaks, or a statement follows."""
    first = next(sentences(doc, block), None)
    if first is None or block.kind in {"row", "footnote"} or len(first.text) > 3 * QUESTION_LETTERS:
        return None
    text, start, end = " ".join(first.text.split()), first.start_char, first.end_char
    statement = statements.get(start)
    if statement and re.sub(r"^\W+", "", text).lower().startswith(statement.kind) and block.kind != "heading":
        return _Opening(text, start, end, "statement", _signed(statement))
    if match := _lead_ins().fullmatch(text):
        rank: Rank = "frame" if text.lower().startswith("föredragande") else "part"
        return _Opening(text, start, end, rank, bare(match["name"]) or match["name"], holds=rank == "part")
    for sign in table("sections")["lead_ins"]["bodies"]:
        if match := re.match(sign, text, re.IGNORECASE):
            return _Opening(text, start, end, "frame", match["body"])
    if any(re.match(sign, text, re.IGNORECASE) for sign in table("sections")["lead_ins"]["unnamed"]):
        return _Opening(text, start, end, "frame", presenter or _author(doc))
    return None


# ---- levels ----------------------------------------------------------------------------------------------------------


def _with_text(doc: Doc, openings: Sequence[_Opening]) -> list[_Opening]:
    """Leave out unknown headings with nothing under them (letterheads, addresses); a lone number counts nothing."""
    counted = sum(opening.rank == "numbered" for opening in openings) > 1
    held, text = blocks(doc), reading(doc).text
    head_ends = held[HEAD_BLOCKS].start if len(held) > HEAD_BLOCKS else len(text)
    running = [block.start for block in held if _is_running(doc, block)]
    kept: list[_Opening] = []
    end = len(text)
    for one in reversed(openings):
        opening = replace(one, rank="plain") if one.rank == "numbered" and not counted else one
        below = kept[-1] if kept else None
        has_text = bisect_left(running, opening.start) < bisect_left(running, end)
        is_title = opening.start > head_ends and not pattern("titles", "not_titles").match(opening.heading)
        over = is_title and below and end == below.start and not text[opening.body : end].strip()
        if has_text or over or opening.rank not in {"plain", "frame"} or _leads(opening, below):
            kept.append(opening)
        end = opening.start
    return kept[::-1]


def _leads(opening: _Opening, below: _Opening | None) -> bool:
    """Tell whether a part of the document begins with sections of its own, or is a list of what is enclosed."""
    holds = below is not None and below.rank in {"statement", "part", "body"}
    return opening.rank == "frame" and (holds or opening.heading.lower().startswith("bilag"))


def _is_running(doc: Doc, block: Block) -> bool:
    """Tell text a heading can stand over from the lines of a letterhead."""
    text = text_of(doc, block)
    if block.kind in {"item", "row"} or text.lower().startswith("att "):
        return True
    words = len(text.split())
    is_line = words < 2 * RUNNING_WORDS and _not_headings().match(text)
    return block.kind == "paragraph" and words >= RUNNING_WORDS and not is_line


def _levelled(openings: Sequence[_Opening]) -> Iterator[_Opening]:
    """Give each heading its level: parts stand under the last frame, § or number, the rest under what holds them."""
    frame, inside, body = 0, False, False
    last: _Opening | None = None
    before: _Opening | None = None
    for opening in openings:
        match opening.rank:
            case "paragraph":
                frame = level = 1
                inside, body = True, False
            case "frame" if not inside or _ATTACHED.match(opening.heading):
                frame = level = 1
                inside = body = False
            case "numbered":
                level = opening.depth + inside
                frame, body = level, False
            case "body":
                level, body = frame + 1, True
            case "plain":
                level = _plain_level(opening, last, frame, inside=inside)
                level = min(level, before.level) if before and before.rank == "statement" else level
            case "statement":
                held_by = last and pattern("sections", "statement_headings").fullmatch(last.heading)
                level = last.level + 1 if last and held_by else frame + 1 + body
            case _:
                level = frame + 1 + body
        before = replace(opening, level=level)
        if opening.rank not in {"plain", "statement"}:
            last = before
        yield before


def _plain_level(opening: _Opening, last: _Opening | None, frame: int, *, inside: bool) -> int:
    """Return the level of a heading nobody knows: under what holds it, beside what does not."""
    if opening.heading.isupper() and not inside:
        return 1
    if last is None or last.rank == "frame":
        return frame + 1
    return last.level + last.holds


# ---- speakers --------------------------------------------------------------------------------------------------------


def _speaker(doc: Doc, heading: str, presenter: str | None) -> str | None:
    """Return who speaks under a heading: the one it names in the genitive, or whose document it is."""
    if any(re.fullmatch(own, heading, re.IGNORECASE) for own in table("sections")["speakers"]["own"]):
        return presenter or _author(doc)
    match = _says().match(heading)
    return match["body"] if match else None


def _author(doc: Doc) -> str | None:
    authors = list(dict.fromkeys(one.name for one in found(doc, Mention) if one.part == "author"))
    return authors[0] if len(authors) == 1 else None


def _signed(statement: Statement) -> str | None:
    return ", ".join(statement.persons or statement.parties) or None


def _signers(doc: Doc, opening: _Opening, end: int) -> str | None:
    """Return who speaks where the body says it first: the signers of a lone statement, or a body by its name."""
    if pattern("sections", "statement_headings").fullmatch(opening.heading):
        spans = [span for span in doc.spans.get("statement", ()) if opening.start <= span.start_char < end]
        return _signed(spans[0]._.value) if len(spans) == 1 else None
    if opening.rank != "plain":
        return None
    match = _begins().match(reading(doc).text[opening.body : min(end, opening.body + QUESTION_LETTERS)].lstrip())
    return match["body"] if match else None


@cache
def _body() -> re.Pattern[str]:
    """A line that is the name of a body."""
    return re.compile(_body_name())


@cache
def _says() -> re.Pattern[str]:
    """A heading that names whose words follow: `Förvaltningens synpunkter`."""
    nouns = "|".join(table("sections")["speakers"]["says"])
    return re.compile(rf"(?P<body>{_body_name()})s\s(?:\w+\s)?(?i:{nouns})\b")


@cache
def _begins() -> re.Pattern[str]:
    """A first sentence in which a body speaks: `Socialnämnden beslutade …`, `Byalagets yttrande har … lydelse`."""
    speakers = table("sections")["speakers"]
    verbs, written = "|".join(speakers["verbs"]), "|".join(speakers["written"])
    return re.compile(rf"(?P<body>{_body_name()})(?:\s(?:{verbs})\b|s\s(?:{written})\b[^.]{{0,120}}\blydelse\b)")


def _body_name() -> str:
    ends = "|".join(table("sections")["speakers"]["bodies"])
    return rf"(?=[A-ZÅÄÖ])[\w ,-]{{0,70}}?(?i:{ends})"


@cache
def _lead_ins() -> re.Pattern[str]:
    """A sentence that says who speaks next, as in `Föredragande borgarrådet Anna Ek anför följande.`."""
    words = table("sections")["lead_ins"]
    offices, verbs = "|".join(filter(None, words["named"])), "|".join(words["verbs"])
    return re.compile(rf"(?:(?i:{offices})\s){{0,2}}(?P<name>{NAME})(?:\s\(\w{{1,3}}\))?\s(?:{verbs})(?:\s\w+)?[.:]")


@cache
def _not_headings() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in table("sections")["not_headings"]["lines"]), re.IGNORECASE)
