"""Translating side by side; a major change of the source makes the translation stale."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.editing.test_editing import sign_in
from tests.kept import copied
from tests.web import editors
from tests.web.content import BILINGUAL, FRENCH_ONLY, Portal, make_portal, write
from troubleshooting.jobs import work_off
from troubleshooting.memory import begin_aligning
from troubleshooting.models import Article, ArticleTranslation, GlossaryTerm
from troubleshooting.texts.translating.xliff import read_xliff, write_xliff

STEPS = "1.  Lancez `dsregcmd /status` sur l’appareil.\n2.  Redémarrez."


@pytest.fixture
def portal(transactional_db) -> Portal:
    """Return a small portal with an article that is to be translated, and a term for it."""
    portal = copied(make_portal)
    write(portal.articles[FRENCH_ONLY], "fr", "Échec du profil", problem="Rien.", resolution=STEPS)
    GlossaryTerm.objects.create(
        language="fr", term="appareil", target_language="en", translation="device"
    )
    return portal


def row(page, words: str):
    """The row whose source says ``words``."""
    return page.locator("[data-row]", has=page.locator(".cell-source", has_text=words))


def test_from_a_missing_translation_to_a_stale_one(page, live_server, portal):
    article: Article = portal.articles[FRENCH_ONLY]
    sign_in(page.context, live_server, editors.person("ada", "Reviewer"))
    page.goto(editors.address("translations") + "?state=missing&language=en")
    page.get_by_role("link", name="Échec du profil").click()
    page.wait_for_url("**/translate/en/")

    step = row(page, "Lancez")
    field = step.get_by_role("textbox")
    field.fill("Run it on the terminal")
    assert step.locator(".is-missing").count() == 2
    field.fill("Run ")
    step.get_by_role("button", name="dsregcmd").click()
    page.keyboard.type(" on the devices.")
    assert field.input_value() == "Run `dsregcmd /status` on the devices."
    assert step.locator(".is-missing").count() == 0
    row(page, "Échec").get_by_role("textbox").fill("Profile failed")
    row(page, "Rien").get_by_role("textbox").fill("Nothing.")
    row(page, "Redémarrez").get_by_role("textbox").fill("Restart.")
    page.get_by_label("La traduction est complète").check()
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Elle est à jour par rapport à sa source.").wait_for()
    english = ArticleTranslation.objects.get(article=article, language="en")
    assert english.resolution == "1.  Run `dsregcmd /status` on the devices.\n2.  Restart."

    page.goto(editors.address("change", article.pk) + "?language=fr")
    page.get_by_role("textbox", name="Résolution", exact=True).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\n3. Vérifiez le profil.")
    page.locator("#preview .step", has_text="Vérifiez").wait_for()
    page.get_by_label("Ampleur de la modification").select_option("major")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.get_by_text("Le texte a été enregistré.").wait_for()
    tab = page.locator(".tabs li", has_text="English")
    assert "à mettre à jour" in tab.inner_text()
    page.goto(f"/en/articles/{FRENCH_ONLY}/")
    page.get_by_text("The text in French is newer than this one.").wait_for()
    page.goto(editors.address("translations"))
    assert "3 mots" in page.locator(".translation-list tbody tr").inner_text()
    page.get_by_role("link", name="Profile failed").click()
    assert page.locator(".row-added .cell-source").inner_text().startswith("3.")
    expect(page.locator(".row-added textarea")).to_have_value("")


#: Language of the administration -> what likeness and the copying of the source are called.
WORDS = {
    "fr": ("{} % identique", "Copier le texte source"),
    "en": ("{}% alike", "Copy the source"),
}


@pytest.mark.parametrize("language", WORDS)
def test_matches_of_the_memory_are_taken_by_one_press(page, live_server, portal, language):
    likeness, copying = WORDS[language]
    article: Article = portal.articles[BILINGUAL]
    article.translations.all().delete()
    french = "1.  Lancez `dsregcmd /status` sur votre appareil.\n2.  Redémarrez."
    english = "1.  Run `dsregcmd /status` on your device.\n2.  Restart."
    write(article, "fr", "Plafond", problem="Avant.", resolution=french)
    write(article, "en", "Limit", problem="Before.", resolution=english)
    begin_aligning()
    work_off()
    sign_in(page.context, live_server, editors.person("ada", "Reviewer"))
    target = portal.articles[FRENCH_ONLY].pk
    page.goto(editors.address("translate", target, "en", language=language))

    exact = row(page, "Redémarrez")
    field = exact.get_by_role("textbox")
    assert likeness.format(100) in exact.inner_text().replace("\xa0", " ")
    exact.get_by_role("button", name="Restart.").click()
    expect(field).to_have_value("Restart.")
    page.keyboard.press("Control+z")
    assert field.input_value() == ""
    exact.get_by_role("button", name=copying).click()
    expect(field).to_have_value("Redémarrez.")

    close = row(page, "Lancez")
    field = close.get_by_role("textbox")
    assert likeness.format(83) in close.inner_text().replace("\xa0", " ")
    field.fill("Mine.")
    close.get_by_role("button", name="on your device").click()
    expect(field).to_have_value("Run `dsregcmd /status` on your device.")
    page.keyboard.press("Control+z")
    assert field.input_value() == "Mine."


#: Language of the administration -> what several rows that are left are called, and one.
LEFT = {
    "fr": ("lignes sans traduction", "ligne sans traduction"),
    "en": ("rows without a translation", "row without a translation"),
}


@pytest.mark.parametrize("language", LEFT)
def test_what_is_left_goes_down_while_somebody_types(page, live_server, portal, language):
    several, one = LEFT[language]
    sign_in(page.context, live_server, editors.person("ada", "Reviewer"))
    key = portal.articles[FRENCH_ONLY].pk
    page.goto(editors.address("translate", key, "en", language=language))
    left, checks = (page.locator(f"[data-counted={name}]") for name in ("untranslated", "missing"))
    expect(left).to_have_text(f"4 {several}")
    step, problem = (row(page, words).get_by_role("textbox") for words in ("Lancez", "Rien"))
    step.fill("Run it")
    expect(left).to_have_text(f"3 {several}")
    expect(checks).to_have_text(re.compile("^2 "))
    step.fill("Run `dsregcmd /status` on the device")
    expect(checks).to_have_text(re.compile("^0 "))
    row(page, "Échec").get_by_role("textbox").fill("Failed")
    problem.fill("Nothing")
    expect(left).to_have_text(f"1 {one}")
    problem.fill("")
    expect(left).to_have_text(f"2 {several}")


def test_the_form_asks_in_place_where_a_translation_is_not_complete(page, live_server, portal):
    sign_in(page.context, live_server, editors.person("ada", "Reviewer"))
    article = portal.articles[FRENCH_ONLY]
    page.goto(editors.address("change", article.pk) + "?language=en")
    page.get_by_label("Titre").fill("Failed")
    page.get_by_label("Par rapport à l’autre langue").select_option("whole:fr:2")
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.locator("[data-save-state][data-kind=failed]").wait_for()
    expect(page.locator(".errorlist")).to_contain_text("problème, ligne 1 (Rien.)")
    expect(page.get_by_label("Titre")).to_have_value("Failed")
    page.locator("[name=left_out]").check()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    page.locator("[data-save-state][data-kind=saved]").wait_for()
    expect(page.locator("[name=left_out]")).to_have_count(0)
    assert article.translations.get(language="en").title == "Failed"


def test_a_text_goes_out_to_another_tool_and_comes_back(page, live_server, portal, tmp_path):
    article: Article = portal.articles[FRENCH_ONLY]
    sign_in(page.context, live_server, editors.person("ada", "Reviewer"))
    page.goto(editors.address("translate", article.pk, "en", language="en"))
    page.get_by_text("Translate with another tool").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Export the file").click()
    file = read_xliff(waiting.value.path().read_bytes())
    units = [one._replace(target=f"{one.source} (device)", is_done=True) for one in file.units]
    (tmp_path / "done.xlf").write_bytes(write_xliff(file._replace(units=units)))
    page.get_by_label("Import a translated file").set_input_files(tmp_path / "done.xlf")
    page.get_by_role("button", name="Upload").click()
    page.get_by_text("up to date").first.wait_for()
    page.goto(f"/en/articles/{FRENCH_ONLY}/")
    page.get_by_role("heading", name="Échec du profil (device)").wait_for()
