"""A form that reported within a minute is open; one that has been silent for longer is closed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from troubleshooting.editing.presence import note_presence, others_present
from troubleshooting.models import Article, EditingPresence


@pytest.mark.django_db
@pytest.mark.parametrize(("silent", "is_open"), [(0, True), (50, True), (70, False)])
def test_a_form_is_open_for_a_minute_after_its_last_report(silent: int, is_open: bool):
    article = Article.objects.create(slug="limit")
    writer, other = (User.objects.create_user(name) for name in ("anne", "bruno"))
    note_presence(article, "fr", writer)
    EditingPresence.objects.update(seen=timezone.now() - timedelta(seconds=silent))
    assert others_present(article, "fr", other).exists() == is_open
    note_presence(article, "fr", other)  # a report clears away what is closed
    assert EditingPresence.objects.filter(user=writer).exists() == is_open
