"""A library's own vocabularies, from the command line to the workers: what is added is found, changes too."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import aktspar

LETTER = """Byalagsskrivelse från Karin Alm (BYA)

Byköpings kommun

Hemvärnsrådet

2021-03-04

Kajen i hamnen är trasig sedan länge, och de som bor där har bett om hjälp med den. Vi sjunger för kajen under 2022.

Yrkande från (BYA) lämnades av Byalistan.

Karin Alm (BYA)
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "library" / "vocabulary").mkdir(parents=True)
    return tmp_path / "library"


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "brev.txt"
    path.write_text(LETTER, encoding="utf-8")
    return path


def own(home: Path, name: str, text: str) -> None:
    (home / "vocabulary" / f"{name}.toml").write_text(text, encoding="utf-8")


def found(home: Path) -> Any:
    (document,) = aktspar("findings", home=home).json()
    return document


def test_a_party_a_body_and_a_kind_of_the_library_are_found(home: Path, letter: Path) -> None:
    own(home, "parties", '[BYA]\nname = "Byalistan"\n')
    own(home, "bodies", 'board = ["hemvärnsrådet"]\n')
    own(home, "kinds", "[byalagsskrivelse]\ntitle = \"Byalagsskrivelse\"\nsigns = ['^byalagsskrivelse\\b']\n")
    assert aktspar("add", letter, home=home).code == 0
    document = found(home)
    assert document["type"] == "byalagsskrivelse"
    assert document["body"] == "Hemvärnsrådet"
    assert document["parties"] == ["BYA"]
    assert [(author["name"], author["party"]) for author in document["authors"]] == [("Karin Alm", "BYA")]
    hit = aktspar("search", "parti:Byalistan typ:byalagsskrivelse kajen", "--json", home=home).json()["hits"][0]
    assert hit["file"] == "brev.txt"


def test_refresh_looks_through_again_when_the_vocabularies_have_changed_and_only_then(home: Path, letter: Path) -> None:
    def refreshed() -> Any:
        return aktspar("refresh", "--json", home=home).json()["documents"]["whole"]

    assert aktspar("add", letter, home=home).code == 0
    assert found(home)["body"] != "Hemvärnsrådet"
    assert refreshed() == 0
    own(home, "bodies", 'board = ["hemvärnsrådet"]\n')
    assert refreshed() == 1
    assert found(home)["body"] == "Hemvärnsrådet"
    own(home, "bodies", '# samma sak, med en anmärkning\nboard = ["hemvärnsrådet"]\n')
    assert refreshed() == 0
    (home / "vocabulary" / "bodies.toml").unlink()
    assert refreshed() == 1
    assert found(home)["body"] != "Hemvärnsrådet"


def test_a_library_can_be_read_after_a_kind_has_gone_and_before_it_is_refreshed(home: Path, letter: Path) -> None:
    own(
        home,
        "kinds",
        "[byalagsskrivelse]\ntitle = \"Byabrev\"\nsigns = ['^byalagsskrivelse\\b']\nanswers = ['motion']\n",
    )
    assert aktspar("add", letter, home=home).code == 0
    (home / "vocabulary" / "kinds.toml").unlink()
    for verb in (("findings",), ("search", "kajen"), ("trace", "kajen"), ("questions",), ("timeline", "kajen")):
        ended = aktspar(*verb, home=home)
        assert ended.code == 0, ended.err


@pytest.mark.parametrize("verb", [("add", "."), ("refresh",), ("search", "kajen"), ("findings",)])
def test_a_mistake_stops_every_verb_before_it_begins(home: Path, verb: tuple[str, ...]) -> None:
    own(home, "parties", "[BYA]\nname = Byalistan\n")
    ended = aktspar(*verb, home=home)
    assert ended.code == 2
    assert not ended.out
    assert "parties.toml, rad 2" in ended.err
    assert not (home / "aktspar.db").exists()


def test_two_libraries_do_not_share_their_vocabularies(home: Path, letter: Path, tmp_path: Path) -> None:
    own(home, "bodies", 'board = ["hemvärnsrådet"]\n')
    other = tmp_path / "other"
    for library in (home, other):
        assert aktspar("add", letter, "--home", library).code == 0
    assert found(home)["body"] == "Hemvärnsrådet"
    assert found(other)["body"] != "Hemvärnsrådet"
