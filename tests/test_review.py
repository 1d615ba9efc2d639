"""A person's judgement: it wins over the program, says who and when, survives a rebuild, and can be taken back."""

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Ended, aktspar

QUESTION = """Interpellation av Maj Bergrot (V) till kommunalrådet Tora Lindvik (S) om stranden vid Alviken

2024-03-01

Stranden vid Alviken har varit stängd sedan i somras. Bryggan är trasig och vattnet har inte provats.

Jag vill ställa följande frågor till kommunalrådet Tora Lindvik (S):

1. När öppnar stranden vid Alviken igen?
2. Vad har kommunen betalat för den nya bryggan?

Maj Bergrot (V)
"""

REPLY = """Interpellationssvar av kommunalrådet Tora Lindvik (S)

Till Maj Bergrot (V)

Stranden är viktig för många i Lövhamn.

Maj Bergrot frågar när stranden vid Alviken öppnar igen. Stranden vid Alviken öppnar igen den 1 juni. Är
vattnet inte rent öppnar stranden vid Alviken igen först den 15 juni.

Maj Bergrot frågar också vad kommunen har betalat för den nya bryggan. Bryggan har kostat 140 000 kronor, vilket är
mindre än beräknat.

Lövhamn den 6 maj 2024

Tora Lindvik
"""

OTHER = """Svar på interpellation om badet

Till Siv Alm (M)

Badet hålls öppet hela sommaren. Stranden vid Alviken öppnar däremot inte i år.

Lövhamn den 7 maj 2024

Tora Lindvik
"""


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of the three letters, in which nobody has judged."""
    base = tmp_path_factory.mktemp("bedömt")
    folder = base / "brev"
    folder.mkdir()
    for name, text in (("fråga.txt", QUESTION), ("svar.txt", REPLY), ("annat.txt", OTHER)):
        (folder / name).write_text(text, encoding="utf-8")
    assert aktspar("add", folder, home=base / "bibliotek").code == 0
    return base


@pytest.fixture
def home(taken_in: Path, tmp_path: Path) -> Path:
    """The folder of the letters, and a library of them to judge in."""
    shutil.copytree(taken_in, tmp_path, dirs_exist_ok=True)
    return tmp_path / "bibliotek"


def questions(home: Path) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = aktspar("questions", "--json", home=home).json()["items"]
    return items


def first(home: Path) -> dict[str, Any]:
    return questions(home)[0]


def review(home: Path, *args: object) -> Ended:
    ended = aktspar("review", *args, "--by", "Eva Ek", "--json", home=home)
    assert ended.code == 0, ended.err
    return ended


def link(home: Path, reply: str) -> str:
    """What to type for the link from a reply to the interpellation."""
    ids = {one["file"]: one["id"] for one in aktspar("status", "--json", home=home).json()["files"]}
    return f"s{ids[reply]}-{ids['fråga.txt']}"


def test_a_status_set_by_a_person_wins_and_says_who_and_when(home: Path) -> None:
    asked = first(home)
    assert (asked["status"], asked["judged"]) == ("answered", "")
    review(home, asked["id"], "--status", "delvis besvarad")
    judged = first(home)
    assert (judged["status"], judged["status_title"], judged["confidence"]) == ("partly", "delvis besvarad", 1.0)
    assert re.fullmatch(r"satt av Eva Ek, \d{4}-\d\d-\d\d", judged["judged"])
    assert judged["judged"] in aktspar("questions", home=home).out
    assert questions(home)[1]["judged"] == ""


def test_a_chosen_passage_comes_first_and_a_rejected_one_goes(home: Path) -> None:
    asked = first(home)
    offered = [one["quote"] for one in review(home, asked["id"]).json()["offered"]]
    assert len(offered) > 1
    review(home, asked["id"], "--passage", 2)
    assert first(home)["answers"][0] == offered[1]
    review(home, asked["id"], "--reject-passage", 1)
    assert offered[0] not in first(home)["answers"]
    assert [one["quote"] for one in review(home, asked["id"]).json()["offered"]] == offered  # numbers never move


def test_with_every_passage_rejected_the_question_is_unanswered(home: Path) -> None:
    asked = first(home)
    for number in range(1, len(asked["answers"]) + 1):
        review(home, asked["id"], "--reject-passage", number)
    assert (first(home)["status"], first(home)["answers"]) == ("unanswered", [])


def test_what_was_said_can_be_taken_back(home: Path) -> None:
    before = first(home)
    review(home, before["id"], "--status", "förfallen", "--passage", 1)
    assert first(home)["status"] == "lapsed"
    review(home, before["id"], "--undo")
    assert first(home) == before


def test_a_rejected_link_takes_the_answers_with_it_until_it_is_taken_back(home: Path) -> None:
    before = questions(home)
    assert {one["answer_file"] for one in before} == {"svar.txt"}
    review(home, link(home, "svar.txt"), "--reject")
    for one in questions(home):
        assert (one["status"], one["answer_file"], one["answers"]) == ("no_reply", None, [])
        assert one["judged"].startswith("kopplingen till svaret underkänd av Eva Ek")
    review(home, link(home, "svar.txt"), "--undo")
    assert questions(home) == before


def test_a_link_set_by_hand_offers_passages_and_says_whose_word_it_is(home: Path) -> None:
    review(home, link(home, "svar.txt"), "--reject")
    shown = review(home, link(home, "annat.txt"), "--accept").json()
    assert (shown["source"], shown["target"], shown["confidence"]) == ("annat.txt", "fråga.txt", 1.0)
    asked = first(home)
    assert (asked["answer_file"], asked["status"]) == ("annat.txt", "unjudged")
    assert asked["answers"] == ["Stranden vid Alviken öppnar däremot inte i år."]
    assert asked["why"][0].startswith("satt av Eva Ek")
    assert asked["missing"] == "Svaret är kopplat för hand; ingen har ännu sagt hur långt det besvarar frågan."
    assert asked["judged"].startswith("kopplingen till svaret satt av Eva Ek")


def test_judgements_are_readable_files_that_survive_a_rebuild(home: Path, tmp_path: Path) -> None:
    asked = first(home)
    review(home, asked["id"], "--status", "ej besvarad")
    review(home, link(home, "svar.txt"), "--accept")
    (entry,) = tomllib.loads((home / "corrections" / "answers.toml").read_text(encoding="utf-8"))["answer"]
    assert (entry["question"], entry["by"], entry["document"]["file"]) == (asked["question"], "Eva Ek", "fråga.txt")
    (home / "aktspar.db").unlink()
    (tmp_path / "brev" / "nytt.txt").write_text("En helt annan handling som kommer först.\n", encoding="utf-8")
    assert aktspar("add", tmp_path / "brev" / "nytt.txt", home=home).code == 0  # the ids are other ones now
    assert aktspar("add", tmp_path / "brev", home=home).code == 0
    again = first(home)
    assert again["id"] != asked["id"]
    assert (again["status"], again["judged"].split(",")[0]) == ("unanswered", "satt av Eva Ek")
    assert again["why"][0].startswith("godtagen av Eva Ek")


def test_the_list_of_doubts_names_what_to_type_and_judged_ones_leave_it(home: Path) -> None:
    review(home, first(home)["id"], "--undo")  # a word that says nothing changes nothing
    asked = first(home)["id"]
    review(home, asked, "--status", "besvarad")
    doubts = aktspar("review", "--json", home=home).json()
    assert set(doubts) == {"links", "items", "pages", "corrections", "counts"}
    assert asked not in [one["id"] for one in doubts["items"]]
    assert aktspar("review", home=home).code == 0
    fewer = aktspar("review", "--limit", 1, "--offset", 1, "--json", home=home).json()
    assert (fewer["links"], fewer["counts"]) == (doubts["links"][1:2], doubts["counts"])


def test_an_answer_that_is_right_is_agreed_to(home: Path) -> None:
    asked = first(home)
    agreed = review(home, asked["id"], "--accept").json()
    assert agreed["status"] == asked["status"]
    assert agreed["judged"].startswith("satt av Eva Ek, ")
    assert asked["id"] not in [one["id"] for one in aktspar("review", "--json", home=home).json()["items"]]


def test_a_page_and_a_correction_are_found_good_and_taken_back(samples_home: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(samples_home, tmp_path / "bibliotek"))
    doubtful = aktspar("review", "--json", home=home).json()["corrections"]
    one = doubtful[0]
    page = f"p{one['document']}-{one['page']}"
    for named in (one["id"], page):
        assert review(home, named, "--accept").json()["approved"]
    left = aktspar("review", "--json", home=home).json()
    assert left["corrections"] == doubtful[1:]
    assert left["counts"]["corrections"] == len(doubtful) - 1
    assert one["after"] in aktspar("review", one["id"], home=home).out
    for named in (one["id"], page):
        assert not review(home, named, "--undo").json()["approved"]
    assert aktspar("review", "--json", home=home).json()["corrections"] == doubtful
    assert review(home, one["id"], "--reject").json()["documents"]["whole"] == 1
    fewer = aktspar("review", "--json", home=home).json()["corrections"]
    assert [(other["start"], other["before"]) for other in fewer] == [(d["start"], d["before"]) for d in doubtful[1:]]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("f1-99", "--status", "besvarad"), "Det finns ingen fråga f1-99."),
        (("s1-99", "--accept"), "Det finns ingen handling 99."),
        (("s2-2", "--accept"), "kan inte kopplas till sig själv"),
        (("FRÅGA", "--status", "klart"), "Det finns inget läge som heter klart."),
        (("FRÅGA", "--passage", "99"), "passager, inte 99"),
        (("FRÅGA", "--reject"), "Det valet hör inte till det numret."),
        (("--accept",), "Det valet hör inte till det numret."),
        (("p1-99", "--accept"), "ingen läst sida 99"),
        (("p1-1", "--reject"), "Det valet hör inte till det numret."),
        (("p1-1", "--undo"), "Det finns inget godkännande att ta tillbaka."),
        (("r1-1-99", "--accept"), "Det finns ingen rättelse r1-1-99."),
        (("--undo",), "Det valet hör inte till det numret."),
        (("h1-2", "--reject"), "Det finns ingen sådan koppling."),
        (("hej",), "inget nummer på en fråga"),
        (("FRÅGA", "--status", "besvarad", "--by", " "), "Det framgår inte vem som säger det."),
    ],
)
def test_mistakes_are_told_with_a_remedy(home: Path, args: tuple[str, ...], told: str) -> None:
    asked = first(home)["id"]
    ended = aktspar("review", *[asked if one == "FRÅGA" else one for one in args], home=home)
    assert ended.code == 2
    assert told in " ".join(ended.err.split())
    assert "Gör så här:" in ended.err


def test_a_file_that_cannot_be_read_is_told_and_left_alone(home: Path) -> None:
    asked = first(home)["id"]
    (home / "corrections").mkdir()
    (home / "corrections" / "answers.toml").write_text("[[answer]\n", encoding="utf-8")
    for args in (("questions",), ("review", asked, "--status", "besvarad", "--by", "Eva")):
        ended = aktspar(*args, home=home)
        assert ended.code == 2
        assert "answers.toml" in ended.err
    assert (home / "corrections" / "answers.toml").read_text(encoding="utf-8") == "[[answer]\n"


def test_promises_and_party_answer_on_the_command_line(home: Path) -> None:
    for args in (("promises",), ("promises", "--overdue"), ("promises", "--due-before", "2030"), ("party", "V")):
        assert aktspar(*args, home=home).code == 0
        assert "items" in aktspar(*args, "--json", home=home).json()
    assert aktspar("promises", "--due-before", "snart", home=home).code == 2
    assert aktspar("party", "Hattpartiet", home=home).code == 2
    told = aktspar("party", "Vänsterpartiet", "stranden", "--json", home=home).json()
    assert (told["party"], len(told["items"])) == ("V", 2)
    assert {one["kind"] for one in told["items"]} == {"fråga"}
