"""What people have judged: links accepted, rejected or set, and how far a question is answered and by which passage.

A library keeps them in `corrections/links.toml` and `corrections/answers.toml`, files people can read and edit: each
entry says who judged and when, and names documents by their file and the beginning of their SHA-256, questions and
passages by their words, so that it holds when everything derived is made again. Entries are only added; of two on one
thing the later holds, and one that is `undone` takes back all before it. They are replayed at every reading.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from corpus import durable
from corpus.errors import WrongUse, unwritten
from corpus.links import LinkKind, Status

FOLDER = Path("corrections")
LINKS, ANSWERS = FOLDER / "links.toml", FOLDER / "answers.toml"
SHA_LETTERS = 12

T = TypeVar("T")
Verdict = Literal["accepted", "rejected", "undone"]


@dataclass(frozen=True, slots=True)
class Named:
    """A document as a judgement names it: a path it was taken in under, and the beginning of its SHA-256."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class LinkJudgement:
    """What somebody says of a link; one the program never made is set by accepting it."""

    kind: LinkKind
    source: Named
    target: Named
    verdict: Verdict
    by: str
    on: str = ""


@dataclass(frozen=True, slots=True)
class AnswerJudgement:
    """What somebody says of a question's answer: its status, passages that answer it and passages that do not."""

    document: Named
    question: str
    by: str
    status: Status | None = None
    accepted: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()
    undone: bool = False
    on: str = ""


def links(home: Path) -> tuple[LinkJudgement, ...]:
    """Return what was judged of links, in the order it was said. Raises WrongUse where the file cannot be read."""
    return _load(home / LINKS, "link", tuple[LinkJudgement, ...])


def answers(home: Path) -> tuple[AnswerJudgement, ...]:
    """Return what was judged of answers, in the order it was said. Raises WrongUse where the file cannot be read."""
    return _load(home / ANSWERS, "answer", tuple[AnswerJudgement, ...])


def add_link(home: Path, judgement: LinkJudgement) -> None:
    """Add a judgement of a link, with today's date."""
    links(home)  # a file that cannot be read is not made longer
    _append(home / LINKS, "link", asdict(judgement))


def add_answer(home: Path, judgement: AnswerJudgement) -> None:
    """Add a judgement of an answer, with today's date."""
    answers(home)
    _append(home / ANSWERS, "answer", asdict(judgement))


def _load(path: Path, table: str, shape: type[T]) -> T:
    if not path.exists():
        return msgspec.convert([], shape)
    try:
        written = path.stat()
        held = _read(path, written.st_mtime_ns, written.st_size)
        return msgspec.convert(held.get(table, []), shape)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise WrongUse(f"{path} går inte att läsa: {error}", "Rätta filen eller flytta undan den.") from error
    except OSError as error:
        raise WrongUse(f"{path} går inte att läsa: {error.strerror}.", "Ge läsrätt till filen.") from error


@lru_cache(maxsize=8)
def _read(path: Path, changed: int, size: int) -> dict[str, Any]:
    """Read a file, once as long as it is the same: every answer asks for it, and TOML is slow to read."""
    del changed, size
    return tomllib.loads(path.read_text(encoding="utf-8-sig"))


def _append(path: Path, table: str, values: Mapping[str, Any]) -> None:
    entry = {**values, "on": date.today().isoformat()}  # noqa: DTZ011 – the day where the person sits
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.append(path, written(table, entry).encode())
    except OSError as error:
        raise unwritten(path, error) from error


def written(table: str, entry: Mapping[str, Any]) -> str:
    """Return an entry as it stands in a file."""
    told = [f"{name} = {_toml(value)}" for name, value in entry.items() if value not in (None, (), [], False, "")]
    return "\n".join([f"[[{table}]]", *told]) + "\n\n"


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name} = {_toml(one)}' for name, one in value.items())} }}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
