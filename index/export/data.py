"""A matter as data for other programs (.json): the shape that docs/export.md and arende.schema.json describe."""

import msgspec

from index.export import interface
from index.trace import Trace

FORMAT = "aktspar/arende/1"  # the number is raised when a program that reads it must change


def to_json(found: Trace) -> bytes:
    """Return what `aktspar trace --json` answers, and the name of its shape."""
    return msgspec.json.format(msgspec.json.encode({"format": FORMAT, **interface.trace(found)}), indent=1) + b"\n"
