"""Page images made ready for OCR: grain smoothed, and for a second look light evened out, ink darkened, lines levelled.

The paper's own brightness is estimated at each place and divided away (background normalisation of document images;
Gatos, Pratikakis & Perantonis 2006), and the ink is stretched to black.
"""

import math

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageFilter
from PIL.Image import Image

Box = tuple[float, float, float, float]

SMALLER = 8  # the background is estimated on an image so many times smaller
PAPER = 0.97  # of the background's brightness: paper
FAINTEST_INK = 0.6  # of the background's brightness; what is lighter is grain, and is not made ink
SPECK = 3  # pixels at 300 dots an inch; a larger filter takes the dots of small print with it
SKEW_DPI = 75  # the slant of lines is measured on an image so coarse
MOST_SKEW, SKEW_STEP, FINE_STEP = 8.0, 0.5, 0.1  # degrees
SLIGHT_SKEW = 0.3  # degrees that do no harm
GRAIN = 0.8  # radius of the box blur in pixels at 300 dots an inch: as wide as a Gaussian of 0.7, and twice as fast
STRETCHED_GRAIN = 1.0  # radius of the Gaussian blur: stretched ink has stretched grain


def smoothed(image: Image) -> Image:
    """Return the image without the grain of a scan; measured, see docs/decisions/0005."""
    return image.filter(ImageFilter.BoxBlur(GRAIN))


def cleared(image: Image) -> Image:
    """Return the image without specks, and without the print that shines through from the page's back."""
    return image.filter(ImageFilter.MedianFilter(SPECK))


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


def skew(image: Image, dpi: int) -> float:
    """Return by how many degrees the page must be turned clockwise for its lines to lie level; 0 where they nearly do.

    At the right angle the dark pixels gather in rows: the steps between neighbouring rows are largest (Postl 1986).
    """
    small = image.resize((max(1, image.width * SKEW_DPI // dpi), max(1, image.height * SKEW_DPI // dpi)))
    dark = small.point(_darker_than(float(np.median(np.asarray(small)))))
    coarse = max(np.arange(-MOST_SKEW, MOST_SKEW + SKEW_STEP, SKEW_STEP), key=lambda angle: _sharpness(dark, angle))
    fine = max(np.arange(coarse - SKEW_STEP, coarse + SKEW_STEP, FINE_STEP), key=lambda angle: _sharpness(dark, angle))
    found = round(float(fine), 2)
    return found if SLIGHT_SKEW < abs(found) < MOST_SKEW else 0.0


def _darker_than(paper: float) -> list[int]:
    return [255 if light < 0.7 * paper else 0 for light in range(256)]


def _sharpness(dark: Image, angle: float) -> float:
    rows = np.asarray(dark.rotate(-angle), dtype=np.float32).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def turned(image: Image, degrees: float) -> Image:
    """Return the image turned clockwise; a slight turn keeps its size, a right angle fits it."""
    if not degrees:
        return image
    whole = degrees % 90 == 0
    smooth = PillowImage.Resampling.NEAREST if whole else PillowImage.Resampling.BICUBIC
    return image.rotate(-degrees, resample=smooth, expand=whole, fillcolor=None if whole else 255)


def unturned(box: Box, degrees: float, size: tuple[float, float]) -> Box:
    """Return where a box of the turned page stands on the page of this size as it was (left, top, right, bottom)."""
    if not degrees:
        return box
    width, height = size
    quarter = round(degrees / 90) * 90
    middle = (height / 2, width / 2) if quarter % 180 else (width / 2, height / 2)
    sine, cosine = math.sin(math.radians(-degrees)), math.cos(math.radians(-degrees))
    x, y = (box[0] + box[2]) / 2 - middle[0], (box[1] + box[3]) / 2 - middle[1]
    x, y = width / 2 + x * cosine - y * sine, height / 2 + x * sine + y * cosine
    half = (box[2] - box[0]) / 2, (box[3] - box[1]) / 2
    half = half if quarter % 180 == 0 else half[::-1]
    return x - half[0], y - half[1], x + half[0], y + half[1]
