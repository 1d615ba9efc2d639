"""People as printed: names with the party code that covers them, and when two spellings are one person.

One code covers every name back to the code before it: in `Karin A, Emilia B och Jan C (alla S) och Clara D (V)` the
first three are S. A name is two to four capitalised words; titles and roles are not part of it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from corpus.vocabulary import parties, party_code, table

_UPPER, _LOWER = "A-ZÀ-ÖØ-ÞŠŽĆČĐŁŞİ", "a-zß-öø-ÿšžćčđłşğıńęąśź"
_NAME_WORD = rf"[{_UPPER}][{_LOWER}]+(?:-[{_UPPER}][{_LOWER}]+)?"
_PARTICLE = r"(?:af|von|van|de|el|al)"
NAME = rf"{_NAME_WORD}(?:[ ](?:{_PARTICLE}[ ])?{_NAME_WORD}){{1,3}}"
# So many names share one code at most: with no end to it, a list of names without a code would be read over and over.
_NAMES = rf"{NAME}(?:(?:,|\soch|\ssamt)\s(?:[a-zåäö]+\s){{0,2}}{NAME}){{0,40}}"
_SHORT = re.compile(r"[A-ZÅÄÖ]{1,2}")
_NAMED_PARTY = re.compile(
    r"\b[A-ZÅÄÖ]\w+(?:partiet|listan|demokraterna|väljarna|alternativet|unionen)\s\((?P<code>[A-ZÅÄÖ]{2,4})\)"
)
_SINGLE = re.compile(NAME)


LOCAL_FROM, LOCAL_BESIDE = 2, 2  # how often a code stands after names, beside how many known ones, to be a party's


@dataclass(frozen=True, slots=True)
class Named:
    """A name with its party at `start:end` of a text; `party` is None where none covers it."""

    name: str
    party: str | None
    start: int
    end: int


def local_codes(text: str) -> frozenset[str]:
    """Return the codes of local parties: what stands in brackets after names and is no party we know.

    Once is enough where other parties stand so, else twice; or once after the party's own name: `Storhamnslistan (SL)`.
    """
    codes = Counter(match["code"].split()[-1] for match in _before_code().finditer(text))
    named = {match["code"] for match in _NAMED_PARTY.finditer(text) if party_code(match["code"]) is None}
    known = [code for code in codes if party_code(code) is not None]
    least = 1 if len(known) >= LOCAL_BESIDE else LOCAL_FROM
    small = sum(code.islower() for code in known) > len(known) / 2  # codes in small letters, as until about 2010
    return frozenset(named) | frozenset(
        code.upper()
        for code, count in codes.items()
        if count >= least and 2 <= len(code) <= 3 and (code.isupper() or (small and code.islower()))
        if party_code(code) is None and code.lower() not in table("roles")["not_parties"]
    )


def with_party(text: str, local: Collection[str] = ()) -> Iterator[Named]:
    """Yield the people of a text whose party is printed, in the order they stand; `local` are more parties' codes."""
    told: set[int] = set()
    for match in _coded(text):
        code = match["code"].split()[-1]
        party = party_code(code) or (code.upper() if code.upper() in local else None)
        if party is None:
            continue
        for found in _SINGLE.finditer(text, match.start("names"), match.end("names")):
            if found.start() not in told and (name := bare(found[0])):
                told.add(found.start())
                yield Named(name, party, found.end() - len(name), found.end())


def _coded(text: str) -> list[re.Match[str]]:
    """Names with a code after them, and `(C) Ewa Ek` where the code belongs to no name before it."""
    after = list(_before_code().finditer(text))
    taken = {match.start("code") for match in after}
    first = [match for match in _party_first().finditer(text) if match.start("code") not in taken]
    return sorted((*after, *first), key=lambda match: match.start())


@cache
def _before_code() -> re.Pattern[str]:
    code = rf"(?:(?:båda|bägge|alla|samtliga|bada)\s)?(?:[A-ZÅÄÖa-zåäö!]{{1,3}}{_long_codes()})"
    return re.compile(rf"(?P<names>{_NAMES})(?:\s(?:m\.\s?fl\.|med\sflera))?\s?\((?P<code>{code})(?:\s?-gruppen)?\)")


@cache
def _party_first() -> re.Pattern[str]:
    return re.compile(rf"\((?P<code>{_SHORT.pattern}{_long_codes()})\)\s(?P<names>{NAME})")


def _long_codes() -> str:
    """Codes that a code of one or two letters does not look like, as further choices of a pattern."""
    return "".join(f"|{re.escape(party.code)}" for party in parties() if not _SHORT.fullmatch(party.code))


def bare(name: str) -> str:
    """Return a name without the offices and other words with a capital before it; empty where no name is left."""
    words = name.split(" ")
    while words and (words[0].lower() in _not_names() or words[0].lower().endswith(_offices())):
        words = words[1:]
    return " ".join(words) if len(words) > 1 else ""


def has_first_name(name: str) -> bool:
    """Tell whether a name begins with a first name we know."""
    return re.split(r"[ -]", name, maxsplit=1)[0] in _first_names()


@cache
def _first_names() -> frozenset[str]:
    return frozenset(table("first_names")["women"]) | frozenset(table("first_names")["men"])


@cache
def _not_names() -> frozenset[str]:
    return frozenset(table("roles")["not_names"])


@cache
def _offices() -> tuple[str, ...]:
    roles = table("roles")
    return tuple(role for role in roles["elected"] + roles["staff"] if len(role) > 3)


def key(name: str) -> str:
    """Return what two spellings of one name have in common: case, spaces and the genitive's s do not matter."""
    return " ".join(name.lower().split())


def same_person(one: str, other: str) -> bool:
    """Tell whether two printed names are one person (also `Ojanne` for `Alexander Ojanne`, and genitives)."""
    a, b = key(one).split(), key(other).split()
    if not a or not b:
        return False
    last = a[-1] == b[-1] or a[-1] == b[-1] + "s" or b[-1] == a[-1] + "s"
    return last and (len(a) == 1 or len(b) == 1 or a[0] == b[0])
