"""Grading and OCR: a good text layer is kept, a bad or missing one is recognised anew, with real Tesseract."""

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from corpus.errors import PartMissing, Unreadable
from corpus.records import GOOD, Page, WordBox
from corpus.settings import Settings
from pipeline import ocr, pictures, tasks
from pipeline.grade import grade
from pipeline.ocr import Recognised, engine, reading, signs, words
from pipeline.ocr.command_line import CommandLine
from pipeline.ocr.engine import Engine
from pipeline.ocr.in_process import InProcess
from pipeline.read.assembly import Line, Word
from pipeline.read.kinds import PDF, PNG
from pipeline.recognise import recognise
from pipeline.tasks import PageTask
from tests.pipeline.making import font, image_bytes, page_image, pdf

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


def look(image: Image.Image, home: Path, layer: str = "", dpi: int = 200) -> Page:
    """What becomes of a page with this image and this text layer."""
    return looked(image_bytes([image], "PNG", dpi), home, layer, PNG, dpi)


def looked(data: bytes, home: Path, layer: str = "", kind: str = PNG, dpi: int = 200) -> Page:
    home.mkdir(exist_ok=True)
    (home / "file").write_bytes(data)
    graded = grade(layer)
    page = Page(1, layer, layer, "layer", graded.score, graded.reasons)
    return recognise(PageTask(home / "file", kind, page, Settings(ocr_dpi=dpi), home))


def likeness(text: str, wanted: str = PRINTED) -> float:
    return SequenceMatcher(None, text.split(), wanted.split(), autojunk=False).ratio()


@pytest.fixture(params=[InProcess, CommandLine])
def each_engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Both ways to Tesseract, one after the other."""
    if request.param is InProcess:
        pytest.importorskip("tesserocr")
    made: Engine = request.param()
    monkeypatch.setattr(engine, "engine", lambda: made)
    return made


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
        (PRINTED.translate(str.maketrans("aeiostn", "oktsåäp")), "ord är okänt"),
        ("(cid:45)(cid:12)" + PRINTED + "\ue012\ue013(cid:7)", "utan betydelse"),
        ("\n".join(line for line in PRINTED.split("\n") for _ in range(2)), "två gånger"),
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


def test_a_scan_without_text_is_recognised_by_either_engine(each_engine: Engine, tmp_path: Path) -> None:
    """Real OCR gives the Swedish text, a box within the page for each word, and says why it was done."""
    page = look(page_image(PRINTED), tmp_path)
    assert page.method == "ocr"
    assert " ".join(page.text.split()) == " ".join(PRINTED.split())
    assert page.original == page.text
    assert page.grade >= GOOD
    assert "ingen text i filen" in page.reasons
    assert page.confidence is not None
    assert 0.8 < page.confidence <= 1
    assert len(page.words) == len(PRINTED.split())
    assert all(0 <= word.left < word.right <= 596 and 0 <= word.top < word.bottom <= 289 for word in page.words)
    assert "tesser" in each_engine.version


def test_the_layer_an_english_ocr_left_is_replaced_by_a_better_text(tmp_path: Path) -> None:
    page = look(page_image(PRINTED), tmp_path, ENGLISH_OCR)
    assert page.method == "ocr"
    assert "Åtgärderna påbörjas före sommaren" in " ".join(page.text.split())
    assert page.grade > grade(ENGLISH_OCR).score
    assert any(reason.startswith("textlagret: ") for reason in page.reasons)


def test_a_layer_that_can_be_restored_is_kept_where_the_scan_cannot_be_read(tmp_path: Path) -> None:
    """OCR of a page blurred past reading is not better than the layer restored; the page says so."""
    coarse = page_image(PRINTED).resize((190, 92)).resize((1654, 800))
    page = look(coarse, tmp_path, ENGLISH_OCR)
    assert (page.method, page.text) == ("layer", ENGLISH_OCR)
    assert page.reasons[-1] == "OCR blev inte bättre än textlagret"


def test_a_blank_page_is_held_as_blank(tmp_path: Path) -> None:
    page = look(Image.new("L", (800, 500), 255), tmp_path)
    assert (page.text, page.words, page.reasons) == ("", (), ("tom sida",))


def test_a_stamp_on_a_scan_does_not_hide_the_scan(tmp_path: Path) -> None:
    """The page has good text, and more of it in the picture under it: the picture's is read."""
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.image(page_image(PRINTED), x=0, y=40, w=210)
    made.set_font("helvetica", size=9)
    made.text(20, 15, "Inkom till Lövhamns stad, kommunstyrelsens förvaltning, den 4 mars")
    (tmp_path / "a.pdf").write_bytes(bytes(made.output()))
    (page,) = tasks.read_pages(tmp_path / "a.pdf", PDF, [1])
    assert page.grade < GOOD
    assert "en bild täcker en stor del av sidan" in page.reasons
    done = recognise(PageTask(tmp_path / "a.pdf", PDF, page, Settings(), tmp_path))
    assert likeness(done.text.partition("mars")[2]) > 0.9
    assert "Inkom till" in done.text


def test_the_text_of_a_picture_joins_the_text_around_it(tmp_path: Path) -> None:
    """Where the page's own text is most of it, it stays as it is and the picture's text comes last."""
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.set_font("helvetica", size=11)
    made.multi_cell(0, 6, (PRINTED.replace("\n", " ") + "\n\n") * 4)
    made.image(page_image("Skylten på kajen säger att båtar\nmed åror får lägga till först."), x=0, y=170, w=210)
    (tmp_path / "a.pdf").write_bytes(bytes(made.output()))
    (page,) = tasks.read_pages(tmp_path / "a.pdf", PDF, [1])
    done = recognise(PageTask(tmp_path / "a.pdf", PDF, page, Settings(), tmp_path))
    assert done.method == "layer"
    assert done.text.startswith(page.text.rstrip())
    assert "båtar med åror" in done.text
    assert len(done.words) == len(done.text.split())
    assert done.grade >= GOOD


def test_a_photograph_without_text_changes_nothing(tmp_path: Path) -> None:
    from fpdf import FPDF

    made = FPDF()
    made.add_page()
    made.set_font("helvetica", size=11)
    made.multi_cell(0, 6, PRINTED)
    made.image(Image.radial_gradient("L").resize((900, 600)), x=20, y=100, w=170)
    (tmp_path / "a.pdf").write_bytes(bytes(made.output()))
    (page,) = tasks.read_pages(tmp_path / "a.pdf", PDF, [1])
    done = recognise(PageTask(tmp_path / "a.pdf", PDF, page, Settings(ocr_dpi=150), tmp_path))
    assert (done.text, done.method) == (page.text, "layer")
    assert done.reasons == ("bilden på sidan har ingen text",)


def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> Recognised:
        raise Unreadable("ocr", "Det gick inte.", "Skanna om.")

    monkeypatch.setattr(reading, "read", fail)


def test_a_page_that_cannot_be_recognised_keeps_its_layer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    failing(monkeypatch)
    page = look(page_image(PRINTED), tmp_path, ENGLISH_OCR)
    assert page.text == ENGLISH_OCR
    assert page.reasons[-1] == "OCR gick inte: Det gick inte."


def test_a_page_with_neither_text_nor_ocr_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    failing(monkeypatch)
    with pytest.raises(Unreadable) as caught:
        look(page_image(PRINTED), tmp_path)
    assert (caught.value.code, caught.value.remedy) == ("ocr", "Skanna om.")


# ---- what may be missing ---------------------------------------------------------------------------------------------


def test_a_missing_language_gives_the_command_that_installs_it() -> None:
    with pytest.raises(PartMissing) as caught:
        ocr.require("smj")
    assert caught.value.exit_code == 3
    assert "smj" in caught.value.cause
    assert "apt-get install" in caught.value.remedy
    assert "tesseract-ocr-smj" in caught.value.remedy


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without Tesseract."""
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(InProcess, "data_folder", staticmethod(lambda: None))
    engine.engine.cache_clear()
    yield
    engine.engine.cache_clear()


@pytest.mark.usefixtures("bare")
def test_a_missing_tesseract_gives_the_command_that_installs_it() -> None:
    with pytest.raises(PartMissing) as caught:
        ocr.require("swe")
    assert caught.value.exit_code == 3
    assert "apt-get install tesseract-ocr tesseract-ocr-swe" in caught.value.remedy
    assert not ocr.check("swe").ok
    assert ocr.check("swe").exit_code == 3


# ---- looking again ---------------------------------------------------------------------------------------------------


class Scripted:
    """An engine whose looks give what the test wants, one after the other."""

    version = "scripted"

    def __init__(self, *confidences: float) -> None:
        self.left = [(f"Läsning nummer {i} av hela sidan", sure) for i, sure in enumerate(confidences)]

    def languages(self) -> frozenset[str]:
        """Swedish alone."""
        return frozenset({"swe"})

    def table(self, *_: object) -> str:
        """Give the next reading."""
        text, sure = self.left.pop(0)
        rows = [f"5\t1\t1\t1\t1\t{i}\t{40 * i}\t9\t30\t9\t{100 * sure}\t{word}" for i, word in enumerate(text.split())]
        return "\n".join(rows)

    def turned(self, *_: object) -> int | None:
        """Tell nothing."""
        return None


@pytest.mark.parametrize(
    ("confidences", "looks", "kept"),
    [((0.97,), 1, 0), ((0.7, 0.97), 2, 1), ((0.9, 0.6, 0.8, 0.7), 4, 0), ((0.6, 0.7, 0.9, 0.8), 4, 2)],
)
def test_a_page_is_looked_at_until_the_engine_is_sure_and_the_surest_reading_is_kept(
    monkeypatch: pytest.MonkeyPatch, confidences: tuple[float, ...], looks: int, kept: int
) -> None:
    scripted = Scripted(*confidences, 1, 1, 1)
    monkeypatch.setattr(engine, "engine", lambda: scripted)
    found = reading.read(page_image(PRINTED, dpi=72), 72, "swe")
    assert found.text.strip() == f"Läsning nummer {kept} av hela sidan"
    assert len(scripted.left) == len(confidences) + 3 - looks


def pale(image: Image.Image) -> Image.Image:
    """The page with pale ink on paper whose light falls off."""
    shade = Image.linear_gradient("L").resize(image.size).point(lambda light: 150 + light // 4)
    return ImageChops.multiply(image.convert("L").point(lambda ink: 170 + ink // 3), shade)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(pale, id="pale ink on uneven paper"),
        *(
            pytest.param(lambda image, turn=turn: image.rotate(turn, expand=True, fillcolor=255), id=f"turned {turn}°")
            for turn in (90, 180, 270, 3, -5, 7)
        ),
        pytest.param(lambda image: pale(image.rotate(180)), id="pale and upside down"),
    ],
)
def test_a_page_is_read_however_it_was_scanned(
    each_engine: Engine, tmp_path: Path, spoil: Callable[[Image.Image], Image.Image]
) -> None:
    """Real Tesseract; each word's box lies on ink of the page as it was scanned."""
    del each_engine
    image = spoil(page_image(PRINTED, dpi=200))
    page = look(image, tmp_path, dpi=200)
    assert likeness(page.text) > 0.9
    grey = image.convert("L")
    paper = sorted(grey.resize((50, 50)).tobytes())[2000]
    for box in page.words:
        left, top, right, bottom = (round(side * 200 / 72) for side in (box.left, box.top, box.right, box.bottom))
        assert min(grey.crop((left, top, right, bottom)).tobytes()) < 0.9 * paper


def test_a_dirty_glass_hides_nothing_and_no_dot_is_taken_for_dirt(tmp_path: Path) -> None:
    """Specks are cleared away where the engine is unsure, in print so small that its dots are little larger."""
    image = Image.new("L", (2480, 700), 255)
    ImageDraw.Draw(image).multiline_text((150, 150), PRINTED, fill=0, font=font(33), spacing=20)
    dust = random.Random(4)  # noqa: S311
    for _ in range(1500):
        x, y = dust.randrange(image.width), dust.randrange(image.height)
        ImageDraw.Draw(image).ellipse((x, y, x + 1, y + 1), fill=0)
    page = look(image, tmp_path, dpi=300)
    assert likeness(page.text) > 0.95


def test_the_slant_of_lines_is_measured() -> None:
    image = page_image(PRINTED * 2, dpi=200)
    for slant in (-6.0, -1.5, 2.0, 5.0):
        turned = image.rotate(slant, fillcolor=255, resample=Image.Resampling.BICUBIC)
        assert abs(pictures.skew(turned, 200) - slant) < 0.3
    assert pictures.skew(image, 200) == 0
    assert pictures.skew(Image.new("L", (600, 800), 255), 200) == 0


@pytest.mark.parametrize("degrees", [0, 90, 180, 270, 2.5, 181.5, 92])
def test_a_box_on_a_turned_page_is_found_on_the_page_as_it_was(degrees: float) -> None:
    page = Image.new("L", (400, 300), 255)
    ImageDraw.Draw(page).rectangle((100, 60, 139, 69), fill=0)
    quarter = round(degrees / 90) * 90
    turned = pictures.turned(pictures.turned(page, quarter), degrees - quarter)
    box = turned.point(lambda light: 255 * (light < 128)).getbbox()
    assert box is not None
    left, top, right, bottom = map(float, box)
    back = pictures.unturned((left, top, right, bottom), degrees, (400, 300))
    assert all(abs(a - b) <= 4 for a, b in zip(back, (100, 60, 140, 70), strict=True))


# ---- signs the Swedish model lacks -----------------------------------------------------------------------------------


def test_signs_the_swedish_model_lacks_are_put_back(each_engine: Engine, tmp_path: Path) -> None:
    """Real Tesseract: per cent, at and section signs and an asterisk."""
    del each_engine
    text = (
        "§ 52 Svar på motion om skolmat i Lövhamn\n"
        "Enligt 5 kap. 35 § kommunallagen och § 63/20\n"
        "Ökningen är 45 % jämfört med året innan\n"
        "Kontakta karin.alm@lovhamn.se om ärendet"
    )
    image = Image.new("L", (2480, 1100), 255)
    ImageDraw.Draw(image).multiline_text((200, 150), text, fill=0, font=font(46), spacing=40)
    page = look(image, tmp_path, dpi=300)
    for sign in ("§ 52 Svar", "35 § kommunallagen", "§ 63/20", "45 %", "karin.alm@lovhamn.se"):
        assert sign in page.text


def _line(text: str) -> Line:
    box = WordBox(0, 0, 10, 10, 0.9)
    return Line(tuple(Word(word, box) for word in text.split()), 10)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("8 52 Svar på motion", "§ 52 Svar på motion"),
        ("i $ 63/20 framgår", "i § 63/20 framgår"),
        ("5 kap. 35 8 kommunallagen", "5 kap. 35 § kommunallagen"),
        ("35 & kommunallagen", "35 § kommunallagen"),
        ("35 & jämfört med", "35 & jämfört med"),
        ("88 12–18", "§§ 12–18"),
        ("den 15 mars 2016, 8 27", "den 15 mars 2016, § 27"),
        ("den 15 mars 2016, 8 27.", "den 15 mars 2016, § 27."),
        ("år 2016, 8 år senare", "år 2016, 8 år senare"),
        ("kostar 8 52 öre", "kostar 8 52 öre"),
        ("8 barn och 7 vuxna", "8 barn och 7 vuxna"),
        ("7 – 6", "7 – 6"),
        ("den 8 maj", "den 8 maj"),
    ],
)
def test_a_section_sign_is_told_by_its_place(read: str, meant: str) -> None:
    (line,) = signs.mended([_line(read)], lambda _: "")
    assert line.text == meant


@pytest.mark.parametrize(
    ("word", "seen", "meant"),
    [
        ("96", "%", "%"),
        ("20.", "%", "%."),
        ('"Rörlighet', "*Rorlighet", "*Rörlighet"),
        ("(2020).", "(2020)*.", "(2020)*."),
        ("kajQlovhamn.se", "kaj@lovhamn.se", "kaj@lovhamn.se"),
        ("kajen", "Kajplats*", "kajen"),
        ("kajen", "kajen", "kajen"),
        ("kajen", "", "kajen"),
    ],
)
def test_a_witness_lends_signs_and_never_letters(word: str, seen: str, meant: str) -> None:
    assert signs.with_signs(Word(word, WordBox(0, 0, 1, 1)), seen).text == meant


def test_the_layer_an_english_ocr_left_lends_its_signs(tmp_path: Path) -> None:
    layer = "Antalet okade med 45 % under aret enligt rapporten *Kajen i siffror* fran foregaende ar"
    printed = "Antalet ökade med 45 % under året enligt\nrapporten *Kajen i siffror* från föregående år"
    (tmp_path / "a.pdf").write_bytes(pdf(images=[page_image(printed)]))
    found = recognise(
        PageTask(tmp_path / "a.pdf", PDF, replace(_empty(), text=layer, original=layer), Settings(), tmp_path)
    )
    assert "45 %" in found.text  # by the English model: this layer has no boxes
    boxes = found.words
    again = reading.read(page_image(printed, dpi=200), 200, "swe", signs.layer_witness(layer.split(), boxes))
    assert "*Kajen" in again.text
    assert "siffror*" in again.text
    assert "föregående" in again.text
    assert len(again.words) == len(again.text.split())


def _empty() -> Page:
    graded = grade(ENGLISH_OCR)
    return Page(1, "", "", "layer", graded.score, graded.reasons)


def test_specks_are_left_out_and_lines_and_paragraphs_kept() -> None:
    rows = [
        "5\t1\t1\t1\t1\t1\t100\t10\t50\t10\t96\tKajen",
        "5\t1\t1\t1\t1\t2\t160\t10\t5\t10\t30\t;",
        "5\t1\t1\t1\t2\t1\t100\t30\t50\t10\t96\tär",
        "5\t1\t1\t2\t1\t1\t100\t80\t50\t10\t96\tfärdig",
    ]
    assert words.recognised(words.lines("\n".join(rows), 72)).text == "Kajen\när\n\nfärdig\n"
