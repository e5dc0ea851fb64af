"""A form stays open while somebody signs out, or another person signs in, in the next tab."""

import pytest
from playwright.sync_api import expect

from tests.browser.editing.test_editing import form_of, sign_in, write
from tests.browser.wcag import axe, violations  # noqa: F401 (a fixture)
from tests.kept import copied
from tests.web.content import DRAFT, make_portal
from tests.web.editors import person
from troubleshooting.models import Article, KeptDraft

WORDS = "Un câble débranché."


@pytest.fixture
def anna(transactional_db):
    copied(make_portal)
    return person("anna", "Reviewer")


@pytest.fixture
def ben(anna):
    return person("ben", "Reviewer")


def cause() -> str:
    return Article.objects.get(slug=DRAFT).translations.get(language="fr").cause


def kept(user) -> int:
    return KeptDraft.objects.filter(user=user).count()


def typed(page, live_server, user) -> None:
    sign_in(page.context, live_server, user)
    page.goto(form_of(DRAFT))
    write(page, "Cause", WORDS)
    page.get_by_text("Brouillon gardé à").wait_for()


@pytest.mark.parametrize("width", [1366, 390])
def test_what_one_wrote_is_not_saved_as_another(page, live_server, anna, ben, axe, width):  # noqa: F811
    page.set_viewport_size({"width": width, "height": 768})
    typed(page, live_server, anna)
    sign_in(page.context, live_server, ben)
    write(page, "Cause", " Ou pas.")
    page.get_by_text("Une autre personne est connectée : gardé").wait_for()
    assert kept(ben) == 0
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("heading", name="Ce formulaire appartient à anna").wait_for()
    assert WORDS not in cause()
    assert f"{WORDS} Ou pas." in page.get_by_label("Texte saisi").last.input_value()
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Se connecter en tant que anna").click()
    other = opened.value
    expect(other.get_by_label("Nom d’utilisateur")).to_have_value("anna")
    other.get_by_label("Mot de passe").fill("a quiet pass phrase")
    other.get_by_role("button", name="Se connecter").click()
    other.locator("#article_form").wait_for()
    page.get_by_role("button", name="Envoyer en tant que anna").click()
    page.get_by_role("heading", name="Pas encore enregistré").wait_for()
    page.get_by_role("button", name="Envoyer en tant que anna").click()
    page.locator("#article_form").wait_for()
    assert f"{WORDS} Ou pas." in cause()
    assert kept(anna) == 0


def test_another_takes_the_text_over(page, live_server, anna, ben):
    typed(page, live_server, anna)
    sign_in(page.context, live_server, ben)
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_role("button", name="Envoyer en tant que ben").click()
    page.locator("#article_form").wait_for()
    text = Article.objects.get(slug=DRAFT).translations.get(language="fr")
    assert WORDS in text.cause
    assert text.revisions.latest("number").author == ben


def test_that_one_is_signed_out_is_not_said_for_longer_than_it_is_true(page, live_server, anna):
    typed(page, live_server, anna)
    page.context.clear_cookies(name="sessionid")
    write(page, "Cause", " Ou pas.")
    page.get_by_text("Déconnecté : gardé dans ce navigateur").wait_for()
    page.get_by_text("Vous êtes déconnecté.").wait_for()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    state = page.locator("[data-save-state]")
    expect(state).to_contain_text("vous êtes déconnecté")
    assert page.locator("#article_form").is_visible()

    sign_in(page.context, live_server, anna)
    page.evaluate("dispatchEvent(new Event('focus'))")
    page.get_by_text("Brouillon gardé à").wait_for()
    expect(page.get_by_text("déconnecté")).to_have_count(0)
    expect(state).to_have_text("Modifications non enregistrées.")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.locator("[data-save-state][data-kind=saved]").wait_for()
    assert f"{WORDS} Ou pas." in cause()
