"""Question marks that a program put where it had no sign for a letter: `f?rb?ttra milj?n`.

They are shown as U+FFFD, the sign for a lost letter, while a text is restored: one sign for one, so that all places
stay. A text has this damage where question marks stand inside words again and again; then those that begin a word, or
end one though the sentence goes on, are lost letters too.
"""

import re

LOST = "\ufffd"
ENOUGH = 2  # question marks inside words
_INSIDE = re.compile(r"(?<=[^\W\d_])\?(?=[a-zåäö?])")
_LOST = re.compile(r"(?<=[^\W\d_])\?(?=[a-zåäö?]|[,.;:)]|\s[a-zåäö])|(?<![\w?/=&])\?(?=[a-zåäö])|(?<=\?)\?(?=[a-zåäö])")
_ADDRESS = re.compile(r"\S+://\S+|www\.\S+")


def shown_as_lost(text: str) -> str:
    """Return the text, as long as it was, with each question mark that stands for a letter as U+FFFD."""
    if "?" not in text or len(_INSIDE.findall(_ADDRESS.sub("", text))) < ENOUGH:
        return text
    marked = _LOST.sub(LOST, text)
    for match in _ADDRESS.finditer(text):  # `?` in an address asks for something
        marked = marked[: match.start()] + match[0] + marked[match.end() :]
    return marked
