"""A call in a real browser: ticks that stay, the ticket note, the steps for the caller."""

import pytest

from tests.web.content import BILINGUAL

pytestmark = pytest.mark.usefixtures("portal")
STEP = "#resolution-1-step-1"
TICK = f"{STEP} > .step-tick"


def clipboard(page) -> str:
    return page.evaluate("navigator.clipboard.readText()").replace("\r", "")


@pytest.fixture
def call(page):
    """Return the French page of an article, with the clipboard at hand."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/fr/articles/{BILINGUAL}/")
    return page


def pressed(page, selector: str) -> bool:
    return page.locator(selector).get_attribute("aria-pressed") == "true"


def copied(page, button: str) -> str:
    page.get_by_role("button", name=button).click()
    page.locator("[data-said]", has_text="Copi").wait_for(state="attached")
    return clipboard(page)


def test_ticks_survive_reload_and_language(call):
    call.locator(TICK).click()
    assert pressed(call, TICK)
    time = call.locator(f"{TICK} .step-time").inner_text()
    assert time
    call.reload()
    assert pressed(call, TICK)
    call.get_by_role("link", name="English").click()
    assert pressed(call, TICK)
    assert call.locator("[data-progress]").last.inner_text() == "1 of 4 steps done"
    call.get_by_role("button", name="Remove all ticks").click()
    call.reload()
    assert not pressed(call, TICK)


def test_ticket_in_the_chosen_language_and_form(call):
    call.locator(TICK).click()
    call.locator("#resolution-1-step-2-1 [data-end=stuck]").focus()
    call.keyboard.press("Enter")
    note = copied(call, "Copier pour le ticket")
    assert note.startswith("Plafond atteint\nhttp://")
    assert f"/fr/articles/{BILINGUAL}/\nRévision n°\u00a01, " in note
    assert "Étapes faites\u00a0:\n- " in note
    assert "Étape 1\u00a0: Avertissement\u00a0: La suppression est définitive. Ouvrez" in note
    assert note.splitlines()[-1].startswith("Bloqué à\u00a0: ")
    assert note.endswith("Étape 2.1\u00a0: Appuyez sur Supprimer.")
    call.get_by_label("Langue du ticket").select_option("en")
    call.get_by_label("Format").select_option("markdown")
    call.evaluate("document.querySelector('[data-said]').textContent = ''")
    note = copied(call, "Copier pour le ticket")
    assert note.startswith("**[Limit reached](http://")
    assert "\n- [x] " in note
    assert "**Stuck at:** " in note
    call.reload()
    assert call.get_by_label("Langue du ticket").input_value() == "en"


def test_steps_for_the_caller_are_in_the_callers_language(call):
    call.get_by_label("Langue de l’appelant").select_option("en")
    words = copied(call, "Copier les étapes pour l’appelant")
    assert words.startswith("Limit reached\n\nStep 1: Warning: The removal is final. Open Settings")
    assert "\n   Step 2.1: Tap Remove.\n" in words
    assert words.endswith(f"/en/articles/{BILINGUAL}/")


def test_a_call_from_the_home_page_by_keyboard_alone(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/fr/")
    page.keyboard.type("plafond")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator(".step-tick").first.wait_for()
    for key in ("j", "Enter", "j", "Enter"):
        page.keyboard.press(key)
    page.keyboard.press("l")
    page.wait_for_url("**/en/articles/**")
    assert page.locator("[data-progress]").last.inner_text() == "2 of 4 steps done"
    page.keyboard.press("t")
    page.locator("[data-said]", has_text="Copi").wait_for(state="attached")
    assert "Step 2: Remove the account." in clipboard(page)


def test_on_a_phone_the_notes_are_a_sheet(call):
    call.set_viewport_size({"width": 390, "height": 844})
    call.reload()
    button = call.get_by_role("button", name="Copier pour le ticket")
    assert not button.is_visible()
    call.locator(".call summary").click()
    assert button.is_visible()
    call.keyboard.press("Escape")
    assert not button.is_visible()


def test_without_scripts_the_call_is_not_offered(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/fr/articles/{BILINGUAL}/")
    assert not page.locator(".call").is_visible()
    assert not page.locator(".copy-button:visible").count()
    assert page.locator("#resolution-1-step-2-2").is_visible()
    context.close()
