"""The tables whose changes outdate cached pages are exactly those that the pages are made of."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.people import person
from tests.web.content import BILINGUAL, CODE, DOCUMENT
from troubleshooting import urls
from troubleshooting.caching import version
from troubleshooting.caching.responses import CachedResponseMixin
from troubleshooting.models import (
    FormerAddress,
    FormerPlatformAddress,
    Incident,
    Platform,
    Revision,
)
from troubleshooting.search.engines import tables

FORMER = "ancienne-adresse"
#: What stands in the address of a route, each worth a visit.
ARGUMENTS = {
    "article": [{"slug": BILINGUAL}, {"slug": FORMER}],
    "article_history": [{"slug": BILINGUAL}],
    "article_markdown": [{"slug": BILINGUAL}],
    "document": [{"key": DOCUMENT}],
    "code": [{"canonical": CODE}],
    "platform": [{"slug": "android"}, {"slug": FORMER}],
}
#: Read of the days before alone, and the day belongs to every state.
OF_DAYS_BEFORE = {"troubleshooting_outcome", "troubleshooting_searchlog"}
#: Written in the transaction that writes the texts; made anew, it renews the state by itself.
INDEX = {tables.ENTRY, tables.FACETS}
READERS = ["", "reader", "staff", "author"]


def _cached_paths() -> list[str]:
    """Return an address of every route whose page is cached; a new route needs its arguments."""
    names = [
        route.name
        for route in urls.urlpatterns
        if issubclass(getattr(route.callback, "view_class", object), CachedResponseMixin)
    ]
    return [
        reverse(f"troubleshooting:{name}", kwargs=arguments)
        for name in names
        for arguments in ARGUMENTS.get(name, [{}])
    ]


def _tables(statements: list[str]) -> set[str]:
    """Return the portal's own tables that ``statements`` read."""
    read = [sql for sql in statements if not re.match(r"(INSERT|UPDATE|DELETE)\b", sql)]
    return set(re.findall(r"\b(?:FROM|JOIN)\s+\"?(troubleshooting_\w+)", "\n".join(read)))


def test_the_list_names_the_tables_that_cached_pages_read(client, portal):
    FormerAddress.objects.create(slug=FORMER, article=portal.articles[BILINGUAL])
    android = Platform.objects.get(slug="android")
    FormerPlatformAddress.objects.create(slug=FORMER, platform=android)
    Incident.objects.create(text="Incident", ends=timezone.now() + timedelta(hours=1))
    statements: list[str] = []
    for role in READERS:
        if role:
            client.force_login(person(role))
        for path in _cached_paths():
            cache.clear()
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code in (200, 301)
            statements += [query["sql"] for query in queries]
    left_out = OF_DAYS_BEFORE | INDEX | {version.VERSION}
    assert _tables(statements) - left_out == set(version.TABLES)


@pytest.mark.usefixtures("portal")
def test_a_revision_of_another_size_makes_another_page(client):
    path = reverse("troubleshooting:article", kwargs={"slug": BILINGUAL})
    first = client.get(path)
    Revision.objects.update(size="minor")
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200


@pytest.mark.usefixtures("portal")
def test_any_version_is_known_of_a_page_that_exists_alone(client):
    headers = {"If-None-Match": "*"}
    assert client.get(f"/fr/articles/{BILINGUAL}/", headers=headers).status_code == 304
    assert client.get("/fr/articles/no-such-article/", headers=headers).status_code == 404
