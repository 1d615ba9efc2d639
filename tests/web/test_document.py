"""Dokument: a document at a page, its image with marks, its corrections, its original; good and bad input."""

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from corpus import originals, rulings
from corpus.records import Page
from corpus.store import Store
from index import view
from tests.web.conftest import HOSTS
from web.app import create

MINUTES = "2019-protokoll-socialnamnden.pdf"
WEB_PAGE = "2024-interpellation-genomforande.html"
REPLY = "2021-interpellationssvar-kompetensforsorjning.pdf"
WORD = "2023-handlingsplan-2024-2027.docx"


@pytest.fixture(scope="module")
def store(samples_home: Path) -> Iterator[Store]:
    with Store(samples_home) as opened:
        yield opened


@pytest.fixture
def own_home(samples_home: Path, tmp_path: Path) -> Path:
    """A library of one's own, to change."""
    home = tmp_path / "bibliotek"
    shutil.copytree(samples_home, home)
    return home


def picture(client: TestClient, address: str) -> Image.Image:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def scanned(store: Store) -> tuple[int, Page]:
    """A page that OCR read."""
    pages = ((held.id, page) for held in store.documents() for page in store.pages(held.id))
    return next((document, page) for document, page in pages if page.method == "ocr" and len(page.words) > 50)


def corrected(store: Store) -> tuple[int, Page]:
    """A page with corrections."""
    pages = ((held.id, page) for held in store.documents() for page in store.pages(held.id))
    return next((document, page) for document, page in pages if len(page.corrections) > 3)


# ---- the page ----


def test_a_document_tells_what_it_is_and_what_is_found_on_the_page(page: TestClient, store: Store) -> None:
    answer = page.get(f"/handling/{store.resolve(MINUTES)}/2", params={"q": "handlingsplan"})
    assert answer.status_code == 200
    for told in ("Protokoll fört vid socialnämndens sammanträde", "23 april 2019", "SN/2019:118", "Sida 2 av 3",
                 "Peder Kjellmark", "Krav och beslut", "Hör ihop med", "samma ärendenummer",
                 '<mark id="traff" tabindex="-1">handlingsplan</mark>'):  # fmt: skip
        assert told in answer.text
    assert ".png?q=handlingsplan" in answer.text
    assert " style=" not in answer.text
    assert "<script>" not in answer.text


def test_the_same_as_json(page: TestClient, store: Store) -> None:
    document = store.resolve(MINUTES)
    told = page.get(f"/handling/{document}/2.json", params={"q": "handlingsplan", "citat": "§ 40 Ekonomisk"}).json()
    assert (told["id"], told["number"], told["pages"], told["held"]) == (document, 2, 3, [1, 2, 3])
    text = told["page"]["text"]
    assert {text[start:end] for start, end in told["hits"]} == {"handlingsplan", "handlingsplanen"}
    assert [text[start:end] for start, end in told["quotes"]] == ["40 Ekonomisk"]
    assert len(told["boxes"]["hits"]) == len(told["hits"])
    assert {"kind", "text", "page", "number"} <= set(told["findings"][0])
    assert told["links"][0]["other"]["file"]
    assert told["found_on"] == [2]


def test_without_a_page_it_opens_where_the_quote_stands(page: TestClient, store: Store) -> None:
    document = store.resolve(MINUTES)
    assert page.get(f"/handling/{document}.json").json()["number"] == 1
    assert page.get(f"/handling/{document}.json", params={"sida": "3"}).json()["number"] == 3
    found = page.get(f"/handling/{document}.json", params={"citat": "Socialnämnden godkänner månadsrapporten."})
    assert found.json()["number"] == 2
    assert found.json()["quotes"]


def test_a_quote_that_is_not_there_is_told(page: TestClient, store: Store) -> None:
    document = store.resolve(MINUTES)
    answer = page.get(f"/handling/{document}/1", params={"citat": "Detta har ingen någonsin sagt på ett möte"})
    assert "Citatet hittas inte på sidan." in answer.text


def test_what_it_answers_stands_beside_its_answers(page: TestClient, store: Store) -> None:
    answer = page.get(f"/handling/{store.resolve(REPLY)}/1")
    assert "Frågor som handlingen besvarar" in answer.text
    assert "Besvarar" in answer.text
    assert "svar på interpellation mot interpellation" in answer.text
    told = page.get(f"/handling/{store.resolve(REPLY)}/1.json").json()
    assert told["answered"]
    assert all(one["answer_file"] == REPLY for one in told["answered"])
    assert told["links"][0]["outwards"] is True


def test_a_finding_chosen_in_the_margin_is_marked(page: TestClient, store: Store) -> None:
    address = f"/handling/{store.resolve(MINUTES)}/2"
    demand = next(one for one in page.get(f"{address}.json").json()["findings"] if one["kind"] == "demand")
    told = page.get(f"{address}.json", params={"fynd": demand["number"]}).json()
    assert told["quotes"] == [[demand["start"], demand["end"]]]
    assert 'id="markt"' in page.get(address, params={"fynd": demand["number"]}).text
    assert page.get(address, params={"fynd": "99999999999999"}).status_code == 200


def test_the_text_as_it_was_read_is_one_click_away(page: TestClient, store: Store) -> None:
    document, held = corrected(store)
    made = held.corrections[0]
    now = page.get(f"/handling/{document}/{held.number}").text
    assert f"<del>{made.before}</del>" in now
    before = page.get(f"/handling/{document}/{held.number}", params={"original": "1"}).text
    assert "Texten före rättelser" in before
    assert f"<ins>{made.after}</ins>" in before


def test_a_format_without_images_has_text_alone(page: TestClient, store: Store) -> None:
    document = store.resolve(WORD)
    answer = page.get(f"/handling/{document}/1")
    assert answer.status_code == 200
    assert "<img" not in answer.text
    drawn = page.get(f"/handling/{document}/1.png")
    assert (drawn.status_code, drawn.headers["content-type"]) == (422, "image/png")


@pytest.mark.parametrize(
    "path",
    [
        "/handling/9999",
        "/handling/9999/1",
        "/handling/9999.json",
        "/handling/1/99",
        "/handling/1/0",
        "/handling/1/99.png",
        "/handling/9999/1.png",
        "/handling/9999/original",
        "/handling/99999999999999999999999999/1",
        "/handling/1/99999999999999999999999999",
        "/handling/1/99999999999999999999999999.png",
        "/handling/x/1",
        "/handling/-1/1",
        "/handling/1/1/1",
        "/handling/../aktspar.db",
        "/handling/1/..%2f..%2faktspar.db",
    ],
)
def test_what_does_not_exist_is_not_found(page: TestClient, path: str) -> None:
    assert page.get(path).status_code == 404


def test_what_a_reader_types_is_never_markup(page: TestClient, store: Store) -> None:
    document = store.resolve(MINUTES)
    nasty = "<script>alert(1)</script>\"'"
    answer = page.get(
        f"/handling/{document}/1", params=dict.fromkeys(("q", "citat", "fynd", "visa", "original"), nasty)
    )
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


# ---- the image ----


def test_words_are_marked_where_they_stand_on_a_scanned_page(page: TestClient, store: Store) -> None:
    document, held = scanned(store)
    words = held.text.split()
    quote = " ".join(words[20:26])
    boxes = view.boxes(held, view.spans_of(held.text, quote))
    assert len(boxes) >= 6
    address = f"/handling/{document}/{held.number}.png"
    plain, marked = picture(page, address), picture(page, f"{address}?citat={quote}")
    assert plain.size == marked.size
    scale = 110 / 72
    changed = [at for at in range(0, plain.height, 2) if _row(plain, at) != _row(marked, at)]
    top, bottom = min(box.top for box in boxes) * scale, max(box.bottom for box in boxes) * scale
    assert top - 6 < min(changed) < max(changed) < bottom + 6
    box = boxes[0]
    corner = (round((box.left - 1) * scale), round((box.top + box.bottom) / 2 * scale))
    red, _, blue = pixel(marked, corner)
    assert blue > red + 20  # a quote is blue, with a line under it; a hit is yellow
    hit = picture(page, f"{address}?q={words[0]}")
    box = view.boxes(held, view.marks(held, words[0], []).hits)[0]
    red, _, blue = pixel(hit, (round((box.left - 1) * scale), round((box.top + box.bottom) / 2 * scale)))
    assert red > blue + 20


def _row(image: Image.Image, at: int) -> bytes:
    return image.crop((0, at, image.width, at + 1)).tobytes()


def pixel(image: Image.Image, at: tuple[int, int]) -> tuple[int, int, int]:
    found = image.getpixel(at)
    assert isinstance(found, tuple)
    return found[0], found[1], found[2]


def test_a_page_is_drawn_larger_on_request(page: TestClient, store: Store) -> None:
    document = store.resolve(MINUTES)
    small, large = (picture(page, f"/handling/{document}/1.png{more}") for more in ("", "?stor=1"))
    assert large.width == pytest.approx(2 * small.width, abs=2)


def test_a_page_that_cannot_be_drawn_says_why(own_home: Path) -> None:
    with Store(own_home) as store:
        document = store.resolve(MINUTES)
        file = originals.path(own_home, store.listed(document).sha256)
    file.write_bytes(b"%PDF-1.4 trasig")
    with TestClient(create(own_home, HOSTS)) as client:
        for _ in range(2):  # the second time as it is kept
            drawn = client.get(f"/handling/{document}/1.png")
            assert (drawn.status_code, drawn.headers["content-type"]) == (422, "image/png")
            assert Image.open(io.BytesIO(drawn.content)).size[0] > 100
        file.unlink()
        assert client.get(f"/handling/{document}/2.png").status_code == 422
        assert client.get(f"/handling/{document}/original").status_code == 404
        assert client.get(f"/handling/{document}/1").status_code == 200


# ---- the original ----


@pytest.mark.parametrize(("file", "kind"), [(MINUTES, "application/pdf"), (WEB_PAGE, "text/html; charset=utf-8")])
def test_the_original_is_handed_out_to_be_saved_and_never_shown(
    page: TestClient, store: Store, samples_home: Path, file: str, kind: str
) -> None:
    document = store.resolve(file)
    answer = page.get(f"/handling/{document}/original")
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"] == f'attachment; filename="{file}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.content == originals.path(samples_home, store.listed(document).sha256).read_bytes()


def test_a_files_name_brings_nothing_into_the_headers(own_home: Path) -> None:
    with Store(own_home) as store:
        document = store.resolve(MINUTES)
        store.add_source(document, '0\r\nSet-Cookie: a=b\r\n/å"; x=".html')
    with TestClient(create(own_home, HOSTS)) as client:
        headers = client.get(f"/handling/{document}/original").headers
    assert headers["content-disposition"] == "attachment; filename*=utf-8''%C3%A5%22%3B%20x%3D%22.html"
    assert "a=b" not in headers.get("set-cookie", "")


# ---- corrections ----


def test_a_rejected_correction_is_gone_from_the_text_and_the_index(own_home: Path) -> None:
    with Store(own_home) as store:
        document, held = corrected(store)
    made = next(one for one in held.corrections if len(one.before) > 4 and held.text.count(one.after) == 1)
    address = f"/handling/{document}/{held.number}"
    with TestClient(create(own_home, HOSTS), follow_redirects=False) as client:
        shown = client.get(address).text
        (token,) = set(re.findall(r'name="token" value="(\w+)"', shown))
        key = f"{made.start}|{made.before}|{made.after}"
        assert f'name="rattelse" value="{key}"' in shown
        sent = {"rattelse": key, "q": "ord"}
        assert client.post(f"{address}/underkann", data=sent).status_code == 403
        assert client.post(f"{address}/underkann", data={**sent, "token": "fel"}).status_code == 403
        assert not rulings.load(own_home).rejected
        done = client.post(f"{address}/underkann", data={**sent, "token": token})
        assert (done.status_code, done.headers["location"]) == (303, f"{address}?q=ord&underkand=1#rattelser")
        assert "Rättelsen är underkänd" in client.get(done.headers["location"]).text
        told = client.get(f"{address}.json").json()
        assert made.after not in told["page"]["text"]
        assert made.before in told["page"]["text"]
        assert len(told["page"]["corrections"]) == len(held.corrections) - 1
        again = client.post(f"{address}/underkann", data={**sent, "token": token})
        assert again.status_code == 404
        assert "Rättelsen finns inte längre." in again.text
        found = client.get("/sok.json", params={"q": f'"{made.before}"'}).json()
        assert document in [hit["id"] for hit in found["hits"]]
    (rejected,) = rulings.load(own_home).rejected
    assert (rejected.before, rejected.after, rejected.page) == (made.before, made.after, held.number)
    assert not list((own_home / "tmp").iterdir())


@pytest.mark.parametrize("sent", ["", "x", "0|a|b", "-1||", "9" * 40])
def test_only_a_correction_that_stands_can_be_rejected(own_home: Path, sent: str) -> None:
    with Store(own_home) as store:
        document, held = corrected(store)
    with TestClient(create(own_home, HOSTS)) as client:
        shown = client.get(f"/handling/{document}/{held.number}").text
        (token,) = set(re.findall(r'name="token" value="(\w+)"', shown))
        for place in (f"{document}/{held.number}", f"{document}/99", "9999/1"):
            answer = client.post(f"/handling/{place}/underkann", data={"rattelse": sent, "token": token})
            assert answer.status_code == 404
    assert not rulings.load(own_home).rejected


def test_like_a_document_is_called_by_its_title(page: TestClient, store: Store) -> None:
    shown = page.get(f"/handling/{store.resolve(MINUTES)}/liknande").text
    assert "<h1>Om samma sak som ”Protokoll fört vid socialnämndens sammanträde" in shown
