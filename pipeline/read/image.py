"""Page images (PNG, JPEG, multi-page TIFF): no text of their own, only pictures to recognise."""

import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image as PillowImage
from PIL import ImageOps
from PIL.TiffImagePlugin import TiffImageFile

from corpus.errors import Unreadable
from pipeline.read.guard import MOST_PAGES, guarded, too_large
from pipeline.read.page import PageText

Image = PillowImage.Image
MOST_PIXELS = 150_000_000  # an A3 page at 600 dpi has 70 million; more than this is a bomb or a map
LEAST_DPI = 100  # print cannot be read at less
A4_WIDTH = 8.27  # inches: how wide a page is taken to be where the file does not tell its resolution
_FORMATS = ("PNG", "JPEG", "TIFF")  # not the dozens that Pillow would try
SCANNERS_DPI = range(70, 1300)  # what a file may truthfully say


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as a grey image, with its resolution in dots an inch."""

    image: Image
    dpi: int


def count(file: Path) -> int:
    """Return the number of page images. Raises Unreadable for a damaged file."""
    with _opened(file) as image:
        pages = image.n_frames if isinstance(image, TiffImageFile) else 1  # others hold films and previews
    if pages > MOST_PAGES:
        raise too_large("Bilden")
    return pages


def read(file: Path, numbers: Sequence[int]) -> list[PageText]:
    """Return one empty text per page image."""
    del file
    return [PageText("")] * len(numbers)


def render(file: Path, page: int, dpi: int) -> Rendered:
    """Return page `page` (from 1) upright and grey; a coarse image is enlarged to `dpi`, which OCR reads best."""
    with _opened(file) as image:
        image.seek(page - 1)
        grey = ImageOps.exif_transpose(_eight_bits(_on_white(image))).convert("L")
        own = _told_dpi(image) or max(1, round(min(grey.size) / A4_WIDTH))
    scale = dpi / own
    if scale <= 1.2:
        return Rendered(grey, own)
    size = round(grey.width * scale), round(grey.height * scale)
    if size[0] * size[1] > MOST_PIXELS:
        return Rendered(grey, own)
    return Rendered(grey.resize(size, PillowImage.Resampling.BICUBIC), dpi)


def _told_dpi(image: Image) -> int:
    """Return the resolution that the file tells, 0 where it tells none that may be true."""
    told = float(image.info.get("dpi", (0, 0))[0])
    return round(told) if math.isfinite(told) and round(told) in SCANNERS_DPI else 0


def _on_white(image: Image) -> Image:
    """Return the image on white paper where it is partly transparent."""
    if image.mode not in {"RGBA", "LA", "PA"} and "transparency" not in image.info:
        return image
    over = image.convert("RGBA")
    return PillowImage.alpha_composite(PillowImage.new("RGBA", over.size, "white"), over)


def _eight_bits(image: Image) -> Image:
    """Return an image of 16 bits a dot with 8, which Pillow would else cut off to white."""
    return image.point(lambda value: value * (1 / 256)) if image.mode.startswith("I") else image


@contextmanager
def _opened(file: Path) -> Iterator[Image]:
    PillowImage.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses twice as many
    with warnings.catch_warnings(), guarded("Bilden", "Skanna sidan på nytt."):
        warnings.simplefilter("ignore")  # Pillow talks of what is broken, and of pages half as large as it refuses
        try:
            with PillowImage.open(file, formats=_FORMATS) as image:
                yield image
        except PillowImage.DecompressionBombError as error:
            raise Unreadable(
                "too large", "Bilden är för stor för att tolkas.", "Skanna sidan med lägre upplösning."
            ) from error
