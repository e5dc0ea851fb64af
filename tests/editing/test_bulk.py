"""One act on many articles: what is recorded of it, what is skipped, what taking it back leaves."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.people import person
from troubleshooting.editing import create_article, update_article
from troubleshooting.editing.bulk import change_many, states_of, take_back
from troubleshooting.models import Article, BulkChange, Platform, StatusChange

pytestmark = pytest.mark.django_db


def articles(*statuses: str) -> list[Article]:
    made = [create_article(title=f"Article {n}", owner=None) for n, _ in enumerate(statuses)]
    for article, status in zip(made, statuses, strict=True):
        Article.objects.filter(pk=article.pk).update(status=status)
    return list(Article.objects.order_by("pk"))


def make_advice(article: Article) -> None:
    if article.status == "archived":
        raise ValidationError("Archived.")
    if article.status == "published":
        raise PermissionDenied
    update_article(article, kind="advice", review_due=date(2030, 1, 31))


def archive(article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(status="archived")


def test_what_may_not_be_changed_is_skipped_by_reason():
    given = articles("draft", "published", "archived", "draft")
    outcome = change_many(given, make_advice, action="kind", user=person("author"))
    assert outcome.count == 2
    assert sorted(map(len, outcome.skipped.values())) == [1, 1]
    assert outcome.skipped["Archived."] == [given[2]]
    assert [row["article"] for row in outcome.change.rows] == [given[0].pk, given[3].pk]
    assert outcome.change.rows[0]["before"] == {"kind": "problem", "review_due": None}
    assert outcome.change.rows[0]["after"] == {"kind": "advice", "review_due": "2030-01-31"}


def test_an_act_that_changes_nothing_leaves_no_record():
    outcome = change_many(articles("draft"), lambda _: None, action="x", user=person("author"))
    assert (outcome.change, outcome.count, BulkChange.objects.count()) == (None, 1, 0)


def test_taking_back_restores_what_nobody_changed_since():
    author, (first, second, third) = person("author"), articles("draft", "draft", "draft")
    update_article(first, review_due=date(2029, 5, 1))
    change = change_many([first, second, third], make_advice, action="kind", user=author).change
    update_article(Article.objects.get(pk=second.pk), kind="error")
    Article.objects.filter(pk=third.pk).delete()
    assert take_back(change, user=author) == (1, 2)
    assert list(Article.objects.order_by("pk").values_list("kind", "review_due")) == [
        ("problem", date(2029, 5, 1)),
        ("error", date(2030, 1, 31)),
    ]
    assert not StatusChange.objects.exists()  # no status was changed
    with pytest.raises(ValidationError):
        take_back(change, user=author)


@pytest.mark.parametrize(("role", "may"), [("staff", False), ("author", False), ("reviewer", True)])
def test_a_status_is_taken_back_by_reviewers_and_recorded(role: str, may: bool):
    given = articles("in_review")
    change = change_many(given, archive, action="archive", user=person("administrator")).change
    user = person(role)
    if not may:
        with pytest.raises(PermissionDenied):
            take_back(change, user=user)
        return
    assert take_back(change, user=user) == (1, 0)
    assert Article.objects.get().status == "in_review"
    told = StatusChange.objects.get()
    assert (told.before, told.after, told.author) == ("archived", "in_review", user)


def test_an_author_takes_nothing_back_of_what_is_published_by_now():
    author, given = person("author"), articles("draft")
    change = change_many(given, make_advice, action="kind", user=author).change
    Article.objects.update(status="published")
    with pytest.raises(PermissionDenied):
        take_back(change, user=author)


def test_platforms_are_taken_back():
    ios, android = (Platform.objects.create(slug=s, name=s) for s in ("x-ios", "x-android"))
    (article,) = articles("draft")
    article.platforms.set([ios])
    author = person("author")
    change = change_many(
        [article], lambda one: update_article(one, platforms=[android]), action="p", user=author
    ).change
    take_back(change, user=author)
    assert list(article.platforms.all()) == [ios]


def test_articles_are_counted_by_status():
    assert states_of(articles("draft", "published", "draft")) == {"draft": 2, "published": 1}
    assert states_of([]) == {}
