"""From a template to an article, as editors do it in a real browser, in both languages."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.browser.editing.test_editing import form_of, portal, reviewer, sign_in  # noqa: F401
from tests.web.content import BILINGUAL
from tests.web.editors import address
from troubleshooting.models import Article, ArticleTemplate, TemplateUse, UnfinishedTranslation

pytestmark = pytest.mark.usefixtures("portal")

#: What the pages say: by language, in the order in which an editor meets it.
WORDS = {
    "fr": {
        "keep": "Garder comme modèle",
        "name": "Nom du modèle",
        "save": "Enregistrer",
        "saved": "Le modèle a été enregistré.",
        "offers": "Commencer avec un modèle",
        "preview": "Aperçu",
        "begin": "Commencer un article avec ce modèle",
        "begun": "Commencé avec le modèle",
        "left": "La ligne 1 contient encore",
        "publish": "Publier",
        "warned": "le texte contient encore {{le code}}",
        "all the same": "Publier malgré tout",
    },
    "en": {
        "keep": "Keep as a template",
        "name": "Name of the template",
        "save": "Save",
        "saved": "The template was saved.",
        "offers": "Begin with a template",
        "preview": "Preview",
        "begin": "Begin an article with it",
        "begun": "Begun with the template",
        "left": "Line 1 still says",
        "publish": "Publish",
        "warned": "the text still says {{le code}}",
        "all the same": "Publish all the same",
    },
}


@pytest.mark.parametrize("language", WORDS)
def test_from_an_article_to_a_template_to_an_article(page, live_server, reviewer, language):  # noqa: F811
    words = WORDS[language]
    sign_in(page.context, live_server, reviewer)
    page.goto(form_of(BILINGUAL).replace("/fr/", f"/{language}/"))
    page.locator(".form-menu > summary").click()
    page.get_by_role("link", name=words["keep"]).click()
    page.locator(f"#id_name_{language}").fill("Plafond")
    page.locator(f"#id_description_{language}").fill("Une limite.")
    page.locator("#id_problem_fr").fill("Le code {{le code}} s’affiche.")
    page.locator("#id_problem_en").fill("The code {{le code}} appears.")
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.get_by_text(words["saved"]).wait_for()
    template = ArticleTemplate.objects.get()
    assert set(template.texts) == {"fr", "en"}

    page.goto(address("add").replace("/fr/", f"/{language}/"))
    offers = page.get_by_role("region", name=words["offers"])
    offers.get_by_text("Une limite.").wait_for()
    offers.get_by_role("link", name=words["preview"]).click()
    page.get_by_text("{{le code}}").first.wait_for()
    page.get_by_role("link", name=words["begin"]).click()
    page.get_by_text(words["begun"]).wait_for()
    page.locator("#report").get_by_text(words["left"]).wait_for()
    page.get_by_role("button", name=words["save"], exact=True).click()
    page.locator("[data-save-state]").get_by_text(".").first.wait_for()
    page.wait_for_url("**/change/**")
    use = TemplateUse.objects.get()
    other = UnfinishedTranslation.objects.get(article=use.article)
    assert {use.article.translations.get().language, other.language} == {"fr", "en"}

    page.get_by_role("button", name=words["publish"], exact=True).click()
    page.get_by_text(words["warned"]).wait_for()
    page.get_by_role("button", name=words["all the same"]).wait_for()
    assert Article.objects.get(pk=use.article_id).status == "draft"


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Ajouter les modèles suggérés"), ("en", "Add the suggested templates")],
)
def test_the_suggested_templates_are_added_by_their_button(
    page,
    live_server,
    reviewer,  # noqa: F811
    language,
    words,
):
    sign_in(page.context, live_server, reviewer)
    with translation.override(language):
        path = reverse("admin:troubleshooting_articletemplate_changelist")
    page.goto(path)
    page.get_by_role("button", name=words).click()
    page.locator(".messagelist li").wait_for()
    assert ArticleTemplate.objects.count() == 4
