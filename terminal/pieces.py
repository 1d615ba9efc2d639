"""What every answer is built of: a quote with its place, a heading, "so many more", and that nothing was found."""

from collections.abc import Sequence

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from index.holdings import Source


def quote(source: Source) -> Text:
    """Words as they stand, with their document and page."""
    return Text.assemble(f"”{source.quote}” ", (f"{source.file}, s. {source.page}", "dim"))


def rest(sources: Sequence[object], one: str, many: str) -> list[Text]:
    """Say how many more there are, nothing where there are none."""
    return [Text(f"… och {counted(len(sources), one, many)} till", "dim")] if sources else []


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many}"


def nothing(console: Console, what: str) -> None:
    """Say that nothing was found, and how it was looked for."""
    console.print(f"{what}. Sökningen gick igenom alla handlingars text, rubriker, nummer och personer.")


def section(console: Console, title: str) -> None:
    """Print the heading of a part of an answer."""
    console.print()
    console.print(Rule(f"[bold cyan]{title}[/]", align="left", style="dim"))
