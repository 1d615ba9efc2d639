"""Which reply answers which interpellation, skrivelse or motion: by number, people, direction, topic and order in time.

A reply often shares neither number nor title with what it answers; then who asked whom, and what about, must do. Every
link keeps its reasons, in words a person can check.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.links import Link
from corpus.people import same_person
from corpus.swedish.stems import stems
from corpus.vocabulary import kind_titles, table
from pipeline.connect.profiles import Profile, cosine, same_question, weights

ENOUGH = 0.5  # what the reasons must add up to
SAME_NUMBER, REFERS_TO_NUMBER, SAME_QUESTIONS, TOPIC = 0.6, 0.5, 0.5, 0.6
ASKER, MENTIONED, ANSWERER, KIND = 0.25, 0.2, 0.2, 0.1


@dataclass(frozen=True, slots=True)
class _Case:
    """The case for a reply answering a document: what speaks for it, and how strongly."""

    reply: Profile
    asked: Profile
    reasons: tuple[tuple[float, str], ...]

    @property
    def strength(self) -> float:
        return sum(weight for weight, _ in self.reasons)


def find_replies(held: Mapping[int, Profile]) -> list[Link]:
    """Return the links from replies to what they answer: to each reply the document with the strongest case."""
    weight = weights([profile.words for profile in held.values()])
    links = []
    for reply in held.values():
        cases = [_case(reply, asked, weight) for asked in _candidates(reply, held.values())]
        best = max(cases, key=lambda case: case.strength, default=None)
        if best and best.strength >= ENOUGH:
            reasons = tuple(reason for _, reason in sorted(best.reasons, reverse=True))
            links.append(Link("answers", reply.id, best.asked.id, reasons, min(0.99, best.strength)))
    return links


def _candidates(reply: Profile, held: Iterable[Profile]) -> Iterator[Profile]:
    """What a document of this kind can answer, put before it."""
    answered_kinds = table("kinds").get(reply.kind, {}).get("answers", ())
    for asked in held:
        if asked.kind in answered_kinds and asked.id != reply.id and _in_order(asked, reply):
            yield asked


def _in_order(asked: Profile, reply: Profile) -> bool:
    if asked.date is None or reply.date is None or asked.date.year is None or reply.date.year is None:
        return True
    return asked.date.order <= reply.date.order and reply.date.year - asked.date.year <= 2


def _case(reply: Profile, asked: Profile, weight: Mapping[str, float]) -> _Case:
    reasons = [*_numbers(reply, asked), *_people(reply, asked), *_questions(reply, asked)]
    if reply.kind in {f"{asked.kind}ssvar", f"{asked.kind}svar"}:
        reasons.append((KIND, f"{kind_titles()[reply.kind].lower()} mot {kind_titles()[asked.kind].lower()}"))
    likeness = cosine(reply.words, asked.words, weight)
    common = _common_topic(reply, asked, weight)
    if common:
        reasons.append((TOPIC * likeness, f"samma ämne: {', '.join(common)}"))
    return _Case(reply, asked, tuple(reasons))


def _numbers(reply: Profile, asked: Profile) -> Iterator[tuple[float, str]]:
    if shared := reply.numbers & asked.numbers:
        yield SAME_NUMBER, f"samma ärendenummer ({', '.join(sorted(shared))})"
    elif reply.referred & asked.numbers or asked.referred & reply.numbers:
        yield REFERS_TO_NUMBER, "den ena nämner den andras ärendenummer"


def _people(reply: Profile, asked: Profile) -> Iterator[tuple[float, str]]:
    askers = asked.persons("author")
    if who := _first_same(askers, reply.persons("addressee")):
        yield ASKER, f"{who} frågar och får svar"
    elif who := _first_same(askers, reply.persons("mentioned")):
        yield MENTIONED, f"{who} frågar och nämns i svaret"
    if who := _first_same(asked.persons("addressee"), reply.persons("author")):
        yield ANSWERER, f"{who} får frågan och svarar"


def _questions(reply: Profile, asked: Profile) -> Iterator[tuple[float, str]]:
    """A reply may use the questions as headings over its answers."""
    headings = [question.text for _, question in reply.questions if question.answered_below]
    again = sum(any(same_question(q.text, heading) for heading in headings) for _, q in asked.questions)
    if again:
        yield SAME_QUESTIONS * again / len(asked.questions), f"{again} av frågorna står som rubriker i svaret"


def _first_same(names: Iterable[str], others: list[str]) -> str | None:
    return next((name for name in names if any(same_person(name, other) for other in others)), None)


def _common_topic(reply: Profile, asked: Profile, weight: Mapping[str, float]) -> list[str]:
    """The most telling words the two share, as the reply writes them; names are reasons of their own."""
    names = {stem for profile in (reply, asked) for mention in profile.people for stem in stems(mention.name)}
    shared = [s for s in (reply.words.keys() & asked.words.keys()) - names if len(s) > 4]
    shared.sort(key=lambda s: (-weight.get(s, 0) * min(reply.words[s], asked.words[s]), s))
    return [reply.forms.get(s, s) for s in shared[:4]]
