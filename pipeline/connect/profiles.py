"""What linking needs to know of a document: its kind, numbers, people, date, what it is about, and what it treats.

A profile is made of a document's findings and text alone and kept in the library's database, so that linking one
document reads the profiles of a few others and no texts.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import msgspec

from corpus import case_numbers
from corpus.dates import When
from corpus.records import Finding, Place
from corpus.store import Store
from corpus.swedish.stems import stem, stems
from corpus.values import (
    Body,
    Key,
    Kind,
    Mention,
    OwnDate,
    OwnNumber,
    PartyMention,
    Question,
    Reference,
    Section,
    Title,
    Value,
)
from corpus.vocabulary import stop_stems, table
from pipeline.connect import telling

SAME_SHARE = 0.6  # of the words, for two questions to be one
HEAD, HEAD_LINES = 240, 3  # letters and lines of a § that say what it treats
BEGINNING = 800  # letters in which a document says what it is
MINUTES = "protokoll"
HEADING_LETTERS = 4  # of a word that tells what a § is about
_LABEL = re.compile(r"(?:\w{1,12}\s)?§\s?\d+\w?(?:/\d+)?")


@dataclass(slots=True)
class Paragraph:
    """A § of minutes that treats what somebody asked: what kinds its heading names, the words of it, who is named."""

    heading: str
    kinds: tuple[str, ...]
    words: dict[str, float]
    people: tuple[str, ...] = ()


@dataclass(slots=True)
class Profile:
    """A document as linking sees it.

    `asks` is what it is as something asked, `treats` what its beginning names (`Svar på motion`); `words` are the
    telling stems of title and text with their weights, `forms` how each is written; `paragraphs` are those of minutes.
    """

    id: int
    file: str
    digest: str = ""
    kind: str = "ovrigt"
    asks: str = ""
    treats: tuple[str, ...] = ()
    title: str = ""
    date: When | None = None
    municipality: str = ""
    numbers: set[str] = field(default_factory=set)
    referred: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    people: list[Mention] = field(default_factory=list)
    parties: set[str] = field(default_factory=set)
    questions: list[tuple[int, Question]] = field(default_factory=list)
    words: dict[str, float] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)
    paragraphs: list[Paragraph] = field(default_factory=list)

    def persons(self, part: str) -> list[str]:
        """Return the names of those with this part in the document."""
        return [mention.name for mention in self.people if mention.part == part]

    @property
    def year(self) -> int:
        """The year of the document, 0 where it has none."""
        return (self.date and self.date.year) or 0

    @property
    def answers(self) -> tuple[str, ...]:
        """The kinds of document that one of this kind can answer."""
        return _answers().get(self.kind, ())


def make(store: Store, document: int) -> Profile:
    """Return the profile of a document held."""
    listed = store.listed(document)
    profile = Profile(document, listed.file, listed.sha256)
    wanted = (Kind, Title, Body, OwnDate, OwnNumber, Reference, Key, Mention, PartyMention, Question)
    found = [(number, finding) for (_, number), finding in store.findings(*wanted, documents=[document])]
    for number, finding in found:
        _enter(profile, number, finding.value)
    texts = {page: text for page, text, _ in store.texts(document)}
    text = " ".join(texts.values())
    profile.treats = _treated(f"{profile.title} {text[:BEGINNING]}")
    profile.asks = _asks(profile.kind, text[:BEGINNING])
    profile.words, profile.forms = telling.topic(text, profile.title, _names(profile))
    if profile.kind == MINUTES:
        sections = [finding for _, finding in store.findings(Section, documents=[document])]
        profile.paragraphs = [*_paragraphs(sections, texts, [f for _, f in found if isinstance(f.value, Mention)])]
    return profile


def packed(profile: Profile) -> str:
    """Return a profile as text; its words stand there as written, which tells their stems too."""
    words = {profile.forms[s]: share for s, share in profile.words.items()}
    return msgspec.json.encode(replace(profile, words=words, forms={}), order="sorted").decode()


def unpacked(text: str) -> Profile:
    """Return what `packed` packed."""
    profile = msgspec.json.decode(text, type=Profile)
    forms = {stem(form): form for form in profile.words}
    return replace(profile, words={s: profile.words[form] for s, form in forms.items()}, forms=forms)


def content_stems(text: str) -> list[str]:
    """Return the stems of a text without function words and numbers."""
    return [s for s in stems(text) if s not in stop_stems() and not re.fullmatch(r"[\d\W]+", s)]


def same_question(one: str, other: str) -> bool:
    """Tell whether two questions are one, though a heading may shorten it or change its words a little."""
    a, b = frozenset(content_stems(one)), frozenset(content_stems(other))
    return bool(a and b) and len(a & b) >= SAME_SHARE * max(len(a), len(b))


def weights(texts: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """Return how telling each stem is among these texts (inverse document frequency, Spärck Jones 1972)."""
    counts = Counter(s for text in texts for s in text)
    return {s: math.log(1 + len(texts) / count) for s, count in counts.items()}


@cache
def _answers() -> dict[str, tuple[str, ...]]:
    """What each kind answers: as kinds.toml says, and what has no kind of its own."""
    answers = {kind: list(entry.get("answers", ())) for kind, entry in table("kinds").items()}
    for asked, entry in table("links")["asking"].items():
        for kind in entry["answered_by"]:
            answers.setdefault(kind, []).append(asked)
    return {kind: tuple(asked) for kind, asked in answers.items()}


@cache
def asking_kinds() -> frozenset[str]:
    """Return the kinds of document that can be answered, or treated in minutes."""
    return frozenset(table("links")["treated"]) | {kind for kinds in _answers().values() for kind in kinds}


def _asks(kind: str, beginning: str) -> str:
    """What a document is as something asked; empty where it asks nothing that is answered."""
    if kind in asking_kinds():
        return kind
    if kind == "ovrigt":
        lines = [line.strip() for line in beginning.splitlines()]
        for name, entry in table("links")["asking"].items():
            if any(re.search(sign, line, re.IGNORECASE) for sign in entry["signs"] for line in lines):
                return str(name)
    return ""


def _names(profile: Profile) -> frozenset[str]:
    """The stems of people's and the municipality's names: who and where are reasons of their own."""
    names = [mention.name for mention in profile.people]
    return frozenset(s for name in [*names, profile.municipality] for s in stems(name))


def _enter(profile: Profile, number: int, value: Value) -> None:  # noqa: C901 – one case a kind
    match value:
        case Kind(name):
            profile.kind = name
        case Title(text):
            profile.title = text
        case Body(_, municipality):
            profile.municipality = profile.municipality or municipality or ""
        case OwnDate(when):
            profile.date = when
        case OwnNumber(case_number):
            profile.numbers.add(case_number.key)
        case Reference(text, "matter"):
            referred = case_numbers.parse(text)
            profile.referred.add(referred.key if referred else re.sub(r"\W", "", text).lower())
        case Key(kind, key) if kind in table("links")["keys"]["telling"]:
            profile.keys.add(f"{kind} {key}")
        case Mention():
            profile.people.append(value)
            profile.parties |= {value.party} if value.party else set()
        case PartyMention(code):
            profile.parties.add(code)
        case Question():
            profile.questions.append((number, value))
        case _:
            pass


def _paragraphs(
    sections: Sequence[Finding], texts: Mapping[int, str], mentions: Sequence[Finding]
) -> Iterator[Paragraph]:
    """Yield the §§ whose heading, or beginning, names something asked."""
    for section in sections:
        if isinstance(section.value, Section) and section.value.level == 1:
            place = section.places[0]
            heading = section.value.heading
            if not _treated(heading):
                heading = _beginning(texts.get(place.page, "")[place.start : place.start + HEAD])
            if kinds := _treated(heading):
                named = [m.value.name for m in mentions if isinstance(m.value, Mention) and _within(m, place)]
                yield Paragraph(heading, kinds, _about(heading, kinds, named), tuple(dict.fromkeys(named)))


def _beginning(text: str) -> str:
    """The first lines of a § whose heading is its number alone."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return " ".join([line for line in lines if line][:HEAD_LINES])


def _about(heading: str, kinds: Sequence[str], named: Sequence[str]) -> dict[str, float]:
    """What a heading says that a § is about, without its number, the kind of what it treats, and names."""
    rest = _LABEL.sub(" ", heading)
    for kind in kinds:
        rest = _treats(kind).sub(" ", rest)
    words, _ = telling.topic(rest, "", frozenset(s for name in named for s in stems(name)))
    return {word: share for word, share in words.items() if len(word) >= HEADING_LETTERS}


def _treated(heading: str) -> tuple[str, ...]:
    return tuple(kind for kind in table("links")["treated"] if _treats(kind).search(heading))


@cache
def _treats(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(table("links")["treated"][kind]), re.IGNORECASE)


def _within(finding: Finding, place: Place) -> bool:
    """Tell whether a finding stands anywhere within a place."""
    first, last = (place.page, place.start), (place.end_page, place.end)
    return any(first <= (one.page, one.start) < last for one in finding.places)
