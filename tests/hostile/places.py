"""What lies in a folder and is no plain file, or has a name that no plain file has."""

import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.sound import sound
from tests.pipeline.making import PROSE

SPARSE = 2 << 30
TOO_DEEP = 30  # folders of 200 signs each: longer than a path may be
NAMES = {
    b"rad\nslut.txt": "rad␊slut.txt",
    b"vagn\rretur\t.txt": "vagn␍retur␉.txt",
    b"flykt\x1b[31m\x07.txt": "flykt␛[31m␇.txt",
    "fo\u0308rnamn.txt".encode(): "förnamn.txt",  # as macOS writes it
    "\u202etxt.exe".encode(): "\ufffdtxt.exe",
    "osynlig\ufeff\u2066\u2028.txt".encode(): "osynlig\ufffd\ufffd\ufffd.txt",
    b"r\xe5d.txt": "råd.txt",  # an older Windows' name
    b"\xff\xfe\x81.txt": "ÿþ\ufffd.txt",
    b"\xed\xa0\x80.txt": "í\xa0€.txt",
    b"[bold]fet[red].txt": "[bold]fet[red].txt",
    b"%s%n{0}$(id)`id`.txt": "%s%n{0}$(id)`id`.txt",
    b"<script>alert(1)</script>.txt".replace(b"/", b"\\"): "<script>alert(1)<\\script>.txt",
    b"-rf.txt": "-rf.txt",
    b" .txt": " .txt",
    b"CON": "CON",
    b"a" * 251 + b".txt": "a" * 251 + ".txt",
    "\U0001f4a3.txt".encode(): "\U0001f4a3.txt",
}


@dataclass(frozen=True)
class Place:
    """Something in the folder: the name it is known by, and the code of its line, None where it is taken in."""

    file: str
    code: str | None


def places(folder: Path, outside: Path) -> Iterator[Place]:
    """Make them in a folder, with links to what lies outside of it, and yield what is to become of each."""
    yield from _named(folder)
    yield from _special(folder)
    yield from _links(folder, outside)
    yield _deep(folder)
    with (folder / "gles.txt").open("wb") as sparse:
        sparse.truncate(SPARSE)
    yield Place("gles.txt", "too large")
    yield from _locked(folder)
    for right, wrong in (("prosa.pdf", "fel.txt"), ("brev.docx", "fel.pdf"), ("sida.png", "fel.docx"),
                         ("text.txt", "fel.zip"), ("arkiv.zip", "fel.html"), ("brev.rtf", "utan-andelse")):  # fmt: skip
        (folder / wrong).write_bytes(sound()[right])
        if right != "arkiv.zip":
            yield Place(wrong, None)


def _named(folder: Path) -> Iterator[Place]:
    for number, (name, known) in enumerate(NAMES.items()):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(f"{PROSE}\nHandling nummer {number}.\n")
        yield Place(known, None)


def _special(folder: Path) -> Iterator[Place]:
    os.mkfifo(folder / "ror.pdf")
    yield Place("ror.pdf", "special")
    here = Path.cwd()
    os.chdir(folder)  # the name of a socket may be no longer than a hundred signs
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("uttag.docx")
    finally:
        os.chdir(here)
    yield Place("uttag.docx", "special")
    for name, kind, device in (("enhet.txt", 0o020666, os.makedev(1, 5)), ("skiva.txt", 0o060666, os.makedev(7, 99))):
        with suppress(PermissionError):  # only root makes devices
            os.mknod(folder / name, kind, device)
            yield Place(name, "special")


def _links(folder: Path, outside: Path) -> Iterator[Place]:
    inside = folder / "inne"
    inside.mkdir()
    (inside / "mal.txt").write_text(f"{PROSE}\nDetta är målet.\n")
    yield Place("inne/mal.txt", None)
    yield Place("lank-inne.txt", None)
    for name, near in {"lank-inne.txt": "inne/mal.txt", "lank-mapp": "inne", "lank-hem": "."}.items():
        (folder / name).symlink_to(near)
    for name, target in {
        "lank-ut.txt": outside / "utanfor.txt",
        "lank-ut-mapp": outside,
        "lank-upp": Path(".."),
        "lank-passwd.txt": Path("/etc/passwd"),
        "lank-enhet.txt": Path("/dev/zero"),
        "lank-rot": Path("/"),
        "lank-bruten.txt": Path("finns-inte.txt"),
        "lank-sig-sjalv": Path("lank-sig-sjalv"),
        "lank-ring-a": Path("lank-ring-b"),
        "lank-ring-b": Path("lank-ring-a"),
        "lank-genom-fil": Path("inne/mal.txt/mer"),
    }.items():
        (folder / name).symlink_to(target)
        yield Place(name, "link")
    (folder / "lank-ror").symlink_to("ror.pdf")
    yield Place("lank-ror", "special")


def _deep(folder: Path) -> Place:
    """Folders in folders, deeper than a path may be long; the one whose path is too long is told of."""
    part = "d" * 200
    at = os.open(folder, os.O_RDONLY)
    for _ in range(TOO_DEEP):
        os.mkdir(part, dir_fd=at)
        at, before = os.open(part, os.O_RDONLY, dir_fd=at), at
        os.close(before)
    os.close(at)
    longest = (os.pathconf("/", "PC_PATH_MAX") - 1 - len(os.fsencode(folder))) // (len(part) + 1)
    return Place("/".join([part] * (longest + 1)), "unreadable")


def _locked(folder: Path) -> Iterator[Place]:
    """What its owner may not read; root reads everything."""
    is_root = os.geteuid() == 0
    file, inner = folder / "stangd.txt", folder / "stangd"
    file.write_text(f"{PROSE}\nDen här är stängd.\n")
    inner.mkdir()
    file.chmod(0)
    inner.chmod(0)
    yield Place("stangd.txt", None if is_root else "unreadable")
    if not is_root:
        yield Place("stangd", "unreadable")
