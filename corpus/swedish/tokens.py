"""How running Swedish text is cut into the tokens the language model counts.

A word is a run of letters; a hyphen or a colon parts words (`social- och`, `EU:s`), every number is one
and the same token, and sentence punctuation or the end of a paragraph is one boundary token.
"""

import re
import unicodedata
from collections.abc import Iterator

BOUNDARY = "</s>"
NUMBER = "<num>"

_TOKEN = re.compile(r"(?P<word>[^\W\d_]+)|(?P<number>\d[\d.,:]*)|(?P<end>[.!?])")
_NAMES = {"number": NUMBER, "end": BOUNDARY}


def tokens(paragraph: str) -> Iterator[str]:
    """Yield the tokens of one paragraph as written, with one boundary between sentences and one at the end."""
    last = BOUNDARY
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", paragraph.replace("\u00ad", ""))):
        token = _NAMES.get(match.lastgroup or "") or match.group()
        if token != BOUNDARY or last != BOUNDARY:
            yield token
        last = token
    if last != BOUNDARY:
        yield BOUNDARY
