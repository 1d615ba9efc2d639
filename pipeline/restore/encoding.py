"""Text decoded with the wrong table, and Unicode that only looks like text: made whole before anything else is asked.

ftfy mends UTF-8 read as a Western table, also twice (its changes of typography stay off). What it leaves – cp850,
MacRoman and the like read as one another, the old Swedish ISO 646 (`f|rb{ttra`), quoted-printable, per cent escapes –
is found by search: for each pair of tables we know what å, ä and ö turn into, and the pair wins that makes most
known words.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product

from corpus.records import Correction
from corpus.swedish.lexicon import lexicon
from pipeline.restore.candidates import is_word

CONFIDENCE = 0.99
ENOUGH_WORDS = 3  # known words a pair of tables must make before it is applied to names and unknown words too
LEAST_SHARE = 0.5  # of the words with a trace of the pair, how many it must make known
MOST_TOKENS = 3000
LIKELIER = 3.0  # nats

_LETTERS = "åäöÅÄÖéÉüÜ"
_SIGNS = "–—’‘”“•…§´½°à"
_TABLES = ("cp1252", "latin-1", "cp850", "cp437", "mac_roman")
_ISO_646_SE = dict(zip("}{|][\\`", "åäöÅÄÖé", strict=True))
_LIGATURES = dict(zip("ﬁﬂﬀﬃﬄ", ("fi", "fl", "ff", "ffi", "ffl"), strict=True))
_TIDY = re.compile("[\u00ad\u200b\ufeffﬀ-ﬄ]|[a-zA-Z][\u0300-\u036f]")
_SOFT_HYPHEN_AT_END = re.compile("\u00ad(?=[ \t]*(?:\n|$))")
_MOJIBAKE = re.compile("[ÃÂâ├┬√¬Γ][\u0080-\uffff]")
_DOS = re.compile("[├┬]")  # of cp437 and cp850; there ftfy takes `Â` before a space for nothing
_TOKEN = re.compile(
    r"[^ \t\n\r\f\v\u00a0]+"
)  # not \S: what a wrong table makes of Ö can be a control that counts as space
_LETTER_RUN = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Kind:
    """One way to garble: what each letter turns into."""

    true: dict[str, str]
    pattern: re.Pattern[str]

    def mended(self, text: str) -> str:
        """Return the text with this garbling undone."""
        return self.pattern.sub(lambda match: self.true[match.group()], text)


def encoding_corrections(text: str) -> Iterator[Correction]:
    """Yield what to change so that the characters are those that were written."""
    if text.isascii() and not _kinds_in(text):
        return
    lines = text.split("\n")
    mended = [_by_ftfy(_tidied(line)) for line in lines]
    kind = _best_kind("\n".join(mended))
    if kind:
        mended = [_by_kind(line, kind[0], sure=kind[1]) for line in mended]
    at = 0
    mended = [line.translate(_controls()) for line in mended]
    for line, new in zip(lines, mended, strict=True):
        if new != line:
            yield from _differences(line, new, at)
        at += len(line) + 1


@cache
def _controls() -> dict[int, str]:
    """Return what the control characters of latin-1 were meant as: no text has them, cp1252 has signs there."""
    return {code: shown for code in range(0x80, 0xA0) if (shown := bytes([code]).decode("cp1252", "ignore"))}


def _tidied(line: str) -> str:
    """Compose letters and their marks (NFC), resolve ligatures, take out soft hyphens inside words."""
    if line.isascii() or not _TIDY.search(line):
        return line
    line = _SOFT_HYPHEN_AT_END.sub("-", line)
    line = "".join(_LIGATURES.get(ch, ch) for ch in line if ch not in "\u00ad\u200b\ufeff")
    return unicodedata.normalize("NFC", line)


def _by_ftfy(line: str) -> str:
    if not _MOJIBAKE.search(line) or _DOS.search(line):
        return line
    import ftfy

    mended = ftfy.fix_encoding(line)
    return mended if "\n" not in mended and "\r" not in mended else line


@cache
def _kinds() -> tuple[Kind, ...]:
    """Return the ways to garble, each once."""
    maps = [_map(right, wrong) for right, wrong in product(("utf-8", *_TABLES), _TABLES) if right != wrong]
    maps += [_ISO_646_SE]
    maps += [
        {_escaped(letter, table, sign): letter for letter in _LETTERS} for table in ("utf-8", "cp1252") for sign in "=%"
    ]
    unique = {tuple(sorted(true.items())): true for true in maps if true}
    return tuple(Kind(true, _any_of(list(true))) for true in unique.values())


def _map(right: str, wrong: str) -> dict[str, str]:
    """Return what the letters written in one table show as in another."""
    found: dict[str, str] = {}
    for letter in _LETTERS + _SIGNS:
        try:
            shown = letter.encode(right).decode(wrong)
        except UnicodeError:
            continue
        if (shown != letter and not shown.isascii() and not shown.isspace()) or shown == "\x85":
            found[shown] = letter
    return found if set("åäö") <= set(found.values()) else {}


def _escaped(letter: str, table: str, sign: str) -> str:
    return "".join(f"{sign}{byte:02X}" for byte in letter.encode(table))


def _any_of(strings: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(strings, key=len, reverse=True))))


def _kinds_in(text: str) -> list[Kind]:
    """Return the kinds whose traces stand in the text."""
    return [kind for kind in _kinds() if kind.pattern.search(text)]


def _best_kind(text: str) -> tuple[Kind, bool] | None:
    """Return the kind that makes most known words, and whether it is sure; None where none makes any."""
    best: tuple[tuple[int, int], Kind] | None = None
    kinds = _kinds_in(text)
    words = sorted(set(_TOKEN.findall(text))) if kinds else []
    for kind in kinds:
        tokens = [token for token in words if kind.pattern.search(token)][:MOST_TOKENS]
        gain = sum(_gain(token, kind) for token in tokens)
        rank = gain, len(kind.pattern.findall(text))
        if gain >= max(1, len(tokens) * LEAST_SHARE) and (best is None or rank > best[0]):
            best = rank, kind
    return (best[1], best[0][0] >= ENOUGH_WORDS) if best else None


def _gain(token: str, kind: Kind) -> int:
    """Return 1 where undoing it gives back letters and makes known words of none, -1 where it unmakes them."""
    gives_letters = any(kind.true[sign] in _LETTERS for sign in kind.pattern.findall(token))
    return (gives_letters and _known(kind.mended(token))) - (_known(token) and not _garbled(token, kind))


def _known(token: str) -> bool:
    """Tell whether a token is known words, written as words are."""
    runs = _LETTER_RUN.findall(token)
    if not runs or max(map(len, runs)) < 2 or _capital_inside(token):
        return False
    return all(is_word(run.lower()) for run in runs)


def _capital_inside(token: str) -> bool:
    return any(a.islower() and b.isupper() for a, b in pairwise(token))


def _garbled(token: str, kind: Kind, *, sure: bool = False) -> bool:
    """Tell whether a sign that is no letter parts letters, as none should; in a sure case, whether it touches one."""
    for match in kind.pattern.finditer(token):
        around = token[: match.start()][-1:].isalpha(), token[match.end() :][:1].isalpha()
        if not match.group().isalpha() and (all(around) or (any(around) and (sure or len(match.group()) > 1))):
            return True
    return False


def _by_kind(line: str, kind: Kind, *, sure: bool) -> str:
    def mended(match: re.Match[str]) -> str:
        token = match.group()
        new = kind.mended(token)
        fine = _known(token) and not _garbled(token, kind, sure=sure) and not (sure and _likelier(new, token))
        if new == token or fine or _capital_inside(new):
            return token
        return new if sure or _known(new) else token

    return _TOKEN.sub(mended, line) if kind.pattern.search(line) else line


def _likelier(new: str, token: str) -> bool:
    """Tell whether what it would be mended to is a far more frequent word: `För`, not `FÜr`."""
    return _known(new) and lexicon().log_probability(new.lower()) > lexicon().log_probability(token.lower()) + LIKELIER


def _differences(old: str, new: str, at: int) -> Iterator[Correction]:
    """Yield the words that differ; the whole line where its words do not match one to one."""
    olds, news = list(_TOKEN.finditer(old)), _TOKEN.findall(new)
    spaces_kept = _TOKEN.sub("", old) == _TOKEN.sub("", new)
    if len(olds) != len(news) or not spaces_kept:
        yield Correction(at, at + len(old), old, new, "encoding", CONFIDENCE)
        return
    for match, word in zip(olds, news, strict=True):
        if match.group() != word:
            yield Correction(at + match.start(), at + match.end(), match.group(), word, "encoding", CONFIDENCE)
