"""How a run looks while it goes on: a bar with files and pages a second on a terminal, nothing elsewhere."""

from types import TracebackType
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from terminal.console import err


class Bar:
    """Shows a run on stderr; fits `pipeline.run.Progress`. Use as a context manager."""

    def __init__(self) -> None:
        self._pages = 0
        console = err()
        self._bar = Progress(
            TextColumn("[bold]{task.description}"),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pages]} sidor"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("Läser in", total=None, pages=0)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def begin(self, files: int) -> None:
        """The run will see this many files."""
        self._bar.update(self._task, total=files)

    def file(self, name: str) -> None:
        """Work on a file begins."""
        self._bar.update(self._task, description=name[-44:].ljust(44))

    def done(self, name: str, taken: str, pages: int) -> None:
        """Work on a file has ended."""
        del name, taken
        self._pages += pages
        self._bar.update(self._task, advance=1, pages=self._pages)
