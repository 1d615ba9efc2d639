"""The vocabularies: commented TOML files that people edit, read once and cached.

They hold what the program knows of the domain (parties, bodies, roles, kinds of document, verbs), so that a new party
or kind is a new line in a file, not a change of code. The program's own lie in `corpus/vocabulary/`; a library may add
to them in a folder of that name. What they say is fixed from the first reading on, for as long as the process runs:
much is made of it once and kept, here and in other rooms.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

from corpus import additions
from corpus.additions import Table
from corpus.errors import WrongUse

FOLDER = "vocabulary"  # in a library, as in the program


@dataclass(frozen=True, slots=True)
class Party:
    """A party: its code, its name today, and every other form it is printed in (lower case)."""

    code: str
    name: str
    aliases: tuple[str, ...]
    misread: tuple[str, ...]


_OWN: dict[str, Table] = {}  # what the library adds, by file


def use(home: Path) -> None:
    """Add what a library's own vocabularies say. Raises WrongUse where they are wrong.

    Comes before any vocabulary is read; one process serves libraries with the same additions only.
    """
    folder = home / FOLDER
    use_these(additions.load(folder, {name: _program(name) for name in _names()}) if folder.is_dir() else {})


def use_these(own: Mapping[str, Table]) -> None:
    """Add what another process has read from a library."""
    if digest_of(own) == digest():
        return
    if table.cache_info().currsize:
        raise WrongUse("Ett annat biblioteks ordlistor är redan i bruk.", "Öppna biblioteket i en egen process.")
    _OWN.clear()
    _OWN.update(own)


def own() -> dict[str, Table]:
    """Return what the library adds, by file: to be handed to other processes."""
    return dict(_OWN)


def digest() -> str:
    """Return a short sum of what the library adds; empty where it adds nothing."""
    return digest_of(_OWN)


def digest_of(own: Mapping[str, Table]) -> str:
    """Return a short sum of what a library adds; empty where it adds nothing."""
    return sha256(json.dumps(own).encode()).hexdigest()[:12] if own else ""


def _names() -> Iterator[str]:
    held = (file.name for file in (resources.files("corpus") / FOLDER).iterdir())
    return (name.removesuffix(".toml") for name in held if name.endswith(".toml"))


def _program(name: str) -> Table:
    return tomllib.loads((resources.files("corpus") / FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def table(name: str) -> Table:
    """Return one vocabulary (`kinds` for `kinds.toml`): the program's with what the library adds."""
    return additions.merged(_program(name), _OWN.get(name, {}))


@cache
def parties() -> tuple[Party, ...]:
    """Return the parties in the order of the file."""
    return tuple(
        Party(code, entry["name"], _lower(entry.get("aliases", ())), _lower(entry.get("misread", ())))
        for code, entry in table("parties").items()
    )


def _lower(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(form.lower() for form in forms)


@cache
def _party_codes() -> Mapping[str, str]:
    first = tuple(reversed(parties()))  # the library's own, which stand first, win over the program's
    forms = {form: p.code for p in first for form in (p.code.lower(), p.name.lower(), *p.aliases)}
    return forms | {form: p.code for p in parties() for form in p.misread if form not in forms}


def party_code(text: str) -> str | None:
    """Return the code for a party as printed (`fp`, `Fi`, `Vänsterpartiet`), or None where it is no party."""
    return _party_codes().get(text.strip().strip("()").lower())


@cache
def kind_titles() -> Mapping[str, str]:
    """Return the Swedish name of each kind of document; one whose entry is gone goes by its key."""
    return _Titles({key: entry["title"] for key, entry in table("kinds").items()})


@cache
def kind_signs(kind: str) -> re.Pattern[str] | None:
    """Return by what a line says that a document is of a kind, any case; None for a kind without such signs."""
    signs = table("kinds")[kind]["signs"]
    return re.compile("|".join(signs), re.IGNORECASE) if signs else None


class _Titles(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return key.capitalize()


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """Return the regular expressions of one entry as one pattern, any case: `pattern("questions", "lead_ins")`."""
    return re.compile("|".join(f"(?:{expression})" for expression in table(name)[key]), re.IGNORECASE)


@cache
def stop_stems() -> frozenset[str]:
    """Return the stems of the function words: words that say nothing of what a text is about."""
    from corpus.swedish.stems import stem

    return frozenset(stem(word) for word in table("stopwords")["words"])
