"""What the page of rows refuses as not complete, and what it makes of a published article."""

import pytest
from django.contrib.auth.models import User

from tests.web import editors
from tests.web.content import BILINGUAL, FRENCH_ONLY, write
from tests.web.html import Page
from tests.web.writing.test_translation import (  # noqa: F401
    ENGLISH,
    address,
    change_source,
    opened,
    posted,
    reviewer,
    text,
)
from troubleshooting.editing import publish_pending
from troubleshooting.models import Article, GlossaryTerm, PendingRevision
from troubleshooting.texts.sections import TEXTS


@pytest.mark.usefixtures("reviewer")
def test_what_an_author_translates_of_a_published_article_is_a_pending_revision(client):
    client.force_login(editors.person("bob", "Author"))
    for slug, title in ((BILINGUAL, "Limit"), (FRENCH_ONLY, "Échec de l’installation du profil")):
        page = opened(client, slug=slug)
        assert title in page.one("h1").text
        form = {**posted(page), "text-title": ["Proposed"]}
        client.post(address(slug), form)
        pending = PendingRevision.objects.get(article__slug=slug, language="en")
        assert (pending.texts["title"], pending.author.username) == ("Proposed", "bob")
        assert "Proposed" not in client.get(f"/en/articles/{slug}/").content.decode()
        again = opened(client, slug=slug)
        assert posted(again)["text-title"] == ["Proposed"]
        # Sent from a page that is behind it is brought together with what waits.
        late = client.post(address(slug), {**form, "text-title": ["Late"]})
        assert late.status_code == 409
        assert "Late" in Page(late.content.decode()).words
        assert PendingRevision.objects.get(pk=pending.pk).texts["title"] == "Proposed"


@pytest.mark.usefixtures("reviewer")
def test_a_text_that_is_not_there_yet_is_headed_by_the_article(client):
    pk = Article.objects.get(slug=FRENCH_ONLY).pk
    page = Page(client.get(editors.address("change", pk), {"language": "en"}).content.decode())
    headings = [heading.text for heading in page.all("h1")]
    assert "Échec de l’installation du profil" in headings
    assert FRENCH_ONLY not in headings


@pytest.mark.usefixtures("reviewer")
def test_what_is_called_complete_leaves_no_row_empty_unless_somebody_says_so(client):
    form = posted(opened(client))
    form["text-resolution"][1] = "  "
    form["whole"] = "1"
    answer = client.post(address(), form)
    page = Page(answer.content.decode())
    assert "résolution, ligne 2 (Supprimez le compte.)" in page.words
    assert text("en").resolution == ENGLISH
    typed = posted(page)
    assert typed["text-resolution"][0] == form["text-resolution"][0]
    assert page.one("input", name="whole").attributes.keys() >= {"checked"}
    asked = page.one("input", name="left_out").get("value")
    assert asked == "resolution-2"
    # Said once, with links to the rows, which are marked.
    assert page.words.count("Supprimez le compte.)") == 1
    assert page.all("a", href="#source-resolution-2")
    assert page.one("div", id="source-resolution-2")
    assert len(page.all("textarea", aria_invalid="true")) == 1
    client.post(address(), {**form, "left_out": "resolution-1"})
    assert text("en").resolution == ENGLISH
    client.post(address(), {**form, "left_out": asked})
    assert text("en").resolution == "1.  Open `a`.\n2.  Close."


@pytest.mark.usefixtures("reviewer")
def test_so_it_is_in_the_tab_of_the_language(client):
    for slug, number, relation in ((BILINGUAL, 1, "whole:fr:1"), (FRENCH_ONLY, 0, "whole:fr:1"),
                                   (FRENCH_ONLY, 0, "")):  # fmt: skip
        article = Article.objects.get(slug=slug)
        form = editors.posted(article, "en", title="Limit", problem="", relation=relation)
        answer = client.post(editors.address("change", article.pk), form)
        page = Page(answer.content.decode())
        assert "problème, ligne 1" in page.words
        assert article.translations.filter(language="en", problem="").count() == 0
        asked = page.one("input", name="left_out").get("value")
        if number:
            client.post(editors.address("change", article.pk), {**form, "left_out": asked})
            assert article.translations.get(language="en").problem == ""


@pytest.mark.usefixtures("reviewer")
def test_what_is_called_complete_calls_terms_as_the_glossary_says_or_somebody_says_so(client):
    GlossaryTerm.objects.create(
        language="fr", term="le compte", target_language="en", translation="the user account"
    )
    said = "« the user account » pour « le compte »"
    form = posted(opened(client))
    answer = client.post(address(), form)  # not called complete: nobody asks
    assert answer.status_code == 302
    form = {**posted(opened(client)), "whole": "1"}
    page = Page(client.post(address(), form).content.decode())
    assert said in page.words.replace("\xa0", " ")
    asked = page.one("input", name="left_out").get("value")
    assert asked == "term:le%20compte"
    number = text("en").source_revision
    assert client.post(address(), {**form, "left_out": "resolution-1"}).status_code == 200
    assert client.post(address(), {**form, "left_out": asked}).status_code == 302
    form["text-resolution"][1] = "Delete the user account."
    assert (
        client.post(address(), form | {"base_revision": text("en").revision_number}).status_code
        == 302
    )
    assert text("en").source_revision >= number
    article = Article.objects.get(slug=BILINGUAL)
    said_otherwise = text("en").resolution.replace("the user account", "it")
    kept = editors.posted(article, "en", resolution=said_otherwise,
                          relation=f"whole:fr:{text('fr').revision_number}")  # fmt: skip
    tab = Page(client.post(editors.address("change", article.pk), kept).content.decode())
    assert said in tab.words.replace("\xa0", " ")
    assert tab.one("input", name="left_out").get("value") == asked


@pytest.mark.usefixtures("reviewer")
def test_what_two_brought_together_stays_where_it_is_not_complete(client):
    form = {**dict.fromkeys(TEXTS, ""), "title": "Limit", "resolution": "1.  Brought together.",
            "whole": "1", "base_revision": "1", "source_revision": "1"}  # fmt: skip
    page = Page(client.post(address(), form).content.decode())
    assert "problème, ligne 1 (Avant.)" in page.words
    assert "Brought together." in "".join(posted(page)["text-resolution"])


@pytest.mark.usefixtures("reviewer")
@pytest.mark.parametrize("is_reviewer", [False, True])
def test_rows_whose_source_was_changed_while_somebody_wrote_are_marked(client, is_reviewer):
    if not is_reviewer:
        client.force_login(editors.person("bob", "Author"))
    form = {**posted(opened(client, slug=FRENCH_ONLY)), "text-title": ["Profile"]}
    french = Article.objects.get(slug=FRENCH_ONLY).translations.get()
    texts = french.texts()
    write(french.article, "fr", texts.pop("title"), **{**texts, "cause": "Deux heures."})
    answer = client.post(address(FRENCH_ONLY), form, follow=True)
    said = " ".join(str(one) for one in answer.context["messages"])
    assert "La source a été enregistrée de nouveau" in said
    for page in (Page(answer.content.decode()), opened(client, slug=FRENCH_ONLY)):
        assert "commencée à partir de la révision 1 du texte en français" in page.words
        assert "Deux heures." in [element.text for element in page.all("ins")]
    # What was begun stays begun from what was seen then, however often it is saved.
    again = {**posted(opened(client, slug=FRENCH_ONLY)), "text-title": ["Profile failed"]}
    client.post(address(FRENCH_ONLY), again)
    assert opened(client, slug=FRENCH_ONLY).all("ins")


@pytest.mark.usefixtures("reviewer")
def test_the_page_of_what_waits_says_what_it_does_not_say_of_its_source(client):
    client.force_login(editors.person("bob", "Author"))
    client.post(address(FRENCH_ONLY), {**posted(opened(client, slug=FRENCH_ONLY)),
                                       "text-title": ["Profile"]})  # fmt: skip
    pending = PendingRevision.objects.get()
    assert (pending.source_language, pending.source_revision) == ("fr", 1)
    waits = editors.address("pending", pending.article_id, "en")
    before = Page(client.get(waits).content.decode())
    assert "sans traduction" in before.words
    assert "Elle a été traduite de la révision" not in before.words
    french = pending.article.translations.get()
    texts = french.texts()
    write(french.article, "fr", texts.pop("title"), **{**texts, "cause": "Deux heures."})
    after = Page(client.get(waits).content.decode())
    assert "Elle a été traduite de la révision 1 du texte en français" in after.words
    assert "cause, ligne 1 (Deux heures.)" in after.words
    # The separator of the catalogue, with the space of its language.
    assert ") ; " in after.words.replace("\u00a0", " ")


@pytest.mark.usefixtures("reviewer")
def test_an_author_calls_complete_what_is_and_publishing_keeps_which_source_it_renders(client):
    rene = client.session["_auth_user_id"]
    bob = editors.person("bob", "Author")
    client.force_login(bob)
    form = posted(opened(client))
    form["text-resolution"][1] = ""
    refused = Page(client.post(address(), {**form, "whole": "1"}).content.decode())
    assert "résolution, ligne 2 (Supprimez le compte.)" in refused.words
    assert not PendingRevision.objects.exists()
    change_source(cause="Deux heures.")
    form = {**posted(opened(client)), "text-title": ["The limit is reached"]}
    form["text-cause"] = ["Two hours.", ""]
    for whole, expected in (({}, 1), ({"whole": "1"}, 2)):
        client.post(address(), {**form, **whole})
        pending = PendingRevision.objects.get()
        publish_pending(pending, user=User.objects.get(pk=rene))
        assert text("en").source_revision == expected
        form = {**posted(opened(client)), "text-title": ["The limit was reached"]}


@pytest.mark.usefixtures("reviewer")
def test_whoever_wrote_keeps_what_somebody_else_wrote_on(client):
    bob, eve = editors.person("bob", "Author"), editors.person("eve", "Author")
    for user, title in ((bob, "One"), (eve, "Two")):
        client.force_login(user)
        client.post(address(), {**posted(opened(client)), "text-title": [title]})
    pending = PendingRevision.objects.get()
    assert pending.author == eve
    home = "/fr/admin/"
    waits = editors.address("pending", pending.article_id, "en")
    listed = "/fr/admin/troubleshooting/pendingrevision/"
    for user in (bob, eve):
        client.force_login(user)
        for place in (home, waits, listed):
            assert "bob, eve" in Page(client.get(place).content.decode()).words, place
    client.force_login(editors.person("ann", "Author"))
    assert "bob, eve" not in Page(client.get(home).content.decode()).words
