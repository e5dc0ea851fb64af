"""What readers say of an article: kept without a trace of who they are, bounded, never blocking."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.web.content import BILINGUAL, DRAFT
from tests.web.html import Page
from troubleshooting.models import ErrorReport, Outcome, outcomes

OUTCOME = f"/fr/articles/{BILINGUAL}/feedback/"
ERROR = f"/fr/articles/{BILINGUAL}/error/"
THANKS = f"/fr/articles/{BILINGUAL}/thanks/"


@pytest.fixture
def reader(portal) -> Client:
    """Return a browser that holds no cookie, before forms that need none."""
    return Client(enforce_csrf_checks=True)


def test_how_it_went_with_a_step(reader):
    answer = reader.post(
        OUTCOME,
        {"verdict": "stuck", "anchor": "resolution-1-step-2-1", "reason": "changed"},
    )
    assert (answer.status_code, answer["Location"]) == (303, THANKS)
    row = Outcome.objects.get()
    assert (row.article.slug, row.language, row.revision_number) == (BILINGUAL, "fr", 1)
    assert (row.verdict, row.anchor, row.reason) == ("stuck", "resolution-1-step-2-1", "changed")
    assert not answer.cookies
    assert "Merci" in reader.get(THANKS).content.decode()


def test_an_error_is_reported_and_worked_through(reader, client):
    assert reader.post(ERROR, {"comment": "L’étape 2 n’existe plus."}).status_code == 303
    row = ErrorReport.objects.get()
    assert row.status == "open"
    client.force_login(User.objects.create_superuser("editor"))
    listed = client.get("/fr/admin/troubleshooting/errorreport/").content.decode()
    assert "L’étape 2 n’existe plus." in listed
    client.post(
        "/fr/admin/troubleshooting/errorreport/",
        {"action": "mark_done", "_selected_action": row.pk, "index": 0},
    )
    row.refresh_from_db()
    assert row.status == "done"


def test_an_error_that_is_sent_twice_is_kept_once(reader):
    said = {"comment": "L’étape 2 n’existe plus."}
    elsewhere = {**said, "anchor": "resolution-1-step-2"}
    for data in (said, said, elsewhere, elsewhere, {"comment": "La 3 non plus."}):
        assert reader.post(ERROR, data).headers["Location"] == THANKS
    assert ErrorReport.objects.count() == 3
    ErrorReport.objects.update(status="done")
    reader.post(ERROR, said)  # seen again after it was put right
    assert ErrorReport.objects.filter(status="open").count() == 1
    for verdict in ("solved", "solved"):  # two readers, perhaps
        reader.post(OUTCOME, {"verdict": verdict})
    assert Outcome.objects.count() == 2


def test_outcomes_are_read_in_the_admin_and_never_changed(reader, client):
    reader.post(OUTCOME, {"verdict": "solved"})
    client.force_login(User.objects.create_superuser("editor"))
    for path in ("", f"{Outcome.objects.get().pk}/change/"):
        assert client.get(f"/fr/admin/troubleshooting/outcome/{path}").status_code == 200
    assert client.get("/fr/admin/troubleshooting/outcome/add/").status_code == 403


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"verdict": "maybe"},
        {"verdict": "solved", "anchor": "x"},
        {"verdict": "solved", "anchor": "resolution-1-step-1\n"},
        {"verdict": "solved", "comment": "x" * 1001},
        {"verdict": "solved", "comment": "\0"},
    ],
)
def test_what_makes_no_sense_is_said_and_not_kept(reader, data):
    answer = reader.post(OUTCOME, data)
    if data.get("anchor", "").endswith("\n"):  # forms drop the white space around a value
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    assert Page(answer.content.decode()).one("div", role="alert")
    assert not Outcome.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver"}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({}, 303),
    ],
)
def test_other_sites_cannot_answer_for_a_reader(reader, headers, status):
    assert reader.post(OUTCOME, {"verdict": "solved"}, headers=headers).status_code == status


def test_a_flood_is_not_kept_and_not_an_error(reader, monkeypatch):
    monkeypatch.setattr(outcomes, "MOST_AN_HOUR_FOR_ONE", 2)
    for _ in range(4):
        answer = reader.post(OUTCOME, {"verdict": "solved"})
        assert answer.status_code == 303
    assert Outcome.objects.count() == 2
    assert answer["Location"] == f"{THANKS}?full=1"
    monkeypatch.setattr(outcomes, "MOST_AN_HOUR", 2)
    reader.post("/fr/articles/conseils/feedback/", {"verdict": "solved"})
    assert Outcome.objects.count() == 2


def test_only_about_what_the_reader_may_see(reader):
    for path in ("feedback", "error"):
        address = f"/fr/articles/{DRAFT}/{path}/"
        assert reader.post(address, {"verdict": "solved", "comment": "x"}).status_code == 404
        assert reader.get(address).status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_forms_stand_alone_too(reader, language):
    for path in ("feedback", "error"):
        page = Page(reader.get(f"/{language}/articles/{BILINGUAL}/{path}/").content.decode())
        form = next(form for form in page.all("form") if form.get("action").endswith(f"/{path}/"))
        assert form.get("method") == "post"
        assert page.one("h1").text
