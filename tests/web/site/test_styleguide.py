"""The style guide is for developers, and shows every part."""

import pytest

from tests.web.html import Page


@pytest.mark.django_db
def test_only_while_developing(client, settings):
    assert client.get("/styleguide/").status_code == 404
    settings.DEBUG = True
    page = Page(client.get("/styleguide/").content.decode())
    for part in ("alert alert-warning", "menu-path", "figure-missing", "figure", "step-tools"):
        assert page.all("div", class_=part) or page.all("span", class_=part), part
    ids = [element.get("id") for element in page.elements if element.get("id")]
    assert len(ids) == len(set(ids))
