"""The page on which moments are chosen, and where what happens by itself is told beforehand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.content import BILINGUAL, write
from tests.web.editors import address, person
from tests.web.html import Page
from troubleshooting.editing import save_pending
from troubleshooting.editing.scheduling import (
    carry_out_due,
    schedule_end,
    schedule_pending,
    schedule_publication,
)
from troubleshooting.models import Article, ScheduledChange


@pytest.fixture
def article(portal) -> Article:
    return portal.articles[BILINGUAL]


@pytest.fixture
def rene(portal, client, settings):
    settings.TIME_ZONE = "Europe/Paris"
    user = person("rene", "Reviewer")
    client.force_login(user)
    return user


def page_of(article: Article) -> str:
    return address("schedule", article.pk, "fr")


def soon(**apart: int) -> str:
    return timezone.localtime(timezone.now() + timedelta(**apart)).strftime("%Y-%m-%dT%H:%M")


def test_an_end_is_set_told_moved_and_cancelled(client, article, rene):
    moment = soon(days=3)
    answer = client.post(page_of(article), {"act": "end", "at": moment}, follow=True)
    assert "Europe/Paris" in Page(answer.content.decode()).words
    row = ScheduledChange.objects.get()
    assert timezone.localtime(row.at).strftime("%Y-%m-%dT%H:%M") == moment
    home = Page(client.get("/fr/admin/").content.decode())
    assert "Plafond atteint" in home.one("section", aria_labelledby="upcoming").text
    form = Page(client.get(address("change", article.pk) + "?language=fr").content.decode())
    assert "Fin de validité" in form.one("section", class_="side-card side-states").text
    client.post(page_of(article), {"act": "end", "at": soon(days=9)})
    assert ScheduledChange.objects.get().pk == row.pk
    client.post(page_of(article), {"act": "cancel", "row": str(row.pk)})
    assert not ScheduledChange.objects.exists()


@pytest.mark.parametrize(
    "at",
    [
        "2031-03-30T02:30",  # skipped: summer time begins
        "2030-10-27T02:30",  # twice: summer time ends
        "2020-02-29T12:00", "9999-12-31T23:59", "0001-01-01T00:00", "2031-02-30T10:00",
        "demain", "", "\0", "2031",
    ],
)  # fmt: skip
def test_moments_that_the_form_refuses_in_words(client, article, rene, at: str):
    answer = client.post(page_of(article), {"act": "end", "at": at})
    assert answer.status_code == 200
    assert Page(answer.content.decode()).one("ul", class_="errorlist").text
    assert not ScheduledChange.objects.exists()


def test_an_author_sees_and_does_not_decide(client, article, rene):
    client.post(page_of(article), {"act": "end", "at": soon(days=3)})
    client.force_login(person("lea", "Author"))
    shown = Page(client.get(page_of(article)).content.decode())
    assert "Fin de validité" in shown.words
    assert not [button for button in shown.all("button") if button.get("name") == "act"]
    row = ScheduledChange.objects.get()
    for posted in ({"act": "end", "at": soon(days=4)}, {"act": "cancel", "row": str(row.pk)}):
        assert client.post(page_of(article), posted).status_code == 403
    assert ScheduledChange.objects.get().at == row.at
    assert client.post(page_of(article), {"act": "nothing"}).status_code == 404


def test_what_did_not_happen_is_first_on_the_page_of_who_has_to_act(client, article, rene):
    Article.objects.filter(pk=article.pk).update(status="draft")
    schedule_publication(article, timezone.now() + timedelta(hours=1), user=rene)
    rene.groups.clear()
    carry_out_due(timezone.now() + timedelta(hours=2))
    client.force_login(person("ada", "Reviewer"))
    home = Page(client.get("/fr/admin/").content.decode())
    assert "n’a plus le droit de publier" in home.one("section", aria_labelledby="upcoming").text


def test_whoever_wrote_in_a_pending_revision_sees_that_it_goes_live(client, article, rene):
    """Who wrote last does not take it from the sight of those who wrote before."""
    values = {"article": article, "language": "fr", "base_revision": 1}
    lea, paul = person("lea", "Author"), person("paul", "Author")
    for title, author in (("Nouveau", lea), ("Nouveau titre", paul)):
        pending = save_pending(texts={"title": title}, author=author, **values)
    moment = timezone.now() + timedelta(days=1)
    schedule_pending(pending, moment, user=rene, number=2, live=1)
    for user, is_told in ((lea, True), (paul, True), (person("ida", "Author"), False)):
        client.force_login(user)
        home = Page(client.get("/fr/admin/").content.decode())
        assert bool(home.all("section", aria_labelledby="upcoming")) is is_told


def test_what_the_portal_notes_is_read_in_the_language_of_the_reader(client, article, rene):
    schedule_end(article, timezone.now() + timedelta(hours=1), user=rene)
    carry_out_due(timezone.now() + timedelta(hours=2))
    form = f"/admin/troubleshooting/article/{article.pk}/change/?language=fr"
    for language, said in (
        ("fr", "Sa date de fin était atteinte."),
        ("en", "Its end date was reached."),
    ):
        assert said in client.get(f"/{language}{form}").content.decode()


def test_why_something_did_not_happen_is_read_so_too(client, article, rene):
    Article.objects.filter(pk=article.pk).update(status="draft")
    schedule_publication(article, timezone.now() + timedelta(hours=1), user=rene)
    write(article, "fr", "Autre titre")
    carry_out_due(timezone.now() + timedelta(hours=2))
    schedule = f"/admin/troubleshooting/article/{article.pk}/schedule/fr/"
    for language, said in (
        ("fr", "Le texte a changé après avoir été approuvé"),
        ("en", "The text was changed after it had been approved"),
    ):
        for page in (schedule, "/admin/", "/admin/notices/"):
            assert said in client.get(f"/{language}{page}").content.decode(), page


def test_what_the_page_did_not_show_is_not_scheduled(client, article, rene):
    Article.objects.filter(pk=article.pk).update(status="in_review")
    page = Page(client.get(page_of(article)).content.decode())
    form = {
        field.get("name"): field.get("value")
        for field in page.all("input", type="hidden")
        if field.get("name").startswith("revision_")
    }
    assert set(form) == {"revision_fr", "revision_en"}
    write(article, "en", "Later", problem="Nobody read it.")
    moment = soon(days=3)
    refused = client.post(page_of(article), {"act": "publish", "at": moment, **form})
    assert not ScheduledChange.objects.exists()
    again = Page(refused.content.decode())
    assert "Le texte a changé entre-temps" in again.one("ul", class_="errorlist").text
    assert "Nobody read it" in again.words
    assert again.one("input", id="id_publish_at").get("value") == moment
    form["revision_en"] = again.one("input", name="revision_en").get("value")
    client.post(page_of(article), {"act": "publish", "at": moment, **form})
    assert ScheduledChange.objects.get().article_id == article.pk
