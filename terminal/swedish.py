"""Makes click speak Swedish.

Click translates through gettext, which follows the machine's language; what users read here is Swedish wherever it
runs, so its lookups are replaced by a table. A phrase the table lacks stays English rather than fail.
"""

import tomllib
from functools import cache
from importlib import resources

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

_MODULES = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)


def speak_swedish(group: click.Group) -> None:
    """Replace click's lookups of its own phrases, and the words its usage lines are built of."""
    for module in _MODULES:
        for name, lookup in (("_", _translated), ("ngettext", _counted)):
            if hasattr(module, name):
                setattr(module, name, lookup)
    group.subcommand_metavar = "VERB …"
    for command in (group, *group.commands.values()):
        command.options_metavar = "[VAL]"


def _translated(phrase: str) -> str:
    return _phrases().get(phrase, phrase)


def _counted(one: str, many: str, count: int) -> str:
    return _translated(one if count == 1 else many)


@cache
def _phrases() -> dict[str, str]:
    return tomllib.loads((resources.files("terminal") / "click.sv.toml").read_text(encoding="utf-8"))
