"""The states of an article: who leads it where, and what is asked before."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests.people import person
from tests.web.content import write
from troubleshooting.editing import (
    NotReadyError,
    change_status,
    create_article,
    mark_reviewed,
    save_translation,
    transitions_for,
    trash_articles,
)
from troubleshooting.models import Article, StatusChange
from troubleshooting.rights import may_edit

pytestmark = pytest.mark.django_db

# From, and the ways from there for an author and for a reviewer.
WAYS = {
    "draft": ({"submit"}, {"submit", "publish", "archive"}),
    "in_review": ({"withdraw"}, {"withdraw", "publish", "reject", "archive"}),
    "published": (set(), {"unpublish", "archive"}),
    "archived": (set(), {"reopen"}),
}


def article(status: str = "draft", with_text: bool = True) -> Article:
    found = create_article(title="Plafond atteint", owner=None, status=status)
    if with_text:
        write(found, "fr", "Plafond atteint", problem="Refus.", resolution="1. Supprimez.")
    return found


@pytest.mark.parametrize("status", WAYS)
def test_who_may_lead_an_article_where(status: str):
    found = article(status)
    for role, ways in zip(("author", "reviewer"), WAYS[status], strict=True):
        assert {way.name for way in transitions_for(person(role), found)} == ways
    assert transitions_for(person("staff"), found) == []


@pytest.mark.parametrize(
    ("status", "author", "reviewer"),
    [("draft", True, True), ("in_review", True, True), ("published", False, True),
     ("archived", False, True)],
)  # fmt: skip
def test_who_may_write(status: str, author: bool, reviewer: bool):
    found = article(status)
    assert may_edit(person("author"), found) is author
    assert may_edit(person("reviewer"), found) is reviewer
    assert may_edit(person("staff"), found) is False


def test_from_draft_to_archive_and_back():
    author, reviewer = person("author"), person("reviewer")
    found = article()
    change_status(found, "submit", user=author)
    change_status(found, "publish", user=reviewer)
    assert Article.objects.get().status == "published"
    change_status(found, "archive", user=reviewer, comment="Outdated.")
    change_status(found, "reopen", user=reviewer)
    assert found.status == "draft"
    told = list(StatusChange.objects.order_by("pk").values_list("before", "after", "comment"))
    assert told == [
        ("draft", "in_review", ""),
        ("in_review", "published", ""),
        ("published", "archived", "Outdated."),
        ("archived", "draft", ""),
    ]


def test_publishing_is_a_review_and_finds_an_owner(settings):
    settings.REVIEW_DAYS = 30
    reviewer = person("reviewer")
    found = article("in_review")
    change_status(found, "publish", user=reviewer)
    stored = Article.objects.get()
    assert stored.owner == reviewer
    assert stored.reviewed == timezone.localdate()
    assert (stored.review_due - stored.reviewed).days == 30


def test_an_author_cannot_publish():
    found = article()
    with pytest.raises(PermissionDenied):
        change_status(found, "publish", user=person("author"))
    assert Article.objects.get().status == "draft"
    assert not StatusChange.objects.exists()


def test_rejecting_says_why():
    found = article("in_review")
    with pytest.raises(ValidationError):
        change_status(found, "reject", user=person("reviewer"), comment="  ")
    assert Article.objects.get().status == "in_review"


def test_publishing_asks_for_what_is_missing():
    found = article(with_text=False)
    reviewer = person("reviewer")
    with pytest.raises(ValidationError):
        change_status(found, "publish", user=reviewer, accept_missing=True)
    write(found, "fr", "Titre", problem="Refus.")
    with pytest.raises(NotReadyError):
        change_status(found, "publish", user=reviewer)
    change_status(found, "publish", user=reviewer, accept_missing=True)
    assert Article.objects.get().status == "published"


def test_a_state_that_somebody_else_changed_is_seen():
    found = article()
    mine = Article.objects.get()
    reviewer = person("reviewer")
    change_status(found, "archive", user=reviewer)
    with pytest.raises(ValidationError, match="Archiv"):
        change_status(mine, "publish", user=reviewer)
    assert Article.objects.get().status == "archived"


def test_only_an_administrator_deletes():
    found = article()
    with pytest.raises(PermissionDenied):
        trash_articles([found], user=person("reviewer"))
    assert len(trash_articles([found], user=person("administrator"))) == 1
    assert not Article.objects.exists()


def test_addresses_are_free():
    slugs = [article(with_text=False).slug for _ in range(3)]
    assert slugs == ["plafond-atteint", "plafond-atteint-2", "plafond-atteint-3"]
    assert create_article(title="重试", owner=None).slug == "article"


def test_marking_as_reviewed_moves_the_date():
    found = article("published")
    assert mark_reviewed([found], user=person("reviewer")) == 1
    stored = Article.objects.get()
    assert stored.review_due > stored.reviewed == timezone.localdate()


def test_with_four_eyes_nobody_publishes_their_own_words_behind_one_word_of_another(settings):
    settings.FOUR_EYES = True
    rene, rita = person("reviewer", "rene"), person("reviewer", "rita")
    draft = create_article(title="Plafond atteint", owner=None)

    def say(problem: str, author) -> None:
        texts = {"title": "Plafond atteint", "problem": problem, "resolution": "1.  Attendez."}
        number = draft.translations.values_list("revision_number", flat=True).first() or 0
        options = {"author": author, "origin": "editor", "base_revision": number}
        save_translation(article=draft, language="fr", texts=texts, **options)

    say("Le compte est refusé par le portail.", rene)
    say("Le compte est refusé par le serveur.", rita)
    for writer in (rene, rita):
        with pytest.raises(ValidationError, match=r"four eyes|double regard"):
            change_status(draft, "publish", user=writer)
    change_status(draft, "publish", user=person("reviewer", "ines"))
    change_status(draft, "unpublish", user=rene)
    change_status(draft, "publish", user=rene)  # as it is, another has read it
    change_status(draft, "unpublish", user=rene)
    say("Le compte est refusé par la passerelle.", rita)
    change_status(draft, "publish", user=rene)
