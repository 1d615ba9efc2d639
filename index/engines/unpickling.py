"""What Whoosh may bring back from its files: plain values and its own classes, nothing that runs.

Whoosh keeps its schema and its list of segments as pickles, and a pickle may name any function to be called. A library
is a folder that people copy and hand on: its index must not be able to run anything. Whoosh's ways to unpickle are
replaced by one that knows what an index of ours holds; whatever else is there is an index that is broken.
"""

import io
import pickle
from types import SimpleNamespace
from typing import Any, BinaryIO

import whoosh.index
from whoosh.codec import whoosh3
from whoosh.filedb import structfile

KNOWN = {
    "_codecs": {"encode"},
    "builtins": {"int"},
    "collections": {"defaultdict"},
    "re": {"_compile"},
    "whoosh.analysis.tokenizers": {"IDTokenizer", "RegexTokenizer"},
    "whoosh.codec.whoosh3": {"W3Codec", "W3Segment"},
    "whoosh.columns": {"NumericColumn", "VarBytesColumn"},
    "whoosh.fields": {"COLUMN", "ID", "KEYWORD", "STORED", "Schema", "TEXT"},
    "whoosh.formats": {"Existence", "Frequency", "Positions"},
}


class _Careful(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if name not in KNOWN.get(module, ()):
            raise pickle.UnpicklingError(f"{module}.{name} has no place in an index")
        return super().find_class(module, name)


def load(file: BinaryIO) -> Any:
    """Read one pickled value. Raises UnpicklingError where it names what no index of ours holds."""
    return _Careful(file).load()


def loads(data: bytes) -> Any:
    """Return a pickled value."""
    return load(io.BytesIO(data))


def be_careful() -> None:
    """Let Whoosh unpickle in no other way."""
    structfile.load_pickle = load
    whoosh3.loads = loads
    whoosh.index.pickle = SimpleNamespace(loads=loads, dumps=pickle.dumps)
