"""What a library adds to the vocabularies: merged as told, and every mistake in it met before any work begins."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import additions, vocabulary
from corpus.additions import merged
from corpus.errors import WrongUse

NAMES = sorted(vocabulary._names())
PROGRAM = {name: vocabulary._program(name) for name in NAMES}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# ---- merging ---------------------------------------------------------------------------------------------------------


def test_tables_are_merged_lists_are_added_to_and_the_rest_is_replaced() -> None:
    program = {"words": ["kaj"], "table": {"a": "ett", "b": {"words": ["bro"]}}, "flag": True}
    own = {"words": ["damm"], "table": {"a": "två", "b": {"words": ["ö"]}, "c": "tre"}, "flag": False}
    assert merged(program, own) == {
        "words": ["damm", "kaj"],
        "table": {"c": "tre", "a": "två", "b": {"words": ["ö", "bro"]}},
        "flag": False,
    }


def test_new_entries_stand_before_the_programs_which_keep_their_order() -> None:
    """The first kind whose sign fits is a document's."""
    assert list(merged({"a": {}, "b": {}}, {"b": {"x": 1}, "c": {}})) == ["c", "a", "b"]


def test_nothing_added_changes_nothing() -> None:
    assert all(merged(program, {}) == program for program in PROGRAM.values())


def test_what_may_grow_is_there() -> None:
    for name, *keys in additions.GROWING:
        table = PROGRAM[name]
        for key in keys:
            table = table[key]
        assert table, (name, keys)


# ---- what is right ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("parties.toml", '[BY]\nname = "Byalistan"\n'),
        ("parties.toml", '\ufeff[BY]\r\nname = "Byalistan (BY)"\r\naliases = ["Byalistans"]\r\nmisread = ["8y"]\r\n'),
        ("parties.toml", '[S]\naliases = ["sossarna"]\n'),
        (
            "kinds.toml",
            "[byaskrivelse]\ntitle = \"Byaskrivelse\"\nsigns = ['^byaskrivelse\\b']\nanswers = ['motion']\n",
        ),
        ("kinds.toml", "[motion]\nsigns = ['^moschon\\b']\n"),
        ("bodies.toml", 'board = ["byarådet"]\n[units]\nBR = "Byarådet"\n[municipalities]\n"Lövhamn" = ["lövhamn"]\n'),
        ("events.toml", "[danced]\ntitle = \"dansat\"\nsigns = ['\\bdansa\\w*']\nturning = true\n"),
        ("promises.toml", "aim = ['\\bvi drömmer om\\b']\n"),
        ("answers.toml", "[wants.place]\nasks = ['\\bvar\\b']\ngives = ['\\bvid\\b']\n"),
        ("stopwords.toml", "words = []\n"),
    ],
)
def test_what_has_the_programs_shape_is_taken(folder: Path, name: str, text: str) -> None:
    write(folder, name, text)
    assert list(additions.load(folder, PROGRAM)) == [name.removesuffix(".toml")]


def test_other_files_and_files_that_say_nothing_are_left_alone(folder: Path) -> None:
    write(folder, "läsmig.txt", "om ordlistorna")
    write(folder, "parties.toml", "# ännu inget\n")
    assert additions.load(folder, PROGRAM) == {}


def test_a_library_without_a_folder_adds_nothing(folder: Path) -> None:
    vocabulary.use(folder)
    assert vocabulary.digest() == ""


# ---- what is wrong ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("partier.toml", "", "partier.toml"),
        ("parties.toml", "[BY]\nname = Byalistan\n", "rad 2"),
        ("parties.toml", '[BY]\nname = "Byalistan"\n[BY]\n', "rad 3"),
        ("bodies.toml", '[municipalities]\nLövhamn = ["lövhamn"]\n', "rad 2"),
        ("parties.toml", b'[BY]\nname = "\xc5rets by"\n', "UTF-8"),
        ("parties.toml", 'BY = "Byalistan"\n', "BY ska vara en tabell, inte text"),
        ("parties.toml", '[BY]\naliases = ["byalistan"]\n', "BY saknar name"),
        ("parties.toml", '[BY]\nname = ""\n', "BY saknar name"),
        ("parties.toml", '[BY]\nname = "Byalistan"\ncolor = "röd"\n', "BY.color läses inte"),
        ("parties.toml", '[BY]\nname = ["Byalistan"]\n', "BY.name ska vara text, inte en lista"),
        ("parties.toml", '[BY]\nname = "Byalistan"\naliases = "by"\n', "BY.aliases ska vara en lista, inte text"),
        ("parties.toml", '[BY]\nname = "Byalistan"\naliases = ["by", 3]\n', "3 är ett tal"),
        ("kinds.toml", '[a]\ntitle = "A"\nsigns = ["^(a"]\n', "a.signs '^(a' är inget riktigt reguljärt uttryck"),
        ("kinds.toml", '[a]\ntitle = "A"\nsigns = ["a*"]\n', "a.signs 'a*' passar på vad som helst"),
        ("kinds.toml", '[a]\nsigns = ["^a"]\n', "a saknar title"),
        ("statements.toml", "[avsked]\nsigns = []\n", "avsked saknar signs"),
        ("events.toml", '[decided]\nturning = "ja"\n', "decided.turning ska vara true eller false, inte text"),
        ("bodies.toml", 'boards = ["byarådet"]\n', "boards läses inte"),
        ("bodies.toml", '[units]\nBR = ["Byarådet"]\n', "units.BR ska vara text, inte en lista"),
        ("layout.toml", 'furnitures = ["x"]\n', "furnitures läses inte"),
        ("dates.toml", "says_date = 2019-03-04\n", "says_date ska vara en lista, inte något annat"),
    ],
)
def test_a_mistake_is_told_with_file_place_and_remedy(folder: Path, name: str, text: str | bytes, told: str) -> None:
    path = write(folder, name, text)
    with pytest.raises(WrongUse) as raised:
        additions.load(folder, PROGRAM)
    assert told in raised.value.cause
    assert str(path) in raised.value.cause
    assert raised.value.remedy


def test_a_folder_by_the_name_of_a_vocabulary_is_told(folder: Path) -> None:
    (folder / "kinds.toml").mkdir()
    with pytest.raises(WrongUse, match="går inte att läsa"):
        additions.load(folder, PROGRAM)


# ---- in use ----------------------------------------------------------------------------------------------------------

HOME = "import sys; from pathlib import Path; from corpus import vocabulary; home = Path(sys.argv[1]); "


def run(code: str, home: Path) -> str:
    """Run code in a process of its own: what vocabularies say holds for a whole process."""
    done = subprocess.run([sys.executable, "-c", HOME + code, home], text=True, capture_output=True, check=False)
    return (done.stdout + done.stderr).strip()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "vocabulary").mkdir()
    write(tmp_path / "vocabulary", "parties.toml", '[BY]\nname = "Byalistan"\naliases = ["M", "Byapartiet"]\n')
    return tmp_path


def test_a_library_s_party_is_known_and_wins_over_the_programs(home: Path) -> None:
    code = "vocabulary.use(home); print(*map(vocabulary.party_code, ['(BY)', 'byapartiet', 'Byalistan', 'm', 'S']))"
    assert run(code, home) == "BY BY BY BY S"


def test_the_same_additions_may_be_used_twice_and_have_one_sum(home: Path) -> None:
    code = (
        "vocabulary.use(home); vocabulary.parties(); one = vocabulary.digest(); vocabulary.use(home); "
        "print(one == vocabulary.digest() != '')"
    )
    assert run(code, home) == "True"


def test_other_additions_are_refused_once_a_vocabulary_has_been_read(home: Path) -> None:
    """What has been made of a vocabulary is kept: it must not be another library's."""
    assert "redan i bruk" in run("vocabulary.parties(); vocabulary.use(home)", home)


def test_what_one_process_has_read_another_can_use(home: Path) -> None:
    code = "vocabulary.use(home); own = vocabulary.own(); vocabulary.use_these({}); vocabulary.use_these(own); "
    assert run(code + "print(vocabulary.party_code('by'))", home) == "BY"


def test_a_kind_whose_entry_is_gone_still_has_a_name() -> None:
    """A document keeps its kind until it is looked through again."""
    assert vocabulary.kind_titles()["byaskrivelse"] == "Byaskrivelse"


# ---- the guide -------------------------------------------------------------------------------------------------------

GUIDE = (Path(__file__).parents[2] / "docs" / "vocabulary.md").read_text("utf-8")


def test_what_the_guide_shows_is_right(folder: Path) -> None:
    """Each example stands under a heading that names its file, or names it itself."""
    shown: dict[str, str] = {}
    for section in GUIDE.split("\n## ")[1:]:
        heading = re.search(r"`(\w+\.toml)`", section.partition("\n")[0])
        for example in re.findall(r"```toml\n(.*?)```", section, re.DOTALL):
            named = re.match(r"# (\w+\.toml)", example) or heading
            assert named
            shown[named[1]] = example
    assert {"parties.toml", "bodies.toml", "kinds.toml", "questions.toml", "promises.toml", "events.toml"} <= set(shown)
    for name, example in shown.items():
        write(folder, name, example)
    assert {f"{name}.toml" for name in additions.load(folder, PROGRAM)} == set(shown)
