"""A translator asks a machine for rows in a real browser, in both languages of the page."""

import pytest

from tests.browser.editing.test_editing import portal, reviewer, sign_in  # noqa: F401
from tests.integrations.test_machine_translation import service  # noqa: F401
from tests.web.content import FRENCH_ONLY, write
from tests.web.editors import address
from troubleshooting.models import Article, ArticleTranslation, UnfinishedTranslation

pytestmark = pytest.mark.usefixtures("portal")

WORDS = {
    "fr": {
        "ask": "Traduire par machine",
        "fill": "Remplir les lignes vides par machine",
        "done": "Lisez-les avant d’enregistrer",
        "lost": "La machine a perdu ce qui doit rester tel quel\N{NO-BREAK SPACE}: gpupdate.",
        "internal": "ne sont jamais envoyés",
    },
    "en": {
        "ask": "Translate by machine",
        "fill": "Fill the empty rows by machine",
        "done": "Read them before you save",
        "lost": "The machine lost what has to stay as it is: gpupdate.",
        "internal": "are never sent",
    },
}


@pytest.mark.parametrize("language", WORDS)
def test_rows_are_offered_filled_and_saved_by_the_translator_alone(
    page, live_server, reviewer, service, language  # noqa: F811
):  # fmt: skip
    words = WORDS[language]
    article = Article.objects.get(slug=FRENCH_ONLY)
    write(article, "fr", "Profil absent", problem="Le profil manque.", internal="Note secrète.",
          resolution="1.  Lancez `gpupdate`.\n2.  Attendez.")  # fmt: skip
    sign_in(page.context, live_server, reviewer)
    where = address("translate", article.pk, "en").replace("/fr/", f"/{language}/", 1)
    page.goto(where)
    problem = page.locator("[data-section=problem] [data-row]").first
    problem.get_by_role("button", name=words["ask"]).click()
    problem.get_by_role("button", name="LE PROFIL MANQUE.").click()
    assert problem.locator("textarea").input_value() == "LE PROFIL MANQUE."
    page.keyboard.press("Control+z")
    assert problem.locator("textarea").input_value() == ""
    assert page.locator("[data-section=internal] [data-machine]").count() == 0

    page.get_by_role("textbox").first.fill("Typed by hand")
    page.get_by_role("button", name=words["fill"]).click()
    page.get_by_text(words["done"]).wait_for()
    fields = page.locator("[data-row] textarea")
    typed = [fields.nth(number).input_value() for number in range(fields.count())]
    assert typed[:4] == ["Typed by hand", "LE PROFIL MANQUE.", "LANCEZ `gpupdate`.", "ATTENDEZ."]
    assert not any("SECR" in text for text in typed)
    assert "secr" not in str(service.asked).lower()
    assert not UnfinishedTranslation.objects.exists()
    page.locator("[name=_save]").click()
    page.wait_for_load_state()
    assert UnfinishedTranslation.objects.get().texts["title"] == "Typed by hand"
    assert not ArticleTranslation.objects.filter(article=article, language="en").exists()


@pytest.mark.parametrize("language", WORDS)
def test_what_the_machine_lost_is_said_at_its_row(page, live_server, reviewer, service, language):  # noqa: F811
    words = WORDS[language]
    article = Article.objects.get(slug=FRENCH_ONLY)
    write(article, "fr", "Profil absent", resolution="1.  Lancez `gpupdate`.")
    service.answer = staticmethod(lambda asked: {"translatedText": ["Run it."]})
    sign_in(page.context, live_server, reviewer)
    where = address("translate", article.pk, "en").replace("/fr/", f"/{language}/", 1)
    page.goto(where)
    row = page.locator("[data-section=resolution] [data-row]").first
    row.get_by_role("button", name=words["ask"]).click()
    row.get_by_text(words["lost"]).wait_for()
    assert row.locator(".match-machine").count() == 0
    Article.objects.filter(pk=article.pk).update(audience="staff")
    page.goto(where)
    page.get_by_text(words["internal"]).wait_for()
    assert page.locator("[data-machine]").count() == 0
