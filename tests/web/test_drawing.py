"""Pages as pictures: each of a file's pages, no larger than a screen needs, kept for the next who asks, marked."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from corpus import originals
from corpus.errors import Unreadable
from corpus.records import WordBox
from pipeline.read.kinds import DOCX, TIFF
from pipeline.tasks import Picture
from web import drawing
from web.drawing import Draughtsman, marked, plain


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ritat")


@pytest.fixture(scope="module")
def draughtsman(home: Path) -> Iterator[Draughtsman]:
    with Draughtsman(home) as made:
        yield made


@pytest.fixture(scope="module")
def scan(home: Path) -> str:
    """A scan of two pages at 300 dots an inch, the second with a dark upper half; its hash."""
    pages = [Image.new("L", (2480, 3508), 255) for _ in range(2)]
    ImageDraw.Draw(pages[1]).rectangle((0, 0, 2480, 1754), fill=0)
    file = home / "skannat.tif"
    pages[0].save(file, save_all=True, append_images=pages[1:], dpi=(300, 300))
    digest = originals.sha256(file)
    originals.keep(home, file, digest)
    return digest


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_every_page_of_a_scan_is_drawn_as_large_as_it_is_shown(draughtsman: Draughtsman, scan: str) -> None:
    first, second = (draughtsman.picture(scan, TIFF, page) for page in (1, 2))
    assert opened(first.png).size == opened(second.png).size == (909, 1286)
    assert first.dpi == pytest.approx(110, rel=0.01)
    assert (opened(first.png).getpixel((400, 300)), opened(second.png).getpixel((400, 300))) == (255, 0)
    assert opened(second.png).getpixel((400, 900)) == 255


def test_what_was_drawn_is_kept_and_the_oldest_goes(
    draughtsman: Draughtsman, scan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = draughtsman.picture(scan, TIFF, 1)
    assert draughtsman.picture(scan, TIFF, 1) is one
    monkeypatch.setattr(drawing, "KEPT", 1)
    draughtsman.picture(scan, TIFF, 2)
    assert draughtsman.picture(scan, TIFF, 1) is not one


@pytest.mark.parametrize(("media_type", "page"), [(TIFF, 3), (DOCX, 1), ("", 1)])
def test_what_cannot_be_drawn_has_a_reason(draughtsman: Draughtsman, scan: str, media_type: str, page: int) -> None:
    for _ in range(2):
        with pytest.raises(Unreadable) as told:
            draughtsman.picture(scan, media_type, page, 90)
        assert told.value.cause


def test_an_original_that_is_gone_is_told_and_not_guessed_at(draughtsman: Draughtsman) -> None:
    with pytest.raises(Unreadable, match="Originalet finns inte"):
        draughtsman.picture("0" * 64, TIFF, 1)


def test_a_draughtsman_that_drew_nothing_leaves_nothing(tmp_path: Path) -> None:
    with Draughtsman(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_marks_let_the_print_through_and_stay_on_the_paper() -> None:
    paper = Image.new("L", (144, 144), 255)
    ImageDraw.Draw(paper).rectangle((20, 20, 40, 30), fill=0)
    target = io.BytesIO()
    paper.save(target, "PNG")
    page = Picture(target.getvalue(), 72)
    assert marked(page, [], []) == page.png
    image = opened(marked(page, [WordBox(10, 10, 60, 40), WordBox(130, 130, 900, 900)], [WordBox(70, 70, 100, 80)]))
    assert (image.getpixel((15, 15)), image.getpixel((30, 25))) == (drawing.HIT, (0, 0, 0))
    assert (image.getpixel((80, 75)), image.getpixel((80, 82))) == (drawing.QUOTE, drawing.QUOTE_LINE)
    assert (image.getpixel((120, 120)), image.getpixel((143, 143))) == ((255, 255, 255), drawing.HIT)


@pytest.mark.parametrize("reason", ["", "Kort.", "Ett mycket långt skäl utan slut " * 40, "x" * 400])
def test_a_page_without_a_picture_says_why(reason: str) -> None:
    image = opened(plain(reason)).convert("L")
    assert image.size == drawing.PLAIN_SIZE
    assert (min(image.tobytes()) < drawing.PAPER) == bool(reason)
