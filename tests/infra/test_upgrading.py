"""A base that holds articles is brought to the newest schema."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.web.content import write
from troubleshooting.models import Article, SearchEntry


def last_two() -> list[str]:
    names = sorted(name for app, name in MigrationLoader(None).disk_migrations if app == APP)
    return names[-2:]


APP = "troubleshooting"


@pytest.mark.django_db(transaction=True)
def test_the_newest_change_of_the_schema_keeps_what_is_searched():
    write(Article.objects.create(slug="jam", status="published"), "fr", "Bourrage")
    entries = list(SearchEntry.objects.values_list("pk", "facets"))
    assert entries
    before, _newest = last_two()
    call_command("migrate", APP, before, verbosity=0)
    call_command("migrate", verbosity=0)
    assert list(SearchEntry.objects.values_list("pk", "facets")) == entries
    connection.check_constraints()
