"""Where the fonts of the sample PDFs come from: the free Liberation family, as Linux installs it."""

from pathlib import Path

FOLDER = Path("/usr/share/fonts/truetype/liberation")
FAMILIES = {"serif": "LiberationSerif", "sans": "LiberationSans"}


class FontsMissingError(Exception):
    """The Liberation fonts are not installed."""


def font_file(family: str, weight: str) -> Path:
    """Return the file of a font (`weight` is Regular or Bold), or say how to get it."""
    path = FOLDER / f"{FAMILIES[family]}-{weight}.ttf"
    if not path.exists():
        raise FontsMissingError(f"The font {path} is missing. Install it: apt-get install fonts-liberation")
    return path
