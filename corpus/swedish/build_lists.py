"""Build `forms.marisa`, `firsts.marisa` and `names.npz`, the committed lists: `python -m corpus.swedish.build_lists`.

From the Swedish hunspell dictionary (hunspell-sv, LGPL-3), its affixes expanded: the word forms and names that the
lexicon does not have, and what it lets begin a compound. From its names and the lexicon's: what Swedish names are made
of, letter by letter and part by part. Run after `build_model`; the same inputs give the same bytes.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.swedish import letters
from corpus.swedish.build_model import save
from corpus.swedish.forms import FIRSTS, FORMS
from corpus.swedish.lexicon import lexicon
from corpus.swedish.names import NAMES
from corpus.swedish.packing import pack_words

DICTIONARY = Path(sys.prefix) / "share" / "hunspell" / "sv_SE"
# The dictionary's flags: begins or stands inside compounds, only in compounds, needs an affix, never suggested.
BEGINS, ONLY_IN_COMPOUND, NEEDS_AFFIX, FORBIDDEN = "XU", "Z", "¤", "%"
SHORTEST_FORM, SHORTEST_FIRST = 3, 3
SHORTEST_NAME, SHORTEST_PART, PARTNERS = 4, 2, 4
_WORD = re.compile(r"[^\W\d_]+")


@dataclass
class Expanded:
    """What the dictionary holds once its affixes are put on."""

    forms: set[str] = field(default_factory=set)
    firsts: set[str] = field(default_factory=set)

    def take(self, form: str, flags: set[str]) -> None:
        """Sort one form in by its flags."""
        if not _WORD.fullmatch(form):
            return
        if not flags & {NEEDS_AFFIX, ONLY_IN_COMPOUND} and len(form) >= SHORTEST_FORM:
            self.forms.add(form)
        if flags & {*BEGINS} and len(form) >= SHORTEST_FIRST:
            self.firsts.add(form.lower())


def expanded(dictionary: Any) -> Expanded:
    """Return the forms of a dictionary that spylls has read."""
    found = Expanded()
    for word in dictionary.dic.words:
        flags = set(word.flags)
        if FORBIDDEN in flags:
            continue
        found.take(word.stem, flags)
        for form, of_affix in _suffixed(dictionary.aff.SFX, word.stem, flags, twice=True):
            found.take(form, of_affix)
    return found


def _suffixed(suffixes: Any, stem: str, flags: set[str], *, twice: bool) -> Iterator[tuple[str, set[str]]]:
    for flag in flags:
        for suffix in suffixes.get(flag, ()):
            if (suffix.strip and not stem.endswith(suffix.strip)) or not suffix.cond_regexp.search(stem):
                continue
            form, further = stem[: len(stem) - len(suffix.strip)] + suffix.add, set(suffix.flags)
            yield form, further
            if twice:
                yield from _suffixed(suffixes, form, further, twice=False)


def names(forms: set[str]) -> list[str]:
    """Return the dictionary's names in lower case: Swedish places and families, where a corpus has all the world's."""
    return sorted(
        {form.lower() for form in forms if form[0].isupper() and form[1:].islower() and len(form) >= SHORTEST_NAME}
    )


def name_parts(listed: list[str]) -> tuple[dict[str, int], dict[str, int]]:
    """Return what begins and what ends names, each with the number of its partners; both parts must recur."""
    splits = [(name[:i], name[i:]) for name in listed for i in range(SHORTEST_PART, len(name) - SHORTEST_PART + 1)]
    begins, ends = Counter(first for first, _ in splits), Counter(last for _, last in splits)
    both = [(a, b) for a, b in splits if begins[a] >= PARTNERS and ends[b] >= PARTNERS]
    return _sorted(Counter(first for first, _ in both)), _sorted(Counter(last for _, last in both))


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def main() -> None:
    """Build all of them."""
    import marisa_trie
    from spylls.hunspell import Dictionary

    found = expanded(Dictionary.from_files(str(DICTIONARY)))
    words = lexicon()
    marisa_trie.Trie(sorted(form for form in found.forms if form.lower() not in words)).save(str(FORMS))
    marisa_trie.Trie(sorted(found.firsts)).save(str(FIRSTS))
    listed = names(found.forms)
    first, last = name_parts(listed)
    tables: dict[str, npt.NDArray[np.generic]] = {
        "letters": letters.table(dict.fromkeys(listed, 1)),
        "first_parts": pack_words(list(first)),
        "first_counts": np.array(list(first.values()), dtype=np.uint16),
        "last_parts": pack_words(list(last)),
        "last_counts": np.array(list(last.values()), dtype=np.uint16),
    }
    save(NAMES, tables)
    for file in (FORMS, FIRSTS, NAMES):
        sys.stdout.write(f"{file.name}: {file.stat().st_size / 1e6:.2f} MB\n")


if __name__ == "__main__":
    main()
