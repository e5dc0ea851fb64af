"""An article in a real browser: copying, steps, pictures."""

import pytest

from tests.web.content import BILINGUAL, CODE, FRENCH_ONLY, write
from troubleshooting.models import Article

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


def test_code_is_copied_as_it_is_typed(article, portal):
    commands = "PS C:\\> Get-Service wuauserv\nRunning\nPS C:\\> Stop-Service wuauserv"
    code = f"Lancez `sfc.exe /scannow` puis `exit` :\n\n```\n{commands}\n```\n"
    write(portal.articles[BILINGUAL], "fr", "Plafond atteint", resolution=code)
    article.reload()
    article.keyboard.press("Tab")
    block = article.get_by_role("button", name="Copier Get-Service wuauserv")
    block.focus()
    article.keyboard.press("Enter")
    article.get_by_text("Copié", exact=True).wait_for()
    assert clipboard(article) == "Get-Service wuauserv\nStop-Service wuauserv"
    article.locator("code", has_text="sfc.exe").click()
    article.locator("[data-said] p").nth(1).wait_for()
    assert clipboard(article) == "sfc.exe /scannow"
    assert article.locator(".code-inline, .code-block").count() == 2


def test_links_to_article_section_and_step_are_copied(article):
    address = article.url
    article.get_by_role("button", name="Copier le lien vers cet article").click()
    assert clipboard(article) == address
    article.get_by_role("link", name="Copier le lien vers la section Cause").press("Enter")
    assert clipboard(article) == article.url == f"{address}#cause"
    article.locator("#resolution-1-step-1 > .step-tools .step-link").press("Enter")
    assert clipboard(article) == article.url == f"{address}#resolution-1-step-1"


def test_a_warning_stands_before_its_step(article):
    step = article.locator("#resolution-1-step-1")
    assert step.inner_text().index("définitive") < step.inner_text().index("Ouvrez")


def test_a_picture_opens_large_and_closes(article):
    article.evaluate(
        "document.querySelector('.prose').insertAdjacentHTML('beforeend', '<span class=figure>"
        "<a class=figure-link href=/static/portal/icons/favicon.png>"
        "<img alt=Logo src=/static/portal/icons/favicon.png></a></span>')"
    )
    article.locator(".figure-link").click()
    assert article.locator(".lightbox img").get_attribute("alt") == "Logo"
    article.keyboard.press("Escape")
    assert not article.locator(".lightbox").is_visible()


def test_paragraphs_and_steps_stand_apart_with_and_without_a_heading(page):
    text = "Un.\n\nDeux.\n\n> [!WARNING]\n> Trois.\n\n1.  Quatre."
    for resolution in (text, f"### Résolution 1\n\n{text}\n\n### Résolution 2\n\n{text}"):
        write(Article.objects.get(slug=FRENCH_ONLY), "fr", "Échec", resolution=resolution)
        page.goto(f"/fr/articles/{FRENCH_ONLY}/")
        gaps = page.locator(".resolution > :is(p, .alert, .steps)").evaluate_all(
            "all => all.slice(1).filter((one) => one.previousElementSibling)"
            ".map((one) => parseFloat(getComputedStyle(one).marginTop))"
        )
        assert gaps
        assert min(gaps) >= 12
