"""Lägg till: uploads and folders are taken in behind the page, told as they go, and leave an account that balances."""

import re
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from starlette.testclient import TestClient

from corpus import originals
from corpus.account import Account
from corpus.errors import AktsparError, PartMissing
from corpus.store import Store
from pipeline import run
from pipeline.temporary import FOLDER
from tests.pipeline.making import image_bytes, page_image
from tests.web.conftest import HOSTS
from web.answers import Json
from web.app import create
from web.limits import MEGABYTES, MOST_FILES
from web.taking_in import LONGEST_NAME, Desk, safe_name

LETTER = "Interpellation om badet i Alviken\n\n2024-03-01\n\nNär öppnar badet i Alviken igen?\n"
Files = list[tuple[str, tuple[str, bytes, str]]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library with nothing in it."""
    home = tmp_path / "bibliotek"
    Store(home, create=True).close()
    return home


@pytest.fixture
def client(home: Path, tmp_path: Path) -> Iterator[TestClient]:
    """The page over it, with one folder to choose."""
    (tmp_path / "mapp" / "under").mkdir(parents=True)
    (tmp_path / "mapp" / "under" / "brev.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "hemligt.txt").write_text("Detta ska ingen läsa in.", encoding="utf-8")
    with TestClient(create(home, HOSTS, [tmp_path / "mapp"]), follow_redirects=False) as client:
        yield client


def token(client: TestClient) -> str:
    match = re.search(
        r'name="token" value="([0-9a-f]+)"', client.get("/granska/x").text + client.get("/lagg-till").text
    )
    assert match
    return match[1]


def upload(client: TestClient, *files: tuple[str, bytes]) -> int:
    given: Files = [("filer", (name, data, "application/octet-stream")) for name, data in files]
    return client.post("/lagg-till", data={"token": token(client)}, files=given).status_code


def going(client: TestClient) -> Json:
    told: Json = client.get("/lagg-till.json").json()["run"]
    return told


def ended(client: TestClient) -> Json:
    for _ in range(600):
        told = going(client)
        if told["ended"]:
            return told
        time.sleep(0.1)
    raise AssertionError(told)


def files(home: Path) -> list[str]:
    with Store(home) as store:
        return [listed.file for listed in store.documents()]


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("brev.pdf", "brev.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\eva\Skrivbord\Svar på motion.docx", "Svar på motion.docx"),
        ("/absolut.txt", "absolut.txt"),
        ("a\x00b\r\n.txt", "ab.txt"),
        ("fdp.\u202etxt", "fdp.txt"),
        (".gömd", "gömd"),
        ("...", "namnlös"),
        ("", "namnlös"),
        ("mapp/", "namnlös"),
        ("namn. ", "namn"),
        ("A\u030angest.txt", "Ångest.txt"),
        ("<script>alert(1)</script>.txt", "script>.txt"),
        ('<img src=x onerror="alert(1)">.txt', '<img src=x onerror="alert(1)">.txt'),
    ],
)
def test_an_uploaded_name_is_its_own_name_and_nothing_else(given: str, name: str) -> None:
    assert safe_name(given) == name


def test_a_long_name_is_cut_and_keeps_its_ending() -> None:
    for given in ("å" * 300 + ".pdf", "x." + "y" * 300, "." * 400, "ä" * 500):
        name = safe_name(given)
        assert len(name.encode()) <= LONGEST_NAME
        assert name
    assert safe_name("å" * 300 + ".pdf").endswith("å.pdf")


def test_uploads_are_taken_in_under_their_own_names_and_the_account_balances(client: TestClient, home: Path) -> None:
    scan = image_bytes([page_image("Nämnden beslutar att avslå motionen om kajen i Alviken.")], "PNG")
    sent = [("../brev å.txt", LETTER.encode()), ("brev å.txt", b"Ett annat brev."), ("skannad.png", scan),
            ("trasig.pdf", b"%PDF-1.7 x")]  # fmt: skip
    assert upload(client, *sent) == 303
    told = ended(client)
    pages, documents = told["account"]["pages"], told["account"]["documents"]
    assert told["what"] == "4 uppladdade filer"
    assert pages == {"in": 3, "held": 3, "listed": 0}
    assert documents == {"whole": 3, "partial": 0, "failed": 1, "known": 0}
    (problem,) = told["account"]["problems"]
    assert (problem["file"], bool(problem["reason"]), bool(problem["remedy"])) == ("trasig.pdf", True, True)
    assert sorted(files(home)) == ["brev å.txt", "brev å.txt", "skannad.png", "trasig.pdf"]
    assert not list((home / FOLDER).iterdir())
    with Store(home) as store:
        held = store.listed(next(one["document"] for one in told["documents"] if one["file"] == "skannad.png"))
    assert originals.path(home, held.sha256).read_bytes() == scan
    page = client.get("/lagg-till").text
    assert "3 sidor in = 3 lästa + 0 listade" in page
    assert f'href="/handling/{held.id}"' in page
    assert problem["reason"] in page
    assert "data-again" not in page
    assert "http-equiv" not in page
    assert "Lästa i sin helhet" in page
    assert "skannad.png" in client.get("/sok", params={"q": "motionen om kajen"}).text


def test_a_file_met_again_is_known(client: TestClient) -> None:
    for _ in range(2):
        assert upload(client, ("brev.txt", LETTER.encode())) == 303
        told = ended(client)
    assert told["account"]["documents"]["known"] == 1
    assert told["what"] == "brev.txt"


def test_a_folder_is_chosen_by_its_number_alone(client: TestClient, home: Path, tmp_path: Path) -> None:
    assert str(tmp_path / "mapp") in client.get("/lagg-till").text
    for given in ("0", "2", "-1", "x", "", str(tmp_path), "../hemligt.txt", "9" * 400):
        answer = client.post("/lagg-till/mapp", data={"token": token(client), "mapp": given})
        assert answer.status_code == 404
    assert files(home) == []
    assert client.post("/lagg-till/mapp", data={"token": token(client), "mapp": "1"}).status_code == 303
    assert ended(client)["account"]["documents"]["whole"] == 1
    assert files(home) == ["under/brev.txt"]


def test_one_run_at_a_time_and_it_is_told_while_it_goes(
    client: TestClient, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    begun, may_end = Event(), Event()

    def slow(store: Store, home: Path, paths: object, progress: run.Progress, crew: object) -> Account:
        del store, home, paths, crew
        progress.files_ahead(2)
        progress.pages_ahead(12)
        progress.pages_done(5)
        progress.done("först.pdf", "whole", 5)
        begun.set()
        assert may_end.wait(30)
        return Account()

    monkeypatch.setattr(run, "add", slow)
    given = token(client)
    assert upload(client, ("a.txt", b"a")) == 303
    assert begun.wait(30)
    told = going(client)
    assert (told["files"], told["pages"]) == ({"ahead": 2, "done": 1}, {"ahead": 12, "done": 5})
    page = client.get("/lagg-till").text
    assert 'data-again="2000"' in page
    assert "5 av 12 sidor" in page
    assert 'href="/lagg-till">Uppdatera' in page  # where no scripts run
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert 'type="file"' not in page
    busy = client.post("/lagg-till/mapp", data={"token": given, "mapp": "1"})
    assert busy.status_code == 503
    assert "En annan inläsning pågår." in busy.text
    may_end.set()
    assert ended(client)["account"]["documents"] == {"whole": 0, "partial": 0, "failed": 0, "known": 0}
    assert not list((home / FOLDER).iterdir())


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            PartMissing("Tesseract saknas.", "Installera det."),
            {"error": "Tesseract saknas.", "remedy": "Installera det."},
        ),
        (ValueError("hm"), {"error": "Oväntat fel: ValueError: hm", "remedy": "Det som hann bli klart är sparat."}),
    ],
)
def test_a_run_that_fails_is_told_and_the_next_may_begin(
    client: TestClient, home: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, told: Json
) -> None:
    def failing(*_: Any) -> Account:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(run, "add", failing)
        assert upload(client, ("a.txt", b"a")) == 303
        assert ended(client)["failure"] == told
    assert told["error"] in client.get("/lagg-till").text
    assert not list((home / FOLDER).iterdir())
    assert upload(client, ("brev.txt", LETTER.encode())) == 303
    assert ended(client)["account"]["documents"]["whole"] == 1


def test_nothing_chosen_too_many_or_half_a_form(client: TestClient, home: Path) -> None:
    assert client.post("/lagg-till", data={"token": token(client)}).status_code == 404
    assert upload(client, ("", b"x")) == 404
    given: Files = [("filer", (f"{number}.txt", b"x", "text/plain")) for number in range(MOST_FILES + 1)]
    many = client.post("/lagg-till", data={"token": token(client)}, files=given)
    assert many.status_code == 400
    assert f"Högst {MOST_FILES} filer och {MEGABYTES} MB tas emot på en gång." in many.text
    assert '<a class="button" href="/lagg-till">' in many.text
    half = client.post("/lagg-till", content=b"--x\r\nhej", headers={"Content-Type": "multipart/form-data"})
    assert (half.status_code, "Formuläret kom inte fram helt" in half.text) == (400, True)
    odd = client.post(
        "/lagg-till", content=b"--x\r\n", headers={"Content-Type": "multipart/form-data; boundary=x; charset=rot13"}
    )
    assert odd.status_code in {400, 403}
    assert files(home) == []


def test_too_much_is_told_on_a_page_with_the_limits(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.security.LARGEST_BODY", 1000)
    given = token(client)

    def pieces() -> Iterator[bytes]:  # no length is told beforehand
        yield f'--x\r\nContent-Disposition: form-data; name="token"\r\n\r\n{given}\r\n--x\r\n'.encode()
        yield b"y" * 2000

    answer = client.post("/lagg-till", content=pieces(), headers={"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 413
    assert "<h1>Det gick inte</h1>" in answer.text
    assert f"Högst {MOST_FILES} filer och {MEGABYTES} MB tas emot på en gång." in answer.text
    assert '<a class="button" href="/lagg-till">' in answer.text


@pytest.mark.parametrize("path", ["/lagg-till", "/lagg-till/mapp"])
def test_nothing_is_taken_in_without_the_token(client: TestClient, home: Path, path: str) -> None:
    given: Files = [("filer", ("a.txt", b"a", "text/plain"))]
    for fields in ({"mapp": "1"}, {"mapp": "1", "token": "0" * 64}):
        assert client.post(path, data=fields, files=given).status_code == 403
    assert going(client) is None
    assert files(home) == []


def test_a_full_disk_is_told_and_the_desk_is_free_again(home: Path) -> None:
    class Full(BytesIO):
        def read(self, *_: Any) -> bytes:
            raise OSError(28, "No space left on device")

    with Desk(home) as desk:
        with pytest.raises(AktsparError, match="Disken är full"):
            desk.take_in_uploads([("a.txt", Full())])
        desk.take_in_uploads([("brev.txt", BytesIO(LETTER.encode()))])
        for _ in range(600):
            told = desk.told()
            if told and told.ended:
                break
            time.sleep(0.1)
        assert told
        assert told.account
        assert told.account.documents["whole"] == 1


def test_closing_the_page_breaks_off_a_run_at_once_and_the_next_goes_on(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "skannat"
    folder.mkdir()
    for number in range(12):
        text = f"Protokoll nummer {number} för nämnden i Alviken\n" * 12
        (folder / f"{number}.png").write_bytes(image_bytes([page_image(text)], "PNG"))
    with Desk(home) as desk:
        desk.take_in_folder(folder)
        for _ in range(600):
            told = desk.told()
            if told and told.pages_done:
                break
            time.sleep(0.05)
        began = time.monotonic()
    assert time.monotonic() - began < 8
    told = desk.told()
    assert told
    assert told.failure
    assert told.failure.cause == "Inläsningen avbröts."
    assert not list((home / FOLDER).iterdir())
    with Store(home) as store:
        assert not store.check()
        assert all(listed.outcome in {"whole", "failed"} for listed in store.documents())
