"""Two articles of one: nothing is lost, the languages stay together, and it can be taken back."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F

from tests.people import person
from tests.web.content import BILINGUAL, write
from troubleshooting.editing import restore_revision
from troubleshooting.editing.whole import SplitWish, parts_to_split, split_article
from troubleshooting.models import Article, CodeCitation, Step
from troubleshooting.querysets import stale

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
WAYS = "1.  {0}\n2.  B.\n\n### {1}\n\n1.  C.\n\n### {2}\n\n1.  0x80180014"


@pytest.fixture
def reviewer(portal):
    return person("reviewer")


@pytest.fixture
def article(reviewer) -> Article:
    found = Article.objects.get(slug=BILINGUAL)
    french, english = (
        WAYS.format(*words)
        for words in (("A", "Résolution 2", "Résolution 3"), ("A", "Resolution 2", "Resolution 3"))
    )
    write(found, "fr", "Plafond", problem="Un.\n\nDeux.", resolution=french, internal="Note.")
    text = found.translations.get(language="fr")
    write(found, "en", "Ceiling", problem="One.", resolution=english)
    found.translations.filter(language="en").update(
        source_language="fr", source_revision=text.revision_number
    )
    return found


def wish(article: Article, *chosen: str, **changes) -> SplitWish:
    seen = dict(article.translations.values_list("language", "revision_number"))
    titles = {"fr": "Trois [3]", "en": "Three"}
    return replace(SplitWish(frozenset(chosen), titles, seen, accepts_missing=True), **changes)


def text(article: Article, language: str) -> dict[str, str]:
    return article.translations.get(language=language).texts()


def test_a_way_out_goes_to_an_article_of_its_own_in_both_languages(article, reviewer, client):
    before = {text.language: text.revision_number for text in article.translations.all()}
    new = split_article(article, wish(article, "resolution-3"), user=reviewer)
    assert (new.status, new.audience, new.kind) == ("published", article.audience, article.kind)
    assert set(new.platforms.all()) == set(article.platforms.all())
    for language, title in (("fr", "Trois [3]"), ("en", "Three")):
        assert text(new, language)["title"] == title
        assert "0x80180014" in text(new, language)["resolution"]
        assert "0x80180014" not in text(article, language)["resolution"]
        stored = article.translations.get(language=language)
        assert stored.revision_number == before[language] + 1
    cited = CodeCitation.objects.filter(code__canonical="0x80180014")
    assert set(cited.values_list("translation__article", flat=True)) >= {new.pk}
    assert not cited.filter(translation__article=article, section="resolution").exists()
    assert not stale(article.translations.all()).exists()
    assert new.translations.get(language="en").source_language == "fr"
    assert text(article, "fr")["internal"].strip() == "Note."
    page = client.get(f"/fr/articles/{BILINGUAL}/").content.decode()
    assert f'href="/fr/articles/{new.slug}/"' in page
    assert client.get(f"/en/articles/{new.slug}/").status_code == 200


def test_a_translation_that_was_out_of_date_stays_so(article, reviewer):
    article.translations.filter(language="en").update(source_revision=F("source_revision") - 1)
    assert [one.language for one in stale(article.translations.all())] == ["en"]
    split_article(article, wish(article, "resolution-3"), user=reviewer)
    assert [one.language for one in stale(article.translations.all())] == ["en"]


def test_the_anchors_of_the_others_stay(article, reviewer):
    def steps() -> dict[str, str]:
        rows = Step.objects.filter(translation__article=article, translation__language="fr")
        return dict(rows.values_list("anchor", "text"))

    before = steps()
    split_article(article, wish(article, "resolution-2"), user=reviewer)
    after = steps()
    assert after
    assert after.items() <= before.items()
    assert {anchor for anchor in before if anchor.startswith("resolution-3")} <= set(after)


def test_without_a_pointer_nothing_is_left(article, reviewer):
    split_article(article, wish(article, "resolution-2", leaves_pointer=False), user=reviewer)
    left = text(article, "fr")["resolution"].strip()
    assert left == "1.  A\n2.  B.\n\n### Résolution 2\n\n1.  0x80180014"
    assert "See" not in text(article, "en")["resolution"]


def test_a_number_that_counts_nothing_does_not_leave_with_its_part(article, reviewer):
    new = split_article(article, wish(article, "resolution-3"), user=reviewer)
    assert [text(new, language)["resolution"].strip() for language in ("fr", "en")] == [
        "1.  0x80180014"
    ] * 2


def test_a_new_article_that_lacks_something_begins_as_a_draft(article, reviewer):
    lacking = wish(article, "resolution-3", accepts_missing=False)
    assert split_article(article, lacking, user=reviewer).status == "draft"
    titles = {"fr": "Deux"}
    whole = wish(article, "fr-problem-2", "resolution-2", accepts_missing=False)
    whole = replace(whole, titles={**whole.titles, **titles})
    assert split_article(article, whole, user=reviewer).status == "published"


def test_a_language_that_has_other_parts_is_chosen_by_itself(article, reviewer):
    keys = [row.key for row in parts_to_split(article) if row.section == "problem"]
    assert keys == ["fr-problem-1", "fr-problem-2", "en-problem-1"]
    new = split_article(
        article, wish(article, "fr-problem-2", titles={"fr": "Deux"}), user=reviewer
    )
    assert text(new, "fr")["problem"].strip() == "Deux."
    assert not new.translations.filter(language="en").exists()
    assert text(article, "en")["problem"].strip() == "One."


@pytest.mark.parametrize(
    ("chosen", "changes", "said"),
    [
        ([], {}, "Choose what"),
        (["nothing"], {}, "Choose what"),
        (["resolution-3", "resolution-9"], {}, "changed meanwhile"),
        (["resolution-3"], {"revisions": {"fr": 1, "en": 1}}, "changed meanwhile"),
        (["resolution-3"], {"titles": {"fr": "Trois", "en": " "}}, "title in EN"),
        (["resolution-3"], {"titles": {}}, "title in FR"),
        ([*(f"resolution-{n}" for n in (1, 2, 3)), "en-problem-1"], {}, "the text in EN"),
    ],
)  # fmt: skip
def test_splits_that_are_refused(article, reviewer, chosen: list[str], changes: dict, said: str):
    before, number = text(article, "fr"), Article.objects.count()
    with pytest.raises(ValidationError, match=said):
        split_article(article, wish(article, *chosen, **changes), user=reviewer)
    assert text(article, "fr") == before
    assert Article.objects.count() == number


def test_the_same_form_makes_one_article(article, reviewer):
    asked = wish(article, "resolution-3")
    made = {split_article(article, asked, user=reviewer, token="t").pk for _again in range(2)}
    assert len(made) == 1


def test_it_is_taken_back_by_the_revisions_before(article, reviewer):
    before = {language: text(article, language) for language in ("fr", "en")}
    split_article(article, wish(article, "resolution-2"), user=reviewer)
    for stored in article.translations.all():
        revision = stored.revisions.get(number=stored.revision_number - 1)
        restore_revision(revision, author=reviewer, comment="", base_revision=None)
    assert {language: text(article, language) for language in before} == before


@pytest.mark.parametrize(("status", "new"), [("draft", "draft"), ("in_review", "in_review")])
def test_the_new_article_is_where_the_first_one_is(article, reviewer, status: str, new: str):
    Article.objects.filter(pk=article.pk).update(status=status)
    article.refresh_from_db()
    assert split_article(article, wish(article, "resolution-3"), user=reviewer).status == new


def test_who_may_split_what(article, reviewer, settings):
    with pytest.raises(PermissionDenied):
        split_article(article, wish(article, "resolution-3"), user=person("author"))
    settings.FOUR_EYES = True
    with pytest.raises(PermissionDenied):
        split_article(article, wish(article, "resolution-3"), user=reviewer)
