"""The command line with an ear at some of its functions: `python -m bench.aimed PIPE ARGUMENT ...`.

Each call of a function that is aimed at is told on the pipe as it begins (`name +`) and as it ends (`name -`), so that
whoever listens can kill the program in the midst of it.
"""

import functools
import importlib
import os
import sys
from collections.abc import Callable
from typing import Any

AIMS = {
    "original": ("corpus.originals", "keep"),
    "store": ("corpus.store", "Store.save"),
    "connecting": ("pipeline.connect", "_connect_some"),
    "index": ("index.catalogue", "_build"),
    "catching up": ("index.catalogue", "_catch_up"),
    "migration": ("corpus.database", "_migrate"),
}


def main(arguments: list[str]) -> None:
    """Run the command line."""
    pipe = int(arguments[0])
    for name, (module, path) in AIMS.items():
        owner: Any = importlib.import_module(module)
        *within, last = path.split(".")
        for part in within:
            owner = getattr(owner, part)
        setattr(owner, last, _heard(getattr(owner, last), name, pipe))
    cli = importlib.import_module("cli")
    sys.argv = ["aktspar", *arguments[1:]]
    cli.main()


def _heard(function: Callable[..., Any], name: str, pipe: int) -> Callable[..., Any]:
    @functools.wraps(function)
    def told(*arguments: Any, **named: Any) -> Any:
        os.write(pipe, f"{name} +\n".encode())
        try:
            return function(*arguments, **named)
        finally:
            os.write(pipe, f"{name} -\n".encode())

    return told


if __name__ == "__main__":
    main(sys.argv[1:])
