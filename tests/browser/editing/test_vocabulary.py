"""The way of an editor: a caller's word is tried, saved and found; what readers open is learned."""

import pytest

from tests.browser.editing.test_editing import sign_in
from tests.kept import copied
from tests.web.content import BILINGUAL, make_portal
from tests.web.editors import person
from troubleshooting.models import LearnedChoice, SearchLog, VocabularyEntry


@pytest.fixture
def articles(transactional_db, live_server):
    """Return the articles of a portal in which somebody has searched."""
    filled = copied(make_portal)
    SearchLog.objects.create(kind="message", language="fr", words="profil", hits=1)
    return filled.articles


def test_a_word_is_tried_and_saved_and_found(page, articles, live_server):
    sign_in(page.context, live_server, person("rita", "Reviewer"))
    page.goto("/fr/admin/troubleshooting/vocabularyentry/add/")
    page.get_by_label("Les appelants disent ceci").check()
    page.locator("[name=words]").fill("profil, zigouigoui")
    page.locator("[name=meaning]").fill("plafond")
    page.get_by_role("button", name="Essayer sur les recherches passées").click()
    page.get_by_role("heading", name="1 recherche passée changerait").wait_for()
    assert "Plafond atteint" in page.locator(".trial-table").inner_text()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.locator(".messagelist").wait_for()
    assert VocabularyEntry.objects.count() == 1
    page.goto("/fr/search/?q=zigouigoui")
    page.get_by_role("link", name="Plafond atteint").first.wait_for()


def test_what_helped_is_told_with_the_search_that_led_there(page, articles):
    page.goto("/fr/search/?q=plafond")
    page.get_by_role("link", name="Plafond atteint").first.click()
    page.locator(f'[data-article="{BILINGUAL}"]').wait_for()
    form = page.locator("form.feedback-form").first
    form.get_by_text("Résolu", exact=True).click()
    form.get_by_role("button", name="Envoyer").click()
    form.get_by_role("status").wait_for()
    choice = LearnedChoice.objects.get()
    assert (choice.opened, choice.solved, choice.words) == (1, 1, "plafond")
