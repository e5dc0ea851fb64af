"""Links to a platform go on leading to it, whatever address it was given since."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests.people import person
from troubleshooting.editing import (
    change_many,
    create_article,
    delete_platforms,
    merge_platforms,
    restore_article,
    take_back,
    trash_articles,
    update_article,
)
from troubleshooting.editing.platforms import save_platform
from troubleshooting.models import (
    Article,
    FormerPlatformAddress,
    Platform,
    ScheduledChange,
    StatusChange,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("addresses", "former"),
    [
        (["phones"], []),
        (["phones", "phones"], []),  # another name alone
        (["phones", "mobiles"], ["phones"]),
        (["phones", "mobiles", "handsets"], ["mobiles", "phones"]),
        (["phones", "mobiles", "phones"], ["mobiles"]),  # what it has again is no former one
    ],
)
def test_every_address_that_a_platform_had_leads_to_it(addresses: list[str], former: list[str]):
    platform = Platform()
    for number, address in enumerate(addresses):
        platform.slug, platform.name = address, f"Phones {number}"
        save_platform(platform)
    found = FormerPlatformAddress.objects.order_by("slug").values_list("slug", "platform")
    assert list(found) == [(address, platform.pk) for address in former]


def test_an_address_that_leads_to_another_platform_is_not_free():
    platform = Platform(slug="phones", name="Phones")
    save_platform(platform)
    platform.slug = "mobiles"
    save_platform(platform)
    with pytest.raises(ValidationError, match="phones"):
        save_platform(Platform(slug="phones", name="Others"))


def made(*slugs: str) -> list[Platform]:
    return [Platform.objects.create(slug=slug, name=slug) for slug in slugs]


def article_about(*platforms: Platform) -> Article:
    article = create_article(title="Failure", owner=None)
    article.platforms.set(platforms)
    Article.objects.filter(pk=article.pk).update(status="published")
    return Article.objects.get(pk=article.pk)


def about(article: Article) -> set[str]:
    return set(article.platforms.values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("own", "left", "status"),
    [
        (("old",), set(), "draft"),
        (("old", "other"), {"other"}, "published"),
        ((), set(), "published"),  # about all platforms from the beginning
    ],
)
def test_an_article_whose_platforms_are_gone_comes_back_as_a_draft(own, left, status: str):
    user, platforms = person("administrator"), {one.slug: one for one in made("old", "other")}
    article = article_about(*(platforms[slug] for slug in own))
    at = timezone.now() + timezone.timedelta(days=9)
    ScheduledChange.objects.create(article=article, act="publish", at=at)
    [trashed] = trash_articles([article], user=user)
    delete_platforms([platforms["old"]], user=user)
    restored = restore_article(trashed, user=user)
    assert (about(restored), restored.status) == (left, status)
    was_made_draft = status == "draft"
    assert StatusChange.objects.filter(after="draft", before="published").exists() == was_made_draft
    assert ScheduledChange.objects.exists() != was_made_draft  # no worker publishes it


def test_an_article_in_the_trash_is_about_what_its_platform_has_become():
    user, (first, second, third) = person("administrator"), made("first", "second", "third")
    [trashed] = trash_articles([article_about(first)], user=user)
    merge_platforms(second, [first], user=user)
    merge_platforms(third, [second], user=user)
    restored = restore_article(trashed, user=user)
    assert (about(restored), restored.status) == ({"third"}, "published")


def moved(article: Article, platform: Platform, user):
    def move(one: Article) -> None:
        update_article(one, platforms=[platform], by=user)

    return change_many([article], move, action="set_platforms", user=user).change


@pytest.mark.parametrize(("merged", "expected"), [("old", "kept"), ("new", "old")])
def test_an_act_is_undone_to_what_platforms_have_become(merged: str, expected: str):
    user, (old, new, kept) = person("administrator"), made("old", "new", "kept")
    article = article_about(old)
    change = moved(article, new, user)
    merge_platforms(kept, [{"old": old, "new": new}[merged]], user=user)
    take_back(change, user=user)
    assert about(article) == {expected}
