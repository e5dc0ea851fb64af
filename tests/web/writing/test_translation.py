"""Translating side by side, what is left to translate, and the glossary."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.web import editors
from tests.web.content import BILINGUAL, FRENCH_ONLY, write
from tests.web.html import Page
from troubleshooting.checking.terms import glossary_for
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    AuditEntry,
    GlossaryTerm,
    UnfinishedTranslation,
)
from troubleshooting.querysets import with_staleness

STEPS = "1.  Ouvrez `a`.\n2.  Supprimez le compte.\n3.  Fermez."
ENGLISH = "1.  Open `a`.\n2.  Remove the account.\n3.  Close."


@pytest.fixture
def reviewer(portal, client) -> User:
    """Return the signed-in reviewer; the English text is made from the French one."""
    article = portal.articles[BILINGUAL]
    article.translations.all().delete()
    write(article, "fr", "Plafond", problem="Avant.", resolution=STEPS)
    write(article, "en", "Limit", problem="Before.", resolution=ENGLISH)
    user = editors.person("ada", "Reviewer")
    client.force_login(user)
    return user


def address(slug: str = BILINGUAL, language: str = "en") -> str:
    return editors.address("translate", Article.objects.get(slug=slug).pk, language)


def text(language: str, slug: str = BILINGUAL) -> ArticleTranslation:
    texts = with_staleness(ArticleTranslation.objects.filter(article__slug=slug))
    return texts.get(language=language)


def opened(client, **which: str) -> Page:
    answer = client.get(address(**which))
    assert answer.status_code == 200
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    page = Page(answer.content.decode())
    assert not [element for element in page.elements if element.get("style")]
    return page


def posted(page: Page) -> dict[str, list[str] | str]:
    """What the page posts when nothing is edited."""
    form: dict = {}
    for element in page.elements:
        name = element.get("name")
        if element.tag == "textarea":
            form.setdefault(name, []).append(element.text.removeprefix("\n"))
        elif name.startswith("form-"):
            value = element.get("value") if element.tag == "input" else "block:0"
            form.setdefault(name, []).append(value)
        elif name in ("base_revision", "base_unfinished", "base_pending", "source_revision"):
            form[name] = element.get("value")
    return form


def change_source(**sections: str) -> None:
    texts = {**text("fr").texts(), **sections}
    write(text("fr").article, "fr", texts.pop("title"), **texts)


@pytest.mark.usefixtures("reviewer")
def test_an_untouched_page_saves_what_was_there(client):
    before = text("en").texts()
    answer = client.post(address(), posted(opened(client)), follow=True)
    assert "aucune révision n’a été créée" in answer.content.decode()
    assert text("en").texts() == before


@pytest.mark.usefixtures("reviewer")
def test_changes_since_the_base_are_marked_until_the_translation_is_whole(client):
    change_source(resolution=STEPS.replace("Fermez", "Attendez.\n4.  Fermez"))
    assert text("en").is_stale
    page = opened(client)
    assert [element.text for element in page.all("ins") if "nouveau" not in element.text] == [
        "Attendez."
    ]
    assert "révision 1 du texte en français, qui en est à la révision 2" in page.words
    form = posted(page)
    rows = form["text-resolution"]
    assert rows == ["Open `a`.", "Remove the account.", "", "Close.", ""]
    rows[2] = "Wait."
    client.post(address(), form)
    assert text("en").resolution == ENGLISH.replace("Close", "Wait.\n4.  Close")
    assert text("en").is_stale
    client.post(address(), {**posted(opened(client)), "whole": "1"})
    assert not text("en").is_stale
    assert not opened(client).all("ins")


@pytest.mark.usefixtures("reviewer")
@pytest.mark.parametrize("is_behind", [False, True])
def test_a_translation_saved_again_is_called_what_it_is(client, is_behind):
    """One that says what its source says stays complete, though nobody ticks that anew."""
    if is_behind:
        change_source(resolution=STEPS + "\n4.  Fin.")
    form = posted(opened(client))
    form["text-problem"] = ["Earlier.", ""]
    told = client.post(address(), form, follow=True).content.decode()
    assert "La traduction a été enregistrée." in told
    assert ("pas encore marquée comme complète" in told) is is_behind is text("en").is_stale
    noted = AuditEntry.objects.get(act="changed")
    assert (noted.before, noted.after) == ({"en": "1"}, {"en": "2"})


@pytest.mark.usefixtures("reviewer")
def test_the_base_is_the_revision_that_was_seen(client):
    page = opened(client)
    change_source(resolution=STEPS + "\n4.  Fin.")
    client.post(address(), {**posted(page), "whole": "1"})
    assert text("en").source_revision == 1
    assert text("en").is_stale


def half(client) -> None:
    """Save a title and nothing else as the English of an article in French."""
    form = posted(opened(client, slug=FRENCH_ONLY))
    assert form["text-title"] == [""]
    form["text-title"] = ["Profile installation failed"]
    answer = client.post(address(FRENCH_ONLY), form, follow=True)
    assert "les lecteurs voient encore l’autre langue" in answer.content.decode()


@pytest.mark.usefixtures("reviewer")
def test_readers_see_a_new_translation_when_it_is_complete(client):
    before = client.get(f"/en/articles/{FRENCH_ONLY}/").content
    half(client)
    assert not ArticleTranslation.objects.filter(article__slug=FRENCH_ONLY, language="en").exists()
    client.logout()
    for path in (f"/en/articles/{FRENCH_ONLY}/", "/en/search/?q=profile+failed",
                 "/en/articles/", "/en/recent.atom"):  # fmt: skip
        assert b"Profile installation failed" not in client.get(path).content, path
    assert client.get(f"/en/articles/{FRENCH_ONLY}/").status_code == 200
    assert b'lang="fr"' in before
    client.force_login(User.objects.get(username="ada"))
    form = posted(opened(client, slug=FRENCH_ONLY))
    assert form["text-title"] == ["Profile installation failed"]
    form["text-problem"] = ["Nothing.", ""]
    client.post(address(FRENCH_ONLY), {**form, "whole": "1"})
    new = text("en", FRENCH_ONLY)
    assert (new.problem, new.source_revision, new.is_stale) == ("Nothing.", 1, False)
    assert not UnfinishedTranslation.objects.exists()
    assert b"Profile installation failed" in client.get(f"/en/articles/{FRENCH_ONLY}/").content


@pytest.mark.usefixtures("reviewer")
def test_two_who_begin_a_translation_lose_nothing_unawares(client):
    mine = posted(opened(client, slug=FRENCH_ONLY))
    half(client)
    mine["text-title"] = ["Another"]
    for whole in ({}, {"whole": "1"}):
        answer = client.post(address(FRENCH_ONLY), {**mine, **whole})
        assert "entre-temps" in answer.content.decode()
    assert UnfinishedTranslation.objects.get().texts["title"] == "Profile installation failed"


@pytest.mark.usefixtures("reviewer")
def test_it_is_said_where_it_stands(client):
    half(client)
    for page in ("change", "translate"):
        where = [Article.objects.get(slug=FRENCH_ONLY).pk, *(["en"] if page == "translate" else [])]
        answer = client.get(editors.address(page, *where), {"language": "en"})
        assert "Cette traduction est inachevée" in answer.content.decode()


@pytest.mark.usefixtures("reviewer")
@pytest.mark.parametrize(
    ("relation", "is_shown", "source"),
    [
        ("part:fr:1", False, None),
        ("whole:fr:1", True, ("fr", 1)),
        ("original", True, ("", 0)),
        ("", True, ("fr", 1)),
    ],
)
def test_the_tab_of_a_language_asks_too(client, relation, is_shown, source):
    article = Article.objects.get(slug=FRENCH_ONLY)
    form = editors.posted(article, "en", title="Profile failed", problem="No.", relation=relation)
    client.post(editors.address("change", article.pk), form)
    written = ArticleTranslation.objects.filter(article=article, language="en").first()
    assert (written is not None) == is_shown
    if written:
        assert (written.source_language, written.source_revision) == source
    assert UnfinishedTranslation.objects.count() == (not is_shown)


@pytest.mark.usefixtures("reviewer")
def test_the_tab_of_an_unwritten_language_offers_not_complete_first(client):
    article = Article.objects.get(slug=FRENCH_ONLY)
    page = client.get(editors.address("change", article.pk), {"language": "en"})
    values = [value for value, _ in page.context["text_form"].fields["relation"].widget.choices]
    assert values == ["part:fr:1", "whole:fr:1", "original"]
    assert page.context["text_form"]["relation"].value() == "part:fr:1"


# What is put right in the translation that becomes the original -> does the other have to follow?
FIXES = {
    "a sentence": ({"problem": "Anew."}, True),
    "a letter, and its author says that it matters": ({"problem": "Before?"}, True),
    "a letter, and its author says that it does not": (
        {"problem": "Befor.", "size": "typo"},
        False,
    ),
    "a note for staff": ({"internal": "Ask Ada."}, False),
    "nothing": ({}, False),
}


@pytest.mark.parametrize("name", FIXES)
@pytest.mark.usefixtures("reviewer")
def test_a_translation_may_become_the_original(client, name):
    fix, is_to_follow = FIXES[name]
    article = text("en").article
    form = editors.posted(article, "en", relation="original", **fix)
    client.post(editors.address("change", article.pk), form)
    french, english = text("fr"), text("en")
    assert (english.source_language, english.source_revision) == ("", 0)
    assert (french.source_language, french.is_stale) == ("en", is_to_follow)
    write(article, "en", "Limit", problem="All of it is another now.", resolution=ENGLISH)
    assert text("fr").is_stale


@pytest.mark.usefixtures("reviewer")
def test_a_translation_is_up_to_date_again_from_its_tab(client):
    change_source(resolution=STEPS + "\n4.  Fin.")
    article = text("en").article
    form = editors.posted(article, "en", resolution=ENGLISH + "\n4.  End.", relation="whole:fr:2")
    client.post(editors.address("change", article.pk), form)
    assert not text("en").is_stale


@pytest.mark.usefixtures("reviewer")
def test_an_original_stays_one(client):
    write(text("en").article, "en", "Limit", problem="Now.", resolution=ENGLISH)
    form = {**posted(opened(client, language="fr")), "whole": "1"}
    form["text-problem"] = ["Maintenant.", ""]
    client.post(address(language="fr"), form)
    french, english = text("fr"), text("en")
    assert (french.problem, french.source_language) == ("Maintenant.", "")
    assert (english.source_revision, english.is_stale) == (french.revision_number, False)


@pytest.mark.usefixtures("reviewer")
def test_what_cannot_be_saved_stays_on_the_page(client):
    form = posted(opened(client))
    form["text-title"], form["text-resolution"][1] = [" "], "Delete the account."
    answer = client.post(address(), form)
    assert answer.status_code == 200
    page = Page(answer.content.decode())
    assert "La traduction n’a pas été enregistrée" in page.words
    assert posted(page)["text-resolution"] == [*form["text-resolution"][:-1], ""]


@pytest.mark.usefixtures("reviewer")
def test_two_translators_at_once(client):
    form = posted(opened(client))
    write(text("en").article, "en", "Limit", problem="Before.", resolution="1.  Other.")
    form["text-problem"] = ["Earlier.", ""]
    answer = client.post(address(), form)
    assert answer.status_code == 409
    page = Page(answer.content.decode())
    merge = {area.get("name"): area.text.removeprefix("\n") for area in page.all("textarea")}
    assert (merge["problem"], merge["resolution"]) == ("Earlier.", "1.  Other.")
    action = page.one("form", id="merge").get("action")
    client.post(action, {**merge, "title": "Limit", "base_revision": "2", "source_revision": "1"})
    assert (text("en").problem, text("en").revision_number) == ("Earlier.", 3)


@pytest.mark.usefixtures("reviewer")
def test_what_is_kept_and_terms_are_marked_and_checked(client):
    GlossaryTerm.objects.create(
        language="en", term="account", target_language="fr", translation="compte", note="Entra"
    )
    change_source(problem="Un compte et 0x80070005.")
    write(text("en").article, "en", "Limit", problem="A login and 0x80070005.", resolution=ENGLISH)
    page = opened(client)
    buttons = [e for e in page.all("button") if e.get("data-need")]
    needs = {e.get("data-expected"): e for e in reversed(buttons)}
    assert {"account", "0x80070005", "a"} <= set(needs)
    assert "is-missing" in needs["account"].get("class")
    assert needs["account"].get("title") == "Entra"
    assert "is-missing" not in needs["0x80070005"].get("class")
    assert {e.text for e in page.all("span", class_="mark keep")} >= {"`a`", "0x80070005"}


def test_who_may_translate(client, reviewer):
    client.force_login(editors.person("eve"))
    assert client.get(address()).status_code == 403


@pytest.mark.usefixtures("reviewer")
def test_nothing_to_translate_from(client):
    page = opened(client, slug=FRENCH_ONLY, language="fr")
    assert "Aucune autre langue n’a de texte" in page.words
    assert address(FRENCH_ONLY, "en") in [link.get("href") for link in page.all("a")]


@pytest.mark.usefixtures("reviewer")
def test_from_an_original_one_is_led_to_the_text_made_of_it(client):
    for slug in (FRENCH_ONLY, BILINGUAL):
        pk = Article.objects.get(slug=slug).pk
        for shown in (f"{editors.address('change', pk)}?language=fr",
                      editors.address("revisions", pk, "fr")):  # fmt: skip
            page = Page(client.get(shown).content.decode())
            links = (link.get("href") for link in page.all("a"))
            # In the row of the form and in its menu, of which the style sheet shows one.
            assert {link for link in links if "/translate/" in link} == {address(slug, "en")}, shown


class TestList:
    """What is missing and what is out of date."""

    def listed(self, client, **query: str) -> list[str]:
        answer = client.get(editors.address("translations"), query)
        assert answer.status_code == 200
        self.page = Page(answer.content.decode())
        return [task.article.slug for task in answer.context["tasks"]]

    @pytest.mark.usefixtures("reviewer")
    def test_what_changed_is_measured(self, client):
        change_source(resolution=STEPS.replace("Fermez", "Attendez deux minutes.\n4.  Fermez"))
        assert self.listed(client) == [BILINGUAL]
        assert "3 mots" in self.page.words
        assert "1 modification majeure" in self.page.words

    @pytest.mark.usefixtures("reviewer")
    def test_words_of_a_new_title_count(self, client):
        article = Article.objects.get(slug=BILINGUAL)
        said = article.translations.get(language="fr").texts()
        said.pop("title")
        write(article, "fr", "Tout autre chose ici", **said)
        self.listed(client)
        assert "0 mot" not in self.page.words.replace("\xa0", " ")

    @pytest.mark.usefixtures("reviewer")
    def test_missing_by_language_and_platform(self, client):
        assert FRENCH_ONLY in self.listed(client, state="missing", language="en")
        assert BILINGUAL not in self.listed(client, state="missing", language="en")
        query = {"state": "missing", "language": "en"}
        assert FRENCH_ONLY in self.listed(client, **query, platform="ios")
        assert FRENCH_ONLY not in self.listed(client, **query, platform="android")
        Article.objects.filter(slug=FRENCH_ONLY).update(status="archived")
        assert FRENCH_ONLY not in self.listed(client, **query)

    @pytest.mark.usefixtures("reviewer")
    def test_few_queries(self, client, django_assert_max_num_queries):
        change_source(resolution=STEPS + "\n4.  Fin.")
        with django_assert_max_num_queries(14):
            assert self.listed(client) == [BILINGUAL]


class TestGlossary:
    """Terms are read both ways; their list tells where they are used and missed."""

    def test_both_ways(self, portal):
        create = GlossaryTerm.objects.create
        create(language="fr", term="appareil", target_language="en", translation="device")
        create(language="en", term="Intune", target_language="fr")
        there = {t.term: t.translation for t in glossary_for("fr", "en").terms}
        back = {t.term: t.translation for t in glossary_for("en", "fr").terms}
        assert there.items() >= {"appareil": "device", "Intune": "", "Android": ""}.items()
        assert back.items() >= {"device": "appareil", "Intune": "", "Android": ""}.items()
        assert "device" not in there

    @pytest.mark.usefixtures("reviewer")
    def test_usage(self, client):
        term = GlossaryTerm.objects.create(
            language="fr", term="compte", target_language="en", translation="login"
        )
        answer = client.get(reverse("admin:troubleshooting_glossaryterm_changelist"))
        page = Page(answer.content.decode())
        assert page.one("td", class_="field-uses").text == "1"
        assert page.one("td", class_="field-misses").text == "1"
        change = reverse("admin:troubleshooting_glossaryterm_change", args=[term.pk])
        assert "Plafond" in client.get(change).content.decode()
        write(text("en").article, "en", "Limit", resolution="1.  Remove the logins.")
        answer = client.get(reverse("admin:troubleshooting_glossaryterm_changelist"))
        assert Page(answer.content.decode()).one("td", class_="field-misses").text == "0"

    @pytest.mark.usefixtures("reviewer")
    def test_a_term_has_two_languages(self, client):
        add = reverse("admin:troubleshooting_glossaryterm_add")
        form = {"language": "fr", "term": "x", "target_language": "fr", "translation": "y"}
        assert client.post(add, form).status_code == 200
        assert client.post(add, {**form, "target_language": "en"}).status_code == 302
        assert GlossaryTerm.objects.get().translation == "y"
