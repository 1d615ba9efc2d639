"""Text, web pages, letters and Rich Text that take a careless reader for ever, or down."""

import random
from collections.abc import Iterator

from tests.hostile.sound import HEADLINE, letter, rtf
from tests.pipeline.making import PROSE


def texts() -> Iterator[tuple[str, bytes]]:
    """Yield them all with their names."""
    yield from _plain()
    yield from _pages()
    yield from _letters()
    yield from _rich()


def _plain() -> Iterator[tuple[str, bytes]]:
    many = 4_000
    for name, text in {
        "en-rad": "kajen i hamnen " * many,
        "ett-ord": "a" * 1_000_000,
        "ett-ord-prickar": "åäö" * 20_000,
        "utan-prickar": "forbattra arendet " * many,
        "siffror": "7" * 200_000,
        "kronor": f"Det kostade {'9' * 5_000} kronor, {'1' * 400} mnkr och 1e999 kr.",
        "ar": "År 99999, 0000-00-00, 2024-13-45, den 31 februari 12345678901234567890, 2024-2025-2026-2027.",
        "datum": "den 31 31 31 mars mars 2024 2024-02-30 " * 1_000,
        "listor": "1. 1. 1. a) b) – " * 1_300,
        "fragor": "1. Vad?\n" * 2_000,
        "fragor-i-rad": "Jag vill fråga: vad, när, hur, varför, vem? " * 700,
        "beslutar": "Nämnden beslutar att att att besluta att " * 700,
        "namn": "Karin Alm (S), Per Ek (M), Åsa Öst (V) " * 700,
        "namn-utan-slut": "Karin Alm Ek Öst von der af " * 1_300,
        "diarier": "Dnr 2024/123-45 KS 2024-1-2-3-4-5-6/7/8 " * 700,
        "personnummer": "19850101-1234 850101+1234 " * 1_000,
        "parenteser": "(" * 30_000,
        "citat": "”" * 13_000 + "\"'»«" * 3_000,
        "blanksteg": " " * 1_000_000 + "kaj",
        "radslut": "\n" * 200_000 + "kaj",
        "tabbar": "\t".join("kaj" for _ in range(30_000)),
        "streck": "- " * 20_000,
        "bindestreck": "för-\nbätt-\nra-\n" * 1_300,
        "paragrafer": "§ § 12 kap. 3 § " * 1_300,
        "zalgo": "k" + "\u0301\u0327\u0308" * 7_000,
        "at-vanster": "\u202e\u2066kaj\u2069\u202c" * 1_300,
        "osynligt": "k\u200da\u200bj\u2060\u00ad" * 2_000,
        "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 1_300,
        "icke-tecken": "kaj\ufffe\uffff\ufdd0 " * 3_000,
        "sidbrytningar": "kaj\f" * 25_000,
        "blandat": f"{PROSE}\f" * 40,
    }.items():
        yield f"text-{name}.txt", f"{HEADLINE}\n\n{text}".encode()
    dice = random.Random(2)  # noqa: S311 – chance that can be repeated
    yield "brus.bin", dice.randbytes(100_000)
    yield "brus.txt", bytes(dice.choice(b"abc \n\xe5\xe4\xf6\xff\x81") for _ in range(50_000))
    yield "nollor-sent.txt", PROSE.encode() * 40 + bytes(50_000)
    yield "styrtecken.txt", PROSE.encode() + bytes(range(1, 8)) + PROSE.encode() * 30 + bytes(range(32)) * 900
    yield "utf16-halvt.txt", b"\xff\xfe" + PROSE.encode("utf-16-le")[:-1]
    yield "utf16-surrogater.txt", b"\xff\xfe" + b"\x00\xd8" * 5_000 + "kaj".encode("utf-16-le")
    yield "utf8-halvt.txt", PROSE.encode()[:60] + "ö".encode()[:1] + PROSE.encode()
    yield "bom-bara.txt", b"\xef\xbb\xbf"
    yield "tom.txt", b""
    yield "blank.txt", b" \n\t\r\n"


def _pages() -> Iterator[tuple[str, bytes]]:
    deep, many = 100_000, 6_000
    for name, body in {
        "djup-span": "<span>" * deep + PROSE,
        "djup-div": "<div>" * deep + PROSE,
        "djup-div-mindre": "<div>" * 5_000 + PROSE,
        "djup-tabell": "<table><tr><td>" * 3_000 + PROSE,
        "menyer": "<div class=meny>kaj<ul id=menu><li>bro" * 1_500 + PROSE,
        "punkter": "<ol>" + "<li>kaj" * many + "</ol>",
        "attribut": "<p " + " ".join(f"a{n}=1" for n in range(many)) + ">kaj",
        "entiteter": "&#xD800;&#x110000;&#0;&#99999999999;&amp" * 2_000,
        "oavslutad": "<p>kaj<!-- " + "-" * 200_000,
        "formaterat": "<b><i><u><a><nobr>" * 2_000 + PROSE,
        "skript": "<script>" + "while(1);" * many,
        "svg": "<svg><foreignObject><math>" * 2_000 + PROSE,
        "utanfor": '<iframe src="file:///etc/passwd"></iframe><link href="http://127.0.0.1:9/"><p>kaj',
    }.items():
        yield f"sida-{name}.html", f"<!doctype html><html><body>{body}".encode()
    yield "sida-utf7.html", b'<html><meta charset="utf-7"><p>+ADw-script+AD4-'
    yield "sida-nul.html", b"<html><p>kaj" + b" " * 9_000 + b"\x00<p\x00>\x00bro"


_HEAD = "From: a@b.example\nTo: c@d.example\nSubject: Kajen\nMIME-Version: 1.0\n"


def _letters() -> Iterator[tuple[str, bytes]]:
    parts = 3_000
    layers = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(parts))
    yield "brev-djupt.eml", f"{_HEAD}{layers}Content-Type: text/plain\n\nKaj".encode()
    yield "brev-i-brev.eml", (_HEAD + f"Content-Type: message/rfc822\n\n{_HEAD}" * 500 + "\nKaj").encode()
    beside = "--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\nKaj\n" * 150
    yield "brev-bilagor.eml", f"{_HEAD}Content-Type: multipart/mixed; boundary=b\n\n{beside}--b--\n".encode()
    yield "brev-utan-grans.eml", f"{_HEAD}Content-Type: multipart/mixed\n\nKaj".encode()
    yield "brev-tom-grans.eml", f'{_HEAD}Content-Type: multipart/mixed; boundary=""\n\n--\n--\nKaj'.encode()
    yield "brev-parenteser.eml", f"From: {'(' * 20_000}a@b.example\n{_HEAD}\nKaj".encode()
    yield "brev-citat.eml", ("From: " + '"a" ' * 3_000 + f"<a@b.example>\n{_HEAD}\nKaj").encode()
    yield "brev-adresser.eml", (_HEAD + "Cc: " + "a@b.example, " * 3_000 + "\n\nKaj").encode()
    yield "brev-amne.eml", f"Subject: {'=?utf-8?q?=C3?= ' * 2_000}\n{_HEAD}\nKaj".encode()
    yield "brev-rubriker.eml", (_HEAD + "".join(f"X-{n}: kaj\n" for n in range(20_000)) + "\nKaj").encode()
    yield "brev-bytes.eml", b"Subject: K\xe5j \xff\xfe\n" + _HEAD.encode() + b"\nKaj \xff"
    yield "brev-teckenkod.eml", f"{_HEAD}Content-Type: text/plain; charset=finns-inte\n\nKaj".encode()
    yield "brev-bas64.eml", f"{_HEAD}Content-Transfer-Encoding: base64\n\n{'!' * 9_001}".encode()
    yield "brev-uu.eml", f"{_HEAD}Content-Transfer-Encoding: x-uuencode\n\nbegin 644 x\n~~~~\nend".encode()
    for number, name in enumerate(("../../kaj.txt", "/etc/passwd", "kaj\x00.txt", "..", "a" * 9_000, "C:\\kaj.txt")):
        yield f"brev-namn-{number}.eml", letter(f"Kajen {number}").replace(b"bilaga.txt", name.encode())
    yield "brev-namn-bytes.eml", letter("Kaj").replace(b"bilaga.txt", b"k\xe5j\xff.txt")
    yield (
        "brev-parametrar.eml",
        (
            f"{_HEAD}Content-Type: text/plain; " + "; ".join(f"a*{n}*=utf-8''%FF" for n in range(2_000)) + "\n\nKaj"
        ).encode(),
    )


def _rich() -> Iterator[tuple[str, bytes]]:
    deep = 100_000
    for name, body in {
        "djup": "{" * deep + "Kaj" + "}" * deep,
        "oppna": "{" * deep + "Kaj",
        "stangda": "}" * deep + "Kaj",
        "huvuden": "{\\header Kaj " * 5_000,
        "noter": "Kaj{\\footnote bro}" * 2_000,
        "binart": "\\bin2147483647 Kaj",
        "surrogater": "\\u-10179?\\u-9216?\\u99999999999? Kaj",
        "hex": "\\'zz\\'\\'" * 20_000,
        "ord": "\\" + "a" * 300_000 + " Kaj",
        "styrord": "\\par\\b0\\i0 " * 30_000,
        "teckentabell": "\\ansicpg99999 Kaj \\'e5",
        "tabell": "{\\trowd\\cell\\row|||}" * 5_000,
        "objekt": "{\\object\\objdata " + "ff" * 100_000 + "}",
        "bild": "{\\pict\\picw-1\\pich99999999 " + "00" * 100_000 + "}",
    }.items():
        yield f"rtf-{name}.rtf", rtf(body)
