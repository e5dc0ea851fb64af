"""The revisions of a text: what changed between two, and the way back."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission, User

from tests.web import editors
from tests.web.content import BILINGUAL, DRAFT, write
from tests.web.html import Page
from troubleshooting.models import Article, ArticleTranslation, Revision
from troubleshooting.texts.remarks import in_words

STEPS = "1.  Ouvrez.\n2.  Supprimez le compte.\n3.  Redémarrez."


@pytest.fixture
def reviewer(portal, client) -> User:
    """Return the signed-in reviewer; the French text has three revisions."""
    article = portal.articles[BILINGUAL]
    write(article, "fr", "Plafond atteint", problem="Avant.", resolution=STEPS)
    steps = STEPS.replace("compte", "profil") + "\n4.  Réessayez."
    write(article, "fr", "Plafond dépassé", problem="Avant.", resolution=steps)
    user = editors.person("ada", "Reviewer")
    client.force_login(user)
    return user


def address(slug: str = BILINGUAL, language: str = "fr") -> str:
    return editors.address("revisions", Article.objects.get(slug=slug).pk, language)


def text() -> ArticleTranslation:
    return ArticleTranslation.objects.get(article__slug=BILINGUAL, language="fr")


def diff(client, query: str = "") -> Page:
    answer = client.get(f"{address()}{query}")
    assert answer.status_code == 200
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    return Page(answer.content.decode())


def words(page: Page, tag: str) -> list[str]:
    """The words that are new (``ins``) or gone (``del``), without what names them."""
    return [e.text.split(" ", 1)[1].rstrip("]") for e in page.all(tag) if e.text.startswith("[")]


@pytest.mark.usefixtures("reviewer")
def test_the_last_two_are_compared(client):
    page = diff(client)
    assert words(page, "del") == ["atteint", "compte"]
    assert words(page, "ins") == ["dépassé", "profil", "Réessayez."]
    assert "De la révision 2 à la révision 3" in page.words
    assert not [element for element in page.elements if element.get("style")]


@pytest.mark.usefixtures("reviewer")
def test_any_two_are_compared_from_the_older_to_the_newer(client):
    for query in ("?from=1&to=2", "?from=2&to=1"):
        page = diff(client, query)
        assert "De la révision 1 à la révision 2" in page.words
        assert "Redémarrez." in words(page, "ins")
    assert "La première révision" in diff(client, "?to=1").words
    assert "De la révision 2 à la révision 3" in diff(client, "?from=x&to=99").words


@pytest.mark.usefixtures("reviewer")
def test_steps_nobody_changed_are_counted(client):
    write(text().article, "fr", "Plafond", problem="Avant.", resolution=text().resolution)
    assert "étapes sans changement" not in diff(client).words
    steps = text().resolution + "\n5.  Fin."
    write(text().article, "fr", "Plafond", problem="Avant.", resolution=steps)
    assert "3 paragraphes et étapes sans modification" in diff(client).words


def test_restoring_makes_a_new_revision(client, reviewer):
    answer = client.post(address(), {"restore": "2", "base_revision": "3"}, follow=True)
    assert "La révision 2 a été rétablie" in answer.content.decode()
    newest = Revision.objects.filter(translation=text()).latest("number")
    said = in_words(newest.comment)
    assert (newest.number, newest.author, said) == (4, reviewer, "Révision 2 rétablie")
    assert newest.texts() == text().revisions.get(number=2).texts() == text().texts()


@pytest.mark.usefixtures("reviewer")
def test_restoring_tells_what_was_saved_meanwhile(client):
    write(text().article, "fr", "Tout autre", problem="Neuf.")
    answer = client.post(address(), {"restore": "2", "base_revision": "3"}, follow=True)
    assert "a enregistré la révision 4 entre-temps" in answer.content.decode()
    assert text().title == "Tout autre"


@pytest.mark.usefixtures("reviewer")
def test_restoring_what_is_said_already(client):
    answer = client.post(address(), {"restore": "3", "base_revision": "3"}, follow=True)
    assert "aucune révision n’a été créée" in answer.content.decode()
    assert client.post(address(), {"restore": "9", "base_revision": "3"}).status_code == 404


def test_who_may_see_and_restore(client, reviewer):
    author = editors.person("bob", "Author")
    client.force_login(author)
    page = diff(client)
    assert not [button for button in page.all("button") if button.get("name") == "restore"]
    assert client.post(address(), {"restore": "2", "base_revision": "3"}).status_code == 403
    assert client.get(address(DRAFT)).status_code == 200
    client.force_login(editors.person("eve"))
    assert client.get(address()).status_code == 403
    viewer = editors.person("max")
    names = ("view_article", "view_revision")
    viewer.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(viewer)
    assert client.get(address()).status_code == 200
    assert client.get(address(DRAFT)).status_code == 404
    revisions = client.get("/fr/admin/troubleshooting/revision/").content.decode()
    assert "Plafond dépassé" in revisions
    assert "Brouillon secret" not in revisions
    client.logout()
    assert client.get(address()).status_code == 302


@pytest.mark.usefixtures("reviewer")
def test_a_language_without_a_text_has_no_revisions(client):
    assert client.get(address(DRAFT, "en")).status_code == 404
    assert client.get(address(DRAFT, "xx")).status_code == 404


def test_revisions_go_only_with_their_article(client, portal):
    article = portal.articles[BILINGUAL]
    remove = editors.address("delete", article.pk)
    for group, status in (("Author", 403), ("Reviewer", 403), ("Administrator", 302)):
        client.force_login(editors.person(group.lower(), group))
        assert Revision.objects.filter(translation__article=article).exists()
        assert client.post(remove, {"post": "yes"}).status_code == status
    assert not Revision.objects.filter(translation__article=article.pk).exists()


@pytest.mark.usefixtures("reviewer")
def test_many_revisions_take_few_queries(client, django_assert_max_num_queries):
    translation = text()
    Revision.objects.bulk_create(
        Revision(translation=translation, number=number, title="x", origin="import")
        for number in range(4, 90)
    )
    with django_assert_max_num_queries(14):
        page = Page(client.get(address()).content.decode())
    assert page.all("a", href="?page=2")
