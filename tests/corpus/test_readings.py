"""The cache of recognised pages: what is kept is found again, and nothing that befalls the file stops a run."""

import subprocess
import sys
from pathlib import Path

import pytest

from corpus.readings import FILE, get, key, put

PROJECT = Path(__file__).parents[2]
WRITER = """
import sys
from pathlib import Path
from corpus.readings import key, put
home, who = Path(sys.argv[1]), sys.argv[2]
for n in range(60):
    put(home, key(who, str(n)), f"{who} {n}".encode())
"""


def test_what_is_put_is_got_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path, key("sida ett"), "Åtta öar".encode())
    assert get(tmp_path, key("sida ett")) == "Åtta öar".encode()
    assert get(tmp_path, key("sida två")) is None


def test_a_later_reading_takes_the_place_of_an_earlier(tmp_path: Path) -> None:
    put(tmp_path, key("sida"), b"en gissning")
    put(tmp_path, key("sida"), b"en annan")
    assert get(tmp_path, key("sida")) == b"en annan"


@pytest.mark.parametrize(
    ("one", "other"), [((b"ab", "c"), (b"a", "bc")), ((b"ab",), (b"a", b"b")), ((b"", b"a"), (b"a", b""))]
)
def test_a_key_knows_where_its_parts_end(one: tuple[bytes | str, ...], other: tuple[bytes | str, ...]) -> None:
    """The image `ab` looked at in way `c` is not the image `a` looked at in way `bc`."""
    assert key(*one) != key(*other)


def test_the_same_parts_give_the_same_key() -> None:
    assert key(b"bild", "läge 6") == key("bild", "läge 6".encode())


def test_a_missing_folder_is_made(tmp_path: Path) -> None:
    home = tmp_path / "finns" / "inte"
    assert get(home, key("sida")) is None
    put(home, key("sida"), b"text")
    assert get(home, key("sida")) == b"text"


def test_a_file_that_is_no_cache_is_replaced(tmp_path: Path) -> None:
    """The first to meet it removes it, and readings are kept again."""
    (tmp_path / FILE).parent.mkdir()
    (tmp_path / FILE).write_bytes(b"detta har aldrig varit en databas " * 300)
    assert get(tmp_path, key("sida")) is None
    put(tmp_path, key("sida"), b"text")
    assert get(tmp_path, key("sida")) == b"text"


def test_a_damaged_cache_loses_readings_and_nothing_more(tmp_path: Path) -> None:
    """Wherever the bytes are spoiled, a reading is had as it was put or not at all, and no error is raised."""
    readings = {key(str(n)): b"".join(key(str(n), str(i)) for i in range(100)) for n in range(40)}
    for reading, content in readings.items():
        put(tmp_path, reading, content)
    file = tmp_path / FILE
    whole = file.read_bytes()
    assert len(whole) > 8192
    for start in range(0, len(whole), 9000):
        file.write_bytes(whole[:start] + b"\xff" * 700 + whole[start + 700 :])
        assert all(get(tmp_path, reading) in {content, None} for reading, content in readings.items())
        put(tmp_path, key("ny"), b"text")


def test_a_cut_cache_is_not_an_error(tmp_path: Path) -> None:
    put(tmp_path, key("sida"), b"text")
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes()[:5000])
    assert get(tmp_path, key("sida")) in {b"text", None}
    put(tmp_path, key("sida"), b"text")


def test_a_cache_that_cannot_be_made_is_left_alone(tmp_path: Path) -> None:
    """Where a file stands in the folder's place, pages are recognised without a cache."""
    home = tmp_path / "hem"
    home.write_text("en fil")
    put(home, key("sida"), b"text")
    assert get(home, key("sida")) is None
    assert home.read_text() == "en fil"


def test_two_processes_keep_what_both_write(tmp_path: Path) -> None:
    put(tmp_path, key("först"), b"")
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), who], cwd=PROJECT) for who in ("ena", "andra")
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    for who in ("ena", "andra"):
        for n in range(60):
            assert get(tmp_path, key(who, str(n))) == f"{who} {n}".encode()
