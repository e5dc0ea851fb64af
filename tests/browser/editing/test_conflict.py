"""Two windows in conflict, and the way back to an earlier revision."""

import pytest
from django.test import Client

from tests.browser.editing.test_editing import sign_in
from tests.browser.wcag import axe, violations  # noqa: F401 (a fixture)
from tests.kept import copied
from tests.web import editors
from tests.web.content import BILINGUAL, Portal, make_portal, write
from troubleshooting.models import Article, ArticleTranslation

pytestmark = pytest.mark.usefixtures("portal")
STEPS = "1.  Ouvrez les paramètres.\n2.  Supprimez le compte.\n3.  Redémarrez."


@pytest.fixture
def portal(transactional_db) -> Portal:
    """Return a small portal: nothing here needs a second page of results."""
    portal = copied(make_portal)
    write(portal.articles[BILINGUAL], "fr", "Plafond atteint", resolution=STEPS)
    return portal


def text() -> ArticleTranslation:
    return ArticleTranslation.objects.get(article__slug=BILINGUAL, language="fr")


def form() -> str:
    return editors.address("change", Article.objects.get(slug=BILINGUAL).pk) + "?language=fr"


def saved_by_another(**texts: str) -> None:
    """Save in another window what its form showed before this one's save."""
    client = Client()
    client.force_login(editors.person("jean", "Reviewer"))
    answer = client.post(form(), {**text().texts(), "base_revision": 2, **texts})
    assert answer.status_code == 302


def test_two_windows_in_conflict(page, live_server):
    sign_in(page.context, live_server, editors.person("ada", "Reviewer"))
    page.goto(form())
    page.locator(".CodeMirror-line", has_text="Supprimez le compte.").click()
    for key in ("End", "ArrowLeft", "Control+Shift+ArrowLeft"):
        page.keyboard.press(key)
    page.wait_for_function("getSelection().toString() === 'compte'")
    page.keyboard.insert_text("profil")
    page.locator("#preview .step", has_text="Supprimez le profil.").wait_for()
    saved_by_another(resolution=STEPS.replace("compte", "jeton").replace("Redémarrez", "Patientez"))
    page.get_by_role("button", name="Enregistrer", exact=True).click()

    page.get_by_role("heading", name="Conflit 1").wait_for()
    assert "jean" in page.get_by_role("alert").inner_text()
    result = page.get_by_label("Résultat\u00a0: résolution")
    assert "3.  Supprimez le jeton." in result.input_value()
    # Nothing is sent while a choice is open.
    page.get_by_role("button", name="Enregistrer").click()
    assert page.locator("input:invalid").count() > 0
    page.get_by_label("l’autre").check()
    both = STEPS.replace("compte", "jeton").replace("Redémarrez", "Patientez")
    assert [line for line in result.input_value().splitlines() if line] == both.splitlines()
    page.get_by_label("le mien").check()
    # What was written by hand is not replaced by a choice.
    result.fill(result.input_value().replace("profil", "profil et le jeton"))
    page.get_by_label("l’autre").click()
    page.get_by_text("Vous avez modifié ce texte à la main").wait_for()
    assert page.get_by_label("je l’écris moi-même").is_checked()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Le texte a été enregistré.").wait_for()
    assert text().resolution == both.replace("le jeton", "le profil et le jeton")
    assert text().revision_number == 4


def test_what_was_typed_in_the_moment_of_saving(page, live_server):
    sign_in(page.context, live_server, editors.person("ada", "Reviewer"))
    page.goto(form())
    page.get_by_role("textbox", name="Autres informations", exact=True).click()
    page.keyboard.insert_text("Le quota se règle ailleurs.")
    # The editor reads what was typed a moment later.
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("Le texte a été enregistré.").wait_for()
    assert text().other == "Le quota se règle ailleurs."


def test_the_pages_are_accessible(browser, live_server, axe):  # noqa: F811
    # What axe-core does to a page with text fields to find out their contrast, the policy forbids.
    context = browser.new_context(base_url=live_server.url, locale="fr-FR", bypass_csp=True)
    sign_in(context, live_server, editors.person("ada", "Reviewer"))
    tab = context.new_page()
    pk = Article.objects.get(slug=BILINGUAL).pk
    for name in (("revisions", pk, "fr"), ("translate", pk, "en"), ("translations",)):
        tab.goto(editors.address(*name))
        assert violations(tab, axe) == []
    context.close()


def test_a_revision_is_restored(page, live_server):
    sign_in(page.context, live_server, editors.person("ada", "Reviewer"))
    page.goto(form())
    page.get_by_role("link", name="Révisions").first.click()
    page.locator(".history-diff ins", has_text="Redémarrez.").wait_for()
    page.get_by_role("button", name="Rétablir la révision 1").click()
    page.get_by_text("La révision 1 a été rétablie.").wait_for()
    assert text().resolution == text().revisions.get(number=1).resolution
    page.get_by_label("Comparer depuis la révision 1").check()
    page.get_by_role("button", name="Comparer", exact=True).click()
    page.get_by_text("Les deux révisions sont identiques.").wait_for()
