"""What a browser remembers for its reader: the last searches, and the language."""

import pytest

from tests.browser.pasting import LOG, paste

pytestmark = pytest.mark.usefixtures("portal")

SEARCHES = ".last-searches"


def search(page, text: str) -> None:
    page.goto("/fr/")
    page.locator("form.search-box [name=q]").fill(text)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")


def listed(page) -> list[str]:
    return page.locator(f"{SEARCHES} li a").all_inner_texts()


def test_last_searches_are_listed_and_removed_one_by_one_and_all(page):
    page.goto("/fr/")
    assert not page.locator(SEARCHES).is_visible()
    for text in ("plafond", "0x80CF0440", "plafond", "profil introuvable"):
        search(page, text)
    page.goto("/fr/")
    assert listed(page) == ["profil introuvable", "plafond", "0x80CF0440"]
    page.get_by_role("button", name="Retirer cette recherche\u00a0: plafond").click()
    assert listed(page) == ["profil introuvable", "0x80CF0440"]
    assert page.evaluate("document.activeElement.textContent").strip().endswith("0x80CF0440")
    page.goto("/en/")
    page.get_by_role("link", name="0x80CF0440").first.click()
    assert page.url.endswith("/en/search/?q=0x80CF0440")
    page.goto("/fr/")
    page.get_by_role("button", name="Tout retirer").click()
    assert not page.locator(SEARCHES).is_visible()
    page.reload()
    assert not page.locator(SEARCHES).is_visible()
    assert page.evaluate("localStorage.getItem('searches')") is None


def test_a_pasted_text_is_not_kept(page):
    page.goto("/fr/")
    paste(page, LOG)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/")
    assert page.evaluate("localStorage.getItem('searches')") is None


def test_nothing_is_kept_where_the_browser_forbids_it(page):
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    )
    search(page, "plafond")
    page.goto("/fr/")
    assert not page.locator(SEARCHES).is_visible()


def test_the_list_does_not_move_the_page(page):
    page.add_init_script("localStorage.setItem('searches', JSON.stringify(['a', 'b']))")
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((e) => {"
        "window.shift += e.value; })).observe({type: 'layout-shift', buffered: true});"
    )
    page.goto("/fr/")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert listed(page) == ["a", "b"]
    assert page.evaluate("window.shift") < 0.01


def test_the_language_is_remembered_when_the_switch_was_used(page):
    page.goto("/en/")
    assert not page.context.cookies()
    page.goto("/")
    assert page.url.endswith("/fr/")  # what the browser asks for
    page.locator(".language-switch a", has_text="English").click()
    page.wait_for_url("**/en/")
    (cookie,) = page.context.cookies()
    assert (cookie["value"], cookie["path"], cookie["sameSite"]) == ("en", "/", "Lax")
    page.goto("/")
    assert page.url.endswith("/en/")
    page.locator(".language-switch a", has_text="Français").click()
    page.wait_for_url("**/fr/")
    page.goto("/")
    assert page.url.endswith("/fr/")
