"""What people do on the page, in a real browser on a real server: from the question they have to its answer.

The library is theirs to change: each journey that changes something looks at what no other does.
"""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pipeline.making import image_bytes, page_image
from tests.web.browsing import PHONE, TIMEOUT, WIDE, Visit, every_page, visiting

pytestmark = pytest.mark.xdist_group("browser")
expect.set_options(timeout=TIMEOUT)

SCAN = "2016-handlingsplan-2016-2018.pdf"
ASKED, REPLY = "2021-interpellation-arbetsmiljo.pdf", "2021-interpellationssvar-kompetensforsorjning.pdf"
CORRECTED = "2022-namndinitiativ-handledning.txt"
MATTER = "handlingsplan socialsekreterare"
UPLOADED = """Tjänsteutlåtande
Dnr KFN 2024/77

Simhallen i Oxmyra

Förvaltningen föreslår att bassängen i Oxmyra
simhall får ett nytt reningsverk under 2026.
Kostnaden är beräknad till tre miljoner kronor.
"""
LETTER = (
    "Till kulturnämnden\n2024-05-02\n\nBiblioteksbussen i Tegelhamra\n\nVi vill att bokbussen stannar vid torget.\n"
)


@pytest.fixture
def visit(browser: Browser, port: int) -> Iterator[Visit]:
    """A visitor; whatever the browser complains of on the way is a fault."""
    with visiting(browser, port) as visit:
        yield visit
        assert visit.complaints == []


@pytest.fixture
def page(visit: Visit) -> Page:
    """The visitor's tab."""
    return visit.page


def search(page: Page, query: str) -> None:
    page.locator("#q").fill(query)
    page.locator("#q").press("Enter")
    page.wait_for_url("**/sok?q=*")


def yellow(picture: Locator) -> int:
    """How many points of the picture, as the browser shows it, are in the colour of a mark."""
    expect(picture).to_have_js_property("complete", True)  # noqa: FBT003
    shown = Image.open(io.BytesIO(picture.screenshot())).convert("RGB")
    data = shown.tobytes()
    points = zip(data[::3], data[1::3], data[2::3], strict=True)
    return sum(red > 200 and green > 170 and blue < 150 for red, green, blue in points)


def upload(page: Page, name: str, data: bytes) -> None:
    page.goto("/lagg-till")
    page.get_by_label("PDF, skanningar").set_input_files({"name": name, "mimeType": "", "buffer": data})
    page.locator("main").get_by_role("button", name="Lägg till").click()
    expect(page.get_by_role("heading", name="Så gick inläsningen")).to_be_visible()  # the page looks again by itself
    expect(page.get_by_role("status")).to_contain_text("1 sida in = 1 läst + 0 listade")


def test_a_phrase_is_found_and_marked_on_the_scanned_page(page: Page) -> None:
    page.goto("/")
    search(page, '"riktmärket" OR "åtgärdslistor som stadsdelsförvaltningarna"')
    page.locator(".hits li", has_text=SCAN).locator("h3 a").click()
    expect(page.locator(".text mark").first).to_be_visible()
    picture = page.locator(".sheet img")
    marked = yellow(picture)
    page.get_by_role("link", name="Ta bort markeringar").click()
    expect(page.locator(".text mark")).to_have_count(0)
    assert marked > 500 > yellow(picture)


def test_a_correction_is_rejected(page: Page, number: Callable[[str], int]) -> None:
    page.goto(f"/handling/{number(CORRECTED)}/1")
    fix = page.locator(".text .fix", has_text="svårt").first
    fix.locator("summary").click()
    expect(fix.locator(".card")).to_contain_text("Där stod svart")
    fix.get_by_role("button", name="Underkänn").click()
    page.wait_for_url("**/1**#rattelser*")
    expect(page.locator(".text .fix", has_text="svårt")).to_have_count(0)
    page.goto("/granska?visa=bedomt")
    expect(page.locator(".reviewed li").first).to_contain_text("svårt")


def test_the_action_plan_is_followed_from_2015(page: Page) -> None:
    page.goto("/")
    page.locator("#q").fill(MATTER)
    page.get_by_role("button", name="Följ ärendet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Handlingsplan socialsekreterare")
    versions = page.get_by_role("region", name="Planens versioner")
    for period in ("2016–2018", "2019–2022", "2024–2027"):
        expect(versions).to_contain_text(period)
    expect(page.locator(".events .year").first).to_have_text("2015")
    page.get_by_label("Till år").fill("2016")
    page.locator("main").get_by_role("button", name="Visa", exact=True).click()
    expect(page.locator(".events .year")).to_have_text(["2015", "2016"])
    expect(page.locator("svg.timeline .mark").first).to_be_visible()
    page.locator(".events .quote footer a").first.click()
    expect(page.locator(".text mark.quoted").first).to_be_visible()


def test_an_unanswered_question_is_seen(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Frågor", exact=True).click()
    page.get_by_label("Läge").select_option("svar saknas")
    page.locator("main").get_by_role("button", name="Visa").click()
    question = page.locator(".told", has_text="Hur många hot mot socialsekreterare har anmälts")
    expect(question.locator(".status")).to_have_text("svar saknas")
    expect(page.locator(".group", has=question)).to_contain_text("Inget svar finns bland handlingarna")
    question.get_by_role("link", name="s. 1").click()
    expect(page.locator(".text mark.quoted").first).to_contain_text("Hur många hot")


def test_a_matter_is_taken_away_as_a_word_file(page: Page, tmp_path: Path) -> None:
    from docx import Document

    page.goto(f"/arende?q={MATTER}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word", exact=True).click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.suffix == ".docx"
    told = "".join(Document(str(file)).element.body.itertext())  # its tables too
    assert "Handlingsplan socialsekreterare" in told
    assert "Hur många hot mot socialsekreterare" in told


def test_a_scan_is_uploaded_and_found(page: Page) -> None:
    upload(page, "simhallen, skannad.png", image_bytes([page_image(UPLOADED)], "PNG"))
    expect(page.get_by_role("rowheader", name="simhallen, skannad.png")).to_be_visible()
    search(page, "reningsverk bassäng")
    page.locator(".hits li h3 a").first.click()
    expect(page.locator(".text mark").first).to_be_visible()
    assert yellow(page.locator(".sheet img")) > 200
    with page.expect_download() as download:
        page.get_by_role("link", name="Hämta originalet").click()
    assert download.value.suggested_filename == "simhallen, skannad.png"


def test_a_saved_search_tells_what_is_new(page: Page) -> None:
    page.goto("/sok?q=bokbuss*")
    page.get_by_label("Namn").fill("Bussen med böcker")
    page.get_by_role("button", name="Spara").click()
    saved = page.locator(".entries li", has_text="Bussen med böcker")
    expect(saved).to_contain_text("inget nytt sedan sist")
    upload(page, "brev.txt", LETTER.encode())
    page.goto("/")
    saved.get_by_role("link", name="1 ny sedan sist").click()
    expect(page.locator(".hits li")).to_have_count(1)
    expect(page.locator(".hits mark").first).to_have_text("bokbussen")
    page.get_by_role("button", name="Markera som sedda").click()
    expect(saved).to_contain_text("inget nytt sedan sist")
    saved.get_by_role("button", name="Ta bort").click()
    expect(saved).to_have_count(0)


def test_a_link_is_corrected_and_taken_back(page: Page, number: Callable[[str], int]) -> None:
    page.goto(f"/handling/{number(ASKED)}/1")
    answered = page.locator("section", has=page.get_by_role("heading", name="Frågor som ställs i handlingen"))
    expect(answered.locator(".status").first).to_have_text("besvarad")
    page.locator(".why", has_text="svar på interpellation").get_by_role("link", name="Granska").click()
    page.get_by_role("button", name="Underkänn").click()
    expect(page.locator(".notice")).to_contain_text("nderkän")
    page.goto(f"/handling/{number(ASKED)}/1")
    expect(answered.locator(".status").first).to_have_text("svar saknas")
    page.goto(f"/granska/s{number(REPLY)}-{number(ASKED)}")
    page.get_by_role("button", name="Ta tillbaka").click()
    page.goto(f"/handling/{number(ASKED)}/1")
    expect(answered.locator(".status").first).to_have_text("besvarad")


def test_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Till innehållet")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("socialn")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).not_to_be_focused()
    expect(page.locator("#q")).to_have_value("socialn")  # closing wipes nothing
    page.keyboard.press("/")
    page.keyboard.type("handlingsplan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sok?q=handlingsplan")
    hits = page.locator(".hits li h3 a")
    for key, at in (("j", 0), ("j", 1), ("k", 0)):
        page.keyboard.press(key)
        expect(hits.nth(at)).to_be_focused()
    assert hits.nth(0).evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url("**/handling/**")
    page.keyboard.press("j")
    expect(page.locator(".text mark").first).to_be_focused()


@pytest.mark.parametrize("width", [WIDE, PHONE])
def test_no_page_is_wider_than_the_window(
    browser: Browser, port: int, number: Callable[[str], int], width: int
) -> None:
    wide = {}
    with visiting(browser, port, width) as visit:
        for name, address in every_page(number).items():
            answer = visit.page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            reaches = visit.page.evaluate("document.documentElement.scrollWidth")
            if reaches > width:
                wide[name] = reaches
        assert visit.complaints == []
    assert wide == {}


def test_on_a_phone_what_narrows_a_list_stands_folded_above_it(browser: Browser, port: int) -> None:
    with visiting(browser, port, PHONE) as visit:
        for address, folded in (("/sok?q=handlingsplan", "Begränsa, spara och hämta"), ("/fragor", "Begränsa")):
            visit.page.goto(address)
            fold, first = visit.page.locator(".folded > summary"), visit.page.locator(".entries > li").first
            facet = visit.page.locator(".side").get_by_role("heading", name="År", exact=True)
            expect(fold).to_have_text(folded)
            box, hit = fold.bounding_box(), first.bounding_box()
            assert box
            assert hit
            assert box["y"] < hit["y"]
            expect(facet).not_to_be_visible()
            fold.click()
            expect(facet).to_be_visible()
    with visiting(browser, port, WIDE) as visit:
        visit.page.goto("/sok?q=handlingsplan")
        expect(visit.page.locator(".side").get_by_role("heading", name="År", exact=True)).to_be_visible()
        expect(visit.page.locator(".folded > summary")).not_to_be_visible()


def test_findings_stand_beside_the_text_where_there_is_room_else_under_the_picture(
    browser: Browser, port: int, number: Callable[[str], int]
) -> None:
    for width, beside in ((1400, True), (WIDE, False)):
        with visiting(browser, port, width) as visit:
            visit.page.goto(f"/handling/{number(SCAN)}/1")
            picture, text, found = (visit.page.locator(one).bounding_box() for one in (".sheet", ".reading", ".margin"))
            assert picture
            assert text
            assert found
            assert text["x"] > picture["x"]
            assert (found["x"] > text["x"]) is beside
            if not beside:
                assert found["x"] == picture["x"]
                assert found["y"] >= picture["y"] + picture["height"]


def test_on_paper_only_what_is_to_be_read_is_left(browser: Browser, port: int, number: Callable[[str], int]) -> None:
    with visiting(browser, port) as visit:
        page = visit.page
        page.emulate_media(media="print")
        for address in ("/sok?q=handlingsplan", "/fragor", f"/arende?q={MATTER}", f"/handling/{number(REPLY)}/1"):
            page.goto(address)
            for away in (".side", ".jump", 'a[href^="/granska/"]', "button", "form"):
                for one in page.locator(away).all():
                    expect(one).not_to_be_visible()
        page.goto(f"/arende?q={MATTER}")
        assert page.locator(".against details:not(.paper)").count() > 3
        for one in page.locator(".against details:not(.paper)").all():
            expect(one).not_to_be_visible()


def test_a_quote_is_copied_with_what_it_is_said_in(browser: Browser, port: int, number: Callable[[str], int]) -> None:
    plan = number("2019-handlingsplan-2019-2022.pdf")
    source = "Handlingsplan, Socialnämnden, 23 april 2019, dnr SN/2019:118, s. 1; 2019-handlingsplan-2019-2022.pdf"
    with visiting(browser, port) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        for address, place in (
            (f"/handling/{plan}/1", ".margin"), ("/sok?q=handlingsplan", ".hits"), (f"/arende?q={MATTER}", ".parts"),
        ):  # fmt: skip
            visit.page.goto(address)
            button = visit.page.locator(f'{place} [data-cite$="{source})"]').locator("visible=true").first
            told = button.get_attribute("data-cite") or ""
            button.click()
            expect(button).to_have_text("Kopierat")
            assert visit.page.evaluate("navigator.clipboard.readText()") == told
            assert told.startswith("”")


def test_everything_works_without_scripts(browser: Browser, port: int, number: Callable[[str], int]) -> None:
    with visiting(browser, port, scripts=False) as visit:
        page = visit.page
        page.goto("/")
        search(page, "handlingsplan")
        page.locator(".hits li", has_text=SCAN).locator("h3 a").click()
        expect(page.locator(".text mark").first).to_be_visible()
        assert yellow(page.locator(".sheet img")) > 500
        page.get_by_role("link", name="Följ ärendet").click()
        expect(page.locator("svg.timeline")).to_be_visible()
        for button in page.locator("[data-cite]").all():
            expect(button).not_to_be_visible()
        page.goto(f"/granska/f{number('2025-interpellation-hot.pdf')}-1")
        page.get_by_label("Läge för fråga").select_option("delvis besvarad")
        page.get_by_role("button", name="Sätt läget").click()
        expect(page.locator(".status").first).to_have_text("delvis besvarad")
        page.get_by_role("button", name="Ta tillbaka").click()
        expect(page.locator(".status").first).to_have_text("svar saknas")
