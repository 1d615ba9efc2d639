"""What linking needs to know of a document: its kind, numbers, people, date and the words it is about."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.dates import When
from corpus.store import Store
from corpus.swedish.stems import stem, stems, words
from corpus.values import Kind, Mention, OwnDate, OwnNumber, Question, Reference, Title, Value
from corpus.vocabulary import stop_stems

TITLE_WEIGHT = 4  # a word of the title says as much of the topic as so many in the text
SAME_SHARE = 0.6  # of the words, for two questions to be one
PART_LETTERS = 5  # shorter stems that begin or end another are chance


@dataclass(slots=True)
class Profile:
    """A document as linking sees it; `words` counts the stems of title and text, `forms` tells how each is written."""

    id: int
    file: str
    kind: str = "ovrigt"
    title: str = ""
    date: When | None = None
    numbers: set[str] = field(default_factory=set)
    referred: set[str] = field(default_factory=set)
    people: list[Mention] = field(default_factory=list)
    questions: list[tuple[int, Question]] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    forms: dict[str, str] = field(default_factory=dict)

    def persons(self, part: str) -> list[str]:
        """Return the names of those with this part in the document."""
        return [mention.name for mention in self.people if mention.part == part]


def profiles(store: Store) -> dict[int, Profile]:
    """Return a profile of every document that holds text."""
    held = {d.id: Profile(d.id, d.file) for d in store.documents() if d.pages_held}
    wanted = (Kind, Title, OwnDate, OwnNumber, Reference, Mention, Question)
    for (document, number), finding in store.findings(*wanted):
        if document in held:
            _enter(held[document], number, finding.value)
    for profile in held.values():
        text = " ".join(text for _, text, _ in store.texts(profile.id))
        profile.forms = {stem(word): word for word in words(text)}
        profile.words = Counter(content_stems(text)) + Counter(content_stems(profile.title) * TITLE_WEIGHT)
    return held


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


def cosine(a: Mapping[str, int], b: Mapping[str, int], weight: Mapping[str, float]) -> float:
    """Return the cosine of two texts' word counts (sublinear, weighted), 0 to 1."""

    def value(text: Mapping[str, int], s: str) -> float:
        return (1 + math.log(text[s])) * weight.get(s, 1.0)

    dot = sum(value(a, s) * value(b, s) for s in a.keys() & b.keys())
    norm = math.sqrt(sum(value(a, s) ** 2 for s in a) * sum(value(b, s) ** 2 for s in b))
    return dot / norm if norm else 0.0


def kinship(one: str, others: Iterable[str]) -> float:
    """Return how near the nearest of `others` is: 1 the same stem, less where one is a part of the other."""
    best = 0.0
    for other in others:
        if one == other:
            return 1.0
        short, long = sorted((one, other), key=len)
        if len(short) >= PART_LETTERS and (long.startswith(short) or long.endswith(short)):
            best = max(best, 0.5 + 0.5 * len(short) / len(long))
    return best


def _enter(profile: Profile, number: int, value: Value) -> None:
    match value:
        case Kind(name):
            profile.kind = name
        case Title(text):
            profile.title = text
        case OwnDate(when):
            profile.date = when
        case OwnNumber(case_number):
            profile.numbers.add(case_number.key)
        case Reference(text, "matter"):
            profile.referred.add(re.sub(r"\W", "", text).lower())
        case Mention():
            profile.people.append(value)
        case Question():
            profile.questions.append((number, value))
        case _:
            pass
