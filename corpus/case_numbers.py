"""Case numbers (diarienummer): one value for all the ways one number is written.

`find` reads numbers out of running text, `parse` reads one that a person typed. Two numbers are the same when their
keys are equal: unit, year and serial, without separators, leading zeros or the words that lead in. What only looks
like a number (laws, paragraphs, school years, statute collections) is left out; an incomplete one (`Dnr /2016`) is
never returned.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

LEAD_IN = r"(?:(?i:dnr|diarienummer|diarienr|ärendenummer|vår beteckning)[.:]?\s*)"
UNIT = r"[A-ZÅÄÖ]{2,6}"
YEAR = r"(?:19|20)\d\d"

# Statute collections, inquiries and school years in capitals have the shape of a case number but are none.
FALSE_UNITS = frozenset("SOU DS AFS SFS PROP BET RSKR SKR SOSFS HSLF EG EU RI RIX PM ÅR LÄSÅR BUDGET".split())

_UNIT_FIRST = re.compile(
    rf"(?<![\w/]){LEAD_IN}?(?P<unit>{UNIT})\s?[ /-]?\s?(?P<year>{YEAR})\s?[/:-]\s?(?P<serial>\d{{1,5}})"
    r"(?!\d|[.,]\d|\s?(?:kronor|procent|%))"
)
_SHORT_YEAR = re.compile(rf"(?<![\w/]){LEAD_IN}?(?P<unit>[A-ZÅÄÖ]{{2,6}})\s(?P<year>\d\d)/(?P<serial>\d{{4}})(?!\d)")
_YEAR_FIRST = re.compile(
    rf"(?<![\w/]){LEAD_IN}?(?P<year>{YEAR})/(?P<unit>{UNIT})\s(?P<serial>\d{{4}}(?:\s\d{{3}})?)(?!\d)"
)
_SERIAL_FIRST = re.compile(
    rf"(?<![\w/§-])(?P<unit>){LEAD_IN}?(?P<serial>\d+(?:\.\d+)*-\d{{1,5}})[/-](?P<year>{YEAR})(?!\d)"
)
_LEAD_ONLY = re.compile(
    rf"(?<!\w){LEAD_IN}(?P<unit>)(?:(?P<year>{YEAR})[/:-](?P<serial>\d{{1,6}})|(?P<serial2>\d{{1,6}})/(?P<year2>\d\d(?:\d\d)?))(?!\d)"
)
_SHAPES = (_UNIT_FIRST, _SHORT_YEAR, _YEAR_FIRST, _SERIAL_FIRST, _LEAD_ONLY)


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """A case number: the authority's unit (may be empty), the year of registration, the serial."""

    unit: str
    year: int
    serial: str
    written: str = field(default="", compare=False)  # as it stands in print, without the words that lead in

    @property
    def key(self) -> str:
        """What two spellings of one number have in common: `ks2019756`."""
        serial = re.sub(r"\D", " ", self.serial).split()
        return f"{self.unit.lower()}{self.year}{'-'.join(part.lstrip('0') or '0' for part in serial)}"

    def __str__(self) -> str:
        return self.written or f"{self.unit} {self.year}/{self.serial}".strip()


@dataclass(frozen=True, slots=True)
class Match:
    """A case number found at `start:end` of a text."""

    number: CaseNumber
    start: int
    end: int


def find(text: str) -> Iterator[Match]:
    """Yield the case numbers of a text in the order they stand, never two over the same words."""
    found = sorted((m for shape in _SHAPES for m in shape.finditer(text)), key=lambda m: (m.start(), -m.end()))
    at = 0
    for match in found:
        number = _number(match)
        if number and match.start() >= at:
            at = match.end()
            yield Match(number, match.start(), match.end())


def parse(text: str) -> CaseNumber | None:
    """Read the one number a person typed (`ks2019-756`, `dnr 2024/1319`), or return None."""
    typed = text.strip(" \t\n.,;")
    for candidate in (typed.upper(), f"dnr {typed}"):
        match = next(find(candidate), None)
        if match and match.start == 0 and match.end == len(candidate):
            return match.number
    return None


def _number(match: re.Match[str]) -> CaseNumber | None:
    groups = match.groupdict()
    unit = groups["unit"].upper()
    if unit in FALSE_UNITS or unit in {"DNR", "NR"} or unit.endswith("FS"):  # …FS: författningssamling
        return None
    year = int(groups.get("year") or groups.get("year2") or 0)
    if year < 100:
        year += 2000 if year < 70 else 1900
    serial = (groups.get("serial") or groups.get("serial2") or "").strip()
    if _is_period(match[0], serial):
        return None
    written = re.sub(rf"^{LEAD_IN}", "", match[0])
    return CaseNumber(unit, year, serial, " ".join(written.split()))


def _is_period(text: str, serial: str) -> bool:
    """`BUDGET 2019-2022` is a span of years, not a number."""
    return bool(re.search(rf"{YEAR}\s?-\s?{YEAR}$", text)) and len(serial) == 4
