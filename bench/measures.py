"""Error rates of a text against its truth: characters and words wrong, and the acceptance runs' own count of words.

Both texts are NFC with white space folded, so that where lines break does not matter. A word broken over two lines is
another matter: a reader that keeps lines gives `handlings-` and `planen`, and the truth, which was not broken there,
has `handlingsplanen`. That is no misreading. So a hyphen at the end of a line is joined with the next line before the
comparison, as the truth has it:

* `kompetens-`/`och` stays `kompetens- och` where the truth has hyphen and space (`2019- 2022` too);
* `Hägersten-`/`Liljeholmen` becomes `Hägersten-Liljeholmen` where the truth has the hyphen alone;
* anything else loses the hyphen, as hyphenation does.

Only line ends of the text read are joined. The truth is taken as it stands, its own breaks folded to spaces: pages are
set from the folded text, so a hyphen and space there were printed, and `skydds nätet` is two words. A reader that joins
too much (`kompetensoch`) is charged for it. The acceptance count joins before any small letter wherever it stands, also
where the truth does not, and aligns by difflib: an upper bound.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_BROKEN = re.compile(r"(\S*\w)-[^\S\n]*\n\s*(\w\S*)")
_ACCEPT_BROKEN = re.compile(r"(?<=\w)-\s+(?=[a-zåäö])")


@dataclass(frozen=True, slots=True)
class Errors:
    """What is wrong in a text, in characters and words; `accept_wrong` is the acceptance runs' count of words."""

    characters: int = 0
    characters_wrong: int = 0
    words: int = 0
    words_wrong: int = 0
    accept_wrong: int = 0

    @property
    def character_rate(self) -> float:
        """Characters wrong for each character of the truth."""
        return self.characters_wrong / max(1, self.characters)

    @property
    def word_rate(self) -> float:
        """Words wrong for each word of the truth."""
        return self.words_wrong / max(1, self.words)

    @property
    def accept_rate(self) -> float:
        """Words wrong for each word of the truth, as the acceptance runs count them."""
        return self.accept_wrong / max(1, self.words)


def errors(got: str, truth: str) -> Errors:
    """Compare a text with its truth."""
    wanted = folded(truth)
    mended = folded(joined(got, truth))
    return Errors(
        characters=len(wanted),
        characters_wrong=Levenshtein.distance(wanted, mended),
        words=len(wanted.split()),
        words_wrong=Levenshtein.distance(wanted.split(), mended.split()),
        accept_wrong=accept_wrong(got, truth),
    )


def total(found: Iterable[Errors]) -> Errors:
    """Add up the errors of several texts."""
    listed = list(found)
    return Errors(
        characters=sum(one.characters for one in listed),
        characters_wrong=sum(one.characters_wrong for one in listed),
        words=sum(one.words for one in listed),
        words_wrong=sum(one.words_wrong for one in listed),
        accept_wrong=sum(one.accept_wrong for one in listed),
    )


def folded(text: str) -> str:
    """Return the text in NFC with each run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def joined(got: str, truth: str) -> str:
    """Join words broken at the ends of lines of `got` as the truth has them."""
    wanted = folded(truth)

    def as_in_truth(broken: re.Match[str]) -> str:
        left, right = broken[1], broken[2]
        return next((way for way in (f"{left}- {right}", f"{left}-{right}") if way in wanted), f"{left}{right}")

    return _BROKEN.sub(as_in_truth, unicodedata.normalize("NFC", got))


def accept_wrong(got: str, truth: str) -> int:
    """Count words of the truth not met and words too many, the way the acceptance runs do."""
    wanted = unicodedata.normalize("NFC", truth).split()
    read = unicodedata.normalize("NFC", _ACCEPT_BROKEN.sub("", got)).split()
    edits = difflib.SequenceMatcher(None, wanted, read, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for edit, i1, i2, j1, j2 in edits if edit != "equal")
