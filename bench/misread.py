"""Pages printed, scanned and read with the English model, line beside line: what restoring is learned and tried on.

Every line is printed at a place of its own, so what is read is given back to the line it was read from by that place
and no alignment of texts is needed.
"""

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.ocr.engine import engine

WIDTH, LINES = 88, 52  # signs a line, lines a page
SIZE, LEADING, MARGIN = 46, 62, 180  # pixels at 300 dpi
DPI = 300
SECONDS = 60.0

Pair = tuple[str, str]  # as read, as printed


@dataclass(frozen=True, slots=True)
class Scan:
    """How a page is printed and scanned: the font, the resolution as a share of 300 dpi, blur in pixels, noise."""

    font: str
    scale: float = 1.0
    blur: float = 0.0
    noise: float = 0.0


SCANS = (
    Scan("serif"),
    Scan("serif", 0.66, 0.6, 8),
    Scan("serif", 0.5, 0.5, 6),
    Scan("sans", 0.66, 0.6, 8),
    Scan("sans", 0.5, 0.5, 8),
)


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    from font_caladea import Caladea
    from font_roboto import Roboto

    return ImageFont.truetype({"serif": Caladea, "sans": Roboto}[name], SIZE)


def pages(paragraphs: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines of pages that hold the paragraphs."""
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph, WIDTH, break_long_words=False, break_on_hyphens=False), ""]
    for at in range(0, len(lines), LINES):
        yield lines[at : at + LINES]


def read(lines: Sequence[str], scan: Scan, seed: int) -> list[Pair]:
    """Print, scan and read one page; return each printed line beside what was read of it."""
    image = _scanned(_printed(lines, _font(scan.font)), scan, seed)
    table = engine().table(image, round(DPI * scan.scale), "eng", "page", SECONDS)
    read_lines: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, height = (int(cells[i]) / scan.scale for i in (6, 7, 9))
            read_lines[round((top + height / 2 - MARGIN - SIZE / 2) / LEADING)].append((round(left), cells[11]))
    return [(" ".join(word for _, word in sorted(read_lines[i])), line) for i, line in enumerate(lines)]


def _printed(lines: Sequence[str], font: ImageFont.FreeTypeFont) -> Image.Image:
    image = Image.new("L", (round(8.27 * DPI), 2 * MARGIN + LEADING * LINES), 255)
    draw = ImageDraw.Draw(image)
    for i, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + LEADING * i), line, font=font, fill=0)
    return image


def _scanned(image: Image.Image, scan: Scan, seed: int) -> Image.Image:
    if scan.scale != 1:
        image = image.resize(
            (round(image.width * scan.scale), round(image.height * scan.scale)), Image.Resampling.BILINEAR
        )
    if scan.blur:
        image = image.filter(ImageFilter.GaussianBlur(scan.blur))
    if scan.noise:
        grain = np.random.default_rng(seed).normal(0, scan.noise, (image.height, image.width))
        image = Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype(np.uint8))
    return image
