"""What an article is begun with: a template is kept, used and changed, and articles stay theirs."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from tests.people import person
from tests.web.content import write
from troubleshooting.editing import (
    change_status,
    create_article,
    delete_platforms,
    merge_platforms,
    missing_for_publication,
    restore_article,
    trash_articles,
)
from troubleshooting.editing.reusing import (
    add_suggestions,
    begin_from_template,
    delete_snippets,
    delete_templates,
    prompts_left_in,
    save_snippet,
    save_template,
    suggestions,
    texts_of_template,
)
from troubleshooting.models import (
    Article,
    ArticleTemplate,
    MediaImage,
    Platform,
    Snippet,
    Step,
    TemplateUse,
    UnfinishedTranslation,
)
from troubleshooting.texts.prompts import prompts_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

FRENCH = {
    "name": "Erreur avec un code",
    "title": "{{Programme}} affiche {{code}}",
    "problem": "Le message « {{mot pour mot}} » s’affiche.",
    "resolution": "1.  Ouvrez {{menu}}.\n2.  Lancez `net use {{lecteur}}`.",
}
ENGLISH = {
    "name": "Error with a code",
    "title": "{{Program}} shows {{code}}",
    "problem": "The message “{{word for word}}” appears.",
    "resolution": "1.  Open {{menu}}.\n2.  Run `net use {{drive}}`.",
}
BOTH = {"fr": FRENCH, "en": ENGLISH}


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def template() -> ArticleTemplate:
    template = ArticleTemplate()
    save_template(template, BOTH, kind="error")
    return template


def begun(template: ArticleTemplate, language: str = "fr", **texts: str) -> Article:
    said = texts_of_template(template, language) | texts
    article = create_article(title=said["title"], owner=None, kind=template.kind)
    write(article, language, **said)
    begin_from_template(article, template, language, author=None)
    return article


#: What somebody writes, and the field and the words with which it is refused.
REFUSED = {
    "no name": ({"fr": {"title": "Panne"}}, "", "Give the template a name"),
    "a blank name": ({"fr": {"name": " \t"}}, "", "Give the template a name"),
    "nothing at all": ({}, "", "Give the template a name"),
    "a long name": ({"en": {"name": "x" * 101}}, "name_en", "At most 100 characters"),
    "a long description": (
        {"en": {"name": "x", "description": "x" * 301}},
        "description_en",
        "At most 300 characters",
    ),
    "a long title": ({"en": {"name": "x", "title": "x" * 301}}, "title_en", "At most 300"),
    "a name that is taken": ({"en": {"name": "error WITH a code"}}, "name_en", "Another template"),
    "levels beyond what is shown": (
        {"fr": {"name": "x", "cause": "> " * 200 + "x"}},
        "cause_fr",
        "Use fewer levels",
    ),
    "a section beyond its bound": (
        {"fr": {"name": "x", "other": "x" * 200_001}},
        "other_fr",
        "longer than 200000",
    ),
}
#: What somebody writes, and what is kept of it.
KEPT = {
    "a name alone": ({"fr": {"name": "Panne"}}, {"fr": {"name": "Panne"}}),
    "a language without a name": (
        {"fr": {"name": "Panne"}, "en": {"title": "Failure"}},
        {"fr": {"name": "Panne"}, "en": {"title": "Failure"}},
    ),
    "a language that is empty": ({"fr": {"name": "Panne"}, "en": {}}, {"fr": {"name": "Panne"}}),
    "lines of a browser": (
        {"fr": {"name": "Panne", "problem": "Un.\r\n\r\nDeux."}},
        {"fr": {"name": "Panne", "problem": "Un.\n\nDeux."}},
    ),
    "blanks around a name": ({"fr": {"name": "  Une \n panne "}}, {"fr": {"name": "Une panne"}}),
    "a name that another language has": (
        {"fr": {"name": "Error with a code"}},
        {"fr": {"name": "Error with a code"}},
    ),
    "steps as they are stored": (
        {"fr": {"name": "x", "resolution": "1) Un\n2) Deux"}},
        {"fr": {"name": "x", "resolution": "1.  Un\n2.  Deux"}},
    ),
}


@pytest.mark.parametrize(("texts", "field", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_said_where_it_stands(template, texts, field, words):
    with pytest.raises(ValidationError) as refused:
        save_template(ArticleTemplate(), texts)
    said = refused.value.message_dict[field] if field else refused.value.messages
    assert words in said[0]
    assert ArticleTemplate.objects.count() == 1


@pytest.mark.parametrize(("texts", "wanted"), KEPT.values(), ids=KEPT)
def test_what_is_written_is_kept_as_an_article_would(template, texts, wanted):
    made = ArticleTemplate()
    assert save_template(made, texts)
    stored = ArticleTemplate.objects.get(pk=made.pk).texts
    filled = {code: {k: v for k, v in said.items() if v} for code, said in stored.items()}
    assert filled == wanted


def test_saving_the_same_is_no_change_and_who_saves_second_is_told(template):
    assert not save_template(template, BOTH, kind="error", base_version=1)
    assert save_template(template, BOTH, kind="advice", base_version=1)
    with pytest.raises(ValidationError, match="Somebody else changed this template"):
        save_template(template, {"fr": {"name": "Autre"}}, base_version=1)
    stored = ArticleTemplate.objects.get()
    assert (stored.version, stored.kind, stored.texts) == (2, "advice", template.texts)


def test_an_article_is_filled_in_both_languages_and_readers_see_one(template):
    article = begun(template)
    assert article.slug == "affiche", "prompts are no part of an address"
    assert [text.language for text in article.translations.all()] == ["fr"]
    other = UnfinishedTranslation.objects.get(article=article)
    assert (other.language, other.source_language) == ("en", "fr")
    assert other.texts["problem"] == ENGLISH["problem"]
    assert Step.objects.filter(translation__article=article).count() == 2
    use = TemplateUse.objects.get()
    assert (use.template, use.version, str(use)) == (template, 1, "Error with a code")


def test_a_later_change_of_the_template_changes_no_article(template):
    article = begun(template)
    save_template(template, {"fr": {"name": "Autre", "title": "Autre"}}, kind="advice")
    use = TemplateUse.objects.get()
    assert (use.version, use.names["fr"]) == (1, "Erreur avec un code")
    assert "lecteur" in use.prompts
    assert Article.objects.get().kind == "error"
    assert prompts_left_in(article)["fr"][-1].words == "lecteur"


def test_an_article_knows_what_it_was_begun_with_when_that_is_deleted(template):
    article = begun(template)
    delete_templates([template])
    use = TemplateUse.objects.get(article=article)
    assert (use.template, str(use)) == (None, "Error with a code")
    assert len(prompts_left_in(article)["fr"]) == 5


def test_the_trash_keeps_what_an_article_was_begun_with(template):
    administrator = person("administrator")
    trashed = trash_articles([begun(template)], user=administrator)
    assert not TemplateUse.objects.exists()
    restored = restore_article(trashed[0], user=administrator)
    assert TemplateUse.objects.get(article=restored).template == template
    trashed = trash_articles([restored], user=administrator)
    delete_templates([template])
    restored = restore_article(trashed[0], user=administrator)
    assert TemplateUse.objects.get(article=restored).template is None


#: Texts of an article, and what publishing says of them.
LEFT = {
    "as it was begun": (
        {},
        ["Français: the text still says {{Programme}}, {{code}}, {{mot pour mot}}, {{menu}}"
         " and 1 more."],
    ),
    "one prompt": (
        {"title": "Panne", "problem": "{{mot pour mot}}", "resolution": "1.  Rien."},
        ["Français: the text still says {{mot pour mot}}."],
    ),
    "in the note of the staff": (
        {"title": "Panne", "problem": "Refus.", "resolution": "Rien.", "internal": "{{qui}}"},
        ["Français: the text still says {{qui}}."],
    ),
    "the code of the template": (
        {"title": "Panne", "problem": "Refus.", "resolution": "`net use {{lecteur}}`"},
        ["Français: the text still says {{lecteur}}."],
    ),
    "code of a program": (
        {"title": "Panne", "problem": "Refus.", "resolution": "`{{ ansible_host }}`"},
        [],
    ),
    "all replaced": ({"title": "Panne", "problem": "Refus.", "resolution": "Rien."}, []),
}  # fmt: skip


@pytest.mark.parametrize(("texts", "wanted"), LEFT.values(), ids=LEFT)
def test_publishing_names_what_was_left(template, texts, wanted):
    article = begun(template, **texts)
    assert missing_for_publication(article) == wanted
    reviewer = person("reviewer")
    if wanted:
        with pytest.raises(ValidationError, match="still says"):
            change_status(article, "publish", user=reviewer)
    change_status(article, "publish", user=reviewer, accept_missing=True)
    assert Article.objects.get().status == "published"


def test_what_readers_do_not_see_yet_is_no_warning(template):
    article = begun(template, title="Panne", problem="Refus.", resolution="Rien.")
    assert UnfinishedTranslation.objects.filter(texts__icontains="{{").exists()
    assert missing_for_publication(article) == []


def test_platforms_stay_what_they_are(template):
    platform = Platform.objects.get(slug="ios")
    save_template(template, BOTH, kind="error", platforms=[platform])
    assert not save_template(template, BOTH, kind="error", platforms=[platform])
    assert list(template.platforms.all()) == [platform]


def test_what_the_portal_suggests_is_added_once_and_can_be_begun_with():
    added = add_suggestions()
    assert [str(one) for one in added] == [str(one) for one in suggestions()]
    assert len(added) == 4
    assert add_suggestions() == []
    for template in ArticleTemplate.objects.all():
        assert set(template.texts) == {"fr", "en"}
        for language in ("fr", "en"):
            article = begun(template, language)
            left = prompts_left_in(article)[language]
            assert len(left) > 3, "there is something to fill in"
            assert {one.section for one in left} >= {"title", "problem", "resolution"}
        numbers = [
            len(list(prompts_in(texts_of_template(template, code)))) for code in ("fr", "en")
        ]
        assert numbers[0] == numbers[1], "both languages ask for the same"


def test_a_suggestion_whose_name_is_taken_is_left_out(template):
    assert "Error with a code" not in [str(one) for one in add_suggestions()]
    assert ArticleTemplate.objects.count() == 4


def test_a_platform_of_a_template_is_merged_and_never_lost(template):
    """Without it, articles would be about all platforms."""
    administrator = person("administrator")
    ios, macos = (Platform.objects.get(slug=slug) for slug in ("ios", "macos"))
    save_template(template, BOTH, kind="error", platforms=[ios])
    with pytest.raises(ValidationError, match="The template “Error with a code” is about iOS"):
        delete_platforms([ios], user=administrator)
    merge_platforms(macos, [ios], user=administrator)
    assert list(template.platforms.all()) == [macos]


def test_a_snippet_of_a_template_is_not_deleted(template):
    snippet = save_snippet(Snippet(key="relance"), {"fr": "1.  Relancez."}, author=None).snippet
    save_template(template, {"fr": {**FRENCH, "other": "[!SNIPPET relance]"}}, kind="error")
    with pytest.raises(ValidationError, match="stands in the template “Erreur avec un code”"):
        delete_snippets([snippet])


def test_an_image_of_a_template_is_in_use(template):
    image = MediaImage.objects.create(
        name="0123456789abcdef.png", content_type="image/png", width=1, height=1, size=1
    )
    assert MediaImage.objects.unused().filter(pk=image.pk).exists()
    other = "![Un écran](/media/0123456789abcdef.png)"
    save_template(template, {"fr": {**FRENCH, "other": other}}, kind="error")
    assert not MediaImage.objects.unused().filter(pk=image.pk).exists()
