"""One act on many articles: what is recorded of it, what is skipped, what taking it back leaves."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.people import person
from troubleshooting.editing import (
    change_status,
    create_article,
    save_translation,
    update_article,
)
from troubleshooting.editing.bulk import BulkOutcome, change_many, states_of, take_back
from troubleshooting.models import Article, BulkChange, GapReport, Platform, StatusChange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


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


def counts(outcome: BulkOutcome) -> tuple[int, int, int]:
    """Return how many articles are as they were, how many were left, how many are gone."""
    return outcome.count, sum(map(len, outcome.skipped.values())), outcome.gone


def write(article: Article, language: str, problem: str, author) -> None:
    texts = {"title": "Slow", "problem": problem, "resolution": "1. Wait."}
    save_translation(
        article=article, language=language, texts=texts, author=author, origin="editor"
    )


def published(author) -> Article:
    """Return an article that readers see; ``author`` wrote it last."""
    article = create_article(title="Read", owner=None, status="published")
    write(article, "en", "It is slow.", author)
    return article


def archived_by(user, *given: Article) -> BulkChange:
    """Let ``user`` archive articles in one act."""
    act = change_many(
        given, lambda one: change_status(one, "archive", user=user), action="archive", user=user
    )
    assert act.change is not None
    return act.change


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
    outcome = take_back(change, user=author)
    assert (counts(outcome), list(outcome.skipped)) == ((1, 1, 1), ["It was changed since."])
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
    outcome = take_back(change, user=user)
    assert counts(outcome) == ((1, 0, 0) if may else (0, 1, 0))
    if not may:
        assert list(outcome.skipped) == ["You may not change it in its present state."]
        assert Article.objects.get().status == "archived"
        return
    assert Article.objects.get().status == "in_review"
    told = StatusChange.objects.get()
    assert (told.before, told.after, told.author) == ("archived", "in_review", user)


def test_an_author_takes_back_what_they_may_and_a_reviewer_the_rest():
    author, given = person("author"), articles("draft", "draft")
    change = change_many(given, make_advice, action="kind", user=author).change
    Article.objects.filter(pk=given[1].pk).update(status="published")
    outcome = take_back(change, user=author)
    assert (outcome.count, outcome.skipped) == (
        1, {"You may not change it in its present state.": [given[1]]},
    )  # fmt: skip
    assert not BulkChange.objects.get().undone
    assert counts(take_back(change, user=author)) == (0, 1, 0)
    assert counts(take_back(change, user=person("reviewer"))) == (1, 0, 0)
    assert not Article.objects.filter(kind="advice").exists()
    with pytest.raises(ValidationError, match="already undone"):
        take_back(change, user=author)


def test_what_comes_back_to_readers_is_what_was_taken_from_them():
    writer, reviewer = person("author"), person("reviewer")
    same, rewritten, translated = (published(writer) for _ in range(3))
    reviewed = Article.objects.get(pk=same.pk).reviewed
    change = archived_by(reviewer, same, rewritten, translated)
    write(rewritten, "en", "Nobody has read this.", reviewer)
    write(translated, "fr", "Personne ne l’a lu.", writer)
    gap = GapReport.objects.create(subject="slow", key="slow", article=same)
    outcome = take_back(change, user=reviewer)
    assert (outcome.count, list(outcome.skipped)) == (1, ["Its text was changed since."])
    back = Article.objects.get(status="published")
    assert (back, back.reviewed) == (same, reviewed)
    gap.refresh_from_db()
    assert gap.status == GapReport.Status.DONE  # as whenever an article is published


def test_with_four_eyes_nobody_brings_back_what_they_wrote_last(settings):
    settings.FOUR_EYES = True
    writer, other = person("reviewer"), person("reviewer", "other")
    change = archived_by(writer, published(writer), published(other))
    outcome = take_back(change, user=writer)
    assert outcome.count == 1
    assert all("four eyes" in reason for reason in outcome.skipped)
    assert counts(take_back(change, user=other)) == (1, 0, 0)
    assert Article.objects.filter(status="published").count() == 2


def test_an_act_that_does_not_say_what_texts_said_restores_no_status():
    reviewer = person("reviewer")
    change = archived_by(reviewer, published(reviewer))
    for row in change.rows:
        del row["texts"]
    change.save()
    outcome = take_back(change, user=reviewer)
    assert list(outcome.skipped) == ["It is not recorded what its text said then."]
    assert Article.objects.get().status == "archived"


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


def test_what_an_article_had_and_what_is_gone_leaves_it_as_it_is():
    ios, android = (Platform.objects.create(slug=s, name=s) for s in ("x-ios", "x-android"))
    first, second = articles("draft", "draft")
    author, leaver = person("author"), person("author", "leaver")
    first.platforms.set([ios])
    update_article(second, owner=leaver)

    def change(article: Article) -> None:
        update_article(article, owner=author, platforms=[android])

    act = change_many([first, second], change, action="p", user=author).change
    ios.delete()
    leaver.delete()
    outcome = take_back(act, user=author)
    assert outcome.skipped == {
        "A platform that it had is gone.": [first],
        "The owner that it had is gone.": [second],
    }
    assert all(list(one.platforms.all()) == [android] for one in (first, second))


def test_articles_are_counted_by_status():
    assert states_of(articles("draft", "published", "draft")) == {"draft": 2, "published": 1}
    assert states_of([]) == {}
