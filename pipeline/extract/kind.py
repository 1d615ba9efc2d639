"""What kind of document this is, and the body and municipality it belongs to."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from corpus import case_numbers
from corpus.swedish.lexicon import lexicon
from corpus.values import Body, Kind
from corpus.vocabulary import kind_signs, table
from pipeline.extract.document import blocks, kind_of, note, reading, text_of
from pipeline.layout import Block

METHOD = "kind@2"
HEAD_BLOCKS = 14
TITLE_LETTERS = 300
BEGINNING = 1500  # letters in which a document without a label may tell what it is
END = 600  # letters in which it is closed
COMMON = -11.0  # how probable (ln p) a common word is
HEAD_LETTERS = 600
OFTEN = 2  # how often "i Almvik" must stand where no municipality is named
_CITY = re.compile(
    r"\bR(?:egion|EGION) ([A-ZÅÄÖ][\wåäö]{3,})\b"
    r"|\b([A-ZÅÄÖ][\wåäö]+)[ ](?:stad|kommun|stads|kommuns|STAD|KOMMUN|kommunfullmäktige)\b"
    r"|\b([A-ZÅÄÖ][\wåäö]+ (?:läns landsting|LÄNS LANDSTING))\b"
    r"|\b(?:Landstinget|LANDSTINGET) ([A-ZÅÄÖ][\wåäö]{3,})\b"
)
_SIGNED_IN = re.compile(
    r"^([A-ZÅÄÖ][a-zåäö]{2,}),? (?:den \d|(?:19|20)\d\d[- ]\d\d[- ]\d\d$|\d{1,2} [a-z]+ (?:19|20)\d\d$)", re.MULTILINE
)
_IN_PLACE = re.compile(r"\bi ([A-ZÅÄÖ][a-zåäö]{3,})\b")


@Language.component("aktspar_kind", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
def note_kind(doc: Doc) -> Doc:
    """Note the kind by the first line of the head that carries a sign of one."""
    others = _reported_on(doc)
    for block in head(doc):
        text = text_of(doc, block)
        for name in table("kinds"):
            signs = kind_signs(name)
            if len(text) < TITLE_LETTERS and name not in others and signs and signs.search(text):
                note(doc, Kind(name), block.start, block.end, METHOD, 0.95)
                return doc
    text = reading(doc).text
    for where, start, end in (("told", 0, min(BEGINNING, len(text))), ("closes", max(0, len(text) - END), len(text))):
        if told := _told(text[start:end], where):
            note(doc, Kind(told), start, end, METHOD, 0.7)
            return doc
    first = blocks(doc)[0] if blocks(doc) else Block("paragraph", 0, 0)
    note(doc, Kind("ovrigt"), first.start, first.end, METHOD, 0.5)
    return doc


def _reported_on(doc: Doc) -> set[str]:
    """The kinds that a line of the head says are another document's: `Uppföljning` under the name of a plan."""
    lines = [text_of(doc, block) for block in head(doc)]
    unless = {name: entry.get("unless", ()) for name, entry in table("kinds").items()}
    return {n for n, signs in unless.items() for sign in signs if any(re.match(sign, t, re.IGNORECASE) for t in lines)}


def _told(text: str, where: str) -> str | None:
    """The kind that a document without a label tells of itself in its first sentences or its last."""
    for name, entry in table("kinds").items():
        if any(re.search(sign, text, re.IGNORECASE) for sign in entry.get(where, ())):
            return name
    return None


@Language.component("aktspar_body", requires=["doc._.reading"], assigns=["doc._.findings", "doc.spans"])
def note_body(doc: Doc) -> Doc:
    """Note the body by its name in the head, by what its kind of document belongs to, or by its case number's unit."""
    named = next(_named_bodies(doc), None)
    municipality = _municipality(reading(doc).text)
    if named:
        name, start, end = named
        note(doc, Body(name, municipality), start, end, METHOD, 0.9)
        return doc
    vocabulary = table("bodies")
    units = [number.unit for number in (m.number for m in case_numbers.find(reading(doc).text[:2000]))]
    name = vocabulary["default_for"].get(kind_of(doc)) or next(
        (vocabulary["units"][unit] for unit in units if unit in vocabulary["units"]), ""
    )
    if name or municipality:
        note(doc, Body(name, municipality), 0, 0, METHOD, 0.6)
    return doc


def head(doc: Doc) -> Iterator[Block]:
    """Yield the first lines of a document, without tables."""
    return islice((block for block in blocks(doc) if block.kind != "row"), HEAD_BLOCKS)


@cache
def body_line() -> re.Pattern[str]:
    """A body's name as a line, with what may stand before it: `Till socialnämnden`, `Beslutad av: Socialnämnden`."""
    vocabulary = table("bodies")
    names = "|".join([*vocabulary["council"], *vocabulary["board"]])
    endings = "|".join(vocabulary["endings"])
    before = r"(?:till\s+|[^\s:]+(?:\s[^\s:]+)?:\s*)?"
    return re.compile(rf"{before}((?:{names})|(?:[^\s:]+\s(?:och\s)?){{0,3}}[^\s:]*(?:{endings}))", re.IGNORECASE)


def _named_bodies(doc: Doc) -> Iterator[tuple[str, int, int]]:
    """Bodies that stand as a line of their own in the head, or as its addressee."""
    for block in head(doc):
        text = text_of(doc, block)
        if match := body_line().fullmatch(text):
            name = match[1][0].upper() + match[1][1:]
            yield name, block.start + match.start(1), block.start + match.end(1)


def _municipality(text: str) -> str | None:
    """The municipality or region its head names; else the one named most often, signed in, or known by its places."""
    named = _cities(text[:HEAD_LETTERS]) or _cities(text)
    if not named:
        named.update(match[1] for match in _SIGNED_IN.finditer(text) if _may_be_place(match[1]))
    if not named:
        low = text.lower()
        for name, hints in table("bodies")["municipalities"].items():
            named[name] += sum(len(re.findall(rf"\b{re.escape(hint)}", low)) for hint in hints)
    if not any(named.values()):
        named.update(match[1] for match in _IN_PLACE.finditer(text))
        named = Counter({name: count for name, count in named.items() if count >= OFTEN})
    best = named.most_common(1)
    return best[0][0] if best and best[0][1] else None


def _cities(text: str) -> Counter[str]:
    """Count what a text names by its own name: cities, regions and the landsting of earlier days."""
    named = Counter[str]()
    for region, city, landsting, after in (match.groups(default="") for match in _CITY.finditer(text)):
        whole = landsting.split(" ", 1)[0].title() + " läns landsting" if landsting else ""
        earlier = after and f"Landstinget {after.title()}"
        named[(region and f"Region {region.title()}") or whole or earlier or _nominative(city)] += 1
    named.pop("", None)
    return named


def _may_be_place(name: str) -> bool:
    """Tell a place that something was signed in from a word that begins a sentence, and from a house."""
    unlikely = tuple(table("bodies")["houses"])
    return not name.lower().endswith(unlikely) and lexicon().log_probability(name.lower()) <= COMMON


def _nominative(name: str) -> str:
    """`Storhamns` → `Storhamn`, but `Borås`; empty where the word only looks like a name."""
    name = name.title() if name.isupper() else name
    vocabulary = table("bodies")
    if name in vocabulary["not_places"]:
        return ""
    return name if name.endswith(tuple(vocabulary["ends_in_s"])) else name.removesuffix("s")
