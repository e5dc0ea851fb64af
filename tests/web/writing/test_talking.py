"""The pages of comments, of notices and of one's own profile."""

import pytest
from django.contrib.auth.models import User

from tests.web.content import BILINGUAL, FRENCH_ONLY
from tests.web.editors import address, person
from tests.web.html import Page
from troubleshooting.models import Article, Comment, Notice, NoticePreference


@pytest.fixture
def article(portal) -> Article:
    return portal.articles[BILINGUAL]


@pytest.fixture
def lea(portal):
    return person("lea", "Author")


@pytest.fixture
def rene(portal, client):
    user = person("rene", "Reviewer")
    client.force_login(user)
    return user


def test_from_a_mention_to_the_first_page_and_back(client, article, lea, rene):
    page = address("comments", article.pk, "fr")
    said = {"act": "say", "text": "@lea @personne <script>alert(1)</script> 1 < 2"}
    answer = client.post(page, said, follow=True).content.decode()
    assert "<script>alert" not in answer
    words = Page(answer).words
    assert "<script>alert(1)</script> 1 < 2" in words
    assert "personne" in words.partition("lea.")[2]  # whom it did not tell
    client.force_login(lea)
    form = Page(client.get(address("change", article.pk) + "?language=fr").content.decode())
    [link] = [a for a in form.all("a") if a.get("href") == page]
    assert "1" in link.text
    home = Page(client.get("/fr/admin/").content.decode())
    assert "Plafond atteint" in home.one("section", aria_labelledby="notices").text
    notice, thread = Notice.objects.get(), Comment.objects.get()
    client.post("/fr/admin/notices/", {"notice": str(notice.pk), "back": "home"})
    home = Page(client.get("/fr/admin/").content.decode())
    assert not home.all("section", aria_labelledby="notices")
    assert "Plafond atteint" in Page(client.get("/fr/admin/notices/").content.decode()).words
    client.post(page, {"act": "resolve", "thread": str(thread.pk)})
    assert "Résolu" in Page(client.get(page).content.decode()).words


def test_nobody_reads_the_notices_of_another(client, article, lea, rene):
    client.post(address("comments", article.pk, "fr"), {"act": "say", "text": "@lea"})
    notice = Notice.objects.get()
    client.post("/fr/admin/notices/", {"notice": [str(notice.pk), "x", "9" * 40]})
    notice.refresh_from_db()
    assert notice.seen is None
    assert "Plafond" not in Page(client.get("/fr/admin/notices/").content.decode()).words


@pytest.mark.parametrize(
    ("posted", "status"),
    [
        ({"act": "say", "text": ""}, 200),
        ({"act": "say", "text": "x" * 5000}, 200),
        ({"act": "say", "text": "a", "thread": "999"}, 404),
        ({"act": "say", "text": "a", "thread": "²"}, 404),
        ({"act": "resolve"}, 404),
        ({"act": "delete"}, 404),
    ],
)
def test_what_the_page_of_comments_refuses(client, article, rene, posted: dict, status: int):
    assert client.post(address("comments", article.pk, "fr"), posted).status_code == status
    assert not Comment.objects.exists()


def test_comments_are_the_writers_alone(client, article, portal, rene):
    client.post(address("comments", article.pk, "fr"), {"act": "say", "text": "Entre nous."})
    thread = Comment.objects.get()
    other = address("comments", portal.articles[FRENCH_ONLY].pk, "fr")
    posted = {"act": "say", "text": "Là-bas.", "thread": str(thread.pk)}
    assert client.post(other, posted).status_code == 404
    client.force_login(person("stan"))
    page = address("comments", article.pk, "fr")
    assert client.get(page).status_code == 403
    assert client.post(page, {"act": "say", "text": "Et moi ?"}).status_code == 403


def test_how_one_is_told_is_ones_own_to_say(client, lea):
    client.force_login(lea)
    page = "/fr/admin/profile/"
    assert "pas d’adresse de courriel" in Page(client.get(page).content.decode()).words
    client.post(page, {"mails": "daily", "language": "en"})
    preference = NoticePreference.objects.get(user=lea)
    assert (preference.mails, preference.language) == ("daily", "en")
    for wrong in ({"mails": "hourly", "language": "en"}, {"mails": "none", "language": "xx"}, {}):
        assert client.post(page, wrong).status_code == 200
    assert NoticePreference.objects.get() == preference


@pytest.mark.parametrize(
    ("role", "said"),
    [("Author", "demandez à un administrateur"), ("Administrator", "en ajouter une")],
)
def test_who_may_add_an_address_is_not_sent_to_somebody_else(client, db, role, said):
    User.objects.filter(pk=(user := person("sam", role)).pk).update(email="")
    client.force_login(user)
    assert said in client.get("/fr/admin/profile/").content.decode()
