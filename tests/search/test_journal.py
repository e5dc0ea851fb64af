"""The log of searches holds nothing personal."""

from __future__ import annotations

import pytest
from django.db import connection

from troubleshooting.models import Article, SearchLog
from troubleshooting.search import record, record_choice

from .conftest import ask

pytestmark = pytest.mark.django_db


def log(text: str, language: str = "fr") -> SearchLog:
    return SearchLog.objects.get(pk=record("default", text, ask(text, language)))


def test_known_words_and_codes_are_kept(base):
    entry = log("appareils de jean.dupont@contoso.com 0x80180014")
    assert entry.words == "appareils de"
    assert entry.unknown > 0
    assert entry.codes == ["0x80180014"]
    assert (entry.language, entry.hits, entry.kind) == ("fr", 0, "message")
    assert "dupont" not in str(vars(entry))


def test_of_a_pasted_text_only_the_codes_are_kept(base):
    entry = log("CONTOSO\\jdoe sur l’appareil\nDeviceCapReached 0x80180014\n")
    assert (entry.kind, entry.words, entry.unknown) == ("log", "", 0)
    assert set(entry.codes) == {"DeviceCapReached", "0x80180014"}
    assert entry.hits == 1


def test_the_chosen_hit(base):
    entry = log("profil")
    article = Article.objects.get(slug="profile-ios")
    record_choice("default", entry.pk, article.pk)
    entry.refresh_from_db()
    assert entry.chosen == article
    article.delete()
    entry.refresh_from_db()
    assert entry.chosen is None


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "'; --", "é" * 400])
def test_anything_can_be_logged(base, text):
    assert log(text).hits == 0
    assert connection.queries_limit
