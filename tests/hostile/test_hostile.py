"""The hostile corpus through `aktspar add`, as a person runs it: nothing crashes, hangs, fills the disk or gets out.

Every file is taken in or listed with its reason. The limits of time are lowered, for a test need not wait a minute for
a file that would take a day.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from corpus.store import Store
from pipeline.temporary import FOLDER
from tests.conftest import PROJECT, aktspar
from tests.hostile.making import SECRET, Made, hostile_files, hostile_folder
from tests.hostile.sound import sound
from tests.pipeline.test_workers import children

pytestmark = [
    pytest.mark.xdist_group("hostile"),
    pytest.mark.skipif(
        sys.platform != "linux", reason="rör, enheter och namn som inte är UTF-8 görs som Linux gör dem"
    ),
]

LEAST = 500
RUN = """
from pipeline import containers, stages
containers.LIST_SECONDS, containers.UNPACK_SECONDS = 5, 10
stages.OPEN_SECONDS, stages.READ_SECONDS, stages.RECOGNISE_SECONDS = 4, 2, 5
stages.RESTORE_SECONDS, stages.FIND_SECONDS, stages.LEAST_SECONDS = 0.5, 0.5, 3
from cli import main
main()
"""
SETTINGS = "worker_megabytes = 2000\nocr_dpi = 100\nworkers = 2\n"
MOST_DISK = 600_000_000  # bytes: the files, what came out of their archives, and the library's own
ENGLISH = re.compile(
    r"\b(the|is|not|error|failed|cannot|invalid|expected|object|bad|unknown|no|of|for)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Taken:
    """How the run ended, and the folders before and after it."""

    made: Made
    home: Path
    code: int
    account: Any
    err: str
    left: list[str]
    before: Mapping[str, tuple[int, int, int]]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    base = tmp_path_factory.mktemp("fientligt")
    made, home = hostile_folder(base / "in", base / "utanför"), base / "bibliotek"
    home.mkdir()
    (home / "config.toml").write_text(SETTINGS)
    before = seen(base, home)
    going = subprocess.Popen(
        [sys.executable, "-c", RUN, "add", str(made.folder), "--home", str(home), "--json"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    out, err = going.communicate()
    yield Taken(made, home, going.returncode, json.loads(out or b"{}"), err.decode(), children(going.pid), before)
    (made.folder / "stangd").chmod(0o700)  # so that pytest can remove it


def seen(base: Path, home: Path) -> dict[str, tuple[int, int, int]]:
    """What lies in a folder and not in the library: kinds, sizes and times."""
    found = {}
    for path, folders, files in os.walk(os.fsencode(base)):
        folders[:] = [one for one in folders if os.path.join(path, one) != os.fsencode(home)]  # noqa: PTH118
        for one in (*folders, *files):
            full = os.path.join(path, one)  # noqa: PTH118
            with suppress(OSError):  # deeper than a path may be long
                status = os.lstat(full)
                found[os.fsdecode(full)] = (status.st_mode, status.st_size, status.st_mtime_ns)
    return found


def test_the_corpus_is_large_distinct_and_the_same_every_time(taken: Taken) -> None:
    made = taken.made.files
    assert len(set(made.values())) == len(made) >= LEAST
    sound.cache_clear()
    again = dict(hostile_files())
    assert [name for name, data in made.items() if again[name] != data] == ["last.pdf"]  # its key is drawn anew


def test_the_run_ends_and_says_that_not_all_could_be_read(taken: Taken) -> None:
    assert taken.code == 1, taken.err[-2000:]
    assert taken.err.strip() == ""
    assert taken.left == []


def test_every_file_is_taken_in_or_listed(taken: Taken) -> None:
    with Store(taken.home) as store:
        held = {row[0] for row in store._db.execute("SELECT file FROM source")}
    listed = {line["file"] for line in taken.account["problems"]}
    told = held | listed
    within = {name.split("/", 1)[0] for name in told}  # an archive that is whole is there as its members
    lost = [name for name in taken.made.files if name not in told and name not in within]
    assert lost == []
    assert [place.file for place in taken.made.places if place.file not in told] == []
    pages = taken.account["pages"]
    assert pages["in"] == pages["held"] + pages["listed"]


def test_what_is_no_file_is_listed_with_what_it_is(taken: Taken) -> None:
    codes = {line["file"]: line["code"] for line in taken.account["problems"]}
    for place in taken.made.places:
        if place.code:
            assert (place.file, codes[place.file]) == (place.file, place.code)
        else:  # taken in, though with these limits something may have taken too long
            assert codes.get(place.file, "slow") == "slow", place.file


def test_every_line_has_a_reason_and_a_remedy_in_swedish_and_none_is_unexpected(taken: Taken) -> None:
    lines = taken.account["problems"]
    assert [line for line in lines if not line["reason"] or not line["remedy"]] == []
    assert [line for line in lines if "unexpected" in line["code"] or "Oväntat" in line["reason"]] == []
    assert [line["reason"] for line in lines if ENGLISH.search(line["reason"].replace(line["file"], ""))] == []


def test_nothing_is_read_that_lies_outside(taken: Taken) -> None:
    with Store(taken.home) as store:
        texts = [text for document in store.documents() for _, text, _ in store.texts(document.id)]
    assert texts
    assert not [text for text in texts if "kornblixt" in text or "root:x:" in text]
    assert "kornblixt" in SECRET


def test_nothing_outside_the_library_has_changed_and_the_disk_is_not_filled(taken: Taken) -> None:
    assert seen(taken.home.parent, taken.home) == taken.before
    assert list((taken.home / FOLDER).iterdir()) == []
    used = sum(file.lstat().st_blocks * 512 for file in taken.home.rglob("*"))
    assert used < MOST_DISK


def test_the_library_answers_afterwards_on_the_terminal_too(taken: Taken) -> None:
    ended = aktspar("status", "--alla", home=taken.home)
    assert ended.code == 0, ended.err
    assert "råd.txt" in ended.out
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", ended.out)
    assert aktspar("status", "--json", home=taken.home).json()["documents"]["whole"] > LEAST / 5
    for verb in ("questions", "promises"):
        assert aktspar(verb, "--json", home=taken.home).code == 0
    found = aktspar("search", "kajen", "--json", home=taken.home)
    assert found.code == 0, found.err
    assert found.json()
