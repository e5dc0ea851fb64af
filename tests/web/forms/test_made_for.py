"""A form saves under the name of whom it was made for, or asks; no text is lost."""

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, reverse

from tests.web.content import BILINGUAL, make_portal
from tests.web.editors import PASSWORD, address, person, posted
from tests.web.html import Page
from troubleshooting.accounts.ownership import FIELD, owner_field
from troubleshooting.models import Article, KeptDraft

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
SECRET = "csrfmiddlewaretoken"


@pytest.fixture
def portal():
    return make_portal()


@pytest.fixture
def anna(portal):
    return person("anna", "Reviewer")


@pytest.fixture
def ben(client, portal):
    user = person("ben", "Administrator")
    client.force_login(user)
    return user


def named(user) -> str:
    """What a form made for ``user`` holds in its field."""
    return re.search(r'value="([^"]*)"', owner_field(user))[1]


def fields(html: str, place: int) -> dict[str, str]:
    """What the form at that place of the page sends (it has hidden fields alone)."""
    form = re.findall(r"<form.*?</form>", html.split("<main")[1].split("</main")[0], re.DOTALL)[
        place
    ]
    return {one.get("name"): one.get("value") for one in Page(form).elements if one.get("name")}


def signed_in(name: str) -> Client:
    """A browser in which ``name`` signed in as people do, whose forms need their secret."""
    client = Client(enforce_csrf_checks=True)
    sign_in(client, name)
    return client


def sign_in(client: Client, name: str) -> None:
    place = reverse("troubleshooting:sign_in") + f"?as={name}"
    page = client.get(place)
    form = {"username": name, "password": PASSWORD, SECRET: secret(page)}
    if match := re.search(rf'name="{FIELD}" value="([^"]*)"', page.content.decode()):
        form[FIELD] = match[1]
    assert client.post(place, form).status_code == 302


def secret(page) -> str:
    return re.search(rf'name="{SECRET}" value="([^"]*)"', page.content.decode())[1]


def _written_by_hand(folder: str, ending: str) -> set[str]:
    files = (ROOT / folder).rglob(f"*.{ending}")
    return {file.name for file in files if SECRET in file.read_text("utf-8")}


def test_no_form_is_written_without_saying_whom_it_is_for():
    """The tag of every template writes the field; what writes the secret alone might forget it."""
    assert _written_by_hand("templates", "html") == {"form_of_another.html"}
    assert _written_by_hand("troubleshooting", "py") == {
        "__init__.py", "refusing.py", "drafts.py", "adding.py",
    }  # fmt: skip
    # Scripts take both from one module; another tells what was typed from what was not.
    assert _written_by_hand("static/portal", "js") == {"session.js", "texts.js"}


def test_templates_write_the_field(client, ben):
    for page in (address("add"), reverse("admin:troubleshooting_profile"), address("changelist")):
        html = client.get(page).content.decode()
        forms = re.findall(r'<form[^>]*method="post".*?</form>', html, re.DOTALL)
        assert forms
        assert all(named(ben) in form for form in forms)
    assert owner_field(AnonymousUser()) == ""


def _addresses():
    patterns = list(admin.site.get_urls())
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            patterns += pattern.url_patterns
        elif pattern.name and pattern.name not in ("login", "logout"):
            yield pattern.name, pattern.pattern.converters


def test_no_page_of_the_administration_takes_a_form_of_another(client, anna, ben):
    values = {"int": 1, "string": "fr", "path": "1", "slug": "x"}
    asked = 0
    for name, converters in list(_addresses()):
        keys = {
            key: values[type(one).__name__.removesuffix("Converter").lower()]
            for key, one in converters.items()
        }
        try:
            place = reverse(f"admin:{name}", kwargs=keys)
        except NoReverseMatch:  # a regular expression of Django's own takes no names
            place = reverse(f"admin:{name}", args=["auth"])
        answer = client.post(place, {FIELD: named(anna)})
        assert answer.status_code == 409, place
        asked += 1
    assert asked > 100


@pytest.mark.parametrize("name", ["tokens", "sign_in"])
def test_nor_does_one_of_the_portal(client, anna, ben, name):
    answer = client.post(reverse(f"troubleshooting:{name}"), {FIELD: named(anna), "name": "CI"})
    assert answer.status_code == 409


def test_everybody_may_sign_out(client, anna, ben):
    client.post(reverse("troubleshooting:sign_out"), {FIELD: named(anna)})
    assert "_auth_user_id" not in client.session


TOLD = {
    "fr": ("Ce formulaire appartient à anna", "ben est à présent connecté", "Rien n’a été"),
    "en": ("This form belongs to anna", "ben is signed in", "Nothing was"),
}  # fmt: skip


@pytest.mark.parametrize("language", TOLD)
def test_the_answer_says_who_and_keeps_every_word(client, anna, ben, language):
    article = Article.objects.get(slug=BILINGUAL)
    form = posted(article, cause="Un câble\r\ndébranché.") | {FIELD: named(anna), "_save": "1"}
    place = address("change", article.pk, language=language) + "?language=fr"
    answer = client.post(place, form)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert all(words in Page(html).one("main").text for words in TOLD[language])
    assert article.translations.get(language="fr").cause != "Un câble\ndébranché."

    kept = fields(html, 0)
    assert kept["cause"] == "Un câble\r\ndébranché."
    assert kept[FIELD] == named(anna)
    taken = fields(html, 1)
    assert taken[FIELD] == named(ben)
    answer = client.post(place, taken)
    assert answer.status_code == 302
    text = article.translations.get(language="fr")
    assert text.cause == "Un câble\ndébranché."
    assert text.revisions.latest("number").author == ben


def test_whoever_wrote_it_signs_in_again_and_goes_on(anna, ben):
    client = signed_in("anna")
    place = address("add")
    form = posted(None, title="Écran noir", problem="Rien ne s’affiche.")
    page = client.get(place)
    form |= {SECRET: secret(page), FIELD: named(anna), "draft": "n1"}
    sign_in(client, "ben")
    answer = client.post(place, form)
    assert answer.status_code == 409
    kept = fields(answer.content.decode(), 0)
    sign_in(client, "anna")
    answer = client.post(place, kept)
    assert answer.status_code == 403
    assert not Article.objects.filter(translations__title="Écran noir").exists()
    answer = client.post(place, fields(answer.content.decode(), 0))
    assert answer.status_code == 302
    assert Article.objects.get(translations__title="Écran noir").owner == anna


def test_where_nobody_is_signed_in_the_text_stays(anna):
    client = Client()
    form = posted(None, title="Écran noir") | {FIELD: named(anna)}
    answer = client.post(address("add"), form)
    assert answer.status_code == 401
    page = Page(answer.content.decode())
    assert "Personne n’est connecté" in page.one("main").text
    assert fields(page.html, 0)["title"] == "Écran noir"
    link = next(one.get("href") for one in page.elements if "as=anna" in one.get("href"))
    assert (
        Page(client.get(link).content.decode()).one("input", id="id_username").get("value")
        == "anna"
    )


def test_a_draft_of_one_is_not_kept_for_another(client, anna, ben):
    form = {
        "kept_draft": "d1", "draft_article": "", "draft_language": "fr", "draft_page": "form",
        "title": "Écran noir", FIELD: named(anna),
    }  # fmt: skip
    place = reverse("admin:troubleshooting_article_drafts")
    assert client.post(place, form).status_code == 409
    assert not KeptDraft.objects.exists()
    assert client.post(place, form | {FIELD: named(ben)}).status_code == 204
    assert FIELD not in KeptDraft.objects.get().fields


@pytest.mark.parametrize(
    ("who", "told"), [("ben", "somebodyElse"), ("", "signedOut"), ("anna", "expired")]
)
def test_scripts_are_told_why_without_an_error(anna, ben, who, told):
    client = Client(enforce_csrf_checks=True)
    if who:
        sign_in(client, who)
    headers = {"Sec-Fetch-Mode": "cors"}
    answer = client.post(address("drafts"), {FIELD: named(anna)}, headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["X-Not-Taken"] == told


def test_passwords_are_not_shown_again(client, anna, ben):
    form = {"old_password": PASSWORD, "new_password1": "x9-fresh", FIELD: named(anna)}
    answer = client.post(reverse("admin:password_change"), form)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "x9-fresh" not in html
    assert PASSWORD not in html
    assert "mots de passe ne sont pas gardés" in html


def test_a_forged_name_says_nothing(client, anna, ben):
    form = posted(None, title="Écran noir") | {FIELD: f"{anna.pk}:forged"}
    assert client.post(address("add"), form).status_code == 302
    assert Article.objects.get(translations__title="Écran noir").owner == ben
