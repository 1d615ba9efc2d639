"""What the libraries that the program runs with are licensed under: `./run licences` writes `docs/licences.md`.

Read from what is installed: the libraries of `[project] dependencies` in pyproject.toml and all they need in turn.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from email.message import Message
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[1]
TARGET = PROJECT / "docs" / "licences.md"
OWN = "aktspar"
CLASSIFIER = "License :: OSI Approved :: "
SHORT: Mapping[str, str] = {  # what older metadata says, as SPDX says it
    "MIT License": "MIT",
    "MIT license": "MIT",
    "The MIT License (MIT)": "MIT",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache-2": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "BSD license": "BSD-3-Clause",
    "Two-clause BSD license": "BSD-2-Clause",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0",
    "LGPLv2.1": "LGPL-2.1-only",
    "LGPL-2.1": "LGPL-2.1-only",
    "GNU Library or Lesser General Public License (LGPL)": "LGPL",
    "ISC License (ISCL)": "ISC",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0 (and those of PDFium's parts)",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
READ = {"locate": "MIT", "pebble": "LGPL-3.0"}  # in the licence file: their metadata says nothing, or not which
HEAD = """# Licences

Aktspår is MIT. It runs with these libraries, which `./run` fetches: none is part of Aktspår, none is changed. Made by
`./run licences` from what each says of itself; a test holds the list to what is installed.

| library | licence |
|---|---|
"""
TAIL = """
Copyleft among them: {copyleft}. Each is a library that anyone may replace by another version, unchanged and fetched
from its own makers, which is what these licences ask of a program that uses one. None is GPL or AGPL.

## What is not code

| part | licence |
|---|---|
| Tesseract and its Swedish model, which the system's own package manager fetches | Apache-2.0 |
| `web/static/fonts/`: Source Serif and Source Sans, cut, under other names | OFL-1.1, in `OFL.txt` beside them |
| `corpus/swedish/model.npz`: counts of Swedish text, with wordfreq's frequencies mixed in | CC-BY-SA-4.0 (wordfreq) |
| `corpus/swedish/forms.marisa`, `firsts.marisa`, `names.npz`: built from hunspell-sv | LGPL-3.0 (hunspell-sv) |

Whoever passes these files on passes them on under those terms; MIT is what the code is under.
"""


def runtime() -> Iterator[str]:
    """Yield the names of the libraries the program runs with, each once."""
    ahead, seen = [OWN], {OWN}
    while ahead:
        for text in distribution(ahead.pop()).requires or ():
            asked = Requirement(text)
            name = canonicalize_name(asked.name)
            if name not in seen and (asked.marker is None or asked.marker.evaluate({"extra": ""})):
                seen.add(name)
                ahead.append(name)
                yield name


def licence(name: str) -> str:
    """Return what a library says it is licensed under, the way SPDX writes it; empty where it says nothing."""
    if name in READ:
        return READ[name]
    told: Message = distribution(name).metadata  # type: ignore[assignment]
    said = told.get("License-Expression") or ""
    if not said:
        classifiers = [one.removeprefix(CLASSIFIER) for one in told.get_all("Classifier", []) if CLASSIFIER in one]
        first = (told.get("License") or "").strip().splitlines()[:1]
        said = " AND ".join(_short(one) for one in classifiers) or (_short(first[0]) if first else "")
    return said


def _short(said: str) -> str:
    return SHORT.get(said.strip(), said.strip())


def written() -> str:
    """Return the page."""
    found = {name: licence(name) for name in sorted(runtime())}
    copyleft = ", ".join(f"{name} ({said})" for name, said in found.items() if re.search("LGPL|MPL", said))
    return HEAD + "".join(f"| {name} | {said} |\n" for name, said in found.items()) + TAIL.format(copyleft=copyleft)


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
    sys.stdout.write(f"{TARGET}\n")
