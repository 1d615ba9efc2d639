"""Archives and office files that are none to trust: bombs, ways out, and XML that grows."""

import struct
import zlib
from collections.abc import Iterator

from tests.hostile.sound import RELATIONS, docx, odt, zipped
from tests.pipeline.making import PROSE

_LINK = 0o120777 << 16
ABROAD = "file:///etc/passwd"


def raw(name: bytes, data: bytes = b"kajen", **said: int) -> bytes:
    """An archive of one member, which says of itself what it is told to: size, packed, method, flags, attributes."""
    size, packed = said.get("size", len(data)), said.get("packed", len(data))
    fixed = struct.pack("<4H", 20, said.get("flags", 0x800), said.get("method", 0), 0)
    sums = struct.pack("<H3I2H", 0x21, said.get("crc", zlib.crc32(data)), packed, size, len(name), 0)
    local = b"PK\x03\x04" + fixed + sums + name + data
    central = b"PK\x01\x02" + struct.pack("<H", 0x31E) + fixed + sums
    central += struct.pack("<3H2I", 0, 0, 0, said.get("attributes", 0), said.get("at", 0)) + name
    return local + central + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 1, 1, len(central), len(local), 0)


def overlapping(members: int, size: int) -> bytes:
    """An archive whose members all stand on the same packed zeros: small, and huge when it is unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(size)) + packer.flush()
    fixed = struct.pack("<4HH3I2H", 20, 0, 8, 0, 0x21, zlib.crc32(bytes(size)), len(packed), size, 1, 0)
    out = b"PK\x03\x04" + fixed + b"a" + packed
    central = (b"PK\x01\x02\x14\x00" + fixed + struct.pack("<3H2I", 0, 0, 0, 0, 0) + b"a") * members
    return out + central + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, members, members, len(central), len(out), 0)


def nested(levels: int, width: int) -> bytes:
    """Archives in archives."""
    data = zipped({"innerst.txt": PROSE})
    for level in range(levels):
        data = zipped({f"{level}-{n}.zip": data for n in range(width)})
    return data


def archives() -> Iterator[tuple[str, bytes]]:
    """Yield them all with their names."""
    yield "bomb.zip", zipped({"nollor.txt": bytes(120_000_000), "brev.txt": PROSE})
    yield "bomb-overlapp.zip", overlapping(300, 30_000_000)
    yield "bomb-djup.zip", nested(7, 2)
    yield "bomb-bred.zip", nested(2, 12)
    for number, name in enumerate(
        (
            b"../utanfor.txt",
            b"../../../../../../tmp/utanfor.txt",
            b"/etc/passwd",
            b"C:\\Windows\\kaj.txt",
            b"C:kaj.txt",
            b"\\\\server\\del\\kaj.txt",
            b"..\\..\\kaj.txt",
            b"a/../../kaj.txt",
            b"kaj\x00.txt",
            b"CON",
            b".",
            b"..",
            b"/",
            b"a" * 60_000,
            b"a/" * 5_000 + b"kaj",
            b"rad\nrad\r\x1b[2J.txt",
            "\u202etxt.kaj".encode(),
            b"\xff\xfe\xfd",
            b"",
            b"kaj.txt/",
            b"~/.ssh/kaj",
            b"$(reboot).txt",
            b"-rf",
            b"kaj.txt:strom",
        )
    ):
        yield f"vag-{number}.zip", raw(name, b"kajen i hamnen nummer %d" % number)
    yield "lank.zip", raw(b"lank.txt", b"/etc/passwd", attributes=_LINK)
    yield "lank-upp.zip", raw(b"lank", b"../../..", attributes=_LINK)
    yield "last.zip", raw(b"a.txt", flags=0x801)
    yield "metod.zip", raw(b"a.txt", method=99)
    yield "lzma.zip", raw(b"a.txt", b"\x09\x04\x05\x00" + b"\xff" * 90, method=14)
    yield "bz2.zip", raw(b"a.txt", b"BZh9" + b"\xff" * 90, method=12)
    yield "deflate.zip", raw(b"a.txt", b"\xff" * 90, method=8)
    yield "summa.zip", raw(b"a.txt", crc=1)
    yield "storlek.zip", raw(b"a.txt", size=4_294_967_295)
    yield "storlek-packad.zip", raw(b"a.txt", packed=4_294_967_294)
    yield "fel-plats.zip", raw(b"a.txt", at=999_999)
    yield "samma-namn.zip", raw(b"a.txt")[:-22] + raw(b"a.txt", b"hamnen")
    yield "tomt.zip", zipped({})
    yield "bara-dolt.zip", zipped({".dold": PROSE})
    yield "manga.zip", zipped({f"{n}.bin": bytes([n % 256, 0, n // 256]) for n in range(60)})
    whole = zipped({"a.txt": PROSE})
    yield "kommentar.zip", whole[:-2] + struct.pack("<H", 36_000) + b"PK\x05\x06" * 9_000
    yield "mimetype.zip", zipped({"mimetype": "application/vnd" * 2_000_000})
    yield "kalkyl.xlsx", zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})


def _laughs(levels: int, times: int) -> str:
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * times}">' for n in range(1, levels))
    return f'<!DOCTYPE kaj [<!ENTITY l0 "ha">{rows}<!ENTITY ut SYSTEM "{ABROAD}">]>'


def office_files() -> Iterator[tuple[str, bytes]]:
    """Yield Word and OpenDocument files with their names."""

    def both(name: str, text: str, before: str) -> Iterator[tuple[str, bytes]]:
        yield f"{name}.docx", docx(f"<w:p><w:r><w:t>Kajen {text}</w:t></w:r></w:p>", before)
        yield f"{name}.odt", odt(f"<text:p>Kajen {text}</text:p>", before)

    yield from both("miljard", "&l9;", _laughs(10, 10))
    yield from both("kvadrat", "&l1;" * 2_000, f'<!DOCTYPE kaj [<!ENTITY l1 "{"ha" * 50_000}">]>')
    yield from both("ring", "&l1;", '<!DOCTYPE kaj [<!ENTITY l1 "&l2;"><!ENTITY l2 "&l1;">]>')
    yield from both("utifran", "&ut;", _laughs(1, 1))
    yield from both("natet", "&ut;", '<!DOCTYPE kaj [<!ENTITY ut SYSTEM "http://127.0.0.1:9/kaj">]>')
    yield from both("dtd", "x", f'<!DOCTYPE kaj SYSTEM "{ABROAD}">')
    yield from both("parameter", "x", f'<!DOCTYPE kaj [<!ENTITY % p SYSTEM "{ABROAD}"> %p;]>')
    yield from both("lang-text", "kaj" * 5_000_000, "")
    yield from both("okand-entitet", "&finns-inte;", "")
    deep = 100_000
    yield "djup.docx", docx("<w:sdt>" * deep + "</w:sdt>" * deep)
    yield "djup.odt", odt("<text:section>" * deep + "</text:section>" * deep)
    boxes = 45
    yield (
        "rutor.docx",
        docx(
            "<w:p><w:r><w:t>Kaj</w:t><w:pict><w:txbxContent>" * boxes + "</w:txbxContent></w:pict></w:r></w:p>" * boxes
        ),
    )
    yield (
        "rutor.odt",
        odt("<text:p>Kaj<draw:frame><draw:text-box>" * boxes + "</draw:text-box></draw:frame></text:p>" * boxes),
    )
    yield "tabeller.docx", docx("<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60)
    yield "blanksteg.odt", odt('<text:p>Kaj<text:s text:c="999999999"/>bro</text:p>')
    yield "blanksteg-minus.odt", odt('<text:p>Kaj<text:s text:c="-5"/><text:s text:c="många"/>bro</text:p>')
    yield (
        "upprepad.odt",
        odt(
            '<table:table><table:table-row table:number-rows-repeated="999999999"><table:table-cell '
            'table:number-columns-repeated="999999999"><text:p>Kaj</text:p></table:table-cell></table:table-row></table:table>'
        ),
    )
    numbered = "<w:p><w:pPr><w:numPr><w:ilvl w:val='999999999'/><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
    yield "nummer.docx", docx(numbered)
    for number, (kind, target) in enumerate(
        (
            ("footnotes", f'Target="{ABROAD}" TargetMode="External"'),
            ("styles", 'Target="../../../../etc/passwd"'),
            ("numbering", 'Target="document.xml"'),
            ("header", 'Target="/etc/passwd"'),
            ("styles", 'Target="finns-inte.xml"'),
            ("attachedTemplate", 'Target="http://127.0.0.1:9/mall.dotm" TargetMode="External"'),
        )
    ):
        yield f"hanvisning-{number}.docx", docx(word___rels__document_DOT_xml_DOT_rels=RELATIONS % (kind, target))
    yield "utan-typer.docx", zipped({"word/document.xml": "<w/>"})
    yield (
        "utf16.odt",
        zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": "<kaj>".encode("utf-16"),
                "styles.xml": "<a/>",
            }
        ),
    )
    yield "attribut.odt", odt("<text:p " + " ".join(f'a{n}="{n}"' for n in range(50_000)) + ">Kaj</text:p>")
    yield "bomb.docx", docx("<w:p/>" + " " * 210_000_000)
    yield "bomb.odt", odt("<text:p/>" + " " * 210_000_000)
