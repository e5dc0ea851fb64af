"""One article of two: nothing that either says is lost, and every address leads on."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests.people import person
from tests.web.content import BILINGUAL, FRENCH_ONLY, write
from troubleshooting.editing import (
    create_article,
    keep_draft,
    restore_article,
    save_pending,
    save_unfinished,
    update_article,
)
from troubleshooting.editing.whole import heir_of, merge_articles, waiting_on
from troubleshooting.editing.whole.merging import merged_texts
from troubleshooting.models import (
    Article,
    Comment,
    Notice,
    Platform,
    ScheduledChange,
    TrashedArticle,
    UnfinishedTranslation,
)
from troubleshooting.querysets import stale

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(portal) -> tuple[Article, Article]:
    """Return the article that is kept, in French alone, and the one that it takes in."""
    return Article.objects.get(slug=FRENCH_ONLY), Article.objects.get(slug=BILINGUAL)


def test_everything_is_said_in_one_and_the_addresses_lead_there(pair, client):
    kept, other = pair
    update_article(other, slug="nouvelle-adresse")
    before = {text.language: text.texts() for text in other.translations.all()}
    own = kept.translations.get(language="fr").texts()
    platforms = {*kept.platforms.all(), *other.platforms.all()}
    merge_articles(kept, other, user=person("reviewer"))

    french = kept.translations.get(language="fr")
    assert french.title == own["title"]
    for name in ("problem", "cause", "resolution", "other"):
        assert own[name].strip() in getattr(french, name)
        assert before["fr"][name].strip() in getattr(french, name)
    begun = UnfinishedTranslation.objects.get(article=kept)  # it says the other's half alone
    assert (begun.language, begun.source_language, begun.texts) == ("en", "fr", before["en"])
    assert not kept.translations.filter(language="en").exists()
    assert set(kept.platforms.all()) == platforms
    for address in (BILINGUAL, "nouvelle-adresse"):
        answer = client.get(f"/fr/articles/{address}/")
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"/fr/articles/{FRENCH_ONLY}/?replaced={address}"
        page = client.get(answer.headers["Location"]).content.decode()
        assert before["fr"]["title"] in page.partition("data-replaced")[2][:600]
    assert "data-replaced" not in client.get(f"/fr/articles/{FRENCH_ONLY}/").content.decode()


def test_the_title_of_what_nobody_could_read_is_not_told(pair, client):
    kept, other = pair
    Article.objects.filter(pk=other.pk).update(status="draft")
    other.refresh_from_db()
    merge_articles(kept, other, user=person("reviewer"))
    answer = client.get(f"/fr/articles/{BILINGUAL}/")
    assert answer.headers["Location"] == f"/fr/articles/{FRENCH_ONLY}/"
    page = client.get(f"/fr/articles/{FRENCH_ONLY}/?replaced={BILINGUAL}").content.decode()
    assert "data-replaced" not in page


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (["ios"], ["ios"], {"ios"}),
        (["ios"], ["android"], {"ios", "android"}),
        (["ios"], [], set()),  # one of no platform is about all of them
        ([], ["ios"], set()),
        (["ios", "android"], ["ios"], {"ios", "android"}),
    ],
)
def test_it_is_about_the_platforms_of_both(pair, ours, theirs, expected: set[str]):
    for article, slugs in zip(pair, (ours, theirs), strict=True):
        article.platforms.set(Platform.objects.filter(slug__in=slugs))
    kept, other = pair
    merge_articles(kept, other, user=person("reviewer"))
    assert set(kept.platforms.values_list("slug", flat=True)) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("1.  Un.\n", "1.  Un.\n", "1.  Un."),
        ("", "1.  Deux.\n", "1.  Deux."),
        ("1.  Un.\n", "", "1.  Un."),
        ("1.  Un.\n", "1.  Deux.\n", "1.  Un.\n\n### Autre\n\n1.  Deux."),
        ("1.  Un.\n", "### Par le portail\n\n1.  Deux.\n",
         "1.  Un.\n\n### Par le portail\n\n1.  Deux."),
    ],
)  # fmt: skip
def test_how_ways_out_stand_together(pair, ours: str, theirs: str, expected: str):
    kept, other = pair
    write(kept, "fr", "Premier", problem="P.", resolution=ours)
    write(other, "fr", "Autre", problem="P.", resolution=theirs)
    merge_articles(kept, other, user=person("reviewer"))
    text = kept.translations.get(language="fr")
    assert text.resolution.strip() == expected
    assert text.problem.strip() == "P."


def test_what_was_taken_in_can_be_brought_back(pair):
    kept, other = pair
    key, titles = other.pk, set(other.translations.values_list("title", flat=True))
    merge_articles(kept, other, user=person("reviewer"))
    restored = restore_article(TrashedArticle.objects.get(), user=person("administrator"))
    assert restored.pk == key
    assert set(restored.translations.values_list("title", flat=True)) == titles
    assert restored.slug == f"{BILINGUAL}-2"  # its address leads to the other by now


def test_who_may_merge_what(pair, settings):
    kept, other = pair
    with pytest.raises(PermissionDenied):
        merge_articles(kept, other, user=person("author"))
    reviewer = person("reviewer")
    with pytest.raises(ValidationError):
        merge_articles(kept, kept, user=reviewer)
    settings.FOUR_EYES = True
    with pytest.raises(PermissionDenied):
        merge_articles(kept, other, user=reviewer)
    assert not TrashedArticle.objects.exists()


def test_what_was_not_seen_is_not_merged(pair, english):
    seen = [dict(one.translations.values_list("language", "revision_number")) for one in pair]
    kept, other = pair
    for changed in pair:
        write(changed, "fr", "Autre", problem="Nouveau.", resolution="1.  A.")
        with pytest.raises(ValidationError, match="changed meanwhile"):
            merge_articles(kept, other, user=person("reviewer", changed.slug), seen=seen)
        seen[pair.index(changed)]["fr"] += 1
    merge_articles(kept, other, user=person("reviewer"), seen=seen)
    again = person("reviewer", "again")
    with pytest.raises(ValidationError, match="is gone"):
        merge_articles(kept, other, user=again)


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        (("draft", "public"), ("published", "public"), "Publish this article first"),
        (("archived", "staff"), ("published", "staff"), "Publish this article first"),
        (("published", "staff"), ("published", "public"), "only staff see this one"),
        (("published", "public"), ("published", "staff"), "would become public"),
        (("draft", "public"), ("draft", "staff"), "would become public"),
        (("published", "public"), ("draft", "public"), ""),
        (("published", "staff"), ("draft", "public"), ""),
        (("published", "staff"), ("published", "staff"), ""),
    ],
)
def test_no_reader_loses_an_article_and_none_gets_one_that_is_for_others(
    pair, english, ours, theirs, words
):
    for article, (status, audience) in zip(pair, (ours, theirs), strict=True):
        Article.objects.filter(pk=article.pk).update(status=status, audience=audience)
        article.refresh_from_db()
    kept, other = pair
    before = kept.translations.get(language="fr").texts()
    if not words:
        merge_articles(kept, other, user=person("reviewer"))
        assert not Article.objects.filter(pk=other.pk).exists()
        return
    with pytest.raises(ValidationError, match=words):
        merge_articles(kept, other, user=person("reviewer"))
    assert Article.objects.filter(pk=other.pk).exists()
    assert kept.translations.get(language="fr").texts() == before


def test_a_text_of_which_readers_would_see_nothing_is_not_merged(pair, english):
    kept, other = pair
    other.translations.get(language="fr").delete()
    with pytest.raises(ValidationError, match="no language in common"):
        merge_articles(kept, other, user=person("reviewer"))
    Article.objects.filter(pk=other.pk).update(status="draft")
    other.refresh_from_db()
    merge_articles(kept, other, user=person("reviewer", "else"))
    assert UnfinishedTranslation.objects.get(article=kept).language == "en"


def test_a_translation_that_is_begun_is_not_written_over(pair, english):
    kept, other = pair
    own = {"title": "Begun"}
    save_unfinished(article=kept, language="en", texts=own, source_language="fr", author=None)
    with pytest.raises(ValidationError, match="Complete it first"):
        merge_articles(kept, other, user=person("reviewer"))
    assert UnfinishedTranslation.objects.get(article=kept).texts["title"] == "Begun"
    assert Article.objects.filter(pk=other.pk).exists()


def test_what_waits_on_the_other_is_counted_and_its_author_is_told(pair, english):
    kept, other = pair
    author = person("author")
    text = other.translations.get(language="fr")
    save_pending(article=other, language="fr", texts={**text.texts(), "cause": "Autre."},
                 author=author, base_revision=text.revision_number)  # fmt: skip
    save_unfinished(article=other, language="de", texts={"title": "Begonnen"},
                    source_language="fr", author=author)  # fmt: skip
    at = timezone.now() + timezone.timedelta(days=9)
    ScheduledChange.objects.create(article=other, act="expire", at=at)
    for resolved in (None, at):
        Comment.objects.create(article=other, author=author, text="?", resolved=resolved)
    keep_draft(user=author, token="t", page="form", article=other, language="fr", fields={})
    assert waiting_on(other) == [
        ("Pending revisions", 1),
        ("Begun translations", 1),
        ("Scheduled changes", 1),
        ("Open comments", 1),
        ("Texts that somebody is writing", 1),
    ]
    assert waiting_on(kept) == []
    merge_articles(kept, other, user=person("reviewer"))
    notice = Notice.objects.get(user=author)
    assert notice.article == kept
    assert text.title in notice.text


def test_what_linked_from_one_to_the_other_is_no_link_to_itself(pair):
    kept, other = pair
    update_article(other, slug="nouvelle-adresse")
    said = (
        f"Voir [l’autre](/fr/articles/nouvelle-adresse/#cause), [avant](/en/articles/{BILINGUAL}/),"
        " [ailleurs](/fr/articles/conseils/)."
    )
    write(kept, "fr", "Gardé", problem=said, resolution="1.  A.")
    write(other, "fr", "Autre", resolution=f"1.  Voir [ceci](/fr/articles/{FRENCH_ONLY}/).",
          other=f"Et [l’étape](/fr/articles/{FRENCH_ONLY}/#resolution-1).")  # fmt: skip
    merge_articles(kept, other, user=person("reviewer"))
    text = kept.translations.get(language="fr")
    assert text.problem.startswith("Voir l’autre, avant, [ailleurs](/fr/articles/conseils/).")
    assert "Voir ceci." in text.resolution
    assert f"[l’étape](/fr/articles/{FRENCH_ONLY}/#resolution-1)" in text.other


@pytest.mark.parametrize(
    ("address", "is_within"),
    [
        (f"https://Help.example.org/fr/articles/{BILINGUAL}/", True),
        (f"https://help.example.org/en/articles/{FRENCH_ONLY}/?q=a", True),
        (f"https://help.example.org/fr/articles/{FRENCH_ONLY}/#cause", False),
        (f"https://elsewhere.example.org/fr/articles/{BILINGUAL}/", False),
        (f"/fr/articles/?q={BILINGUAL}", False),
        (f"/fr/documents/{BILINGUAL}/", False),
    ],
)
def test_the_portal_s_own_host_makes_a_link_to_itself_no_other(
    pair, settings, address: str, is_within: bool
):
    settings.SITE_ADDRESS = "https://help.example.org"
    kept, other = pair
    write(other, "fr", "Autre", problem=f"Voir [ceci]({address}) d’abord.")
    (merged,) = [one for one in merged_texts(kept, other) if one.language == "fr"]
    assert ("Voir ceci d’abord." in merged.after["problem"]) is is_within


def test_a_text_that_the_other_article_has_not_loses_such_links_too(pair):
    other, kept = pair
    text = kept.translations.get(language="en")
    write(kept, "en", text.title, problem=f"See [it](/en/articles/{FRENCH_ONLY}/).")
    merge_articles(kept, other, user=person("reviewer"))
    assert kept.translations.get(language="en").problem == "See it."


def test_who_was_told_of_the_merged_article_is_led_to_the_kept_one(pair):
    kept, other = pair
    notice = Notice.objects.create(user=person("author"), kind="published", article=other, key="x",
                                   title="Plafond", language="fr")  # fmt: skip
    merge_articles(kept, other, user=person("reviewer"))
    notice.refresh_from_db()
    assert notice.article == kept


def test_only_the_address_leads_to_the_kept_article(pair, client, settings):
    kept, other = pair
    settings.FOUR_EYES = True  # no text is written: who may archive may do so
    text, number = kept.translations.get(language="fr").texts(), kept.translations.count()
    platforms = set(kept.platforms.all())
    other.unfinished.all().delete()
    with pytest.raises(PermissionDenied):
        merge_articles(kept, other, user=person("author"), takes_texts=False)
    merge_articles(kept, other, user=person("reviewer"), takes_texts=False)
    assert kept.translations.get(language="fr").texts() == text
    assert kept.translations.count() == number
    assert set(kept.platforms.all()) == platforms
    assert not UnfinishedTranslation.objects.filter(article=kept).exists()
    answer = client.get(f"/fr/articles/{BILINGUAL}/")
    assert answer.headers["Location"] == f"/fr/articles/{FRENCH_ONLY}/?replaced={BILINGUAL}"
    assert "Plafond atteint" in client.get(answer.headers["Location"]).content.decode()
    assert heir_of(TrashedArticle.objects.get()) == kept


@pytest.mark.parametrize("audience", ["staff", "public"])
def test_a_redirect_takes_no_text_from_its_readers(pair, audience: str):
    kept, other = pair
    Article.objects.filter(pk=other.pk).update(audience=audience)
    merge_articles(kept, other, user=person("reviewer"), takes_texts=False)
    Article.objects.filter(pk=kept.pk).update(audience="staff")
    with pytest.raises(ValidationError):
        merge_articles(
            Article.objects.get(pk=kept.pk),
            Article.objects.filter(status="published", audience="public").first(),
            user=person("reviewer", "second"),
            takes_texts=False,
        )


def test_the_trash_tells_what_an_article_was_merged_into(pair, client):
    kept, other = pair
    admin = person("administrator")
    merge_articles(kept, other, user=person("reviewer"))
    trashed = TrashedArticle.objects.get()
    assert heir_of(trashed) == kept
    client.force_login(admin)
    title = kept.translations.get(language="fr").title
    listed = client.get("/fr/admin/troubleshooting/trashedarticle/").content.decode()
    assert title in listed
    place = f"/fr/admin/troubleshooting/trashedarticle/{trashed.pk}/restore/"
    answer = client.post(place, follow=True)
    said = " ".join(str(one) for one in answer.context["messages"])
    assert "figure donc maintenant deux fois" in said
    assert f'/article/{kept.pk}/change/">{title}</a>' in said


@pytest.mark.parametrize(
    ("taken_in", "ours_behind", "theirs_behind", "expected"),
    [
        (("fr", "en"), False, False, []),
        (("fr", "en"), True, False, ["en"]),
        (("fr", "en"), False, True, ["en"]),
        (("fr",), False, False, ["en"]),  # what it adds stands in French alone
        (("en",), False, False, []),
    ],
)
def test_what_gets_both_texts_in_both_languages_stays_up_to_date(
    portal, taken_in, ours_behind: bool, theirs_behind: bool, expected: list[str]
):
    kept, other = (
        _translated(title, languages, is_behind=behind)
        for title, languages, behind in (
            ("Premier", ("fr", "en"), ours_behind),
            ("Autre", taken_in, theirs_behind),
        )
    )
    merge_articles(kept, other, user=person("reviewer"))
    assert [text.language for text in stale(kept.translations.all())] == expected


def _translated(title: str, languages: tuple[str, ...], *, is_behind: bool) -> Article:
    """Return an article in ``languages``, of which the English text renders the French one."""
    article = create_article(title=title, owner=None)
    Article.objects.filter(pk=article.pk).update(status="published")
    article.refresh_from_db()
    for language in languages:
        said = f"{title} {language}: the queue of the printer is full, and nothing is printed."
        write(article, language, title, problem="A.", resolution="1.  A.")
        write(article, language, title, problem=said, resolution=f"1.  {title} {language}.")
    if len(languages) > 1:
        number = article.translations.get(language="fr").revision_number
        article.translations.filter(language="en").update(
            source_language="fr", source_revision=number - is_behind
        )
    return article
