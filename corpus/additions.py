"""What a library adds to the vocabularies: its own TOML files, checked against the program's and merged with them.

A library's `vocabulary/parties.toml` has the shape of the program's own, and what it may hold is read off that. Tables
are merged key by key, lists get the library's entries first, other values are replaced. A mistake is told before any
work begins: a sign that fits everything, or a key nobody reads, would show only as strange findings.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import WrongUse

Table = Mapping[str, Any]
Keys = tuple[str, ...]

# Where a new entry may stand; elsewhere the keys are those the program reads.
GROWING = frozenset(
    {
        ("kinds",),
        ("parties",),
        ("events",),
        ("statements",),
        ("bodies", "units"),
        ("bodies", "municipalities"),
        ("bodies", "default_for"),
        ("decisions", "outcomes"),
        ("answers", "wants"),
        ("keys", "kinds"),
    }
)
QUOTE = "Text ska stå inom citattecken, också ett namn före = eller inom [ ] som har å, ä, ö eller mellanslag."
SEE_GUIDE = "docs/vocabulary.md visar hur det skrivs."
OPTIONAL = frozenset({"aliases"})
_KINDS = {dict: "en tabell", list: "en lista", str: "text", bool: "true eller false", int: "ett tal"}


def load(folder: Path, program: Mapping[str, Table]) -> dict[str, Table]:
    """Read a library's vocabularies, by name; `program` holds the program's own. Raises WrongUse."""
    read = {path.stem: _checked(path, program) for path in sorted(folder.glob("*.toml"))}
    return {name: table for name, table in read.items() if table}


def merged(program: Table, own: Table) -> Table:
    """Return a vocabulary with what a library adds; new entries stand before the program's, as new words do."""
    new = {key: value for key, value in own.items() if key not in program}
    return new | {key: _both(value, own[key]) if key in own else value for key, value in program.items()}


def _both(program: Any, own: Any) -> Any:
    if isinstance(program, dict):
        return merged(program, own)
    return [*own, *program] if isinstance(program, list) else own


def _checked(path: Path, program: Mapping[str, Table]) -> Table:
    if path.stem not in program:
        raise WrongUse(
            f"{path}: det finns ingen ordlista som heter {path.name}.",
            f"Välj bland {', '.join(f'{name}.toml' for name in sorted(program))}.",
        )
    read = _read(path)
    _check(path, read, program[path.stem], (path.stem,))
    return read


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = f"{path}, rad {line[1]}" if line else str(path)
        raise WrongUse(f"{where}: det här är inte riktig TOML: {error}", QUOTE) from error
    except UnicodeDecodeError as error:
        raise WrongUse(f"{path}: filen är inte UTF-8.", "Spara den som UTF-8.") from error
    except OSError as error:
        raise WrongUse(f"{path}: filen går inte att läsa: {error.strerror}.", "Ge läsrätt till filen.") from error


def _check(path: Path, own: Any, like: Any, keys: Keys) -> None:
    """Check a value against the one the program has in its place, or beside it."""
    if type(own) is not type(like):
        raise _wrong(path, keys, f"ska vara {_kind(like)}, inte {_kind(own)}.")
    if isinstance(own, dict):
        for key, value in own.items():
            if key in like:
                _check(path, value, like[key], (*keys, key))
            elif keys in GROWING:
                _check_new(path, value, list(like.values()), (*keys, key))
            else:
                raise _wrong(path, (*keys, key), "läses inte av programmet.", f"Välj bland {', '.join(like)}.")
    elif isinstance(own, list):
        _check_list(path, own, keys)


def _check_new(path: Path, own: Any, beside: Sequence[Any], keys: Keys) -> None:
    """Check a new entry: it may have what any of those beside it has, and must have what they all have."""
    if not isinstance(beside[0], dict) or not isinstance(own, dict):
        _check(path, own, beside[0], keys)
        return
    _check(path, own, {field: value for entry in beside for field, value in entry.items()}, keys)
    for field in beside[0]:
        needed = field not in OPTIONAL and all(field in entry for entry in beside)
        if needed and (field not in own or (not own[field] and all(entry[field] for entry in beside))):
            raise _wrong(path, keys, f"saknar {field}.", f"Lägg till {field} = {_example(beside[0][field])}.")


def _check_list(path: Path, own: Sequence[Any], keys: Keys) -> None:
    for one in own:
        if not isinstance(one, str):
            raise _wrong(path, keys, f"ska vara en lista med texter, men {one!r} är {_kind(one)}.")
        try:
            fits_everything = re.compile(one).search("") is not None
        except re.error as error:
            remedy = "Sätt \\ före tecken som ( ) [ ] * + ? där de står för sig själva."
            raise _wrong(path, keys, f"{one!r} är inget riktigt reguljärt uttryck ({error}).", remedy) from error
        if fits_everything:
            raise _wrong(path, keys, f"{one!r} passar på vad som helst.", "Skriv minst ett tecken som måste finnas.")


def _wrong(path: Path, keys: Keys, what: str, remedy: str = SEE_GUIDE) -> WrongUse:
    return WrongUse(f"{path}: {'.'.join(keys[1:])} {what}", remedy)


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), "något annat")


def _example(value: Any) -> str:
    return '["…"]' if isinstance(value, list) else '"…"'
