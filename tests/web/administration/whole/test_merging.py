"""Articles merged, split and taken as templates, and what links to one."""

import pytest

from tests.web.administration.whole.pages import page_of, text_of, words
from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, write
from tests.web.editors import address
from tests.web.html import Page
from troubleshooting.editing import save_pending
from troubleshooting.models import Article

pytestmark = pytest.mark.usefixtures("portal")


def test_what_links_to_an_article_is_told(client, reviewer):
    article = Article.objects.get(slug=BILINGUAL)
    write(Article.objects.get(slug="conseils"), "fr", "Conseils",
          problem=f"Voir [ici](/fr/articles/{BILINGUAL}/#cause).")  # fmt: skip
    page = words(client.get(page_of("article_backlinks", article.pk, "fr")))
    assert "1 texte renvoie à cet article" in page
    assert "Conseils" in page
    assert "Ce qui renvoie ici" in words(client.get(address("change", article.pk)))


@pytest.mark.parametrize(
    ("feature", "query"), [("article_merge", {"other": True}), ("article_split", {})]
)
def test_with_four_eyes_the_page_says_why_and_what_to_do(
    client, reviewer, settings, feature: str, query: dict
):
    settings.FOUR_EYES = True
    article, other = (Article.objects.get(slug=slug) for slug in (FRENCH_ONLY, BILINGUAL))
    path = page_of(feature, article.pk, "fr")
    page = words(client.get(path, {"other": other.pk} if query else {}))
    assert "double regard" in page
    assert "révision en attente" in page


def test_articles_are_merged_on_a_page_that_shows_first_what_comes(client, reviewer):
    article, other = (Article.objects.get(slug=slug) for slug in (FRENCH_ONLY, BILINGUAL))
    write(Article.objects.get(slug="conseils"), "fr", "Conseils",
          problem=f"Voir [ici](/fr/articles/{BILINGUAL}/#cause).")  # fmt: skip
    path = page_of("article_merge", article.pk, "fr")
    page = Page(client.get(path, {"q": "plafond"}).content.decode())
    assert f"?other={other.pk}" in {link.get("href") for link in page.all("a")}
    text = other.translations.get(language="fr")
    save_pending(article=other, language="fr", texts={**text.texts(), "cause": "Autre."},
                 author=reviewer, base_revision=text.revision_number)  # fmt: skip
    shown = Page(client.get(path, {"other": other.pk}).content.decode())
    assert "Supprimez le compte" in shown.words
    assert "Révisions en attente\xa0: 1" in shown.words
    assert [link for link in shown.all("a") if link.text == "Conseils"]
    assert "une traduction incomplète" in shown.words
    assert Article.objects.filter(pk=other.pk).exists()
    answer = client.post(path, posted(shown), follow=True)
    assert "fait maintenant partie de cet article" in words(answer)
    assert "Supprimez le compte" in text_of(FRENCH_ONLY).resolution


@pytest.mark.parametrize(
    ("language", "button", "said"),
    [("fr", "Rediriger", "Aucun texte n’est repris"), ("en", "Redirect", "No text is taken over")],
)
def test_an_address_is_redirected_without_its_texts(client, reviewer, language, button, said):
    article, other = (Article.objects.get(slug=slug) for slug in (FRENCH_ONLY, BILINGUAL))
    before = text_of(FRENCH_ONLY).resolution
    path = page_of("article_merge", article.pk, "fr").replace("/fr/", f"/{language}/", 1)
    first = Page(client.get(path, {"other": other.pk}).content.decode())
    (link,) = [a.get("href") for a in first.all("a") if "redirect=1" in a.get("href")]
    shown = Page(client.get(path + link).content.decode())
    assert said in shown.words
    assert "Supprimez le compte" not in shown.words
    assert button in {one.text for one in shown.all("button")}
    client.post(path, posted(shown), follow=True)
    assert text_of(FRENCH_ONLY).resolution == before
    assert client.get(f"/fr/articles/{BILINGUAL}/").status_code == 302


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_language_that_one_is_in_comes_first(client, reviewer, language: str):
    article, other = (Article.objects.get(slug=slug) for slug in (BILINGUAL, FRENCH_ONLY))
    write(other, "en", "Profile", problem="Other.", resolution="1.  B.")
    path = page_of("article_merge", article.pk, language)
    merged = client.get(path, {"other": other.pk}).context["merged"]
    assert [one[0] for one in merged] == sorted(["fr", "en"], key=lambda one: one != language)


def posted(page: Page) -> dict[str, str]:
    """Return what a page that showed its result posts when it is confirmed."""
    return {field.get("name"): field.get("value") for field in page.all("input", type="hidden")}


@pytest.mark.parametrize("slug", [FRENCH_ONLY, BILINGUAL])
def test_what_was_saved_since_the_page_of_a_merge_was_shown_is_shown_first(client, reviewer, slug):
    article, other = (Article.objects.get(slug=slug) for slug in (FRENCH_ONLY, BILINGUAL))
    path = page_of("article_merge", article.pk, "fr")
    form = posted(Page(client.get(path, {"other": other.pk}).content.decode()))
    write(Article.objects.get(slug=slug), "fr", "Plafond", problem="Nouveau.", resolution="1.  A.")
    answer = client.post(path, form, follow=True)
    page = Page(answer.content.decode())
    assert "Le texte a changé entre-temps" in page.words
    assert Article.objects.filter(pk=other.pk).exists()
    assert "Nouveau." in page.words
    client.post(path, posted(page))
    assert "Nouveau." in text_of(FRENCH_ONLY).problem
    assert not Article.objects.filter(pk=other.pk).exists()


def test_a_merge_that_readers_would_lose_by_is_refused_on_its_page(client, reviewer):
    article, other = (Article.objects.get(slug=slug) for slug in (DRAFT, BILINGUAL))
    path = page_of("article_merge", article.pk, "fr")
    page = Page(client.get(path, {"other": other.pk}).content.decode())
    assert "Publiez d’abord cet article" in page.words
    assert not page.all("input", name="other")
    answer = client.post(path, {"other": other.pk}, follow=True)
    assert "Publiez d’abord cet article" in words(answer)
    assert Article.objects.filter(pk=other.pk).exists()


def test_an_article_is_split_on_a_page_that_shows_first_what_comes(client, reviewer):
    article = Article.objects.get(slug=BILINGUAL)
    write(article, "fr", "Plafond", problem="Un.", resolution="1.  A.\n\n### Autre\n\n1.  B.")
    article.translations.filter(language="en").delete()
    path = page_of("article_split", article.pk, "fr")
    asked = {"part": "resolution-2", "title_fr": "À part <b>", "pointer": "on", "look": "1"}
    assert "Donnez un titre" in words(client.get(path, {**asked, "title_fr": ""}))
    page = Page(client.get(path, asked).content.decode())
    assert "Nouvel article" in page.words
    assert "Le nouvel article commence comme brouillon" in page.words
    assert "Aucune langue ne dit quel est le problème" in page.words
    whole = Page(client.get(path, {**asked, "accept_missing": "on"}).content.decode())
    assert whole.one("input", id="accept_missing").get("checked") is not None
    assert Article.objects.filter(slug="a-part-b").count() == 0
    form = {**asked, **posted(page)}
    for _again in range(2):
        answer = client.post(path, form, follow=True)
        assert "Relisez les deux textes" in words(answer)
        assert "archivez celui-ci" in words(answer)
        assert "Le nouvel article est un brouillon" in words(answer)
    assert [one.status for one in Article.objects.filter(slug__startswith="a-part-b")] == ["draft"]
    assert "Voir [À part" in text_of(BILINGUAL).resolution


def test_an_article_is_a_template_for_another(client, reviewer):
    model = Article.objects.get(slug=BILINGUAL)
    page = Page(client.get(address("add"), {"like": model.pk}).content.decode())
    values = {area.get("name"): area.text for area in page.all("textarea")}
    assert values["resolution"].strip() == text_of(BILINGUAL).resolution.strip()
    assert page.all("input", name="title")[0].get("value") in ("", None)
    chosen = {box.get("value") for box in page.all("input", name="platforms", checked="")}
    assert chosen == {str(platform.pk) for platform in model.platforms.all()}
    for absent in ("0", "x", str(10**30)):
        assert client.get(address("add"), {"like": absent}).status_code == 200


def test_a_split_does_what_the_form_says_or_shows_it_again(client, reviewer):
    article = Article.objects.get(slug=BILINGUAL)
    write(article, "fr", "Plafond", problem="Un.", resolution="1.  A.\n\n### Autre\n\n1.  B.")
    article.translations.filter(language="en").delete()
    path = page_of("article_split", article.pk, "fr")
    asked = {"part": "resolution-2", "title_fr": "Un titre", "pointer": "on", "preview": "1"}
    page = Page(client.post(path, asked).content.decode())
    assert "Vérifications du texte (français)" in page.words
    assert "Le texte ne dit pas quel est le problème" in page.words
    kept = {
        name: page.one("input", name=name).get("value")
        for name in ("shown", "token", "revision_fr")
    }
    form = {"part": "resolution-2", "title_fr": "Autre titre", "pointer": "on", **kept}
    again = Page(client.post(path, form).content.decode())
    assert "rien n’a été scindé" in again.one("p", class_="errornote").text
    assert not Article.objects.filter(slug__in=["un-titre", "autre-titre"]).exists()
    form["shown"] = again.one("input", name="shown").get("value")
    answer = Page(client.post(path, form, follow=True).content.decode())
    assert Article.objects.filter(slug="autre-titre").exists()
    first = [one for one in answer.all("a") if one.text == "Le premier article"]
    assert [f"/{article.pk}/change/" in one.get("href") for one in first] == [True]


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "phrases désignent une étape"), ("en", "sentences name a step")],
)
def test_sentences_that_name_a_number_are_told_before(client, reviewer, language: str, said: str):
    article, other = (Article.objects.get(slug=slug) for slug in (BILINGUAL, FRENCH_ONLY))
    naming = {"fr": "Reprenez à l’étape 2.", "en": "Go back to step 2."}
    for code, sentence in naming.items():
        resolution = "1.  B.\n\n### C\n\n1.  D."
        write(article, code, "Plafond", problem="Un.", cause=sentence, resolution=resolution)
    other_naming = "Voyez la résolution 1."
    write(other, "fr", "Profil", problem=other_naming, resolution="1.  E.")
    titles = {"title_fr": "À part", "title_en": "Apart", "look": "1"}
    for part in ("cause-1", "problem-1"):  # they leave, they stay
        path = page_of("article_split", article.pk, language).replace("/fr/", f"/{language}/", 1)
        named = client.get(path, {**titles, "part": part}).context["named"]
        assert [(one.language, one.sentences) for one in named] == [
            (code, [naming[code]]) for code in ("fr", "en")
        ]
        assert {one.is_new for one in named} == {part == "cause-1"}
    split = Page(client.get(path, {**titles, "part": "cause-1"}).content.decode())
    merge = page_of("article_merge", other.pk, "fr").replace("/fr/", f"/{language}/", 1)
    merged = Page(client.get(merge, {"other": article.pk}).content.decode())
    for page, sentences in ((split, naming.values()), (merged, [other_naming, *naming.values()])):
        (box,) = [one for one in page.all("div", class_="notice-box") if said in one.text]
        assert all(sentence in box.text for sentence in sentences)
    write(other, "fr", "Profil", problem="Rien.", resolution="1.  E.")
    for code in naming:
        write(article, code, "Plafond", problem="Un.", cause="A.", resolution="1.  B.")
    assert said not in client.get(merge, {"other": article.pk}).content.decode()
