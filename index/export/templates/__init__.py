"""The templates of the exports, and what reads them."""

import re
from functools import cache
from importlib import resources

from jinja2 import Environment, FunctionLoader, StrictUndefined

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def unturned(page: str) -> str:
    """Return a page without the signs that turn the direction of writing: its words stand in the order they are in."""
    return _TURNING.sub("", page)


@cache
def environment() -> Environment:
    """Return what fills in a template: every value is escaped, and a name that does not exist is an error."""
    return Environment(
        loader=FunctionLoader(lambda name: read(name).decode()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def read(name: str) -> bytes:
    """Return one of the files that lie here."""
    return (resources.files("index.export.templates") / name).read_bytes()
