"""The JSON other programs rely on: plain dictionaries in stable shapes; more fields may join, none may change."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from corpus.dates import When
from corpus.records import Finding, Page, Record
from corpus.store import Listing, Store
from corpus.values import (
    Body,
    BrokenOff,
    Decision,
    Demand,
    Event,
    IncompleteNumber,
    Key,
    Kind,
    Mention,
    OtherDate,
    OwnDate,
    OwnNumber,
    PartyMention,
    PersonalNumber,
    Promise,
    Question,
    Reference,
    Section,
    Statement,
    Table,
    Title,
    Vote,
)
from corpus.vocabulary import kind_titles, table
from index import view
from index.browse import Leaf, NumberedPromise
from index.evidence import Evidence
from index.fates import Fate
from index.happenings import Difference, Entry
from index.holdings import Holding, Source
from index.ledger import AskedQuestion, GivenPromise, MadeStatement, PutDemand
from index.matters import Matters
from index.opened import Around, Opened, Tie
from index.outcomes import DecidedOn
from index.parties import Deed
from index.persons import Person
from index.review import CorrectionToReview, Doubts, LinkToReview, PageToReview
from index.said import Said
from index.search import Result
from index.trace import Trace
from index.view import Marks

Json = dict[str, Any]


def problem(listing: Listing) -> Json:
    """A line of the account."""
    return asdict(listing)


def text(record: Record) -> Json:
    """A document's pages."""
    return {"file": record.file, "pages": [_page(page) for page in record.pages]}


def _page(page: Page) -> Json:
    keys = ("number", "text", "original", "method", "grade", "reasons", "confidence")
    return {**{key: getattr(page, key) for key in keys}, "parts": [asdict(part) for part in page.parts]}


def findings(store: Store, documents: Iterable[int]) -> list[Json]:
    """Everything found in each document, in the gold's shape, and the same with evidence."""
    return [document(one, store.record(one)) for one in documents]


def document(number: int, record: Record) -> Json:
    """Everything found in one document, `number` being its id."""
    kind = next((v.name for v, _ in _of(record, Kind)), "ovrigt")
    body = next((v for v, _ in _of(record, Body)), None)
    return {
        "id": number,
        "file": record.file,
        "type": kind if kind in kind_titles() else "ovrigt",
        "title": next((v.text for v, _ in _of(record, Title)), None),
        "case_numbers": _case_numbers(record),
        "incomplete_case_numbers": [v.text for v, _ in _of(record, IncompleteNumber)],
        "keys": [{"kind": v.kind, "number": v.number} for v, _ in _of(record, Key)],
        "personal_numbers": [
            {"masked": v.masked, "checked": v.checked, "page": f.page} for v, f in _of(record, PersonalNumber)
        ],
        "date": next((v.when.iso for v, _ in _of(record, OwnDate)), None),
        "other_dates": [
            {"iso": v.when.iso, "text": f.text} for v, f in _of(record, OtherDate) if v.when.precision == "day"
        ],
        "municipality": body.municipality if body else None,
        "body": (body.name or None) if body else None,
        "authors": _people(record, "author"),
        "addressees": _people(record, "addressee"),
        "persons_mentioned": _people(record),
        "parties": list(dict.fromkeys(v.code for v, _ in _of(record, PartyMention))),
        "questions": [v.text for v, _ in _of(record, Question)],
        "demands": [{"text": v.text, "by": v.by} for v, _ in _of(record, Demand)],
        "promises": [
            {"text": v.text, "by": v.by, "grade": v.grade, "due": _iso(v.due), "to": v.to}
            for v, _ in _of(record, Promise)
            if v.grade != "other's duty"
        ],
        "others_duties": [
            {"text": v.text, "due": _iso(v.due)} for v, _ in _of(record, Promise) if v.grade == "other's duty"
        ],
        "decisions": [{"text": v.text, "outcome": v.outcome, "proposed": v.proposed} for v, _ in _of(record, Decision)],
        "votes": [asdict(v) for v, _ in _of(record, Vote)],
        "statements": [asdict(v) for v, _ in _of(record, Statement)],
        "refers_to": [
            {"text": v.text, "kind": v.kind, "year": v.when.year if v.when else None} for v, _ in _of(record, Reference)
        ],
        "plan_events": _events(record, turning=True),
        "events": _events(record, turning=False),
        "sections": [
            {"heading": v.heading, "speaker": v.speaker, "level": v.level, "within": v.within, "page": f.page}
            for v, f in _of(record, Section)
        ],
        "tables": [
            {"caption": v.caption, "header": v.header, "rows": v.rows, "page": f.page} for v, f in _of(record, Table)
        ],
        "broken_off": " ".join(v.reason for v, _ in _of(record, BrokenOff)) or None,
        "evidence": [_evidence(finding) for finding in record.findings],
    }


def _of(record: Record, kind: type[Any]) -> list[tuple[Any, Finding]]:
    return record.of(kind)


def _events(record: Record, *, turning: bool) -> list[Json]:
    """Every sentence that tells a dated happening, once; with `turning` those that change a matter's course.

    A sentence that tells when something was decided and how long it holds is listed under the decision's year.
    """
    told: dict[str, Event] = {}
    for event, _ in sorted(_of(record, Event), key=lambda one: one[0].action == "valid"):
        goes_on = event.about_plan and event.action == "ongoing"  # that a plan goes on is news of it
        if not turning or goes_on or table("events").get(event.action, {}).get("turning"):
            told.setdefault(event.text, event)
    return [{"year": _years(event.when), "text": text} for text, event in told.items()]


def _case_numbers(record: Record) -> list[str]:
    """The document's own numbers, then those of other matters it names."""
    own = [str(value.number) for value, _ in _of(record, OwnNumber)]
    return list(dict.fromkeys([*own, *(v.text for v, _ in _of(record, Reference) if v.kind == "matter")]))


def _people(record: Record, part: str | None = None) -> list[Json]:
    found = {
        (v.name, v.party): {"name": v.name, "party": v.party, "role": v.role}
        for v, _ in _of(record, Mention)
        if part is None or v.part == part
    }
    return list(found.values())


def _evidence(finding: Finding) -> Json:
    first = finding.places[0]
    return {
        "kind": type(finding.value).__name__.lower(),
        "text": finding.text,
        "page": first.page,
        "start": first.start,
        "end": first.end,
        "places": [asdict(place) for place in finding.places],
        "method": finding.method,
        "confidence": finding.confidence,
    }


def opened(at: Opened, around: Around, marked: Marks) -> Json:
    """A document opened at a page; `hits` and `quotes` are characters of the page's text, boxes are in points."""
    holding, page = at.holding, at.page
    spans = {"hits": marked.hits, "quotes": marked.quotes}
    return {
        **_holding(holding),
        "body": holding.body or None,
        "municipality": at.municipality or None,
        "keys": [{"kind": key.kind, "number": key.number} for key in at.keys],
        "authors": [_mention(one) for one in at.people if one.part == "author"],
        "addressees": [_mention(one) for one in at.people if one.part == "addressee"],
        "broken_off": at.broken_off or None,
        "media_type": at.listed.media_type,
        "pages": at.pages,
        "held": at.held,
        "problems": [asdict(problem) for problem in at.lost],
        "found_on": at.found_on,
        "number": at.number,
        "page": {**_page(page), "corrections": [asdict(made) for made in page.corrections]} if page else None,
        "findings": [{"number": number, **_evidence(finding)} for number, finding in at.findings],
        **spans,
        "boxes": {
            name: [(box.left, box.top, box.right, box.bottom) for box in view.boxes(page, found)] if page else []
            for name, found in spans.items()
        },
        "links": [_link_of(tie) for tie in around.ties],
        "questions": [question(one) for one in around.asked],
        "answered": [question(one) for one in around.answered],
    }


def _mention(one: Mention) -> Json:
    return {"name": one.name, "party": one.party, "role": one.role}


def _link_of(tie: Tie) -> Json:
    held = tie.held
    return {
        "id": held.id,
        "kind": held.link.kind,
        "outwards": tie.outwards,
        "other": _holding(tie.other),
        "reasons": held.link.reasons,
        "confidence": held.link.confidence,
        "judged": held.judged,
    }


def questions(asked: Iterable[AskedQuestion]) -> Json:
    """The ledger of questions."""
    return {"items": [question(one) for one in asked]}


def question(asked: AskedQuestion) -> Json:
    """A question with its answer or the lack of one."""
    return {
        "question_file": asked.asked.file,
        "question": asked.asked.quote,
        "question_page": asked.asked.page,
        "answer_file": asked.reply,
        "answers": [answer.quote for answer in asked.answers],
        "pages": [answer.page for answer in asked.answers],
        "status": asked.status,
        "missing": asked.missing,
        "why": asked.why,
        "by": asked.by,
        "to": asked.to,
        "confidence": asked.confidence,
        "id": asked.id,
        "document": asked.asked.document,
        "date": asked.when.iso or None,
        "judged": asked.judged,
        "status_title": asked.status_title,
        "also": [_source(one) for one in asked.also],
        "doubt": asked.doubt,
        "minutes": _fate(asked.fate) if asked.fate else None,
    }


def _fate(fate: Fate) -> Json:
    return {"status": fate.status, "date": fate.when.iso or None, "why": fate.why, **_source(fate.told)}


def demand(put: PutDemand) -> Json:
    """A demand with the decision on it."""
    decision = _decision(put.decision) if put.decision else None
    return {
        "by": put.by,
        "givers": put.givers,
        "date": put.when.iso,
        "under": put.under,
        "decision": decision,
        **_source(put.put),
    }


def _decision(decision: DecidedOn) -> Json:
    return {
        "outcome": decision.outcome,
        "title": decision.title,
        "date": decision.when.iso or None,
        "proposed": decision.proposed,
        "why": decision.why,
        **_source(decision.quote),
        "votes": [
            {"yes": t.vote.yes, "no": t.vote.no, "abstained": t.vote.abstained, **_source(t.told)}
            for t in decision.votes
        ],
        "reservations": [
            {"persons": r.persons, "parties": r.parties, **_source(r.made)} for r in decision.reservations
        ],
        "others": [_decision(other) for other in decision.others],
    }


def party(code: str, topic: str, done: Iterable[Deed]) -> Json:
    """What a party has asked, demanded and stated."""
    items = [
        {
            "kind": deed.kind,
            "date": deed.when.iso or None,
            "by": deed.by,
            "became": deed.became,
            "under": deed.under,
            "text": deed.text,
            **_source(deed.said),
        }
        for deed in done
    ]
    return {"party": code, "topic": topic, "items": items}


def doubts(unsure: Doubts) -> Json:
    """What a person should look at."""
    return {
        "links": [link(one) for one in unsure.links],
        **questions(unsure.questions),
        "counts": asdict(unsure.counts),
    }


def poor_page(one: PageToReview) -> Json:
    """A page that is read badly."""
    poor = one.poor
    held = {"document": one.held.id, "file": one.held.file, "page": poor.page}
    return {**held, "grade": poor.grade, "method": poor.method, "reasons": poor.reasons}


def doubtful_correction(one: CorrectionToReview) -> Json:
    """A correction that may be wrong."""
    made = one.doubtful.made
    held = {"document": one.held.id, "file": one.held.file, "page": one.doubtful.page, "start": made.start}
    return {**held, "before": made.before, "after": made.after, "rule": made.rule, "confidence": made.confidence}


def said(one: Said) -> Json:
    """What somebody has judged."""
    return asdict(one)


def link(one: LinkToReview) -> Json:
    """A link with what was judged of it."""
    held = one.held
    return {
        "id": held.id,
        "kind": held.link.kind,
        "source": one.source.file,
        "target": one.target.file,
        "reasons": held.link.reasons,
        "confidence": held.link.confidence,
        "judged": held.judged,
        "rejected": held.rejected,
    }


def reviewed(asked: AskedQuestion, offered: Iterable[Source]) -> Json:
    """A question with every passage the program offers, in the order they are numbered."""
    return {**question(asked), "offered": [_source(source) for source in offered]}


def promise(given: GivenPromise) -> Json:
    """A line of the ledger of promises."""
    return {
        "by": given.by,
        "document": given.document,
        "grade": given.grade,
        "date": given.when.iso,
        "due": _iso(given.due),
        **_source(given.given),
        "evidence": None if given.evidence is None else [_evidence_of(one) for one in given.evidence],
        "searched": given.searched,
        "overdue": given.overdue,
    }


def _evidence_of(one: Evidence) -> Json:
    return {"date": one.when.iso, "score": one.score, "why": one.why, **_source(one.told)}


def search(result: Result) -> Json:
    """The answer to a search."""
    return {
        "total": result.total,
        "hits": [
            {
                "file": hit.file,
                "id": hit.document,
                "title": hit.title,
                "date": _iso(hit.date),
                "score": hit.score,
                "page": hit.page,
                "snippet": hit.snippet,
                "why": hit.why,
                "highlights": hit.highlights,
                "also": [{"page": p.page, "snippet": p.text, "highlights": p.highlights} for p in hit.also],
                "same_as": hit.same_as,
            }
            for hit in result.hits
        ],
        "facets": {facet: dict(counts) for facet, counts in result.facets.items()},
        "undated": result.undated,
        "suggestion": result.suggestion,
    }


def statement(made: MadeStatement) -> Json:
    """A statement beside a decision."""
    signed = {"persons": made.persons, "parties": made.parties, "givers": made.givers}
    return {"kind": made.kind, **signed, "points_to": made.points_to, **_source(made.made)}


def leaf_of_questions(leaf: Leaf[AskedQuestion]) -> Json:
    """A page of the ledger of questions."""
    return {**_leaf(leaf), **questions(leaf.items)}


def leaf_of_promises(leaf: Leaf[NumberedPromise]) -> Json:
    """A page of the ledger of promises."""
    return {**_leaf(leaf), "items": [numbered_promise(one) for one in leaf.items]}


def numbered_promise(one: NumberedPromise) -> Json:
    """A promise with its number."""
    return {"id": one.id, "passed": one.passed, **promise(one.given)}


def leaf_of_party(code: str, topic: str, leaf: Leaf[Deed]) -> Json:
    """A page of what a party has done."""
    return {**_leaf(leaf), **party(code, topic, leaf.items)}


def person(found: Person) -> Json:
    """A page of what a person has done."""
    return {
        "name": found.name,
        "roles": [asdict(role) for role in found.roles],
        **_leaf(found.leaf),
        "asked": [question(one) for one in found.asked],
        "answered": [question(one) for one in found.answered],
        "promised": [numbered_promise(one) for one in found.promised],
        "signed": [statement(one) for one in found.signed],
    }


def _leaf(leaf: Leaf[Any]) -> Json:
    facets = {facet: dict(counts) for facet, counts in leaf.facets.items()}
    return {"documents": leaf.documents, "page": leaf.page, "pages": leaf.pages, "facets": facets}


def timeline(entries: Iterable[Entry]) -> Json:
    """A timeline."""
    return {"events": [_entry(entry) for entry in entries]}


def trace(found: Trace) -> Json:
    """A matter."""
    return {
        "matter": {"query": found.query, "topic": found.topic, "documents": len(found.documents)},
        "documents": [_holding(holding) for holding in found.documents],
        "links": [{"from": k.one, "to": k.other, "kind": k.kind, "reasons": k.reasons} for k in found.links],
        **timeline(found.events),
        "questions": [question(one) for one in found.questions],
        "demands": [demand(put) for put in found.demands],
        "promises": [promise(given) for given in found.promises],
        "statements": [statement(made) for made in found.statements],
        "plan_versions": [
            {
                "name": v.name,
                "period": _iso(v.period),
                "decided": _iso(v.decided),
                "changes": v.changes,
                "changed": [_source(s) for s in v.changed],
                "sources": [_source(s) for s in v.sources],
                "differs": [_difference(one) for one in v.differs],
            }
            for v in found.versions
        ],
        "gaps": found.gaps,
        "people": [{"name": p.name, "party": p.party, "documents": p.documents} for p in found.people],
        "parties": [{"code": p.code, "documents": p.documents} for p in found.parties],
    }


def matters(held: Matters) -> Json:
    """The matters last opened."""
    items = [{**_holding(one.by), "query": one.query, "questions": dict(one.questions)} for one in held.opened]
    return {"total": held.total, "items": items}


def _entry(entry: Entry) -> Json:
    return {
        "date": entry.when.iso,
        "precision": entry.when.precision,
        "shown": str(entry.when),
        "kind": entry.kind,
        "text": entry.text,
        "sources": [_source(source) for source in entry.sources],
        "differs": [_difference(one) for one in entry.differs],
    }


def _difference(one: Difference) -> Json:
    said = [{"what": version.what, "sources": [_source(source) for source in version.sources]} for version in one.said]
    return {"about": one.about, "shown": str(one), "said": said}


def _holding(holding: Holding) -> Json:
    return {
        "id": holding.id,
        "file": holding.file,
        "kind": holding.kind,
        "title": holding.title,
        "date": holding.when.iso or None,
        "case_numbers": holding.numbers,
    }


def _source(source: Source) -> Json:
    return {"file": source.file, "page": source.page, "quote": source.quote}


def _iso(when: When | None) -> str | None:
    return when.iso if when else None


def _years(when: When) -> str:
    return f"{when.year}-{when.until}" if when.until else str(when.year)
