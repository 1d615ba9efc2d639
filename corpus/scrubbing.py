"""Takes what people have ruled and judged of a forgotten document out of the files in `corrections/`.

Whole entries go where they are about the document; of an entry about another document's question, the passages that
stood in it. The rest of a file stays as people wrote it, comments too.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from corpus import approvals, durable, judgements, rulings
from corpus.errors import WrongUse
from corpus.judgements import SHA_LETTERS

Entry = dict[str, Any]
Change = Callable[[str, Entry], Entry | None]
_BEGINS = re.compile(r"^(?=[ \t]*\[\[)", re.MULTILINE)


def scrub(home: Path, sha256: str, text: str) -> int:
    """Take out all that is about the document with these bytes and this text; return how many entries were changed.

    Raises WrongUse where a file cannot be understood; then none is changed.
    """
    for read in (rulings.load, judgements.links, judgements.answers, approvals.said):
        read(home)
    said = _folded(text)

    def kept(table: str, entry: Entry) -> Entry | None:
        if table == "rejected":
            return None if entry.get("document") == sha256 else entry
        if any(_is(entry.get(name), sha256) for name in ("document", "source", "target")):
            return None
        passages = {
            name: [one for one in entry[name] if not _folded(one) or _folded(one) not in said]
            for name in ("accepted", "rejected")
            if isinstance(entry.get(name), list)
        }
        left = entry | passages
        says_nothing = passages and not any(passages.values()) and not entry.get("status")
        return None if says_nothing and left != entry else left

    written = {path: _rewritten(path, kept) for name in _FILES if (path := home / name).exists()}
    for path, (new, changes) in written.items():
        if changes:
            durable.write(path, new.encode())
    return sum(changes for _, changes in written.values())


_FILES = (rulings.FILE, judgements.LINKS, judgements.ANSWERS, approvals.FILE)


def _is(named: object, sha256: str) -> bool:
    return isinstance(named, Mapping) and named.get("sha256") == sha256[:SHA_LETTERS]


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).lower()


def _rewritten(path: Path, kept: Change) -> tuple[str, int]:
    """Return a file's text as it is to be, and how many entries differ."""
    try:
        blocks = _blocks(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(f"{path} går inte att läsa: {error}", "Rätta filen eller flytta undan den.") from error
    told, changes = [], 0
    for block in blocks:
        new = block
        for table, entries in tomllib.loads(block).items():
            for entry in entries if isinstance(entries, list) else ():
                left = kept(table, entry)
                new = block if left == entry else "" if left is None else judgements.written(table, left)
        told.append(new)
        changes += new != block
    return "".join(told), changes


def _blocks(text: str) -> list[str]:
    """Part a file before each entry, not within a text of several lines. Raises TOMLDecodeError."""
    tomllib.loads(text)
    blocks, part = list[str](), ""
    for piece in _BEGINS.split(text):
        part += piece
        try:
            tomllib.loads(part)
        except tomllib.TOMLDecodeError:
            continue
        blocks.append(part)
        part = ""
    return blocks
