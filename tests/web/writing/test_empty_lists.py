"""Lists of the administration without rows: they say what they are for, in both languages."""

import pytest
from django.contrib.admin import site
from django.urls import reverse
from django.utils import translation

from tests.people import person
from tests.web.html import Page
from troubleshooting.models import Snippet

pytestmark = pytest.mark.django_db

LISTS = {
    model._meta.model_name: model
    for model in site._registry
    if model._meta.app_label == "troubleshooting"
    # The first has no list, the second offers what the portal suggests.
    and model._meta.model_name not in ("articletranslation", "articletemplate")
}


def page(client, name: str, language: str, **asked: str) -> Page:
    with translation.override(language):
        address = reverse(f"admin:troubleshooting_{name}_changelist")
    return Page(client.get(address, asked).content.decode())


def said(page: Page) -> list[str]:
    return [one.text for one in page.all("div", class_="list-empty")]


def test_a_list_without_rows_says_so_in_words_of_its_own(client):
    client.force_login(person("administrator"))
    for name, model in LISTS.items():
        model.objects.all().delete()
        french, english = (said(page(client, name, language)) for language in ("fr", "en"))
        assert len(french) == len(english) == 1, name
        assert french != english, name
        assert english != ["There is nothing yet."], name


def test_a_search_without_a_match_leads_back_to_all(client):
    client.force_login(person("administrator"))
    Snippet.objects.create(key="restart", texts={"en": "Restart."})
    found = page(client, "snippet", "en", q="nowhere")
    assert said(found) == ["Nothing here matches. Show all"]
    assert "?" in [one.get("href") for one in found.all("a")]
    assert said(page(client, "snippet", "en")) == []
