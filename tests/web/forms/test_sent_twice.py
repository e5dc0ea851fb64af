"""Every form that makes something, sent twice: it makes one, also at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.people import make_groups
from tests.pictures import picture
from tests.web.content import BILINGUAL
from tests.web.html import Page
from troubleshooting.models import (
    AccessToken,
    Article,
    Comment,
    ErrorReport,
    ImportRun,
    Responsibility,
)

NUMBER = "form_number"
IMAGE, WORDS = "troubleshooting.mediaimage", "troubleshooting.vocabularyentry"
#: What the form of each page of the administration that adds something is filled in with.
FORMS: dict[str, dict[str, Any]] = {
    "auth.user": {
        "username": "zoe",
        "usable_password": "true",
        "password1": "a quiet pass phrase",
        "password2": "a quiet pass phrase",
    },
    "auth.group": {"name": "Nuit"},
    "troubleshooting.source": {
        "name": "Docs",
        "slug": "docs",
        "kind": "folder",
        "location": "/srv/docs",
        "status": "draft",
    },
    "troubleshooting.webhook": {
        "name": "Desk",
        "address": "https://192.88.98.1/hook",
        "events": ["article.published"],
    },
    "troubleshooting.ticketcount": {
        "first": "2026-01-05",
        "last": "2026-01-11",
        "system": "zammad",
        "closed": 3,
        "with_article": 1,
    },
    "troubleshooting.snippet": {"key": "recopier", "text_fr": "Un.", "text_en": "One."},
    "troubleshooting.articletemplate": {
        "name_fr": "Panne",
        "name_en": "Fault",
        "kind": "problem",
        "audience": "public",
        "problem_fr": "Un.",
        "problem_en": "One.",
    },
    "troubleshooting.glossaryterm": {
        "language": "fr",
        "term": "jeton",
        "target_language": "en",
        "translation": "token",
    },
    "troubleshooting.incident": {
        "text": "Lent.",
        "starts_0": "2026-01-05",
        "starts_1": "08:00:00",
        "ends_0": "2026-01-05",
        "ends_1": "18:00:00",
    },
    "troubleshooting.platform": {"name": "Tizen", "slug": "tizen", "position": 9},
    WORDS: {"kind": "means", "words": "boîte noire", "meaning": "profil"},
    IMAGE: {},
}
#: One field of each, and what somebody types who went back; an image is another file.
CHANGES: dict[str, dict[str, Any]] = {
    "auth.user": {"username": "zora"},
    "auth.group": {"name": "Jour"},
    "troubleshooting.source": {"name": "Pages", "slug": "pages"},
    "troubleshooting.webhook": {"name": "Other"},
    "troubleshooting.ticketcount": {"first": "2026-01-12", "last": "2026-01-18"},
    "troubleshooting.snippet": {"key": "autre"},
    "troubleshooting.articletemplate": {"name_fr": "Erreur", "name_en": "Error"},
    "troubleshooting.glossaryterm": {"term": "clé"},
    "troubleshooting.incident": {"text": "Très lent."},
    "troubleshooting.platform": {"name": "Bada", "slug": "bada"},
}
#: Written in forms of articles, which have receipts of their own (``test_drafts``).
OF_ARTICLES = {"troubleshooting.article"}
IMPORT, TOKENS = "/fr/admin/troubleshooting/sourcedocument/import/", "/fr/tokens/"


@pytest.fixture
def editor(portal, client) -> Client:
    """Return the browser of somebody who may do everything."""
    client.force_login(User.objects.create_superuser("ada", password="ada-password"))
    return client


def add_page(label: str) -> str:
    return f"/fr/admin/{label.replace('.', '/')}/add/"


def filled(client: Client, label: str) -> dict[str, Any]:
    """Return what a browser sends of the form that adds a row of ``label``, filled in."""
    values = {NUMBER: number_on(client.get(add_page(label))), **FORMS[label]}
    return with_trial(client, label, values)


def with_trial(client: Client, label: str, values: dict[str, Any]) -> dict[str, Any]:
    """Words are tried before they are saved; an image is a file, read anew each time."""
    if label == WORDS:
        return {**values, "tried": client.post(add_page(label), values).context["tried"]}
    return values


def send(client: Client, label: str, values: dict[str, Any], **more: Any) -> Any:
    file = {"image": SimpleUploadedFile("a.png", picture(), "image/png")} if label == IMAGE else {}
    return client.post(add_page(label), {**values, **file}, **more)


def number_on(answer: Any) -> str:
    return Page(answer.content.decode()).one("input", name=NUMBER).get("value")


def count(label: str) -> int:
    return apps.get_model(label)._default_manager.count()


def test_every_page_that_adds_something_is_tried_here(editor):
    labels = [model._meta.label_lower for model in admin.site._registry]
    adds = {label for label in labels if editor.get(add_page(label)).status_code == 200}
    assert adds - OF_ARTICLES == set(FORMS)


@pytest.mark.parametrize("label", FORMS)
def test_a_form_sent_twice_adds_one(editor, label):
    before = count(label)
    values = filled(editor, label)
    assert send(editor, label, values).status_code == 302
    again = send(editor, label, values, follow=True)
    assert count(label) == before + 1
    assert "Ce formulaire a été envoyé deux fois" in again.content.decode()
    added = apps.get_model(label)._default_manager.order_by("-pk").first()
    assert again.redirect_chain[0][0].endswith(f"/{added.pk}/change/")


@pytest.mark.parametrize("label", CHANGES)
def test_sent_again_with_other_words_it_asks_and_then_adds_another(editor, label):
    before = count(label)
    values = filled(editor, label)
    send(editor, label, values)
    changed = {**values, **CHANGES[label]}
    asked = send(editor, label, changed)
    assert asked.status_code == 200
    assert count(label) == before + 1
    assert "Ce formulaire a déjà été enregistré" in asked.content.decode()
    for name, value in CHANGES[label].items():
        assert asked.context["adminform"].form[name].value() == value
    number = number_on(asked)
    assert number != values[NUMBER]
    assert send(editor, label, {**changed, NUMBER: number}).status_code == 302
    assert count(label) == before + 2


def test_the_number_of_another_person_is_another_form(editor):
    values = filled(editor, "auth.group")
    send(editor, "auth.group", values)
    editor.force_login(User.objects.create_superuser("rene"))
    assert send(editor, "auth.group", {**values, "name": "Jour"}).status_code == 302


def test_what_was_deleted_since_is_not_led_to(editor):
    values = filled(editor, "auth.group")
    send(editor, "auth.group", values)
    Group.objects.filter(name="Nuit").delete()
    asked = send(editor, "auth.group", values)
    assert "supprimé depuis" in asked.content.decode()
    assert send(editor, "auth.group", {**values, NUMBER: number_on(asked)}).status_code == 302


def test_a_refused_form_keeps_its_number(editor):
    values = filled(editor, "auth.group")
    refused = send(editor, "auth.group", {**values, "name": ""})
    assert number_on(refused) == values[NUMBER]


@pytest.mark.parametrize("number", ["", "x" * 61, "a\0b", "é"])
def test_a_number_that_is_none_of_ours_does_no_harm(editor, number):
    assert send(editor, "auth.group", {"name": "Nuit", NUMBER: number}).status_code == 302


def test_a_token_is_made_once(editor):
    values = token_form(editor)
    assert "kbp_" in editor.post(TOKENS, values).content.decode()
    again = editor.post(TOKENS, values).content.decode()
    assert AccessToken.objects.count() == 1
    assert "il n’y a qu’un jeton" in again


def test_documents_sent_twice_are_rehearsed_once(editor):
    def upload() -> Any:
        file = SimpleUploadedFile("a.md", "# Écran noir\n\n## Problème\n\nRien.\n".encode())
        return editor.post(IMPORT, {NUMBER: number, "files": file, "language": "", "source": ""})

    number = number_on(editor.get(IMPORT))
    first, again = upload(), upload()
    assert first.status_code == 302
    assert again.url == first.url
    assert ImportRun.objects.count() == 1
    ImportRun.objects.all().delete()
    assert upload().status_code == 302
    assert ImportRun.objects.count() == 1


def token_form(client: Client) -> dict[str, Any]:
    number = number_on(client.get(TOKENS))
    return {"name": "Script", "scopes": ["read"], "days": 30, NUMBER: number}


def at_once(send_one: Any) -> list[int]:
    """Send the same from two browsers at the same moment; return the states of the answers."""
    start = threading.Barrier(2)

    def run() -> int:
        start.wait()
        try:
            return send_one().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return [one.result() for one in [pool.submit(run), pool.submit(run)]]


def twin(client: Client) -> Client:
    """Return another window of the same browser."""
    other = Client()
    other.cookies = client.cookies
    return other


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_add_one(portal, client):
    client.force_login(User.objects.create_superuser("ada", password="ada-password"))
    for label in FORMS:
        before, values = count(label), filled(client, label)
        codes = at_once(lambda label=label, values=values: send(twin(client), label, values))
        assert (label, count(label)) == (label, before + 1)
        assert codes == [302, 302], label


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_say_it_once(portal, client):
    make_groups()
    user = User.objects.create_superuser("ada", password="ada-password")
    client.force_login(user)
    article = Article.objects.get(slug=BILINGUAL)
    comments = f"/fr/admin/troubleshooting/article/{article.pk}/comments/fr/"
    error, said = f"/fr/articles/{BILINGUAL}/error/", {"comment": "L’étape 2 n’existe plus."}
    giving = {"holder": f"user:{user.pk}", "role": "reviewer", "field": "everything:0"}
    token = token_form(client)
    for model, where, values in (
        (Comment, comments, {"act": "say", "text": "Vu."}),
        (ErrorReport, error, said),
        (Responsibility, "/fr/admin/responsibilities/", giving),
        (AccessToken, TOKENS, token),
    ):
        # Which of two comes first is chance: what lets both through now and then is seen in ten.
        for number in range(10 if model is ErrorReport else 1):
            values = {**values, "comment": f"L’étape {number} n’existe plus."}
            codes = at_once(lambda where=where, values=values: twin(client).post(where, values))
            assert (model.__name__, model.objects.count()) == (model.__name__, number + 1), codes
            assert max(codes) < 400
