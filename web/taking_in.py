"""Takes files in."""

from pathlib import Path


class Desk:
    """Under construction."""

    def __init__(self, home: Path) -> None:
        self.home = home
