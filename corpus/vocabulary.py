"""The vocabularies: commented TOML files that people edit, read once and cached.

They hold what the program knows of the domain (parties, bodies, roles, kinds of document, verbs), so that a new party
or kind is a new line in a file, not a change of code. The program's own lie in `corpus/vocabulary/`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Party:
    """A party: its code, its name today, and every other form it is printed in (lower case)."""

    code: str
    name: str
    aliases: tuple[str, ...]
    misread: tuple[str, ...]


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return one vocabulary file (`kinds` for `kinds.toml`) as it stands."""
    return tomllib.loads((resources.files("corpus") / "vocabulary" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def parties() -> tuple[Party, ...]:
    """Return the parties in the order of the file."""
    return tuple(
        Party(code, entry["name"], tuple(entry["aliases"]), tuple(entry.get("misread", ())))
        for code, entry in table("parties").items()
    )


@cache
def _party_codes() -> Mapping[str, str]:
    forms = {form: p.code for p in parties() for form in (p.code.lower(), p.name.lower(), *p.aliases)}
    return forms | {form: p.code for p in parties() for form in p.misread if form not in forms}


def party_code(text: str) -> str | None:
    """Return the code for a party as printed (`fp`, `Fi`, `Vänsterpartiet`), or None where it is no party."""
    return _party_codes().get(text.strip().strip("()").lower())


@cache
def kind_titles() -> Mapping[str, str]:
    """Return the Swedish name of each kind of document."""
    return {key: entry["title"] for key, entry in table("kinds").items()}


@cache
def pattern(name: str, key: str) -> re.Pattern[str]:
    """Return the regular expressions of one entry as one pattern, any case: `pattern("questions", "lead_ins")`."""
    return re.compile("|".join(f"(?:{expression})" for expression in table(name)[key]), re.IGNORECASE)


@cache
def stop_stems() -> frozenset[str]:
    """Return the stems of the function words: words that say nothing of what a text is about."""
    from corpus.swedish.stems import stem

    return frozenset(stem(word) for word in table("stopwords")["words"])
