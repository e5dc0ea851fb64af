"""When the search asks "Android or iOS?": the best hits differ by their platforms alone."""

from __future__ import annotations

import pytest

from troubleshooting.search.choices import choices
from troubleshooting.search.facets.declared import ALL_PLATFORMS
from troubleshooting.search.result import Hit


def hit(slug: str, platforms: str, tier: str = "code", why: str = "1603") -> Hit:
    return Hit(
        *(1, slug, "", "", "T", "/", "en", "en", ("en",), "problem", "published"),
        *(tuple(platforms.split()), (), tier, why, "", "en", "", 1.0),
    )


IOS, ANDROID = hit("i", "ios"), hit("a", "android")

ASKED = [
    ([IOS, ANDROID], {"ios": ("i",), "android": ("a",)}),
    ([IOS, hit("b", "ios android")], {"ios": ("i", "b"), "android": ("b",)}),
    ([IOS, hit("e", ALL_PLATFORMS), ANDROID], {"ios": ("i",), "android": ("a",)}),
    ([IOS] * 4 + [ANDROID], {"ios": ("i",) * 4, "android": ("a",)}),
    ([IOS] * 5 + [ANDROID], {}),  # too far from the top to be meant
    ([IOS], {}),
    ([], {}),
    ([IOS, hit("e", ALL_PLATFORMS)], {}),
    ([IOS, hit("a", "android", why="1604")], {}),  # found by another code
    ([IOS, hit("a", "android", tier="message")], {}),
    ([hit("i", "ios", tier="text"), hit("a", "android", tier="text")], {}),
    ([hit("i", "ios", tier="pin"), hit("a", "android", tier="pin")], {}),
]


@pytest.mark.parametrize(("hits", "asked"), ASKED)
def test_what_the_reader_is_asked(hits: list[Hit], asked: dict[str, tuple[str, ...]]):
    assert {one.value: one.slugs for one in choices(hits)} == asked
