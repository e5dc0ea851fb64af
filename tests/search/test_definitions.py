"""Which codes a text is about: only such a text says what a code means and what to do."""

from __future__ import annotations

import pytest

from tests.search.conftest import ask
from troubleshooting.editing import save_translation
from troubleshooting.models import Article, Revision

pytestmark = pytest.mark.django_db

#: Kind of the article, its title and texts, and whether it is about 0x80070005.
ABOUT = {
    "its title": ("problem", "Error 0x80070005 in the agent", {"problem": "It stops."}, True),
    "a heading": (
        "problem",
        "Known errors",
        {"problem": "Several.", "resolution": "### 0x80070005\n\nGrant the right."},
        True,
    ),
    "the row of a table": ("error", "Access denied", {"problem": "0x80070005: denied."}, True),
    "a mention": (
        "problem",
        "Remove the old scanner",
        {"problem": "Errors such as 0x80070005, 0x80070643.", "resolution": "Uninstall it."},
        False,
    ),
    "the resolution of a row": (
        "error",
        "Scan failed",
        {"problem": "0x80070643: failed.", "resolution": "If 0x80070005 follows, stop."},
        False,
    ),
}


def _write(kind: str, title: str, texts: dict[str, str]) -> Article:
    article = Article.objects.create(slug=f"a{Article.objects.count()}", kind=kind)
    Article.objects.filter(pk=article.pk).update(status="published")
    save_translation(
        article=article,
        language="en",
        texts={"title": title, **texts},
        author=None,
        origin=Revision.Origin.EDITOR,
    )
    return article


@pytest.mark.parametrize("case", ABOUT)
def test_what_a_text_is_about(case):
    kind, title, texts, is_about = ABOUT[case]
    _write(kind, title, texts)
    (hit,) = ask("0x80070005", "en").hits
    assert hit.defines is is_about


def test_the_article_about_a_code_comes_before_those_that_cite_it():
    _write(*ABOUT["a mention"][:3])
    about = _write(*ABOUT["a heading"][:3])
    assert ask("0x80070005", "en").hits[0].article_id == about.pk


def test_a_card_says_what_a_code_means_only_from_an_article_about_it(client):
    _write(*ABOUT["a mention"][:3])
    page = client.get("/en/search/", {"q": "0x80070005"}).content.decode()
    assert "Cited in" in page
    assert "First action" not in page
    assert "Open at the first step" not in page
    _write(*ABOUT["its title"][:2], {"problem": "It stops.", "resolution": "1. Grant it.\n2. Go."})
    page = client.get("/en/search/", {"q": "0x80070005"}).content.decode()
    assert "Grant it." in page
    assert "First action" in page


def test_a_card_does_not_say_its_title_twice(client):
    told = "`0x80070005`\n\nThe client lacks a prerequisite."
    _write("error", "0x80070005: The client lacks a prerequisite", {"problem": told})
    page = client.get("/en/search/", {"q": "0x80070005"}).content.decode()
    assert "0x80070005 The client lacks" not in page
