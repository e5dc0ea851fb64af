"""What the page of rows refuses as not complete, and what it makes of a published article."""

import pytest

from tests.web import editors
from tests.web.content import BILINGUAL, FRENCH_ONLY
from tests.web.html import Page
from tests.web.writing.test_translation import (  # noqa: F401
    ENGLISH,
    address,
    opened,
    posted,
    reviewer,
    text,
)
from troubleshooting.models import Article, PendingRevision
from troubleshooting.texts.sections import TEXTS


@pytest.mark.usefixtures("reviewer")
def test_what_an_author_translates_of_a_published_article_is_a_pending_revision(client):
    client.force_login(editors.person("bob", "Author"))
    for slug, title in ((BILINGUAL, "Limit"), (FRENCH_ONLY, "Échec de l’installation du profil")):
        page = opened(client, slug=slug)
        assert title in page.one("h1").text
        assert not page.all("input", name="whole")
        form = {**posted(page), "text-title": ["Proposed"], "whole": "1"}
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
def test_what_two_brought_together_stays_where_it_is_not_complete(client):
    form = {**dict.fromkeys(TEXTS, ""), "title": "Limit", "resolution": "1.  Brought together.",
            "whole": "1", "base_revision": "1", "source_revision": "1"}  # fmt: skip
    page = Page(client.post(address(), form).content.decode())
    assert "problème, ligne 1 (Avant.)" in page.words
    assert "Brought together." in "".join(posted(page)["text-resolution"])
