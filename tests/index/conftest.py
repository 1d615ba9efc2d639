"""A small library of invented documents, made as the pipeline would make them."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from corpus import case_numbers, dates, settings
from corpus.records import Finding, Page, Record
from corpus.settings import EngineName
from corpus.store import Store
from corpus.values import Body, Kind, Mention, OwnDate, OwnNumber, PartyMention, Title, Value
from index.search import Result, search


def record(file: str, text: str, *values: Value, original: str | None = None) -> Record:
    """A one-page document with the values found in it."""
    page = Page(1, text if original is None else original, text, "plain", 0.9)
    findings = tuple(Finding(value, "", (), "hand", 1.0) for value in values)
    return Record(file, f"sha-{file}", "text/plain", (page,), 1, findings)


def dated(text: str) -> OwnDate:
    when = dates.parse(text)
    assert when is not None
    return OwnDate(when)


def numbered(text: str) -> OwnNumber:
    number = case_numbers.parse(text)
    assert number is not None
    return OwnNumber(number)


class Library:
    """A library to fill and search."""

    def __init__(self, home: Path, store: Store) -> None:
        self.home = home
        self.store = store

    def add(self, file: str, text: str, *values: Value, original: str | None = None) -> int:
        """Take in a document and return its id."""
        made = record(file, text, *values, original=original)
        document = self.store.begin(made.file, made.sha256, made.media_type)
        self.store.save(document, made)
        return document

    def search(self, query: str, limit: int = 10, offset: int = 0) -> Result:
        """Search the library."""
        return search(self.store, self.home, query, limit, offset)

    def files(self, query: str) -> list[str]:
        """Return the files a query finds, best first."""
        return [hit.file for hit in self.search(query).hits]


@pytest.fixture(params=get_args(EngineName))
def empty(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Library]:
    """A library with nothing in it, once with each engine."""
    with Store(tmp_path, create=True) as store:
        settings.store(tmp_path, "engine", request.param)
        yield Library(tmp_path, store)


@pytest.fixture(scope="module", params=get_args(EngineName))
def library(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Library]:
    """Five documents of a town that does not exist, once with each engine."""
    home = tmp_path_factory.mktemp("library")
    with Store(home, create=True) as store:
        settings.store(home, "engine", request.param)
        held = Library(home, store)
        held.add(
            "badhus.txt",
            "Interpellation om badhuset\n\nDnr KS 2018/0042\n\nBorgarrådet Eva Ek (V) har lovat ett nytt badhus "
            "i hamnen. När öppnar simhallen? Socialnämnden har inte hörts.",
            Kind("interpellation"), Title("Interpellation om badhuset"), Body("Kommunfullmäktige", "Hjortnäs"),
            dated("2018-03-12"), numbered("KS 2018/42"), PartyMention("V"), Mention("Eva Ek", "V", None, "author"),
        )  # fmt: skip
        held.add(
            "svar.txt",
            "Svar på interpellation\n\nDnr KS 2018/42\n\nSimhallens bygge försenas enligt § 63/20. Vänsterpartiets "
            "fråga är besvarad. Åke Ström",
            Kind("interpellationssvar"), Title("Svar om simhallen"), Body("Kommunfullmäktige", "Hjortnäs"),
            dated("2020-02"), numbered("KS 2018/42"), PartyMention("V"), Mention("Åke Ström", "S", None, "author"),
        )  # fmt: skip
        held.add(
            "plan.txt",
            "Handlingsplan för grönområden\n\nHandlingsplanens åtgärder revideras varje år. En tät rad av träd "
            "planteras längs ån, och trädens skötsel följs upp av HR-konsulter.",
            Kind("handlingsplan"), Title("Handlingsplan för grönområden"), Body("Stadsbyggnadsnämnden", "Hjortnäs"),
            dated("2021"),
        )  # fmt: skip
        held.add(
            "brev.txt",
            "Ett råd till nämnden: bygg ut äldreomsorgen. Förbättra biståndshandläggarnas villkor (SAM). Se s 5 och m.",
            Kind("skrivelse"), Title("Brev om omsorg"),
            original="Ett rad till namnden: bygg ut 4ldreomsorgen. Forbattra bistandshandlaggarnas villkor.",
        )  # fmt: skip
        held.add(
            "fi.txt",
            "Motion av Siv Sten (Fi) om gatubelysning. Dnr SN 2017/42.",
            Kind("motion"), Title("Motion om gatubelysning"), dated("2017-05-02"), PartyMention("FI"),
        )  # fmt: skip
        yield held
