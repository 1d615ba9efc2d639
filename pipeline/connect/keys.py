"""The keys under which documents that may have to do with each other find one another.

What asks is looked for by what answers and by minutes: by the asker's name, or the answerer's in the months after,
which alone are enough, or by two of the answerer's name and the most telling words. A number is looked for by all,
whatever the year. A key that too many share in a year tells nothing and is passed over, on either side, so that neither
the order nor the size of a library matters.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from corpus.connections import Bucket
from corpus.dates import When
from corpus.people import key as name_key
from pipeline.connect.profiles import MINUTES, Profile

ASKED, REPLY, IN_MINUTES, ALL = "asked", "reply", "minutes", "all"
YEARS = 2  # from a question to its answer
MOST_WORDS = 12
MOST_HEADING_WORDS = 3
TELLING, LETTERS = 0.04, 5  # what share of a document a word must be, and how long, to be a key
MOST_PEOPLE = 60
ENOUGH = 2  # two weak keys are as good as a strong one
MONTHS = 3  # in which most questions are answered, their own counted
_STRENGTHS = {"number": 2, "key": 2, "asker": 2, "soon": 2, "answerer": 1, "word": 1}


class Index(Protocol):
    """Where documents stand under their keys."""

    def members(self, bucket: Bucket) -> list[int] | None:
        """Return the documents in a bucket; None where they are too many."""

    def years(self, key: str, side: str) -> Iterator[int]:
        """Yield the years in which any document stands under a key."""


def buckets(profile: Profile) -> list[Bucket]:
    """Return every bucket a document stands in."""
    authors, addressees = profile.persons("author"), profile.persons("addressee")
    found = [Bucket(f"number:{number}", ALL, 0) for number in profile.numbers | profile.referred]
    found += [Bucket(f"key:{key}", ALL, 0) for key in profile.keys]
    if profile.asks:
        found += _side(ASKED, profile, askers=authors, answerers=addressees, months=MONTHS)
    if profile.answers:
        askers = [*addressees, *profile.persons("mentioned")]
        found += _side(REPLY, profile, askers=askers, answerers=authors, months=1)
    if profile.kind == MINUTES:
        named = [name for paragraph in profile.paragraphs for name in paragraph.people]
        words = [f"word:{w}" for p in profile.paragraphs for w in telling(p.words)[:MOST_HEADING_WORDS]]
        found += [Bucket(key, IN_MINUTES, profile.year) for key in [*_people("asker", named), *words]]
    return list(dict.fromkeys(found))


def _side(
    side: str, profile: Profile, *, askers: Iterable[str], answerers: Sequence[str], months: int
) -> Iterator[Bucket]:
    """The buckets of a question or a reply: by who asks and who answers, and by what it is about."""
    words = [f"word:{word}" for word in telling(profile.words)]
    for key in [*_people("asker", askers), *_people("answerer", answerers), *words]:
        yield Bucket(key, side, profile.year)
    for key in _soon(answerers, profile.date, months):
        yield Bucket(key, side, 0)


def telling(words: Mapping[str, float]) -> list[str]:
    """Return the words that find a document, the most telling first."""
    chosen = (w for w, share in words.items() if share >= TELLING and len(w) >= LETTERS)
    return sorted(chosen, key=lambda w: (-words[w], w))[:MOST_WORDS]


def partners(index: Index, own: Iterable[Bucket], side: str, other: str) -> set[int]:
    """Return the documents on the `other` side that share enough keys with one standing in its `own` buckets."""
    shared: Counter[int] = Counter()
    for bucket in own:
        if bucket.side in {side, ALL} and index.members(bucket):
            for document in _seen(index, bucket, other if bucket.side == side else ALL):
                shared[document] += _STRENGTHS[bucket.key.partition(":")[0]]
    return {document for document, strength in shared.items() if strength >= ENOUGH}


def _seen(index: Index, bucket: Bucket, other: str) -> set[int]:
    """The documents that stand under the same key on the other side, in the years from question to answer."""
    if other == ALL:
        years: Iterable[int] = (0,)
    elif bucket.year == 0:
        years = index.years(bucket.key, other)
    elif bucket.side == ASKED:
        years = (0, *range(bucket.year, bucket.year + YEARS + 1))
    else:
        years = (0, *range(bucket.year - YEARS, bucket.year + 1))
    return {document for year in years for document in index.members(Bucket(bucket.key, other, year)) or ()}


def _people(part: str, names: Iterable[str]) -> list[str]:
    """A key for each person: last name without the genitive's s, and the first name's first letter."""
    found = []
    for name in names:
        words = name_key(name).split()
        if len(words) > 1:
            found.append(f"{part}:{words[-1].removesuffix('s')} {words[0][0]}")
    return list(dict.fromkeys(found))[:MOST_PEOPLE]


def _soon(answerers: Iterable[str], when: When | None, months: int) -> list[str]:
    """A key for each person and month, so many from this one on."""
    if when is None or when.year is None or when.month is None:
        return []
    first = 12 * when.year + when.month
    return [f"{key} {month}" for key in _people("soon", answerers) for month in range(first, first + months)]
