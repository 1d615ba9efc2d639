"""Remedies as the page words them: what the command line does with a verb is done here in another place.

A remedy is written where the error is raised, and names a verb. What only whoever keeps the library can do stands as it
is: there is nothing on the page instead.
"""

import re
from collections.abc import Mapping

HERE: Mapping[str, str] = {
    "add": "Välj filerna under Lägg till.",
    "status": "Leta upp handlingen med en sökning.",
    "show": "Öppna sidan på nytt.",
    "text": "Öppna sidan på nytt.",
    "search": "Pröva andra ord i sökfältet.",
    "saved": "Startsidan visar de sparade sökningarna.",
    "like": "Öppna handlingen och välj Om samma sak.",
    "review": "Granska visar vad som kan bedömas.",
    "reject": "Öppna sidan och underkänn rättelsen där.",
    "trace": "Leta upp ärendet under Ärenden.",
    "timeline": "Leta upp ärendet under Ärenden.",
    "questions": "Frågorna står under Frågor.",
    "promises": "Löftena står under Löften.",
    "party": "Partierna står under Partier.",
    "export": "Öppna ärendet och välj under Hämta som.",
}
KEEPERS = frozenset(
    "backup bench config demo doctor findings forget password recover refresh reindex restore serve teach".split()
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_VERB = re.compile(r"\baktspar ([a-z]+)")
_AGAIN = "kör samma kommando igen"


def here(remedy: str) -> str:
    """Return a remedy in the page's words."""
    sentences = (_worded(sentence) for sentence in _SENTENCE.split(remedy))
    return " ".join(dict.fromkeys(sentences)).replace(_AGAIN, "försök igen")


def _worded(sentence: str) -> str:
    named = _VERB.search(sentence)
    return HERE.get(named[1], sentence) if named else sentence
