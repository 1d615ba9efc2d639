"""Tesseract within this process, through tesserocr. The only module that knows it."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PIL.Image import Image

from corpus.errors import Unreadable
from pipeline.ocr.engine import Look

_FOLDERS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/opt/homebrew/share/tessdata",
            "/usr/local/share/tessdata")  # fmt: skip


class InProcess:
    """Keeps a loaded model for each language and look."""

    def __init__(self) -> None:
        import tesserocr

        self.version = f"tesserocr {tesserocr.tesseract_version().split()[1]}"

    @staticmethod
    @cache
    def data_folder() -> Path | None:
        """Return the folder with the languages' models: Tesseract's own, as it or its packages place them."""
        if "TESSDATA_PREFIX" in os.environ:
            return _first_with_models([os.environ["TESSDATA_PREFIX"]])
        named: list[str] = []
        if shutil.which("tesseract"):
            listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)
            named = re.findall(r'"(.+?)/?"', listed.stdout + listed.stderr)[:1]
        return _first_with_models([*named, *_FOLDERS])

    def languages(self) -> frozenset[str]:
        """Return the languages installed."""
        folder = self.data_folder()
        return frozenset(file.stem for file in folder.glob("*.traineddata")) if folder else frozenset()

    def table(self, image: Image, dpi: int, language: str, look: Look, seconds: float) -> str:
        """Return Tesseract's TSV of an image. Raises Unreadable where the engine fails or takes too long."""
        api = _loaded(language, look)
        try:
            api.SetImage(image)
            api.SetSourceResolution(dpi)
            if not api.Recognize(int(1000 * seconds)):
                raise Unreadable("ocr", "Sidan tog för lång tid att tolka.", "Dela upp sidan eller skanna om den.")
            return str(api.GetTSVText(0))
        except RuntimeError as error:
            raise Unreadable("ocr", f"Sidan gick inte att tolka: {error}", "Skanna sidan på nytt.") from error
        finally:
            api.Clear()

    def turned(self, image: Image, dpi: int) -> int | None:
        """Return by how many degrees clockwise the image must be turned to stand upright; None where it cannot tell."""
        if "osd" not in self.languages():
            return None
        api = _loaded("osd", "orientation")
        try:
            api.SetImage(image)
            api.SetSourceResolution(dpi)
            found = api.DetectOrientationScript()
        finally:
            api.Clear()
        return -found["orient_deg"] % 360 if found else None


def _first_with_models(folders: Iterable[str]) -> Path | None:
    return next((Path(folder) for folder in folders if list(Path(folder).glob("*.traineddata"))), None)


@cache
def _loaded(language: str, look: Look | str) -> "tesserocr.PyTessBaseAPI":  # type: ignore[name-defined]  # noqa: F821
    import tesserocr

    modes = {"word": tesserocr.PSM.SINGLE_WORD, "orientation": tesserocr.PSM.OSD_ONLY}
    api = tesserocr.PyTessBaseAPI(
        path=str(InProcess.data_folder()), lang=language, psm=modes.get(look, tesserocr.PSM.AUTO)
    )
    if look == "adaptive":
        api.SetVariable("thresholding_method", "2")
    return api
