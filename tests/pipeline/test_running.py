"""A run: every file is counted once, a bad one never stops it, and what is done is not done again."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, TypeVar

import pytest

from corpus import originals
from corpus.account import Account
from corpus.errors import PartMissing, Unreadable, WrongUse
from corpus.records import Page, Record, WordBox
from corpus.store import Store
from corpus.values import Question
from pipeline import ocr, run, stages, tasks
from pipeline.intake import walk
from pipeline.ocr import reading
from pipeline.stages import Work
from pipeline.workers import Inline, Wait
from tests.pipeline.making import PROSE, Silence, archive, page_image, pdf

T = TypeVar("T")
NOWHERE = (WordBox(0, 0, 1, 1, 0.9),)
ASKS = f"""Interpellation av Karin Alm (S) om kajen

{PROSE}
Jag vill därför ställa följande frågor:

1. När är kajen färdig?
2. Vad har den kostat hittills?

Karin Alm (S)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with Store(home, create=True) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "handlingar"
    made.mkdir()
    return made


def add(store: Store, home: Path, *paths: Path) -> Account:
    return run.add(store, home, paths, Silence(), Inline())


# ---- what comes in ---------------------------------------------------------------------------------------------------


def test_files_come_in_a_fixed_order_by_the_name_within_their_folder(folder: Path) -> None:
    for name in ("b.txt", "2021/a.txt", "a.txt", ".dold", ".git/a.txt", "2021/.dold"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    (folder / "tom").mkdir()
    assert [one.file for one in walk([folder])] == ["2021/a.txt", "a.txt", "b.txt"]
    assert [one.file for one in walk([folder / "b.txt", folder / "2021"])] == ["b.txt", "a.txt"]


def test_a_path_that_is_not_there_is_wrong_use_before_anything_is_done(store: Store, home: Path, folder: Path) -> None:
    (folder / "a.txt").write_text(ASKS)
    with pytest.raises(WrongUse):
        add(store, home, folder, folder / "saknas")
    assert store.documents() == []


# ---- a run -----------------------------------------------------------------------------------------------------------


def test_bad_files_are_listed_and_the_run_goes_on(store: Store, home: Path, folder: Path) -> None:
    """Each bad file is a line with its reason and remedy; the good ones before, between and after are taken in."""
    bad = {
        "b-tom.pdf": (b"", "empty"),
        "c-låst.pdf": (pdf("Hemligt", password="lösen"), "encrypted"),  # noqa: S106
        "d-kapad.pdf": (pdf("Sida ett")[:400], "damaged"),
        "e-brus.bin": (bytes(range(256)) * 20, "unknown"),
        "f-trasig.docx": (archive(word__document_DOT_xml="<w")[:60], "damaged"),
    }
    for name, (data, _) in bad.items():
        (folder / name).write_bytes(data)
    (folder / "a.txt").write_text(ASKS)
    (folder / "g.html").write_text(f"<html><body><p>{PROSE}</p></body></html>")
    heard = Silence()
    account = run.add(store, home, [folder], heard, Inline())
    assert account.documents == {"whole": 2, "partial": 0, "failed": 5, "known": 0}
    assert {line.file: line.code for line in account.problems} == {name: code for name, (_, code) in bad.items()}
    assert all(line.reason and line.remedy for line in account.problems)
    assert store.problems() == sorted(account.problems, key=lambda line: line.file)
    assert [name for name, taken in heard.ended if taken == "whole"] == ["a.txt", "g.html"]
    assert len(heard.ended) == 7
    assert list(store.findings(Question))


def test_an_error_nobody_thought_of_is_a_line_too(
    store: Store, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(ASKS)
    (folder / "b.txt").write_text(PROSE)

    def surprised(record: Record, work: Work) -> Record:
        if record.file == "a.txt":
            raise ZeroDivisionError
        return stages._extract(record, work)

    monkeypatch.setattr(stages, "STAGES", (*stages.STAGES[:-1], replace(stages.STAGES[-1], run=surprised)))
    account = add(store, home, folder)
    assert account.documents["whole"] == account.documents["failed"] == 1
    assert [(line.file, line.code) for line in account.problems] == [("a.txt", "unexpected")]


def test_the_same_bytes_again_are_known_under_every_name(store: Store, home: Path, folder: Path) -> None:
    (folder / "a.txt").write_text(ASKS)
    assert add(store, home, folder).documents["whole"] == 1
    (folder / "kopia.txt").write_text(ASKS)
    before = store.record(1)
    assert add(store, home, folder).documents == {"whole": 0, "partial": 0, "failed": 0, "known": 2}
    assert store.record(1) == before
    assert store.resolve("kopia.txt") == store.resolve("a.txt") == 1
    assert len(store.documents()) == 1


def test_the_original_is_kept_as_it_came(store: Store, home: Path, folder: Path) -> None:
    data = ASKS.encode("cp1252")
    (folder / "a.txt").write_bytes(data)
    add(store, home, folder)
    assert originals.path(home, store.documents()[0].sha256).read_bytes() == data


def test_pages_in_are_pages_held_and_pages_listed(
    store: Store, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page OCR cannot read is a line with its number; the other pages of its document are held."""

    def fail(*_: object) -> ocr.Recognised:
        raise Unreadable("ocr", "Det gick inte.", "Skanna om.")

    monkeypatch.setattr(reading, "read", fail)
    (folder / "a.pdf").write_bytes(pdf(PROSE, PROSE, images=[page_image("kaj", dpi=72)]))
    (folder / "b.txt").write_text(f"{PROSE}\f{PROSE}")
    account = add(store, home, folder)
    assert (account.pages_in, account.pages_held, account.pages_listed) == (5, 4, 1)
    assert account.documents == {"whole": 1, "partial": 1, "failed": 0, "known": 0}
    assert [(line.file, line.page) for line in account.problems] == [("a.pdf", 3)]
    assert [(d.pages_in, d.pages_held) for d in store.documents()] == [(3, 2), (2, 2)]


class Clumsy(Inline):
    """Brings down the reading of a page, and the recognising of another."""

    def submit(self, seconds: float, task: Callable[..., T], *arguments: object) -> Wait[T]:
        """Do a task, or fail as a worker that was killed does."""
        numbers = arguments[2] if task is tasks.read_pages else ()
        is_bad = isinstance(numbers, range) and 2 in numbers
        if task is tasks.recognise_page and isinstance(arguments[0], tasks.PageTask):
            is_bad = arguments[0].page.number == 4
        return refuse if is_bad else super().submit(seconds, task, *arguments)


def refuse() -> NoReturn:
    raise Unreadable("slow", "Arbetet tog mer än 5 sekunder.", "Dela upp filen.")


def test_a_page_that_brings_its_worker_down_is_listed_and_the_rest_is_held(
    store: Store, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages are read many at a time; when that fails, each is read alone and only the bad one is lost."""
    monkeypatch.setattr(reading, "read", lambda *_: ocr.Recognised("Kajen är åtgärdad.\n", NOWHERE * 3))
    images = [page_image("kaj", dpi=72)] * 2
    (folder / "a.pdf").write_bytes(pdf(PROSE, PROSE, images=images))
    heard = Silence()
    account = run.add(store, home, [folder], heard, Clumsy())
    assert [(line.page, line.code) for line in account.problems] == [(2, "slow"), (4, "slow")]
    assert [page.number for page in store.pages(1)] == [1, 3]
    assert (account.pages_in, account.pages_held, account.pages_listed) == (4, 2, 2)
    assert heard.pages == 4 - 1  # what could not even be read was never ready


class Failing(Inline):
    """Brings down one kind of task."""

    def __init__(self, task: Callable[..., object]) -> None:
        super().__init__()
        self._bad = task

    def submit(self, seconds: float, task: Callable[..., T], *arguments: object) -> Wait[T]:
        """Do a task, or fail at it."""
        return refuse if task is self._bad else super().submit(seconds, task, *arguments)


@pytest.mark.parametrize(("task", "said"), [(tasks.restore_pages, "rättas"), (tasks.find, "hämtas ur")])
def test_pages_are_held_though_a_later_stage_fails(
    store: Store, home: Path, folder: Path, task: Callable[..., object], said: str
) -> None:
    """They can be read and searched; the account says what is missing, and why."""
    (folder / "a.txt").write_text(ASKS)
    account = run.add(store, home, [folder], Silence(), Failing(task))
    assert account.documents["partial"] == 1
    (line,) = account.problems
    assert said in line.reason
    assert "mer än 5 sekunder" in line.reason
    assert store.pages(1)[0].text == ASKS


def test_a_page_is_never_recognised_twice(
    store: Store, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same page in another file, or at another run, is known by its image."""
    looks: list[int] = []

    def look(*_: object) -> ocr.Recognised:
        looks.append(1)
        return ocr.Recognised("Kajen är åtgärdad.\n", (WordBox(0, 0, 1, 1.23456, 0.98765),) * 3)

    monkeypatch.setattr(reading, "read", look)
    quay, bridge = page_image("kaj", dpi=72), page_image("bro", dpi=72)
    (folder / "a.pdf").write_bytes(pdf(images=[quay, bridge]))
    (folder / "b.pdf").write_bytes(pdf(images=[bridge, quay, bridge]))
    add(store, home, folder)
    assert len(looks) == 2
    assert [page.text for page in store.pages(2)] == ["Kajen är åtgärdad.\n"] * 3
    first, second = store.pages(1)[0], store.pages(2)[1]  # read, and known from before: nothing tells them apart
    assert replace(first, number=2) == second


def test_the_files_in_an_archive_are_taken_in_by_their_paths_in_it(store: Store, home: Path, folder: Path) -> None:
    """An archive in an archive too; what cannot be unpacked is listed with the archive, and the rest is held."""
    inner = archive(djup__a_DOT_txt=ASKS)
    (folder / "arkiv.zip").write_bytes(archive(b_DOT_txt=PROSE, c_DOT_zip=inner))
    (folder / "trasigt.zip").write_bytes(archive(d_DOT_txt=PROSE * 40)[:-400] + archive()[-22:])
    account = add(store, home, folder)
    whole = [d.file for d in store.documents() if d.outcome == "whole"]
    assert whole == ["arkiv.zip/b.txt", "arkiv.zip/c.zip/djup/a.txt"]
    assert account.documents == {"whole": 2, "partial": 0, "failed": 1, "known": 0}
    assert [line.file for line in account.problems] == ["trasigt.zip"]
    assert add(store, home, folder).documents["known"] == 2


LETTER = """From: Karin Alm <karin.alm@lovhamn.example>
To: registrator@lovhamn.example
Subject: =?utf-8?q?Interpellation_om_kajen_i_L=C3=B6vhamn?=
Date: Mon, 4 Mar 2024 09:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

HÃ¤r kommer min interpellation.
--x
Content-Type: text/plain; charset=utf-8; name="interpellation.txt"
Content-Disposition: attachment; filename="interpellation.txt"
Content-Transfer-Encoding: 8bit

%s
--x--
"""


def test_an_e_mail_is_a_document_and_its_attachments_are_documents(store: Store, home: Path, folder: Path) -> None:
    (folder / "brev.eml").write_text(LETTER % ASKS)
    add(store, home, folder)
    assert [d.file for d in store.documents()] == ["brev.eml", "brev.eml/interpellation.txt"]
    (page,) = store.pages(1)
    assert "Ämne: Interpellation om kajen i Lövhamn" in page.text
    assert "Här kommer min interpellation." in page.text
    assert list(store.findings(Question))


def test_a_failed_document_is_tried_again_at_the_next_run(
    store: Store, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_text(ASKS)
    with monkeypatch.context() as broken:
        broken.setattr(stages, "run", lambda *_: 1 / 0)
        assert add(store, home, folder).documents["failed"] == 1
    assert add(store, home, folder).documents["whole"] == 1
    assert store.problems() == []


def test_an_interrupted_document_is_taken_up_again(store: Store, home: Path, folder: Path) -> None:
    (folder / "a.txt").write_text(ASKS)
    store.begin("a.txt", originals.sha256(folder / "a.txt"), "")
    assert [line.code for line in store.problems()] == ["interrupted"]
    account = add(store, home, folder)
    assert account.documents["whole"] == 1
    assert store.problems() == []
    assert store.documents()[0].outcome == "whole"


def test_a_run_stopped_for_a_missing_part_can_be_taken_up_when_it_is_there(
    store: Store, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken in before stays; the document it stopped at has a line, and the next run reads it."""

    def missing(_: str) -> str:
        raise PartMissing("Tesseract saknas.", "Installera det.")

    (folder / "a.txt").write_text(ASKS)
    (folder / "b.pdf").write_bytes(pdf(images=[page_image("kaj", dpi=72)]))
    with monkeypatch.context() as without:
        without.setattr(ocr, "require", missing)
        with pytest.raises(PartMissing):
            add(store, home, folder)
    assert [(d.file, d.outcome) for d in store.documents()] == [("a.txt", "whole"), ("b.pdf", "failed")]
    assert [line.code for line in store.problems()] == ["interrupted"]
    monkeypatch.setattr(reading, "read", lambda *_: ocr.Recognised("Kajen är åtgärdad.\n", NOWHERE * 3))
    assert add(store, home, folder).documents == {"whole": 1, "partial": 0, "failed": 0, "known": 1}


# ---- refresh ---------------------------------------------------------------------------------------------------------


class Counted:
    """The stages with the versions a test wants, and which of them ran on which file."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ran: list[tuple[str, str]] = []
        self._patch = monkeypatch
        self._real = stages.STAGES
        self.change()

    def change(self, **versions: str) -> None:
        """Give some stages another version."""
        self.ran.clear()
        made = tuple(
            replace(stage, version=versions.get(stage.name, stage.version), run=self._counting(stage))
            for stage in self._real
        )
        self._patch.setattr(stages, "STAGES", made)

    def _counting(self, stage: stages.Stage) -> Callable[[Record, Work], Record]:
        def counted(record: Record, work: Work) -> Record:
            self.ran.append((stage.name, record.file))
            return stage.run(record, work)

        return counted


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(monkeypatch)


def test_refresh_does_nothing_where_nothing_has_changed(
    store: Store, home: Path, folder: Path, counted: Counted
) -> None:
    (folder / "a.txt").write_text(ASKS)
    add(store, home, folder)
    counted.change()
    assert run.refresh(store, home, Silence(), Inline()).documents["whole"] == 0
    assert counted.ran == []


@pytest.mark.parametrize(
    ("changed", "ran"),
    [
        ("extract", ["extract"]),
        ("restore", ["restore", "extract"]),
        ("read", ["read", "recognise", "restore", "extract"]),
    ],
)
def test_refresh_runs_the_changed_stage_and_those_after_it(
    store: Store, home: Path, folder: Path, counted: Counted, changed: str, ran: list[str]
) -> None:
    (folder / "a.txt").write_text(ASKS)
    add(store, home, folder)
    before = store.record(1)
    counted.change(**{changed: "new"})
    assert run.refresh(store, home, Silence(), Inline()).documents["whole"] == 1
    assert [name for name, _ in counted.ran] == ran
    after = store.record(1)
    assert dict(after.stages)[changed] == "new"
    assert replace(after, stages=before.stages) == before
    counted.ran.clear()
    run.refresh(store, home, Silence(), Inline())
    assert counted.ran == []


def test_refresh_leaves_documents_that_have_the_new_version(
    store: Store, home: Path, folder: Path, counted: Counted
) -> None:
    (folder / "a.txt").write_text(ASKS)
    add(store, home, folder)
    counted.change(extract="new")
    (folder / "b.txt").write_text(PROSE)
    add(store, home, folder)
    counted.ran.clear()
    run.refresh(store, home, Silence(), Inline())
    assert {file for _, file in counted.ran} == {"a.txt"}


def test_the_restored_text_keeps_the_original_and_every_change(store: Store, home: Path, folder: Path) -> None:
    """Corrections made by the restore stage can be undone: the original is held beside the text."""
    from corpus.records import apply_corrections

    broken = PROSE.replace("å", "a").replace("ä", "a").replace("ö", "o")
    (folder / "a.txt").write_text(broken)
    add(store, home, folder)
    (page,) = store.pages(1)
    assert page.original == broken
    assert page.text != broken
    assert apply_corrections(page.original, page.corrections) == page.text
    assert isinstance(page, Page)
