"""Personal numbers (personnummer and samordningsnummer) in running text, so that they can be hidden.

A number counts when its date exists and its check digit is right. One with a wrong check digit counts only where it is
written as nothing else is (`121212-1213`), and says so: OCR misreads digits, and what is hidden in vain does no harm.
The century is never added: a number printed with ten digits is masked with ten.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.values import PersonalNumber
from corpus.vocabulary import pattern

COORDINATION = 60  # added to the day in a samordningsnummer
WORD_REACH = 30  # letters before a number within which a word says what else it is
_HIDDEN = "XXXX"
_HYPHEN = r"[-–—‐−]"
_NUMBER = re.compile(
    rf"(?<![\w+])(?<![0-9][-–.,:/])(?P<century>18|19|20)?(?P<year>[0-9]{{2}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})"
    rf"(?P<sign>\s?(?:{_HYPHEN}|\+)\s?|[ ])?(?P<last>[0-9]{{4}})(?!\w|[-–/:][0-9]|[.,][0-9])"
)


@dataclass(frozen=True, slots=True)
class Match:
    """A personal number found at `start:end` of a text."""

    number: PersonalNumber
    start: int
    end: int


def find(text: str) -> Iterator[Match]:
    """Yield the personal numbers of a text."""
    for match in _NUMBER.finditer(text):
        checked = has_check_digit(match["year"] + match["month"] + match["day"] + match["last"])
        if _is_date(match) and (_is_surely_one(match) if checked else _is_written_as_one(match)):
            yield Match(PersonalNumber(_masked(match), checked), match.start(), match.end())


def has_check_digit(ten: str) -> bool:
    """Tell whether the last of ten digits is the check digit of the nine before it (Luhn)."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten))
    return sum(value // 10 + value % 10 for value in doubled) % 10 == 0


def _is_date(match: re.Match[str]) -> bool:
    """Tell whether the day exists, in the century printed or in any."""
    day = int(match["day"])
    day -= COORDINATION if day > COORDINATION else 0
    for century in [match["century"]] if match["century"] else ["19", "20"]:
        try:
            date(int(century + match["year"]), int(match["month"]), day)
        except ValueError:
            continue
        return True
    return False


def _is_surely_one(match: re.Match[str]) -> bool:
    """With a hyphen or a century it is; ten bare digits may be a telephone, an account or a part of a longer number."""
    if _has_hyphen(match):
        return True
    if match["century"]:
        return not _said_to_be_another(match)
    text, after = match.string, match.string[match.end() : match.end() + 2]
    stands_alone = not re.search(r"[0-9]\s?$", text[max(0, match.start() - 2) : match.start()])
    return not match["sign"] and stands_alone and not re.match(r" [0-9]", after) and not _said_to_be_another(match)


def _is_written_as_one(match: re.Match[str]) -> bool:
    return _has_hyphen(match) and not _said_to_be_another(match)


def _has_hyphen(match: re.Match[str]) -> bool:
    return bool((match["sign"] or "").strip())


def _said_to_be_another(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - WORD_REACH) : match.start()]
    said = pattern("personal_numbers", "persons").split(before)[-1]
    return bool(pattern("personal_numbers", "others").search(said))


def _masked(match: re.Match[str]) -> str:
    sign = "+" if "+" in (match["sign"] or "") else "-"
    return f"{match['century'] or ''}{match['year']}{match['month']}{match['day']}{sign}{_HIDDEN}"
