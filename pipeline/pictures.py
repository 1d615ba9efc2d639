"""Page images made ready for OCR: grain smoothed, and for a second look uneven light evened out and faded ink darkened.

The paper's own brightness is estimated at each place and divided away (background normalisation of document images;
Gatos, Pratikakis & Perantonis 2006), and the ink is stretched to black.
"""

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageFilter
from PIL.Image import Image

SMALLER = 8  # the background is estimated on an image so many times smaller
PAPER = 0.97  # of the background's brightness: paper
FAINTEST_INK = 0.6  # of the background's brightness; what is lighter is grain, and is not made ink
GRAIN, STRETCHED_GRAIN = 0.7, 1.0  # radius of the blur in pixels at 300 dots an inch; stretched ink has stretched grain


def smoothed(image: Image) -> Image:
    """Return the image without the grain of a scan; measured, see docs/decisions/0005."""
    return image.filter(ImageFilter.GaussianBlur(GRAIN))


def evened(image: Image) -> Image:
    """Return a grey page image with even paper and dark ink, smoothed."""
    grey = np.asarray(image, dtype=np.float32)
    relative = np.clip(grey / np.maximum(_background(image), 1), 0, 1)
    ink = min(float(np.percentile(relative, 1)), FAINTEST_INK)
    stretched = np.clip((relative - ink) / (PAPER - ink), 0, 1)
    clear = PillowImage.fromarray((255 * stretched).astype(np.uint8))
    return clear.filter(ImageFilter.GaussianBlur(STRETCHED_GRAIN))


def _background(image: Image) -> "np.ndarray[tuple[int, ...], np.dtype[np.float32]]":
    """The paper's brightness at each place: the brightest nearby, smoothed."""
    small = image.resize((max(1, image.width // SMALLER), max(1, image.height // SMALLER)))
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(5))
    return np.asarray(paper.resize(image.size), dtype=np.float32)
