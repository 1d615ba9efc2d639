"""The stem a word is searched by: Snowball's, with the definite and genitive forms that it leaves apart.

Snowball takes `skolan`, `barnet`, `ärendet` and `handläggares` for words of their own, so that `skola` would not find
`skolan`. Ends are cut by rule and not by a lexicon, which takes too long to read for one query; words that only end so
(`plan`, `ombudsman`, `utan`) are listed.
"""

import re
from functools import lru_cache

from corpus.swedish.stems import stem as snowball

_DEFINITE = re.compile(r"(?<=[aeiouyåäö])(\w*[^\Waeiouyåäö_])(?:an|et)$")
_NOT_DEFINITE = re.compile(
    r"(?:man|plan|kran|gran|svan|organ|orkan|tyrann|het|inter(?:n)et|planet|budget|paket|raket|ticket)$"
    r"|^(?:sedan|sådan|sällan|mellan|varannan|utan|innan|redan|medan|annan|undan|nästan|ovan|mycket|annat|vilket|inget|något)$"
)
_NOUN_IN_O = re.compile(r"(?<=var)on?s?$|(?<=\bor)on?s?$")  # `frånvaron`, `oron`
_ENDS_IN_S = re.compile(r"(?<=\w[bcdfghjklmnprtv])s$")  # `platsen` and `plats`, whose s Snowball takes for a genitive
_DOUBLED_M = re.compile(r"mm$")  # `rummet` and `rum`: an m is doubled only where something follows
SHORTEST = 5  # letters of a stem whose end is cut


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case word: `skolans` and `skola` → `skol`, `barnet` → `barn`."""
    if len(word) > SHORTEST and word.endswith("es"):
        word = word[:-1]
    word = _NOUN_IN_O.sub("o", word)
    one = _ENDS_IN_S.sub("", _DOUBLED_M.sub("m", snowball(word)))
    if len(one) < SHORTEST or _NOT_DEFINITE.search(one):
        return one
    cut = _DEFINITE.search(one)
    return _DOUBLED_M.sub("m", snowball(one[:-2] + ("a" if one.endswith("an") else ""))) if cut else one
