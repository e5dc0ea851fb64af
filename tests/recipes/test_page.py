"""A page that the project does not have, added as CONTRIBUTING says."""

from __future__ import annotations

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from kbportal import urls
from tests.web.html import Page
from troubleshooting import urls as portal
from troubleshooting.views.base import PortalView

TEMPLATE = """{% extends "troubleshooting/quiet.html" %}{% load i18n %}
{% block title %}{% translate "Search" %}{% endblock %}
{% block content %}<h1>{{ hours }}</h1>{% endblock %}"""


class HoursView(PortalView):
    def render_to_response(self, context: dict, **kwargs) -> HttpResponse:
        template = engines["django"].from_string(TEMPLATE)  # in place of a file
        return HttpResponse(template.render(context, self.request))

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs, hours=f"8–18 ({self.language})")


addresses = (
    [path("hours/", HoursView.as_view(), name="hours"), *portal.urlpatterns],
    "troubleshooting",
)
urlpatterns = [*i18n_patterns(path("", include(addresses))), *urls.urlpatterns]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(("language", "title"), [("fr", "Rechercher"), ("en", "Search")])
def test_a_page_is_a_view_an_address_and_a_template(client, language: str, title: str):
    response = client.get(f"/{language}/hours/")
    page = Page(response.content.decode())
    assert page.one("h1").text == f"8–18 ({language})"
    assert title in page.one("title").text
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert client.post(f"/{language}/hours/").status_code == 405
