"""What a version of a plan itself says is new: what stands under `Ändringar jämfört med …` in its own document.

Each item of a list, or sentence, is quoted by itself. What differs is never worked out by comparing two versions.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from corpus.dates import When
from corpus.store import Store
from corpus.values import Reference
from corpus.vocabulary import pattern
from index.holdings import Holding, Source
from index.minutes import MINUTES
from index.sentences import Sentence, sentences

PLAN = "handlingsplan"
MOST = 12  # of one document: more is the plan itself
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+(?=[A-ZÅÄÖ])")
_MARK = re.compile(r"(?:[•●▪◦*»–—-]|\d{1,2}[.)]|[a-zå-ö][.)])\s+")


def changes_of(
    store: Store, held: Mapping[int, Holding], documents: Collection[int],
    named: Mapping[str, Sequence[tuple[Reference, Source]]],
) -> dict[str, list[Source]]:  # fmt: skip
    """Return what the versions of a plan say they change, by their periods (`named` are those that documents name)."""
    periods = {iso: plan.when for iso, ((plan, _), *_) in named.items() if plan.when}
    found: dict[str, list[Source]] = {}
    for document in documents:
        if iso := _version_in(held[document], periods, named):
            told = found.setdefault(iso, [])
            known = {source.quote for source in told}  # a copy of the document says nothing more
            said = _changes(sentences(store, document))
            told += [Source(document, held[document].file, one.page, one.text) for one in said if one.text not in known]
    return found


def _version_in(
    holding: Holding, periods: Mapping[str, When], named: Mapping[str, Sequence[tuple[Reference, Source]]]
) -> str | None:
    """Return the period of the version that a document holds, or is about: in its title, or the last a plan names."""
    titled = [iso for iso, when in periods.items() if names_period(when, holding.title)]
    if holding.kind == MINUTES or titled:
        return titled[0] if titled and holding.kind != MINUTES else None
    within = [iso for iso, told in named.items() if any(source.document == holding.id for _, source in told)]
    return max(within, key=lambda iso: periods[iso].order, default=None) if holding.kind == PLAN else None


def names_period(period: When, words: str) -> bool:
    """Tell whether a text names both years of a period."""
    return str(period.year) in words and str(period.until) in words


def _changes(said: Sequence[Sentence]) -> list[Sentence]:
    """Return the sentences under headings that promise changes, without the marks of a list."""
    found: list[Sentence] = []
    numbered: re.Match[str] | None = None
    under = False
    for one in said:
        number = _NUMBER.match(one.text)
        bare = one.text[number.end() :] if number else one.text
        if pattern("sections", "changes").fullmatch(bare.rstrip("?: ")) and not bare.endswith("."):
            under, numbered = True, number
        elif one.is_heading or _is_next(numbered, number, one.text):
            under = False
        elif under and not one.text.endswith(":"):
            found.append(_unmarked(one))
    return found[:MOST]


def _is_next(heading: re.Match[str] | None, number: re.Match[str] | None, text: str) -> bool:
    """Tell whether a numbered line is a heading that follows a numbered one, and no item of a list."""
    if not (heading and number) or text.endswith((".", ";", ",")):
        return False
    above, here = ([int(part) for part in one[1].split(".")] for one in (heading, number))
    return here > above


def _unmarked(one: Sentence) -> Sentence:
    return Sentence(_MARK.sub("", one.text, count=1), one.page, one.heading)
