"""A base in which every part of the administration has something to show."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group
from django.test import override_settings
from django.utils import timezone

from tests.kept import copied
from tests.pictures import picture
from tests.web import editors
from tests.web.content import DRAFT, FRENCH_ONLY, Portal, make_portal
from troubleshooting.auditing import note
from troubleshooting.editing import save_pending, submit_pending
from troubleshooting.editing.reusing import add_suggestions, save_snippet
from troubleshooting.editing.scheduling import schedule_end
from troubleshooting.editing.talking import add_comment
from troubleshooting.media import store_image
from troubleshooting.models import (
    Article,
    BulkChange,
    ErrorReport,
    GapReport,
    GlossaryTerm,
    ImportRun,
    Incident,
    LearnedChoice,
    Outcome,
    Responsibility,
    SearchLog,
    Snippet,
    Source,
    TicketCount,
    TrashedArticle,
    VocabularyEntry,
    Webhook,
    WebhookDelivery,
)


@pytest.fixture
def portal(transactional_db) -> Portal:
    return copied(make_portal)


def with_work(portal: Portal, user) -> None:
    """Give every part of the first page something to show."""
    article = portal.articles[FRENCH_ONLY]
    texts = {**article.translations.get(language="fr").texts(), "cause": "Autre."}
    save_pending(article=article, language="fr", texts=texts, author=user, base_revision=1)
    submit_pending(article.pending.get(), user=user)
    Article.objects.filter(slug=DRAFT).update(owner=user)
    TrashedArticle.objects.create(slug="parti", status="draft", titles={"fr": "Parti"}, rows="[]")
    note(user, "changed", article, before={"kind": "problem"}, after={"kind": "error"})
    GapReport.objects.report("0x80180099", "", "fr")
    ErrorReport.objects.create(article=article, language="fr", comment="Faux.", revision_number=1)
    thread = add_comment(article, f"@{user} ?", author=editors.person("lea", "Author")).comment
    add_comment(article, "Oui.", author=user, thread=thread)
    add_suggestions()
    snippet = save_snippet(Snippet(key="relance"), {"fr": "1.  Un.", "en": "1.  One."}, author=None)
    with override_settings(FOUR_EYES=True):
        save_snippet(snippet.snippet, {"fr": "1.  Deux.", "en": "1.  Two."}, author=user)
    Responsibility.objects.create(user=user, role="reviewer", scope="everything")
    schedule_end(article, timezone.now() + timedelta(days=3), user=user)


def with_rows(portal: Portal, user) -> None:
    """Give every list of the administration a row."""
    article = portal.articles[FRENCH_ONLY]
    row = {"article": article, "language": "fr"}
    BulkChange.objects.create(user=user, action="archive", rows=[])
    ImportRun.objects.create(user=user, files=["errors.fr.md"], finished=timezone.now())
    LearnedChoice.objects.create(**row, terms="plafond", words="plafond", day=740_000)
    store_image(picture("navy"), user=user)
    Outcome.objects.create(**row, revision_number=1, verdict="stuck", comment="Rien.")
    SearchLog.objects.create(kind="words", words="plafond", language="fr", hits=1)
    VocabularyEntry.objects.create(kind="means", words="gizmo", meaning="appareil")
    GlossaryTerm.objects.create(
        language="fr", term="jeton", target_language="en", translation="token"
    )
    Incident.objects.create(text="Lent.", starts=timezone.now(), ends=timezone.now())
    Source.objects.create(slug="docs", name="Docs", location="/srv/docs", status="draft")
    TicketCount.objects.create(
        first="2026-01-05", last="2026-01-11", system="zammad", closed=3, with_article=1
    )
    hook = Webhook.objects.create(
        name="Desk", address="https://192.88.98.1/hook", events=["article.published"]
    )
    WebhookDelivery.objects.create(webhook=hook, event="article.published")
    Group.objects.get_or_create(name="Nuit")
    LogEntry.objects.create(user=user, object_repr="Docs", action_flag=ADDITION)
