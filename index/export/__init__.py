"""What was found, as a file: one module per kind of output, chosen by the file's ending."""

from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from corpus.errors import WrongUse
from index.export import interface, report, tables
from index.trace import Trace

WRITERS: Mapping[str, Callable[[Trace], str]] = {
    ".csv": tables.to_csv,
    ".html": report.to_html,
    ".json": lambda found: msgspec.json.format(msgspec.json.encode(interface.trace(found)), indent=1).decode(),
}


def write(found: Trace, target: Path) -> None:
    """Write a trace to a file, in the form its name asks for. Raises WrongUse for another ending or no such folder."""
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        raise WrongUse(
            f"aktspar kan inte skriva {target.suffix or 'filer utan ändelse'}.", f"Välj {', '.join(WRITERS)}."
        )
    try:
        target.write_text(writer(found), encoding="utf-8", newline="")
    except OSError as error:
        raise WrongUse(f"{target} går inte att skriva: {error.strerror}.", "Välj en annan mapp.") from error
