"""The store: what is saved comes back equal, a document is written whole or not at all, a library is never harmed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from corpus import database
from corpus import store as store_module
from corpus.case_numbers import CaseNumber
from corpus.dates import When
from corpus.errors import LibraryBusy, LibraryClosed, LibraryDamaged, WrongUse
from corpus.links import Answer, Link, Passage
from corpus.records import Correction, Finding, Page, Part, Place, Problem, Record, WordBox
from corpus.store import DATABASE, Store
from corpus.values import (
    VALUE_KINDS,
    Body,
    BrokenOff,
    Decision,
    Demand,
    Event,
    IncompleteNumber,
    Key,
    Kind,
    Mention,
    OtherDate,
    OwnDate,
    OwnNumber,
    PartyMention,
    PersonalNumber,
    Promise,
    Question,
    Reference,
    Section,
    Statement,
    Table,
    Title,
    Value,
    Vote,
)

VALUES: tuple[Value, ...] = (
    Kind("interpellation"),
    Title("Interpellation om kajen i Lövhamn"),
    Body("Socialnämnden", None),
    Body("Kommunfullmäktige", "Lövhamn"),
    OwnNumber(CaseNumber("KS", 2021, "377", "KS 2021/377")),
    OwnDate(When(2021, 5, 17)),
    OtherDate(When(2020, season=21)),
    OtherDate(When(2016, until=2018)),
    Mention("Karin Alm", "S", None, "author"),
    PartyMention("FI"),
    Question("När öppnar badet?", 2, answered_below=False),
    Demand("att kajen rustas upp", ("S", "Karin Alm")),
    Promise("Vi kommer att rusta kajen.", None, "commitment", When(2025, 6)),
    Decision("Motionen avslås.", "rejected", proposed=False),
    Statement("reservation", ("Karin Alm",), ("S", "V"), "Vi vill annat.", None),
    Event("Planen antogs sent 2023.", "decided", When(2023, late=True), about_plan=True),
    Reference("AFS 2015:4", "law", None),
    Vote(7, 3, 1, "§ 140 Hastighetsplan"),
    Key("motion", "2019:8"),
    IncompleteNumber("Dnr /2016"),
    PersonalNumber("19121212-XXXX", checked=True),
    Section("Ärendet", "Socialnämnden", 2, ("Remissammanställning",), "3f"),
    Table("Tabell 1", ("Enhet", "Procent"), (("Norr", "12,5 %"), ("Söder", "8 %"))),
    BrokenOff("Texten slutar mitt i en mening."),
)
PAGES = (
    Page(
        1,
        "Vi vill forbattra kajen.",
        "Vi vill förbättra kajen.",
        "restored layer",
        0.4,
        ("bara 0.0 % å, ä och ö",),
        None,
        (Correction(8, 17, "forbattra", "förbättra", "vowel", 0.98),),
    ),
    Page(
        3,
        "Åtta öar\n",
        "Åtta öar\n",
        "ocr",
        0.9,
        (),
        0.91,
        (),
        (WordBox(72.0, 80.5, 99.2, 92.0, 0.91), WordBox(103.3, 80.5, 120.7, 92.0)),
        (Part("heading", 0, 8),),
    ),
)
PROBLEMS = (Problem("encrypted", "Låst.", "Lås upp."), Problem("ocr", "Sidan gick inte.", "Skanna om.", 2))


def full_record(file: str = "mapp/kajen.pdf", sha: str = "abc") -> Record:
    findings = tuple(
        Finding(value, f"text {n}", (Place(1, n, n + 3, 1), Place(3, 0, 4, 3)), f"test@{n}", n / 20)
        for n, value in enumerate(VALUES)
    )
    return Record(file, sha, "application/pdf", PAGES, 3, findings, PROBLEMS, (("read", "1"), ("extract", "2")))


def saved(store: Store, record: Record) -> int:
    document = store.begin(record.file, record.sha256, record.media_type)
    store.save(document, record)
    return document


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path, create=True) as opened:
        yield opened


def test_the_values_tried_are_of_every_kind() -> None:
    assert {type(value) for value in VALUES} == set(get_args(Value)) == set(VALUE_KINDS.values())


def test_a_saved_record_comes_back_equal(tmp_path: Path) -> None:
    """Pages, corrections, word boxes, parts, findings of every kind, problems and stages survive being written."""
    record = full_record()
    with Store(tmp_path, create=True) as store:
        document = saved(store, record)
    with Store(tmp_path) as store:
        assert store.record(document) == record


def test_a_page_is_read_without_the_rest_of_its_document(store: Store) -> None:
    document = saved(store, full_record())
    assert store.page_numbers(document) == [1, 3]
    assert (store.page(document, 1), store.page(document, 3)) == PAGES
    assert store.page(document, 2) is store.page(document + 1, 1) is None
    assert tuple(store.lost(document)) == PROBLEMS
    finding = Finding(Kind("motion"), "motion", (Place(1, 0, 4, 1), Place(3, 0, 4, 3)), "kind@1", 1.0)
    across = Finding(Title("Om kajen"), "Om kajen", (Place(3, 7, 2, 4),), "kind@1", 1.0)
    store.save(document, replace(full_record(), findings=(finding, across)))
    for page, found in {1: [finding], 2: [], 3: [finding, across], 4: [across]}.items():
        assert [one for _, one in store.findings(page=page)] == found
        assert [one for _, one in store.findings(Title, documents=[document], page=page)] == [
            one for one in found if one is across
        ]


@pytest.mark.parametrize("document", [0, -1, 99, 2**63 - 1, 2**63, 10**40])
def test_a_document_that_is_not_held_is_told(store: Store, document: int) -> None:
    saved(store, full_record())
    with pytest.raises(WrongUse, match="Det finns ingen handling"):
        store.listed(document)


def test_saving_again_takes_the_place_of_what_stood_there(store: Store) -> None:
    document = saved(store, full_record())
    changed = replace(full_record(), pages=PAGES[:1], findings=(), problems=())
    store.save(document, changed)
    assert store.record(document) == changed
    assert store.problems() == []


def test_a_save_that_is_cut_off_leaves_the_old_document(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document is written in one transaction: an error in the middle of it undoes all of it."""
    document = saved(store, full_record())

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store_module, "_finding_row", cut_off)
    with pytest.raises(KeyboardInterrupt):
        store.save(document, replace(full_record(), pages=PAGES[:1]))
    assert store.record(document) == full_record()
    monkeypatch.undo()
    store.save(document, replace(full_record(), pages=PAGES[:1]))  # and the store goes on working
    assert store.record(document).pages == PAGES[:1]


def test_a_run_killed_before_the_save_leaves_a_failed_line_with_what_to_do(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as store:
        store.begin("kajen.pdf", "abc", "application/pdf")
    with Store(tmp_path) as store:
        (listed,) = store.documents()
        (problem,) = store.problems()
    assert (listed.file, listed.outcome, listed.pages_held) == ("kajen.pdf", "failed", 0)
    assert (problem.file, problem.code) == ("kajen.pdf", "interrupted")
    assert "aktspar add" in problem.remedy


def test_beginning_again_on_the_same_bytes_is_the_same_document(store: Store) -> None:
    first = store.begin("a.pdf", "abc", "")
    assert store.begin("b.pdf", "abc", "") == first
    assert len(store.problems()) == 1
    assert store.begin("b.pdf", "other bytes", "") != first


def test_the_same_bytes_under_another_path_are_one_document_with_two_names(store: Store) -> None:
    document = saved(store, full_record("2021/kajen.pdf"))
    store.add_source(document, "kopior/kaj.pdf")
    store.add_source(document, "kopior/kaj.pdf")
    assert store.resolve("kaj.pdf") == store.resolve("2021/kajen.pdf") == document
    assert [d.file for d in store.documents()] == ["2021/kajen.pdf"]


@pytest.mark.parametrize("reference", ["mapp/kajen.pdf", "kajen.pdf", "1"])
def test_a_document_is_meant_by_its_path_its_name_or_its_number(store: Store, reference: str) -> None:
    document = saved(store, full_record("mapp/kajen.pdf"))
    saved(store, full_record("mapp/bron.pdf", "other"))
    assert document == 1
    assert store.resolve(reference) == document


@pytest.mark.parametrize(
    "reference", ["", "3", "0", "²", "99999999999999999999", "ajen.pdf", "%", "kajen_pdf", "mapp", "' OR 1=1 --"]
)
def test_a_document_that_is_not_held_is_wrong_use(store: Store, reference: str) -> None:
    """Neither a part of a name nor a sign that means something to the database finds a document."""
    saved(store, full_record("mapp/kajen.pdf"))
    with pytest.raises(WrongUse) as caught:
        store.resolve(reference)
    assert caught.value.exit_code == 2
    assert caught.value.remedy


def test_a_full_path_goes_before_a_name_and_the_newest_before_older_ones(store: Store) -> None:
    plain = saved(store, full_record("kajen.pdf", "1"))
    saved(store, full_record("2020/kajen.pdf", "2"))
    newest = saved(store, full_record("2021/kajen.pdf", "3"))
    assert store.resolve("kajen.pdf") == plain
    saved(store, full_record("2020/bron.pdf", "4"))
    assert store.resolve("bron.pdf") == newest + 1


def test_every_save_is_news_to_the_index_and_nothing_else_is(store: Store) -> None:
    first, second = saved(store, full_record("a", "1")), saved(store, full_record("b", "2"))
    seen = max(d.change for d in store.documents())
    assert store.documents(after_change=seen) == []
    store.save(first, full_record("a", "1"))
    assert [d.id for d in store.documents(after_change=seen)] == [first]
    store.add_source(second, "c")
    assert {d.id for d in store.documents(after_change=seen)} == {first, second}


def test_findings_are_read_by_kind_and_document_with_their_keys(store: Store) -> None:
    first, second = saved(store, full_record("a", "1")), saved(store, full_record("b", "2"))
    place = next(i for i, value in enumerate(VALUES) if isinstance(value, Question))
    assert [key for key, _ in store.findings(Question)] == [(first, place), (second, place)]
    assert [key for key, _ in store.findings(Question, documents=[second])] == [(second, place)]
    assert list(store.findings(documents=[])) == []
    assert len(list(store.findings())) == 2 * len(VALUES)


def test_texts_are_the_restored_and_the_original_page(store: Store) -> None:
    document = saved(store, full_record())
    assert store.texts(document)[0] == (1, "Vi vill förbättra kajen.", "Vi vill forbattra kajen.")


def test_connections_come_back_equal_and_are_replaced(store: Store) -> None:
    asked, reply = saved(store, full_record("a", "1")), saved(store, full_record("b", "2"))
    link = Link("answers", reply, asked, ("samma ärendenummer",), 0.9)
    passage = Passage("Badet öppnar i maj.", Place(1, 4, 20, 1), 0.7)
    place = next(i for i, value in enumerate(VALUES) if isinstance(value, Question))
    answer = Answer(asked, place, reply, "partly", "Svaret säger inget om: kostnaden.", (passage,), 0.9)
    with store.connecting() as held:
        held.add_links([link])
        held.replace_answers(asked, [answer])
    assert store.links() == [link]
    assert store.answers() == {(asked, place): answer}
    with store.connecting() as held:
        held.drop_links(asked, "answers")
        held.replace_answers(asked, [])
    assert (store.links(), dict(store.answers())) == ([], {})


def test_links_and_answers_of_some_documents(store: Store) -> None:
    one, two, three = (saved(store, full_record(name, name)) for name in ("a", "b", "c"))
    place = next(i for i, value in enumerate(VALUES) if isinstance(value, Question))
    links = [Link("answers", two, one, (), 0.9), Link("refers to", three, two, (), 0.5)]
    with store.connecting() as held:
        held.add_links(links)
        held.replace_answers(one, [Answer(one, place, two, "answered", "", (), 0.9)])
    assert store.links([one]) == links[:1]
    assert store.links([two, three]) == links
    assert store.links([]) == []
    assert list(store.answers([one, two])) == [(one, place)]
    assert dict(store.answers([two])) == {}


def test_some_documents_are_listed_as_they_are_among_all(store: Store) -> None:
    held = [saved(store, full_record(name, name)) for name in ("a", "b", "c")]
    listed = store.documents()
    assert store.documents(among=[held[2], held[0], 99]) == [listed[0], listed[2]]
    assert store.documents(among=held, after_change=listed[1].change) == listed[2:]
    assert store.documents(among=[]) == []


def test_a_document_is_named_by_the_beginning_of_its_bytes_else_by_its_first_path(store: Store) -> None:
    kept = saved(store, full_record("mapp/kajen.pdf", "abcdef"))
    other = saved(store, full_record("mapp/bron.pdf", "abd"))
    store.add_source(kept, "mapp/kopia.pdf")
    assert store.named("mapp/bron.pdf", "abc", 3) == kept
    assert store.named("mapp/bron.pdf", "abcd", 3) == other
    assert store.named("mapp/bron.pdf", "xyz", 3) == other
    assert store.named("mapp/kajen.pdf", "", 3) == kept
    assert store.named("mapp/kopia.pdf", "xyz", 3) is None
    assert store.named("", "", 3) is None


def test_the_latest_dates_are_those_of_the_latest_year(store: Store) -> None:
    assert store.latest_dates() == []
    dates = [When(2020, 12, 31), When(2021, season=22), When(2021, 3), When(None), When(2021, 3)]
    for number, when in enumerate(dates):
        finding = Finding(OwnDate(when), "", (), "test", 1.0)
        saved(store, replace(full_record(str(number), str(number)), findings=(finding,)))
    assert sorted(store.latest_dates(), key=lambda when: when.order) == [When(2021, 3), When(2021, season=22)]


def test_there_is_no_library_until_one_is_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryClosed) as caught:
        Store(tmp_path)
    assert caught.value.exit_code == 4
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"detta hade aldrig varit en databas " * 99)
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(LibraryClosed):
        Store(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == before


def test_a_library_newer_than_the_program_is_refused_and_untouched(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as store:
        saved(store, full_record())
    with closing(sqlite3.connect(tmp_path / DATABASE)) as db:
        db.execute(f"PRAGMA user_version = {database.schema_version() + 1}")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with pytest.raises(LibraryClosed) as caught:
        Store(tmp_path)
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    assert caught.value.exit_code == 4
    assert "Uppgradera" in caught.value.remedy


def newer_program(monkeypatch: pytest.MonkeyPatch, script: str) -> int:
    """Make the program one schema newer than the libraries made so far."""
    files = database._schema_files()
    number = max(files) + 1
    monkeypatch.setattr(database, "_schema_files", lambda: {**files, number: script})
    return number


def test_a_migration_keeps_a_copy_of_the_library_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path, create=True) as store:
        document = saved(store, full_record())
    number = newer_program(monkeypatch, "ALTER TABLE document ADD COLUMN note TEXT;")
    with Store(tmp_path) as store:
        assert store.record(document) == full_record()
    with closing(sqlite3.connect(tmp_path / DATABASE)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (number,)
        assert db.execute("SELECT note FROM document").fetchall() == [(None,)]
    (copy,) = tmp_path.glob("*.schema*.db")
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (number - 1,)
        assert db.execute("SELECT count(*) FROM finding").fetchone() == (len(VALUES),)


def test_the_copy_holds_what_a_killed_run_left_beside_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that stands only in the write-ahead log is part of the library and of its copy."""
    running = Store(tmp_path, create=True)
    try:
        saved(running, full_record())
        newer_program(monkeypatch, "ALTER TABLE document ADD COLUMN note TEXT;")
        with Store(tmp_path):
            pass
        (copy,) = tmp_path.glob("*.schema*.db")
        with closing(sqlite3.connect(copy)) as db:
            assert db.execute("SELECT count(*) FROM document").fetchone() == (1,)
    finally:
        running.close()


def test_a_migration_that_fails_leaves_the_library_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(tmp_path, create=True) as store:
        document = saved(store, full_record())
    newer_program(monkeypatch, "ALTER TABLE document ADD COLUMN note TEXT; INSERT INTO nowhere VALUES (1);")
    with pytest.raises(LibraryClosed):
        Store(tmp_path)
    monkeypatch.undo()
    with Store(tmp_path) as store:
        assert store.record(document) == full_record()


def test_a_library_held_by_another_run_is_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.05)
    with Store(tmp_path, create=True) as store, closing(sqlite3.connect(tmp_path / DATABASE)) as other:
        document = saved(store, full_record())
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryBusy) as caught:
            store.save(document, full_record())
        assert caught.value.exit_code == 5
        assert store.record(document) == full_record()  # reading goes on
        other.execute("ROLLBACK")
        store.save(document, full_record())


def test_a_sound_library_has_no_faults(store: Store) -> None:
    saved(store, full_record())
    assert store.check() == []


def damage(home: Path) -> None:
    """Overwrite a stretch in the middle of the database."""
    with Store(home, create=True) as store:
        for n in range(40):
            page = Page(1, "kaj " * 600, "kaj " * 600, "plain", 1.0)
            saved(store, Record(f"{n}.txt", str(n), "text/plain", (page,), 1))
    data = bytearray((home / DATABASE).read_bytes())
    data[4096:12288] = b"\xff" * 8192
    (home / DATABASE).write_bytes(data)


def test_damage_is_reported_by_the_check(tmp_path: Path) -> None:
    damage(tmp_path)
    with Store(tmp_path) as store:
        assert store.check() != []


def test_meeting_damage_is_an_error_a_person_can_read(tmp_path: Path) -> None:
    damage(tmp_path)
    with pytest.raises(LibraryDamaged) as caught, Store(tmp_path) as store:
        store.documents()
    assert caught.value.exit_code == 6
    assert caught.value.remedy


def test_a_line_that_points_nowhere_is_reported(tmp_path: Path) -> None:
    with Store(tmp_path, create=True) as store:
        saved(store, full_record())
    with closing(sqlite3.connect(tmp_path / DATABASE)) as db:
        db.execute("INSERT INTO problem VALUES (99, NULL, 'x', 'x', 'x')")
        db.commit()
    with Store(tmp_path) as store:
        assert any("problem" in line for line in store.check())
