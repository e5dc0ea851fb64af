"""The form on which articles are written."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.web.content import BILINGUAL, CODE, DRAFT, DRAFT_CODE, FRENCH_ONLY, write
from tests.web.editors import address, person, posted, revisions
from tests.web.html import Page
from troubleshooting.editing import change_status, save_translation
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    EditingPresence,
    GapReport,
    Platform,
    Revision,
    Step,
)
from troubleshooting.search.words.vocabulary import vocabulary


@pytest.fixture
def author(portal):
    """Return somebody who writes drafts."""
    return person("aline", "Author")


@pytest.fixture
def reviewer(portal, client):
    """Return somebody who publishes, signed in."""
    user = person("rene", "Reviewer")
    client.force_login(user)
    return user


def text_of(slug: str, language: str = "fr") -> ArticleTranslation:
    return ArticleTranslation.objects.get(article__slug=slug, language=language)


def article_of(slug: str) -> Article:
    return Article.objects.get(slug=slug)


def change(client, name: str, language: str = "fr", /, **changes):
    article = article_of(name)
    form = posted(article, language, **changes)
    return client.post(address("change", article.pk), form)


def shown(client, slug: str, language: str = "fr") -> Page:
    response = client.get(address("change", article_of(slug).pk), {"language": language})
    assert response.status_code == 200
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    return Page(response.content.decode())


def test_saving_makes_a_revision_with_author_comment_and_size(client, reviewer):
    response = change(
        client, BILINGUAL, resolution="1.  Un.\r\n2.  Deux.\r\n3.  Trois.", comment="Trois étapes"
    )
    assert response.status_code == 302
    revision = Revision.objects.filter(translation=text_of(BILINGUAL)).latest("number")
    assert (revision.number, revision.author, revision.origin) == (2, reviewer, "editor")
    assert (revision.comment, revision.size) == ("Trois étapes", "major")
    assert Step.objects.filter(translation=text_of(BILINGUAL)).count() == 3
    assert "\r" not in text_of(BILINGUAL).resolution


def test_a_save_asks_few_questions(client, reviewer, django_assert_max_num_queries):
    """What a process asks once is asked before, so that no order of tests changes the number."""
    vocabulary(connection)
    ContentType.objects.get_for_model(Article)
    article = article_of(BILINGUAL)
    form = posted(article, "fr", resolution="1.  Fermez.\n2.  Ouvrez.")
    with django_assert_max_num_queries(46):
        client.post(address("change", article.pk), form)


def test_the_size_of_the_change_can_be_given(client, reviewer):
    change(client, BILINGUAL, cause="Tout autre chose.", size="typo")
    assert Revision.objects.filter(translation=text_of(BILINGUAL)).latest("number").size == "typo"


def test_saving_details_alone_makes_no_revision(client, reviewer):
    response = change(client, BILINGUAL, review_due="2030-01-31", audience="staff")
    assert response.status_code == 302
    article = article_of(BILINGUAL)
    assert (article.review_due, article.audience) == (date(2030, 1, 31), "staff")
    assert Revision.objects.filter(translation=text_of(BILINGUAL)).count() == 1


def test_details_that_others_changed_meanwhile_stay(client, reviewer):
    article = article_of(BILINGUAL)
    form = posted(article, kind="advice")
    article.platforms.set(Platform.objects.filter(slug="macos"))
    Article.objects.filter(pk=article.pk).update(audience="staff")
    client.post(address("change", article.pk), form)
    article = article_of(BILINGUAL)
    assert (article.kind, article.audience) == ("advice", "staff")
    assert [platform.slug for platform in article.platforms.all()] == ["macos"]


def test_a_missing_title_is_an_error_at_the_field_and_keeps_the_text(client, reviewer):
    response = change(client, BILINGUAL, title=" ", cause="Un texte à ne pas perdre.")
    assert response.status_code == 200
    page = Page(response.content.decode())
    assert page.one("input", name="title").get("aria-invalid") == "true"
    assert "Un texte à ne pas perdre." in page.one("textarea", name="cause").text
    assert Revision.objects.filter(translation=text_of(BILINGUAL)).count() == 1


def test_an_unusable_address_is_an_error_and_saves_nothing(client, reviewer):
    response = change(client, BILINGUAL, slug=FRENCH_ONLY, cause="Autre.")
    assert response.status_code == 200
    assert response.context["details"].errors["slug"]
    assert text_of(BILINGUAL).cause != "Autre."


def test_a_text_that_cannot_be_rendered_is_refused_and_kept(client, reviewer):
    hostile = "* " * 400 + "x"
    response = change(client, BILINGUAL, other=hostile)
    page = Page(response.content.decode())
    if response.status_code == 200:
        assert response.context["text_form"].errors["other"]
        assert hostile[:100] in page.one("textarea", name="other").text
    assert shown(client, BILINGUAL)


def test_a_new_article_is_a_draft_of_its_author(client, author):
    client.force_login(author)
    ios = Platform.objects.get(slug="ios")
    form = posted(None, title="Écran noir", problem="Rien ne s’affiche.", platforms=[ios.pk])
    response = client.post(address("add"), form)
    assert response.status_code == 302
    article = article_of("ecran-noir")
    assert (article.status, article.owner) == ("draft", author)
    assert list(article.platforms.all()) == [ios]
    assert text_of("ecran-noir").revision_number == 1


def test_a_new_article_without_title_leaves_nothing_behind(client, author):
    client.force_login(author)
    number = Article.objects.count()
    response = client.post(address("add"), posted(None, title="", problem="Rien."))
    assert response.context["text_form"].errors["title"]
    assert Article.objects.count() == number


def test_writing_the_missing_language(client, reviewer):
    page = shown(client, FRENCH_ONLY)
    (tab,) = [a for a in page.all("a") if a.get("href").endswith("language=en") and a.text]
    assert "manquant" in tab.text
    response = change(client, FRENCH_ONLY, "en", title="Profile failed", problem="No.")
    assert response.status_code == 302
    assert client.get(f"/en/articles/{FRENCH_ONLY}/").context["foreign"] == ""


def test_an_empty_language_does_not_keep_details_from_being_saved(client, reviewer):
    response = change(client, FRENCH_ONLY, "en", kind="error")
    assert response.status_code == 302
    assert article_of(FRENCH_ONLY).kind == "error"
    assert not ArticleTranslation.objects.filter(article__slug=FRENCH_ONLY, language="en").exists()


def test_tabs_tell_a_stale_translation(client, reviewer):
    change(client, BILINGUAL, resolution="1.  Tout est changé.")
    page = shown(client, BILINGUAL)
    (tab,) = [a for a in page.all("a") if a.get("href").endswith("language=en") and a.text]
    assert "à mettre à jour" in tab.text


def save_behind_the_back(slug: str, user, **sections: str) -> None:
    text = text_of(slug)
    save_translation(
        article=text.article,
        language="fr",
        texts={**text.texts(), **sections},
        author=user,
        origin="editor",
    )


def test_the_second_to_save_is_told(client, reviewer, author):
    form = posted(article_of(BILINGUAL), cause="La mienne.")
    save_behind_the_back(BILINGUAL, author, cause="La sienne.")
    response = client.post(address("change", article_of(BILINGUAL).pk), form)
    assert response.status_code == 409
    assert text_of(BILINGUAL).cause == "La sienne."


def test_who_changed_details_alone_meets_no_conflict(client, reviewer, author):
    form = posted(article_of(BILINGUAL), kind="advice")
    save_behind_the_back(BILINGUAL, author, cause="La sienne.")
    response = client.post(address("change", article_of(BILINGUAL).pk), form)
    assert response.status_code == 302
    assert (article_of(BILINGUAL).kind, text_of(BILINGUAL).cause) == ("advice", "La sienne.")


def test_texts_alone_say_nothing_about_the_article(client, reviewer):
    article = article_of(BILINGUAL)
    texts = {**text_of(BILINGUAL).texts(), "cause": "Réunie.", "base_revision": 1}
    response = client.post(address("change", article.pk), {"language": "fr", **texts})
    assert response.status_code == 302
    after = article_of(BILINGUAL)
    assert (after.kind, after.audience) == (article.kind, article.audience)
    assert text_of(BILINGUAL).cause == "Réunie."


def test_an_author_writes_beside_what_is_published_and_is_told_so(client, author):
    client.force_login(author)
    page = shown(client, BILINGUAL)
    assert "disabled" in page.one("select", name="audience").attributes
    assert "révision en attente" in page.words
    change(client, BILINGUAL, cause="Non.")
    assert text_of(BILINGUAL).cause != "Non."


def test_an_author_writes_drafts_and_sends_them_to_review(client, author):
    client.force_login(author)
    response = change(client, DRAFT, cause="Voici pourquoi.", _transition="submit")
    assert response.status_code == 302
    assert article_of(DRAFT).status == "in_review"
    assert text_of(DRAFT).cause == "Voici pourquoi."


def test_publishing_asks_for_what_is_missing(client, reviewer):
    response = change(client, DRAFT, _transition="publish")
    assert article_of(DRAFT).status == "draft"
    question = Page(client.get(response.url).content.decode())
    assert "Aucune langue n’a de résolution." in question.words
    client.post(response.url, {"language": "fr", **revisions(article_of(DRAFT))})
    assert article_of(DRAFT).status == "published"


@pytest.mark.parametrize("saved", ["fr", "en"])
def test_what_the_page_did_not_show_is_not_published(client, reviewer, saved):
    url = address("status", article_of(DRAFT).pk, "publish")
    page = Page(client.get(url).content.decode())
    form = {field.get("name"): field.get("value") for field in page.all("input", type="hidden")}
    write(article_of(DRAFT), saved, "Plus tard", problem="Personne ne l’a lu.")
    refused = client.post(url, {**form, "comment": "Relu."})
    assert article_of(DRAFT).status == "draft"
    again = Page(refused.content.decode())
    assert "Le texte a changé entre-temps" in again.one("p", class_="errornote").text
    assert again.one("textarea", id="id_comment").text.strip() == "Relu."
    assert "Personne ne l’a lu" in again.words
    form = {field.get("name"): field.get("value") for field in again.all("input", type="hidden")}
    client.post(url, form)
    assert article_of(DRAFT).status == "published"


def test_a_form_that_names_no_revision_publishes_nothing(client, reviewer):
    client.post(address("status", article_of(DRAFT).pk, "publish"), {"comment": "Oui."})
    assert article_of(DRAFT).status == "draft"


def test_rejecting_needs_a_reason_that_the_author_reads(client, reviewer):
    Article.objects.filter(slug=DRAFT).update(status="in_review")
    url = address("status", article_of(DRAFT).pk, "reject")
    refused = client.post(url, {"comment": " "})
    assert refused.status_code == 200
    assert article_of(DRAFT).status == "in_review"
    client.post(url, {"comment": "Il manque les étapes."})
    assert article_of(DRAFT).status == "draft"
    assert "Il manque les étapes." in shown(client, DRAFT).words


def test_the_history_calls_a_rejection_one_and_names_who_and_why(client, author, reviewer):
    draft = article_of(DRAFT)
    change_status(draft, "submit", user=author)
    change_status(draft, "withdraw", user=author, comment="J’ai oublié l’image.")
    change_status(draft, "submit", user=author)
    change_status(draft, "reject", user=reviewer, comment="Il manque les étapes.")
    change_status(draft, "submit", user=author)
    lines = [line.text for line in shown(client, DRAFT).all("li")]
    (rejected,) = (line for line in lines if "Il manque les étapes." in line)
    (own,) = (line for line in lines if "J’ai oublié l’image." in line)
    assert rejected.split()[:2] == ["Refusé", "rene,"]
    assert own.split()[:2] == ["Brouillon", "aline,"]


@pytest.mark.parametrize("transition", ["publish", "reject", "archive"])
def test_an_author_does_not_lead_on_what_a_reviewer_does(client, author, transition):
    client.force_login(author)
    Article.objects.filter(slug=DRAFT).update(status="in_review")
    url = address("status", article_of(DRAFT).pk, transition)
    assert client.get(url).status_code == 403
    assert client.post(url, {"comment": "Oui."}).status_code == 403
    assert article_of(DRAFT).status == "in_review"


def test_presence_tells_who_else_writes(client, reviewer, author, django_user_model):
    url = address("presence", article_of(DRAFT).pk, "fr")
    assert client.post(url).content.strip() == b""
    other = type(client)()
    other.force_login(author)
    assert "rene" in other.post(url).content.decode()
    assert "aline" in client.post(url).content.decode()
    client.post(url, {"leaves": "1"})
    assert other.post(url).content.strip() == b""
    assert EditingPresence.objects.get().user == author


def test_presence_is_for_those_who_may_write(client, author):
    client.force_login(author)
    archived = article_of(BILINGUAL)
    Article.objects.filter(pk=archived.pk).update(status="archived")
    told = client.post(address("presence", archived.pk, "fr"))
    assert (told.status_code, told.content.strip()) == (200, b"")
    assert not EditingPresence.objects.exists()
    client.force_login(person("nora"))
    refused = client.post(address("presence", archived.pk, "fr"), {"status": "published"})
    assert refused.status_code == 403


def test_a_new_article_begins_with_what_was_looked_for(client, author):
    client.force_login(author)
    gap = GapReport.objects.create(subject="0x80180014", key="80180014", language="fr")
    page = Page(client.get(address("add"), {"language": "fr", "gap": gap.pk}).content.decode())
    assert page.one("input", name="title").get("value") == "0x80180014"
    assert "`0x80180014`" in page.one("textarea", name="problem").text
    words = {"language": "fr", "title": "Erreur réseau", "problem": "Échec 0x80072EE7"}
    page = Page(client.get(address("add"), words).content.decode())
    assert page.one("input", name="title").get("value") == "Erreur réseau"
    assert "> Échec 0x80072EE7" in page.one("textarea", name="problem").text


def preview(client, **changes) -> dict:
    form = posted(article_of(BILINGUAL), article=article_of(BILINGUAL).pk, **changes)
    return client.post(address("preview"), form).json()


def test_the_preview_is_the_page_and_tells_what_was_recognised(client, reviewer):
    answer = preview(client, problem="L’erreur **Tout est plein** (0x80070005).", cause="`x`")
    assert '<strong class="message">Tout est plein</strong>' in answer["page"]
    report = answer["report"]
    assert DRAFT_CODE in report
    assert "Erreur Windows" in report
    assert "2 résolutions" in report
    assert text_of(BILINGUAL).cause != "`x`"


def test_the_preview_sanitises(client, reviewer):
    answer = preview(client, problem="<script>x</script><img src=x onerror=x>", title="<b>t</b>")
    assert "<script" not in answer["page"]
    assert "onerror" not in answer["page"]
    assert "&lt;b&gt;" in answer["page"]


def test_the_preview_checks(client, reviewer):
    report = preview(client, resolution="", cause="[a](/fr/articles/nirgends/)")["report"]
    assert 'data-rule="no_resolution"' in report
    assert 'data-rule="dead_link"' in report


def test_the_preview_is_for_editors(client, portal):
    assert client.post(address("preview"), {}).status_code == 302
    client.force_login(person("gast"))
    assert client.post(address("preview"), {}).status_code == 403


def test_addresses_of_texts_lead_to_the_form(client, reviewer):
    text = text_of(BILINGUAL, "en")
    base = "/fr/admin/troubleshooting/articletranslation/"
    response = client.get(f"{base}{text.pk}/change/")
    assert response.url == f"{address('change', text.article_id)}?language=en"
    assert client.get(base).url == address("changelist")


def test_the_form_has_no_inline_style_or_script(client, reviewer):
    page = shown(client, BILINGUAL)
    assert not [e for e in page.elements if e.get("style")]
    assert not [e for e in page.elements if any(name.startswith("on") for name in e.attributes)]
    assert all(script.get("src") for script in page.all("script"))
    assert CODE in page.words


def test_a_change_that_turns_the_meaning_round_is_told(client, reviewer):
    """A translation is out of date then, however few letters differ."""
    text = text_of(BILINGUAL)
    resolution = text.resolution.replace("Supprimez le compte", "Ne supprimez pas le compte")
    response = client.post(
        address("change", text.article_id),
        posted(text.article, "fr", resolution=resolution),
        follow=True,
    )
    assert "Le sens a peut-être changé" in response.content.decode()
    assert Revision.objects.filter(translation=text).latest("number").size == "major"


def test_a_note_for_staff_alone_leaves_the_translation_up_to_date(client, reviewer):
    change(client, BILINGUAL, internal="Vu avec le fournisseur.", size="major")
    assert Revision.objects.filter(translation=text_of(BILINGUAL)).latest("number").size == "minor"
