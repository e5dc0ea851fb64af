"""Feedback in a real browser, with scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.web.content import BILINGUAL
from troubleshooting.models import ErrorReport, Outcome

pytestmark = pytest.mark.usefixtures("portal")
PATH = f"/fr/articles/{BILINGUAL}/"


def test_the_answer_is_sent_without_leaving_the_page(page):
    page.goto(PATH)
    assert not page.get_by_label("Motif").is_visible()
    page.get_by_label("Non résolu").check()
    page.get_by_label("Motif").select_option("changed")
    page.locator(".feedback-form").first.get_by_label("À quelle étape").select_option(index=2)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    page.get_by_text("Merci. Votre réponse a été transmise").wait_for()
    assert page.url.endswith(PATH)
    row = Outcome.objects.get()
    assert (row.verdict, row.reason, row.anchor) == ("stuck", "changed", "resolution-1-step-2")


def test_stuck_beside_a_step_is_told_when_the_reader_agrees(page):
    page.goto(PATH)
    button = page.locator("#resolution-1-step-1 > .step-tools [data-end=stuck]")
    button.dispatch_event("click")
    button.dispatch_event("click")
    assert button.get_attribute("aria-pressed") == "false"
    assert not Outcome.objects.exists()
    button.dispatch_event("click")
    with page.expect_response("**/feedback/"):
        page.locator("[data-answered=tell]").click()
    page.get_by_text("Merci. Votre réponse a été transmise").wait_for()
    assert [row.anchor for row in Outcome.objects.all()] == ["resolution-1-step-1"]


def test_without_scripts(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(PATH)
    page.get_by_text("Signaler une erreur").click()
    page.get_by_label("Ce qui est inexact").fill("L’étape 1 est fausse.")
    page.get_by_role("button", name="Envoyer le signalement").click()
    expect(page.get_by_role("heading", name="Merci")).to_be_visible()
    page.get_by_role("link", name="Revenir à l’article").click()
    page.locator("label.choice", has_text="Résolu").first.click()
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_role("heading", name="Merci")).to_be_visible()
    assert (ErrorReport.objects.count(), Outcome.objects.get().verdict) == (1, "solved")
    context.close()
