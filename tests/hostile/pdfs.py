"""PDFs written by hand to harm who reads them."""

import zlib
from collections.abc import Iterator, Mapping

from tests.pipeline.making import PROSE, pdf

Objects = Mapping[int, bytes]
_FONT = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
_TEXT = b"BT /F1 9 Tf 12 TL 9 90 Td (%s) Tj ET" % b") ' (".join(PROSE.encode("cp1252").splitlines())
_BOX = b"/MediaBox[0 0 420 110]"  # small, and with enough text on it: it need not be recognised


def stream(data: bytes, more: bytes = b"", packed: int = 0) -> bytes:
    """A stream object's body, deflated so many times."""
    for _ in range(packed):
        data = zlib.compress(data, 9)
    filters = b"/Filter[" + b"/FlateDecode" * packed + b"]" if packed else b""
    return b"<</Length %d%s%s>>stream\n%s\nendstream" % (len(data), filters, more, data)


def built(objects: Objects, trailer: bytes = b"", xref: bytes | None = None) -> bytes:
    """A PDF of numbered objects, with its table of where they stand; object 1 is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    if xref is None:
        rows = (b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 65535 f \n" for n in range(size))
        xref = b"xref\n0 %d\n" % size + b"".join(rows)
    out += xref + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def page(
    content: bytes = _TEXT, *, box: bytes = _BOX, resources: bytes = _FONT, more: Objects | None = None, packed: int = 0
) -> bytes:
    """A PDF of one page."""
    sheet = b"<</Type/Page/Parent 2 0 R%s/Resources%s/Contents 4 0 R>>" % (box, resources)
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return built({1: _CATALOGUE, 2: pages, 3: sheet, 4: stream(content, packed=packed), **(more or {})})


_CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def tree(pages: bytes, more: Objects | None = None) -> bytes:
    """A PDF whose tree of pages begins so."""
    return built({1: _CATALOGUE, 2: pages, **(more or {})})


def pdfs() -> Iterator[tuple[str, bytes]]:
    """Yield them all with their names."""
    yield "last.pdf", pdf(PROSE, password="hemligt")  # noqa: S106
    yield from _boxes()
    yield from _depths()
    yield from _tables_of_places()
    yield from _streams()
    yield from _drawn()
    yield from _odd()


def _boxes() -> Iterator[tuple[str, bytes]]:
    for name, box in {
        "enorm": b"[0 0 1e9 1e9]",
        "bred": b"[0 0 1e9 10]",
        "hog": b"[0 0 10 14400000]",
        "ingen": b"[0 0 0 0]",
        "bakvand": b"[900 900 -900 -900]",
        "oandlig": b"[0 0 1" + b"0" * 400 + b" 842]",
        "text": b"[(a)(b)(c)(d)]",
        "tom": b"[]",
        "nan": b"[nan nan inf inf]",
        "negativ": b"[-1e9 -1e9 1e9 1e9]",
    }.items():
        yield f"sida-{name}.pdf", page(box=b"/MediaBox" + box)
    yield "sida-enhet.pdf", page(box=_BOX + b"/UserUnit 1e9")
    yield "sida-vriden.pdf", page(box=_BOX + b"/Rotate 99999999999999999999")
    yield "sida-beskuren.pdf", page(box=_BOX + b"/CropBox[1e30 1e30 -1e30 -1e30]")


def _depths() -> Iterator[tuple[str, bytes]]:
    many = 100_000
    yield "djup-lista.pdf", page(box=_BOX + b"/A" + b"[" * many + b"]" * many)
    yield "djup-ordbok.pdf", page(box=_BOX + b"/A" + b"<</A" * many + b" 1" + b">>" * many)
    yield "djup-text.pdf", page(b"BT /F1 12 Tf " + b"(" * many + b")" * many + b" Tj ET")
    yield "djup-innehall.pdf", page(b"q " * many + _TEXT)
    yield "djup-lista-innehall.pdf", page(b"[" * many + _TEXT)
    depth = 5_000
    nodes = {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 1, n - 1) for n in range(3, depth)}
    leaf = {depth: b"<</Type/Page/Parent %d 0 R%s>>" % (depth - 1, _BOX)}
    yield "djup-trad.pdf", tree(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", {**nodes, **leaf})
    for count in (b"2147483647", b"-1", b"999999", b"50", b"1e9", b"(ett)", b"99999999999999999999"):
        yield (
            f"antal-{count.decode()}.pdf",
            tree(b"<</Type/Pages/Kids[3 0 R]/Count %s>>" % count, {3: b"<</Type/Page/Parent 2 0 R%s>>" % _BOX}),
        )
    yield "ring-sig-sjalv.pdf", tree(b"<</Type/Pages/Kids[2 0 R]/Count 3>>")
    yield "ring-barn.pdf", tree(b"<</Type/Pages/Kids[3 0 R]/Count 9>>", {3: b"<</Type/Pages/Kids[2 0 R]/Count 9>>"})
    yield "ring-foralder.pdf", tree(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", {3: b"<</Type/Page/Parent 3 0 R>>"})
    yield "ring-katalog.pdf", built({1: b"<</Type/Catalog/Pages 1 0 R>>"})
    yield (
        "samma-sida.pdf",
        tree(b"<</Type/Pages/Kids[" + b"3 0 R " * 60 + b"]/Count 60>>", {3: b"<</Type/Page/Parent 2 0 R%s>>" % _BOX}),
    )


def _tables_of_places() -> Iterator[tuple[str, bytes]]:
    whole = page()
    start = whole.rindex(b"xref\n0")
    yield "prev-sig-sjalv.pdf", page().replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)
    yield "prev-negativ.pdf", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev -1")
    yield "prev-utanfor.pdf", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 99999999999")
    yield "prev-xrefstm.pdf", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/XRefStm %d" % start)
    more = b"xref\n0 0\ntrailer\n<</Size 5/Root 1 0 R/Prev %d>>\n"
    chain, at = bytearray(whole), start
    for _ in range(2_000):
        chain, at = chain + more % at, len(chain)
    yield "prev-kedja.pdf", bytes(chain + b"startxref\n%d\n%%%%EOF\n" % at)
    other = len(whole)
    ring = whole.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev %010d>>" % (other + len(b"/Prev 0000000000")))
    yield "prev-ring.pdf", ring + more % start + b"startxref\n%d\n%%%%EOF\n" % len(ring)
    for name, told in {"noll": b"0", "negativt": b"-5", "langt": b"9" * 30, "text": b"kaj"}.items():
        yield f"startxref-{name}.pdf", whole[: whole.rindex(b"startxref")] + b"startxref\n" + told + b"\n%%EOF\n"
    yield "xref-miljarder.pdf", whole.replace(b"xref\n0 5", b"xref\n0 4294967295")
    yield "xref-utan.pdf", whole[:start]
    yield "miljon-objekt.pdf", b"%PDF-1.4\n" + b"".join(b"%d 0 obj[]endobj\n" % n for n in range(9, 1_000_009)) + whole
    table = stream(b"\x01\x00\x10\x00", b"/Type/XRef/Size 4294967295/W[1 2 1]/Index[0 4294967295]/Root 1 0 R")
    yield "xref-strom.pdf", b"%PDF-1.5\n1 0 obj\n" + table + b"\nendobj\nstartxref\n9\n%%EOF\n"
    wide = stream(b"\x01" * 90, b"/Type/XRef/Size 9/W[2147483647 2147483647 2147483647]/Root 1 0 R/Prev 9")
    yield "xref-bred-strom.pdf", b"%PDF-1.5\n1 0 obj\n" + wide + b"\nendobj\nstartxref\n9\n%%EOF\n"


def _streams() -> Iterator[tuple[str, bytes]]:
    yield "flate-bomb.pdf", page(b" " * 100_000_000, packed=1)
    yield "flate-text.pdf", page(b"BT /F1 1 Tf " + b"(kajen i hamnen) Tj 0 1 Td " * 100_000 + b"ET", packed=1)
    yield "flate-bomb-i-bomb.pdf", page(b" " * 100_000_000, packed=3)
    yield "filter-hundra.pdf", page(_TEXT, packed=100)
    objects = b"<</Type/ObjStm/N 2147483647/First 8/Length 20>>stream\n10 0 11 4 [] [] [] \nendstream"
    yield "objstm-antal.pdf", page(more={5: objects, 6: b"10 0 R"})
    loop = stream(b"5 0 <<>>", b"/Type/ObjStm/N 1/First 4/Extends 5 0 R")
    yield "objstm-ring.pdf", page(more={5: loop})
    bomb = stream(b"10 0 " + b"[" * 50_000_000, b"/Type/ObjStm/N 1/First 5", packed=1)
    yield "objstm-bomb.pdf", page(more={5: bomb})
    for name in (b"LZWDecode", b"RunLengthDecode", b"ASCII85Decode", b"CCITTFaxDecode", b"JBIG2Decode", b"JPXDecode",
                 b"DCTDecode", b"Crypt", b"Okand"):  # fmt: skip
        content = b"<</Length 4000/Filter/%s>>stream\n%s\nendstream" % (name, bytes(range(250)) * 16)
        yield f"filter-{name.decode()}.pdf", page(more={4: content})
    yield "langd-ring.pdf", page(more={4: b"<</Length 4 0 R>>stream\nBT ET\nendstream"})
    yield "langd-enorm.pdf", page(more={4: b"<</Length 9999999999>>stream\nBT ET\nendstream"})
    yield "utifran.pdf", page(more={4: b"<</Length 0/F(/etc/passwd)>>stream\n\nendstream"})
    shared = b"<</Length 0/F<</Type/Filespec/FS/URL/F(http://127.0.0.1:9/)>>>>stream\n\nendstream"
    yield "utifran-nat.pdf", page(more={4: shared})


def _image(more: bytes, data: bytes = b"\x00" * 100, packed: int = 1) -> bytes:
    body = stream(data, b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8" + more, packed=packed)
    resources = b"<</XObject<</I 5 0 R>>>>"
    return page(b"q 400 0 0 100 9 9 cm /I Do Q", resources=resources, more={5: body})


def _drawn() -> Iterator[tuple[str, bytes]]:
    yield "bild-jatte.pdf", _image(b"/Width 100000/Height 100000")
    yield "bild-svart.pdf", _image(b"/Width 30000/Height 30000", bytes(90_000_000))
    yield "bild-negativ.pdf", _image(b"/Width -1/Height 2147483647")
    yield "bild-mask-ring.pdf", _image(b"/Width 10/Height 10/SMask 5 0 R")
    yield "bild-farg-ring.pdf", _image(b"/Width 10/Height 10/ColorSpace[/Indexed 5 0 R 255 5 0 R]")
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 5 0 R>>>>"
    resources = b"<</XObject<</A 5 0 R>>>>"
    yield "form-ring.pdf", page(b"/A Do", resources=resources, more={5: stream(b"/A Do " * 10, form)})
    laughs = {n: stream(b"/A Do " * 10, form.replace(b"5 0 R", b"%d 0 R" % (n + 1))) for n in range(5, 15)} | {
        15: stream(_TEXT, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    }
    yield "form-miljard.pdf", page(b"/A Do", resources=resources, more=laughs)
    yield "linjer.pdf", page(b"0 0 m " + b"9 9 l 400 90 l " * 60_000 + b"S", packed=1)
    yield "rutor.pdf", page(_TEXT + b" 9 9 90 90 re S" * 2_900, packed=1)
    yield (
        "rutnat.pdf",
        page(_TEXT + b"".join(b" %d %d 9 9 re S" % (9 * (n % 54), 9 * (n // 54)) for n in range(2_900)), packed=1),
    )
    yield "samma-rad.pdf", page(b"BT /F1 9 Tf 1 0 0 1 9 9 Tm " + b"(kaj) Tj 3 3 Td " * 30_000 + b"ET", packed=1)
    yield "langt-bort.pdf", page(b"BT /F1 1e30 Tf 1e30 1e30 Td (kaj) Tj -1e38 0 Td (bro) Tj ET")
    yield "trasig-matris.pdf", page(b"BT /F1 12 Tf 0 0 0 0 1e38 1e38 Tm (kaj hamn bro) Tj ET" + _TEXT)
    tiling = stream(b"/Pattern cs /P scn 0 0 9 9 re f", b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]"
                    b"/XStep 0.0001/YStep 0.0001/Resources<</Pattern<</P 5 0 R>>>>")  # fmt: skip
    yield (
        "monster-ring.pdf",
        page(b"/Pattern cs /P scn 0 0 400 90 re f", resources=b"<</Pattern<</P 5 0 R>>>>", more={5: tiling}),
    )
    shade = b"<</ShadingType 1/ColorSpace/DeviceRGB/Function<</FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]>>>>"
    yield "skugga.pdf", page(b"/S sh", resources=b"<</Shading<</S %s>>>>" % shade)


def _odd() -> Iterator[tuple[str, bytes]]:
    def font(body: bytes, more: Objects | None = None) -> bytes:
        return page(resources=b"<</Font<</F1 5 0 R>>>>", more={5: body, **(more or {})})

    noise = bytes((n * 97 + n // 7) % 256 for n in range(4_000))
    yield (
        "typsnitt-brus.pdf",
        font(
            b"<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor<</FontName/A/Flags 4/FontFile2 6 0 R>>>>",
            {6: stream(b"\x00\x01\x00\x00" + noise)},
        ),
    )
    yield "typsnitt-ring.pdf", font(b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding 5 0 R/DescendantFonts[5 0 R]>>")
    glyph = stream(b"1000 0 d0 BT /F1 1 Tf (K) Tj ET")
    yield (
        "typsnitt-3-ring.pdf",
        font(
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 75/LastChar 75/Widths[1]"
            b"/CharProcs<</K 6 0 R>>/Encoding<</Differences[75/K]>>/Resources<</Font<</F1 5 0 R>>>>>>",
            {6: glyph},
        ),
    )
    ranges = b"".join(b"<0000> <ffff> <%04x>\n" % n for n in range(2_000))
    cmap = stream(b"begincmap 9999999 beginbfrange\n" + ranges + b"endbfrange endcmap", packed=1)
    yield "tounicode-bomb.pdf", font(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", {6: cmap})
    alone = stream(b"begincmap 1 beginbfrange <00> <ff> <d800> endbfrange endcmap")
    yield "tounicode-surrogat.pdf", font(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", {6: alone})
    yield (
        "bredd.pdf",
        font(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar -2147483648/LastChar 2147483647/Widths[1e38]>>"),
    )
    plain = page()
    yield "krypto-okand.pdf", plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<</Filter/Kaj/V 99/R 99>>")
    yield "krypto-tom.pdf", plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt<<>>/ID[()()]")
    yield "krypto-ring.pdf", plain.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 1 0 R")
    actions = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while\\(true\\);)>>>>"
    yield "skript.pdf", plain.replace(_CATALOGUE, actions)
    launch = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)/Win<</F(calc.exe)>>>>>>"
    yield "starta.pdf", plain.replace(_CATALOGUE, launch)
    yield "brus-fore.pdf", noise[:900] + plain
    yield "bara-huvud.pdf", b"%PDF-1.7\n"
    yield "bara-huvud-igen.pdf", b"%PDF-" * 90_000
    yield "utan-katalog.pdf", plain.replace(b"/Root 1 0 R", b"/Root 77 0 R")
    yield "namn-nul.pdf", plain.replace(b"/F1", b"/F#00#00/../..")
