"""Shortcuts of one key, and the language switch that keeps the place."""

import pytest

from tests.web.content import BILINGUAL, FRENCH_ONLY

pytestmark = pytest.mark.usefixtures("portal")
ARTICLE = f"articles/{BILINGUAL}/"


@pytest.fixture
def letters(page):
    """Turn on the letters, which are off as delivered."""
    page.add_init_script("localStorage.setItem('letters', 'on')")


def focused(page, expression: str):
    return page.evaluate(f"(() => {{ const e = document.activeElement; return {expression}; }})()")


@pytest.mark.usefixtures("letters")
def test_j_k_and_arrows_go_through_hits_and_open_one(page):
    page.goto("/fr/articles/")
    page.keyboard.press("j")
    page.locator("main a:focus").wait_for()
    first = focused(page, "e.textContent")
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    assert focused(page, "e.textContent") == first
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name=first).wait_for()


@pytest.mark.usefixtures("letters")
def test_j_goes_through_steps_and_enter_ticks(page):
    page.goto(f"/fr/{ARTICLE}")
    for _ in range(3):
        page.keyboard.press("j")
    page.locator("#resolution-1-step-2-1 > :focus").wait_for()  # their script comes with the first
    page.keyboard.press("Enter")
    assert focused(page, "e.getAttribute('aria-pressed')") == "true"


@pytest.mark.usefixtures("letters")
def test_arrows_scroll_as_long_as_nothing_was_reached(page):
    page.goto(f"/fr/{ARTICLE}")
    page.keyboard.press("ArrowDown")
    assert focused(page, "e.tagName") == "BODY"


@pytest.mark.usefixtures("letters")
def test_l_switches_the_language_and_keeps_section_query_and_filters(page):
    page.goto(f"/fr/{ARTICLE}#resolution-1-step-2")
    page.keyboard.press("l")
    page.wait_for_url(f"**/en/{ARTICLE}#resolution-1-step-2")
    page.goto("/fr/articles/?platform=ios")
    page.keyboard.press("l")
    page.wait_for_url("**/en/articles/?platform=ios")


@pytest.mark.usefixtures("letters")
def test_l_leads_out_of_a_missing_language(page):
    page.goto(f"/en/articles/{FRENCH_ONLY}/")
    page.keyboard.press("l")
    page.wait_for_url(f"**/fr/articles/{FRENCH_ONLY}/")
    assert not page.locator(".notice").count()


@pytest.mark.usefixtures("letters")
def test_t_copies_the_ticket_note(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/fr/{ARTICLE}")
    page.keyboard.press("t")
    page.locator("[data-said]", has_text="Copi").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Plafond atteint")


@pytest.mark.usefixtures("letters")
def test_question_mark_lists_the_keys(page):
    page.goto("/fr/")
    page.locator("body").click(position={"x": 2, "y": 300})
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.get_by_role("dialog", name="Raccourcis clavier").wait_for()  # their script comes first
    page.keyboard.press("l")
    assert page.get_by_role("dialog").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("dialog").is_visible()


@pytest.mark.usefixtures("letters")
def test_nothing_acts_while_somebody_types(page):
    page.goto(f"/fr/{ARTICLE}")
    box = page.locator("header [name=q]")
    box.focus()
    page.keyboard.type("jklt?")
    assert box.input_value() == "jklt?"
    assert f"/fr/{ARTICLE}" in page.url
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+l")
    assert f"/fr/{ARTICLE}" in page.url


# Screen readers go by letters and digits, and by "," alone among the symbols: h for headings, t for
# tables, k for links (NVDA), j for form controls (VoiceOver) and so on.
def test_no_key_of_a_screen_reader_is_taken_as_delivered(page):
    page.goto(f"/fr/{ARTICLE}")
    page.evaluate("addEventListener('keydown', (e) => { window.taken ||= e.defaultPrevented })")
    for key in "abcdefghijklmnopqrstuvwxyz0123456789,":
        page.keyboard.press(key)
    for key in ("ArrowDown", "ArrowUp", "h"):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.evaluate("document.activeElement === document.body && !window.taken")
    assert f"/fr/{ARTICLE}" in page.url
    page.keyboard.press("?")
    assert not page.get_by_role("switch", name="Raccourcis par lettres").is_checked()
    page.get_by_role("switch", name="Raccourcis par lettres").check()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("l")
    page.wait_for_url(f"**/en/{ARTICLE}**")


def test_symbols_can_be_turned_off_for_good(page):
    page.goto("/en/articles/")
    page.get_by_role("button", name="Keyboard shortcuts").click()
    page.get_by_role("switch", name="Symbol shortcuts").uncheck()
    page.keyboard.press("Escape")
    for path in ("/en/articles/", "/fr/codes/"):
        page.goto(path)
        for key in ("?", "/"):
            page.keyboard.press(key)
        page.wait_for_timeout(200)
        assert page.url.endswith(path)
        assert not page.locator(".keys").is_visible()
        assert page.evaluate("document.activeElement === document.body")
    page.get_by_role("button", name="Raccourcis clavier").click()
    page.get_by_role("switch", name="Raccourcis par symboles").check()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.locator(".keys").wait_for()
