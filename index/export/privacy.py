"""What must not leave the house unasked: personal numbers are masked, and signs no file format can hold are taken out.

Works on a whole answer at once, whatever it is made of, so that no writer has to think of it.
"""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from corpus.personal_numbers import find

T = TypeVar("T")
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]"
)  # not allowed in XML, nor of use elsewhere


def masked(text: str) -> str:
    """Return a text with the last four digits of every personal number hidden."""
    parts: list[str] = []
    at = 0
    for match in find(text):
        parts += text[at : match.start], match.number.masked
        at = match.end
    return "".join([*parts, text[at:]])


def fit_to_leave(found: T, *, personal_numbers: bool) -> T:
    """Return the same answer with every text in it printable, and masked unless personal numbers are asked for."""
    kept: T = _through(found, personal_numbers=personal_numbers)
    return kept


def _through(value: Any, *, personal_numbers: bool) -> Any:
    if isinstance(value, str):
        printable = UNPRINTABLE.sub(" ", value)
        return printable if personal_numbers else masked(printable)
    if isinstance(value, tuple):
        return tuple(_through(item, personal_numbers=personal_numbers) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: _through(getattr(value, field.name), personal_numbers=personal_numbers)
            for field in fields(value)
            if field.init
        }
        return replace(value, **changed)
    return value
