"""The box and the results as an agent with a caller on the line uses them, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pasting import LOG, box, paste
from tests.web.content import BILINGUAL, CODE
from troubleshooting.models import GapReport, SearchLog

pytestmark = pytest.mark.usefixtures("portal")

PHONE = {"width": 390, "height": 844}


def test_a_pasted_log_is_marked_and_leads_to_the_step(page):
    page.goto("/fr/")
    paste(page, LOG)
    area = page.locator("form.search-box textarea")
    expect(area).to_be_focused()
    assert area.input_value() == LOG
    assert area.bounding_box()["height"] > 100
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/search/")
    assert page.locator("#evidence mark").last.inner_text() == CODE.lower()
    assert "<b>x</b>" in page.locator("#line-41").inner_text()
    assert not page.locator("#line-3").is_visible()
    page.locator(".fold summary").click()
    assert page.locator("#line-3").is_visible()
    why = page.locator(".hit-why a")
    assert why.inner_text() == f"ligne 41\u00a0: {CODE.lower()}"
    why.click()
    assert page.url.endswith("/fr/search/#line-41")
    page.locator(".facet button", has_text="Android").click()
    page.wait_for_url("**/fr/search/?platform=android")
    assert page.locator("#line-41 mark").is_visible()
    page.get_by_role("button", name="English", exact=True).click()
    page.wait_for_url("**/en/search/?platform=android")
    page.locator(".code-answer .button-primary").click()
    assert f"/en/articles/{BILINGUAL}/#" in page.url


@pytest.mark.parametrize("service_workers", ["allow"])
def test_the_way_back_leads_to_the_pasted_text(page):
    """With the service worker between the browser and the portal: it leaves a posted text alone."""
    page.goto("/fr/")
    page.evaluate("() => navigator.serviceWorker.ready.then(() => null)")
    page.reload()
    paste(page, LOG)
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/search/")
    page.locator(".code-answer .button-primary").click()
    page.wait_for_url(f"**/fr/articles/{BILINGUAL}/*")
    page.go_back()
    expect(page.locator("#line-41 mark")).to_be_visible()
    assert page.url.endswith("/fr/search/")


def test_a_misspelt_french_message_on_the_english_page(page):
    page.goto("/en/")
    page.keyboard.type("plafon ateint")
    page.keyboard.press("Enter")
    hit = page.locator(".hit").first
    assert hit.locator(".hit-title").inner_text() == "Limit reached"
    assert "Found in French" in hit.inner_text()
    expect(page.get_by_role("status").filter(has_text="article")).to_have_text("1 article")


def test_a_signed_number_is_read_as_its_code(page):
    page.goto("/fr/")
    page.keyboard.type("-2133916608")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/search/?q=-2133916608")
    assert f"HRESULT {CODE}" in page.locator(".understood").inner_text()
    page.get_by_role("link", name="Ouvrir à la première étape").click()
    assert page.url.endswith(f"/fr/articles/{BILINGUAL}/#resolution-1-step-1")


def test_an_undocumented_code_is_reported(page):
    page.goto("/en/search/?q=0x80180014")
    assert "Nothing is documented on this code" in page.locator(".not-found").inner_text()
    assert page.get_by_label("What is missing").input_value() == "0x80180014"
    page.get_by_label("What would help").fill("Enrolling a tablet")
    page.get_by_role("button", name="Report this gap").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert GapReport.objects.get().comment == "Enrolling a tablet"


def test_suggestions_by_keyboard(page):
    page.goto("/en/codes/")
    page.keyboard.press("/")
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    assert field.get_attribute("aria-expanded") == "false"
    page.keyboard.type("lim")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("Limit reached")
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en/articles/{BILINGUAL}/")  # a title leads to its article


def test_the_article_that_is_opened_is_noted(page):
    page.goto("/en/search/?q=Limit+reached")
    page.get_by_role("link", name="Limit reached").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en/articles/{BILINGUAL}/*")
    assert SearchLog.objects.get().chosen.slug == BILINGUAL


def test_stale_suggestions_are_dropped(page):
    asked = []
    page.on("request", lambda request: "suggestions" in request.url and asked.append(request.url))
    page.goto("/en/")
    page.keyboard.type("limit", delay=10)
    expect(page.get_by_role("option").first).to_be_visible()
    assert len(asked) < 5
    paste(page, LOG)
    page.keyboard.type("more")
    expect(page.get_by_role("listbox")).to_be_hidden()
    assert not [address for address in asked if "heartbeat" in address]


def test_slash_is_typed_where_one_types(page):
    page.goto("/en/search/?q=0x80180014")
    comment = page.get_by_label("What would help")
    comment.focus()
    page.keyboard.type("a/b")
    assert comment.input_value() == "a/b"


def test_the_reading_can_be_taken_out_by_keyboard(page):
    page.goto("/en/search/?q=-2133916608")
    page.get_by_role("link", name=re.compile("Ignore this interpretation")).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".results")).to_contain_text("Nothing left to search for")
    page.get_by_role("link", name="Restore").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".code-answer")).to_be_visible()


def test_a_log_on_a_phone(page):
    page.set_viewport_size(PHONE)
    page.goto("/fr/")
    paste(page, LOG)
    page.keyboard.press("Enter")
    page.wait_for_url("**/fr/search/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_text("Filtres").click()
    page.locator(".facet button", has_text="Android").click()
    page.wait_for_url("**/fr/search/?platform=android")
    assert page.locator("#line-41 mark").is_visible()


def test_without_scripts(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/fr/")
    box(page).fill("plafond atteint")
    page.get_by_role("button", name="Rechercher").click()
    assert page.url.endswith("/fr/search/?q=plafond+atteint")
    expect(page.locator(".hit-title").first).to_have_text("Plafond atteint")
    box(page).fill(LOG)
    page.get_by_role("button", name="Rechercher").click()
    assert page.url.endswith("/fr/search/")
    page.locator(".facet button", has_text="Android").click()
    assert page.url.endswith("/fr/search/?platform=android")
    expect(page.locator("#line-41 mark")).to_be_visible()
    page.goto("/fr/search/?q=0x80180014")
    page.get_by_role("button", name="Signaler cette lacune").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci")
    context.close()
