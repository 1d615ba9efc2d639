"""Which reply answers which interpellation, skrivelse or motion: by number, people, direction, topic and order in time.

A reply often shares neither number nor title with what it answers; then who asked whom, and what about, must do. Every
link keeps its reasons, in words a person can check; what speaks against it only makes it less sure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from rapidfuzz import fuzz

from corpus.case_numbers import shown
from corpus.links import Link
from corpus.people import same_person
from corpus.swedish.stems import stems
from corpus.vocabulary import kind_titles, table
from pipeline.connect import telling
from pipeline.connect.keys import YEARS
from pipeline.connect.profiles import Profile, same_question

ENOUGH = 0.5  # what the reasons must add up to
SAME_NUMBER, REFERS_TO_NUMBER, SAME_KEY, SAME_QUESTIONS, TOPIC = 0.6, 0.5, 0.5, 0.5, 0.6
ASKER, MENTIONED, ANSWERER, KIND, PARTY, ALL_PARTIES, SOON, ONLY = 0.25, 0.2, 0.2, 0.1, 0.05, 0.15, 0.1, 0.1
OTHER_NUMBER, OTHER_PEOPLE, OTHER_CITY = 0.2, 0.15, 0.45  # what speaks against
SOON_DAYS = 90
SAME_WORDS = 90  # likeness (0–100) of two readings of one question
DIGITS = 3  # of a confidence


@dataclass(frozen=True, slots=True)
class Case:
    """The case for a reply answering a document: what speaks for it, how strongly, and what speaks against it."""

    reply: Profile
    asked: Profile
    reasons: tuple[tuple[float, str], ...]
    against: float

    @property
    def is_soon(self) -> bool:
        """Whether the reply came soon after."""
        days = _days(self.asked, self.reply)
        return days is not None and 0 <= days <= SOON_DAYS

    @property
    def strength(self) -> float:
        """What the reasons add up to."""
        return round(sum(weight for weight, _ in self.reasons) - self.against, DIGITS)


def best(reply: Profile, asked: Iterable[Profile]) -> list[Link]:
    """Return the link from a reply to the document, of these, with the strongest case, and to every copy of that one.

    None where none is enough.
    """
    cases = _with_only([case(reply, one) for one in asked if can_answer(reply, one)])
    strongest = max(cases, key=lambda one: (one.strength, one.asked.digest), default=None)
    if strongest is None or strongest.strength < ENOUGH:
        return []
    links = [_link(strongest, strongest.strength)]
    for one in cases:
        if one is not strongest and is_copy(one.asked, strongest.asked):
            again = (SAME_QUESTIONS, f"samma frågor som i {strongest.asked.file}")
            links.append(_link(replace(one, reasons=(again, *one.reasons)), strongest.strength))
    return sorted(links, key=lambda link: link.target)


def _link(made: Case, strength: float) -> Link:
    reasons = tuple(reason for _, reason in sorted(made.reasons, reverse=True))
    return Link("answers", made.reply.id, made.asked.id, reasons, min(0.99, strength))


def is_copy(one: Profile, other: Profile) -> bool:
    """Tell whether two documents hold the same questions of the same asker: two scans, or alone and among others.

    Asked again much later, under another number, they are other questions.
    """
    short, long = sorted((one, other), key=lambda profile: len(profile.questions))
    if not short.questions or not same_city(one, other) or not _share_asker(one, other):
        return False
    if not all(any(_is_one(q.text, o.text) for _, o in long.questions) for _, q in short.questions):
        return False
    days = _days(one, other)
    return bool(one.numbers & other.numbers or one.keys & other.keys) or days is None or abs(days) <= SOON_DAYS


def _share_asker(one: Profile, other: Profile) -> bool:
    askers, others = one.persons("author"), other.persons("author")
    return not (askers and others) or first_same(askers, others) is not None


def _is_one(question: str, other: str) -> bool:
    return fuzz.ratio(question.lower(), other.lower(), score_cutoff=SAME_WORDS) >= SAME_WORDS


def _with_only(cases: list[Case]) -> list[Case]:
    """Add a reason to the only case in which the answerer was asked shortly before, if nothing speaks against it."""
    soon = [
        one for one in cases if one.is_soon and first_same(one.asked.persons("addressee"), one.reply.persons("author"))
    ]
    if not soon or any(one.against for one in soon) or not all(is_copy(one.asked, soon[0].asked) for one in soon[1:]):
        return cases
    only = (ONLY, f"ingen annan fråga till den som svarar de senaste {SOON_DAYS} dagarna")
    return [replace(one, reasons=(*one.reasons, only)) if one in soon else one for one in cases]


def can_answer(reply: Profile, asked: Profile) -> bool:
    """Tell whether a document of the one kind can answer one of the other, put before it.

    What is not by its kind an answer to that says it is one in its beginning, or carries the same number.
    """
    if asked.asks not in reply.answers or asked.id == reply.id or not in_order(asked, reply, YEARS):
        return False
    return is_reply_to(reply, asked) or bool(reply.numbers & asked.numbers)


def is_reply_to(reply: Profile, asked: Profile) -> bool:
    """Tell whether a document is by its kind, or says it is, the answer to one of such a kind as the other."""
    return reply.kind in {f"{asked.kind}ssvar", f"{asked.kind}svar"} or asked.asks in reply.treats


def same_city(one: Profile, other: Profile) -> bool:
    """Tell whether two documents can be of one municipality or region: the same, or unknown."""
    a, b = (frozenset(profile.municipality.lower().split()) for profile in (one, other))
    return not (a and b) or bool(a & b - _areas())


@cache
def _areas() -> frozenset[str]:
    return frozenset(table("links")["areas"])


def in_order(asked: Profile, later: Profile, years: int) -> bool:
    """Tell whether the one comes before the other and no more than so many years, as far as they are dated."""
    if not (asked.date and later.date and asked.year and later.year):
        return True
    return asked.date.order <= later.date.order and later.year - asked.year <= years


def case(reply: Profile, asked: Profile) -> Case:
    """Weigh what speaks for a reply answering a document."""
    reasons = [*_numbers(reply, asked), *_people(reply, asked), *_questions(reply, asked), *_soon(reply, asked)]
    if is_reply_to(reply, asked):
        reasons.append((KIND, f"{title(reply.kind)} mot {title(asked.asks)}"))
    if common := _common_topic(reply, asked):
        likeness = telling.likeness(reply.words, asked.words)
        reasons.append((TOPIC * likeness, f"samma ämne: {', '.join(common)}"))
    return Case(reply, asked, tuple(reasons), _against(reply, asked))


def title(kind: str) -> str:
    """Return what a kind of document, or of something asked, is called in running text."""
    own = table("links")["asking"]
    return str(own[kind]["title"] if kind in own else kind_titles()[kind]).lower()


def _numbers(reply: Profile, asked: Profile) -> Iterator[tuple[float, str]]:
    if shared := reply.numbers & asked.numbers:
        yield SAME_NUMBER, f"samma ärendenummer ({', '.join(map(shown, sorted(shared)))})"
    elif reply.referred & asked.numbers or asked.referred & reply.numbers:
        yield REFERS_TO_NUMBER, "den ena nämner den andras ärendenummer"
    if shared := reply.keys & asked.keys:
        yield SAME_KEY, f"samma nummer ({key_in_words(min(shared))})"


def key_in_words(key: str) -> str:
    """Return a key as a person reads it: `motion 2016:5`."""
    kind, _, number = key.partition(" ")
    return f"{table('links')['keys']['titles'].get(kind, kind)} {number}"


def _people(reply: Profile, asked: Profile) -> Iterator[tuple[float, str]]:
    askers = asked.persons("author")
    if who := first_same(askers, reply.persons("addressee")):
        yield ASKER, f"{who} frågar och får svar"
    elif who := first_same(askers, reply.persons("mentioned")):
        yield MENTIONED, f"{who} frågar och nämns i svaret"
    else:
        parties = {mention.party for mention in asked.people if mention.part == "author" and mention.party}
        if shared := parties & reply.parties:
            together = ALL_PARTIES if len(parties) > 1 and shared == parties else PARTY
            yield together, f"{', '.join(sorted(shared))} frågar och nämns i svaret"
    if who := first_same(asked.persons("addressee"), reply.persons("author")):
        yield ANSWERER, f"{who} får frågan och svarar"


def _questions(reply: Profile, asked: Profile) -> Iterator[tuple[float, str]]:
    """A reply may use the questions as headings over its answers."""
    headings = [question.text for _, question in reply.questions if question.answered_below]
    again = sum(any(same_question(q.text, heading) for heading in headings) for _, q in asked.questions)
    if again:
        yield SAME_QUESTIONS * again / len(asked.questions), f"{again} av frågorna står som rubriker i svaret"


def _soon(reply: Profile, asked: Profile) -> Iterator[tuple[float, str]]:
    """Most replies come at the next meeting or the one after it."""
    days = _days(asked, reply)
    if days is not None and 0 <= days <= SOON_DAYS:
        yield SOON * (1 - days / (2 * SOON_DAYS)), f"svaret kom {days} dagar efter frågan"


def _days(asked: Profile, reply: Profile) -> int | None:
    first, second = _day(asked), _day(reply)
    return (second - first).days if first and second else None


def _day(profile: Profile) -> date | None:
    when = profile.date
    return date(when.year, when.month, when.day) if when and when.year and when.month and when.day else None


def _against(reply: Profile, asked: Profile) -> float:
    """Another city, other numbers of the same authority, another asker, another answerer."""
    against = 0.0 if same_city(asked, reply) else OTHER_CITY
    if not reply.numbers & asked.numbers and {*map(_unit, reply.numbers)} & {*map(_unit, asked.numbers)}:
        against += OTHER_NUMBER
    if not reply.keys & asked.keys and {*map(_kind, reply.keys)} & {*map(_kind, asked.keys)}:
        against += OTHER_NUMBER
    for one, others in (
        (asked.persons("author"), reply.persons("addressee")),
        (asked.persons("addressee"), reply.persons("author")),
    ):
        if one and others and not first_same(one, others):
            against += OTHER_PEOPLE
    return against


def _unit(number: str) -> str:
    return number.rstrip("0123456789-")


def _kind(key: str) -> str:
    return key.partition(" ")[0]


def first_same(names: Iterable[str], others: list[str]) -> str | None:
    """Return the first of some people who is among others."""
    return next((name for name in names if any(same_person(name, other) for other in others)), None)


def _common_topic(reply: Profile, asked: Profile) -> list[str]:
    """The most telling words the two share, as the reply writes them; names are reasons of their own."""
    names = {stem for profile in (reply, asked) for mention in profile.people for stem in stems(mention.name)}
    shared = [s for s in (reply.words.keys() & asked.words.keys()) - names if len(s) > 4]
    shared.sort(key=lambda s: (-reply.words[s] * asked.words[s], s))
    return [reply.forms.get(s, s) for s in shared[:4]]
