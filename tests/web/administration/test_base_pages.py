"""Pages of the administration about the whole base: findings, replacing, backlinks, the trash."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, write
from tests.web.editors import address, person
from tests.web.html import Page
from troubleshooting.admin.bulk import replacing
from troubleshooting.checking.survey import survey
from troubleshooting.editing import (
    delete_platforms,
    save_pending,
    take_back,
    trash_articles,
)
from troubleshooting.editing.reusing import save_snippet
from troubleshooting.editing.whole import Replacement, matches, replace_in
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    BulkChange,
    FormerAddress,
    Outcome,
    Platform,
    Revision,
    Snippet,
    TrashedArticle,
)

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture
def reviewer(client):
    user = person("rene", "Reviewer")
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client):
    user = person("ada", "Administrator")
    client.force_login(user)
    return user


def words(response) -> str:
    return Page(response.content.decode()).words.replace("\xa0", " ")


def page_of(name: str, *args: object) -> str:
    with translation.override("fr"):
        return reverse(f"admin:troubleshooting_{name}", args=args)


def text_of(slug: str, language: str = "fr") -> ArticleTranslation:
    return ArticleTranslation.objects.get(article__slug=slug, language=language)


def found(**texts: str) -> set[tuple[str, str]]:
    """Return what the survey says of an article that has these texts, and nothing else."""
    article = Article.objects.create(slug="neuf", status="published")
    write(article, "fr", "Neuf", **{"resolution": "1.  Oui.", **texts})
    return {(one.rule, one.text) for one in survey() if one.article == article.pk}


@pytest.mark.parametrize(
    ("texts", "rule", "said"),
    [
        ({"problem": "[a](/fr/articles/absent/)"}, "dead_link", "/fr/articles/absent/"),
        ({"problem": f"[a](/fr/articles/{BILINGUAL}/#nulle)"}, "dead_link", "#nulle"),
        ({"problem": "[a](/fr/platforms/palm/)"}, "dead_link", "palm"),
        ({"problem": "[a](/fr/codes/0x12345678/)"}, "dead_link", "0x12345678"),
        ({"internal": "[a](/fr/articles/absent/)"}, "dead_link", "absent"),
        ({"problem": f"[a](/fr/articles/{DRAFT}/)"}, "hidden_link", DRAFT),
        ({"resolution": ""}, "no_resolution", ""),
        ({"other": "![](/media/0123456789abcdef.png)"}, "image_without_words", "1"),
        ({"problem": f"[a](/fr/articles/{BILINGUAL}/#resolution)"}, None, ""),
        ({"problem": f"[a](/en/articles/{BILINGUAL}/#resolution-1-step-2)"}, None, ""),
        ({"problem": "[a](/fr/articles/parti/)"}, None, ""),
        ({"problem": "![des mots](/media/x.png) [b](https://example.org/)"}, None, ""),
    ],
)
def test_what_the_survey_finds(texts: dict, rule: str | None, said: str):
    FormerAddress.objects.create(slug="parti", article=Article.objects.get(slug=BILINGUAL))
    findings = found(**texts)
    assert {name for name, _text in findings} == ({rule} if rule else set())
    assert all(said in text for _name, text in findings)


def test_what_differs_between_articles_and_languages():
    one = Article.objects.create(slug="un", status="published")
    two = Article.objects.create(slug="deux", status="published")
    code = "Code 0x8A7B0001."
    write(one, "fr", "Un", problem=code, cause="La licence.", resolution="1.  Oui.\n2.  Non.")
    write(one, "en", "One", problem="No code.", cause="The licence.", resolution="1.  Yes.")
    write(two, "fr", "Deux", problem=code, cause="Le réseau.", resolution="1.  Oui.")
    rows = [row for row in survey() if row.article in (one.pk, two.pk)]
    assert {(row.rule, row.article, row.language, row.others) for row in rows} == {
        ("two_causes", one.pk, "fr", (two.pk,)),
        ("codes_differ", one.pk, "fr", ()),
        ("steps_differ", one.pk, "en", ()),
    }


def test_findings_are_narrowed(client, reviewer):
    found(problem="[a](/fr/articles/absent/)", other="![](/media/x.png)")
    page = words(client.get(page_of("findings")))
    assert "Liens qui ne mènent nulle part 1" in page
    page = words(client.get(page_of("findings"), {"rule": "dead_link", "language": "fr"}))
    assert "/fr/articles/absent/" in page
    assert "Images sans description : 1" not in page
    page = words(client.get(page_of("findings"), {"rule": "dead_link", "status": "draft"}))
    assert "Rien à afficher." in page


@pytest.mark.parametrize("role", ["", "Author"])
def test_who_may_replace(client, role: str):
    client.force_login(person("nom", role))
    assert client.get(page_of("replace")).status_code == 403
    assert client.get(page_of("findings")).status_code == (200 if role else 403)


@pytest.mark.parametrize(
    ("find", "choices", "text", "after"),
    [
        ("a.c", {}, "a.c abc", "X abc"),
        ("l'eau chaude", {}, "De l’eau\xa0chaude.", "De X."),
        ("Intune", {"matches_case": False}, "INTUNE, intune", "X, X"),
        ("Intune", {}, "INTUNE, Intune", "INTUNE, X"),
        ("port", {"whole_words": True}, "port portail du port.", "X portail du X."),
        ("\\1", {}, "un \\1 deux", "un X deux"),
        ("É", {"matches_case": False}, "été", "XtX"),
        ("box", {}, "[box](/fr/box/) ![box](/media/box.png)", "[X](/fr/box/) ![X](/media/box.png)"),
        ("box", {}, '[box](<a box> "box")', '[X](<a box> "X")'),
        ("box", {}, "https://box.example/?box=1) box", "https://box.example/?box=1) X"),
        ("box", {}, "www.box.example box", "www.box.example X"),
        ("box", {}, '<a href="box">box</a>', '<a href="box">X</a>'),
        ("box", {}, "[!SNIPPET  box-on] box", "[!SNIPPET  box-on] X"),
        ("box", {"in_addresses": True}, "[box](/box/) [!SNIPPET box]", "[X](/X/) [!SNIPPET X]"),
    ],
)
def test_what_is_replaced(find: str, choices: dict, text: str, after: str):
    replacement = Replacement(find, "X", **choices)
    assert replacement.of(text) == after
    stored = text_of(FRENCH_ONLY)
    ArticleTranslation.objects.filter(pk=stored.pk).update(cause=text)
    assert [match.text.pk for match in matches(replacement, ArticleTranslation.objects.all())
            if match.text.pk == stored.pk]  # fmt: skip


def ticked(page: Page) -> dict[str, list[str]]:
    """Return what the page of find and replace posts beside what was asked."""
    names = ("text", "place", "revision")
    return {name: [box.get("value") for box in page.all("input", name=name)] for name in names}


def shown_places(client, find: str) -> Page:
    asked = {"find": find, "replace": "Y", "matches_case": "on", "language": "fr"}
    return Page(client.get(page_of("replace"), asked).content.decode())


def test_every_place_is_shown_and_those_ticked_are_replaced(client, reviewer):
    article = Article.objects.get(slug=BILINGUAL)
    write(article, "fr", "Xqz", problem="Xqz `Xqz`, [Xqz](/fr/xqz/Xqz/)", resolution="1.  Xqz.")
    page = shown_places(client, "Xqz")
    key = text_of(BILINGUAL).pk
    places = [f"{key}.{at}" for at in ("title.0", "problem.0", "problem.1", "problem.2",
                                       "resolution.0")]  # fmt: skip
    form = ticked(page)
    assert form["place"] == places
    labels = [box.text for box in page.all("p", class_="base-place")]
    assert ["code" in label for label in labels] == [False, False, True, False, False]
    form["place"] = places[1:2] + places[4:]
    client.post(page_of("replace"), {"find": "Xqz", "replace": "Y", "matches_case": "on", **form})
    text = text_of(BILINGUAL)
    assert text.title == "Xqz"
    assert text.problem.strip() == "Y `Xqz`, [Xqz](/fr/xqz/Xqz/)"
    assert text.resolution.strip() == "1.  Y."
    form = {**ticked(shown_places(client, "Xqz")), "text": []}
    client.post(page_of("replace"), {"find": "Xqz", "replace": "Y", "matches_case": "on", **form})
    assert text_of(BILINGUAL).revision_number == text.revision_number


def test_what_was_saved_since_its_places_were_shown_is_left(client, reviewer):
    article = Article.objects.get(slug=BILINGUAL)
    write(article, "fr", "Autre", problem="Xqz.")
    form = ticked(shown_places(client, "Xqz"))
    write(article, "fr", "Autre", problem="Ne pas Xqz, mais Xqz.")
    asked = {"find": "Xqz", "replace": "Y", "matches_case": "on"}
    answer = client.post(page_of("replace"), {**asked, **form}, follow=True)
    assert "Quelqu’un l’a modifié entre-temps" in words(answer)
    client.post(page_of("replace"), {**asked, **form, "revision": []})
    client.post(page_of("replace"), {**asked, **form, "place": ["x", "1.2", "a.b.c"]})
    assert text_of(BILINGUAL).problem.strip() == "Ne pas Xqz, mais Xqz."


def test_no_more_places_are_shown_than_one_act_changes(client, reviewer, monkeypatch):
    monkeypatch.setattr(replacing, "MOST_PLACES", 3)
    for slug in (BILINGUAL, FRENCH_ONLY):
        write(Article.objects.get(slug=slug), "fr", "Autre", problem="Xqz, Xqz.")
    page = shown_places(client, "Xqz")
    assert len(ticked(page)["place"]) == 3
    assert "3 endroits sont modifiés à la fois" in page.words.replace("\xa0", " ")
    monkeypatch.setattr(replacing, "MOST_PLACES", 4)
    page = shown_places(client, "Xqz")
    assert len(ticked(page)["place"]) == 4
    assert "à la fois" not in page.words.replace("\xa0", " ")


def test_replacing_is_looked_at_done_and_taken_back_as_one_act(client, reviewer):
    before = {text.pk: text.texts() for text in ArticleTranslation.objects.all()}
    asked = {"find": "Comptes", "replace": "Profils", "matches_case": "on", "language": "fr"}
    page = Page(client.get(page_of("replace"), asked).content.decode())
    chosen = [box.get("value") for box in page.all("input", name="text")]
    assert {int(key) for key in chosen} == {
        pk for pk, texts in before.items() if "Comptes" in "".join(texts.values())
    }
    assert "Comptes" in page.words
    client.post(page_of("replace"), {**asked, **ticked(page)})
    assert "Profils" in text_of(BILINGUAL).resolution
    assert text_of(BILINGUAL).revisions.first().comment.startswith("Remplacé")
    # Somebody goes on with one of them: that one stays.
    write(Article.objects.get(slug=BILINGUAL), "fr", "Autre", resolution="1.  Profils.")
    outcome = take_back(BulkChange.objects.get(action="replace"), user=reviewer)
    assert outcome.count == len(chosen) - 1
    assert [one.slug for (one,) in outcome.skipped.values()] == [BILINGUAL]
    other = {pk: texts for pk, texts in before.items() if pk != text_of(BILINGUAL).pk}
    assert {text.pk: text.texts() for text in ArticleTranslation.objects.filter(pk__in=other)} == (
        other
    )


def test_snippets_that_say_it_are_named_and_stay_as_they_are(client, reviewer):
    texts = {"fr": "Relancez l’eau\xa0chaude.", "en": "Restart the hot water."}
    snippet = save_snippet(Snippet(key="relance"), texts, author=None).snippet
    page = words(client.get(page_of("replace"), {"find": "l'eau chaude"}))
    assert "Fragments qui le disent" in page
    assert "relance Français …Relancez l’eau chaude." in page
    assert "Restart" not in page
    assert save_snippet(snippet, texts, author=reviewer).changed is False
    asked = {"find": "Restart", "language": "fr"}
    assert "Aucun texte" in words(client.get(page_of("replace"), asked))


def test_what_may_not_be_changed_is_skipped_with_the_reason(reviewer, settings):
    settings.FOUR_EYES = True
    texts = list(ArticleTranslation.objects.filter(article__slug__in=[BILINGUAL, DRAFT]))
    titles = {text.article.slug for text in texts}
    number = Revision.objects.count()
    outcome = replace_in(Replacement("e", "é"), texts, user=reviewer)
    assert titles == {BILINGUAL, DRAFT}
    assert [[one.slug for one in articles] for articles in outcome.skipped.values()] == [
        [BILINGUAL, BILINGUAL]
    ]
    assert Revision.objects.count() == number + 1


def test_what_was_skipped_is_named_by_its_title(client, reviewer, settings):
    settings.FOUR_EYES = True
    form = ticked(shown_places(client, "Plafond"))
    form["text"] = [str(text_of(BILINGUAL).pk)]
    asked = {"find": "Plafond", "replace": "Y", "matches_case": "on", **form}
    said = words(client.post(page_of("replace"), asked, follow=True))
    assert "1 article a été laissé de côté (Plafond atteint) :" in said.replace("\xa0", " ")
    assert BILINGUAL not in said
    assert "0 texte" not in said


def test_what_links_to_an_article_is_told(client, reviewer):
    article = Article.objects.get(slug=BILINGUAL)
    write(Article.objects.get(slug="conseils"), "fr", "Conseils",
          problem=f"Voir [ici](/fr/articles/{BILINGUAL}/#cause).")  # fmt: skip
    page = words(client.get(page_of("article_backlinks", article.pk, "fr")))
    assert "1 texte renvoie à cet article" in page
    assert "Conseils" in page
    assert "Ce qui renvoie ici" in words(client.get(address("change", article.pk)))


def test_articles_are_merged_on_a_page_that_shows_first_what_comes(client, reviewer):
    article, other = (Article.objects.get(slug=slug) for slug in (FRENCH_ONLY, BILINGUAL))
    path = page_of("article_merge", article.pk, "fr")
    page = Page(client.get(path, {"q": "plafond"}).content.decode())
    assert f"?other={other.pk}" in {link.get("href") for link in page.all("a")}
    text = other.translations.get(language="fr")
    save_pending(article=other, language="fr", texts={**text.texts(), "cause": "Autre."},
                 author=reviewer, base_revision=text.revision_number)  # fmt: skip
    shown = Page(client.get(path, {"other": other.pk}).content.decode())
    assert "Supprimez le compte" in shown.words
    assert "Révisions en attente\xa0: 1" in shown.words
    assert "une traduction incomplète" in shown.words
    assert Article.objects.filter(pk=other.pk).exists()
    answer = client.post(path, posted(shown), follow=True)
    assert "fait maintenant partie de cet article" in words(answer)
    assert "Supprimez le compte" in text_of(FRENCH_ONLY).resolution


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
    assert Article.objects.filter(slug="a-part-b").count() == 0
    form = posted(page)
    for _again in range(2):
        answer = client.post(path, form, follow=True)
        assert "Relisez les deux textes" in words(answer)
    assert Article.objects.filter(slug__startswith="a-part-b").count() == 1
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


def test_a_deleted_article_is_restored_from_its_message(client, administrator):
    article = Article.objects.get(slug=BILINGUAL)
    delete = address("delete", article.pk)
    assert "à la corbeille ?" in words(client.get(delete))
    page = Page(client.post(delete, {"post": "yes"}, follow=True).content.decode())
    assert TrashedArticle.objects.count() == 1
    listed = words(client.get(page_of("trashedarticle_changelist")))
    assert "Publié" in listed
    (form,) = [one for one in page.all("form") if one.get("class") == "undo"]
    answer = client.post(form.get("action"), follow=True)
    assert "L’article a été rétabli : « Publié »" in words(answer)
    assert Article.objects.get(slug=BILINGUAL).pk == article.pk


def test_the_trash_is_the_administrators(client, reviewer):
    assert client.get(page_of("trashedarticle_changelist")).status_code == 403
    assert client.post(page_of("trashedarticle_restore", 1)).status_code == 403


@pytest.mark.parametrize(("language", "heading"), [("fr", "Rédiger"), ("en", "Writing")])
def test_the_guide_is_a_page_with_its_pictures(client, reviewer, language: str, heading: str):
    page = Page(client.get(f"/{language}/admin/guide/").content.decode())
    assert heading in page.words
    assert "editing.fr.md" not in page.words
    pictures = [image.get("src") for image in page.all("img") if "/guide/" in image.get("src")]
    assert pictures
    for picture in pictures:
        assert client.get(picture).headers["Content-Type"] == "image/png"
    for name in ("absent", "..%2f..%2fscreenshots%2fadmin-fr"):
        assert client.get(f"/{language}/admin/guide/{name}.png").status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guide_begins_with_its_contents(client, reviewer, language: str):
    page = Page(client.get(f"/{language}/admin/guide/").content.decode())
    assert page.one("nav", class_="contents")
    chapters = [f"#{heading.get('id')}" for heading in page.all("h2") if heading.get("id")]
    places = [link.get("href") for link in page.all("a") if link.get("href") in chapters]
    assert len(places) > 9
    assert [place for place in chapters if place in places] == places


def test_what_readers_say_is_listed_by_titles(client, reviewer):
    article = Article.objects.get(slug=BILINGUAL)
    Outcome.objects.create(article=article, language="en", revision_number=1, verdict="stuck",
                           anchor="resolution-1-step-2")  # fmt: skip
    page = words(client.get(page_of("outcome_changelist")))
    assert "Limit reached · Résolution 1, étape 2" in page
    assert BILINGUAL not in page


def test_a_document_names_its_articles_by_titles(client, reviewer, portal):
    page = words(client.get(page_of("sourcedocument_change", portal.document.pk)))
    for entry in portal.document.entries.select_related("article"):
        text = entry.article.translations.best_first(portal.document.language).first()
        assert (text.title if text else entry.article.slug) in page


def test_why_an_article_comes_back_as_a_draft_is_said(client, administrator):
    article = Article.objects.get(slug=BILINGUAL)
    only = Platform.objects.create(slug="zos", name="z/OS")
    article.platforms.set([only])
    [trashed] = trash_articles([article], user=administrator)
    delete_platforms([only], user=administrator)
    answer = client.post(page_of("trashedarticle_restore", trashed.pk), follow=True)
    assert "rétabli comme brouillon" in words(answer)
