"""Dates with a precision: a day is never invented where none was written.

A `When` is a day, a month, a season, a year or a period of years, with the words it was read from. Its `iso` form is
EDTF (ISO 8601-2:2019): `2019-06-14`, `2019-06`, `2020-21` (spring; 22 summer, 23 autumn, 24 winter), `2023`,
`2016/2018`. `find` reads them out of running text; what depends on the document's date (`i år`, `föregående
mandatperiod`, `den 28 februari`) is resolved against it, or left out when there is none.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Precision = Literal["day", "month", "season", "year", "period", "unknown"]

MONTHS = "januari februari mars april maj juni juli augusti september oktober november december".split()
SEASONS = {"våren": 21, "vår": 21, "sommaren": 22, "hösten": 23, "höst": 23, "vintern": 24}
SEASON_NAMES = {21: "våren", 22: "sommaren", 23: "hösten", 24: "vintern"}
_SEASON_MONTH = {21: 3, 22: 6, 23: 9, 24: 12}

FIRST_TERM = 1994  # since then a term of office is four years and begins the autumn of the election (KL 5:9)
TERM = 4


@dataclass(frozen=True, slots=True)
class When:
    """A point or span of time as exact as the text is. `late` marks `sent under 2023` and the like, for sorting."""

    year: int | None
    month: int | None = None
    day: int | None = None
    season: int | None = None
    until: int | None = None
    late: bool = False

    @property
    def precision(self) -> Precision:
        """How exact the text was."""
        if self.year is None:
            return "unknown"
        if self.until is not None:
            return "period"
        if self.day is not None:
            return "day"
        if self.month is not None:
            return "month"
        return "season" if self.season is not None else "year"

    @property
    def iso(self) -> str:
        """The EDTF form, empty when nothing is known."""
        if self.year is None:
            return ""
        if self.until is not None:
            return f"{self.year}/{self.until}"
        parts = [f"{self.year:04}"]
        if self.season is not None:
            parts.append(str(self.season))
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts by time; what is less exact comes at the end of its span's first exact point, the undated last."""
        if self.year is None:
            return (9999, 13, 32)
        if self.season is not None:
            return (self.year, _SEASON_MONTH[self.season], 0)
        return (self.year, self.month or (12 if self.late else 0), self.day or 0)

    def __str__(self) -> str:
        if self.until is not None:
            return f"{self.year}–{self.until}"
        if self.day is not None and self.month is not None:
            return f"{self.day} {MONTHS[self.month - 1]} {self.year}"
        if self.month is not None:
            return f"{MONTHS[self.month - 1]} {self.year}"
        if self.season is not None:
            return f"{SEASON_NAMES[self.season]} {self.year}"
        if self.late:
            return f"sent {self.year}"
        return str(self.year) if self.year is not None else "utan datum"


UNKNOWN = When(None)


@dataclass(frozen=True, slots=True)
class Match:
    """A date found at `start:end` of a text."""

    when: When
    start: int
    end: int


_SHORT_MONTHS = [month[:3] for month in MONTHS]
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join([*_SHORT_MONTHS, 'sept'])})\b\.?)"
_Y = r"(?:19|20)\d\d"
_MM, _DD = r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
CENTURY = 70  # a year of two digits below this is of the 2000s
_PATTERN = re.compile(
    rf"""
      (?<![\d/:-])(?P<iy>{_Y})(?:\s?[-–]\s?|\s)(?P<im>{_MM})(?:\s?[-–]\s?|\s)(?P<id>{_DD})(?!\d|-\d)
    | (?<![\w/:-])(?P<ay>{_Y})(?P<am>{_MM})-(?P<ad>{_DD})(?!\d|-\d)
    | (?<![\w/:.-])(?:den\s+)?(?P<sd>[1-9]|[12]\d|3[01])/(?P<sm>[1-9]|1[0-2])[-\s](?P<sl>{_Y})(?![\d-])
    | (?<![\w/:.+-])(?<!\d[ ])(?P<ty>\d\d)(?P<tsep>[- ])(?P<tm>{_MM})(?P=tsep)(?P<td>{_DD})(?![\w-]|[ ]?\d)
    | \b(?:den\s+)?(?P<d>[1-9]|[12]\d|3[01])(?:\s?:?e)?\s+(?P<m>{_MONTH})
      (?:\s+(?:år\s+)?(?P<y>{_Y})|\s+(?P<here>i\s+år)|(?=\s(?:till|och|[-–])\s.{{0,9}}\d\d?\s(?:{_MONTH})\s(?P<until_y>{_Y})))?\b
    | (?<![\d/:-])(?P<p1>{_Y})\s?[-–]\s?(?P<p2>{_Y}|\d\d)(?![\d-])
    | \b(?P<late>sent\s+(?:under\s+|i\s+)?|i\s+slutet\s+av\s+)(?P<ly>{_Y})\b
    | \b(?P<my_m>{_MONTH})\s+(?P<my_y>{_Y})\b
    | \b(?P<s>våren|sommaren|hösten|vintern)\s+(?P<sy>{_Y})\b
    | \b(?P<term>föregående|förra|innevarande|nuvarande)\s+mandatperiod(?:en)?\b
    | \b(?P<now>i\s+år|årets)\b
    | (?<![\d/:.-])(?P<yy>{_Y})(?![\d/:%]|[-–.,]\d)
    """,
    re.IGNORECASE | re.VERBOSE,
)


_SENTENCE_END = re.compile(r"[.!?;]\s")
# Before six digits in pairs, what tells that they are a telephone's: `Tel 21 12 30`, `0250 - 21 12 30`.
_TELEPHONE = re.compile(
    r"(?:\b(?:tel(?:efon)?(?:nr|nummer)?|tfn|fax|växel|mobil)[.:]?|(?<!\d[ ])\b0(?:8|\d{2,3})\s?[-–/])\s{0,3}$",
    re.IGNORECASE,
)
BEFORE = 20  # letters in which it stands


def find(text: str, today: When | None = None) -> Iterator[Match]:
    """Yield the dates of a text in order. `today` is the document's own date, for what is said relative to it.

    A day that has no year takes it from a coming year told before it in its sentence (`i budgeten för 2024 … från den
    1 februari`), from the day told last before it in the text, else from `today`.
    """
    told, coming = today, None
    for match in _PATTERN.finditer(text):
        parts = match.groupdict()
        if coming and _SENTENCE_END.search(text, coming.end, match.start()):
            coming = None
        if parts["ty"] and _TELEPHONE.search(text[max(0, match.start() - BEFORE) : match.start()]):
            continue
        near = today if parts["here"] else coming.when if coming else told
        when = _named_day(parts, near) if parts["d"] else _read(parts, today)
        if when is not None:
            told = when if when.day is not None else told
            if when.precision == "year" and today and today.year and (when.year or 0) > today.year:
                coming = Match(when, match.start(), match.end())
            yield Match(when, match.start(), match.end())


def parse(text: str) -> When | None:
    """Read one EDTF date as `When.iso` writes it, or as a person types it; None where it is none."""
    if match := re.fullmatch(rf"({_Y})(?:-(\d\d)(?:-(\d\d))?)?", text.strip()):
        year, second, day = (int(part) if part else None for part in match.groups())
        if second in _SEASON_MONTH:
            return When(year, season=second)
        return _day(year, second, day)
    if match := re.fullmatch(rf"({_Y})/({_Y})", text.strip()):
        return _period(match[1], match[2])
    return next((m.when for m in find(text) if m.end - m.start == len(text)), None)


def term_of_office(year: int, month: int | None) -> tuple[int, int]:
    """Return the first and last year of the term a date lies in; it begins in October."""
    began = FIRST_TERM + (year - FIRST_TERM) // TERM * TERM
    if year == began and (month or 1) < 10:
        began -= TERM
    return began, began + TERM


def _read(part: dict[str, str | None], today: When | None) -> When | None:
    if part["iy"]:
        return _day(int(part["iy"]), int(part["im"] or 0), int(part["id"] or 0))
    if part["ay"]:  # a hyphen lost: `201411-27`
        return _day(int(part["ay"]), int(part["am"] or 0), int(part["ad"] or 0))
    if part["sl"]:  # `12/3 2019`
        return _day(int(part["sl"]), int(part["sm"] or 0), int(part["sd"] or 0))
    if part["ty"]:
        year = int(part["ty"])
        return _day(year + (2000 if year < CENTURY else 1900), int(part["tm"] or 0), int(part["td"] or 0))
    if part["p1"] and part["p2"]:
        return _period(part["p1"], part["p2"])
    if part["ly"]:
        return When(int(part["ly"]), late=True)
    if part["my_y"] and part["my_m"]:
        return When(int(part["my_y"]), _month(part["my_m"]))
    if part["sy"] and part["s"]:
        return When(int(part["sy"]), season=SEASONS[_folded(part["s"])])
    if part["yy"]:
        return When(int(part["yy"]))
    return _relative(part, today)


def _named_day(part: dict[str, str | None], today: When | None) -> When | None:
    written = part["y"] or part["until_y"]
    year = int(written) if written else None
    if year is None and today is not None:
        year = today.year
    if year is None:
        return None
    return _day(year, _month(part["m"] or ""), int(part["d"] or 0))


def _month(name: str) -> int:
    return _SHORT_MONTHS.index(_folded(name)[:3]) + 1


def _folded(word: str) -> str:
    """Return a word in lower case, with the letters a pattern that ignores case takes for i and s made so."""
    return word.lower().replace("i\u0307", "i").replace("ı", "i").replace("ſ", "s")


def _period(first: str, last: str) -> When | None:
    until = int(last) if len(last) == 4 else int(first[:2] + last)
    return When(int(first), until=until) if int(first) < until < int(first) + 30 else None


def _relative(part: dict[str, str | None], today: When | None) -> When | None:
    if today is None or today.year is None:
        return None
    if part["now"]:
        return When(today.year)
    first, last = term_of_office(today.year, today.month)
    back = TERM if (part["term"] or "").lower() in {"föregående", "förra"} else 0
    return When(first - back, until=last - back)


def _day(year: int | None, month: int | None, day: int | None) -> When | None:
    """A day that exists, or None: `2019-02-30` is no date."""
    if year is None or (month is not None and not 1 <= month <= 12):
        return None
    if month is not None and day is not None and not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return When(year, month, day)
