"""Signing in and out, a portal that asks everyone to, and people to try it with."""

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from tests.people import make_groups, person
from tests.web.content import BILINGUAL, write
from tests.web.html import Page

pytestmark = pytest.mark.usefixtures("portal")
ARTICLE = f"/fr/articles/{BILINGUAL}/"
CLOSED = ["/fr/", ARTICLE, "/fr/search/?q=0x80CF0440", "/fr/search/suggestions/?q=pla",
          f"/fr/articles/{BILINGUAL}/steps.json", "/fr/offline/index.json", "/fr/codes/",
          "/sitemap.xml", "/media/0000000000000000.png"]  # fmt: skip


@pytest.fixture
def closed(settings):
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]


def test_signing_in_leads_back_to_the_page(client):
    person("reader")
    page = Page(client.get(f"/fr/sign-in/?next={ARTICLE}").content.decode())
    assert page.one("input", name="next").get("value") == ARTICLE
    form = {"username": "reader", "password": "reader-password", "next": ARTICLE}
    response = client.post("/fr/sign-in/", form)
    assert (response.status_code, response.headers["Location"]) == (302, ARTICLE)
    assert "reader" in Page(client.get(ARTICLE).content.decode()).one("footer").text
    assert client.post("/fr/sign-out/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_wrong_password_says_so(client):
    person("reader")
    response = client.post("/fr/sign-in/", {"username": "reader", "password": "?"})
    assert "mot de passe incorrect" in response.content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Votre compte n’ouvre pas l’administration"),
        ("en", "does not open the administration"),
    ],
)
def test_who_has_a_role_alone_is_told_what_lacks(client, language: str, said: str):
    User.objects.filter(pk=person("reader").pk).update(is_staff=False)
    form = {"username": "reader", "password": "reader-password"}
    for _attempt in range(7):
        answer = client.post(f"/{language}/admin/login/", form)
        assert said in answer.content.decode()
    form["password"] = "wrong"
    assert said not in client.post(f"/{language}/admin/login/", form).content.decode()


def test_signing_in_leads_to_no_other_site(client):
    person("reader")
    form = {"username": "reader", "password": "reader-password", "next": "https://example.org/"}
    assert client.post("/fr/sign-in/", form).headers["Location"] == "/fr/"


@pytest.mark.usefixtures("closed")
@pytest.mark.parametrize("address", CLOSED)
def test_a_closed_portal_asks_everyone_to_sign_in(client, address: str):
    response = client.get(address)
    assert response.status_code == 302
    assert "/sign-in/?next=" in response.headers["Location"]
    client.force_login(person("reader"))
    assert client.get(address).status_code in (200, 404)


@pytest.mark.usefixtures("closed")
def test_a_closed_portal_lets_people_in(client):
    assert client.get("/fr/sign-in/").status_code == 200
    assert client.get("/fr/admin/login/").status_code == 200


def test_the_internal_note_is_for_staff(client, portal):
    write(portal.articles[BILINGUAL], "fr", "Plafond", problem="P.", internal="Appeler le 3e.")
    for role, sees in (("reader", False), ("staff", True), ("author", True)):
        client.force_login(person(role))
        page = Page(client.get(ARTICLE).content.decode())
        assert ("Appeler le 3e." in page.words) is sees
    client.logout()
    assert "Appeler" not in client.get(ARTICLE).content.decode()


def test_demo_users_have_their_groups(client, capsys):
    make_groups()
    call_command("seed_demo_users", password="for-trying-only")
    assert "for-trying-only" in capsys.readouterr().out
    assert client.login(username="reviewer", password="for-trying-only")
    assert User.objects.get(username="author").groups.get().name == "Author"
    assert User.objects.get(username="staff").has_perm("troubleshooting.change_article") is False


def test_demo_users_are_for_local_runs(settings):
    settings.IS_LOCAL = False
    with pytest.raises(CommandError):
        call_command("seed_demo_users")
    assert not User.objects.exists()
