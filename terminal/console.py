"""The two channels: what was asked for goes to stdout, talk goes to stderr; and how an error is told."""

import sys

from rich.console import Console

from corpus.errors import AktsparError

WIDTH = 100  # where the output is no terminal


def out() -> Console:
    """Return the console for answers; colour only where somebody looks."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)


def err() -> Console:
    """Return the console for talk."""
    return Console(stderr=True, highlight=False)


def tell(error: AktsparError) -> None:
    """Say what went wrong and what to do about it."""
    console = err()
    console.print(f"[bold red]Fel:[/] {_plain(error.cause)}", soft_wrap=True)
    if error.remedy:
        console.print(f"[dim]Gör så här:[/] {_plain(error.remedy)}", soft_wrap=True)


def _plain(text: str) -> str:
    """Keep square brackets in messages from being read as markup."""
    return text.replace("[", r"\[")
