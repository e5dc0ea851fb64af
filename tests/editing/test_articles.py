"""What is decided about an article beside its texts, and the addresses it had."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from tests.people import person
from troubleshooting.editing import create_article, update_article
from troubleshooting.models import Article, FormerAddress, Platform
from troubleshooting.rights import may_decide, may_edit

pytestmark = pytest.mark.django_db


def test_an_address_is_given_or_made_of_the_title():
    slugs = [create_article(title="Heure fausse", owner=None, slug=s).slug for s in ("clock", "")]
    assert slugs == ["clock", "heure-fausse"]


def test_links_to_an_address_that_an_article_leaves_go_on_leading_to_it():
    article = create_article(title="Un", owner=None, slug="one")
    update_article(article, slug="one", kind="advice")
    assert not FormerAddress.objects.exists()  # it stayed
    update_article(article, slug="two")
    assert list(FormerAddress.objects.values_list("slug", "article")) == [("one", article.pk)]
    with pytest.raises(ValidationError, match="two"):
        create_article(title="Autre", owner=None, slug="one")
    update_article(article, slug="one")  # back to one of its own
    assert list(FormerAddress.objects.values_list("slug", flat=True)) == ["two"]
    assert Article.objects.get().slug == "one"


def test_only_what_is_named_is_written(django_assert_num_queries):
    article = create_article(title="Un", owner=None)
    Article.objects.update(audience="staff")  # what another decided meanwhile
    update_article(article, kind="advice")
    assert Article.objects.values_list("kind", "audience").get() == ("advice", "staff")
    platform = Platform.objects.create(slug="x", name="X")
    update_article(article, platforms=[platform])
    assert list(article.platforms.all()) == [platform]
    update_article(article, kind="error", platforms=[])
    assert not article.platforms.exists()
    with django_assert_num_queries(0):
        update_article(article)
    with pytest.raises(ValueError, match="change_status"):
        update_article(article, status="published")


@pytest.mark.parametrize(
    ("role", "status", "may"),
    [
        ("staff", None, False),
        ("author", None, True),
        ("author", "draft", True),
        ("author", "in_review", True),
        ("author", "published", False),
        ("author", "archived", False),
        ("reviewer", "published", True),
        ("staff", "draft", False),
    ],
)
def test_who_decides(role: str, status: str | None, may: bool):
    article = create_article(title="Un", owner=None, status=status) if status else None
    assert may_decide(person(role), article) is may


@pytest.mark.parametrize("status", [None, "draft", "published"])
def test_with_four_eyes_nobody_writes_what_is_published(settings, status: str | None):
    settings.FOUR_EYES = True
    article = create_article(title="Un", owner=None, status=status) if status else None
    assert may_edit(person("reviewer"), article) is (status != "published")
