"""pdfminer, which pdfplumber stands on, once unpickled a file that a PDF named (CVE-2025-64512, CVE-2025-70559)."""

import gzip
import os
import pickle
from importlib.metadata import version
from pathlib import Path

import pytest

from pipeline.read import pdf, tables
from tests.hostile.pdfs import page
from tests.pipeline.making import PROSE

RULED = b"".join(b" %d %d 90 20 re S" % (20 + 90 * (n % 3), 20 + 20 * (n // 3)) for n in range(12))


class Touch:
    """Makes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.file),)


def named(path: str) -> bytes:
    """A PDF with a ruled table, whose font says that its character map is called so."""
    name = "".join(f"#{byte:02x}" for byte in path.encode()).encode()
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/%s/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A"
        b"/CIDSystemInfo<</Registry(%s)/Ordering(%s)/Supplement 0>>>>]>>" % (name, path.encode(), path.encode())
    )
    content = b"BT /F1 9 Tf 30 30 Td <00410042> Tj ET BT /F2 9 Tf 30 50 Td (%s) Tj ET" % PROSE.encode("cp1252")[:40]
    fonts = b"<</Font<</F1 5 0 R/F2<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return page(content + RULED, resources=fonts, more={5: font})


@pytest.mark.parametrize("ending", [".pickle.gz", ".json.gz"])
@pytest.mark.parametrize("is_climbing", [False, True])
def test_a_planted_character_map_is_not_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, *, is_climbing: bool
) -> None:
    """Neither by the whole path, nor by one that climbs out of pdfminer's own folder, nor beside a named folder."""
    planted, touched = tmp_path / "kartor" / "kaj", tmp_path / "uppackad"
    planted.parent.mkdir()
    with gzip.open(planted.with_name(planted.name + ending), "wb") as file:
        file.write(pickle.dumps(Touch(touched)))
    with gzip.open(planted.with_name("to-unicode-" + planted.name + ending), "wb") as file:
        file.write(pickle.dumps(Touch(touched)))
    (tmp_path / "kartor2").mkdir()
    monkeypatch.setenv("CMAP_PATH", str(tmp_path / "kartor2"))
    path = f"../kartor/{planted.name}" if is_climbing else str(planted)
    document = tmp_path / "tabell.pdf"
    document.write_bytes(named(path))
    asked: list[str] = []
    monkeypatch.setattr("pdfminer.cmapdb.CMapDB._load_data", _heard("pdfminer.cmapdb", asked))
    tables.ruled(document, [1])
    assert path in "".join(asked)  # pdfminer was asked for the map, so the test tests something
    assert pdf.read(document, [1])[0].text.strip()
    assert not touched.exists()


def _heard(module: str, asked: list[str]) -> classmethod:  # type: ignore[type-arg]
    from importlib import import_module

    real = import_module(module).CMapDB._load_data.__func__

    def heard(cls: type, name: str) -> object:
        asked.append(name)
        return real(cls, name)

    return classmethod(heard)


def test_a_planted_pickle_would_have_been_felt(tmp_path: Path) -> None:
    """The trap works: whoever unpickles it makes the folder."""
    pickle.loads(pickle.dumps(Touch(tmp_path / "uppackad")))  # noqa: S301
    assert (tmp_path / "uppackad").exists()


def test_pdfminer_is_past_both() -> None:
    assert version("pdfminer.six") >= "20251230"


def test_pdfminer_holds_no_pickle_at_all() -> None:
    import pdfminer

    sources = list(Path(pdfminer.__file__).parent.rglob("*.py"))
    assert sources
    assert [file.name for file in sources if "import pickle" in file.read_text()] == []
