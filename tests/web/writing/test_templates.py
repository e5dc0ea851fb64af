"""The pages of templates, and an article begun with one, as editors use them in both languages."""

import re

import pytest
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone, translation

from tests.people import person
from tests.web.content import BILINGUAL, DRAFT
from tests.web.editors import revisions
from troubleshooting.editing import save_pending
from troubleshooting.editing.reusing import save_template
from troubleshooting.models import (
    Article,
    ArticleTemplate,
    AuditEntry,
    GapReport,
    Platform,
    TemplateUse,
    UnfinishedTranslation,
)

pytestmark = pytest.mark.usefixtures("portal")

TEXTS = {
    "fr": {
        "name": "Erreur avec un code",
        "description": "Un code s’affiche.",
        "title": "{{programme}} affiche {{code}}",
        "problem": "Le code `{{code}}` s’affiche.",
        "resolution": "1.  Ouvrez {{menu}}.",
    },
    "en": {
        "name": "Error with a code",
        "description": "A code is shown.",
        "title": "{{program}} shows {{code}}",
        "problem": "The code `{{code}}` appears.",
        "resolution": "1.  Open {{menu}}.",
    },
}


def address(page: str = "changelist", *args, language: str = "fr", model: str = "articletemplate"):
    with translation.override(language):
        return reverse(f"admin:troubleshooting_{model}_{page}", args=args)


@pytest.fixture
def reviewer(client) -> User:
    user = person("reviewer")
    client.force_login(user)
    return user


@pytest.fixture
def template() -> ArticleTemplate:
    template = ArticleTemplate()
    platforms = [Platform.objects.get(slug="ios")]
    save_template(template, TEXTS, kind="error", audience="staff", review_days=90,
                  platforms=platforms)  # fmt: skip
    return template


def form(**values) -> dict:
    said = {f"{name}_{code}": text for code, each in TEXTS.items() for name, text in each.items()}
    return {"kind": "error", "audience": "public", "base_version": "1", **said, **values}


def post(client, page: str, *args, **values):
    return client.post(address(page, *args), form(**values), follow=True)


def messages(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def begin(client, query: str, **values):
    """Open the form of a new article, and send what it shows, with ``values`` in their places."""
    where = f"{address('add', model='article')}?{query}"
    page = client.get(where)
    details, text = page.context["details"], page.context["text_form"]
    fields = {
        name: value
        for form in (details, text)
        for name in form.fields
        if (value := form[name].value()) not in (None, "")
    }
    posted = {**fields, "language": page.context["language"], "has_details": "1", **values}
    return page, client.post(where, posted, follow=True)


def test_a_template_is_written_and_changed_and_the_audit_says_what(client, reviewer):
    answer = post(client, "add", base_version="0")
    assert messages(answer) == ["Le modèle a été enregistré."]
    template = ArticleTemplate.objects.get()
    post(client, "change", template.pk, title_fr="{{quoi}} affiche {{code}}", audience="staff")
    acts = AuditEntry.objects.filter(kind="articletemplate").order_by("pk")
    assert [one.act for one in acts] == ["added", "changed"]
    assert acts[1].name == "Erreur avec un code"
    assert acts[1].before == {"title (fr)": TEXTS["fr"]["title"], "audience": "public"}
    assert acts[1].after == {"title (fr)": "{{quoi}} affiche {{code}}", "audience": "staff"}


def test_the_preview_shows_what_a_new_article_says_and_saves_nothing(client, reviewer, template):
    page = post(client, "change", template.pk, problem_fr="**Neuf** {{x}}.", _preview="1")
    assert "<strong>Neuf</strong> {{x}}" in page.content.decode()
    assert ArticleTemplate.objects.get().texts["fr"]["problem"] == TEXTS["fr"]["problem"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"problem_fr": "> " * 200 + "x"}, "sont imbriqués trop profondément"),
        ({"name_fr": "", "name_en": ""}, "Donnez un nom au modèle"),
        ({"base_version": "0", "title_fr": "x"}, "Quelqu’un d’autre a modifié ce modèle"),
        ({"review_days": "0"}, "supérieure ou égale à 1"),
        ({"review_days": "99999"}, "inférieure ou égale à 3650"),
        ({"kind": "poem"}, "poem"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(
    client, reviewer, template, values, words
):
    page = post(client, "change", template.pk, other_en="Typed.", **values).content.decode()
    assert words in page
    assert "Typed." in page
    assert ArticleTemplate.objects.get().version == 1


def test_a_new_article_offers_templates_and_keeps_what_was_asked(client, reviewer, template):
    gap = GapReport.objects.create(subject="0x80180014", key="k", language="fr")
    where = f"{address('add', model='article')}?gap={gap.pk}&language=fr"
    page = client.get(where).content.decode()
    assert "Un code s’affiche." in page
    links = re.findall(r'class="template-use" href="([^"]+)"', page)
    assert links == [
        f"{address('add', model='article')}?gap={gap.pk}&amp;language=fr&amp;template={template.pk}"
    ]
    shown = client.get(links[0].replace("&amp;", "&")).context["text_form"]
    assert shown["title"].value() == "0x80180014"
    assert shown["problem"].value().startswith("Une erreur avec le code `0x80180014` s’affiche.")
    assert shown["problem"].value().endswith("Le code `{{code}}` s’affiche.")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_article_is_begun_with_a_template_in_both_languages(
    client, reviewer, template, language
):
    page, answer = begin(client, f"template={template.pk}&language={language}")
    shown = page.content.decode()
    assert "Erreur avec un code" in shown
    assert "{{code}}" in shown
    use = TemplateUse.objects.get()
    article = use.article
    assert (article.kind, article.audience, article.status) == ("error", "staff", "draft")
    assert [platform.slug for platform in article.platforms.all()] == ["ios"]
    assert article.owner == reviewer
    assert (article.review_due - timezone.localdate()).days == 90
    text = article.translations.get()
    other = UnfinishedTranslation.objects.get(article=article)
    assert (text.language, other.language) == (language, "en" if language == "fr" else "fr")
    assert text.problem == TEXTS[language]["problem"]
    assert other.texts["problem"] == TEXTS[other.language]["problem"]
    report = answer.content.decode()
    assert "La ligne 1 contient encore" in report
    assert "Modèle" in report


def test_a_draft_restored_on_the_plain_page_keeps_its_template(client, reviewer, template):
    begin(client, "", template=str(template.pk), title="Panne", problem="Le code `{{code}}`.")
    use = TemplateUse.objects.get()
    assert use.template == template
    assert UnfinishedTranslation.objects.get(article=use.article).language == "en"


def test_the_form_sent_twice_makes_one_article(client, reviewer, template):
    where = f"template={template.pk}"
    page, _answer = begin(client, where)
    draft = page.context["text_form"]["draft"].value()
    begin(client, where, draft=draft, title="Autre titre")
    assert TemplateUse.objects.count() == 1
    assert UnfinishedTranslation.objects.count() == 1


@pytest.mark.parametrize("query", ["template=999", "template=x", "template=", "template=-1"])
def test_what_is_no_template_begins_nothing(client, reviewer, template, query):
    page = client.get(f"{address('add', model='article')}?{query}")
    assert page.status_code == 200
    assert page.context["text_form"]["problem"].value() in (None, "")


def test_a_language_that_the_template_lacks_is_empty(client, reviewer, template):
    save_template(template, {"fr": TEXTS["fr"]}, kind="error")
    where = address("add", model="article")
    offered = client.get(f"{where}?language=en").context["templates"]
    assert [one.url for one in offered] == [f"{where}?language=fr&template={template.pk}"]
    page = client.get(f"{where}?language=en&template={template.pk}")
    assert not page.context["text_form"]["problem"].value()


def test_an_owner_who_left_owns_no_new_article(client, reviewer, template):
    gone = person("author", "gone")
    save_template(template, TEXTS, kind="error", owner=gone)
    gone.is_active = False
    gone.save()
    begin(client, f"template={template.pk}")
    assert TemplateUse.objects.get().article.owner == reviewer


def test_publishing_asks_once_more_while_prompts_are_left(client, reviewer, template):
    _page, _answer = begin(client, f"template={template.pk}&language=fr")
    article = TemplateUse.objects.get().article
    where = address("status", article.pk, "publish", model="article")
    page = client.get(where).content.decode()
    assert "le texte contient encore {{programme}}, {{code}}, {{menu}}" in page
    assert "Publier malgré tout" in page
    client.post(where, revisions(article))
    assert Article.objects.get(pk=article.pk).status == "published"


def test_an_article_is_kept_as_a_template(client, reviewer):
    article = Article.objects.get(slug=BILINGUAL)
    page = client.get(address("change", article.pk, model="article")).content.decode()
    assert f"{address('add')}?article={article.pk}" in page
    shown = client.get(f"{address('add')}?article={article.pk}").context["adminform"].form
    for text in article.translations.all():
        assert shown[f"title_{text.language}"].value() == text.title
        assert shown[f"resolution_{text.language}"].value() == text.resolution
    assert shown["kind"].value() == article.kind


def test_what_is_not_there_makes_an_empty_template(client, reviewer):
    shown = client.get(f"{address('add')}?article=99999").context["adminform"].form
    assert not shown["title_fr"].value()


def test_the_list_and_the_pages_say_what_was_begun(client, reviewer, template):
    begin(client, f"template={template.pk}")
    assert "1 article" in client.get(address()).content.decode()
    article = TemplateUse.objects.get().article
    page = client.get(address("change", template.pk)).content.decode()
    assert f"/admin/troubleshooting/article/{article.pk}/change/" in page
    own = client.get(address("change", article.pk, model="article")).content.decode()
    assert address("preview", template.pk) in own


def test_deleting_asks_in_words_and_articles_stay(client, reviewer, template):
    begin(client, f"template={template.pk}")
    page = client.get(address("delete", template.pk)).content.decode()
    assert "Erreur avec un code" in page
    assert not re.search(r"object \(\d+\)|ArticleTemplate", page)
    client.post(address("delete", template.pk), {"post": "yes"})
    use = TemplateUse.objects.get()
    assert use.template is None
    assert AuditEntry.objects.filter(act="deleted", name="Erreur avec un code").exists()
    own = client.get(address("change", use.article_id, model="article")).content.decode()
    assert "Erreur avec un code" in own


@pytest.mark.parametrize("role", ["reader", "staff", "author"])
def test_who_is_no_reviewer_changes_nothing_and_authors_use_them(client, template, role):
    client.force_login(person(role))
    post(client, "change", template.pk, title_fr="x")
    post(client, "add", name_fr="Autre", name_en="Other")
    client.post(address("delete", template.pk), {"post": "yes"})
    assert ArticleTemplate.objects.get().version == 1
    for page in ("change", "preview"):
        seen = client.get(address(page, template.pk))
        assert (seen.status_code == 200) == (role == "author")
    begun = client.get(f"{address('add', model='article')}?template={template.pk}")
    assert (begun.status_code == 200) == (role == "author")
    if role == "author":
        assert begun.context["text_form"]["title"].value() == TEXTS["fr"]["title"]


def test_an_editor_who_may_not_see_templates_is_offered_none(client, template):
    """A group of somebody's own may write articles without the roles of the portal."""
    user = person("staff")
    for name in ("view_article", "add_article", "change_article"):
        user.user_permissions.add(Permission.objects.get(codename=name))
    client.force_login(user)
    for query in ("", f"?template={template.pk}"):
        page = client.get(f"{address('add', model='article')}{query}")
        assert page.status_code == 200
        assert "{{code}}" not in page.content.decode()
        assert TEXTS["fr"]["name"] not in page.content.decode()


def test_the_pages_speak_english_too(client, reviewer, template):
    page = client.get(address("preview", template.pk, language="en")).content.decode()
    assert "Error with a code" in page
    assert "Begin an article with it" in page
    assert "Review after 90 days" in page
    add = client.get(address("add", model="article", language="en")).content.decode()
    assert "Begin with a template" in add
    assert "A code is shown." in add


def test_an_article_without_a_template_has_no_trace_of_one(client, reviewer):
    article = Article.objects.get(slug=DRAFT)
    page = client.get(address("change", article.pk, model="article")).content.decode()
    assert "template_use" not in page
    assert not TemplateUse.objects.exists()


def test_an_empty_list_offers_what_the_portal_suggests(client, reviewer):
    page = client.get(address()).content.decode()
    assert "Il n’y a pas encore de modèle" in page
    assert "Problème connu ou incident" in page
    answer = client.post(address("suggested"), follow=True)
    assert messages(answer) == ["4 modèles ont été ajoutés."]
    assert "Il n’y a pas encore de modèle" not in answer.content.decode()
    assert AuditEntry.objects.filter(kind="articletemplate", act="added").count() == 4
    begun = client.get(f"{address('add', model='article')}?language=en").content.decode()
    for said in ("Erreur avec un code", "Un programme affiche un message"):
        assert said in begun


@pytest.mark.parametrize("role", ["reader", "staff", "author"])
def test_who_is_no_reviewer_adds_no_suggestions(client, role):
    client.force_login(person(role))
    assert client.post(address("suggested")).status_code in (302, 403)
    assert client.get(address("suggested")).status_code in (302, 403, 405)
    assert not ArticleTemplate.objects.exists()


@pytest.mark.parametrize(
    ("title", "address_after"),
    [
        ("Teams affiche 0x1", "teams-affiche-0x1"),
        ("{{programme}} affiche 0x1", "affiche"),
    ],
)
def test_the_address_follows_once_the_title_is_written(
    client, reviewer, template, title, address_after
):
    begin(client, f"template={template.pk}&language=fr")
    article = TemplateUse.objects.get().article
    assert article.slug == "affiche"
    where = address("change", article.pk, model="article")
    posted = {"language": "fr", "title": title, "base_revision": "1", "draft": "x"}
    client.post(where, posted)
    article.refresh_from_db()
    assert article.slug == address_after


def test_an_address_that_was_chosen_stays(client, reviewer, template):
    begin(client, f"template={template.pk}&language=fr", slug="a-moi")
    article = TemplateUse.objects.get().article
    posted = {"language": "fr", "title": "Tout autre", "base_revision": "1", "draft": "x"}
    client.post(address("change", article.pk, model="article"), posted)
    article.refresh_from_db()
    assert article.slug == "a-moi"


def test_a_pending_revision_warns_before_it_is_published(client, reviewer, portal):
    article = Article.objects.get(slug=BILINGUAL)
    text = article.translations.get(language="fr")
    texts = {**text.texts(), "cause": "Voir {{le journal}}."}
    base = text.revision_number
    save_pending(
        article=article, language="fr", author=person("author"), texts=texts, base_revision=base
    )
    page = client.get(address("pending", article.pk, "fr", model="article")).content.decode()
    assert "Le texte contient encore\u00a0: {{le journal}}" in page


def test_everything_finds_a_template_by_its_name(client, reviewer, template):
    with translation.override("fr"):
        where = reverse("admin:troubleshooting_everything")
    page = client.get(where, {"q": "error with"}).content.decode()
    assert address("change", template.pk) in page
