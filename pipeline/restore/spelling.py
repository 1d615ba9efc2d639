"""How a chosen word is written where the string stood: capitals kept, pieces parted as they were."""

from corpus.swedish.lexicon import lexicon
from pipeline.restore.confusions import Channel
from pipeline.restore.slots import Slot

SELDOM = 0.08  # a word that so seldom has a capital inside a sentence has none here
_CAPITAL_VOWELS = "AO"
_MISREAD_CAPITALS = "AOG"  # what capitals a small å, ä or ö is read as


def recased(slot: Slot, word: str, channel: Channel) -> str:
    """Return the lower-case `word` with the capitals of the string that was read."""
    string = slot.string
    if word[0] == "i" and string[0] in "[|l":
        return "I" + word[1:]  # it is the capital that looks like a bracket, a bar or an l
    letters = [ch for ch in string if ch.isalpha()]
    if len(letters) > 1 and all(ch.isupper() for ch in letters):
        return word.upper()
    if len(string) == len(word):  # a capital inside stays where its letter did
        inside = zip(string[1:], word[1:], strict=True)
        word = word[0] + "".join(old if old.lower() == new else new for old, new in inside)
    return word[0].upper() + word[1:] if _has_capital(slot, word, channel) else word


def _has_capital(slot: Slot, word: str, channel: Channel) -> bool:
    first = slot.string[0]
    if not first.isalpha():
        return slot.opens
    if lost_its_case(first, word, channel):
        return slot.opens or (slot.leads and first in _CAPITAL_VOWELS) or lexicon().capital_share(word) > SELDOM
    return first.isupper()


def lost_its_case(first: str, word: str, channel: Channel) -> bool:
    """Tell whether a capital may be how a small letter was misread (`Over`, `Gver` for `över`): no sign of case."""
    if first not in _MISREAD_CAPITALS or first.lower() == word[0]:
        return False
    return first not in _CAPITAL_VOWELS or not channel.only_dots


def parted(string: str, word: str, first_piece: int, channel: Channel) -> int:
    """Return where to part `word` whose reading was parted after `first_piece` letters."""
    near = range(max(1, first_piece - 2), min(len(word), first_piece + 3))
    left, right = string[:first_piece], string[first_piece:]
    return min(near, key=lambda i: (channel.cost(left, word[:i]) + channel.cost(right, word[i:]), abs(i - first_piece)))
