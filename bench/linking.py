"""`./run bench linking`: what linking one more document costs in libraries of different sizes, and what it links right.

The libraries are made up: a council whose members ask, answer and meet through twenty-five years, written as profiles
straight into the store. Then documents of every kind are saved as any other and connected one at a time. Beside the
cost stand the links of the invented cities with gold: replies linked to what they answer, and links to anything else.
"""

import argparse
import json
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random

from bench.extraction import GOLD, read
from bench.talk import say, show
from corpus.case_numbers import CaseNumber
from corpus.dates import When
from corpus.records import Finding, Page, Place, Record
from corpus.store import Store
from corpus.swedish.lexicon import lexicon
from corpus.swedish.stems import stem
from corpus.values import Kind, Mention, OwnDate, OwnNumber, Question, Section, Title, Value
from pipeline.connect import connect, keys, profiles, version
from pipeline.connect.profiles import MINUTES, Paragraph, Profile

SIZES = (100, 1_000, 10_000)
ADDED = 60
YEARS = range(2000, 2025)
MEMBERS, PARAGRAPHS = 61, 12
OWN_WORDS, OTHER_WORDS = 12, 88
KINDS = {
    "interpellation": 5, "interpellationssvar": 5, "motion": 6, "skrivelse": 4, "tjansteutlatande": 30, "pm": 10,
    MINUTES: 14, "ovrigt": 26,
}  # fmt: skip
COMMON, RARE = 1e-5, 1e-8  # how often a word that says what a matter is about stands in Swedish, at most and at least


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter: who asked whom, when, under which number, and its own words."""

    year: int
    asker: str
    answerer: str
    number: CaseNumber
    words: tuple[str, ...]


class City:
    """Makes up documents, always the same ones."""

    def __init__(self, size: int) -> None:
        self._chance = Random(size)  # noqa: S311
        known = lexicon().general.items()
        self._rare = sorted(w for w, p in known if RARE <= p <= COMMON and len(w) > 4 and w.isalpha())
        self._usual = sorted(w for w, p in known if COMMON < p <= 100 * COMMON and len(w) > 4 and w.isalpha())
        self._members = {year: [self._name() for _ in range(MEMBERS)] for year in YEARS if year % 4 == 0}
        self._matters = [self._matter() for _ in range(max(20, size // 5))]

    def documents(self, first: int) -> Iterator[tuple[Profile, Record]]:
        """Yield documents without end, as a profile and as a record; their ids count from `first`."""
        number = first
        while True:
            kind = self._chance.choices(list(KINDS), list(KINDS.values()))[0]
            yield self._document(number, kind, self._chance.choice(self._matters))
            number += 1

    def _name(self) -> str:
        return f"{self._chance.choice(self._rare).capitalize()} {self._chance.choice(self._rare).capitalize()}"

    def _matter(self) -> Matter:
        year = self._chance.choice(YEARS)
        asker, answerer = self._chance.sample(self._members[year - year % 4], 2)
        number = CaseNumber("KS", year, str(self._chance.randrange(1, 3000)))
        return Matter(year, asker, answerer, number, tuple(self._chance.sample(self._rare, OWN_WORDS)))

    def _document(self, number: int, kind: str, matter: Matter) -> tuple[Profile, Record]:
        when = When(matter.year, self._chance.randrange(1, 13), self._chance.randrange(1, 29))
        words = [*matter.words, *self._chance.sample(self._usual, OTHER_WORDS)]
        values: list[Value] = [Kind(kind), Title(" ".join(words[:4])), OwnDate(when), *self._people(kind, matter)]
        if self._chance.random() < 0.5:
            values.append(OwnNumber(matter.number))
        if kind in profiles.asking_kinds():
            values.append(Question(f"När {' '.join(words[:6])}?", 1, answered_below=False))
        told = " ".join(words * 3)
        if kind == MINUTES:
            of_year = [m for m in self._matters if m.year == matter.year][:PARAGRAPHS]
            heads = [f"§ {n} Svar på motion om {' '.join(m.words[:3])}" for n, m in enumerate(of_year, 1)]
            told = "\n\n".join(f"{head}\n\n{m.asker} yrkar." for head, m in zip(heads, of_year, strict=True))
            values += [Mention(m.asker, None, None, "mentioned") for m in of_year]
            values += [Section(head, None, 1, (), head) for head in heads]
        findings = tuple(_finding(value, told) for value in values)
        page = Page(1, told, told, "plain", 1.0)
        record = Record(f"{number}.txt", f"{number:064}", "text/plain", (page,), 1, findings)
        return self._profile(number, kind, matter, when, words, values), record

    def _people(self, kind: str, matter: Matter) -> Iterator[Mention]:
        answers = kind not in profiles.asking_kinds()
        yield Mention(matter.asker, "S", None, "addressee" if answers else "author")
        yield Mention(matter.answerer, "M", None, "author" if answers else "addressee")

    def _profile(
        self, number: int, kind: str, matter: Matter, when: When, words: Sequence[str], values: Sequence[Value]
    ) -> Profile:
        made = Profile(number, f"{number}.txt", f"{number:064}", kind, date=when)
        made.asks = kind if kind in profiles.asking_kinds() else ""
        made.numbers = {value.number.key for value in values if isinstance(value, OwnNumber)}
        made.people = [value for value in values if isinstance(value, Mention)]
        made.questions = [(n, value) for n, value in enumerate(values) if isinstance(value, Question)]
        made.forms = {stem(word): word for word in words}
        made.words = {stem(word): 0.25 if word in matter.words else 0.03 for word in words}
        made.paragraphs = [
            Paragraph(v.heading, ("motion",), {stem(w): 0.5 for w in v.heading.split()[-3:]}, (matter.asker,))
            for v in values if isinstance(v, Section)
        ]  # fmt: skip
        return made


def _finding(value: Value, text: str) -> Finding:
    said = value.heading if isinstance(value, Section) else value.name if isinstance(value, Mention) else ""
    start = max(0, text.find(said))
    end = start + len(said) + (40 if isinstance(value, Section) else 0)
    return Finding(value, said, (Place(1, start, end, 1),), "bench", 1.0)


def cost(size: int) -> tuple[float, float, float]:
    """Fill a library; return the median, the ninth decile and the worst of the milliseconds one more document takes."""
    with tempfile.TemporaryDirectory() as home, Store(Path(home), create=True) as store:
        city = City(size)
        _fill(store, list(islice(city.documents(1), size)))
        taken = []
        for _, record in islice(city.documents(size + 1), ADDED):
            store.save(store.begin(record.file, record.sha256, "text/plain"), record)
            began = time.perf_counter()
            connect(store)
            taken.append(1000 * (time.perf_counter() - began))
        return statistics.median(taken), statistics.quantiles(taken, n=10)[-1], max(taken)


def _fill(store: Store, made: Sequence[tuple[Profile, Record]]) -> None:
    """Write documents as if they were connected; text and findings only of those whose questions may be answered."""
    for profile, record in made:
        profile.id = store.begin(profile.file, profile.digest, "text/plain")
        if profile.asks or profile.kind == "interpellationssvar":
            store.save(profile.id, record)
    with store.connecting() as held:
        held.prepare(version())
        for profile, _ in made:
            held.enter(profile.id, profiles.packed(profile), keys.buckets(profile))
        held.done(max(one.change for one in held.saved(len(made))))


def right() -> Counter[str]:
    """Count over all invented cities held in one library: pairs of `gold`, those `linked`, and `other` answers."""
    counts: Counter[str] = Counter()
    gold: set[tuple[str, str]] = set()
    with tempfile.TemporaryDirectory() as home, Store(Path(home), create=True) as store:
        for city in sorted([*GOLD.glob("extraction/*"), *GOLD.glob("unseen/*")]):
            for pair in json.loads((city / "qa.json").read_text(encoding="utf-8"))["pairs"]:
                if pair["answer_file"] and pair["answer_file"] != pair["question_file"]:
                    gold.add((f"{city.name}/{pair['answer_file']}", f"{city.name}/{pair['question_file']}"))
            for file in sorted(city.glob("*.txt")):
                record = replace(read(file), file=f"{city.name}/{file.name}", sha256=str(file))
                store.save(store.begin(record.file, record.sha256, "text/plain"), record)
        connect(store)
        names = {listed.id: listed.file for listed in store.documents()}
        for link in store.links():
            counts[link.kind] += 1
            if link.kind == "answers":
                counts["linked" if (names[link.source], names[link.target]) in gold else "other"] += 1
    return counts + Counter(gold=len(gold))


def main(arguments: list[str]) -> int:
    """Measure every size; print tables."""
    parser = argparse.ArgumentParser(prog="./run bench linking")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="documents held")
    sizes = parser.parse_args(arguments).sizes
    lexicon()
    rows = []
    for size in sizes:
        say(f"{size} documents …")
        rows.append([f"{size:,}", *(f"{figure:.1f}" for figure in cost(size))])
    show("Linking one more document, ms", ["documents held", "median", "ninth decile", "worst"], rows)
    say("links with gold …")
    counts = right()
    heads = ["pairs with gold", "linked", "other answers", "refers to", "same matter"]
    figures = [str(counts[key]) for key in ("gold", "linked", "other", "refers to", "same matter")]
    show("Links of the invented cities, held as one library", heads, [figures])
    return 0
