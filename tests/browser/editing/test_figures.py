"""The home page of editors, the figures and the queue of reports in a real browser."""

import pytest
from django.utils import timezone

from tests.browser.editing.test_editing import sign_in
from tests.browser.wcag import axe, violations  # noqa: F401 (axe is a fixture)
from tests.kept import copied
from tests.web.content import BILINGUAL, make_portal
from tests.web.editors import person
from troubleshooting.models import (
    ArticleUse,
    ErrorReport,
    GapReport,
    Outcome,
    SearchLog,
    TicketCount,
)

STEP = "resolution-1-step-2"
PAGES = ("", "figures/", "reports/", "uses/", "troubleshooting/errorcode/")


@pytest.fixture
def editor(transactional_db, page, live_server):
    """Return an administrator, signed in, of a portal whose readers have said something."""
    article = copied(make_portal).articles[BILINGUAL]
    SearchLog.objects.create(kind="text", language="fr", codes=["0x80180099"])
    SearchLog.objects.create(kind="text", language="fr", hits=2, chosen=article)
    Outcome.objects.bulk_create(
        Outcome(article=article, language="fr", revision_number=1, anchor=STEP, verdict="stuck")
        for _ in range(5)
    )
    GapReport.objects.report("0x80180099", "Chaque lundi.", "fr")
    ErrorReport.objects.create(
        article=article, language="fr", revision_number=1, anchor=STEP, comment="Menu renommé."
    )
    ArticleUse.objects.create(article=article, language="fr", revision_number=1, act="flagged")
    today = timezone.localdate()
    TicketCount.objects.create(first=today, last=today, closed=9, with_article=4)
    user = person("ada", "Administrator")
    sign_in(page.context, live_server, user)
    return user


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_are_accessible_and_nothing_scrolls_sideways(page, editor, axe, width, scheme):  # noqa: F811
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    for path in PAGES:
        page.goto(f"/fr/admin/{path}")
        for opener in page.locator(".filters-button:visible").all():
            opener.click()
        for details in page.locator("#content details").all():
            details.locator("summary").click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        # The label of Django's search box is its hint.
        found = [one for one in violations(page, axe) if "#searchbar" not in one]
        assert found == [], path


def test_a_report_is_done_and_a_search_becomes_an_article(page, editor):
    page.goto("/fr/admin/")
    page.get_by_role("link", name="2 signalements ouverts").click()
    page.get_by_role("button", name="Marquer comme traité").first.click()
    page.get_by_text("Nouvel état du signalement").wait_for()
    assert page.get_by_role("button", name="Marquer comme traité").count() == 1
    page.goto("/fr/admin/figures/")
    page.get_by_role("link", name="Créer un article à partir de ceci").click()
    page.locator("[name=title]").wait_for()
    assert "0x80180099" in page.input_value("[name=title]")
