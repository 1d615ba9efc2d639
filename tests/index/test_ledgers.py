"""The ledgers: demands with decisions, promises with later evidence, questions with what minutes tell, parties."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import judgements
from corpus.dates import When
from corpus.errors import WrongUse
from corpus.judgements import LinkJudgement
from corpus.links import LinkKind
from corpus.records import Record
from corpus.store import Store
from index import judged, ledger, matters, review
from index.givers import givers
from index.holdings import Source
from index.ledger import AskedQuestion, GivenPromise, PutDemand
from index.outcomes import DecidedOn
from index.parties import deeds
from index.sentences import sentences
from pipeline.connect import connect
from pipeline.extract import extract
from tests.pipeline.making import pages


class Library:
    """A library of documents given as text, connected as the pipeline would, and by hand where a test says so."""

    def __init__(self, home: Path, store: Store) -> None:
        self.home, self.store = home, store

    def add(self, file: str, text: str) -> int:
        """Take in a document as the last stage would."""
        made = Record(file, f"sha-{file}", "text/plain", pages(*text.split("\f")), 1)
        document = self.store.begin(file, made.sha256, "text/plain")
        self.store.save(document, Record(file, made.sha256, "text/plain", made.pages, 1, extract(made)))
        connect(self.store)
        return document

    def link(self, kind: LinkKind, source: int, target: int) -> None:
        """Set a link the way a person does."""
        named = [judged.named(self.store, document) for document in (source, target)]
        judgements.add_link(self.home, LinkJudgement(kind, named[0], named[1], "accepted", "Eva"))

    def demands(self) -> dict[str, PutDemand]:
        """The demands by their first words."""
        return {demand.put.quote: demand for demand in ledger.demands(self.store)}

    def decision(self, words: str) -> DecidedOn:
        """The decision on the demand that says some words."""
        found = next(demand for quote, demand in self.demands().items() if words in quote)
        assert found.decision is not None, f"inget beslut om {found.put.quote}"
        return found.decision

    def promises(self, today: When | None = None) -> list[GivenPromise]:
        """The promises with what came of them."""
        return ledger.followed(self.store, ledger.promises(self.store), today)

    def questions(self) -> list[AskedQuestion]:
        """The questions as they stand."""
        return ledger.questions(self.store)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Store(tmp_path, create=True) as store:
        yield Library(tmp_path, store)


def minutes(*paragraphs: str, day: str = "2023-05-15") -> str:
    head = f"Protokoll från kommunfullmäktiges sammanträde\n\nSammanträdesdatum: {day}\n\n"
    return head + "\n\n".join(paragraphs) + "\n"


QUAY = """§ 14 Upprustning av fiskekajen

Dnr KS 2023/71

Beslut

1. Fiskekajen rustas upp enligt alternativ två.
2. Kommunfullmäktige bifaller kommunstyrelsens förslag.

Yrkanden

Tora Lindvik (S) yrkar bifall till kommunstyrelsens förslag.

Ivar Sjöblad (M) yrkar att ärendet återremitteras för att kostnaden ska räknas om.

Maj Bergrot (V) yrkar bifall till kommunstyrelsens förslag med tillägg att bastun får stå kvar.

Propositionsordning

Ordföranden frågar om ärendet ska avgöras i dag och finner att ärendet ska avgöras i dag. Ordföranden ställer
proposition på tilläggsyrkandet och finner att det avslås. Omröstning begärs och genomförs. Med 24 ja-röster mot
17 nej-röster avslår kommunfullmäktige tilläggsyrkandet.

Reservation

Maj Bergrot (V) reserverar sig mot beslutet till förmån för det egna yrkandet."""


def test_yrkanden_are_decided_as_the_meeting_decided(library: Library) -> None:
    library.add("protokoll.txt", minutes(QUAY))
    proposal = library.decision("Tora Lindvik")
    assert (proposal.outcome, proposal.title, proposal.proposed) == ("approved", "bifall", False)
    remittal = library.decision("återremitteras")
    assert remittal.outcome == "rejected"
    assert "avgöras i dag" in remittal.quote.quote
    addition = library.decision("bastun")
    assert addition.outcome == "rejected"
    assert "tilläggsyrkandet" in addition.quote.quote


def test_votes_and_reservations_of_the_paragraph_come_with_the_decision(library: Library) -> None:
    library.add("protokoll.txt", minutes(QUAY))
    decision = library.decision("bastun")
    assert [(t.vote.yes, t.vote.no) for t in decision.votes] == [(24, 17)]
    assert [(r.persons, r.parties) for r in decision.reservations] == [(("Maj Bergrot",), ("V",))]
    assert decision.reservations[0].made.file == "protokoll.txt"
    assert decision.why == ("samma paragraf, § 14",)


MOTION = """Motion (2023:4) av Ylva Strömstedt (MP) om bin på kommunens tak

2023-01-16

Jag föreslår att kommunfullmäktige beslutar

- att bikupor ställs på tre av kommunens tak
- att skolorna får odla ängsblommor
- att honungen säljs i stadshuset

Ylva Strömstedt (MP)
"""

BEES = """§ 21 Svar på motion (2023:4) om bin på kommunens tak

Dnr KS 2023/15

Kommunfullmäktige beslutar

1. Motionens första att-sats bifalls.
2. Motionens andra och tredje att-satser avslås.

Yrkanden

Tora Lindvik (S) yrkar bifall till motionen.

Ivar Sjöblad (M) yrkar avslag på motionen."""


def test_a_motion_is_decided_where_minutes_treat_it_clause_by_clause(library: Library) -> None:
    motion = library.add("motion.txt", MOTION)
    meeting = library.add("protokoll.txt", minutes("§ 20 Val av justerare\n\nBeslut\n\nTora Lindvik utses.", BEES))
    library.link("refers to", meeting, motion)
    outcomes = [d.decision and d.decision.outcome for d in ledger.demands(library.store, [motion])]
    assert outcomes == ["approved", "rejected", "rejected"]
    decision = library.decision("bikupor")
    assert decision.quote.quote == "Motionens första att-sats bifalls."
    assert "samma nummer (2023:4)" in decision.why


def test_a_motion_decided_in_parts_is_granted_in_part(library: Library) -> None:
    library.add("protokoll.txt", minutes(BEES))
    assert library.decision("bifall till motionen").outcome == "partly"
    assert library.decision("avslag på motionen").outcome == "partly"


@pytest.mark.parametrize(
    ("decided", "outcome"),
    [
        ("Motionen avslås.", "rejected"),
        ("Motionen bifalls.", "approved"),
        ("Motionen anses besvarad.", "answered"),
        ("Ärendet återremitteras till kommunstyrelsen.", "remitted"),
        ("Motionen bordläggs.", "tabled"),
        ("Kommunfullmäktige beslutar enligt kommunstyrelsens förslag.", None),  # which may be to reject it
    ],
)
def test_a_whole_motion_shares_its_fate(library: Library, decided: str, outcome: str | None) -> None:
    motion = library.add("motion.txt", MOTION)
    said = f"§ 21 Motion (2023:4) om bin på kommunens tak\n\nKommunfullmäktige beslutar\n\n{decided}"
    meeting = library.add("protokoll.txt", minutes(said))
    library.link("refers to", meeting, motion)
    assert {d.decision and d.decision.outcome for d in ledger.demands(library.store, [motion])} == {outcome}


@pytest.mark.parametrize(
    "number", ["KS § 21  Svar på motion (2023:4) om bin", "§ 21\n\nSvar på motion (2023:4) om bin"]
)
def test_that_somebody_s_yrkande_is_followed_grants_no_motion(library: Library, number: str) -> None:
    motion = library.add("motion.txt", MOTION)
    voted = "Med 6 ja-röster mot 5 nej-röster bifaller kommunstyrelsen Ivar Sjöblads yrkande."
    proposed = "Kommunstyrelsens förslag till kommunfullmäktige\natt   motionen ska anses besvarad."
    meeting = library.add("protokoll.txt", minutes(f"{number}\n\nOmröstning\n\n{voted}\n\n{proposed}"))
    library.link("refers to", meeting, motion)
    decided = [d.decision for d in ledger.demands(library.store, [motion])]
    assert [(one.outcome, one.proposed, len(one.votes)) for one in decided if one] == [("answered", True, 1)] * 3


@pytest.mark.parametrize(
    ("yrkande", "outcome"),
    [
        ("Tora Lindvik (S) yrkar bifall till nämndens förslag och avslag på yrkandet om återremiss.", "approved"),
        ("Tora Lindvik (S) yrkar avslag på nämndens förslag.", "rejected"),
        ("Tora Lindvik (S) yrkar avslag på motionen.", "approved"),
        ("Tora Lindvik (S) yrkar bifall till motionen.", "rejected"),
        ("Tora Lindvik (S) yrkar återremiss.", "rejected"),
    ],
)
def test_a_yrkande_goes_by_what_it_asks_for_first(library: Library, yrkande: str, outcome: str) -> None:
    head = "§ 21 Motion (2023:4) om bin på kommunens tak\n\nKommunfullmäktige beslutar\n\n"
    library.add("protokoll.txt", minutes(f"{head}Motionen avslås enligt nämndens förslag.\n\nYrkanden\n\n{yrkande}"))
    assert library.decision("Tora Lindvik").outcome == outcome


def test_one_sentence_tells_how_each_yrkande_went(library: Library) -> None:
    said = """§ 8 Yttrande om länsplanen

Beslut

Yttrandet antas.

Yrkanden

Tora Lindvik (S) yrkar att bron nämns.

Ivar Sjöblad (M) yrkar att färjan stryks.

Propositionsordning

Ordföranden finner att nämnden bifaller Tora Lindviks yrkande och avslår Ivar Sjöblads yrkande."""
    library.add("protokoll.txt", minutes(said))
    assert library.decision("bron nämns").outcome == "approved"
    assert library.decision("färjan").outcome == "rejected"


def test_the_latest_decision_holds_and_the_others_are_listed(library: Library) -> None:
    motion = library.add("motion.txt", MOTION)
    said = "§ {} Motion (2023:4) om bin på kommunens tak\n\nKommunfullmäktige beslutar\n\n{}"
    late = library.add("sent.txt", minutes(said.format(40, "Motionen avslås."), day="2023-10-02"))
    early = library.add("tidigt.txt", minutes(said.format(12, "Ärendet återremitteras till kommunstyrelsen.")))
    for meeting in (late, early):
        library.link("refers to", meeting, motion)
    decision = library.decision("bikupor")
    assert (decision.outcome, decision.quote.file) == ("rejected", "sent.txt")
    assert [(o.outcome, o.quote.file) for o in decision.others] == [("remitted", "tidigt.txt")]


def test_another_paragraph_decides_nothing(library: Library) -> None:
    motion = library.add("motion.txt", MOTION)
    meeting = library.add("protokoll.txt", minutes("§ 9 Renhållningstaxa\n\nBeslut\n\nTaxan avslås."))
    library.link("refers to", meeting, motion)
    assert all(demand.decision is None for demand in ledger.demands(library.store, [motion]))


def test_where_the_text_does_not_say_no_outcome_is_invented(library: Library) -> None:
    said = "§ 3 Lekplatsen vid Alvägen\n\nBeslut\n\nLekplatsen vid Alvägen antas som projekt.\n\nYrkanden\n\n"
    library.add("protokoll.txt", minutes(said + "Maj Bergrot (V) yrkar att gungorna målas röda."))
    decision = library.decision("gungorna")
    assert decision.outcome is None
    assert decision.title == "beslut"


# ---- promises --------------------------------------------------------------------------------------------------------

PROMISE = """Svar på interpellation om båtramper

Till Ylva Strömstedt (MP)

Jag kommer att se till att en båtramp med belysning byggs vid Norrviken senast den 30 juni 2022.

Lövhamn den 4 oktober 2021

Ivar Sjöblad (M)
"""

REPORT = """Verksamhetsberättelse för tekniska nämnden

2022-11-30

Hamnar

Båtrampen vid Norrviken har försenats och byggdes först i september. Belysning saknas ännu.

Ekonomi

Nämnden redovisar ett överskott.
"""


def test_later_passages_about_a_promise_are_found_and_say_why(library: Library) -> None:
    library.add("svar.txt", PROMISE)
    library.add("berättelse.txt", REPORT)
    library.add("äldre.txt", REPORT.replace("2022-11-30", "2020-11-30"))
    (promise,) = library.promises()
    assert promise.evidence
    best = promise.evidence[0]
    assert best.told.quote.startswith("Båtrampen vid Norrviken har försenats")
    assert {one.told.file for one in promise.evidence} == {"berättelse.txt"}
    assert "berättar vad som hänt" in best.why
    assert (promise.overdue, best.when) == (False, When(2022, 11, 30))


def test_a_promise_said_again_is_no_evidence(library: Library) -> None:
    library.add("svar.txt", PROMISE)
    library.add("igen.txt", PROMISE.replace("4 oktober 2021", "3 mars 2022"))
    assert not any(promise.evidence for promise in library.promises())


def test_a_time_that_has_passed_with_nothing_found_is_overdue(library: Library) -> None:
    library.add("svar.txt", PROMISE)
    (promise,) = library.promises()
    assert (promise.evidence, promise.overdue) == ((), False)  # by the newest document its time has not passed
    (promise,) = library.promises(When(2022, 8))
    assert promise.overdue is True
    assert promise.searched.startswith("Sökt efter ")
    assert ledger.is_due_before(promise, When(2022, 7, 1))
    assert not ledger.is_due_before(promise, When(2022, 6, 30))


def test_without_a_date_nothing_is_said_of_what_came_later(library: Library) -> None:
    library.add("svar.txt", PROMISE.replace("Lövhamn den 4 oktober 2021\n", ""))
    library.add("berättelse.txt", REPORT)
    (promise,) = library.promises()
    assert (promise.evidence, promise.overdue) == (None, None)
    assert "saknar datum" in promise.searched


def test_when_a_promise_is_due_is_said_as_a_last_day() -> None:
    said = Source(1, "svar.txt", 1, "Vi ska bygga.")
    due = {When(2016): "senast 2016", When(2016, 6, 30): "senast 30 juni 2016", When(2016, until=2018): "senast 2018"}
    for when, told in due.items():
        assert GivenPromise(said, When(2015), None, "Svar", "commitment", when).due_title == told
    assert GivenPromise(said, When(2015), None, "Svar", "commitment", None).due_title == ""


# ---- who gives something ---------------------------------------------------------------------------------------------


def test_a_person_is_shown_with_the_party_and_the_party_not_once_more(library: Library) -> None:
    library.add(
        "skrivelse.txt",
        "Skrivelse av Gun Bränn (L) och Åke Öhr (M) om badet\n\n2023-05-02\n\nVi föreslår att nämnden beslutar\n\n"
        "att badet öppnas i juni.\n\nGun Bränn (L)\nÅke Öhr (M)\n",
    )
    (demand,) = library.demands().values()
    assert {"L", "M"} <= set(demand.by)
    assert sorted(demand.givers) == ["Gun Bränn (L)", "Åke Öhr (M)"]
    (deed,) = deeds(library.store, "M")
    assert sorted(deed.by) == ["Gun Bränn (L)", "Åke Öhr (M)"]


def test_a_party_nobody_stands_for_is_named_by_itself() -> None:
    parties = {(1, "gun bränn"): "L"}
    assert givers(("L", "V", "Gun Bränn", "Siv Ek"), 1, parties) == ("Gun Bränn (L)", "Siv Ek", "V")
    assert givers(("Gun Bränn",), 2, parties) == ("Gun Bränn",)  # another document, another time


# ---- questions -------------------------------------------------------------------------------------------------------

QUESTION = """Interpellation nr 2024:7 av Maj Bergrot (V) till kommunalrådet Tora Lindvik (S) om stranden vid Alviken

2024-03-01

Jag vill ställa följande fråga:

1. När öppnar stranden vid Alviken igen?

Maj Bergrot (V)
"""


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("Maj Bergrot (V) återtar interpellationen.", "withdrawn"),
        ("Interpellationen har återtagits.", "withdrawn"),
        ("Interpellationen förfaller eftersom interpellanten har lämnat kommunfullmäktige.", "lapsed"),
        ("Interpellationen bordläggs till nästa sammanträde.", "tabled"),
    ],
)
def test_minutes_tell_what_became_of_a_question(library: Library, told: str, status: str) -> None:
    asked = library.add("fråga.txt", QUESTION)
    said = f"§ 5 Interpellation nr 2024:7 om stranden vid Alviken\n\nKommunfullmäktige beslutar\n\n{told}"
    meeting = library.add("protokoll.txt", minutes(said, day="2024-04-08"))
    library.link("refers to", meeting, asked)
    (question,) = library.questions()
    assert question.status == status
    assert question.fate is not None
    assert (question.fate.told.file, question.fate.told.quote) == ("protokoll.txt", told)


def test_in_a_list_of_interpellations_each_has_its_own_fate(library: Library) -> None:
    asked = library.add("fråga.txt", QUESTION)
    said = """§ 5 Interpellationer

Följande interpellationer besvaras:

Interpellation nr 2024:6 av Ivar Sjöblad (M) om busskuren.

Följande interpellationer bordläggs till nästa sammanträde:

Interpellation nr 2024:7 av Maj Bergrot (V) om stranden vid Alviken."""
    meeting = library.add("protokoll.txt", minutes(said, day="2024-04-08"))
    library.link("refers to", meeting, asked)
    assert [question.status for question in library.questions()] == ["tabled"]


def test_answered_at_the_meeting_with_no_reply_held_is_said_so(library: Library) -> None:
    asked = library.add("fråga.txt", QUESTION)
    said = "§ 5 Interpellation nr 2024:7 om stranden vid Alviken\n\nInterpellationen är besvarad."
    for day, fate in (("2024-04-08", "Interpellationen bordläggs."), ("2024-05-13", "Interpellationen är besvarad.")):
        text = said.replace("Interpellationen är besvarad.", fate)
        library.link("refers to", library.add(f"{day}.txt", minutes(text, day=day)), asked)
    (question,) = library.questions()
    assert question.status == "no_reply"
    assert question.missing == "Enligt protokollet 13 maj 2024 besvarad; svaret finns inte bland handlingarna."


def test_a_reply_wins_over_an_earlier_tabling(library: Library) -> None:
    asked = library.add("fråga.txt", QUESTION)
    said = "§ 5 Interpellation nr 2024:7 om stranden vid Alviken\n\nInterpellationen bordläggs."
    library.link("refers to", library.add("protokoll.txt", minutes(said, day="2024-04-08")), asked)
    library.add(
        "svar.txt",
        "Svar på interpellation nr 2024:7\n\nTill Maj Bergrot (V)\n\nMaj Bergrot frågar när stranden vid Alviken "
        "öppnar igen. Stranden öppnar igen den 1 juni.\n\nLövhamn den 6 maj 2024\n\nTora Lindvik (S)\n",
    )
    (question,) = library.questions()
    assert question.status == "answered"
    assert question.fate is None


# ---- parties and text ------------------------------------------------------------------------------------------------


def test_a_party_s_ledger_is_in_order_of_time_and_says_what_came_of_it(library: Library) -> None:
    library.add("fråga.txt", QUESTION)
    library.add("protokoll.txt", minutes(QUAY))
    done = deeds(library.store, "V")
    assert [(deed.kind, deed.became) for deed in done] == [
        ("krav", "avslag"),
        ("reservation", ""),
        ("fråga", "svar saknas"),
    ]
    assert [deed.kind for deed in deeds(library.store, "V", "stranden")] == ["fråga"]
    assert deeds(library.store, "KD") == []


def test_sentences_are_joined_over_lines_and_the_form_s_lines_left_out(library: Library) -> None:
    head, body = (
        "Lövhamns stad\nSida {} (3)\n\n",
        "Kajen ska hållas öppen och be-\nlysas, t.ex. vid jul. Ingen sover.\n",
    )
    heads = [head.format(number) + title for number, title in enumerate(("Hamnen", "Kajen", "Ljuset"), start=1)]
    document = library.add("rapport.txt", "\f".join(f"{top}\n\n{body}" for top in heads))
    said = [(one.text, one.page, one.heading) for one in sentences(library.store, document) if not one.is_heading]
    assert said[:2] == [
        ("Kajen ska hållas öppen och belysas, t.ex. vid jul.", 1, "Hamnen"),
        ("Ingen sover.", 1, "Hamnen"),
    ]
    assert len(said) == 6


# ---- copies ----------------------------------------------------------------------------------------------------------

ANSWER = """Interpellationssvar av kommunalrådet Tora Lindvik (S)

Till Maj Bergrot (V)

Maj Bergrot frågar när stranden vid Alviken öppnar igen. Stranden vid Alviken öppnar igen den 1 juni.

Lövhamn den 6 maj 2024

Tora Lindvik
"""
SCAN = QUESTION.replace("öppnar stranden", "öppnar standen").replace("2024-03-01\n\n", "")
BUNDLE = QUESTION + "\nBilaga\n\nKartan visar stranden och vägen dit.\n"


def test_a_question_in_several_copies_stands_once_with_its_answer(library: Library) -> None:
    for file, text in (("fråga.txt", QUESTION), ("skannad.txt", SCAN), ("möte.txt", BUNDLE), ("svar.txt", ANSWER)):
        library.add(file, text)
    (asked,) = library.questions()
    assert (asked.asked.file, asked.status, asked.reply) == ("fråga.txt", "answered", "svar.txt")
    assert [source.file for source in asked.also] == ["skannad.txt", "möte.txt"]
    (alone,) = ledger.questions(library.store, [asked.also[0].document])
    assert (alone.asked.file, alone.status, alone.also) == ("skannad.txt", "answered", ())


def test_copies_that_nobody_answers_are_one_question_too(library: Library) -> None:
    for file, text in (("fråga.txt", QUESTION), ("skannad.txt", SCAN)):
        library.add(file, text)
    (asked,) = library.questions()
    assert (asked.status, [source.file for source in asked.also]) == ("no_reply", ["skannad.txt"])


def test_the_copy_that_a_person_has_judged_stands_for_all_and_leaves_the_doubts(library: Library) -> None:
    hedged = ANSWER.replace("Stranden vid Alviken öppnar igen den 1 juni.", "När den öppnar vill jag inte gissa.")
    for file, text in (("fråga.txt", QUESTION), ("skannad.txt", SCAN), ("svar.txt", hedged)):
        library.add(file, text)
    (doubtful,) = review.unsure_answers(library.store, 10)
    assert doubtful.doubt == "Osäkert om svaret besvarar hela frågan."
    copy = next(key for key, _ in judged.question_ids(library.store, [doubtful.also[0].document]).items())
    review.judge_question(library.store, copy, "Eva Ek", status="besvarad")
    (asked,) = library.questions()
    assert (asked.asked.file, asked.status) == ("skannad.txt", "answered")
    assert asked.doubt == ""
    assert review.unsure_answers(library.store, 10) == ()


@pytest.mark.parametrize(
    "other",
    [
        QUESTION.replace("Maj Bergrot", "Siv Alm"),
        QUESTION.replace("2024-03-01", "2022-03-01").replace("2024:7", "2022:5"),
        QUESTION.replace("öppnar stranden vid Alviken igen", "städas toaletterna vid badplatsen"),
    ],
)
def test_what_only_looks_like_a_copy_is_a_question_of_its_own(library: Library, other: str) -> None:
    library.add("fråga.txt", QUESTION)
    library.add("annan.txt", other)
    assert [one.also for one in library.questions()] == [(), ()]


def test_a_copy_opens_no_matter_of_its_own(library: Library) -> None:
    for file, text in (("fråga.txt", QUESTION), ("skannad.txt", SCAN)):
        library.add(file, text)
    (opened,) = matters.newest(library.store, library.home, 10).opened
    assert opened.by.file == "fråga.txt"


# ---- whose word it is ------------------------------------------------------------------------------------------------


def test_who_judges_a_passage_has_set_no_status(library: Library) -> None:
    for file, text in (("fråga.txt", QUESTION), ("svar.txt", ANSWER)):
        library.add(file, text)
    (before,) = library.questions()
    (key,) = judged.question_ids(library.store)
    review.judge_question(library.store, key, "Eva Ek", accept=1)
    (asked,) = library.questions()
    assert asked.judged.startswith("passager bedömda av Eva Ek")
    assert (asked.status, asked.confidence) == (before.status, before.confidence)
    assert asked.confidence < 1
    review.judge_question(library.store, key, "Olof Ask", status="delvis")
    (asked,) = library.questions()
    assert asked.judged.startswith("satt av Olof Ask, ")
    assert "passager bedömda av Eva Ek" in asked.judged
    assert (asked.status, asked.confidence) == ("partly", 1.0)


def test_a_reply_set_by_hand_is_not_judged_by_that(library: Library) -> None:
    asking = library.add("fråga.txt", QUESTION)
    other = library.add("brev.txt", "Brev från badmästaren\n\nStranden vid Alviken öppnar igen i juni.\n")
    library.link("answers", other, asking)
    (asked,) = library.questions()
    assert (asked.status, asked.status_title, asked.reply) == ("unjudged", "ej bedömd", "brev.txt")
    assert [answer.quote for answer in asked.answers] == ["Stranden vid Alviken öppnar igen i juni."]
    assert "delvis" not in asked.missing
    (key,) = judged.question_ids(library.store)
    with pytest.raises(WrongUse):  # it is what nobody has said, and cannot be said
        review.judge_question(library.store, key, "Eva Ek", status="ej bedömd")
    review.judge_question(library.store, key, "Eva Ek", status="besvarad")
    (asked,) = library.questions()
    assert (asked.status, asked.missing) == ("answered", "")


def test_a_doubt_says_what_is_doubted(library: Library) -> None:
    for file, text in (("fråga.txt", QUESTION), ("svar.txt", ANSWER)):
        library.add(file, text)
    (asked,) = library.questions()
    assert replace(asked, confidence=0.99).doubt == ""
    assert replace(asked, confidence=0.62).doubt == "Osäkert om svar.txt är svaret (säkerhet 62\N{NO-BREAK SPACE}%)."
    both = replace(asked, confidence=0.62, status="partly").doubt
    assert both.endswith("och om svaret besvarar hela frågan.")
