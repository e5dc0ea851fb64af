"""An article in a real browser: copying, steps, pictures."""

import pytest

from tests.web.content import BILINGUAL, CODE

pytestmark = pytest.mark.usefixtures("portal")
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture
def article(page):
    """Return the French page of an article, with the clipboard at hand."""
    page.context.grant_permissions(CLIPBOARD)
    page.goto(f"/fr/articles/{BILINGUAL}/")
    return page


def clipboard(page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_codes_steps_and_menu_paths_are_copied(article):
    article.locator(f"button[data-copy='{CODE}']").click()
    assert clipboard(article) == CODE
    assert article.locator("[data-said]").inner_text() == "Copié"
    article.locator(".menu-path").first.click()
    assert clipboard(article) == "Paramètres › Comptes"
    step = article.locator("#resolution-1-step-2")
    step.hover(position={"x": 60, "y": 12})
    step.locator("> .step-tools .copy-button").click()
    assert clipboard(article) == "Supprimez le compte. Image non fournie Écran des comptes"
    article.locator("#resolution-1-step-2-1 .copy-button").focus()
    article.keyboard.press("Enter")
    assert clipboard(article) == "Appuyez sur Supprimer."


def test_a_warning_stands_before_its_step(article):
    step = article.locator("#resolution-1-step-1")
    assert step.inner_text().index("définitive") < step.inner_text().index("Ouvrez")


def test_a_picture_opens_large_and_closes(article):
    article.evaluate(
        "document.querySelector('.prose').insertAdjacentHTML('beforeend', '<span class=figure>"
        "<a class=figure-link href=/static/portal/favicon.png>"
        "<img alt=Logo src=/static/portal/favicon.png></a></span>')"
    )
    article.locator(".figure-link").click()
    assert article.locator(".lightbox img").get_attribute("alt") == "Logo"
    article.keyboard.press("Escape")
    assert not article.locator(".lightbox").is_visible()
