"""Reports of gaps: from the reader's form to the editors' list."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.web.editors import address, person, posted
from tests.web.html import Page
from troubleshooting.editing import change_status, create_article, save_translation
from troubleshooting.models import Article, GapReport, SearchLog, feedback

pytestmark = pytest.mark.django_db


def send(client, subject: str, comment: str = "", language: str = "fr"):
    form = {"subject": subject, "comment": comment}
    return client.post(f"/{language}/gaps/", form, follow=True)


def test_a_report_is_kept_and_confirmed(client):
    response = send(client, "0x80180014", "Inscription d’une tablette")
    assert response.redirect_chain == [("/fr/gaps/thanks/", 303)]
    assert Page(response.content.decode()).one("h1").text == "Merci"
    report = GapReport.objects.get()
    assert (report.subject, report.language, report.status) == ("0x80180014", "fr", "open")


def test_the_same_gap_is_counted_in_any_spelling(client):
    send(client, "0x80180014", "tablette")
    send(client, "80180014", "tablette", "en")
    send(client, "-2145910764", "téléphone")
    report = GapReport.objects.get()
    assert (report.count, report.comment) == (3, "tablette\ntéléphone")
    assert report.last_reported > report.created


def test_a_gap_that_was_done_opens_again_and_a_rejected_one_does_not(client):
    for subject, status in (("0x80180001", "done"), ("0x80180002", "rejected")):
        send(client, subject)
        GapReport.objects.filter(subject=subject).update(status=status)
        send(client, subject)
    assert dict(GapReport.objects.values_list("subject", "status")) == {
        "0x80180001": "open",
        "0x80180002": "rejected",
    }
    assert set(GapReport.objects.values_list("count", flat=True)) == {2}


def test_many_different_reports_are_refused_politely(client, monkeypatch):
    monkeypatch.setattr(feedback, "MOST_AN_HOUR", 2)
    for number in range(4):
        response = send(client, f"0x8018000{number}")
    assert GapReport.objects.count() == 2
    assert response.status_code == 200
    assert "Trop de lacunes" in response.content.decode()
    send(client, "0x80180000")
    assert GapReport.objects.get(subject="0x80180000").count == 2


@pytest.mark.parametrize("subject", ["", "   ", "x" * 201, "a\0b"])
def test_what_cannot_be_kept_is_said_in_the_form(client, subject):
    response = send(client, subject)
    assert response.status_code == 200
    assert not GapReport.objects.exists()
    assert Page(response.content.decode()).all("p", class_="field-error")


ORIGINS = {
    "the portal's own page": ({"Sec-Fetch-Site": "same-origin"}, 303),
    "a browser without these headers": ({}, 303),
    "its own page, an older browser": ({"Origin": "http://testserver"}, 303),
    "another site": ({"Sec-Fetch-Site": "cross-site"}, 403),
    "a neighbour of the site": ({"Sec-Fetch-Site": "same-site"}, 403),
    "another site, an older browser": ({"Origin": "https://evil.example"}, 403),
}


@pytest.mark.parametrize("origin", ORIGINS)
def test_the_form_asks_nobody_who_they_are_and_no_other_site_sends_it(origin):
    headers, status = ORIGINS[origin]
    client = Client(enforce_csrf_checks=True)
    assert not client.get("/fr/search/?q=0x80180014").cookies
    assert client.post("/fr/gaps/", {"subject": "x"}, headers=headers).status_code == status


def test_editors_close_reports(client):
    client.force_login(User.objects.create_superuser("editor"))
    send(client, "0x80180014")
    report = GapReport.objects.get()
    changelist = "/fr/admin/troubleshooting/gapreport/"
    assert "0x80180014" in client.get(changelist).content.decode()
    action = {"action": "mark_done", "_selected_action": [report.pk]}
    assert client.post(changelist, action, follow=True).status_code == 200
    report.refresh_from_db()
    assert report.status == "done"
    assert client.get(f"{changelist}{report.pk}/change/").status_code == 200


@pytest.mark.parametrize("outcome", ["nothing", "unopened", "opened", ""])
def test_editors_read_the_search_log(client, portal, outcome):
    client.get("/fr/search/?q=plafond+atteint")
    client.get("/fr/search/?q=0x80180014")
    article = portal.articles["plafond-atteint"]
    SearchLog.objects.filter(hits__gt=0).first()
    client.force_login(User.objects.create_superuser("editor"))
    address = "/fr/admin/troubleshooting/searchlog/"
    html = client.get(f"{address}?outcome={outcome}").content.decode()
    assert ("plafond atteint" in html) == (outcome in ("unopened", ""))
    assert (">0x80180014<" in html) == (outcome in ("nothing", ""))
    SearchLog.objects.filter(hits__gt=0).update(chosen=article)
    html = client.get(f"{address}?outcome={outcome}").content.decode()
    assert ("plafond atteint" in html) == (outcome in ("opened", ""))
    assert client.get(f"{address}add/").status_code == 403
    assert client.get(f"{address}?q=plafond").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "status"),
    [("0x80CF0441", "done"), ("0x80cf0441", "done"), ("Écran noir", "done"), ("Autre", "open")],
)
def test_publishing_what_was_missed_closes_its_reports(portal, subject, status):
    GapReport.objects.report(subject=subject, comment="", language="fr")
    article = create_article(title="Écran noir", owner=None)
    save_translation(
        article=article, language="fr", author=None, origin="editor",
        texts={"title": "Écran noir", "problem": "Code 0x80CF0441.", "resolution": "1.  Oui."},
    )  # fmt: skip
    change_status(article, "publish", user=person("rene", "Reviewer"))
    assert GapReport.objects.get().status == status


def test_the_article_that_was_begun_for_a_report_closes_it_under_any_title(client):
    GapReport.objects.report(subject="Imprimante muette", comment="", language="fr")
    report = GapReport.objects.get()
    client.force_login(person("rene", "Reviewer"))
    form = posted(None, "fr", title="File d’attente arrêtée", problem="Rien ne sort.")
    client.post(f"{address('add')}?gap={report.pk}", form)
    article = Article.objects.get()
    change_status(article, "publish", user=person("zoe", "Reviewer"), accept_missing=True)
    report.refresh_from_db()
    assert (report.article, report.status) == (article, "done")
