"""How pages that are read badly and corrections that may be wrong look, each with what to type to judge it."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from index.review import CorrectionToReview, PageToReview
from index.words import RULE_TITLES
from terminal.pieces import section


def pages(console: Console, poor: Sequence[PageToReview], count: int) -> None:
    """Pages that are read badly, the worst first."""
    if poor:
        section(console, f"Svårlästa sidor ({len(poor)} av {count})")
    for one in poor:
        where = f"  {one.held.name}, s. {one.poor.page}"
        console.print(Text.assemble((one.id, "bold cyan"), where, (f"  {'; '.join(one.poor.reasons)}", "dim")))


def corrections(console: Console, doubtful: Sequence[CorrectionToReview], count: int) -> None:
    """Corrections that may be wrong, the least sure first."""
    if doubtful:
        section(console, f"Osäkra rättelser ({len(doubtful)} av {count})")
    for one in doubtful:
        made = one.doubtful.made
        where = f"  {one.held.name}, s. {one.doubtful.page}, {RULE_TITLES.get(made.rule, made.rule)}"
        told = f"  {made.before} → {made.after}"
        console.print(Text.assemble((one.id, "bold cyan"), told, (f"{where}  (säkerhet {made.confidence:.0%})", "dim")))
