"""Word forms and names that no corpus showed: the Swedish hunspell dictionary, expanded, as tries mapped from disk.

A name stands with its capital (`Hässleholm`), any other word in lower case. How often a form stands is not known; that
it is a word at all is what the list says.
"""

from functools import cache
from pathlib import Path

import marisa_trie

FORMS = Path(__file__).with_name("forms.marisa")
FIRSTS = Path(__file__).with_name("firsts.marisa")


@cache
def forms() -> marisa_trie.Trie:
    """Return the forms that the lexicon lacks."""
    return marisa_trie.Trie().mmap(str(FORMS))


@cache
def compound_firsts() -> marisa_trie.Trie:
    """Return what may begin a compound: `arbets`, `kyrko`, `plasma`."""
    return marisa_trie.Trie().mmap(str(FIRSTS))


def is_form(lower: str) -> bool:
    """Tell whether a lower-case string is a listed form or name."""
    return lower in forms() or lower.capitalize() in forms()
