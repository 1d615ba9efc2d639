"""Page images (PNG, JPEG, multi-page TIFF): no text of their own, only pictures to recognise."""

import io

from PIL import Image as PillowImage
from PIL import ImageSequence

from corpus.errors import Unreadable

Image = PillowImage.Image
MAX_PIXELS = 200_000_000  # an A3 page at 600 dpi has 70 million; more is a decompression bomb


def read(data: bytes) -> list[str]:
    """Return one empty text per page image."""
    return [""] * len(_frames(data))


def render(data: bytes, page: int, dpi: int) -> Image:
    """Return page `page` (from 1) as a grey image; `dpi` is the file's own where it tells one."""
    del dpi  # an image has the resolution it has
    return _frames(data)[page - 1].convert("L")


def _frames(data: bytes) -> list[Image]:
    PillowImage.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        return [frame.copy() for frame in ImageSequence.Iterator(PillowImage.open(io.BytesIO(data)))]
    except (OSError, SyntaxError, ValueError, PillowImage.DecompressionBombError) as error:
        raise Unreadable("damaged", f"Bilden går inte att läsa: {error}", "Skanna sidan på nytt.") from error
