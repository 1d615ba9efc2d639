"""Makes templates/rapport.docx, the Word report as it comes with the program: `python -m index.export.build_template`.

What the report looks like is said here, so that the template can be made anew and its changes read; what an office
changes, it changes in the copy that `python -m index.export.build_template FILE` gives it. The fields are those
of `index.export.report.contents`.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

TARGET = Path(__file__).parent / "templates" / "rapport.docx"
FONT = "Cambria"
INK, SOFT, ACCENT = RGBColor(0x1D, 0x27, 0x33), RGBColor(0x52, 0x60, 0x6D), RGBColor(0x0B, 0x5E, 0x5E)
LINE = "D9E0E7"
INDENT = Cm(0.5)
DEMAND_ASIDE = "{{ k.av }} · {{ k.datum }}{% if k.paragraf %} · {{ k.paragraf }}{% endif %}"
PROMISE_ASIDE = (
    "{{ k.hur_fast }} · {{ k.av }} · {{ k.datum }}{% if k.senast %} · ska vara klart {{ k.senast }}{% endif %}"
)
STATEMENT_ASIDE = (
    "{{ k.slag }} · {{ k.av }}{% if k.hanvisar_till %} · hänvisar till {{ k.hanvisar_till }}{% endif %} · {{ k.datum }}"
)
LATER = (
    "Under ett löfte står senare uppgifter om samma sak, de mest lika först. "
    "Om de visar vad som blev av det avgör läsaren."
)
ASIDE = "Bihang"  # the style of what stands beside a quote: who, when, how


def build() -> Any:
    """Return the template as a document."""
    made = Document()
    _set_up(made)
    made.add_paragraph("{{ titel }}", style="Title")
    made.add_paragraph("{%p if amne %}")
    made.add_paragraph("{{ amne }}", style=ASIDE)
    made.add_paragraph("{%p endif %}")
    made.add_paragraph("{{ oversikt }} Utskriven {{ skriven }}.", style=ASIDE)
    made.add_paragraph("{{ bild }}")
    _versions(made)
    _timeline(made)
    _questions(made)
    _quotes(made, "Krav och beslut", "yrkanden", DEMAND_ASIDE, _decision)
    _quotes(made, "Löften", "loften", PROMISE_ASIDE, _evidence, LATER)
    _quotes(made, "Reservationer och uttalanden", "uttalanden", STATEMENT_ASIDE)
    _documents(made)
    return made


def _set_up(made: Any) -> None:
    """Page, styles, footer and language."""
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin, page.bottom_margin = Cm(2.4), Cm(2.2)
    made.core_properties.title = "Ärendet {{ titel }}"
    made.core_properties.author = "Aktspår"
    made.core_properties.comments = ""
    made.core_properties.language = "sv-SE"
    _style(made, "Normal", Pt(10.5), INK, after=Pt(6))
    _style(made, "Title", Pt(24), INK, after=Pt(6))
    _style(made, "Heading 1", Pt(14), INK, before=Pt(20), after=Pt(6), bold=True)
    made.styles.add_style(ASIDE, WD_STYLE_TYPE.PARAGRAPH).base_style = made.styles["Normal"]
    _style(made, ASIDE, Pt(9), SOFT, after=Pt(6))
    made.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH).base_style = made.styles["Normal"]
    made.styles["footnote text"].element.set(qn("w:styleId"), "FootnoteText")
    _style(made, "footnote text", Pt(8.5), INK, after=Pt(2))
    reference = made.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.element.set(qn("w:styleId"), "FootnoteReference")
    reference.font.superscript = True
    _style(made, "Quote", Pt(10.5), INK, after=Pt(2), before=Pt(8))
    made.styles["Quote"].paragraph_format.left_indent = INDENT
    made.styles["Quote"].font.italic = False
    title_line = made.styles["Title"].element.pPr.find(qn("w:pBdr"))
    if title_line is not None:
        made.styles["Title"].element.pPr.remove(title_line)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "sv-SE")
    made.styles["Normal"].element.get_or_add_rPr().append(language)
    _footer(page.footer.paragraphs[0])


def _style(
    made: Any, name: str, size: Any, ink: RGBColor, *, before: Any = None, after: Any = None, bold: bool = False
) -> None:
    style = made.styles[name]
    style.font.name, style.font.size, style.font.bold = FONT, size, bold
    style.font.color.rgb = ink
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.paragraph_format.space_before, style.paragraph_format.space_after = before or Pt(0), after
    style.paragraph_format.line_spacing = 1.15


def _footer(paragraph: Any) -> None:
    paragraph.style.font.size = Pt(8.5)
    paragraph.style.font.color.rgb = SOFT
    paragraph.add_run("{{ titel }} · {{ skriven }} · sida ")
    for code in ("PAGE", "NUMPAGES"):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), code)
        paragraph._p.append(field)  # noqa: SLF001  python-docx has no fields
        if code == "PAGE":
            paragraph.add_run(" av ")


def _versions(made: Any) -> None:
    rows = [("{{ v.period }}", "{{ v.beslutad }}", "{{ v.namn }}{{r v.noter }}")]
    _section(made, "Planens versioner", "versioner")
    table = _table(
        made, ("Period", "Beslutad eller reviderad", "Källa och ändring"), (3, 4.2, 8.8), "v in versioner", rows
    )
    _each_aside(table.rows[2].cells[2], "nytt in v.nytt", "Ändrat: ”{{ nytt.text }}”{{r nytt.noter }}")
    _each_aside(table.rows[2].cells[2], "skillnad in v.skiljer_sig", "{{ skillnad }}.")
    made.add_paragraph("{%p endif %}")


def _timeline(made: Any) -> None:
    _section(made, "Tidslinje", "handelser")
    cells = ("{{ h.nummer }}", "{{ h.tid }}", "{{ h.slag }}", "{{ h.text }}{{r h.noter }}")
    table = _table(made, ("Nr", "När", "Slag", "Vad"), (1, 3.4, 3, 8.6), "h in handelser", [cells])
    _each_aside(table.rows[2].cells[3], "skillnad in h.skiljer_sig", "{{ skillnad.text }}.")
    made.add_paragraph("{%p for lucka in luckor %}")
    made.add_paragraph("{{ lucka }}", style=ASIDE)
    made.add_paragraph("{%p endfor %}")
    made.add_paragraph("{%p endif %}")


def _each_aside(cell: Any, each: str, words: str) -> None:
    """Add to a cell a paragraph for each of some texts."""
    cell.add_paragraph(f"{{%p for {each} %}}")
    cell.add_paragraph(words, style=ASIDE)
    cell.add_paragraph("{%p endfor %}")


def _questions(made: Any) -> None:
    _section(made, "Frågor och svar", "fragor")
    table = _table(made, ("Fråga", "Svar", "Läge"), (6.4, 7.2, 2.4), "f in fragor", [("", "", "{{ f.lage }}")])
    asked, answered, state = table.rows[2].cells
    _fill(asked.paragraphs[0], "{{ f.text }}{{r f.noter }}")
    asked.add_paragraph(
        "{% if f.av %}{{ f.av }}{% if f.till %} till {{ f.till }}{% endif %} · {% endif %}{{ f.datum }}", style=ASIDE
    )
    _fill(answered.paragraphs[0], "{%p for svar in f.svar %}")
    _fill(answered.add_paragraph(), "{{ svar.text }}{{r svar.noter }}")
    answered.add_paragraph("{%p endfor %}")
    answered.add_paragraph("{%p if f.protokollet %}")
    _fill(answered.add_paragraph(), "{{ f.protokollet.text }}{{r f.protokollet.noter }}")
    answered.add_paragraph("{%p endif %}")
    answered.add_paragraph("{{ f.saknas }}", style=ASIDE)
    state.add_paragraph("{%p if f.bedomt %}")
    state.add_paragraph("{{ f.bedomt }}", style=ASIDE)
    state.add_paragraph("{%p endif %}")
    made.add_paragraph("{%p endif %}")


def _quotes(
    made: Any, title: str, ledger: str, beside: str, after: Callable[[Any], None] | None = None, first: str = ""
) -> None:
    """Add a section of quotes, each with who and when below it, then what `after` adds; `first` comes before all."""
    _section(made, title, ledger)
    if first:
        made.add_paragraph(first, style=ASIDE)
    made.add_paragraph(f"{{%p for k in {ledger} %}}")
    _quote(made, "{{ k.text }}{{r k.noter }}", beside)
    if after:
        after(made)
    made.add_paragraph("{%p endfor %}")
    made.add_paragraph("{%p endif %}")


def _quote(made: Any, words: str, beside: str) -> None:
    quote = made.add_paragraph(style="Quote")
    _fill(quote, words)
    quote.paragraph_format.keep_with_next = True
    made.add_paragraph(beside, style=ASIDE).paragraph_format.left_indent = INDENT


def _decision(made: Any) -> None:
    made.add_paragraph("{%p if k.beslut %}")
    told = "{% if k.beslut.omrostning %} · {{ k.beslut.omrostning }}{% endif %}"
    against = "{% if k.beslut.reservationer %} · reservation: {{ k.beslut.reservationer }}{% endif %}"
    words = "Beslut: {{ k.beslut.utfall }}. {{ k.beslut.text }}{{r k.beslut.noter }}"
    _quote(made, words, "{{ k.beslut.datum }}" + told + against)
    made.add_paragraph("{%p endif %}")


def _evidence(made: Any) -> None:
    made.add_paragraph("{%p for senare in k.senare %}")
    _quote(made, "Senare: {{ senare.text }}{{r senare.noter }}", "{{ senare.datum }}")
    made.add_paragraph("{%p endfor %}")
    for shown_if, words in (
        ("k.tiden_ute", "Tiden har gått ut, och inget senare om löftet är hittat."),
        ("k.sokt", "{{ k.sokt }}"),
    ):
        made.add_paragraph(f"{{%p if {shown_if} %}}")
        made.add_paragraph(words, style=ASIDE).paragraph_format.left_indent = INDENT
        made.add_paragraph("{%p endif %}")


def _documents(made: Any) -> None:
    _section(made, "Handlingar", "handlingar")
    cells = ("{{ d.nummer }}", "{{ d.datum }}", "{{ d.slag }}", "{{ d.namn }}")
    table = _table(made, ("Nr", "Datum", "Slag", "Handling"), (1, 3.4, 3.6, 8), "d in handlingar", [cells])
    numbers = "{% if d.diarienummer %} · {{ d.diarienummer }}{% endif %}"
    table.rows[2].cells[3].add_paragraph("{{ d.fil }}" + numbers, style=ASIDE)
    made.add_paragraph("{%p for s in samband %}")
    made.add_paragraph("{{ s.en }} {{ s.slag }} {{ s.annan }}: {{ s.skal }}.", style=ASIDE)
    made.add_paragraph("{%p endfor %}")
    made.add_paragraph("{%p endif %}")


def _section(made: Any, title: str, shown_if: str) -> None:
    made.add_paragraph(f"{{%p if {shown_if} %}}")
    made.add_paragraph(title, style="Heading 1")


def _table(
    made: Any, headings: Sequence[str], widths: Sequence[float], each: str, rows: Sequence[Sequence[str]]
) -> Any:
    """Add a table of a heading, which is repeated on every page, and rows that stand between `for each` and its end."""
    table = made.add_table(rows=0, cols=len(headings))
    table.autofit = False
    _lines_below_rows(table)
    for cells in (headings, [f"{{%tr for {each} %}}"], *rows, ["{%tr endfor %}"]):
        row = table.add_row()
        _keep_together(row)
        for cell, width, words in zip(row.cells, widths, [*cells, *[""] * len(headings)], strict=False):
            cell.width = Cm(width)
            _fill(cell.paragraphs[0], words)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001
    for cell in table.rows[0].cells:
        for run in cell.paragraphs[0].runs:
            run.font.size, run.font.bold = Pt(9), True
            run.font.color.rgb = ACCENT
    return table


def _fill(paragraph: Any, words: str) -> None:
    """Put words in a paragraph; a field with notes stands in a run of its own."""
    paragraph.paragraph_format.space_after = Pt(3)
    text, mark, notes = words.partition("{{r")
    if text:
        paragraph.add_run(text)
    if mark:
        paragraph.add_run(mark + notes)


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001


def _lines_below_rows(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for edge in ("bottom", "insideH"):
        line = OxmlElement(f"w:{edge}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", LINE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    properties = table._tbl.tblPr  # noqa: SLF001
    after = next((one for one in properties if one.tag in {qn("w:tblLayout"), qn("w:tblLook")}), None)
    if after is None:
        properties.append(borders)
    else:
        after.addprevious(borders)  # Word minds the order


if __name__ == "__main__":
    build().save(sys.argv[1] if len(sys.argv) > 1 else str(TARGET))
