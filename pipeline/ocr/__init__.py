"""OCR: a page image in, its text with word boxes and confidence out; Tesseract, by the quickest way that is installed.

Swedish alone (`swe`): mixing languages loses dots. Every process runs on one thread (OMP_THREAD_LIMIT=1): several pages
at a time beat several threads a page, by 2 to 15 times.
"""

from pipeline.ocr.engine import check, model, require
from pipeline.ocr.words import Recognised

__all__ = ["Recognised", "check", "model", "require"]
