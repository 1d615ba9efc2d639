"""Made-up documents in any number, always the same ones, as long as real ones and with Swedish's own mix of words.

They go straight into a store, with the findings that search reads; nothing of reading or extraction is paid for.
"""

import hashlib
from collections.abc import Iterator
from itertools import accumulate
from random import Random

from corpus.case_numbers import CaseNumber
from corpus.dates import When
from corpus.records import Finding, Page, Place, Record
from corpus.store import Store
from corpus.swedish.lexicon import lexicon
from corpus.values import Body, Kind, Mention, OwnDate, OwnNumber, PartyMention, Title, Value

WORDS = 700  # of a document
PER_PAGE = 350
SENTENCE = 14
KINDS = ("interpellation", "interpellationssvar", "motion", "tjansteutlatande", "protokoll", "pm")
BODIES = ("Kommunstyrelsen", "Socialnämnden", "Utbildningsnämnden", "Kulturnämnden", "Kommunfullmäktige")
PARTIES = ("V", "S", "M", "MP", "C", "L", "KD", "SD")
YEARS = range(2000, 2025)
NAMES, MATTERS = 400, 5_000
UNDATED = 25  # one document in so many has no date


class Papers:
    """Makes documents; a larger number of them begins with the smaller."""

    def __init__(self) -> None:
        self._chance = Random(1)  # noqa: S311
        known = lexicon().general
        self.words = sorted((w for w in known if w.isalpha()), key=lambda w: (-known[w], w))
        self._weights = list(accumulate(known[word] for word in self.words))
        rare = self.words[20_000 : 20_000 + 2 * NAMES]
        self.names = [f"{rare[2 * n].capitalize()} {rare[2 * n + 1].capitalize()}" for n in range(NAMES)]

    def __iter__(self) -> Iterator[Record]:
        """Yield documents without end."""
        number = 0
        while True:
            yield self._record(number)
            number += 1

    def _record(self, number: int) -> Record:
        chance = self._chance
        said = chance.choices(self.words, cum_weights=self._weights, k=WORDS)
        case = CaseNumber("KS", chance.choice(YEARS), str(chance.randrange(1, MATTERS // len(YEARS))))
        title = " ".join(said[:5]).capitalize()
        names, parties = chance.sample(self.names, 2), chance.sample(PARTIES, 2)
        said[30:30] = [names[0], f"({parties[0]})", "och", names[1], f"({parties[1]})", "dnr", str(case)]
        pages = tuple(_page(at + 1, said[at * PER_PAGE : (at + 1) * PER_PAGE]) for at in range(WORDS // PER_PAGE))
        when = When(chance.choice(YEARS), chance.randrange(1, 13), chance.randrange(1, 29))
        values: list[Value] = [
            Kind(chance.choice(KINDS)), Title(title), Body(chance.choice(BODIES), None), OwnNumber(case),
            *(PartyMention(party) for party in parties),
            *(Mention(name, party, None, "author") for name, party in zip(names, parties, strict=True)),
            *([OwnDate(when)] if chance.randrange(UNDATED) else []),
        ]  # fmt: skip
        digest = hashlib.sha256(str(number).encode()).hexdigest()
        findings = tuple(Finding(value, "", (Place(1, 0, 0, 1),), "bench", 1.0) for value in values)
        return Record(f"{number}.txt", digest, "text/plain", pages, len(pages), findings)


def _page(number: int, words: list[str]) -> Page:
    sentences = [" ".join(words[at : at + SENTENCE]).capitalize() for at in range(0, len(words), SENTENCE)]
    text = ".\n".join(sentences) + "."
    return Page(number, text, text, "plain", 1.0)


def write(store: Store, record: Record) -> int:
    """Take a document into a store; return its id."""
    document = store.begin(record.file, record.sha256, record.media_type)
    store.save(document, record)
    return document
