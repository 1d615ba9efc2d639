"""What a report of a matter says, in the words and order it is read: the web page, the PDF and the Word file show it.

The names are Swedish, as an office that edits the Word template writes them; docs/export.md lists them. What is said in
the text is a quote; a note tells where it stands, and repeats it only where the text says it in other words.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from corpus.dates import MONTHS, When
from index.export.chart import in_words
from index.happenings import Difference, Entry
from index.holdings import Holding, Source
from index.ledger import AskedQuestion, GivenPromise, PutDemand
from index.outcomes import DecidedOn
from index.trace import Trace, Version
from index.words import ACTION_TITLES, GRADE_TITLES, LINK_TITLES

Words = dict[str, Any]
UNTOLD = "framgår inte"
MOST_LATER = 3  # passages shown below a promise; the tables and the data hold all of them


def contents(found: Trace, today: date | None = None) -> Words:
    """Return everything a template may show: plain text and numbers, in lists of plain dictionaries."""
    day = today or date.today()  # noqa: DTZ011  the day where the report is made
    cite = _Citing(found.documents)
    return {
        "titel": found.query[:1].upper() + found.query[1:],
        "amne": found.topic if found.topic != found.query else "",
        "skriven": f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        "oversikt": overview(found),
        "versioner": [_version(version, cite) for version in found.versions],
        "handelser": _events(found.events, cite),
        "luckor": list(found.gaps),
        "fragor": [_question(question, cite) for question in found.questions],
        "yrkanden": [_demand(demand, cite) for demand in found.demands],
        "loften": [_promise(promise, cite) for promise in found.promises],
        "uttalanden": [
            {
                "slag": s.kind,
                "personer": _listed(s.persons),
                "partier": _listed(s.parties),
                "av": _listed(s.givers),
                "text": s.made.quote,
                "hanvisar_till": s.points_to or "",
                "datum": _time(s.when),
                "noter": cite(s.made),
            }
            for s in found.statements
        ],
        "handlingar": [
            {
                "nummer": number,
                "datum": _time(d.when),
                "slag": d.kind_title,
                "namn": d.name,
                "fil": d.file,
                "namnd": d.body,
                "diarienummer": ", ".join(d.numbers),
            }
            for number, d in enumerate(found.documents, start=1)
        ],
        "samband": [
            {"en": k.one, "annan": k.other, "slag": LINK_TITLES[k.kind], "skal": "; ".join(k.reasons)}
            for k in found.links
        ],
    }


class _Citing:
    """Makes notes: which document, which page, and the quote where the text does not already say it word for word."""

    def __init__(self, documents: Iterable[Holding]) -> None:
        self.numbered: Mapping[int, tuple[int, Holding]] = {d.id: (n, d) for n, d in enumerate(documents, start=1)}

    def __call__(self, *sources: Source, said: str | None = None) -> list[Words]:
        return [self._note(source, source.quote if said is None else said) for source in sources]

    def _note(self, source: Source, said: str) -> Words:
        number, held = self.numbered.get(source.document, (0, None))
        return {
            "handling": _called(held) if held else "",
            "nummer": number,
            "fil": source.file,
            "sida": source.page,
            "citat": "" if _same(source.quote, said) else source.quote,
        }


def note_text(note: Words) -> str:
    """A note in one line."""
    where = f"{note['handling']} ({note['fil']})" if note["handling"] else note["fil"]
    quote = f": ”{note['citat']}”" if note["citat"] else "."
    return f"{where}, s.\N{NO-BREAK SPACE}{note['sida']}{quote}"


def _called(held: Holding) -> str:
    return f"{held.kind_title}, {held.when}" if held.when.year else held.kind_title


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()) == " ".join(other.split())


def _events(events: Iterable[Entry], cite: _Citing) -> list[Words]:
    """The events; what sources do not agree on is told in full (`forst`) where it first comes."""
    told, seen = list[Words](), set[Difference]()
    for number, entry in enumerate(events, start=1):
        new = frozenset(entry.differs) - seen
        told.append(_event(number, entry, new, cite))
        seen |= new
    return told


def _event(number: int, entry: Entry, new: Collection[Difference], cite: _Citing) -> Words:
    return {
        "nummer": number,
        "tid": str(entry.when),
        "slag": ACTION_TITLES.get(entry.kind, entry.kind),
        "text": entry.text,
        "om_planen": entry.about_plan,
        "skiljer_sig": [_difference(one, cite, first=one in new) for one in entry.differs],
        "rad": in_words(entry),
        "noter": cite(*entry.sources, said=entry.text),
    }


def _difference(differs: Difference, cite: _Citing, *, first: bool) -> Words:
    """What sources do not agree on: in words with their places, and each version by itself with its quotes."""
    return {
        "text": str(differs),
        "forst": first,
        "uppgifter": [{"vad": said.what, "noter": cite(*said.sources, said="")} for said in differs.said],
    }


def _version(version: Version, cite: _Citing) -> Words:
    return {
        "namn": version.name,
        "period": str(version.period) if version.period else UNTOLD,
        "beslutad": str(version.decided) if version.decided else UNTOLD,
        "andringar": list(version.changes),
        "nytt": [{"text": source.quote, "noter": cite(source)} for source in version.changed],
        "skiljer_sig": [str(difference) for difference in version.differs],
        "noter": cite(*version.sources, said=version.name),
    }


def _question(asked: AskedQuestion, cite: _Citing) -> Words:
    return {
        "text": asked.asked.quote,
        "av": _listed(asked.by),
        "till": _listed(asked.to),
        "datum": _time(asked.when),
        "lage": asked.status_title,
        "lagets_nyckel": asked.status,
        "svar": [{"text": answer.quote, "noter": cite(answer)} for answer in asked.answers],
        "saknas": asked.missing,
        "bedomt": asked.judged,
        "protokollet": _said(asked.fate.told, asked.fate.when, cite) if asked.fate else None,
        "noter": cite(asked.asked, *asked.also),
    }


def _demand(put: PutDemand, cite: _Citing) -> Words:
    return {
        "text": put.put.quote,
        "av": _listed(put.givers),
        "paragraf": put.under,
        "datum": _time(put.when),
        "beslut": _decision(put.decision, cite) if put.decision else None,
        "noter": cite(put.put),
    }


def _decision(decided: DecidedOn, cite: _Citing) -> Words:
    return {
        **_said(decided.quote, decided.when, cite),
        "utfall": outcome(decided),
        "omrostning": votes(decided),
        "reservationer": reservations(decided),
        "noter": cite(
            decided.quote, *(v.told for v in decided.votes), *(r.made for r in decided.reservations),
            said=decided.quote.quote,
        ),
    }  # fmt: skip


def outcome(decided: DecidedOn) -> str:
    """What was decided, in a word or two."""
    return f"{decided.title} (förslag)" if decided.proposed else decided.title


def votes(decided: DecidedOn) -> str:
    """The votes taken, in words."""
    told = (tally.vote for tally in decided.votes)
    return "; ".join(
        f"{vote.yes} ja, {vote.no} nej" + (f", {vote.abstained} avstår" if vote.abstained else "") for vote in told
    )


def reservations(decided: DecidedOn) -> str:
    """Who entered a reservation: the parties, or the persons where no party is told."""
    return _listed(dict.fromkeys(name for one in decided.reservations for name in (one.parties or one.persons)))


def _promise(given: GivenPromise, cite: _Citing) -> Words:
    return {
        "text": given.given.quote,
        "av": given.by or given.document,
        "hur_fast": GRADE_TITLES[given.grade],
        "till_nar": str(given.due) if given.due else "",
        "senast": given.due_title,
        "datum": _time(given.when),
        "senare": [_said(one.told, one.when, cite) for one in (given.evidence or ())[:MOST_LATER]],
        "sokt": given.searched if not given.evidence else "",
        "tiden_ute": bool(given.overdue),
        "noter": cite(given.given),
    }


def _said(source: Source, when: When, cite: _Citing) -> Words:
    return {"text": source.quote, "datum": _time(when), "noter": cite(source)}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _time(when: When) -> str:
    return str(when) if when.year else "utan datum"


def overview(found: Trace) -> str:
    """How much was found, in a sentence."""
    counts = (
        (len(found.documents), "handling", "handlingar"),
        (len(found.events), "händelse", "händelser"),
        (len(found.questions), "fråga", "frågor"),
        (len(found.demands), "krav", "krav"),
        (len(found.promises), "löfte", "löften"),
        (len(found.statements), "uttalande", "uttalanden"),
    )
    told = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    listed = f"{', '.join(told[:-1])} och {told[-1]}" if len(told) > 1 else "".join(told) or "Ingenting hittat"
    return f"{listed}. Varje uppgift har sitt citat, sin handling och sin sida."
