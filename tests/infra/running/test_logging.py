"""The log: never what a reader typed."""

import logging

import pytest
from django.conf import settings


@pytest.mark.django_db
def test_missing_pages_are_logged_without_their_query(client, caplog):
    client.get("/fr/no-such-page/?q=telephone+de+Marie")
    assert any("/fr/no-such-page/" in record.getMessage() for record in caplog.records)
    assert "Marie" not in caplog.text


def test_sql_is_not_logged_even_at_debug():
    assert logging.getLogger("django.db.backends").getEffectiveLevel() >= logging.INFO
    assert settings.LOGGING["loggers"]["django.db.backends"]["level"] == "INFO"
