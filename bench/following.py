"""`./run bench following`: what it costs to follow a matter of 200 documents in libraries of different sizes.

The library is made up and grows from size to size: many small matters and one of 200 documents, each document with
the findings it would have – people, questions, demands, promises, decisions, statements, events – and with links and
answers, written straight into the store and indexed with the engine in use. The matter is then asked for by words, by
its number and by one of its documents.
"""

import argparse
import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from random import Random

from bench.talk import beside, say, show
from corpus.case_numbers import CaseNumber
from corpus.dates import When
from corpus.links import Answer, Link, Passage
from corpus.records import Finding, Page, Place, Record
from corpus.store import DATABASE, Store
from corpus.swedish.lexicon import lexicon
from corpus.values import (
    Body,
    Decision,
    Demand,
    Event,
    Kind,
    Mention,
    OwnDate,
    OwnNumber,
    Promise,
    Question,
    Statement,
    Title,
    Value,
)
from index import ledger
from index.catalogue import open_index
from index.timeline import timeline
from index.trace import MINUTES, MOST_FOLLOWED, matter, trace

SIZES = (1_000, 10_000, 100_000)
GOAL = 0.5
TIMES = 3
FOLLOWED, SMALL = 200, 12  # documents of the matter followed, and of every other
EVERY = 5  # one document in so many is of the matter followed, until it is whole
KINDS = ("interpellation", "interpellationssvar", "motion", "tjansteutlatande", MINUTES, "pm")
YEARS = range(2000, 2025)
OWN_WORDS, USUAL_WORDS = 6, 60
COMMON, RARE = 1e-5, 1e-8  # how often a word that says what a matter is about stands in Swedish, at most and at least
TOPIC = ("färjeläget", "sälholmen")
NUMBER = CaseNumber("KS", 2015, "77")


class Town:
    """Makes up documents, always the same ones, matter by matter."""

    def __init__(self) -> None:
        self._chance = Random(1)  # noqa: S311
        known = lexicon().general.items()
        self._rare = sorted(w for w, p in known if RARE <= p <= COMMON and len(w) > 4 and w.isalpha())
        self.words = sorted(w for w, p in known if COMMON < p <= 100 * COMMON and len(w) > 4 and w.isalpha())
        self.names = [f"{self._rare[n].capitalize()} {self._rare[-n].capitalize()}" for n in range(1, 400)]

    def documents(self) -> Iterator[tuple[int, Record]]:
        """Yield documents without end, each with the number of its matter: 0 is the one followed."""
        others = self._others()
        for at, record in enumerate(self._matter(FOLLOWED, NUMBER, TOPIC)):
            yield from islice(others, EVERY - 1)
            yield 0, self._numbered(record, f"f{at}")
        yield from others

    def _others(self) -> Iterator[tuple[int, Record]]:
        matter = 0
        while matter := matter + 1:
            number = CaseNumber("KS", self._chance.choice(YEARS), str(matter + 100))
            words = self._chance.sample(self._rare, OWN_WORDS)
            for at, record in enumerate(self._matter(SMALL, number, words)):
                yield matter, self._numbered(record, f"{matter}-{at}")

    def _numbered(self, record: Record, name: str) -> Record:
        digest = hashlib.sha256(name.encode()).hexdigest()
        return Record(f"{name}.txt", digest, "text/plain", record.pages, 1, record.findings)

    def _matter(self, size: int, number: CaseNumber, words: Sequence[str]) -> Iterator[Record]:
        asker, answerer = self._chance.sample(self.names, 2)
        for at in range(size):
            year = YEARS[at * len(YEARS) // size]
            when = When(year, self._chance.randrange(1, 13), self._chance.randrange(1, 29))
            yield self._document(KINDS[at % len(KINDS)], when, number, words, asker, answerer)

    def _document(
        self, kind: str, when: When, number: CaseNumber, words: Sequence[str], asker: str, answerer: str
    ) -> Record:
        topic = " ".join(words[:3])
        head = f"§ 4 Ärende om {topic}" if kind == MINUTES else f"Om {topic}"
        said = [self._sentence(words) for _ in range(8)]
        text = "\n\n".join([f"Dnr {number}", head, *said])
        asks = kind in {"interpellation", "motion"}
        by, to = (asker, answerer) if asks else (answerer, asker)
        event = Event(said[0], "decided", When(when.year), about_plan=False)
        values: list[tuple[Value, str]] = [
            (Kind(kind), ""), (Title(head), head), (Body("Kommunstyrelsen", None), ""), (OwnDate(when), ""),
            (OwnNumber(number), str(number)), (Mention(by, "S", None, "author"), by),
            (Mention(to, "M", None, "addressee"), to), (event, said[0]),
        ]  # fmt: skip
        values += self._said(kind, said, head, by)
        return Record("", "", "", (Page(1, text, text, "plain", 1.0),), 1, tuple(_finding(*value) for value in values))

    def _said(self, kind: str, said: Sequence[str], head: str, by: str) -> Iterator[tuple[Value, str]]:
        match kind:
            case "interpellation":
                yield from ((Question(said[n], n, answered_below=False), said[n]) for n in (1, 2))
                yield Demand(said[3], (by,)), said[3]
            case "motion":
                yield from ((Demand(said[n], (by,)), said[n]) for n in (1, 2))
            case "interpellationssvar":
                yield Promise(said[1], by, "commitment", When(2026)), said[1]
            case "protokoll":
                yield Decision(said[1], "granted", proposed=False, under=head), said[1]
                yield Statement("reservation", (by,), ("S",), said[2], None, head), said[2]

    def _sentence(self, words: Sequence[str]) -> str:
        told = [*self._chance.sample(words, 2), *self._chance.sample(self.words, USUAL_WORDS // 8)]
        self._chance.shuffle(told)
        return f"{' '.join(told).capitalize()}."


def _finding(value: Value, text: str) -> Finding:
    return Finding(value, text, (Place(1, 0, 0, 1),), "bench", 1.0)


class Library:
    """A library that grows; `first` is the file of one document of the matter followed."""

    def __init__(self, home: Path, store: Store) -> None:
        self.home, self.store = home, store
        store._db.execute("PRAGMA synchronous = OFF")  # noqa: SLF001 – it is thrown away
        self.town = Town()
        self._made, self._held = self.town.documents(), 0
        self._matters: dict[int, list[tuple[int, Record]]] = {}

    def grow(self, size: int) -> None:
        """Take in documents up to a size, link them and index them."""
        began = time.perf_counter()
        changed = set()
        for number, record in islice(self._made, size - self._held):
            document = self.store.begin(record.file, record.sha256, record.media_type)
            self.store.save(document, record)
            self._matters.setdefault(number, []).append((document, record))
            changed.add(number)
        self._link(changed)
        self._held = size
        say(f"{size} documents written in {time.perf_counter() - began:.0f} s")
        began = time.perf_counter()
        open_index(self.home, self.store).close()
        say(f"… indexed in {time.perf_counter() - began:.0f} s")

    def _link(self, matters: set[int]) -> None:
        """Link each document of a matter to the one before it, and let a reply answer the questions before it."""
        with self.store.connecting() as held:
            for number in matters:
                for (one, asked), (other, reply) in pairwise(self._matters[number]):
                    answers = [_answer(one, at, other, reply) for at in _questions(asked)]
                    held.add_links([Link("answers" if answers else "same matter", other, one, ("samma nummer",), 0.9)])
                    if answers:
                        held.replace_answers(one, answers)
                if number:
                    del self._matters[number][:-1]  # the matter may go on when the library grows


def _questions(record: Record) -> list[int]:
    return [at for at, finding in enumerate(record.findings) if isinstance(finding.value, Question)]


def _answer(document: int, question: int, reply: int, record: Record) -> Answer:
    passage = Passage(record.findings[-1].text, Place(1, 0, 0, 1), 0.6)
    return Answer(document, question, reply, "answered", "", (passage,), 0.8)


def measured(library: Library) -> Iterator[list[str]]:
    """Yield a row for each way to ask: documents and promises found, and the best times."""
    store, home = library.store, library.home
    for way, asked in {"by words": " ".join(TOPIC), "by number": str(NUMBER), "by document": "f0.txt"}.items():
        topic, found = matter(store, home, asked)
        promised = ledger.promises(store, found)[:MOST_FOLLOWED]
        whole = _best(partial(_anew, store, home, asked))
        evidence = _best(partial(ledger.followed, store, promised))
        told = _best(partial(matter, store, home, asked)) + _best(partial(timeline, store, topic, found))
        figures = [beside(figure, GOAL, "{:.2f} s".format) for figure in (whole, whole - evidence, told)]
        yield [way, str(len(found)), str(len(promised)), *figures]


def _anew(store: Store, home: Path, asked: str) -> None:
    (home / DATABASE).touch()  # so that nothing is kept from the time before
    trace(store, home, asked)


def _best(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def main(arguments: list[str]) -> int:
    """Measure every size; print a table."""
    parser = argparse.ArgumentParser(prog="./run bench following")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="documents held")
    sizes = sorted(parser.parse_args(arguments).sizes)
    rows = []
    with tempfile.TemporaryDirectory() as home, Store(Path(home), create=True) as store:
        library = Library(Path(home), store)
        for size in sizes:
            library.grow(size)
            rows += [[f"{size:,} {way}", *figures] for way, *figures in measured(library)]
    heads = ["documents held, asked", "found", "promises", "trace", "… without later evidence", "timeline"]
    show("Following one matter", heads, rows)
    return 0
