"""Grading and OCR: a good text layer is kept, a bad or missing one is recognised anew, with real Tesseract."""

import shutil
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from difflib import SequenceMatcher

import pytest
from PIL import Image, ImageChops

from corpus.errors import PartMissing, Unreadable
from corpus.records import Page, Record, WordBox
from corpus.settings import Settings
from pipeline import ocr, recognise
from pipeline.grade import GOOD, grade
from pipeline.ocr import Recognised
from pipeline.read.kinds import PDF, PLAIN, PNG, TIFF
from tests.pipeline.making import image_bytes, page_image, pdf

PRINTED = (
    "Nämnden beslutade i våras att rusta upp kajen.\n"
    "Åtgärderna påbörjas före sommaren och kostar\n"
    "sju miljoner kronor. Övriga frågor återkommer\n"
    "förvaltningen till när året är över."
)
ENGLISH_OCR = (
    "Namnden beslutade i varas att rusta upp kajen.\n"
    "Atgarderna paborjas fore sommaren och kostar\n"
    "sju miljoner kronor. Ovriga fragor aterkommer\n"
    "forvaltningen till nar aret ar over."
)


@pytest.fixture
def hands() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


@pytest.fixture(scope="module")
def tesseract() -> str:
    try:
        return ocr.require("swe")
    except PartMissing as error:
        pytest.skip(f"{error.cause} {error.remedy}")


@pytest.fixture(scope="module")
def scan() -> bytes:
    return image_bytes([page_image(PRINTED)], "PNG")


def layered(text: str, media_type: str = PNG) -> Record:
    """A record of one page with this text layer, graded as the reader grades it."""
    graded = grade(text)
    page = Page(1, text, text, "layer", graded.score, graded.reasons)
    return Record("x", "x", media_type, (page,), 1)


# ---- grades ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", [PRINTED, PRINTED.upper(), "The board decided to improve the quay and the bridge, as it was about time to."]
)
def test_good_swedish_and_good_english_are_kept(text: str) -> None:
    assert grade(text).score >= GOOD
    assert grade(text).reasons == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (ENGLISH_OCR, "å, ä och ö"),
        (PRINTED.encode().decode("latin-1"), "fel kodning"),
        ("S A M M A N T R Ä D E S P R O T O K O L L  F Ö R  N Ä M N D E N  I  L Ö V H A M N S  S T A D", "spärrad"),
        (
            "N ä d n b s utad e i v år s att r s a u p k jen å tg r der na p å bör j s f ör so m m a r e n",
            "en enda bokstav",
        ),
        ("", "ingen text"),
        ("  \n12 345\n", "ingen text"),
        ("Hamnen", "för lite text"),
    ],
)
def test_a_bad_text_is_graded_down_and_says_why(text: str, reason: str) -> None:
    graded = grade(text)
    assert graded.score < GOOD
    assert any(reason in said for said in graded.reasons)


def test_worse_text_has_a_lower_grade() -> None:
    half = PRINTED[: len(PRINTED) // 2] + ENGLISH_OCR[len(PRINTED) // 2 :]
    assert grade("").score <= grade(ENGLISH_OCR).score < grade(PRINTED).score
    assert grade(ENGLISH_OCR).score <= grade(half).score


# ---- which text is kept ----------------------------------------------------------------------------------------------


def never(*_: object) -> Recognised:
    pytest.fail("a good page went to OCR")


def test_a_page_with_a_good_layer_is_not_recognised(monkeypatch: pytest.MonkeyPatch, hands: Executor) -> None:
    monkeypatch.setattr(ocr, "recognise", never)
    record = layered(PRINTED)
    assert recognise.recognise(record, b"", Settings(), hands) == record


def test_text_without_a_page_image_is_kept_however_bad(monkeypatch: pytest.MonkeyPatch, hands: Executor) -> None:
    monkeypatch.setattr(ocr, "recognise", never)
    record = layered(ENGLISH_OCR, PLAIN)
    assert recognise.recognise(record, b"", Settings(), hands) == record


@pytest.mark.usefixtures("tesseract")
def test_a_scan_without_text_is_recognised(scan: bytes, hands: Executor) -> None:
    """Real OCR gives the Swedish text, word boxes in points within the page, and says why it was done."""
    (page,) = recognise.recognise(layered(""), scan, Settings(ocr_dpi=200), hands).pages
    assert page.method == "ocr"
    assert " ".join(page.text.split()) == " ".join(PRINTED.split())
    assert page.original == page.text
    assert page.grade >= GOOD
    assert "ingen text i filen" in page.reasons
    assert page.confidence is not None
    assert 0.8 < page.confidence <= 1
    assert [word.text for word in page.words] == PRINTED.split()
    assert all(0 <= word.left < word.right <= 596 and 0 <= word.top < word.bottom <= 289 for word in page.words)


@pytest.mark.usefixtures("tesseract")
def test_the_layer_an_english_ocr_left_is_replaced_by_a_better_text(scan: bytes, hands: Executor) -> None:
    (page,) = recognise.recognise(layered(ENGLISH_OCR), scan, Settings(ocr_dpi=200), hands).pages
    assert page.method == "ocr"
    assert "Åtgärderna påbörjas före sommaren" in " ".join(page.text.split())
    assert page.grade > grade(ENGLISH_OCR).score
    assert any(reason.startswith("textlagret: ") for reason in page.reasons)


@pytest.mark.usefixtures("tesseract")
def test_a_blank_page_is_held_as_blank(hands: Executor) -> None:
    blank = image_bytes([Image.new("L", (800, 500), 255)], "PNG")
    done = recognise.recognise(layered(""), blank, Settings(), hands)
    (page,) = done.pages
    assert (page.text, page.words, page.reasons[0]) == ("", (), "tom sida")
    assert done.problems == ()


@pytest.mark.usefixtures("tesseract")
def test_only_the_pages_of_a_pdf_that_need_it_are_recognised(hands: Executor) -> None:
    data = pdf(PRINTED, images=[page_image(PRINTED)])
    first = layered(PRINTED, PDF)
    record = replace(first, pages=(first.pages[0], replace(layered("").pages[0], number=2)), pages_in=2)
    done = recognise.recognise(record, data, Settings(ocr_dpi=150), hands)
    assert [(page.number, page.method) for page in done.pages] == [(1, "layer"), (2, "ocr")]
    assert "rusta upp kajen" in done.pages[1].text


def with_ocr(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(ocr, "require", lambda _: "5")
    monkeypatch.setattr(ocr, "recognise", lambda *_, **__: Recognised(text, (), 0.5))


def test_a_layer_that_ocr_does_not_better_is_kept_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, scan: bytes, hands: Executor
) -> None:
    with_ocr(monkeypatch, ENGLISH_OCR)
    (page,) = recognise.recognise(layered(ENGLISH_OCR), scan, Settings(), hands).pages
    assert (page.method, page.text) == ("layer", ENGLISH_OCR)
    assert "OCR blev inte bättre än textlagret" in page.reasons


def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Recognised:
        raise Unreadable("ocr", "Det gick inte.", "Skanna om.")

    monkeypatch.setattr(ocr, "require", lambda _: "5")
    monkeypatch.setattr(ocr, "recognise", fail)


def test_a_page_that_cannot_be_recognised_keeps_its_layer(
    monkeypatch: pytest.MonkeyPatch, scan: bytes, hands: Executor
) -> None:
    failing(monkeypatch)
    done = recognise.recognise(layered(ENGLISH_OCR), scan, Settings(), hands)
    assert done.pages[0].text == ENGLISH_OCR
    assert done.pages[0].reasons[-1] == "OCR gick inte: Det gick inte."
    assert done.problems == ()


def test_a_page_with_neither_is_listed_and_the_others_are_held(
    monkeypatch: pytest.MonkeyPatch, hands: Executor
) -> None:
    """Pages in are pages held plus pages listed."""
    failing(monkeypatch)
    record = layered(PRINTED)
    empty = replace(layered("").pages[0], number=2)
    record = replace(record, media_type=TIFF, pages=(*record.pages, empty), pages_in=2)
    done = recognise.recognise(record, image_bytes([page_image("a"), page_image("b")], "TIFF"), Settings(), hands)
    assert [page.number for page in done.pages] == [1]
    assert [(problem.code, problem.page, problem.remedy) for problem in done.problems] == [("ocr", 2, "Skanna om.")]
    assert done.outcome == "partial"


# ---- what may be missing ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("tesseract")
def test_a_missing_language_gives_the_command_that_installs_it(scan: bytes, hands: Executor) -> None:
    with pytest.raises(PartMissing) as caught:
        recognise.recognise(layered(""), scan, Settings(ocr_language="smj"), hands)
    assert caught.value.exit_code == 3
    assert "smj" in caught.value.cause
    assert "apt-get install" in caught.value.remedy
    assert "tesseract-ocr-smj" in caught.value.remedy


def test_a_missing_tesseract_gives_the_command_that_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    ocr.require.cache_clear()
    with pytest.raises(PartMissing) as caught:
        ocr.require("swe")
    assert caught.value.exit_code == 3
    assert "apt-get install tesseract-ocr tesseract-ocr-swe" in caught.value.remedy
    assert not ocr.check("swe").ok
    assert ocr.check("swe").exit_code == 3


def test_documents_with_good_text_need_no_tesseract(monkeypatch: pytest.MonkeyPatch, hands: Executor) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    ocr.require.cache_clear()
    assert recognise.recognise(layered(PRINTED), b"", Settings(), hands).pages


# ---- a second look ---------------------------------------------------------------------------------------------------


def _reading(text: str, confidence: float) -> Recognised:
    words = tuple(WordBox(word, 0, 0, 1, 1, confidence) for word in text.split())
    return Recognised(text, words, confidence)


@pytest.mark.parametrize(
    ("confidences", "looks", "kept"),
    [((0.95,), 1, 0), ((0.7, 0.95), 2, 1), ((0.9, 0.6, 0.8), 3, 0), ((0.6, 0.7, 0.9), 3, 2)],
)
def test_a_page_is_looked_at_until_the_engine_is_sure_and_the_surest_reading_is_kept(
    monkeypatch: pytest.MonkeyPatch,
    hands: Executor,
    scan: bytes,
    confidences: tuple[float, ...],
    looks: int,
    kept: int,
) -> None:
    readings = [_reading(f"Läsning nummer {i} av sidan", sure) for i, sure in enumerate(confidences)]
    left = iter(readings)
    monkeypatch.setattr(ocr, "require", lambda _: "5")
    monkeypatch.setattr(ocr, "recognise", lambda *_, **__: next(left))
    (page,) = recognise.recognise(layered(""), scan, Settings(), hands).pages
    assert page.text == readings[kept].text
    assert len(list(left)) == len(readings) - looks


def test_faded_ink_on_uneven_paper_is_read_better_at_the_second_look(hands: Executor) -> None:
    """Real Tesseract on a page whose light falls off and whose ink is pale."""
    clear = page_image(PRINTED, dpi=200)
    shade = Image.linear_gradient("L").resize(clear.size).point(lambda light: 150 + light // 4)
    pale = ImageChops.multiply(clear.convert("L").point(lambda ink: 170 + ink // 3), shade)
    (page,) = recognise.recognise(layered(""), image_bytes([pale], "PNG"), Settings(ocr_dpi=200), hands).pages
    assert SequenceMatcher(None, page.text.split(), PRINTED.split()).ratio() > 0.9
