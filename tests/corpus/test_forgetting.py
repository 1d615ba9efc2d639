"""A forgotten document is gone from every byte of the library, and only a dated note says that it was there."""

import sqlite3
import unicodedata
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from corpus import backup, judgements, originals, readings, rulings
from corpus.errors import WrongUse
from corpus.judgements import AnswerJudgement
from corpus.rulings import Rejection
from corpus.settings import EngineName
from corpus.store import DATABASE, Store
from index.catalogue import open_index
from pipeline.connect import connect
from tests.conftest import Ended
from tests.corpus.keeping import QUESTION, REPLY, add, found, holding, letters, library, ran, told
from verbs import mending

PHRASE = "Ängsbergs Varvsmekaniska"
WORDS = ("Ängsbergs", "Varvsmekaniska", "varvsmekanisk")
SAID = "Kajen blir färdig hösten 2025, enligt överenskommelsen med Ängsbergs Varvsmekaniska."


def encoded(*texts: str) -> list[bytes]:
    """Texts in every way they may stand in a file."""
    forms = {
        form(text)
        for text in texts
        for form in (str, str.lower, str.upper, lambda t: unicodedata.normalize("NFD", t), lambda t: ascii(t)[1:-1])
    }
    undotted = {form.translate(str.maketrans("äåöÄÅÖ", "aaoAAO")) for form in forms}
    return [
        text.encode(encoding)
        for text in forms | undotted
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp1252", "cp850")
        if not any(sign not in text.encode(encoding, "ignore").decode(encoding) for sign in text)
    ]


def unpacked(file: Path) -> Iterator[bytes]:
    """What stands pressed together anywhere in a file."""
    data = file.read_bytes()
    at = -1
    while (at := data.find(b"\x78", at + 1)) >= 0:
        if data[at + 1 : at + 2] in {b"\x01", b"\x9c", b"\xda", b"\x5e"}:
            try:
                yield zlib.decompressobj().decompress(data[at:])
            except zlib.error:
                continue


def traces(home: Path) -> list[str]:
    """The files that hold anything of the reply."""
    wanted = encoded(PHRASE, *WORDS, SAID, "svar.txt")
    pressed = [f.name for f in home.rglob("*") if f.is_file() for text in unpacked(f) if any(w in text for w in wanted)]
    return holding(home, *wanted) + pressed


def forget(home: Path, *args: object, stdin: str | None = None) -> Ended:
    return ran("forget", *args, "--by", "Eva Ek", home=home, stdin=stdin)


@pytest.fixture(params=get_args(EngineName))
def home(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A library with the reply in every place that can hold something of it."""
    home = library(tmp_path, request.param)
    with Store(home) as store:
        reply = store.resolve("svar.txt")
        listed = store.listed(reply)
        question = judgements.Named(
            "fråga.txt", store.listed(store.resolve("fråga.txt")).sha256[: judgements.SHA_LETTERS]
        )
        store.save(reply, store.record(reply))  # what stood there before is now on free pages
    judgements.add_answer(home, AnswerJudgement(question, "Vad har kajen kostat hittills?", "Eva Ek", accepted=(SAID,)))
    judgements.add_answer(
        home, AnswerJudgement(question, "När är kajen i Lövhamn färdig?", "Eva Ek", status="partly", rejected=(SAID,))
    )
    rulings.reject(home, Rejection("Varvsmekaniska", "Varvsmekaniskt", listed.sha256, 1, 5))
    readings.put(home, b"key", REPLY.encode())
    with closing(sqlite3.connect(home / DATABASE)) as db, closing(sqlite3.connect(home / "aktspar.schema3.db")) as copy:
        db.backup(copy)
    (originals.path(home, listed.sha256).parent / f"{listed.sha256}.999999999.tmp").write_text(REPLY[:200])
    (home / "index" / "build-dead").mkdir()
    (home / "index" / "build-dead" / "segment").write_text(REPLY)
    (home / "tmp" / "999999999-x").mkdir(parents=True)
    (home / "tmp" / "999999999-x" / "1").write_text(REPLY)
    return home


def test_no_byte_of_it_is_left(home: Path) -> None:
    """Nor of its name, its hash, or what people ruled on it; what is about other documents stands."""
    with Store(home) as store:
        digest = store.listed(store.resolve("svar.txt")).sha256
        number = store.resolve("svar.txt")
    before = {name.split("/")[0] for name in traces(home)}
    assert before >= {DATABASE, "originals", "index", "corrections", "tmp", "ocr.db", "aktspar.schema3.db"}
    ended = forget(home, "svar.txt", "--yes", "--json")
    assert (ended.code, ended.json()) == (0, {"forgotten": [number], "judgements": 4})
    assert traces(home) == []
    assert holding(home, digest.encode(), bytes.fromhex(digest), digest[: judgements.SHA_LETTERS].encode()) == []
    assert not list(home.glob("aktspar.schema*"))
    assert found(home, PHRASE) == []
    with Store(home) as store, open_index(home, store) as engine:
        assert engine.words("varvsmek") == []
        assert {listed.file for listed in store.documents()} == {"fråga.txt", "lekplats.txt"}
        assert store.check() == []
        assert store.dangling() == 0
    assert sorted(found(home, "kajen")) == ["fråga.txt"]
    assert ran("doctor", "--deep", home=home).code == 0


def test_those_around_it_are_as_if_it_never_came(home: Path, tmp_path: Path) -> None:
    """Links, answers, word counts and saved searches are those of a library that never had it."""
    forget(home, "svar.txt", "--yes")
    never = tmp_path / "aldrig"
    letters(tmp_path / "brev")
    with Store(never, create=True) as store:
        add(store, *(tmp_path / "brev" / name for name in ("fråga.txt", "lekplats.txt")))

    def of(library: Path) -> object:
        with Store(library) as store, closing(sqlite3.connect(library / DATABASE)) as db:
            files = {listed.id: listed.file for listed in store.documents()}
            answers = [(files[k[0]], k[1], a.reply, a.status, a.passages) for k, a in store.answers().items()]
            words = db.execute("SELECT word, count FROM clean_word ORDER BY word").fetchall()
            keys = {(files[row[0]], *row[1:]) for row in db.execute("SELECT document, key, side, year FROM link_key")}
            return store.links(), sorted(answers), words, keys

    assert of(home) == of(never)
    with Store(home) as store:
        (saved,) = store.saved_searches()
        assert saved.seen == {listed.id for listed in store.documents()}


def test_judgements_of_others_stand(home: Path) -> None:
    before = (home / judgements.ANSWERS).read_text(encoding="utf-8")
    (home / judgements.ANSWERS).write_text(f"# Evas lista\n\n{before}", encoding="utf-8")
    forget(home, "svar.txt", "--yes")
    assert [(one.question, one.status) for one in judgements.answers(home)] == [
        ("När är kajen i Lövhamn färdig?", "answered"),
        ("När är kajen i Lövhamn färdig?", "partly"),
    ]
    assert judgements.links(home) == ()
    assert rulings.load(home).taught == ("Lövhamn",)
    assert (home / judgements.ANSWERS).read_text(encoding="utf-8").startswith("# Evas lista\n")


def test_a_dated_note_is_left_and_the_same_bytes_do_not_come_back(home: Path, tmp_path: Path) -> None:
    """They are listed; only when the note is taken back are they taken in, under another number."""
    with Store(home) as store:
        number = store.resolve("svar.txt")
    forget(home, "svar.txt", "--yes")
    status = ran("status", "--json", home=home).json()
    today = date.today().isoformat()  # noqa: DTZ011
    note = {"document": number, "day": today, "by": "Eva Ek", "done": True, "taken_back": False}
    assert status["forgotten"] == [note]
    assert "Glömda: 1" in ran("status", home=home).out
    again = ran("add", tmp_path / "brev", "--json", home=home)
    assert (again.code, again.json()["documents"]) == (1, {"whole": 0, "partial": 0, "failed": 1, "known": 2})
    (problem,) = again.json()["problems"]
    assert (problem["file"], problem["code"]) == ("svar.txt", "forgotten")
    assert f"aktspar forget {number} --undo" in problem["remedy"]
    assert traces(home) == []
    assert ran("forget", number, "--undo", home=home).code == 0
    assert ran("add", tmp_path / "brev", "--json", home=home).json()["documents"]["whole"] == 1
    with Store(home) as store:
        assert store.resolve("svar.txt") > number
        assert [one.taken_back for one in store.forgotten()] == [True]
    assert found(home, PHRASE) == ["svar.txt"]
    assert ran("forget", 999, "--undo", home=home).code == 2


def test_what_comes_after_is_found_though_it_was_the_newest(home: Path, tmp_path: Path) -> None:
    """Numbers and changes never go back: the next document is indexed and connected as any other."""
    with Store(home) as store:
        newest = max(listed.id for listed in store.documents())
        file = store.listed(newest).file
    forget(home, file, "--yes")
    new = tmp_path / "ny.txt"
    new.write_text(QUESTION.replace("kajen", "bryggan"), encoding="utf-8")
    ran("add", new, home=home)
    assert found(home, "bryggan") == ["ny.txt"]
    with Store(home) as store:
        assert store.resolve("ny.txt") > newest
        assert len(store.answers([store.resolve("ny.txt")])) == 2


@pytest.mark.parametrize("home", ["whoosh"], indirect=True)
def test_it_asks_first(home: Path) -> None:
    assert "Inget är borttaget" in forget(home, "svar.txt", stdin="\n").err
    assert found(home, PHRASE) == ["svar.txt"]
    asked = forget(home, "svar.txt", stdin="ja\n")
    assert "svar.txt" in asked.err
    assert "1 handling glömd" in asked.out
    assert traces(home) == []
    assert forget(home, "svar.txt", "--yes").code == 2


@pytest.mark.parametrize("home", ["whoosh"], indirect=True)
@pytest.mark.parametrize("step", ["connect", "erase", "clear", "reindex", "compact"])
def test_one_that_is_broken_off_is_told_and_finished(home: Path, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it was killed: the doctor names the command that does the rest."""
    from index import catalogue

    owners = {
        "connect": "pipeline.connect.connect",
        "erase": "corpus.originals.erase",
        "clear": "corpus.readings.clear",
    }

    def killed(*_: object, **__: object) -> None:
        raise SystemExit

    with Store(home) as store, monkeypatch.context() as patch:
        if step in owners:
            patch.setattr(owners[step], killed)
        else:
            patch.setattr(catalogue if step == "reindex" else Store, step, killed)
        wanted = mending.with_parts(store, [store.resolve("svar.txt")])
        mending.begin_to_forget(store, wanted, "Eva Ek")
        with pytest.raises(SystemExit):
            mending.forget(store, [one.id for one in wanted])
    ended = ran("doctor", home=home)
    assert ended.code == 6
    assert "aktspar doctor --deep" in ended.out
    mended = ran("doctor", "--deep", home=home)
    assert mended.code == 0, mended.out
    assert traces(home) == []
    assert ran("doctor", home=home).code == 0
    assert [note["by"] for note in ran("status", "--json", home=home).json()["forgotten"]] == ["Eva Ek"]


@pytest.mark.parametrize("home", ["whoosh"], indirect=True)
def test_a_backup_forgets_with_the_library(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "kopia"
    with Store(home) as store:
        backup.make(store, target)
    assert holding(target, *encoded(PHRASE)) != []
    forget(home, "svar.txt", "--yes")
    with Store(home) as store:
        backup.make(store, target)
    assert holding(target, *encoded(PHRASE)) == []
    backup.recover(target, tmp_path / "ny")
    assert told(tmp_path / "ny") == told(home)
    assert ran("add", tmp_path / "brev" / "svar.txt", home=tmp_path / "ny").code == 1  # it stays forgotten there


# ---- letters with enclosures -----------------------------------------------------------------------------------------

LETTER = f"""From: Karin Alm <karin@lovhamn.example>
To: Siv Dahl <siv@lovhamn.example>
Subject: Kajen
Date: Mon, 4 Mar 2024 10:00:00 +0100
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="gräns"

--gräns
Content-Type: text/plain; charset=utf-8

Här kommer svaret om kajen i Lövhamn.
--gräns
Content-Type: text/plain; charset=utf-8
Content-Disposition: attachment; filename="bilaga.txt"

{REPLY}
--gräns--
""".replace("gräns", "grans")


@pytest.fixture
def mailed(tmp_path: Path) -> Path:
    """A library with a letter, its enclosure, and another letter."""
    home, folder = tmp_path / "bibliotek", tmp_path / "brev"
    folder.mkdir()
    (folder / "brev.eml").write_text(LETTER, encoding="utf-8")
    (folder / "fråga.txt").write_text(QUESTION, encoding="utf-8")
    with Store(home, create=True) as store:
        add(store, folder)
        assert {d.file for d in store.documents()} == {"brev.eml", "brev.eml/bilaga.txt", "fråga.txt"}
    return home


def test_a_letter_is_forgotten_with_what_it_held(mailed: Path) -> None:
    assert len(forget(mailed, "brev.eml", "--yes", "--json").json()["forgotten"]) == 2
    assert holding(mailed, *encoded(PHRASE, "bilaga.txt", "Här kommer svaret")) == []


def test_an_enclosure_is_not_forgotten_while_its_letter_stands(mailed: Path) -> None:
    """The letter's original holds it: the one command that forgets it is named."""
    ended = forget(mailed, "brev.eml/bilaga.txt", "--yes")
    assert ended.code == 2
    assert "aktspar forget brev.eml" in ended.err
    assert found(mailed, PHRASE) == ["brev.eml/bilaga.txt"]


def test_an_enclosure_that_also_came_by_itself_stays(mailed: Path, tmp_path: Path) -> None:
    """Under the path it has of its own; the forgotten letter's name is gone."""
    single = tmp_path / "fristående.txt"
    with Store(mailed) as store:
        enclosed = store.listed(store.resolve("bilaga.txt"))
    single.write_bytes(originals.path(mailed, enclosed.sha256).read_bytes())
    with Store(mailed) as store:
        add(store, single)
    assert forget(mailed, "brev.eml", "--yes").code == 0
    assert found(mailed, PHRASE) == ["fristående.txt"]
    assert holding(mailed, b"brev.eml") == []


def test_a_folder_named_as_a_document_is_no_part_of_it(tmp_path: Path) -> None:
    home, one, other = tmp_path / "bibliotek", tmp_path / "1", tmp_path / "2"
    (other / "brev").mkdir(parents=True)
    one.mkdir()
    (one / "brev").write_text(REPLY, encoding="utf-8")
    (other / "brev" / "fråga.txt").write_text(QUESTION, encoding="utf-8")
    with Store(home, create=True) as store:
        add(store, one, other)
    assert len(forget(home, "brev", "--yes", "--json").json()["forgotten"]) == 1
    assert found(home, "kajen") == ["brev/fråga.txt"]


# ---- the files people write ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("home", ["whoosh"], indirect=True)
@pytest.mark.parametrize("written", ["[[link]\n", '[[link]]\nkind = "gissning"\n'])
def test_a_file_that_cannot_be_understood_stops_it_before_anything_is_done(home: Path, written: str) -> None:
    (home / judgements.LINKS).write_text(written, encoding="utf-8")
    ended = forget(home, "svar.txt", "--yes")
    assert ended.code == 2
    assert "links.toml" in ended.err
    with Store(home) as store:
        assert store.forgotten() == []
        assert PHRASE in store.record(store.resolve("svar.txt")).pages[0].text


@pytest.mark.parametrize("home", ["whoosh"], indirect=True)
def test_an_entry_over_several_lines_is_one(home: Path) -> None:
    """A text of several lines may hold what looks like the beginning of an entry."""
    with Store(home) as store:
        digest = store.listed(store.resolve("svar.txt")).sha256[: judgements.SHA_LETTERS]
        other = store.listed(store.resolve("lekplats.txt")).sha256[: judgements.SHA_LETTERS]
    kept = f'[[answer]]\ndocument = {{ file = "lekplats.txt", sha256 = "{other}" }}\nquestion = "Gungor?"\nby = "Eva"\n'
    gone = '[[answer]]\nby = "Eva"\nquestion = """\n[[answer]]\n"""\n[answer.document]\nfile = "svar.txt"\n'
    (home / judgements.ANSWERS).write_text(f'{gone}sha256 = "{digest}"\n\n{kept}', encoding="utf-8")
    forget(home, "svar.txt", "--yes")
    assert (home / judgements.ANSWERS).read_text(encoding="utf-8") == kept


@pytest.mark.parametrize("home", ["whoosh"], indirect=True)
def test_nothing_is_forgotten_while_a_run_goes_on(home: Path) -> None:
    from corpus.turns import turn

    with turn(home):
        assert forget(home, "svar.txt", "--yes").code == 5
    assert found(home, PHRASE) == ["svar.txt"]


def test_what_is_not_held_is_wrong_use(home: Path) -> None:
    with Store(home) as store, pytest.raises(WrongUse):
        store.resolve("saknas.txt")
    assert forget(home, "saknas.txt", "--yes").code == 2
    with Store(home) as store:
        connect(store)
        assert store.count() == 3
