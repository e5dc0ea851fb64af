"""No form of the administration stands in another one: a browser drops it, its button is dead."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.browser.administration.test_rules import pages
from tests.web.editors import person


class Forms(HTMLParser):
    """The forms of a page that a browser does not see, by what they name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.is_open = False
        self.nested: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "form":
            if self.is_open:
                self.nested.append(str(dict(attributes)))
            self.is_open = True

    def handle_endtag(self, tag):
        if tag == "form":
            self.is_open = False


def lists() -> Iterator[str]:
    """The list and the empty form of every model."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_changelist") + "?q=zzz"
        yield reverse(f"{name}_add")


def nested(client, addresses: Iterator[str]) -> dict[str, list[str]]:
    """The forms within forms, by page."""
    found = {}
    for address in addresses:
        answer = client.get(address)
        if answer.status_code == 200 and (forms := Forms(answer.content.decode()).nested):
            found[address] = forms
    return found


def test_a_form_in_a_form_is_found():
    page = '<form id="a"><form id="b"></form></form><form id="c"></form>'
    assert Forms(page).nested == ["{'id': 'b'}"]


def test_no_page_has_a_form_in_a_form(client, superuser):
    assert nested(client, pages("fr", superuser.pk)) == {}


@pytest.mark.parametrize("role", ["Author", "Reviewer", "Administrator"])
def test_no_page_without_rows_has_a_form_in_a_form(client, portal, role):
    client.force_login(person("vide", role))
    assert nested(client, lists()) == {}
