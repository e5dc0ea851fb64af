"""What the worker tells by looking around: each thing once, while it holds, and at what cost."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation
from django.utils.formats import date_format

from tests.people import person
from tests.web.content import write
from troubleshooting.editing import change_status, create_article, save_pending
from troubleshooting.editing.scheduling import cancel_schedule, schedule_end
from troubleshooting.editing.talking import (
    begin_rounds,
    look_around,
    mark_seen,
    rounds,
    save_preference,
    unseen,
)
from troubleshooting.jobs import work_off
from troubleshooting.models import Article, ErrorReport, Job, Notice

from .conftest import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def look() -> None:
    begin_rounds()
    Job.objects.filter(task=look_around.path).update(due=timezone.now())
    work_off()


def days_told(user) -> list[str]:
    return [json.loads(notice.text)["day"] for notice in unseen(user) if notice.kind == "ending"]


def test_an_end_that_moves_or_is_cancelled_takes_what_was_told_of_it_with_it(article, lea, rene):
    Article.objects.filter(pk=article.pk).update(owner=lea)
    for days in (3, 5, 3):
        moment = timezone.now() + timedelta(days=days)
        end = schedule_end(article, moment, user=rene)
        look()
        assert days_told(lea) == [timezone.localdate(moment).isoformat()]
    cancel_schedule(end, user=rene)
    assert told(lea) == []
    schedule_end(article, moment, user=rene)
    look()
    assert told(lea) == ["ending"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Les lecteurs le voient jusqu’au {day.day} {month} {day.year}."),
        ("en", "Readers see it until {month} {day.day}, {day.year}."),
    ],
)
def test_the_day_of_an_end_is_written_as_its_reader_writes_days(
    article, lea, rene, client, language: str, said: str
):
    type(lea).objects.filter(pk=lea.pk).update(email="lea@example.org")
    Article.objects.filter(pk=article.pk).update(owner=lea)
    save_preference(lea, mails="at_once", language=language)
    moment = timezone.localtime() + timedelta(days=3)
    schedule_end(article, moment, user=rene)
    look()
    work_off("quick")
    with translation.override(language):
        expected = said.format(day=moment, month=date_format(moment, "F"))
    (letter,) = mail.outbox
    client.force_login(lea)
    for shown in (letter.body, client.get(f"/{language}/admin/notices/").content.decode()):
        assert expected in shown.replace("1er ", "1 ")


def test_an_end_of_the_same_day_is_told_once(article, lea, rene):
    Article.objects.filter(pk=article.pk).update(owner=lea)
    noon = timezone.localtime().replace(hour=12, minute=0) + timedelta(days=3)
    for hours in (0, 1):
        schedule_end(article, noon + timedelta(hours=hours), user=rene)
        look()
        mark_seen(lea)
    assert Notice.objects.filter(user=lea, kind="ending").count() == 1


def test_an_article_that_is_withdrawn_has_no_end_that_readers_would_see(article, lea, rene):
    Article.objects.filter(pk=article.pk).update(owner=lea)
    schedule_end(article, timezone.now() + timedelta(days=3), user=rene)
    look()
    change_status(article, "unpublish", user=rene)
    assert "ending" not in told(lea)


@pytest.mark.parametrize("owner", ["active", "inactive", "barred", "nobody"])
def test_what_was_told_costs_a_look_nothing(
    article, lea, rene, owner: str, django_assert_max_num_queries, monkeypatch
):
    """What is due, behind, wrong, ends and waits; told of more of it a look asks no more."""
    paul, ida = person("author", "paul"), person("author", "ida")
    people = {"active": lea, "inactive": paul, "barred": ida, "nobody": None}
    type(rene).objects.filter(pk=paul.pk).update(is_active=False)
    type(rene).objects.filter(pk=ida.pk).update(is_staff=False)
    today = timezone.localdate()

    def one_more(name: str) -> Article:
        found = create_article(title=name, owner=people[owner], status="published")
        for language in ("fr", "en"):
            write(found, language, name, problem="Refus.", resolution="1.  Ouvrez.")
        found.translations.filter(language="en").update(source_language="fr", source_revision=1)
        write(found, "fr", name, problem="Bien autre chose.", resolution="1.  Ouvrez.\n2.  Fermez.")
        Article.objects.filter(pk=found.pk).update(review_due=today)
        schedule_end(found, timezone.now() + timedelta(days=3), user=rene)
        ErrorReport.objects.create(article=found, language="fr", comment="Faux.", revision_number=1)
        texts = {**found.translations.get(language="fr").texts(), "cause": "Une."}
        imported = {"author": None, "base_revision": 2, "origin": "import"}
        save_pending(article=found, language="fr", texts=texts, **imported)
        return found

    whose = lea if owner == "active" else rene
    # Nobody else is asked in the place of an owner who may not write any more.
    expected = [] if owner == "barred" else ["behind", "conflict", "due", "ending", "error"]
    for number in range(2):
        made = one_more(f"Plafond {number}")
        look()
        kinds = Notice.objects.filter(user=whose, article=made).values_list("kind", flat=True)
        assert sorted(kinds) == expected
    # However many were told, the looks find what was not.
    monkeypatch.setattr(rounds, "_MOST", 1)
    made = one_more("Plafond 3")
    look()
    assert Notice.objects.filter(user=whose, article=made).count() == len(expected)
    with django_assert_max_num_queries(len(rounds._LOOKS)):
        assert [list(look()) for look in rounds._LOOKS] == [[]] * len(rounds._LOOKS)
