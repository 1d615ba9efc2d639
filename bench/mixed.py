"""Documents of every kind a library takes in, in a mixed order, of Lövhamns stad; some of them broken.

Each odd one answers the one before it, so that there is something to link and to answer.
"""

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from itertools import cycle
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples" / "documents"
TOPICS = """kajen bron badhuset biblioteket skolgården cykelbanan parken ishallen hamnen färjan torget äldreboendet
fritidsgården musikskolan vattentornet gatubelysningen""".split()
FIRST = "Karin Anders Leila Jonas Mirja Tomas Ingrid Samir Ulla Viktor".split()
LAST = "Alm Berggren Dahlin Ekvall Forsgren Hed Lindmark Nyberg Sjöstrand Wester".split()
PARTIES = ("S", "V", "M", "MP", "C", "L", "KD")
HALF_FILE, NOISE = 400, 5000  # bytes
SCAN_DPI, SCAN_TEXT = 150, 26


def write(folder: Path, many: int) -> None:
    """Make so many files in a folder."""
    folder.mkdir(parents=True)
    samples = cycle(sorted(SAMPLES.iterdir()))
    made = 0
    while made < many:
        for ending, make in _MAKERS:
            if made == many:
                return
            made += 1
            if make:
                (folder / f"{made:03}.{ending}").write_bytes(make(made))
            else:
                sample = next(samples)
                (folder / f"{made:03}{sample.suffix}").write_bytes(sample.read_bytes())


def text(number: int) -> str:
    """Return a question, or the reply to it where the number is odd."""
    pair = number // 2
    chance = Random(pair)  # noqa: S311 – no secret
    topic = chance.choice(TOPICS)
    asks, answers = (f"{chance.choice(FIRST)} {chance.choice(LAST)}" for _ in range(2))
    case, party, year = f"KS {2016 + pair % 9}/{100 + pair}", chance.choice(PARTIES), 2016 + pair % 9
    if number % 2 == 0:
        return (
            f"Lövhamns stad\nInterpellation\nDnr {case}\n{year}-03-{1 + pair % 28:02}\n\n"
            f"Interpellation av {asks} ({party}) till {answers} om {topic}\n\n"
            f"Arbetet med {topic} har dragit ut på tiden och många har hört av sig till oss om det. Nämnden lovade ett "
            f"besked redan förra året.\n\nJag vill därför fråga:\n\n1. När är arbetet med {topic} klart?\n"
            f"2. Vad har {topic} kostat hittills, räknat i kronor?\n\n{asks} ({party})\n"
        )
    return (
        f"Lövhamns stad\nSvar på interpellation\nDnr {case}\n{year}-05-{1 + pair % 28:02}\n\n"
        f"Svar på interpellation av {asks} ({party}) om {topic}\n\n"
        f"Arbetet med {topic} är klart senast den 1 oktober {year + 1}. Hittills har {topic} kostat {pair + 3} "
        f"miljoner kronor. Vi lovar att återkomma till kommunfullmäktige med en redovisning under {year + 1}.\n\n"
        f"{answers}\n"
    )


def _pdf(number: int) -> bytes:
    from fpdf import FPDF

    paper = FPDF()
    paper.core_fonts_encoding = "windows-1252"
    paper.set_font("Helvetica", size=11)
    paper.add_page()
    for paragraph in text(number).split("\n\n"):
        paper.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT")
        paper.ln(4)
    return bytes(paper.output())


def _docx(number: int) -> bytes:
    import docx

    paper, out = docx.Document(), io.BytesIO()
    for line in text(number).splitlines():
        paper.add_paragraph(line)
    paper.save(out)
    return out.getvalue()


def _odt(number: int) -> bytes:
    lines = "".join(f"<text:p>{line}</text:p>" for line in text(number).splitlines())
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    content = f"<office:document-content {spaces}><office:body><office:text>{lines}</office:text></office:body>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"{content}</office:document-content>",
            "styles.xml": f"<office:document-styles {spaces}/>",
        }
    )


def _rtf(number: int) -> bytes:
    lines = text(number).replace("\n", "\\par\n")
    escaped = "".join(sign if ord(sign) < 128 else f"\\'{ord(sign):02x}" for sign in lines)
    return f"{{\\rtf1\\ansi\\ansicpg1252 {escaped}}}".encode("ascii")


def _html(number: int) -> bytes:
    lines = "".join(f"<p>{line}</p>" for line in text(number).splitlines())
    return f"<!doctype html><html lang=sv><meta charset=utf-8><body>{lines}</body></html>".encode()


def _eml(number: int) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "kansliet@lovhamn.example", "arkivet@lovhamn.example"
    mail["Subject"], mail["Date"] = f"Handling {number}", "Tue, 04 Feb 2020 09:00:00 +0100"
    mail.set_content(f"Hej!\n\nHär kommer handling {number}.\n\nKansliet\n")
    mail.add_attachment(text(number).encode(), maintype="text", subtype="plain", filename=f"bilaga-{number}.txt")
    return mail.as_bytes()


def _packed(number: int) -> bytes:
    return archive(
        {f"a-{number}.txt": f"Bilaga A\n\n{text(number)}", f"mapp/b-{number}.txt": f"Bilaga B\n\n{text(number)}"}
    )


def archive(files: dict[str, str]) -> bytes:
    """Return a zip archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def _scan(number: int) -> bytes:
    image = Image.new("L", (620, 400), 255)
    print_it, font = ImageDraw.Draw(image), ImageFont.load_default(SCAN_TEXT)
    for row, line in enumerate((f"Blad {number}", *text(number).splitlines()[5:6])):
        print_it.text((30, 40 + 2 * SCAN_TEXT * row), line[:40], font=font, fill=0)
    out = io.BytesIO()
    image.save(out, "PDF", resolution=SCAN_DPI)
    return out.getvalue()


def _broken(number: int) -> bytes:
    chance = Random(number)  # noqa: S311 – no secret
    ways = (
        lambda: _pdf(number)[: HALF_FILE + number],
        lambda: b"%PDF-1.7\n" + chance.randbytes(NOISE),
        lambda: _docx(number)[:HALF_FILE],
    )
    return ways[number // len(_MAKERS) % len(ways)]()


_MAKERS: tuple[tuple[str, Callable[[int], bytes] | None], ...] = (
    ("txt", lambda number: text(number).encode()), ("pdf", _pdf), ("docx", _docx), ("pdf", _broken), ("odt", _odt),
    ("rtf", _rtf), ("html", _html), ("eml", _eml), ("", None), ("zip", _packed), ("pdf", _scan),
)  # fmt: skip
