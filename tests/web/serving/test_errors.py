"""Pages for what went wrong."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client, RequestFactory

from tests.web.content import BILINGUAL, LANGUAGES
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.views import errors, home

HEADINGS = {
    400: ("Cette demande n’a pas pu être comprise", "This request cannot be understood"),
    403: ("Vous n’avez pas accès à cette page", "You do not have access to this page"),
    404: ("Cette page n’existe pas", "This page does not exist"),
    405: ("Cette adresse ne s’utilise pas de cette façon", "This address cannot be used this way"),
    500: ("Le portail a rencontré une erreur", "Something went wrong"),
}


def heading(status: int, language: str) -> str:
    return HEADINGS[status][LANGUAGES.index(language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("error", "status"),
    [(SuspiciousOperation, 400), (PermissionDenied, 403), (ZeroDivisionError, 500)],
)
def test_faults_of_a_view(client, monkeypatch, db, error, status, language):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(home.HomeView, "get_context_data", fail)
    client.raise_request_exception = False
    response = client.get(f"/{language}/")
    assert response.status_code == status
    page = Page(response.content.decode())
    assert page.one("html").get("lang") == language
    assert page.one("h1").text == heading(status, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_server_error_needs_no_database(language):
    # No database fixture: a query would fail the test.
    response = errors.server_error(RequestFactory().get(f"/{language}/articles/?q=x"))
    assert response.status_code == 500
    assert heading(500, language) in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "path", ["", "articles/", f"articles/{BILINGUAL}/", "codes/", "documents/"]
)
@pytest.mark.usefixtures("portal")
def test_wrong_method(client, language, method, path):
    response = getattr(client, method)(f"/{language}/{path}")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert Page(response.content.decode()).one("h1").text == heading(405, language)


@pytest.mark.django_db
def test_head_and_options_are_answered(client):
    assert client.head("/fr/").status_code == 200
    assert client.options("/fr/").headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.django_db
def test_form_without_its_secret(settings):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/fr/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert "Ce formulaire a expiré" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/xx/",
        "/fr/articles/%00/",
        "/fr/articles/a b/",
        "/fr/articles/../../etc/passwd",
        "/fr/%ff%fe",
    ],
)
@pytest.mark.django_db
def test_strange_addresses(client, path):
    response = client.get(path, follow=True)
    assert response.status_code == 404
    assert "<h1>" in response.content.decode()


@pytest.mark.django_db
def test_without_a_language_in_the_address_the_browser_decides(client):
    response = client.get("/no-such-page", headers={"accept-language": "en"})
    assert heading(404, "en") in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("referer", "address"),
    [
        ("http://testserver/fr/admin/x/?a=1", "/fr/admin/x/?a=1"),
        ("https://elsewhere.example/fr/", "/fr/sign-out/"),
        ("", "/fr/sign-out/"),
        ("javascript:alert(1)", "/fr/sign-out/"),
        ("http://testserver//elsewhere.example/", "/fr/sign-out/"),
    ],
)
def test_an_expired_form_leads_back_to_itself(referer, address):
    """To load the answer again would send the same form again, and be refused again."""
    client = Client(enforce_csrf_checks=True)
    headers = {"Referer": referer} if referer else {}
    page = client.post("/fr/sign-out/", headers=headers).content.decode()
    assert f'href="{address}"' in page
    assert "Rien n’a été enregistré" in page
    assert "Rechargez" not in page


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("database is locked"), 503),
        (OperationalError("no such table"), 500),
        (ValueError("locked"), 500),
    ],
)
def test_a_busy_database_is_no_fault(rf, error, status):
    try:
        raise error
    except Exception:
        response = errors.server_error(rf.post("/fr/sign-in/"))
    assert response.status_code == status
    assert response.headers.get("Retry-After") == ("30" if status == 503 else None)
    if status == 503:
        assert "Le portail est occupé" in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "status"), [("nothing-here/", 404), ("troubleshooting/auditentry/", 403)]
)
def test_an_editor_keeps_the_menu_of_the_administration(client, portal, language, path, status):
    client.force_login(person("aline", "Author"))
    answer = client.get(f"/{language}/admin/{path}")
    assert answer.status_code == status
    page = Page(answer.content.decode())
    assert page.one("h1").text == heading(status, language)
    assert page.one("nav", id="shell-nav")


def test_who_may_not_enter_the_administration_is_not_shown_its_menu(client, portal):
    client.force_login(User.objects.create_user("rita"))
    answer = client.get("/en/admin/nothing-here/", follow=True)
    assert "shell-nav" not in answer.content.decode()
