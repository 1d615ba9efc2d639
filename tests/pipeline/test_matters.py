"""What goes together without one answering the other: one matter's documents, and minutes with what they treat."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.links import Link
from corpus.store import Store
from tests.pipeline.test_connecting import STAFF, STAFF_REPLY, Library, dated

MOTION = """Motion av Rut Kvarn (V) om fria simskolor

{head}

Alldeles för många barn i Lövhamn lär sig aldrig simma. Simskolorna i badhuset kostar mer än vad familjerna har råd med,
och köerna till nybörjargrupperna är långa. Simskolor borde vara fria för alla barn under tio år.

Jag föreslår kommunfullmäktige besluta

att simskolorna ska vara fria för barn under tio år

Rut Kvarn (V)
"""

MINUTES = """Lövhamns stad
SAMMANTRÄDESPROTOKOLL
Kommunfullmäktige

Sammanträdesdatum 2023-11-20

§ 118 Val av justerare

Kommunfullmäktige beslutar

att välja Ivar Dahl (M) att justera protokollet

§ 119 {heading}

Dnr KS 2023/77

{asker} har i en motion föreslagit att simskolorna ska vara fria. Kommunstyrelsen har berett ärendet.

Kommunfullmäktige beslutar

att motionen avslås

§ 120 Svar på motion om belysning i gångtunnlar

Ivar Dahl (M) yrkar bifall till kommunstyrelsens förslag.

Kommunfullmäktige beslutar

att motionen anses besvarad
"""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Store(tmp_path, create=True) as store:
        yield Library(store)


def minutes(heading: str = "Svar på motion om fria simskolor", asker: str = "Rut Kvarn (V)") -> str:
    return MINUTES.format(heading=heading, asker=asker)


def one_link(library: Library) -> Link:
    (link,) = library.links()
    return link


def test_minutes_are_linked_to_the_motion_a_paragraph_treats_by_asker_kind_and_topic(library: Library) -> None:
    motion = library.add("motion.txt", MOTION.format(head="2023-02-06"))
    held = library.add("protokoll.txt", minutes())
    link = one_link(library)
    assert (link.kind, link.source, link.target) == ("refers to", held, motion)
    assert "Rut Kvarn frågar och nämns i paragrafen" in link.reasons
    assert any(reason.startswith("behandlas i protokollet: § 119 Svar på motion") for reason in link.reasons)
    assert any(reason.startswith("samma ämne: ") and "simskol" in reason for reason in link.reasons)


def test_minutes_are_linked_by_the_case_number_alone(library: Library) -> None:
    motion = library.add("motion.txt", MOTION.format(head="Dnr KS 2023/77"))
    library.add("protokoll.txt", minutes("Barns simkunnighet", "Motionären"))
    link = one_link(library)
    assert (link.kind, link.target) == ("refers to", motion)
    assert "ärendenumret står i protokollet (KS 2023/77)" in link.reasons


def test_minutes_are_linked_by_the_motion_s_own_number(library: Library) -> None:
    motion = library.add("motion.txt", MOTION.format(head="Motion nr 2023:9\n\n2023-02-06"))
    library.add("protokoll.txt", minutes("Svar på motion (2023:9)", "Motionären"))
    link = one_link(library)
    assert (link.kind, link.target) == ("refers to", motion)
    assert "numret står i protokollet (motion 2023:9)" in link.reasons


@pytest.mark.parametrize(
    ("heading", "asker"),
    [
        ("Svar på motion om fria simskolor", "Sten Ahl (C)"),  # another's motion on the same
        ("Svar på motion om fler hundrastgårdar", "Rut Kvarn (V)"),  # another motion of hers
        ("Svar på interpellation om fria simskolor", "Rut Kvarn (V)"),  # not her motion
    ],
)
def test_minutes_that_treat_something_else_are_not_linked(library: Library, heading: str, asker: str) -> None:
    library.add("motion.txt", MOTION.format(head="2023-02-06"))
    library.add("protokoll.txt", minutes(heading, asker).replace("simskolorna ska vara fria", "så ska bli"))
    assert library.links() == []


def test_minutes_do_not_treat_what_is_put_after_them(library: Library) -> None:
    library.add("motion.txt", MOTION.format(head="2024-02-06"))
    library.add("protokoll.txt", minutes())
    assert library.links() == []


MEMO = """Lövhamns stad
TJÄNSTEUTLÅTANDE
{number}
2023-05-02

{title}

Förslag till beslut

Nämnden godkänner redovisningen.

Ärendet

{text}
"""


def test_documents_that_share_a_case_number_are_of_one_matter(library: Library) -> None:
    first = library.add(
        "ett.txt", MEMO.format(number="Dnr TN 2023/14", title="Kajens skick", text="Kajen är sprucken.")
    )
    second = library.add(
        "två.txt",
        MEMO.format(number="Dnr TN 2023/14", title="Muddring", text="Hamnen muddras.").replace("2023-05", "2023-09"),
    )
    link = one_link(library)
    assert (link.kind, link.source, link.target) == ("same matter", second, first)
    assert link.reasons == ("samma ärendenummer (TN 2023/14)",)


def test_a_reply_with_the_question_s_number_answers_it_and_is_not_told_twice(library: Library) -> None:
    library.add("interpellation.txt", dated(STAFF, "Dnr KS 2024/918"))
    library.add("svar.txt", STAFF_REPLY.replace("Till Karin Alm (S)", "Till Karin Alm (S)\n\nDnr KS 2024/918"))
    assert one_link(library).kind == "answers"


def test_a_memo_that_only_names_a_motion_does_not_answer_it(library: Library) -> None:
    motion = library.add("motion.txt", MOTION.format(head="Motion nr 2023:9\n\n2023-02-06"))
    text = "Kajen är sprucken. Motionen (2023:9) av Rut Kvarn (V) rör bara badet.\n\n" + "Kajen lagas i höst. " * 60
    memo = library.add("kajen.txt", MEMO.format(number="Dnr TN 2023/14", title="Kajens skick", text=text))
    link = one_link(library)
    assert link.source == memo
    assert link.target == motion


def test_a_memo_on_a_motion_answers_it(library: Library) -> None:
    motion = library.add("motion.txt", MOTION.format(head="2023-02-06"))
    text = "Rut Kvarn (V) har i en motion föreslagit att simskolorna ska vara fria för barn under tio år. " * 2
    memo = library.add(
        "svar.txt", MEMO.format(number="Dnr KS 2023/77", title="Svar på motion om fria simskolor", text=text)
    )
    link = one_link(library)
    assert (link.kind, link.source, link.target) == ("answers", memo, motion)


def test_a_citizen_s_proposal_is_answered_by_the_memo_on_it(library: Library) -> None:
    proposal = library.add(
        "förslag.txt",
        "MEDBORGARFÖRSLAG\n\nTill kommunfullmäktige i Lövhamns kommun\n\nCykelväg längs Oxmyrvägen\n\n"
        "Jag föreslår att kommunen bygger en cykelväg längs Oxmyrvägen mellan mejeriet och skolan.\n\n"
        "Vänliga hälsningar\nRut Kvarn\n",
    )
    memo = library.add(
        "yttrande.txt",
        MEMO.format(
            number="Dnr TN 2023/31",
            title="Yttrande över medborgarförslag om cykelväg längs Oxmyrvägen",
            text="Rut Kvarn har lämnat ett medborgarförslag om en cykelväg längs Oxmyrvägen förbi mejeriet och skolan.",
        ),
    )
    link = one_link(library)
    assert (link.kind, link.source, link.target) == ("answers", memo, proposal)


def test_one_number_in_two_cities_is_two_matters(library: Library) -> None:
    library.add("ett.txt", MEMO.format(number="Dnr TN 2023/14", title="Kajens skick", text="Kajen är sprucken."))
    other = MEMO.format(number="Dnr TN 2023/14", title="Torgets skick", text="Torget är sprucket.")
    library.add("två.txt", other.replace("Lövhamns stad", "Granåsa kommun"))
    assert library.links() == []
