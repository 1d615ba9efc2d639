"""Documents of one matter, and what refers to something asked without answering it: two documents decide such a link.

Two documents of one matter share a case number or one names the other's. Minutes treat a motion or an interpellation
where they carry its number, or where the heading of a § says what it is and about what, and the asker is named there.
Any other document refers to it by its number alone, as a list of motions not yet answered does.
"""

from collections.abc import Iterator

from corpus.case_numbers import shown
from corpus.links import Link
from corpus.swedish.likeness import kinship
from pipeline.connect import telling
from pipeline.connect.profiles import MINUTES, Paragraph, Profile
from pipeline.connect.replies import DIGITS, OTHER_CITY, can_answer, first_same, in_order, key_in_words, same_city

TREATED = 0.6  # what the reasons must add up to
NUMBER, KEY, KIND, ASKER, TOPIC = 0.6, 0.6, 0.15, 0.25, 0.4
YEARS = 4  # a motion without a number may wait so long to be treated
ALIKE = 0.05  # what two documents on the same share, at least
SAME_MATTER, NAMED_MATTER, NAMED = 0.9, 0.7, 0.8


def same_matter(one: Profile, other: Profile) -> Link | None:
    """Return the link between two documents that share a case number, from the later to the earlier.

    None where another kind of link says it better: a reply is linked to what it answers, minutes to what they treat.
    """
    shared = one.numbers & other.numbers
    named = (one.numbers & other.referred) | (one.referred & other.numbers)
    if not (shared or named) or one.id == other.id or not same_city(one, other):
        return None
    later, earlier = sorted((one, other), key=_order, reverse=True)
    if can_answer(later, earlier) or can_answer(earlier, later) or refers(one, other) or refers(other, one):
        return None
    numbers = ", ".join(map(shown, sorted(shared or named)))
    said, sure = (
        ("samma ärendenummer", SAME_MATTER) if shared else ("den ena nämner den andras ärendenummer", NAMED_MATTER)
    )
    return Link("same matter", later.id, earlier.id, (f"{said} ({numbers})",), sure)


def refers(later: Profile, asked: Profile) -> Link | None:
    """Return the link from a document to something asked that it treats or names, if it does not answer it."""
    if not asked.asks or later.asks or later.id == asked.id or not in_order(asked, later, YEARS):
        return None
    if later.kind == MINUTES:
        return _treats(later, asked)
    shared = _shared_keys(later, asked)
    if not shared or can_answer(later, asked):
        return None
    return Link("refers to", later.id, asked.id, (f"numret står i handlingen ({key_in_words(min(shared))})",), NAMED)


def _shared_keys(later: Profile, asked: Profile) -> set[str]:
    """The keys of a motion that another document has; every city has a motion 2016:5, so it must be of this city."""
    named = first_same(asked.persons("author"), [mention.name for mention in later.people])
    known = later.municipality and asked.municipality and same_city(later, asked)
    alike = same_city(later, asked) and telling.likeness(later.words, asked.words) >= ALIKE
    return later.keys & asked.keys if named or known or alike else set()


def _treats(minutes: Profile, asked: Profile) -> Link | None:
    carried = [*_numbers(minutes, asked)]
    askers = asked.persons("author")
    headings = [
        [*_paragraph(paragraph, asked, who)]
        for paragraph in minutes.paragraphs
        if asked.asks in paragraph.kinds and ((who := first_same(askers, list(paragraph.people))) or carried)
    ]
    heading = max(headings, key=lambda reasons: (sum(weight for weight, _ in reasons), reasons), default=[])
    reasons = carried + heading
    against = 0.0 if same_city(minutes, asked) else OTHER_CITY
    strength = round(sum(weight for weight, _ in reasons) - against, DIGITS)
    if strength < TREATED:
        return None
    told = tuple(reason for _, reason in sorted(reasons, reverse=True))
    return Link("refers to", minutes.id, asked.id, told, min(0.99, strength))


def _order(profile: Profile) -> tuple[tuple[int, int, int], str]:
    return (profile.date.order if profile.date else (0, 0, 0), profile.digest)


def _numbers(minutes: Profile, asked: Profile) -> Iterator[tuple[float, str]]:
    if shared := (minutes.numbers | minutes.referred) & asked.numbers:
        yield NUMBER, f"ärendenumret står i protokollet ({', '.join(map(shown, sorted(shared)))})"
    if keys := _shared_keys(minutes, asked):
        yield KEY, f"numret står i protokollet ({key_in_words(min(keys))})"


def _paragraph(paragraph: Paragraph, asked: Profile, asker: str | None) -> Iterator[tuple[float, str]]:
    """What a § has in common with something asked of the kind it names: nothing unless it is on the same topic."""
    met = {s: share * kinship(s, asked.words) for s, share in paragraph.words.items()}
    if not (common := [s for s, share in met.items() if share]):
        return
    yield KIND, f"behandlas i protokollet: {paragraph.heading}"
    if asker:
        yield ASKER, f"{asker} frågar och nämns i paragrafen"
    told = ", ".join(asked.forms.get(s, s) for s in common[:4])
    yield TOPIC * sum(met.values()) / sum(paragraph.words.values()), f"samma ämne: {told}"
