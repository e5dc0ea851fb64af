"""The base as a whole, as those who look after it change it: seen first, and taken back."""

import pytest
from playwright.sync_api import expect

from tests.browser.editing.test_editing import portal, sign_in  # noqa: F401
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
        "replace": "Remplacer aux endroits sélectionnés",
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
        "replace": "Replace in the selected places",
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
    expect(page.locator(".base-place ins", has_text="Profils").first).to_be_attached()
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


#: What an administrator's journey through split, merge, trash and audit reads, by language.
KEEPING = {
    "fr": {
        "other": "en",
        "title": "Plafond atteint",
        "problem": "Un plafond.",
        "ways": ("Ouvrez", "Autre voie", "Réinitialisez"),
        "new": "Autre voie à part",
        "slug": "autre-voie-a-part",
        "split": "Scinder",
        "asked": "Titre du nouvel article en français",
        "look": "Voir le résultat",
        "read": "Relisez les deux textes",
        "merging": "Fusionner avec un autre article",
        "second": "L’autre article",
        "search": "Rechercher",
        "merge": "Fusionner",
        "part": "fait maintenant partie de cet article",
        "delete": "Supprimer",
        "throw": "Mettre à la corbeille",
        "thrown": "est dans la corbeille",
        "trash": "Corbeille",
        "restore": "Rétablir",
        "restored": "L’article a été rétabli",
        "audit": "Qui a fait quoi",
        "act": "Rétablissement",
        "table": "En tableau (CSV)",
    },
    "en": {
        "other": "fr",
        "title": "Limit reached",
        "problem": "A limit.",
        "ways": ("Open", "Another way", "Reset"),
        "new": "Another way apart",
        "slug": "another-way-apart",
        "split": "Split",
        "asked": "Title of the new article in English",
        "look": "Preview the result",
        "read": "Read both texts once more",
        "merging": "Merge with another article",
        "second": "The other article",
        "search": "Search",
        "merge": "Merge",
        "part": "is part of this article now",
        "delete": "Delete",
        "throw": "Move to the trash",
        "thrown": "is in the trash",
        "trash": "Trash",
        "restore": "Restore",
        "restored": "The article was restored",
        "audit": "Who did what",
        "act": "Restored",
        "table": "As a table (CSV)",
    },
}


@pytest.mark.parametrize("language", KEEPING)
def test_articles_are_split_merged_deleted_and_brought_back(
    page, live_server, portal, language  # noqa: F811
):  # fmt: skip
    """By an administrator, whose page of the audit tells all of it afterwards."""
    words = KEEPING[language]
    article = Article.objects.get(slug=BILINGUAL)
    first, heading, second = words["ways"]
    ways = f"1.  {first}.\n\n### {heading}\n\n1.  {second}."
    article.translations.filter(language=words["other"]).delete()
    store(article, language, words["title"], problem=words["problem"], resolution=ways)
    sign_in(page.context, live_server, person("ada", "Administrator"))

    form = address("change", article.pk, language=language)
    split_off(page, form, language)
    assert second not in resolution(language)
    merge_back(page, form, language)
    assert second in resolution(language)
    title = throw_away_and_restore(page, language)
    assert TrashedArticle.objects.count() == 1  # what was merged
    audit_tells(page, language, title)


def split_off(page, form: str, language: str) -> None:
    words = KEEPING[language]
    second = words["ways"][-1]
    page.goto(form)
    page.locator(".form-menu > summary").click()
    page.get_by_role("link", name=words["split"]).click()
    page.locator("[value='resolution-2']").check()
    page.get_by_label(words["asked"]).fill(words["new"])
    page.get_by_role("button", name=words["look"]).click()
    expect(page.locator("del", has_text=second)).to_have_count(1)
    assert Article.objects.filter(slug=words["slug"]).count() == 0
    page.get_by_role("button", name=words["split"]).click()
    page.get_by_text(words["read"]).wait_for()
    assert Article.objects.filter(slug=words["slug"]).exists()


def merge_back(page, form: str, language: str) -> None:
    words = KEEPING[language]
    page.goto(form)
    page.locator(".form-menu > summary").click()
    page.get_by_role("link", name=words["merging"]).click()
    page.get_by_label(words["second"]).fill(words["new"].lower())
    page.get_by_role("button", name=words["search"], exact=True).last.click()
    page.get_by_role("link", name=words["new"]).click()
    expect(page.locator("ins", has_text=words["ways"][-1])).to_have_count(1)
    page.get_by_role("button", name=words["merge"]).click()
    page.get_by_text(words["part"]).wait_for()
    page.goto(f"/{language}/articles/{words['slug']}/")
    page.wait_for_url(f"**/{language}/articles/{BILINGUAL}/**")


def throw_away_and_restore(page, language: str) -> str:
    """Return the title of the article that was in the trash meanwhile."""
    words = KEEPING[language]
    gone = ArticleTranslation.objects.get(article__slug=FRENCH_ONLY)
    page.goto(address("change", gone.article_id, language=language))
    page.locator(".form-menu > summary").click()
    page.get_by_role("link", name=words["delete"]).click()
    page.get_by_role("button", name=words["throw"]).click()
    page.get_by_text(words["thrown"]).first.wait_for()
    there = page.goto(f"/{language}/articles/{FRENCH_ONLY}/")
    assert there.status == 410  # who may restore it is told so
    page.goto(f"/{language}/admin/")
    page.locator("#shell-nav").get_by_role("link", name=words["trash"]).click()
    page.get_by_role("link", name=gone.title).click()
    page.get_by_role("button", name=words["restore"]).click()
    page.get_by_text(words["restored"]).wait_for()
    assert page.goto(f"/{language}/articles/{FRENCH_ONLY}/").status == 200
    return gone.title


def audit_tells(page, language: str, title: str) -> None:
    words = KEEPING[language]
    page.goto(f"/{language}/admin/")
    page.locator("#shell-nav").get_by_role("link", name=words["audit"]).click()
    page.locator("#changelist-filter").get_by_role("link", name=words["act"]).click()
    page.wait_for_url("**act__exact=restored**")
    row = page.locator("#result_list tbody tr")
    row.first.wait_for()
    assert row.count() == 1
    assert "ada" in row.inner_text()
    with page.expect_download() as waiting:
        page.get_by_role("link", name=words["table"]).click()
    lines = waiting.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert words["act"] in lines[1]
    assert title in lines[1]
    assert page.goto(address("changelist", language=language)).status == 200
