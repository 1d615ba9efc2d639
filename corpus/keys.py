"""Keys of a matter other than its case number: numbered motions, interpellations and utlåtanden, paragraphs of minutes.

`find` reads them out of running text and gives all spellings of one the same number: `Motion nr 5/2016` and
`motionen (2016:5)` are motion `2016:5`; `Kf 130` and `kommunfullmäktige § 130` are paragraph `KF § 130`. A bare
`(2016:5)` may be a law and a bare `§ 5` may be of one, so the words around decide.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus import case_numbers
from corpus.case_numbers import FALSE_UNITS
from corpus.dates import MONTHS
from corpus.values import Key
from corpus.vocabulary import pattern, table

PARAGRAPH = "paragraf"
HIGHEST = 300  # a higher number in a year is a law's, unless the word before it says otherwise
REACH = 160  # letters between a word and the number it owns
_NEAR = 45  # letters within which a law is named before its number
_YEAR = r"(?:19|20)[0-9]{2}"
_SERIAL = r"[0-9]{1,4}"
_NR = r"(?i:nr\.?|nummer)\s?"
_ROTEL = r"\s?,?\s?(?:R\s?|(?i:rotel)\s)(?P<rotel>[IVXl1|]{1,5}(?:\s?\+\s?R?[IVXl1|]{1,5})?)(?!\w)"
_NUMBER = re.compile(
    rf"(?<![\w/§-])(?<![0-9][:.])(?P<open>\(\s?)?(?P<nr>{_NR})?"
    rf"(?:(?P<year>{_YEAR})(?:\s?:\s?|\s{_NR}|(?P<slash>/))(?P<serial>{_SERIAL})"
    rf"|(?P<serial2>{_SERIAL})\s?/\s?(?P<year2>{_YEAR}|[0-9]{{2}}))(?![\w:]|[.,/-][0-9])(?:{_ROTEL})?(?P<close>\s?\))?"
)
_JOINS = re.compile(r"\s?(?:,|\b(?:och|samt|respektive|resp\.?))\s", re.IGNORECASE)
_WHOLE_LINE = re.compile(r"[\s().]*")
_DIRECTLY = re.compile(r"[\s:,]{0,2}(?:med\s)?")
_SENTENCE_END = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")

_DATE = rf"(?:{_YEAR}[- ][0-9]{{2}}[- ][0-9]{{2}}|[0-9]{{1,2}}\s(?:{'|'.join(MONTHS)})(?:\s{_YEAR})?)"
_OF_YEAR = rf"(?:\s?/\s?(?P<year>{_YEAR}|[0-9]{{2}})(?![0-9])|,?\s(?:den\s)?(?P<date>{_DATE}))?"
_NOT_ON = r"(?!\w|[.,:/][0-9]|\s?[-–—]\s?§?\s?[0-9]|\s?[a-h]\b)"
_PARAGRAPH = re.compile(rf"(?<![-–—§])(?P<signs>§{{1,2}})\s?(?P<number>[0-9]{{1,4}}){_OF_YEAR}{_NOT_ON}")
_NEXT = re.compile(rf"(?:\s?,\s?|\s(?:och|samt|&)\s)(?:§\s?)?(?P<number>[0-9]{{1,4}}){_OF_YEAR}{_NOT_ON}")
_LAW_S_OWN = re.compile(r"(?:^|[\s(,])[0-9]{1,3}\s?[a-z]?\s?$|\bkap(?:\.|itlet)?\s?$|[-–—]\s?$")
_PART_OF_LAW = re.compile(r"[\s,]{0,2}(?:(?:första|andra|tredje|fjärde|femte)\s(?:st|p|men)|[0-9]\s?(?:st|p)\b)")
_DATED = re.compile(rf"{_DATE}[\s,]{{0,2}}$")


@dataclass(frozen=True, slots=True)
class Match:
    """A key found at `start:end` of a text; `bare` where only its shape says what it is (`§ 63`)."""

    key: Key
    start: int
    end: int
    bare: bool = False


def find(text: str, *, heading: bool = False, alone: str = "") -> Iterator[Match]:
    """Yield the keys of a text in the order they stand.

    In a `heading` a number belongs to the word it is about (`Motion av Karin Alm om kajen (2016:5)`); `alone` is the
    kind a number has that stands with no such word, as in the head of an interpellation.
    """
    found = [
        *_numbered(text, heading=heading, alone=alone),
        *_paragraphs(text, heading=heading),
        *_signless(text),
    ]
    taken = [(number.start, number.end) for number in case_numbers.find(text)] if found else []
    for match in sorted(found, key=lambda one: one.start):
        if not any(start < match.end and match.start < end for start, end in taken):
            yield match


def with_rotel(matches: Sequence[Match]) -> Iterator[Match]:
    """Yield the matches of one document; a number that has a rotel somewhere in it has that rotel everywhere."""
    rotlar = {(m.key.kind, m.key.number.split()[0]): m.key for m in matches if " R" in m.key.number}
    for match in matches:
        yield replace(match, key=rotlar.get((match.key.kind, match.key.number), match.key))


def kind_of_head(text: str, document: str) -> str:
    """Return the kind a number alone in this head is of: the one named first of those this kind of document has."""
    named = {name: words.search(text) for name, words in _words().items()}
    places = {
        name: match.start()
        for name, match in named.items()
        if match and document in table("keys")["kinds"][name]["documents"]
    }
    return min(places, key=lambda name: places[name], default="")


# ---- numbered by themselves ------------------------------------------------------------------------------------------


def _numbered(text: str, *, heading: bool, alone: str) -> Iterator[Match]:
    last: Match | None = None
    for match in _NUMBER.finditer(text):
        goes_on = last and _JOINS.fullmatch(text, last.end, match.start())
        first = match.start() if match["close"] or not match["open"] else match.end("open")
        owner = (last.key.kind, first) if last and goes_on else _owner(match, first, heading=heading, alone=alone)
        if owner and (number := _number(match, owner[0])):
            last = Match(Key(owner[0], number), owner[1], _end(match, owner[0]))
            yield last


def _end(match: re.Match[str], kind: str) -> int:
    """Where the key ends: a bracket that was opened is closed in it; a rotel is part only where the kind has one."""
    if match["rotel"] and not _has_rotel(kind):
        return match.end("serial") if match["serial"] else match.end("year2")
    return match.end() if match["open"] or not match["close"] else match.start("close")


def _owner(match: re.Match[str], first: int, *, heading: bool, alone: str) -> tuple[str, int] | None:
    """Return the kind of what has this number, by the words before it, or None where it is something else's.

    With it comes where the key begins: at the word directly before the number, else at `first`.
    """
    text, before = match.string, match.string[max(0, match.start() - REACH) : match.start()]
    high, law = int(match["serial"] or match["serial2"]) > HIGHEST, _is_law(match, before)
    if (named := _named_last(before, directly=True)) and not (high and law):
        return named[0], match.start() - len(before) + named[1]
    if high or law or match["slash"]:
        return None
    in_title = heading and match["open"] and match["close"]
    in_sentence = match["nr"] and not _SENTENCE_END.search(before)
    if (in_title or in_sentence) and (named := _named_last(before)):
        return named[0], first
    line = _WHOLE_LINE.fullmatch(text, 0, match.start()) and _WHOLE_LINE.fullmatch(text, match.end())
    if alone and match["year"] and (match["nr"] or line):
        return alone, first
    if _WHOLE_LINE.fullmatch(text, 0, match.start()):  # `2016:5 Motion av …`, as in a list
        return next(((kind, first) for kind, words in _words().items() if words.match(text, _after(match))), None)
    return None


def _after(match: re.Match[str]) -> int:
    after = match.string[match.end() :]
    return match.end() + len(after) - len(after.lstrip(" .\t"))


def _named_last(before: str, *, directly: bool = False) -> tuple[str, int] | None:
    """Return the kind whose word stands last before a number, and where; `directly` before it, if it must."""
    places = [
        (word.start(), kind)
        for kind, words in _words().items()
        for word in words.finditer(before)
        if not directly or _DIRECTLY.fullmatch(before, word.end())
    ]
    return max(places)[::-1] if places else None


def _is_law(match: re.Match[str], before: str) -> bool:
    """Tell whether the words say that a law's number or a collection's follows."""
    if re.search(rf"(?<!\w)(?:{'|'.join(table('keys')['collections'])})[\s(]{{0,2}}$", before, re.IGNORECASE):
        return True
    return not match["nr"] and bool(_law_word().search(before[-_NEAR:]))


def _number(match: re.Match[str], kind: str) -> str:
    """Return the number as `2016:5`, with its rotel where the kind has one; empty where it is none."""
    year, serial = match["year"] or match["year2"], int(match["serial"] or match["serial2"])
    if not serial or (match["slash"] and serial == (int(year) + 1) % 100):
        return ""  # `2016/17` is a year of sessions or a school year
    if len(year) == 2 and not match["nr"]:
        return ""
    rotel = re.sub(r"[l1|]", "I", match["rotel"] or "") if _has_rotel(kind) else ""
    rotel = "+".join(f"R{part.strip().removeprefix('R')}" for part in rotel.split("+") if part)
    return f"{_full(year)}:{serial} {rotel}".strip()


def _full(year: str) -> int:
    short = int(year)
    return short if short > 99 else short + (2000 if short < 70 else 1900)


def _has_rotel(kind: str) -> bool:
    return bool(table("keys")["kinds"][kind].get("rotel"))


@cache
def _words() -> dict[str, re.Pattern[str]]:
    kinds = table("keys")["kinds"]
    return {
        name: re.compile(rf"(?<![\w-])(?:{'|'.join(entry['words'])})(?!\w)", re.IGNORECASE)
        for name, entry in kinds.items()
    }


@cache
def _law_word() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('keys')['laws'])})\b", re.IGNORECASE)


# ---- paragraphs of minutes -------------------------------------------------------------------------------------------


def _paragraphs(text: str, *, heading: bool) -> Iterator[Match]:
    for first in _PARAGRAPH.finditer(text):
        body, start, dated = _body(text, first.start())
        if body is None or (not body and _is_of_law(first, heading=heading)):
            continue
        match: re.Match[str] | None = first
        while match:
            year = match["year"] or _year_of(match["date"]) or dated
            if 0 < int(match["number"]) < 1900:
                yield Match(_paragraph(body, match["number"], year), start, match.end(), not (body or year))
            match = _NEXT.match(text, match.end()) if first["signs"] == "§§" else None
            start = match.start("number") if match else start


def _signless(text: str) -> Iterator[Match]:
    for match in _cited_without_sign().finditer(text):
        yield Match(_paragraph(match["body"].upper(), match["number"], None), match.start(), match.end())


def _paragraph(body: str, number: str, year: str | None) -> Key:
    of_year = f"/{_full(year)}" if year else ""
    return Key(PARAGRAPH, f"{body} § {int(number)}{of_year}".strip())


def _body(text: str, at: int) -> tuple[str | None, int, str | None]:
    """Return the body printed before the § at `at` (empty where none is, None where it is a law), its start, a year."""
    first = max(0, at - REACH)
    before = text[first:at]
    if match := _bodies().search(before):
        if pattern("keys", "law_codes").fullmatch(match["body"]):
            return None, at, None
        if match["body"] not in FALSE_UNITS and match["body"] not in table("keys")["form_words"]:
            return _short(match["body"]), first + match.start("body"), _year_of(match["between"])
    if match := _DATED.search(before):
        return "", at, _year_of(match[0])
    return "", at, None


def _year_of(text: str | None) -> str | None:
    years = re.findall(rf"(?<![0-9]){_YEAR}(?![0-9])", text or "")
    return years[-1] if years else None


def _short(body: str) -> str:
    """Return the short name of a body, or its name as people write it, whatever case and form it is printed in."""
    for code, forms in table("keys")["bodies"].items():
        if re.fullmatch("|".join(forms), body, re.IGNORECASE):
            return str(code)
    if body.isupper() and len(body) <= 6:
        return body
    name = re.sub(r"(?<=[nt])s$", "", " ".join(body.split()))
    return name[0].upper() + (name[1:].lower() if name.isupper() else name[1:])


def _is_of_law(match: re.Match[str], *, heading: bool) -> bool:
    """Tell whether a § with no body before it is one of a law, a regulation or an agreement."""
    before = match.string[max(0, match.start() - REACH) : match.start()]
    after = match.string[match.end() : match.end() + REACH]
    if _LAW_S_OWN.search(before) or _of_law_before().search(before):
        return True
    if _PART_OF_LAW.match(after) or _of_law_after().match(after):
        return True
    opens = heading and not before.strip()  # the heading of a § may begin with a law: `§ 63 LOV i hemtjänsten`
    code = _law_code_after().match(after)
    return code is not None and not (opens and after[code.end() :].strip())


@cache
def _bodies() -> re.Pattern[str]:
    words = table("keys")
    known = "|".join(form for forms in words["bodies"].values() for form in forms)
    endings = "|".join(words["body_endings"])
    links = "|".join(words["body_links"])
    return re.compile(
        rf"(?<![\w-])(?P<body>(?i:{known})|(?:[A-ZÅÄÖ]\w+s\s|\w+styrelsens\s|\w+nämndens\s|\w+-\s?(?:och|,\s\w+-\soch)\s)?"
        rf"(?i:\w*(?:{endings})s?)|[A-ZÅÄÖ]{{2,6}})(?::s)?(?P<between>(?:[\s,/(]{{1,2}}(?:(?i:{links})(?!\w)|{_DATE})){{0,5}})"
        rf"[\s,/(]{{0,3}}$"
    )


@cache
def _cited_without_sign() -> re.Pattern[str]:
    words = table("keys")
    bodies = "|".join(f"{name}|{name.capitalize()}" for name in words["signless"])
    return re.compile(
        rf"(?<![\w/§.-])(?P<body>{bodies})\s(?P<number>[1-9][0-9]{{0,2}})"
        rf"(?!\w|\s?[.,:/–—-]\s?[0-9]|\s[0-9]|\s(?:{'|'.join(MONTHS)})|\s?(?:{'|'.join(words['counted'])})(?!\w))"
    )


@cache
def _of_law_before() -> re.Pattern[str]:
    names = "|".join([*table("keys")["laws"], *table("keys")["rules"], *table("keys")["law_codes"]])
    return re.compile(rf"\b(?:{names})s?[\s,:]{{0,2}}(?:\([0-9]{{4}}:[0-9]+\)\s?)?(?:enligt\s)?$", re.IGNORECASE)


@cache
def _of_law_after() -> re.Pattern[str]:
    """A law in the same breath: named with a preposition (`§ 7 i reglementet`), or directly (`§ 7 kommunallagen`)."""
    words = table("keys")
    laws, codes = "|".join([*words["laws"], *words["rules"]]), "|".join(words["law_codes"])
    more = r"(?:\s(?:och|samt)\s§?\s?[0-9]{1,3})?"
    return re.compile(
        rf"{more}[\s,]{{1,2}}(?:(?:i|av|ur|enligt)\s(?:(?:\w+s|{'|'.join(words['before_laws'])})\s){{0,3}}(?:(?i:{laws})|(?i:{codes}))\b"
        rf"|(?=[a-zåäö])(?:{laws})\b)"
    )


@cache
def _law_code_after() -> re.Pattern[str]:
    return re.compile(rf"[\s,]{{1,2}}(?:{'|'.join(table('keys')['law_codes'])})\b")
