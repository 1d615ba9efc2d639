"""Keys, incomplete case numbers and personal numbers of a document, with their places."""

from corpus.records import Record
from corpus.values import IncompleteNumber, Key, OwnNumber, PersonalNumber
from index.export.interface import document
from tests.pipeline.making import PROSE, findings, pages, values

MINUTES = "Protokoll från hamnnämndens sammanträde\n\nLövhamns stad\n\n{}\n"


def test_keys_are_told_by_kind_and_said_twice_they_are_one_with_two_places() -> None:
    text = (
        f"Utlåtande 2018:31 RI (Dnr 106-0518/2006)\n\nSvar på motion (2019:8) av Karin Alm (M) om kajen\n\n{PROSE}\n"
        "Motion nr 8/2019 behandlades av kommunfullmäktige den 4 maj 2020, § 63, och av KS § 12/2019.\n"
    )
    assert values(Key, text) == [
        Key("utlatande", "2018:31 RI"),
        Key("motion", "2019:8"),
        Key("paragraf", "KF § 63/2020"),
        Key("paragraf", "KS § 12/2019"),
    ]
    motion = next(finding for finding in findings(text) if finding.value == Key("motion", "2019:8"))
    assert len(motion.places) == 2
    assert motion.text == "motion (2019:8)"


def test_a_number_alone_in_an_interpellation_s_head_is_the_interpellation_s() -> None:
    head = "Interpellation av Karin Alm (S) om kajen\n\nNr 2011:4\n\n"
    assert values(Key, f"{head}{PROSE}\nEn lag (2011:5) nämns.\n") == [Key("interpellation", "2011:4")]
    assert values(Key, f"Tjänsteutlåtande\n\nNr 2011:4\n\n{PROSE}") == []


def test_a_bare_paragraph_is_surer_in_minutes() -> None:
    in_minutes = findings(MINUTES.format(f"§ 63\n\nKajen i Oxmyra\n\n{PROSE}"))
    elsewhere = findings(f"Tjänsteutlåtande\n\n{PROSE}\nNämnden tog upp frågan i § 63 i höstas.\n")
    sure, bare = (next(f for f in found if f.value == Key("paragraf", "§ 63")) for found in (in_minutes, elsewhere))
    assert sure.confidence > bare.confidence


def test_a_case_number_is_no_key() -> None:
    text = f"Tjänsteutlåtande\n\nDnr KS 2023/640\n\n{PROSE}"
    assert values(Key, text) == []
    assert len(values(OwnNumber, text)) == 1


def test_an_incomplete_number_is_told_and_is_no_number() -> None:
    text = f"Tjänsteutlåtande\n\nDnr: KS 2019/\n\nNy kaj vid Oxmyra strand\n\n{PROSE}"
    assert values(IncompleteNumber, text) == [IncompleteNumber("Dnr: KS 2019/")]
    assert values(OwnNumber, text) == []


def test_a_label_alone_or_with_the_number_below_is_not_incomplete() -> None:
    assert values(IncompleteNumber, f"Tjänsteutlåtande\n\nDnr:\n\nNy kaj vid Oxmyra strand\n\n{PROSE}") == []
    assert values(IncompleteNumber, f"Tjänsteutlåtande\n\nDiarienummer\n\nKS 2023/640\n\n{PROSE}") == []
    assert values(IncompleteNumber, f"Tjänsteutlåtande\n\nDnr KS\n\n2023/640\n\n{PROSE}") == []


def test_a_personal_number_is_noted_without_its_last_digits() -> None:
    found = findings(f"Beslut om bygglov\n\nSökande: Karin Alm, 19121212-1212\n\n{PROSE}", "Även 121212-1213 berörs.")
    persons = [finding for finding in found if isinstance(finding.value, PersonalNumber)]
    assert [(one.value, one.text, one.page) for one in persons] == [
        (PersonalNumber("19121212-XXXX", checked=True), "19121212-XXXX", 1),
        (PersonalNumber("121212-XXXX", checked=False), "121212-XXXX", 2),
    ]
    assert persons[0].confidence > persons[1].confidence


def test_other_programs_get_them() -> None:
    text = f"Svar på motion (2019:8)\n\nDnr KS 2019/\n\nSökande: 19121212-1212\n\n{PROSE}"
    record = Record("x.txt", "x", "text/plain", pages(text), 1, findings(text))
    told = document(1, record)
    assert told["keys"] == [{"kind": "motion", "number": "2019:8"}]
    assert told["incomplete_case_numbers"] == ["Dnr KS 2019/"]
    assert told["personal_numbers"] == [{"masked": "19121212-XXXX", "checked": True, "page": 1}]
