"""The best text of a page: its own layer where that is good, OCR where it is missing or bad, with the reason kept.

Each page is a task of its own for a worker (`tasks.recognise_page`); what it recognised is kept by the image's hash.
"""

from dataclasses import replace

import msgspec

from corpus import boxes, readings
from corpus.errors import Unreadable
from corpus.records import GOOD, Page, Part, WordBox, apply_corrections
from pipeline import ocr
from pipeline.grade import FEW_LETTERS, grade
from pipeline.ocr import Recognised, reading, signs
from pipeline.read import PAGED
from pipeline.read.image import Rendered
from pipeline.restore import restore
from pipeline.tasks import PageTask

SURE_WORD = 0.6  # confidence from which a word found in a picture counts
SOME_MORE = 0.1  # of the layer's words, and at least a line's: then the picture holds text too
A_LINE = 6
FAR_FEWER = 0.6  # of the layer's words: OCR missed a part of the page
OCR_FIRST = 0.1  # OCR reads the page, restoring guesses: its grade, less its doubts, may be so much lower


def recognise(task: PageTask) -> Page:
    """Return the page with the better of layer and OCR. Raises Unreadable where it has neither."""
    page = task.page
    try:
        rendered = PAGED[task.media_type].render(task.file, page.number, task.settings.ocr_dpi)
        return _better(page, _read(task, rendered))
    except Unreadable as error:
        if not page.text.strip():
            raise
        return replace(page, reasons=(*page.reasons, f"OCR gick inte: {error.cause}"))


def _read(task: PageTask, rendered: Rendered) -> Recognised:
    """Return what was recognised on a page image, now or at some time before."""
    page, language = task.page, task.settings.ocr_language
    how = f"{ocr.require(language).version} {language} {rendered.dpi} {reading.VERSION}"
    key = readings.key(rendered.image.tobytes(), repr(rendered.image.size), how, page.text)
    kept = readings.get(task.home, key)
    if kept is not None:
        return _unpacked(kept)
    layer = page.text.split()
    witness = signs.layer_witness(layer, page.words) if len(layer) == len(page.words) > 0 else None
    packed = _packed(reading.read(rendered.image, rendered.dpi, language, witness))
    readings.put(task.home, key, packed)
    return _unpacked(packed)  # rounded as it is kept: a page read now and one read before are the same


def _packed(found: Recognised) -> bytes:
    return msgspec.msgpack.encode((found.text, boxes.pack(found.words), found.parts))


def _unpacked(kept: bytes) -> Recognised:
    text, words, parts = msgspec.msgpack.decode(kept, type=tuple[str, bytes, tuple[Part, ...]])
    return Recognised(text, boxes.unpack(words), parts)


def _better(page: Page, read: Recognised) -> Page:
    graded = grade(read.text)
    if not page.text.strip():
        return _ocr(page, read, ("ingen text i filen",) if read.words else ("tom sida",))
    if grade(page.text).score >= GOOD:
        return _with_picture(page, read)
    if len(page.text) < FEW_LETTERS < len(read.text):
        return _ocr(page, read, tuple(f"textlagret: {reason}" for reason in page.reasons))
    restored = grade(apply_corrections(page.original, restore(page.original))).score
    fewer = len(read.text.split()) < FAR_FEWER * len(page.text.split())
    doubtful = graded.score * read.confidence + OCR_FIRST < restored
    if fewer or doubtful or graded.score <= page.grade:
        return replace(page, reasons=(*page.reasons, "OCR blev inte bättre än textlagret"))
    return _ocr(page, read, tuple(f"textlagret: {reason}" for reason in page.reasons))


def _with_picture(page: Page, read: Recognised) -> Page:
    """Return a page whose good layer may leave out what stands in a picture, with what was read there."""
    layer, graded = len(page.words), grade(page.text)
    found = [(text, box) for text, box in zip(read.text.split(), read.words, strict=True) if not _is_held(box, page)]
    sure = [text for text, box in found if box.confidence >= SURE_WORD and len(text) > 1]
    if len(sure) <= max(A_LINE, SOME_MORE * layer):
        return replace(page, grade=graded.score, reasons=("bilden på sidan har ingen text",))
    if len(sure) >= layer:
        return _ocr(page, read, ("sidans text står i en bild",))
    added = " ".join(text for text, _ in found)
    text = f"{page.original.rstrip()}\n\n{added}\n"
    return replace(
        page,
        original=text,
        text=text,
        grade=graded.score,
        reasons=("texten i sidans bild är läst och står sist",),
        confidence=read.confidence,
        words=(*page.words, *(box for _, box in found)),
    )


def _is_held(box: WordBox, page: Page) -> bool:
    """Tell whether the layer has a word where this one stands."""
    x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return any(word.left <= x <= word.right and word.top <= y <= word.bottom for word in page.words)


def _ocr(page: Page, read: Recognised, reasons: tuple[str, ...]) -> Page:
    graded = grade(read.text)
    return replace(
        page,
        original=read.text,
        text=read.text,
        method="ocr",
        grade=graded.score,
        reasons=(*reasons, *graded.reasons) if read.words else reasons,
        confidence=read.confidence,
        words=read.words,
        parts=read.parts,
    )
