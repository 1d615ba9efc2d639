"""Makes a digital PDF look scanned: page images, askew and dirty, with no text layer or with a broken one.

The broken layer is made the way such layers come about: an OCR engine that takes the Swedish for English.
"""

import re
import subprocess
import tempfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pypdfium2
from fpdf import FPDF
from PIL import Image, ImageFilter

from corpus.samples.rendering.pdf import DATE, pdf
from corpus.samples.rendering.source import Source, Style

PAPER = 244
JPEG_QUALITY = 38
POINTS = 72


def scan(source: Source) -> bytes:
    """Return a PDF of nothing but page images."""
    book = FPDF(format="A4")
    book.creation_date = DATE
    book.set_auto_page_break(auto=False)
    for image in _images(source):
        book.add_page()
        book.image(BytesIO(image), x=0, y=0, w=book.w, h=book.h)
    return bytes(book.output())


def broken(source: Source) -> bytes:
    """Return a PDF of page images with an invisible text layer from an OCR run in the wrong language."""
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages.txt"
        pages.write_text("".join(f"{_kept(folder, n, jpeg)}\n" for n, jpeg in enumerate(_images(source))))
        command = ["tesseract", str(pages), str(pages.with_suffix("")), "-l", "eng", "pdf"]
        subprocess.run(command, check=True, capture_output=True)
        made = pages.with_suffix(".pdf").read_bytes()
    return re.sub(rb"/CreationDate \(D:\d{14}", f"/CreationDate (D:{DATE:%Y%m%d%H%M%S}".encode(), made)


def _kept(folder: str, number: int, jpeg: bytes) -> Path:
    path = Path(folder) / f"{number:03}.jpg"
    path.write_bytes(jpeg)
    return path


def _images(source: Source) -> list[bytes]:
    """Return the pages as grey JPEGs, each worn in its own way, the same way every time."""
    dice = np.random.default_rng(source.style.seed)
    document = pypdfium2.PdfDocument(pdf(source))
    scale = source.style.dpi / POINTS
    clean = [page.render(scale=scale, grayscale=True).to_pil().convert("L") for page in document]
    return [_jpeg(_worn(image, source.style, dice), source.style.dpi) for image in clean]


def _worn(image: Image.Image, style: Style, dice: np.random.Generator) -> Image.Image:
    skew = style.skew + float(dice.uniform(-0.15, 0.15))
    turned = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(style.dpi / 330))
    return Image.fromarray(_dirty(np.asarray(soft, dtype=np.float64), dice))


def _dirty(ink: np.ndarray, dice: np.random.Generator) -> np.ndarray:
    """Grey paper, uneven light, grain, and specks of dust."""
    height, width = ink.shape
    light = PAPER - 5 * np.linspace(0, 1, width)[None, :] - 4 * np.linspace(0, 1, height)[:, None]
    grey = 28 + ink / 255 * (light - 28) + dice.normal(0, 4, ink.shape)
    for y, x in zip(dice.integers(0, height - 3, 160), dice.integers(0, width - 3, 160), strict=True):
        size = int(dice.integers(1, 4))
        grey[y : y + size, x : x + size] -= dice.uniform(60, 150)
    return np.clip(grey, 0, 255).astype(np.uint8)


def _jpeg(image: Image.Image, dpi: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=JPEG_QUALITY, dpi=(dpi, dpi), optimize=True)
    return out.getvalue()
