"""Case numbers (diarienummer): one value for all the ways one number is written.

`find` reads numbers out of running text, `parse` reads one that a person typed. Two numbers are the same when their
keys are equal: unit, year and serial, without separators, leading zeros or the words that lead in. What only looks
like a number (laws, paragraphs, school years, statute collections) is left out; an incomplete one (`Dnr /2016`) is
never returned, but `find_incomplete` tells where it stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.vocabulary import table

LEAD_IN = r"(?:(?i:dnr|diarienummer|diarienr|ärendenummer|vår beteckning)[.:]?\s*)"
UNIT = r"[A-ZÅÄÖ]{2,6}"
YEAR = r"(?:19|20)\d\d"

# Statute collections, inquiries and school years in capitals have the shape of a case number but are none.
FALSE_UNITS = frozenset(
    "AB SOU DS AFS SFS PROP BET RSKR SKR SOSFS HSLF EG EU RI RIX PM UTL MOTION ÅR LÄSÅR VT HT BUDGET".split()
)

_BEFORE = r"(?<![\w/§.-])"
_AFTER = r"(?!\d|[.,]\d|\s?(?:kronor|procent|%))"
# A document's place in the case, or its class: `-10`, `.212`, ` 1.3.1`
_IN_CASE = r"(?:\s?-\s?\d{1,3}(?![\d-])|\.\d{3}(?!\d)|\s\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.]))?"
_LEAD_LENGTH, _TAIL_LENGTH = 120, 40  # letters of a number, its lead-in and its blanks before a digit; what may follow
_SHORT = r"\d\d"
_SERIAL = r"(?P<serial>\d{1,5})"

# Each shape by an example. Those that anything else could have the shape of are read after a lead-in only.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # KS 2024/1319, KS2009/183-10, KS/2018:298 - 001, STK-2017-663, KF/2006.366, KSM2023-1180.212
        rf"{_BEFORE}{LEAD_IN}?(?P<unit>{UNIT})\s?[ ./-]?\s?(?P<year>{YEAR})\s?[/:.-]\s?{_SERIAL}{_IN_CASE}{_AFTER}",
        # M 2012-0071, T 2010-313-01743
        rf"{_BEFORE}{LEAD_IN}(?P<unit>[A-ZÅÄÖ])\s?(?P<year>{YEAR})[/:-](?P<serial>\d{{1,5}}(?:-\d{{1,5}})?){_AFTER}",
        # SN 18/0098
        rf"{_BEFORE}{LEAD_IN}?(?P<unit>{UNIT})\s(?P<year>{_SHORT})/(?P<serial>\d{{4}}){_AFTER}",
        rf"{_BEFORE}{LEAD_IN}(?P<unit>{UNIT})\s(?P<year>{_SHORT})/(?P<serial>\d{{1,5}}){_AFTER}",
        # HSN 377/2021
        rf"{_BEFORE}{LEAD_IN}?(?P<unit>{UNIT})\s(?P<serial>\d{{1,5}})/(?P<year>{YEAR})(?:[-:]\d{{1,3}})?{_AFTER}",
        # SBN22/14
        rf"{_BEFORE}{LEAD_IN}?(?P<unit>{UNIT})(?P<year>{_SHORT})/(?P<serial>\d{{1,5}}){_AFTER}",
        # LS 0702-0239: year, month and serial
        rf"{_BEFORE}{LEAD_IN}?(?P<unit>{UNIT})\s(?P<year>{_SHORT})(?P<serial>(?:0[1-9]|1[0-2])-\d{{4}}){_AFTER}",
        # 2018/KS 0001 001, 2016KSM1221.042
        rf"{_BEFORE}{LEAD_IN}?(?P<year>{YEAR})/?(?P<unit>{UNIT})\s?(?P<serial>\d{{4}}(?:\s{{1,2}}\d{{3}})?){_IN_CASE}{_AFTER}",
        # 2018/0219 KS-5
        rf"{_BEFORE}{LEAD_IN}?(?P<year>{YEAR})/(?P<serial>\d{{4}})\s(?P<unit>{UNIT})(?:-\d{{1,3}})?{_AFTER}",
        # 316-259/2012, 1.6-0463/2011, 1.2.4-182-2013
        rf"{_BEFORE}(?P<unit>){LEAD_IN}?(?P<serial>\d+(?:\.\d+)*-\d{{1,5}})[/-](?P<year>{YEAR}){_AFTER}",
        # 103-209/04
        rf"{_BEFORE}(?P<unit>){LEAD_IN}?(?P<serial>\d{{3}}-\d{{1,4}})/(?P<year>{_SHORT}){_AFTER}",
        # 2011-875-1.2.4., 2006-152-307, 982-2009-103
        rf"{_BEFORE}(?P<unit>){LEAD_IN}?(?P<year>{YEAR})-(?P<serial>\d{{3,5}}-\d+(?:\.\d+)+)\.?(?!\d)",
        rf"{_BEFORE}(?P<unit>){LEAD_IN}(?P<year>{YEAR})-(?P<serial>\d{{2,5}}-\d{{3}}){_AFTER}",
        rf"{_BEFORE}(?P<unit>){LEAD_IN}(?P<serial>\d{{1,5}}-(?P<year>{YEAR})-\d{{2,4}}){_AFTER}",
        # Dnr 2005.94.109
        rf"{_BEFORE}(?P<unit>){LEAD_IN}(?P<year>{YEAR})\.(?P<serial>\d{{1,5}})\.\d{{3}}{_AFTER}",
        # Dnr 2016/805, Dnr 2021/118-101, dnr 0263/20
        rf"(?<!\w){LEAD_IN}(?P<unit>)(?P<year>{YEAR})[/:-](?P<serial>\d{{1,6}})(?:-\d{{3}}(?!\d))?{_AFTER}",
        rf"(?<!\w){LEAD_IN}(?P<unit>)(?P<serial>\d{{1,6}})/(?P<year>{YEAR}|{_SHORT}){_AFTER}",
    )
)
_SECOND = re.compile(rf"\s?(?:och|samt|,)\s(?P<unit>)(?P<serial>\d{{1,6}})/(?P<year>{YEAR}|{_SHORT}){_AFTER}")

# After a lead-in: the unit with or without year or serial, the year, or a year or serial whose other half is missing.
# Without one only what is joined as a number is and then breaks off. A blank to fill in (`KS 2019/xxx`) is no part.
_BLANK = r"(?:[xX]{2,5}|_+|…|\.{2,})"
_BREAKS_OFF = rf"\s?[/:-](?:\s?{_BLANK}|\.)?"
_PARTS = "|".join(
    (
        rf"{_BLANK}?\s?[/:-]\s?(?:{YEAR}|\d{{1,5}})",
        rf"{YEAR}(?:/{UNIT}|{_BREAKS_OFF})?",
        rf"{UNIT}(?:\s?[ ./-]?\s?(?:{YEAR}|{_SHORT}(?=\s?/)))?(?:{_BREAKS_OFF})?",
        rf"{UNIT}\s?[/:-]\s?\d{{1,5}}",
    )
)
_ENDS = r"(?!\w|[/:-]\w|\s{0,4}[/:.-]?\s{0,4}\d)"
_INCOMPLETE = re.compile(
    rf"(?<!\w)(?P<lead>{LEAD_IN})(?:{_PARTS}){_ENDS}"
    rf"|{_BEFORE}{UNIT}(?:[/-]{YEAR}\s?[/:-]|\s?{YEAR}\s?/)(?:\s?{_BLANK}|\.)?{_ENDS}"
)
_IS_DATED = re.compile(rf"{UNIT}\s{YEAR}-(?:0[1-9]|1[0-2])-[0-3]\d")  # `KF 2019-04-23 § 130`: a body and its meeting
_FIRST_UNIT = re.compile(rf"{UNIT}(?![A-Za-zÅÄÖåäö])")


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
    stretches = list(_near_digits(text))
    matches = (m for shape in _SHAPES for start, end in stretches for m in shape.finditer(text, start, end))
    found = sorted(matches, key=lambda m: (m.start(), -m.end()))
    at = 0
    for match in found:
        one: re.Match[str] | None = match
        while one and one.start() >= at and (number := _number(one)):
            at = one.end()
            yield Match(number, one.start(), at)
            one = None if number.unit else _SECOND.match(text, at)  # `0263/20 och 0287/20`


def _near_digits(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches that may hold a number: most of a text is nowhere near a digit, and seventeen shapes cost."""
    start = end = -1
    for match in re.finditer(r"\d+", text):
        if match.start() - _LEAD_LENGTH > end:
            if end >= 0:
                yield start, end
            start = max(0, match.start() - _LEAD_LENGTH)
        end = min(len(text), match.end() + _TAIL_LENGTH)
    if end >= 0:
        yield start, end


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A case number that lacks a part, as it stands at `start:end` of a text."""

    text: str
    start: int
    end: int


def find_incomplete(text: str) -> Iterator[Incomplete]:
    """Yield the case numbers that lack a part (`Dnr /2016`, `KSN-2015-.`); a label with nothing after it is none."""
    matches = list(_INCOMPLETE.finditer(text))
    whole = [(number.start, number.end) for number in find(text)] if matches else []
    for match in matches:
        lead = match["lead"] or ""
        unit = _FIRST_UNIT.search(match[0][len(lead) :])
        false = unit and (unit[0] in FALSE_UNITS or unit[0] in table("keys")["form_words"])
        inside = any(start < match.end() and match.start() < end for start, end in whole)
        if not (false or inside or "\n" in lead):
            yield Incomplete(" ".join(match[0].split()), match.start(), match.end())


def parse(text: str) -> CaseNumber | None:
    """Read the one number a person typed (`ks2019-756`, `dnr 2024/1319`), or return None."""
    typed = text.strip(" \t\n.,;")
    for candidate in (typed.upper(), f"dnr {typed}"):
        match = next(find(candidate), None)
        if match and match.start == 0 and match.end == len(candidate):
            return match.number
    return None


def shown(key: str) -> str:
    """Return a key as people write numbers: `ks2019756` as `KS 2019/756`."""
    match = re.fullmatch(rf"([^\d]*)({YEAR})(.+)", key)
    return f"{match[1].upper()} {match[2]}/{match[3]}".lstrip() if match else key


def _number(match: re.Match[str]) -> CaseNumber | None:
    groups = match.groupdict()
    unit = groups["unit"].upper()
    if unit in FALSE_UNITS or unit in {"DNR", "NR"} or unit.endswith("FS"):  # …FS: författningssamling
        return None
    year = int(groups["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    serial = " ".join(groups["serial"].split())
    if _is_period(match[0], serial) or _IS_DATED.fullmatch(match[0]):
        return None
    written = re.sub(rf"^(?:{LEAD_IN}|\s?(?:och|samt|,)\s)", "", match[0]).rstrip(".")
    return CaseNumber(unit, year, serial, " ".join(written.split()))


def _is_period(text: str, serial: str) -> bool:
    """`BUDGET 2019-2022` is a span of years, not a number."""
    return bool(re.search(rf"{YEAR}\s?-\s?{YEAR}$", text)) and len(serial) == 4
