"""What happens by itself: allowed beforehand, done once, and never what nobody approved."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests.people import person
from tests.web.content import BILINGUAL, DRAFT, write
from troubleshooting.editing import (
    change_status,
    discard_pending,
    pending_of,
    restore_article,
    save_pending,
    trash_articles,
)
from troubleshooting.editing.scheduling import (
    FARTHEST,
    cancel_schedule,
    carry_out,
    carry_out_due,
    schedule_end,
    schedule_pending,
    schedule_publication,
)
from troubleshooting.jobs import work_off
from troubleshooting.models import (
    Article,
    AuditEntry,
    Job,
    PendingRevision,
    Revision,
    ScheduledChange,
    StatusChange,
    Webhook,
    WebhookDelivery,
)
from troubleshooting.texts.remarks import in_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
HOUR = timedelta(hours=1)


@pytest.fixture
def reviewer(portal):
    return person("reviewer")


@pytest.fixture
def draft(reviewer) -> Article:
    """Return an article in review."""
    article = Article.objects.get(slug=DRAFT)
    Article.objects.filter(pk=article.pk).update(status="in_review")
    write(article, "fr", "Plafond bas", problem="Trop bas.", resolution="1.  Montez.")
    article.refresh_from_db()
    return article


@pytest.fixture
def live(reviewer) -> Article:
    return Article.objects.get(slug=BILINGUAL)


def ahead(hours: float = 1) -> datetime:
    return timezone.now() + hours * HOUR


def status(article: Article) -> str:
    return Article.objects.values_list("status", flat=True).get(pk=article.pk)


def why() -> str:
    return ScheduledChange.objects.get().refused


def waiting(article: Article, cause: str = "Autre.") -> PendingRevision:
    text = article.translations.get(language="fr")
    pending = save_pending(
        article=article, language="fr", texts={**text.texts(), "cause": cause}, author=None,
        base_revision=text.revision_number,
    )  # fmt: skip
    assert pending
    return pending


def test_an_article_goes_live_at_its_moment_and_not_before(draft, reviewer, client):
    page = f"/fr/articles/{DRAFT}/"
    schedule_publication(draft, ahead(), user=reviewer)
    assert carry_out_due(ahead(0.9)) == 0
    assert client.get(page).status_code == 404
    assert carry_out_due(ahead(1.1)) == 1
    assert "Plafond bas" in client.get(page).content.decode()
    change = StatusChange.objects.filter(article=draft).first()
    assert (change.after, change.author) == ("published", reviewer)
    assert carry_out_due(ahead(2)) == 0
    assert not ScheduledChange.objects.exists()


def test_an_article_ends_at_its_moment(live, reviewer, client):
    page = f"/fr/articles/{BILINGUAL}/"
    schedule_end(live, ahead(), user=reviewer)
    assert client.get(page).status_code == 200
    reviewer.delete()  # the end was decided, whoever is there by now
    assert carry_out_due(ahead(1.1)) == 1
    assert client.get(page).status_code == 404
    assert status(live) == "archived"


def test_an_end_is_noted_as_done_by_whoever_set_it(live, reviewer):
    schedule_end(live, ahead(), user=reviewer)
    carry_out_due(ahead(1.1))
    noted = AuditEntry.objects.filter(act="status").latest("pk")
    assert (noted.user_id, noted.key) == (reviewer.pk, str(live.pk))
    assert (noted.before, noted.after) == ({"status": "published"}, {"status": "archived"})
    assert "end date was reached" in noted.detail


def test_a_pending_revision_that_a_date_brings_is_noted(live, reviewer):
    pending = waiting(live)
    schedule_pending(pending, ahead(), user=reviewer, number=pending.number, live=1)
    carry_out_due(ahead(1.1))
    noted = AuditEntry.objects.latest("pk")
    assert (noted.user_id, noted.act, noted.key) == (reviewer.pk, "changed", str(live.pk))
    assert in_words(noted.detail) == "Pending revision (fr): published"


def test_a_pending_revision_goes_live_at_its_moment(live, reviewer):
    pending = waiting(live)
    schedule_pending(pending, ahead(), user=reviewer, number=pending.number, live=1)
    assert carry_out_due(ahead(1.1)) == 1
    assert live.translations.get(language="fr").cause == "Autre."
    assert not ScheduledChange.objects.exists()


def test_the_worker_does_it_and_does_what_it_missed(draft, reviewer):
    schedule_publication(draft, ahead(), user=reviewer)
    [job] = Job.objects.filter(task=carry_out.path)
    assert work_off("quick") == 0
    past = timezone.now() - 300 * HOUR
    ScheduledChange.objects.update(at=past)
    Job.objects.filter(pk=job.pk).update(due=past)
    assert work_off("quick") == 1
    assert status(draft) == "published"


def test_what_ended_while_the_worker_was_away_is_never_shown(draft, reviewer):
    schedule_publication(draft, ahead(1), user=reviewer)
    schedule_end(draft, ahead(2), user=reviewer)
    carry_out_due(ahead(3))
    assert status(draft) == "in_review"
    assert "end" in why()


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0, "past"), (-1, "past"), (-24 * 365 * 900, "past"), (FARTHEST / HOUR + 1, "ten years")],
)
def test_moments_that_are_refused(draft, reviewer, hours: float, said: str):
    for schedule in (schedule_publication, schedule_end):
        with pytest.raises(ValidationError, match=said):
            schedule(draft, ahead(hours), user=reviewer)
    assert not ScheduledChange.objects.exists()
    assert not Job.objects.filter(task=carry_out.path).exists()


@pytest.mark.parametrize("end", [1, 2])
def test_nothing_ends_before_it_begins(draft, reviewer, end: int):
    moment = ahead(2)
    last = moment - (2 - end) * HOUR
    schedule_publication(draft, moment, user=reviewer)
    with pytest.raises(ValidationError, match="before it goes live"):
        schedule_end(draft, last, user=reviewer)
    ScheduledChange.objects.all().delete()
    schedule_end(draft, last, user=reviewer)
    with pytest.raises(ValidationError, match="after its end"):
        schedule_publication(draft, moment, user=reviewer)


def test_a_second_moment_takes_the_place_of_the_first(draft, reviewer):
    schedule_publication(draft, ahead(1), user=reviewer)
    schedule_publication(draft, ahead(3), user=reviewer)
    carry_out_due(ahead(2))
    assert status(draft) == "in_review"
    carry_out_due(ahead(4))
    assert status(draft) == "published"


def _written_again(article, reviewer):
    write(article, "fr", "Plafond bas", problem="Autre chose.", resolution="1.  Montez.")


def _other_language(article, reviewer):
    write(article, "en", "Low ceiling", problem="Unread.", resolution="1.  Climb.")


def _no_rights(article, reviewer):
    reviewer.groups.clear()


def _left(article, reviewer):
    type(reviewer).objects.filter(pk=reviewer.pk).update(is_active=False)


def _deleted(article, reviewer):
    type(reviewer).objects.filter(pk=reviewer.pk).delete()


def _archived_by_many(article, reviewer):
    Article.objects.filter(pk=article.pk).update(status="archived")


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (_written_again, "changed after"),
        (_other_language, "changed after"),
        (_no_rights, "may no longer publish"),
        (_left, "may no longer publish"),
        (_deleted, "may no longer publish"),
        (_archived_by_many, "end"),
    ],
)
def test_what_nobody_approves_any_more_stays_and_says_why(draft, reviewer, meanwhile, said: str):
    schedule_publication(draft, ahead(), user=reviewer)
    meanwhile(draft, reviewer)
    before = status(draft)
    assert carry_out_due(ahead(2)) == 0
    assert status(draft) == before
    assert said in why()
    assert carry_out_due(ahead(3)) == 0  # it is not tried again and again


@pytest.mark.parametrize("by_hand", ["publish", "reject", "withdraw", "archive"])
def test_who_decides_by_hand_has_decided(draft, reviewer, by_hand: str):
    schedule_publication(draft, ahead(), user=reviewer)
    change_status(draft, by_hand, user=reviewer, comment="Ainsi.")
    assert not ScheduledChange.objects.exists()
    after = status(draft)
    carry_out_due(ahead(2))
    assert status(draft) == after


def test_a_pending_revision_that_changed_is_not_what_was_approved(live, reviewer):
    pending = waiting(live)
    with pytest.raises(ValidationError, match="read it again"):
        schedule_pending(pending, ahead(), user=reviewer, number=pending.number + 1, live=1)
    schedule_pending(pending, ahead(), user=reviewer, number=pending.number, live=1)
    waiting(live, "Encore autre.")
    carry_out_due(ahead(2))
    assert live.translations.get(language="fr").cause != "Encore autre."
    assert why()
    discard_pending(pending_of(live, "fr"), user=reviewer)
    assert not ScheduledChange.objects.exists()


def test_a_pending_revision_is_not_merged_unseen_with_a_live_text_that_moved(live, reviewer):
    pending = waiting(live)
    schedule_pending(pending, ahead(), user=reviewer, number=pending.number, live=1)
    text = live.translations.get(language="fr")
    write(live, "fr", **{**text.texts(), "problem": "Ni l’un ni l’autre."})
    carry_out_due(ahead(2))
    now = live.translations.get(language="fr")
    assert (now.problem, now.cause) == ("Ni l’un ni l’autre.", text.cause)
    assert "changed after" in why()


@pytest.mark.parametrize("number", [0, 2])
def test_what_was_compared_with_another_live_text_is_not_scheduled(live, reviewer, number: int):
    pending = waiting(live)
    with pytest.raises(ValidationError, match=r"live text|texte publié"):
        schedule_pending(pending, ahead(), user=reviewer, number=pending.number, live=number)
    assert not ScheduledChange.objects.exists()


@pytest.mark.parametrize(("hours", "left"), [(1, 1), (-1, 0)])
def test_the_trash_keeps_what_is_ahead_and_drops_what_was_missed(live, hours: int, left: int):
    administrator = person("administrator")
    schedule_end(live, ahead(), user=administrator)
    [trashed] = trash_articles([live], user=administrator)
    assert not ScheduledChange.objects.exists()
    if hours < 0:
        rows = json.loads(trashed.rows)
        [row] = [row for row in rows if row["model"].endswith("scheduledchange")]
        row["fields"]["at"] = "2020-02-29 12:00:00+00:00"
        trashed.rows = json.dumps(rows)
        trashed.save()
    article = restore_article(trashed, user=administrator)
    assert article.scheduled.count() == left
    carry_out_due(ahead(0.5))
    assert status(article) == "published"


def test_who_may_schedule(draft, live, reviewer, settings):
    author = person("author")
    pending = waiting(live)
    row = schedule_end(live, ahead(), user=reviewer)
    for act in (
        lambda: schedule_publication(draft, ahead(), user=author),
        lambda: schedule_end(draft, ahead(), user=author),
        lambda: schedule_pending(pending, ahead(), user=author, number=pending.number, live=1),
        lambda: cancel_schedule(row, user=author),
    ):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(ValidationError):  # is it live already?
        schedule_publication(live, ahead(), user=reviewer)
    settings.FOUR_EYES = True
    Revision.objects.filter(translation__article=draft).update(author=reviewer)
    with pytest.raises(ValidationError, match="four eyes"):
        schedule_publication(draft, ahead(), user=reviewer)
    cancel_schedule(row, user=reviewer)
    assert not ScheduledChange.objects.exists()


def test_other_programs_are_told_of_an_end_once(live, reviewer):
    Webhook.objects.create(name="w", address="https://example.com/", events=["article.archived"])
    schedule_end(live, ahead(), user=reviewer)
    carry_out_due(ahead(2))
    assert WebhookDelivery.objects.count() == 1
