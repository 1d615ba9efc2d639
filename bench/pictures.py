"""`./run bench pictures`: the pictures of the page in README and the guide, taken of the sample corpus.

A real server serves a library of the samples, and the system's chromium visits it, as the tests in a browser do.
"""

import argparse
import io
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from bench.library import PROJECT, add
from bench.talk import say
from bench.web import served
from corpus.store import Store

SAMPLES = PROJECT / "corpus" / "samples" / "documents"
TARGET = PROJECT / "docs" / "bilder"
WIDTH, HEIGHT = 1280, 900
COLOURS = 128  # enough for print, its smoothed edges and a few accents, at a third of the size
# The browser is shown our own pages only, and CI gives it no sandbox of its own. It is not to ask anyone for anything.
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync")  # fmt: skip


def shown(store: Store) -> Mapping[str, str]:
    """Return what is pictured: the name of each picture, and the address of its page."""
    scan = store.resolve("2016-handlingsplan-2016-2018.pdf")
    return {
        "sida-sok": "/sok?q=handlingsplan",
        "sida-handling": f"/handling/{scan}/1?q=socialsekreterare",
        "sida-arende": "/arende?q=handlingsplan+socialsekreterare#tidslinje",
        "sida-fragor": "/fragor",
    }


def take(port: int, pages: Mapping[str, str], target: Path) -> None:
    """Visit the pages and write a picture of each."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="sv-SE", reduced_motion="reduce")
        for name, address in pages.items():
            page.goto(f"http://127.0.0.1:{port}{address}", wait_until="networkidle")
            file = target / f"{name}.png"
            reduced(page.screenshot()).save(file, optimize=True)
            say(f"{file}: {file.stat().st_size // 1000} kB")


def reduced(picture: bytes) -> Image.Image:
    """Return a picture in few colours."""
    return Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, kmeans=3, dither=Image.Dither.NONE)


def main(arguments: list[str]) -> int:
    """Take the pictures anew."""
    parser = argparse.ArgumentParser(prog="./run bench pictures")
    parser.add_argument("--to", type=Path, default=TARGET, metavar="FOLDER", help="where the pictures are written")
    target: Path = parser.parse_args(arguments).to
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        say("reading the samples …")
        add(Path(home), [SAMPLES])
        with Store(Path(home)) as store:
            pages = shown(store)
        with served(Path(home)) as port:
            take(port, pages, target)
    return 0
