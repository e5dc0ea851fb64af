"""What an editor is told of a text in a language: how far it is, and that its source moved on."""

import pytest

from tests.web import editors
from tests.web.html import Page
from tests.web.writing.test_translation import (
    address,
    change_source,
    opened,
    posted,
    reviewer,  # noqa: F401 (a fixture)
)
from troubleshooting.models import Article

pytestmark = pytest.mark.usefixtures("reviewer")


@pytest.mark.parametrize("role", ["Reviewer", "Author"])
def test_a_translator_is_told_that_the_source_moved_on(client, role):
    """Also where the translation waits as a pending revision."""
    client.force_login(editors.person("eva", role))
    form = posted(opened(client))
    client.post(address(), form | {"text-title": "Limits"})
    form = posted(opened(client)) | {"text-title": "Limit"}
    change_source(problem="Après.")
    page = Page(client.post(address(), form, follow=True).content.decode())
    warning = page.one("ul", class_="messagelist").text
    assert "a été enregistrée de nouveau" in warning
    assert any("/revisions/fr/?from=1&to=2" in one.get("href") for one in page.elements)
    # Once it was seen, nothing is said.
    form = posted(opened(client)) | {"text-title": "Ceiling"}
    page = Page(client.post(address(), form, follow=True).content.decode())
    assert "a été enregistrée de nouveau" not in page.words


@pytest.mark.parametrize(("language", "said"), [("fr", "titre seul"), ("en", "title only")])
def test_a_text_of_a_title_alone_is_not_called_up_to_date(client, language, said):
    client.post(editors.address("add"), editors.posted(None, title="Écran noir"))
    article = Article.objects.get(translations__title="Écran noir")
    form = client.get(editors.address("change", article.pk, language=language))
    listed = client.get(editors.address("changelist", language=language), {"q": "Écran noir"})
    for page in (form, listed):
        assert said in page.content.decode()
    client.post(
        editors.address("change", article.pk), editors.posted(article, "fr", problem="Rien.")
    )
    assert said not in client.get(editors.address("change", article.pk)).content.decode()
