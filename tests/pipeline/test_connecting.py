"""Connecting: which reply answers what, and which passage answers which question, with the reasons shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.links import Answer, Link
from corpus.records import Record
from corpus.store import Store
from corpus.values import Question
from pipeline.connect import connect
from pipeline.extract import extract
from tests.pipeline.making import PROSE, pages


class Library:
    """A library of documents given as text."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def add(self, file: str, text: str) -> int:
        """Take in a document as the last stage would."""
        record = Record(file, file, "text/plain", pages(text), 1)
        record = Record(file, file, "text/plain", record.pages, 1, extract(record))
        document = self.store.begin(file, file, "text/plain")
        self.store.save(document, record)
        return document

    def links(self) -> list[Link]:
        """The links once everything is connected."""
        connect(self.store)
        return self.store.links()

    def answers(self) -> dict[str, Answer]:
        """The answer to each question, by its text."""
        connect(self.store)
        asked = {key: finding.value for key, finding in self.store.findings(Question)}
        found = self.store.answers()
        return {value.text: found[key] for key, value in asked.items() if isinstance(value, Question)}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Store(tmp_path, create=True) as store:
        yield Library(store)


STAFF = """Interpellation av Karin Alm (S) till borgarrådet Emil Bodin (M) om arbetsmiljön i socialtjänsten

{date}

Under de senaste åren har allt fler socialsekreterare slutat i staden, och de som är kvar får fler ärenden var.
Nya kolleger får ingen introduktion värd namnet och den handledning som utlovades finns inte på alla enheter.

Jag vill därför ställa följande frågor till borgarrådet Emil Bodin (M):

1. Hur många socialsekreterare har slutat under det senaste året?
2. Vilka åtgärder tänker borgarrådet vidta för att handledning ska finnas på alla enheter?

Karin Alm (S)
"""

HARBOUR = """Interpellation av Karin Alm (S) till borgarrådet Emil Bodin (M) om kajens tillstånd

{date}

Kajen i hamnen har stått avspärrad sedan i våras eftersom muren har rasat. Båtarna får lägga till någon annanstans och
turisterna uteblir. Muddringen av hamnbassängen har inte heller kommit i gång, trots att pengar är avsatta.

Jag vill därför ställa följande frågor till borgarrådet Emil Bodin (M):

1. När ska muren vid kajen vara lagad?
2. Vad har muddringen av hamnbassängen kostat hittills?

Karin Alm (S)
"""

STAFF_REPLY = """Interpellationssvar av borgarrådet Emil Bodin (M)

Till Karin Alm (S)

Kompetensförsörjning är en av stadens svåraste uppgifter, och jag välkomnar att vi får tala om den här i dag.

Karin Alm frågar hur många socialsekreterare som har slutat under det senaste året.

Av de 212 tjänsterna lämnades 38 under året, vilket är något färre än året före.

Karin Alm frågar också vilka åtgärder jag tänker vidta för att handledning ska finnas på alla enheter.

Jag har gett förvaltningen i uppdrag att upphandla extern handledning, så att samtliga enheter kan erbjuda den.

Lövhamn den 14 oktober 2024

Emil Bodin
"""


def dated(text: str, day: str) -> str:
    return text.format(date=day)


def test_a_reply_is_linked_by_people_and_direction_without_number_or_title(library: Library) -> None:
    asked = library.add("interpellation.txt", dated(STAFF, "2024-09-02"))
    reply = library.add("svar.txt", STAFF_REPLY)
    (link,) = library.links()
    assert (link.kind, link.source, link.target) == ("answers", reply, asked)
    assert "Karin Alm frågar och får svar" in link.reasons
    assert "Emil Bodin får frågan och svarar" in link.reasons
    assert not any("ärendenummer" in reason for reason in link.reasons)
    assert 0.5 <= link.confidence < 1


def test_a_shared_number_is_the_first_reason(library: Library) -> None:
    library.add("interpellation.txt", dated(STAFF, "Dnr KS 2024/918").replace("Alm", "Ek"))
    library.add("svar.txt", STAFF_REPLY.replace("Till Karin Alm (S)", "Till Karin Alm (S)\n\nDnr KS2024/0918"))
    (link,) = library.links()
    assert link.reasons[0] == "samma ärendenummer (KS 2024/918)"


@pytest.mark.parametrize("day", ["2024-10-15", "2025-01-20", "2020-09-01"])
def test_a_reply_does_not_answer_what_was_asked_after_it_or_years_before(library: Library, day: str) -> None:
    library.add("interpellation.txt", dated(STAFF, day))
    library.add("svar.txt", STAFF_REPLY)
    assert library.links() == []


def test_a_question_without_a_date_can_be_answered(library: Library) -> None:
    asked = library.add("interpellation.txt", dated(STAFF, ""))
    library.add("svar.txt", STAFF_REPLY)
    assert [link.target for link in library.links()] == [asked]


def test_of_two_between_the_same_people_the_one_on_the_topic_is_answered(library: Library) -> None:
    library.add("kajen.txt", dated(HARBOUR, "2024-09-02"))
    asked = library.add("socialtjänsten.txt", dated(STAFF, "2024-09-02"))
    library.add("hamnen.txt", dated(HARBOUR, "2024-09-09"))
    library.add("svar.txt", STAFF_REPLY)
    (link,) = library.links()
    assert link.target == asked
    assert any(reason.startswith("samma ämne: ") for reason in link.reasons)


FREE_REPLY = """Interpellationssvar av borgarrådet Emil Bodin (M)

Fru ordförande!

Socialdemokraterna målar i svart. Det har varit ett svårt år, och ingen ska behöva arbeta ensam.

Lövhamn den 14 oktober 2024

Emil Bodin
"""


def test_a_reply_that_names_only_a_party_answers_the_only_question_put_to_its_author_then(library: Library) -> None:
    asked = library.add("interpellation.txt", dated(STAFF, "2024-09-02"))
    library.add("svar.txt", FREE_REPLY)
    (link,) = library.links()
    assert link.target == asked
    assert "ingen annan fråga till den som svarar de senaste 90 dagarna" in link.reasons


def test_of_two_such_questions_neither_is_answered(library: Library) -> None:
    library.add("interpellation.txt", dated(STAFF, "2024-09-02"))
    library.add("kajen.txt", dated(HARBOUR, "2024-09-09"))
    library.add("svar.txt", FREE_REPLY)
    assert library.links() == []


def test_strangers_on_another_topic_are_not_linked(library: Library) -> None:
    library.add(
        "kajen.txt", dated(HARBOUR, "2024-09-02").replace("Karin Alm", "Rut Kvarn").replace("Emil Bodin", "Ivar Dahl")
    )
    library.add("svar.txt", STAFF_REPLY)
    assert library.links() == []


def test_a_reply_to_an_interpellation_answers_no_skrivelse(library: Library) -> None:
    library.add("skrivelse.txt", dated(STAFF, "2024-09-02").replace("Interpellation", "Skrivelse"))
    library.add("svar.txt", STAFF_REPLY)
    assert library.links() == []


def test_answers_are_verbatim_passages_that_stand_where_they_say(library: Library) -> None:
    """Each question gets its own passage, with its place on the page of the reply."""
    library.add("interpellation.txt", dated(STAFF, "2024-09-02"))
    reply = library.add("svar.txt", STAFF_REPLY)
    first, second = library.answers().values()
    assert first.passages[0].text.startswith("Av de 212 tjänsterna lämnades 38")
    assert second.passages[0].text.startswith("Jag har gett förvaltningen i uppdrag")
    for answer in (first, second):
        assert (answer.reply, answer.status) == (reply, "answered")
        for passage in answer.passages:
            stands = STAFF_REPLY[passage.place.start : passage.place.end]
            assert " ".join(stands.split()) == passage.text


def test_a_restatement_is_never_offered_as_an_answer(library: Library) -> None:
    """The sentence that shares most words with the question is the question said again."""
    library.add("interpellation.txt", dated(STAFF, "2024-09-02"))
    library.add("svar.txt", STAFF_REPLY)
    offered = [passage.text for answer in library.answers().values() for passage in answer.passages]
    assert offered
    assert not any("frågar" in text for text in offered)


@pytest.mark.parametrize(
    "restatement",
    [
        "Den första frågan lyder hur många socialsekreterare som har slutat under det senaste året.",
        "Interpellanten undrar hur många socialsekreterare som har slutat under det senaste året.",
        "Hur många socialsekreterare har slutat under det senaste året?",
        "Karin Alm vill veta hur många socialsekreterare som har slutat under året.",
        "Karin Alm har ställt frågan hur många socialsekreterare som har slutat under det senaste året.",
    ],
)
def test_every_form_of_restating_is_told_from_the_answer(library: Library, restatement: str) -> None:
    said = "Karin Alm frågar hur många socialsekreterare som har slutat under det senaste året."
    assert said in STAFF_REPLY
    library.add("interpellation.txt", dated(STAFF, "2024-09-02"))
    library.add("svar.txt", STAFF_REPLY.replace(said, restatement))
    answer = library.answers()["Hur många socialsekreterare har slutat under det senaste året?"]
    assert answer.passages[0].text.startswith("Av de 212 tjänsterna")
    assert restatement not in [passage.text for passage in answer.passages]


def test_a_question_without_a_reply_says_so(library: Library) -> None:
    library.add("interpellation.txt", dated(STAFF, "2024-09-02"))
    assert {(a.status, a.reply, a.passages) for a in library.answers().values()} == {("no_reply", None, ())}


def test_a_question_the_reply_passes_over_gets_no_answer(library: Library) -> None:
    """Nothing is made up: no passage, and the words that say how it is."""
    library.add("interpellation.txt", dated(STAFF, "2024-09-02").replace(
        "2. Vilka åtgärder tänker borgarrådet vidta för att handledning ska finnas på alla enheter?",
        "2. Delar du bilden av rivningen av fyren?"))  # fmt: skip
    library.add("svar.txt", STAFF_REPLY)
    answer = library.answers()["Delar du bilden av rivningen av fyren?"]
    assert answer.status in {"unanswered", "partly"}
    assert answer.missing


HEADED = """Svar på skrivelse från Karin Alm (V) om badet

2024-04-02

Hur många besökare har badet haft under året?

Badet hade 12 000 gäster, de flesta av dem barn.

Vad kostar renoveringen av bastun?

Den nya bastun kostar två miljoner kronor och är betald.
"""


def test_a_heading_that_asks_is_answered_in_its_own_section(library: Library) -> None:
    reply = library.add("svar.txt", HEADED)
    answers = library.answers()
    assert [a.passages[0].text for a in answers.values()] == [
        "Badet hade 12 000 gäster, de flesta av dem barn.",
        "Den nya bastun kostar två miljoner kronor och är betald.",
    ]
    assert {(a.reply, a.status) for a in answers.values()} == {(reply, "answered")}


def test_questions_used_as_headings_tie_a_reply_to_what_asked_them(library: Library) -> None:
    asked = library.add(
        "skrivelse.txt",
        "Skrivelse från Karin Alm (V)\n\nVi har läst om badet i tidningen och undrar en del över det som stod.\n\n"
        "Vi vill fråga nämnden:\n\n1. Hur många besökare har badet haft under året?\n"
        "2. Vad kostar renoveringen av bastun?\n",
    )
    reply = library.add("svar.txt", HEADED)
    (link,) = library.links()
    assert (link.source, link.target) == (reply, asked)
    assert "2 av frågorna står som rubriker i svaret" in link.reasons
    answer = library.store.answers()[asked, next(k[1] for k, _ in library.store.findings(Question) if k[0] == asked)]
    assert answer.passages[0].text == "Badet hade 12 000 gäster, de flesta av dem barn."


SCANNED = dated(STAFF, "2024-09-02").replace("socialsekreterare har slutat", "socialsekreterare bar slutat")
BUNDLE = dated(STAFF, "Dnr KS 2024/918") + "\n" + PROSE + "\nKarin Alm (S)\n"


@pytest.mark.parametrize("copy", [SCANNED, BUNDLE])
def test_every_copy_of_what_is_asked_is_answered(library: Library, copy: str) -> None:
    asked = {library.add("interpellation.txt", dated(STAFF, "2024-09-02")), library.add("kopia.txt", copy)}
    reply = library.add("svar.txt", STAFF_REPLY)
    links = library.links()
    assert {(link.kind, link.source, link.target) for link in links} == {("answers", reply, one) for one in asked}
    assert sum(any("samma frågor som i" in reason for reason in link.reasons) for link in links) == 1
    found = library.store.answers()
    assert {(answer.reply, key[0]) for key, answer in found.items()} == {(reply, one) for one in asked}
    assert "no_reply" not in {answer.status for answer in found.values()}


@pytest.mark.parametrize(
    "other",
    [
        dated(STAFF, "2023-03-01"),  # put again, a year and a half later
        dated(STAFF, "2024-09-02").replace("Karin Alm", "Siv Ek"),
        dated(STAFF, "2024-09-02").replace("har slutat under det senaste året", "vill kommunen anställa i sommar"),
    ],
)
def test_what_only_looks_like_a_copy_is_not_answered_with_it(library: Library, other: str) -> None:
    asked = library.add("interpellation.txt", dated(STAFF, "2024-09-02"))
    library.add("annan.txt", other)
    library.add("svar.txt", STAFF_REPLY)
    assert [link.target for link in library.links() if link.kind == "answers"] == [asked]


def test_connecting_again_gives_the_same(library: Library) -> None:
    library.add("interpellation.txt", dated(STAFF, "2024-09-02"))
    library.add("svar.txt", STAFF_REPLY)
    assert library.links() == library.links()
    assert library.answers() == library.answers()


def test_an_empty_library_connects_to_nothing(library: Library) -> None:
    assert library.links() == []
    assert library.answers() == {}
