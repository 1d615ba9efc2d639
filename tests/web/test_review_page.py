"""Granska: what is unsure is listed page by page, judged with a name, told as judged, and taken back."""

import html
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from corpus import approvals, judgements, rulings
from corpus.store import Store
from index import judged, replies, review
from index.review import counts, unsure_answers, unsure_links
from index.said import said
from index.search import search
from tests.web.conftest import HOSTS
from web.answers import Json
from web.app import create

LISTS = ("svar", "kopplingar", "sidor", "rattelser", "olasta", "bedomt")


@pytest.fixture
def home(samples_home: Path, tmp_path: Path) -> Path:
    """A library of one's own, to be judged."""
    return Path(shutil.copytree(samples_home, tmp_path / "bibliotek"))


@pytest.fixture
def client(home: Path) -> Iterator[TestClient]:
    """The page over it, for a person called Eva Ek."""
    app = create(home, HOSTS)
    app.state.user = "Eva Ek"
    with TestClient(app, follow_redirects=False) as client:
        yield client


def token(client: TestClient) -> str:
    match = re.search(r'name="token" value="([0-9a-f]+)"', client.get("/lagg-till").text)
    assert match
    return match[1]


def told(client: TestClient, path: str) -> Json:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    data: Json = answer.json()
    return data


def change(client: TestClient, path: str, **fields: object) -> str:
    """Make a change and return where it leads."""
    answer = client.post(path, data={"token": token(client), **fields})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def unsure(client: TestClient) -> Json:
    one: Json = told(client, "/granska.json?visa=svar")["items"][0]
    return one


def a_link(home: Path) -> str:
    with Store(home) as store:
        return next(one.id for one in judged.judged_links(store) if one.link.kind == "answers")


@pytest.mark.parametrize("view", LISTS)
def test_every_list_is_a_page_with_its_counts(client: TestClient, view: str) -> None:
    data = told(client, f"/granska.json?visa={view}")
    assert (data["view"], set(data["counts"])) == (view, set(LISTS))
    page = client.get(f"/granska?visa={view}")
    assert page.status_code == 200
    assert f'href="/granska?visa={view}" aria-current="page"' in page.text


def test_without_a_choice_the_first_list_with_something_in_it_is_shown(
    client: TestClient, empty_page: TestClient
) -> None:
    data = told(client, "/granska.json")
    assert data["counts"][data["view"]]
    assert told(empty_page, "/granska.json")["items"] == []
    assert "Inget mer att granska här." in empty_page.get("/granska").text


def test_a_status_set_is_told_as_set_and_the_question_leaves_the_list(client: TestClient, home: Path) -> None:
    one = unsure(client)
    where = change(client, "/granska/fraga", id=one["id"], status="besvarad", visa="svar", sida=1)
    assert where == f"/granska?visa=svar&sida=1&klart={one['id']}"
    assert "Se bedömningen" in client.get(where).text
    assert one["id"] not in [other["id"] for other in told(client, "/granska.json?visa=svar")["items"]]
    stands = told(client, f"/granska/{one['id']}.json")
    assert stands["status"] == "answered"
    assert stands["judged"].startswith("satt av Eva Ek, ")
    (entry,) = judgements.answers(home)
    assert (entry.by, entry.status) == ("Eva Ek", "answered")


def test_the_index_is_told_of_a_judgement(client: TestClient, home: Path) -> None:
    one = unsure(client)
    with Store(home) as store:
        before = search(store, home, "status:återtagen").total
    change(client, "/granska/fraga", id=one["id"], status="återtagen")
    with Store(home) as store:
        found = [hit.file for hit in search(store, home, "status:återtagen").hits]
    assert len(found) == before + 1
    assert one["question_file"] in found


def test_a_passage_is_chosen_and_rejected_and_all_is_taken_back(client: TestClient) -> None:
    named = unsure(client)["id"]
    before = told(client, f"/granska/{named}.json")
    last = len(before["offered"])
    assert change(client, "/granska/fraga", id=named, passage=last) == f"/granska/{named}"
    assert told(client, f"/granska/{named}.json")["answers"][0] == before["offered"][-1]["quote"]
    change(client, "/granska/fraga", id=named, inte=last)
    assert before["offered"][-1]["quote"] not in told(client, f"/granska/{named}.json")["answers"]
    assert "visas inte som svar" in client.get(f"/granska/{named}").text
    change(client, "/granska/fraga", **{"id": named, "ta-tillbaka": "1"})
    assert told(client, f"/granska/{named}.json") == before


def test_a_link_is_rejected_and_taken_back(client: TestClient, home: Path) -> None:
    named = a_link(home)
    assert client.get(f"/granska/{named}").status_code == 200
    change(client, "/granska/koppling", id=named, dom="underkann")
    assert told(client, f"/granska/{named}.json")["rejected"]
    (newest,) = told(client, "/granska.json?visa=bedomt")["items"]
    assert (newest["id"], newest["by"], newest["what"], newest["holds"]) == (
        named,
        "Eva Ek",
        "underkände kopplingen",
        True,
    )
    assert 'value="ta-tillbaka"' in client.get("/granska?visa=bedomt").text
    change(client, "/granska/koppling", id=named, dom="ta-tillbaka", visa="bedomt")
    assert told(client, f"/granska/{named}.json")["judged"] == ""
    back, first = told(client, "/granska.json?visa=bedomt")["items"]
    assert (back["what"], back["holds"], first["holds"]) == ("tog tillbaka", False, False)


def test_the_right_reply_is_set_in_place_of_a_wrong_one(client: TestClient, home: Path) -> None:
    wrong = a_link(home)
    reply, asked = re.findall(r"\d+", wrong)
    with Store(home) as store:
        right = next(one for one in store.documents() if one.id not in {int(reply), int(asked)})
    assert change(client, "/granska/svar", id=wrong, handling=right.file) == f"/granska/s{right.id}-{asked}"
    assert told(client, f"/granska/{wrong}.json")["rejected"]
    assert told(client, f"/granska/s{right.id}-{asked}.json")["confidence"] == 1.0
    # one set by hand is gone when it is taken back
    assert change(client, "/granska/koppling", id=f"s{right.id}-{asked}", dom="ta-tillbaka") == "/granska"


def test_a_reply_is_set_for_a_question(client: TestClient, home: Path) -> None:
    one = unsure(client)
    other = str(one["document"] % 5 + 1)
    assert change(client, "/granska/svar", id=one["id"], handling=other) == f"/granska/{one['id']}"
    assert told(client, f"/granska/{one['id']}.json")["judged"].startswith("kopplingen till svaret satt av Eva Ek")
    with Store(home) as store:
        known = {key for key, answer in judged.answers(store).items() if answer.judged}
        assert judged.judged_already(store)[1] == known


def test_an_answer_that_is_right_is_agreed_to_from_the_list(client: TestClient) -> None:
    one = unsure(client)
    assert "Stämmer<" in client.get("/granska?visa=svar").text
    where = change(client, "/granska/fraga", id=one["id"], stammer=1, visa="svar", sida=1)
    assert where == f"/granska?visa=svar&sida=1&klart={one['id']}"
    stands = told(client, f"/granska/{one['id']}.json")
    assert (stands["status"], stands["answers"]) == (one["status"], one["answers"])
    assert stands["judged"].startswith("satt av Eva Ek, ")
    assert one["id"] not in [other["id"] for other in told(client, "/granska.json?visa=svar")["items"]]


def test_a_correction_that_is_right_leaves_the_list_until_it_is_taken_back(client: TestClient, home: Path) -> None:
    first, *others = told(client, "/granska.json?visa=rattelser")["items"]
    sent = form(client, "/granska?visa=rattelser", "/granska/godkann")
    assert "Sparat." in client.get(change(client, "/granska/godkann", **sent)).text
    left = told(client, "/granska.json?visa=rattelser")
    assert left["items"][: len(others)] == others
    (approval,) = approvals.standing(approvals.said(home))
    assert (approval.by, approval.page, approval.before, approval.after) == (
        "Eva Ek",
        first["page"],
        first["before"],
        first["after"],
    )
    (newest,) = told(client, "/granska.json?visa=bedomt")["items"]
    assert (newest["id"], newest["what"], newest["holds"]) == (sent["id"], "godkände rättelsen", True)
    back = form(client, "/granska?visa=bedomt", "/granska/godkann")
    change(client, "/granska/godkann", **back, **{"ta-tillbaka": 1})
    assert told(client, "/granska.json?visa=rattelser")["items"][0] == first
    assert not any(entry["holds"] for entry in told(client, "/granska.json?visa=bedomt")["items"])


def test_a_page_that_can_be_read_leaves_the_list(client: TestClient, home: Path) -> None:
    with Store(home) as store:
        document = store.resolve("2019-protokoll-socialnamnden.pdf")
        record = store.record(document)
        poor = replace(record.pages[1], grade=0.4, reasons=("textlagret: vart femte ord är okänt",))
        store.save(document, replace(record, pages=(record.pages[0], poor, record.pages[2])))
    (one,) = told(client, "/granska.json?visa=sidor")["items"]
    assert (one["document"], one["page"]) == (document, 2)
    assert "filens egen text: vart femte ord är okänt" in client.get("/granska?visa=sidor").text
    change(client, "/granska/godkann", **form(client, "/granska?visa=sidor", "/granska/godkann"))
    assert told(client, "/granska.json?visa=sidor")["items"] == []
    assert told(client, "/granska.json")["counts"]["sidor"] == 0
    assert "Eva Ek fann sidan läsbar nog" in client.get("/granska?visa=bedomt").text


def test_a_correction_rejected_in_the_list_leads_back_to_it(client: TestClient, home: Path) -> None:
    one = told(client, "/granska.json?visa=rattelser")["items"][0]
    path = f"/handling/{one['document']}/{one['page']}/underkann"
    sent = form(client, "/granska?visa=rattelser", path)
    key = f"{one['start']}|{one['before']}|{one['after']}"
    where = change(client, path, **sent, rattelse=key)
    assert where.startswith("/granska?visa=rattelser&sida=1&klart=")
    assert "Sparat." in client.get(where).text
    assert rulings.load(home).rejected


def test_what_could_not_be_read_is_listed_page_by_page(client: TestClient, home: Path) -> None:
    assert told(client, "/granska.json")["counts"]["olasta"] == 0
    with Store(home) as store:
        for number in range(12):
            store.begin(f"avbruten {number}.pdf", f"{number:064}", "application/pdf")
    start = told(client, "/index.json")
    assert start["failed"] == 12
    shown = client.get("/").text
    assert f">{start['documents'] - 12} handlingar</a>" in shown
    assert '<a href="/granska?visa=olasta">12 handlingar gick inte att läsa</a>' in shown
    first, second = (told(client, f"/granska.json?visa=olasta&sida={n}")["items"] for n in (1, 2))
    assert [one["file"] for one in (*first, *second)] == [f"avbruten {number}.pdf" for number in reversed(range(12))]
    page = client.get("/granska?visa=olasta").text
    assert "Arbetet avbröts innan handlingen var klar." in page
    assert "Välj filerna under Lägg till." in page
    assert "aktspar add" not in page
    assert client.get(f"/handling/{first[0]['document']}").status_code == 200


def test_a_reply_is_chosen_among_the_likely_and_a_slip_is_told_beside_the_field(client: TestClient, home: Path) -> None:
    wrong = a_link(home)
    reply, asked = re.findall(r"\d+", wrong)
    shown = client.get(f"/granska/{wrong}").text
    with Store(home) as store:
        likely = replies.likely(store, home, int(asked), int(reply))
    assert likely
    assert all(one.id not in {int(reply), int(asked)} for one in likely)
    assert f'name="handling" value="{likely[0].id}"' in shown
    assert f'<option value="{likely[0].file}">' in shown
    where = change(client, "/granska/svar", id=wrong, handling="finns-inte.pdf")
    assert where == f"/granska/{wrong}?okand=finns-inte.pdf#ratt-svar"
    told_beside = client.get(where).text
    assert "Ingen handling heter ”finns-inte.pdf”" in told_beside
    assert 'value="finns-inte.pdf"' in told_beside
    assert not (home / "corrections").exists()


def test_what_is_judged_is_called_by_words_not_by_its_number(client: TestClient, home: Path) -> None:
    for named, words in ((unsure(client)["id"], "Frågan och svaret"), (a_link(home), "Kopplingen")):
        shown = client.get(f"/granska/{named}").text
        assert f"› {words}</p>" in shown
        assert f"› {named}" not in shown


def form(client: TestClient, page: str, action: str) -> dict[str, str]:
    """The hidden fields of the first form on a page with an action."""
    text = client.get(page).text
    found = text[text.index(f'action="{action}"') :]
    fields = re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', found[: found.index("</form>")])
    return {name: html.unescape(value) for name, value in fields if name != "token"}


def test_a_rejected_correction_is_listed_with_who_and_taken_back(client: TestClient, home: Path) -> None:
    one = told(client, "/granska.json?visa=rattelser")["items"][0]
    assert set(one) >= {"document", "page", "start", "before", "after", "rule", "confidence"}
    path = f"/handling/{one['document']}/{one['page']}/underkann"
    assert f'action="{path}"' in client.get("/granska?visa=rattelser").text
    change(client, path, rattelse=f"{one['start']}|{one['before']}|{one['after']}")
    (rejected,) = rulings.load(home).rejected
    assert rejected.by == "Eva Ek"
    with Store(home) as store:
        held = store.pages(one["document"])[one["page"] - 1]
    assert one["start"] not in [correction.start for correction in held.corrections]
    (newest,) = told(client, "/granska.json?visa=bedomt")["items"]
    assert (newest["what"], newest["number"], newest["holds"]) == ("underkände rättelsen", 1, True)
    assert newest["about"].startswith(f"{one['before']} → {one['after']} (")
    wrong = {"token": token(client), "nummer": 1, "stod": "annat", "blev": one["after"]}
    assert client.post("/granska/rattelse", data=wrong).status_code == 404
    assert (
        change(client, "/granska/rattelse", nummer=1, stod=one["before"], blev=one["after"]) == "/granska?visa=bedomt"
    )
    assert rulings.load(home).rejected == ()
    with Store(home) as store:
        held = store.pages(one["document"])[one["page"] - 1]
    assert one["start"] in [correction.start for correction in held.corrections]
    assert not any(entry["holds"] for entry in told(client, "/granska.json?visa=bedomt")["items"])


def test_where_nobody_is_known_a_name_is_asked_for(client: TestClient, home: Path) -> None:
    client.app.state.user = ""  # type: ignore[attr-defined]
    named = a_link(home)
    assert 'name="av" required' in client.get(f"/granska/{named}").text
    answer = client.post("/granska/koppling", data={"token": token(client), "id": named, "dom": "godta"})
    assert (answer.status_code, "Det framgår inte vem som bedömer." in answer.text) == (404, True)
    change(client, "/granska/koppling", id=named, dom="godta", av="Siv Alm")
    assert told(client, f"/granska/{named}.json")["judged"].startswith("godtagen av Siv Alm")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/granska/fraga", {"id": "f1-999", "status": "besvarad"}),
        ("/granska/fraga", {"id": "f99999999999999999999-1", "status": "besvarad"}),
        ("/granska/fraga", {"id": "hej", "status": "besvarad"}),
        ("/granska/fraga", {"id": "FRÅGA", "status": "klart"}),
        ("/granska/fraga", {"id": "FRÅGA"}),
        ("/granska/fraga", {"id": "FRÅGA", "passage": "999"}),
        ("/granska/fraga", {"id": "FRÅGA", "passage": "-1"}),
        ("/granska/fraga", {}),
        ("/granska/koppling", {"id": "s1-1", "dom": "godta"}),
        ("/granska/koppling", {"id": "LÄNK", "dom": "kanske"}),
        ("/granska/koppling", {"id": "h1-2", "dom": "underkann"}),
        ("/granska/fraga", {"id": "f1-999", "stammer": "1"}),
        ("/granska/godkann", {"id": "p1-999"}),
        ("/granska/godkann", {"id": "r1-1-999"}),
        ("/granska/godkann", {"id": "p1-1", "ta-tillbaka": "1"}),
        ("/granska/godkann", {"id": "p1-1", "rattelse": "0|a|b"}),
        ("/granska/godkann", {"id": "hej"}),
        ("/granska/svar", {"id": "hej", "handling": "1"}),
        ("/granska/rattelse", {"nummer": "7", "stod": "a", "blev": "b"}),
    ],
)
def test_mistakes_are_told_and_change_nothing(
    client: TestClient, home: Path, path: str, fields: dict[str, Any]
) -> None:  # fmt: skip
    given = {"FRÅGA": unsure(client)["id"], "LÄNK": a_link(home)}
    named = {**fields, "id": given.get(fields.get("id", ""), fields.get("id", ""))}
    answer = client.post(path, data={"token": token(client), **named})
    assert answer.status_code == 404
    assert "Det gick inte" in answer.text
    assert not (home / "corrections").exists()


@pytest.mark.parametrize("path", [f"/granska/{one}" for one in ("fraga", "koppling", "svar", "rattelse", "godkann")])
def test_no_change_without_the_token(client: TestClient, home: Path, path: str) -> None:
    for given in ({}, {"token": ""}, {"token": "0" * 64}):
        answer = client.post(path, data={"id": unsure(client)["id"], "status": "besvarad", **given})
        assert answer.status_code == 403
    assert not (home / "corrections").exists()


def test_unknown_things_are_not_found(client: TestClient) -> None:
    for named in ("f1-999", "s1-2", "x", "f0-0", "f99999999999999999999-1", "s1-1"):
        for path in (f"/granska/{named}", f"/granska/{named}.json"):
            assert client.get(path).status_code == 404
    assert client.get("/granska?visa=bedomt&sida=99999999999").status_code == 200


def test_doubts_come_in_windows_and_the_judged_are_passed_over(home: Path) -> None:
    with Store(home) as store:
        everything = unsure_answers(store, 100)
        assert counts(store).answers == len(everything) > 0
        assert [one.id for n in range(9) for one in unsure_answers(store, 1, n)] == [one.id for one in everything]
        key = judged.find_question(store, everything[0].id)
        assert key
        review.judge_question(store, key, "Eva", status="besvarad")
        assert [one.id for one in unsure_answers(store, 100)] == [one.id for one in everything[1:]]
        assert counts(store).answers == len(everything) - 1
        links = unsure_links(store, 100)
        assert counts(store).links == len(links)
        assert said(store, 10)[1] == 1
