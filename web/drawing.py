"""Draws pages of documents."""

from pathlib import Path
from typing import Self


class Draughtsman:
    """Under construction."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None: ...
