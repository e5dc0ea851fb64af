"""What is shown of a place that would be replaced: it, and some words on both sides."""

from __future__ import annotations

import pytest

from troubleshooting.editing import save_translation
from troubleshooting.editing.whole import Replacement, matches
from troubleshooting.models import Article, ArticleTranslation, Revision

pytestmark = pytest.mark.django_db
LONG = "A line of sixty signs, no more and no less, and then it ends"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gate", [("", "gate", "")]),
        ("The gate is shut.", [("The ", "gate", " is shut.")]),
        (f"Far {LONG}gate{LONG} away", [(LONG, "gate", LONG)]),
        ("A gate, the gate", [("A ", "gate", ", the gate"), ("A gate, the ", "gate", "")]),
    ],
)
def test_a_place_is_shown_with_the_words_around_it(text: str, found: list[tuple[str, str, str]]):
    save_translation(
        article=Article.objects.create(slug="a"),
        language="en",
        texts={"title": "T", "problem": text},
        author=None,
        origin=Revision.Origin.EDITOR,
    )
    (match,) = matches(Replacement("gate", "door"), ArticleTranslation.objects.all())
    assert [(one.before, one.old, one.after.rstrip("\n")) for one in match.occurrences] == found


@pytest.mark.parametrize(
    ("wish", "number"),
    [
        (Replacement("gate", "door"), 1),
        (Replacement("gate", "door", matches_case=False), 2),
        (Replacement("Gate", "door"), 1),
    ],
)
def test_capitals_count_unless_they_are_said_not_to(wish: Replacement, number: int):
    save_translation(
        article=Article.objects.create(slug="a"),
        language="en",
        texts={"title": "T", "problem": "Gate and gate"},
        author=None,
        origin=Revision.Origin.EDITOR,
    )
    (match,) = matches(wish, ArticleTranslation.objects.all())
    assert len(match.occurrences) == number
