"""What lies beside the database: settings, originals, and the checks of `aktspar doctor`."""

import shutil
from pathlib import Path

import pytest

from corpus import checks, originals, settings
from corpus.errors import WrongUse
from corpus.records import Page, Record
from corpus.settings import FILE, Settings
from corpus.store import DATABASE, Store


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == Settings()


def test_a_setting_is_kept_and_the_others_stay(tmp_path: Path) -> None:
    home = tmp_path / "new"
    settings.store(home, "ocr_dpi", "200")
    assert settings.store(home, "ocr_language", "swe_best") == settings.load(home)
    assert settings.load(home) == Settings(ocr_language="swe_best", ocr_dpi=200)


def test_a_setting_with_quotation_marks_is_read_back(tmp_path: Path) -> None:
    settings.store(tmp_path, "ocr_language", 'a"b\\c å')
    assert settings.load(tmp_path).ocr_language == 'a"b\\c å'


@pytest.mark.parametrize(
    ("name", "text"),
    [("unknown", "1"), ("ocr_dpi", "high"), ("ocr_dpi", "²"), ("workers", "-1"), ("ocr_language", "5")],
)
def test_a_setting_that_makes_no_sense_is_refused_and_nothing_is_written(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(WrongUse):
        settings.store(tmp_path, name, text)
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    "text", ["ocr_dpi = ", "färg = 1", 'workers = "two"', "workers = true", "workers = -1", "ocr_dpi = 1.5"]
)
def test_a_file_that_makes_no_sense_is_refused_and_kept(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    with pytest.raises(WrongUse):
        settings.load(tmp_path)
    with pytest.raises(WrongUse):
        settings.store(tmp_path, "ocr_dpi", "200")
    assert (tmp_path / FILE).read_text(encoding="utf-8") == text


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes('ocr_language = "å"'.encode("cp1252"))
    with pytest.raises(WrongUse):
        settings.load(tmp_path)


def incoming(folder: Path, data: bytes) -> tuple[Path, str]:
    """A file as it comes in, and its hash."""
    file = folder / "incoming"
    file.write_bytes(data)
    return file, originals.sha256(file)


def test_an_original_is_kept_byte_for_byte_under_its_hash(tmp_path: Path) -> None:
    file, digest = incoming(tmp_path, bytes(range(256)))
    path = originals.keep(tmp_path, file, digest)
    assert path == originals.path(tmp_path, digest)
    assert path.read_bytes() == bytes(range(256))
    assert originals.keep(tmp_path, file, digest) == path
    file.unlink()
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [path]


def test_a_write_that_is_cut_off_leaves_no_half_original(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash's own name only ever holds the whole file, so a later run keeps it anew."""

    def cut_off(_: Path, target: Path) -> None:
        target.write_bytes(b"hel")
        raise OSError("disk full")

    file, digest = incoming(tmp_path, b"hela kajen")
    monkeypatch.setattr(shutil, "copyfile", cut_off)
    with pytest.raises(OSError, match="disk full"):
        originals.keep(tmp_path, file, digest)
    monkeypatch.undo()
    assert not originals.path(tmp_path, digest).exists()
    assert originals.keep(tmp_path, file, digest).read_bytes() == b"hela kajen"


def test_a_file_that_changes_while_it_is_read_is_not_kept_under_its_old_hash(tmp_path: Path) -> None:
    file, digest = incoming(tmp_path, b"kajen")
    file.write_bytes(b"bron")
    with pytest.raises(OSError, match="changed"):
        originals.keep(tmp_path, file, digest)
    assert not list((tmp_path / originals.FOLDER).rglob("*.*"))


def library(home: Path) -> Path:
    """A library with one whole and one failed document; returns the whole one's original."""
    with Store(home, create=True) as store:
        file, sha = incoming(home, b"kajen")
        kept = originals.keep(home, file, sha)
        document = store.begin("kajen.txt", sha, "text/plain")
        store.save(document, Record("kajen.txt", sha, "text/plain", (Page(1, "kajen", "kajen", "plain", 1.0),), 1))
        file, sha = incoming(home, b"%PDF-")
        originals.keep(home, file, sha)
        store.begin("trasig.pdf", sha, "")
    return kept


def faults(home: Path) -> dict[str, int]:
    return {check.name: check.exit_code for check in checks.library(home, deep=True) if not check.ok}


def test_no_library_yet_is_in_order(tmp_path: Path) -> None:
    assert faults(tmp_path) == {}


def test_a_failed_document_is_one_line_of_the_checks(tmp_path: Path) -> None:
    library(tmp_path)
    assert faults(tmp_path) == {"handlingar": 1}


@pytest.mark.parametrize("lost", [True, False])
def test_an_original_that_is_lost_or_changed_is_named(tmp_path: Path, *, lost: bool) -> None:
    kept = library(tmp_path)
    if lost:
        kept.unlink()
    else:
        kept.write_bytes(b"kajem")
    assert faults(tmp_path)["original"] == 6
    assert any("kajen.txt" in check.remedy for check in checks.library(tmp_path, deep=True) if not check.ok)


def test_a_damaged_database_is_a_line_and_no_crash(tmp_path: Path) -> None:
    library(tmp_path)
    data = bytearray((tmp_path / DATABASE).read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    (tmp_path / DATABASE).write_bytes(data)
    assert faults(tmp_path)["databas"] == 6
