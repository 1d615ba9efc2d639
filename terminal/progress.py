"""How a run looks while it goes on: pages done, their rate and the time left on a terminal, nothing elsewhere."""

import time
from threading import Lock
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, Progress, TextColumn

from terminal.console import err

PAGES_A_FILE = 3.0  # what a file is taken to hold until it has been opened


class _Drawn:
    """A bar on stderr, where that is a terminal. Use as a context manager."""

    def __init__(self, what: str, told: str) -> None:
        """`told` is what stands after the bar, of the fields of its task."""
        console = err()
        self._bar = Progress(
            TextColumn("[bold]{task.description}"),
            BarColumn(bar_width=24),
            TextColumn(told),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task(what, total=None, told="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()


class Bar(_Drawn):
    """Shows a run on stderr; fits `pipeline.run.Progress`. Use as a context manager."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._files = self._files_done = self._opened = self._pages = self._pages_done = 0
        self._lock = Lock()
        super().__init__("Läser in", "{task.fields[told]}")

    def files_ahead(self, files: int) -> None:
        """So many more files are to come."""
        with self._lock:
            self._files += files
            self._show()

    def pages_ahead(self, pages: int) -> None:
        """A document with so many pages has been opened."""
        with self._lock:
            self._opened += 1
            self._pages += pages
            self._show()

    def pages_done(self, pages: int) -> None:
        """So many more pages are read."""
        with self._lock:
            self._pages_done += pages
            self._show()

    def done(self, name: str, taken: str, pages: int) -> None:
        """Work on a file has ended."""
        del taken, pages
        with self._lock:
            self._files_done += 1
            self._bar.update(self._task, description=name[-40:].ljust(40))
            self._show()

    def settling(self, done: int, documents: int) -> None:
        """So many documents, of so many, are restored once more by what the others spell."""
        with self._lock:
            description = "Rättar med hjälp av de andra".ljust(40)
            self._bar.update(self._task, description=description, total=documents, completed=done)
            self._bar.update(self._task, told=f"{done} av {documents} handlingar")

    def _show(self) -> None:
        """Tell what is done and how long the rest takes, by the pages a second so far."""
        usual = self._pages / self._opened if self._opened else PAGES_A_FILE
        total = self._pages + usual * max(0, self._files - max(self._opened, self._files_done))
        rate = self._pages_done / max(time.monotonic() - self._began, 1e-3)
        told = f"{self._files_done} av {self._files} filer · {self._pages_done} sidor"
        if self._pages_done:
            told += f" · {_swedish(rate)} sidor/s · {_left((total - self._pages_done) / rate)} kvar"
        self._bar.update(self._task, total=max(total, 1), completed=self._pages_done, told=told)


class Steps(_Drawn):
    """Shows work of so many steps on stderr. Use as a context manager; call it with steps done and in all."""

    def __init__(self, what: str) -> None:
        super().__init__(what, "{task.completed} av {task.total}")

    def __call__(self, done: int, of: int) -> None:
        """So many steps are done, of so many."""
        self._bar.update(self._task, completed=done, total=of)


def _swedish(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}".replace(".", ",")


def _left(seconds: float) -> str:
    minutes = round(max(seconds, 0) / 60)
    return (
        f"{max(seconds, 0):.0f} s"
        if seconds < 90
        else f"{minutes} min"
        if minutes < 90
        else f"{minutes // 60} tim {minutes % 60} min"
    )
