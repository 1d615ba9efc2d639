"""Images that promise more than anyone can hold, or nothing that holds together."""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

_NO_PIXELS = zlib.compress(bytes(100))


def chunk(name: bytes, data: bytes, length: int | None = None) -> bytes:
    """A PNG's chunk, which may lie about its length."""
    told = len(data) if length is None else length
    return struct.pack(">I", told) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *more: bytes, bits: int = 8, pixels: bytes = _NO_PIXELS) -> bytes:
    """A grey PNG of this size, with more chunks before its pixels."""
    head = chunk(b"IHDR", struct.pack(">2I5B", width, height, bits, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def tiff(*tags: tuple[int, int, int, int], after: int = 0, data: bytes = b"") -> bytes:
    """A TIFF of one page with these tags (number, type, count, value); `after` is where it says the next page is."""
    head = struct.pack("<2sHI", b"II", 42, 8) + struct.pack("<H", len(tags))
    return head + b"".join(struct.pack("<2H2I", *tag) for tag in tags) + struct.pack("<I", after) + data


def page_tags(width: int, height: int, at: int = 200, size: int = 100) -> list[tuple[int, int, int, int]]:
    """The tags of a grey page in one strip."""
    return [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, at), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, size),
    ]  # fmt: skip


def images() -> Iterator[tuple[str, bytes]]:
    """Yield them all with their names."""
    yield from _pngs()
    yield from _tiffs()
    yield from _jpegs()


def _pngs() -> Iterator[tuple[str, bytes]]:
    for width, height in ((100_000, 100_000), (0, 0), (2**31 - 1, 1), (1, 2**31 - 1), (2**32 - 1, 2**32 - 1), (0, 90)):
        yield f"png-{width}x{height}.png", png(width, height)
    rows = zlib.compress(bytes(1_251 * 10_000), 9)
    yield "png-stor.png", png(10_000, 10_000, bits=1, pixels=rows)
    yield "png-smal.png", png(1, 60_000, pixels=zlib.compress(bytes(120_000)))
    yield "png-film.png", png(9, 9, chunk(b"acTL", struct.pack(">2I", 2**31 - 1, 0)), pixels=zlib.compress(bytes(90)))
    bomb = zlib.compress(bytes(90_000_000), 9)
    yield "png-text.png", png(9, 9, chunk(b"zTXt", b"kaj\x00\x00" + bomb), pixels=zlib.compress(bytes(90)))
    yield "png-farg.png", png(9, 9, chunk(b"iCCP", b"kaj\x00\x00" + bomb), pixels=zlib.compress(bytes(90)))
    yield "png-pixlar.png", png(9, 9, pixels=bomb)
    yield "png-langd.png", png(9, 9, chunk(b"tEXt", b"kaj", 2**32 - 1))
    yield "png-djup.png", png(9, 9, bits=77)
    yield (
        "png-upplosning.png",
        png(9, 9, chunk(b"pHYs", struct.pack(">2IB", 0, 2**32 - 1, 1)), pixels=zlib.compress(bytes(90))),
    )


def _tiffs() -> Iterator[tuple[str, bytes]]:
    grey = bytes(200)
    page = page_tags(10, 10)
    yield "tiff-ring.tif", tiff(*page, after=8, data=grey)
    yield "tiff-utanfor.tif", tiff(*page, after=2**32 - 2, data=grey)
    yield "tiff-jatte.tif", tiff(*page_tags(2**32 - 1, 2**32 - 1), data=grey)
    yield "tiff-bred.tif", tiff(*page_tags(2**31, 1), data=grey)
    yield "tiff-ingen.tif", tiff(*page_tags(0, 0), data=grey)
    yield "tiff-remsa.tif", tiff(*page_tags(10, 10, at=2**32 - 1, size=2**32 - 1), data=grey)
    yield "tiff-taggar.tif", tiff(*page, (305, 2, 2**32 - 1, 8), data=grey)
    yield "tiff-utan.tif", tiff(data=grey)
    for told in (0, 2**32 - 1):
        place = 8 + 2 + 12 * 11 + 4
        dots = struct.pack("<2I", told, 0)
        yield f"tiff-upplosning-{told}.tif", tiff(*page, (282, 5, 1, place), (296, 3, 1, 2), data=dots + grey)
    for packing in (2, 3, 4, 5, 6, 7, 8, 32773, 32946, 34712, 50000, 50001, 65000):
        tags = [(n, kind, count, packing if n == 259 else value) for n, kind, count, value in page_tags(64, 64)]
        yield f"tiff-packning-{packing}.tif", tiff(*tags, data=bytes(range(1, 201)))
    many, one = bytearray(struct.pack("<2sHI", b"II", 42, 8)), 2 + 12 * len(page) + 4
    for number in range(25_000):
        many += tiff(*page, after=8 + one * (number + 1))[8:]
    yield "tiff-sidor.tif", bytes(many)
    yield "tiff-stor.tif", b"II+\x00\x08\x00\x00\x00" + struct.pack("<Q", 2**63) + grey


def _jpegs() -> Iterator[tuple[str, bytes]]:
    out = io.BytesIO()
    Image.new("L", (16, 16), 200).save(out, "JPEG", progressive=True)
    sound = out.getvalue()
    head = sound.index(b"\xff\xc2")
    for width, height in ((65_535, 65_535), (0, 0), (65_535, 1)):
        yield f"jpeg-{width}x{height}.jpg", sound[: head + 5] + struct.pack(">2H", height, width) + sound[head + 9 :]
    scan = sound.index(b"\xff\xda")
    yield "jpeg-omgangar.jpg", sound[:-2] + sound[scan:-2] * 3_000 + sound[-2:]
    exif = b"Exif\x00\x00" + tiff((274, 3, 1, 99), (34665, 4, 1, 8), after=8)
    yield "jpeg-exif.jpg", sound[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + sound[2:]
    yield "jpeg-tabeller.jpg", sound[:2] + b"\xff\xdb\x00\x03\xff" * 20_000 + sound[2:]
    yield "jpeg-bara-huvud.jpg", b"\xff\xd8\xff\xe0"
