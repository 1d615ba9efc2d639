"""The command line's manners: exit codes, stdout for data, errors with cause and remedy, in Swedish."""

import re
import sqlite3
from pathlib import Path

import pytest

import cli
from tests.conftest import PROJECT, SAMPLES, aktspar

TEXT = """Interpellation från Åsa Ek (S) till Bo Lund (M) om skolmat

Jag frågar:

1. Hur många kök finns det i staden?
"""


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    folder = tmp_path / "brev"
    folder.mkdir()
    (folder / "fråga.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_bad_files_are_listed_and_the_run_goes_on(letters: Path, tmp_path: Path) -> None:
    whole = (SAMPLES / "2025-interpellation-hot.pdf").read_bytes()
    (letters / "tom.pdf").write_bytes(b"")
    (letters / "avhuggen.pdf").write_bytes(whole[:3000])
    (letters / "brus.bin").write_bytes(bytes(range(256)) * 8)
    (letters / "trasig.docx").write_bytes(b"PK\x03\x04" + b"x" * 300)
    ended = aktspar("add", letters, "--json", home=tmp_path / "b")
    account = ended.json()
    assert ended.code == 1
    assert account["documents"] == {"whole": 1, "partial": 0, "failed": 4, "known": 0}
    assert {p["file"] for p in account["problems"]} == {"tom.pdf", "avhuggen.pdf", "brus.bin", "trasig.docx"}
    assert all(p["reason"] and p["remedy"] for p in account["problems"])
    status = aktspar("status", "--json", home=tmp_path / "b").json()
    assert len(status["problems"]) == 4
    assert (status["paths"], status["methods"]) == (5, {"plain": 1})
    shown = aktspar("status", home=tmp_path / "b").out
    assert "Filer: 5" in shown
    assert "Läst som: 1 text" in shown
    assert "1 in = 1 lästa + 0 listade" in shown


def test_no_library_is_exit_4_with_a_remedy(tmp_path: Path) -> None:
    ended = aktspar("search", "skolmat", home=tmp_path / "ingen")
    assert (ended.code, ended.out) == (4, "")
    assert "aktspar add" in ended.err


def test_a_newer_library_is_refused_untouched(letters: Path, tmp_path: Path) -> None:
    home = tmp_path / "b"
    aktspar("add", letters, home=home)
    with sqlite3.connect(home / "aktspar.db") as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA user_version = 999")
    before = (home / "aktspar.db").read_bytes()
    ended = aktspar("add", letters, home=home)
    assert ended.code == 4
    assert "nyare" in ended.err
    assert (home / "aktspar.db").read_bytes() == before


@pytest.mark.parametrize(
    "args", [("sök", "x"), ("search",), ("add", "finns-inte"), ("show", "saknas.pdf"), ("config", "x", "1")]
)
def test_wrong_use_is_exit_2_and_says_so_in_swedish(letters: Path, tmp_path: Path, args: tuple[str, ...]) -> None:
    home = tmp_path / "b"
    aktspar("add", letters, home=home)
    ended = aktspar(*args, home=home)
    assert (ended.code, ended.out) == (2, "")
    assert "Fel:" in ended.err


def test_a_missing_tesseract_is_exit_3_with_the_command_that_installs_it(tmp_path: Path) -> None:
    scan = SAMPLES / "2020-skrivelse-tegelhamra.pdf"
    ended = aktspar("add", scan, home=tmp_path / "b", PATH=str(tmp_path), TESSDATA_PREFIX=str(tmp_path))
    assert ended.code == 3
    assert "apt-get install tesseract-ocr" in ended.err


def test_a_missing_language_is_exit_3_with_the_command_that_installs_it(tmp_path: Path) -> None:
    aktspar("config", "ocr_language", "fao", home=tmp_path / "b")
    ended = aktspar("add", SAMPLES / "2020-skrivelse-tegelhamra.pdf", home=tmp_path / "b")
    assert ended.code == 3
    assert "tesseract-ocr-fao" in ended.err


def test_doctor_finds_a_lost_original(letters: Path, tmp_path: Path) -> None:
    home = tmp_path / "b"
    aktspar("add", letters, home=home)
    assert aktspar("doctor", home=home).code == 0
    next(path for path in (home / "originals").rglob("*") if path.is_file()).unlink()
    ended = aktspar("doctor", home=home)
    assert ended.code == 6
    assert "fråga.txt" in ended.out


def test_restore_reads_stdin_and_keeps_the_lines() -> None:
    broken = "Namnden beslutar att forbattra arbetsmiljon\nfor alla socialsekreterare.\n"
    assert (
        aktspar("restore", stdin=broken).out
        == "Nämnden beslutar att förbättra arbetsmiljön\nför alla socialsekreterare.\n"
    )


def test_restore_as_json_explains_each_change() -> None:
    told = aktspar("restore", "--json", stdin="Namnden vill forbattra skolmaten for alla barn i staden.\n").json()
    assert told["text"].startswith("Nämnden vill förbättra")
    assert {"start", "end", "before", "after", "rule", "confidence"} == set(told["corrections"][0])


def test_refresh_and_reindex_leave_the_answers_as_they_were(letters: Path, tmp_path: Path) -> None:
    home = tmp_path / "b"
    aktspar("add", letters, home=home)
    before = aktspar("search", "skolmat", "--json", home=home).json()
    assert aktspar("refresh", home=home).code == 0
    assert aktspar("reindex", home=home).code == 0
    assert aktspar("search", "skolmat", "--json", home=home).json() == before


def test_stdout_is_swedish_and_whole_whatever_the_machine_speaks(letters: Path, tmp_path: Path) -> None:
    home = tmp_path / "b"
    aktspar("add", letters, home=home)
    ended = aktspar("questions", home=home, LC_ALL="C", LANG="C", PYTHONIOENCODING="", PYTHONUTF8="0")
    assert ended.code == 0
    assert "Hur många kök finns det i staden?" in ended.out


def test_every_verb_stands_in_the_guide() -> None:
    guide = (PROJECT / "docs" / "anvandning.md").read_text(encoding="utf-8")
    missing = [name for name in cli.aktspar.commands if f"`aktspar {name}" not in guide]
    assert missing == []


def test_help_is_swedish() -> None:
    said = aktspar("trace", "--help").out
    assert said.startswith("Användning:")
    assert not re.search(r"\b(Usage|Options|Show this message)\b", said)


def test_the_module_and_the_project_agree_on_the_version() -> None:
    project = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{cli.VERSION}"' in project


def test_a_correction_can_be_rejected_and_a_word_taught(tmp_path: Path) -> None:
    home, file = tmp_path / "b", tmp_path / "brev.txt"
    file.write_text(
        "Namnden maste forklara varfor Fransmarka skola ska laggas ned i ar. Vi har last om Fransmarka.\n",
        encoding="utf-8",
    )
    aktspar("add", file, home=home)

    def text() -> str:
        return aktspar("text", "brev.txt", home=home).out

    def corrections() -> list[dict[str, str]]:
        pages = aktspar("show", "brev.txt", "--json", home=home).json()["pages"]
        return [made for page in pages for made in page["corrections"]]

    assert text().startswith("Nämnden måste förklara varför")
    number = next(i for i, made in enumerate(corrections(), 1) if made["before"] == "maste")
    assert aktspar("reject", "brev.txt", number, home=home).code == 0
    assert text().startswith("Nämnden maste förklara varför")
    assert aktspar("reject", "brev.txt", 999, home=home).code == 2
    assert aktspar("teach", "Fränsmarka-Öst", home=home).code == 2
    assert aktspar("teach", "Fränsmarka", home=home).code == 0
    assert text().count("Fränsmarka") == 2
    assert text().startswith("Nämnden maste förklara varför")
    assert "säkerhet" in aktspar("show", "brev.txt", "--corrections", home=home).out
    doubtful = aktspar("show", "brev.txt", "--doubtful", home=home).out
    assert "Namnden" not in doubtful
