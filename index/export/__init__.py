"""What was found, as a file: one module per kind of output, chosen by the file's ending."""

from collections.abc import Callable, Mapping
from pathlib import Path

from corpus import durable
from corpus.errors import WrongUse, unwritten
from index.export import almanac, chart, data, page, pdf, tables, word, workbook
from index.export.privacy import fit_to_leave
from index.trace import Trace

WRITERS: Mapping[str, Callable[[Trace], bytes]] = {
    ".html": page.to_html,
    ".pdf": pdf.to_pdf,
    ".xlsx": workbook.to_xlsx,
    ".csv": tables.to_csv,
    ".json": data.to_json,
    ".ics": almanac.to_ics,
    ".svg": chart.to_svg,
}
WORD = ".docx"  # the only one an office has a template of its own for


def write(found: Trace, target: Path, *, home: Path | None = None, personal_numbers: bool = False) -> None:
    """Write a trace to a file, in the form its name asks for; personal numbers are masked unless asked for.

    `home` is the library whose own Word template is used, where it has one. Raises WrongUse for another ending, for a
    folder that cannot be written to, and for a template that cannot be used.
    """
    check(target)
    content = content_of(found, target.suffix.lower(), home=home, personal_numbers=personal_numbers)
    try:
        durable.write(target, content)
    except OSError as error:
        raise unwritten(target, error) from error


def content_of(found: Trace, ending: str, *, home: Path | None = None, personal_numbers: bool = False) -> bytes:
    """Return what `write` would write to a file with one of the endings there are."""
    told = fit_to_leave(found, personal_numbers=personal_numbers)
    return word.to_docx(told, home) if ending == WORD else WRITERS[ending](told)


def check(target: Path) -> None:
    """Raise WrongUse where nothing can write a file with this ending."""
    endings = sorted((*WRITERS, WORD))
    if target.suffix.lower() not in endings:
        raise WrongUse(
            f"aktspar kan inte skriva {target.suffix or 'filer utan ändelse'}.", f"Välj {', '.join(endings)}."
        )
