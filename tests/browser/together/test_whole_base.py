"""The base as a whole, as those who look after it change it: seen first, and taken back."""

import pytest

from tests.browser.editing.test_editing import form_of, portal, sign_in  # noqa: F401
from tests.web.content import BILINGUAL, FRENCH_ONLY
from tests.web.content import write as store
from tests.web.editors import address, person
from troubleshooting.models import Article, ArticleTranslation, BulkChange, TrashedArticle

#: What the pages say, by language.
REPLACING = {
    "fr": {
        "replacing": "Rechercher et remplacer",
        "find": "Rechercher",
        "by": "Remplacer par",
        "look": "Afficher ce qui changerait",
        "replace": "Remplacer dans les textes sélectionnés",
        "undo": "Annuler",
        "before": "comme avant",
        "archive": "Archiver",
        "nothing": "Aucun autre texte n’y renvoie.",
        "titles": "Plafond atteint, Premières vérifications",
        "go": "Envoyer",
        "selected": "2 articles sélectionnés.",
        "acts": "Modifications groupées",
        "both": "2 articles sont comme avant.",
    },
    "en": {
        "replacing": "Find and replace",
        "find": "Find",
        "by": "Replace by",
        "look": "Show what would change",
        "replace": "Replace in the selected texts",
        "undo": "Undo",
        "before": "as it was before",
        "archive": "Archive",
        "nothing": "No other text links there.",
        "titles": "Limit reached, First checks",
        "go": "Go",
        "selected": "2 articles selected.",
        "acts": "Changes of many articles",
        "both": "2 articles are as they were before.",
    },
}


def resolution(language: str = "fr") -> str:
    return ArticleTranslation.objects.get(article__slug=BILINGUAL, language=language).resolution


@pytest.mark.parametrize("language", REPLACING)
def test_words_are_replaced_and_articles_archived_and_both_taken_back(
    page, live_server, portal, language  # noqa: F811
):  # fmt: skip
    """What would change is shown first; a press takes it back, or the list of acts."""
    words = REPLACING[language]
    sign_in(page.context, live_server, person("rene", "Reviewer"))
    page.goto(f"/{language}/admin/")
    page.locator("#shell-nav").get_by_role("link", name=words["replacing"]).click()
    page.get_by_label(words["find"], exact=True).fill("Comptes")
    page.get_by_label(words["by"]).fill("Profils")
    page.get_by_role("button", name=words["look"]).click()
    assert page.locator(".base-place ins", has_text="Profils").count() >= 1
    assert "Comptes" in resolution()
    page.get_by_role("button", name=words["replace"]).click()
    undo = page.get_by_role("button", name=words["undo"])
    undo.wait_for()
    assert "Profils" in resolution()
    undo.click()
    page.get_by_text(words["before"]).wait_for()
    assert "Comptes" in resolution()

    page.goto(f"/{language}/admin/troubleshooting/article/?status__exact=published")
    for title in words["titles"].split(", "):
        page.get_by_role("row", name=title).get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option(label=words["archive"])
    page.get_by_role("button", name=words["go"]).click()
    page.get_by_text(words["selected"]).wait_for()
    page.get_by_text(words["nothing"]).wait_for()
    assert Article.objects.filter(status="archived").count() == 0
    page.get_by_role("button", name=words["archive"]).click()
    page.get_by_role("button", name=words["undo"]).wait_for()
    assert Article.objects.filter(status="archived").count() == 2
    assert page.goto(f"/{language}/articles/{BILINGUAL}/").status == 200  # an editor's eyes
    page.goto(f"/{language}/admin/")
    page.locator("#shell-nav").get_by_role("link", name=words["acts"]).click()
    page.locator("#result_list tbody a").first.click()
    page.get_by_role("button", name=words["undo"]).click()
    page.get_by_text(words["both"]).wait_for()
    assert Article.objects.filter(status="archived").count() == 0
    assert BulkChange.objects.filter(undone__isnull=False).count() == 2


def test_articles_are_split_merged_deleted_and_brought_back(page, live_server, portal, tmp_path):  # noqa: F811
    """In French, by an administrator, whose page of the audit tells all of it afterwards."""
    article = Article.objects.get(slug=BILINGUAL)
    ways = "1.  Ouvrez.\n\n### Autre voie\n\n1.  Réinitialisez."
    article.translations.filter(language="en").delete()
    store(article, "fr", "Plafond atteint", problem="Un plafond.", resolution=ways)
    sign_in(page.context, live_server, person("ada", "Administrator"))

    page.goto(form_of(BILINGUAL))
    page.get_by_role("link", name="Scinder").click()
    page.locator("[value='resolution-2']").check()
    page.get_by_label("Titre du nouvel article en français").fill("Autre voie à part")
    page.get_by_role("button", name="Voir le résultat").click()
    assert page.locator("del", has_text="Réinitialisez").count() == 1
    assert Article.objects.filter(slug="autre-voie-a-part").count() == 0
    page.get_by_role("button", name="Scinder").click()
    page.get_by_text("Relisez les deux textes").wait_for()
    new = Article.objects.get(slug="autre-voie-a-part")
    assert "Réinitialisez" not in resolution()

    page.goto(form_of(BILINGUAL))
    page.get_by_role("link", name="Fusionner avec un autre article").click()
    page.get_by_label("L’autre article").fill("autre voie")
    page.get_by_role("button", name="Rechercher", exact=True).last.click()
    page.get_by_role("link", name="Autre voie à part").click()
    assert page.locator("ins", has_text="Réinitialisez").count() == 1
    page.get_by_role("button", name="Fusionner").click()
    page.get_by_text("fait maintenant partie de cet article").wait_for()
    assert "Réinitialisez" in resolution()
    page.goto(f"/fr/articles/{new.slug}/")
    page.wait_for_url(f"**/fr/articles/{BILINGUAL}/**")

    page.goto(form_of(FRENCH_ONLY))
    page.get_by_role("link", name="Supprimer").click()
    page.get_by_role("button", name="Mettre à la corbeille").click()
    page.get_by_text("est dans la corbeille").first.wait_for()
    assert page.goto(f"/fr/articles/{FRENCH_ONLY}/").status == 404
    page.goto("/fr/admin/")
    page.locator("#shell-nav").get_by_role("link", name="Corbeille").click()
    page.get_by_role("link", name="Échec de l’installation du profil").click()
    page.get_by_role("button", name="Rétablir").click()
    page.get_by_text("L’article a été restauré").wait_for()
    assert page.goto(f"/fr/articles/{FRENCH_ONLY}/").status == 200
    assert TrashedArticle.objects.count() == 1  # what was merged

    page.goto("/fr/admin/")
    page.locator("#shell-nav").get_by_role("link", name="Qui a fait quoi").click()
    page.locator("#changelist-filter").get_by_role("link", name="Restauration").click()
    row = page.locator("#result_list tbody tr")
    assert row.count() == 1
    assert "ada" in row.inner_text()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="En tableau (CSV)").click()
    lines = waiting.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "restored" in lines[1]
    assert "Échec de l’installation du profil" in lines[1]
    assert page.goto(address("changelist")).status == 200
