"""What the pages where something is judged share: the lists of Granska, who judges, and where it leads back to."""

from corpus.errors import WrongUse
from corpus.records import Correction
from web.answers import Asked, address

LONGEST_NAME = 200  # characters
VIEWS = {
    "svar": "Osäkra svar",
    "kopplingar": "Osäkra kopplingar",
    "sidor": "Svårlästa sidor",
    "rattelser": "Osäkra rättelser",
    "olasta": "Gick inte att läsa",
    "bedomt": "Bedömt",
}


def who(asked: Asked) -> str:
    """Return who judges: who has logged in, whose machine it is, or the name that was typed where neither is known."""
    name = asked.by or asked.text("av")
    if not name or len(name) > LONGEST_NAME:
        raise WrongUse("Det framgår inte vem som bedömer.", f"Ange ditt namn, högst {LONGEST_NAME} tecken.")
    return name


def list_of(asked: Asked, named: str) -> str:
    """Return the list that something was judged in, which says it is done; empty where it was judged elsewhere."""
    view = asked.text("visa")
    if view not in VIEWS:
        return ""
    return address("/granska", visa=view, sida=max(asked.number("sida", 1), 1), klart=named)


def key_of(made: Correction) -> str:
    """Return what a form calls a correction: where it stands and what it changes, so that no other is taken for it."""
    return "|".join((str(made.start), *(" ".join(text.split()) for text in (made.before, made.after))))
